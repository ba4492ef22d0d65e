"""Read JSON as a sheet: a list of objects, or JSON Lines.

Each innermost value of an object gets its own column, which is named after the path of the value,
such as "place.country" or "sources.0.url". The columns are known only at the end of the file, so
the rows are stored on disk until then.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Generator, Iterator
from contextlib import contextmanager
from typing import Any, cast

from airspace_events.feeds.spool import Spool
from airspace_events.feeds.streams import ByteStream
from airspace_events.formats.cells import cell_text, column_name, escaped_bytes
from airspace_events.formats.spreadsheets.grid import MOST_COLUMNS, listed
from airspace_events.formats.spreadsheets.keys import FileKeys
from airspace_events.formats.spreadsheets.sheet import NoSheetError, Sheet, SheetRow
from airspace_events.formats.spreadsheets.typed_cells import number_text
from airspace_events.formats.streamed_json import BrokenJson, Piece, StreamedJson
from airspace_events.safe_text import shown
from airspace_events.spelling import nearest
from airspace_events.values.json_values import is_unicode

_LONGEST_ROW = 8 * 2**20
_LONGEST_NAME = 1_000
_HAS_ROWS = 'if the rows are in a list inside the object, give its path, such as rows = "data"'


class _NoRowError(ValueError):
    """Raised when a value in the list cannot be used as a row."""


@contextmanager
def open_json(stream: ByteStream, keys: FileKeys) -> Generator[Sheet]:
    """Open JSON as a sheet; see `OpenSheet`."""
    rows, names = Spool(), dict[str, None]()
    first: SheetRow | None = None
    broken: NoSheetError | None = None
    try:
        for row in _read_rows(stream, keys):
            first = first or row
            names |= dict.fromkeys(row.cells if not row.fault else ())
            rows.add(row.number, row.cells, row.fault, row.line, dict(row.faults))
            _check_width(names, row.line)
    except BrokenJson as error:
        broken = NoSheetError(_reason(error), error.error.line)
    except NoSheetError as error:
        broken = error
    if broken and len(names) > MOST_COLUMNS:
        raise broken
    if not names:
        reason = (first.fault if first else "") or "the list has no objects with values"
        raise broken or NoSheetError(reason, first.line if first else 1)
    yield Sheet(tuple(names), _rows(rows, tuple(names), broken), SheetRow(0, {}))


def _check_width(names: Collection[str], line: int | None) -> None:
    if len(names) > MOST_COLUMNS:
        msg = f"the objects together have more than {MOST_COLUMNS} different keys"
        raise NoSheetError(msg, line)


def _reason(broken: BrokenJson) -> str:
    place = broken.error.place
    return f"{broken.error.reason} ({place})" if place else broken.error.reason


def _read_rows(stream: ByteStream, keys: FileKeys) -> Iterator[SheetRow]:
    document = StreamedJson(stream, "", _LONGEST_ROW)
    for number, piece in enumerate(_pieces(document, keys), 1):
        if isinstance(piece, BrokenJson):
            cells = {"": escaped_bytes(piece.text.rstrip())}
            yield SheetRow(number, cells, _reason(piece), piece.error.line)
            continue
        try:
            cells, faults = _cells(_loaded(piece, keys), keys)
            yield SheetRow(number, cells, "", piece.line, faults)
        except (_NoRowError, RecursionError) as error:
            why = str(error) if isinstance(error, _NoRowError) else "values are nested too deeply"
            yield SheetRow(number, {"": escaped_bytes(piece.text)}, why, piece.line)
    if document.failure is not None:
        raise NoSheetError(document.failure.reason, document.failure.line)


def _rows(rows: Spool, names: tuple[str, ...], broken: NoSheetError | None) -> Iterator[SheetRow]:
    blank = dict.fromkeys(names, "")
    for number, cells, fault, line, faults in rows:
        if fault:
            yield SheetRow(number, cells, fault, line)
        elif any(cells.values()):
            yield SheetRow(number, blank | cells, "", line, faults)
    if broken is not None:
        raise broken


def _pieces(document: StreamedJson, keys: FileKeys) -> Iterator[Piece | BrokenJson]:
    """Yield the values in the list of rows or, for JSON Lines, the value or error of each line."""
    if keys.rows is not None:
        yield from _items_at(document, _steps(keys.rows), keys.rows)
    elif document.peek() == "[":
        yield from _items(document)
    else:
        yield from _json_lines(document, keys)
    if document.peek():
        msg = "the list is followed by additional text"
        raise NoSheetError(msg, document.line)


def _items_at(document: StreamedJson, steps: list[str], path: str) -> Iterator[Piece]:
    """Yield the items of the list at ``steps``, the remaining part of ``path``."""
    if not steps:
        if document.peek() != "[":
            msg = f"rows = {shown(path)} must lead to a list"
            raise NoSheetError(msg, document.line)
        yield from _items(document)
        return
    if document.peek() != "{":
        msg = f"rows = {shown(path)}: the value with {shown(steps[0])} must be an object"
        raise NoSheetError(msg, document.line)
    document.take("{")
    seen: set[str] = set()
    end = document.take("}") if document.peek() == "}" else ","
    while end == ",":
        name = _name(document)
        if name in seen and name == steps[0]:
            msg = f"the key {shown(name)} appears twice"
            raise NoSheetError(msg, document.line)
        seen.add(name[:_LONGEST_NAME])
        if name == steps[0]:
            yield from _items_at(document, steps[1:], path)
        elif document.peek() == "[":
            for _ in _items(document):
                pass
        else:
            document.value()
        end = document.take(",", "}")
    if steps[0] not in seen:
        near = nearest(steps[0], seen)
        hint = f"did you mean {shown(near)}?" if near else f"its keys are {listed(sorted(seen))}"
        msg = f"rows = {shown(path)}: the object has no key {shown(steps[0])}; {hint}"
        raise NoSheetError(msg, document.line)


def _name(document: StreamedJson) -> str:
    """Return the name of the next member, and advance to its value."""
    if document.peek() != '"':
        document.take('"')
    name = json.loads(document.value().text)
    document.take(":")
    return str(name)


def _items(document: StreamedJson) -> Iterator[Piece]:
    document.take("[")
    end = document.take("]") if document.peek() == "]" else ","
    while end == ",":
        yield document.value()
        end = document.take(",", "]")


def _json_lines(document: StreamedJson, keys: FileKeys) -> Iterator[Piece | BrokenJson]:
    try:
        first = document.value()
    except BrokenJson as broken:
        broken.error.reason += f"; {_HAS_ROWS}"
        raise
    if not document.peek():
        _refuse_wrapper(first, keys)
    yield first
    while document.peek():
        try:
            yield document.value()
        except BrokenJson as broken:
            yield broken
            document.go_to_line("{")


def _refuse_wrapper(piece: Piece, keys: FileKeys) -> None:
    """Reject a single object that seems to contain the list of rows."""
    try:
        given = _loaded(piece, keys)
        names = _cells(given, keys)[0].keys()
    except (_NoRowError, RecursionError):
        return
    lists = [name for name, value in given.items() if _has_objects(value)]
    if lists and not names & set(keys.file_columns):
        path = shown(_escaped(lists[0]))
        msg = (
            f"the file contains only one object; to read its list, write rows = {path} "
            "in the mapping"
        )
        raise NoSheetError(msg, piece.line)


def _has_objects(value: Any) -> bool:
    items = cast("list[object]", value) if isinstance(value, list) else []
    return bool(items) and isinstance(items[0], dict)


def _loaded(piece: Piece, keys: FileKeys) -> dict[str, Any]:
    """Parse an object, keeping its numbers as strings."""
    try:
        piece.text.encode()
    except UnicodeEncodeError:
        msg = "the bytes are not valid UTF-8; save the file as UTF-8"
        raise _NoRowError(msg) from None
    found: Any = json.loads(
        piece.text,
        object_pairs_hook=_members,
        parse_int=str,
        parse_float=lambda text: number_text(text, keys.decimal),
    )
    if not isinstance(found, dict):
        msg = f"each row must be an object, not {shown(found)}"
        raise _NoRowError(msg)
    return cast("dict[str, Any]", found)


def _members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        msg = f"the key {shown(twice)} appears twice"
        raise _NoRowError(msg)
    return found


def _cells(given: dict[str, Any], keys: FileKeys) -> tuple[dict[str, str], dict[str, str]]:
    """Return the texts of the values in an object, and any faults, both by path."""
    cells: dict[str, str] = {}
    faults: dict[str, str] = {}
    for path, value in _leaves(given, "", keys):
        name, text = column_name(path), value
        if name in cells:
            msg = f"two keys result in the same column name, {shown(name)}"
            raise _NoRowError(msg)
        if isinstance(value, list):
            separator = keys.separators[name]
            texts = [_text(it) for it in cast("list[object]", value)]
            text = separator.join(texts)
            if any(separator in it for it in texts):
                faults[name] = f"an item of the list contains the separator {shown(separator)}"
        cells[name] = cell_text(_text(text))
    if not is_unicode("".join([*cells, *cells.values()])):
        msg = "the object contains an unpaired surrogate, which is not a valid character"
        raise _NoRowError(msg)
    return cells, faults


def _leaves(value: Any, path: str, keys: FileKeys) -> Iterator[tuple[str, Any]]:
    """Yield each innermost value with its path; a list for a single cell counts as one value."""
    if len(path) > _LONGEST_NAME:
        msg = f"the path of a value is longer than {_LONGEST_NAME} characters"
        raise _NoRowError(msg)
    inside: Iterator[tuple[str, Any]]
    if isinstance(value, dict):
        inside = ((_escaped(name), it) for name, it in cast("dict[str, Any]", value).items())
    elif isinstance(value, list) and not (
        column_name(path) in keys.separators
        and not any(isinstance(it, dict | list) for it in cast("list[object]", value))
    ):
        inside = ((str(at), it) for at, it in enumerate(cast("list[object]", value)))
    else:
        yield path, value
        return
    if not value and path:
        yield path, ""
    for name, it in inside:
        yield from _leaves(it, f"{path}.{name}" if path else name, keys)


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)


def _escaped(name: str) -> str:
    return name.replace("\\", "\\\\").replace(".", "\\.") or "unnamed"


def _steps(path: str) -> list[str]:
    r"""Return the steps of a path.

    >>> _steps(r"a\.b.c")
    ['a.b', 'c']
    """
    steps, at = [""], 0
    while at < len(path):
        if path[at] == ".":
            steps.append("")
        else:
            at += path[at] == "\\" and at + 1 < len(path)
            steps[-1] += path[at]
        at += 1
    return steps
