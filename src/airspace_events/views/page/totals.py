"""Totals by state and month as the items of a page, for dossiers that are too large."""

from __future__ import annotations

import calendar
from datetime import datetime
from typing import Any, NamedTuple

from airspace_events.dossier.dossier import Dossier
from airspace_events.dossier.states_by_months import StateMonth
from airspace_events.views.page.event_values import KIND_WORDS
from airspace_events.views.page.items import NO_SPAN
from airspace_events.views.page.local_times import Span, dates_text, minute_of
from airspace_events.views.page.names import shown


class Totals(NamedTuple):
    """The items of a page with totals.

    Attributes:
        items: the totals by state, month and kind, each as an object of JSON.
        states: the names of the states by code.
    """

    items: list[dict[str, Any]]
    states: dict[str, str]


def total_items(dossier: Dossier) -> Totals:
    """Return the totals of the incursions of a dossier that the desk has not discounted."""
    rows = dossier.states_by_months()
    codes = sorted({row.state for row in rows if row.state})
    states = {code: shown(getattr(dossier.resolve(code), "name", code)) for code in codes}
    return Totals([_item(row, states) for row in rows], states)


def _item(row: StateMonth, states: dict[str, str]) -> dict[str, Any]:
    where = states[row.state] if row.state else "no state"
    kind = row.kind or ""
    span = _month(row.month) if row.month else NO_SPAN
    when = "month not known"
    if span["start"] is not None and span["end"] is not None:
        when = dates_text(span["start"], span["end"])
    marks = [{"as": "state", "state": row.state}]
    return {
        "id": f"{row.state or 'none'}-{row.month or 'none'}-{kind or 'none'}",
        "type": "total",
        "title": [f"{where}: {KIND_WORDS[kind]}"],
        "kinds": [kind],
        "states": [row.state] if row.state else [],
        "n": [row.least, row.most],
        "when": [when],
        "span": span,
        "where": [where],
        **({"marks": marks} if row.state else {"undrawn": ["no state was recorded"]}),
    }


def _month(month: str) -> Span:
    first = datetime.fromisoformat(f"{month}-01")
    last_day = calendar.monthrange(first.year, first.month)[1]
    last = first.replace(day=last_day, hour=23, minute=59)
    return {"start": minute_of(first), "end": minute_of(last)}
