"""Keeps a spreadsheet from taking a text for a formula, so that the text can be had back.

OWASP's page on CSV injection, and its Application Security Verification Standard (5.0, 1.2.10),
name the characters with which a formula begins, and the apostrophe that is put before it.
"""

from __future__ import annotations

import unicodedata

_GUARD = "'"
_FULL_WIDTH_FROM = 0xFEE0
_SIGNS = "=+-@"
_STARTS = frozenset(_SIGNS + "".join(chr(ord(sign) + _FULL_WIDTH_FROM) for sign in _SIGNS))

# What a spreadsheet may drop before it looks at a cell: white space, controls, marks of format.
_DROPPED = frozenset(("Cc", "Cf", "Zs", "Zl", "Zp"))

# Behind these a cell may begin: a spreadsheet that takes semicolons or tabs for delimiters, as
# many do in countries with a decimal comma, knows nothing of the quotation marks of this file.
_SEPARATORS = ";\t\r\n"


def guarded(text: str) -> str:
    """The text with an apostrophe before each part of it that could become a formula.

    >>> guarded("=1+2"), guarded("drones; +3 more"), guarded("'- not sure")
    ("'=1+2", "drones;' +3 more", "''- not sure")
    """
    parts = _parts(text)
    return "".join([_GUARD + part if risky else part for part, risky in parts])


def unguarded(text: str) -> str:
    """The text that was guarded: exactly the inverse of `guarded`.

    An apostrophe that guards nothing belongs to the text, and stays.
    """
    parts = _parts(text)
    return "".join([part.removeprefix(_GUARD) if risky else part for part, risky in parts])


def _parts(text: str) -> list[tuple[str, bool]]:
    """The parts of a text that may become cells, and whether each could become a formula."""
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
