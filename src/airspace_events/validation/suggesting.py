"""Finds the word that somebody probably meant."""

from difflib import get_close_matches
from functools import cache, lru_cache

from airspace_events.errors import AmbiguousNameError, UnknownNameError
from airspace_events.reference.states import states
from airspace_events.values.time import time_zones
from airspace_events.vocabulary.codebook import Vocabulary, vocabularies

_LONGEST = 60

# What people call a field, and the field; it is suggested where the record has that one.
_FIELD_HABITS = {
    "date": "time",
    "datetime": "time",
    "when": "time",
    "country": "airspace",
    "description": "note",
    "notes": "note",
    "comment": "note",
    "remarks": "note",
    "aircraft": "objects",
    "drones": "objects",
    "object": "objects",
    "model": "designation",
    "number": "count",
    "quantity": "count",
    "value": "best",
    "lat": "geometry",
    "latitude": "geometry",
    "lon": "geometry",
    "lng": "geometry",
    "longitude": "geometry",
    "coordinates": "geometry",
    "location": "places",
    "place": "places",
    "source": "sources",
    "speaker": "speakers",
    "author": "publisher",
    "status": "occurrence",
    "link": "url",
}


def close_to(word: str, candidates: tuple[str, ...]) -> str | None:
    """The candidate that is spelt most like a word, if one is like it at all."""
    if len(word) > _LONGEST:
        return None
    folded = {_fold(candidate): candidate for candidate in candidates}
    matches = get_close_matches(_fold(word), folded, n=1, cutoff=0.72)
    return folded[matches[0]] if matches else None


def word_of(vocabulary: str, word: str) -> str | None:
    """The word of a vocabulary that was probably meant: a synonym, or one spelt alike."""
    return None if len(word) > _LONGEST else _word_of(vocabulary, word)


# What is remembered must be short: whoever writes a feed chooses how long its words are.
@lru_cache(maxsize=1024)
def _word_of(vocabulary: str, word: str) -> str | None:
    words = vocabulary_named(vocabulary)
    meant = {_fold(str(term)): str(term) for term in words.words}
    for term in words.terms.values():
        meant.update({_fold(synonym): term.word for synonym in term.synonyms})
    folded = _fold(word)
    if folded in meant:
        return meant[folded]
    matches = get_close_matches(folded, meant, n=1, cutoff=0.72)
    return meant[matches[0]] if matches else None


def state_code(word: str) -> str | None:
    """The code of the state that was probably meant, if the word names one."""
    try:
        return states.resolve(word, language="en", suggest=False).alpha_2
    except (UnknownNameError, AmbiguousNameError):
        return None


def time_zone(name: str) -> str | None:
    """The name of the time zone that was probably meant."""
    return None if len(name) > _LONGEST else _time_zone(name)


@lru_cache(maxsize=1024)
def _time_zone(name: str) -> str | None:
    zones = _time_zones()
    return zones.get(_fold(name)) or close_to(name, tuple(zones.values()))


@cache
def _time_zones() -> dict[str, str]:
    """The names of all time zones, each by the city that it is called after."""
    return {_fold(zone.rpartition("/")[2]): zone for zone in sorted(time_zones())}


def slug(text: str) -> str | None:
    """The id that a text would make."""
    if len(text) > _LONGEST or not text.isascii():
        return None
    parts = "".join(char if char.isalnum() else " " for char in text.lower()).split()
    return "-".join(parts) or None


def name_of_record(text: str, kinds: tuple[str, ...]) -> str | None:
    """What names the record that was meant: a state's code, if it may be one, or an id."""
    return (state_code(text) if "state" in kinds else None) or slug(text)


def field_of(name: str, fields: tuple[str, ...]) -> str | None:
    """The field that was probably meant."""
    return None if len(name) > _LONGEST else _field_of(name, fields)


@lru_cache(maxsize=1024)
def _field_of(name: str, fields: tuple[str, ...]) -> str | None:
    habit = _FIELD_HABITS.get(_fold(name))
    return habit if habit in fields else close_to(name, fields)


def vocabulary_named(name: str) -> Vocabulary:
    """The vocabulary of that name."""
    return vocabularies()[name]


def _fold(word: str) -> str:
    return word.strip().casefold().replace(" ", "_").replace("-", "_")
