"""pandas and Polars data frames of the flat tables of records.

The columns are the same as in the CSV format, with real types: nullable integers and booleans,
instants in UTC, and texts. Texts are not protected against spreadsheet formulas.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from importlib import import_module
from typing import TYPE_CHECKING, Any, Literal, get_args, overload

from airspace_events.errors import MissingExtraError, UnknownNameError
from airspace_events.formats.revisions import latest_revisions
from airspace_events.formats.tables.columns import Cell, Column, Table
from airspace_events.formats.tables.definitions import TABLES
from airspace_events.formats.tables.local_days import local_day, local_month
from airspace_events.models.records import Record

if TYPE_CHECKING:
    import polars as pl

Library = Literal["pandas", "polars"]
Revisions = Literal["latest", "all"]
"""The revisions of each record that a frame includes."""

_REVISIONS: tuple[Revisions, ...] = get_args(Revisions)

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
    records: Iterable[Record],
    library: Literal["polars"],
    table: str = "incursions",
    *,
    revisions: Revisions = "latest",
) -> pl.DataFrame: ...


@overload
def frame(
    records: Iterable[Record],
    library: Library = "pandas",
    table: str = "incursions",
    *,
    revisions: Revisions = "latest",
) -> Any: ...


def frame(
    records: Iterable[Record],
    library: Library = "pandas",
    table: str = "incursions",
    *,
    revisions: Revisions = "latest",
) -> Any:
    """Return a table of records as a data frame.

    Records of other types are skipped. Values without a column are not in the frame; `Table.lost`
    lists them. A frame of incursions has two columns in addition to the CSV format, for grouping:
    ``local_day`` ("2025-09-10") and ``local_month`` ("2025-09"), in the local time of the place.
    A date is a day of the place, even without a time zone; an instant without a time zone may be
    on two days. Both columns are empty if an end of the time is uncertain. A column is empty if
    the time allows several days or months; in this case, ``earliest`` and ``latest`` give the
    bounds.

    Args:
        records: the records.
        library: the library of the data frame: pandas or Polars.
        table: the name of a table in `TABLES`.
        revisions: "latest" for the last revision of each record, even if the record was retracted
            (``retracted_at``); "all" for a row for each revision.

    Returns:
        A ``pandas.DataFrame`` or a ``polars.DataFrame``, with rows in the order of the records.

    Raises:
        UnknownNameError: no table, library or choice of revisions has this name.
        MissingExtraError: the library is not installed.
    """
    if table not in TABLES:
        raise UnknownNameError(table, f"use one of {', '.join(TABLES)}")
    if library not in ("pandas", "polars"):
        raise UnknownNameError(str(library), "use pandas or polars")
    if revisions not in _REVISIONS:
        raise UnknownNameError(str(revisions), "use latest or all")
    try:
        module = import_module(library)
    except ModuleNotFoundError as error:
        raise MissingExtraError(library) from error
    chosen = TABLES[table]
    if table == _WITH_DAYS:
        chosen = replace(chosen, columns=(*chosen.columns, *_DAYS))
    columns = _columns(chosen, latest_revisions(records) if revisions == "latest" else records)
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


_WITH_DAYS = "incursions"
_DAYS = (
    Column(
        "local_day",
        "the day in local time, if only one day is possible",
        derived=lambda one, _: local_day(one),
    ),
    Column(
        "local_month",
        "the month in local time, if only one month is possible",
        derived=lambda one, _: local_month(one),
    ),
)


def _columns(table: Table, records: Iterable[Record]) -> dict[str, list[Cell | datetime]]:
    """Return the cells of a table, column by column."""
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
