"""Totals by state and month as the items of a page, for dossiers with too many events."""

from __future__ import annotations

from typing import Any, NamedTuple

from airspace_events.dossier.dossier import Dossier
from airspace_events.dossier.states_by_months import StateMonth
from airspace_events.values.time import ReportedTime
from airspace_events.views.page.event_values import KIND_WORDS
from airspace_events.views.page.local_times import NO_SPAN, span_of, when_line
from airspace_events.views.page.names import state_names


class Totals(NamedTuple):
    """The items of a page with totals.

    Attributes:
        items: the totals by state, month and kind, each as a JSON object.
        states: the names of the states by code.
    """

    items: list[dict[str, Any]]
    states: dict[str, str]


def total_items(dossier: Dossier) -> Totals:
    """Return the totals of a dossier; incursions that the desk discounted do not count."""
    rows = dossier.states_by_months()
    states = state_names(dossier, (row.state for row in rows if row.state))
    return Totals([_item(row, states) for row in rows], states)


def _item(row: StateMonth, states: dict[str, str]) -> dict[str, Any]:
    where = states[row.state] if row.state else "no state"
    kind = row.kind or ""
    month = ReportedTime.parse(row.month) if row.month else None
    marks = [{"as": "state", "state": row.state}]
    return {
        "id": f"{row.state or 'none'}-{row.month or 'none'}-{kind or 'none'}",
        "type": "total",
        "title": [f"{where}: {KIND_WORDS[kind]}"],
        "kinds": [kind],
        "states": [row.state] if row.state else [],
        "n": [row.least, row.most],
        "when": list(when_line(month)) if month else ["month not known"],
        "span": span_of(month) if month else NO_SPAN,
        "where": [where],
        **({"marks": marks} if row.state else {"undrawn": ["no state was recorded"]}),
    }
