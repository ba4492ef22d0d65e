"""A row-by-row reader of OpenDocument spreadsheets (ODS, ISO/IEC 26300)."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Generator, Iterator, Mapping
from contextlib import contextmanager

from airspace_events.formats.spreadsheets.archives import Archive, Tag, check_text, whole_number
from airspace_events.formats.spreadsheets.grid import (
    LAST_ROW,
    MOST_COLUMNS,
    GridRow,
    Span,
    chosen_sheet,
    sheet_of,
)
from airspace_events.formats.spreadsheets.keys import FileKeys
from airspace_events.formats.spreadsheets.sheet import NoSheetError, Sheet
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
"""The media type of OpenDocument spreadsheets, at the start of the part `mimetype`."""

_MANIFEST = "META-INF/manifest.xml"
_PARTS = {"year": "y", "month": "m", "day": "d", "hours": "h", "minutes": "m", "seconds": "s"}
_OF_A_DAY, _OF_A_TIME = frozenset("ymd"), frozenset("ymdhs")
_CHARS = {"tab": "\t", "line-break": "\n"}
_TAGS = (
    *("date-style", "time-style", "style", *_PARTS),
    *("table", "table-column", "table-row", "table-cell", "covered-table-cell"),
    *("s", *_CHARS, "/p"),
    *("/covered-table-cell", "/table-cell", "/table-row", "/table"),
)
_DRAWN = ("annotation", "shapes", "frame", "custom-shape", "g", "control")
_ERRORS = ("#", "Err:")
_MOST_SPACES = 1_000


@contextmanager
def open_ods(archive: Archive, keys: FileKeys) -> Generator[Sheet]:
    """Open an OpenDocument spreadsheet as a sheet; see `OpenSheet`."""
    if _MANIFEST in archive and any(b"encryption-data" in it for it in archive.chunks(_MANIFEST)):
        msg = "the workbook is protected by a password; save it without a password"
        raise NoSheetError(msg)
    cells = _Cells(chosen_sheet(_sheets(archive), keys.sheet), keys.decimal)
    yield sheet_of(cells.rows(archive.tags(CONTENT, _TAGS, ("p",), _DRAWN)), keys)


def _sheets(archive: Archive) -> dict[str, int]:
    """Return the numbers of the sheets, by sheet name. A table in a cell is not a sheet."""
    found: dict[str, int] = {}
    depth = number = 0
    for tag, given, _ in archive.tags(CONTENT, ("table", "/table")):
        depth += 1 if tag == "table" else -1
        if tag == "table" and depth == 1:
            number += 1
            found[given.get("table:name", "")] = number
    return found


class _Styles:
    def __init__(self) -> None:
        self._forms: dict[str, set[str]] = {}
        self._form: set[str] = set()
        self._styles: dict[str, str] = {}

    def parts(self, style: str) -> frozenset[str]:
        """Return the parts of a date or time that a cell style shows; an empty set if unknown."""
        return frozenset(self._forms.get(self._styles.get(style, ""), ()))

    def add(self, tag: str, given: Mapping[str, str]) -> None:
        """Add the style, the date format or the part of a date format that a tag defines."""
        name = given.get("style:name", "")
        if tag in ("date-style", "time-style"):
            self._form = self._forms[name] = set()
        elif tag == "style":
            self._styles[name] = given.get("style:data-style-name", "")
        elif tag in _PARTS:
            self._form.add(_PARTS[tag])


class _Cells:
    """A reader of the rows of a sheet."""

    def __init__(self, number: int, decimal: str | None) -> None:
        self._sheet = number
        self._decimal = decimal
        self._styles = _Styles()
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
        self._given: Mapping[str, str] = {}
        self._lines: list[str] = []
        self._line: list[str] = []
        self._length = 0

    def rows(self, tags: Iterator[Tag]) -> Iterator[GridRow]:
        """Yield the rows of the sheet from the tags of a workbook."""
        depth = number = 0
        is_inside = False
        for tag, given, text in tags:
            if tag in ("table", "/table"):
                depth += 1 if tag == "table" else -1
                number += tag == "table" and depth == 1
                is_inside = depth == 1 and number == self._sheet
            elif is_inside:
                if tag == "/table-row":
                    yield from self._end_row()
                else:
                    self._take(tag, given, text)
            elif not depth:
                self._styles.add(tag, given)

    def _take(self, tag: str, given: Mapping[str, str], text: str) -> None:
        match tag:
            case "/p":
                self._add(text)
                self._lines.append("".join(self._line))
                self._line = []
            case "table-cell" | "covered-table-cell":
                self._given, self._lines, self._line, self._length = given, [], [], 0
            case "/table-cell" | "/covered-table-cell":
                self._end_cell()
            case "table-row":
                self._row += self._repeated if self._row else 1
                self._repeated = whole_number(given.get("table:number-rows-repeated", "1"))
                self._row_style = given.get("table:default-cell-style-name", "")
                self._cells, self._faults, self._spans, self._column = {}, {}, [], 0
            case "table-column":
                self._columns.append(self._width)
                self._column_styles.append(given.get("table:default-cell-style-name", ""))
                self._width += whole_number(given.get("table:number-columns-repeated", "1"))
            case "s":
                count = min(_MOST_SPACES, whole_number(given.get("text:c", "1")))
                self._add(text, " " * count)
            case _:
                self._add(text, _CHARS.get(tag, ""))

    def _add(self, *texts: str) -> None:
        self._line += texts
        self._length += sum(map(len, texts))
        # A short tag can stand for many spaces.
        check_text(CONTENT, self._length)

    def _end_row(self) -> Iterator[GridRow]:
        if not self._cells:
            return
        after = self._row + self._repeated
        if after - 1 > LAST_ROW:
            msg = f"the workbook is damaged: a sheet cannot have more than {LAST_ROW} rows"
            raise NoSheetError(msg)
        for number in range(self._row, after):
            yield GridRow(number, self._cells, self._faults, self._spans)

    def _end_cell(self) -> None:
        given, at = self._given, self._column
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
            msg = (
                f"the sheet has more than {MOST_COLUMNS} columns with text; delete the "
                "columns that are not needed"
            )
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
        given = self._given
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
        """Return the parts of a date or time that the style of the current cell shows.

        A cell without a style has the style of its row or column.
        """
        own = self._given.get("table:style-name") or self._row_style
        at = bisect_right(self._columns, self._column) - 1
        return self._styles.parts(own or (self._column_styles[at] if at >= 0 else ""))
