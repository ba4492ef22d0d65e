"""Midnight, which belongs to two days: "shortly after midnight", "midnight last night"."""

from __future__ import annotations

from datetime import timedelta

from airspace_events.phrases.clock import ABOUT, HOUR
from airspace_events.phrases.context import Clock, Context, Days, Hours, Moments, Refusal
from airspace_events.phrases.grammar import Grammar
from airspace_events.phrases.hours import Readings

FORMS = Grammar()
_form = FORMS.form

_DAY, _HALF_AN_HOUR = timedelta(days=1), timedelta(minutes=30)


def _midnight(margin: timedelta, zone: Clock) -> Hours:
    return Hours(-margin, margin, zone, (timedelta(), timedelta()))


@_form("MOMENTS", "noon", "[at] midnight [ZONE]")
def _at_midnight(context: Context, zone: Clock = "local") -> Moments:
    return context.last(_midnight(_HALF_AN_HOUR, zone))


@_form("MOMENTS", "noon", f"[at] {ABOUT} midnight [ZONE]")
def _about_midnight(context: Context, zone: Clock = "local") -> Moments:
    return context.last(_midnight(HOUR, zone))


@_form("MOMENT", "noon", "midnight [ZONE]")
def _midnight_itself(context: Context, zone: Clock = "local") -> Moments:
    return context.last(_midnight(timedelta(), zone))


@_form("CLOCKED_MIDNIGHT", "noon", "[at] midnight [ZONE]")
def _midnight_of_night(_: Context, zone: Clock = "local") -> Readings:
    return Readings((_midnight(_HALF_AN_HOUR, zone),), (), "midnight")


@_form("CLOCKED_MIDNIGHT", "noon", f"[at] {ABOUT} midnight [ZONE]")
def _about_midnight_of_night(_: Context, zone: Clock = "local") -> Readings:
    return Readings((_midnight(HOUR, zone),), (), "midnight")


@_form(
    "MOMENTS",
    "noon",
    "(shortly|just) after midnight [ZONE] [[on] DAY]",
    "DAY [,] (shortly|just) after midnight [ZONE]",
)
def _after_midnight(context: Context, day: Days | None = None, zone: Clock = "local") -> Moments:
    hours = Hours(timedelta(), HOUR, zone)
    return context.of_day(day.first, hours) if day else context.last(hours)


@_form(
    "MOMENTS",
    "noon",
    "(shortly|just) before midnight [ZONE] [[on] DAY]",
    "DAY [,] (shortly|just) before midnight [ZONE]",
)
def _before_midnight(context: Context, day: Days | None = None, zone: Clock = "local") -> Moments:
    hours = Hours(_DAY - HOUR, _DAY, zone)
    return context.of_day(day.first, hours) if day else context.last(hours)


@_form("MOMENTS", "noon", "[at] midnight [of] RANGE:days")
def _midnight_between(context: Context, days: Days) -> Moments:
    return _at_midnight_of(context, days, _HALF_AN_HOUR)


@_form("MOMENTS", "noon", f"[at] {ABOUT} midnight [of] RANGE:days")
def _about_midnight_between(context: Context, days: Days) -> Moments:
    return _at_midnight_of(context, days, HOUR)


def _at_midnight_of(context: Context, days: Days, margin: timedelta) -> Moments:
    if days.last != days.first + _DAY:
        msg = (
            f"{days.first} and {days.last} are not consecutive, so it is unclear which "
            "midnight is meant"
        )
        raise Refusal(msg)
    return context.instants(days.last, Hours(-margin, margin))


@_form(
    "MOMENTS",
    "noon",
    f"[at|{ABOUT}] midnight [ZONE] [on|of] [,] DAY",
    f"DAY [,] [at|{ABOUT}] midnight [ZONE]",
)
@_form("MOMENT", "noon", "midnight [ZONE] [on|of] [,] DAY", "DAY [,] [at] midnight [ZONE]")
def _midnight_of_day(_: Context, day: Days, zone: Clock = "local") -> Moments:
    msg = f"midnight may be the start or the end of {day.first} ({zone} time); name both days"
    raise Refusal(msg)
