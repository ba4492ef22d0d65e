"""The definitions, synonyms and crosswalks of all vocabularies.

They are in the ``.toml`` files of this folder, where people can read and edit them. The files
are read on first use.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from types import MappingProxyType

from typing_extensions import TypeAliasType

from airspace_events.vocabulary import state_codes, terms
from airspace_events.vocabulary.word_lists import words_of

TOPICS = (
    "sources",
    "actors",
    "events",
    "objects",
    "responses",
    "claims",
    "statements",
    "times",
    "places",
    "state_codes",
)
"""The names of the files with definitions, in the order of the codebook."""


@dataclass(frozen=True, slots=True)
class Term:
    """One term of a vocabulary.

    Attributes:
        word: the term as written in records.
        definition: the meaning of the term, in one line.
        synonyms: words that people write by mistake instead of the term.
        crosswalk: a mapping from the names of other standards to their codes for the term.
    """

    word: str
    definition: str
    synonyms: tuple[str, ...] = ()
    crosswalk: Mapping[str, str] = field(default_factory=dict[str, str])


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """A closed list of terms.

    Attributes:
        name: the name of the type that lists the terms.
        module: the module of `airspace_events.vocabulary` that defines the type.
        title: a noun phrase for messages, without an article, such as "object category".
        about: a sentence that describes what the terms specify.
        standard: the standard that defines the whole list, if any.
        words: the terms as written in records, in order.
        terms: the terms with their definitions; empty for codes that a standard defines.
    """

    name: str
    module: str
    title: str
    about: str
    standard: str | None
    words: tuple[str | int, ...]
    terms: Mapping[str, Term]


@cache
def vocabularies() -> Mapping[str, Vocabulary]:
    """Return a mapping from type names to vocabularies."""
    found: dict[str, Vocabulary] = {}
    for topic in TOPICS:
        module = state_codes if topic == "state_codes" else terms
        file = resources.files("airspace_events.vocabulary").joinpath(f"{topic}.toml")
        for name, entry in tomllib.loads(file.read_text(encoding="utf-8")).items():
            alias: TypeAliasType = getattr(module, name)
            found[name] = Vocabulary(
                name=name,
                module=module.__name__.rpartition(".")[2],
                title=entry["title"],
                about=entry["about"],
                standard=entry.get("standard"),
                words=words_of(alias),
                terms=MappingProxyType(
                    {
                        word: Term(
                            word,
                            term["definition"],
                            tuple(term.get("synonyms", ())),
                            MappingProxyType(term.get("crosswalk", {})),
                        )
                        for word, term in entry.get("terms", {}).items()
                    }
                ),
            )
    return MappingProxyType(found)
