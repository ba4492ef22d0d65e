"""Check the items in a record for duplicate ids, unknown places and double counts."""

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic_core import PydanticCustomError

from airspace_events.values.assessments import Assessment, FieldAssessment
from airspace_events.values.base import Value
from airspace_events.values.field_names import (
    PROPOSITIONS,
    dangling_field,
    lacks_item,
    name_tree,
    places_in,
    values_named,
)
from airspace_events.values.measures import Totals
from airspace_events.values.places import Place

_LISTS = ("zones", "places", "objects", "effects", "responses")
_LOCATED = ("effects", "responses")


def check_items(record: Value) -> None:
    """Reject duplicate ids in a list, unknown places and double counts.

    Args:
        record: an incursion or a series.

    Raises:
        PydanticCustomError: an id occurs twice in a list, a place is unknown, or the totals repeat
            the count of the only object.
    """
    given = record.__dict__
    if given["totals"] is not None:
        _check_totals(given["totals"], given["objects"])
    for name in _LISTS:
        if len(items := given.get(name, ())) > 1:
            check_ids(items, name)
    # This function runs for every record, so it builds no lists until an item names a place.
    is_placed = False
    for number, flown in enumerate(given["objects"]):
        if fates := flown.fates:
            if len(fates) > 1:
                check_ids(fates, f"objects/{number}/fates")
            is_placed = is_placed or _any_at_place(fates)
    for name in _LOCATED:
        is_placed = is_placed or _any_at_place(given.get(name, ()))
    if is_placed:
        _check_places(given)


def _any_at_place(items: Sequence[Any]) -> bool:
    for item in items:  # noqa: SIM110 (a generator costs more than the loop)
        if item.place is not None:
            return True
    return False


def _check_totals(totals: Totals, objects: Sequence[Any]) -> None:
    if totals.objects is not None and len(objects) == 1:
        msg = (
            "`totals.objects` duplicates the `count` of the only object; leave out "
            "`totals.objects`"
        )
        raise PydanticCustomError("counted_twice", msg, {"at": "/totals/objects"})


def check_ids(items: Sequence[Any], at: str) -> None:
    """Reject a list in which two items have the same id.

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


def _check_places(given: Mapping[str, Any]) -> None:
    ids = {place.id for place in given["places"]}
    located = {f"/{name}": given.get(name, ()) for name in _LOCATED}
    located |= {f"/objects/{n}/fates": one.fates for n, one in enumerate(given["objects"])}
    for at, items in located.items():
        for number, item in enumerate(items):
            if item.place is not None and item.place not in ids:
                raise _unknown_place(item.place, f"{at}/{number}/place")


def _unknown_place(name: str, at: str) -> PydanticCustomError:
    msg = 'the record has no place with the id "{name}"'
    return PydanticCustomError("unknown_place", msg, {"name": name, "at": at})


def check_assessments(record: Value, assessments: Sequence[Assessment]) -> None:
    """Reject assessments that refer to parts or places that the record does not have.

    Like a claim, an assessment may give a value to a field that has none.

    Raises:
        PydanticCustomError: the record has no such field, item or place, or the field is empty.
    """
    names = [name for one in assessments for name in one.fields]
    standing = dict(values_named(record, name_tree(names)))
    fields = type(record).model_fields
    places = {place.id for place in record.__dict__["places"]}
    places.update(one.value.id for one in assessments if isinstance(one.value, Place))
    for number, one in enumerate(assessments):
        has_value = isinstance(one, FieldAssessment) and one.value is not None
        for index, name in enumerate(one.fields):
            may_be_empty = has_value or name in PROPOSITIONS
            is_there = name.partition(".")[0] in fields and not lacks_item(record, standing, name)
            if not is_there or not (may_be_empty or standing.get(name)):
                raise dangling_field(name, f"/assessments/{number}/fields/{index}")
        for place in places_in(one.fields[0], one.value) if has_value else ():
            if place not in places:
                raise _unknown_place(place, f"/assessments/{number}/value")
