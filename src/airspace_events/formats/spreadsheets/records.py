"""Puts values together into a record, and knows which column each came from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple, cast

from pydantic import ValidationError
from pydantic_core import to_json

from airspace_events.diagnostics.problem import Parts, Problem
from airspace_events.diagnostics.pydantic_errors import problems_in
from airspace_events.feeds.reading import record_adapter
from airspace_events.models.records import RECORD_CLASSES, Record


class Complaint(NamedTuple):
    """What is wrong with a part of a row.

    Attributes:
        columns: the columns that it is about; none for the whole row.
        reason: what is wrong.
        lacks: the path that is not filled, if that is what is wrong.
    """

    columns: tuple[str, ...]
    reason: str
    lacks: Parts = ()


class Placed(NamedTuple):
    """A value, where it goes, and the columns that it comes from."""

    parts: Parts
    value: Any
    columns: tuple[str, ...]


class InvalidError(ValueError):
    """What was put together is no record.

    Attributes:
        complaints: what is wrong with it.
    """

    def __init__(self, complaints: list[Complaint]) -> None:
        super().__init__(complaints)
        self.complaints = complaints


class Tree(NamedTuple):
    """Values put together, and the columns that each path comes from."""

    value: dict[str, Any]
    origins: dict[Parts, tuple[str, ...]]


def grown(placed: list[Placed]) -> Tree:
    """Values put together; of two in one place, the last counts."""
    root: dict[int | str, Any] = {}
    for it in placed:
        _put(root, it)
    origins: dict[Parts, tuple[str, ...]] = {}
    return Tree(cast("dict[str, Any]", _closed(root, (), origins)), origins)


def _put(root: dict[int | str, Any], placed: Placed) -> None:
    """Put a value into a tree; the parts of a time or a count each by itself."""
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
    """A tree as JSON; lists are closed up where an item is not there."""
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
    """The record that values make.

    Args:
        record: the record as JSON.
        origins: the columns that each path comes from.
        optional: whether all columns are to blame for what the record lacks, since it can be
            left out.

    Raises:
        InvalidError: they make none; it names the columns that are to blame.
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
        if (around or optional) and (at[: len(around)] == around or around[: len(at)] == at)
        for name in names
    )
    return Complaint(tuple(columns), problem.sentence, parts if is_missing else ())
