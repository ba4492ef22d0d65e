"""Reported times in words and as spans, in the local time of the place."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, tzinfo
from typing import Required, TypedDict

from airspace_events.values.time import ReportedTime, zone_named
from airspace_events.views.card import Line, joined, quoted
from airspace_events.vocabulary.terms import EndKnowledge

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
_EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 (local times have no offset)
_MINUTE = timedelta(minutes=1)
_TICK = timedelta(microseconds=1)


class Span(TypedDict, total=False):
    """The earliest and the latest local time of an event, in whole minutes since 1970.

    Both ends are inclusive. The script of the page adds what is left out: an end without
    ``startIs`` or ``endIs`` is known, and a span without ``isSure`` is sure.
    """

    start: Required[int | None]
    end: Required[int | None]
    startIs: EndKnowledge
    endIs: EndKnowledge
    isSure: bool


def span_of(time: ReportedTime) -> Span:
    """Return the span of a time in the local time of the place.

    Days without a time zone are the days of the place.
    """
    start, end = (None if one is None else minute_of(one) for one in _ends(time))
    span: Span = {"start": start, "end": end}
    if time.start_is != "known":
        span["startIs"] = time.start_is
    if time.end_is != "known":
        span["endIs"] = time.end_is
    if not all(part.is_certain for part in time.expression.parts):
        span["isSure"] = False
    return span


def minute_of(time: datetime) -> int:
    """Return the number of whole minutes from the start of 1970 to a local time."""
    return (time - _EPOCH) // _MINUTE


def dates_text(start: int, end: int) -> str:
    """Return the dates from one minute to another in words."""
    last = _EPOCH + (end + 1) * _MINUTE - _TICK
    return _between((_EPOCH + start * _MINUTE).replace(hour=0, minute=0), _end_of_day(last))


def instant_span(instant: datetime) -> Span:
    """Return the span of an instant in UTC."""
    minute = minute_of(instant.astimezone(UTC).replace(tzinfo=None))
    return {"start": minute, "end": minute}


def when_line(time: ReportedTime) -> Line:
    """Return the words of the report, followed by the dates and clock times in plain words."""
    start, end = _ends(time)
    dates = _dates(start, end, time.start_is, time.end_is)
    doubts = joined(
        (
            ("uncertain",) if any(part.uncertain for part in time.expression.parts) else (),
            ("approximate",) if any(part.approximate for part in time.expression.parts) else (),
            (f"one of {len(time.expression.members)} dates",) if _is_choice(time) else (),
            (_zone_text(time),) if _has_clock(time) else (),
            ("estimated by the desk",) if time.basis == "imputed" else (),
        ),
        by=", ",
    )
    plain = (dates, *((" (", *doubts, ")") if doubts else ()))
    return joined((quoted(time.verbatim) if time.verbatim else (), plain), by=", ")


def date_text(day: datetime) -> str:
    """Return a date in words, such as "7 September 2024"."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def _is_choice(time: ReportedTime) -> bool:
    return len(time.expression.members) > 1 and not time.expression.all_members


def _has_clock(time: ReportedTime) -> bool:
    return any(part.precision == "instant" for part in time.expression.parts)


def _zone(time: ReportedTime) -> tzinfo:
    """Return the time zone of the place, or else the offset of the expression, or else UTC."""
    if time.timezone is not None:
        return zone_named(time.timezone)
    offsets = {part.first.tzinfo for part in time.expression.parts} - {None}
    return next(iter(offsets), None) or UTC if len(offsets) == 1 else UTC


def _zone_text(time: ReportedTime) -> str:
    if time.timezone is not None:
        return "local time"
    offset = _zone(time).utcoffset(None)
    if not offset:
        return "UTC"
    hours, minutes = divmod(abs(offset) // _MINUTE, 60)
    return f"UTC{'+' if offset > timedelta() else '-'}{hours:02}:{minutes:02}"


def _ends(time: ReportedTime) -> tuple[datetime | None, datetime | None]:
    """Return the earliest and the latest local time, without an offset."""
    zone = _zone(time)
    bounds = (time.expression.earliest(zone), time.expression.latest(zone))
    start, end = (
        None if one is None else one.astimezone(zone).replace(tzinfo=None) for one in bounds
    )
    return start, end


def _dates(
    start: datetime | None, end: datetime | None, start_is: EndKnowledge, end_is: EndKnowledge
) -> str:
    """Return the dates and clock times between two ends in words."""
    if start is None:
        if end is None:
            return "date not known"
        word = "until" if start_is == "open" else "by"
        return f"{word} {_end_text(end)}" + ("" if start_is == "open" else ", start not known")
    if end is None:
        text = _start_text(start)
        return f"since {text}" if end_is == "open" else f"from {text}, end not known"
    return _between(start, end)


def _between(start: datetime, end: datetime) -> str:
    if start.time() == datetime.min.time() and _ends_a_day(end):
        return _whole_months(start, end) or _whole_days(start, end)
    if start == end:
        return f"{_clock(start)} on {date_text(start)}"
    if start.date() == end.date():
        return f"{_clock(start)} to {_clock(end)} on {date_text(start)}"
    return f"{_clock(start)} on {date_text(start)} to {_clock(end)} on {date_text(end)}"


def _whole_months(start: datetime, end: datetime) -> str:
    """Return whole years or months in words, or an empty text if the ends are other days."""
    after = end + _TICK
    if not start.day == after.day == 1:
        return ""
    is_years = start.month == after.month == 1
    first, last = (
        str(day.year) if is_years else f"{_MONTHS[day.month - 1]} {day.year}"
        for day in (start, end)
    )
    return first if first == last else f"{first} to {last}"


def _whole_days(start: datetime, end: datetime) -> str:
    if start.date() == end.date():
        return date_text(start)
    if start.year != end.year:
        return f"{date_text(start)} to {date_text(end)}"
    month = "" if start.month == end.month else f" {_MONTHS[start.month - 1]}"
    return f"{start.day}{month} to {date_text(end)}"


def _start_text(start: datetime) -> str:
    is_day = start.time() == datetime.min.time()
    return date_text(start) if is_day else f"{_clock(start)} on {date_text(start)}"


def _end_text(end: datetime) -> str:
    return date_text(end) if _ends_a_day(end) else f"{_clock(end)} on {date_text(end)}"


def _end_of_day(time: datetime) -> datetime:
    return datetime.combine(time.date(), datetime.max.time())


def _ends_a_day(end: datetime) -> bool:
    return (end + _TICK).time() == datetime.min.time()


def _clock(time: datetime) -> str:
    return f"{time:%H:%M:%S}" if time.second else f"{time:%H:%M}"
