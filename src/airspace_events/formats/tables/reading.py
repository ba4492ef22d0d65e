"""A reader of records from flat tables."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from pydantic import ValidationError

from airspace_events.diagnostics.pydantic_errors import problems_in
from airspace_events.feeds.id_table import HashSet
from airspace_events.feeds.reading import record_adapter
from airspace_events.formats.cells import Row, column_name
from airspace_events.formats.tables.columns import EACH, ROW, SHOWN, Column, Path, Step, Table, put
from airspace_events.formats.tables.definitions import TABLES
from airspace_events.formats.tables.values import is_the_same, read_cell
from airspace_events.models.records import RECORD_CLASSES, Record
from airspace_events.safe_text import shown
from airspace_events.spelling import nearest
from airspace_events.values.base import Value
from airspace_events.values.structure import fields_of

COLUMN_NAMES = frozenset(column.name for table in TABLES.values() for column in table.columns)
"""The names of the columns of all tables."""

_MOST_NAMED = 8


@dataclass(frozen=True)
class Layout:
    """The layout of a file: its table and columns.

    Attributes:
        table: the table in the file.
        names: the names in its header.
        columns: the column for each name; None if the table has no such column.
    """

    table: Table
    names: tuple[str, ...]
    columns: tuple[Column | None, ...]

    def text(self, row: Row, column: Column) -> str:
        """Return the cell of a column in a row; empty if the file lacks the column."""
        at = self._at.get(column.name)
        return "" if at is None else row.cells[at]

    def key(self, row: Row) -> tuple[str, ...]:
        """Return the key of the record in a row: the id and the revision of the record."""
        return tuple(row.cells[self._at[name]] for name in ("id", "revision") if name in self._at)

    def column_at(self, parts: tuple[Step, ...], row: Row) -> Column | None:
        """Return the column of a value in a record, or the column with the most similar path."""
        best, most = None, 0
        for column in self.table.columns:
            shared = _shared(column, parts)
            if column.kind == "json" and shared == len(column.path) and self.text(row, column):
                return column
            if shared > most:
                best, most = column, shared
        return best

    @cached_property
    def _at(self) -> dict[str, int]:
        return {name: at for at, name in enumerate(self.names)}


def _shared(column: Column, parts: tuple[Step, ...]) -> int:
    """Return the number of leading steps that a column's path shares with a pointer."""
    shared = 0
    for step, part in zip(column.path, parts, strict=False):
        if step != part and not (step in (EACH, ROW, SHOWN) and isinstance(part, int)):
            break
        shared += 1
    return shared


def layout_of_header(header: Row, tell: Callable[[str], None]) -> Layout | None:
    """Return the layout of a file, or None if no records can be read from it.

    Args:
        header: the header row.
        tell: a function that is called with each fault of the header.
    """
    names = tuple(column_name(cell) for cell in header.cells)
    table = max(TABLES.values(), key=lambda each: (_known(each, names), -len(each.columns)))
    if not _known(table, names):
        tell(f"no table of this library has the columns {_listed(names)}")
        return None
    if not table.readable:
        tell(f"the table {table.name} cannot be read, because it does not contain whole records")
        return None
    by_name = {column.name: column for column in table.columns}
    columns = tuple(by_name.get(name) for name in names)
    twice = sorted({name for name in names if name in by_name and names.count(name) > 1})
    if twice:
        tell(f"columns must not appear twice: {_listed(twice)}")
        return None
    missing = [name for name, column in by_name.items() if name not in names and column.path]
    needed = [name for name in missing if _is_needed(table, by_name[name])]
    if needed:
        tell(f"the table {table.name} must have the columns {_listed(needed)}")
        return None
    if missing:
        tell(f"the table {table.name} lacks the optional columns {_listed(missing)}")
    unknown = [name for name in names if name and name not in by_name]
    if unknown:
        reported = ", ".join(
            _with_hint(name, missing or list(by_name)) for name in unknown[:_MOST_NAMED]
        )
        reported += f" and {len(unknown) - _MOST_NAMED} more" if len(unknown) > _MOST_NAMED else ""
        tell(f"columns that are not in the table {table.name} are ignored: {reported}")
    return Layout(table, names, columns)


def _known(table: Table, names: tuple[str, ...]) -> int:
    return len({column.name for column in table.columns}.intersection(names))


def _is_needed(table: Table, column: Column) -> bool:
    """Return whether a record cannot be valid without this column."""
    model: type[Value] = RECORD_CLASSES[table.types[0]]
    if column.path == ("type",):
        return False
    for step in column.path:
        if step in (EACH, ROW, SHOWN) or isinstance(step, int):
            continue
        shape = fields_of(model)[step]
        if not shape.required and step != table.item:
            return False
        model = next(iter(shape.models.values()), model)
    return True


def _listed(names: tuple[str, ...] | list[str]) -> str:
    reported = ", ".join(shown(name) for name in names[:_MOST_NAMED])
    more = len(names) - _MOST_NAMED
    return f"{reported} and {more} more" if more > 0 else reported


def _with_hint(name: str, candidates: list[str]) -> str:
    guess = nearest(name, candidates)
    return f"{shown(name)} (did you mean {guess}?)" if guess else shown(name)


Tell = Callable[[str, Row, str | None], None]
"""A callback for a fault, with its row and the name of its column, if any."""

_MOST_REPORTED = 20
_SHOWN_AT_MOST = 300
_MOST_IN_A_RECORD = 2**20


@dataclass(slots=True)
class _Draft:
    """The rows of one record, and the data read from these rows so far."""

    key: tuple[str, ...]
    rows: list[Row] = field(default_factory=list[Row])
    data: dict[str, Any] = field(default_factory=dict[str, Any])
    length: int = 0
    is_whole: bool = True


def records_of(layout: Layout, rows: Iterator[Row], tell: Tell) -> Iterator[Record]:
    """Yield each record after its last row has been read.

    Args:
        layout: the columns of the file.
        rows: the rows after the header.
        tell: a function that is called with each fault, after which reading continues.
    """
    for draft in _drafts(layout, rows, tell):
        record = _record(layout, draft, tell) if draft.is_whole else None
        if record is not None and _follows(layout, record, draft.rows[0], tell):
            yield record


def _drafts(layout: Layout, rows: Iterator[Row], tell: Tell) -> Iterator[_Draft]:
    """Yield a draft for each record: one row, or all adjacent rows with the same key."""
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
                reason = (
                    "the rows of the record are not adjacent; put all rows of a record next to "
                    "each other"
                )
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
        tell(f"the row has {cells} cells but the header has {names}", row, None)
    else:
        return True
    return False


def _add(layout: Layout, draft: _Draft, row: Row, tell: Tell) -> None:
    draft.length += sum(map(len, row.cells))
    if draft.length > _MOST_IN_A_RECORD:
        if draft.is_whole:
            tell(f"the record is longer than {_MOST_IN_A_RECORD} characters", row, None)
        draft.is_whole, draft.data = False, {}
        return
    item = len(draft.rows)
    draft.rows.append(row)
    if layout.table.item is not None:
        put(draft.data, (layout.table.item, item), {})
    lengths: dict[Path, int] = {}
    cells = enumerate(zip(layout.names, layout.columns, row.cells, strict=True))
    # A geometry comes last, so that any contradiction with a point is detected.
    for at, (name, column, text) in sorted(cells, key=lambda one: _is_json(one[1][1])):
        if column is None:
            # A first column of numbers without a name is the index that pandas writes.
            is_misplaced = text.strip() and not name and (at or not text.isdecimal())
            fault = "the column has no name" if is_misplaced else ""
        elif not column.is_read_back or not text:
            continue
        elif item and ROW not in column.path:
            first = layout.text(draft.rows[0], column)
            fault = (
                ""
                if text == first
                else f"the cell must repeat the value of the first row, {shown(first)}"
            )
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
    """Add the values of a cell to the data, and return a fault or an empty string."""
    try:
        values = read_cell(column, text)
    except ValueError as error:
        return str(error)
    numbers: dict[Step, int] = {ROW: item, SHOWN: 0}
    path = tuple(numbers.get(step, step) for step in column.path)
    if not column.many:
        is_put = all(put(data, path, value) for value in values)
        return "" if is_put else "longitude and latitude contradict the geometry"
    at = path.index(EACH)
    if values and len(values) != lengths.setdefault(path[:at], len(values)):
        known = lengths[path[:at]]
        return f"the cell has {len(values)} values, but the other columns of the list have {known}"
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
        reason = f"{shown(kind)} is not a type of record in the table {table.name}"
        tell(reason, row, "type")
        return None
    for name in table.kept:
        draft.data.setdefault(name, {})
    try:
        return record_adapter().validate_json(json.dumps(draft.data, ensure_ascii=False))
    except ValidationError as error:
        reported: set[tuple[int, str | None]] = set()
        for problem in problems_in(error, RECORD_CLASSES, draft.data):
            parts = problem.parts
            wrong = row
            if table.item and len(parts) > 1 and parts[0] == table.item:
                wrong = draft.rows[int(parts[1])]
            column = layout.column_at(parts, wrong)
            place = (wrong.number, column.name if column else None)
            if place not in reported:
                reported.add(place)
                tell(problem.sentence, wrong, place[1])
            if len(reported) == _MOST_REPORTED:
                break
    return None


def _follows(layout: Layout, record: Record, row: Row, tell: Tell) -> bool:
    """Return whether the derived cells match the record, and report each that does not."""
    follows = True
    for column, text in zip(layout.columns, row.cells, strict=True):
        if column is None or column.is_read_back or not text:
            continue
        expected = column.cell(record, None, 0)
        may_be_lost = expected is None and text == column.if_lost
        if not may_be_lost and not is_the_same(expected, text):
            follows = False
            found = "an empty cell" if expected is None else shown(expected)
            reason = f"{shown(text)} contradicts the other columns, which imply {found}"
            tell(reason, row, column.name)
    return follows
