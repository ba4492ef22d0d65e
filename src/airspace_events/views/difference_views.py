"""The difference between two feeds as text, JSON and HTML, and as a table for notebooks."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from itertools import takewhile
from typing import Any, cast

from airspace_events.comparing.difference import CHANGE_KINDS, FeedDifference, RecordChange
from airspace_events.comparing.field_changes import FieldChange, json_of
from airspace_events.models.base import BaseRecord, Retraction
from airspace_events.safe_text import counted
from airspace_events.validation.log_escaping import inert_line
from airspace_events.validation.rendering.json_report import lines_of
from airspace_events.validation.rendering.markup import element, of_feed, said
from airspace_events.validation.rendering.page import head_lines
from airspace_events.values.acts import SpeechAct
from airspace_events.values.assessments import Assessment
from airspace_events.values.citations import Citation
from airspace_events.values.claims import Claim
from airspace_events.views.card import Line, Said, joined, listed, plain, quoted
from airspace_events.views.record_card import record_name
from airspace_events.views.table import Table, table_of
from airspace_events.views.value_lines import (
    LINES_OF_VALUES,
    act_line,
    assessment_line,
    claim_line,
    names_line,
    spoken,
)

_WORD = frozenset("abcdefghijklmnopqrstuvwxyz0123456789_-#")
# The number of characters shown before a change at the end of a long text.
_CONTEXT = 20
_LONG = 120


def summary(found: FeedDifference) -> str:
    """Return the numbers of changed records by kind of change, as text."""
    counts = ", ".join(f"{count:,} {kind}" for kind, count in found.counts.items() if count)
    number = counted(len(found.records), "record")
    if not found:
        return "no changes"
    return f"{number} changed: {counts}" if counts else "only the header changed"


def text_lines(found: FeedDifference) -> Iterator[str]:
    """Yield the difference as text that is safe to print: each record, then its fields."""
    if found.header:
        yield "header"
        yield from (f"    {plain(_field_line(one))}" for one in found.header)
    for change in found.records:
        yield inert_line(plain((f"{change.kind:<10} ", *title_line(change))))
        yield from (f"    {plain(line)}" for line in detail_lines(change))
    yield summary(found)


def title_line(change: RecordChange) -> Line:
    """Return the type, id, name and revision of a changed record."""
    record = cast("BaseRecord", change.record)
    before = change.before.revision if change.before else record.revision
    revision = f"revision {before} to {record.revision}" if before != record.revision else ""
    is_withdrawn = change.kind == "added" and record.retracted is not None
    notes = joined(((revision,) if revision else (), ("retracted",) if is_withdrawn else ()))
    name = record_name(record)
    return (
        f"{change.type} {change.id}",
        *((": ", *name) if name else ()),
        *((" (", *notes, ")") if notes else ()),
    )


def detail_lines(change: RecordChange) -> Iterator[Line]:
    """Yield a line for each changed field, and for each earlier revision that changed."""
    yield from map(_field_line, change.fields)
    for number in change.rewritten:
        yield (f"revision {number} was changed without a new number",)
    if change.before is None or change.after is None:
        return
    for verb, records in (("added", change.put_in), ("removed", change.taken_out)):
        for record in records:
            if record.revision not in change.rewritten and record is not change.after:
                yield (f"revision {record.revision} was {verb}",)


def _field_line(change: FieldChange) -> Line:
    old, new = values_line(change)
    if change.old is None:
        return (f"{change.name}: ", *new, " (added)")
    if change.new is None:
        return (f"{change.name}: ", *old, " (removed)")
    return (f"{change.name}: ", *old, " -> ", *new)


def values_line(change: FieldChange) -> tuple[Line, Line]:
    """Return the old and new value of a field in words, or as JSON if the words are the same."""
    old, new = (_without_common_start(change, value) for value in (change.old, change.new))
    lines = _line(old), _line(new)
    if plain(lines[0]) == plain(lines[1]):
        lines = (json_of(old),), (json_of(new),)
    return lines


def _without_common_start(change: FieldChange, value: Any) -> Any:
    """Cut a long text so that it starts shortly before the first difference."""
    if not isinstance(change.old, str) or not isinstance(change.new, str):
        return value
    pairs = zip(change.old, change.new, strict=False)
    start = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs)) - _CONTEXT
    return f"…{value[start:]}" if start > _LONG else value


def _line(value: Any) -> Line:  # noqa: PLR0911 (one for each kind of value)
    items: Any = value
    match value:
        case None:
            return ("none",)
        case str():
            return (spoken(value),) if _WORD.issuperset(value) else quoted(value)
        case datetime():
            return (value.isoformat(" "),)
        case tuple():
            return listed(items, _line)
        case Claim():
            return claim_line(value)
        case Assessment():
            return assessment_line(value)
        case SpeechAct():
            return act_line(value)
        case Retraction():
            return (f"{value.at.isoformat(' ')}: ", Said(value.reason))
        case Citation():
            return names_line(value.supports, "cited for ") or ("cited for the whole record",)
        case _:
            return _value_line(value)


def _value_line(value: object) -> Line:
    line = LINES_OF_VALUES.get(type(value))
    return (json_of(value),) if line is None else line(value)


# JSON.


def json_lines(found: FeedDifference) -> Iterator[str]:
    """Yield the difference as JSON, complete enough to turn the old feed into the new one."""
    return lines_of(
        {
            "counts": dict(found.counts),
            "header": [_field_as_dict(one) for one in found.header],
            "records": [
                {
                    "change": change.kind,
                    "type": change.type,
                    "id": change.id,
                    "fields": [_field_as_dict(one) for one in change.fields],
                    "taken_out": [_as_data(record) for record in change.taken_out],
                    "put_in": [_as_data(record) for record in change.put_in],
                }
                for change in found.records
            ],
            "new_header": _as_data(found.new_header),
        }
    )


def _field_as_dict(change: FieldChange) -> Mapping[str, Any]:
    return {"name": change.name, "old": _as_data(change.old), "new": _as_data(change.new)}


def _as_data(value: Any) -> Any:
    return json.loads(json_of(value))


# HTML.


def html_lines(found: FeedDifference) -> Iterator[str]:
    """Yield the difference as a self-contained page without scripts."""
    yield from head_lines(f"Changes: {summary(found)}")
    yield "<body>"
    yield "<main>"
    yield element("h1", "Changes between two feeds")
    yield element("p", said(summary(found)), class_="verdict")
    if found.header:
        yield element("h2", "Header")
        yield from _field_table(found.header)
    for kind in CHANGE_KINDS:
        changes = [change for change in found.records if change.kind == kind]
        if changes:
            yield element("h2", said(f"{kind.capitalize()}: {len(changes):,}"))
        for change in changes:
            yield "<section>"
            yield of_feed("h3", plain(title_line(change)))
            if change.fields:
                yield from _field_table(change.fields)
            for line in list(detail_lines(change))[len(change.fields) :]:
                yield element("p", said(plain(line)))
            yield "</section>"
    yield "</main>"
    yield "</body>"
    yield "</html>"


def _field_table(changes: tuple[FieldChange, ...]) -> Iterator[str]:
    yield "<table>"
    heads = (element("th", name, scope="col") for name in ("Field", "Old value", "New value"))
    yield element("thead", element("tr", *heads))
    yield "<tbody>"
    for change in changes:
        cells = (of_feed("td", plain(line)) for line in values_line(change))
        yield element("tr", of_feed("th", change.name, scope="row"), *cells)
    yield "</tbody>"
    yield "</table>"


# The table for notebooks.


def difference_table(found: FeedDifference) -> Table:
    """Return a table with one row for each changed record."""
    return table_of(
        "Changed records",
        ("Change", "Record", "Fields"),
        found.records,
        lambda change: (
            (change.kind,),
            title_line(change),
            listed(change.fields, lambda field: (field.name,)),
        ),
    )
