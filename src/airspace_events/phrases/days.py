"""Several days in reports: "7 to 8 Sept 2024", "at the weekend", "earlier this month"."""

from __future__ import annotations

from datetime import date, timedelta

from airspace_events.phrases.context import Context, Days, Refusal, contradiction, day, one_day
from airspace_events.phrases.dates import NamedDate, last_weekday, resolved
from airspace_events.phrases.grammar import Grammar
from airspace_events.phrases.months import Month, this_month, whole_month, whole_year

FORMS = Grammar()
_form = FORMS.form

_DAY = timedelta(days=1)
_SATURDAY, _SUNDAY = 5, 6


@_form("DAYS", "today", "DAY")
@_form("DAYS", "earlier_reference", "later DAY")
def _one_day(_: Context, day: Days) -> Days:
    return day


def _span(first: date, last: date) -> Days:
    if first > last:
        msg = f"{first} is after {last}"
        raise Refusal(msg)
    return Days(first, last)


@_form(
    "RANGE",
    "days",
    "[from|on] [the] DOM:first (to|-|/|until|till|through) [the] DATE:last",
    "between [the] DOM:first (and|-) [the] DATE:last",
)
def _days_of_one_month(context: Context, first: int, last: NamedDate) -> Days:
    end = resolved(context, last)
    return _span(day(end.year, end.month, first), end)


@_form(
    "RANGE",
    "days",
    "[from|on] MONTH [the] DOM:first (to|-|until|till|through) [the] DOM:last [[,] YEAR]",
    "between MONTH [the] DOM:first (and|-) [the] DOM:last [[,] YEAR]",
)
def _days_after_their_month(
    context: Context, month: int, first: int, last: int, year: int | None = None
) -> Days:
    end = resolved(context, NamedDate(last, month, year))
    return _span(day(end.year, month, first), end)


@_form(
    "RANGE",
    "days",
    "[from] [the] DATE:first (to|-|until|till|through) [the] DATE:last",
    "between [the] DATE:first and [the] DATE:last",
)
def _dates(context: Context, first: NamedDate, last: NamedDate) -> Days:
    end = resolved(context, last)
    over_new_year = (first.month, first.day) > (last.month, last.day)
    return _span(resolved(context, first, end.year - over_new_year), end)


@_form(
    "RANGE",
    "days",
    "WEEKDAY:first (to|-|into) WEEKDAY:last",
    "between WEEKDAY:first and WEEKDAY:last",
)
def _weekdays_in_a_row(context: Context, first: int, last: int) -> Days:
    end = context.weekday(last)
    return Days(last_weekday(end - _DAY, first), end)


def _weekdays_in_order(context: Context, first: int, last: int) -> Days:
    found = _weekdays_in_a_row(context, first, last)
    if not context.ahead and context.weekday(first) > found.last:
        msg = "the weekdays are not in order, so it is unclear which weeks are meant"
        raise Refusal(msg)
    return found


@_form(
    "DAYS",
    "until",
    "from WEEKDAY:first (to|until|till|through) WEEKDAY:last",
    "WEEKDAY:first (until|till|through) WEEKDAY:last",
)
def _until_weekday(context: Context, first: int, last: int) -> Days:
    found = _weekdays_in_a_row(context, first, last)
    context.may_lie_ahead = True
    return found


@_form("SET", "days", "[on] [the] DOM:first , [the] DOM:second and [the] DATE:last")
def _three_days(context: Context, first: int, second: int, last: NamedDate) -> Days:
    end = resolved(context, last)
    days = [day(end.year, end.month, first), day(end.year, end.month, second), end]
    if days != sorted(set(days)):
        msg = "the days are not in order"
        raise Refusal(msg)
    return Days(days[0], end, "{" + ",".join(map(str, days)) + "}")


@_form("DAYS", "days", "RANGE:found", "SET:found")
def _several_days(_: Context, found: Days) -> Days:
    return found


@_form("SET", "days", "[on] [the] DOM:first and [the] DATE:last")
def _both_days(context: Context, first: int, last: NamedDate) -> Days:
    return _all_of(_days_of_one_month(context, first, last))


@_form("SET", "days", "[on] MONTH DOM:first and DOM:last [[,] YEAR]")
def _both_days_after_their_month(
    context: Context, month: int, first: int, last: int, year: int | None = None
) -> Days:
    return _all_of(_days_after_their_month(context, month, first, last, year))


@_form("SET", "days", "[on] WEEKDAY:first and [on] WEEKDAY:last")
def _both_weekdays(context: Context, first: int, last: int) -> Days:
    return _all_of(_weekdays_in_order(context, first, last))


@_form("SET", "days", "[on] [the] DATE:first and [on] [the] DATE:last")
def _both_dates(context: Context, first: NamedDate, last: NamedDate) -> Days:
    return _all_of(_dates(context, first, last))


@_form("SET", "days", "[on] [the] DOM:first or [the] DATE:last")
def _either_day(context: Context, first: int, last: NamedDate) -> Days:
    return _one_of(_days_of_one_month(context, first, last))


@_form("SET", "days", "[on] MONTH DOM:first or DOM:last [[,] YEAR]")
def _either_day_after_their_month(
    context: Context, month: int, first: int, last: int, year: int | None = None
) -> Days:
    return _one_of(_days_after_their_month(context, month, first, last, year))


@_form("SET", "days", "[on] WEEKDAY:first or [on] WEEKDAY:last")
def _either_weekday(context: Context, first: int, last: int) -> Days:
    return _one_of(_weekdays_in_order(context, first, last))


@_form("SET", "days", "[on] [the] DATE:first or [on] [the] DATE:last")
def _either_date(context: Context, first: NamedDate, last: NamedDate) -> Days:
    return _one_of(_dates(context, first, last))


def _all_of(ends: Days) -> Days:
    return ends._replace(written=f"{{{ends.first},{ends.last}}}")


def _one_of(ends: Days) -> Days:
    return ends._replace(written=f"[{ends.first},{ends.last}]")


@_form("DAYS", "last_weekday", "[on] last WEEKDAY")
def _last_named_weekday(context: Context, weekday: int) -> Days:
    last = last_weekday(context.today - _DAY, weekday)
    if context.today.weekday() == weekday:
        return one_day(last)
    return _one_of(Days(last - timedelta(days=7), last))


@_form("DAYS", "weekday", "[on] this past WEEKDAY")
def _this_past_weekday(context: Context, weekday: int) -> Days:
    return one_day(last_weekday(context.today - _DAY, weekday))


@_form("DAYS", "week", "[on] WEEKDAY [of] last week", "last week [,] on WEEKDAY")
def _day_of_last_week(context: Context, weekday: int) -> Days:
    day = last_weekday(context.today, 0) + timedelta(days=weekday - 7)
    # If weeks begin on Sunday, the Sunday of last week is the day before the Monday of that week.
    return _one_of(Days(day - timedelta(days=7), day)) if weekday == _SUNDAY else one_day(day)


# Weeks and weekends.


@_form("DAYS", "week", "[in|during|over] this week")
def _this_week(context: Context) -> Days:
    monday = last_weekday(context.today, 0)
    return Days(monday, monday + timedelta(days=6))


@_form("DAYS", "week", "[in|during] last week")
def _last_week(context: Context) -> Days:
    monday = last_weekday(context.today, 0) - timedelta(days=7)
    return Days(monday, monday + timedelta(days=6))


@_form("DAYS", "week", "[in|during] the week of DATED")
def _week_of(_: Context, dated: Days) -> Days:
    monday = last_weekday(dated.first, 0)
    return Days(monday, monday + timedelta(days=6))


@_form("DAYS", "weekend", "[at|over|on|during] (the|this past|the past) weekend")
def _weekend(context: Context) -> Days:
    saturday = last_weekday(context.today, _SATURDAY)
    return Days(saturday, saturday + _DAY)


@_form("DAYS", "weekend", "[at|over|on|during] last weekend")
def _last_weekend(context: Context) -> Days:
    on_weekend = context.today.weekday() >= _SATURDAY
    saturday = last_weekday(context.today, _SATURDAY) - timedelta(days=7 * on_weekend)
    return Days(saturday, saturday + _DAY)


@_form("DAYS", "weekend", "[at|over|on|during] this weekend")
def _this_weekend(context: Context) -> Days:
    if context.today.weekday() < _SATURDAY:
        msg = 'on a weekday, "this weekend" may mean the last or the next weekend; write the dates'
        raise Refusal(msg)
    return _weekend(context)


@_form("DAYS", "weekend", "[at|over|on|during] [the] weekend of DATED")
def _weekend_with(_: Context, dated: Days) -> Days:
    if dated.first.weekday() < _SATURDAY:
        msg = f"{dated.first} is not on a weekend"
        raise contradiction(msg)
    saturday = last_weekday(dated.first, _SATURDAY)
    return Days(saturday, saturday + _DAY)


@_form("DAYS", "weekend", "[at|over|on|during] [the] weekend of RANGE:days")
def _weekend_of(_: Context, days: Days) -> Days:
    if days.first.weekday() != _SATURDAY or days.last != days.first + _DAY:
        msg = f"{days.first} to {days.last} is not a weekend"
        raise contradiction(msg)
    return days


# Earlier in a week, month or year, and a week, month or year so far.

_STILL_THE_MONTH_BEFORE = 3


@_form("DAYS", "so_far", "so far this week", "for the NTH time this week")
def _week_so_far(context: Context, **_: int) -> Days:
    return Days(last_weekday(context.today, 0), context.today)


@_form("DAYS", "so_far", "so far this month", "for the NTH time this month")
def _month_so_far(context: Context, **_: int) -> Days:
    return Days(context.today.replace(day=1), context.today)


@_form("DAYS", "so_far", "so far this year", "for the NTH time this year")
def _year_so_far(context: Context, **_: int) -> Days:
    return Days(context.today.replace(month=1, day=1), context.today)


def _before_today(context: Context, first: date, last: date) -> Days:
    yesterday = context.today - _DAY
    if first > yesterday:
        msg = f"no part of this time is before the reference, {context.today}"
        raise Refusal(msg)
    return Days(first, min(last, yesterday))


@_form("DAYS", "earlier", "earlier (this|in the) week")
def _earlier_this_week(context: Context) -> Days:
    return _before_today(context, *_this_week(context)[:2])


@_form("DAYS", "earlier", "earlier (this|in the) month")
def _earlier_this_month(context: Context) -> Days:
    today = context.today
    if today.day > _STILL_THE_MONTH_BEFORE:
        return _earlier_in_month(context, this_month(context))
    # In the first days of a month, a writer may also mean the month that has just ended.
    before = today.replace(day=1) - _DAY
    return Days(before.replace(day=1), today - _DAY)


@_form("DAYS", "earlier", "earlier in MONTHLY")
def _earlier_in_month(context: Context, monthly: Month) -> Days:
    if monthly.last < context.today:
        return whole_month(context, monthly)
    return _before_today(context, monthly.first, monthly.last)


@_form("DAYS", "earlier", "earlier (this|in the) year")
def _earlier_this_year(context: Context) -> Days:
    return _earlier_in_year(context, context.today.year)


@_form("DAYS", "earlier", "earlier in YEARLY")
def _earlier_in_year(context: Context, yearly: int) -> Days:
    if yearly < context.today.year:
        return whole_year(context, yearly)
    return _before_today(context, day(yearly, 1, 1), day(yearly, 12, 31))
