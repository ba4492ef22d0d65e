"""What a record says of itself: pointers to its own parts, and no reference to itself."""

import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeVar, cast

from hypothesis import strategies as st

from airspace_events.models.base import BaseRecord
from airspace_events.testing.strategies.texts import pointer, unused_id
from airspace_events.testing.strategies.ties import Draft
from airspace_events.values.base import to_json
from airspace_events.values.structure import NamedRecord, named_records

R = TypeVar("R", bound=BaseRecord)

_LONGEST_POINTER = 500
_MOST_POINTERS = 2


def completed(record: R, draft: Draft) -> R:
    """A record that names no record by its own id, and whose citations support its parts.

    Args:
        record: the record.
        draft: what it was made of.
    """
    named = {one.name for one in named_records(record)}
    if record.id in named:
        if draft.may_change("id"):
            record = record.replace(id=unused_id(record.id, named))
        else:
            other = unused_id(record.id, named)
            record = renamed(record, lambda one: other if one.name == record.id else one.name)
    pointing = [name for name in ("sources", "assessments") if draft.fields.get(name)]
    free = [name for name in pointing if draft.may_change(name)]
    if not free or not draft.draw(st.booleans()):
        return record
    there = [text for text in pointers_into(record) if len(text) <= _LONGEST_POINTER]
    pointers = st.sampled_from(["", *there])
    some = st.lists(pointers, max_size=_MOST_POINTERS).map(tuple)
    changes: dict[str, Any] = {}
    for name in free:
        field, found = ("supports", some) if name == "sources" else ("pointer", pointers)
        changes[name] = tuple(
            one.replace(**{field: draft.draw(found)}) for one in draft.fields[name]
        )
    return record.replace(**changes)


def pointers_into(record: BaseRecord) -> Iterator[str]:
    """The RFC 6901 pointers to all that is there in a record."""
    return _pointers(json.loads(to_json(record)))


def _pointers(value: Any, *at: object) -> Iterator[str]:
    pairs: Any = cast("Any", value).items() if isinstance(value, dict) else enumerate(value)
    for key, inner in cast("Iterable[tuple[object, Any]]", pairs):
        # Null and what is empty is not there.
        if inner is None or inner in ([], {}):
            continue
        yield pointer(*at, key)
        if isinstance(inner, dict | list):
            yield from _pointers(inner, *at, key)


def renamed(record: R, name_of: Callable[[NamedRecord], str]) -> R:
    """A record that names others by other ids.

    Args:
        record: the record.
        name_of: gives for each name in it the one to stand there.
    """
    changes = [
        (one.parts, new) for one in named_records(record) if (new := name_of(one)) != one.name
    ]
    if not changes:
        return record
    data: dict[str, Any] = json.loads(to_json(record))
    for parts, new in changes:
        holder: Any = data
        for part in parts[:-1]:
            holder = holder[part]
        holder[parts[-1]] = new
    return type(record).model_validate_json(json.dumps(data))
