"""What a record says of itself: the names of its own fields, and no reference to itself."""

import json
from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar, cast

from hypothesis import strategies as st
from pydantic_core import PydanticCustomError

from airspace_events.models.base import BaseRecord
from airspace_events.testing.strategies.claimed_values import claimed_values
from airspace_events.testing.strategies.texts import unused_id
from airspace_events.testing.strategies.ties import Draft
from airspace_events.values.assessments import Assessment, FieldAssessment
from airspace_events.values.base import Value, to_json
from airspace_events.values.field_names import claimed_field, field_named
from airspace_events.values.structure import NamedRecord, named_records

R = TypeVar("R", bound=BaseRecord)

_MOST_NAMES = 2


def completed(record: R, draft: Draft) -> R:
    """A record whose citations and assessments name its fields, and that names no own id.

    Args:
        record: the record.
        draft: what it was made of.
    """
    return _naming_others(_naming_fields(record, draft), draft)


def _naming_others(record: R, draft: Draft) -> R:
    named = {one.name for one in named_records(record)}
    if record.id not in named:
        return record
    if draft.may_change("id"):
        return record.replace(id=unused_id(record.id, named))
    other = unused_id(record.id, named)
    return renamed(record, lambda one: other if one.name == record.id else one.name)


def _naming_fields(record: R, draft: Draft) -> R:
    naming = [name for name in ("sources", "assessments") if draft.fields.get(name)]
    free = [name for name in naming if draft.may_change(name)]
    if not free or not draft.draw(st.booleans()):
        return record
    names = list(fields_of_record(record))
    changes: dict[str, Any] = {}
    for name in free:
        if name == "sources":
            some = _some(names)
            changes[name] = tuple(
                one.replace(supports=draft.draw(some)) for one in draft.fields[name]
            )
        else:
            claimable = [one for one in names if is_claimable(one)]
            changes[name] = tuple(_assessed(one, claimable, draft) for one in draft.fields[name])
    return record.replace(**changes)


def _assessed(one: Assessment, names: Sequence[str], draft: Draft) -> Assessment:
    if not isinstance(one, FieldAssessment):
        return one.replace(fields=draft.draw(_some(names)))
    name = draft.draw(st.sampled_from(names))
    values = claimed_values(name, draft.values_of)
    needs_value = claimed_field(name).kind == "list"
    has_value = values is not None and (needs_value or draft.draw(st.booleans()))
    return one.replace(fields=(name,), value=draft.draw(values) if values and has_value else None)


def _some(names: Sequence[str]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(names), max_size=_MOST_NAMES).map(tuple)


def fields_of_record(record: BaseRecord) -> Iterator[str]:
    """The names of all fields that are given in a record, and of items that have an id."""
    return (name for name in _names_in(record, "") if field_named(record, name).value is not None)


def _names_in(value: Value, before: str) -> Iterator[str]:
    for field in type(value).model_fields:
        name = before + field
        held = field_named(value, field).value
        if held is None:
            continue
        yield name
        if isinstance(held, tuple):
            for item in cast("tuple[Any, ...]", held):
                if getattr(item, "id", None) is not None:
                    yield f"{name}.{item.id}"
                    yield from _names_in(item, f"{name}.{item.id}.")
        elif isinstance(held, Value):
            yield from _names_in(held, f"{name}.")


def is_claimable(name: str) -> bool:
    """Whether claims and assessments can use a name."""
    try:
        claimed_field(name)
    except PydanticCustomError:
        return False
    return True


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
