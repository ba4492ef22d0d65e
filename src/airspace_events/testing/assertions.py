"""An assertion that a feed is valid, for tests; a failure shows the problems."""

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import datetime
from io import BytesIO
from os import PathLike
from typing import Literal

from airspace_events.feeds.framing import Limits
from airspace_events.feeds.streams import DAMAGE, FeedInput, TooMuch, name_of, opened
from airspace_events.testing.given_feed import GivenFeed, as_input
from airspace_events.validation.codes import Severity
from airspace_events.validation.notices import Notice, Report
from airspace_events.validation.rendering import summary, text_line
from airspace_events.validation.rendering.excerpt import excerpt
from airspace_events.validation.settings import Settings
from airspace_events.validation.validator import validate

_SHOWN_AT_MOST = 10
_WIDTH = 96
_LONGEST = 1 << 20
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_DECODER = json.JSONDecoder(strict=False)
# Errors that stop the reading of damaged bytes, which the report already contains.
_ENDS = (TooMuch, *DAMAGE)
_COUNTED: Mapping[str, tuple[Severity, ...]] = {
    "error": ("error",),
    "warning": ("error", "warning"),
}


def assert_valid(
    feed: GivenFeed,
    *,
    now: datetime | None = None,
    limits: Limits | None = None,
    settings: Settings | None = None,
    fail_on: Literal["error", "warning"] = "error",
) -> Report:
    """Assert that a feed is valid; if it is not, show the problems as a diff.

    Below each notice, the error message shows the line after ``-`` and, if a correction is known,
    the corrected line after ``+``. The function needs no test framework. A single record is also
    accepted as a feed, but its references to other records are errors. Pass these records as well,
    or ignore ``unresolved_reference`` in the settings.

    Args:
        feed: a path, a stream of bytes, bytes, a `Feed`, a record or several records.
        now: the instant to use as the current time in rules about the future.
        limits: the size limits.
        settings: the notices to report, and their severities.
        fail_on: the lowest severity that makes a feed invalid.

    Returns:
        The report, which may contain warnings and infos.

    Raises:
        AssertionError: the feed is not valid.
        UnreadableError: the feed cannot be opened.
        TypeError: the argument cannot be read as a feed.
        ValueError: ``now`` has no time zone, or ``fail_on`` is not a valid severity.

    >>> assert_valid("docs/examples/tutorial.jsonl").counts["error"]
    0
    >>> line = b'{"type":"state","id":"gb","alpha_2":"UK","name":"United Kingdom"}'
    >>> assert_valid(b'{"type":"feed","schema_version":"1.0"}' + bytes([10]) + line)
    Traceback (most recent call last):
        ...
    AssertionError: not valid: 1 record (1 state): 1 error
    <BLANKLINE>
    -:2:37: error[unknown_state_code] "UK" is not a state code; did you mean "GB"?  (/alpha_2)
    - {"type":"state","id":"gb","alpha_2":"UK","name":"United Kingdom"}
    ?                                     ^
    + {"type":"state","id":"gb","alpha_2":"GB","name":"United Kingdom"}
    """
    __tracebackhide__ = True
    if fail_on not in _COUNTED:
        msg = f"fail_on must be 'error' or 'warning', not {fail_on!r}"
        raise ValueError(msg)
    source = _readable_again(as_input(feed))
    report = validate(source, now=now, limits=limits, settings=settings)
    counted = _COUNTED[fail_on]
    if not any(report.counts[severity] for severity in counted):
        return report
    reported = [notice for notice in report.notices if notice.severity in counted]
    more = sum(report.counts[severity] for severity in counted) - _SHOWN_AT_MOST
    lines = _lines_at(source, {notice.line for notice in reported[:_SHOWN_AT_MOST]})
    parts = [f"not valid: {summary(report)}", *_amount(reported[:_SHOWN_AT_MOST], lines)]
    message = "\n".join([*parts, *([f"\n… and {more:,} more"] if more > 0 else [])])
    raise AssertionError(message)


class _NamedBytes(BytesIO):
    def __init__(self, data: bytes, name: str) -> None:
        super().__init__(data)
        self.name = name


def _readable_again(source: FeedInput) -> FeedInput:
    """Return an input that can be read twice; copy a stream into memory."""
    if isinstance(source, str | PathLike | BytesIO):
        return source
    return _NamedBytes(source.read(), name_of(source))


def _amount(notices: Iterable[Notice], lines: Mapping[int, str]) -> Iterator[str]:
    for notice in notices:
        yield ""
        yield text_line(notice)
        if notice.line in lines:
            yield from _diff(lines[notice.line], notice)


def _diff(line: str, notice: Notice) -> Iterator[str]:
    """Yield the part of a line around a notice, a mark at its column, and the corrected part."""
    given = excerpt(line, notice.column, _WIDTH)
    meant = excerpt(_corrected(line, notice), notice.column, _WIDTH)
    if given is None or meant is None:
        return
    indent = max(given.indent, meant.indent)
    yield f"- {' ' * (indent - given.indent)}{given.shown}"
    yield f"? {' ' * indent}^"
    if meant != given:
        yield f"+ {' ' * (indent - meant.indent)}{meant.shown}"


def _corrected(line: str, notice: Notice) -> str:
    """Return the line with the suggestion applied, or unchanged if this is impossible."""
    start, meant = notice.column - 1, notice.suggestion
    if meant is None:
        return line
    try:
        value, end = _DECODER.raw_decode(line, start)
        if isinstance(value, str):
            meant = json.dumps(meant, ensure_ascii=False)
        elif type(_DECODER.decode(meant)) is not type(value):
            return line
    except (ValueError, RecursionError):
        return line
    return line[:start] + meant + line[end:]


def _lines_at(source: FeedInput, numbers: set[int]) -> dict[int, str]:
    """Return the lines with the given numbers, by number; cut off very long lines."""
    if isinstance(source, BytesIO):
        source.seek(0)
    found: dict[int, str] = {}
    with suppress(*_ENDS), opened(source, Limits().unpacked_bytes) as stream:
        number, is_start = 1, True
        while number <= max(numbers) and (piece := stream.readline(_LONGEST)):
            if is_start and number in numbers:
                found[number] = piece.removeprefix(_BYTE_ORDER_MARK).decode(errors="replace")
            is_start = piece.endswith(b"\n")
            number += is_start
    return found
