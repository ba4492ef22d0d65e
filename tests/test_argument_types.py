"""A function that takes words refuses everything else with one clear sentence."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

import airspace_events as ae

_TODAY: dict[str, Any] = {"text": "today", "reference": "2025-09-10"}
_LOOKUPS: dict[str, Callable[[Any], object]] = {
    "text of resolve_time": ae.resolve_time,
    "text of resolve_count": ae.resolve_count,
    "reference": lambda value: ae.resolve_time("today", reference=value),
    "timezone": lambda value: ae.resolve_time(**_TODAY, timezone=value),
    "code": ae.states.get,
    "name of a state": ae.states.resolve,
    "language": lambda value: ae.states.resolve("Latvia", language=value),
    "name of a designation": ae.designations.resolve,
    "name of an alliance": ae.alliances.resolve,
    "alliance of get": ae.alliances.get,
    "alliance of sources": ae.alliances.sources,
    "state": lambda value: ae.alliances.of(value, "2025-09-10"),
    "the day": lambda value: ae.alliances.of("LV", value),
    "facility": ae.places.aerodrome,
}
_WRONG = [None, b"Latvia", 5, 1.5, date(2025, 9, 10), {"Latvia"}, {}, object()]
_RIGHT: dict[str, list[Any]] = {
    "reference": [None, date(2025, 9, 10)],
    "timezone": [None],
    "language": [None],
    "the day": [date(2025, 9, 10)],
}


@pytest.mark.parametrize(
    ("argument", "value"),
    [
        (argument, value)
        for argument in _LOOKUPS
        for value in _WRONG
        if value not in _RIGHT.get(argument, ())
    ],
)
def test_a_value_of_a_wrong_type_is_refused_in_one_sentence(argument: str, value: Any) -> None:
    name = argument.partition(" of ")[0]
    with pytest.raises(TypeError) as refused:
        _LOOKUPS[argument](value)
    kind = "None" if value is None else type(value).__name__
    named = name if " " in name else f"`{name}`"
    assert str(refused.value).startswith(f"{named} must be a")
    assert kind in str(refused.value)


@pytest.mark.parametrize("option", ["date_order", "tense"])
@pytest.mark.parametrize("value", _WRONG[1:], ids=lambda value: type(value).__name__)
def test_an_option_of_a_wrong_type_names_the_words_that_it_takes(option: str, value: Any) -> None:
    with pytest.raises(ValueError, match=f"{option} must be one of"):
        ae.resolve_time(**_TODAY, **{option: value})


@pytest.mark.parametrize("value", [b"uk", 5, [5], [None], {"uk"}])
def test_a_language_is_text(value: Any) -> None:
    with pytest.raises(TypeError, match="`language` must be a language such as"):
        ae.states.resolve("Latvia", language=value)
