"""Conversion of values to and from the text of cells, with protection against formulas."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping
from datetime import datetime
from decimal import Decimal
from math import isfinite
from typing import Any

from airspace_events.formats.json_texts import exact_json
from airspace_events.formats.tables.columns import SEPARATOR, Cell, Column
from airspace_events.safe_text import shown
from airspace_events.values.json_values import is_unicode

_GUARD = "'"
_FULL_WIDTH_FROM = 0xFEE0
_SIGNS = "=+-@"
_STARTS = frozenset(_SIGNS + "".join(chr(ord(sign) + _FULL_WIDTH_FROM) for sign in _SIGNS))

# Characters that a spreadsheet may drop at the start of a cell: white space, control characters,
# format characters.
_DROPPED = frozenset(("Cc", "Cf", "Zs", "Zl", "Zp"))

# Characters after which a cell may begin. With semicolons or tabs as delimiters, as in many
# countries with a decimal comma, a spreadsheet does not recognize the quotation marks of this
# file.
_SEPARATORS = ";\t\r\n"


def guarded(text: str) -> str:
    """Return the text with an apostrophe before each part that could become a formula.

    >>> guarded("=1+2"), guarded("drones; +3 more"), guarded("'- not sure")
    ("'=1+2", "drones;' +3 more", "''- not sure")
    """
    parts = _parts(text)
    return "".join([_GUARD + part if risky else part for part, risky in parts])


def unguarded(text: str) -> str:
    """Return the original text, given the output of `guarded`.

    An apostrophe that does not precede a formula is part of the text and is kept.
    """
    parts = _parts(text)
    return "".join([part.removeprefix(_GUARD) if risky else part for part, risky in parts])


def _parts(text: str) -> list[tuple[str, bool]]:
    """Split text where a spreadsheet may begin a new cell, and flag each possible formula."""
    begins_with_control = unicodedata.category(text.lstrip(_GUARD)[:1] or "x") == "Cc"
    if _STARTS.isdisjoint(text):
        return [(text, begins_with_control)]
    cut = [0, *(at for at, char in enumerate(text, 1) if char in _SEPARATORS)]
    parts = [text[start:end] for start, end in zip(cut, [*cut[1:], None], strict=True)]
    return [
        (part, _is_risky(part) or (begins_with_control and not number))
        for number, part in enumerate(parts)
    ]


def _is_risky(part: str) -> bool:
    for char in part.lstrip(_GUARD):
        if char in _STARTS:
            return True
        if unicodedata.category(char) not in _DROPPED:
            return False
    return False


_LONGEST_NUMBER = 60
_DIGITS = frozenset("0123456789")
_NUMBER = _DIGITS | frozenset("+-.eE")
_WORDS = {"true": True, "false": False}
_GUARDED = ("text", "json")


def cell_text(column: Column, value: Cell) -> str:
    """Return a cell as text; only text values are protected, so -5 stays a number."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return guarded(value) if column.kind in _GUARDED else value
    return repr(value)


def read_cell(column: Column, text: str) -> list[Any]:
    """Return the values of a cell that is not empty; some of the values may be blank.

    Raises:
        ValueError: the cell does not fit the column; the message gives the reason.
    """
    if not is_unicode(text):
        msg = "the cell has bytes that are not valid UTF-8; save the file as UTF-8"
        raise ValueError(msg)
    bare = unguarded(text) if column.kind in _GUARDED else text
    if column.kind == "text":
        return [part.strip() for part in bare.split(SEPARATOR.strip())] if column.many else [bare]
    bare = bare.strip()
    return [_READERS[column.kind](bare)] if bare else []


def is_the_same(value: Cell, text: str) -> bool:
    """Return whether a cell has the expected derived value; instants may be in any time zone."""
    bare = unguarded(text).strip()
    if value is None or (isinstance(value, str) and value == bare):
        return value == bare
    try:
        return datetime.fromisoformat(bare) == datetime.fromisoformat(str(value))
    except (ValueError, TypeError):
        return False


def _boolean(text: str) -> bool:
    # Spreadsheets write these words in capitals.
    value = _WORDS.get(text.lower())
    if value is None:
        msg = f"{shown(text)} is not valid; write true or false"
        raise ValueError(msg)
    return value


def _integer(text: str) -> int:
    # pandas writes "19.0" in a column with a missing number.
    digits = text.removesuffix(".0")
    if not digits or len(digits) > _LONGEST_NUMBER or not _DIGITS.issuperset(digits):
        msg = f"{shown(text)} is not a whole number written in digits"
        raise ValueError(msg)
    return int(digits)


def _number(text: str) -> float:
    try:
        value = float(text) if len(text) <= _LONGEST_NUMBER and _NUMBER.issuperset(text) else None
    except ValueError:
        value = None
    if value is None or not isfinite(value):
        hint = "; use a dot as the decimal mark" if "," in text else ""
        msg = f"{shown(text)} is not a number{hint}"
        raise ValueError(msg)
    if Decimal(text) != Decimal(repr(value)):
        msg = f"{shown(text)} has more digits than can be stored"
        raise ValueError(msg)
    return value


_READERS: Mapping[str, Callable[[str], Any]] = {
    "integer": _integer,
    "number": _number,
    "boolean": _boolean,
    "instant": str,
    "json": exact_json,
}
