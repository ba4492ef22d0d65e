"""A cursor in a record, to plant a fault and to know its JSON Pointer."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, cast

from airspace_events.diagnostics.problem import Parts

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Spot:
    """An object within a record, with the parts of the pointer to it.

    A missing object is an empty one, so a search in it finds nothing.
    """

    fields: Json
    parts: Parts = ()

    def put(self, name: str, value: object) -> Parts:
        """Set a field, which may be missing, and return the parts of its pointer."""
        self.fields[name] = value
        return (*self.parts, name)

    def change(self, name: str, value: object) -> Parts | None:
        """Set a field and return the parts of its pointer; None if the field is missing."""
        return self.put(name, value) if name in self.fields else None

    def inner(self, name: str) -> "Spot":
        """Return the object in a field."""
        return Spot(self.fields.get(name, {}), (*self.parts, name))

    def items(self, name: str) -> Iterator["Spot"]:
        """Yield the objects of the list in a field."""
        for number, item in enumerate(self.fields.get(name, ())):
            yield Spot(item, (*self.parts, name, number))

    def first(self, name: str) -> "Spot":
        """Return the first object of the list in a field."""
        return next(self.items(name), Spot({}))


def named(value: object, name: str, parts: Parts = ()) -> Iterator[Parts]:
    """Yield the pointer of each key with a name, at any depth, in the order of the text."""
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
