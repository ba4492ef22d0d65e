"""Single days in reports: "on Wednesday", "7 September 2024", "yesterday"."""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from typing import NamedTuple

from airspace_events.phrases.context import Context, Days, Refusal, contradiction, day, one_day
from airspace_events.phrases.grammar import Grammar
from airspace_events.phrases.names import YEAR_DIGITS

FORMS = Grammar()
_form = FORMS.form

_DAY = timedelta(days=1)
_NEAR_DAYS = 183
_LEAP_YEAR = 2024


class NamedDate(NamedTuple):
    """A date as written in the report, possibly without a year."""

    day: int
    month: int
    year: int | None
    weekday: int | None = None


@_form("DATE", "date", "DOM [of] MONTH [[,] YEAR]", "MONTH [the] DOM [[,] YEAR]")
def _read_date(_: Context, dom: int, month: int, year: int | None = None) -> NamedDate:
    return NamedDate(dom, month, year)


@_form("DATE", "numeric_date", "NUMERIC")
def _read_numeric(context: Context, numeric: tuple[str, str, str]) -> NamedDate:
    first, second, third = (int(text) for text in numeric)
    if len(numeric[0]) == YEAR_DIGITS:
        return NamedDate(third, second, first)
    if len(numeric[2]) != YEAR_DIGITS:
        msg = "a numeric date needs a four-digit year"
        raise Refusal(msg)
    readings = {
        "day_first": NamedDate(first, second, third),
        "month_first": NamedDate(second, first, third),
    }
    real = {reading for reading in readings.values() if _is_real(reading)}
    if len(real) > 1 and context.date_order is not None:
        return readings[context.date_order]
    if len(real) > 1:
        days = " or ".join(sorted(f"{each.year}-{each.month:02}-{each.day:02}" for each in real))
        msg = f"the date may mean {days}; set date_order"
        raise Refusal(msg)
    return real.pop() if real else readings["day_first"]


def _is_real(named: NamedDate) -> bool:
    if named.year is None or not 1 <= named.month <= len(calendar.month_name) - 1:
        return False
    return 1 <= named.day <= calendar.monthrange(named.year, named.month)[1]


@_form("DATE", "date", "WEEKDAY [,] [the] DATE")
def _read_date_with_weekday(_: Context, weekday: int, date: NamedDate) -> NamedDate:
    return date._replace(weekday=weekday)


def resolved(context: Context, named: NamedDate, year: int | None = None) -> date:
    """Return the calendar day for a date in a report."""
    year = named.year or year
    found = day(year, named.month, named.day) if year else _last_occurrence(context, named)
    if named.weekday is not None and found.weekday() != named.weekday:
        right, given = calendar.day_name[found.weekday()], calendar.day_name[named.weekday]
        msg = f"{found} is a {right}, not a {given}"
        raise contradiction(msg)
    return found


def _last_occurrence(context: Context, named: NamedDate) -> date:
    """Return the last occurrence of a date that was written without a year.

    It is in the year of the reference, or at most six months before the reference.
    """
    today = context.today
    if named.day > calendar.monthrange(_LEAP_YEAR, named.month)[1]:
        msg = f"{calendar.month_name[named.month]} has no day {named.day}"
        raise Refusal(msg)
    for year in (today.year, today.year - 1):
        if named.day <= calendar.monthrange(year, named.month)[1]:
            found = day(year, named.month, named.day)
            if found <= today and (year == today.year or (today - found).days <= _NEAR_DAYS):
                return found
    msg = f"the day did not occur in the six months before {today}; add the year"
    raise Refusal(msg)


@_form("TODAY", "today", "today")
def _today(context: Context) -> Days:
    return one_day(context.today)


@_form("TODAY", "today", "yesterday")
def _yesterday(context: Context) -> Days:
    return one_day(context.day_at(-1))


@_form("TODAY", "today", "[the] day before yesterday")
def _day_before_yesterday(context: Context) -> Days:
    return one_day(context.day_at(-2))


@_form("TODAY", "today", "tomorrow")
def _tomorrow(context: Context) -> Days:
    return one_day(context.day_at(1))


@_form("DAY", "today", "TODAY:day")
@_form("DAY", "earlier_reference", "RELATED_DAY:day")
def _one_of_these_days(_: Context, day: Days) -> Days:
    return day


@_form("DAY", "weekday", "[on] WEEKDAY")
def _weekday(context: Context, weekday: int) -> Days:
    return one_day(context.weekday(weekday))


def last_weekday(today: date, weekday: int) -> date:
    """Return the last occurrence of a weekday (Monday is 0) on or before a given day."""
    return today - timedelta(days=(today.weekday() - weekday) % 7)


@_form("DAY", "date", "[on] [the] DATE")
def _dated(context: Context, date: NamedDate) -> Days:
    return one_day(resolved(context, date))


@_form("DATED", "date", "[the] DATE")
def _dated_day(context: Context, date: NamedDate) -> Days:
    return _dated(context, date)


@_form(
    "DAY",
    "day_told_twice",
    "TODAY:day [,] [on] [the] DATE",
    "[on] [the] DATE , TODAY:day",
)
def _day_with_date(context: Context, day: Days, date: NamedDate) -> Days:
    named = resolved(context, date)
    if named != day.first:
        msg = f"{named} and {day.first} are not the same day"
        raise contradiction(msg)
    return day


@_form("DAY", "day_told_twice", "TODAY:day [,] [on] WEEKDAY", "[on] WEEKDAY , TODAY:day")
def _day_with_weekday(_: Context, day: Days, weekday: int) -> Days:
    if day.first.weekday() != weekday:
        right, given = (calendar.day_name[number] for number in (day.first.weekday(), weekday))
        msg = f"{day.first} is a {right}, not a {given}"
        raise contradiction(msg)
    return day


@_form("DAY", "day_told_twice", "[on] [the] DATE , WEEKDAY")
def _date_with_weekday(context: Context, date: NamedDate, weekday: int) -> Days:
    return one_day(resolved(context, date._replace(weekday=weekday)))
