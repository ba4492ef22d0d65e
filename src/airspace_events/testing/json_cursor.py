"""A cursor in a record, for inserting a fault and determining its JSON Pointer."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, cast

from airspace_events.diagnostics.problem import Parts

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Spot:
    """An object within a record, with the parts of the pointer to the object.

    A missing object counts as empty, so a search in a missing object finds nothing.
    """

    fields: Json
    parts: Parts = ()

    def put(self, name: str, value: object) -> Parts:
        """Set a field, even if it is missing, and return the parts of its pointer."""
        self.fields[name] = value
        return (*self.parts, name)

    def change(self, name: str, value: object) -> Parts | None:
        """Set an existing field and return the parts of its pointer, or None if it is missing."""
        return self.put(name, value) if name in self.fields else None

    def inner(self, name: str) -> "Spot":
        """Return a cursor for the object in a field."""
        return Spot(self.fields.get(name, {}), (*self.parts, name))

    def items(self, name: str) -> Iterator["Spot"]:
        """Yield a cursor for each object of the list in a field."""
        for number, item in enumerate(self.fields.get(name, ())):
            yield Spot(item, (*self.parts, name, number))

    def first(self, name: str) -> "Spot":
        """Return a cursor for the first object of the list in a field."""
        return next(self.items(name), Spot({}))


def named(value: object, name: str, parts: Parts = ()) -> Iterator[Parts]:
    """Yield the pointer of each key with a given name at any depth, in the order of the text."""
    if isinstance(value, dict):
        for key, inner in cast("Json", value).items():
            if key == name:
                yield (*parts, key)
            yield from named(inner, name, (*parts, key))
    elif isinstance(value, list):
        for number, inner in enumerate(cast("list[object]", value)):
            yield from named(inner, name, (*parts, number))


def at(record: Json, parts: Parts) -> Any:
    """Return the value at a pointer."""
    value: Any = record
    for part in parts:
        value = value[part]
    return value
