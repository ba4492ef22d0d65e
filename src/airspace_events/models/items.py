"""The items of a record: their ids are unique in each list, and places are written once."""

from collections.abc import Iterator, Sequence
from typing import Any

from pydantic_core import PydanticCustomError

from airspace_events.values.base import Value

_LISTS = ("zones", "places", "objects", "effects", "responses", "claims", "acts")


def check_items(record: Value) -> None:
    """Refuse items with the same id, and a place that is none of the record's.

    Args:
        record: a record with some of the lists whose items have ids.

    Raises:
        PydanticCustomError: an id stands twice in a list, or names no place of the record.
    """
    lists = [(name, items) for name in _LISTS if (items := record.__dict__.get(name))]
    for name, items in lists:
        _check_ids(items, f"/{name}")
    for at, item in _located(lists):
        if item.place is not None and item.place not in {
            place.id for place in record.__dict__["places"]
        }:
            msg = 'no place of this record has the id "{name}"'
            context = {"name": item.place, "at": f"{at}/place"}
            raise PydanticCustomError("unknown_place", msg, context)


def _check_ids(items: Sequence[Any], at: str) -> None:
    if len(items) == 1:
        return
    seen: set[str] = set()
    for number, item in enumerate(items):
        if item.id is None:
            continue
        if item.id in seen:
            msg = 'the id "{name}" stands twice in this list'
            context = {"name": item.id, "at": f"{at}/{number}/id"}
            raise PydanticCustomError("duplicate_item_id", msg, context)
        seen.add(item.id)


def _located(lists: list[tuple[str, Any]]) -> Iterator[tuple[str, Any]]:
    """Yield what can have a place, with the pointer to it; check the ids of fates on the way."""
    for name, items in lists:
        for number, item in enumerate(items):
            if name == "objects" and item.fates:
                _check_ids(item.fates, f"/objects/{number}/fates")
                for index, fate in enumerate(item.fates):
                    yield f"/objects/{number}/fates/{index}", fate
            elif name in {"effects", "responses"}:
                yield f"/{name}/{number}", item
