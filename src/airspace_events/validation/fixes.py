"""Fixes: corrections to the text of a feed, based on the suggestions in notices."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import NamedTuple

from airspace_events.diagnostics.suggestions import state_code
from airspace_events.spelling import fold, is_one_letter_wrong
from airspace_events.validation.notices import Notice
from airspace_events.validation.settings import Settings
from airspace_events.validation.validator import validate

# A fix may reveal further problems in the same record.
_MOST_PASSES = 10
_NO_LIMIT = 1 << 62
_decode = json.JSONDecoder(strict=False).raw_decode


def _nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def _trimmed(text: str) -> str:
    return text.strip()


def _numbers(text: str) -> list[str]:
    """Return the numbers in a string, without leading zeros, and the characters between them."""
    parts = "".join(char if char.isdecimal() else f" {char} " for char in text).split()
    return [part.lstrip("0") or "0" for part in parts]


def _never(_text: str, _suggestion: str) -> bool:
    return False


def _is_same_spelling(text: str, suggestion: str) -> bool:
    return fold(text) == fold(suggestion) or is_one_letter_wrong(text, suggestion)


# Corrections of text that do not change its words.
_TEXT_FIXES: Mapping[str, Callable[[str], str]] = MappingProxyType(
    {"not_normalized": _nfc, "untrimmed_text": _trimmed}
)
# For each code, a function that returns whether a suggestion is only another spelling, so that the
# fix is safe. Any other suggestion is a guess. Codes that are not listed concern facts, which no
# fix may change. The target of a reference is a fact, and its record may be in another feed.
_IS_SAFE: Mapping[str, Callable[[str, str], bool]] = MappingProxyType(
    {
        "value_not_in_vocabulary": _is_same_spelling,
        "unknown_record_type": _is_same_spelling,
        "unknown_field": _is_same_spelling,
        "unknown_field_name": _is_same_spelling,
        "malformed_field_name": _is_same_spelling,
        "unknown_time_zone": _is_same_spelling,
        "unknown_state_code": lambda text, code: state_code(text) == code,
        "malformed_time": lambda text, time: _numbers(text) == _numbers(time),
        "malformed_id": _never,
        "invisible_character": _never,
        "bidirectional_control": _never,
    }
)


class Fixed(NamedTuple):
    """The result of fixing a feed.

    Attributes:
        data: the text of the feed with the fixes, in UTF-8.
        made: the number of fixes.
        unsafe: the number of fixes that were not made because they are not safe.
    """

    data: bytes
    made: int
    unsafe: int


class _Fix(NamedTuple):
    code: str
    line: int
    start: int
    end: int
    text: str


def fix(
    data: bytes,
    *,
    unsafe: bool = False,
    now: datetime | None = None,
    settings: Settings | None = None,
) -> Fixed:
    """Correct the spelling of a feed where the validator's suggestion leaves no doubt.

    A safe fix changes only the notation and never the meaning: the spelling of a word, a field, a
    time zone or a state code, the zeros of a date, white space around text, and Unicode
    normalization. Any other fix is a guess, such as the term for a synonym. No fix changes a
    number, a place, a time, or the record that a reference names. The rest of the feed stays the
    same, byte for byte.

    Args:
        data: the feed as JSON Lines or a JSON document, in UTF-8.
        unsafe: whether to also make the fixes that are not safe.
        now: the instant to use as the current time in rules about the future.
        settings: the selected codes; only problems with these codes are fixed.
    """
    made = 0
    found = _problems(data, now, settings)
    for _ in range(_MOST_PASSES):
        fixes = _without_collisions(data, _chosen(data, found, unsafe=unsafe), now)
        if not fixes:
            break
        data = _applied(data, fixes)
        made += len(fixes)
        found = _problems(data, now, settings)
    safe = _chosen(data, found, unsafe=False)
    return Fixed(data, made, len(_chosen(data, found, unsafe=True)) - len(safe))


def _problems(data: bytes, now: datetime | None, settings: Settings | None) -> tuple[Notice, ...]:
    return validate(data, now=now, settings=settings, notices_per_code=_NO_LIMIT).notices


def _chosen(data: bytes, notices: Iterable[Notice], *, unsafe: bool) -> list[_Fix]:
    """Return at most one fix for each location, in the order of the feed."""
    lines = data.split(b"\n")
    fixes: dict[tuple[int, int], _Fix] = {}
    for notice in notices:
        for one in _fixes_of(notice, lines[notice.line - 1], unsafe=unsafe):
            fixes.setdefault((one.line, one.start), one)
    return [fixes[place] for place in sorted(fixes)]


def _fixes_of(notice: Notice, line: bytes, *, unsafe: bool) -> Iterator[_Fix]:
    is_known = notice.code in _IS_SAFE and notice.suggestion is not None
    if not is_known and notice.code not in _TEXT_FIXES:
        return
    try:
        decoded, start = line.decode(), notice.column - 1
        text, end = _decode(decoded, start)
    except ValueError:
        return
    if not isinstance(text, str):
        return
    suggested = _replacement(notice, text, unsafe=unsafe)
    if suggested and suggested != text:
        written = json.dumps(suggested, ensure_ascii=False)
        before = len(decoded[:start].encode())
        inside = len(decoded[start:end].encode())
        yield _Fix(notice.code, notice.line, before, before + inside, written)


def _replacement(notice: Notice, text: str, *, unsafe: bool) -> str | None:
    if notice.code in _TEXT_FIXES:
        return _TEXT_FIXES[notice.code](text)
    suggestion = notice.suggestion or ""
    # A suggestion such as `objects.<id>.count` contains a placeholder.
    if "<" in suggestion or not (unsafe or _IS_SAFE[notice.code](text, suggestion)):
        return None
    return suggestion


def _without_collisions(data: bytes, fixes: list[_Fix], now: datetime | None) -> list[_Fix]:
    """Return the fixes, except any that would give a field the name of an existing field."""
    renames = [one for one in fixes if one.code == "unknown_field"]
    if not renames:
        return fixes
    twice = Settings(select=frozenset({"duplicate_key"}))
    before = {notice.line for notice in _problems(data, now, twice)}
    after = {notice.line for notice in _problems(_applied(data, renames), now, twice)}
    return [one for one in fixes if one not in renames or one.line not in after - before]


def _applied(data: bytes, fixes: list[_Fix]) -> bytes:
    lines = data.split(b"\n")
    for one in reversed(fixes):
        line = lines[one.line - 1]
        lines[one.line - 1] = line[: one.start] + one.text.encode() + line[one.end :]
    return b"\n".join(lines)
