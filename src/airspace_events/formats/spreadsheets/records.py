"""Functions that make records, and the sources that they cite, from the values in columns."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from operator import eq
from typing import Any, NamedTuple, cast

from pydantic import ValidationError
from pydantic_core import to_json

from airspace_events.diagnostics.problem import Parts, Problem
from airspace_events.diagnostics.pydantic_errors import problems_in
from airspace_events.feeds.reading import record_adapter
from airspace_events.formats.spreadsheets.paths import CITED, SOURCE
from airspace_events.models.records import RECORD_CLASSES, Record

_DIGEST = 16


class Complaint(NamedTuple):
    """A fault in a part of a row.

    Attributes:
        columns: the columns concerned; empty for the whole row.
        reason: the reason.
        lacks: the path of the missing value, if a value is missing.
    """

    columns: tuple[str, ...]
    reason: str
    lacks: Parts = ()


class Placed(NamedTuple):
    """A value with its path in the record and the columns that it comes from."""

    parts: Parts
    value: Any
    columns: tuple[str, ...]


def overlap(one: Parts, other: Parts) -> bool:
    """Return whether two paths are equal, or one is inside the other."""
    return all(map(eq, one, other))


class InvalidError(ValueError):
    """Raised when the values do not form a valid record.

    Attributes:
        complaints: the faults.
    """

    def __init__(self, complaints: list[Complaint]) -> None:
        super().__init__(complaints)
        self.complaints = complaints


class Tree(NamedTuple):
    """A tree of values, with the source columns of each path."""

    value: dict[str, Any]
    origins: dict[Parts, tuple[str, ...]]


def grown(placed: list[Placed]) -> Tree:
    """Return the values as a tree; if a path has several values, the last one is used."""
    root: dict[int | str, Any] = {}
    for it in placed:
        _put(root, it)
    origins: dict[Parts, tuple[str, ...]] = {}
    return Tree(cast("dict[str, Any]", _closed(root, (), origins)), origins)


def _put(root: dict[int | str, Any], placed: Placed) -> None:
    """Add a value to a tree; each part of a time or count becomes a separate entry."""
    given: Any = placed.value
    if isinstance(given, dict) and "coordinates" not in given:
        for name, value in cast("dict[str, Any]", given).items():
            _put(root, placed._replace(parts=(*placed.parts, name), value=value))
        return
    node = root
    for part in placed.parts[:-1]:
        node = node.setdefault(part, {})
    node[placed.parts[-1]] = placed


def _closed(node: Any, at: Parts, origins: dict[Parts, tuple[str, ...]]) -> Any:
    """Return a tree as JSON, without gaps in its lists.

    The columns of each value are added to ``origins``.
    """
    if isinstance(node, Placed):
        origins[at] = node.columns
        return node.value
    branches = cast("dict[int | str, Any]", node)
    if any(isinstance(key, int) for key in branches):
        items = [branches[key] for key in sorted(cast("dict[int, Any]", branches))]
        return [_closed(item, (*at, number), origins) for number, item in enumerate(items)]
    return {key: _closed(item, (*at, key), origins) for key, item in branches.items()}


def parsed(
    record: dict[str, Any], origins: Mapping[Parts, tuple[str, ...]], *, optional: bool = False
) -> Record:
    """Return the record for the given values.

    Args:
        record: the record as JSON.
        origins: a mapping from paths to their source columns.
        optional: whether the record may be left out; if so, a missing value is reported for all
            columns of the record.

    Raises:
        InvalidError: the record is invalid; the error names the columns concerned.
    """
    try:
        return record_adapter().validate_json(to_json(record))
    except ValidationError as error:
        found = [
            _complaint(problem, origins, optional=optional)
            for problem in problems_in(error, RECORD_CLASSES, record)
        ]
        raise InvalidError(found) from None


def _complaint(
    problem: Problem, origins: Mapping[Parts, tuple[str, ...]], *, optional: bool
) -> Complaint:
    parts = problem.parts
    is_missing = problem.code == "missing_field"
    around = parts[:-1] if is_missing else parts
    columns = dict.fromkeys(
        name
        for at, names in origins.items()
        if (around or optional) and overlap(at, around)
        for name in names
    )
    return Complaint(tuple(columns), problem.sentence, parts if is_missing else ())


class CitedSource(NamedTuple):
    """A source that a row names.

    Attributes:
        record: the source.
        citation: the citation of the source, as JSON.
        origins: a mapping from the fields of the citation to the columns that they come from.
    """

    record: Record
    citation: dict[str, Any]
    origins: dict[Parts, tuple[str, ...]]


def cited_sources(placed: list[Placed], tracker: str) -> list[CitedSource]:
    """Return the sources that the values describe; split cells describe several sources.

    Args:
        placed: the values for one source of a row, such as ``source_2``.
        tracker: the id of the sheet; the ids of the sources begin with it.

    Raises:
        InvalidError: a source is invalid, or the columns list different numbers of sources.
    """
    lists = [it for it in placed if _is_split(it)]
    if len({len(it.value) for it in lists}) > 1:
        columns = tuple(name for it in lists for name in it.columns)
        counts = ", ".join(str(len(it.value)) for it in lists)
        reason = (
            f"the columns for the sources of the row contain different numbers of values: {counts}"
        )
        raise InvalidError([Complaint(columns, reason)])
    found: list[CitedSource] = []
    for number in range(len(lists[0].value) if lists else 1):
        one = [it._replace(value=it.value[number]) if _is_split(it) else it for it in placed]
        value, origins = grown([it for it in one if it.value is not None])
        if not any(origins.values()):
            continue
        cited = {name: value.pop(name) for name in CITED if name in value}
        own = {at: it for at, it in origins.items() if at[0] not in CITED}
        name = f"{tracker}-{sha256(to_json(value)).hexdigest()[:_DIGEST]}"
        record = parsed({"type": SOURCE, "id": name, **value}, own, optional=True)
        of_citation = {at: it for at, it in origins.items() if at[0] in CITED}
        found.append(CitedSource(record, {"source": name, **cited}, of_citation))
    return found


def _is_split(placed: Placed) -> bool:
    return isinstance(placed.value, list) and bool(placed.columns)
