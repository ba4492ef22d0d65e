"""Where in a record something stands, while a fault is planted there."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, cast

from airspace_events.diagnostics.problem import Parts

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Spot:
    """An object within a record, with the parts of the pointer to it.

    What is not there is an empty object, so that nothing is found in it either.
    """

    fields: Json
    parts: Parts = ()

    def put(self, name: str, value: object) -> Parts:
        """Give a field a value, whether it is there or not; the parts that lead to it."""
        self.fields[name] = value
        return (*self.parts, name)

    def change(self, name: str, value: object) -> Parts | None:
        """The same, if the field is there."""
        return self.put(name, value) if name in self.fields else None

    def inner(self, name: str) -> "Spot":
        """The object that a field holds."""
        return Spot(self.fields.get(name, {}), (*self.parts, name))

    def items(self, name: str) -> Iterator["Spot"]:
        """The objects of the list that a field holds."""
        for number, item in enumerate(self.fields.get(name, ())):
            yield Spot(item, (*self.parts, name, number))

    def first(self, name: str) -> "Spot":
        """The first of them."""
        return next(self.items(name), Spot({}))


def named(value: object, name: str, parts: Parts = ()) -> Iterator[Parts]:
    """Where a key of that name stands, however deep, in the order of the text."""
    if isinstance(value, dict):
        for key, inner in cast("Json", value).items():
            if key == name:
                yield (*parts, key)
            yield from named(inner, name, (*parts, key))
    elif isinstance(value, list):
        for number, inner in enumerate(cast("list[object]", value)):
            yield from named(inner, name, (*parts, number))


def at(record: Json, parts: Parts) -> Any:
    """What stands there."""
    value: Any = record
    for part in parts:
        value = value[part]
    return value
