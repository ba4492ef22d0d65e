"""Parts of a day, and nights: "in the early hours of", "yesterday evening", "overnight"."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from airspace_events.phrases.clock import texts
from airspace_events.phrases.context import (
    Context,
    Days,
    Hours,
    Moments,
    Refusal,
    contradiction,
    one_day,
    together,
)
from airspace_events.phrases.dates import NamedDate, resolved
from airspace_events.phrases.grammar import Found, Grammar
from airspace_events.phrases.words import Word

FORMS = Grammar()
_form, _terminal = FORMS.form, FORMS.terminal

_DAY, _HOUR = timedelta(days=1), timedelta(hours=1)
DUSK, DAWN = 18 * _HOUR, 9 * _HOUR
"""The start and the end of a night, as times since midnight."""

PARTS: dict[tuple[str, ...], tuple[int, int]] = {
    ("early", "hours"): (0, 6),
    ("small", "hours"): (0, 6),
    ("early", "morning", "hours"): (0, 9),
    ("early", "morning"): (0, 9),
    ("pre", "dawn", "hours"): (0, 8),
    ("pre", "dawn"): (0, 8),
    ("predawn", "hours"): (0, 8),
    ("predawn",): (0, 8),
    ("early", "hours", "of", "the", "morning"): (0, 6),
    ("before", "dawn"): (0, 8),
    ("hours", "before", "dawn"): (0, 8),
    ("dawn",): (3, 9),
    ("daybreak",): (3, 9),
    ("sunrise",): (3, 9),
    ("morning", "hours"): (0, 12),
    ("morning",): (0, 12),
    ("mid", "morning"): (8, 12),
    ("midmorning",): (8, 12),
    ("middle", "of", "the", "morning"): (8, 12),
    ("late", "morning"): (9, 12),
    ("early", "afternoon"): (12, 15),
    ("late", "afternoon"): (15, 19),
    ("afternoon",): (12, 19),
    ("mid", "afternoon"): (13, 18),
    ("midafternoon",): (13, 18),
    ("dusk",): (15, 23),
    ("sunset",): (15, 23),
    ("nightfall",): (15, 23),
    ("early", "evening"): (17, 20),
    ("late", "evening"): (20, 24),
    ("evening", "hours"): (17, 24),
    ("evening",): (17, 24),
}
_EARLY, _LATE, _LATE_NIGHT = (0, 9), (17, 24), (20, 33)


_BY_FIRST_WORD = {
    first: [(names, hours) for names, hours in PARTS.items() if names[0] == first]
    for first, *_ in PARTS
}


@_terminal("PART")
def _parts(words: list[Word], at: int) -> Iterator[Found]:
    texts = [word.text for word in words[at:]]
    for names, hours in _BY_FIRST_WORD.get(texts[0], ()) if texts else ():
        end = 0
        for name in names:
            end += end > 0 and texts[end : end + 1] == ["-"]
            if texts[end : end + 1] != [name]:
                break
            end += 1
        else:
            yield at + end, hours


def part_of(context: Context, day: date, part: tuple[int, int]) -> Moments | Days:
    """Return the hours of a part of a day, or the whole day if the hours are not known."""
    hours = Hours(part[0] * _HOUR, part[1] * _HOUR)
    return context.of_day(day, hours) if context.has_hours else _days_of(context, day, part)


def _days_of(context: Context, day: date, part: tuple[int, int]) -> Days:
    """Return the days on which a part of a day may fall, if its hours are not known."""
    days = Days(day, day + timedelta(days=(part[1] - 1) // 24))
    if not context.recurs or day != context.today or context.now is None:
        return days
    back = context.time_back(context.now.replace(hour=part[0] % 24, minute=0))
    return Days(days.first - back, days.last - back)


@_form(
    "PART_OF_DAY",
    "part_of_day",
    "[in|during|on|at] [the] PART [of] [the] DAY",
    "DAY [,] [in|during|at] [the] PART",
)
def _part_of_day(context: Context, part: tuple[int, int], day: Days) -> Moments | Days:
    return part_of(context, day.first, part)


@_form("PART_OF_DAY", "part_of_day", "[in|during|on|at] [the] PART of DAY PART:within")
def _part_within_part(
    context: Context, part: tuple[int, int], day: Days, within: tuple[int, int]
) -> Moments | Days:
    start, end = max(part[0], within[0]), min(part[1], within[1])
    if start >= end:
        msg = "the two parts of the day do not overlap"
        raise contradiction(msg)
    return part_of(context, day.first, (start, end))


@_form("PART_OF_DAY", "part_of_day", "[in|during|at] this PART")
def _part_of_today(context: Context, part: tuple[int, int]) -> Moments | Days:
    return part_of(context, context.today, part)


@_form("IN_PART", "part_of_day", "[in|during|at] [the] PART")
def _part_alone(_: Context, part: tuple[int, int]) -> tuple[int, int]:
    return part


@_form("PART_OF_DAY", "part_of_day", "IN_PART:part")
def _last_part(context: Context, part: tuple[int, int]) -> Moments | Days:
    if context.has_hours:
        return context.last(Hours(part[0] * _HOUR, part[1] * _HOUR))
    # Without a time zone, if only the day of the report is known, the words may also mean the day
    # before, except for a part that begins at midnight.
    now = context.now
    begins_later = part[0] > 0 if now is None else now.hour < part[0]
    first = context.today - _DAY * begins_later
    return Days(first, context.today if now is None else first)


@_form("PART_OF_DAY", "part_of_day", "last evening")
def _last_evening(context: Context) -> Moments | Days:
    return part_of(context, context.today - _DAY, PARTS["evening",])


@_form(
    "PART_OF_DAY",
    "part_of_day",
    "early (in|on) [the|this] morning",
    "early (the|this) morning",
    "early today",
)
def _early_today(context: Context) -> Moments | Days:
    return part_of(context, context.today, _EARLY)


@_form("PART_OF_DAY", "part_of_day", "early [on] DAY [NAMED_PART]")
def _early(context: Context, day: Days, named_part: str = "morning") -> Moments | Days:
    return part_of(context, day.first, PARTS["early", named_part])


@_form("PART_OF_DAY", "part_of_day", "late [on] DAY [NAMED_PART]")
def _late(context: Context, day: Days, named_part: str = "") -> Moments | Days:
    part = PARTS["late", named_part] if named_part else _LATE
    return part_of(context, day.first, part)


@_terminal("NAMED_PART")
def _named_parts(words: list[Word], at: int) -> Iterator[Found]:
    if texts(words, at, 1) in (["morning"], ["afternoon"], ["evening"]):
        yield at + 1, words[at].text


@_form("PART_OF_DAY", "part_of_day", "late [on] DAY night")
def _late_night(context: Context, day: Days) -> Moments | Days:
    return part_of(context, day.first, _LATE_NIGHT)


# Nights.


def night(context: Context, first: date, last: date | None = None) -> Moments | Days:
    """Return the night of a day, or the nights of two days if the phrase may mean either."""
    last = last or first
    if not context.has_hours:
        days = _days_of(context, first, (DUSK // _HOUR, 24))
        return Days(days.first, days.first + (last - first) + _DAY)
    nights = (context.of_day(day, Hours(DUSK, _DAY + DAWN)) for day in (first, last))
    return together(*nights)


@_form(
    "PART_OF_DAY",
    "night",
    "overnight",
    "last night",
    "[in|during] the night",
)
def _last_night(context: Context) -> Moments | Days:
    found = night(context, context.today - _DAY)
    if isinstance(found, Moments) and context.now and found.start < context.now < found.end:
        return Moments(found.start, context.now)
    return found


@_form("PART_OF_DAY", "night", "late last night")
def _late_last_night(context: Context) -> Moments | Days:
    return part_of(context, context.today - _DAY, _LATE_NIGHT)


@_form("PART_OF_DAY", "night", "tonight")
def _tonight(context: Context) -> Moments | Days:
    now = context.now
    if now is not None and now.hour >= DAWN // _HOUR:
        return night(context, context.today)
    # After midnight, "tonight" may mean the present night or the next one.
    return night(context, context.today - _DAY, context.today)


@_form(
    "PART_OF_DAY",
    "night",
    "overnight (to|into) DAY",
    "[in|during|on] the night (to|into) DAY",
)
def _night_into(context: Context, day: Days) -> Moments | Days:
    return night(context, day.first - _DAY)


@_form("PART_OF_DAY", "night", "[in|during|on] [the] night of WEEKDAY", "[in|during] DAY night")
def _night_of(
    context: Context, day: Days | None = None, weekday: int | None = None
) -> Moments | Days:
    found = day.first if day else context.weekday(weekday or 0)
    return night(context, found)


@_form(
    "PART_OF_DAY",
    "night",
    "overnight DAY",
    "[in|during|on] [the] night of DATED:day",
    "[in|during|on] [the] night of TODAY:day",
)
def _nights_that_touch(context: Context, day: Days) -> Moments | Days:
    return night(context, day.first - _DAY, day.first)


@_form(
    "PART_OF_DAY",
    "night",
    "[in|during|on] [the] night [of|on] RANGE:days",
    "overnight [on|of] RANGE:days",
)
def _night_between(context: Context, days: Days) -> Moments | Days:
    if days.last != days.first + _DAY:
        msg = (
            f"{days.first} and {days.last} are not consecutive, so it is unclear which night "
            "is meant"
        )
        raise Refusal(msg)
    return night(context, days.first)


@_form(
    "PART_OF_DAY",
    "night",
    "overnight from WEEKDAY (to|into) WEEKDAY:last",
    "[in|during|on] the night from WEEKDAY (to|into) WEEKDAY:last",
)
def _night_between_weekdays(context: Context, weekday: int, last: int) -> Moments | Days:
    end = context.weekday(last)
    if (end - _DAY).weekday() != weekday:
        msg = "the two days are not consecutive, so it is unclear which night is meant"
        raise Refusal(msg)
    return night(context, end - _DAY)


@_form("PART_OF_DAY", "night", "[on] WEEKDAY night , [the] DATE")
def _night_with_date(context: Context, weekday: int, date: NamedDate) -> Moments | Days:
    return night(context, resolved(context, date._replace(weekday=weekday)))


@_form("PART_OF_DAY", "part_of_day", "[on] WEEKDAY PART , [the] DATE")
def _part_with_date(
    context: Context, weekday: int, part: tuple[int, int], date: NamedDate
) -> Moments | Days:
    return part_of(context, resolved(context, date._replace(weekday=weekday)), part)


@_form("PART_OF_DAY", "night", "DAY night into [early] DAY:last [NAMED_PART]")
def _night_and_day(
    context: Context, day: Days, last: Days, named_part: str = "morning"
) -> Moments | Days:
    if last.first != day.first + _DAY or named_part != "morning":
        msg = f"the night of {day.first} does not extend into the {named_part} of {last.first}"
        raise Refusal(msg)
    return night(context, day.first)


@_form("MOMENTS", "part_of_day", "PART_OF_DAY")
def _any_part(_: Context, part_of_day: Moments | Days) -> Moments | Days:
    return part_of_day


# Earlier on a day.


@_form("MOMENTS", "earlier", "earlier DAY", "earlier [in] the day")
def _earlier(context: Context, day: Days | None = None) -> Moments | Days:
    context.may_lie_ahead = False
    today = context.today
    asked = day.first if day else today
    if asked > today:
        msg = f"{asked} is after the reference, {today}"
        raise Refusal(msg)
    if asked < today or not context.has_hours or context.now is None:
        return one_day(asked)
    start = context.instants(today, Hours(timedelta(), timedelta())).start
    return Moments(start, context.now)
