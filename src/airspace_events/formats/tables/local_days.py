"""Columns with the days of an incursion in the local time of the place."""

from __future__ import annotations

from datetime import date

from airspace_events.formats.tables.columns import Cell
from airspace_events.models.events import Incursion
from airspace_events.values.periods import possible_days


def local_day(incursion: Incursion) -> Cell:
    """Return the day, if only one day is possible and no end of the time is uncertain."""
    days = _certain_days(incursion)
    return days.pop().isoformat() if len(days) == 1 else None


def local_month(incursion: Incursion) -> Cell:
    """Return the month, if only one month is possible and no end of the time is uncertain."""
    months = {f"{day:%Y-%m}" for day in _certain_days(incursion)}
    return months.pop() if len(months) == 1 else None


def first_day(incursion: Incursion) -> Cell:
    """Return the first possible day, or None if the start is open or unknown."""
    return _iso(possible_days(incursion.time)[0])


def last_day(incursion: Incursion) -> Cell:
    """Return the last possible day, or None if the end is open or unknown."""
    return _iso(possible_days(incursion.time)[1])


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _certain_days(incursion: Incursion) -> set[date]:
    """Return the first and the last possible day; empty if one is not certain."""
    window, days = incursion.time.window, possible_days(incursion.time)
    is_sure = window.start_is_sure and window.end_is_sure
    return {day for day in days if day is not None} if is_sure and None not in days else set()
