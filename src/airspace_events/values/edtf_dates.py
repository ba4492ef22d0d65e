"""A parser for single EDTF dates, with their qualifiers and their first and last days."""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple, NoReturn

from airspace_events.errors import TimeFault
from airspace_events.values.scalars import FIRST_YEAR, LAST_YEAR
from airspace_events.values.time_spans import Point

if TYPE_CHECKING:
    from airspace_events.vocabulary.terms import TimePrecision

QUALIFIERS = "?~%"
_DIGITS = frozenset("0123456789")
_MASK = frozenset("0123456789X")
_MONTHS = range(1, 13)
_YEARS = range(FIRST_YEAR, LAST_YEAR + 1)
_DAY = timedelta(days=1)
_YEAR_DIGITS = 4
_FEBRUARY, _LEAP_YEAR = 2, 2000

_Span = tuple[datetime, datetime]
_MonthDay = tuple[int, int]


_BEYOND = (
    f"the date is valid EDTF, but this library supports only years from {FIRST_YEAR} to "
    f"{LAST_YEAR}"
)


class Fault(Exception):  # noqa: N818 (it never leaves the parser)
    """An error in a time expression, with its position and reason."""

    def __init__(self, position: int, reason: str, code: TimeFault = "malformed_time") -> None:
        super().__init__(position, reason, code)
        self.position = position
        self.reason = reason
        self.code: TimeFault = code


class BeyondYearsFault(Fault):
    """The fault that the year of a valid EDTF date is outside the supported range."""

    def __init__(self, position: int) -> None:
        super().__init__(position, _BEYOND)


# The first and last (month, day) of each season, covering both the meteorological and the
# astronomical season. A winter begins in December of the previous or of the same year.
_SPRING = ((3, 1), (6, 22))
_SUMMER = ((6, 1), (9, 24))
_AUTUMN = ((9, 1), (12, 23))
_WINTER = ((12, 1), (3, 21))
_SPRING_OR_AUTUMN = ((3, 1), (12, 23))
_GROUPINGS: dict[int, tuple[tuple[_MonthDay, _MonthDay], TimePrecision]] = {
    **dict.fromkeys((21, 23), (_SPRING_OR_AUTUMN, "season")),
    **dict.fromkeys((22, 24, 28, 30), (_WINTER, "season")),
    **dict.fromkeys((25, 31), (_SPRING, "season")),
    **dict.fromkeys((26, 32), (_SUMMER, "season")),
    **dict.fromkeys((27, 29), (_AUTUMN, "season")),
    33: (((1, 1), (3, 31)), "quarter"),
    34: (((4, 1), (6, 30)), "quarter"),
    35: (((7, 1), (9, 30)), "quarter"),
    36: (((10, 1), (12, 31)), "quarter"),
    37: (((1, 1), (4, 30)), "quadrimester"),
    38: (((5, 1), (8, 31)), "quadrimester"),
    39: (((9, 1), (12, 31)), "quadrimester"),
    40: (((1, 1), (6, 30)), "half_year"),
    41: (((7, 1), (12, 31)), "half_year"),
}


_LONGEST_COUNT = 3


class _Part(NamedTuple):
    """A year, month or day in a date, with an X for each unspecified digit."""

    text: str
    at: int
    what: str

    @property
    def has_mask(self) -> bool:
        return "X" in self.text

    def numbers(self, among: Sequence[int]) -> Iterator[int]:
        """Yield each of the given numbers that matches the digits; an X matches any digit."""
        if not self.has_mask:
            number = int(self.text)
            if number in among:
                yield number
            return
        width = len(self.text)
        for number in among:
            written = str(number).zfill(width)
            if all(mask in ("X", digit) for mask, digit in zip(self.text, written, strict=True)):
                yield number


def parse_date(text: str, at: int) -> Point:
    """Parse one EDTF date.

    Args:
        text: the date.
        at: the position of its first character, for error messages.

    Raises:
        Fault: the text is not an EDTF date, or its year, month or day is invalid.
    """
    scanner = _Scanner(text, at)
    scanner.qualifier()
    span: tuple[datetime, datetime, TimePrecision]
    has_gaps = False
    if scanner.next_is("Y"):
        years, precision = scanner.long_year()
        scanner.qualifier()
        scanner.end("a year of more than four digits cannot have a month")
        span = (*_years(*years, at), precision)
    else:
        first, after, coarseness, has_gaps = _calendar_date(scanner, at)
        span = first, after, coarseness
    return Point(*span, *scanner.marks, has_gaps)


def _calendar_date(scanner: _Scanner, at: int) -> tuple[datetime, datetime, TimePrecision, bool]:
    negative = scanner.take("-")
    if scanner.is_over():
        raise Fault(at, "a date must have the form 2024, 2024-09 or 2024-09-08")
    year = scanner.part(_YEAR_DIGITS, "year")
    if scanner.next_is("S"):
        years, precision = scanner.significant(year, negative=negative)
        scanner.qualifier()
        scanner.end("a year with significant digits cannot have a month")
        return (*_years(*years, at), precision, False)
    scanner.qualifier()
    month = scanner.next_part("month")
    day = scanner.next_part("day") if month else None
    scanner.end("the text after the date is not valid")
    if month and not month.has_mask and int(month.text) in _GROUPINGS:
        if day:
            raise Fault(day.at, "a season or a quarter cannot have a day")
        days, precision = _GROUPINGS[int(month.text)]
        if negative or not _within_years(year):
            raise BeyondYearsFault(at)
        coarsest = _precision(year, None, None) if year.has_mask else precision
        has_gaps = year.has_mask or days in (_WINTER, _SPRING_OR_AUTUMN)
        return (*_grouping(list(year.numbers(_YEARS)), days), coarsest, has_gaps)
    first, last = _bounds(year, month, day, negative=negative, at=at)
    has_gaps = _has_gaps("".join(part.text for part in (year, month, day) if part))
    return first, last + _DAY, _precision(year, month, day), has_gaps


def _has_gaps(digits: str) -> bool:
    """Return whether a known digit follows an X, which leaves gaps between the matching days."""
    return "X" in digits.rstrip("X")


def _precision(year: _Part, month: _Part | None, day: _Part | None) -> TimePrecision:
    if year.has_mask:
        return "decade" if year.text.find("X") == _YEAR_DIGITS - 1 else "century"
    if month is None or month.has_mask:
        return "year"
    return "month" if day is None or day.has_mask else "day"


def _bounds(
    year: _Part, month: _Part | None, day: _Part | None, *, negative: bool, at: int
) -> _Span:
    """Return the first and the last day that match the date; both are included."""
    _check_days(year, month, day)
    if negative or not _within_years(year):
        raise BeyondYearsFault(at)
    years = list(year.numbers(_YEARS))
    months = list(month.numbers(_MONTHS)) if month else list(_MONTHS)
    first = next(_days(years, months, day, latest=False), None)
    last = next(_days(years[::-1], months[::-1], day, latest=True), None)
    if first is None or last is None:
        raise Fault(day.at if day else at, _no_such_day(year, month))
    return first, last


def _within_years(year: _Part) -> bool:
    lowest, highest = (int(year.text.replace("X", digit)) for digit in "09")
    return lowest >= FIRST_YEAR and highest <= LAST_YEAR


def _check_days(year: _Part, month: _Part | None, day: _Part | None) -> None:
    """Reject a month or day that does not exist, even in years that `datetime` cannot store."""
    if month is None:
        return
    months = list(month.numbers(_MONTHS))
    if not months:
        hint = "a month must be from 01 to 12, or from 21 to 41 for a season, quarter or half"
        raise Fault(month.at, hint)
    if day is None:
        return
    like = _LEAP_YEAR if year.has_mask or calendar.isleap(int(year.text)) else _LEAP_YEAR + 1
    longest = max(calendar.monthrange(like, number)[1] for number in months)
    if not any(day.numbers(range(1, longest + 1))):
        raise Fault(day.at, _no_such_day(year, month))


def _no_such_day(year: _Part, month: _Part | None) -> str:
    if month is None or month.has_mask:
        return "the day does not exist in any month"
    name = calendar.month_name[int(month.text)]
    if int(month.text) != _FEBRUARY:
        return f"the day does not exist in {name}"
    return f"the day does not exist in {name} {year.text}"


def _days(
    years: Iterable[int], months: list[int], day: _Part | None, *, latest: bool
) -> Iterator[datetime]:
    for year in years:
        for month in months:
            length = calendar.monthrange(year, month)[1]
            days = range(length, 0, -1) if latest else range(1, length + 1)
            for number in day.numbers(days) if day else days:
                yield midnight(year, month, number)


def _grouping(years: list[int], days: tuple[_MonthDay, _MonthDay]) -> _Span:
    first, last = days
    over_new_year = first > last
    return (
        midnight(years[0] - over_new_year, *first),
        midnight(years[-1] + over_new_year, *last) + _DAY,
    )


def _years(first: int, last: int, at: int) -> _Span:
    if not FIRST_YEAR <= first <= last <= LAST_YEAR:
        raise BeyondYearsFault(at)
    return midnight(first, 1, 1), midnight(last + 1, 1, 1)


def midnight(year: int, month: int, day: int) -> datetime:
    """Return the start of a day as a naive local time."""
    return datetime(year, month, day)  # noqa: DTZ001


class _Scanner:
    def __init__(self, text: str, at: int) -> None:
        self._text = text
        self._at = at
        self._next = 0
        self._found: set[str] = set()

    @property
    def marks(self) -> tuple[bool, bool]:
        """Two flags: whether any part is uncertain, and whether any part is approximate."""
        return bool(self._found & {"?", "%"}), bool(self._found & {"~", "%"})

    def refuse(self, reason: str) -> NoReturn:
        raise Fault(self._at + self._next, reason)

    def next_is(self, char: str) -> bool:
        return self._text.startswith(char, self._next)

    def take(self, char: str) -> bool:
        found = self.next_is(char)
        self._next += found
        return found

    def run(self, allowed: frozenset[str]) -> str:
        """Read the allowed characters from the current position on, and return them."""
        start = self._next
        while self._next < len(self._text) and self._text[self._next] in allowed:
            self._next += 1
        return self._text[start : self._next]

    def qualifier(self) -> None:
        """Read the qualifier at the current position, if there is one."""
        mark = self._text[self._next : self._next + 1]
        if mark and mark in QUALIFIERS:
            self._next += 1
            self._found.add(mark)
            following = self._text[self._next : self._next + 1]
            if following and following in QUALIFIERS:
                self.refuse("only one qualifier is allowed; write % instead of both ? and ~")

    def part(self, width: int, what: str) -> _Part:
        at = self._at + self._next
        text = self.run(_MASK)
        if not text:
            raise Fault(at, "a date must have the form 2024, 2024-09 or 2024-09-08")
        if len(text) != width:
            count = "four" if width == _YEAR_DIGITS else "two"
            wrong = at + width if len(text) > width else at
            raise Fault(wrong, f"a {what} must have {count} digits")
        return _Part(text, at, what)

    def next_part(self, what: str) -> _Part | None:
        """Read the month or the day and its qualifiers.

        Return None if the date has no such part.
        """
        if not self.take("-"):
            return None
        self.qualifier()
        part = self.part(2, what)
        self.qualifier()
        return part

    def number(self, what: str) -> str:
        at = self._at + self._next
        digits = self.run(_DIGITS)
        if not digits:
            raise Fault(at, f"{what} is missing")
        return digits

    def long_year(self) -> tuple[tuple[int, int], TimePrecision]:
        """Read a year such as ``Y170000002`` or ``Y171010000S3``; return its range of years."""
        at = self._at + self._next
        self.take("Y")
        negative = self.take("-")
        digits = self.number("the year")
        exponent = self.number("the exponent") if self.take("E") else ""
        if exponent and not exponent.strip("0"):
            raise Fault(self._at + self._next - 1, "the exponent must be at least 1")
        if not exponent and len(digits) <= _YEAR_DIGITS:
            raise Fault(at, "use Y only for years of more than four digits")
        # Compute a power only if the result can be a year of four digits.
        if negative or len(digits) > _YEAR_DIGITS or len(exponent) > 1:
            if self.take("S"):
                self.number("the number of significant digits")
            beyond = LAST_YEAR + 1
            return (beyond, beyond), "year"
        year = int(digits) * 10 ** int(exponent)
        if self.next_is("S"):
            return self.significant(_Part(str(year), at, "year"), negative=False)
        return (year, year), "year"

    def significant(self, year: _Part, *, negative: bool) -> tuple[tuple[int, int], TimePrecision]:
        """Read the significant digits, as in ``1950S2``, and return the range of years."""
        if year.has_mask:
            self.refuse("a year with significant digits cannot have an X")
        at = self._at + self._next
        self.take("S")
        digits = self.number("the number of significant digits")
        # A count with more digits is wrong anyway: a year has four digits.
        count = int(digits) if len(digits) <= _LONGEST_COUNT else 0
        if not 1 <= count <= len(year.text):
            most = len(year.text)
            raise Fault(at + 1, f"the number of significant digits must be between 1 and {most}")
        if negative:
            return (-1, -1), "year"
        spread = 10 ** (len(year.text) - count)
        first = int(year.text) // spread * spread
        precisions: dict[int, TimePrecision] = {1: "year", 10: "decade"}
        return (first, first + spread - 1), precisions.get(spread, "century")

    def is_over(self) -> bool:
        return self._next == len(self._text)

    def end(self, reason: str) -> None:
        if not self.is_over():
            self.refuse(reason)
