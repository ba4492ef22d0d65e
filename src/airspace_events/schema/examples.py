"""Examples of records, values and fields, from a made-up feed."""

import json
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from airspace_events.feeds.header import FeedHeader
from airspace_events.feeds.reading import record_adapter
from airspace_events.models.records import Record
from airspace_events.reference.alliances import alliances
from airspace_events.reference.states import states
from airspace_events.values.base import Value, to_json
from airspace_events.values.structure import FieldShape
from airspace_events.vocabulary.codebook import vocabularies


@cache
def example_lines() -> tuple[str, ...]:
    """Return the lines of the made-up feed: its header, then one record per line."""
    file = files("airspace_events.schema").joinpath("record_examples.jsonl")
    return tuple(file.read_text(encoding="utf-8").splitlines())


@cache
def example_records() -> tuple[FeedHeader | Record, ...]:
    """Return the header and the records of the made-up feed."""
    header, *records = example_lines()
    parse = record_adapter().validate_json
    return (FeedHeader.model_validate_json(header), *map(parse, records))


@cache
def examples() -> Mapping[type[Value], Any]:
    """Return a mapping from classes to their first instance in the made-up feed, as JSON."""
    found: dict[type[Value], Any] = {}
    for record in example_records():
        for value in _values_in(record):
            found.setdefault(type(value), json.loads(to_json(value)))
    return MappingProxyType(found)


def _values_in(value: Any) -> Iterator[Value]:
    if isinstance(value, Value):
        yield value
        for name in type(value).model_fields:
            yield from _values_in(getattr(value, name))
    elif isinstance(value, tuple):
        for item in value:  # pyright: ignore[reportUnknownVariableType]
            yield from _values_in(item)


_LONGEST = 70
"""The maximum length of an example in a table."""

_BARE = frozenset({"whole number", "positive whole number", "number", "true or false"})
"""The names of the forms whose values need no quotation marks in JSON."""

_OF_FIELDS: Mapping[tuple[str, str], Any] = MappingProxyType(
    {
        ("AerialObject", "note"): "It flew low along a river.",
        ("BaseRecord", "revision"): 2,
        ("Citation", "note"): "The report quotes the ministry.",
        ("Finding", "designation"): "Geran-2",
        ("Membership", "note"): "The treaty gives only the year.",
        ("Place", "admin2"): "Isaccea",
        ("Quote", "suffix"): "near a made-up village",
        ("Response", "article"): "Article 4 of the North Atlantic Treaty",
        ("Response", "note"): "The jets returned after an hour.",
        ("Response", "place"): "village",
        ("SpeechAct", "note"): "The offer was repeated the next day.",
        ("Statement", "audience"): "journalists in Brussels",
        ("Statement", "occasion"): "a meeting of defence ministers",
    }
)
"""Examples for fields that are not in the made-up feed and whose type has no suitable example."""


def example_of(model: type[Value], shape: FieldShape) -> str:
    """Return a short example of a field as JSON, or an empty string if there is none.

    The example is a value of the field in the made-up feed, if one is short enough. Otherwise, it
    comes from the table in this module, from the vocabulary or from the form of the field.
    """
    name = shape.name
    found = _found().get((model, name)) or _found().get((_defining_class(model, name), name))
    if found is not None and len(found) <= _LONGEST:
        return found
    own = _OF_FIELDS.get((model.__name__, name))
    if own is not None:
        return json.dumps(own, ensure_ascii=False)
    plain = "" if shape.models else _plain_example(model, shape)
    return f"[{plain}]" if plain and shape.many else plain


def _plain_example(model: type[Value], shape: FieldShape) -> str:
    if shape.reference and shape.reference.kinds == ("same",):
        return _found()[model, "id"]
    if shape.vocabulary:
        return json.dumps(vocabularies()[shape.vocabulary].words[0])
    if shape.form is None or shape.mapping:
        return ""
    example = shape.form.example
    return example if shape.form.name in _BARE else json.dumps(example, ensure_ascii=False)


@cache
def _found() -> Mapping[tuple[type[Value], str], str]:
    """Return the shortest example of each field as JSON, by class and field name."""
    found: dict[tuple[type[Value], str], str] = {}
    # The built-in data have values that the feed lacks: official names, dependent territories.
    built_in = (states.get("RO"), states.get("GL"), alliances.get("visegrad"))
    for record in (*example_records(), *built_in):
        for value in _values_in(record):
            given: dict[str, Any] = json.loads(to_json(value))
            for name, held in given.items():
                text = json.dumps(held, ensure_ascii=False)
                for model in {type(value), _defining_class(type(value), name)}:
                    shortest = found.get((model, name), text)
                    found[model, name] = min(shortest, text, key=len)
    return MappingProxyType(found)


def _defining_class(model: type[Value], field: str) -> type[Value]:
    return next(
        base
        for base in model.__mro__
        if issubclass(base, Value) and field in vars(base).get("__annotations__", {})
    )
