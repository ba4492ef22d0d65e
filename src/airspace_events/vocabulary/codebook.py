"""What the words mean: the definitions, synonyms and crosswalks of every vocabulary.

They stand in the ``.toml`` file beside each module of words, for people to read and correct,
and are read from there when first asked for.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module, resources
from types import MappingProxyType

from typing_extensions import TypeAliasType

from airspace_events.vocabulary.word_lists import words_of

MODULES = (
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


@dataclass(frozen=True, slots=True)
class Term:
    """One word of a vocabulary.

    Attributes:
        word: the word, as records write it.
        definition: what it means, in one line.
        synonyms: what people write for it by mistake.
        crosswalk: its code in other standards, by the name of the standard.
    """

    word: str
    definition: str
    synonyms: tuple[str, ...] = ()
    crosswalk: Mapping[str, str] = field(default_factory=dict[str, str])


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """A closed list of words.

    Attributes:
        name: the name of its type.
        module: the module of `airspace_events.vocabulary` that holds it.
        title: what it is called, to stand after "no": "object category".
        about: what its words tell apart, in one sentence.
        standard: the standard that the whole list comes from, if one does.
        words: the words, in their order.
        terms: the words with their meaning; none for codes that a standard defines.
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
    """All vocabularies, by the name of their type."""
    found: dict[str, Vocabulary] = {}
    for module in MODULES:
        words = import_module(f"airspace_events.vocabulary.{module}")
        file = resources.files("airspace_events.vocabulary").joinpath(f"{module}.toml")
        for name, entry in tomllib.loads(file.read_text(encoding="utf-8")).items():
            alias: TypeAliasType = getattr(words, name)
            found[name] = Vocabulary(
                name=name,
                module=module,
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
