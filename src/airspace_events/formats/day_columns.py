"""Columns with the local days and month of a time, for grouping the rows of a table.

The bounds of a time are in UTC, so their day or month may differ from the local day or month. A
date is a local day, even without a time zone. For an instant without a time zone, two local days
are possible.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType

from airspace_events.values.periods import possible_days
from airspace_events.values.time import ReportedTime


def _day(time: ReportedTime) -> str | None:
    days = _certain_days(time)
    return days.pop().isoformat() if len(days) == 1 else None


def _month(time: ReportedTime) -> str | None:
    months = {f"{day:%Y-%m}" for day in _certain_days(time)}
    return months.pop() if len(months) == 1 else None


def _first_day(time: ReportedTime) -> str | None:
    return _iso(possible_days(time)[0])


def _last_day(time: ReportedTime) -> str | None:
    return _iso(possible_days(time)[1])


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _certain_days(time: ReportedTime) -> set[date]:
    """Return the first and the last possible day, or no days if either is unknown or uncertain."""
    window, days = time.window, possible_days(time)
    is_sure = window.start_is_sure and window.end_is_sure
    return {day for day in days if day is not None} if is_sure and None not in days else set()


DAY_COLUMNS: Mapping[str, Callable[[ReportedTime], str | None]] = MappingProxyType(
    {
        "local_day": _day,
        "local_month": _month,
        "first_day": _first_day,
        "last_day": _last_day,
    }
)
"""A mapping from the names of columns to the functions that compute them from a time."""
