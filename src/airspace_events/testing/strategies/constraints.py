"""Constraints between the fields of a class, which type annotations cannot express.

Each constraint is a function that changes the fields of a draft until they are consistent. It
never changes a fixed field. If the fixed fields contradict each other, the constructor of the
class raises an error.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from hypothesis import strategies as st

from airspace_events.models.base import BaseRecord
from airspace_events.models.events import ELSEWHERE, Incursion, Series, says_something
from airspace_events.testing.strategies import plain_values, times
from airspace_events.testing.strategies.draft import Draft
from airspace_events.testing.strategies.names_in_records import (
    claimed_values,
    countable_names,
    names_that_hold,
)
from airspace_events.values.acts import SpeechAct
from airspace_events.values.assessments import Assessment, FieldAssessment
from airspace_events.values.base import Value
from airspace_events.values.citations import Citation, Quote
from airspace_events.values.claims import Claim, FieldClaim
from airspace_events.values.field_names import claimed_field
from airspace_events.values.measures import ReportedCount, ReportedQuantity, Totals
from airspace_events.values.objects import ONLY_CHECKED, AerialObject, Check
from airspace_events.values.periods import Period
from airspace_events.values.places import Place, Zone
from airspace_events.values.time import ReportedTime

_BOUNDS = ("min", "best", "roughly", "max")
_LONGEST_QUOTE = 1000
_NEED_A_CROSSING = ("depth", "entered_from", "exited_to")
_ITEMS = ("zones", "places", "objects", "effects", "responses", "claims", "acts")


def _bounds(draft: Draft, numbers: Callable[..., Any], least: float, most: float) -> None:
    """Drop ``best`` or ``roughly`` if both have a value, and put numbers in ascending order."""
    if draft.has("best", "roughly"):
        prefers_roughly = draft.may_change("best") and draft.draw(st.booleans())
        draft.drop_one(*(("best", "roughly") if prefers_roughly else ("roughly", "best")))
    given = [name for name in _BOUNDS if draft.has(name)]
    for place, name in enumerate(given):
        below = [draft.fields[other] for other in given[:place]]
        above = [draft.fields[other] for other in given[place:] if not draft.may_change(other)]
        low, high = max(below, default=least), min(above, default=most)
        if draft.may_change(name):
            if low > high:
                del draft.fields[name]
                return
            if not low <= draft.fields[name] <= high:
                draft.fields[name] = draft.draw(numbers(low, high))


def _count(draft: Draft) -> None:
    _bounds(draft, plain_values.whole_numbers, *plain_values.WHOLE_NUMBERS)
    _says_something(draft)


def _quantity(draft: Draft) -> None:
    _bounds(draft, plain_values.numbers, *plain_values.NUMBERS)
    if draft.has_any(*_BOUNDS) and not draft.has("unit") and not draft.redraw("unit"):
        draft.drop(*_BOUNDS)
    _says_something(draft)


def _says_something(draft: Draft) -> None:
    """If a count or quantity has neither words nor numbers, draw words or else a number."""
    if draft.has_any("verbatim", *_BOUNDS) or draft.redraw("verbatim"):
        return
    if any(draft.redraw(name) for name in _BOUNDS) and "unit" in draft.strategies:
        draft.redraw("unit")


def _time(draft: Draft) -> None:
    if draft.may_change("value", "timezone") and draft.now_and_then():
        draft.fields.update(draft.draw(st.sampled_from(times.CLOCK_CHANGES)))


def _period(draft: Draft) -> None:
    if draft.has("last_day") and draft.fields.get("ongoing"):
        draft.drop_one("ongoing", "last_day")
    if draft.has("since", "last_day"):
        since, last_day = draft.fields["since"], draft.fields["last_day"]
        if not draft.redraw("last_day", times.points_from(since)):
            draft.redraw("since", times.points_until(last_day))


def _quote(draft: Draft) -> None:
    """Make the distance from start to end equal to the length of the quoted text."""
    if not draft.has("start", "end"):
        return
    fields, (_, most) = draft.fields, plain_values.WHOLE_NUMBERS
    if draft.may_change("end"):
        if draft.may_change("start"):
            fields["start"] = min(fields["start"], most - len(fields["exact"]))
        fields["end"] = fields["start"] + len(fields["exact"])
        if fields["end"] > most:
            del fields["end"]
    elif draft.may_change("start"):
        if draft.may_change("exact") and len(fields["exact"]) > fields["end"]:
            fields["exact"] = "x"
        fields["start"] = fields["end"] - len(fields["exact"])
        if fields["start"] < 0:
            del fields["start"]
    elif draft.may_change("exact"):
        between = fields["end"] - fields["start"]
        if 1 <= between <= _LONGEST_QUOTE:
            fields["exact"] = "x" * between


def _citation(draft: Draft) -> None:
    """Remove ``supports``, because its field names depend on a record that does not exist yet."""
    draft.drop("supports")


def _assessment(draft: Draft) -> None:
    """Remove the field names, which depend on the record; name ``time`` if a name is required."""
    draft.drop("fields")
    if issubclass(draft.model, FieldAssessment) and draft.may_change("fields"):
        draft.fields["fields"] = ("time",)


def _claim(draft: Draft) -> None:
    if draft.fields.get("polarity") == "suspected" and draft.has("likelihood"):
        draft.drop_one("likelihood", "polarity")
    needs_value = issubclass(draft.model, Claim) and draft.model.value_needed
    if not needs_value or draft.has("value") or draft.fields.get("polarity") == "undetermined":
        return
    may_be_undetermined = draft.may_change("polarity")
    if draft.may_change("value") and not (may_be_undetermined and draft.draw(st.booleans())):
        draft.redraw("value")
    elif may_be_undetermined:
        draft.fields["polarity"] = "undetermined"


def _named_fields(draft: Draft) -> None:
    """Name only one field if the draft has a value; add a value if a named field is a list."""
    fields = draft.fields
    may_have_value, may_name = draft.may_change("value"), draft.may_change("fields")
    if draft.has("value") and not may_have_value:
        if may_name:
            fields["fields"] = (draft.draw(names_that_hold(fields["value"])),)
        _drop_count(draft)
        return
    wants_value = "value" in fields and may_have_value
    draft.drop("value")
    # The field names of an assessment depend on its record, which does not exist yet.
    if draft.has("count") and may_name and issubclass(draft.model, FieldClaim):
        fields["fields"] = (draft.draw(countable_names),)
    named: tuple[str, ...] = fields["fields"]
    if wants_value and may_name:
        named = named[:1]
    lists = [name for name in named if claimed_field(name).kind == "list"]
    needs_value = bool(lists) and fields.get("polarity") != "undetermined"
    if needs_value and may_name:
        others = tuple(name for name in named if name not in lists)
        named = (lists[0],) if may_have_value else others or ("time",)
    elif needs_value and "polarity" in draft.strategies and (named[1:] or not may_have_value):
        fields["polarity"] = "undetermined"
    fields["fields"] = named
    _drop_count(draft)
    values = None if named[1:] else claimed_values(named[0], draft.values_of)
    if values is not None and may_have_value and (wants_value or needs_value):
        fields["value"] = draft.draw(values)


def _drop_count(draft: Draft) -> None:
    if not all(claimed_field(name).is_countable for name in draft.fields["fields"]):
        draft.drop("count")


def _speech_act(draft: Draft) -> None:
    if draft.has("force") and draft.fields["act"] != "request":
        if draft.may_change("act"):
            draft.fields["act"] = "request"
        else:
            draft.drop("force")


def _object(draft: Draft) -> None:
    """Limit the counts of fates to the number of objects; add a check if the category needs it."""
    _unique_ids(draft, "fates")
    if draft.may_change("category", "checked") and draft.now_and_then():
        draft.fields["category"] = draft.draw(st.sampled_from(sorted(ONLY_CHECKED)))
    is_unchecked = draft.fields.get("category") in ONLY_CHECKED and not draft.has("checked")
    if is_unchecked and not draft.redraw("checked"):
        draft.drop("category")
    count, fates = draft.fields.get("count"), draft.fields.get("fates", ())
    most = None if count is None else count.best if count.max is None else count.max
    if most is None:
        return
    if all(_least(fate.count) <= most for fate in fates):
        return
    if draft.may_change("fates"):
        draft.fields["fates"] = tuple(
            fate.replace(count=count) if _least(fate.count) > most else fate for fate in fates
        )
    else:
        draft.drop("count")


def _least(count: ReportedCount | None) -> int:
    if count is None:
        return 1
    return (count.best if count.min is None else count.min) or 0


def _totals(draft: Draft) -> None:
    free = [name for name in draft.strategies if draft.may_change(name)]
    if free and not draft.has_any(*draft.model.model_fields):
        draft.redraw(draft.draw(st.sampled_from(free)))


# Records.


def _fit_items(draft: Draft) -> None:
    for name in _ITEMS:
        _unique_ids(draft, name)
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
    """Return the item with a place of the record, or without a place.

    The place of the item may be added to the record instead.
    """
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


def _unique_ids(draft: Draft, name: str) -> None:
    if not draft.may_change(name) or not draft.fields.get(name):
        return
    taken: set[str] = set()
    items: list[Any] = []
    for item in draft.fields[name]:
        items.append(
            item.replace(id=plain_values.unused_id(item.id, taken)) if item.id in taken else item
        )
        if item.id is not None:
            taken.add(items[-1].id)
    draft.fields[name] = tuple(items)


def _fit_incursion(draft: Draft) -> None:
    if draft.now_and_then():
        _mistake(draft)
    _fit_count(draft)
    _nothing_there(draft)
    _crossing(draft)
    _somewhere(draft)


def _mistake(draft: Draft) -> None:
    if draft.may_change("occurrence") and draft.draw(st.booleans()):
        draft.fields["occurrence"] = "discounted"
    elif draft.may_change("objects"):
        check = draft.values_of(Check, result="something_else")
        flown = draft.values_of(AerialObject, checked=check, fates=())
        draft.fields["objects"] = (draft.draw(flown),)


def _fit_count(draft: Draft) -> None:
    """If there is only one object, remove the total of objects.

    If the totals are fixed, remove the object instead.
    """
    fields = draft.fields
    totals = fields.get("totals")
    if totals is None or totals.objects is None or len(fields.get("objects", ())) != 1:
        return
    if draft.may_change("totals"):
        _uncount(draft, "objects")
    else:
        draft.drop("objects")


def _uncount(draft: Draft, name: str) -> None:
    counts = {one: count for one, count in draft.fields["totals"] if count is not None}
    del counts[name]
    draft.fields["totals"] = Totals(**counts) if counts else None


def _nothing_there(draft: Draft) -> None:
    """If every object has the category ``nothing``, discount the incursion or drop the objects."""
    objects, fields = draft.fields.get("objects", ()), draft.fields
    if not objects or any(one.category != "nothing" for one in objects):
        return
    may_deny = fields.get("crossing") != "confirmed" or draft.may_change("crossing")
    if draft.may_change("occurrence") and may_deny:
        fields["occurrence"] = "discounted"
    elif fields.get("occurrence") != "discounted":
        draft.drop("objects")


def _crossing(draft: Draft) -> None:
    """Make the crossing consistent with the occurrence; add a crossing if a field requires it."""
    fields = draft.fields
    totals = fields.get("totals")
    counted = totals is not None and totals.crossings is not None
    may_cross = draft.has("state") or draft.may_change("state")
    if not may_cross:
        draft.drop("crossing")
    needs_one = counted or any(fields.get(name) for name in _NEED_A_CROSSING)
    lacks_one = needs_one and not draft.has("crossing")
    if lacks_one and not (may_cross and draft.redraw("crossing")):
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
    places = draft.fields.get("places", ())
    if draft.has("state") or draft.fields.get("zones"):
        return
    if any(place.role not in ELSEWHERE and says_something(place) for place in places):
        return
    if draft.redraw("state") or draft.redraw("zones", st.tuples(draft.values_of(Zone))):
        return
    if draft.may_change("places"):
        draft.fields["places"] = (*places, Place(name="somewhere"))


CONSTRAINTS: Mapping[type[Value], Callable[[Draft], None]] = MappingProxyType(
    {
        AerialObject: _object,
        Assessment: _assessment,
        BaseRecord: _fit_items,
        Citation: _citation,
        Claim: _claim,
        FieldAssessment: _named_fields,
        FieldClaim: _named_fields,
        Incursion: _fit_incursion,
        Series: _fit_count,
        Period: _period,
        Quote: _quote,
        ReportedCount: _count,
        ReportedQuantity: _quantity,
        ReportedTime: _time,
        SpeechAct: _speech_act,
        Totals: _totals,
    }
)
"""A mapping from classes to their constraints, which also apply to subclasses."""
