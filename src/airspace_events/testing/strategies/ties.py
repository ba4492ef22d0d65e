"""What fields of one class say of each other, which no annotation tells.

A tie looks at the fields that were drawn for a value and mends those that are free, so that
they fit each other and the fixed ones. What is fixed stays as it is, whatever it comes to: then
the class itself says what is wrong.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from hypothesis import strategies as st

from airspace_events.models.base import BaseRecord
from airspace_events.models.incursion import Incursion
from airspace_events.testing.strategies import plain_values, times
from airspace_events.testing.strategies.annotations import ValuesOf, of_given_field
from airspace_events.testing.strategies.claimed_values import claimed_values, names_that_hold
from airspace_events.testing.strategies.texts import unused_id
from airspace_events.values.acts import SpeechAct
from airspace_events.values.assessments import Assessment, FieldAssessment
from airspace_events.values.base import Value
from airspace_events.values.citations import Citation, Quote
from airspace_events.values.claims import Claim, FieldClaim
from airspace_events.values.field_names import claimed_field
from airspace_events.values.measures import ReportedCount, ReportedQuantity, Totals
from airspace_events.values.objects import AerialObject
from airspace_events.values.periods import Period
from airspace_events.values.places import Place, Zone
from airspace_events.values.time import ReportedTime

_BOUNDS = ("min", "best", "roughly", "max")
_NEED_A_CROSSING = ("depth", "entered_from", "exited_to")
_ELSEWHERE = ("origin", "destination", "response_base")
_ONLY_CHECKED = ("bird", "celestial", "light", "vessel", "nothing")
_ITEMS = ("zones", "places", "objects", "effects", "responses", "claims", "acts")
_LONGEST_QUOTE = 1000
_ONE_IN = 8


@dataclass(frozen=True, slots=True)
class Draft:
    """The fields of a value that is being made.

    Attributes:
        model: its class.
        draw: draws from a strategy.
        fields: what was drawn so far; ties change it.
        strategies: the strategy of each field.
        fixed: the fields that somebody fixed.
        values_of: gives the strategy of a class of value.
    """

    model: type[Value]
    draw: st.DrawFn
    fields: dict[str, Any]
    strategies: Mapping[str, st.SearchStrategy[Any]]
    fixed: frozenset[str]
    values_of: ValuesOf

    def has(self, *names: str) -> bool:
        """Whether all these fields are given, and none of them is None."""
        return all(self.fields.get(name) is not None for name in names)

    def has_any(self, *names: str) -> bool:
        """Whether one of these fields is given, and is not None."""
        return any(self.fields.get(name) is not None for name in names)

    def may_change(self, *names: str) -> bool:
        """Whether none of these fields is fixed."""
        return self.fixed.isdisjoint(names)

    def drop(self, *names: str) -> None:
        """Leave out those of these fields that are not fixed."""
        for name in names:
            if self.may_change(name):
                self.fields.pop(name, None)

    def redraw(self, name: str) -> None:
        """Give a field that is not None."""
        self.fields[name] = self.draw(of_given_field(self.model, name, self.values_of))


def _bounds(draft: Draft, numbers: Callable[..., Any], least: float, most: float) -> None:
    """The numbers do not decrease from min to best or roughly to max; best excludes roughly."""
    if draft.has("best", "roughly"):
        draft.drop("best" if draft.may_change("best") and draft.draw(st.booleans()) else "roughly")
        if draft.has("best", "roughly"):
            draft.drop("best")
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
    if draft.has_any(*_BOUNDS) and not draft.has("unit"):
        if draft.may_change("unit"):
            draft.redraw("unit")
        else:
            for name in _BOUNDS:
                if draft.may_change(name):
                    draft.fields.pop(name, None)
    _says_something(draft)


def _says_something(draft: Draft) -> None:
    if not draft.has_any("verbatim", *_BOUNDS):
        if draft.may_change("verbatim"):
            draft.redraw("verbatim")
        else:
            number = next((name for name in _BOUNDS if draft.may_change(name)), None)
            if number is not None:
                draft.redraw(number)
                if "unit" in draft.strategies and draft.may_change("unit"):
                    draft.redraw("unit")


def _time(draft: Draft) -> None:
    """Now and then a night on which the clocks change, in a place where they do."""
    if draft.may_change("value", "timezone") and draft.draw(st.integers(1, _ONE_IN)) == _ONE_IN:
        draft.fields.update(draft.draw(st.sampled_from(times.CLOCK_CHANGES)))


def _period(draft: Draft) -> None:
    if draft.has("last_day") and draft.fields.get("ongoing"):
        if draft.may_change("ongoing"):
            draft.fields["ongoing"] = None
        elif draft.may_change("last_day"):
            del draft.fields["last_day"]
    if draft.has("since", "last_day"):
        if draft.may_change("last_day"):
            draft.fields["last_day"] = draft.draw(times.points_from(draft.fields["since"]))
        elif draft.may_change("since"):
            draft.fields["since"] = draft.draw(times.points_until(draft.fields["last_day"]))


def _quote(draft: Draft) -> None:
    """From start to end there is as much text as is quoted."""
    if not draft.has("start", "end"):
        return
    fields = draft.fields
    if draft.may_change("end"):
        fields["end"] = fields["start"] + len(fields["exact"])
        if draft.may_change("start"):
            fields["start"] = min(
                fields["start"], plain_values.WHOLE_NUMBERS[1] - len(fields["exact"])
            )
            fields["end"] = fields["start"] + len(fields["exact"])
        if fields["end"] > plain_values.WHOLE_NUMBERS[1]:
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
    """What a citation may support stands in its record, which is made after it."""
    if draft.may_change("supports"):
        draft.fields.pop("supports", None)


def _assessment(draft: Draft) -> None:
    """What an assessment may name stands in its record, likewise: `time` is always there."""
    draft.drop("fields")
    if issubclass(draft.model, FieldAssessment) and draft.may_change("fields"):
        draft.fields["fields"] = ("time",)


def _claim(draft: Draft) -> None:
    if draft.fields.get("polarity") == "suspected" and draft.has("likelihood"):
        draft.drop("likelihood")
        if draft.has("likelihood"):
            draft.drop("polarity")
    needs_value = issubclass(draft.model, Claim) and draft.model.value_needed
    if not needs_value or draft.has("value") or draft.fields.get("polarity") == "undetermined":
        return
    may_be_undetermined = draft.may_change("polarity")
    if draft.may_change("value") and not (may_be_undetermined and draft.draw(st.booleans())):
        draft.redraw("value")
    elif may_be_undetermined:
        draft.fields["polarity"] = "undetermined"


def _named_fields(draft: Draft) -> None:
    """One field has the value if there is one; at the name of a list there must be one."""
    fields = draft.fields
    if draft.has("value") and not draft.may_change("value"):
        if draft.may_change("fields"):
            fields["fields"] = (draft.draw(names_that_hold(fields["value"])),)
        return
    wants_value = "value" in fields and draft.may_change("value")
    if wants_value and draft.may_change("fields"):
        fields["fields"] = fields["fields"][:1]
    draft.drop("value")
    lists = [name for name in fields["fields"] if claimed_field(name).kind == "list"]
    needs_value = bool(lists) and fields.get("polarity") != "undetermined"
    if needs_value and draft.may_change("fields"):
        others = tuple(name for name in fields["fields"] if name not in lists)
        fields["fields"] = (lists[0],) if draft.may_change("value") else others or ("time",)
    if len(fields["fields"]) > 1 or not draft.may_change("value"):
        if needs_value and "polarity" in draft.strategies:
            fields["polarity"] = "undetermined"
        return
    values = claimed_values(fields["fields"][0], draft.values_of)
    if values is not None and (wants_value or needs_value):
        fields["value"] = draft.draw(values)


def _speech_act(draft: Draft) -> None:
    """Only a request has a force."""
    if draft.has("force") and draft.fields["act"] != "request":
        if draft.may_change("act"):
            draft.fields["act"] = "request"
        elif draft.may_change("force"):
            del draft.fields["force"]


def _object(draft: Draft) -> None:
    """No more of a group meet a fate than there are; only a check shows that it was a star."""
    _unique_ids(draft, "fates")
    if draft.fields.get("category") in _ONLY_CHECKED and not draft.has("checked"):
        if draft.may_change("checked"):
            draft.redraw("checked")
        else:
            draft.drop("category")
    count, fates = draft.fields.get("count"), draft.fields.get("fates", ())
    most = None if count is None else count.best if count.max is None else count.max
    if most is None:
        return
    too_many = [number for number, fate in enumerate(fates) if _least(fate.count) > most]
    if not too_many:
        return
    if draft.may_change("fates"):
        draft.fields["fates"] = tuple(
            fate.replace(count=count) if number in too_many else fate
            for number, fate in enumerate(fates)
        )
    elif draft.may_change("count"):
        del draft.fields["count"]


def _least(count: ReportedCount | None) -> int:
    if count is None:
        return 1
    return (count.best if count.min is None else count.min) or 0


def _totals(draft: Draft) -> None:
    """Something is counted."""
    free = [name for name in draft.strategies if draft.may_change(name)]
    if free and not draft.has_any(*draft.model.model_fields):
        draft.redraw(draft.draw(st.sampled_from(free)))


def _items(draft: Draft) -> None:
    """Items have ids of their own, and places that they name are places of the record."""
    for name in _ITEMS:
        _unique_ids(draft, name)
    if "places" not in draft.model.model_fields:
        return
    for name in ("effects", "responses", "objects"):
        may_move = draft.may_change(name)
        placed = tuple(_placed(draft, one, may_move) for one in draft.fields.get(name, ()))
        if placed and may_move:
            draft.fields[name] = placed


def _placed(draft: Draft, item: Any, may_move: bool) -> Any:  # noqa: FBT001 (passed on)
    """An item in a place of the record, which may be added for it."""
    if isinstance(item, AerialObject):
        fates = tuple(_placed(draft, fate, may_move) for fate in item.fates)
        return item if fates == item.fates else item.replace(fates=fates)
    if item.place is None:
        return item
    places = draft.fields.get("places", ())
    known = [place.id for place in places if place.id is not None]
    if item.place in known:
        return item
    if draft.may_change("places") and not (may_move and known and draft.draw(st.booleans())):
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
        items.append(item.replace(id=unused_id(item.id, taken)) if item.id in taken else item)
        if item.id is not None:
            taken.add(items[-1].id)
    draft.fields[name] = tuple(items)


def _incursion(draft: Draft) -> None:
    _one_count(draft)
    _nothing_there(draft)
    _crossing(draft)
    _somewhere(draft)


def _one_count(draft: Draft) -> None:
    """The count of the one object says how many objects there were."""
    fields = draft.fields
    totals = fields.get("totals")
    if totals is None or totals.objects is None or len(fields.get("objects", ())) != 1:
        return
    if draft.may_change("totals"):
        _uncount(draft, "objects")
    else:
        draft.drop("objects")


def _uncount(draft: Draft, name: str) -> None:
    """Totals without one of the counts."""
    counts = {one: count for one, count in draft.fields["totals"] if count is not None}
    del counts[name]
    draft.fields["totals"] = Totals(**counts) if counts else None


def _nothing_there(draft: Draft) -> None:
    """If every object turned out to be nothing, the incursion is discounted."""
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
    """What did not fly did not cross; how far it came in is about a border that was crossed."""
    fields = draft.fields
    totals = fields.get("totals")
    counted = totals is not None and totals.crossings is not None
    if not draft.has("crossing") and (counted or any(fields.get(one) for one in _NEED_A_CROSSING)):
        if draft.may_change("crossing") and (draft.has("state") or draft.may_change("state")):
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
    if draft.has("crossing") and not draft.has("state"):
        if draft.may_change("state"):
            draft.redraw("state")
        else:
            draft.drop("crossing", *_NEED_A_CROSSING)


def _somewhere(draft: Draft) -> None:
    """An incursion has a state, a zone or a place where it happened."""
    places = draft.fields.get("places", ())
    if draft.has("state") or draft.fields.get("zones"):
        return
    if all(place.role in _ELSEWHERE or place == Place() for place in places):
        free = [name for name in ("state", "zones", "places") if draft.may_change(name)]
        if "state" in free:
            draft.redraw("state")
        elif "zones" in free:
            draft.fields["zones"] = (draft.draw(draft.values_of(Zone)),)
        elif free:
            draft.fields["places"] = (*places, Place(name="somewhere"))


TIES: Mapping[type[Value], Callable[[Draft], None]] = MappingProxyType(
    {
        AerialObject: _object,
        Assessment: _assessment,
        BaseRecord: _items,
        Citation: _citation,
        Claim: _claim,
        FieldAssessment: _named_fields,
        FieldClaim: _named_fields,
        Incursion: _incursion,
        Period: _period,
        Quote: _quote,
        ReportedCount: _count,
        ReportedQuantity: _quantity,
        ReportedTime: _time,
        SpeechAct: _speech_act,
        Totals: _totals,
    }
)
"""The ties, by the class whose values, subclasses included, they hold for."""
