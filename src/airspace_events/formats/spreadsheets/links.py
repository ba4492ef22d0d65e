"""Rows that wait for later rows to which they refer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from airspace_events.formats.spreadsheets.rows import RowRecords
from airspace_events.formats.spreadsheets.sheet import SheetRow

_MOST = 10_000


class HeldRow(NamedTuple):
    """A row that waits for the records that it refers to.

    Attributes:
        row: the row.
        made: the records made from the row.
        missing: the ids of the records that the row still waits for.
    """

    row: SheetRow
    made: RowRecords
    missing: set[str]


class HeldRows:
    """The waiting rows, up to a maximum number."""

    def __init__(self) -> None:
        self._rows: dict[int, HeldRow] = {}
        self._waiting: dict[str, list[int]] = {}

    def hold(self, held: HeldRow) -> HeldRow | None:
        """Hold a row, and return the row that has waited longest if there are too many."""
        self._rows[held.row.number] = held
        for record_id in held.missing:
            self._waiting.setdefault(record_id, []).append(held.row.number)
        return self._rows.pop(next(iter(self._rows))) if len(self._rows) > _MOST else None

    def released_by(self, record_id: str) -> Iterator[HeldRow]:
        """Yield the rows that waited only for the given record."""
        for number in self._waiting.pop(record_id, ()):
            held = self._rows.get(number)
            if held is not None:
                held.missing.discard(record_id)
                if not held.missing:
                    yield self._rows.pop(number)

    def rest(self) -> Iterator[HeldRow]:
        """Yield the rows that still wait for records after the last row."""
        yield from self._rows.values()
        self._rows.clear()
