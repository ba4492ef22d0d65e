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

from airspace_events.models.incursion import Incursion
from airspace_events.testing.strategies import plain_values, times
from airspace_events.values.acts import SpeechAct
from airspace_events.values.assessments import Assessment
from airspace_events.values.base import Value
from airspace_events.values.citations import Citation, Quote
from airspace_events.values.claims import Claim
from airspace_events.values.measures import ReportedCount, ReportedQuantity
from airspace_events.values.objects import AerialObject
from airspace_events.values.periods import Period
from airspace_events.values.time import ReportedTime

_BOUNDS = ("min", "best", "max")
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
    """

    model: type[Value]
    draw: st.DrawFn
    fields: dict[str, Any]
    strategies: Mapping[str, st.SearchStrategy[Any]]
    fixed: frozenset[str]

    def has(self, *names: str) -> bool:
        """Whether all these fields are given, and none of them is None."""
        return all(self.fields.get(name) is not None for name in names)

    def may_change(self, *names: str) -> bool:
        """Whether none of these fields is fixed."""
        return self.fixed.isdisjoint(names)

    def redraw(self, name: str) -> None:
        """Give a field that is not None."""
        self.fields[name] = self.draw(self.strategies[name].filter(lambda one: one is not None))


def _bounds(draft: Draft, numbers: Callable[..., Any], least: float, most: float) -> None:
    """The numbers that are given do not decrease from min to best to max."""
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
    if any(draft.has(name) for name in _BOUNDS) and not draft.has("unit"):
        if draft.may_change("unit"):
            draft.redraw("unit")
        else:
            for name in _BOUNDS:
                if draft.may_change(name):
                    draft.fields.pop(name, None)
    _says_something(draft)


def _says_something(draft: Draft) -> None:
    if not any(draft.has(name) for name in ("verbatim", *_BOUNDS)):
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
    """What an assessment may point to stands in its record, likewise."""
    if draft.may_change("pointer"):
        draft.fields.pop("pointer", None)


def _claim(draft: Draft) -> None:
    needs_value = issubclass(draft.model, Claim) and draft.model.value_needed
    if not needs_value or draft.has("value") or draft.fields.get("polarity") == "undetermined":
        return
    may_be_undetermined = draft.may_change("polarity")
    if draft.may_change("value") and not (may_be_undetermined and draft.draw(st.booleans())):
        draft.redraw("value")
    elif may_be_undetermined:
        draft.fields["polarity"] = "undetermined"


def _speech_act(draft: Draft) -> None:
    """Only a request has a force."""
    if draft.has("force") and draft.fields["act"] != "request":
        if draft.may_change("act"):
            draft.fields["act"] = "request"
        elif draft.may_change("force"):
            del draft.fields["force"]


def _object(draft: Draft) -> None:
    """No more of a group meet a fate than there are."""
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


def _incursion(draft: Draft) -> None:
    """What did not fly did not cross."""
    fields = draft.fields
    if (fields.get("occurrence"), fields.get("crossing")) == ("discounted", "confirmed"):
        if draft.may_change("crossing"):
            fields["crossing"] = "discounted"
        elif draft.may_change("occurrence"):
            del fields["occurrence"]


TIES: Mapping[type[Value], Callable[[Draft], None]] = MappingProxyType(
    {
        AerialObject: _object,
        Assessment: _assessment,
        Citation: _citation,
        Claim: _claim,
        Incursion: _incursion,
        Period: _period,
        Quote: _quote,
        ReportedCount: _count,
        ReportedQuantity: _quantity,
        ReportedTime: _time,
        SpeechAct: _speech_act,
    }
)
"""The ties, by the class whose values, subclasses included, they hold for."""
