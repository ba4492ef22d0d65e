"""Functions that convert stored numbers, dates and times to the text of cells.

Spreadsheets store a date or time as a number, so the format of the cell determines the text. For
example, a spreadsheet stores "Sep 2024" as the first day of that month, and stores "02:25" with
seconds.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import NamedTuple

from airspace_events.formats.spreadsheets.dates import UnfitError
from airspace_events.safe_text import shown

_DIGITS = 15  # Spreadsheets show no more, so the others are noise.
_LONGEST = 20
_FIRST_DAYS = {False: date(1899, 12, 30), True: date(1904, 1, 1)}
_FALSE_DAY = 60  # 29 February 1900, which spreadsheets have for the sake of an old program.
_MS_OF_A_DAY = 86_400_000
_MS_OF_A_MINUTE = 60_000
_MIDNIGHT = "T00:00:00"
_ELAPSED = frozenset(["h", "hh", "m", "mm", "s", "ss"])


class Shown(NamedTuple):
    """The parts of a date or time that a format shows.

    Attributes:
        parts: the letters that the format contains, out of y, m, d, h and s.
        is_elapsed: whether the format shows a duration, which may be longer than 24 hours.
        is_percent: whether the number is shown as a percentage.
    """

    parts: frozenset[str]
    is_elapsed: bool = False
    is_percent: bool = False


def shown_by(code: str) -> Shown | None:
    """Return the parts of a date or time that a number format shows; None for plain numbers.

    >>> sorted(shown_by('[$-409]d/mmm/yy "h"').parts)
    ['d', 'm', 'y']
    >>> shown_by('0.00" km"')
    """
    parts: set[str] = set()
    is_elapsed = is_percent = False
    at = 0
    while at < len(code) and code[at] != ";":
        char = code[at].lower()
        if char in '"[':
            end = code.find('"' if char == '"' else "]", at + 1)
            end = len(code) if end < 0 else end
            if char == "[" and code[at + 1 : end].lower() in _ELAPSED:
                is_elapsed = True
                parts.add(code[at + 1].lower())
            at = end
        elif char in "\\_*":
            at += 1
        elif code[at : at + 5].lower() == "am/pm":
            at += 4
        elif char in "ymdhs":
            parts.add(char)
        elif char == "%":
            is_percent = True
        at += 1
    if not parts and not is_percent:
        return None
    return Shown(frozenset(parts), is_elapsed, is_percent)


def number_text(text: str, decimal: str | None = None) -> str:
    """Return a number as people write it, without an exponent or float rounding errors.

    Args:
        text: the stored number.
        decimal: the decimal mark; by default, a point.

    >>> number_text("3.0"), number_text("0.30000000000000004"), number_text("1E3")
    ('3', '0.3', '1000')
    """
    if text.isdecimal() and text.isascii():
        return text
    try:
        exact = Decimal(text)
        if exact.is_finite() and exact != exact.to_integral_value():
            exact = Decimal(f"{float(text):.{_DIGITS}g}")
    except ArithmeticError:
        return text
    if not exact.is_finite() or not -_LONGEST < exact.adjusted() < _LONGEST:
        return text
    written = f"{exact:f}"
    if "." in written:
        written = written.rstrip("0").rstrip(".")
    return written.replace(".", decimal) if decimal else written


def no_result(formula: str) -> str:
    """Return the message about a formula without a stored result."""
    return (
        f"{shown(formula)} is a formula without a stored result; open the file in a spreadsheet "
        "program and save it"
    )


def error_value(text: str) -> str:
    """Return the message about a cell that contains an error instead of a value."""
    return f"{shown(text)} is a spreadsheet error, not a value"


def percent_text(text: str, decimal: str | None) -> str:
    """Return a number as a percentage; text that is not a number stays the same."""
    try:
        return number_text(str(Decimal(text) * 100), decimal) + "%"
    except ArithmeticError:
        return text


def serial_text(text: str, form: Shown, *, is_1904: bool, decimal: str | None = None) -> str:
    """Return the text that a cell shows for a stored number, such as a date.

    Args:
        text: the stored number.
        form: the parts that the format shows.
        is_1904: whether days are counted from 1904.
        decimal: the decimal mark of numbers.

    Raises:
        UnfitError: the number is not a date.
    """
    if form.is_percent:
        return percent_text(text, decimal)
    try:
        number = Decimal(text)
        days, rest = divmod(number, 1) if number.is_finite() and number >= 0 else (-1, 0)
    except ArithmeticError:
        return text
    milliseconds = round(rest * _MS_OF_A_DAY)
    days, milliseconds = int(days) + milliseconds // _MS_OF_A_DAY, milliseconds % _MS_OF_A_DAY
    if days >= 0 and form.is_elapsed:
        return _time(days * _MS_OF_A_DAY + milliseconds, form)
    if days == 0 and form.parts & {"h", "s"}:
        return _time(milliseconds, form)
    if not is_1904 and days == _FALSE_DAY:
        msg = f"{shown(text)} is 29 February 1900, which did not exist"
        raise UnfitError(msg)
    if days < 0 or (days == 0 and not is_1904):
        msg = f"{shown(text)} is not a date, but the cell has the format of a date"
        raise UnfitError(msg)
    days += not is_1904 and days < _FALSE_DAY
    try:
        day = _FIRST_DAYS[is_1904] + timedelta(days)
    except OverflowError:
        msg = f"{shown(text)} is not a date, but the cell has the format of a date"
        raise UnfitError(msg) from None
    return _dated_text(day, milliseconds, form.parts)


def iso_text(text: str, parts: frozenset[str]) -> str:
    """Return an ISO date with the parts that a format shows."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return text
    if found.tzinfo is not None or found.microsecond % 1000:
        return text
    since = found - datetime.combine(found.date(), datetime.min.time())
    return _dated_text(found.date(), round(since / timedelta(milliseconds=1)), parts)


def _dated_text(day: date, milliseconds: int, parts: frozenset[str]) -> str:
    """Return a day and a time as text.

    A time of 00:00 is left out unless the format shows a time. The first day of a month or year
    becomes that month or year if the format shows nothing else.
    """
    if not milliseconds and not parts & {"h", "s"}:
        if parts == frozenset("y") and (day.month, day.day) == (1, 1):
            return f"{day:%Y}"
        if parts == frozenset("ym") and day.day == 1:
            return day.isoformat()[:7]
        return day.isoformat()
    return f"{day.isoformat()}T{_time(milliseconds, Shown(parts))}"


def _time(milliseconds: int, form: Shown) -> str:
    """Return a time of day or a duration as text.

    Seconds are left out if they are 0 and the format does not show them.
    """
    minutes, rest = divmod(milliseconds, _MS_OF_A_MINUTE)
    seconds, rest = divmod(rest, 1000)
    text = f"{minutes // 60:02}:{minutes % 60:02}"
    if seconds or rest or "s" in form.parts:
        text += f":{seconds:02}"
    return f"{text}.{rest:03}" if rest else text


def duration_text(text: str, parts: frozenset[str]) -> str:
    """Return an ISO duration such as PT02H25M00S as a time such as 02:25."""
    rest, found = text.removeprefix("PT"), list[Decimal]()
    for letter in "HMS":
        number, is_there, after = rest.partition(letter)
        if is_there and not _is_plain(number):
            return text
        found.append(Decimal(number) if is_there else Decimal(0))
        rest = after if is_there else rest
    if rest or not text.startswith("PT"):
        return text
    hours, minutes, seconds = found
    return _time(round((hours * 3600 + minutes * 60 + seconds) * 1000), Shown(parts))


def _is_plain(number: str) -> bool:
    digits = number.replace(".", "", 1)
    return digits.isdecimal() and digits.isascii() and len(digits) <= _LONGEST
