"""Parse dates and times of day written with digits, such as 4 Nov 2025 or 25.12.2024 14:30:07.

The grammar of time phrases can read all other times, but is much slower. A date with two possible
meanings is rejected.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import UTC, timedelta, timezone, tzinfo
from functools import lru_cache
from typing import NamedTuple

from airspace_events.phrases.context import DateOrder
from airspace_events.phrases.words import MONTHS
from airspace_events.safe_text import shown
from airspace_events.values.scalars import FIRST_YEAR, LAST_YEAR

_YEAR, _SHORT = 4, 2
_MONTHS, _NOON = 12, 12
_SERIAL_DAYS = range(10_000, 80_000)
_SEASONS = range(21, 42)
_COMPACT_DAY, _COMPACT_MONTH = len("20250325"), len("202503")
_SIGNS = str.maketrans({"\N{NO-BREAK SPACE}": " ", "\N{NARROW NO-BREAK SPACE}": " "})
_HALVES = ("am", "pm", "a.m.", "p.m.")
_HOURS, _SIXTY, _MICRO = 24, 60, 6
_ZONES = ("z", "utc", "gmt")
# The greatest offset west of Greenwich in hours, and the minutes that such offsets can have.
_WESTERNMOST, _OFFSET_MINUTES = 12, ("00", "30")
_DASHES = (" - ", " \N{EN DASH} ", " \N{EM DASH} ", "\N{EN DASH}")
MINUTE = timedelta(minutes=1)


class UnfitError(ValueError):
    """Raised when a cell does not fit its field; the message gives the reason."""


class ClockTime(NamedTuple):
    """A time of day written with digits.

    Attributes:
        start: the time since midnight.
        zone: the offset from UTC, if it is given.
        has_seconds: whether the seconds are given.
    """

    start: timedelta
    zone: tzinfo | None = None
    has_seconds: bool = False


class WrittenDate(NamedTuple):
    """A day or month written with digits, and the text after it.

    Attributes:
        date: the day or month, as EDTF.
        clock: the text after the date, such as a time of day, or an empty text.
    """

    date: str
    clock: str = ""


def split_date(text: str, order: DateOrder | None, century: int | None) -> WrittenDate | None:
    """Return the date at the start of a cell and the text after it; None if the date is in words.

    Args:
        text: the text.
        order: the order of day and month, if known.
        century: the first year of the century for two-digit years, such as 2000, if known.

    Raises:
        UnfitError: the date has two possible meanings, or the text is a number instead of a date.
    """
    colon = text.find(":")
    if colon < 0:
        date, clock = text, ""
    else:
        at = colon
        while at and text[at - 1].isdigit():
            at -= 1
        date, clock = text[:at], text[at:]
        if not date or date[-1] not in " T,":
            return None
        date = date[:-1].rstrip(" ,")
    found = _date(date, order, century)
    return None if found is None else WrittenDate(found, clock)


@lru_cache(maxsize=2048)
def _date(text: str, order: DateOrder | None, century: int | None) -> str | None:
    mark = text[-1:] if text[-1:] in ("?", "~", "%") else ""
    if text.startswith("~") and not mark:
        text, mark = text[1:], "~"
    bare = text.removesuffix(mark).translate(_SIGNS).strip().rstrip(".")
    if _is_digits(bare.replace(".", "", 1)):
        found = _compact(bare)
    else:
        separator = next((it for it in "/.-" if it in bare), " ")
        parts = bare.replace(",", " ").split() if separator == " " else bare.split(separator)
        names = [MONTHS.get(part.casefold()) for part in parts]
        numbers = [part for part, name in zip(parts, names, strict=True) if name is None]
        if not all(_is_digits(it) and len(it) in (1, _SHORT, _YEAR) for it in numbers):
            return None
        months = [str(name) for name in names if name is not None]
        at = names.index(int(months[0])) if months else -1
        found = _of_parts(_Parts(bare, separator, numbers, months, at), order, century)
    return None if found is None else found + mark


class _Parts(NamedTuple):
    """The parts of a date; ``at`` is the index of the first month name, or -1."""

    text: str
    separator: str
    numbers: list[str]
    months: list[str]
    at: int


def _is_digits(text: str) -> bool:
    return text.isascii() and text.isdecimal()


def _compact(text: str) -> str | None:
    """Return the day or month written as digits without separators, such as 20250325."""
    digits = text.partition(".")[0]
    if text == digits and len(digits) == _COMPACT_DAY:
        return _day(digits[:4], digits[4:6], digits[6:])
    month = _month(digits[:4], digits[4:]) if len(digits) == _COMPACT_MONTH else None
    if month and not 1 <= int(digits[2:4]) <= _MONTHS:
        return month
    if not _YEAR < len(digits) < _COMPACT_DAY:
        return None
    hint = f"; for the month, write {month}" if month else ""
    if int(digits) in _SERIAL_DAYS:
        hint = (
            "; spreadsheets store dates as numbers, so format the column as dates and save the "
            "file again"
        )
    msg = f"{shown(text)} is a number, not a date{hint}"
    raise UnfitError(msg)


def _of_parts(parts: _Parts, order: DateOrder | None, century: int | None) -> str | None:
    match len(parts.months), parts.numbers:
        case 0, [first, last]:
            return _of_two(parts, first, last)
        case 0, [first, middle, last] if parts.separator != " ":
            return _of_three(parts, (first, middle, last), order, century)
        case 1, [year] if len(year) == _YEAR:
            return _month(year, parts.months[0])
        case 1, [number] if len(number) == _SHORT and parts.at == 0 and parts.separator == "-":
            msg = (
                f"{shown(parts.text)} may mean a month and year, or a day of that month; write "
                "the year with four digits"
            )
            raise UnfitError(msg)
        case 1, [year, day] if len(year) == _YEAR and parts.at == 1:
            return _day(year, parts.months[0], day)
        case 1, [day, year] if len(day) <= _SHORT and len(year) > 1 and parts.at < 2:  # noqa: PLR2004
            return _day(_full_year(year, century, parts), parts.months[0], day)
        case _:
            return None


def _of_two(parts: _Parts, year: str, last: str) -> str | None:
    """Return a year and month, but reject "2022-24", which may mean years or an EDTF season."""
    if parts.separator != "-" or len(year) != _YEAR or len(last) > _SHORT:
        return None
    if int(last) in _SEASONS and int(last) > int(year[2:]):
        years = f"{year}/{year[:2]}{last}"
        msg = (
            f"{shown(parts.text)} may be the years {years}, or season {last} of {year} in EDTF; "
            f"write {years} for the years, or the season in words"
        )
        raise UnfitError(msg)
    return _month(year, last)


def _of_three(
    parts: _Parts, given: tuple[str, str, str], order: DateOrder | None, century: int | None
) -> str | None:
    first, middle, last = given
    if len(first) == _YEAR:
        return _day(first, middle, last)
    if len(last) == 1:
        return None
    year = _full_year(last, century, parts)
    readings = {"day_first": (middle, first), "month_first": (first, middle)}
    if order is not None:
        return _day(year, *readings[order])
    real = {found for reading in readings.values() if (found := _day(year, *reading))}
    if len(real) > 1:
        days = " or ".join(sorted(real))
        msg = f"{shown(parts.text)} may be {days}; set date_order in the mapping"
        raise UnfitError(msg)
    return next(iter(real), None)


def _full_year(year: str, century: int | None, parts: _Parts) -> str:
    if len(year) == _YEAR:
        return year
    if century is not None:
        return str(century + int(year))
    msg = (
        f"{shown(parts.text)} has a year of two digits; write four digits, or write "
        "century = 2000 in the mapping"
    )
    raise UnfitError(msg)


def _month(year: str, month: str) -> str | None:
    if (
        FIRST_YEAR <= int(year) <= LAST_YEAR
        and 1 <= int(month) <= _MONTHS
        and len(month) <= _SHORT
    ):
        return f"{year}-{month:0>2}"
    return None


def _day(year: str, month: str, day: str) -> str | None:
    found = _month(year, month)
    if found and len(day) <= _SHORT and 1 <= int(day) <= monthrange(int(year), int(month))[1]:
        return f"{found}-{day:0>2}"
    return None


@lru_cache(maxsize=2048)
def clock_time(text: str, *, up_to_24: bool) -> ClockTime | None:
    """Return a time of day written with digits; None for words or an ambiguous time.

    Args:
        text: the text, such as 14:30, 14:30:07, 2:25 pm, 18:15 UTC or 14:30:07.5+03:00.
        up_to_24: whether an hour with one digit uses the 24-hour clock.
    """
    bare, zone = _without_zone(text.translate(_SIGNS).strip().casefold())
    half = next((it for it in _HALVES if bare.endswith(it)), "")
    if half:
        bare = bare.removesuffix(half).rstrip()
    clock, _, fraction = bare.partition(".")
    parts = clock.split(":")
    has_seconds = len(parts) == len(("hour", "minute", "second"))
    if (
        (fraction and not (has_seconds and _is_digits(fraction) and len(fraction) <= _MICRO))
        or not (has_seconds or len(parts) == len(("hour", "minute")))
        or not all(map(_is_digits, parts))
        or not 1 <= len(parts[0]) <= _SHORT
        or any(len(it) != _SHORT for it in parts[1:])
        or (len(parts[0]) == 1 and not half and not up_to_24)
    ):
        return None
    hour, minute, second = (*map(int, parts), 0)[:3]
    # Some people write 12:00 a.m. for noon.
    if half and (not 1 <= hour <= _NOON or (hour == _NOON and not minute)):
        return None
    if half:
        hour = hour % _NOON + _NOON * half.startswith("p")
    if hour >= _HOURS or minute >= _SIXTY or second >= _SIXTY:
        return None
    micro = int(f"{fraction:0<6}")
    start = timedelta(hours=hour, minutes=minute, seconds=second, microseconds=micro)
    return ClockTime(start, zone, has_seconds)


def _without_zone(text: str) -> tuple[str, tzinfo | None]:
    for name in _ZONES:
        if text.endswith(name):
            return text.removesuffix(name).rstrip(), UTC
    at = max(text.rfind("+"), text.rfind("-"))
    digits = text[at + 1 :].replace(":", "")
    if at < 0 or len(digits) not in (2, 4) or not _is_digits(digits):
        return text, None
    offset = timedelta(hours=int(digits[:2]), minutes=int(digits[2:] or 0))
    if offset >= timedelta(days=1):
        return text, None
    return text[:at].rstrip(), timezone(-offset if text[at] == "-" else offset)


def two_clocks(
    text: str, *, up_to_24: bool, is_instant: bool
) -> tuple[ClockTime, ClockTime] | None:
    """Return both times in text such as 20:30-22:30; None if the text has another form.

    Args:
        text: the text.
        up_to_24: whether an hour with one digit uses the 24-hour clock.
        is_instant: whether the text follows the T of an instant, and may end with an offset.

    Raises:
        UnfitError: the second time is earlier than the first, or the text may also be one time
            with an offset, such as 08:00-03:00.
    """
    dash = dash_in(text) or "-"
    first, _, last = (it.strip() for it in text.partition(dash))
    one, other = (clock_time(it, up_to_24=True) for it in (first, last))
    if one is None or other is None:
        return None
    hours, _, minutes = last.partition(":")
    if dash == "-" and minutes in _OFFSET_MINUTES and int(hours) <= _WESTERNMOST:
        if one.has_seconds or is_instant:
            return None
        msg = (
            f'may be "{first} - {last}", or {first} with the offset -{last} from UTC; write a '
            "range with a space on each side of the hyphen"
        )
        raise UnfitError(msg)
    # In 2:30-4:30 pm and 20:30-22:30 UTC, the last word may apply to both times.
    is_of_both = first[-1].isdigit() and not last[-1].isdigit()
    if (
        is_of_both
        or (one.zone is None) != (other.zone is None)
        or None in (clock_time(it, up_to_24=up_to_24) for it in (first, last))
    ):
        return None
    if not other.start:
        other = other._replace(start=timedelta(days=1))
    if one.zone == other.zone and one.start > other.start:
        msg = "ends before it begins; an end on the next day needs a date"
        raise UnfitError(msg)
    return one, other


def dash_in(text: str) -> str | None:
    """Return the dash of a range, or None. A hyphen without spaces may be a minus sign instead."""
    return next((it for it in _DASHES if text.count(it) == 1), None)


def refuse_other_order(text: str, order: DateOrder | None) -> None:
    """Reject a cell with a numeric date that is not valid in the date order of the mapping."""
    bare = text.replace(",", " ") if order else ""
    for word in (*bare.replace("-", " ").split(), *bare.replace("-", "/").split()):
        numbers = word.replace(".", "/").split("/")
        if [len(it) for it in numbers[2:]] == [_YEAR] and all(map(_is_digits, numbers)):
            month = numbers[1 if order == "day_first" else 0]
            if int(month[:3]) > _MONTHS:
                reason = f'is not a date: with date_order = "{order}", the month would be {month}'
                msg = f"{shown(word)} {reason}"
                raise UnfitError(msg)
