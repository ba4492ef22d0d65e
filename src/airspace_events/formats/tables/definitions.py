"""Definitions of the flat tables. A flat table shows records as rows of plain cells.

A table has a row for each record, or for each item of a list in the record. ``tables.toml``
defines the columns for the CSV format, the data frames and the docs.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from airspace_events.formats.day_columns import DAY_COLUMNS
from airspace_events.formats.tables.columns import (
    EACH,
    ROW,
    SEPARATOR,
    SHOWN,
    Cell,
    Column,
    Path,
    Table,
)
from airspace_events.models.base import BaseRecord
from airspace_events.models.events import Incursion
from airspace_events.values.measures import ReportedCount
from airspace_events.values.time import ReportedTime

_Derived = Callable[[Any, int], Cell]

_WORDS_FOR = {"verbatim": "words"}


def _tables() -> Iterator[Table]:
    file = files("airspace_events.formats.tables").joinpath("tables.toml")
    reported = tomllib.loads(file.read_text(encoding="utf-8"))
    for name, table in reported["tables"].items():
        table["types"] = tuple(table["types"])
        table["kept"] = tuple(table.get("kept", ()))
        table["columns"] = tuple(_columns(table["columns"], reported["groups"]))
        yield Table(name, **table)


def _columns(
    rows: Iterable[dict[str, Any]], groups: dict[str, Any], **texts: str
) -> Iterator[Column]:
    """Yield the columns, with groups inserted and placeholders filled in."""
    for row in rows:
        reported = {
            key: value.format(**texts) if isinstance(value, str) else value
            for key, value in row.items()
        }
        if "group" in reported:
            name = reported.get("path", "").replace("/", "_")
            group = groups[reported.pop("group")]
            yield from _columns(group, groups, **{"name": name, "prefix": "", **reported})
        else:
            yield _column(**reported)


def _column(name: str = "", path: str = "", derived: str | None = None, **reported: Any) -> Column:
    steps = tuple(int(step) if step.isdigit() else step for step in path.split("/"))
    if derived is not None:
        return Column(name, **reported, derived=_derived(derived, steps))
    words = [_WORDS_FOR.get(step, step) for step in steps if isinstance(step, str)]
    joined = "_".join(step for step in words if step not in (EACH, ROW, SHOWN))
    return Column(name or joined, **reported, path=steps)


def _derived(what: str, steps: Path) -> _Derived:
    if what == "pointer":
        return lambda _, item: f"/{steps[0]}/{item}"
    if what == "object_count":
        return lambda record, _: getattr(_object_count(record), str(steps[0]), None)
    if what in _OF_RECORD:
        of_record = _OF_RECORD[what]
        return lambda record, _: of_record(record)
    return _of_time(what, steps)


def _object_count(incursion: Incursion) -> ReportedCount | None:
    if incursion.totals is not None and incursion.totals.objects is not None:
        return incursion.totals.objects
    return incursion.objects[0].count if len(incursion.objects) == 1 else None


def _kinds(incursion: Incursion) -> Cell:
    return SEPARATOR.join(incursion.kinds) or None


def marking_text(record: BaseRecord) -> str | None:
    """Return the TLP label and the embargo of a record, or None if it has neither."""
    if record.marking is None:
        return None
    tlp, until = record.marking.tlp, record.marking.embargo_until
    embargo = f"embargo until {until.isoformat()}" if until else None
    return SEPARATOR.join(filter(None, (tlp, embargo))) or None


_OF_RECORD: Mapping[str, Callable[[Any], Cell]] = MappingProxyType(
    {"kinds": _kinds, "marking": marking_text}
)


def _of_time(attribute: str, steps: Path) -> _Derived:
    def derived(record: Any, item: int) -> Cell:
        found: Any = record
        for step in steps:
            found = found[item] if step == ROW else getattr(found, str(step), None)
        if not isinstance(found, ReportedTime):
            return None
        if attribute in DAY_COLUMNS:
            return DAY_COLUMNS[attribute](found)
        value: Any = getattr(found, attribute)
        if isinstance(value, datetime):
            return value.isoformat().replace("+00:00", "Z")
        cell: Cell = value
        return cell

    return derived


TABLES: Mapping[str, Table] = MappingProxyType({table.name: table for table in _tables()})
"""A mapping from names to tables."""
