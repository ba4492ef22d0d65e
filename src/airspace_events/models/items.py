"""Checks of the items in a record: unique ids, known places, no double counts."""

from collections.abc import Iterable, Sequence
from typing import Any

from pydantic_core import PydanticCustomError

from airspace_events.values.base import Value
from airspace_events.values.measures import Totals

_LISTS = ("zones", "places", "objects", "effects", "responses")
_LOCATED = frozenset({"effects", "responses"})


def check_items(record: Value) -> None:
    """Refuse duplicate ids in a list, unknown places and double counts.

    Args:
        record: an incursion or a series.

    Raises:
        PydanticCustomError: an id occurs twice in a list, a place is unknown, or the totals repeat
            the count of the only object.
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
        msg = (
            "`totals.objects` duplicates the `count` of the only object; leave out "
            "`totals.objects`"
        )
        raise PydanticCustomError("counted_twice", msg, {"at": "/totals/objects"})


def check_ids(items: Sequence[Any], at: str) -> None:
    """Refuse two items with the same id.

    Args:
        items: the items of a list.
        at: the JSON Pointer to the list, without the leading slash.

    Raises:
        PydanticCustomError: two items have the same id.
    """
    # Most lists have no ids. This loop runs for every record, so it must be fast.
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
                msg = 'two items in the list have the id "{name}"'
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
                    msg = 'the record has no place with the id "{name}"'
                    context = {"name": item.place, "at": f"/{at}/{number}/place"}
                    raise PydanticCustomError("unknown_place", msg, context)
