"""Views of summaries, with counts of incursions by group and kind."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

from airspace_events.dossier.summary import Summary, SummaryRow
from airspace_events.dossier.tallies import CountRange, Kind, Tallies, Tally
from airspace_events.models.events import ZONE_KINDS
from airspace_events.views.card import Line
from airspace_events.views.table import MOST_ROWS, Table
from airspace_events.views.value_lines import spoken


def summary_table(summary: Summary) -> Table:
    """Return a table with a row for each group of a summary and each kind in it."""
    rows = tuple(_rows(summary))
    columns = ("Group", "Kind", "Records", "Incursions", "Counted", "Objects")
    left_out = max(0, len(rows) - MOST_ROWS)
    return Table("Summary", columns, rows[:MOST_ROWS], left_out)


def row_cells(row: SummaryRow) -> tuple[Line, ...]:
    """Return the cells of a row of a summary by groups."""
    group = ", ".join(spoken(word or f"no {name}") for name, word in row.group.items())
    _, incursions, counted, objects = _cells(row.kind, row.certain)
    records = tuple((f"{tally.records:,}",) for tally in (row.certain, row.possible))
    return ((group,), (kind_text(row.kind),), *records, incursions, counted, objects)


def _rows(summary: Summary) -> Iterator[tuple[Line, ...]]:
    groups = (
        ("all", summary.by_kind),
        *_groups("state", summary.by_state),
        *_groups("month", summary.by_month),
        *_groups("category", summary.by_category),
        *_groups("status", summary.by_status),
        ("month unknown", summary.month_unknown),
    )
    for group, tallies in groups:
        for kind, tally in tallies.items():
            yield ((group,), (kind_text(kind),), *_cells(kind, tally))


def _groups(name: str, by: Mapping[Any, Tallies]) -> Iterator[tuple[str, Tallies]]:
    for word, tallies in by.items():
        yield f"{name} {spoken(word)}" if word else f"no {name}", tallies


def _cells(kind: Kind, tally: Tally) -> tuple[Line, ...]:
    """Return the cells of a tally: its records, incursions, count of its kind, and objects."""
    name = COUNTED.get(kind)
    counted = f"{spoken(name)}: {range_text(getattr(tally, name))}" if name else ""
    return (
        (f"{tally.records:,}",),
        (range_text(tally.incursions),),
        (counted,),
        (range_text(tally.objects),),
    )


COUNTED: Mapping[Kind, str] = MappingProxyType(
    {"crossing": "crossings", "sighting": "sightings", **dict.fromkeys(ZONE_KINDS, "zone_entries")}
)
"""A mapping from kinds of incursions to the field of a tally with the count of that kind."""


def kind_text(kind: Kind) -> str:
    """Return a kind of incursion in plain words."""
    return spoken(kind) if kind else "no kind"


def range_text(number: CountRange) -> str:
    """Return a range as text, with the number of added counts that have no number."""
    some_gave_none = number.unknown and str(number) != "no number"
    return f"{number} ({number.unknown:,} without a number)" if some_gave_none else str(number)
