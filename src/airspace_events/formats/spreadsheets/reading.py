"""A reader that converts spreadsheets to records, using a mapping of the columns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import islice
from os import PathLike
from typing import IO, NamedTuple

from airspace_events.errors import FormatError, RowError
from airspace_events.feeds.streams import FeedInput, name_of
from airspace_events.formats.format import OnProblem, refuse
from airspace_events.formats.spreadsheets.mapping import SheetMapping
from airspace_events.formats.spreadsheets.opening import open_sheet
from airspace_events.formats.spreadsheets.records import Complaint
from airspace_events.formats.spreadsheets.rows import RowReader, RowRecords
from airspace_events.formats.spreadsheets.sheet import NoSheetError, Sheet, SheetRow, repeated
from airspace_events.formats.spreadsheets.summary import PROBLEM_COLUMN, Rejects, SheetSummary
from airspace_events.models.records import Record
from airspace_events.safe_text import shown
from airspace_events.spelling import nearest

_MOST_HELD = 10_000


def read_sheet(
    source: FeedInput,
    mapping: SheetMapping | str | PathLike[str],
    *,
    on_problem: OnProblem | None = None,
    rejects: IO[bytes] | None = None,
) -> SheetRecords:
    """Read records from a spreadsheet (XLSX, ODS, JSON or delimited text) of any layout.

    The first record is a source that represents the spreadsheet itself. It is followed by the
    records that the mapping defines, and by the sources and the record of each row. Rows are
    numbered as in a spreadsheet.

    Args:
        source: a path, or a stream of bytes, gzipped or not.
        mapping: the meaning of the columns, as a mapping or as the path of a TOML file.
        on_problem: a function that is called with the problem of each cell, row or column that
            does not fit. Reading then continues.
        rejects: a stream for the rows that do not become a record. Each row is written as
            delimited text with its problem. The same mapping can be used to read this text.

    Returns:
        An iterator of the records, with a `summary` of the rows and problems.

    Raises:
        SettingsError: the mapping is invalid.
        UnreadableError: the file or the mapping cannot be opened.
        FormatError: a cell, row or column does not fit, and no ``on_problem`` was given.
    """
    if not isinstance(mapping, SheetMapping):
        mapping = SheetMapping.load(mapping)
    return SheetRecords(source, mapping, on_problem, rejects)


class SheetRecords(Iterator[Record]):
    """The records of a sheet, read one at a time.

    Attributes:
        summary: the counts of rows and problems so far.
    """

    def __init__(
        self,
        source: FeedInput,
        mapping: SheetMapping,
        on_problem: OnProblem | None,
        rejects: IO[bytes] | None,
    ) -> None:
        self.summary = SheetSummary()
        self._source = source
        self._mapping = mapping
        self._on_problem = on_problem
        self._rejects = None if rejects is None else Rejects(rejects, mapping)
        self._file = name_of(source)
        self._reader = RowReader(mapping)
        self._held = HeldRows()
        self._records = self._read()

    def __next__(self) -> Record:
        return next(self._records)

    def _read(self) -> Iterator[Record]:
        try:
            with open_sheet(self._source, self._mapping) as sheet:
                if self._fits(sheet):
                    yield from self._rows(sheet)
        except NoSheetError as error:
            row = error.row or SheetRow(0, {}, line=error.line)
            self._tell(error.reason, row, cells=row.cells if error.row else None)

    def _fits(self, sheet: Sheet) -> bool:
        """Return whether the mapping fits the columns of a sheet, and report each problem."""
        header, known = sheet.header, self._mapping.file_columns
        problems = self._problems_of(sheet.names, sheet.hint)
        for reason in problems:
            self._tell(reason, header)
        if not problems and self._rejects is not None:
            self._rejects.begin(sheet.names)
        if not problems and self._mapping.keep is None:
            for name in sheet.names:
                if name not in known and name != PROBLEM_COLUMN:
                    reason = (
                        f"the cells of the column {shown(name)} are ignored, because the mapping "
                        "has neither an entry for the column nor the key `keep`"
                    )
                    self._tell(reason, header, (name,))
        return not problems

    def _problems_of(self, names: tuple[str, ...], hint: str) -> list[str]:
        found = [
            f"{count} columns have the name {shown(name)}; give each column a different name"
            for name, count in Counter(names).items()
            if count > 1
        ]
        found += [
            f"the file has a column {shown(name)}, so a joined column cannot have this name"
            for name, column in self._mapping.columns.items()
            if column.join and name in names
        ]
        missing = [name for name in self._mapping.file_columns if name not in names]
        if hint and missing:
            return [*found, f"the file has no column {shown(missing[0])}: {hint}"]
        for name in missing:
            if said := repeated(name, names):
                found.append(said)
                continue
            near = nearest(name, [it for it in names if it not in self._mapping.file_columns])
            meant = f"; did you mean {shown(near)}?" if near else ""
            found.append(f"the file has no column {shown(name)}{meant}")
        return found

    def _rows(self, sheet: Sheet) -> Iterator[Record]:
        for record in (self._mapping.source, *self._mapping.records.values()):
            self._reader.ids.add(record.id)
            yield record
        for row in sheet.rows:
            self.summary.rows += 1
            if row.fault:
                self._tell(row.fault, row, cells=row.cells, is_rejected=True)
            elif self._mapping.leaves_out(row.cells):
                self.summary.skipped += 1
            else:
                self._tell_of_unnamed_columns(row, len(sheet.names))
                yield from self._of_row(row)
        for held in self._held.rest():
            yield from self._without_links(held)
        if not self.summary.rows:
            self._tell("the file has no rows after the header", sheet.header._replace(number=0))

    def _of_row(self, row: SheetRow) -> Iterator[Record]:
        ids = self._reader.ids
        made = self._reader.read(row.number, row.cells, faults=row.faults)
        if made.record is None or made.record.id in ids:
            complaints = list(made.complaints)
            if made.record is not None:
                reason = f"an earlier row also has the id {shown(made.record.id)}"
                complaints.append(Complaint((), reason))
            self._tell_of_row(row, complaints)
            return
        record_id = made.record.id
        ids.add(record_id, made.names)
        missing = {
            link
            for links in made.links.values()
            for link in links
            if link == record_id or link not in ids
        }
        released = list(self._held.released_by(record_id))
        if not missing:
            yield from self._given(row, made)
        elif (oldest := self._held.hold(HeldRow(row, made, missing))) is not None:
            yield from self._without_links(oldest)
        for held in released:
            yield from self._given(held.row, held.made)

    def _tell_of_unnamed_columns(self, row: SheetRow, named: int) -> None:
        others = dict(islice(row.cells.items(), named, None))
        if others and self._mapping.keep is None:
            reason = "the cells are ignored, because the header has no names for their columns"
            self._tell(reason, row, tuple(others), others)

    def _given(self, row: SheetRow, made: RowRecords) -> Iterator[Record]:
        """Report the problems of a row, and then yield its records."""
        for complaint in made.complaints:
            cells = {name: row.cells[name] for name in complaint.columns if row.cells[name]}
            self._tell(complaint.reason, row, complaint.columns, cells)
        for other in made.others:
            if self._reader.ids.add(other.id):
                yield other
        if made.record is not None:
            self.summary.records += 1
            yield made.record

    def _without_links(self, held: HeldRow) -> Iterator[Record]:
        """Yield the records of a row, but leave out references to rows that were not found."""
        row, made = held.row, held.made
        unfit = [
            Complaint(
                (name,),
                f"{shown(row.cells.get(name, name))} does not refer to another row of the sheet",
            )
            for name, links in made.links.items()
            if held.missing.intersection(links)
        ]
        record_id = made.record.id if made.record else ""
        again = self._reader.read(
            row.number, row.cells, faults=row.faults, unfit=unfit, record_id=record_id
        )
        if again.record is None:
            self._tell_of_row(row, list(again.complaints))
        else:
            yield from self._given(row, again)

    def _tell_of_row(self, row: SheetRow, complaints: list[Complaint]) -> None:
        reasons = dict.fromkeys(complaint.reason for complaint in complaints)
        reason = f"{'; '.join(reasons)}; no {self._mapping.record} was made from this row"
        columns = dict.fromkeys(name for it in complaints for name in it.columns)
        self._tell(reason, row, tuple(columns), row.cells, is_rejected=True)

    def _tell(
        self,
        reason: str,
        row: SheetRow,
        columns: tuple[str, ...] = (),
        cells: Mapping[str, str] | None = None,
        *,
        is_rejected: bool = False,
    ) -> None:
        # JSON has no header row.
        parts = [f"row {row.number}"] if row.number else []
        if columns:
            word = "column" if len(columns) == 1 else "columns"
            parts.append(f"{word} {', '.join(columns)}")
        place = ", ".join(parts)
        if cells is None:
            problem = FormatError(reason, self._file, row.line, place)
        else:
            problem = RowError(reason, self._file, row.line, place, cells, is_rejected)
        self.summary.add(problem)
        if self._rejects is not None:
            self._rejects.add(problem)
        refuse(problem, self._on_problem)


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
    """The rows that wait for other records, up to a maximum number."""

    def __init__(self) -> None:
        self._rows: dict[int, HeldRow] = {}
        self._waiting: dict[str, list[int]] = {}

    def hold(self, held: HeldRow) -> HeldRow | None:
        """Add a row; if there are now too many, remove and return the one that waited longest."""
        self._rows[held.row.number] = held
        for record_id in held.missing:
            self._waiting.setdefault(record_id, []).append(held.row.number)
        return self._rows.pop(next(iter(self._rows))) if len(self._rows) > _MOST_HELD else None

    def released_by(self, record_id: str) -> Iterator[HeldRow]:
        """Remove and yield the rows that waited only for the given record."""
        for number in self._waiting.pop(record_id, ()):
            held = self._rows.get(number)
            if held is not None:
                held.missing.discard(record_id)
                if not held.missing:
                    yield self._rows.pop(number)

    def rest(self) -> Iterator[HeldRow]:
        """Remove and yield all rows that still wait when the sheet has no more rows."""
        yield from self._rows.values()
        self._rows.clear()
