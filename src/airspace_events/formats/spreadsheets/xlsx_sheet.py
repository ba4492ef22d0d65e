"""A reader of Excel workbooks (XLSX and XLSM, ECMA-376 part 1) as sheets, row by row."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from contextlib import contextmanager
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from posixpath import basename, dirname, join, normpath
from string import ascii_uppercase, digits

from airspace_events.formats.spreadsheets.archives import Archive, XmlReader, whole_number
from airspace_events.formats.spreadsheets.dates import UnfitError
from airspace_events.formats.spreadsheets.grid import (
    LAST_COLUMN,
    LAST_ROW,
    GridRow,
    Span,
    sheet_of,
)
from airspace_events.formats.spreadsheets.keys import FileKeys
from airspace_events.formats.spreadsheets.sheet import NoSheetError, Sheet
from airspace_events.formats.spreadsheets.sheet_choice import chosen_sheet
from airspace_events.formats.spreadsheets.typed_cells import (
    Shown,
    error_value,
    iso_text,
    no_result,
    number_text,
    serial_text,
    shown_by,
)
from airspace_events.safe_text import shown
from airspace_events.values.json_values import is_unicode

RELATIONS = "_rels/.rels"
"""The part of the archive that gives the path of the workbook part."""

_MOST_MERGED = 100_000
_MOST_LETTERS = 3
_HEX = frozenset("0123456789abcdefABCDEF")
_ESCAPE = len("_x000D_")
_BUILT_IN = {
    9: "0%",
    10: "0.00%",
    **dict.fromkeys((14, 15), "d/m/y"),
    16: "d-mmm",
    17: "mmm-yy",
    **dict.fromkeys((18, 20), "h:mm"),
    **dict.fromkeys((19, 21, 45, 47), "h:mm:ss"),
    22: "d/m/y h:mm",
    **dict.fromkeys((*range(27, 32), 36, *range(50, 55), *range(56, 59)), "y/m/d"),
    **dict.fromkeys((32, 33, 34, 35, 55), "h:mm"),
    46: "[h]:mm:ss",
}
"""The built-in number formats that show dates or percentages."""


@contextmanager
def open_xlsx(archive: Archive, keys: FileKeys) -> Generator[Sheet]:
    """Open a workbook as a sheet; see `OpenSheet`."""
    book = _Workbook(archive)
    part = chosen_sheet(book.sheets, keys.sheet)
    merged = _Merged()
    if any(b"mergeCell" in chunk for chunk in archive.chunks(part)):
        archive.parse(part, merged)
    yield sheet_of(_rows(archive, part, _Cells(book, merged.spans(), keys.decimal)), keys)


class _Relations(XmlReader):
    """The parts of the archive that another part refers to.

    Attributes:
        by_id: the paths of the parts by id.
        by_kind: the paths of the parts by the last word of their relationship type.
    """

    def __init__(self, archive: Archive, part: str) -> None:
        super().__init__()
        self._folder = dirname(part)
        self.by_id: dict[str, str] = {}
        self.by_kind: dict[str, str] = {}
        self.starts["Relationship"] = self._add
        archive.parse(join(self._folder, "_rels", f"{basename(part)}.rels"), self)

    def _add(self, attributes: dict[str, str]) -> None:
        if attributes.get("TargetMode") != "External":
            path = normpath(join("/", self._folder, attributes.get("Target", ""))).lstrip("/")
            self.by_id[attributes.get("Id", "")] = path
            self.by_kind[attributes.get("Type", "").rpartition("/")[2]] = path


class _Workbook(XmlReader):
    """The parts of a workbook that its sheets need.

    Attributes:
        sheets: the parts of its sheets, by their names.
        is_1904: whether days are counted from 1904.
        forms: the formats of cells, by their numbers.
    """

    def __init__(self, archive: Archive) -> None:
        super().__init__()
        part = _Relations(archive, "").by_kind.get("officeDocument", "")
        if part.endswith(".bin"):
            msg = "the workbook is in the binary format XLSB; save it as XLSX"
            raise NoSheetError(msg)
        self._relations = _Relations(archive, part)
        self.sheets: dict[str, str] = {}
        self.is_1904 = False
        self.starts |= {"workbookPr": self._set_epoch, "sheet": self._add_sheet}
        archive.parse(part, self)
        kinds = self._relations.by_kind
        styles, texts = _Styles(), _Texts()
        if "styles" in kinds:
            archive.parse(kinds["styles"], styles)
        if "sharedStrings" in kinds:
            archive.parse(kinds["sharedStrings"], texts)
        self.forms, self._texts = styles.forms(), texts.found

    def shared_text(self, number: int) -> str:
        """Return one of the shared strings, to which cells refer by number."""
        if number < len(self._texts):
            return self._texts[number]
        msg = f"the workbook is damaged: it has no shared string {number}"
        raise NoSheetError(msg)

    def _set_epoch(self, attributes: dict[str, str]) -> None:
        self.is_1904 = attributes.get("date1904") in ("1", "true")

    def _add_sheet(self, attributes: dict[str, str]) -> None:
        number = next((it for key, it in attributes.items() if key.endswith(":id")), "")
        if number in self._relations.by_id:
            self.sheets[attributes.get("name", "")] = self._relations.by_id[number]


class _Styles(XmlReader):
    """The cell styles of a workbook."""

    def __init__(self) -> None:
        super().__init__()
        self._codes = dict(_BUILT_IN)
        self._used: list[int] = []
        self._is_inside = False
        self.starts |= {"numFmt": self._add, "cellXfs": self._enter, "xf": self._use}
        self.ends["cellXfs"] = self._leave

    def forms(self) -> dict[str, Shown]:
        """Return a mapping from style numbers to the formats that show dates or percentages."""
        found = {code: shown_by(code) for code in self._codes.values()}
        return {
            str(number): form
            for number, used in enumerate(self._used)
            if (form := found.get(self._codes.get(used, ""))) is not None
        }

    def _add(self, attributes: dict[str, str]) -> None:
        self._codes[whole_number(attributes.get("numFmtId"))] = attributes.get("formatCode", "")

    def _enter(self, _: dict[str, str]) -> None:
        self._is_inside = True

    def _leave(self) -> None:
        self._is_inside = False

    def _use(self, attributes: dict[str, str]) -> None:
        if self._is_inside:
            self._used.append(whole_number(attributes.get("numFmtId", "0")))


class _Runs(XmlReader):
    """A reader of strings that consist of runs with different fonts.

    Attributes:
        runs: the runs of the current string, without its pronunciation (rPh).
    """

    def __init__(self) -> None:
        super().__init__()
        self.runs: list[str] = []
        self._before_sound = 0
        self.starts |= {"t": self.begin_text, "rPh": self._begin_sound}
        self.ends |= {"t": self._take_run, "rPh": self._leave_out_sound}

    def taken_runs(self) -> str:
        """Return the text of the runs, and start a new string."""
        text = _unescaped("".join(self.runs))
        self.runs.clear()
        return text

    def _take_run(self) -> None:
        self.runs.append(self.taken_text())

    def _begin_sound(self, _: dict[str, str]) -> None:
        self._before_sound = len(self.runs)

    def _leave_out_sound(self) -> None:
        del self.runs[self._before_sound :]


class _Texts(_Runs):
    """A reader of the shared strings, to which cells refer by number.

    Attributes:
        found: the strings.
    """

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.ends["si"] = self._add

    def _add(self) -> None:
        self.found.append(self.taken_runs())


class _Merged(XmlReader):
    """The merged cells of a sheet."""

    def __init__(self) -> None:
        super().__init__()
        self._found: list[tuple[int, Span]] = []
        self.starts["mergeCell"] = self._add

    def spans(self) -> dict[int, list[Span]]:
        """Return a mapping from row numbers to the merged cells that begin in the row."""
        by_row = groupby(sorted(self._found), itemgetter(0))
        return {row: [span for _, span in found] for row, found in by_row}

    def _add(self, attributes: dict[str, str]) -> None:
        first, _, last = attributes.get("ref", "").partition(":")
        last = last or first
        span = Span(_column(first), _column(last), _row(last))
        self._found.append((_row(first), span))
        if len(self._found) > _MOST_MERGED:
            msg = f"the sheet has more than {_MOST_MERGED} merged cells; save it as CSV"
            raise NoSheetError(msg)


class _Cells(_Runs):
    """A reader of the rows of a sheet.

    Attributes:
        rows: the rows read but not yet returned.
    """

    def __init__(self, book: _Workbook, spans: dict[int, list[Span]], decimal: str | None) -> None:
        super().__init__()
        self.rows: list[GridRow] = []
        self._book = book
        self._spans = spans
        self._decimal = decimal
        self._row = 0
        self._cells: dict[int, str] = {}
        self._faults: dict[int, str] = {}
        self._column = -1
        self._kind = self._style = ""
        self._value: str | None = None
        self._formula: str | None = None
        self.starts |= {"row": self._begin_row, "c": self._begin_cell}
        self.starts |= {"v": self.begin_text, "f": self.begin_text}
        self.ends |= {"v": self._take_value, "f": self._take_formula}
        self.ends |= {"c": self._end_cell, "row": self._end_row}

    def _begin_row(self, attributes: dict[str, str]) -> None:
        before = self._row
        self._row = whole_number(attributes["r"]) if "r" in attributes else before + 1
        if not before < self._row <= LAST_ROW:
            msg = (
                f"the workbook is damaged: {self._row} is not a valid row number after row "
                f"{before}"
            )
            raise NoSheetError(msg)
        self._cells, self._faults, self._column = {}, {}, -1

    def _begin_cell(self, attributes: dict[str, str]) -> None:
        before = self._column
        self._column = _column(attributes["r"]) if "r" in attributes else before + 1
        if not before < self._column < LAST_COLUMN:
            msg = f"the workbook is damaged: the cells of row {self._row} are not in order"
            raise NoSheetError(msg)
        self._kind, self._style = attributes.get("t", "n"), attributes.get("s", "")
        self._value = self._formula = None

    def _take_value(self) -> None:
        self._value = self.taken_text()

    def _take_formula(self) -> None:
        self._formula = self.taken_text()

    def _end_cell(self) -> None:
        value = self._value or (self.taken_runs() if self.runs else "")
        at, fault = self._column, ""
        if self._formula is not None and not value and self._kind != "str":
            value = f"={self._formula}"
            fault = no_result(value)
        elif value:
            try:
                value = self._text_of(value)
            except UnfitError as error:
                fault = str(error)
            if self._kind == "e":
                fault = error_value(value)
        if value:
            self._cells[at] = value
        if fault:
            self._faults[at] = fault

    def _end_row(self) -> None:
        if self._cells:
            spans = self._spans.get(self._row, ())
            self.rows.append(GridRow(self._row, self._cells, self._faults, spans))

    def _text_of(self, value: str) -> str:
        match self._kind:
            case "s":
                text = self._book.shared_text(whole_number(value))
            case "n" | "d":
                text = self._number(value)
            case "str":
                text = _unescaped(value)
            case "b":
                text = {"0": "false", "1": "true"}.get(value, value)
            case _:
                text = value
        return text

    def _number(self, value: str) -> str:
        form = self._book.forms.get(self._style)
        if self._kind == "d":
            return iso_text(value, form.parts if form else frozenset())
        if form is None:
            return number_text(value, self._decimal)
        is_1904 = self._book.is_1904
        return serial_text(value, form, is_1904=is_1904, decimal=self._decimal)


def _rows(archive: Archive, part: str, cells: _Cells) -> Iterator[GridRow]:
    for _ in archive.steps(part, cells):
        yield from cells.rows
        cells.rows.clear()


def _row(address: str) -> int:
    """Return the row number in an address such as B4."""
    return whole_number(address.lstrip(ascii_uppercase))


def _column(address: str) -> int:
    """Return the column index in an address such as B4."""
    return _column_index(address.rstrip(digits))


@lru_cache(maxsize=LAST_COLUMN)
def _column_index(letters: str) -> int:
    column = 0
    for letter in letters[:_MOST_LETTERS]:
        column = column * len(ascii_uppercase) + ascii_uppercase.find(letter) + 1
    if 0 < column <= LAST_COLUMN and letters.isupper() and len(letters) <= _MOST_LETTERS:
        return column - 1
    msg = f"the workbook is damaged: {shown(letters)} is not a column"
    raise NoSheetError(msg)


def _unescaped(text: str) -> str:
    """Replace escapes such as _x000D_ with the characters that they stand for."""
    found: list[str] = []
    done, at = 0, text.find("_x")
    while at >= 0:
        code, end = text[at + 2 : at + _ESCAPE - 1], at + _ESCAPE
        is_code = len(code) == _ESCAPE - 3 and _HEX.issuperset(code) and text[end - 1 : end] == "_"
        if is_code and is_unicode(char := chr(int(code, 16))):
            found += [text[done:at], char]
            done = end
        at = text.find("_x", end if done == end else at + 2)
    return "".join(found) + text[done:] if found else text
