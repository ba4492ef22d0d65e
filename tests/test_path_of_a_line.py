"""One bad line passes few modules from its bytes to its notice: whoever follows it opens these."""

import io
import sys
from collections.abc import Callable, Iterator
from types import FrameType

import pytest

import airspace_events as ae
from airspace_events.diagnostics.problem import Problem
from airspace_events.validation.notices import Notice

PACKAGE = "airspace_events."
MOST_MODULES = 14
# Models and values say what is right, and a check that finds nothing is not on the way: nobody who
# follows a line opens all of them.
CHECKS = ("models.", "values.", "validation.rules.", "validation.cross_record.")

SOURCE = '{"type":"source","id":"s","kind":"news_report","publisher":"UNN","language":"en"}'
INCURSION = (
    '{"type":"incursion","id":"a","state":"RO","crossing":"reported",'
    '"time":{"value":"2024-09-08"},"sources":[{"source":"s"}]}'
)
BEFORE = f'{{"type":"feed","schema_version":"1.0"}}\n{SOURCE}\n'.encode()

# By what is wrong: the code of the notice, and the line.
LINES = {
    "a wrong word": ("value_not_in_vocabulary", INCURSION.replace('"reported"', '"maybe"')),
    "a wrong state": ("unknown_state_code", INCURSION.replace("RO", "UK")),
    "an unknown field": ("unknown_field", INCURSION.replace('"time"', '"tiem":1,"time"')),
    "no source": ("missing_field", INCURSION.replace(',"sources":[{"source":"s"}]', "")),
    "a wrong type": ("wrong_type", INCURSION.replace('{"value":"2024-09-08"}', '"2024-09-08"')),
    "broken JSON": ("json_syntax", INCURSION.replace(":", "", 1)),
    "cut short": ("truncated_record", INCURSION[:-10]),
    "a key twice": ("duplicate_key", INCURSION.replace('"state"', '"state":"LV","state"')),
    "bytes that are not UTF-8": ("wrong_encoding", INCURSION.replace("RO", "\udcff")),
    "a finding of a rule": (
        "crossings_counted_as_objects",
        INCURSION.replace(
            '"sources"', '"objects":[{"count":{"verbatim":"19 violations"}}],"sources"'
        ),
    ),
    "an unresolved reference": ("unresolved_reference", INCURSION.replace('"s"', '"t"')),
    "an id that is taken": ("duplicate_id", SOURCE),
    "a cycle": (
        "cycle",
        SOURCE.replace('"s"', '"x"').replace("}", ',"derived_from":[{"source":"x"}]}'),
    ),
}


class _Stream(io.RawIOBase):
    """Gives some bytes and then others, and says so before it gives the others."""

    def __init__(self, first: bytes, then: bytes, on_other: Callable[[], None]) -> None:
        self._parts = [first, then]
        self._on_other = on_other

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        if len(self._parts) == 1:
            self._on_other()
        data = self._parts.pop(0) if self._parts else b""
        if len(data) > size:
            self._parts.insert(0, data[size:])
        return data[:size]


def modules_of(frame: FrameType | None) -> Iterator[str]:
    """The modules of this library that are on the stack, the innermost first."""
    while frame is not None:
        name = str(frame.f_globals.get("__name__", ""))
        if name.startswith(PACKAGE):
            yield name.removeprefix(PACKAGE)
        frame = frame.f_back


def path_of(line: bytes, code: str) -> tuple[list[str], list[str]]:
    """The modules of which a function runs from the bytes of a line to its notice.

    Returns:
        All of them, and without the checks that find nothing.
    """
    seen: dict[str, None] = {}
    found_in: set[str] = set()

    def profile(frame: FrameType, event: str, _: object) -> None:
        if event != "call":
            return
        if frame.f_code is Notice.__post_init__.__code__ and frame.f_locals["self"].code == code:
            found_in.update(modules_of(frame))
            sys.setprofile(None)
        elif frame.f_code is Problem.__init__.__code__ and frame.f_locals["code"] == code:
            found_in.update(modules_of(frame))
        seen.update(dict.fromkeys(list(modules_of(frame))[:1]))

    def begin() -> None:
        # What runs already when the bytes come is on the way too.
        seen.update(dict.fromkeys(modules_of(sys._getframe())))
        sys.setprofile(profile)

    stream = _Stream(BEFORE, line + b"\n", begin)
    try:
        report = ae.validate(stream)  # type: ignore[arg-type]
    finally:
        sys.setprofile(None)
    assert code in {notice.code for notice in report.notices}
    return list(seen), [one for one in seen if not one.startswith(CHECKS) or one in found_in]


@pytest.mark.parametrize(("code", "line"), LINES.values(), ids=LINES.keys())
def test_a_bad_line_passes_few_modules(code: str, line: str) -> None:
    data = line.encode(errors="surrogateescape")
    path_of(data, code)  # so that nothing is loaded for the first time
    every, way = path_of(data, code)
    print(f"{code}: {len(way)} of {len(every)} modules: {', '.join(way)}")  # noqa: T201 (it is shown)
    assert {"feeds.framing", "feeds.reading", "validation.record_check"} <= set(way)
    assert len(way) <= MOST_MODULES
