"""Data frames: a flat table of records for pandas or Polars, in one call.

The columns are those of the CSV format, with real types: whole numbers and truth values that
may be missing, instants in UTC, texts. Nothing is guarded against spreadsheets.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from importlib import import_module
from typing import TYPE_CHECKING, Any, Literal, overload

from airspace_events.errors import MissingExtraError, UnknownNameError
from airspace_events.formats.tables.columns import Cell, Table
from airspace_events.formats.tables.definitions import TABLES
from airspace_events.models.records import Record

if TYPE_CHECKING:
    import polars as pl

Library = Literal["pandas", "polars"]

_PANDAS_TYPES = {
    "text": "string",
    "integer": "Int64",
    "number": "Float64",
    "boolean": "boolean",
    "instant": "datetime64[us, UTC]",
    "json": "string",
}


@overload
def frame(
    records: Iterable[Record], library: Literal["polars"], table: str = "incursions"
) -> pl.DataFrame: ...


@overload
def frame(
    records: Iterable[Record], library: Library = "pandas", table: str = "incursions"
) -> Any: ...


def frame(
    records: Iterable[Record], library: Library = "pandas", table: str = "incursions"
) -> Any:
    """A table of records as a data frame.

    Records of types that the table does not take are passed over, and what no column holds is
    not in the frame: `Table.lost` tells what that is.

    Args:
        records: the records.
        library: whose data frame: pandas or Polars.
        table: the name of a table of `TABLES`.

    Returns:
        A ``pandas.DataFrame`` or a ``polars.DataFrame``, one row after the other as the records.

    Raises:
        UnknownNameError: there is no such table, or no such library.
        MissingExtraError: the library is not installed.
    """
    if table not in TABLES:
        raise UnknownNameError(table, f"the tables are {', '.join(TABLES)}")
    if library not in ("pandas", "polars"):
        raise UnknownNameError(str(library), "the libraries are pandas and polars")
    try:
        module = import_module(library)
    except ModuleNotFoundError as error:
        raise MissingExtraError(library) from error
    chosen = TABLES[table]
    columns = _columns(chosen, records)
    kinds = {column.name: column.kind for column in chosen.columns}
    if library == "polars":
        types = {
            "text": module.String,
            "integer": module.Int64,
            "number": module.Float64,
            "boolean": module.Boolean,
            "instant": module.Datetime("us", "UTC"),
            "json": module.String,
        }
        return module.DataFrame(columns, schema={name: types[kinds[name]] for name in columns})
    return module.DataFrame(
        {
            name: module.Series(cells, dtype=_PANDAS_TYPES[kinds[name]])
            for name, cells in columns.items()
        }
    )


def _columns(table: Table, records: Iterable[Record]) -> dict[str, list[Cell | datetime]]:
    """The cells of a table, column by column."""
    found: dict[str, list[Cell | datetime]] = {column.name: [] for column in table.columns}
    instants = {column.name for column in table.columns if column.kind == "instant"}
    for record in records:
        for row in table.rows(record):
            for name, cell in row.items():
                is_instant = name in instants and isinstance(cell, str)
                found[name].append(_utc(str(cell)) if is_instant else cell)
    return found


def _utc(instant: str) -> datetime:
    return datetime.fromisoformat(instant).astimezone(UTC)
