"""Times counted from the reference ("two days ago"), and times with one end ("since May")."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from dateutil.relativedelta import relativedelta

from airspace_events.phrases.clock import ABOUT
from airspace_events.phrases.context import (
    Context,
    Days,
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
# Hours and minutes, with the margin on either side.
CLOCK_LAPSES = {"minute": timedelta(minutes=1), "hour": timedelta(hours=1)}
CLOCK_MARGINS = {"minute": timedelta(minutes=5), "hour": timedelta(minutes=30)}
_LONGEST_AGO, _HOURS_OF_DAY = 1000, 24


@_terminal("UNIT")
def _units(words: list[Word], at: int) -> Iterator[Found]:
    text = words[at].text.removesuffix("s") if at < len(words) else ""
    if text in _LAPSES:
        yield at + 1, text


@_terminal("CLOCK_UNIT")
def _clock_units(words: list[Word], at: int) -> Iterator[Found]:
    text = words[at].text.removesuffix("s") if at < len(words) else ""
    if text in CLOCK_LAPSES:
        yield at + 1, text


def instant_of(context: Context, unit: str) -> datetime:
    """Return the instant of the reference, from which hours and minutes are counted."""
    now = context.now
    if now is None:
        msg = f"to count {unit}s, use an instant as the reference"
        raise Refusal(msg)
    return now


def _earlier(now: datetime, lapse: timedelta) -> datetime:
    """Subtract elapsed time, not clock time, from an instant."""
    return (now.astimezone(UTC) - lapse).astimezone(now.tzinfo)


def check_number(number: int) -> None:
    """Reject a number that is too small or too large to count from the reference."""
    if not 1 <= number <= _LONGEST_AGO:
        msg = f"the number must be between 1 and {_LONGEST_AGO}, not {number}"
        raise Refusal(msg)


@_form("LONG_AGO", "ago", "NUMBER UNIT ago")
def _ago(context: Context, number: int, unit: str) -> Days:
    return lapse_of_days(context, number, unit, later=False)


def lapse_of_days(context: Context, number: int, unit: str, *, later: bool) -> Days:
    """Return the days a given number of units before or after the reference, with a margin."""
    check_number(number)
    number = number if later else -number
    if unit == "day":
        return one_day(context.day_at(number))
    then = context.today + number * _LAPSES[unit]
    if unit == "year":
        half = relativedelta(months=6)
        first, last = (Month(day.year, day.month) for day in (then - half, then + half))
        return Days(first.first, last.last, f"{first}/{last}")
    margin = timedelta(days=3 if unit == "week" else 15)
    return Days(then - margin, then + margin)


@_form("DAYS", "ago", "LONG_AGO:days")
def _long_ago(_: Context, days: Days) -> Days:
    return days


@_form("MOMENTS", "ago", "NUMBER CLOCK_UNIT:unit ago", f"{ABOUT} NUMBER CLOCK_UNIT:unit ago")
def clock_units_ago(context: Context, number: int, unit: str) -> Moments:
    """Return the time a given number of hours or minutes before the reference, with a margin."""
    check_number(number)
    lapse, margin = number * CLOCK_LAPSES[unit], CLOCK_MARGINS[unit]
    now = instant_of(context, unit)
    return Moments(_earlier(now, lapse + margin), min(now, _earlier(now, lapse - margin)))


@_form("DAYS", "past", "[in|over|during|within|for] [the] (past|last) NUMBER UNIT")
def _past(context: Context, unit: str, number: int) -> Days:
    check_number(number)
    today = context.today
    first = context.day_at(-number) if unit == "day" else today - number * _LAPSES[unit]
    return Days(first, today)


@_form("DAYS", "past", "for the NTH time in [the] [past|last] NUMBER UNIT")
def _nth_time_in(context: Context, unit: str, number: int, **_: int) -> Days:
    return _past(context, unit, number)


@_form("DAYS", "past", "[in|over|during|within|for] the (past|last) UNIT", "past UNIT")
def _past_one(context: Context, unit: str) -> Days:
    return _past(context, unit, 1)


@_form("MOMENTS", "past", "[in|over|during|within|for] [the] (past|last) [NUMBER] CLOCK_UNIT:unit")
def _past_hours(context: Context, unit: str, number: int = 1) -> Moments | Days:
    check_number(number)
    if unit == "hour" and context.now is None and number % _HOURS_OF_DAY == 0:
        # A day of 23 hours may let the time begin one day earlier.
        days = _past(context, "day", number // _HOURS_OF_DAY)
        return days._replace(first=min(days.first, context.hours_before_today(number).date()))
    now = instant_of(context, unit)
    return Moments(_earlier(now, number * CLOCK_LAPSES[unit]), now)


VAGUE = "(a few|few|several|some|many|a couple of|couple of)"


@_form(
    "OPEN",
    "recent",
    "[in|over|during] [the] recent (UNIT|CLOCK_UNIT)",
    f"[in|over|during|within|for] [the] (past|last) {VAGUE} (UNIT|CLOCK_UNIT)",
    "(recently|lately)",
    "of late",
)
def _recently(context: Context, **_: str) -> str:
    return f"/{context.today}"


@_form("OPEN", "recent", f"{VAGUE} UNIT ago")
def _some_time_ago(context: Context, unit: str) -> str:  # noqa: ARG001 (no unit is counted)
    return f"/{context.today - _DAY}"


@_form("OPEN", "recent", f"{VAGUE} CLOCK_UNIT:unit ago")
def _some_hours_ago(context: Context, unit: str) -> str:
    return f"/{written(instant_of(context, unit))}"


# Times with one end.


_UNTIL = "([up] until|[up] till|by|up to)"


def _start(days: Days) -> str:
    """Return the first day, month or year, with the precision of the phrase."""
    return str(days.first if days.has_choice else str(days).partition("/")[0])


def _end(days: Days) -> str:
    return str(days.last if days.has_choice else str(days).rpartition("/")[2])


@_form("OPEN", "since", "[ever] since DAYS")
def _since(context: Context, days: Days) -> str:
    context.may_lie_ahead = False
    return f"{_start(days)}/.."


@_form("OPEN", "since", "[ever] since MOMENT", "[ever] since PART_OF_DAY:moment")
def _since_moment(context: Context, moment: Moments | Days) -> str:
    context.may_lie_ahead = False
    if isinstance(moment, Days):
        return f"{_start(moment)}/.."
    return f"{written(moment.start)}/.."


@_form("OPEN", "from", "from DAYS [onward|onwards]")
def _from(_: Context, days: Days) -> str:
    return f"{_start(days)}/"


@_form("OPEN", "from", "from MOMENT [onward|onwards]")
def _from_moment(_: Context, moment: Moments) -> str:
    return f"{written(moment.start)}/"


@_form("OPEN", "until", f"{_UNTIL} DAYS")
def _until(context: Context, days: Days) -> str:
    context.may_lie_ahead |= bool(context.recurs)
    return f"/{_end(days)}"


@_form("OPEN", "until", "before MONTHLY:named", "before YEARLY:named", "before DAYS:named")
def _before(context: Context, named: Month | int | Days) -> str:
    context.may_lie_ahead |= bool(context.recurs)
    if isinstance(named, int):
        return f"/{named - 1}"
    before = named.first - _DAY
    return f"/{Month(before.year, before.month) if isinstance(named, Month) else before}"


@_form("OPEN", "until", "after MONTHLY:named", "after YEARLY:named", "after DAYS:named")
def _after(context: Context, named: Month | int | Days) -> str:
    if isinstance(named, int):
        return f"{named + 1}/"
    after = named.last + _DAY
    if context.recurs and not context.ahead and after > context.today:
        # "After Tuesday", said on a Tuesday, may mean after last Tuesday or after today.
        context.may_lie_ahead = True
        after -= context.recurs
    return f"{Month(after.year, after.month) if isinstance(named, Month) else after}/"


@_form("OPEN", "until", f"{_UNTIL} PART_OF_DAY:part")
def _until_part(context: Context, part: Moments | Days) -> str:
    context.may_lie_ahead |= bool(context.recurs)
    return f"/{_end(part)}" if isinstance(part, Days) else f"/{written(part.end)}"


@_form("OPEN", "until", "before PART_OF_DAY:part")
def _before_part(context: Context, part: Moments | Days) -> str:
    context.may_lie_ahead |= bool(context.recurs)
    return f"/{_end(part)}" if isinstance(part, Days) else f"/{written(part.last_start)}"


@_form(
    "MOMENTS",
    "part_of_day",
    "[from] PART_OF_DAY:first (to|until|till|into|-) PART_OF_DAY:last",
    "between PART_OF_DAY:first and PART_OF_DAY:last",
)
def _between_parts(_: Context, first: Moments | Days, last: Moments | Days) -> Moments | Days:
    if isinstance(first, Days) or isinstance(last, Days):
        if not (isinstance(first, Days) and isinstance(last, Days) and first.first <= last.last):
            msg = "the end is before the start"
            raise Refusal(msg)
        return Days(first.first, last.last)
    if first.start >= last.end:
        msg = "the end is before the start"
        raise Refusal(msg)
    return Moments(first.start, last.end)


@_form("OPEN", "until", f"({_UNTIL}|before) MOMENT")
def _before_moment(context: Context, moment: Moments) -> str:
    context.may_lie_ahead |= bool(context.recurs)
    return f"/{written(moment.end)}"


@_form("OPEN", "until", "after MOMENT")
def _after_moment(_: Context, moment: Moments) -> str:
    return f"{written(moment.start)}/"


@_form("OPEN", "until", "as of DAYS:time", "as of MOMENT:time", "as of PART_OF_DAY:time")
def _as_of(_: Context, time: Moments | Days) -> str:
    if isinstance(time, Days):
        first, last = _start(time), _end(time)
    else:
        first, last = written(time.start), written(time.end)
    msg = f'"as of" may mean "until then" or "from then on"; write /{last} or {first}/'
    raise Refusal(msg)


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
