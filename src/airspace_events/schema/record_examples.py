"""A made-up feed with an example of everything: of each record, each value, each claim."""

import json
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from airspace_events.feeds.header import FeedHeader
from airspace_events.feeds.reading import record_adapter
from airspace_events.models.records import Record
from airspace_events.values.base import Value, to_json


@cache
def example_lines() -> tuple[str, ...]:
    """The lines of the made-up feed: its header, and a record on each."""
    file = files("airspace_events.schema").joinpath("record_examples.jsonl")
    return tuple(file.read_text(encoding="utf-8").splitlines())


@cache
def example_records() -> tuple[FeedHeader | Record, ...]:
    """The header and the records of the made-up feed."""
    header, *records = example_lines()
    parse = record_adapter().validate_json
    return (FeedHeader.model_validate_json(header), *map(parse, records))


@cache
def examples() -> Mapping[type[Value], Any]:
    """An example of each class as JSON: the first that stands in the made-up feed."""
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
