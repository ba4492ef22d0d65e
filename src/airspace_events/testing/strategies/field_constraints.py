"""Constraints between the fields of a class that no annotation expresses.

A constraint checks the fields drawn for a value, and changes free fields until all fields are
consistent. A constraint never changes a fixed field. If the fixed fields contradict each other,
the class itself raises the error.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from hypothesis import strategies as st

from airspace_events.models.base import BaseRecord
from airspace_events.models.events import Incursion, Series
from airspace_events.testing.strategies import plain_values, times
from airspace_events.testing.strategies.draft import Draft
from airspace_events.testing.strategies.names_in_records import (
    claimed_values,
    countable_names,
    names_that_hold,
)
from airspace_events.testing.strategies.record_constraints import (
    fit_count,
    fit_incursion,
    fit_items,
    unique_ids,
)
from airspace_events.values.acts import SpeechAct
from airspace_events.values.assessments import Assessment, FieldAssessment
from airspace_events.values.base import Value
from airspace_events.values.citations import Citation, Quote
from airspace_events.values.claims import Claim, FieldClaim
from airspace_events.values.field_names import claimed_field
from airspace_events.values.measures import ReportedCount, ReportedQuantity, Totals
from airspace_events.values.objects import ONLY_CHECKED, AerialObject
from airspace_events.values.periods import Period
from airspace_events.values.time import ReportedTime

_BOUNDS = ("min", "best", "roughly", "max")
_LONGEST_QUOTE = 1000


def _bounds(draft: Draft, numbers: Callable[..., Any], least: float, most: float) -> None:
    """Put min, best or roughly, and max in ascending order, and drop either best or roughly."""
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
    """Replace some times with a night on which the clocks change in the time zone."""
    if draft.may_change("value", "timezone") and draft.now_and_then():
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
    """Make the distance from start to end equal to the length of the quoted text."""
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
    """Remove ``supports``, because its field names depend on a record that does not exist yet."""
    if draft.may_change("supports"):
        draft.fields.pop("supports", None)


def _assessment(draft: Draft) -> None:
    """Remove the field names, which depend on the record, or replace them with `time`."""
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
    """Name one field if there is a value, and add a value if a named field is a list."""
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
    """Remove the count from a claim whose fields have no items."""
    if not all(claimed_field(name).is_countable for name in draft.fields["fields"]):
        draft.drop("count")


def _speech_act(draft: Draft) -> None:
    """Keep ``force`` only for a request."""
    if draft.has("force") and draft.fields["act"] != "request":
        if draft.may_change("act"):
            draft.fields["act"] = "request"
        elif draft.may_change("force"):
            del draft.fields["force"]


def _object(draft: Draft) -> None:
    """Limit the counts of fates to the size of the group, and add a check if required."""
    unique_ids(draft, "fates")
    if draft.may_change("category", "checked") and draft.now_and_then():
        draft.fields["category"] = draft.draw(st.sampled_from(sorted(ONLY_CHECKED)))
    if draft.fields.get("category") in ONLY_CHECKED and not draft.has("checked"):
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
    """Draw a count if the totals have no count."""
    free = [name for name in draft.strategies if draft.may_change(name)]
    if free and not draft.has_any(*draft.model.model_fields):
        draft.redraw(draft.draw(st.sampled_from(free)))


CONSTRAINTS: Mapping[type[Value], Callable[[Draft], None]] = MappingProxyType(
    {
        AerialObject: _object,
        Assessment: _assessment,
        BaseRecord: fit_items,
        Citation: _citation,
        Claim: _claim,
        FieldAssessment: _named_fields,
        FieldClaim: _named_fields,
        Incursion: fit_incursion,
        Series: fit_count,
        Period: _period,
        Quote: _quote,
        ReportedCount: _count,
        ReportedQuantity: _quantity,
        ReportedTime: _time,
        SpeechAct: _speech_act,
        Totals: _totals,
    }
)
"""A mapping from classes to constraints, which also apply to the subclasses."""
