"""CSV: what is written, what is lost, and what is said of a table that cannot be read.

`REWRITE_GOLDEN=1 pytest tests/test_delimited.py` writes the golden files anew: read what changed.
"""

import csv
import gzip
import io
import json
import os
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import Any

import pandas as pd
import polars as pl
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

import airspace_events as ae
from airspace_events.errors import FeedError, FormatError, UnknownNameError
from airspace_events.feeds.header import FeedHeader
from airspace_events.formats.format import Loss
from airspace_events.formats.tables.definitions import TABLES
from airspace_events.formats.tables.delimited import CSV, read, write
from airspace_events.formats.tables.values import guarded, unguarded
from airspace_events.models.records import RECORD_CLASSES
from airspace_events.testing import strategies as aes
from airspace_events.values.base import to_json
from control_texts import CONTROL_TEXTS
from one_incursion import incursion

GOLDEN = Path(__file__).parent / "data" / "formats"
EXAMPLES = Path(__file__).parents[1] / "docs" / "examples"
READABLE = [name for name, table in TABLES.items() if table.readable]


def written(*records: ae.Record, **options: Any) -> str:
    stream = io.BytesIO()
    write(records, stream, **options)
    return stream.getvalue().decode()


def tell_all(text: str | bytes) -> tuple[list[ae.Record], list[tuple[str, int | None, str]]]:
    """What is read from a table, and what is said of the rest: reason, line, place."""
    told: list[FeedError] = []
    data = text.encode() if isinstance(text, str) else text
    records = list(read(io.BytesIO(data), on_problem=told.append))
    assert all(isinstance(error, FormatError) for error in told)
    return records, [(e.reason, e.line, e.place) for e in told if isinstance(e, FormatError)]


def table_of(rows: Iterable[dict[str, str]], delimiter: str = ",") -> str:
    """A table with the columns that the rows have, which all have the same."""
    stream = io.StringIO()
    rows = list(rows)
    sheet = csv.DictWriter(stream, list(rows[0]), delimiter=delimiter)
    sheet.writeheader()
    sheet.writerows(rows)
    return stream.getvalue()


def row(**cells: str) -> dict[str, str]:
    """The cells of an incursion, in all the columns of its table."""
    blank = dict.fromkeys((column.name for column in TABLES["incursions"].columns), "")
    given_cells = {
        "type": "incursion",
        "id": "lv-2024-09-07",
        "state": "LV",
        "time": "2024-09-07",
        "sources": "unn-lv",
    }
    return blank | given_cells | cells


def without(data: Any, pointers: Iterable[str]) -> Any:
    """Some JSON without its parts at some pointers; the last items of lists go first."""
    paths = [
        [step.replace("~1", "/").replace("~0", "~") for step in p.split("/")[1:]] for p in pointers
    ]
    for *before, last in sorted(paths, key=lambda p: [(s.isdigit(), s.zfill(9)) for s in p])[::-1]:
        node = data
        for step in before:
            node = node[int(step)] if isinstance(node, list) else node[step]
        del node[int(last) if isinstance(node, list) else last]
    return data


# There and back.


@pytest.mark.parametrize("name", READABLE)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_what_is_written_is_read_back_but_for_what_is_lost(name: str, data: st.DataObject) -> None:
    model = RECORD_CLASSES[TABLES[name].types[0]]
    made = aes.values_of(model) | aes.values_of(model, note=CONTROL_TEXTS)
    records = data.draw(st.lists(made, max_size=3, unique_by=lambda one: one.id))
    stream = io.BytesIO()
    losses = write(records, stream, table=name)
    expected = []
    for record in records:
        lost = [loss.pointer for loss in losses if loss.record == record.id]
        if "" not in lost:
            expected.append(without(json.loads(to_json(record)), lost))
    stream.seek(0)
    assert [json.loads(to_json(record)) for record in read(stream)] == expected


@pytest.mark.parametrize("name", TABLES)
def test_a_golden_table_of_the_worked_example(name: str) -> None:
    # What the worked example has none of comes from others, and from the world built in.
    elsewhere = {
        "effects": "munich-2025-10",
        "incursions": "korea-japan-2023-12-14",
        "organizations": "poland-2025-09-10",
        "places": "munich-2025-10",
        "zones": "korea-japan-2023-12-14",
    }
    example = elsewhere.get(name, "bucharest-nine")
    records = list(ae.iter_records(EXAMPLES / f"{example}.jsonl"))
    records += [ae.states.get("RO"), ae.alliances.get("bucharest-nine")]
    text = written(*records, table=name)
    path = GOLDEN / f"{name}.csv"
    if os.environ.get("REWRITE_GOLDEN") == "1":
        path.write_bytes(text.encode())
    assert path.read_bytes().decode() == text
    if TABLES[name].readable:
        _, problems = tell_all(text)
        assert problems == []


LINE = {"type": "LineString", "coordinates": [[27.1, 56.7, 900.0], [28.0, 56.5, 1e-7]]}


@pytest.mark.parametrize(
    ("fields", "lost"),
    [
        ({"objects": [{"note": "n"}, {"category": "missile"}]}, ["/objects/0/note"]),
        (
            {"objects": [{"note": "n"}] * 2, "totals": {"objects": {"roughly": 10}}},
            ["/objects/0/note", "/objects/1/note"],
        ),
        ({"objects": [{"note": "n"}]}, ["/objects"]),
        (
            {
                "objects": [
                    {"category": "light", "checked": {"result": "something_else", "at": "2025"}},
                    {"category": "missile", "nationality": "RU"},
                ]
            },
            ["/objects/0/checked/at"],
        ),
        # Where it happened only a line says, which no reader can do without.
        ({"state": None, "crossing": None, "places": [{"geometry": LINE}]}, []),
        (
            {"state": None, "crossing": None, "places": [{"role": "origin"}, {"name": "here"}]},
            ["/places/0"],
        ),
        # The kind follows from a place that no column holds.
        (
            {"crossing": None, "places": [{"name": "a"}, {"role": "overflown"}]},
            ["/places/1"],
        ),
        (
            {"zones": [{"type": "P", "entry": "suspected"}, {"type": "D", "entry": "reported"}]},
            [],
        ),
    ],
)
def test_what_a_row_does_not_hold_does_not_keep_it_from_being_read(
    fields: dict[str, Any], lost: list[str]
) -> None:
    record = incursion(**fields)
    losses = write([record], io.BytesIO())
    assert [loss.pointer for loss in losses] == lost
    (read_back,), problems = tell_all(written(record))
    assert problems == []
    assert json.loads(to_json(read_back)) == without(json.loads(to_json(record)), lost)


def test_columns_in_another_order_give_the_same() -> None:
    record = incursion(places=[{"name": "here", "geometry": LINE}], objects=[{}, {}])
    (cells,) = csv.DictReader(io.StringIO(written(record)))
    backwards = dict(reversed(cells.items()))
    assert tell_all(table_of([backwards])) == ([record], [])


def test_a_table_can_be_packed() -> None:
    packed = gzip.compress(written(incursion()).encode())
    assert list(read(io.BytesIO(packed))) == [incursion()]


@pytest.mark.parametrize("count", [1, 3, 150])
def test_a_packed_table_that_is_cut_short_gives_the_rows_before(count: int) -> None:
    records = [incursion(id=f"r{number}", note="x" * 500) for number in range(count + 1)]
    packed = gzip.compress(written(*records).encode(), 0)
    found, problems = tell_all(packed[:-100])
    assert found == records[:count]
    assert problems == [
        ("the gzip data is incomplete: its end is missing", count + 2, f"row {count + 2}")
    ]


def test_a_packed_table_that_is_cut_short_in_its_header_is_told_once() -> None:
    packed = gzip.compress(written(incursion()).encode(), 0)
    assert tell_all(packed[:30]) == (
        [],
        [("the gzip data is incomplete: its end is missing", 1, "")],
    )


def test_lines_end_as_in_rfc_4180() -> None:
    text = written(incursion(note="one\ntwo\r\nthree\rfour"))
    header, rest = text.split("\r\n", 1)
    assert header.split(",") == [column.name for column in TABLES["incursions"].columns]
    assert rest.endswith('"one\ntwo\r\nthree\rfour"\r\n')


def test_white_space_at_the_ends_of_a_text_is_quoted() -> None:
    assert ',1," x ",' in written(incursion(title=" x "))


def test_excel_gets_a_byte_order_mark() -> None:
    text = written(incursion(), excel=True)
    assert text == "\ufeff" + written(incursion())
    assert list(read(io.BytesIO(text.encode()))) == [incursion()]


def test_a_table_that_there_is_not() -> None:
    with pytest.raises(UnknownNameError, match="incursions, findings"):
        written(table="events")


def test_options_are_those_of_the_writer() -> None:
    assert set(CSV.options) == {"table", "excel"}
    assert CSV.options["table"].choices == tuple(TABLES)


# What is lost.


def test_losses() -> None:
    finding = ae.Finding(id="f", found={"value": "2024"}, place={"name": "here"})
    source = ae.Source(id="s", kind="other", publisher="p", language="en")
    record = incursion(depth={"best": 3, "unit": "km", "datum": "AGL"})
    losses = write(
        [finding, record, source], io.BytesIO(), header=FeedHeader(schema_version="1.0")
    )
    assert list(losses) == [
        Loss("", "", "a table cannot hold the header of a feed"),
        Loss("f", "", "the table holds only other types of records"),
        Loss("lv-2024-09-07", "/depth/datum", "the table has no column for the value"),
        Loss("s", "", "the table holds only other types of records"),
    ]
    bare = ae.Alliance(id="a", name="A", kind="coalition")
    assert list(write([bare], io.BytesIO(), table="memberships")) == [
        Loss("a", "", "the record has no items for this table")
    ]


# Formulas.

HARMFUL = ["=1+2", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\x00=1", " =1", "\u200b=1", "\uff1d1"]


def begins_a_formula(cell: str) -> bool:
    """Whether a spreadsheet may take a cell for a formula, as OWASP tells it."""
    bare = cell.lstrip(" \t\r\n\x00\u200b\u00a0")
    return bare[:1] in tuple("=+-@\uff1d\uff0b\uff0d\uff20") or cell[:1] in tuple("\t\r\n\x00")


@pytest.mark.parametrize("text", HARMFUL)
@pytest.mark.parametrize("before", ["", "'", "a;", "a\t", "a\n", "';'"])
def test_no_formula_gets_out_of_a_cell(text: str, before: str) -> None:
    record = incursion(title=before + text)
    (sheet,) = csv.DictReader(io.StringIO(written(record), newline=""))
    assert not begins_a_formula(sheet["title"])
    # Nor where semicolons or tabs stand between cells.
    for part in sheet["title"].replace("\t", ";").replace("\n", ";").split(";"):
        assert not part.startswith(tuple("=+-@\uff1d"))
    assert list(read(io.BytesIO(written(record).encode()))) == [record]


def test_a_number_is_no_formula() -> None:
    point = {"type": "Point", "coordinates": [-5.0, -0.25]}
    (sheet,) = csv.DictReader(io.StringIO(written(incursion(places=[{"geometry": point}]))))
    assert (sheet["longitude"], sheet["latitude"]) == ("-5.0", "-0.25")


@given(st.text(st.sampled_from("'=;\n\t a-\u200b\x00\uff1d")) | st.text())
@example("'tis")
def test_a_guard_is_taken_off_again(text: str) -> None:
    assert unguarded(guarded(text)) == text


def test_an_apostrophe_that_guards_nothing_stays() -> None:
    assert guarded("'tis so") == "'tis so"
    assert unguarded("'tis so") == "'tis so"


# Other readers.


def example_records() -> list[ae.Record]:
    records = list(ae.iter_records(EXAMPLES / "poland-2025-09-10.jsonl"))
    tricky = incursion(id="tricky", title='He said "no", twice', note="one\r\ntwo; three\t=4")
    return [*records, tricky]


@pytest.mark.parametrize("name", TABLES)
def test_the_csv_module_reads_it_with_a_dialect_that_it_found_out(name: str) -> None:
    text = written(*example_records(), table=name)
    dialect = csv.Sniffer().sniff(text.split("\r\n", 1)[0])
    assert dialect.delimiter == ","
    names, *rows = csv.reader(io.StringIO(text, newline=""), dialect, doublequote=True)
    table = TABLES[name]
    expected = list(chain.from_iterable(table.rows(record) for record in example_records()))
    assert names == [column.name for column in table.columns]
    assert len(rows) == len(expected)
    for cells, wanted in zip(rows, expected, strict=True):
        for column, cell in zip(table.columns, cells, strict=True):
            value = wanted[column.name]
            if value is None:
                assert cell == ""
            elif isinstance(value, str):
                assert unguarded(cell) == value
            else:
                assert json.loads(cell) == value


@pytest.mark.parametrize("name", ["incursions", "sources", "claims"])
def test_pandas_and_polars_read_it(name: str) -> None:
    text = written(*example_records(), table=name)
    expected = list(chain.from_iterable(TABLES[name].rows(r) for r in example_records()))
    first = pd.read_csv(io.StringIO(text, newline=""), dtype=str, keep_default_na=False)
    second = pl.read_csv(text.encode(), infer_schema=False).fill_null("")
    assert first["id"].tolist() == second["id"].to_list() == [one["id"] for one in expected]
    for column in first.columns:
        assert first[column].tolist() == second[column].to_list()
    if name == "incursions":
        numbers = pl.read_csv(text.encode(), infer_schema_length=None)
        wanted = [one["totals_crossings_best"] for one in expected]
        assert numbers["totals_crossings_best"].to_list() == wanted


# Tables that were touched.


@pytest.mark.parametrize("delimiter", [";", "\t", "|"])
def test_another_delimiter_is_known_by_the_header(delimiter: str) -> None:
    cells = row(sources="a; b", note="x, y")
    (record,), problems = tell_all(table_of([cells], delimiter))
    assert problems == []
    assert isinstance(record, ae.Incursion)
    assert [one.source for one in record.sources] == ["a", "b"]


def test_a_table_of_something_else() -> None:
    records, problems = tell_all("Datum:Land\n2024:LV\n")
    assert records == []
    assert problems == [('no table of this library has the columns "Datum:Land"', 1, "row 1")]


def test_a_table_in_utf_16_is_told_without_a_mapping() -> None:
    told = [("the file is UTF-16; save it as UTF-8", 1, "")]
    assert tell_all(table_of([row()]).encode("utf-16")) == ([], told)


@pytest.mark.parametrize("text", ["", "\n\n", "\ufeff", " \n"])
def test_an_empty_table(text: str) -> None:
    assert tell_all(text) == ([], [("the file has no header row", None, "")])


def test_blank_rows_are_passed_over() -> None:
    text = table_of([row(), row(id="b")])
    header, first, second, _ = text.split("\r\n")
    blank = "," * header.count(",")
    text = f"\ufeff\n\n{header}\n\n{first}\n{blank}\n{second}\n\n{blank}\n"
    records, problems = tell_all(text)
    assert [record.id for record in records] == ["lv-2024-09-07", "b"]
    assert problems == []


def test_a_row_before_the_header_is_told() -> None:
    records, problems = tell_all("Incursions of 2024\n" + table_of([row()]))
    assert len(records) == 1
    assert problems == [("this row is above the header row, so it was skipped", 1, "row 1")]


def test_a_bad_row_hides_no_other() -> None:
    rows = [row(id=f"r{number}") for number in range(9)]
    lines = table_of(rows).encode().split(b"\r\n")
    width = len(TABLES["incursions"].columns)
    lines[1] = b"incursion,r0"
    lines[2] += b",more"
    lines[3] = lines[3].replace(b"2024-09-07", b"last week", 1)
    lines[4] = lines[4].replace(b"unn-lv", b"S\xe3o")
    lines[5] = lines[5].replace(b"LV", b'"LV', 1)
    lines[6] = lines[6].replace(b"LV", b'"L"V', 1)
    lines[7] = lines[7].replace(b"incursion", b"finding", 1)
    records, problems = tell_all(b"\r\n".join(lines))
    assert [record.id for record in records] == ["r7", "r8"]
    assert [(line, place) for _, line, place in problems] == [
        (2, "row 2"),
        (3, "row 3"),
        (4, "row 4, column time"),
        (5, "row 5, column sources"),
        (6, "row 6"),
        (7, "row 7"),
        (8, "row 8, column type"),
    ]
    reasons = [reason for reason, _, _ in problems]
    assert reasons[0] == f"the row has 2 cells but the header has {width}"
    assert reasons[1] == f"the row has {width + 1} cells but the header has {width}"
    assert reasons[2].startswith('"last week" is not a valid time: ')
    assert "UTF-8" in reasons[3]
    assert reasons[4] == reasons[5]
    assert reasons[4].startswith("a quotation mark is never closed, or")
    assert reasons[6] == '"finding" is not a type of record in the table incursions'


@pytest.mark.parametrize(
    ("cells", "reason", "column"),
    [
        ({"revision": "1.5"}, '"1.5" is not a whole number written in digits', "revision"),
        # In some languages this is nineteen thousand.
        ({"totals_crossings_min": "19.000"}, "whole number", "totals_crossings_min"),
        ({"totals_crossings_min": ".0"}, "whole number", "totals_crossings_min"),
        ({"revision": "٣"}, '"٣" is not a whole number written in digits', "revision"),
        ({"totals_crossings_min": "1_000"}, "whole number", "totals_crossings_min"),
        ({"totals_crossings_best": "9" * 10_000}, "whole number", "totals_crossings_best"),
        ({"longitude": "26,1"}, "use a dot as the decimal mark", "longitude"),
        ({"longitude": "1.2.3"}, '"1.2.3" is not a number', "longitude"),
        ({"longitude": "1e999"}, '"1e999" is not a number', "longitude"),
        ({"longitude": "nan"}, '"nan" is not a number', "longitude"),
        ({"longitude": "26.1"}, "position", "longitude"),
        ({"latitude": "44.4"}, "number", "longitude"),
        ({"longitude": "26.1234567890123456789", "latitude": "1"}, "more digits", "longitude"),
        ({"longitude": "200", "latitude": "1"}, "must be at most 180", "longitude"),
        ({"sources": ""}, 'the incursion has no "sources"', "sources"),
        ({"sources": "a; B"}, '"B" is not an id', "sources"),
        ({"detected_by": "RO; ; LV"}, "must be text, not null", "detected_by"),
        (
            {"occurrence": "confirmd"},
            'did you mean "confirmed"?',
            "occurrence",
        ),
        ({"recorded_at": "7 May"}, '"7 May" is not an instant', "recorded_at"),
        ({"duration_best": "12"}, "a quantity with a number needs a `unit`", "duration_words"),
        ({"state": "", "crossing": "reported"}, "needs the `state`", "crossing"),
        ({"state": ""}, "needs a `state`, a zone, or a place where it happened", ""),
        ({"depth_words": "deep"}, "`depth` needs `crossing`", "depth_words"),
        (
            {"object_categories": "missile", "totals_objects_best": "2"},
            "`totals.objects` duplicates the `count`",
            "totals_objects_words",
        ),
        ({"object_categories": "bird"}, "only a check can show", "object_categories"),
        ({"zones": "ADIZ"}, 'the zone has no "entry"', "zone_entries"),
        (
            {"first_object_count_min": "2", "first_object_count_max": "1"},
            "the numbers decrease",
            "first_object_count_words",
        ),
        (
            {"totals_incidents_roughly": "2", "totals_incidents_best": "2"},
            "exact (`best`) or approximate (`roughly`), not both",
            "totals_incidents_words",
        ),
        ({"place_geometry": "POINT (1 2)"}, "the cell is not valid JSON", "place_geometry"),
        ({"place_geometry": '{"type":"Line"}'}, "is not a type of geometry", "place_geometry"),
        (
            {"place_geometry": '{"type":"LineString","coordinates":[[1,2],[200,2]]}'},
            "must be at most 180",
            "place_geometry",
        ),
        (
            {"longitude": "1", "latitude": "2", "place_geometry": '{"type":"Point"}'},
            "longitude and latitude contradict the geometry",
            "place_geometry",
        ),
        ({"kinds": "crossing"}, "which imply an empty cell", "kinds"),
        ({"kinds": "adiz_entry", "over": "another_state"}, '"approach"', "kinds"),
        (
            {"responses": "scramble", "response_stages": "done; done"},
            "other columns of the list have 1",
            "response_stages",
        ),
        ({"note": "x" * 20_001}, "at most 20000 characters", "note"),
        ({"note": "x" * 200_000}, "quotation mark", ""),
        ({"id": "a\x00"}, "is not an id", "id"),
        ({"earliest": "2024-09-07T00:00:00Z"}, "contradicts the other columns", "earliest"),
        (
            {"end_is": "open"},
            '"open" contradicts the other columns, which imply "known"',
            "end_is",
        ),
    ],
)
def test_a_cell_that_cannot_be(cells: dict[str, str], reason: str, column: str) -> None:
    records, problems = tell_all(table_of([row(**cells), row(id="good")]))
    assert [record.id for record in records] == ["good"]
    ((said, line, place),) = problems
    assert reason in said
    assert line == 2
    assert place == ("row 2, column " + column if column else "row 2")


def test_every_bad_cell_of_a_row_is_told() -> None:
    cells = row(revision="x", longitude="y", latitude="z")
    _, problems = tell_all(table_of([cells]))
    assert [place for _, _, place in problems] == [
        "row 2, column revision",
        "row 2, column longitude",
        "row 2, column latitude",
    ]


def test_what_spreadsheets_make_of_cells_is_understood() -> None:
    cells = row(
        revision=" 2 ", longitude=" ", earliest="2024-09-07T00:00:00+03:00", timezone="Europe/Riga"
    )
    (record,), problems = tell_all(table_of([cells]))
    assert problems == []
    assert record.revision == 2
    tenure = {"type": "official", "id": "o", "name": "N", "post": "p", "post_of": "LV"}
    blank = dict.fromkeys((column.name for column in TABLES["tenures"].columns), "")
    cells = blank | tenure | {"ongoing": "TRUE", "acting": "FALSE"}
    (official,), problems = tell_all(table_of([cells]))
    assert problems == []
    assert isinstance(official, ae.Official)
    assert official.tenures[0].ongoing is True
    _, problems = tell_all(table_of([cells | {"ongoing": "yes"}]))
    assert problems == [('"yes" is not valid; write true or false', 2, "row 2, column ongoing")]


def test_an_open_quotation_mark_does_not_swallow_the_rest() -> None:
    lines = table_of([row(id=f"r{number}") for number in range(5)]).split("\r\n")
    lines[2] = lines[2].replace("LV", '"LV')
    records, problems = tell_all("\r\n".join(lines))
    assert [record.id for record in records] == ["r0", "r2", "r3", "r4"]
    ((reason, line, place),) = problems
    assert reason.startswith("a quotation mark is never closed")
    assert (line, place) == (3, "row 3")


def test_without_a_taker_the_first_problem_is_raised() -> None:
    stream = io.BytesIO(table_of([row(), row(revision="x")]).encode())
    stream.name = "sheet.csv"
    records = read(stream)
    assert next(records).id == "lv-2024-09-07"
    with pytest.raises(
        FormatError, match=r'^sheet\.csv:3: "x" is not a whole.*\(row 3, column rev'
    ):
        next(records)


# Columns that are missing, new or strange.


def test_a_column_that_is_needed() -> None:
    cells = row()
    del cells["time"], cells["sources"], cells["note"]
    records, problems = tell_all(table_of([cells]))
    assert records == []
    reason = 'the table incursions must have the columns "time", "sources"'
    assert problems == [(reason, 1, "row 1")]


def test_columns_that_are_missing_or_unknown_are_told_once() -> None:
    cells = row(id="a", titel="T", weather="rain") | {"": ""}
    del cells["title"], cells["note"], cells["earliest"]
    records, problems = tell_all(table_of([cells, cells | {"id": "b"}]))
    assert [record.id for record in records] == ["a", "b"]
    assert [reason for reason, _, _ in problems] == [
        'the table incursions lacks the optional columns "title", "note"',
        (
            "columns that are not in the table incursions are ignored: "
            '"titel" (did you mean title?), "weather"'
        ),
    ]


def test_a_column_without_a_name_is_told_if_something_stands_there() -> None:
    records, problems = tell_all(table_of([row() | {"": "x"}, row(id="b") | {"": ""}]))
    assert [record.id for record in records] == ["b"]
    assert problems == [("the column has no name", 2, "row 2")]


@pytest.mark.parametrize("index", [True, False])
@pytest.mark.parametrize("table", ["incursions", "findings", "tenures"])
def test_what_pandas_writes_again_is_read_back_the_same(table: str, *, index: bool) -> None:
    held = [*ae.iter_records(EXAMPLES / "poland-2025-09-10.jsonl"), incursion(totals=None)]
    text = written(*held, table=table)
    records, problems = tell_all(text)
    assert records
    again = pd.read_csv(io.StringIO(text)).to_csv(index=index)
    assert again != text
    assert tell_all(again) == (records, problems)


def test_a_column_that_stands_twice() -> None:
    lines = table_of([row()]).splitlines()
    records, problems = tell_all(
        "\n".join(f"{line},LV" for line in lines).replace(",LV", ",id", 1)
    )
    assert records == []
    assert problems == [('columns must not appear twice: "id"', 1, "row 1")]


def test_a_table_that_gives_no_records() -> None:
    record = incursion(objects=[{"category": "missile"}])
    records, problems = tell_all(written(record, table="objects"))
    assert records == []
    reason = "the table objects cannot be read, because it does not contain whole records"
    assert problems == [(reason, 1, "row 1")]


# Records of several rows.


def memberships(*rows: tuple[str, str]) -> str:
    blank = dict.fromkeys((column.name for column in TABLES["memberships"].columns), "")
    common = {"type": "alliance", "name": "A Pact", "kind": "coalition", "status": "member"}
    return table_of(blank | common | {"id": id_, "state": state} for id_, state in rows)


def test_rows_of_one_record_are_put_together() -> None:
    records, problems = tell_all(memberships(("a", "LV"), ("a", "EE"), ("b", "LT")))
    assert problems == []
    assert [
        [one.state for one in r.memberships] for r in records if isinstance(r, ae.Alliance)
    ] == [
        ["LV", "EE"],
        ["LT"],
    ]


def test_rows_of_one_record_that_stand_apart() -> None:
    records, problems = tell_all(memberships(("a", "LV"), ("b", "LT"), ("a", "EE")))
    assert [record.id for record in records] == ["a", "b"]
    reason = "the rows of the record are not adjacent; put all rows of a record next to each other"
    assert problems == [(reason, 4, "row 4")]


def test_a_bad_row_spoils_its_record_only() -> None:
    records, problems = tell_all(memberships(("a", "LV"), ("a", "Latvia"), ("b", "LT")))
    assert [record.id for record in records] == ["b"]
    ((reason, line, place),) = problems
    assert reason.startswith('"Latvia" is not a state code')
    assert (line, place) == (3, "row 3, column state")


def test_a_row_must_hold_what_its_table_has_rows_for() -> None:
    records, problems = tell_all(memberships(("a", "LV"), ("a", "")))
    assert records == []
    assert problems == [('the membership has no "state"', 3, "row 3, column state")]


def test_a_record_has_an_end() -> None:
    rows = list(csv.DictReader(io.StringIO(memberships(*[("a", "LV")] * 60, ("b", "EE")))))
    long = [one | {"membership_note": "x" * 20_000} for one in rows]
    records, problems = tell_all(table_of(long))
    assert [record.id for record in records] == ["b"]
    assert problems == [("the record is longer than 1048576 characters", 54, "row 54")]


def test_of_very_many_faults_of_a_record_the_first_are_told() -> None:
    _, problems = tell_all(memberships(*[("a", "Latvia")] * 30))
    assert [line for _, line, _ in problems] == list(range(2, 22))


def test_rows_of_one_record_must_agree() -> None:
    text = memberships(("a", "LV"), ("a", "EE"))
    head, _, tail = text.rpartition("A Pact")
    records, problems = tell_all(f"{head}Another Pact{tail}")
    assert records == []
    assert problems == [
        ('the cell must repeat the value of the first row, "A Pact"', 3, "row 3, column name")
    ]


# Whatever the bytes.


class _Endless(io.RawIOBase):
    """A table of one record again and again, that nobody could hold."""

    def __init__(self, table: str, rows: int) -> None:
        head, line = written(incursion(), table=table).split("\r\n")[:2]
        self._parts = chain(
            [head.encode() + b"\r\n"], (line.encode() + b"\r\n" for _ in range(rows))
        )
        self._rest = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while len(self._rest) < len(buffer) and (part := next(self._parts, b"")):
            self._rest += part
        given_bytes, self._rest = self._rest[: len(buffer)], self._rest[len(buffer) :]
        buffer[: len(given_bytes)] = given_bytes
        return len(given_bytes)


def test_reading_begins_before_the_end_is_there() -> None:
    records = read(io.BufferedReader(_Endless("incursions", 10**12)))
    assert [next(records).id for _ in range(3)] == ["lv-2024-09-07"] * 3


def test_each_record_is_written_before_the_next_is_asked_for() -> None:
    stream = io.BytesIO()
    lengths: list[int] = []

    def records() -> Iterator[ae.Record]:
        for _ in range(3):
            lengths.append(len(stream.getvalue()))
            yield incursion()

    write(records(), stream)
    assert lengths[0] < lengths[1] < lengths[2] < len(stream.getvalue())


GOOD = written(incursion(note='a "b"\nc'), incursion(id="b")).encode()


@settings(deadline=None)
@given(
    st.binary(max_size=300)
    | st.builds(
        lambda at, what, length: GOOD[: at % len(GOOD)] + what + GOOD[at % len(GOOD) + length :],
        st.integers(0, len(GOOD)),
        st.sampled_from([b'"', b",", b"\r", b"\n", b"\xff", b"\0", b"", b";", b"'", b"=", b'""'])
        | st.binary(max_size=5),
        st.integers(0, 5),
    )
)
@example(b"\xff\xfet\0y\0")
@example(b"\x1f\x8b\x08broken")
@example(b"PK\x03\x04")
@example(GOOD.replace(b"\r\n", b"\r"))
@example(b'"' * 1001)
def test_any_bytes_end_in_records_or_problems(data: bytes) -> None:
    tell_all(data)
