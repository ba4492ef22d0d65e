"""The cells of a row: the cells in the file, joined cells, and the parts of split cells."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from airspace_events.formats.spreadsheets.dates import UnfitError
from airspace_events.formats.spreadsheets.keys import SheetColumn, SheetKeys
from airspace_events.formats.spreadsheets.records import Complaint
from airspace_events.formats.spreadsheets.summary import PROBLEM_COLUMN
from airspace_events.formats.spreadsheets.templates import joined, taken_apart
from airspace_events.safe_text import CONTROLS, shown

_JOINED = SheetColumn(skip=True)


def of_the_file(columns: Iterable[str], derived: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """Return the columns of the file from which the given columns are made."""
    return tuple(dict.fromkeys(it for name in columns for it in derived.get(name, (name,))))


class RowCells:
    """The cells of a row, and the faults found in them.

    Attributes:
        mapping: the mapping.
        cells: a mapping from column names to the text of the cells.
        complaints: the faults of the row so far.
        unfit: the columns whose cells must not be used.
        faults: the reasons why cells of the file must not be used, by column.
        left_out: the columns whose cells belong to an item that is left out.
    """

    def __init__(self, mapping: SheetKeys, cells: Mapping[str, str]) -> None:
        self.mapping = mapping
        self.cells = cells
        self.complaints: list[Complaint] = []
        self.unfit: set[str] = set()
        self.left_out: set[str] = set()
        self.faults: Mapping[str, str] = {}
        self._known: dict[str, str] = {}

    def prepare(self) -> None:
        """Report unfit cells, and add joined cells and the parts of split cells."""
        if self.faults:
            self._refuse_cells({it: why for it, why in self.faults.items() if self._matters(it)})
        if not CONTROLS.isdisjoint("".join(self.cells.values())):
            self._leave_out_controls()
        if self.mapping.derived:
            self._derive_cells()

    def refuse(self, complaint: Complaint) -> None:
        """Add a complaint, and mark the columns concerned as unfit."""
        self.complaints.append(complaint)
        self.unfit |= set(complaint.columns)

    def cell(self, name: str) -> str:
        """Return the text of a cell, or an empty string if the cell means an unknown value."""
        known = self._known.get(name)
        if known is None:
            text = self.cells.get(name, "")
            column = self.mapping.every_column.get(name, _JOINED)
            known = "" if not text or self.mapping.is_unknown(column, text) else text
            self._known[name] = known
        return known

    def _matters(self, name: str) -> bool:
        column, text = self.mapping.every_column.get(name, _JOINED), self.cells[name]
        is_unknown = bool(text) and self.mapping.is_unknown(column, text)
        is_skipped = name in self.mapping.columns and column.skip
        return not is_unknown and not is_skipped

    def _refuse_cells(self, reasons: Mapping[str, str]) -> None:
        self.complaints += [Complaint((name,), reason) for name, reason in reasons.items()]
        derived = self.mapping.derived.items()
        self.unfit |= reasons.keys() & self.mapping.columns.keys()
        self.unfit |= {name for name, columns in derived if reasons.keys() & set(columns)}

    def _leave_out_controls(self) -> None:
        unfit = {name: it for name, it in self.cells.items() if not CONTROLS.isdisjoint(it)}
        why = "contains control characters, which no record may contain"
        self._refuse_cells({name: f"{shown(cell)} {why}" for name, cell in unfit.items()})
        self.cells = {name: "" if name in unfit else it for name, it in self.cells.items()}

    def _derive_cells(self) -> None:
        mapping, cells = self.mapping, dict(self.cells)
        self.cells = cells
        for name, column in mapping.columns.items():
            if name in self.unfit:
                continue
            try:
                if column.join:
                    known = {it: self.cell(it) for it in mapping.derived[name]}
                    cells[name] = joined(column.join, known)
                if column.parts and (cell := self.cell(name)):
                    parts = taken_apart(column.pattern, cell)
                    cells |= {f"{name}.{part}": it for part, it in parts.items()}
            except UnfitError as error:
                self.refuse(
                    Complaint((name, *(f"{name}.{it}" for it in column.parts)), str(error))
                )

    def kept(self) -> dict[str, str]:
        """Return the cells to keep in `extensions`."""
        if self.mapping.keep is None:
            return {}
        mapping = self.mapping
        not_recorded = of_the_file(self.unfit | self.left_out, mapping.derived)
        return {
            name: text
            for name, text in self.cells.items()
            if text
            and name not in mapping.derived
            and name not in ("", PROBLEM_COLUMN)
            and (
                name not in mapping.file_columns
                or name in not_recorded
                or (name in mapping.columns and mapping.columns[name].keep)
            )
        }
