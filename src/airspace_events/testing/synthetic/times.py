"""Times for synthetic records in every common form, always with the time zone of the state.

In this module, a day is an integer from `datetime.date.toordinal`, which simplifies calculations.
An episode takes place in the night that begins on a given day. Statements, findings and sources
about the episode have later times.
"""

from collections.abc import Callable, Mapping
from datetime import date
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from airspace_events.testing.synthetic.wording import SeededRandom, State, choices

Json = dict[str, Any]

FIRST_NIGHT = date(2015, 2, 1).toordinal()
LAST_NIGHT = date(2024, 11, 10).toordinal()
_HOUR, _DAY = 60, 24 * 60


@lru_cache(maxsize=8192)
def day(ordinal: int) -> str:
    """Return a day as an EDTF date."""
    return date.fromordinal(ordinal).isoformat()


@lru_cache(maxsize=8192)
def month(ordinal: int, back: int = 0) -> str:
    """Return the month of a day, or an earlier month, as an EDTF date."""
    found = date.fromordinal(ordinal)
    months = found.year * 12 + found.month - 1 - back
    return f"{months // 12}-{months % 12 + 1:02}"


@lru_cache(maxsize=8192)
def calm_night(ordinal: int) -> int:
    """Return the night that begins on a day, or the next one if the clocks change that night.

    In all states of ``wording.toml``, the clocks change early on the last Sunday in March and on
    the last Sunday in October.
    """
    return ordinal + (ordinal + 1 in _changes(date.fromordinal(ordinal + 1).year))


@lru_cache(maxsize=64)
def _changes(year: int) -> tuple[int, int]:
    """Return the ordinals of the last Sunday in March and the last Sunday in October."""
    march, october = date(year, 3, 31).toordinal(), date(year, 10, 31).toordinal()
    return march - march % 7, october - october % 7


@lru_cache(maxsize=16384)
def _offset(ordinal: int, hours: int) -> str:
    """Return the offset from UTC that applies after 04:00 on a day.

    The function does not use a time zone database, because databases differ between platforms.
    """
    summer, winter = _changes(date.fromordinal(ordinal).year)
    return f"+{hours + (summer <= ordinal < winter):02}:00"


def instant(ordinal: int, minutes: int, state: State) -> str:
    """Return the instant that is a given number of minutes after the start of a day."""
    ordinal, minutes = ordinal + minutes // _DAY, minutes % _DAY
    clock = f"{minutes // _HOUR:02}:{minutes % _HOUR:02}"
    return f"{day(ordinal)}T{clock}:00{_offset(ordinal, state.hours)}"


# A mapping from the words of a report to the function that makes the resolved value.
_VALUE_OF: Mapping[str, Callable[[int, State], str]] = MappingProxyType(
    {
        "yesterday": lambda night, _: day(night),
        "overnight": lambda night, state: (
            f"{instant(night, 18 * _HOUR, state)}/{instant(night + 1, 9 * _HOUR, state)}"
        ),
        "in the early hours": lambda night, state: (
            f"{instant(night + 1, 0, state)}/{instant(night + 1, 6 * _HOUR, state)}"
        ),
        "last month": lambda night, _: month(night + 1, 1),
        "in recent days": lambda night, _: f"/{day(night + 1)}",
    }
)


def _resolved(value: str, words: str, night: int, state: State) -> Json:
    """Return a resolved time; ``value`` must be the one that `phrases` calculates."""
    time: Json = {"value": value, "verbatim": words, "reference": day(night + 1)}
    return time | {"timezone": state.zone, "basis": "resolved"}


def event_time(rng: SeededRandom, night: int, state: State, *, is_loose: bool) -> Json:
    """Return the time of an event, in a random form from ``choices.toml``.

    A loose time may include days outside the night of the episode.
    """
    form = rng.pick(choices()["loose_times" if is_loose else "event_times"])
    if form in _VALUE_OF:
        return _resolved(_VALUE_OF[form](night, state), form, night, state)
    more: Json = {}
    match form:
        case "two days":
            value = f"{day(night)}/{day(night + 1)}"
        case "uncertain day":
            value, more = day(night) + rng.pick("?~?%"), {"basis": "imputed"}
        case "uncertain days":
            value = f"{day(night - 1)}?/{day(night)}~"
            more = {"extent": "repeatedly", "basis": "imputed"}
        case "about a clock time":
            # The minutes are not round, because "about 02:00" means a range of more than half an
            # hour.
            at = _HOUR * rng.between(1, 4) + rng.pick((5, 10, 20, 25, 35, 40, 50, 55))
            value = f"{instant(night + 1, at - 30, state)}/{instant(night + 1, at + 30, state)}"
            time = _resolved(value, f"about {at // _HOUR:02}:{at % _HOUR:02}", night, state)
            # If only the day of the report were known, the words could also mean the day before.
            return time | {"reference": instant(night + 1, 9 * _HOUR, state)}
        case "an instant":
            value = instant(night, rng.between(19 * _HOUR, 29 * _HOUR), state)
        case "between instants":
            first = 5 * rng.between(12 * 19, 12 * 25)
            last = first + 5 * rng.between(6, 48)
            value = f"{instant(night, first, state)}/{instant(night, last, state)}"
            extent = rng.pick(("within", "within", "throughout", "repeatedly"))
            more = {} if extent == "within" else {"extent": extent}
        case _:
            value = day(night)
    return {"value": value, "timezone": state.zone, **more}


def later_time(rng: SeededRandom, first: int, state: State) -> Json:
    """Return the time of a statement or finding: on the given day or the next, exact or vague."""
    later = first + rng.below(2)
    more: Json = {}
    match rng.pick(choices()["later_times"]):
        case "an instant":
            value = instant(later, _office_hour(rng), state)
        case "perhaps a day":
            value, more = f"{day(later)}?", {"basis": "imputed"}
        case "before a day":
            # The time ends before the report was published, because an undated report gives no
            # better bound.
            value, more = f"/{day(later)}", {"basis": "resolved"}
        case "two days":
            value = f"{day(first)}/{day(first + 1)}"
        case _:
            value = day(later)
    return {"value": value, "timezone": state.zone, **more}


def _office_hour(rng: SeededRandom) -> int:
    return 5 * rng.between(12 * 6, 12 * 20)


def published(rng: SeededRandom, on: int, state: State) -> str:
    """Return the publication time of a source: usually a day, sometimes an instant."""
    return day(on) if rng.chance(0.7) else instant(on, _office_hour(rng), state)


def written_down(rng: SeededRandom, on: int) -> str:
    """Return the instant in UTC at which the desk recorded a revision."""
    return f"{day(on)}T{rng.between(8, 19):02}:{rng.between(0, 59):02}:00Z"
