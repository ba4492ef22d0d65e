"""Parsing of times in cells: dates, times of day in other cells, and words.

A time with two readings is refused, and the mapping has a key to choose its meaning. If only the
time of day cannot be read, the day stays.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import lru_cache
from typing import Any, NamedTuple

from airspace_events.errors import TimeExpressionError, TimePhraseError
from airspace_events.formats.spreadsheets.dates import (
    MINUTE,
    SECOND,
    ClockTime,
    UnfitError,
    WrittenDate,
    clock_time,
    split_date,
)
from airspace_events.formats.spreadsheets.keys import SheetKeys, fold
from airspace_events.phrases.context import Context, Hours, Refusal, written
from airspace_events.phrases.resolving import MAX_LENGTH, resolve_time
from airspace_events.reference.geography import common_zone, own_zones_of
from airspace_events.safe_text import shown
from airspace_events.values import edtf
from airspace_events.values.time import zone_named

_MONTHS = 12
_YEAR_DIGITS = 4
_FEW_ZONES = 4
_DATE_LENGTH = len("2024-09-07")
_DAY, _HALF_AN_HOUR = timedelta(days=1), timedelta(minutes=30)
_DASHES = (" - ", " \N{EN DASH} ", " \N{EM DASH} ", "\N{EN DASH}")
_WITHIN_THE_DAY = ("before ", "after ", "by ", "not before ", "not after ")
_NEEDS_A_ZONE = "needs a time zone"


class TimeContext(NamedTuple):
    """The context of a time in a cell.

    Attributes:
        clock: the time of day from another cell, or an empty text.
        clock_meant: its meaning according to the mapping, usually the same text.
        reference: the day that relative words refer to.
        timezone: the time zone of the time.
        state: the state whose time zone is used, if all its clocks are the same.
    """

    clock: str = ""
    clock_meant: str = ""
    reference: str | None = None
    timezone: str | None = None
    state: str | None = None


class _Value(NamedTuple):
    """A time expression.

    Attributes:
        text: the expression.
        basis: the basis on which it was read.
        complaint: the reason why only the day was read; empty if everything was.
    """

    text: str
    basis: str = "stated"
    complaint: str = ""


def read_time(
    cell: str, meant: str, context: TimeContext, mapping: SheetKeys
) -> tuple[dict[str, Any], str]:
    """Return the reported time in a cell, and the reason why only its day was read, if so.

    Args:
        cell: the cell.
        meant: its meaning according to the mapping, usually the same text.
        context: the information from other cells.
        mapping: the mapping.

    Raises:
        UnfitError: the cell has no valid day, or an ambiguous one.
    """
    as_written = f"{cell}, {context.clock}" if context.clock else cell
    english = in_english(meant, mapping)

    def read(context: TimeContext) -> _Value:
        return _Reader(cell, context, mapping).value(english)

    made, context = _by_clocks(context, read)
    value, basis, complaint = made
    found: dict[str, Any] = {"value": value}
    if value != as_written:
        found["verbatim"] = as_written
    if context.timezone is not None:
        found["timezone"] = context.timezone
    if basis != "stated":
        found["basis"] = basis
    return found, complaint and f"{complaint}; only the day was recorded"


def _by_clocks(
    context: TimeContext, read: Callable[[TimeContext], _Value]
) -> tuple[_Value, TimeContext]:
    """Return a time by the clocks of its state, if they were all the same in its years."""
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
        hint = f"{state} has several ({names}); give a column for time.timezone"
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
    """A reader of one cell, whose messages quote the cell as it is in the file."""

    def __init__(self, cell: str, context: TimeContext, mapping: SheetKeys) -> None:
        self.cell = cell
        self.context = context
        self.mapping = mapping

    def value(self, text: str) -> _Value:
        """Return the time in a text, which is the cell in English."""
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
            msg = f"{shown(self.cell)} has a time of day, and so has {shown(clock)}"
            raise UnfitError(msg)
        if not clock and not found.clock:
            return _Value(found.date)
        quoted = clock or self.cell
        if len(found.date) != _DATE_LENGTH:
            reason = f"{shown(quoted)} needs a day, but there is only {shown(found.date)}"
        else:
            try:
                return self._of_day(found)
            except UnfitError as error:
                reason = f"{shown(quoted)} {error}"
        return _Value(found.date, complaint=reason)

    def _of_day(self, found: WrittenDate) -> _Value:
        """Return the time on a day that has a time of day."""
        mapping, context = self.mapping, self.context
        day = date.fromisoformat(found.date)
        text = in_english(context.clock_meant, mapping) if context.clock else found.clock
        clock = clock_time(text, up_to_24=mapping.hours is not None)
        if clock is None:
            return self._clock_in_words(day, text)
        if not clock.start:
            if mapping.midnight is None:
                msg = (
                    "may mean midnight, or a day without a time; "
                    'write midnight = "time" or "day" in the mapping'
                )
                raise UnfitError(msg)
            if mapping.midnight == "day":
                return _Value(found.date)
        zone = clock.zone or self._zone()
        if clock.length == SECOND or (clock.has_seconds and clock.zone is not None):
            return _Value(_second(day, clock, zone))
        is_wide = not clock.start % (60 * MINUTE)
        before, after = (_HALF_AN_HOUR, _HALF_AN_HOUR) if is_wide else (timedelta(), MINUTE)
        hours = Hours(clock.start - before, clock.start + after, named=(clock.start, clock.start))
        return _Value(_span(day, hours, zone), "resolved" if is_wide else "stated")

    def _zone(self) -> tzinfo:
        name = self.context.timezone
        try:
            if name is not None:
                return zone_named(name)
        except TimeExpressionError as error:
            reason = f"{_NEEDS_A_ZONE}, but {shown(name)} is {error.reason}"
            raise UnfitError(reason) from None
        raise UnfitError(_NEEDS_A_ZONE)

    def _clock_in_words(self, day: date, text: str) -> _Value:
        """Return the time of words such as "before 01:45" or "night" on a day."""
        if (hours := _hours(fold(text))) is not None:
            span = _steady_span(day, hours, self._zone())
            if span is not None:
                return _Value(span, "resolved")
        found = [
            value
            for phrase in _phrases(str(day), text)
            if (value := self._resolved_or_none(phrase)) is not None
        ]
        if not found:
            # The message is that of the first phrase.
            raise UnfitError(self._why_not(next(_phrases(str(day), text))))
        zone = self._zone() if self.context.timezone else UTC
        return _Value(_hull(found, day, text, zone), "resolved")

    def _why_not(self, phrase: str) -> str:
        try:
            self._resolved(phrase)
        except TimePhraseError as error:
            return f"is not understood as a time of day: {error.reason}"
        except TimeExpressionError as error:
            return str(error)
        return ""

    def _resolved_or_none(self, phrase: str) -> str | None:
        try:
            return self._resolved(phrase)
        except TimeExpressionError:
            return None

    def _resolved(self, phrase: str) -> str:
        return resolve_time(
            phrase,
            reference=self.context.reference,
            timezone=self.context.timezone,
            date_order=self.mapping.date_order,
            # A list of incidents reports past events.
            tense="past",
        ).value

    def _ends(self, text: str) -> _Value | None:
        """Return the span of a text with a start and an end, each in digits; or None."""
        dash = next((it for it in _DASHES if text.count(it) == 1), None)
        if dash is None:
            return None
        mapping = self.mapping
        first_text, last_text = (it.strip() for it in text.split(dash))
        first = split_date(first_text, mapping.date_order, mapping.century)
        if first is None:
            return None
        last = split_date(last_text, mapping.date_order, mapping.century)
        if last is None and first.clock and clock_time(last_text, up_to_24=True):
            last = WrittenDate(first.date, last_text)
        if last is None:
            return None
        ends = [self._end(first), self._end(last)]
        value = f"{ends[0]}/{ends[1]}"
        if not _is_expression(value):
            msg = f"{shown(self.cell)} ends before it begins, or is not a valid time"
            raise UnfitError(msg)
        return _Value(value)

    def _end(self, at: WrittenDate) -> str:
        if not at.clock:
            return at.date
        clock = clock_time(at.clock, up_to_24=self.mapping.hours is not None)
        if clock is None or len(at.date) != _DATE_LENGTH:
            msg = f"{shown(self.cell)} has a time of day that cannot be read: {shown(at.clock)}"
            raise UnfitError(msg)
        try:
            return _second(date.fromisoformat(at.date), clock, clock.zone or self._zone())
        except UnfitError as error:
            msg = f"{shown(self.cell)}: {error}"
            raise UnfitError(msg) from None

    def _in_words(self, text: str) -> _Value:
        """Return the time of a phrase, or of an EDTF expression."""
        clock = in_english(self.context.clock_meant, self.mapping)
        if not clock and _is_expression(text):
            return _Value(text)
        if text.startswith("("):
            msg = f"{shown(self.cell)} is in brackets, which may express doubt"
            raise UnfitError(msg)
        self._refuse_other_order(text)
        phrases = (
            [f"{text} {clock}", f"{text}, {clock}", f"{clock} on {text}"] if clock else [text]
        )
        reason = ""
        for phrase in phrases:
            try:
                return _Value(self._resolved(phrase), "resolved")
            except TimePhraseError as error:
                reason = reason or (
                    f"{shown(self._quoted())} is not understood as a time: {error.reason}"
                )
            except TimeExpressionError as error:
                reason = reason or str(error)
        if clock and (day := self._resolved_or_none(text)) is not None:
            complaint = (
                f"{shown(self.context.clock)} was not understood; only the day was recorded"
            )
            return _Value(day, "resolved", complaint)
        if ":" in text and (day := self._day_before_clock(text)) is not None:
            return _Value(day, complaint=reason)
        raise UnfitError(reason)

    def _day_before_clock(self, text: str) -> str | None:
        """Return the day at the start of a text whose time of day cannot be read."""
        words, mapping = text.split(), self.mapping
        for count in range(len(words) - 1, 0, -1):
            found = split_date(" ".join(words[:count]), mapping.date_order, mapping.century)
            if found is not None and not found.clock and len(found.date) == _DATE_LENGTH:
                return found.date if ":" in "".join(words[count : count + 2]) else None
        return None

    def _quoted(self) -> str:
        clock = self.context.clock
        return f"{self.cell}, {clock}" if clock else self.cell

    def _refuse_other_order(self, text: str) -> None:
        """Refuse a numeric date that is not valid in the date order of the mapping."""
        if self.mapping.date_order is None:
            return
        bare = text.replace(",", " ")
        for word in (*bare.replace("-", " ").split(), *bare.replace("-", "/").split()):
            numbers = word.replace(".", "/").split("/")
            is_date = [len(number) for number in numbers[2:]] == [_YEAR_DIGITS]
            if is_date and all(number.isascii() and number.isdecimal() for number in numbers):
                month = numbers[1 if self.mapping.date_order == "day_first" else 0]
                if int(month[:3]) > _MONTHS:
                    reason = f"has the invalid month {month} with the date_order of the mapping"
                    msg = f"{shown(word)} {reason}"
                    raise UnfitError(msg)


def _is_expression(text: str) -> bool:
    try:
        edtf.check(text)
    except TimeExpressionError:
        return False
    return True


# Instants of hours on a day.


def _span(day: date, hours: Hours, zone: tzinfo) -> str:
    """Return the span of hours on a day."""
    steady = _steady_span(day, (hours.start, hours.end), zone)
    if steady is not None:
        return steady
    try:
        return str(Context(None, zone).instants(day, hours))
    except Refusal as refusal:
        msg = f"is not a valid time: {refusal}"
        raise UnfitError(msg) from None


def _steady_span(
    day: date, hours: tuple[timedelta | None, timedelta | None], zone: tzinfo
) -> str | None:
    """Return the span of hours; None if the clocks may have changed on that day."""
    midnight = datetime(day.year, day.month, day.day, tzinfo=zone)
    if (midnight - _DAY).utcoffset() != (midnight + 2 * _DAY).utcoffset():
        return None
    start, end = (None if it is None else midnight + it for it in hours)
    return f"{written(start)}/{written(end)}"


def _second(day: date, clock: ClockTime, zone: tzinfo) -> str:
    """Return an instant; if the clocks showed it twice, the span from the first to the last."""
    at = datetime(day.year, day.month, day.day, tzinfo=zone) + clock.start
    if at.utcoffset() == at.replace(fold=1).utcoffset():
        return written(at)
    return _span(
        day, Hours(clock.start, clock.start + clock.length, named=(clock.start,) * 2), zone
    )


# Times of day in words.

_PROBE = date(2024, 1, 10)
_PROBE_ZONES = ("Etc/GMT-2", "Etc/GMT-9")


def _phrases(day: str, clock: str) -> Iterator[str]:
    """Yield the ways to write a day and a time of day as one phrase."""
    yield f"{day} {clock}"
    yield f"{day}, {clock}"
    yield f"{clock} on {day}"
    yield f"{clock} of {day}"


@lru_cache(maxsize=512)
def _hours(clock: str) -> tuple[timedelta | None, timedelta | None] | None:
    """Return the local hours of words beside a day; None if they are not understood.

    Words on another clock, such as 21:40 GMT, have no local hours.
    """
    found: set[tuple[timedelta | None, timedelta | None]] = set()
    for name in _PROBE_ZONES:
        zone = zone_named(name)
        values: list[str] = []
        for phrase in _phrases(str(_PROBE), clock):
            try:
                values.append(resolve_time(phrase, timezone=name, tense="past").value)
            except TimeExpressionError:
                continue
        midnight = datetime(_PROBE.year, _PROBE.month, _PROBE.day, tzinfo=zone)
        try:
            first, _, last = _hull(values, _PROBE, clock, zone).partition("/")
            start, end = (
                datetime.fromisoformat(it) - midnight if it else None for it in (first, last)
            )
        except ValueError:
            return None
        found.add((start, end))
    return found.pop() if len(found) == 1 else None


def _hull(values: list[str], day: date, clock: str, zone: tzinfo) -> str:
    """Return the span that holds every reading of a time of day, bounded by its day.

    "Before 01:45" beside a day is on that day.
    """
    different = list(dict.fromkeys(values))
    if len(different) == 1:
        value = different[0]
    else:
        spans = [it.split("/") for it in different]
        if not different or any(len(it) != 2 or not all(it) for it in spans):  # noqa: PLR2004
            msg = f"may be {' or '.join(different)}"
            raise UnfitError(msg)
        first = min((it[0] for it in spans), key=datetime.fromisoformat)
        value = f"{first}/{max((it[1] for it in spans), key=datetime.fromisoformat)}"
    if clock.casefold().startswith(_WITHIN_THE_DAY):
        bounds = Context(None, zone).instants(day, Hours(timedelta(), _DAY))
        first, _, last = value.partition("/")
        return f"{first or written(bounds.start)}/{last or written(bounds.end)}"
    return value


# Words in another language.


def in_english(text: str, mapping: SheetKeys) -> str:
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
