"""Random choices determined by a seed, and the states, texts and values to choose from."""

import random
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple, TypeVar

T = TypeVar("T")


class SeededRandom:
    """Random choices determined by a seed.

    All choices use `random.Random.random`, because it is the only method for which Python
    guarantees that a seed always gives the same numbers.
    """

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed).random  # noqa: S311 (made-up data, no secret)
        """Return a random number from 0 up to, but not including, 1."""

    def chance(self, share: float) -> bool:
        """Return True with the probability ``share``."""
        return self.random() < share

    def below(self, end: int) -> int:
        """Return a random integer from 0 to ``end`` - 1."""
        return int(self.random() * end)

    def between(self, first: int, last: int) -> int:
        """Return a random integer from ``first`` to ``last``, including both."""
        return first + int(self.random() * (last - first + 1))

    def pick(self, choices: Sequence[T]) -> T:
        """Return a random choice; list a choice more than once to make it more likely."""
        return choices[int(self.random() * len(choices))]


@dataclass(frozen=True, slots=True)
class State:
    """A state in which synthetic events happen.

    Attributes:
        code: its ISO 3166-1 code.
        zone: its IANA time zone.
        hours: the offset from UTC in winter, in hours.
        language: the language of sources from this state.
        neighbours: the neighbouring states from which objects may come.
        ally: a state that may sign statements together with this state.
        coast: whether the state has a coast.
        nato: whether the state was a member of NATO from 2015 to 2024.
        box: the western, southern, eastern and northern bounds of an area within the state,
            in degrees.
    """

    code: str
    zone: str
    hours: int
    language: str
    neighbours: Sequence[str]
    ally: str
    coast: bool
    nato: bool
    box: Sequence[float]


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
    people: Sequence[str]
    titles: Sequence[str]
    places: Sequence[str]
    notes: Sequence[str]
    contents: Sequence[str]
    quotes: Sequence[str]


class Wording(NamedTuple):
    """The states for synthetic records, and the texts by language."""

    states: Sequence[State]
    words: Mapping[str, Words]


@cache
def wording() -> Wording:
    """Return the states and texts for synthetic records."""
    file = files("airspace_events.testing").joinpath("wording.toml")
    data = tomllib.loads(file.read_text("utf-8"))
    words = {name: Words(**texts) for name, texts in data["words"].items()}
    return Wording([State(**entry) for entry in data["states"]], words)


@cache
def choices() -> Mapping[str, Sequence[Any]]:
    """Return the lists in ``choices.toml`` by name; a choice of weight n occurs n times."""
    file = files("airspace_events.testing.synthetic").joinpath("choices.toml")
    return {
        name: [choice for number, choice in listed for _ in range(number)]
        for name, listed in tomllib.loads(file.read_text("utf-8")).items()
    }
