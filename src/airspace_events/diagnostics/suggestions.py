"""Finds the word that somebody probably meant."""

from collections.abc import Mapping
from difflib import get_close_matches
from functools import cache, lru_cache
from typing import Any, NamedTuple

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
    "country": "state",
    "zone": "zones",
    "adiz": "zones",
    "surface": "over",
    "total": "totals",
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


class Former(NamedTuple):
    """What is written today for what stood in drafts of this schema, or in similar ones.

    Attributes:
        suggestion: what to write instead, if one thing always fits.
        hint: what else to do, to follow the message.
    """

    suggestion: str | None
    hint: str


_FORMER_FIELDS = {
    "airspace": Former(
        "state",
        '; write "state" with the code alone, `over` and `zones` beside it, and `crossing` and '
        '`occurrence` as "reported" if that was said: without `crossing` it is no border crossing',
    ),
    "crossings": Former("totals.crossings", ""),
    "pointer": Former("fields", ""),
    "counted": Former(
        "fields", '; write the aspect "field", with fields such as totals.crossings'
    ),
}
# Aspects that are fields of a record, and the names of these fields.
_FORMER_ASPECTS = {
    "occurrence": "occurrence",
    "airspace_crossing": "crossing",
    "crossing": "crossing",
    "count": "totals.crossings",
    "object_type": "objects.first.category",
    "category": "objects.first.category",
    "designation": "objects.first.designation",
    "payload": "objects.first.payload",
    "entered_from": "entered_from",
    "airspace_over": "over",
    "over": "over",
    "duration": "duration",
    "depth": "depth",
    "distance": "distance",
    "outcome": "objects.first.fates",
    "fate": "objects.first.fates",
    "damage_cause": "effects.first.cause",
    "response": "responses",
}
_LEFT_OUT = Former(None, ": leave the field out when nobody said")
_FORMER_WORDS = {
    ("AirspaceOver", "unknown"): _LEFT_OUT,
    ("FateKind", "unknown"): _LEFT_OUT,
    ("FindingCondition", "unknown"): _LEFT_OUT,
    ("AirspaceZone", "FIR"): Former(None, ": write the flight information region into `fir`"),
}


def former_field(name: str, fields: tuple[str, ...]) -> Former | None:
    """Return what is written today for a field that is gone; None if it never was one."""
    former = _FORMER_FIELDS.get(name)
    if former is None or former.suggestion is None:
        return None
    return former if former.suggestion.partition(".")[0] in fields else None


def former_word(vocabulary: str, word: Any) -> Former | None:
    """Return what is written today for a word that is gone; None if it never was one."""
    return _FORMER_WORDS.get((vocabulary, word)) if isinstance(word, str) else None


def former_aspect(word: Any, claim: Mapping[str, Any]) -> Former | None:
    """Return what is written today for an aspect that is a field; None if it never was one."""
    name = _FORMER_ASPECTS.get(word) if isinstance(word, str) else None
    if word == "count":
        # What a draft's claim counted says which field of the totals is meant.
        counted = claim.get("counted")
        name = (
            f"totals.{counted if isinstance(counted, str) and len(counted) < _LONGEST else '...'}"
        )
    return None if name is None else Former("field", f'; name the field: "fields": ["{name}"]')


def claimed_name(name: str, context: Mapping[str, Any]) -> str | None:
    """Return the name of a field that was probably meant in a claim.

    Args:
        name: the name as it was written.
        context: what the refusal tells: its ``suggestion``; or the ``position`` of the part that
            is wrong, and the ``choices`` there.
    """
    if "suggestion" in context:
        return str(context["suggestion"])
    former = _FORMER_FIELDS.get(name) or Former(_FORMER_ASPECTS.get(name), "")
    if former.suggestion and former.suggestion != name and "first" not in former.suggestion:
        return former.suggestion
    parts, position = name.split("."), int(context["position"])
    if position >= len(parts):
        return None
    near = field_of(parts[position], tuple(str(context["choices"]).split(", ")))
    return ".".join((*parts[:position], near, *parts[position + 1 :])) if near else None


def field_name(text: str) -> str | None:
    """Return the name that a JSON Pointer without indices makes, as drafts had pointers."""
    parts = text.split("/")[1:]
    if not text.startswith("/") or len(text) > _LONGEST or any(part.isdigit() for part in parts):
        return None
    former = _FORMER_FIELDS.get(parts[0])
    first = former.suggestion if former and former.suggestion else parts[0]
    return ".".join(dict.fromkeys((first, *parts[1:])))


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
    if word.isascii() and len(word) == len("RO") and word.islower():
        word = word.upper()  # a hint may say what a look-up must not guess
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
