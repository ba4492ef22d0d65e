"""Reading workbooks as sheets: typed cells, headers, the choice of a sheet, and bad files."""

from __future__ import annotations

import datetime as dt
import gzip
import io
import zipfile
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import Any

import openpyxl
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.worksheet.worksheet import Worksheet

from airspace_events.errors import FeedError, RowError
from airspace_events.formats.spreadsheets.dates import UnfitError
from airspace_events.formats.spreadsheets.keys import FileKeys
from airspace_events.formats.spreadsheets.mapping import SheetMapping
from airspace_events.formats.spreadsheets.opening import open_sheet
from airspace_events.formats.spreadsheets.reading import read_sheet
from airspace_events.formats.spreadsheets.sheet import NoSheetError, SheetRow
from airspace_events.formats.spreadsheets.typed_cells import (
    duration_text,
    iso_text,
    number_text,
    percent_text,
    serial_text,
    shown_by,
)

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def workbook(
    rows: Iterable[Iterable[Any]] = (), change: Callable[[Worksheet], object] | None = None
) -> bytes:
    """The bytes of a workbook with one sheet."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    for row in rows:
        sheet.append(list(row))
    if change is not None:
        change(sheet)
    return saved(book)


def saved(book: openpyxl.Workbook) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def packed(**parts: str | bytes) -> bytes:
    """The bytes of a workbook with a sheet as XML, and with other parts if given."""
    found: dict[str, str | bytes] = {
        "_rels/.rels": (
            f'<Relationships xmlns="{RELATIONS}">'
            f'<Relationship Id="a" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/>'
            "</Relationships>"
        ),
        "xl/workbook.xml": (
            f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">'
            '<sheets><sheet name="One" sheetId="1" r:id="s"/></sheets></workbook>'
        ),
        "xl/_rels/workbook.xml.rels": (
            f'<Relationships xmlns="{RELATIONS}">'
            f'<Relationship Id="s" Type="{OFFICE}/worksheet" Target="worksheets/s.xml"/>'
            f'<Relationship Id="t" Type="{OFFICE}/sharedStrings" Target="/xl/texts.xml"/>'
            f'<Relationship Id="f" Type="{OFFICE}/styles" Target="styles.xml"/>'
            "</Relationships>"
        ),
        "xl/styles.xml": (
            f'<styleSheet xmlns="{MAIN}"><cellXfs><xf/><xf numFmtId="14"/></cellXfs></styleSheet>'
        ),
        "xl/texts.xml": f'<sst xmlns="{MAIN}"><si><t>A</t></si><si><t>B</t></si></sst>',
    }
    named = {"sheet": "xl/worksheets/s.xml", "texts": "xl/texts.xml", "book": "xl/workbook.xml"}
    found |= {named.get(name, name): part for name, part in parts.items()}
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in found.items():
            archive.writestr(name, part)
    return stream.getvalue()


def data(xml: str, after: str = "") -> str:
    return f'<worksheet xmlns="{MAIN}"><sheetData>{xml}</sheetData>{after}</worksheet>'


HEADER = '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>'


def table(given: bytes, **keys: Any) -> tuple[tuple[str, ...], list[SheetRow]]:
    with open_sheet(io.BytesIO(given), FileKeys(**keys)) as sheet:
        return sheet.names, list(sheet.rows)


def cells(given: bytes, **keys: Any) -> list[dict[str, str]]:
    return [dict(row.cells) for row in table(given, **keys)[1]]


def cell(
    value: Any, form: str | None = None, *, since_1904: bool = False, **keys: Any
) -> SheetRow:
    """The row with one cell that has a value and a number format."""
    book = openpyxl.Workbook()
    if since_1904:
        book.epoch = CALENDAR_MAC_1904
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet["A1"] = "X"
    sheet["A2"] = value
    if form is not None:
        sheet["A2"].number_format = form
    return table(saved(book), **keys)[1][0]


# Typed cells.


def at(*clock: int) -> dt.datetime:
    """A time of the clock without a zone, as spreadsheets have it."""
    return dt.datetime(2024, 9, 8, *clock)  # noqa: DTZ001 (a spreadsheet has no zones)


@pytest.mark.parametrize(
    ("value", "form", "text"),
    [
        (3, None, "3"),
        (3.0, None, "3"),
        (-1.5, None, "-1.5"),
        (0.1 + 0.2, None, "0.3"),
        (1e-7, None, "0.0000001"),
        (1e300, None, "1e+300"),
        (10**15 + 1, None, "1000000000000001"),
        (2.5, '0.00" km"', "2.5"),
        (0.25, "0%", "25%"),
        (0.07, "0.0%", "7%"),
        (True, None, "true"),
        (False, None, "false"),
        ("00123", None, "00123"),
        ("  a\r\nb ", None, "a\nb"),
        (dt.date(2024, 9, 8), None, "2024-09-08"),
        (at(2, 25, 17), None, "2024-09-08T02:25:17"),
        (at(2, 25), None, "2024-09-08T02:25:00"),
        (at(2, 25), "d/m/yy h:mm", "2024-09-08T02:25"),
        (at(2, 25, 17), "d/m/yy h:mm", "2024-09-08T02:25:17"),
        (at(), "yyyy-mm-dd", "2024-09-08"),
        (at(2, 25), "yyyy-mm-dd", "2024-09-08T02:25"),
        (at(), "yyyy-mm-dd h:mm", "2024-09-08T00:00"),
        (dt.time(2, 25), None, "02:25:00"),
        (dt.time(2, 25), "h:mm", "02:25"),
        (dt.time(14, 25), "h:mm AM/PM", "14:25"),
        (dt.timedelta(hours=30), None, "30:00:00"),
        (dt.timedelta(hours=30, minutes=5), "[h]:mm", "30:05"),
        (45543, "General", "45543"),
        (45543, "[$-409]d/mmm/yy;@", "2024-09-08"),
        (45543, 'yyyy"year" \\d', "2024-09-08"),
        (45536, "mmm yyyy", "2024-09"),
        (45543, "mmm yyyy", "2024-09-08"),
        (45292, "yyyy", "2024"),
        (45543, '0 "days"', "45543"),
        (45543, "[Red]0.0", "45543"),
        (1, "yyyy-mm-dd", "1900-01-01"),
        (59, "yyyy-mm-dd", "1900-02-28"),
        (61, "yyyy-mm-dd", "1900-03-01"),
    ],
)
def test_a_cell_with_a_type_becomes_text(value: Any, form: str | None, text: str) -> None:
    row = cell(value, form)
    assert (row.cells, row.faults, row.number) == ({"X": text}, {}, 2)


@pytest.mark.parametrize(
    ("serial", "text"), [(0, "1904-01-01"), (60, "1904-03-01"), (44081, "2024-09-08")]
)
def test_days_may_be_counted_from_1904(serial: int, text: str) -> None:
    assert cell(serial, "yyyy-mm-dd", since_1904=True).cells == {"X": text}


@pytest.mark.parametrize(
    ("value", "form", "text", "said"),
    [
        (60, "yyyy-mm-dd", "60", "29 February 1900, which did not exist"),
        (0, "yyyy-mm-dd", "0", "is not a date"),
        (-1, "yyyy-mm-dd", "-1", "is not a date"),
        (5e9, "yyyy-mm-dd", "5000000000", "is not a date"),
        ("#N/A", None, "#N/A", '"#N/A" is a spreadsheet error, not a value'),
        ("#REF!", None, "#REF!", "is a spreadsheet error, not a value"),
        ("=1+1", None, "=1+1", '"=1+1" is a formula without a stored result; open the file'),
    ],
)
def test_a_cell_without_a_value_is_a_fault(
    value: Any, form: str | None, text: str, said: str
) -> None:
    row = cell(value, form)
    assert row.cells == {"X": text}
    assert said in row.faults["X"]


def test_numbers_have_the_decimal_mark_of_the_mapping() -> None:
    assert cell(1.5, decimal=",").cells == {"X": "1,5"}
    assert cell(0.125, "0.0%", decimal=",").cells == {"X": "12,5%"}
    assert cell("1.5", decimal=",").cells == {"X": "1.5"}


def test_a_formula_gives_its_stored_result() -> None:
    xml = (
        '<row><c><f>1+1</f><v>2</v></c><c t="str"><f>A1</f><v>x</v></c></row>'
        '<row><c t="str"><f>A1</f><v></v></c><c t="b"><f>TRUE()</f><v>1</v></c></row>'
        '<row><c><f>1+1</f></c><c s="1"><f>TODAY()</f><v>45543</v></c></row>'
        '<row><c t="e"><f>1/0</f><v>#DIV/0!</v></c>'
        '<c t="d" s="1"><v>2024-09-08T00:00:00</v></c></row>'
    )
    _, rows = table(packed(sheet=data(HEADER + xml)))
    assert [row.cells for row in rows] == [
        {"A": "2", "B": "x"},
        {"A": "", "B": "true"},
        {"A": "=1+1", "B": "2024-09-08"},
        {"A": "#DIV/0!", "B": "2024-09-08"},
    ]
    assert [list(row.faults) for row in rows] == [[], [], ["A"], ["A"]]


def test_texts_in_runs_are_joined_without_their_pronunciation() -> None:
    rich = "<r><t>Tu</t></r><r><t xml:space='preserve'>l </t></r><r><t>x</t></r>"
    sound = "<rPh sb='0' eb='1'><t>sound</t></rPh>"
    xml = f'<row><c t="inlineStr"><is>{rich}{sound}</is></c><c t="s"><v>2</v></c></row>'
    texts = f'<sst xmlns="{MAIN}"><si><t>A</t></si><si><t>B</t></si><si>{rich}{sound}</si></sst>'
    assert cells(packed(sheet=data(HEADER + xml), texts=texts)) == [{"A": "Tul x", "B": "Tul x"}]


@pytest.mark.parametrize(
    ("written", "text"),
    [("_x0041_", "A"), ("_x005F_x0041_", "_x0041_"), ("a_x", "a_x"), ("_xD800_", "_xD800_")],
)
def test_escaped_characters_are_read(written: str, text: str) -> None:
    xml = f'<row><c t="inlineStr"><is><t>{written}</t></is></c></row>'
    assert cells(packed(sheet=data(HEADER + xml)))[0]["A"] == text


def test_other_writers_leave_out_addresses_or_use_prefixes() -> None:
    xml = data(f'{HEADER}<row r="4"><c t="s"><v>0</v></c><c><v>1</v></c></row>')
    names = ("worksheet", "sheetData", "row", "c", "v")
    for name in names:
        xml = xml.replace(f"<{name}>", f"<x:{name}>").replace(f"<{name} ", f"<x:{name} ")
        xml = xml.replace(f"</{name}>", f"</x:{name}>")
    xml = xml.replace("xmlns=", "xmlns:x=")
    assert table(packed(sheet=xml)) == (("A", "B"), [SheetRow(4, {"A": "A", "B": "1"})])


# Headers.


def test_the_header_may_be_below_a_title() -> None:
    rows = [["A title"], [], ["When", "What"], ["2024-09-08", "x"]]
    assert table(workbook(rows), header_row=3) == (
        ("When", "What"),
        [SheetRow(4, {"When": "2024-09-08", "What": "x"})],
    )
    with open_sheet(io.BytesIO(workbook(rows)), mapping({"When": {"field": "time"}})) as sheet:
        assert sheet.hint == "row 3 seems to be the header; write header_row = 3 in the mapping"


def test_two_rows_may_make_up_the_names() -> None:
    rows = [["Date", "Losses", None, None], [None, "killed", "hurt", "Note"], [1, 2, 3, 4, 5]]
    names, found = table(workbook(rows), header_row=1, header_rows=2)
    assert names == ("Date", "Losses / killed", "Losses / hurt", "Losses / Note")
    assert list(found[0].cells.items())[3:] == [("Losses / Note", "4"), ("column 5", "5")]


def test_columns_with_one_name_are_numbered() -> None:
    rows = [["When", "Source", None, "Source"], ["2024-09-08", "a", "b", "c"]]
    names, _ = table(workbook(rows))
    assert names == ("When", "Source (1)", "column 3", "Source (2)")
    columns = {"When": {"field": "time"}, "Source": {"field": "note"}}
    _, problems = read(workbook(rows), columns)
    assert [it.reason for it in problems] == [
        '2 columns have the name "Source"; in the mapping, call them "Source (1)" and "Source (2)"'
    ]
    records, problems = read(
        workbook(rows), {**columns, "Source": None, "Source (2)": columns["Source"]}
    )
    assert records[0].note == "c"
    assert records[0].extensions["x.example"] == {"Source (1)": "a", "column 3": "b"}
    assert not problems


def test_one_sheet_is_chosen_by_name_or_number() -> None:
    book = openpyxl.Workbook()
    for name in ("Incidents", "Lists"):
        book.create_sheet(name).append([name])
    book["Lists"].sheet_state = "hidden"
    given = saved(book)
    assert table(given, sheet="Lists")[0] == ("Lists",)
    assert table(given, sheet=2)[0] == ("Incidents",)
    for chosen, said in {
        None: 'the workbook has 3 sheets ("Sheet", "Incidents", "Lists"); write sheet = "Sheet"',
        "incidents": 'has no sheet "incidents"; did you mean "Incidents"?',
        "Other": 'has no sheet "Other"; its sheets are "Sheet", "Incidents", "Lists"',
        4: "has no sheet number 4",
        1: "the sheet is empty",
    }.items():
        with pytest.raises(NoSheetError, match="sheet") as caught:
            table(given, sheet=chosen)
        assert said in caught.value.reason


# Merged cells.


def merge(*areas: str) -> Callable[[Worksheet], object]:
    return lambda sheet: [sheet.merge_cells(area) for area in areas]


def test_merged_cells_are_neither_filled_nor_lost() -> None:
    rows = [["A", "B", "C"], ["x", 1, "y"], ["", 2, ""], ["", 3, "z"], ["", 4, "z"]]
    given = workbook(rows, merge("A2:A4", "B5:C5"))
    _, found = table(given)
    assert [row.cells["A"] for row in found] == ["x", "", "", ""]
    assert [sorted(row.faults) for row in found] == [[], ["A"], ["A"], ["C"]]
    assert 'merged with A2, and only A2 has the value "x"' in found[1].faults["A"]
    repeated = cells(given, merged="repeat")
    assert [row["A"] for row in repeated] == ["x", "x", "x", ""]
    assert repeated[3]["C"] == "4"


# OpenDocument spreadsheets.

ODF = "urn:oasis:names:tc:opendocument:xmlns"
STYLES = (
    '<number:date-style style:name="N1"><number:day/><number:month/><number:year/>'
    "</number:date-style>"
    '<number:date-style style:name="N2"><number:month/><number:year/></number:date-style>'
    '<number:date-style style:name="N3"><number:day/><number:month/><number:year/><number:hours/>'
    "<number:minutes/></number:date-style>"
    '<number:time-style style:name="N4"><number:hours/><number:minutes/></number:time-style>'
    '<style:style style:name="day" style:data-style-name="N1"/>'
    '<style:style style:name="month" style:data-style-name="N2"/>'
    '<style:style style:name="minute" style:data-style-name="N3"/>'
    '<style:style style:name="clock" style:data-style-name="N4"/>'
)
ODS_TYPE = "application/vnd.oasis.opendocument.spreadsheet"


def content(*tables: str) -> str:
    spaces = "".join(
        f' xmlns:{name}="{ODF}:{long}:1.0"'
        for name, long in {
            "office": "office", "table": "table", "text": "text", "style": "style",
            "number": "datastyle", "calcext": "calcext", "draw": "drawing",
        }.items()
    )  # fmt: skip
    sheets = "".join(
        f'<table:table table:name="T{at}">{it}</table:table>' for at, it in enumerate(tables, 1)
    )
    return (
        f"<office:document-content{spaces}><office:automatic-styles>{STYLES}"
        f"</office:automatic-styles><office:body><office:spreadsheet>{sheets}"
        "</office:spreadsheet></office:body></office:document-content>"
    )


def open_document(*tables: str, **parts: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("mimetype", parts.get("mimetype", ODS_TYPE))
        archive.writestr("META-INF/manifest.xml", parts.get("manifest", "<manifest/>"))
        archive.writestr("content.xml", parts.get("content", content(*tables)))
    return stream.getvalue()


def ods_cell(kind: str = "string", text: str = "", /, **attributes: str) -> str:
    own = "".join(
        f' {name.replace("__", ":").replace("_", "-")}="{it}"' for name, it in attributes.items()
    )
    tag = f'table:table-cell office:value-type="{kind}"{own}'
    return f"<{tag}><text:p>{text}</text:p></table:table-cell>"


def ods_row(*found: str, **attributes: str) -> str:
    own = "".join(
        f' {name.replace("__", ":").replace("_", "-")}="{it}"' for name, it in attributes.items()
    )
    return f"<table:table-row{own}>{''.join(found)}</table:table-row>"


NAME = ods_row(ods_cell("string", "X"))


@pytest.mark.parametrize(
    ("xml", "text"),
    [
        (ods_cell("float", "3,00", office__value="3"), "3"),
        (ods_cell("float", "0,3", office__value="0.30000000000000004"), "0.3"),
        (ods_cell("currency", "3 EUR", office__value="3.5"), "3.5"),
        (ods_cell("percentage", "25 %", office__value="0.25"), "25%"),
        (ods_cell("percentage", "?", office__value="?"), "?"),
        (ods_cell("boolean", "WAHR", office__boolean_value="true"), "true"),
        (
            ods_cell("string", " a<text:s text:c='2'/>b<text:tab/><text:span>c</text:span> "),
            "a  b\tc",
        ),
        (ods_cell("string", "a</text:p><text:p>b<text:line-break/>c"), "a\nb\nc"),
        (ods_cell("string", "x", office__string_value="y"), "y"),
        (
            ods_cell("string", "<office:annotation><text:p>no</text:p></office:annotation>yes"),
            "yes",
        ),
        (
            ods_cell("date", "8.9.24", office__date_value="2024-09-08", table__style_name="day"),
            "2024-09-08",
        ),
        (
            ods_cell("date", "8.9.24", office__date_value="2024-09-08", table__style_name="other"),
            "2024-09-08",
        ),
        (
            ods_cell("date", "9.24", office__date_value="2024-09-01", table__style_name="month"),
            "2024-09",
        ),
        (
            ods_cell(
                "date", "", office__date_value="2024-09-08T02:25:00", table__style_name="minute"
            ),
            "2024-09-08T02:25",
        ),
        (ods_cell("date", "", office__date_value="2024-09-08T02:25:00"), "2024-09-08T02:25:00"),
        (
            ods_cell("date", "", office__date_value="2024-09-08T02:25:17.5"),
            "2024-09-08T02:25:17.500",
        ),
        (
            ods_cell("time", "", office__time_value="PT02H25M00S", table__style_name="clock"),
            "02:25",
        ),
        (
            ods_cell("time", "", office__time_value="PT30H25M17S", table__style_name="clock"),
            "30:25:17",
        ),
        (ods_cell("time", "", office__time_value="P1D"), "P1D"),
        (ods_cell("time", "", office__time_value="PTxH"), "PTxH"),
        (ods_cell("time", "", office__time_value="PT1e9999H"), "PT1e9999H"),
        (ods_cell("time", "", office__time_value="PT02H25M17.500000000S"), "02:25:17.500"),
        (ods_cell("float", "2", office__value="2", table__formula="of:=1+1"), "2"),
    ],
)
def test_a_cell_of_an_open_document_becomes_text(xml: str, text: str) -> None:
    rows = table(open_document(NAME + ods_row(xml)))[1]
    assert rows == [SheetRow(2, {"X": text})]


STORED = st.one_of(
    st.text(max_size=8),
    st.text("0123456789.,-+eE", max_size=8),
    st.sampled_from(["NaN", "-Infinity", "sNaN", "9" * 5_000, "1e999999", "-1e-999999999"]),
)


@given(STORED, st.sampled_from("HMS"), st.sampled_from([None, ","]))
@example("x", "H", None)
def test_any_stored_value_is_a_text_or_unfit(stored: str, letter: str, mark: str | None) -> None:
    assert isinstance(number_text(stored, mark), str)
    assert isinstance(percent_text(stored, mark), str)
    for code in ("0%", "[h]:mm", "h:mm:ss", "yyyy-mm-dd", "mmm yy", "yyyy"):
        form = shown_by(code)
        assert form is not None
        assert isinstance(iso_text(stored, form.parts), str)
        assert isinstance(duration_text(f"PT{stored}{letter}", form.parts), str)
        with suppress(UnfitError):
            assert isinstance(serial_text(stored, form, is_1904=letter == "H"), str)


@pytest.mark.parametrize(
    ("xml", "text", "said"),
    [
        (
            ods_cell("string", "#N/A", calcext__value_type="error"),
            "#N/A",
            "is a spreadsheet error",
        ),
        (
            ods_cell("float", "Err:502", office__value="0", table__formula="of:=1"),
            "Err:502",
            "is a spreadsheet error",
        ),
        ('<table:table-cell table:formula="of:=[.A1]"/>', "=[.A1]", "without a stored result"),
    ],
)
def test_a_cell_of_an_open_document_without_a_value_is_a_fault(
    xml: str, text: str, said: str
) -> None:
    row = table(open_document(NAME + ods_row(xml)))[1][0]
    assert row.cells == {"X": text}
    assert said in row.faults["X"]


def test_a_date_has_the_style_of_its_column_or_row() -> None:
    columns = (
        '<table:table-column table:number-columns-repeated="2"/>'
        '<table:table-column table:default-cell-style-name="month"/>'
    )
    day = ods_cell("date", "", office__date_value="2024-09-01")
    names = ods_row(*(ods_cell("string", name) for name in "ABCD"))
    given = (
        columns + names + ods_row(day * 4) + ods_row(day, table__default_cell_style_name="month")
    )
    assert cells(open_document(given)) == [
        {"A": "2024-09-01", "B": "2024-09-01", "C": "2024-09", "D": "2024-09"},
        {"A": "2024-09", "B": "", "C": "", "D": ""},
    ]


def test_repeated_cells_and_rows_are_read_as_often_as_they_are_there() -> None:
    two = ods_cell("string", "a", table__number_columns_repeated="2")
    given = (
        ods_row(ods_cell("string", "A"), ods_cell("string", "B"), ods_cell("string", "C"))
        + ods_row("<table:table-cell/>", table__number_rows_repeated="1000")
        + ods_row("<table:table-cell/>", two, table__number_rows_repeated="2")
        + ods_row(ods_cell("string", "z"))
        + ods_row(
            '<table:table-cell table:number-columns-repeated="16384"/>',
            table__number_rows_repeated="1047572",
        )
    )
    assert [
        (row.number, "".join(row.cells.values())) for row in table(open_document(given))[1]
    ] == [
        (1002, "aa"),
        (1003, "aa"),
        (1004, "z"),
    ]


def test_merged_cells_of_an_open_document_are_faults() -> None:
    first = ods_cell("string", "x", table__number_rows_spanned="2")
    other = ods_cell("string", "y")
    names = ods_row(ods_cell("string", "A"), ods_cell("string", "B"))
    given = open_document(
        names + ods_row(first, other) + ods_row("<table:covered-table-cell/>", other)
    )
    assert "merged with A2" in table(given)[1][1].faults["A"]
    assert cells(given, merged="repeat")[1] == {"A": "x", "B": "y"}


def test_a_text_may_have_many_formatted_parts() -> None:
    given = ods_row(ods_cell("string", "<text:span>a</text:span>" * 150))
    assert cells(open_document(NAME + given)) == [{"X": "a" * 150}]


def test_a_table_in_a_cell_is_not_a_sheet() -> None:
    inner = f"<table:table-cell><table:table>{NAME}</table:table></table:table-cell>"
    given = open_document(
        NAME + ods_row(ods_cell("string", "1"), inner), ods_row(ods_cell("string", "Y"))
    )
    assert table(given, sheet="T1")[1] == [SheetRow(2, {"X": "1"})]
    assert table(given, sheet=2)[0] == ("Y",)


# Records.


def mapping(columns: dict[str, Any], **keys: Any) -> SheetMapping:
    tables: dict[str, Any] = {
        "record": "incursion",
        "id": "{row}",
        "keep": "x.example",
        "source": {"id": "x", "kind": "dataset", "publisher": "X", "language": "en"},
        "constants": {"state": "PL"},
        "columns": {name: it for name, it in columns.items() if it is not None},
    }
    return SheetMapping.of({name: it for name, it in (tables | keys).items() if it is not None})


def read(given: bytes, columns: dict[str, Any], **keys: Any) -> tuple[list[Any], list[FeedError]]:
    """The records of a file without the tracker itself, and the problems."""
    problems: list[FeedError] = []
    how = mapping(columns, **keys)
    records = list(read_sheet(io.BytesIO(given), how, on_problem=problems.append))
    return records[1:], problems


COLUMNS = {"When": {"field": "time"}, "Note": {"field": "note"}, "Seen": {"skip": True}}


def test_a_fault_of_a_cell_is_a_problem_of_the_row() -> None:
    rows = [
        ["When", "Note", "Seen", "Other"],
        [dt.date(2024, 9, 8), "=1+1", "=1+1", "=2+2"],
        ["#N/A", "x", "#N/A", "#N/A"],
        [dt.date(2024, 9, 9), "n/a", 1, "#N/A"],
    ]
    records, problems = read(workbook(rows), COLUMNS, unknown=["#n/a"])
    assert [record.id for record in records] == ["2", "4"]
    assert records[0].time.value == "2024-09-08"
    assert records[0].note is None
    assert records[0].extensions["x.example"] == {"Note": "=1+1", "Other": "=2+2"}
    assert [(it.place, it.cells) for it in problems if isinstance(it, RowError)] == [
        ("row 2, column Note", {"Note": "=1+1"}),
        ("row 2, column Other", {"Other": "=2+2"}),
        ("row 3", {"When": "#N/A", "Note": "x", "Seen": "#N/A", "Other": "#N/A"}),
    ]


def test_no_constant_stands_for_a_merged_cell() -> None:
    rows = [["When", "Where"], ["2024-09-08", "Latvia"], ["2024-09-09", None]]
    columns = {"When": {"field": "time"}, "Where": {"field": "state"}}
    records, problems = read(workbook(rows, merge("B2:B3")), columns)
    assert [record.state for record in records] == ["LV"]
    assert [it.place for it in problems if isinstance(it, RowError)] == ["row 3, column Where"]
    records, problems = read(workbook(rows, merge("B2:B3")), columns, merged="repeat")
    assert [record.state for record in records] == ["LV", "LV"]
    assert not problems


def test_a_cell_below_no_name_is_reported_unless_it_is_kept() -> None:
    given = workbook([["When"], ["2024-09-08"], ["2024-09-09", None, "x"]])
    records, problems = read(given, {"When": {"field": "time"}})
    assert records[1].extensions == {"x.example": {"column 3": "x"}}
    assert not problems
    records, problems = read(given, {"When": {"field": "time"}}, keep=None)
    assert len(records) == 2
    assert [(it.place, it.cells) for it in problems if isinstance(it, RowError)] == [
        ("row 3, column column 3", {"column 3": "x"})
    ]


# Files that are not as they should be.

BOMB = data(HEADER + "<row/>" * 1000)


def damaged(given: bytes) -> bytes:
    """A workbook with other bytes in the middle of its sheet."""
    at = given.index(b"xl/worksheets/s.xml") + 60
    return given[:at] + b"\xff" * 20 + given[at + 20 :]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (workbook(), "the sheet is empty"),
        (workbook([["When"], ["2024-09-08"]])[:-40], "damaged or incomplete"),
        (workbook([["When"], ["2024-09-08"]])[:400], "damaged or incomplete"),
        (b"PK\x03\x04", "damaged or incomplete"),
        (b"PK\x05\x06" + bytes(18), "ZIP archive, but not a workbook"),
        (packed(**{"xl/_rels/workbook.xml.rels": "<a/>"}), "the workbook has no sheets"),
        (damaged(packed(sheet=BOMB)), '"xl/worksheets/s.xml" cannot be unpacked'),
        (packed(sheet=data(HEADER)[:-9]), "is not valid XML"),
        (packed(sheet="<!DOCTYPE a [<!ENTITY b 'c'>]>" + data("")), "document type definition"),
        (packed(sheet="<a>" * 200), "nested too deeply"),
        (packed(sheet=data('<row r="0"/>')), "0 is not a valid row number after row 0"),
        (packed(sheet=data('<row r="1048577"/>')), "1048577 is not a valid row number after row"),
        (
            packed(sheet=data('<row r="5"/><row r="5"/>')),
            "5 is not a valid row number after row 5",
        ),
        (packed(sheet=data('<row><c r="B1"/><c r="A1"/></row>')), "row 1 are not in order"),
        (packed(sheet=data("<row>" + "<c/>" * 16_385 + "</row>")), "row 1 are not in order"),
        (
            packed(sheet=data(f"<row><c><v>{'1' * 10**7}</v></c></row>")),
            "longer than a cell can hold",
        ),
        (
            packed(sheet=data(HEADER), texts=f"<sst><si>{'<t>123</t>' * 400_000}</si></sst>"),
            "longer than a cell can hold",
        ),
        (packed(sheet=data('<row r="x"/>')), '"x" is not a whole number'),
        (packed(sheet=data('<row><c r="XFE1"/></row>')), '"XFE" is not a valid column'),
        (packed(sheet=data('<row><c t="s"><v>9</v></c></row>')), "no shared string 9"),
        (packed(sheet=data(f'<row x="{"1" * 2**21}"/>')), "a tag in the part"),
        (packed(texts="<sst"), "is not valid XML"),
        (packed(book=f'<workbook xmlns="{MAIN}"/>'), "the workbook has no sheets"),
        (packed(sheet=data("<row/>" * 99)), "the sheet is empty"),
        (workbook([range(16_384)]), "the header has 16384 columns, but at most 2000"),
        (b"\xd0\xcf\x11\xe0" + bytes(600), "old Excel workbook (XLS); save it as XLSX"),
        (
            b"\xd0\xcf\x11\xe0" + bytes(70_000) + "EncryptedPackage".encode("utf-16-le"),
            "protected by a password",
        ),
        (open_document(""), "the sheet is empty"),
        (open_document(mimetype="application/epub+zip"), "ZIP archive, but not a workbook"),
        (open_document(manifest="<encryption-data/>"), "protected by a password"),
        (open_document(content="<a"), "is not valid XML"),
        (
            open_document(ods_row(ods_cell(table__number_columns_repeated="x"))),
            "not a whole number",
        ),
        (
            open_document(
                ods_row(ods_cell("string", "x", table__number_columns_repeated="99999"))
            ),
            "more than 2000 columns",
        ),
        (
            open_document(ods_row(ods_cell("string", "x"), table__number_rows_repeated="9999999")),
            "more than 1048576 rows",
        ),
        (
            open_document(ods_row(ods_cell("string", "<text:s text:c='1000'/>" * 1_049))),
            "longer than a cell can hold",
        ),
        (
            open_document(
                ods_row(ods_cell("string", "</text:p><text:p>".join(["x" * 999] * 1_100)))
            ),
            "longer than a cell can hold",
        ),
        (gzip.compress(workbook([["When"]]))[:-4], "gzip data is incomplete"),
        (gzip.compress(workbook([["When"]]))[:-8] + bytes(8), "gzip data is damaged"),
    ],
)
def test_a_workbook_that_cannot_be_read_says_why_once(given: bytes, said: str) -> None:
    records, problems = read(given, {"When": {"field": "time"}})
    assert not records
    assert len(problems) == 1
    assert said in str(problems[0])
    assert str(problems[0]).isprintable()
