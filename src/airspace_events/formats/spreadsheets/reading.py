"""A reader that converts spreadsheets to records, by a mapping of the columns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from os import PathLike

from airspace_events.errors import FormatError, RowError
from airspace_events.feeds.streams import FeedInput, name_of
from airspace_events.formats.format import OnProblem, refuse
from airspace_events.formats.spreadsheets.delimited_sheet import open_delimited
from airspace_events.formats.spreadsheets.mapping import SheetMapping
from airspace_events.formats.spreadsheets.records import Complaint
from airspace_events.formats.spreadsheets.rows import RowReader
from airspace_events.formats.spreadsheets.sheet import NoSheetError, Sheet, SheetRow
from airspace_events.models.records import Record
from airspace_events.safe_text import shown
from airspace_events.spelling import nearest


def read_sheet(
    source: FeedInput,
    mapping: SheetMapping | str | PathLike[str],
    *,
    on_problem: OnProblem | None = None,
) -> Iterator[Record]:
    """Read records from a spreadsheet of any layout, saved as delimited text.

    The first record is a source for the spreadsheet itself. For each row, the function then yields
    the sources of the row and a record that cites these sources. Rows are numbered as in a
    spreadsheet.

    Args:
        source: a path, or a stream of bytes, gzipped or not.
        mapping: the meaning of the columns, or the path of a TOML file with it.
        on_problem: a function that is called with each cell, row or column that does not fit,
            after which reading continues.

    Raises:
        SettingsError: the mapping is invalid.
        UnreadableError: the file or the mapping cannot be opened.
        FormatError: a cell, row or column does not fit, and no ``on_problem`` was given.
    """
    if not isinstance(mapping, SheetMapping):
        mapping = SheetMapping.load(mapping)
    return _SheetReader(source, mapping, on_problem).records()


class _SheetReader:
    """A reader of one file."""

    def __init__(
        self, source: FeedInput, mapping: SheetMapping, on_problem: OnProblem | None
    ) -> None:
        self.source = source
        self.mapping = mapping
        self.on_problem = on_problem
        self.file = name_of(source)
        self.rows = RowReader(mapping)

    def records(self) -> Iterator[Record]:
        """Yield the records, up to a fault that stops the reading."""
        try:
            with open_delimited(self.source, self.mapping) as sheet:
                if self._fits(sheet):
                    yield from self._records(sheet)
        except NoSheetError as error:
            if error.row is None:
                self._tell(error.reason, error.line)
            else:
                self._tell(error.reason, error.line, _place(error.row), error.row.cells)

    def _fits(self, sheet: Sheet) -> bool:
        """Return whether the mapping fits the columns of a sheet, after reporting why not."""
        header, known = sheet.header, self.mapping.columns
        problems = self._problems_of(sheet.names, sheet.hint)
        for reason in problems:
            self._tell(reason, header.line, _place(header))
        if not problems and self.mapping.keep is None:
            for name in sheet.names:
                if name not in known:
                    reason = (
                        f"the mapping has no entry for the column {shown(name)} and no keep, so "
                        "the cells of this column are in no record"
                    )
                    self._tell(reason, header.line, _place(header, (name,)))
        return not problems

    def _problems_of(self, names: tuple[str, ...], hint: str) -> list[str]:
        """Return the reasons why a mapping does not fit these names of columns."""
        found = [
            f"{count} columns have the name {shown(name)}; give each column a different name"
            for name, count in Counter(names).items()
            if count > 1
        ]
        missing = [name for name in self.mapping.columns if name not in names]
        if hint and missing:
            return [*found, f"the file has no column {shown(missing[0])}: {hint}"]
        for name in missing:
            near = nearest(name, [it for it in names if it not in self.mapping.columns])
            meant = f"; did you mean {shown(near)}?" if near else ""
            found.append(f"the file has no column {shown(name)}{meant}")
        return found

    def _records(self, sheet: Sheet) -> Iterator[Record]:
        for record in (self.mapping.source, *self.mapping.records.values()):
            self.rows.ids.add(record.id)
            yield record
        is_empty = True
        for row in sheet.rows:
            is_empty = False
            if row.fault:
                self._tell(row.fault, row.line, _place(row), row.cells)
            else:
                yield from self._of_row(row)
        if is_empty:
            reason = "the file has no rows below the names of the columns"
            self._tell(reason, sheet.header.line)

    def _of_row(self, row: SheetRow) -> Iterator[Record]:
        ids = self.rows.ids
        made = self.rows.read(row.number, row.cells)
        if made.record is None or made.record.id in ids:
            complaints = list(made.complaints)
            if made.record is not None:
                reason = f"an earlier row also has the id {shown(made.record.id)}"
                complaints.append(Complaint((), reason))
            self._tell_of_row(row, complaints)
            return
        for complaint in made.complaints:
            cells = {name: row.cells[name] for name in complaint.columns if row.cells[name]}
            self._tell(complaint.reason, row.line, _place(row, complaint.columns), cells)
        for source in made.sources:
            if ids.add(source.id):
                yield source
        ids.add(made.record.id, made.names)
        yield made.record

    def _tell_of_row(self, row: SheetRow, complaints: list[Complaint]) -> None:
        reasons = dict.fromkeys(complaint.reason for complaint in complaints)
        reason = f"{'; '.join(reasons)}; no {self.mapping.record} was made from this row"
        columns = dict.fromkeys(name for it in complaints for name in it.columns)
        self._tell(reason, row.line, _place(row, tuple(columns)), row.cells)

    def _tell(
        self,
        reason: str,
        line: int | None = None,
        place: str = "",
        cells: Mapping[str, str] | None = None,
    ) -> None:
        if cells is None:
            refuse(FormatError(reason, self.file, line, place), self.on_problem)
        else:
            refuse(RowError(reason, self.file, line, place, cells), self.on_problem)


def _place(row: SheetRow, columns: tuple[str, ...] = ()) -> str:
    if not columns:
        return f"row {row.number}"
    word = "column" if len(columns) == 1 else "columns"
    return f"row {row.number}, {word} {', '.join(columns)}"
