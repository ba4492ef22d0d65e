"""Reading JSON as a sheet: lists of objects, lists within an object, and JSON Lines."""

from __future__ import annotations

import csv
import gzip
import io
import json
from typing import Any

import pytest

from airspace_events.errors import FeedError, RowError
from airspace_events.formats.spreadsheets.keys import FileKeys
from airspace_events.formats.spreadsheets.mapping import SheetMapping
from airspace_events.formats.spreadsheets.opening import open_sheet
from airspace_events.formats.spreadsheets.reading import read_sheet
from airspace_events.formats.spreadsheets.sheet import NoSheetError

DAY = {"When": {"field": "time"}}


def mapping(columns: dict[str, Any], **keys: Any) -> SheetMapping:
    tables: dict[str, Any] = {
        "record": "incursion",
        "id": "{row}",
        "keep": "x.example",
        "source": {"id": "x", "kind": "dataset", "publisher": "X", "language": "en"},
        "constants": {"state": "PL", "crossing": "reported"},
        "columns": columns,
    }
    return SheetMapping.of({name: it for name, it in (tables | keys).items() if it is not None})


def read(
    data: bytes | str, columns: dict[str, Any] = DAY, **keys: Any
) -> tuple[list[Any], list[FeedError]]:
    """The records of a file without the tracker itself, and the problems."""
    problems: list[FeedError] = []
    stream = io.BytesIO(data if isinstance(data, bytes) else data.encode())
    records = list(read_sheet(stream, mapping(columns, **keys), on_problem=problems.append))
    return records[1:], problems


def cells(value: Any, **keys: Any) -> list[dict[str, str]]:
    """The filled cells of the rows in a file."""
    text = value if isinstance(value, str) else json.dumps(value)
    with open_sheet(io.BytesIO(text.encode()), FileKeys(**keys)) as sheet:
        return [{name: it for name, it in row.cells.items() if it} for row in sheet.rows]


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ({"a": {"b": "x"}, "c": [{"d": "y"}, "z"]}, {"a.b": "x", "c.0.d": "y", "c.1": "z"}),
        (
            {"a": 1, "b": 1.5, "c": True, "d": False},
            {"a": "1", "b": "1.5", "c": "true", "d": "false"},
        ),
        ({"a": None, "b": "", "c": [], "d": {}, "e": " x "}, {"e": "x"}),
        ({"a.b": "x", "c\\": {"d": "y"}}, {"a\\.b": "x", "c\\\\.d": "y"}),
        ({"": "x", "a": {"": "y"}}, {"unnamed": "x", "a.unnamed": "y"}),
        ({" a  b ": "x"}, {"a b": "x"}),
    ],
)
def test_the_values_of_an_object_are_cells(value: Any, found: dict[str, str]) -> None:
    assert cells([value]) == [found]


@pytest.mark.parametrize(
    ("number", "text"),
    [
        ("3.0", "3"),
        ("0.30000000000000004", "0.3"),
        ("12345678901234567890", "12345678901234567890"),
        ("1e3", "1000"),
        ("-0.5", "-0.5"),
        ("1E400", "1E400"),
    ],
)
def test_a_number_is_written_as_people_write_it(number: str, text: str) -> None:
    assert cells(f'[{{"a": {number}}}]') == [{"a": text}]


def test_numbers_have_the_decimal_mark_of_the_mapping() -> None:
    assert cells([{"a": 1.5, "b": "1.5"}], decimal=",") == [{"a": "1,5", "b": "1.5"}]


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ('[{"a": 1}, {"a": 2, "b": 3}]', {}),
        ('\ufeff \n\n[\n{"a": 1},\n{"a": 2, "b": 3}\n]\n', {}),
        ('{"a": 1}\n\n{"a": 2, "b": 3}', {}),
        ('{"n": [[1]], "x": {"y": [{"a": 1}, {"a": 2, "b": 3}]}, "z": 1}', {"rows": "x.y"}),
        ('{"x.y": [{"a": 1}, {"a": 2, "b": 3}]}', {"rows": "x\\.y"}),
    ],
)
def test_the_rows_are_a_list_or_lines(text: str, keys: dict[str, Any]) -> None:
    assert cells(text, **keys) == [{"a": "1"}, {"a": "2", "b": "3"}]


def test_a_row_has_the_number_of_its_object_and_its_line() -> None:
    text = '[{"When": "2024-09-08"},\n {"When": "soon"}, 3,\n {"When": "2024-09-09"}]'
    records, problems = read(text)
    assert [record.id for record in records] == ["1", "4"]
    assert [(it.line, it.place, it.cells) for it in problems if isinstance(it, RowError)] == [
        (2, "row 2, column When", {"When": "soon"}),
        (2, "row 3", {"": "3"}),
    ]


def test_values_that_the_mapping_does_not_name_are_kept_or_reported() -> None:
    text = '[{"When": "2024-09-08", "tags": ["x", "y"]}, {"When": "2024-09-09", "n": {"m": 1}}]'
    records, problems = read(text)
    assert [it.extensions["x.example"] for it in records] == [
        {"tags.0": "x", "tags.1": "y"},
        {"n.m": "1"},
    ]
    assert not problems
    _, problems = read(text, keep=None)
    assert [(it.place, it.reason[:35]) for it in problems] == [
        (f"column {name}", f'the cells of the column "{name}" are i'[:35])
        for name in ("tags.0", "tags.1", "n.m")
    ]


def test_a_list_may_be_one_cell_with_several_values() -> None:
    columns = {**DAY, "from": {"field": "entered_from", "split": ";"}}
    text = json.dumps(
        [
            {"When": "2024-09-08", "from": ["UA", "BY"]},
            {"When": "2024-09-09", "from": ["UA;BY"]},
            {"When": "2024-09-10", "from": "UA;BY"},
        ]
    )
    records, problems = read(text, columns)
    assert [record.entered_from for record in records] == [("UA", "BY"), (), ("UA", "BY")]
    assert [it.reason for it in problems] == ['an item of the list contains the separator ";"']


def test_a_path_to_a_value_fills_a_field() -> None:
    columns = {**DAY, "place.country": {"field": "state"}, "links.0.url": {"field": "note"}}
    text = (
        '{"data": {"items": [{"When": "2024-09-08", "place": {"country": "Latvia"}, '
        '"links": [{"url": "u"}]}]}}'
    )
    records, problems = read(text, columns, rows="data.items")
    assert [(it.state, it.note) for it in records] == [("LV", "u")]
    assert not problems


def test_an_object_with_a_list_is_a_row_if_the_mapping_knows_its_keys() -> None:
    records, problems = read('{"When": "2024-09-08", "links": [{"url": "u"}]}')
    assert records[0].extensions == {"x.example": {"links.0.url": "u"}}
    assert not problems


def test_a_broken_line_hides_no_other() -> None:
    text = '{"When": "2024-09-08"}\n{"When": 1\n{"When": "2024-09-09"}\n{"When": "2024-09-10"'
    records, problems = read(text)
    assert [record.id for record in records] == ["1", "3"]
    assert [(it.line, it.place) for it in problems if isinstance(it, RowError)] == [
        (3, "row 2"),
        (4, "row 4"),
    ]


@pytest.mark.parametrize("member", [r'"x": "\ud800"', r'"\ud800": 1', r'"x": ["y", "\udfff"]'])
def test_an_unpaired_surrogate_is_a_fault_of_its_row(member: str) -> None:
    bad = f'{{"When": "2024-09-08", {member}}}'
    records, problems = read(f'{bad}\n{{"When": "2024-09-08", "x": "\\ud83d\\ude00"}}')
    assert [record.extensions["x.example"]["x"] for record in records] == ["\U0001f600"]
    assert [it.cells for it in problems if isinstance(it, RowError)] == [{"": bad}]
    assert "unpaired surrogate" in str(problems[0])


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ('{"When" 1, "x": 2}\n', '{"When" 1, "x": 2}'),
        ('{"When": 1\n', '{"When": 1'),
        ('{"When": 1,\n "x": NaN,\n "y": 2}\n', '{"When": 1,'),
        ('{"When": \udcff\udcfe}\n', '{"When": \\xff\\xfe}'),
        ("[" * 20_000 + "\n", "[" * 20_000),
    ],
)
def test_the_text_of_a_broken_line_is_kept(text: str, kept: str) -> None:
    row = '{"When": "2024-09-08"}\n'
    data = f"{row}{text}{row}".encode(errors="surrogateescape")
    rejects, problems = io.BytesIO(), list[FeedError]()
    records = read_sheet(
        io.BytesIO(data), mapping(DAY), on_problem=problems.append, rejects=rejects
    )
    assert [record.id for record in records][1:] == ["1", "3"]
    assert [it.cells for it in problems if isinstance(it, RowError)] == [{"": kept}]
    _, rejected = csv.reader(rejects.getvalue().decode().splitlines())
    assert rejected[0] == kept


@pytest.mark.parametrize(
    ("data", "line", "said"),
    [
        ("[]", 1, "the list has no objects"),
        ('[{"When": "2024-09-08"}, {"When": ', 1, "its end is missing"),
        ('[{"When": "2024-09-08"}, {"When": NaN}]', 1, "NaN is not a number; use null"),
        ('[{"When": "2024-09-08"}, {"When": 1,}]', 1, "invalid JSON"),
        (
            '[{"When": "2024-09-08"}, {"When": "2024-09-08", "When": 2}]',
            1,
            'key "When" appears twice',
        ),
        (
            '[{"When": "2024-09-08"}, {"When": "2024-09-08", " When": 2}]',
            1,
            "two keys result in the same column name",
        ),
        (
            b'[{"When": "2024-09-08"}, {"When": "\xe9"}]',
            1,
            "not valid UTF-8; save the file as UTF-8",
        ),
        ('[{"When": "2024-09-08"}, ' + "[" * 9999 + "]" * 9999 + "]", 1, "nested too deeply"),
        ('[{"When": "2024-09-08"}, {"' + "a" * 2000 + '": {"b": 1}}]', 1, "longer than 1000"),
        ('[{"When": "2024-09-08"}] x', 1, "followed by additional text"),
        ('[{"When": "2024-09-08"}, "x"]', 1, 'must be an object, not "x"'),
        ('[["When"], ["2024-09-08"]]', 1, "each row must be an object, not a list"),
        ('{"meta": 1, "data": [{"When": "2024-09-08"}]}', 1, 'write rows = "data" in the mapping'),
        ('{"da.ta": [{"When": 1}]}', 1, 'write rows = "da\\.ta" in'),
        (json.dumps([{f"k{at}": 1 for at in range(2001)}]), 1, "more than 2000 different keys"),
        ('[{"When": "2024-09-08"}]'.encode("utf-16"), 1, "UTF-16"),
        (gzip.compress(b'[{"When": "2024-09-08"}]', mtime=0)[:-4], 1, "gzip data is incomplete"),
    ],
)
def test_bad_json_is_one_problem(data: bytes | str, line: int, said: str) -> None:
    records, problems = read(data)
    assert len(records) <= 1
    assert problems
    assert said in problems[0].reason
    assert problems[0].line == line
    assert all(str(it).isprintable() for it in problems)


@pytest.mark.parametrize(
    ("text", "rows", "said"),
    [
        ('{"data": [{"a": 1}]}', "dta", 'the object has no key "dta"; did you mean "data"?'),
        ('{"data": [{"a": 1}]}', "other", 'no key "other"; its keys are "data"'),
        ('{"data": [{"a": 1}]}', "data.x", 'the value with "x" must be an object'),
        ('{"data": {"a": 1}}', "data", "must lead to a list"),
        ('{"data": [{"a": 1}]}', "", 'has no key ""'),
        ('{"data": []}', "data", "the list has no objects"),
        ('{"data": [{"a": 1}], "data": []}', "data", 'the key "data" appears twice'),
        ('{"data": [{"a": 1}]', "data", "its end is missing"),
        ("{}", "data", 'the object has no key "data"'),
    ],
)
def test_a_path_that_leads_to_no_list_is_refused(text: str, rows: str, said: str) -> None:
    with pytest.raises(NoSheetError) as caught:
        cells(text, rows=rows)
    assert said in caught.value.reason


def test_rejected_rows_are_read_again_by_the_same_mapping() -> None:
    columns = {**DAY, "place.country": {"field": "state"}}
    how = mapping(columns, rows="data")
    data = '{"data": [{"When": "soon", "place": {"country": "LV"}}, {"When": "2024-09-08"}, 3]}'
    rejects = io.BytesIO()
    read_in = list(
        read_sheet(io.BytesIO(data.encode()), how, on_problem=lambda _: None, rejects=rejects)
    )
    assert [it.id for it in read_in] == ["x", "2"]
    header, first, second = rejects.getvalue().decode().splitlines()
    assert header == "When,place.country,airspace-events: problem"
    assert first.startswith("soon,LV,")
    assert second.startswith("3,")
    again = io.BytesIO(f"{header}\n{first.replace('soon', '2024-09-07')}\n".encode())
    records = list(read_sheet(again, how))
    assert [(it.id, getattr(it, "state", "")) for it in records][1:] == [("2", "LV")]
