"""Build ids from the cells of a row."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from anyascii import anyascii

from airspace_events.feeds.id_table import HashSet
from airspace_events.formats.spreadsheets.keys import SheetKeys
from airspace_events.reference.names import fold

_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyz0123456789")
_LONGEST = 128
_SHORT, _DIGEST = 80, 8


class RowIds:
    """The ids of the rows of a sheet, built from the cells that name each row.

    Names in non-Latin scripts are converted to Latin letters. If the result is already the id of
    a different name, or if a cell has no letters or digits, the row number makes the id unique.
    """

    def __init__(self, mapping: SheetKeys) -> None:
        self._mapping = mapping
        self._taken = HashSet()
        self._names = HashSet()

    def __contains__(self, record_id: str) -> bool:
        return record_id in self._taken

    def add(self, record_id: str, names: tuple[str, ...] = ()) -> bool:
        """Add the id of a record and its names; return whether the id is new."""
        for name in names:
            self._names.add(name)
        return self._taken.add(record_id)

    def of(self, number: int, cells: Mapping[str, str], time: Any) -> tuple[str, tuple[str, ...]]:
        """Return the id of a row, and the names to pass to `add` after the record is created.

        Args:
            number: the number of the row.
            cells: the cells of the columns in the id pattern; an unknown cell is empty.
            time: the time of the event, as an EDTF expression.
        """
        parts: list[str] = []
        names: list[str] = []
        for part, is_name in self._mapping.id_parts:
            if not is_name:
                parts.append(part)
            elif part in cells:
                parts.append(slug(cells[part]) or f"row-{number}")
                names.append(fold(cells[part]))
            elif part == "row":
                parts.append(str(number))
                names.append(str(number))
            else:
                days = dict.fromkeys(end.partition("T")[0] for end in str(time or "").split("/"))
                parts.append(slug("-".join(days)) or f"row-{number}")
                names.append(parts[-1])
        found, name = slug("".join(parts)), "/".join(names)
        # Only a name in another script can have the same id as a different name.
        is_latin = name.isascii()
        ending = f"-row-{number}"
        if (
            found in self._taken
            and name not in self._names
            and not (is_latin and f"/{found}" not in self._names)
        ):
            return found[: _LONGEST - len(ending)].rstrip("-") + ending, (name,)
        if len(found) > _LONGEST:
            found = found[: _LONGEST - len(ending)].rstrip("-") + ending
        return found, () if is_latin else (name, f"/{found}")


def linked_id(mapping: SheetKeys, text: str) -> str | None:
    """Return the id of the row with the given name; None unless ids are built from one column."""
    names = [part for part, is_name in mapping.id_parts if is_name]
    if len(names) != 1 or names[0] not in mapping.columns or not slug(text):
        return None
    return slug("".join(slug(text) if is_name else part for part, is_name in mapping.id_parts))


def organization_id(mapping: SheetKeys, name: str) -> str:
    """Return an id for an organization named in a cell. Different names get different ids."""
    folded = fold(name)
    ending = "" if folded.isascii() else f"-{sha256(folded.encode()).hexdigest()[:_DIGEST]}"
    return f"{mapping.source.id}-{slug(name)[:_SHORT].rstrip('-')}{ending}"


def slug(text: str) -> str:
    """Convert a string to an id of Latin letters and digits, separated by hyphens.

    >>> slug("Αθήνα 1"), slug("№ 17/A")
    ('athina-1', 'no-17-a')
    """
    folded = fold(text)
    latin = folded if folded.isascii() else fold(anyascii(folded))
    return "-".join("".join(char if char in _LETTERS else " " for char in latin).split())
