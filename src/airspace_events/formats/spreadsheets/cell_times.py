"""Parsing of times in cells: ISO dates, numeric dates, times of day, and words.

An ambiguous time is refused, unless a key of the mapping defines its meaning.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, NamedTuple

from airspace_events.errors import TimeExpressionError, TimePhraseError
from airspace_events.formats.spreadsheets.mapping import SheetMapping, fold
from airspace_events.phrases.resolving import MAX_LENGTH, resolve_time
from airspace_events.safe_text import shown
from airspace_events.values import edtf

_MONTHS = 12
_EXCEL_DAYS = range(10_000, 80_000)
_MINUTE = timedelta(minutes=1)
_YEAR_DIGITS = 4


class UnfitError(ValueError):
    """Raised when a cell does not fit its field; the message is the reason."""


class TimeContext(NamedTuple):
    """The context of a time in a cell.

    Attributes:
        clock: the time of day from another cell, or an empty text.
        clock_meant: its meaning according to the mapping, usually the same text.
        reference: the day that relative words refer to.
        timezone: the time zone of the time.
    """

    clock: str = ""
    clock_meant: str = ""
    reference: str | None = None
    timezone: str | None = None


def read_time(
    cell: str, meant: str, context: TimeContext, mapping: SheetMapping
) -> dict[str, Any]:
    """Return the reported time in a cell.

    Args:
        cell: the cell.
        meant: its meaning according to the mapping, usually the same text.
        context: the information from other cells.
        mapping: the mapping.

    Raises:
        UnfitError: the cell has no valid time, or an ambiguous one.
    """
    written = f"{cell}, {context.clock}" if context.clock else cell
    value, basis = _first_understood(_candidates(meant, context, mapping), context, mapping)
    found: dict[str, Any] = {"value": value}
    if value != written:
        found["verbatim"] = written
    if context.timezone is not None:
        found["timezone"] = context.timezone
    if basis != "stated":
        found["basis"] = basis
    return found


def _candidates(meant: str, context: TimeContext, mapping: SheetMapping) -> list[str]:
    """Return the possible ways to combine a day and a time of day in one text."""
    day = in_english(meant, mapping)
    if not context.clock:
        return [day]
    clock = in_english(context.clock_meant, mapping)
    return [f"{day} {clock}", f"{day}, {clock}", f"{clock} on {day}"]


def _first_understood(
    texts: list[str], context: TimeContext, mapping: SheetMapping
) -> tuple[str, str]:
    first: UnfitError | None = None
    for text in texts:
        try:
            return _value(text, context, mapping)
        except UnfitError as error:
            first = first or error
    raise first or UnfitError


def read_point(meant: str, mapping: SheetMapping, *, timezone: str | None) -> str:
    """Return the date or instant in a cell.

    Raises:
        UnfitError: the cell has no valid date or instant.
    """
    text = in_english(meant, mapping)
    value, _ = _value(text, TimeContext(timezone=timezone), mapping, exact=True)
    try:
        edtf.parse_point(value)
    except TimeExpressionError:
        msg = f"{shown(meant)} is not a single date or instant"
        raise UnfitError(msg) from None
    return value


def in_english(text: str, mapping: SheetMapping) -> str:
    """Replace the words that the mapping translates, beginning with the longest match."""
    if not mapping.words:
        return text
    given, found, at = text.split(), list[str](), 0
    most = max(len(words.split()) for words in mapping.words)
    while at < len(given):
        for length in range(min(most, len(given) - at), 0, -1):
            bare, mark = _without_mark(" ".join(given[at : at + length]))
            if (english := mapping.words.get(fold(bare))) is not None:
                found.append(english + mark)
                at += length
                break
        else:
            found.append(given[at])
            at += 1
    return " ".join(filter(None, found))


def _without_mark(text: str) -> tuple[str, str]:
    return (text[:-1], text[-1]) if text.endswith((",", ";")) else (text, "")


def _value(
    text: str, context: TimeContext, mapping: SheetMapping, *, exact: bool = False
) -> tuple[str, str]:
    """Return a time expression and its basis."""
    if len(text) > MAX_LENGTH:
        msg = f"a time must have at most {MAX_LENGTH} characters"
        raise UnfitError(msg)
    _refuse_serial_number(text)
    text = _without_filler(text.replace("T", " ", 1) if _is_iso(text) else text, mapping)
    for candidate in (text, text.replace(" ", "T", 1)):
        if _is_expression(candidate):
            return candidate, "stated"
    _refuse_other_order(text, mapping)
    words, seconds = _without_seconds(_padded(text, mapping))
    try:
        time = resolve_time(
            words,
            reference=context.reference,
            timezone=context.timezone,
            date_order=mapping.date_order,
            # A list of incidents reports past events.
            tense="past",
        )
    except TimePhraseError as error:
        msg = f"{shown(text)} is not understood as a time: {error.reason}"
        raise UnfitError(msg) from None
    except TimeExpressionError as error:
        raise UnfitError(str(error)) from None
    value = time.value
    if seconds and (exact or seconds != "00"):
        value = _to_the_second(value, seconds)
    is_in_words = any(char.isalpha() for char in text.removesuffix(" UTC"))
    return value, "resolved" if is_in_words or _is_widened(time.value) else "stated"


def _is_expression(text: str) -> bool:
    try:
        edtf.check(text)
    except TimeExpressionError:
        return False
    return True


def _is_iso(text: str) -> bool:
    return text[10:11] == "T" and text[4:5] == text[7:8] == "-"


def _refuse_serial_number(text: str) -> None:
    whole, _, fraction = text.partition(".")
    is_number = whole.isascii() and whole.isdecimal() and (not fraction or fraction.isdecimal())
    if is_number and len(whole) > _YEAR_DIGITS and len(whole) < len("12345678"):
        msg = f"{shown(text)} is a number, not a date"
        if int(whole) in _EXCEL_DAYS:
            msg += (
                "; spreadsheets store dates as numbers, so format the column as dates and save "
                "it again"
            )
        raise UnfitError(msg)


def _without_filler(text: str, mapping: SheetMapping) -> str:
    """Return a date without a meaningless midnight, if the mapping defines midnight as such."""
    parts = text.split()
    if len(parts) < len(("date", "time")):
        return text
    clock = parts[-1].removesuffix("Z").partition("+")[0]
    if clock.partition(".")[0] not in ("00:00", "00:00:00", "0:00", "0:00:00"):
        return text
    if mapping.midnight is None:
        msg = (
            f"{shown(text)} may mean midnight, or a day without a time; "
            'write midnight = "time" or "day" in the mapping'
        )
        raise UnfitError(msg)
    return " ".join(parts[:-1]).rstrip(",") if mapping.midnight == "day" else text


def _refuse_other_order(text: str, mapping: SheetMapping) -> None:
    """Refuse a numeric date that is not valid in the date order of the mapping."""
    if mapping.date_order is None:
        return
    bare = text.replace(",", " ")
    for word in (*bare.replace("-", " ").split(), *bare.replace("-", "/").split()):
        numbers = word.replace(".", "/").split("/")
        is_date = [len(number) for number in numbers[2:]] == [_YEAR_DIGITS]
        if is_date and all(number.isascii() and number.isdecimal() for number in numbers):
            month = numbers[1 if mapping.date_order == "day_first" else 0]
            if int(month[:3]) > _MONTHS:
                msg = (
                    f"{shown(word)} has the invalid month {month} with the date_order of the "
                    "mapping"
                )
                raise UnfitError(msg)


def _padded(text: str, mapping: SheetMapping) -> str:
    """Write times of day such as 2:25 as 02:25, if the mapping has hours up to 24."""
    if mapping.hours is None:
        return text
    return " ".join(
        f"0{word}" if word[1:2] == ":" and word[:1].isdigit() else word for word in text.split(" ")
    )


def _without_seconds(text: str) -> tuple[str, str]:
    """Return a text without the seconds of the time of day at its end, and the seconds."""
    before, colon, seconds = text.rpartition(":")
    is_clock = before[-3:-2] == ":" and before[-2:].isdecimal() and len(seconds) == len("00")
    if colon and is_clock and seconds.isascii() and seconds.isdecimal():
        return before, seconds
    return text, ""


def _to_the_second(value: str, seconds: str) -> str:
    """Return the given second of a value that spans one minute; return other values unchanged."""
    first = value.partition("/")[0]
    try:
        found = datetime.fromisoformat(first).replace(second=int(seconds))
    except ValueError:
        return value
    return value if _is_widened(value) else found.isoformat().replace("+00:00", "Z")


def _is_widened(value: str) -> bool:
    """Return whether the value of a time of day is wider than one minute."""
    first, _, last = value.partition("/")
    try:
        length = datetime.fromisoformat(last) - datetime.fromisoformat(first)
    except (TypeError, ValueError):
        return "T" in value
    return "T" in value and length != _MINUTE
