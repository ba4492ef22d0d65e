"""Reported times in words and as spans, in the local time of the event."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone, tzinfo
from itertools import groupby
from typing import Required, TypedDict

from airspace_events.values.time import ReportedTime, zone_named
from airspace_events.values.time_spans import Point
from airspace_events.views.card import Line, joined, quoted
from airspace_events.views.value_lines import given
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

    Both ends are inclusive. The script of the page fills in missing members: ``startIs`` and
    ``endIs`` are "known", and ``isSure`` is true.
    """

    start: Required[int | None]
    end: Required[int | None]
    startIs: EndKnowledge
    endIs: EndKnowledge
    isSure: bool


NO_SPAN: Span = {"start": None, "end": None, "startIs": "unknown", "endIs": "unknown"}
"""The span of an event without a time."""


def span_of(time: ReportedTime) -> Span:
    """Return the span of a reported time, in the local time of the event.

    Days without a time zone are assumed to be local days. The span is not certain if the time is
    approximate or uncertain, or if it is in UTC and the local time zone is not recorded.
    """
    zone = _zone(time)
    start, end = time.expression.start, time.expression.end
    first = None if start is None else minute_of(_first(start, zone))
    last = None if end is None else minute_of(_last(end, zone))
    is_sure = all(part.is_certain for part in time.expression.parts)
    if time.timezone is None and _has_clock(time) and not zone.utcoffset(None):
        is_sure = False
    if first is not None and last is not None and first > last:
        # The order of a day and an instant depends on the time zone, which is not recorded.
        first, last, is_sure = last, first, False
    span: Span = {"start": first, "end": last}
    if time.start_is != "known":
        span["startIs"] = time.start_is
    if time.end_is != "known":
        span["endIs"] = time.end_is
    if not is_sure:
        span["isSure"] = False
    return span


def minute_of(time: datetime) -> int:
    """Return the number of whole minutes from the start of 1970 to a local time."""
    return (time - _EPOCH) // _MINUTE


def dates_text(start: int, end: int) -> str:
    """Return the dates from a start minute to an end minute in words."""
    last = _EPOCH + (end + 1) * _MINUTE - _TICK
    return _days(_EPOCH + start * _MINUTE, last)


def instant_span(instant: datetime) -> Span:
    """Return the span of an instant in UTC."""
    minute = minute_of(instant.astimezone(UTC).replace(tzinfo=None))
    return {"start": minute, "end": minute}


def utc_text(instant: datetime) -> str:
    """Return an instant in UTC as text, to the minute."""
    return f"{instant.astimezone(UTC):%Y-%m-%d %H:%M} UTC"


def when_line(time: ReportedTime) -> Line:
    """Return the words of the report, followed by the dates and clock times in plain words.

    The words of the report are left out if they add nothing, as in "2024-09-07T22:16".
    """
    parts = time.expression.parts
    doubts = joined(
        (
            ("uncertain",) if any(part.uncertain for part in parts) else (),
            ("approximate",) if any(part.approximate for part in parts) else (),
            ("only some days of this period",) if any(part.has_gaps for part in parts) else (),
            ("one of these dates",) if _is_choice(time) else (),
            (_zone_text(time),) if _has_clock(time) else (),
            given(time.extent),
            ("estimated by the desk",) if time.basis == "imputed" else (),
        ),
        by=", ",
    )
    dates = _dates(time)
    plain = (dates, *((" (", *doubts, ")") if doubts else ()))
    if time.verbatim is None or _is_same(time.verbatim, dates):
        return plain
    return joined((quoted(time.verbatim), plain), by=", ")


def _is_same(verbatim: str, dates: str) -> bool:
    """Return whether the words of the report have all numbers of the dates, and add nothing."""
    words, plain = _words(verbatim), _words(dates)
    months = {str(at) for at, name in enumerate(_MONTHS, 1) if name.casefold() in plain}
    shortened = {name[:at] for name in plain for at in range(3, len(name))}
    is_vaguer = any(word.isdecimal() and word not in words for word in plain)
    of_clocks = {"0", "t", "z"} if ":" in dates else set[str]()
    return not is_vaguer and words <= plain | shortened | months | of_clocks


def _words(text: str) -> set[str]:
    """Return the words and the numbers of a text, in lower case and without leading zeros."""
    found: set[str] = set()
    for is_kept, chars in groupby(text.casefold(), key=_kind_of):
        if is_kept:
            found.add("".join(chars).lstrip("0") or "0")
    return found


def _kind_of(char: str) -> str:
    return "number" if char.isdecimal() else "word" if char.isalpha() else ""


def date_text(day: datetime) -> str:
    """Return a date in words, such as "7 September 2024"."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def _is_choice(time: ReportedTime) -> bool:
    dates = {date for pair in time.expression.members for date in pair}
    return len(dates) > 1 and not time.expression.all_members


def _has_clock(time: ReportedTime) -> bool:
    return any(part.precision == "instant" for part in time.expression.parts)


def _zone(time: ReportedTime) -> tzinfo:
    """Return the time zone of the event, or else the offset of the expression, or else UTC.

    If an instant is in an hour that occurs twice, the result is the offset at the first instant.
    """
    instants = [part.first for part in time.expression.parts if part.precision == "instant"]
    if time.timezone is not None:
        zone = zone_named(time.timezone)
        local = [instant.astimezone(zone) for instant in instants]
        is_plain = all(
            one.utcoffset() == one.replace(fold=1 - one.fold).utcoffset() for one in local
        )
        return zone if is_plain else timezone(local[0].utcoffset() or timedelta())
    offsets = {instant.utcoffset() for instant in instants}
    return timezone(offsets.pop() or timedelta()) if len(offsets) == 1 else UTC


def _zone_text(time: ReportedTime) -> str:
    zone = _zone(time)
    return str(zone) if isinstance(zone, timezone) else "local time"


def _first(point: Point, zone: tzinfo) -> datetime:
    """Return the start of a date or an instant as a local time, without an offset."""
    if point.precision == "instant":
        return point.first.astimezone(zone).replace(tzinfo=None)
    return point.first


def _last(point: Point, zone: tzinfo) -> datetime:
    return _first(point, zone) if point.precision == "instant" else point.after - _TICK


def _dates(time: ReportedTime) -> str:
    zone, members = _zone(time), time.expression.members
    if members:
        ranges = (_range(*pair, zone, "open", "open") for pair in members)
        return (" and " if time.expression.all_members else " or ").join(ranges)
    ends = time.expression.start, time.expression.end
    return _range(*ends, zone, time.start_is, time.end_is)


def _range(
    start: Point | None,
    end: Point | None,
    zone: tzinfo,
    start_is: EndKnowledge,
    end_is: EndKnowledge,
) -> str:
    if start is None:
        last = "date not known" if end is None else _text(end, _last(end, zone))
        return f"until {last}" if start_is == "open" else f"by {last}, start not known"
    first = _text(start, _first(start, zone))
    if end is None:
        return f"since {first}" if end_is == "open" else f"from {first}, end not known"
    return _between(start, end, zone)


def _between(start: Point, end: Point, zone: tzinfo) -> str:
    first, last = _first(start, zone), _last(end, zone)
    if "instant" not in (start.precision, end.precision):
        return _days(first, last)
    if (
        start.precision == end.precision
        and last - first == _MINUTE
        and first == first.replace(second=0, microsecond=0)
    ):
        # A clock time such as 22:18 lasts for a minute.
        last = first
    if start.precision == end.precision and first.date() == last.date():
        clocks = dict.fromkeys((_clock(first), _clock(last)))
        return f"{' to '.join(clocks)} on {date_text(first)}"
    return f"{_text(start, first)} to {_text(end, last)}"


def _text(point: Point, time: datetime) -> str:
    clock = f"{_clock(time)} on " if point.precision == "instant" else ""
    return clock + date_text(time)


def _days(start: datetime, end: datetime) -> str:
    return _whole_months(start, end) or _whole_days(start, end)


def _whole_months(start: datetime, end: datetime) -> str:
    """Return whole years or months in words, or an empty string for other spans."""
    after = end.date() + timedelta(days=1)
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


def _clock(time: datetime) -> str:
    if time.microsecond:
        return f"{time:%H:%M:%S.%f}".rstrip("0")
    return f"{time:%H:%M:%S}" if time.second else f"{time:%H:%M}"
