"""Suggestions: functions that return the word, field or id that was probably meant."""

from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from typing import Any, NamedTuple, cast

from pydantic_core import PydanticCustomError

from airspace_events.errors import AmbiguousNameError, UnknownNameError
from airspace_events.reference.states import states
from airspace_events.spelling import LONGEST, fold, nearest
from airspace_events.values.field_names import claimed_field
from airspace_events.values.time import time_zones
from airspace_events.vocabulary.codebook import vocabularies

# The placeholder for an id in a suggestion, because only the writer of the record knows the id.
_AN_ID = "<id>"
_DOTS = str.maketrans("/[]", "...")
_SPOKEN = frozenset({"claims", "acts"})

# Common other names of fields; a field is suggested only if the record can have it.
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
    """The replacement for a name from an earlier draft of the schema or from a similar schema.

    Attributes:
        suggestion: the replacement text; None if it depends on the record.
        hint: further advice, appended to the message.
    """

    suggestion: str | None
    hint: str


_FORMER_FIELDS = {
    "airspace": Former(
        "state",
        "; write the state code in `state`, use `over` and `zones` as fields of the record, and "
        'set `crossing` and `occurrence` to "reported" if a border crossing was reported',
    ),
    "crossings": Former("totals.crossings", ""),
    "pointer": Former("fields", ""),
    "counted": Former(
        "fields", '; use the aspect "field" and name a field such as totals.crossings'
    ),
}
# Former aspects that are now fields of a record, and the names of these fields.
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
_LEFT_OUT = Former(None, "; leave out the field if its value is not known")
_FORMER_WORDS = {
    ("AirspaceOver", "unknown"): _LEFT_OUT,
    ("FateKind", "unknown"): _LEFT_OUT,
    ("FindingCondition", "unknown"): _LEFT_OUT,
    ("AirspaceZone", "FIR"): Former(None, "; write the flight information region in `fir`"),
}


def former_field(name: str, fields: tuple[str, ...]) -> Former | None:
    """Return the replacement for a former field, or None if the name was never a field."""
    former = _FORMER_FIELDS.get(name)
    if former is None or former.suggestion is None:
        return None
    return former if former.suggestion.partition(".")[0] in fields else None


def former_word(vocabulary: str, word: Any) -> Former | None:
    """Return the replacement for a former term, or None if the word was never a term."""
    return _FORMER_WORDS.get((vocabulary, word)) if isinstance(word, str) else None


def former_aspect(word: Any, claim: Mapping[str, Any]) -> Former | None:
    """Return the replacement for a former aspect, or None if the word was never an aspect."""
    name = _FORMER_ASPECTS.get(word) if isinstance(word, str) else None
    if word == "count":
        # In early drafts, `counted` names the field of the totals.
        counted = claim.get("counted")
        name = (
            f"totals.{counted if isinstance(counted, str) and len(counted) < LONGEST else '...'}"
        )
    return (
        None
        if name is None
        else Former("field", f'; write the name of the field: "fields": ["{name}"]')
    )


def claimed_name(name: str, context: Mapping[str, Any]) -> str | None:
    """Return the field name that the writer of a claim probably meant.

    Args:
        name: the name as written.
        context: the context of the error, with a ``suggestion``, or with the ``position`` of
            the wrong part and the ``choices`` for this part.
    """
    if "suggestion" in context:
        return str(context["suggestion"])
    former = _FORMER_FIELDS.get(name.partition(".")[0])
    former = former or Former(_FORMER_ASPECTS.get(name), "")
    if former.suggestion and former.suggestion != name and "first" not in former.suggestion:
        return former.suggestion
    parts, position = name.split("."), int(context["position"])
    if position >= len(parts):
        return None
    near = field_of(parts[position], tuple(str(context["choices"]).split(", ")))
    return ".".join((*parts[:position], near, *parts[position + 1 :])) if near else None


def field_name(text: str) -> str | None:
    """Return the field name that probably means the same as a JSON Pointer or a path with indices.

    >>> field_name("/airspace/state"), field_name("objects[0].count")
    ('state', 'objects.<id>.count')
    """
    if len(text) > LONGEST:
        return None
    parts = [part for part in text.removeprefix("$").translate(_DOTS).split(".") if part]
    former = _FORMER_FIELDS.get(parts[0]) if parts else None
    if former and former.suggestion:
        first = former.suggestion.split(".")
        parts = first + (parts[2:] if parts[1:2] == first[-1:] else parts[1:])
    # A path refers to an item by its index, but a field name uses the id of the item.
    name = ".".join(_AN_ID if part.isdigit() else part for part in parts)
    if not all(part == _AN_ID or _is_name(part) for part in name.split(".")):
        return None
    try:
        claimed_field(name.replace(_AN_ID, "x"))
    except PydanticCustomError as error:
        shorter = (error.context or {}).get("suggestion")
        if shorter is not None:
            return ".".join(_AN_ID if part == "x" else part for part in shorter.split("."))
        # Claims cannot use the name, but citations can; only items of claims and acts have ids.
        return name if _AN_ID not in name or parts[0] in _SPOKEN else None
    return name


def _is_name(part: str) -> bool:
    return part[:1].isalpha() and part.isascii() and part == part.lower() and " " not in part


def name_in(record: Any, name: str) -> str | None:
    """Find the existing field of a record that was probably meant, and return its name.

    Args:
        record: the JSON of the record.
        name: the name as written; the record has no field with this name.

    >>> name_in({"objects": [{"id": "first", "count": {"best": 2}}]}, "objects.fist.count")
    'objects.first.count'
    """
    former = _FORMER_FIELDS.get(name.partition(".")[0])
    name = former.suggestion if former and former.suggestion else name
    held: Any = record
    found: list[str] = []
    for part in name.split("."):
        if isinstance(held, list):
            items = cast("Sequence[Any]", held)
            held = {key: one for one in items if (key := _id_of(one)) is not None}
        fields = cast("dict[str, Any]", held) if isinstance(held, dict) else {}
        near = part if part in fields else field_of(part, tuple(map(str, fields)))
        if near is None:
            return None
        found.append(near)
        held = fields[near]
    return ".".join(found)


def _id_of(item: Any) -> str | None:
    name = cast("dict[str, Any]", item).get("id") if isinstance(item, dict) else None
    return name if isinstance(name, str) else None


def word_of(vocabulary: str, word: str) -> str | None:
    """Return the word of a vocabulary that has this synonym or a similar spelling."""
    return None if len(word) > LONGEST else _word_of(vocabulary, word)


# Cached words must be short, because a feed may contain words of any length.
@lru_cache(maxsize=1024)
def _word_of(vocabulary: str, word: str) -> str | None:
    words = vocabularies()[vocabulary]
    meant = {fold(str(term)): str(term) for term in words.words}
    for term in words.terms.values():
        meant.update({fold(synonym): term.word for synonym in term.synonyms})
    found = meant.get(fold(word))
    if found is None and (spelled := nearest(word, meant)):
        found = meant[spelled]
    return found


def state_code(word: str) -> str | None:
    """Return the code of the state with this name, or None if no state has the name."""
    if word.isascii() and len(word) == len("RO") and word.islower():
        word = word.upper()  # a suggestion may guess, but a look-up must not
    try:
        return states.resolve(word, language="en", suggest=False).alpha_2
    except (UnknownNameError, AmbiguousNameError):
        return None


def nearest_state(word: str) -> str | None:
    """Return the code of the state with this name, or of the only state with a similar name."""
    return _nearest_state(word) if len(word) <= LONGEST else None


@lru_cache(maxsize=1024)
def _nearest_state(word: str) -> str | None:
    try:
        return states.resolve(word, language="en").alpha_2
    except UnknownNameError as error:
        near = error.suggestions
        return state_code(word) or (state_code(near[0]) if len(near) == 1 else None)
    except AmbiguousNameError:
        return None


def time_zone(name: str) -> str | None:
    """Return the name of the time zone that was probably meant."""
    return None if len(name) > LONGEST else _time_zone(name)


@lru_cache(maxsize=1024)
def _time_zone(name: str) -> str | None:
    zones = _zones_by_city()
    return zones.get(fold(name)) or nearest(name, zones.values())


@cache
def _zones_by_city() -> dict[str, str]:
    return {fold(zone.rpartition("/")[2]): zone for zone in sorted(time_zones())}


def slug(text: str) -> str | None:
    """Return an id made from a string, or None if the string has no usable characters."""
    if len(text) > LONGEST or not text.isascii():
        return None
    parts = "".join(char if char.isalnum() else " " for char in text.lower()).split()
    return "-".join(parts) or None


def name_of_record(text: str, kinds: tuple[str, ...]) -> str | None:
    """Return the state code or the record id that was probably meant."""
    return (state_code(text) if "state" in kinds else None) or slug(text)


def field_of(name: str, fields: tuple[str, ...]) -> str | None:
    """Return the field name that was probably meant, or None if no name is similar."""
    return None if len(name) > LONGEST else _field_of(name, fields)


@lru_cache(maxsize=1024)
def _field_of(name: str, fields: tuple[str, ...]) -> str | None:
    habit = _FIELD_HABITS.get(fold(name))
    return habit if habit in fields else nearest(name, fields)
