"""The states and texts for synthetic records, read from ``wording.toml``."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, cast


@dataclass(frozen=True, slots=True)
class State:
    """A state in which synthetic events happen.

    Attributes:
        code: its ISO 3166-1 code.
        zone: its IANA time zone.
        hours: the hours that the time zone is ahead of UTC in winter.
        language: the language of the texts from this state.
        neighbours: the neighbouring states from which objects may come.
        ally: a state that may sign statements together with this state.
        coast: whether the state has a coast.
        nato: whether the state was a member of NATO from 2015 to 2024.
        box: the western, southern, eastern and northern bounds of an area within the state.
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
    """Made-up texts in one language.

    Attributes:
        publisher: the name of a source, without its number.
        region: the name of a division of the state, without its number.
        body: the name of an organization, without its number.
        people: names of officials, without their numbers.
        titles: titles of events.
        places: names of places.
        notes: notes, which all state that the record is made up.
        contents: contents of requests and statements.
        quotes: quotes from sources, each of at most 25 words.
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
    """The states and texts for synthetic records.

    Attributes:
        states: the states.
        words: a mapping from languages to texts.
    """

    states: tuple[State, ...]
    words: Mapping[str, Words]


@cache
def wording() -> Wording:
    """Return the states and the texts."""
    file = resources.files("airspace_events.testing").joinpath("wording.toml")
    data = tomllib.loads(file.read_text(encoding="utf-8"))
    states = tuple(State(**_with_tuples(entry)) for entry in data["states"])
    words = {name: Words(**_with_tuples(entry)) for name, entry in data["words"].items()}
    return Wording(states, words)


def _with_tuples(entry: dict[str, Any]) -> dict[str, Any]:
    return {key: _frozen(value) for key, value in entry.items()}


def _frozen(value: object) -> object:
    return tuple(cast("list[object]", value)) if isinstance(value, list) else value
