"""The items of a record: ids are unique in each list, and nothing is written or counted twice."""

from collections.abc import Iterator, Sequence
from typing import Any

from pydantic_core import PydanticCustomError

from airspace_events.values.base import Value

_LISTS = ("zones", "places", "objects", "effects", "responses", "claims", "acts")
_LOCATED = frozenset({"effects", "responses"})


def check_items(record: Value) -> None:
    """Refuse items with the same id, a place that is none of the record's, and double counts.

    Args:
        record: a record with some of the lists whose items have ids.

    Raises:
        PydanticCustomError: an id stands twice in a list, or names no place of the record; or
            the totals count the objects, and there is only one, which has a count of its own.
    """
    given, names = record.__dict__, record.__pydantic_fields_set__
    if "totals" in names and len(given["objects"]) == 1:
        totals = given["totals"]
        if totals is not None and totals.objects is not None:
            msg = "the count of the one object says how many objects there were"
            raise PydanticCustomError("counted_twice", msg, {"at": "/totals/objects"})
    places: frozenset[str | None] | None = None
    for name in _LISTS:
        if name not in names:
            continue
        items = given[name]
        if len(items) > 1:
            _check_ids(items, f"/{name}")
        for at, located in _located(name, items):
            if located.place is not None:
                places = places or frozenset(place.id for place in given["places"])
                if located.place not in places:
                    msg = 'no place of this record has the id "{name}"'
                    context = {"name": located.place, "at": f"{at}/place"}
                    raise PydanticCustomError("unknown_place", msg, context)


def _located(name: str, items: Sequence[Any]) -> Iterator[tuple[str, Any]]:
    """Yield the items of a list that may have a place; check the ids of fates on the way."""
    if name in _LOCATED:
        for number, item in enumerate(items):
            yield f"/{name}/{number}", item
    elif name == "objects":
        for number, flown in enumerate(items):
            if flown.fates:
                at = f"/objects/{number}/fates"
                _check_ids(flown.fates, at)
                for index, fate in enumerate(flown.fates):
                    yield f"{at}/{index}", fate


def _check_ids(items: Sequence[Any], at: str) -> None:
    seen: set[str] = set()
    for number, item in enumerate(items):
        if item.id is not None:
            if item.id in seen:
                msg = 'the id "{name}" stands twice in this list'
                context = {"name": item.id, "at": f"{at}/{number}/id"}
                raise PydanticCustomError("duplicate_item_id", msg, context)
            seen.add(item.id)
