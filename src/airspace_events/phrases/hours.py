"""Hours of a day: "around 02:30 on Sunday", "11:30 last night", "between 2 and 4 a.m."."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from airspace_events.phrases.clock import ABOUT, HOUR, MINUTE, Time, about, unclear
from airspace_events.phrases.context import (
    Clock,
    Context,
    Days,
    Hours,
    Moments,
    Refusal,
    SkippedTime,
    contradiction,
)
from airspace_events.phrases.grammar import Grammar
from airspace_events.phrases.parts_of_day import DAWN, DUSK

FORMS = Grammar()
_form = FORMS.form

_DAY, _HALF_AN_HOUR = timedelta(days=1), timedelta(minutes=30)


class Readings(NamedTuple):
    """Hours as written in the report, with all possible readings.

    Attributes:
        plain: the readings that the text has by itself.
        others: other possible readings, in the other half of the day.
        said: the text of the hours, for messages.
    """

    plain: tuple[Hours, ...]
    others: tuple[Hours, ...]
    said: str


def _readings(time: Time, make: Callable[[timedelta], Hours]) -> Readings:
    return Readings(tuple(map(make, time.readings)), tuple(map(make, time.others)), time.said)


def _around(time: Time, margin: timedelta, clock: Clock) -> Readings:
    return _readings(time, lambda at: Hours(at - margin, at + margin, clock, (at, at)))


@_form("CLOCKED", "clock", "[at] (TIME|HOUR:time) [ZONE]")
def _at_time(context: Context, time: Time, zone: Clock = "local") -> Readings:
    if time.is_full_hour:
        return _around(time, _HALF_AN_HOUR, zone)
    return _at_exactly(context, time, zone)


@_form("CLOCKED", "clock", "[at] (exactly|precisely) TIME [ZONE]", "[at] TIME sharp [ZONE]")
def _at_exactly(_: Context, time: Time, zone: Clock = "local") -> Readings:
    return _readings(time, lambda at: Hours(at, at + MINUTE, zone, (at, at)))


@_form("CLOCKED", "clock", f"[at] {ABOUT} (TIME|HOUR:time) [ZONE]")
def _about_time(context: Context, time: Time, zone: Clock = "local") -> Readings:
    return _around(time, about(context, time).margin, zone)


@_form("CLOCKED", "until", "(shortly|just) before TIME [ZONE]")
def _shortly_before(_: Context, time: Time, zone: Clock = "local") -> Readings:
    return _readings(time, lambda at: Hours(at - HOUR, at, zone, (at, at)))


@_form("CLOCKED", "until", "(shortly|just) after TIME [ZONE]")
def _shortly_after(_: Context, time: Time, zone: Clock = "local") -> Readings:
    return _readings(time, lambda at: Hours(at, at + HOUR, zone, (at, at)))


@_form("POINT", "until", "UNCHECKED:point")
def _point(_: Context, point: Readings) -> Readings:
    return point


@_form("UNCHECKED", "until", "BOUND:time [ZONE]")
def _unchecked(_: Context, time: Time, zone: Clock = "local") -> Readings:
    return _around(time, time.margin, zone)


@_form("HOURS", "clock", "CLOCKED")
def _hours(_: Context, clocked: Readings) -> Readings:
    return clocked


@_form("HOURS", "two_clocks", "CLOCKED:first (,|/|or) TIME ZONE", "CLOCKED:first , or TIME ZONE")
@_form("POINT", "two_clocks", "UNCHECKED:first (,|/) TIME ZONE")
def _by_two_clocks(_: Context, first: Readings, time: Time, zone: Clock) -> Readings:
    """Return a time that is also given on a second clock, such as "9:40 p.m. (1940 GMT)"."""
    also = (time.readings + time.others, zone)
    plain = tuple(hours._replace(also=also) for hours in first.plain)
    return Readings(plain, tuple(each._replace(also=also) for each in first.others), first.said)


# From one time of day to another.


@_form(
    "HOURS",
    "between_times",
    "between (BOUND:first|HOUR:first) and (BOUND:last|HOUR:last) [ZONE]",
    "[from] (BOUND:first|HOUR:first) (to|-|until|till) (BOUND:last|HOUR:last) [ZONE]",
)
def _between(_: Context, first: Time, last: Time, zone: Clock = "local") -> Readings:
    """Return the spans that start at each possible first time and end at the next last time."""
    all_first, all_last = first.readings + first.others, last.readings + last.others
    said = f"{first.said} to {last.said}"
    if first.readings and last.readings:
        plain = _ranges(first, last, first.readings, last.readings, zone)
        everything = _ranges(first, last, all_first, all_last, zone)
        return Readings(plain, tuple(each for each in everything if each not in plain), said)
    if not (first.is_certain or last.is_certain):
        return Readings((), _ranges(first, last, all_first, all_last, zone), said)
    # "9 to 11 a.m.": the time without a.m. or p.m. takes the half of the day that is nearer.
    ranges = _ranges(first, last, first.readings or all_first, last.readings or all_last, zone)
    nearest = min(each.end - each.start for each in ranges)
    return Readings(tuple(each for each in ranges if each.end - each.start == nearest), (), said)


def _ranges(
    first: Time,
    last: Time,
    firsts: Iterable[timedelta],
    lasts: tuple[timedelta, ...],
    zone: Clock,
) -> tuple[Hours, ...]:
    found: list[Hours] = []
    for start in firsts:
        length = min(((end - start) % _DAY for end in lasts), default=_DAY)
        end = start + (length or _DAY)
        found.append(Hours(start - first.margin, end + last.margin, zone, (start, end)))
    return tuple(found)


@_form(
    "HOURS",
    "between_times",
    "between midnight and BOUND:last [ZONE]",
    "from midnight (to|-|until|till) BOUND:last [ZONE]",
)
def _from_midnight(_: Context, last: Time, zone: Clock = "local") -> Readings:
    end = last.margin
    return _readings(last, lambda at: Hours(timedelta(), at + end, zone, (timedelta(), at)))


@_form(
    "HOURS",
    "between_times",
    "between BOUND:first and midnight [ZONE]",
    "[from] BOUND:first (to|-|until|till) midnight [ZONE]",
)
def _to_midnight(_: Context, first: Time, zone: Clock = "local") -> Readings:
    before = first.margin
    return _readings(first, lambda at: Hours(at - before, _DAY, zone, (at, _DAY)))


# Hours on a day, in a part of a day, and without a day.


def _only(said: Readings, place: Callable[[Hours], Moments]) -> Moments:
    """Return the span of the only reading that is possible, or raise a `Refusal`."""
    refusal: Refusal | None = None
    left: list[Moments] = []
    for hours in said.plain or said.others:
        if _is_past_midnight(hours):
            msg = "the two times may be on different days; name both days"
            raise Refusal(msg) if said.plain else unclear(said.said)
        try:
            left.append(place(hours))
        except SkippedTime:
            raise
        except Refusal as refused:
            refusal = refusal or refused
    if len(left) == 1:
        return left[0]
    if said.plain and not left and said.others and refusal and said.plain[0].also:
        return _only(said._replace(plain=()), place)
    raise refusal if refusal and not left else unclear(said.said)


def _is_past_midnight(hours: Hours) -> bool:
    return hours.named is not None and hours.named[1] > _DAY


@_form("MOMENTS", "clock", "HOURS [,] [on|of] [,] DAY", "DAY [,] HOURS")
@_form("MOMENT", "until", "POINT:hours [,] [on|of] [,] DAY", "DAY [,] [at] POINT:hours")
def _hours_of_day(context: Context, hours: Readings, day: Days) -> Moments:
    if not hours.plain and context.tense != "future":
        # "2:19", said on that day at 08:00, cannot be in the afternoon.
        begun = tuple(each for each in hours.others if _has_begun(context, day, each))
        hours = hours._replace(others=begun or hours.others)
    return _only(hours, lambda each: context.of_day(day.first, each))


def _has_begun(context: Context, day: Days, hours: Hours) -> bool:
    try:
        found = context.instants(day.first, hours)
    except Refusal as refused:
        return isinstance(refused, SkippedTime)
    return context.now is None or not _is_after(found.start, context.now)


def _is_after(later: datetime, earlier: datetime) -> bool:
    """Return whether one instant is after another.

    The instants are compared in UTC, because ``>`` ignores the offsets of times in the same zone.
    """
    return later.astimezone(UTC) > earlier.astimezone(UTC)


@_form(
    "MOMENTS",
    "clock_in_part",
    "HOURS [,] IN_PART:part",
    "IN_PART:part [,] HOURS",
    "CLOCKED_MIDNIGHT:hours [,] IN_PART:part",
)
@_form(
    "MOMENT",
    "clock_in_part",
    "[at] POINT:hours [,] IN_PART:part",
    "IN_PART:part [,] [at] POINT:hours",
)
def _hours_of_part_alone(context: Context, hours: Readings, part: tuple[int, int]) -> Moments:
    def lies_within(each: Hours) -> bool:
        first, last = each.named or (each.start, each.end)
        if each.clock == "utc":
            # The part of the day is in local time at the place.
            there = context.instants(context.today, each._replace(start=first)).start
            local = there.astimezone(context.clock_of("local"))
            first, last = (
                timedelta(hours=local.hour, minutes=local.minute) + time - first
                for time in (first, last)
            )
        return part[0] * HOUR <= first and last <= part[1] * HOUR

    within = tuple(each for each in hours.plain + hours.others if lies_within(each))
    if not within:
        raise _not_within(hours.said)
    return _only(Readings(within, (), hours.said), context.last)


@_form(
    "MOMENTS",
    "clock_in_part",
    "HOURS [,] PART_OF_DAY:part",
    "PART_OF_DAY:part [,] HOURS",
    "CLOCKED_MIDNIGHT:hours [,] PART_OF_DAY:part",
    "PART_OF_DAY:part [,] CLOCKED_MIDNIGHT:hours",
)
@_form(
    "MOMENT",
    "clock_in_part",
    "POINT:hours [,] PART_OF_DAY:part",
    "PART_OF_DAY:part [,] [at] POINT:hours",
)
def _hours_of_part(context: Context, hours: Readings, part: Moments | Days) -> Moments:
    """Return a span that covers all readings of the hours within a part of a day."""
    if isinstance(part, Days):
        msg = "a time of day needs a time zone"
        raise Refusal(msg)
    if context.recurs == _DAY:
        raise _not_within(hours.said)  # a part of no certain day, which has forms of its own
    found = _within(context, hours, part)
    back = context.time_back(found.start)
    return _within(context, hours, Moments(part.start - back, part.end - back)) if back else found


def _within(context: Context, hours: Readings, part: Moments) -> Moments:
    found: list[Moments] = []
    refusal = _not_within(hours.said)
    for each in hours.plain + hours.others:
        first, last = each.named or (each.start, each.end)
        for start, end, _ in part.readings or (part,):
            for days in range(-1, (end - start).days + 3):
                day = start.date() + days * _DAY
                try:
                    named = context.instants(day, each._replace(start=first, end=last))
                    if not (_is_after(start, named.start) or _is_after(named.end, end)):
                        found.append(context.instants(day, each))
                except Refusal as refused:
                    refusal = refused
    if not found:
        raise refusal
    return Moments(min(each.start for each in found), max(each.end for each in found))


def _not_within(said: str) -> Refusal:
    return contradiction(f"{said} is not in that part of the day")


@_form("MOMENTS", "clock_in_part", "HOURS at night")
@_form("MOMENT", "clock_in_part", "POINT:hours at night")
def _hours_at_night(context: Context, hours: Readings) -> Moments:
    def lies_within(each: Hours) -> bool:
        first, last = each.named or (each.start, each.end)
        return first >= DUSK or last <= DAWN

    within = tuple(each for each in hours.plain + hours.others if lies_within(each))
    if not within:
        raise _not_within(hours.said)
    return _only(Readings(within, (), hours.said), context.last)


@_form("MOMENTS", "clock_without_day", "HOURS")
@_form("MOMENT", "until", "POINT:hours")
def _hours_without_day(context: Context, hours: Readings) -> Moments:
    return _only(hours, context.last)


@_form(
    "MOMENTS",
    "between_times",
    "(from|between) BOUND:first [ZONE] [on] DAY (to|and|until|till|-) BOUND:last [ZONE]",
    "(from|between) BOUND:first [ZONE] [on] DAY (to|and|until|till|-) BOUND:last [ZONE] DAY:until",
    "from DAY [,] [at] BOUND:first [ZONE] (to|until|till|-) DAY:until [,] [at] BOUND:last [ZONE]",
)
def _between_days(  # noqa: PLR0913, PLR0917 (two times of two days)
    context: Context,
    first: Time,
    day: Days,
    last: Time,
    until: Days | None = None,
    zone: Clock = "local",
) -> Moments:
    start, end = first.only, last.only
    end_day = until.first if until else day.first + _DAY * (end <= start)
    to_end = (end_day - day.first) + end
    if to_end <= start:
        msg = "the end is before the start"
        raise Refusal(msg)
    hours = Hours(start - first.margin, to_end + last.margin, zone, (start, to_end))
    return context.of_day(day.first, hours)
