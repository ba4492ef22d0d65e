"""Flat tables and their columns. A column converts values of a record to cells.

The path of a column leads to its value in the canonical JSON of a record. Three steps are special.
`EACH` stands for all items of a list, which share one cell. `ROW` stands for the item of the row,
in a table with a row for each item. `SHOWN` stands for the one place that the row of a record
shows.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from typing import Any, Literal, cast

from airspace_events.formats.json_texts import compact_json
from airspace_events.formats.tables.scenes import shown_place
from airspace_events.models.base import BaseRecord
from airspace_events.values.base import to_json

Cell = str | int | float | bool | None
"""The type of the value in a cell; None for an empty cell."""

Kind = Literal["text", "integer", "number", "boolean", "instant", "json"]
Step = str | int
Path = tuple[Step, ...]

EACH = "*"
ROW = "#"
SHOWN = "@"
SEPARATOR = "; "
"""The separator in cells with several values, which are always ids, codes or words."""

_PLAIN = ""
_KEPT = "/"
_WHOLE = "="
_POINT = "Point"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a flat table.

    Attributes:
        name: its name, built from the names of the fields that lead to the value, with ``words``
            in place of ``verbatim``.
        meaning: a description on one line.
        kind: the kind of its cells. An instant is RFC 3339 text; JSON is a value with several
            fields, or a list of such values.
        path: the path of the value in the JSON of a record; empty for a derived column.
        derived: a function that computes the cell from the record and the number of the item.
            Readers ignore derived columns.
        if_lost: an alternative value of a derived cell, allowed if the other columns lack the data
            to compute the cell.
        keeps_items: whether an empty string between separators means an item without a value.
        points_apart: whether points have columns of their own instead of this JSON column.
    """

    name: str
    meaning: str
    kind: Kind = "text"
    path: Path = ()
    derived: Callable[[Any, int], Cell] | None = None
    if_lost: Cell = None
    keeps_items: bool = False
    points_apart: bool = False

    @property
    def many(self) -> bool:
        """Return whether a cell may contain several values, separated by `SEPARATOR`."""
        return EACH in self.path

    @property
    def is_read_back(self) -> bool:
        """Return whether a reader takes data from the column."""
        return bool(self.path)

    def cell(self, record: object, data: object, item: int, place: int | None = None) -> Cell:
        """Return the cell of this column.

        Args:
            record: the record.
            data: the JSON of the record; with defaults, unless the column holds JSON.
            item: the 0-based number of the row's item.
            place: the number of the place that the row shows.
        """
        if self.derived is not None:
            return self.derived(record, item)
        found = _reach(data, self.path, {ROW: item, SHOWN: place})
        if self.many:
            words = cast("list[str | None]", found or [])
            is_said = any(words) or (self.keeps_items and len(words) > 1)
            return SEPARATOR.join(word or "" for word in words) if is_said else None
        if self.kind == "json":
            is_apart = self.points_apart and _is_point(found)
            is_held = isinstance(found, dict | list) and not is_apart
            return _json_text(cast("object", found)) if is_held else None
        return None if isinstance(found, dict | list) else cast("Cell", found)


def _json_text(value: object) -> str:
    return compact_json(value).decode()


def _is_point(value: object) -> bool:
    return isinstance(value, dict) and cast("dict[str, object]", value).get("type") == _POINT


def _reach(value: Any, path: Path, numbers: Mapping[Step, int | None]) -> Any:
    """Return the value at a path, a list of values if the path contains `EACH`, or None.

    The numbers replace the steps `ROW` and `SHOWN`.
    """
    for number, step in enumerate(path):
        if step == EACH:
            each = cast("list[object]", value) if isinstance(value, list) else []
            return [_reach(one, path[number + 1 :], numbers) for one in each]
        at = numbers.get(step, step)
        if isinstance(value, dict):
            value = cast("dict[Step | None, object]", value).get(at)
        elif isinstance(value, list) and isinstance(at, int):
            items = cast("list[object]", value)
            value = items[at] if at < len(items) else None
        else:
            return None
    return value


def put(data: dict[str, Any], path: Path, value: object) -> bool:
    """Set the value at a path of keys and indexes, and create missing parents.

    Skipped list items become None. The parent of ``coordinates`` gets the type of a point.

    Returns:
        Whether the path had no value before, or already had the same value.
    """
    node: Any = data
    for step, following in pairwise(path):
        node = _slot(node, step, [] if isinstance(following, int) else {})
        if following == "coordinates":
            node["type"] = _POINT
    return _slot(node, path[-1], value) is value


def _slot(node: Any, step: Step, empty: object) -> Any:
    """Return the value at a step; if there is none, insert ``empty`` and return it."""
    if isinstance(step, int):
        node.extend([None] * (step + 1 - len(node)))
        if node[step] is None:
            node[step] = empty
        return node[step]
    return node.setdefault(step, empty)


Held = dict[Step, "Held"]
"""The paths of the values that columns contain, as a tree.

`_PLAIN` marks a plain value, `_WHOLE` marks a value that the columns contain completely, and
`_KEPT` marks a value that is restored even if it is empty. List items are marked `_KEPT` only if
the list may have several items.
"""


def held_by(columns: Iterable[Column], kept: Iterable[str] = ()) -> Held:
    """Return the parts of a record that the columns contain.

    Args:
        columns: the columns.
        kept: the fields that are restored even if no column has a value for them.
    """
    root: Held = {name: {_KEPT: {}} for name in kept}
    for column in columns:
        node = root
        for step in column.path:
            node = node.setdefault(EACH if step == ROW else step, {})
            if step == "geometry":
                node["type"] = {_POINT: {}}
            if step == EACH and column.keeps_items:
                node[_KEPT] = {}
        if column.kind == "json":
            node[_WHOLE] = {_POINT: {}} if column.points_apart else {}
        elif column.path:
            node[_PLAIN] = {}
    return root


def lost_of(data: dict[str, Any], held: Held) -> list[str]:
    """Return the RFC 6901 pointers to the lost parts of a record.

    If a whole object or list is lost, there is one pointer to it, and none to its parts.

    Args:
        data: the canonical JSON of a record.
        held: the parts that the columns contain.
    """
    return _lost(data, held, "", shown_place(data)) or []


def _lost(value: Any, held: Held, at: str, place: int | None) -> list[str] | None:
    """Return the pointers to the lost parts of a value, or None if the whole value is lost."""
    if not held:
        return None
    inside = _inside(value)
    if inside is None:
        return [] if _PLAIN in held or value in held else None
    if _WHOLE in held and not (_POINT in held[_WHOLE] and _is_point(value)):
        return []
    found: list[str] = []
    is_held = _KEPT in held
    for step, inner in inside:
        to = f"{at}/{str(step).replace('~', '~0').replace('/', '~1')}"
        within = {**held.get(EACH, {}), **held.get(step, {})}
        if step == place and SHOWN in held:
            within |= held[SHOWN]
        if isinstance(step, int) and len(inside) == 1:
            within.pop(_KEPT, None)
        lost = _lost(inner, within, to, place)
        found += [to] if lost is None else lost
        is_held = is_held or lost is not None
    return found if is_held else None


def _inside(value: Any) -> list[tuple[Step, object]] | list[tuple[int, object]] | None:
    if isinstance(value, dict):
        return list(cast("dict[Step, object]", value).items())
    if isinstance(value, list):
        return list(enumerate(cast("list[object]", value)))
    return None


@dataclass(frozen=True)
class Table:
    """A flat table.

    Attributes:
        name: the word that selects the table.
        meaning: a description of its rows.
        types: the record types that the table contains.
        columns: its columns, in order.
        item: the field whose items each have a row; if empty, each record has one row.
        readable: whether records can be read from the table.
        kept: the fields that a record has even if all their columns are empty.
    """

    name: str
    meaning: str
    types: tuple[str, ...]
    columns: tuple[Column, ...] = field(repr=False)
    item: str | None = None
    readable: bool = True
    kept: tuple[str, ...] = ()

    def rows(self, record: BaseRecord) -> Iterator[dict[str, Cell]]:
        """Yield the rows of a record as mappings from column names to cells.

        The function yields no rows if the table is for other types of records.
        """
        if record.type not in self.types:
            return
        data = record.model_dump(mode="json", exclude_none=True)
        exact: object = json.loads(to_json(record)) if self._has_json else None
        place = shown_place(data)
        for item in range(len(data.get(self.item, ())) if self.item else 1):
            yield {
                each.name: each.cell(record, exact if each.kind == "json" else data, item, place)
                for each in self.columns
            }

    def lost(self, record: BaseRecord) -> list[str]:
        """Return the pointers to all parts of a record that its rows do not contain."""
        if record.type not in self.types or (self.item and not getattr(record, self.item, ())):
            return [""]
        return lost_of(json.loads(to_json(record)), self.held)

    @cached_property
    def _has_json(self) -> bool:
        return any(column.kind == "json" for column in self.columns)

    @cached_property
    def held(self) -> Held:
        """Return the paths of the values that the columns contain, as a tree."""
        return held_by(self.columns, self.kept)
