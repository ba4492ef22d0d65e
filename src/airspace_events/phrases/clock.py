"""Times of day and parts of the day: "around 02:30 local time", "in the early hours of"."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import NamedTuple

from airspace_events.phrases.context import (
    Clock,
    Context,
    Days,
    Hours,
    Moments,
    Refusal,
)
from airspace_events.phrases.grammar import Found, Grammar
from airspace_events.phrases.words import NUMBERS, Word, number_of

FORMS = Grammar()
_form, _terminal = FORMS.form, FORMS.terminal

_DAY, _HOUR, _MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
_HALF_AN_HOUR, _EVENING = timedelta(minutes=30), timedelta(hours=15)
ABOUT = "(around|about|approximately|roughly|circa)"
"""The words that make what follows vague."""

_CLOCK_WORDS = ("at", "around", "about", "approximately", "roughly", "circa", "exactly")
_NOON, _LAST_HOUR, _LAST_MINUTE = 12, 23, 59


class Time(NamedTuple):
    """A time of day as it was named.

    Attributes:
        hour: the time since midnight.
        is_full_hour: whether it may be rounded to the hour.
    """

    hour: timedelta
    is_full_hour: bool


class _Said(NamedTuple):
    """A time of day as it is written, of which not all is known."""

    hour: str
    minute: str | None
    half: str | None


# Times of day.


@_terminal("CLOCK")
def _clocks(words: list[Word], at: int) -> Iterator[Found]:
    """A number with minutes, with a.m. or p.m., or with both."""
    hour = _two_digits(words, at)
    if hour is None:
        return
    start, mark = at, texts(words, at + 1, 1)
    minute = _two_digits(words, at + 2) if mark in ([":"], ["."]) else None
    if minute is not None and len(minute) == len("30"):
        at += 2
    else:
        minute = None
    following = texts(words, at + 1, 1)
    if following in (["am"], ["pm"]):
        yield at + 2, _Said(hour, minute, following[0])
    elif minute is not None and following in (["hours"], ["hrs"]):
        yield at + 2, _Said(hour, minute, None)
    elif minute is not None and not (mark == ["."] and _may_be_a_date(words, start, minute)):
        yield at + 1, _Said(hour, minute, None)


def _may_be_a_date(words: list[Word], at: int, month: str) -> bool:
    """Whether 07.09 is the 7th of September, as most of Europe writes it."""
    before = texts(words, at - 1, 1) if at else []
    return 1 <= int(month) <= _NOON and before not in ([name] for name in _CLOCK_WORDS)


def texts(words: list[Word], at: int, count: int) -> list[str]:
    """Some words from a place on."""
    return [word.text for word in words[at : at + count]]


def _two_digits(words: list[Word], at: int) -> str | None:
    text = words[at].text if at < len(words) else ""
    text = str(NUMBERS.get(text, text)) if text not in ("a", "an") else ""
    return text if number_of(text, 2) is not None else None


@_terminal("BARE")
def _bare_hours(words: list[Word], at: int) -> Iterator[Found]:
    hour = _two_digits(words, at)
    if hour is not None:
        oclock = texts(words, at + 1, 1) in (["o'clock"], ["o\u2019clock"])
        yield at + 1 + oclock, _Said(hour, None, None)


@_form("TIME", "clock", "CLOCK")
def _time(_: Context, clock: _Said) -> Time:
    hour, minute = int(clock.hour), int(clock.minute or 0)
    if clock.half:
        if not 1 <= hour <= _NOON:
            msg = f"there is no {hour} {clock.half[0]}.m."
            raise Refusal(msg)
        if hour == _NOON and not minute:
            msg = f"12 {clock.half[0]}.m. is noon to some and midnight to others"
            raise Refusal(msg)
        hour = hour % _NOON + _NOON * (clock.half == "pm")
    elif clock.minute is None or (len(clock.hour) == 1 and hour):
        said = clock.hour if clock.minute is None else f"{clock.hour}:{clock.minute}"
        msg = f"{said} in the morning or the afternoon? Write a.m. or p.m., or 24 hours: 02:00"
        raise Refusal(msg)
    if hour > _LAST_HOUR or minute > _LAST_MINUTE:
        hint = "; the end of a day is 00:00 of the next" if hour == _LAST_HOUR + 1 else ""
        msg = f"there is no time {hour:02}:{minute:02}{hint}"
        raise Refusal(msg)
    return Time(timedelta(hours=hour, minutes=minute), not minute)


@_form("TIME", "noon", "(noon|midday)")
def _noon(_: Context) -> Time:
    return Time(_NOON * _HOUR, is_full_hour=True)


@_terminal("ZONE")
def _zones(words: list[Word], at: int) -> Iterator[Found]:
    """Words that say whose clock is meant."""
    if texts(words, at, 1) in (["utc"], ["gmt"], ["z"]):
        yield at + 1, "utc"
    if texts(words, at, 2) == ["local", "time"]:
        yield at + 2, "local"


def _hours(first: Time, last: Time, margin: timedelta, clock: Clock) -> Hours:
    named = (first.hour, last.hour)
    return Hours(first.hour - margin, last.hour + margin, clock, named)


@_form("HOURS", "clock", "[at] TIME [ZONE]")
def _at_time(context: Context, time: Time, zone: Clock = "local") -> Hours:
    if time.is_full_hour:
        return _hours(time, time, _HALF_AN_HOUR, zone)
    return _at_exactly(context, time, zone)


@_form("HOURS", "clock", "[at] (exactly|precisely) TIME [ZONE]", "[at] TIME sharp [ZONE]")
def _at_exactly(_: Context, time: Time, zone: Clock = "local") -> Hours:
    return Hours(time.hour, time.hour + _MINUTE, zone, (time.hour, time.hour))


@_form("HOURS", "clock", f"[at] {ABOUT} TIME [ZONE]")
def _about_time(_: Context, time: Time, zone: Clock = "local") -> Hours:
    return _hours(time, time, _HOUR if time.is_full_hour else _HALF_AN_HOUR, zone)


@_form("HOURS", "clock", f"[at] [{ABOUT}] BARE")
def _bare(context: Context, bare: _Said) -> Hours:
    return _at_time(context, _time(context, bare))


@_form("HOURS", "until", "(shortly|just) before TIME [ZONE]")
def _shortly_before(_: Context, time: Time, zone: Clock = "local") -> Hours:
    return Hours(time.hour - _HOUR, time.hour, zone, (time.hour, time.hour))


@_form("HOURS", "until", "(shortly|just) after TIME [ZONE]")
def _shortly_after(_: Context, time: Time, zone: Clock = "local") -> Hours:
    return Hours(time.hour, time.hour + _HOUR, zone, (time.hour, time.hour))


# From one time of day to another.


def _hours_between(first: Time, last: Time, *, zone: Clock) -> Hours:
    if first.hour >= last.hour:
        msg = "of which day is each of these two times? Name both days"
        raise Refusal(msg)
    return _hours(first, last, timedelta(), zone)


@_form(
    "HOURS",
    "between_times",
    "between TIME:first and TIME:last [ZONE]",
    "[from] TIME:first (to|-|until|till) TIME:last [ZONE]",
)
def _between(_: Context, first: Time, last: Time, zone: Clock = "local") -> Hours:
    return _hours_between(first, last, zone=zone)


@_form(
    "HOURS",
    "between_times",
    "between BARE:first and CLOCK:last [ZONE]",
    "between CLOCK:first and CLOCK:last [ZONE]",
    "[from] BARE:first (to|-|until|till) CLOCK:last [ZONE]",
    "[from] CLOCK:first (to|-|until|till) CLOCK:last [ZONE]",
)
def _between_in_one_half(
    context: Context, first: _Said, last: _Said, zone: Clock = "local"
) -> Hours:
    start = _time(context, first._replace(half=first.half or last.half))
    return _hours_between(start, _time(context, last), zone=zone)


@_form(
    "HOURS",
    "between_times",
    "between midnight and TIME:last [ZONE]",
    "from midnight (to|-|until|till) TIME:last [ZONE]",
)
def _from_midnight(_: Context, last: Time, zone: Clock = "local") -> Hours:
    return Hours(timedelta(), last.hour, zone)


@_form(
    "HOURS",
    "between_times",
    "between TIME:first and midnight [ZONE]",
    "[from] TIME:first (to|-|until|till) midnight [ZONE]",
)
def _to_midnight(_: Context, first: Time, zone: Clock = "local") -> Hours:
    return Hours(first.hour, _DAY, zone)


# Hours of a day.


@_form("MOMENTS", "clock", "HOURS [on|of] [,] DAY", "DAY [,] HOURS")
def _hours_of_day(context: Context, hours: Hours, day: Days) -> Moments:
    return context.instants(day.first, hours)


@_form("MOMENTS", "clock", "HOURS (in the|this) PART", "HOURS (last|yesterday) (night|evening)")
def _hours_of_part(context: Context, hours: Hours, part: tuple[int, int] | None = None) -> Moments:
    """An hour that is told once more by the part of the day."""
    if part is None:
        day = context.today - _DAY * (hours.start >= _EVENING)
        return context.instants(day, hours)
    if not part[0] * _HOUR <= hours.start <= part[1] * _HOUR:
        msg = "the hour is not in that part of the day"
        raise Refusal(msg)
    return context.instants(context.today, hours)


@_form("MOMENTS", "clock_without_day", "HOURS")
def _hours_without_day(context: Context, hours: Hours) -> Moments:
    return last_time(context, hours)


def last_time(context: Context, hours: Hours) -> Moments:
    """The instants of hours without a day: of the reference, or the last that had begun."""
    day = context.today + (_DAY if context.now else timedelta())
    found = context.instants(day, hours)
    while context.now and found.start and found.start > context.now:
        day -= _DAY
        found = context.instants(day, hours)
    return found


@_form(
    "MOMENTS",
    "between_times",
    "(from|between) TIME:first [ZONE] [on] DAY (to|and|until|till|-) TIME:last [ZONE]",
    "(from|between) TIME:first [ZONE] [on] DAY (to|and|until|till|-) TIME:last [ZONE] DAY:until",
    "from DAY [,] [at] TIME:first [ZONE] (to|until|till|-) DAY:until [,] [at] TIME:last [ZONE]",
)
def _between_days(  # noqa: PLR0913, PLR0917 (two times of two days)
    context: Context,
    first: Time,
    day: Days,
    last: Time,
    until: Days | None = None,
    zone: Clock = "local",
) -> Moments:
    end_day = until.first if until else day.first + _DAY * (last.hour <= first.hour)
    hours = _hours(first, last, timedelta(), zone)
    to_end = (end_day - day.first) + last.hour
    if to_end <= first.hour:
        msg = "ends before it begins"
        raise Refusal(msg)
    return context.instants(day.first, hours._replace(end=to_end, named=(first.hour, to_end)))


# Midnight.


@_form("MOMENTS", "noon", "[at] midnight [ZONE]")
def _midnight(context: Context, zone: Clock = "local") -> Moments:
    return last_time(context, Hours(-_HALF_AN_HOUR, _HALF_AN_HOUR, zone))


@_form("MOMENTS", "noon", f"[at] {ABOUT} midnight [ZONE]")
def _about_midnight(context: Context, zone: Clock = "local") -> Moments:
    return last_time(context, Hours(-_HOUR, _HOUR, zone))


@_form(
    "MOMENTS",
    "noon",
    "(shortly|just) after midnight [ZONE] [[on] DAY]",
    "DAY [,] (shortly|just) after midnight [ZONE]",
)
def _after_midnight(context: Context, day: Days | None = None, zone: Clock = "local") -> Moments:
    hours = Hours(timedelta(), _HOUR, zone)
    return context.instants(day.first, hours) if day else last_time(context, hours)


@_form(
    "MOMENTS",
    "noon",
    "(shortly|just) before midnight [ZONE] [[on] DAY]",
    "DAY [,] (shortly|just) before midnight [ZONE]",
)
def _before_midnight(context: Context, day: Days | None = None, zone: Clock = "local") -> Moments:
    if day is not None:
        return context.instants(day.first, Hours(_DAY - _HOUR, _DAY, zone))
    return last_time(context, Hours(-_HOUR, timedelta(), zone))


@_form("MOMENTS", "noon", "[at] midnight [of] RANGE:days")
def _midnight_between(context: Context, days: Days) -> Moments:
    return _at_midnight_of(context, days, _HALF_AN_HOUR)


@_form("MOMENTS", "noon", f"[at] {ABOUT} midnight [of] RANGE:days")
def _about_midnight_between(context: Context, days: Days) -> Moments:
    return _at_midnight_of(context, days, _HOUR)


def _at_midnight_of(context: Context, days: Days, margin: timedelta) -> Moments:
    if days.last != days.first + _DAY:
        msg = f"no midnight lies between {days.first} and {days.last} alone"
        raise Refusal(msg)
    return context.instants(days.last, Hours(-margin, margin))


@_form(
    "MOMENTS",
    "noon",
    f"[at|{ABOUT}] midnight [ZONE] [on|of] [,] DAY",
    f"DAY [,] [at|{ABOUT}] midnight [ZONE]",
)
def _midnight_of_day(_: Context, day: Days, zone: Clock = "local") -> Moments:
    msg = f"the midnight with which {day.first} begins, or with which it ends ({zone} time)?"
    raise Refusal(msg)
