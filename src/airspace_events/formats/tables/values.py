"""Cells as text: how each kind of cell is written, and how it is read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from decimal import Decimal
from math import isfinite
from typing import Any

from airspace_events.formats.json_texts import exact_json
from airspace_events.formats.tables.columns import SEPARATOR, Cell, Column
from airspace_events.formats.tables.formula_guard import guarded, unguarded
from airspace_events.safe_text import shown
from airspace_events.values.json_values import is_unicode

_LONGEST_NUMBER = 60
_DIGITS = frozenset("0123456789")
_NUMBER = _DIGITS | frozenset("+-.eE")
_WORDS = {"true": True, "false": False}
_GUARDED = ("text", "json")


def cell_text(column: Column, value: Cell) -> str:
    """A cell as text. Only texts are guarded: -5 stays a number."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return guarded(value) if column.kind in _GUARDED else value
    return repr(value)


def read_cell(column: Column, text: str) -> list[Any]:
    """The value of a cell that is not empty, or its values, of which some may be blank.

    Raises:
        ValueError: it is not what the column holds; the message says why.
    """
    if not is_unicode(text):
        msg = "there are bytes here that are not UTF-8; save the file as UTF-8"
        raise ValueError(msg)
    bare = unguarded(text) if column.kind in _GUARDED else text
    if column.kind == "text":
        return [part.strip() for part in bare.split(SEPARATOR.strip())] if column.many else [bare]
    bare = bare.strip()
    return [_READERS[column.kind](bare)] if bare else []


def is_the_same(value: Cell, text: str) -> bool:
    """Whether the text of a cell says what a derived column should; an instant in any zone."""
    bare = unguarded(text).strip()
    if value is None or (isinstance(value, str) and value == bare):
        return value == bare
    try:
        return datetime.fromisoformat(bare) == datetime.fromisoformat(str(value))
    except (ValueError, TypeError):
        return False


def _boolean(text: str) -> bool:
    # Spreadsheets write these in capitals.
    value = _WORDS.get(text.lower())
    if value is None:
        msg = f"{shown(text)} is neither true nor false"
        raise ValueError(msg)
    return value


def _integer(text: str) -> int:
    # pandas writes "19.0" in a column in which another number is missing.
    digits = text.removesuffix(".0")
    if not digits or len(digits) > _LONGEST_NUMBER or not _DIGITS.issuperset(digits):
        msg = f"{shown(text)} is no whole number, in digits only"
        raise ValueError(msg)
    return int(digits)


def _number(text: str) -> float:
    try:
        value = float(text) if len(text) <= _LONGEST_NUMBER and _NUMBER.issuperset(text) else None
    except ValueError:
        value = None
    if value is None or not isfinite(value):
        hint = "; the decimal mark is a dot" if "," in text else ""
        msg = f"{shown(text)} is no number{hint}"
        raise ValueError(msg)
    if Decimal(text) != Decimal(repr(value)):
        msg = f"{shown(text)} has more digits than can be kept"
        raise ValueError(msg)
    return value


_READERS: Mapping[str, Callable[[str], Any]] = {
    "integer": _integer,
    "number": _number,
    "boolean": _boolean,
    "instant": str,
    "json": exact_json,
}
