"""The items of a record: ids are unique in each list, and nothing is written or counted twice."""

from collections.abc import Iterable, Sequence
from typing import Any

from pydantic_core import PydanticCustomError

from airspace_events.values.base import Value
from airspace_events.values.measures import Totals

_LISTS = ("zones", "places", "objects", "effects", "responses")
_LOCATED = frozenset({"effects", "responses"})


def check_items(record: Value) -> None:
    """Refuse items with the same id, a place that is none of the record's, and double counts.

    Args:
        record: an incursion or a series.

    Raises:
        PydanticCustomError: an id stands twice in a list, or names no place of the record; or
            the totals count the objects, and there is only one, which has a count of its own.
    """
    given, names = record.__dict__, record.__pydantic_fields_set__
    if "totals" in names:
        _check_totals(given["totals"], given["objects"])
    located: list[tuple[str, Sequence[Any]]] = []
    for name in _LISTS:
        if name not in names:
            continue
        items = given[name]
        if len(items) > 1:
            check_ids(items, name)
        if name in _LOCATED:
            located.append((name, items))
        elif name == "objects":
            for number, flown in enumerate(items):
                if flown.fates:
                    at = f"objects/{number}/fates"
                    check_ids(flown.fates, at)
                    located.append((at, flown.fates))
    if located:
        _check_places(located, given["places"])


def _check_totals(totals: Totals | None, objects: Sequence[Any]) -> None:
    if totals is not None and totals.objects is not None and len(objects) == 1:
        msg = "the count of the one object says how many objects there were"
        raise PydanticCustomError("counted_twice", msg, {"at": "/totals/objects"})


def check_ids(items: Sequence[Any], at: str) -> None:
    """Refuse items with the same id.

    Args:
        items: the items of a list.
        at: the list, as a JSON Pointer without its first slash.

    Raises:
        PydanticCustomError: an id stands twice.
    """
    # Mostly no item has an id, and finding that out is a part of parsing each record.
    for item in items:
        if item.id is not None:
            break
    else:
        return
    seen: set[str] = set()
    for number, item in enumerate(items):
        name = item.id
        if name is not None:
            if name in seen:
                msg = 'the id "{name}" stands twice in this list'
                context = {"name": name, "at": f"/{at}/{number}/id"}
                raise PydanticCustomError("duplicate_item_id", msg, context)
            seen.add(name)


def _check_places(located: Iterable[tuple[str, Sequence[Any]]], places: Iterable[Any]) -> None:
    ids: set[str] | None = None
    for at, items in located:
        for number, item in enumerate(items):
            if item.place is not None:
                ids = ids or {place.id for place in places}
                if item.place not in ids:
                    msg = 'no place of this record has the id "{name}"'
                    context = {"name": item.place, "at": f"/{at}/{number}/place"}
                    raise PydanticCustomError("unknown_place", msg, context)
