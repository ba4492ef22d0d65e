"""Finds out from a header row which flat table a file holds, and where its columns stand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from airspace_events.formats.cells import Row, column_name
from airspace_events.formats.tables.columns import EACH, ROW, SHOWN, Column, Step, Table
from airspace_events.formats.tables.record_tables import TABLES
from airspace_events.models.records import RECORD_CLASSES
from airspace_events.safe_text import shown
from airspace_events.spelling import nearest
from airspace_events.values.base import Value
from airspace_events.values.structure import fields_of

COLUMN_NAMES = frozenset(column.name for table in TABLES.values() for column in table.columns)
"""The names of the columns of all tables."""

_MOST_NAMED = 8


@dataclass(frozen=True)
class Layout:
    """The columns of a file.

    Attributes:
        table: the table that it holds.
        names: the names in its header.
        columns: the column that each name is; None for a name that is none.
    """

    table: Table
    names: tuple[str, ...]
    columns: tuple[Column | None, ...]

    def text(self, row: Row, column: Column) -> str:
        """What stands in a column of a row; nothing if the file does not have the column."""
        at = self._at.get(column.name)
        return "" if at is None else row.cells[at]

    def key(self, row: Row) -> tuple[str, ...]:
        """What tells the record of a row: its id and its revision."""
        return tuple(row.cells[self._at[name]] for name in ("id", "revision") if name in self._at)

    def column_at(self, parts: tuple[Step, ...], row: Row) -> Column | None:
        """The column that holds what stands at a place in a record, or comes nearest to it."""
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
    """How many steps of its path lead to a place."""
    shared = 0
    for step, part in zip(column.path, parts, strict=False):
        if step != part and not (step in (EACH, ROW, SHOWN) and isinstance(part, int)):
            break
        shared += 1
    return shared


def layout_of_header(header: Row, tell: Callable[[str], None]) -> Layout | None:
    """The columns of a file, by its header; None if no record can be read from them.

    Args:
        header: the row of the header.
        tell: is told what is wrong with it.
    """
    names = tuple(column_name(cell) for cell in header.cells)
    table = max(TABLES.values(), key=lambda each: (_known(each, names), -len(each.columns)))
    if not _known(table, names):
        tell(f"{_listed(names)}: no table of this library has such columns")
        return None
    if not table.readable:
        tell(f"the table {table.name} holds too little of a record to read one from it")
        return None
    by_name = {column.name: column for column in table.columns}
    columns = tuple(by_name.get(name) for name in names)
    twice = sorted({name for name in names if name in by_name and names.count(name) > 1})
    if twice:
        tell(f"these columns stand here twice: {_listed(twice)}")
        return None
    missing = [name for name, column in by_name.items() if name not in names and column.path]
    needed = [name for name in missing if _is_needed(table, by_name[name])]
    if needed:
        tell(f"the table {table.name} cannot be read without these columns: {_listed(needed)}")
        return None
    if missing:
        tell(
            f"the table {table.name} has these columns too, which are not here: {_listed(missing)}"
        )
    unknown = [name for name in names if name and name not in by_name]
    if unknown:
        told = ", ".join(
            _with_hint(name, missing or list(by_name)) for name in unknown[:_MOST_NAMED]
        )
        told += f" and {len(unknown) - _MOST_NAMED} more" if len(unknown) > _MOST_NAMED else ""
        tell(f"the table {table.name} has no such columns, which are not read: {told}")
    return Layout(table, names, columns)


def _known(table: Table, names: tuple[str, ...]) -> int:
    return len({column.name for column in table.columns}.intersection(names))


def _is_needed(table: Table, column: Column) -> bool:
    """Whether a record lacks something it must have without this column."""
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
    told = ", ".join(shown(name) for name in names[:_MOST_NAMED])
    more = len(names) - _MOST_NAMED
    return f"{told} and {more} more" if more > 0 else told


def _with_hint(name: str, candidates: list[str]) -> str:
    guess = nearest(name, candidates)
    return f"{shown(name)} (did you mean {guess}?)" if guess else shown(name)
