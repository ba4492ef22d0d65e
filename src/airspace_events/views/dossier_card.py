"""The card of a dossier, with its records, their times, and the states concerned."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from airspace_events.dossier.tallies import Kind, Tally
from airspace_events.models.events import Finding, Incursion, Series
from airspace_events.values.time import ReportedTime
from airspace_events.views.card import Card, Line, Row, joined, listed, row_of
from airspace_events.views.summary_table import COUNTED, kind_text, range_text
from airspace_events.views.value_lines import instant_text, spoken

if TYPE_CHECKING:
    from airspace_events.dossier.dossier import Dossier

_MOST_TYPES = 9


def dossier_card(dossier: Dossier) -> Card:
    """Return the card of a dossier."""
    undated = len(dossier.undated)
    marks = ((f"records without a known recording time: {undated:,}",),)
    return Card((f"Dossier: {len(dossier):,} records",), marks if undated else (), _rows(dossier))


def _rows(dossier: Dossier) -> tuple[Row, ...]:
    types = Counter[str](record.type for record in dossier)
    summary = dossier.summary()
    lines: list[tuple[str | None, Kind, Tally]] = [
        (state, kind, tally)
        for state, tallies in summary.by_state.items()
        for kind, tally in tallies.items()
    ]
    # States with the same number of records stay in the order of their codes.
    lines.sort(key=lambda line: -line[2].records)
    status = [
        (f"{kind_text(kind)} {spoken(word or 'not judged')}", tally.records)
        for word, tallies in summary.by_status.items()
        for kind, tally in tallies.items()
    ]
    return (
        Row("Records", (_numbers(list(types.items())),)),
        Row("Status", (_numbers(status),)),
        row_of("States", lines, _state_line, empty="none"),
        Row("Time", tuple(_spans(dossier)) or (("none",),)),
    )


def _numbers(numbers: Sequence[tuple[str, int]]) -> Line:
    """Return text with the number of items for each name."""
    named = listed(numbers, lambda item: (f"{spoken(item[0])}: {item[1]:,}",), most=_MOST_TYPES)
    return named or ("none",)


def _state_line(line: tuple[str | None, Kind, Tally]) -> Line:
    """Return the line with the totals of the incursions of one kind in a state."""
    code, kind, tally = line
    names = ["incursions", *([COUNTED[kind]] if kind in COUNTED else []), "objects"]
    numbers = ", ".join(f"{spoken(name)}: {range_text(getattr(tally, name))}" for name in names)
    return (f"{code or 'no state'}, {kind_text(kind)}: {tally.records:,} on record ({numbers})",)


def _spans(dossier: Dossier) -> Iterator[Line]:
    """Yield the time spans of incursions, series and findings."""
    found: dict[str, list[ReportedTime]] = {"incursions": [], "series": [], "findings": []}
    for one in dossier:
        if isinstance(one, Incursion):
            found["incursions"].append(one.time)
        elif isinstance(one, Series) and one.time:
            found["series"].append(one.time)
        elif isinstance(one, Finding):
            found["findings"].append(one.found)
    for name, times in found.items():
        if times:
            yield (f"{name}: ", *_span(times))


def _span(times: Sequence[ReportedTime]) -> Line:
    """Return the overall bounds of several times, and the number of open or unknown ends."""
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
