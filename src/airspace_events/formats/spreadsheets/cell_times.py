"""Reads times out of cells: ISO dates, dates in numbers, clocks beside them, words.

What may be read in two ways is no time: the mapping has a key that says which is meant.
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
    """A cell that does not fit its field; the text says why."""


class TimeContext(NamedTuple):
    """What a time is read with besides its cell.

    Attributes:
        clock: the time of day from another cell; empty if there is none.
        clock_meant: what the mapping says that it means; mostly the same.
        reference: the day from which words are read.
        timezone: the zone in which it is meant.
    """

    clock: str = ""
    clock_meant: str = ""
    reference: str | None = None
    timezone: str | None = None


def read_time(
    cell: str, meant: str, context: TimeContext, mapping: SheetMapping
) -> dict[str, Any]:
    """The reported time that a cell gives.

    Args:
        cell: the cell.
        meant: what the mapping says that it means; mostly the same.
        context: what it is read with.
        mapping: the mapping.

    Raises:
        UnfitError: it gives none, or may be several.
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
    """The ways to say a day and a time of day in one."""
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
    """The date or instant that a cell gives.

    Raises:
        UnfitError: it gives none.
    """
    text = in_english(meant, mapping)
    value, _ = _value(text, TimeContext(timezone=timezone), mapping, exact=True)
    try:
        edtf.parse_point(value)
    except TimeExpressionError:
        msg = f"{shown(meant)} is no single date and no instant"
        raise UnfitError(msg) from None
    return value


def in_english(text: str, mapping: SheetMapping) -> str:
    """A text with the words that the mapping translates; of several, the longest counts."""
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
    """An expression, and how it was arrived at."""
    if len(text) > MAX_LENGTH:
        msg = f"a time has at most {MAX_LENGTH} characters"
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
            # A list of incidents tells of what has happened.
            tense="past",
        )
    except TimePhraseError as error:
        msg = f"{shown(text)} is no time that is understood: {error.reason}"
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
        msg = f"{shown(text)} is a number and no date"
        if int(whole) in _EXCEL_DAYS:
            msg += ": spreadsheets count days so; format the column as dates and save it again"
        raise UnfitError(msg)


def _without_filler(text: str, mapping: SheetMapping) -> str:
    """A date without the midnight that a program put beside it, if the mapping says so."""
    parts = text.split()
    if len(parts) < len(("date", "time")):
        return text
    clock = parts[-1].removesuffix("Z").partition("+")[0]
    if clock.partition(".")[0] not in ("00:00", "00:00:00", "0:00", "0:00:00"):
        return text
    if mapping.midnight is None:
        msg = (
            f"{shown(text)} may be midnight, or a day without an hour; "
            'write midnight = "time" or "day" in the mapping'
        )
        raise UnfitError(msg)
    return " ".join(parts[:-1]).rstrip(",") if mapping.midnight == "day" else text


def _refuse_other_order(text: str, mapping: SheetMapping) -> None:
    """Refuse a date in numbers that is real only in the order that the mapping does not say."""
    if mapping.date_order is None:
        return
    bare = text.replace(",", " ")
    for word in (*bare.replace("-", " ").split(), *bare.replace("-", "/").split()):
        numbers = word.replace(".", "/").split("/")
        is_date = [len(number) for number in numbers[2:]] == [_YEAR_DIGITS]
        if is_date and all(number.isascii() and number.isdecimal() for number in numbers):
            month = numbers[1 if mapping.date_order == "day_first" else 0]
            if int(month[:3]) > _MONTHS:
                msg = f"{shown(word)} has no month {month}, and date_order says that it has"
                raise UnfitError(msg)


def _padded(text: str, mapping: SheetMapping) -> str:
    """Times of day such as 2:25 as 02:25, if the mapping says that hours go up to 24."""
    if mapping.hours is None:
        return text
    return " ".join(
        f"0{word}" if word[1:2] == ":" and word[:1].isdigit() else word for word in text.split(" ")
    )


def _without_seconds(text: str) -> tuple[str, str]:
    """A text that ends with a time of day, without its seconds; and the seconds."""
    before, colon, seconds = text.rpartition(":")
    is_clock = before[-3:-2] == ":" and before[-2:].isdecimal() and len(seconds) == len("00")
    if colon and is_clock and seconds.isascii() and seconds.isdecimal():
        return before, seconds
    return text, ""


def _to_the_second(value: str, seconds: str) -> str:
    """The second within a minute that a value spans; any other value as it is."""
    first = value.partition("/")[0]
    try:
        found = datetime.fromisoformat(first).replace(second=int(seconds))
    except ValueError:
        return value
    return value if _is_widened(value) else found.isoformat().replace("+00:00", "Z")


def _is_widened(value: str) -> bool:
    """Whether a time of day was read as more than its minute."""
    first, _, last = value.partition("/")
    try:
        length = datetime.fromisoformat(last) - datetime.fromisoformat(first)
    except (TypeError, ValueError):
        return "T" in value
    return "T" in value and length != _MINUTE
