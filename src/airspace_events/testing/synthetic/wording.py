"""The states and words of which synthetic records are made, read from ``wording.toml``."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, cast


@dataclass(frozen=True, slots=True)
class State:
    """A state in which synthetic records happen.

    Attributes:
        code: its ISO 3166-1 code.
        zone: its IANA time zone.
        hours: how many hours that is ahead of UTC in winter.
        language: the language whose words are used there.
        neighbours: the states from whose side something may come.
        ally: a state that may sign with it.
        coast: whether it has one.
        nato: whether it belonged to NATO all the time.
        box: west, south, east and north of an area within it.
    """

    code: str
    zone: str
    hours: int
    language: str
    neighbours: tuple[str, ...]
    ally: str
    coast: bool
    nato: bool
    box: tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Words:
    """The texts of one language, all of them made up.

    Attributes:
        publisher: the name of a source, before its number.
        region: a division of the state, before its number.
        body: the name of an organization, before its number.
        people: names of officials, before their number.
        titles: titles of events.
        places: names of places.
        notes: notes; each tells that the record is made up.
        contents: what somebody asks or says.
        quotes: words quoted from a source, at most 25 each.
    """

    publisher: str
    region: str
    body: str
    people: tuple[str, ...]
    titles: tuple[str, ...]
    places: tuple[str, ...]
    notes: tuple[str, ...]
    contents: tuple[str, ...]
    quotes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Wording:
    """All that synthetic records are made of.

    Attributes:
        states: the states.
        words: the words, by language.
    """

    states: tuple[State, ...]
    words: Mapping[str, Words]


@cache
def wording() -> Wording:
    """The states and the words."""
    file = resources.files("airspace_events.testing").joinpath("wording.toml")
    data = tomllib.loads(file.read_text(encoding="utf-8"))
    states = tuple(State(**_with_tuples(entry)) for entry in data["states"])
    words = {name: Words(**_with_tuples(entry)) for name, entry in data["words"].items()}
    return Wording(states, words)


def _with_tuples(entry: dict[str, Any]) -> dict[str, Any]:
    return {key: _frozen(value) for key, value in entry.items()}


def _frozen(value: object) -> object:
    return tuple(cast("list[object]", value)) if isinstance(value, list) else value
