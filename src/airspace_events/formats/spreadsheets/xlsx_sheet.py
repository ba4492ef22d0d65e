"""A row-by-row reader of Excel workbooks (XLSX and XLSM, ECMA-376 part 1)."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from posixpath import basename, dirname, join, normpath
from string import ascii_uppercase, digits
from typing import NamedTuple

from airspace_events.formats.spreadsheets.archives import Archive, whole_number
from airspace_events.formats.spreadsheets.dates import UnfitError
from airspace_events.formats.spreadsheets.grid import (
    LAST_COLUMN,
    LAST_ROW,
    GridRow,
    Span,
    chosen_sheet,
    sheet_of,
)
from airspace_events.formats.spreadsheets.keys import FileKeys
from airspace_events.formats.spreadsheets.sheet import NoSheetError, Sheet
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
"""The part of the archive that contains the path of the workbook part."""

_TAGS = ("row", "c", "f", "/f", "/c", "/row")
_SOUND = ("rPh",)  # The pronunciation of a text.
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
"""The built-in number formats that show dates, times or percentages, by number."""


@contextmanager
def open_xlsx(archive: Archive, keys: FileKeys) -> Generator[Sheet]:
    """Open a workbook as a sheet; see `OpenSheet`."""
    book, sheets = _workbook(archive, keys.decimal)
    part = chosen_sheet(sheets, keys.sheet)
    spans = dict[int, list[Span]]()
    if any(b"mergeCell" in chunk for chunk in archive.chunks(part)):
        spans = _merged_cells(archive, part)
    yield sheet_of(_rows(archive, part, book, spans), keys)


class _Workbook(NamedTuple):
    """The properties of a workbook that are needed to read its sheets.

    Attributes:
        is_1904: whether days are counted from 1904.
        forms: a mapping from cell styles to the formats that show dates or percentages.
        texts: the shared strings, to which cells refer by number.
        decimal: the decimal mark for numbers.
    """

    is_1904: bool
    forms: Mapping[str, Shown]
    texts: list[str]
    decimal: str | None


def _workbook(archive: Archive, decimal: str | None) -> tuple[_Workbook, dict[str, str]]:
    """Return a workbook, and the archive part of each sheet, by the name of the sheet."""
    _, by_kind = _relations(archive, "")
    part = by_kind.get("officeDocument", "")
    if part.endswith(".bin"):
        msg = "the workbook is in the binary format XLSB; save it as XLSX"
        raise NoSheetError(msg)
    by_id, by_kind = _relations(archive, part)
    sheets: dict[str, str] = {}
    is_1904 = False
    for tag, given, _ in archive.tags(part, ("workbookPr", "sheet")):
        if tag == "workbookPr":
            is_1904 = given.get("date1904") in ("1", "true")
            continue
        number = next((it for key, it in given.items() if key.endswith(":id")), "")
        if number in by_id:
            sheets[given.get("name", "")] = by_id[number]
    forms = _forms(archive, by_kind["styles"]) if "styles" in by_kind else {}
    texts = _texts(archive, by_kind["sharedStrings"]) if "sharedStrings" in by_kind else []
    return _Workbook(is_1904, forms, texts, decimal), sheets


def _relations(archive: Archive, part: str) -> tuple[dict[str, str], dict[str, str]]:
    """Return the parts that the given part refers to: by id, and by the last word of the type."""
    by_id: dict[str, str] = {}
    by_kind: dict[str, str] = {}
    folder = dirname(part)
    relations = join(folder, "_rels", f"{basename(part)}.rels")
    for _, given, _ in archive.tags(relations, ("Relationship",)):
        if given.get("TargetMode") != "External":
            path = normpath(join("/", folder, given.get("Target", ""))).lstrip("/")
            by_id[given.get("Id", "")] = path
            by_kind[given.get("Type", "").rpartition("/")[2]] = path
    return by_id, by_kind


def _forms(archive: Archive, part: str) -> dict[str, Shown]:
    codes, used, is_inside = dict(_BUILT_IN), list[int](), False
    for tag, given, _ in archive.tags(part, ("numFmt", "cellXfs", "/cellXfs", "xf")):
        if tag == "numFmt":
            codes[whole_number(given.get("numFmtId"))] = given.get("formatCode", "")
        elif tag != "xf":
            is_inside = tag == "cellXfs"
        elif is_inside:
            used.append(whole_number(given.get("numFmtId", "0")))
    forms = {number: shown_by(code) for number, code in codes.items()}
    return {
        str(style): form
        for style, number in enumerate(used)
        if (form := forms.get(number)) is not None
    }


def _texts(archive: Archive, part: str) -> list[str]:
    """Return the shared strings, with the runs of each string joined."""
    return [_unescaped(text) for *_, text in archive.tags(part, ("/si",), ("t",), _SOUND)]


def _merged_cells(archive: Archive, part: str) -> dict[int, list[Span]]:
    """Return the merged cells, by the number of their first row."""
    found: list[tuple[int, Span]] = []
    for _, given, _ in archive.tags(part, ("mergeCell",)):
        first, _, last = given.get("ref", "").partition(":")
        last = last or first
        found.append((_row(first), Span(_column(first), _column(last), _row(last))))
        if len(found) > _MOST_MERGED:
            msg = f"the sheet has more than {_MOST_MERGED} merged cells; save it as CSV"
            raise NoSheetError(msg)
    by_row = groupby(sorted(found), itemgetter(0))
    return {row: [span for _, span in spans] for row, spans in by_row}


def _rows(
    archive: Archive, part: str, book: _Workbook, spans: Mapping[int, list[Span]]
) -> Iterator[GridRow]:
    row, column = 0, -1
    cells, faults = dict[int, str](), dict[int, str]()
    cell: Mapping[str, str] = {}
    value = ""
    formula: str | None = None
    for tag, given, text in archive.tags(part, _TAGS, ("v", "f", "t"), _SOUND):
        if tag == "c":
            column = _next_column(column, given, row)
            cell, value, formula = given, "", None
        elif tag == "/c":
            found, fault = _cell(cell, value + text, formula, book)
            if found:
                cells[column] = found
            if fault:
                faults[column] = fault
        elif tag == "f":
            value = text
        elif tag == "/f":
            formula = text
        elif tag == "row":
            row, column = _next_row(row, given), -1
            cells, faults = {}, {}
        elif cells:
            yield GridRow(row, cells, faults, spans.get(row, ()))


def _next_row(before: int, given: Mapping[str, str]) -> int:
    row = whole_number(given["r"]) if "r" in given else before + 1
    if not before < row <= LAST_ROW:
        msg = f"the workbook is damaged: {row} is not a valid row number after row {before}"
        raise NoSheetError(msg)
    return row


def _next_column(before: int, given: Mapping[str, str], row: int) -> int:
    column = _column(given["r"]) if "r" in given else before + 1
    if not before < column < LAST_COLUMN:
        msg = f"the workbook is damaged: the cells of row {row} are not in order"
        raise NoSheetError(msg)
    return column


def _cell(
    given: Mapping[str, str], value: str, formula: str | None, book: _Workbook
) -> tuple[str, str]:
    """Return the text of a cell, and the reason why the cell must not be used, if any."""
    kind = given.get("t", "n")
    if not value:
        if formula is None or kind == "str":
            return "", ""
        return f"={formula}", no_result(f"={formula}")
    if kind == "e":
        return value, error_value(value)
    try:
        return _text_of(kind, value, book.forms.get(given.get("s", "")), book), ""
    except UnfitError as error:
        return value, str(error)


def _text_of(kind: str, value: str, form: Shown | None, book: _Workbook) -> str:
    match kind:
        case "s":
            number = whole_number(value)
            if number < len(book.texts):
                return book.texts[number]
            msg = f"the workbook is damaged: it has no shared string {number}"
            raise NoSheetError(msg)
        case "n" if form is None:
            text = number_text(value, book.decimal)
        case "n" if form is not None:
            text = serial_text(value, form, is_1904=book.is_1904, decimal=book.decimal)
        case "d":
            text = iso_text(value, form.parts if form else frozenset())
        case "str" | "inlineStr":
            text = _unescaped(value)
        case "b":
            text = {"0": "false", "1": "true"}.get(value, value)
        case _:
            text = value
    return text


def _row(address: str) -> int:
    return whole_number(address.lstrip(ascii_uppercase))


def _column(address: str) -> int:
    """Return the column index, counted from 0, in an address such as B4."""
    return _column_index(address.rstrip(digits))


@lru_cache(maxsize=LAST_COLUMN)
def _column_index(letters: str) -> int:
    column = 0
    for letter in letters[:_MOST_LETTERS]:
        column = column * len(ascii_uppercase) + ascii_uppercase.find(letter) + 1
    if 0 < column <= LAST_COLUMN and letters.isupper() and len(letters) <= _MOST_LETTERS:
        return column - 1
    msg = f"the workbook is damaged: {shown(letters)} is not a valid column"
    raise NoSheetError(msg)


def _unescaped(text: str) -> str:
    """Return text with each escape such as _x000D_ replaced by its character."""
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
