"""Constraints between the fields of a record, such as item ids, places and crossings."""

from typing import Any

from hypothesis import strategies as st

from airspace_events.models.events import ELSEWHERE, says_something
from airspace_events.testing.strategies.draft import Draft
from airspace_events.testing.strategies.plain_values import unused_id
from airspace_events.values.measures import Totals
from airspace_events.values.objects import AerialObject, Check
from airspace_events.values.places import Place, Zone

_NEED_A_CROSSING = ("depth", "entered_from", "exited_to")
_ITEMS = ("zones", "places", "objects", "effects", "responses", "claims", "acts")


def fit_items(draft: Draft) -> None:
    """Give items unique ids, and make their places refer to places of the record."""
    for name in _ITEMS:
        unique_ids(draft, name)
    if "places" not in draft.model.model_fields:
        return
    for name in ("effects", "responses", "objects"):
        may_move = draft.may_change(name)
        placed = tuple(
            _placed(draft, one, may_move=may_move) for one in draft.fields.get(name, ())
        )
        if placed and may_move:
            draft.fields[name] = placed


def _placed(draft: Draft, item: Any, *, may_move: bool) -> Any:
    """Return an item whose place is in the record; if needed, add the place to the record."""
    if isinstance(item, AerialObject):
        fates = tuple(_placed(draft, fate, may_move=may_move) for fate in item.fates)
        return item if fates == item.fates else item.replace(fates=fates)
    if item.place is None:
        return item
    places = draft.fields.get("places", ())
    known = [place.id for place in places if place.id is not None]
    if item.place in known:
        return item
    if draft.may_change("places") and not (may_move and bool(known) and draft.draw(st.booleans())):
        draft.fields["places"] = (*places, Place(id=item.place, role="affected"))
        return item
    if not may_move:
        return item
    return item.replace(place=draft.draw(st.sampled_from(known)) if known else None)


def unique_ids(draft: Draft, name: str) -> None:
    """Make the ids of the items of a list unique; items without an id do not change."""
    if not draft.may_change(name) or not draft.fields.get(name):
        return
    taken: set[str] = set()
    items: list[Any] = []
    for item in draft.fields[name]:
        items.append(item.replace(id=unused_id(item.id, taken)) if item.id in taken else item)
        if item.id is not None:
            taken.add(items[-1].id)
    draft.fields[name] = tuple(items)


def fit_incursion(draft: Draft) -> None:
    """Make the fields of an incursion consistent: its counts, its crossing and its location."""
    if draft.now_and_then():
        _mistake(draft)
    fit_count(draft)
    _nothing_there(draft)
    _crossing(draft)
    _somewhere(draft)


def _mistake(draft: Draft) -> None:
    """Discount the incursion, or change the result of its object's check."""
    if draft.may_change("occurrence") and draft.draw(st.booleans()):
        draft.fields["occurrence"] = "discounted"
    elif draft.may_change("objects"):
        check = draft.values_of(Check, result="something_else")
        flown = draft.values_of(AerialObject, checked=check, fates=())
        draft.fields["objects"] = (draft.draw(flown),)


def fit_count(draft: Draft) -> None:
    """Remove the total of objects if the record has a single object with its own count."""
    fields = draft.fields
    totals = fields.get("totals")
    if totals is None or totals.objects is None or len(fields.get("objects", ())) != 1:
        return
    if draft.may_change("totals"):
        _uncount(draft, "objects")
    else:
        draft.drop("objects")


def _uncount(draft: Draft, name: str) -> None:
    """Remove one of the counts from the totals."""
    counts = {one: count for one, count in draft.fields["totals"] if count is not None}
    del counts[name]
    draft.fields["totals"] = Totals(**counts) if counts else None


def _nothing_there(draft: Draft) -> None:
    """Discount the incursion if every object turned out to be nothing."""
    objects, fields = draft.fields.get("objects", ()), draft.fields
    if fields.get("occurrence") == "discounted":
        return
    if objects and all(one.category == "nothing" for one in objects):
        if draft.may_change("occurrence") and (
            fields.get("crossing") != "confirmed" or draft.may_change("crossing")
        ):
            fields["occurrence"] = "discounted"
        else:
            draft.drop("objects")


def _crossing(draft: Draft) -> None:
    """Make the crossing consistent with the occurrence, and add one if a field requires it."""
    fields = draft.fields
    totals = fields.get("totals")
    counted = totals is not None and totals.crossings is not None
    may_cross = draft.has("state") or draft.may_change("state")
    if not may_cross:
        draft.drop("crossing")
    if not draft.has("crossing") and (counted or any(fields.get(one) for one in _NEED_A_CROSSING)):
        if may_cross and draft.may_change("crossing"):
            draft.redraw("crossing")
        else:
            draft.drop(*_NEED_A_CROSSING)
            if counted and draft.may_change("totals"):
                _uncount(draft, "crossings")
    if (fields.get("occurrence"), fields.get("crossing")) == ("discounted", "confirmed"):
        if draft.may_change("crossing"):
            fields["crossing"] = "discounted"
        else:
            draft.drop("occurrence")
    if draft.has("crossing") and may_cross and not draft.has("state"):
        draft.redraw("state")


def _somewhere(draft: Draft) -> None:
    """Add a state, a zone or a place to an incursion that has none of these fields."""
    places = draft.fields.get("places", ())
    if draft.has("state") or draft.fields.get("zones"):
        return
    if all(place.role in ELSEWHERE or not says_something(place) for place in places):
        free = [name for name in ("state", "zones", "places") if draft.may_change(name)]
        if "state" in free:
            draft.redraw("state")
        elif "zones" in free:
            draft.fields["zones"] = (draft.draw(draft.values_of(Zone)),)
        elif free:
            draft.fields["places"] = (*places, Place(name="somewhere"))
