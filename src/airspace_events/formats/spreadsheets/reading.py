"""A reader that converts spreadsheets to records, by a mapping of the columns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from os import PathLike

from airspace_events.errors import FormatError, RowError
from airspace_events.feeds.id_table import HashSet
from airspace_events.feeds.streams import FeedInput, name_of
from airspace_events.formats.cells import (
    DELIMITERS,
    Layout,
    NoTextError,
    Row,
    TextLines,
    column_name,
    layout_of,
    rows_of,
    text_lines,
    text_rows,
)
from airspace_events.formats.format import OnProblem, refuse
from airspace_events.formats.spreadsheets.mapping import SheetMapping
from airspace_events.formats.spreadsheets.records import Complaint
from airspace_events.formats.spreadsheets.rows import RowReader
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


class _Stop(Exception):  # noqa: N818 (it never leaves this module)
    """Raised when reading must stop, after the reason was reported."""


class _SheetReader:
    """A reader of one file."""

    def __init__(
        self, source: FeedInput, mapping: SheetMapping, on_problem: OnProblem | None
    ) -> None:
        self.source = source
        self.mapping = mapping
        self.on_problem = on_problem
        self.file = name_of(source)
        self.seen = HashSet()

    def records(self) -> Iterator[Record]:
        """Yield the records, up to a fault that stops the reading."""
        try:
            with text_lines(self.source, self.mapping.encoding) as lines:
                yield from self._records(lines)
        except _Stop:
            return
        except NoTextError as error:
            self._tell(error.reason, error.line)

    def _records(self, lines: TextLines) -> Iterator[Record]:
        mapping = self.mapping
        delimiters = [mapping.delimiter] if mapping.delimiter else list(DELIMITERS)
        layout = layout_of(lines, mapping.columns, delimiters)
        elsewhere = layout_of(lines, mapping.columns, list(DELIMITERS))
        rows = text_rows(rows_of(lines, layout.delimiter), mapping.encoding)
        header = self._header(rows, _hint(mapping, layout, elsewhere))
        yield mapping.source
        self.seen.add(mapping.source.id)
        reader, is_empty = RowReader(mapping), True
        for row in rows:
            if not row.is_blank:
                is_empty = False
                yield from self._of_row(reader, header, row)
        if is_empty:
            self._tell("the file has no rows below the header", lines.given)

    def _header(self, rows: Iterator[Row], hint: str) -> tuple[str, ...]:
        """Return the names of the columns from the header row."""
        wanted = self.mapping.header_row
        for row in rows:
            is_header = row.number == wanted if wanted else not row.is_blank
            if is_header:
                return self._named(row, hint)
        if wanted:
            self._tell(f"the file has no row {wanted}, but the mapping has header_row = {wanted}")
        else:
            self._tell("the file is empty")
        raise _Stop

    def _named(self, row: Row, hint: str) -> tuple[str, ...]:
        place = f"row {row.number}"
        if row.fault:
            self._tell(row.fault, row.line, place, {"": "".join(row.cells)})
            raise _Stop
        cells = _without_blank_end(row.cells, 0)
        header = tuple(column_name(cell) or f"column {at}" for at, cell in enumerate(cells, 1))
        problems = self._problems_of(header, hint)
        for reason in problems:
            self._tell(reason, row.line, place)
        if problems:
            raise _Stop
        for name in header:
            if name not in self.mapping.columns and self.mapping.keep is None:
                reason = (
                    f"the cells of the column {shown(name)} are ignored, because the mapping "
                    "has no entry for the column and no keep"
                )
                self._tell(reason, row.line, f"{place}, column {name}")
        return header

    def _problems_of(self, header: tuple[str, ...], hint: str) -> list[str]:
        """Return the reasons why a mapping does not fit the names of the columns."""
        found = [
            f"{count} columns have the name {shown(name)}; give each column a different name"
            for name, count in Counter(header).items()
            if count > 1
        ]
        missing = [name for name in self.mapping.columns if name not in header]
        if hint and missing:
            return [*found, f"the file has no column {shown(missing[0])}: {hint}"]
        for name in missing:
            near = nearest(name, [it for it in header if it not in self.mapping.columns])
            meant = f"; did you mean {shown(near)}?" if near else ""
            found.append(f"the file has no column {shown(name)}{meant}")
        return found

    def _of_row(self, reader: RowReader, header: tuple[str, ...], row: Row) -> Iterator[Record]:
        place = f"row {row.number}"
        if row.fault:
            self._tell(row.fault, row.line, place, _loose_cells(row))
            return
        found = _without_blank_end(row.cells, len(header))
        if len(found) != len(header):
            reason = (
                f"the row has {len(found)} cells but the header has {len(header)}, so the cells "
                "cannot be matched to columns"
            )
            self._tell(reason, row.line, place, _loose_cells(row))
            return
        cells = {name: _text(cell) for name, cell in zip(header, found, strict=True)}
        made = reader.read(row.number, cells)
        if made.record is None or made.record.id in self.seen:
            complaints = list(made.complaints)
            if made.record is not None:
                reason = f"an earlier row also has the id {shown(made.record.id)}"
                complaints.append(Complaint((), reason))
            self._tell_of_row(row, cells, complaints)
            return
        for complaint in made.complaints:
            self._tell_of_cells(row, cells, complaint)
        for source in made.sources:
            if self.seen.add(source.id):
                yield source
        self.seen.add(made.record.id)
        yield made.record

    def _tell_of_row(self, row: Row, cells: dict[str, str], complaints: list[Complaint]) -> None:
        reasons = dict.fromkeys(complaint.reason for complaint in complaints)
        reason = f"{'; '.join(reasons)}; no {self.mapping.record} was made from this row"
        columns = dict.fromkeys(name for it in complaints for name in it.columns)
        self._tell(reason, row.line, _place(row, tuple(columns)), cells)

    def _tell_of_cells(self, row: Row, cells: dict[str, str], complaint: Complaint) -> None:
        concerned = {name: cells[name] for name in complaint.columns if cells[name]}
        self._tell(complaint.reason, row.line, _place(row, complaint.columns), concerned)

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


def _text(cell: str) -> str:
    """Return a cell without white space around it, and with uniform line ends."""
    return cell.strip().replace("\r\n", "\n").replace("\r", "\n")


def _place(row: Row, columns: tuple[str, ...]) -> str:
    if not columns:
        return f"row {row.number}"
    word = "column" if len(columns) == 1 else "columns"
    return f"row {row.number}, {word} {', '.join(columns)}"


def _hint(mapping: SheetMapping, layout: Layout, elsewhere: Layout) -> str:
    """Return a likely reason why the names of the columns were not found."""
    if elsewhere.known > layout.known:
        return f"the cells seem to be separated by {DELIMITERS[elsewhere.delimiter]}"
    row = mapping.header_row or layout.first
    if layout.known and layout.row != row:
        found = f"row {layout.row} seems to be the header"
        return f"{found}; write header_row = {layout.row} in the mapping"
    return ""


def _without_blank_end(cells: tuple[str, ...], least: int) -> tuple[str, ...]:
    """Return the cells without the blank cells that spreadsheets add at the end."""
    end = len(cells)
    while end > least and not cells[end - 1].strip():
        end -= 1
    return cells[:end]


def _loose_cells(row: Row) -> dict[str, str]:
    """Return a mapping from placeholder names to the cells of a row without known columns."""
    if row.fault and len(row.cells) == 1:
        return {"": row.cells[0]}
    return {f"cell {at}": cell for at, cell in enumerate(row.cells, 1)}
