"""Parse the times in cells: dates, times of day in separate cells, and times in words.

A time with two possible meanings is rejected unless the mapping chooses one of them, for example
with the key ``date_order``. If only the time of day cannot be read, the day is kept.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, date, timedelta, tzinfo
from functools import lru_cache
from typing import Any, NamedTuple

from airspace_events.errors import TimeExpressionError, TimePhraseError
from airspace_events.formats.spreadsheets.dates import (
    MINUTE,
    ClockTime,
    UnfitError,
    WrittenDate,
    clock_time,
    dash_in,
    refuse_other_order,
    split_date,
    two_clocks,
)
from airspace_events.formats.spreadsheets.keys import SheetKeys, fold
from airspace_events.formats.spreadsheets.local_hours import (
    hours_in_words,
    hull_of,
    phrases_of,
    second_of,
    span_of,
    steady_span,
)
from airspace_events.phrases.context import DateOrder, Hours
from airspace_events.phrases.resolving import MAX_LENGTH, resolve_time
from airspace_events.reference.geography import common_zone, own_zones_of
from airspace_events.safe_text import shown
from airspace_events.values import edtf
from airspace_events.values.time import zone_named

_FEW_ZONES = 4
_DATE_LENGTH = len("2024-09-07")
_HALF_AN_HOUR = timedelta(minutes=30)
_NEEDS_A_ZONE = "needs a time zone"


class TimeContext(NamedTuple):
    """The information that is needed to read the time in a cell.

    Attributes:
        clock: the time of day from another cell, or an empty string.
        clock_meant: the meaning of the time of day according to the mapping, usually the same
            text.
        reference: the reference day for relative words such as "yesterday".
        timezone: the time zone of the time.
        state: the state whose time zone applies, if all its clocks show the same time.
    """

    clock: str = ""
    clock_meant: str = ""
    reference: str | None = None
    timezone: str | None = None
    state: str | None = None


class _Value(NamedTuple):
    """A time expression read from a cell.

    Attributes:
        text: the expression.
        basis: ``stated``, or ``resolved`` if the time was calculated from the words.
        complaint: the reason why only the day was read; empty if the whole time was read.
    """

    text: str
    basis: str = "stated"
    complaint: str = ""


def read_time(
    cell: str, meant: str, context: TimeContext, mapping: SheetKeys
) -> tuple[dict[str, Any], str]:
    """Return the time in a cell, and the reason if only its day could be read.

    Args:
        cell: the cell.
        meant: its meaning according to the mapping, usually the same text.
        context: the information from other cells.
        mapping: the mapping.

    Raises:
        UnfitError: the day in the cell is missing, invalid or ambiguous.
    """
    as_written = _as_written(cell, context)
    english = in_english(meant, mapping)

    def read(context: TimeContext) -> _Value:
        return _Reader(cell, context, mapping).value(english)

    made, context = _in_zone_of_state(context, read)
    value, basis, complaint = made
    found: dict[str, Any] = {"value": value}
    if value != as_written:
        found["verbatim"] = as_written
    if context.timezone is not None:
        found["timezone"] = context.timezone
    if basis != "stated":
        found["basis"] = basis
    return found, complaint and f"{complaint}; only the day was recorded"


def _in_zone_of_state(
    context: TimeContext, read: Callable[[TimeContext], _Value]
) -> tuple[_Value, TimeContext]:
    """Return a time, and the context in which it was read.

    The context has the time zone of the state if all clocks in the state showed the same time.
    """
    state = context.state
    zones = own_zones_of(state) if state else ()
    if not state or not zones:
        return read(context), context
    local = context._replace(timezone=zones[0])
    value = read(local)
    years = [int(end[:4]) for end in value.text.split("/") if end[:4].isdecimal()]
    if len(zones) == 1 or (years and all(common_zone(state, year) for year in years)):
        return value, local
    value = read(context)
    if value.complaint and context.timezone is None:
        names = f"{', '.join(zones[:_FEW_ZONES])}{', ...' if zones[_FEW_ZONES:] else ''}"
        hint = f"{state} has several ({names}); add a column for time.timezone"
        value = value._replace(complaint=f"{value.complaint}: {hint}")
    return value, context


def read_point(cell: str, mapping: SheetKeys, *, timezone: str | None) -> str:
    """Return the date or instant in a cell.

    Raises:
        UnfitError: the cell has no valid date or instant.
    """
    reader = _Reader(cell, TimeContext(timezone=timezone), mapping)
    value, _, complaint = reader.value(in_english(cell, mapping))
    if complaint:
        raise UnfitError(complaint)
    try:
        edtf.parse_point(value)
    except TimeExpressionError:
        msg = f"{shown(cell)} is not a single date or instant"
        raise UnfitError(msg) from None
    return value


class _Reader:
    """A reader for one cell. Its error messages quote the original text of the cell."""

    def __init__(self, cell: str, context: TimeContext, mapping: SheetKeys) -> None:
        self.cell = cell
        self.context = context
        self.mapping = mapping

    def value(self, text: str) -> _Value:
        """Return the time in the cell. The argument is the text of the cell, in English."""
        if len(text) > MAX_LENGTH:
            msg = f"a time must have at most {MAX_LENGTH} characters"
            raise UnfitError(msg)
        mapping, clock = self.mapping, self.context.clock
        if not clock and (ends := self._ends(text)) is not None:
            return ends
        found = split_date(text, mapping.date_order, mapping.century)
        if found is None:
            return self._in_words(text)
        if clock and found.clock:
            msg = (
                f"{shown(self.cell)} and {shown(clock)} both contain a time of day; only one of "
                "the two cells may contain one"
            )
            raise UnfitError(msg)
        if not clock and not found.clock:
            return _Value(found.date)
        quoted = clock or self.cell
        if len(found.date) != _DATE_LENGTH:
            reason = f"{shown(quoted)} needs a day, but the date is only {shown(found.date)}"
        else:
            try:
                return self._time_on_day(found)
            except UnfitError as error:
                reason = f"{shown(quoted)} {error}"
        return _Value(found.date, complaint=reason)

    def _time_on_day(self, found: WrittenDate) -> _Value:
        mapping, context = self.mapping, self.context
        day = date.fromisoformat(found.date)
        text = in_english(context.clock_meant, mapping) if context.clock else found.clock
        up_to_24, is_instant = mapping.hours is not None, f"T{text}" in self.cell
        if clocks := two_clocks(text, up_to_24=up_to_24, is_instant=is_instant):
            return self._between(*(second_of(day, it, it.zone or self._zone()) for it in clocks))
        clock = clock_time(text, up_to_24=up_to_24)
        if clock is None:
            return self._clock_in_words(day, text)
        if self._is_filler(clock):
            return _Value(found.date)
        zone = clock.zone or self._zone()
        if clock.start % MINUTE or (clock.has_seconds and clock.zone is not None):
            return _Value(second_of(day, clock, zone))
        is_wide = not clock.start % (60 * MINUTE)
        before, after = (_HALF_AN_HOUR, _HALF_AN_HOUR) if is_wide else (timedelta(), MINUTE)
        hours = Hours(clock.start - before, clock.start + after, named=(clock.start, clock.start))
        return _Value(span_of(day, hours, zone), "resolved" if is_wide else "stated")

    def _is_filler(self, clock: ClockTime) -> bool:
        """Return whether the time is 00:00, and means only the day according to the mapping."""
        if not clock.start and self.mapping.midnight is None:
            msg = (
                "may mean midnight, or a day without a time; "
                'write midnight = "time" or "day" in the mapping'
            )
            raise UnfitError(msg)
        return not clock.start and self.mapping.midnight == "day"

    def _zone(self) -> tzinfo:
        name = self.context.timezone
        try:
            if name is not None:
                return zone_named(name)
        except TimeExpressionError as error:
            reason = f"{_NEEDS_A_ZONE}, but {shown(name)} is not valid: {error.reason}"
            raise UnfitError(reason) from None
        raise UnfitError(_NEEDS_A_ZONE)

    def _clock_in_words(self, day: date, text: str) -> _Value:
        """Return the time that a phrase such as "before 01:45" means on a given day."""
        if (hours := hours_in_words(fold(text))) is not None:
            span = steady_span(day, hours, self._zone())
            if span is not None:
                return _Value(span, "resolved")
        found: list[str] = []
        reason = ""
        for phrase in phrases_of(str(day), text):
            try:
                found.append(self._resolved(phrase))
            except TimePhraseError as error:
                reason = reason or f"cannot be read as a time of day: {error.reason}"
            except TimeExpressionError as error:
                reason = reason or str(error)
        if not found:
            raise UnfitError(reason)
        zone = self._zone() if self.context.timezone else UTC
        return _Value(hull_of(found, day, text, zone), "resolved")

    def _resolved(self, phrase: str) -> str:
        context = self.context
        return _resolved(phrase, context.reference, context.timezone, self.mapping.date_order)

    def _ends(self, text: str) -> _Value | None:
        """Return the span between two dates written with digits; None for any other text."""
        dash = dash_in(text)
        if dash is None:
            return None
        mapping = self.mapping
        first_text, last_text = (it.strip() for it in text.split(dash))
        first = split_date(first_text, mapping.date_order, mapping.century)
        last = first and split_date(last_text, mapping.date_order, mapping.century)
        if first is None or last is None:
            return None
        try:
            return self._between(self._end(first), self._end(last))
        except UnfitError as error:
            msg = f"{shown(self.cell)} {error}"
            raise UnfitError(msg) from None

    @staticmethod
    def _between(first: str, last: str) -> _Value:
        value = f"{first}/{last}"
        if not _is_expression(value):
            msg = "ends before it begins, or is not a valid time"
            raise UnfitError(msg)
        return _Value(value)

    def _end(self, at: WrittenDate) -> str:
        if not at.clock:
            return at.date
        clock = clock_time(at.clock, up_to_24=self.mapping.hours is not None)
        if clock is None or len(at.date) != _DATE_LENGTH:
            msg = f"has a time of day that cannot be read: {shown(at.clock)}"
            raise UnfitError(msg)
        if self._is_filler(clock):
            return at.date
        return second_of(date.fromisoformat(at.date), clock, clock.zone or self._zone())

    def _in_words(self, text: str) -> _Value:
        clock = in_english(self.context.clock_meant, self.mapping)
        if not clock and _is_expression(text):
            return _Value(text)
        if text.startswith("("):
            msg = f"{shown(self.cell)} has brackets that may express doubt; remove the brackets"
            raise UnfitError(msg)
        refuse_other_order(text, self.mapping.date_order)
        phrases = list(phrases_of(text, clock))[:-1] if clock else [text]
        reason = ""
        for phrase in phrases:
            try:
                return _Value(self._resolved(phrase), "resolved")
            except TimePhraseError as error:
                quoted = shown(_as_written(self.cell, self.context))
                reason = reason or f"{quoted} cannot be read as a time: {error.reason}"
            except TimeExpressionError as error:
                reason = reason or str(error)
        if clock:
            complaint = f"{shown(self.context.clock)} cannot be read as a time of day"
            with suppress(TimeExpressionError):
                return _Value(self._resolved(text), "resolved", complaint)
        if ":" in text and (day := self._day_before_clock(text)) is not None:
            return _Value(day, complaint=reason)
        raise UnfitError(reason)

    def _day_before_clock(self, text: str) -> str | None:
        """Return the day at the start of a cell whose time of day cannot be read."""
        words, mapping = text.split(), self.mapping
        for count in range(len(words) - 1, 0, -1):
            found = split_date(" ".join(words[:count]), mapping.date_order, mapping.century)
            if found is not None and not found.clock and len(found.date) == _DATE_LENGTH:
                return found.date if ":" in "".join(words[count : count + 2]) else None
        return None


def _as_written(cell: str, context: TimeContext) -> str:
    return f"{cell}, {context.clock}" if context.clock else cell


# The same days occur in many rows of a sheet.
@lru_cache(maxsize=4096)
def _resolved(
    phrase: str, reference: str | None, timezone: str | None, date_order: DateOrder | None
) -> str:
    # A list of incidents reports past events.
    return resolve_time(
        phrase, reference=reference, timezone=timezone, date_order=date_order, tense="past"
    ).value


@lru_cache(maxsize=4096)
def _is_expression(text: str) -> bool:
    try:
        edtf.check(text)
    except TimeExpressionError:
        return False
    return True


def in_english(text: str, mapping: SheetKeys) -> str:
    """Translate words into English according to the mapping, longest match first."""
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
