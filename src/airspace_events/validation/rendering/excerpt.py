"""Excerpts of long lines around a column, with the position of the column in the terminal."""

import unicodedata
from collections.abc import Callable, Iterable
from typing import NamedTuple

from airspace_events.safe_text import safe

SourceLine = Callable[[str, int], str | None]
"""A function that takes a feed name and a line number, and returns the line or None."""

_CUT = "…"
_NARROWEST = 20

# The placeholder for the missing letter of an accent.
_NO_LETTER = "◌"

# Korean vowels and final consonants are drawn into the syllable before them.
_CONJOINING = frozenset({*range(0x1160, 0x1200), *range(0xD7B0, 0xD800)})


class Excerpt(NamedTuple):
    """A part of a line around the column of a problem.

    Attributes:
        shown: the part, safe to print.
        indent: the number of terminal cells before that column.
    """

    shown: str
    indent: int


class _Cell(NamedTuple):
    """The printed form of one character, and its width in terminal cells."""

    text: str
    width: int


def excerpt(line: str, column: int, width: int) -> Excerpt | None:
    """Return the part of a line around a column that fits a given width.

    The running time does not depend on the length of the line.

    Args:
        line: the line, with or without its end.
        column: the 1-based column in code points, at most one past the last code point.
        width: the number of terminal cells, at least 20.

    Returns:
        The part, or None if the line has no such column.
    """
    line = line.removesuffix("\n").removesuffix("\r")
    index = column - 1
    if not 0 <= index <= len(line):
        return None
    # One cell at each end is reserved for the mark of omitted text.
    room = max(width, _NARROWEST) - 2
    first, last = max(0, index - room), min(len(line), index + room)
    before = [_cell(line, at) for at in range(first, index)]
    after = [_cell(line, at) for at in range(index, last)]
    left = min(_width(before), room // 3)
    right = min(_width(after), room - left)
    head = _fitting(reversed(before), room - right)[::-1]
    tail = _fitting(after, right)
    cut_before = first > 0 or len(head) < len(before)
    cut_after = last < len(line) or len(tail) < len(after)
    if cut_before:
        head = [_Cell(_CUT, 1), *_from_a_base(head)]
    indent = _width(head)
    if tail and tail[0].width == 0:
        # A character without width is drawn into the character before it.
        indent -= next((_last_width(cell) for cell in reversed(head) if cell.width), 0)
    shown = "".join(cell.text for cell in [*head, *tail])
    return Excerpt(shown + (_CUT if cut_after else ""), indent)


def _cell(line: str, at: int) -> _Cell:
    char = line[at]
    if char == "#" and line[at - 1 : at] == "#":
        return _Cell("\\u0023", 6)  # two number signs begin a command in some logs
    text = safe(char)
    width = len(text) if text != char else char_width(char)
    if at == 0 and width == 0:
        return _Cell(_NO_LETTER + text, 1)
    return _Cell(text, width)


def char_width(char: str) -> int:
    """Return the width of a character in terminal cells."""
    if unicodedata.category(char) in {"Mn", "Me"} or ord(char) in _CONJOINING:
        return 0
    return 2 if unicodedata.east_asian_width(char) in {"W", "F"} else 1


def _width(cells: list[_Cell]) -> int:
    return sum(cell.width for cell in cells)


def _last_width(cell: _Cell) -> int:
    """Return the width of the last character of a cell; 1 if the cell is an escape sequence."""
    return cell.width if len(cell.text) == 1 else 1


def _fitting(cells: Iterable[_Cell], room: int) -> list[_Cell]:
    fitting: list[_Cell] = []
    for cell in cells:
        room -= cell.width
        if room < 0:
            break
        fitting.append(cell)
    return fitting


def _from_a_base(cells: list[_Cell]) -> list[_Cell]:
    """Return the cells without leading combining marks, whose base letter was cut off."""
    start = next((at for at, cell in enumerate(cells) if cell.width), len(cells))
    return cells[start:]
