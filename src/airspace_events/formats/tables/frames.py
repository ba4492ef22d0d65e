"""The flat tables of records as pandas and Polars data frames.

The columns are the same as in the CSV format, with real types: nullable integers and booleans,
instants in UTC, and strings. Strings are not protected against spreadsheet formulas.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Literal, get_args, overload

from airspace_events.data_frames import Library, data_frame, frame_library
from airspace_events.errors import UnknownNameError
from airspace_events.formats.json_texts import compact_json
from airspace_events.formats.revisions import latest_revisions
from airspace_events.formats.tables.columns import SEPARATOR, Cell, Table
from airspace_events.formats.tables.definitions import TABLES
from airspace_events.models.records import Record

if TYPE_CHECKING:
    import polars as pl

Revisions = Literal["latest", "all"]
"""The revisions of each record that a frame includes."""

_REVISIONS: tuple[Revisions, ...] = get_args(Revisions)


@overload
def frame(
    records: Iterable[Record],
    library: Literal["polars"],
    table: str = "incursions",
    *,
    revisions: Revisions = "latest",
    expand: bool = False,
) -> pl.DataFrame: ...


@overload
def frame(
    records: Iterable[Record],
    library: Library = "pandas",
    table: str = "incursions",
    *,
    revisions: Revisions = "latest",
    expand: bool = False,
) -> Any: ...


def frame(
    records: Iterable[Record],
    library: Library = "pandas",
    table: str = "incursions",
    *,
    revisions: Revisions = "latest",
    expand: bool = False,
) -> Any:
    """Return a table of records as a data frame.

    Records of other types are skipped. Values without a column are not in the frame; `Table.lost`
    lists them. To group by day or month, use ``local_day`` ("2025-09-10") and ``local_month``
    ("2025-09"), because ``earliest`` and ``latest`` are in UTC.

    Args:
        records: the records.
        library: the library of the data frame: pandas or Polars.
        table: the name of a table in `TABLES`.
        revisions: "latest" for the last revision of each record, even if the record was retracted
            (see ``retracted_at``); "all" for a row for each revision.
        expand: whether to add a text column for each scheme of external ids and for each key in
            ``extensions``, such as ``external_ids/acled`` and ``extensions/desk.example/Weather``.
            A value that is not a string becomes JSON; several ids of one scheme are joined by ";
            ".

    Returns:
        A ``pandas.DataFrame`` or a ``polars.DataFrame``, with rows in the order of the records.

    Raises:
        UnknownNameError: ``table``, ``library`` or ``revisions`` is not an allowed name.
        MissingExtraError: the library is not installed.
    """
    if table not in TABLES:
        raise UnknownNameError(table, f"use one of {', '.join(TABLES)}")
    module = frame_library(library)
    if revisions not in _REVISIONS:
        raise UnknownNameError(str(revisions), 'use "latest" or "all"')
    chosen = TABLES[table]
    given = latest_revisions(records) if revisions == "latest" else records
    columns = _columns(chosen, given, expand=expand)
    kinds = dict.fromkeys(columns, "text") | {it.name: it.kind for it in chosen.columns}
    return data_frame(module, columns, kinds)


def _columns(
    table: Table, records: Iterable[Record], *, expand: bool
) -> dict[str, list[Cell | datetime]]:
    found: dict[str, list[Cell | datetime]] = {column.name: [] for column in table.columns}
    instants = {column.name for column in table.columns if column.kind == "instant"}
    expanded: list[dict[str, str]] = []
    for record in records:
        cells = _expanded(record) if expand else {}
        for row in table.rows(record):
            expanded.append(cells)
            for name, cell in row.items():
                is_instant = name in instants and isinstance(cell, str)
                found[name].append(_utc(str(cell)) if is_instant else cell)
    for name in dict.fromkeys(name for cells in expanded for name in cells):
        found[name] = [cells.get(name) for cells in expanded]
    return found


def _expanded(record: Record) -> dict[str, str]:
    found: dict[str, str] = {}
    for one in record.external_ids:
        name = f"external_ids/{one.scheme}"
        found[name] = f"{found[name]}{SEPARATOR}{one.value}" if name in found else one.value
    for domain, value in (record.extensions or {}).items():
        name = f"extensions/{domain}"
        named = {name: value}
        if isinstance(value, dict):
            named = {f"{name}/{key}": item for key, item in value.items()}
        for path, item in named.items():
            if item is not None:
                found[path] = item if isinstance(item, str) else compact_json(item).decode()
    return found


def _utc(instant: str) -> datetime:
    return datetime.fromisoformat(instant).astimezone(UTC)
