"""A parser for time expressions: EDTF (ISO 8601-2), and ISO 8601-1 intervals of instants.

The parser supports levels 0 and 1 of EDTF, and every form of level 2 that has bounds. EDTF
intervals have no time of day, so intervals of instants follow ISO 8601-1. Years must be from 1900
to 2200, and a date-time must have an offset from UTC.
Where the standard does not define which days a form includes,
``docs/decisions/0007-what-a-time-expression-bounds.md`` defines them.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import lru_cache
from typing import TypeVar

from airspace_events.errors import TimeExpressionError
from airspace_events.values.edtf_dates import QUALIFIERS, BeyondYearsFault, Fault, parse_date
from airspace_events.values.edtf_suggestions import candidates, naive_instant
from airspace_events.values.scalars import FIRST_YEAR, LAST_YEAR
from airspace_events.values.time_spans import Expression, Point, certainly_after
from airspace_events.vocabulary.terms import EndKnowledge

_T = TypeVar("_T")

MAX_LENGTH = 100

# Replaces every digit by 0, to look up the form of a text.
_AS_FORM = bytes.maketrans(b"123456789", b"000000000")
_DATE_FORM, _MONTH_FORM = b"0000-00-00", b"0000-00"
_FRACTION_DIGITS = 6
_INSTANT_FORMS = frozenset(
    _DATE_FORM + b"T00:00:00" + fraction + offset
    for fraction in (b"", *(b"." + b"0" * digits for digits in range(1, _FRACTION_DIGITS + 1)))
    for offset in (b"Z", b"+00:00", b"-00:00", b"+00", b"-00")
)
_UNKNOWN_OFFSETS = ("-00:00", "-00")
_DAY = timedelta(days=1)
_CLOSING = {"[": "]", "{": "}"}
_End = tuple[Point | None, EndKnowledge]
_Range = tuple[Point | None, Point | None]


@lru_cache(maxsize=256)
def parse(text: str) -> Expression:
    """Parse a time expression.

    Raises:
        TimeExpressionError: the text is not a time expression, a year is outside the allowed
            range, or the time ends before it begins.
    """
    if len(text) > MAX_LENGTH:
        raise TimeExpressionError(
            text, MAX_LENGTH, f"the text is longer than {MAX_LENGTH} characters"
        )
    try:
        return _expression(text)
    except Fault as fault:
        raise TimeExpressionError(
            text, fault.position, fault.reason, _suggestion(text), fault.code
        ) from None


def check(text: str) -> None:
    """Raise the same errors as `parse`, but check the most common forms much faster.

    Raises:
        TimeExpressionError: for the same texts as `parse`.
    """
    start_text, slash, end_text = text.partition("/")
    start = _common_start(start_text, _form(start_text))
    end = _common_start(end_text, _form(end_text)) if slash else start
    # `parse` checks open ends, and intervals between a day and an instant, which depend on the
    # zone.
    is_common = (
        start is not None
        and end is not None
        and (start.tzinfo is None) == (end.tzinfo is None)
        and start <= end
    )
    if not is_common:
        parse(text)


def check_point(text: str) -> None:
    """Raise the same errors as `parse_point`, but check the most common forms much faster.

    Raises:
        TimeExpressionError: for the same texts as `parse_point`.
    """
    if _common_start(text, _form(text)) is None:
        parse_point(text)


def _form(text: str) -> bytes:
    return text.encode("utf-8", "replace").translate(_AS_FORM)


def _common_start(text: str, form: bytes) -> datetime | None:
    """Return the start of a day, month or instant, or None if the text has another form.

    Only the start of an instant has a time zone. A day or a month may have a qualifier.
    """
    if form in _INSTANT_FORMS:
        if _has_wrong_offset(text):
            return None
    else:
        if text[-1:] in QUALIFIERS:
            form = form[:-1]
        if form not in (_DATE_FORM, _MONTH_FORM):
            return None
        text = (text[: len(form)] + "-01")[: len(_DATE_FORM)]
    try:
        start = datetime.fromisoformat(text)
    except ValueError:
        return None
    return start if FIRST_YEAR <= start.year <= LAST_YEAR else None


def _has_wrong_offset(text: str) -> bool:
    # Python accepts offsets with up to 99 minutes, and -00:00, an unknown offset in RFC 3339.
    return (text[-3:-2] == ":" and text[-2] > "5") or text.endswith(_UNKNOWN_OFFSETS)


def parse_point(text: str) -> Point:
    """Parse a single date or instant.

    Raises:
        TimeExpressionError: the text is not a time expression, or is an interval or a set.
    """
    expression = parse(text)
    if expression.start is None or not expression.is_point:
        raise TimeExpressionError(
            text, 0, "the text must be a single date or instant, not an interval or a set"
        )
    return expression.start


def _expression(text: str) -> Expression:
    if text[:1] in _CLOSING:
        return _set(text)
    start_text, slash, end_text = text.partition("/")
    if not slash:
        point = _point(text, 0)
        return Expression(point, point)
    end_at = len(start_text) + 1
    (start, start_is), (end, end_is) = _each(_interval_end, [(start_text, 0), (end_text, end_at)])
    if start and end and certainly_after(start, end):
        raise Fault(end_at, "the interval ends before it begins")
    if not (start or end):
        raise Fault(0, "an interval needs at least one date")
    return Expression(start, end, start_is, end_is)


def _each(read: Callable[[str, int], _T], texts: list[tuple[str, int]]) -> list[_T]:
    """Parse each text, and raise errors for malformed text before errors for unsupported years."""
    found: list[_T] = []
    beyond = None
    for text, at in texts:
        try:
            found.append(read(text, at))
        except BeyondYearsFault as fault:
            beyond = beyond or fault
    if beyond:
        raise beyond
    return found


def _interval_end(text: str, at: int) -> _End:
    if text == "":
        return None, "unknown"
    if text == "..":
        return None, "open"
    return _point(text, at), "known"


def _set(text: str) -> Expression:
    closing = _CLOSING[text[0]]
    if not text.endswith(closing) or len(text) == 1:
        raise Fault(len(text), f"the set must end with {closing}")
    parts: list[tuple[str, int]] = []
    at = 1
    for part in text[1:-1].split(","):
        parts.append((part, at))
        at += len(part) + 1
    members = _each(_member, parts)
    for position, (first, last) in enumerate(members):
        if (first is None and position > 0) or (last is None and position < len(members) - 1):
            raise Fault(
                parts[position][1],
                "in a set, only the start of the first range and the end of the last can be open",
            )
    firsts = [first for first, _ in members]
    lasts = [last for _, last in members]
    all_members = closing == "}"
    no_bound: EndKnowledge = "open" if all_members else "unknown"
    start = None if None in firsts else min(filter(None, firsts), key=_first)
    end = None if None in lasts else max(filter(None, lasts), key=_after)
    return Expression(
        start,
        end,
        "known" if start else no_bound,
        "known" if end else no_bound,
        tuple(members),
        all_members,
    )


def _first(point: Point) -> datetime:
    return point.first


def _after(point: Point) -> datetime:
    return point.after


def _member(text: str, at: int) -> _Range:
    first_text, dots, last_text = text.partition("..")
    if not dots:
        point = parse_date(text, at)
        return point, point
    last_at = at + len(first_text) + len(dots)
    first, last = _each(_bound_of_range, [(first_text, at), (last_text, last_at)])
    if first and last and first.first >= last.after:
        raise Fault(last_at, "the range ends before it begins")
    if first and last and first.precision != last.precision:
        unit = first.precision
        raise Fault(last_at, f"a range that starts with a {unit} must end with a {unit}")
    if not (first or last):
        raise Fault(at, "a range needs at least one date")
    return first, last


def _bound_of_range(text: str, at: int) -> Point | None:
    return parse_date(text, at) if text else None


def _point(text: str, at: int) -> Point:
    form = _form(text)
    if (start := _common_start(text, form)) is not None:
        return _common_point(start, text, form)
    if "T" in text:
        raise _instant_fault(text, at)
    if text[len(_DATE_FORM) :].startswith(" ") and (mended := naive_instant(text)):
        reason = f"write {mended} and add its offset from UTC, such as +03:00"
        raise Fault(at + len(_DATE_FORM), reason, "naive_datetime")
    return parse_date(text, at)


def _common_point(start: datetime, text: str, form: bytes) -> Point:
    if start.tzinfo is not None:
        return Point(start, start, "instant")
    mark = text[-1:]
    marks = mark in "?%", mark in "~%"
    if form.startswith(_DATE_FORM):
        return Point(start, start + _DAY, "day", *marks)
    days = timedelta(days=monthrange(start.year, start.month)[1])
    return Point(start, start + days, "month", *marks)


def _instant_fault(text: str, at: int) -> Fault:
    day, _, clock = text.partition("T")
    try:
        parse_date(day, at)
    except Fault as fault:
        in_range = f"{FIRST_YEAR}-01-01T{clock}"
        is_only_beyond = _common_start(in_range, _form(in_range)) is not None
        if not isinstance(fault, BeyondYearsFault) or day.startswith(("-", "Y")) or is_only_beyond:
            return fault
    at += len(day)
    if len(day) != len(_DATE_FORM) or "X" in day:
        return Fault(
            at, "a time of day must follow a complete date, as in 2024-09-08T02:25:00+03:00"
        )
    at += 1
    for place, what, most in ((0, "hour", "23"), (3, "minute", "59"), (6, "second", "59")):
        number, mark = clock[place : place + 2], clock[place + 2 : place + 3]
        if _form(number) != b"00":
            return Fault(at + place, f"the {what} needs two digits, as in 02:25:00+03:00")
        if number > most:
            return Fault(at + place, f"the {what} must be between 00 and {most}")
        if what != "second" and mark != ":":
            return Fault(at + place + 2, "a time of day must have the form 02:25:00+03:00")
    clock_length = len("02:25:00")
    return _offset_fault(clock[clock_length:], at + clock_length)


def _offset_fault(rest: str, at: int) -> Fault:
    if rest[:1] == ".":
        digits = len(rest[1:]) - len(rest[1:].lstrip("0123456789"))
        if not 0 < digits <= _FRACTION_DIGITS:
            return Fault(at, "a fraction of a second must have 1 to 6 digits")
        rest, at = rest[digits + 1 :], at + digits + 1
    if not rest:
        reason = "a time of day needs an offset from UTC, such as +03:00, or Z"
        return Fault(at, reason, "naive_datetime")
    if rest in _UNKNOWN_OFFSETS:
        return Fault(at, f"{rest} means an unknown offset; write Z for UTC")
    for whole in ("Z", "+00:00", "-00:00"):
        if _form(rest[: len(whole)]) == whole.encode() and rest[len(whole) :]:
            return Fault(at + len(whole), "the text after the offset is not valid")
    if rest[:1] in ("+", "-"):
        return Fault(
            at, "the offset must have the form +03:00 and must not exceed 23 hours and 59 minutes"
        )
    return Fault(at, "Z or an offset like +03:00 must follow the seconds")


def _suggestion(text: str) -> str | None:
    for candidate in candidates(text):
        try:
            _expression(candidate)
        except Fault:
            continue
        return candidate
    return None
