"""References to an earlier time in the text, such as "that night" or "two hours later"."""

from __future__ import annotations

from datetime import UTC, timedelta

from airspace_events.phrases.context import Context, Days, Moments, Refusal, one_day, written
from airspace_events.phrases.grammar import Grammar
from airspace_events.phrases.parts_of_day import DAWN, DUSK, night, part_of
from airspace_events.phrases.spans import (
    CLOCK_LAPSES,
    CLOCK_MARGINS,
    VAGUE,
    check_number,
    clock_units_ago,
    instant_of,
    lapse_of_days,
)

FORMS = Grammar()
_form = FORMS.form

_DAY, _HOUR = timedelta(days=1), timedelta(hours=1)


@_form("RELATED_DAY", "earlier_reference", "the (day before|previous day)")
def _day_before(context: Context) -> Days:
    return one_day(context.day_at(-1))


@_form("RELATED_DAY", "earlier_reference", "[on] (the same|that) day")
def _same_day(context: Context) -> Days:
    return one_day(context.today)


@_form("RELATED_DAY", "earlier_reference", "[on] the (day after|next day|following day)")
def _day_after(context: Context) -> Days:
    return one_day(context.day_at(1))


@_form("PART_OF_DAY", "earlier_reference", "[in|during|on] (the same|that) PART")
def _same_part(context: Context, part: tuple[int, int]) -> Moments | Days:
    return part_of(context, context.today, part)


@_form("PART_OF_DAY", "earlier_reference", "[in|during|on] the PART before", "the previous PART")
def _part_before(context: Context, part: tuple[int, int]) -> Moments | Days:
    return part_of(context, context.today - _DAY, part)


@_form("PART_OF_DAY", "earlier_reference", "[in|during|on] the (next|following) PART")
def _part_after(context: Context, part: tuple[int, int]) -> Moments | Days:
    return part_of(context, context.today + _DAY, part)


@_form("PART_OF_DAY", "same_night", "[in|during|on] (the same|that) night")
def _same_night(context: Context) -> Moments | Days:
    now = context.now
    if now is None:
        # If the reference is a day, the night may end or begin on that day.
        return night(context, context.today - _DAY, context.today)
    if now.hour >= DUSK // _HOUR:
        return night(context, context.today)
    if now.hour < DAWN // _HOUR:
        return night(context, context.today - _DAY)
    msg = (
        f"the reference, {now:%H:%M}, is not within a night, so it is unclear which night is meant"
    )
    raise Refusal(msg)


@_form("PART_OF_DAY", "same_night", "[on] the night before", "the previous night")
def _night_before(context: Context) -> Moments | Days:
    now = context.now
    if now is not None and DAWN <= now.hour * _HOUR < DUSK:
        return night(context, context.today - _DAY)
    if now is not None and now.hour * _HOUR >= DUSK:
        # In the evening, "the night before" is the night that ended that morning.
        return night(context, context.today - _DAY)
    # If the reference is a day or is after midnight, the words may mean the night that ends that
    # morning or the night before.
    return night(context, context.today - 2 * _DAY, context.today - _DAY)


@_form("MOMENTS", "earlier_reference", "[about|around|some] NUMBER CLOCK_UNIT:unit later")
def _clock_units_later(context: Context, number: int, unit: str) -> Moments:
    check_number(number)
    then = instant_of(context, unit).astimezone(UTC) + number * CLOCK_LAPSES[unit]
    margin, zone = CLOCK_MARGINS[unit], instant_of(context, unit).tzinfo
    return Moments((then - margin).astimezone(zone), (then + margin).astimezone(zone))


@_form(
    "MOMENTS", "earlier_reference", "[about|around|some] NUMBER CLOCK_UNIT:unit (earlier|before)"
)
def _clock_units_earlier(context: Context, number: int, unit: str) -> Moments:
    return clock_units_ago(context, number, unit)


@_form("DAYS", "earlier_reference", "NUMBER UNIT later")
def _later(context: Context, number: int, unit: str) -> Days:
    return lapse_of_days(context, number, unit, later=True)


@_form("DAYS", "earlier_reference", "NUMBER UNIT (earlier|before)")
def _earlier(context: Context, number: int, unit: str) -> Days:
    return lapse_of_days(context, number, unit, later=False)


@_form("OPEN", "earlier_reference", f"[{VAGUE}] CLOCK_UNIT:unit later")
def _some_time_later(context: Context, unit: str) -> str:
    return f"{written(instant_of(context, unit))}/"
