"""A reader of OpenDocument spreadsheets (ODS, ISO/IEC 26300) as sheets, row by row."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Generator, Iterator
from contextlib import contextmanager

from airspace_events.formats.spreadsheets.archives import Archive, Take, XmlReader, whole_number
from airspace_events.formats.spreadsheets.grid import (
    LAST_ROW,
    MOST_COLUMNS,
    GridRow,
    Span,
    sheet_of,
)
from airspace_events.formats.spreadsheets.keys import FileKeys
from airspace_events.formats.spreadsheets.sheet import NoSheetError, Sheet
from airspace_events.formats.spreadsheets.sheet_choice import chosen_sheet
from airspace_events.formats.spreadsheets.typed_cells import (
    duration_text,
    error_value,
    iso_text,
    no_result,
    number_text,
    percent_text,
)

CONTENT = "content.xml"
"""The part of the archive that contains the sheets."""

MEDIA_TYPE = b"application/vnd.oasis.opendocument.spreadsheet"
"""The beginning of the part that contains the media type."""

_MANIFEST = "META-INF/manifest.xml"
_PARTS = {"year": "y", "month": "m", "day": "d", "hours": "h", "minutes": "m", "seconds": "s"}
_OF_A_DAY, _OF_A_TIME = frozenset("ymd"), frozenset("ymdhs")
_DRAWN = ("annotation", "shapes", "frame", "custom-shape", "g", "control")
_ERRORS = ("#", "Err:")
_MOST_SPACES = 1_000


@contextmanager
def open_ods(archive: Archive, keys: FileKeys) -> Generator[Sheet]:
    """Open an OpenDocument spreadsheet as a sheet; see `OpenSheet`."""
    if _MANIFEST in archive and any(b"encryption-data" in it for it in archive.chunks(_MANIFEST)):
        msg = "the workbook is protected by a password; save it without a password"
        raise NoSheetError(msg)
    tables = _Tables()
    archive.parse(CONTENT, tables)
    number = chosen_sheet({name: at for at, name in enumerate(tables.names, 1)}, keys.sheet)
    yield sheet_of(_rows(archive, _Cells(number, keys.decimal)), keys)


class _Tables(XmlReader):
    """The sheets of a workbook. Each sheet is an XML table; tables inside cells are not sheets.

    Attributes:
        names: the names of the sheets.
    """

    def __init__(self) -> None:
        super().__init__()
        self.names: list[str] = []
        self._depth = 0
        self.starts["table"] = self._begin_table
        self.ends["table"] = self._end_table

    def _begin_table(self, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth == 1:
            self.names.append(attributes.get("table:name", ""))

    def _end_table(self) -> None:
        self._depth -= 1


class _Styles(_Tables):
    """The parts of a date or time that each style shows."""

    def __init__(self) -> None:
        super().__init__()
        self._forms: dict[str, set[str]] = {}
        self._form: set[str] = set()
        self._styles: dict[str, str] = {}
        for name in ("date-style", "time-style"):
            self.starts[name] = self._begin_form
        for name in _PARTS:
            self.starts[name] = self._part(name)
        self.starts["style"] = self._add_style

    def parts(self, style: str) -> frozenset[str]:
        """Return the parts of a date that a cell style shows; an empty set if unknown."""
        return frozenset(self._forms.get(self._styles.get(style, ""), ()))

    def _begin_form(self, attributes: dict[str, str]) -> None:
        self._form = self._forms[attributes.get("style:name", "")] = set()

    def _part(self, name: str) -> Take:
        def add(_: dict[str, str]) -> None:
            self._form.add(_PARTS[name])

        return add

    def _add_style(self, attributes: dict[str, str]) -> None:
        name, form = attributes.get("style:name", ""), attributes.get("style:data-style-name", "")
        self._styles[name] = form


class _Cells(_Styles):
    """A reader of the rows of a sheet.

    Attributes:
        rows: the rows read but not yet returned, each with its number of repetitions.
    """

    def __init__(self, number: int, decimal: str | None) -> None:
        super().__init__()
        self.rows: list[tuple[GridRow, int]] = []
        self._sheet = number
        self._decimal = decimal
        # The first column of each column style, and the styles.
        self._columns: list[int] = []
        self._column_styles: list[str] = []
        self._width = 0
        self._row, self._repeated = 0, 1
        self._cells: dict[int, str] = {}
        self._faults: dict[int, str] = {}
        self._spans: list[Span] = []
        self._column = 0
        self._row_style = ""
        self._attributes: dict[str, str] = {}
        self._lines: list[str] = []
        # The depth inside comments and drawings, and the surrounding text.
        self._drawn = 0
        self._text_around: list[str] | None = None
        self.starts |= {"table-column": self._add_column, "table-row": self._begin_row}
        self.starts |= {"p": self._begin_line, "s": self._add_spaces}
        self.starts |= {"tab": self._add("\t"), "line-break": self._add("\n")}
        self.ends |= {"p": self._end_line, "table-row": self._end_row}
        for name in ("table-cell", "covered-table-cell"):
            self.starts[name], self.ends[name] = self._begin_cell, self._end_cell
        for name in _DRAWN:
            self.starts[name], self.ends[name] = self._begin_drawing, self._end_drawing

    @property
    def _is_inside(self) -> bool:
        return self._depth == 1 and len(self.names) == self._sheet

    def _add_column(self, attributes: dict[str, str]) -> None:
        if self._is_inside:
            self._columns.append(self._width)
            self._column_styles.append(attributes.get("table:default-cell-style-name", ""))
            self._width += whole_number(attributes.get("table:number-columns-repeated", "1"))

    def _begin_row(self, attributes: dict[str, str]) -> None:
        if self._is_inside:
            self._row += self._repeated if self._row else 1
            self._repeated = whole_number(attributes.get("table:number-rows-repeated", "1"))
            self._row_style = attributes.get("table:default-cell-style-name", "")
            self._cells, self._faults, self._spans, self._column = {}, {}, [], 0

    def _end_row(self) -> None:
        if not self._is_inside or not self._cells:
            return
        if self._row + self._repeated - 1 > LAST_ROW:
            msg = f"the workbook is damaged: a sheet cannot have more than {LAST_ROW} rows"
            raise NoSheetError(msg)
        row = GridRow(self._row, self._cells, self._faults, self._spans)
        self.rows.append((row, self._repeated))

    def _begin_cell(self, attributes: dict[str, str]) -> None:
        if self._is_inside:
            self._attributes = attributes
            self._lines = []

    def _end_cell(self) -> None:
        if not self._is_inside:
            return
        given, at = self._attributes, self._column
        repeated = whole_number(given.get("table:number-columns-repeated", "1"))
        text, fault = self._text(), ""
        self._column += repeated
        if given.get("calcext:value-type") == "error" or (
            "table:formula" in given and text.startswith(_ERRORS)
        ):
            fault = error_value(text)
        elif "table:formula" in given and "office:value-type" not in given:
            # The name of the formula language comes before the formula.
            text = "=" + given["table:formula"].partition("=")[2]
            fault = no_result(text)
        if not text:
            return
        if at + repeated > MOST_COLUMNS:
            msg = f"the sheet has cells in more than {MOST_COLUMNS} columns"
            raise NoSheetError(msg)
        for column in range(at, at + repeated):
            self._cells[column] = text
            if fault:
                self._faults[column] = fault
        columns = whole_number(given.get("table:number-columns-spanned", "1"))
        rows = whole_number(given.get("table:number-rows-spanned", "1"))
        if max(columns, rows) > 1:
            self._spans.append(Span(at, at + columns - 1, self._row + rows - 1))

    def _text(self) -> str:
        """Return the text of the current cell."""
        given = self._attributes
        lines, value = "\n".join(self._lines), given.get("office:value", "")
        match given.get("office:value-type"):
            case "float" | "currency":
                text = lines if lines.startswith(_ERRORS) else number_text(value, self._decimal)
            case "percentage":
                text = percent_text(value, self._decimal)
            case "date":
                text = given.get("office:date-value", "")
                usual = _OF_A_TIME if "T" in text else _OF_A_DAY
                text = iso_text(text, self._shown() or usual)
            case "time":
                text = given.get("office:time-value", "")
                text = duration_text(text, self._shown() or _OF_A_TIME)
            case "boolean":
                text = given.get("office:boolean-value", "")
            case _:
                text = given.get("office:string-value", lines)
        return text

    def _shown(self) -> frozenset[str]:
        """Return the parts of a date that the style of the current cell, row or column shows."""
        own = self._attributes.get("table:style-name") or self._row_style
        at = bisect_right(self._columns, self._column) - 1
        return self.parts(own or (self._column_styles[at] if at >= 0 else ""))

    def _begin_line(self, _: dict[str, str]) -> None:
        if self._is_inside and not self._drawn:
            self.text = []

    def _end_line(self) -> None:
        if self.text is not None:
            self._lines.append(self.taken_text())

    def _add_spaces(self, attributes: dict[str, str]) -> None:
        if self.text is not None:
            self.text.append(" " * min(_MOST_SPACES, whole_number(attributes.get("text:c", "1"))))

    def _add(self, char: str) -> Take:
        def add(_: dict[str, str]) -> None:
            if self.text is not None:
                self.text.append(char)

        return add

    def _begin_drawing(self, _: dict[str, str]) -> None:
        if not self._drawn:
            self._text_around, self.text = self.text, None
        self._drawn += 1

    def _end_drawing(self) -> None:
        self._drawn -= 1
        if not self._drawn:
            self.text = self._text_around


def _rows(archive: Archive, cells: _Cells) -> Iterator[GridRow]:
    for _ in archive.steps(CONTENT, cells):
        for row, repeated in cells.rows:
            for number in range(row.number, row.number + repeated):
                yield row._replace(number=number)
        cells.rows.clear()
