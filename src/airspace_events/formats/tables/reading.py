"""Reads the rows of a flat table back into records.

What a derived column says must follow from the others; where it does not, one of them is wrong,
and the row gives no record.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError

from airspace_events.diagnostics.pydantic_errors import problems_in
from airspace_events.feeds.hashes import HashSet
from airspace_events.feeds.reading import record_adapter
from airspace_events.formats.cells import Row
from airspace_events.formats.tables.columns import EACH, ROW, SHOWN, Column, Path, Step, put
from airspace_events.formats.tables.headers import Layout
from airspace_events.formats.tables.values import is_the_same, read_cell
from airspace_events.models.records import RECORD_CLASSES, Record
from airspace_events.safe_text import shown

Tell = Callable[[str, Row, str | None], None]
"""Is given what is wrong, the row, and the name of the column if it is one column's."""

_MOST_TOLD = 20
_SHOWN_AT_MOST = 300
_MOST_IN_A_RECORD = 2**20


@dataclass(slots=True)
class _Draft:
    """The rows of one record, and what they have given so far."""

    key: tuple[str, ...]
    rows: list[Row] = field(default_factory=list[Row])
    data: dict[str, Any] = field(default_factory=dict[str, Any])
    length: int = 0
    is_whole: bool = True


def records_of(layout: Layout, rows: Iterator[Row], tell: Tell) -> Iterator[Record]:
    """The records that rows give, each when its last row was read.

    Args:
        layout: the columns of the file.
        rows: the rows behind the header.
        tell: is told what cannot be read; reading goes on with the next row.
    """
    for draft in _drafts(layout, rows, tell):
        record = _record(layout, draft, tell) if draft.is_whole else None
        if record is not None and _follows(layout, record, draft.rows[0], tell):
            yield record


def _drafts(layout: Layout, rows: Iterator[Row], tell: Tell) -> Iterator[_Draft]:
    """The rows, record by record: one each, or those that follow each other with one key."""
    draft: _Draft | None = None
    finished = HashSet()
    for row in rows:
        if not _is_usable(layout, row, tell):
            continue
        key = layout.key(row)
        if layout.table.item is None or draft is None or draft.key != key:
            if draft is not None:
                yield draft
                finished.add(draft.key)
            draft = _Draft(key)
            if layout.table.item is not None and key in finished:
                reason = "other rows of this record stand further up; keep them together"
                tell(reason, row, None)
                draft.is_whole = False
        _add(layout, draft, row, tell)
        if layout.table.item is None:
            yield draft
            draft = None
    if draft is not None:
        yield draft


def _is_usable(layout: Layout, row: Row, tell: Tell) -> bool:
    if row.is_blank:
        return False
    cells, names = len(row.cells), len(layout.names)
    if row.fault:
        tell(row.fault, row, None)
    elif cells != names:
        tell(f"the row has {cells} cells, and the header {names}", row, None)
    else:
        return True
    return False


def _add(layout: Layout, draft: _Draft, row: Row, tell: Tell) -> None:
    """Put the cells of a row where they belong in its record."""
    draft.length += sum(map(len, row.cells))
    if draft.length > _MOST_IN_A_RECORD:
        if draft.is_whole:
            tell(f"a record is longer than {_MOST_IN_A_RECORD} characters", row, None)
        draft.is_whole, draft.data = False, {}
        return
    item = len(draft.rows)
    draft.rows.append(row)
    if layout.table.item is not None:
        put(draft.data, (layout.table.item, item), {})
    lengths: dict[Path, int] = {}
    cells = enumerate(zip(layout.names, layout.columns, row.cells, strict=True))
    # A geometry comes last, so that one which contradicts a point is found.
    for at, (name, column, text) in sorted(cells, key=lambda one: _is_json(one[1][1])):
        if column is None:
            # A first column of numbers is the index that pandas writes.
            is_misplaced = text.strip() and not name and (at or not text.isdecimal())
            fault = "the column has no name" if is_misplaced else ""
        elif not column.is_read_back or not text:
            continue
        elif item and ROW not in column.path:
            first = layout.text(draft.rows[0], column)
            fault = "" if text == first else f"{shown(first)} stands in an earlier row of it"
        else:
            fault = _put_cell(draft.data, column, text, item, lengths)
        if fault:
            tell(fault, row, name or None)
            draft.is_whole = False


def _is_json(column: Column | None) -> bool:
    return column is not None and column.kind == "json"


def _put_cell(
    data: dict[str, Any], column: Column, text: str, item: int, lengths: dict[Path, int]
) -> str:
    """Put what a cell gives into the data; what is wrong with it, or nothing."""
    try:
        values = read_cell(column, text)
    except ValueError as error:
        return str(error)
    numbers: dict[Step, int] = {ROW: item, SHOWN: 0}
    path = tuple(numbers.get(step, step) for step in column.path)
    if not column.many:
        is_put = all(put(data, path, value) for value in values)
        return "" if is_put else "longitude and latitude give another geometry"
    at = path.index(EACH)
    if values and len(values) != lengths.setdefault(path[:at], len(values)):
        known = lengths[path[:at]]
        return f"there are {len(values)} values, and {known} in the column that they belong to"
    for number, value in enumerate(values):
        if value:
            put(data, (*path[:at], number, *path[at + 1 :]), value)
        elif column.keeps_items:
            put(data, (*path[:at], number), {})
    return ""


def _record(layout: Layout, draft: _Draft, tell: Tell) -> Record | None:
    table, row = layout.table, draft.rows[0]
    kind = draft.data.setdefault("type", table.types[0])
    if kind not in table.types:
        reason = f"{shown(kind)} is no type of record for the table {table.name}"
        tell(reason, row, "type")
        return None
    for name in table.kept:
        draft.data.setdefault(name, {})
    try:
        return record_adapter().validate_json(json.dumps(draft.data, ensure_ascii=False))
    except ValidationError as error:
        told: set[tuple[int, str | None]] = set()
        for problem in problems_in(error, RECORD_CLASSES, draft.data):
            parts = problem.parts
            wrong = row
            if table.item and len(parts) > 1 and parts[0] == table.item:
                wrong = draft.rows[int(parts[1])]
            column = layout.column_at(parts, wrong)
            place = (wrong.number, column.name if column else None)
            if place not in told:
                told.add(place)
                tell(problem.sentence, wrong, place[1])
            if len(told) == _MOST_TOLD:
                break
    return None


def _follows(layout: Layout, record: Record, row: Row, tell: Tell) -> bool:
    """Whether the derived cells of a row are those that follow from its record."""
    follows = True
    for column, text in zip(layout.columns, row.cells, strict=True):
        if column is None or column.is_read_back or not text:
            continue
        expected = column.cell(record, None, 0)
        may_be_lost = expected is None and text == column.if_lost
        if not may_be_lost and not is_the_same(expected, text):
            follows = False
            found = "nothing" if expected is None else shown(expected)
            reason = f"{shown(text)} contradicts the other columns, from which follows {found}"
            tell(reason, row, column.name)
    return follows
