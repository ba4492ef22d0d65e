"""The times of synthetic records: every common form, always with the time zone of the state.

In this module, days are ordinals of `datetime.date`, which simplifies calculations. An episode
happens in the night that begins on a given day. Statements, findings and sources about the episode
are later.
"""

from collections.abc import Callable
from datetime import date
from functools import lru_cache
from typing import Any

from airspace_events.testing.synthetic.seeded_random import SeededRandom
from airspace_events.testing.synthetic.wording import State

Json = dict[str, Any]

FIRST_NIGHT = date(2015, 2, 1).toordinal()
LAST_NIGHT = date(2024, 11, 10).toordinal()
_MARCH, _OCTOBER = 3, 10
_HOUR, _DAY = 60, 24 * 60


@lru_cache(maxsize=8192)
def day(ordinal: int) -> str:
    """Return a day in EDTF."""
    return date.fromordinal(ordinal).isoformat()


@lru_cache(maxsize=8192)
def month(ordinal: int, back: int = 0) -> str:
    """Return the month of a day, or an earlier month, in EDTF."""
    found = date.fromordinal(ordinal)
    months = found.year * 12 + found.month - 1 - back
    return f"{months // 12}-{months % 12 + 1:02}"


@lru_cache(maxsize=8192)
def calm_night(ordinal: int) -> int:
    """Return the night that begins on a day, or the next night if the clocks change.

    All states in ``wording.toml`` change the clocks in the morning of the last Sundays of March
    and October.
    """
    return ordinal + (ordinal + 1 in _changes(date.fromordinal(ordinal + 1).year))


@lru_cache(maxsize=64)
def _changes(year: int) -> tuple[int, int]:
    return _last_sunday(year, _MARCH), _last_sunday(year, _OCTOBER)


def _last_sunday(year: int, month_of_31: int) -> int:
    last = date(year, month_of_31, 31).toordinal()
    return last - last % 7


@lru_cache(maxsize=16384)
def _offset(ordinal: int, hours: int) -> str:
    """Return the offset from UTC that applies on a day after four in the morning.

    The function calculates the offset, because time zone databases differ between platforms.
    """
    summer, winter = _changes(date.fromordinal(ordinal).year)
    return f"+{hours + (summer <= ordinal < winter):02}:00"


def instant(ordinal: int, minutes: int, state: State) -> str:
    """Return the instant that is a given number of minutes after the start of a day."""
    ordinal, minutes = ordinal + minutes // _DAY, minutes % _DAY
    clock = f"{minutes // _HOUR:02}:{minutes % _HOUR:02}"
    return f"{day(ordinal)}T{clock}:00{_offset(ordinal, state.hours)}"


def _day(_: SeededRandom, night: int, state: State) -> Json:
    return {"value": day(night), "timezone": state.zone}


def _uncertain_day(rng: SeededRandom, night: int, state: State) -> Json:
    value = day(night) + rng.pick("?~?%")
    return {"value": value, "timezone": state.zone, "basis": "imputed"}


def _uncertain_days(_: SeededRandom, night: int, state: State) -> Json:
    value = f"{day(night - 1)}?/{day(night)}~"
    return {"value": value, "timezone": state.zone, "extent": "repeatedly", "basis": "imputed"}


def _two_days(_: SeededRandom, night: int, state: State) -> Json:
    return {"value": f"{day(night)}/{day(night + 1)}", "timezone": state.zone}


def _read(value: str, words: str, reference: int, state: State) -> Json:
    """Return a time resolved from the words of a report, in the same way as `resolve_time`."""
    return {
        "value": value,
        "verbatim": words,
        "reference": day(reference),
        "timezone": state.zone,
        "basis": "resolved",
    }


def _yesterday(_: SeededRandom, night: int, state: State) -> Json:
    return _read(day(night), "yesterday", night + 1, state)


def _overnight(_: SeededRandom, night: int, state: State) -> Json:
    value = f"{instant(night, 18 * _HOUR, state)}/{instant(night + 1, 9 * _HOUR, state)}"
    return _read(value, "overnight", night + 1, state)


def _early_hours(_: SeededRandom, night: int, state: State) -> Json:
    value = f"{instant(night + 1, 0, state)}/{instant(night + 1, 6 * _HOUR, state)}"
    return _read(value, "in the early hours", night + 1, state)


def _last_month(_: SeededRandom, night: int, state: State) -> Json:
    return _read(month(night + 1, 1), "last month", night + 1, state)


def _recent_days(_: SeededRandom, night: int, state: State) -> Json:
    return _read(f"/{day(night + 1)}", "in recent days", night + 1, state)


def _about(rng: SeededRandom, night: int, state: State) -> Json:
    # The minutes are not round, because "about 02:00" means more than half an hour either way.
    at = _HOUR * rng.between(1, 4) + rng.pick((5, 10, 20, 25, 35, 40, 50, 55))
    value = f"{instant(night + 1, at - 30, state)}/{instant(night + 1, at + 30, state)}"
    return _read(value, f"about {at // _HOUR:02}:{at % _HOUR:02}", night + 1, state)


def _exact(rng: SeededRandom, night: int, state: State) -> Json:
    value = instant(night, rng.between(19 * _HOUR, 29 * _HOUR), state)
    return {"value": value, "timezone": state.zone}


def _from_to(rng: SeededRandom, night: int, state: State) -> Json:
    first = 5 * rng.between(12 * 19, 12 * 25)
    last = first + 5 * rng.between(6, 48)
    value = f"{instant(night, first, state)}/{instant(night, last, state)}"
    extent = rng.pick(("within", "within", "throughout", "repeatedly"))
    time: Json = {"value": value, "timezone": state.zone}
    return time if extent == "within" else time | {"extent": extent}


_Form = Callable[[SeededRandom, int, State], Json]

# The share of each form for events, in fiftieths.
_IN_THE_NIGHT: tuple[_Form, ...] = (
    *(_day,) * 11,
    *(_yesterday,) * 4,
    *(_overnight,) * 7,
    *(_two_days,) * 5,
    *(_from_to,) * 6,
    *(_about,) * 4,
    *(_exact,) * 3,
    *(_early_hours,) * 3,
)
_LOOSE: tuple[_Form, ...] = (
    *(_uncertain_day,) * 3,
    _uncertain_days,
    *(_recent_days,) * 2,
    _last_month,
)


def event_time(rng: SeededRandom, night: int, state: State) -> Json:
    """Return the time of an event that certainly happened in the night of its episode."""
    return rng.pick(_IN_THE_NIGHT)(rng, night, state)


def loose_time(rng: SeededRandom, night: int, state: State) -> Json:
    """Return the time of an event that may have happened outside the night of its episode."""
    return rng.pick(_LOOSE)(rng, night, state)


def later_time(rng: SeededRandom, first: int, state: State) -> Json:
    """Return the time of a statement or finding: a day or the next day, exact or vague."""
    later = first + rng.below(2)
    form = rng.pick(_LATER)
    if form == "instant":
        at = instant(later, _office_hour(rng), state)
        return {"value": at, "timezone": state.zone}
    if form == "perhaps":
        return {"value": f"{day(later)}?", "timezone": state.zone, "basis": "imputed"}
    if form == "before":
        # Before the report was published: an undated report says no more.
        return {"value": f"/{day(later)}", "timezone": state.zone, "basis": "resolved"}
    if form == "days":
        return {"value": f"{day(first)}/{day(first + 1)}", "timezone": state.zone}
    return {"value": day(later), "timezone": state.zone}


_LATER = (*("day",) * 5, *("instant",) * 2, "perhaps", "before", "days")


def _office_hour(rng: SeededRandom) -> int:
    return 5 * rng.between(12 * 6, 12 * 20)


def published(rng: SeededRandom, on: int, state: State) -> str:
    """Return the publication time of a source: usually a day, sometimes an instant."""
    if rng.chance(0.7):
        return day(on)
    return instant(on, _office_hour(rng), state)


def written_down(rng: SeededRandom, on: int) -> str:
    """Return the instant in UTC at which the desk recorded a revision."""
    return f"{day(on)}T{rng.between(8, 19):02}:{rng.between(0, 59):02}:00Z"
