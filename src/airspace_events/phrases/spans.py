"""What is counted from the reference, or has one end: "two days ago", "since February"."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from dateutil.relativedelta import relativedelta

from airspace_events.phrases.clock import ABOUT, Time, last_time
from airspace_events.phrases.context import (
    Clock,
    Context,
    Days,
    Hours,
    Moments,
    Refusal,
    one_day,
    written,
)
from airspace_events.phrases.grammar import Found, Grammar
from airspace_events.phrases.months import Month
from airspace_events.phrases.words import Word

FORMS = Grammar()
_form, _terminal = FORMS.form, FORMS.terminal

_DAY = timedelta(days=1)
_LAPSES = {
    "day": relativedelta(days=1),
    "week": relativedelta(weeks=1),
    "month": relativedelta(months=1),
    "year": relativedelta(years=1),
}
# Units of the clock, and how much either side is meant, too.
_CLOCK_LAPSES = {"minute": timedelta(minutes=1), "hour": timedelta(hours=1)}
_CLOCK_MARGINS = {"minute": timedelta(minutes=5), "hour": timedelta(minutes=30)}
_LONGEST_AGO = 1000


@_terminal("UNIT")
def _units(words: list[Word], at: int) -> Iterator[Found]:
    text = words[at].text if at < len(words) else ""
    if text.removesuffix("s") in (*_LAPSES, *_CLOCK_LAPSES):
        yield at + 1, text.removesuffix("s")


def _now(context: Context, unit: str) -> datetime:
    now = context.now
    if now is None:
        msg = f"{unit}s are counted from an instant, and the reference is none"
        raise Refusal(msg)
    return now


def _earlier(now: datetime, lapse: timedelta) -> datetime:
    """An instant before another, by real time and not by the clock."""
    return (now.astimezone(UTC) - lapse).astimezone(now.tzinfo)


def _check(number: int) -> None:
    if not 1 <= number <= _LONGEST_AGO:
        msg = f"{number} is no number to count back"
        raise Refusal(msg)


@_form("LONG_AGO", "ago", "NUMBER UNIT ago")
def _ago(context: Context, number: int, unit: str) -> Days:
    _check(number)
    if unit in _CLOCK_LAPSES:
        msg = f"of {unit}s, an exact number is counted"
        raise Refusal(msg)
    then = context.today - number * _LAPSES[unit]
    if unit == "day":
        return one_day(then)
    if unit == "year":
        half = relativedelta(months=6)
        first, last = (Month(day.year, day.month) for day in (then - half, then + half))
        return Days(first.first, last.last, f"{first}/{last}")
    margin = timedelta(days=3 if unit == "week" else 15)
    return Days(then - margin, then + margin)


@_form("DAYS", "ago", "LONG_AGO:days")
def _long_ago(_: Context, days: Days) -> Days:
    return days


@_form("MOMENTS", "ago", "NUMBER UNIT ago", f"{ABOUT} NUMBER UNIT ago")
def _clock_units_ago(context: Context, number: int, unit: str) -> Moments:
    _check(number)
    if unit not in _CLOCK_LAPSES:
        msg = f"{unit}s are no time of day"
        raise Refusal(msg)
    lapse, margin = number * _CLOCK_LAPSES[unit], _CLOCK_MARGINS[unit]
    now = _now(context, unit)
    return Moments(_earlier(now, lapse + margin), min(now, _earlier(now, lapse - margin)))


@_form("DAYS", "past", "[in|over|during|within|for] the (past|last) [NUMBER] UNIT")
def _past(context: Context, unit: str, number: int = 1) -> Days | Moments:
    _check(number)
    if unit in _CLOCK_LAPSES and (context.now or unit == "minute" or number % 24):
        now = _now(context, unit)
        return Moments(_earlier(now, number * _CLOCK_LAPSES[unit]), now)
    if unit == "hour":
        unit, number = "day", number // 24
    today = context.today
    return Days(today - number * _LAPSES[unit], today)


_VAGUE = "(a few|few|several|some|many|a couple of|couple of)"


@_form(
    "OPEN",
    "recent",
    "[in|over|during] [the] recent UNIT",
    f"[in|over|during|within|for] the (past|last) {_VAGUE} UNIT",
    "(recently|lately)",
    "of late",
)
def _recently(context: Context, unit: str = "day") -> str:  # noqa: ARG001 (no unit is counted)
    return f"/{context.today}"


@_form("OPEN", "recent", f"{_VAGUE} UNIT ago")
def _some_time_ago(context: Context, unit: str) -> str:
    if unit in _CLOCK_LAPSES:
        return f"/{written(_now(context, unit))}"
    return f"/{context.today - _DAY}"


# One end.


@_form(
    "MOMENT",
    "until",
    "TIME [ZONE] [on|of] [,] DAY",
    "DAY [,] [at] TIME [ZONE]",
    "TIME [ZONE]",
)
def _moment(
    context: Context, time: Time, zone: Clock = "local", day: Days | None = None
) -> Moments:
    hours = Hours(time.hour, time.hour, zone, (time.hour, time.hour))
    return context.instants(day.first, hours) if day else last_time(context, hours)


def _start(days: Days) -> str:
    """The first day, as coarse as it is written."""
    return str(days.first if days.has_choice else str(days).partition("/")[0])


def _end(days: Days) -> str:
    """The last day, as coarse as it is written."""
    return str(days.last if days.has_choice else str(days).rpartition("/")[2])


@_form("OPEN", "since", "[ever] since DAYS")
def _since(_: Context, days: Days) -> str:
    return f"{_start(days)}/.."


@_form("OPEN", "since", "[ever] since MOMENT", "[ever] since PART_OF_DAY:moment")
def _since_moment(_: Context, moment: Moments | Days) -> str:
    if isinstance(moment, Days):
        return f"{_start(moment)}/.."
    return f"{written(moment.start)}/.."


@_form("OPEN", "until", "(until|till|by|up to) DAYS")
def _until(_: Context, days: Days) -> str:
    return f"/{_end(days)}"


@_form("OPEN", "until", "before MONTHLY:named", "before YEARLY:named", "before DAYS:named")
def _before(_: Context, named: Month | int | Days) -> str:
    if isinstance(named, int):
        return f"/{named - 1}"
    before = named.first - _DAY
    return f"/{Month(before.year, before.month) if isinstance(named, Month) else before}"


@_form("OPEN", "until", "after MONTHLY:named", "after YEARLY:named", "after DAYS:named")
def _after(_: Context, named: Month | int | Days) -> str:
    if isinstance(named, int):
        return f"{named + 1}/"
    after = named.last + _DAY
    return f"{Month(after.year, after.month) if isinstance(named, Month) else after}/"


@_form("OPEN", "until", "(until|till|by|up to|before) MOMENT")
def _before_moment(_: Context, moment: Moments) -> str:
    return f"/{written(moment.end)}"


@_form("OPEN", "until", "after MOMENT")
def _after_moment(_: Context, moment: Moments) -> str:
    return f"{written(moment.start)}/"


# About a date.


@_form(
    "OPEN",
    "about_a_date",
    f"[on or] {ABOUT} DAY:named",
    f"{ABOUT} RANGE:named",
    f"{ABOUT} MONTHLY:named",
    f"{ABOUT} YEARLY:named",
    f"{ABOUT} LONG_AGO:named",
)
def _about_a_date(_: Context, named: Days | Month | int) -> str:
    return "/".join(f"{end}~" for end in str(named).split("/"))
