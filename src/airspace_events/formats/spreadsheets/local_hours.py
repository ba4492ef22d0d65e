"""Functions that convert local hours to instants, and words such as "night" to local hours."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta, tzinfo
from functools import lru_cache

from airspace_events.errors import TimeExpressionError
from airspace_events.formats.spreadsheets.dates import MINUTE, ClockTime, UnfitError
from airspace_events.phrases.context import Context, Hours, Refusal, written
from airspace_events.phrases.resolving import resolve_time
from airspace_events.values.time import zone_named

_DAY = timedelta(days=1)
# When clocks go back, they show the previous hour twice.
_HOUR = timedelta(hours=1)
_PROBE = date(2024, 1, 10)
_PROBE_ZONES = ("Etc/GMT-2", "Etc/GMT-9")
_WITHIN_THE_DAY = ("before ", "after ", "by ", "not before ", "not after ")


def span_of(day: date, hours: Hours, zone: tzinfo) -> str:
    """Return the interval of instants between two local hours of a day."""
    steady = steady_span(day, (hours.start, hours.end), zone)
    if steady is not None:
        return steady
    try:
        return str(Context(None, zone).instants(day, hours))
    except Refusal as refusal:
        msg = f"is not a valid time: {refusal}"
        raise UnfitError(msg) from None


def steady_span(
    day: date, hours: tuple[timedelta | None, timedelta | None], zone: tzinfo
) -> str | None:
    """Return the same interval as `span_of`; None if the clocks changed on or near that day."""
    midnight = datetime(day.year, day.month, day.day, tzinfo=zone)
    first, last = (midnight if it is None else midnight + it for it in hours)
    begin, end = min(first, midnight) - _HOUR, max(last, midnight + _DAY) + _HOUR
    # With fold=1, the offset is that after a change that skipped or repeated the hour.
    if begin.utcoffset() != end.replace(fold=1).utcoffset():
        return None
    given = zip(hours, (first, last), strict=True)
    return "/".join("" if it is None else written(at) for it, at in given)


def second_of(day: date, clock: ClockTime, zone: tzinfo) -> str:
    """Return the instant of a local time, or an interval if the clocks showed that time twice."""
    at = datetime(day.year, day.month, day.day, tzinfo=zone) + clock.start
    if at.utcoffset() == at.replace(fold=1).utcoffset():
        return written(at)
    length = timedelta(seconds=1) if clock.start % MINUTE else MINUTE
    hours = Hours(clock.start, clock.start + length, named=(clock.start, clock.start))
    return span_of(day, hours, zone)


def phrases_of(day: str, clock: str) -> Iterator[str]:
    """Yield the ways to write a day and a time of day as one phrase."""
    yield f"{day} {clock}"
    yield f"{day}, {clock}"
    yield f"{clock} on {day}"
    yield f"{clock} of {day}"


# A day has 1,440 minutes, and each may be written in several ways.
@lru_cache(maxsize=8192)
def hours_in_words(clock: str) -> tuple[timedelta | None, timedelta | None] | None:
    """Return the local hours that a phrase means on any day.

    Return None for a phrase that is not understood, and for a phrase with its own time zone, such
    as "21:40 GMT".
    """
    found: set[tuple[timedelta | None, timedelta | None]] = set()
    for name in _PROBE_ZONES:
        zone = zone_named(name)
        values: list[str] = []
        for phrase in phrases_of(str(_PROBE), clock):
            try:
                values.append(resolve_time(phrase, timezone=name, tense="past").value)
            except TimeExpressionError:
                continue
        midnight = datetime(_PROBE.year, _PROBE.month, _PROBE.day, tzinfo=zone)
        try:
            first, _, last = hull_of(values, _PROBE, clock, zone).partition("/")
            start, end = (
                datetime.fromisoformat(it) - midnight if it else None for it in (first, last)
            )
        except ValueError:
            return None
        found.add((start, end))
    return found.pop() if len(found) == 1 else None


def hull_of(values: list[str], day: date, clock: str, zone: tzinfo) -> str:
    """Return the interval that contains all possible values of a time of day.

    A time such as "before 01:45" is limited to the given day.
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
