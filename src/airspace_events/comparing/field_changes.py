"""The fields in which two records, or two headers, differ."""

from __future__ import annotations

import json
from collections import defaultdict, deque
from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest
from typing import Any, NamedTuple, cast

import pydantic_core

from airspace_events.values.base import Value, to_json
from airspace_events.values.geometry import Geometry
from airspace_events.values.measures import ReportedCount, ReportedQuantity
from airspace_events.values.structure import fields_of
from airspace_events.values.time import ReportedTime

# Part of a count or of a time means nothing to a reader.
_WHOLE_VALUES = (ReportedCount, ReportedQuantity, ReportedTime, Geometry)


class FieldChange(NamedTuple):
    """One changed field.

    Attributes:
        name: the path to the field, with dots: ``objects.drones.count``. An item of a list is
            identified by its id, by the record that it refers to, or by its index.
        old: the old value; None if the field had no value.
        new: the new value; None if the field has no value.
    """

    name: str
    old: Any
    new: Any


def field_changes(old: Value, new: Value, before: str = "") -> Iterator[FieldChange]:
    """Yield the fields that differ between two values of the same class, in field order.

    Items of two lists are matched by their ids, or by the records that they refer to. Lists of
    words are compared as sets. A time, a count, a quantity or a geometry is compared as a whole.

    Args:
        old: the old value.
        new: the new value.
        before: the path to the values, ending in a dot, or an empty string.
    """
    for name in fields_of(type(new)):
        one, other = old.__dict__[name], new.__dict__[name]
        yield from _changes(before + name, one, other)


def _changes(name: str, old: Any, new: Any) -> Iterator[FieldChange]:
    """Yield each changed part; for a plain value or a reordered list, yield the whole value."""
    old, new = (None if value == () else value for value in (old, new))
    if _canonical(old) != _canonical(new):
        yield from list(_changes_of_parts(name, old, new)) or [FieldChange(name, old, new)]


def _changes_of_parts(name: str, old: Any, new: Any) -> Iterator[FieldChange]:
    if isinstance(old, tuple) or isinstance(new, tuple):
        for path, one, other in _pairs(name, _items(old), _items(new)):
            yield from _changes(path, one, other)
    elif isinstance(old, dict) and isinstance(new, dict):
        had, has = cast("dict[str, Any]", old), cast("dict[str, Any]", new)
        for key in sorted(had.keys() | has.keys()):
            yield from _changes(f"{name}.{key}", had.get(key), has.get(key))
    elif isinstance(old, Value) and type(old) is type(new) and not isinstance(old, _WHOLE_VALUES):
        yield from field_changes(old, new, f"{name}.")


def _items(value: Any) -> Sequence[Any]:
    return value or ()


def _pairs(name: str, old: Sequence[Any], new: Sequence[Any]) -> Iterator[tuple[str, Any, Any]]:
    """Yield the path and both items of each pair, with None for an added or removed item."""
    was, is_ = _keyed(old), _keyed(new)
    if was is not None and is_ is not None:
        for key in dict.fromkeys((*was, *is_)):
            one, other = was.get(key), is_.get(key)
            is_word = key in (one, other)
            yield name if is_word else f"{name}.{key}", one, other
        return
    # Equal items form pairs. The other items are paired in order.
    places: defaultdict[bytes, deque[int]] = defaultdict(deque)
    for number, item in enumerate(new):
        places[_canonical(item)].append(number)
    gone: list[int] = []
    for number, item in enumerate(old):
        if same := places[_canonical(item)]:
            same.popleft()
        else:
            gone.append(number)
    left = sorted(number for numbers in places.values() for number in numbers)
    for before, after in zip_longest(gone, left):
        path = f"{name}.{before if after is None else after}"
        one = None if before is None else old[before]
        yield path, one, None if after is None else new[after]


def _keyed(items: Sequence[Any]) -> Mapping[str, Any] | None:
    """Return the items by key, or None if an item has no unique key."""
    keys = [_key_of(item) for item in items]
    is_clear = None not in keys and len(set(keys)) == len(keys)
    return dict(zip(cast("list[str]", keys), items, strict=True)) if is_clear else None


def _key_of(item: Any) -> str | None:
    """Return the id of an item, the id of the only record it must refer to, or its word."""
    if isinstance(item, str):
        return item
    if not isinstance(item, Value):
        return None
    if (own := item.__dict__.get("id")) is not None:
        return str(own)
    references = [
        one.name
        for one in fields_of(type(item)).values()
        if one.reference is not None and one.required and not one.many
    ]
    return str(item.__dict__[references[0]]) if len(references) == 1 else None


def _canonical(value: Any) -> bytes:
    data = pydantic_core.from_json(pydantic_core.to_json(value))
    return json.dumps(data, sort_keys=True).encode()


def json_of(value: Any) -> str:
    """Return the JSON of a field's value, without defaults and nulls."""
    items: Any = value
    if isinstance(value, tuple):
        return f"[{','.join(map(json_of, items))}]"
    return (to_json(value) if isinstance(value, Value) else pydantic_core.to_json(value)).decode()
