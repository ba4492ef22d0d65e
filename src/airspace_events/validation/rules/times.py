"""Rules that check times against the current time, time zones, phrases and durations."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from functools import lru_cache

from airspace_events.diagnostics.problem import Problem
from airspace_events.models.base import BaseRecord
from airspace_events.models.events import Finding, Incursion, Series
from airspace_events.models.source import Source
from airspace_events.models.statement import Statement
from airspace_events.reference.geography import is_zone_of, states_of, zones_of
from airspace_events.safe_text import shown
from airspace_events.validation.rules.rule import Rules, Surroundings
from airspace_events.validation.rules.time_words import resolved, time_words
from airspace_events.values import edtf
from airspace_events.values.base import Value
from airspace_events.values.effects import Effect
from airspace_events.values.measures import ReportedCount, ReportedQuantity
from airspace_events.values.objects import Fate
from airspace_events.values.responses import Response
from airspace_events.values.time import ReportedTime, zone_named
from airspace_events.values.time_spans import Point

RULES = Rules()
rule = RULES.rule

_DAY = timedelta(days=1)
_MINUTE = timedelta(minutes=1)
_SECONDS = {"s": 1, "min": 60, "h": 3600, "d": 86400}
_LONGEST_WINDOW = timedelta(days=21)
_LONGEST_FLIGHT_DAYS = 7
_ALL_THE_TIME = frozenset(("throughout", "repeatedly"))
_ELSEWHERE = frozenset(("international_waters", "another_state"))
_YET_TO_COME = frozenset(("requested", "announced", "authorised"))


# Comparison with the current time.


def _not_in_future(field: str) -> Callable[[Value, Surroundings], Problem | None]:
    def time_in_future(value: Value, around: Surroundings) -> Problem | None:
        now, given = around.now, value.__dict__[field]
        if now is None or given is None:
            return None
        if isinstance(given, datetime):
            return _future(given.isoformat(), (field,), now) if given > now else None
        if isinstance(given, str):
            return _text_in_future(given, value.__dict__.get("timezone"), (field,), now)
        return _text_in_future(given.value, given.timezone, (field, "value"), now)

    return time_in_future


_DATED: tuple[tuple[type[Value], str], ...] = (
    (Incursion, "time"),
    (Series, "time"),
    (Finding, "found"),
    (Statement, "made"),
    (Effect, "time"),
    (Fate, "time"),
    (Source, "published"),
    (Source, "retrieved_at"),
    (BaseRecord, "recorded_at"),
    (ReportedCount, "as_of"),
)
for _model, _field in _DATED:
    rule(_model, "time_in_future", field=_field)(_not_in_future(_field))


_time_in_future = _not_in_future("time")


@rule(Response, "time_in_future", field="time")
def response_in_future(response: Response, around: Surroundings) -> Problem | None:
    """A response in the future must have the stage `requested`, `announced` or `authorised`."""
    return None if response.stage in _YET_TO_COME else _time_in_future(response, around)


def _text_in_future(
    text: str, timezone: str | None, parts: tuple[str, ...], now: datetime
) -> Problem | None:
    # Nearly all times are plain dates in the past, so comparing their digits is enough.
    if text < _yesterday(now):
        return None
    start = edtf.parse(text).start
    zone = zone_named(timezone) if timezone else None
    is_ahead = start is not None and start.is_certain and start.earliest(zone) > now
    return _future(text, parts, now) if is_ahead else None


def _future(text: str, parts: tuple[str, ...], now: datetime) -> Problem:
    present = now.isoformat()
    message = f"{shown(text)} is in the future; the current time is {present}"
    return Problem("time_in_future", message, parts, context={"value": text, "now": present})


@lru_cache(maxsize=8)
def _yesterday(now: datetime) -> str:
    return (now.astimezone(UTC) - _DAY).date().isoformat()


# Comparison with the time zone.


@rule(Incursion, "zone_of_another_state", field="time")
def zone_of_another_state(incursion: Incursion, _: Surroundings) -> Problem | None:
    """The time zone must belong to the state concerned."""
    zone, state = incursion.time.timezone, incursion.state
    if zone is None or state is None or incursion.over in _ELSEWHERE:
        return None
    if is_zone_of(zone, state) is False:
        own, of = zones_of(state), states_of(zone)
        return Problem(
            "zone_of_another_state",
            f"the time zone {zone} belongs to {_some(of)}, but the state concerned is {state}",
            ("time", "timezone"),
            own[0] if len(own) == 1 else None,
            {"timezone": zone, "zone_of": list(of), "state": state, "zones_of_state": list(own)},
        )
    return None


@rule(ReportedTime, "offset_of_another_zone", field="timezone")
def offset_of_another_zone(time: ReportedTime, _: Surroundings) -> Iterable[Problem] | None:
    """An instant must have the offset Z, or the offset of its time zone at that instant."""
    if time.timezone is None or "T" not in time.value:
        return None
    expression = time.expression
    ends = (expression.start,) if expression.is_point else (expression.start, expression.end)
    instants = [end.first for end in ends if end is not None and end.precision == "instant"]
    return filter(None, (_wrong_offset(one, time.timezone, "value") for one in instants))


@rule(Source, "offset_of_another_zone", field="timezone")
def published_with_another_offset(source: Source, _: Surroundings) -> Problem | None:
    """An instant of publication must have the offset Z, or the offset of the time zone."""
    if source.timezone is None or source.published is None or "T" not in source.published:
        return None
    instant = edtf.parse_point(source.published).first
    return _wrong_offset(instant, source.timezone, "published")


def _wrong_offset(instant: datetime, timezone: str, field: str) -> Problem | None:
    given = instant.utcoffset()
    then = instant.astimezone(zone_named(timezone)).utcoffset()
    # Local mean times have seconds, but a written offset cannot.
    if not given or then is None or abs(given - then) < _MINUTE:
        return None
    wrong, right = _written(given), _written(then)
    return Problem(
        "offset_of_another_zone",
        f"the offset is {wrong}, but {timezone} had {right} at that instant",
        (field,),
        context={"offset": wrong, "timezone": timezone, "offset_of_zone": right},
    )


def _written(offset: timedelta) -> str:
    minutes = round(abs(offset) / _MINUTE)
    return f"{'-' if offset < timedelta() else '+'}{minutes // 60:02}:{minutes % 60:02}"


# Comparison with the words of the report.


@rule(ReportedTime, "window_too_long_for_words", field="verbatim")
def window_too_long_for_words(time: ReportedTime, _: Surroundings) -> Problem | None:
    """A time such as "overnight" must not last for many days, unless it is imputed."""
    if time.verbatim is None or time.extent == "repeatedly" or time.basis == "imputed":
        return None
    reported = time_words(time.verbatim)
    if reported.short is None:
        return None
    length = _length(time)
    if length is not None and length > reported.longest_days * _DAY:
        days = round(length / _DAY)
        return Problem(
            "window_too_long_for_words",
            f"{shown(reported.short)} cannot mean {days} days, the length of {shown(time.value)}",
            ("value",),
            context={"word": reported.short, "days": days, "longest_days": reported.longest_days},
        )
    return None


@rule(ReportedTime, "words_without_reference", field="verbatim")
def words_without_reference(time: ReportedTime, _: Surroundings) -> Problem | None:
    """A time such as "yesterday" must have a `reference`, the day on which the word was used."""
    if time.verbatim is None or time.reference is not None:
        return None
    word = time_words(time.verbatim).relative
    if word is not None:
        return Problem(
            "words_without_reference",
            f"{shown(word)} depends on the day of the report, so `reference` must be set",
            ("verbatim",),
            context={"word": word},
        )
    return None


@rule(ReportedTime, "words_resolve_elsewhere", field="reference")
def words_resolve_elsewhere(time: ReportedTime, _: Surroundings) -> Problem | None:
    """`value` must overlap the time that the phrase means relative to `reference`."""
    if time.verbatim is None or time.reference is None:
        return None
    meant = resolved(time.verbatim, time.reference, time.timezone)
    if meant is None or meant.value == time.value:
        return None
    if meant.certainly_before(time):
        # In an announcement, "on Monday" may mean next Monday.
        if time_words(time.verbatim).has_weekday and not _may_have_begun(time, time.reference):
            return None
    elif not time.certainly_before(meant):
        return None
    return Problem(
        "words_resolve_elsewhere",
        f"relative to {shown(time.reference)}, {shown(time.verbatim, 40)} "
        f"means {shown(meant.value)}",
        ("value",),
        meant.value,
        {"verbatim": time.verbatim, "reference": time.reference, "value": time.value},
    )


def _may_have_begun(time: ReportedTime, reference: str) -> bool:
    """Return whether a time may have begun before the end of the reference day or instant."""
    point = edtf.parse_point(reference)
    zone = zone_named(time.timezone) if time.timezone else None
    return time.earliest is None or time.earliest <= point.latest(zone)


# Comparison with the duration of the event.


@rule(Incursion, "incursion_lasts_weeks", field="time")
def incursion_lasts_weeks(incursion: Incursion, _: Surroundings) -> Problem | None:
    """The time of a single incursion must not be longer than three weeks."""
    if incursion.scope != "aggregate" and incursion.time.extent in _ALL_THE_TIME:
        length = _length(incursion.time)
        if length is not None and length > _LONGEST_WINDOW:
            days = round(length / _DAY)
            return Problem(
                "incursion_lasts_weeks",
                f"the incursion lasts {days} days; record a series instead",
                ("time", "value"),
                context={"days": days},
            )
    return None


@rule(Incursion, "incursion_lasts_weeks", field="duration")
def flight_lasts_weeks(incursion: Incursion, _: Surroundings) -> Problem | None:
    """The duration of a single incursion must not be longer than a week."""
    if incursion.duration is None or incursion.scope == "aggregate":
        return None
    field, seconds = _least(incursion.duration)
    days = seconds / _SECONDS["d"]
    if days > _LONGEST_FLIGHT_DAYS:
        return Problem(
            "incursion_lasts_weeks",
            f"the incursion lasts {days:.6g} days; record a series instead, or correct the unit",
            ("duration", field),
            context={"days": days},
        )
    return None


@rule(Incursion, "duration_longer_than_window", field="duration")
def duration_longer_than_window(incursion: Incursion, _: Surroundings) -> Problem | None:
    """The duration of an incursion must not be longer than its time span."""
    duration, time = incursion.duration, incursion.time
    if duration is None or incursion.scope == "aggregate":
        return None
    field, seconds = _least(duration)
    # A single instant gives the beginning or the sighting of an event, but not its duration.
    if seconds <= 0 or (time.expression.is_point and time.precision == "instant"):
        return None
    if _known_ends(time) is None:
        return None
    window = time.window
    available = (window.latest - window.earliest).total_seconds()
    if seconds > available + 1:
        return Problem(
            "duration_longer_than_window",
            f"the duration, {_amount(duration, field)}, is longer than the time span "
            f"{shown(time.value)}",
            ("duration", field),
            context={"seconds": seconds, "seconds_of_time": round(available)},
        )
    return None


def _amount(quantity: ReportedQuantity, field: str) -> str:
    number = quantity.min if field == "min" else quantity.best
    return f"{shown(number)} {quantity.unit}"


def _least(duration: ReportedQuantity) -> tuple[str, float]:
    """Return the field with the shortest possible duration, and that duration in seconds."""
    if duration.unit is None:
        return "best", 0
    field = "best" if duration.min is None else "min"
    number = duration.best if duration.min is None else duration.min
    return field, (number or 0) * _SECONDS[duration.unit]


def _known_ends(time: ReportedTime) -> tuple[Point, Point] | None:
    start, end = time.expression.start, time.expression.end
    if start is None or end is None or not (start.is_certain and end.is_certain):
        return None
    return start, end


def _length(time: ReportedTime) -> timedelta | None:
    """Return the shortest length that a time can have in any time zone.

    The length is None if an end is not known, or if the time means an unspecified day, as in a
    set or a date with unspecified digits.
    """
    ends = _known_ends(time)
    if ends is None or time.expression.members or "X" in time.value:
        return None
    start, end = ends
    if (start.precision == "instant") == (end.precision == "instant"):
        return end.after - start.first
    zone = zone_named(time.timezone) if time.timezone else None
    return end.not_over(zone) - start.begun(zone)


def _some(states: tuple[str, ...]) -> str:
    shown_states = ", ".join(states[:3])
    return shown_states if len(states) <= len(states[:3]) else f"{shown_states} and others"
