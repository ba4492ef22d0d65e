"""Reads time expressions: EDTF (ISO 8601-2) dates and intervals, and intervals of instants.

Read are the calendar dates, date-times and intervals of EDTF level 0, and of level 1 what
reports need of intervals and dates: open (``..``) and unknown (empty) ends, the qualifiers
``?`` ``~`` ``%``, and unspecified digits (``202X``, ``2024-XX``, ``2024-09-XX``). EDTF
intervals hold no time of day, so intervals of instants are those of ISO 8601-1.

Years are 1900 to 2200. A date-time must carry its offset: without one it is not an instant.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from typing import TYPE_CHECKING

from airspace_events.errors import TimeExpressionError, TimeFault
from airspace_events.values.scalars import FIRST_YEAR, LAST_YEAR

if TYPE_CHECKING:
    from airspace_events.vocabulary.times import EndKnowledge, TimePrecision

MAX_LENGTH = 100
_DECEMBER = 12
# Every digit as 0, so that forms can be told apart.
_SHAPE = str.maketrans("123456789", "000000000")
_FRACTION_DIGITS = 6

# The first and the last places on Earth to have a calendar day.
_EASTERNMOST = timezone(timedelta(hours=14))
_WESTERNMOST = timezone(timedelta(hours=-12))
_TICK = timedelta(microseconds=1)

# From coarse to fine: an interval is as precise as its coarser end.
_PRECISIONS: tuple[TimePrecision, ...] = (
    "century", "decade", "year", "season", "month", "day", "instant",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Point:
    """One date or instant, as a span of time.

    Attributes:
        first: where it begins: local without a zone for a date, aware for an instant.
        after: where it has ended: the first moment after a date, the instant itself.
        precision: how fine it is.
        uncertain: marked ``?`` or ``%``: the source, or we, are not sure of it.
        approximate: marked ``~`` or ``%``: it is near, not exact.
    """

    first: datetime
    after: datetime
    precision: TimePrecision
    uncertain: bool = False
    approximate: bool = False

    def earliest(self, zone: tzinfo | None) -> datetime:
        """The first moment in UTC; for a date without a zone, anywhere on Earth."""
        if self.precision == "instant":
            return self.first.astimezone(UTC)
        return self.first.replace(tzinfo=zone or _EASTERNMOST).astimezone(UTC)

    def latest(self, zone: tzinfo | None) -> datetime:
        """The last moment in UTC, to the microsecond; without a zone, anywhere on Earth."""
        if self.precision == "instant":
            return self.after.astimezone(UTC)
        midnight = self.after.replace(tzinfo=zone or _WESTERNMOST)
        last = midnight.astimezone(UTC) - _TICK
        # Where clocks go back over midnight into the day before, it ends a second time.
        again = midnight.replace(fold=1).astimezone(UTC) - _TICK
        if again > last and again.astimezone(zone).replace(tzinfo=None) < self.after:
            last = again
        # A day that a zone left out has no length, and ends where it begins.
        return max(last, self.earliest(zone))


@dataclass(frozen=True, slots=True)
class Expression:
    """A time expression that was read.

    Attributes:
        start: where it begins, or None where the start is open or unknown.
        end: where it ends, or None likewise. A single date or instant is both.
        start_is: whether the start is known, open or unknown.
        end_is: whether the end is known, open or unknown.
    """

    start: Point | None
    end: Point | None
    start_is: EndKnowledge = "known"
    end_is: EndKnowledge = "known"

    @property
    def precision(self) -> TimePrecision | None:
        """How fine it is: the coarser of its ends, or None where it has none."""
        ends = {point.precision for point in (self.start, self.end) if point}
        return next((precision for precision in _PRECISIONS if precision in ends), None)

    def earliest(self, zone: tzinfo | None) -> datetime | None:
        """The earliest instant that the expression allows, in UTC."""
        return self.start.earliest(zone) if self.start else None

    def latest(self, zone: tzinfo | None) -> datetime | None:
        """The latest instant that the expression allows, in UTC."""
        return self.end.latest(zone) if self.end else None


@lru_cache(maxsize=4096)
def parse(text: str) -> Expression:
    """Read an expression.

    Raises:
        TimeExpressionError: it is none, it leaves the years, or it ends before it begins.
    """
    if len(text) > MAX_LENGTH:
        raise TimeExpressionError(text, MAX_LENGTH, f"longer than {MAX_LENGTH} characters")
    try:
        return _expression(text)
    except _Fault as fault:
        raise TimeExpressionError(
            text, fault.position, fault.reason, _suggestion(text), fault.code
        ) from None


@lru_cache(maxsize=4096)
def parse_point(text: str) -> Point:
    """Read a single date or instant.

    Raises:
        TimeExpressionError: it is none, or it is an interval.
    """
    expression = parse(text)
    if expression.start is None or expression.start is not expression.end:
        raise TimeExpressionError(text, 0, "an interval where one date or instant is meant")
    return expression.start


class _Fault(Exception):  # noqa: N818 (it never leaves this module)
    def __init__(
        self,
        position: int,
        reason: str,
        code: TimeFault = "malformed_time",
    ) -> None:
        self.position = position
        self.reason = reason
        self.code: TimeFault = code


def _expression(text: str) -> Expression:
    start_text, slash, end_text = text.partition("/")
    if not slash:
        point = _point(text, 0)
        return Expression(point, point)
    start, start_is = _interval_end(start_text, 0)
    end, end_is = _interval_end(end_text, len(start_text) + 1)
    if start and end and certainly_after(start, end):
        raise _Fault(len(start_text) + 1, "ends before it begins")
    if not (start or end):
        raise _Fault(0, "an interval without any known end says nothing")
    return Expression(start, end, start_is, end_is)


def certainly_after(start: Point, end: Point) -> bool:
    """Whether one point begins after another has ended, in whatever time zone."""
    both_local = start.first.tzinfo is None and end.first.tzinfo is None
    zone = UTC if both_local else None
    return start.earliest(zone) > end.latest(zone)


def _interval_end(text: str, at: int) -> tuple[Point | None, EndKnowledge]:
    if text == "":
        return None, "unknown"
    if text == "..":
        return None, "open"
    return _point(text, at), "known"


def _point(text: str, at: int) -> Point:
    return _instant(text, at) if "T" in text else _date(text, at)


def _instant(text: str, at: int) -> Point:
    # `fromisoformat` also takes basic and week forms; the shape admits the extended one only.
    clock = text[11:19]
    if not (_digits(text, "dddd-dd-ddT") and _digits(clock, "dd:dd:dd")):
        raise _Fault(at, "not a date and a time of the form 2024-09-08T02:25:00+03:00")
    rest = text[19:]
    if rest.startswith("."):
        fraction = rest[1:].rstrip("Z").partition("+")[0].partition("-")[0]
        if not (0 < len(fraction) <= _FRACTION_DIGITS and _digits(fraction, "d" * len(fraction))):
            raise _Fault(at + 19, "a fraction of a second has 1 to 6 digits")
        rest = rest[1 + len(fraction) :]
    if rest == "":
        reason = "a time of day needs its offset from UTC, or Z"
        raise _Fault(at + len(text), reason, "naive_datetime")
    if rest != "Z" and not _is_offset(rest):
        raise _Fault(at + len(text) - len(rest), "the offset has the form +03:00, or Z")
    try:
        instant = datetime.fromisoformat(text)
    except ValueError:
        raise _Fault(at, "no such date, time or offset") from None
    _check_year(instant.year, at)
    return Point(instant, instant, "instant")


def _is_offset(text: str) -> bool:
    has_form = len(text) == len("+03:00") and text[0] in "+-" and _digits(text[1:], "dd:dd")
    return has_form and text[1:3] <= "23" and text[4:] <= "59"


def _date(text: str, at: int) -> Point:
    body = text.rstrip("?~%")
    mark = text[len(body) :]
    if len(mark) > 1:
        raise _Fault(at + len(body) + 1, "at most one of ? ~ % stands behind a date")
    first, after, precision = _span(body, at)
    return Point(first, after, precision, mark in ("?", "%"), mark in ("~", "%"))


def _span(body: str, at: int) -> tuple[datetime, datetime, TimePrecision]:
    shape = body.translate(_SHAPE)
    if shape == "0000-00-00":
        try:
            first = datetime.fromisoformat(body)
        except ValueError:
            raise _Fault(at + 5, "no such month or day") from None
        _check_year(first.year, at)
        return first, first + timedelta(days=1), "day"
    match shape:
        case "0000-00" | "0000-00-XX":
            year, month = int(body[:4]), int(body[5:7])
            if not 1 <= month <= _DECEMBER:
                raise _Fault(at + 5, "a month is 01 to 12")
            return (*_months((year, month), (year, month), at), "month")
        case "0000" | "0000-XX" | "0000-XX-XX":
            return (*_years(body[:4], body[:4], at), "year")
        case "000X":
            return (*_years(body[:3] + "0", body[:3] + "9", at), "decade")
        case "00XX":
            return (*_years(body[:2] + "00", body[:2] + "99", at), "century")
        case _:
            raise _Fault(at, "not a date of the form 2024, 2024-09 or 2024-09-08")


def _years(first: str, last: str, at: int) -> tuple[datetime, datetime]:
    return _months((int(first), 1), (int(last), 12), at)


def _months(first: tuple[int, int], last: tuple[int, int], at: int) -> tuple[datetime, datetime]:
    _check_year(first[0], at)
    _check_year(last[0], at)
    last_day = calendar.monthrange(*last)[1]
    return _midnight(*first, 1), _midnight(*last, last_day) + timedelta(days=1)


def _midnight(year: int, month: int, day: int) -> datetime:
    """The start of a day, in whatever time zone it will be read."""
    return datetime(year, month, day)  # noqa: DTZ001


def _digits(text: str, shape: str) -> bool:
    """Whether the text begins with the shape, in which d stands for an ASCII digit."""
    return len(text) >= len(shape) and all(
        char in "0123456789" if mark == "d" else char == mark
        for char, mark in zip(text, shape, strict=False)
    )


def _check_year(year: int, at: int) -> None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise _Fault(at, f"valid years are {FIRST_YEAR} to {LAST_YEAR}")


def _suggestion(text: str) -> str | None:
    """The form that was nearly written, if reading it that way leaves no choice."""
    bare = text.strip()
    candidates = [bare, bare.replace(" ", "T", 1)]
    if _digits(bare, "d" * len("20240908")):
        candidates.append("-".join((bare[:4], bare[4:6], bare[6:])))
    first, *rest = bare.replace(".", "-").replace("/", "-").split("-")
    if _digits(first, "dddd") and rest:
        candidates.append("-".join((first, *(part.zfill(2) for part in rest))))
    if len(rest) == len(("month", "year")) and _digits(first, "dd") and first > "12":
        # Day first, since no month has that number.
        candidates.append("-".join((rest[1], rest[0].zfill(2), first)))
    for candidate in candidates:
        if candidate != text:
            try:
                _expression(candidate)
            except _Fault:
                continue
            return candidate
    return None
