"""Months, years and their parts: "in September", "late August", "mid-2024"."""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from typing import NamedTuple

from dateutil.relativedelta import relativedelta

from airspace_events.phrases.context import Context, Days, Refusal, day
from airspace_events.phrases.grammar import Grammar
from airspace_events.values import edtf

FORMS = Grammar()
_form = FORMS.form

_NEAR_MONTHS = 6
_SECOND, _LAST_QUARTER = 2, 4


class Month(NamedTuple):
    """A month with its year."""

    year: int
    month: int

    @property
    def first(self) -> date:
        """Return the first day of the month."""
        return day(self.year, self.month, 1)

    @property
    def last(self) -> date:
        """Return the last day of the month."""
        return day(self.year, self.month, calendar.monthrange(self.year, self.month)[1])

    def __str__(self) -> str:
        return f"{self.year}-{self.month:02}"


# Months and their parts.


@_form("MONTHLY", "month", "MONTH [,] YEAR")
def _month_of_year(_: Context, month: int, year: int) -> Month:
    return Month(year, month)


@_form("MONTHLY", "date_without_year", "MONTH")
def _month_without_year(context: Context, month: int) -> Month:
    today = context.today
    year = today.year - (month > today.month)
    distance = (today.year - year) * 12 + today.month - month
    if year < today.year and distance > _NEAR_MONTHS:
        name = calendar.month_name[month]
        msg = f"{name} did not occur in the six months before {today}; add the year"
        raise Refusal(msg)
    return Month(year, month)


@_form("MONTHLY", "month", "this month")
def this_month(context: Context) -> Month:
    """Return the month of the reference."""
    return Month(context.today.year, context.today.month)


@_form("MONTHLY", "month", "last month")
def _last_month(context: Context) -> Month:
    before = context.today - relativedelta(months=1)
    return Month(before.year, before.month)


@_form("DAYS", "month", "[in|during|sometime in] MONTHLY")
def whole_month(_: Context, monthly: Month) -> Days:
    """Return all days of a month."""
    return Days(monthly.first, monthly.last, str(monthly))


@_form(
    "DAYS",
    "month",
    "[from] MONTH:first (to|-|until|till|through) MONTH YEAR",
    "between MONTH:first and MONTH YEAR",
    "[from] MONTHLY:first (to|-|until|till|through) MONTH YEAR",
    "between MONTHLY:first and MONTH YEAR",
)
def _months_in_a_row(_: Context, first: Month | int, month: int, year: int) -> Days:
    start = Month(year - (first >= month), first) if isinstance(first, int) else first
    end = Month(year, month)
    if start > end:
        msg = f"{start} is after {end}"
        raise Refusal(msg)
    return Days(start.first, end.last, f"{start}/{end}")


@_form("DAYS", "last_weekday", "[in|during] last MONTH")
def _last_named_month(context: Context, month: int) -> Days:
    today = context.today
    last = Month(today.year - (month >= today.month), month)
    before = last._replace(year=last.year - 1)
    if month == today.month:
        return whole_month(context, last)
    return Days(before.first, last.last, f"[{before},{last}]")


@_form("DAYS", "last_season", "[in|during] last SEASON")
def _last_season(context: Context, season: int) -> Days:
    """Return the last two occurrences of a season, because "last summer" may mean either.

    Each of them begins before the day of the reference.
    """
    year = context.today.year + 1
    while (
        edtf.parse_point(f"{year}-{_season_code(context, season)}").first.date() >= context.today
    ):
        year -= 1
    first, last = (_season(context, season, each) for each in (year - 1, year))
    return Days(first.first, last.last, f"[{first},{last}]")


def _part(monthly: Month, first: int, last: int) -> Days:
    end = monthly.last
    return Days(monthly.first + timedelta(days=first - 1), min(end, end.replace(day=last)))


@_form("DAYS", "part_of_month", "[in] early [-|in] MONTHLY")
def _early(_: Context, monthly: Month) -> Days:
    return _part(monthly, 1, 10)


@_form("DAYS", "part_of_month", "[in] mid [-] MONTHLY", "[in] [the] middle of MONTHLY")
def _mid(_: Context, monthly: Month) -> Days:
    return _part(monthly, 10, 20)


@_form("DAYS", "part_of_month", "[in] late [-|in] MONTHLY")
def _late(_: Context, monthly: Month) -> Days:
    return _part(monthly, 20, monthly.last.day)


@_form("DAYS", "part_of_month", "[at|in] [the] (start|beginning) of MONTHLY")
def _start_of_month(_: Context, monthly: Month) -> Days:
    return _part(monthly, 1, 7)


@_form("DAYS", "part_of_month", "[at|towards|toward] [the] end of MONTHLY")
def _end_of_month(_: Context, monthly: Month) -> Days:
    return _part(monthly, monthly.last.day - 6, monthly.last.day)


@_form("DAYS", "part_of_month", "[in|during] [the] ORDINAL half of MONTHLY")
def _half_of_month(_: Context, ordinal: int, monthly: Month) -> Days:
    if ordinal == 1:
        return _part(monthly, 1, 15)
    return (
        _part(monthly, 16, monthly.last.day) if ordinal == _SECOND else _no_such("half", ordinal)
    )


def _no_such(part: str, ordinal: int) -> Days:
    msg = f"{part} {ordinal} does not exist"
    raise Refusal(msg)


# Years and their parts.


@_form("YEARLY", "month", "YEAR")
def _year(_: Context, year: int) -> int:
    return day(year, 1, 1).year


@_form("YEARLY", "month", "this year")
def _this_year(context: Context) -> int:
    return context.today.year


@_form("YEARLY", "month", "last year")
def _last_year(context: Context) -> int:
    return context.today.year - 1


@_form("DAYS", "month", "[in|during|sometime in] YEARLY")
def whole_year(_: Context, yearly: int) -> Days:
    """Return all days of a year."""
    return Days(day(yearly, 1, 1), day(yearly, 12, 31), str(yearly))


@_form(
    "DAYS",
    "month",
    "[from] YEAR:first (to|-|until|till|through) YEAR:last",
    "between YEAR:first and YEAR:last",
)
def _years_in_a_row(_: Context, first: int, last: int) -> Days:
    if first >= last:
        msg = f"{first} is not before {last}"
        raise Refusal(msg)
    return Days(day(first, 1, 1), day(last, 12, 31), f"{first}/{last}")


@_form("DAYS", "month", "[in|during] the DECADE")
def _decade(_: Context, decade: int) -> Days:
    return Days(day(decade, 1, 1), day(decade + 9, 12, 31), f"{decade // 10}X")


def _months_of(year: int, first: int, last: int) -> Days:
    start, end = Month(year, first), Month(year, last)
    return Days(start.first, end.last, f"{start}/{end}")


@_form(
    "DAYS", "part_of_year", "[in] early [-|in] YEARLY", "[at|in] [the] (start|beginning) of YEARLY"
)
def _early_in_year(_: Context, yearly: int) -> Days:
    return _months_of(yearly, 1, 4)


@_form("DAYS", "part_of_year", "[in] mid [-] YEARLY", "[in] [the] middle of YEARLY")
def _mid_year(_: Context, yearly: int) -> Days:
    return _months_of(yearly, 5, 8)


@_form(
    "DAYS", "part_of_year", "[in] late [-|in] YEARLY", "[at|towards|toward] [the] end of YEARLY"
)
def _late_in_year(_: Context, yearly: int) -> Days:
    return _months_of(yearly, 9, 12)


@_form(
    "DAYS",
    "part_of_year",
    "[in|during] [the] ORDINAL quarter of YEARLY",
    "[in] q NUMBER:ordinal [of] YEARLY",
)
def _quarter(_: Context, ordinal: int, yearly: int) -> Days:
    if not 1 <= ordinal <= _LAST_QUARTER:
        return _no_such("quarter", ordinal)
    months = _months_of(yearly, 3 * ordinal - 2, 3 * ordinal)
    return months._replace(written=f"{yearly}-{32 + ordinal}")


@_form("DAYS", "part_of_year", "[in|during] [the] ORDINAL half of YEARLY")
def _half_of_year(_: Context, ordinal: int, yearly: int) -> Days:
    if not 1 <= ordinal <= _SECOND:
        return _no_such("half", ordinal)
    months = _months_of(yearly, 6 * ordinal - 5, 6 * ordinal)
    return months._replace(written=f"{yearly}-{39 + ordinal}")


@_form("DAYS", "part_of_year", "[in|during] [the] SEASON [of] YEARLY")
def _season(context: Context, season: int, yearly: int) -> Days:
    code = _season_code(context, season)
    return whole_year(context, yearly)._replace(written=f"{yearly}-{code}")


def _season_code(context: Context, season: int) -> int:
    """Return the EDTF code of a season, for the hemisphere of the time zone if it is clear."""
    continent = str(context.zone).partition("/")[0]
    return {"Europe": 25, "Australia": 29}.get(continent, 21) + season
