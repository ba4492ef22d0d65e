"""The dossier at one glance: how much is there, when it was, and in whose airspace."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from airspace_events.cards import Card, Line, Row, joined, listed, row_of
from airspace_events.dossier.summary import CountRange, Tally
from airspace_events.models.finding import Finding
from airspace_events.models.incursion import Incursion
from airspace_events.models.series import Series
from airspace_events.models.value_lines import instant_text, spoken
from airspace_events.values.time import ReportedTime

if TYPE_CHECKING:
    from airspace_events.dossier.dossier import Dossier

_MOST_TYPES = 9


def dossier_card(dossier: Dossier) -> Card:
    """The card of a dossier."""
    undated = len(dossier.undated)
    marks = ((f"kept, though nothing tells when it was written down: {undated:,}",),)
    return Card((f"Dossier: {len(dossier):,} records",), marks if undated else (), _rows(dossier))


def _rows(dossier: Dossier) -> tuple[Row, ...]:
    types = Counter[str](record.type for record in dossier.records)
    summary = dossier.summary()
    # Of two states with as many records, the first by its code comes first.
    states = sorted(summary.by_state.items(), key=lambda item: -item[1].records)
    status = [(word, tally.records) for word, tally in summary.by_status.items()]
    return (
        Row("Records", (_numbers(list(types.items())),)),
        Row("Status", (_numbers(status),)),
        row_of("Airspace", states, _state_line, empty="none"),
        Row("Time", tuple(_spans(dossier)) or (("none",),)),
    )


def _numbers(numbers: Sequence[tuple[str, int]]) -> Line:
    """How many there are of each."""
    named = listed(numbers, lambda item: (f"{spoken(item[0])}: {item[1]:,}",), most=_MOST_TYPES)
    return named or ("none",)


def _state_line(state: tuple[str, Tally]) -> Line:
    """What a state's incursions add up to, so far as that is known."""
    code, tally = state
    counts = zip(("incursions", "crossings", "objects"), tally[1:], strict=True)
    numbers = ", ".join(f"{what}: {_range(count)}" for what, count in counts)
    return (f"{code}: {tally.records:,} on record ({numbers})",)


def _range(number: CountRange) -> str:
    some_gave_none = number.unknown and str(number) != "no number"
    return f"{number} ({number.unknown:,} without a number)" if some_gave_none else str(number)


def _spans(dossier: Dossier) -> Iterator[Line]:
    """From when to when things happened; a series may go on long after its incursions."""
    records = dossier.records
    for name, times in (
        ("incursions", [one.time for one in records if isinstance(one, Incursion)]),
        ("series", [one.time for one in records if isinstance(one, Series)]),
        ("finds", [one.found for one in records if isinstance(one, Finding)]),
    ):
        if times:
            yield (f"{name}: ", *_span(times))


def _span(times: Sequence[ReportedTime]) -> Line:
    """The bounds of several times, and how many have an end that is open or unknown."""
    known = [bound for time in times for bound in (time.earliest, time.latest) if bound]
    ends = Counter(
        f"{end} {knowledge}"
        for time in times
        for end, knowledge in (("start", time.start_is), ("end", time.end_is))
        if knowledge != "known"
    )
    bounds = dict.fromkeys(instant_text(pick(known)) for pick in (min, max) if known)
    span = (f"{' to '.join(bounds)} UTC",) if known else ()
    return joined((span, *((f"{end}: {ends[end]:,}",) for end in sorted(ends))))
