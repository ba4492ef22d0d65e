"""Opening a delimited file that somebody else wrote."""

from __future__ import annotations

import csv
import gzip
import io

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from airspace_events.formats.cells import (
    DELIMITERS,
    NoTextError,
    Row,
    layout_of,
    rows_of,
    text_lines,
    text_rows,
)
from airspace_events.phrases.numbers import (
    DecimalMark,
    Numbers,
    UnclearNumberError,
    read_number,
    read_numbers,
    split_unit,
)


def rows(data: bytes, delimiter: str = ",", encoding: str = "utf-8") -> list[Row]:
    with text_lines(io.BytesIO(data), encoding) as lines:
        return list(text_rows(rows_of(lines, delimiter), encoding))


def cells(data: bytes, **how: str) -> list[tuple[str, ...]]:
    return [row.cells for row in rows(data, **how) if not row.fault]


# Rows.


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_end_in_any_way(end: str) -> None:
    found = rows(f'a,b{end}{end}1,"x{end}y"{end}2,z'.encode())
    assert [(row.number, row.line, row.cells) for row in found] == [
        (1, 1, ("a", "b")),
        (2, 2, ()),
        (3, 3, ("1", f"x{end}y")),
        (4, 5, ("2", "z")),
    ]
    assert [row.is_blank for row in found] == [False, True, False, False]


def test_a_byte_order_mark_is_no_part_of_the_first_cell() -> None:
    assert cells(b"\xef\xbb\xbfa,b\n") == [("a", "b")]
    assert cells("a,b\n".encode("utf-16"), encoding="utf-16") == [("a", "b")]


def test_a_gzipped_file_is_read() -> None:
    assert cells(gzip.compress(b"a,b\n", mtime=0)) == [("a", "b")]


def test_an_open_quotation_mark_spoils_its_row_only() -> None:
    found = rows(b'a,b\n1,"open\n2,fine\n3,fine\n')
    assert [row.fault for row in found] == [
        "",
        "a quotation mark is opened in this row but never closed",
        "",
        "",
    ]
    assert [row.cells for row in found][1:] == [('1,"open\n',), ("2", "fine"), ("3", "fine")]
    assert [row.line for row in found] == [1, 2, 3, 4]


def test_a_cell_that_goes_on_behind_its_quotation_mark_spoils_its_row_only() -> None:
    found = rows(b'a,b\n1,"x"y\n2,fine\n')
    assert "write each quotation mark within a cell twice" in found[1].fault
    assert found[2].cells == ("2", "fine")


def test_bytes_in_another_encoding_spoil_their_row_only() -> None:
    found = rows(b"a,b\nConstan\xfea,1\nfine,2\n")
    assert 'encoding = "windows-1252"' in found[1].fault
    assert found[1].cells == ("Constan\\xfea", "1")
    assert found[2].cells == ("fine", "2")


def test_what_cannot_be_cut_says_so_whatever_its_bytes_are() -> None:
    assert rows(b'1,"open\xfe\0\n') == [
        Row(
            1,
            1,
            ('1,"open\\xfe\\x00\n',),
            "a quotation mark is opened in this row but never closed",
        )
    ]


def test_an_encoding_that_is_named_is_used() -> None:
    data = "Kraśnik;żółw\n".encode("windows-1250")
    assert cells(data, delimiter=";", encoding="windows-1250") == [("Kraśnik", "żółw")]
    found = rows(b"a,\x81\n", encoding="windows-1252")
    assert found[0].fault == "the row has bytes that are not valid windows-1252"


def test_a_null_character_spoils_its_row_only() -> None:
    found = rows(b"a,b\n1,\0\n2,fine\n")
    assert "NUL" in found[1].fault
    assert found[1].cells == ("1", "\\x00")
    assert found[2].cells == ("2", "fine")


def test_a_cell_may_be_large_but_not_huge() -> None:
    large = b"x" * 100_000
    assert cells(b"a," + large + b"\n") == [("a", large.decode())]
    found = rows(b"a," + b"x" * 200_000 + b"\n2,fine\n" + b"y" * 3_000_000 + b"\n3,fine\n")
    assert [bool(row.fault) for row in found] == [True, False, True, False]
    assert "longer than" in found[0].fault
    assert "longer than" in found[2].fault
    assert found[-1] == Row(4, 4, ("3", "fine"))


@pytest.mark.parametrize(
    ("start", "said"),
    [
        ("a,b\n".encode("utf-16"), "UTF-16"),
        ("a,b\n".encode("utf-16-le"), "UTF-16"),
        ("a,b\n".encode("utf-16-be"), "UTF-16"),
        (b"PK\x03\x04rest", "workbook"),
        (b"\xd0\xcf\x11\xe0rest", "old Excel workbook"),
    ],
)
def test_another_kind_of_file_is_named(start: bytes, said: str) -> None:
    with pytest.raises(NoTextError, match=said):
        rows(start)


def test_a_file_that_says_it_is_utf_8_is_not_read_as_something_else() -> None:
    with pytest.raises(NoTextError, match="a UTF-8 byte-order mark"):
        rows(b"\xef\xbb\xbfa,b\n", encoding="windows-1252")


@pytest.mark.parametrize(
    ("data", "encoding", "said"),
    [
        (gzip.compress(b"a,b\n" * 1000, mtime=0)[:-12], "utf-8", "its end is missing"),
        (gzip.compress(b"a,b\n" * 1000, mtime=0)[:-8] + bytes(8), "utf-8", "damaged"),
        (b"\xff\xfea\0,", "utf-16", "not in the encoding that the mapping specifies"),
    ],
)
def test_what_ends_the_reading_says_why(data: bytes, encoding: str, said: str) -> None:
    with pytest.raises(NoTextError, match=said):
        rows(data, encoding=encoding)


def test_the_stream_stays_open() -> None:
    stream = io.BytesIO(b"a,b\n")
    with text_lines(stream, "utf-8") as lines:
        list(rows_of(lines, ","))
    assert not stream.closed


def test_a_quotation_mark_in_each_line_takes_no_more_work_than_the_lines() -> None:
    # Each line opens a quotation mark whether or not one is open: an endless row.
    data = b'c","d\n' * 60_000
    with text_lines(io.BytesIO(data), "utf-8") as lines:
        assert all(row.fault for row in rows_of(lines, ","))
        assert lines._reread <= lines._read == len(data)


@given(
    st.lists(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\0")), min_size=2))
)
@example([["a\r", '"'], ["\n", ",;\t|"]])
@pytest.mark.parametrize("delimiter", DELIMITERS)
def test_what_the_csv_module_writes_is_read_the_same(
    delimiter: str, table: list[list[str]]
) -> None:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter).writerows(table)
    written = text.getvalue()
    if written.startswith("\ufeff"):
        return
    assert cells(written.encode(), delimiter=delimiter) == [tuple(row) for row in table]


@given(st.binary(), st.sampled_from(["utf-8", "utf-16", "windows-1252", "koi8-r"]))
@example(b'"', "utf-8")
@example(b"\xff\xfe\x00\xd8", "utf-16")
@example(b"\x1f\x8b", "utf-8")
def test_any_bytes_end_in_rows_or_in_the_one_error(data: bytes, encoding: str) -> None:
    try:
        found = rows(data, encoding=encoding)
    except NoTextError:
        return
    assert [row.number for row in found] == list(range(1, len(found) + 1))
    for row in found:
        "".join(row.cells).encode()


# What stands between cells.


@pytest.mark.parametrize("delimiter", DELIMITERS)
def test_the_delimiter_is_found_by_the_names_of_columns(delimiter: str) -> None:
    data = f"A;title; with,,, many||| marks\n\n\tDate {delimiter}Nr. of  drones{delimiter}x\n"
    with text_lines(io.BytesIO(data.encode()), "utf-8") as lines:
        layout = layout_of(lines, ["Date", "Nr. of drones"], list(DELIMITERS))
        assert (layout.delimiter, layout.row, layout.known, layout.first) == (
            delimiter,
            3,
            2,
            1,
        )
        assert next(lines) == "A;title; with,,, many||| marks\n"


# Numbers.


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("3", Numbers(best=3)),
        ("three", Numbers(best=3)),
        ("3 drones", Numbers(best=3)),
        ("3-5", Numbers(min=3, max=5)),
        ("3 \N{EN DASH} 5", Numbers(min=3, max=5)),
        ("3 to 5", Numbers(min=3, max=5)),
        ("between 3 and 5", Numbers(min=3, max=5)),
        ("three or four", Numbers(min=3, max=4)),
        ("at least 2", Numbers(min=2)),
        ("2+", Numbers(min=2)),
        ("≥ 2", Numbers(min=2)),
        ("2 or more", Numbers(min=2)),
        ("more than 2", Numbers(min=3)),
        ("> 2", Numbers(min=3)),
        ("up to 5", Numbers(max=5)),
        ("<= 5", Numbers(max=5)),
        ("fewer than 5", Numbers(max=4)),
        ("~10", Numbers(roughly=10)),
        ("about ten", Numbers(roughly=10)),
        ("1 200", Numbers(best=1200)),
        ("twenty-five", Numbers(best=25)),
        ("two hundred and five", Numbers(best=205)),
        ("3 thousand", Numbers(best=3000)),
        ("3 dozen", Numbers(roughly=36)),
        ("more than a dozen drones", Numbers(min=13)),
        ("nearly 300", Numbers(roughly=300, max=300)),
        ("just over 300", Numbers(min=301)),
        ("exactly 4", Numbers(best=4)),
        ("as many as 20", Numbers(max=20)),
        ("30 or so", Numbers(roughly=30)),
        ("20-odd", Numbers(roughly=20)),
    ],
)
def test_numbers_are_what_the_words_say(text: str, numbers: Numbers) -> None:
    assert read_numbers(text, None, whole=True) == numbers


@pytest.mark.parametrize(
    "text",
    [
        *("several", "", "3 drones and 2 missiles", "5-3", "2024-09", "x3", "٣", "--3"),
        # A sum, or bounds; 2 or 200; no number that anybody writes.
        *(
            "3 and 5",
            "two to three hundred",
            "two or three dozen",
            "+19",
            "at least +19",
            "twenty twenty",
            "hundred",
            "a",
        ),
    ],
)
def test_what_is_not_understood_gives_no_number(text: str) -> None:
    assert read_numbers(text, None, whole=True) is None


def test_more_than_three_kilometres_need_not_be_four() -> None:
    assert read_numbers("more than 3", None, whole=False) == Numbers(min=3)


@pytest.mark.parametrize("text", ["1.200", "1,200", "1,5", "1.200,5"])
def test_a_mark_of_thousands_or_decimals_is_not_guessed(text: str) -> None:
    with pytest.raises(UnclearNumberError, match="decimal"):
        read_number(text, None)


def test_the_decimal_mark_decides() -> None:
    assert read_number("1.200", ",") == 1200
    assert read_number("1,200", ".") == 1200
    assert read_number("1.200,5", ",") == read_number("1,200.5", ".") == 1200.5
    assert read_number("-3,5", ",") == -3.5
    assert read_number("12.5", None) == 12.5
    assert read_number("44.123", None, grouped=False) is not None
    assert read_number("1,2,3", ".") is read_number("12,34", ".") is read_number("1.", ".") is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("3,5 km", ("3,5", "km")),
        ("300m", ("300", "m")),
        ("FL 300", ("300", "FL")),
        ("5 nautical miles", ("5", "NM")),
        ("12 min.", ("12", "min")),
        ("12 parsecs", ("12 parsecs", None)),
        ("12", ("12", None)),
    ],
)
def test_the_unit_stands_behind_the_number(text: str, found: tuple[str, str | None]) -> None:
    assert split_unit(text) == found


@given(st.text(max_size=80), st.sampled_from([".", ",", None]))
def test_any_text_gives_numbers_or_none(text: str, decimal: DecimalMark | None) -> None:
    try:
        found = read_numbers(text, decimal, whole=True)
    except UnclearNumberError:
        return
    assert found is None or any(number is not None for number in found)
