"""The names of the fields that a record has."""

from collections.abc import Iterator, Sequence
from typing import Any, cast

from pydantic_core import PydanticCustomError

from airspace_events.models.base import BaseRecord
from airspace_events.values.base import Value
from airspace_events.values.field_names import claimed_field, field_named


def fields_in(record: BaseRecord) -> Iterator[str]:
    """The names of all fields that are given in a record, and of items that have an id."""
    return (name for name in _names_in(record, "") if field_named(record, name).value is not None)


def claimable_in(record: BaseRecord) -> Iterator[str]:
    """Those of them that claims and assessments can name."""
    return (name for name in fields_in(record) if _is_claimable(name))


def _names_in(value: Value, before: str) -> Iterator[str]:
    for field in type(value).model_fields:
        name = before + field
        held: Any = field_named(value, field).value
        if held is None:
            continue
        yield name
        if isinstance(held, tuple):
            for item in cast("Sequence[Any]", held):
                if getattr(item, "id", None) is not None:
                    yield f"{name}.{item.id}"
                    yield from _names_in(item, f"{name}.{item.id}.")
        elif isinstance(held, Value):
            yield from _names_in(held, f"{name}.")


def _is_claimable(name: str) -> bool:
    try:
        claimed_field(name)
    except PydanticCustomError:
        return False
    return True
