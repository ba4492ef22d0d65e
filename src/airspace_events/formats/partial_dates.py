"""Partial local dates of a time. A partial date has only the known parts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from types import MappingProxyType

from airspace_events.values.periods import possible_days
from airspace_events.values.time import ReportedTime, zone_named
from airspace_events.values.time_spans import Point

PartialDate = Mapping[str, int]
"""The year of a date, and its month, day, hour, minute and second as far as they are known."""

_UNITS = ("year", "month", "day", "hour", "minute", "second")
_LENGTHS: Mapping[str, int] = MappingProxyType({"century": 1, "decade": 1, "year": 1, "day": 3})
"""The number of known parts for each precision."""

_TICK = timedelta(microseconds=1)


def partial_dates(time: ReportedTime) -> tuple[PartialDate | None, PartialDate | None]:
    """Return the first and the last date of a time; None for an open or unknown end.

    >>> partial_dates(ReportedTime(value="2024-09/.."))
    ({'year': 2024, 'month': 9}, None)
    """
    first, last = possible_days(time)
    start, end = time.expression.start, time.expression.end
    return (
        None if start is None else _parts(start, start.first, time, first),
        None if end is None else _parts(end, end.after - _TICK, time, last),
    )


def _parts(point: Point, moment: datetime, time: ReportedTime, day: date | None) -> PartialDate:
    if point.precision != "instant":
        return _cut(moment, _LENGTHS.get(point.precision, 2))
    if time.timezone is None:
        # Without a time zone, the local time of day is unknown, so only the day is known.
        return _cut(day or moment, 3)
    moment = point.first.astimezone(zone_named(time.timezone))
    return _cut(moment, 6 if moment.second else 5)


def _cut(moment: date, length: int) -> PartialDate:
    return {unit: getattr(moment, unit) for unit in _UNITS[:length]}
