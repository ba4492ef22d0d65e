"""Templates such as ``{place}, {country}``, for joining cells or splitting a cell into parts.

A template is not a regular expression. Its text must occur in a cell exactly as often as in the
template, so there is at most one way to split a cell.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import pairwise

from airspace_events.errors import SettingsError
from airspace_events.formats.cells import column_name
from airspace_events.formats.spreadsheets.dates import UnfitError
from airspace_events.safe_text import shown


def pieces_of(template: str) -> Iterator[tuple[str, bool]]:
    """Yield the pieces of a template, each with a flag that is true for a name in braces.

    Raises:
        SettingsError: a brace is not closed.
    """
    for number, piece in enumerate(template.split("{")):
        name, closed, rest = piece.partition("}") if number else ("", "", piece)
        if number and not closed:
            msg = f"a brace is not closed in {shown(template)}"
            raise SettingsError(msg)
        if number:
            yield column_name(name), True
        if rest:
            yield rest, False


def names_in(template: str) -> tuple[str, ...]:
    """Return the names in the braces of a template."""
    return tuple(piece for piece, is_name in pieces_of(template) if is_name)


def joined(template: str, cells: Mapping[str, str]) -> str:
    """Return the text of a template filled with cells; empty if all cells are empty.

    Empty cells at the end are left out, together with the text before them.

    >>> joined("{Year}-{Month}-{Day}", {"Year": "2025", "Month": "3", "Day": ""})
    '2025-3'

    Raises:
        UnfitError: a cell is empty, but a later one is not.
    """
    found: list[str] = []
    waiting, empty = "", ""
    for piece, is_name in pieces_of(template):
        if not is_name:
            waiting += piece
        elif not cells[piece]:
            empty = empty or piece
        elif empty:
            msg = f"{shown(cells[piece])} needs a cell in the column {empty}, which is empty"
            raise UnfitError(msg)
        else:
            found += [waiting, cells[piece]]
            waiting = ""
    return "".join([*found, "" if empty else waiting]) if found else ""


def taken_apart(templates: tuple[str, ...], cell: str) -> dict[str, str]:
    """Split a cell into parts, using the first template that fits the cell.

    >>> taken_apart(("{place}, {country}", "{country}"), "Riga, Latvia")
    {'place': 'Riga', 'country': 'Latvia'}

    Raises:
        UnfitError: no template fits the cell.
    """
    for template in templates:
        if (found := _parts(template, cell)) is not None:
            return found
    forms = " or ".join(map(shown, templates))
    msg = f"{shown(cell)} does not have the form {forms}"
    raise UnfitError(msg)


def _parts(template: str, cell: str) -> dict[str, str] | None:
    pieces = list(pieces_of(template))
    texts = Counter(piece for piece, is_name in pieces if not is_name)
    if any(cell.count(text) != count for text, count in texts.items()):
        return None
    found: dict[str, str] = {}
    name, at = "", 0
    for piece, is_name in [*pieces, ("", False)]:
        if is_name:
            name = piece
            continue
        end = cell.find(piece, at) if piece else len(cell)
        if end < at or (not name and end > at):
            return None
        if name:
            found[name] = cell[at:end].strip()
        name, at = "", end + len(piece)
    return found


def check_template(template: str, at: str, *, takes_apart: bool) -> None:
    """Reject a template that has no names, or that must split cells but cannot.

    Raises:
        SettingsError: the template has no names, or no text between two names.
    """
    pieces = list(pieces_of(template))
    if not any(is_name for _, is_name in pieces):
        msg = f"{at}: {shown(template)} has no name in braces"
        raise SettingsError(msg)
    for (one, is_first), (other, is_second) in pairwise(pieces):
        if takes_apart and is_first and is_second:
            msg = f"{at}: write text between {{{one}}} and {{{other}}}"
            raise SettingsError(msg)
