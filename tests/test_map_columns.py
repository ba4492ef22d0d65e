"""A first mapping of a sheet: it is valid, has each column once, and only says what cells say."""

from __future__ import annotations

import csv
import io
import json
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st

import airspace_events as ae
from airspace_events.cli.commands import airspace_events
from airspace_events.errors import FeedError, FormatError, SettingsError, UnreadableError
from airspace_events.formats import SheetMapping, map_columns
from airspace_events.formats.cells import column_name
from airspace_events.formats.spreadsheets import column_profiles

EXAMPLES = Path(__file__).parents[1] / "docs/examples"
# What the cells of any sheet may decide.
DECIDED = {"type", "id", "time", "places", "external_ids", "sources", "extensions"}

Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def write(*rows: list[str], name: str = "list.csv", before: str = "") -> Path:
        text = io.StringIO(newline="")
        csv.writer(text).writerows(rows)
        path = tmp_path / name
        path.write_text(before + text.getvalue(), encoding="utf-8", newline="")
        return path

    return write


def first(path: Path, **settings: Any) -> tuple[dict[str, Any], str]:
    """The tables of the first mapping of a file, which is valid, and its text."""
    text = map_columns(path, **settings)
    tables = tomllib.loads(text)
    SheetMapping.of(tables)
    return tables, text


def field_of(tables: dict[str, Any], name: str) -> str:
    return tables["columns"][name].get("field", "")


def proposal(text: str, name: str) -> list[str]:
    """The comments below the head of a column."""
    behind = text.partition(f'[columns."{name}"]\n')[2].partition("\n\n")[0]
    return [line for line in behind.splitlines() if line.startswith("# ")]


def without_comments(text: str, *keys: str) -> str:
    """The mapping with the proposals for these keys taken."""
    return "".join(
        line.removeprefix("# ") if line.startswith(tuple(f"# {key} =" for key in keys)) else line
        for line in text.splitlines(keepends=True)
    )


def records_of(path: Path, text: str) -> tuple[list[dict[str, Any]], list[FeedError]]:
    problems: list[FeedError] = []
    how = SheetMapping.of(tomllib.loads(text))
    found = list(ae.formats.read_sheet(path, how, on_problem=problems.append))
    return [json.loads(ae.to_json(it)) for it in found][1:], problems


# What the cells decide.


def test_a_sheet_of_events_gives_records_at_once() -> None:
    path = EXAMPLES / "tracker-drone-sightings.csv"
    tables, text = first(path)
    assert tables["date_order"] == "day_first"
    fields = {name: it["field"] for name, it in tables["columns"].items() if "field" in it}
    assert fields == {
        "event_date": "time",
        "event_time": "time.clock",
        "latitude": "places.0.latitude",
        "longitude": "places.0.longitude",
    }
    records, _ = records_of(path, text)
    assert len(records) == 6
    assert all(set(it) <= DECIDED for it in records)
    assert records[0]["extensions"]["tracker-drone-sightings.example"]["object_type"] == "Drone"


def test_a_title_above_the_header_another_delimiter_and_another_language_are_found() -> None:
    tables, text = first(EXAMPLES / "tracker-violations.csv")
    assert (tables["header_row"], tables["decimal"], tables["hours"]) == (3, ",", 24)
    assert tables["id"] == "tracker-violations-{Nr. crt.}"
    assert field_of(tables, "Lat.") == "places.0.latitude"
    assert '# "septembrie" = ""' in text
    # One date of the sheet is against the order of the others.
    assert "date_order" not in tables
    assert '# date_order = "day_first"      # fits 3 of 4 different cells' in text
    assert '# date_order = "month_first"    # fits 2 of 4 different cells' in text


@pytest.mark.parametrize(
    ("dates", "order"),
    [
        (["2024-09-08", "8 September 2024"], "none is needed"),
        (["03/04/2024", "13/04/2024"], "day_first"),
        (["03/04/2024", "04/13/2024"], "month_first"),
        (["03.04.2024 14:30", "13.04.2024 02:25"], "day_first"),
        (["03/04/2024", "05/06/2024"], "both"),
        (["13/04/2024", "04/13/2024"], "none is needed"),
        (["13/04/2024", "04/13/2024", "01/02/2024"], "both"),
    ],
)
def test_the_order_of_day_and_month_is_that_of_the_cells_or_a_question(
    write: Write, dates: list[str], order: str
) -> None:
    tables, text = first(write(["Date", "Where"], *([it, "x"] for it in dates)))
    assert field_of(tables, "Date") == "time"
    asked = {it for it in ("day_first", "month_first") if f'# date_order = "{it}"' in text}
    if order == "both":
        assert asked == {"day_first", "month_first"}
        assert "date_order" not in tables
    else:
        assert not asked
        assert tables.get("date_order", "none is needed") == order


def test_two_columns_that_need_different_orders_are_a_question(write: Write) -> None:
    rows = [["13/04/2024", "04/13/2024"], ["01/04/2024", "04/14/2024"]]
    tables, text = first(write(["Date", "Published"], *rows))
    assert "date_order" not in tables
    assert '# date_order = "day_first"      # fits 2 of 4 different cells' in text
    assert '# date_order = "month_first"    # fits 3 of 4 different cells' in text


@pytest.mark.parametrize(
    ("numbers", "decimal"),
    [
        (["1", "2"], None),
        (["45.5", "46.25"], None),
        (["45,5", "46,25"], ","),
        (["1.200", "3"], "both"),
        (["1.200", "3.5"], "."),
        (["1.200", "3,5"], ","),
    ],
)
def test_the_decimal_mark_is_that_of_the_cells_or_a_question(
    write: Write, numbers: list[str], decimal: str | None
) -> None:
    tables, text = first(write(["Date", "N"], *(["2024-09-08", it] for it in numbers)))
    if decimal == "both":
        assert {'# decimal = "."', '# decimal = ","'} <= {it[:15] for it in text.splitlines()}
    assert tables.get("decimal") == (None if decimal == "both" else decimal)


def test_a_decimal_mark_that_one_column_needs_must_fit_the_others(write: Write) -> None:
    rows = [["45.40", "3,5"], ["45.41", "2,5"]]
    tables, text = first(write(["Lat", "Depth"], *rows))
    assert "decimal" not in tables
    assert '# decimal = ","' in text


@pytest.mark.parametrize(
    ("names", "decided"),
    [
        (["Date", "Published"], "Date"),
        (["When", "Date of report", "Last updated"], "When"),
        (["Published"], "Published"),
        (["Date", "When"], None),
        (["Start", "End"], None),
    ],
)
def test_of_several_columns_of_times_only_the_obvious_one_is_taken(
    write: Write, names: list[str], decided: str | None
) -> None:
    tables, text = first(write([*names, "x"], [*(["2024-09-08"] * len(names)), "y"]))
    fields = [name for name in names if field_of(tables, name)]
    assert fields == ([decided] if decided else [])
    assert ("TODO: choose the column with the time" in text) is (decided is None)


def test_a_start_and_an_end_and_a_day_in_three_columns_may_be_joined(write: Write) -> None:
    path = write(["Start", "End"], ["2024-09-08 22:16", "2024-09-09 04:50"])
    _, text = first(path)
    taken = without_comments(text, "join", "field").replace("# [columns", "[columns")
    how = SheetMapping.of(tomllib.loads(taken.replace('field = "time"', "", 2)))
    assert how.columns["Start End"].join == "{Start} \N{EN DASH} {End}"
    _, text = first(write(["Year", "Month", "Day", "a"], ["2024", "9", "8", "b"]))
    assert '# join = "{Year}-{Month}-{Day}"' in text


def test_whole_numbers_are_times_only_below_a_name_of_a_time(write: Write) -> None:
    rows = [["202409", "1500"], ["202410", "2000"]]
    tables, _ = first(write(["Date", "Altitude"], *rows))
    assert (field_of(tables, "Date"), field_of(tables, "Altitude")) == ("time", "")
    tables, _ = first(write(["Flight", "Altitude"], *rows))
    assert not field_of(tables, "Flight")


@pytest.mark.parametrize(
    ("names", "row"),
    [
        (["Lat", "Size"], ["45.4", "28.2"]),
        (["Lat or lon", "Size"], ["45.4", "28.2"]),
        (["Lat", "Lon"], ["28.2", "453.4"]),
        (["Latitude 1", "Latitude 2"], ["45.4", "28.2"]),
        (["Start lat", "Start lon", "End lat", "End lon"], ["45.4", "28.2", "45.5", "28.3"]),
    ],
)
def test_coordinates_need_both_names_and_numbers_of_degrees(
    write: Write, names: list[str], row: list[str]
) -> None:
    tables, _ = first(write(names, row))
    assert not any(field_of(tables, name) for name in names)


def test_both_coordinates_in_one_cell_are_a_proposal_that_can_be_taken(write: Write) -> None:
    path = write(["Date", "Where"], ["2024-09-08", "45.40, 28.22"])
    _, text = first(path)
    taken = without_comments(text, "pattern", "parts.latitude.field", "parts.longitude.field")
    (record,), _ = records_of(path, taken)
    assert record["places"][0]["geometry"]["coordinates"] == [28.22, 45.4]


def test_ids_are_unique_in_a_column_named_for_them(write: Write) -> None:
    tables, _ = first(write(["Event ID", "Drones"], ["a", "1"], ["b", "2"]))
    assert (tables["id"], field_of(tables, "Event ID")) == (
        "list-{Event ID}",
        "external_ids.0.value",
    )
    for names, rows in (
        (["Event ID", "Drones"], [["a", "1"], ["a", "2"]]),
        (["Event ID", "Drones"], [["a", "1"], ["", "2"]]),
        (["Number of drones", "Place"], [["1", "abc"], ["2", "def"]]),
        (["Nr", "Code"], [["1", "abc"], ["2", "def"]]),
        (["Place", "{Nr}"], [["abc", "1"], ["def", "2"]]),
    ):
        tables, _ = first(write(names, *rows))
        assert "id" not in tables


def test_the_layout_of_a_workbook_is_given_and_stands_in_the_mapping() -> None:
    path = EXAMPLES / "tracker-crossings.xlsx"
    with pytest.raises(FormatError, match='2 sheets \\("About", "Crossings"\\)'):
        map_columns(path)
    tables, text = first(path, sheet="Crossings", header_row=2, header_rows=2)
    layout = {name: tables[name] for name in ("sheet", "header_row", "header_rows")}
    assert layout == {"sheet": "Crossings", "header_row": 2, "header_rows": 2}
    assert field_of(tables, "No.") == "external_ids.0.value"
    assert '# join = "{First seen} \N{EN DASH} {Last seen}"' in text
    done = run(str(path))
    assert done.exit_code == 3
    assert "; the option here is --sheet" in done.stderr
    options = ["--sheet", "2", "--header-row", "2", "--header-rows", "2"]
    assert list(tomllib.loads(run(str(path), *options).stdout)["columns"]) == list(
        tables["columns"]
    )


def test_lists_within_json_are_sheets_with_paths_as_names() -> None:
    path = EXAMPLES / "tracker-alerts.json"
    with pytest.raises(FormatError, match='rows = "alerts"'):
        map_columns(path)
    assert run(str(path)).stderr.endswith("; the option here is --rows\n")
    tables, text = first(path, rows="alerts")
    assert tables["rows"] == "alerts"
    assert field_of(tables, "place.position.lat") == "places.0.latitude"
    assert '# join = "{when.from} \N{EN DASH} {when.to}"' in text


def test_a_cell_that_must_not_be_used_decides_nothing(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in (["Date", "x"], ["=1+1", "a"], ["2024-09-08", "b"]):
        book.worksheets[0].append(row)
    book.save(tmp_path / "list.xlsx")
    tables, text = first(tmp_path / "list.xlsx")
    assert field_of(tables, "Date") == "time"
    assert "# 1 cell could not be used: " in text
    assert "=1+1" not in text.partition("\n\n")[2]


# What they do not decide.


@pytest.mark.parametrize(
    ("name", "cell", "asked"),
    [
        ("Country", "Latvia", '# field = "state"'),
        ("Operator country", "Russia", '# field = "objects.0.nationality"'),
        ("State", "CA", '# field = "state"               # if "CA" is Canada'),
        ("Status", "confirmed", '# field = "occurrence"'),
        ("Object type", "Drone", '# field = "objects.0.category"'),
        ("Number of drones", "3", '# field = "objects.0.count"'),
        ("Link", "https://daily.example/1", '# field = "source.url"'),
        ("Remarks", "two lights", '# field = "note"'),
        ("Published", "2024-09-09", '# field = "source.published"'),
        ("altitudeM", "120", '# field = "objects.0.altitude"'),
        ("altitudeM", "120", '# also = { "objects.0.altitude.datum" = "" }'),
    ],
)
def test_a_meaning_is_proposed_and_never_asserted(
    write: Write, name: str, cell: str, asked: str
) -> None:
    path = write(["Date", name], ["2024-09-08", cell], ["2024-09-10", cell])
    tables, text = first(path)
    assert tables["columns"][name] == {"keep": True}
    assert tables["constants"] == {}
    assert any(line.startswith(asked) for line in proposal(text, name))


def test_columns_that_a_reporter_types_have_proposals(write: Write) -> None:
    names = {
        "What": "objects.0.category",
        "How many": "objects.0.count",
        "Reported by": "source.publisher",
        "Headline": "title",
    }
    path = write(["Date", *names], ["2024-09-08", "drone", "3", "A paper", "Alarm over drones"])
    _, text = first(path)
    for name, field in names.items():
        assert proposal(text, name)[0].startswith(f'# field = "{field}"')


def test_every_proposal_of_a_field_is_valid_when_it_is_taken(write: Write) -> None:
    hints = tomllib.loads(
        Path(column_profiles.__file__).with_name("name_hints.toml").read_text(encoding="utf-8")
    )
    cells = {
        "time": "2024-09-08",
        "clock": "14:30",
        "link": "https://daily.example/1",
        "state": "Latvia",
        "number": "3",
        "text": "abc",
    }
    for content, fields in hints["proposals"].items():
        for path, words in fields.items():
            name = words.split()[0] if words else "x"
            # A latitude and a longitude are only valid together.
            other = {"lat": "lon", "lon": "lat"}.get(name, "y")
            row = ["2024-09-01", cells[content], "3", "z"]
            text = map_columns(write(["When", name, other, "w"], row, row))
            assert f'field = "{path}"' in text
            if "choose one" in text:
                text = text.replace('# field = "time"', "", 1)
            taken = without_comments(text, "field", "also").replace(
                'datum" = ""', 'datum" = "AGL"'
            )
            SheetMapping.of(tomllib.loads(taken))


def test_codes_of_provinces_are_no_states(write: Write) -> None:
    rows = [["2024-09-08", it] for it in ("CA", "CO", "NY", "TX")]
    _, text = first(write(["Date", "State"], *rows))
    assert proposal(text, "State")[0] == '# field = "places.0.admin1"'


def test_a_short_text_that_is_different_in_each_row_may_be_an_id(write: Write) -> None:
    rows = [["2024-09-08", str(number)] for number in range(2204650, 2204670)]
    tables, text = first(write(["Date", "ACN"], *rows))
    assert tables["columns"]["ACN"] == {"keep": True}
    assert proposal(text, "ACN")[0] == '# field = "external_ids.0.value"'
    # In a few rows, anything is different.
    assert not proposal(first(write(["Date", "ACN"], *rows[:9]))[1], "ACN")


def test_columns_with_one_name_suggest_names_in_several_rows(write: Write) -> None:
    path = write(
        ["Time", "Aircraft", "Aircraft"], ["Date", "Kind", "Count"], ["2024-09-08", "a", "1"]
    )
    _, text = first(path)
    assert '# TODO: 2 columns have the name "Aircraft".' in text
    tables, _ = first(path, header_row=1, header_rows=2)
    assert list(tables["columns"]) == ["Time / Date", "Aircraft / Kind", "Aircraft / Count"]


def test_a_row_with_a_number_a_time_or_a_link_is_not_a_header() -> None:
    tables, text = first(EXAMPLES / "tracker-crossings.xlsx", sheet="Crossings")
    assert tables["header_row"] == 2
    assert "# TODO: 3 columns have no name. If the names are in\n# several rows" in text


def test_words_of_a_vocabulary_are_listed_with_the_words_to_choose_from(write: Write) -> None:
    rows = [["2024-09-08", it] for it in ("Drone", "Drone", "Jet")]
    path = write(["Date", "Type"], *rows)
    _, text = first(path)
    assert '# values."Drone" = ""           # 2 rows' in text
    with pytest.raises(SettingsError, match='"Type"'):
        SheetMapping.of(tomllib.loads(without_comments(text, "field", 'values."Drone"')))
    taken = without_comments(text, "field", "state", 'values."Drone"', 'values."Jet"')
    taken = taken.replace('state = ""', 'state = "LV"')
    taken = taken.replace('"Drone" = ""', '"Drone" = "uncrewed_aircraft"')
    records, problems = records_of(path, taken.replace('"Jet" = ""', '"Jet" = "crewed_aircraft"'))
    assert not problems
    assert [it["objects"][0]["category"] for it in records] == [
        *(["uncrewed_aircraft"] * 2),
        "crewed_aircraft",
    ]


def test_hours_ask_for_a_time_zone_and_midnight_for_its_meaning(write: Write) -> None:
    rows = [["2024-09-08", it] for it in ("2:25", "00:00", "-")]
    tables, text = first(write(["Date", "Hour"], *rows, ["2024-09-09", "n/a"]))
    for key in ("timezone", "local_time", "midnight", "hours"):
        assert key not in tables
        assert f"\n# {key} = " in text
    assert '# unknown = ["-", "n/a"]' in text
    tables, _ = first(write(["Date", "Hour"], *rows, ["2024-09-09", "14:30"]))
    assert tables["hours"] == 24
    _, text = first(write(["Date", "Hour"], ["2024-09-08", "14:30 UTC"]))
    assert "timezone" not in text


def test_an_hour_beside_a_date_with_an_hour_is_a_question(write: Write) -> None:
    rows = [["2024-09-08 14:30", "15:10"], ["2024-09-09 14:31", "16:20"]]
    tables, text = first(write(["Date", "Hour"], *rows))
    assert not field_of(tables, "Hour")
    assert "midnight" not in text


def test_years_of_two_digits_are_a_question(write: Write) -> None:
    tables, text = first(write(["Date", "x"], ["03.04.24", "y"], ["13.04.24", "y"]))
    assert (tables["date_order"], field_of(tables, "Date")) == ("day_first", "time")
    assert "century" not in tables
    assert "# century = 2000" in text


# Any sheet.

TEXTS = st.one_of(
    st.text(max_size=8),
    st.sampled_from(
        [
            "2024-09-08",
            "03/04/2024",
            "45,4",
            "Latvia",
            "14:30",
            "id",
            "lat",
            "lon",
            "date",
            '"',
            "#",
        ]
    ),
)


@settings(max_examples=200, deadline=None)
@given(rows=st.lists(st.lists(TEXTS, min_size=1, max_size=5), max_size=5))
def test_any_sheet_gives_a_valid_mapping_with_each_column_once(
    rows: list[list[str]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    path = tmp_path_factory.getbasetemp() / "any.csv"
    path.write_bytes(text.getvalue().encode(errors="surrogatepass"))
    try:
        tables, text_of = first(path)
    except FormatError as error:
        assert error.reason  # noqa: PT017 (not every file is a sheet)
        return
    names = column_profiles.sample_of(path).names
    assert list(tables["columns"]) == list(dict.fromkeys(names))
    assert tables["constants"] == {}
    try:
        records, _ = records_of(path, text_of)
    except FormatError:
        return
    assert all(set(it) <= DECIDED for it in records)


@pytest.mark.parametrize(
    "name",
    [
        'with "quotes"',
        "two\nlines",
        "tab\tbed",
        "bell\x07",
        "del\x7f",
        "bidi\u202e",
        "back\\slash",
        "'",
        "#",
    ],
)
def test_the_name_of_a_column_may_have_any_character(write: Write, name: str) -> None:
    tables, text = first(write([name, "Date"], ["a", "2024-09-08"]))
    assert list(tables["columns"]) == [column_name(name), "Date"]
    assert text.isprintable() or set(text) - {"\n"} <= set(filter(str.isprintable, text))


def test_a_cell_cannot_leave_its_comment(write: Write) -> None:
    rows = [['x"\nrecord = "finding"\r\n[constants]\nstate = "RO"', "2024-09-08"]]
    tables, _ = first(write(["Remarks", "Date"], *rows))
    assert tables["record"] == "incursion"
    assert tables["constants"] == {}


@pytest.mark.parametrize("data", [b"", b"\n\n", b'{"a": [{"b": 1}]}', b"<html>", b"\xff\xfea\0"])
def test_a_file_that_is_no_sheet_is_refused_in_a_sentence(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(data)
    with pytest.raises(FormatError, match="the file"):
        map_columns(path)


def test_a_header_without_rows_has_its_columns(write: Write) -> None:
    tables, text = first(write(["Date", "Place"]))
    assert tables["columns"] == {"Date": {"keep": True}, "Place": {"keep": True}}
    assert text.startswith("# A first mapping for list.csv, based on its 0 rows.")


def test_as_many_columns_as_a_spreadsheet_may_have(write: Write) -> None:
    names = [f"c{number}" for number in range(16_384)]
    tables, _ = first(write(names, ["1"] * len(names)))
    assert list(tables["columns"]) == names


def test_only_the_first_rows_are_read(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(["Date", "x"], *([f"2024-09-{day:02}", "y" * 500] for day in range(1, 31)))
    assert "based on its 30 rows" in map_columns(path)
    monkeypatch.setattr(column_profiles, "_MOST_TEXT", 3_000)
    assert "based on its first 6 rows" in map_columns(path)
    monkeypatch.setattr(column_profiles, "_MOST_ROWS", 5)
    assert "based on its first 5 rows" in map_columns(path)


def test_rows_that_cannot_be_used_are_counted(write: Write) -> None:
    path = write(["Date", "x"], ["2024-09-08", "y"], ["2024-09-09", "y", "z"])
    assert "# 1 row could not be used: the row has 3 cells but the header has 2" in map_columns(
        path
    )


def test_the_same_file_gives_the_same_mapping() -> None:
    path = EXAMPLES / "tracker-violations.csv"
    assert map_columns(path) == map_columns(str(path))


def test_another_encoding_stands_in_the_mapping(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes("Data;Județ\n2024-09-08;Galați\n".encode("iso-8859-16", "replace"))
    path.write_bytes("Datum;Größe\n2024-09-08;groß\n".encode("windows-1252"))
    with pytest.raises(FormatError, match="windows-1252"):
        map_columns(path)
    tables, _ = first(path, encoding="windows-1252")
    assert tables["encoding"] == "windows-1252"
    assert list(tables["columns"]) == ["Datum", "Größe"]


def test_a_missing_file_and_a_wrong_setting_raise_their_errors(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError):
        map_columns(tmp_path / "missing.csv")
    with pytest.raises(SettingsError, match="encoding"):
        map_columns(EXAMPLES / "tracker-violations.csv", encoding="utf-7")  # type: ignore[arg-type]


# The command.


def run(*args: str) -> Result:
    return CliRunner().invoke(airspace_events, ["map-columns", *args])


def test_the_command_writes_a_mapping_and_says_what_to_run_next(
    write: Write, tmp_path: Path
) -> None:
    path, target = write(["Date", "x"], ["2024-09-08", "y"]), tmp_path / "list.toml"
    assert run(str(path)).stdout == map_columns(path)
    done = run(str(path), "-o", str(target))
    assert (done.exit_code, done.stdout) == (0, "")
    assert f"airspace-events convert {path} list.jsonl --mapping {target}" in done.stderr
    assert target.read_text(encoding="utf-8") == map_columns(path)


def test_the_command_never_replaces_a_mapping(write: Write, tmp_path: Path) -> None:
    path, target = write(["Date", "x"], ["2024-09-08", "y"]), tmp_path / "list.toml"
    target.write_text("mine", encoding="utf-8")
    assert run(str(path), "-o", str(target)).exit_code == 2
    assert target.read_text(encoding="utf-8") == "mine"


def test_the_command_ends_with_3_if_there_is_no_sheet(write: Write, tmp_path: Path) -> None:
    assert run(str(write())).exit_code == 3
    assert run(str(tmp_path / "missing.csv")).exit_code == 3
    assert run(str(write(["a", "b"])), "--encoding", "utf-7").exit_code == 2


@pytest.mark.parametrize(
    ("option", "column", "sheet"),
    [
        ("2024", "Town", "2024"),
        ("1", "Place", 1),
        ("2", "Third", "2"),
        ("3", "Third", 3),
        ("4", "", "its sheets are"),
        ("0", "", "its sheets are"),
        ("9" * 5_000, "", "its sheets are"),
    ],
)
def test_the_name_of_a_sheet_may_be_a_number(
    tmp_path: Path, option: str, column: str, sheet: str | int
) -> None:
    book = openpyxl.Workbook()
    book.worksheets[0].append(["Day", "Place"])
    book.create_sheet("2024").append(["Day", "Town"])
    book.create_sheet("2").append(["Day", "Third"])
    for it in book.worksheets:
        it.append(["2024-09-08", "Riga"])
    book.save(tmp_path / "list.xlsx")
    done = run(str(tmp_path / "list.xlsx"), "--sheet", option)
    if not column:
        assert (done.exit_code, str(sheet) in done.stderr) == (3, True)
        return
    tables = tomllib.loads(done.stdout)
    assert (list(tables["columns"]), tables["sheet"]) == (["Day", column], sheet)


@pytest.mark.parametrize(
    "rows",
    [
        [["A list"], ["Date", "Place"], ["2025-01-01", "A"], ["2025-01-02", "B"]],
        [["Date", "Place"], ["2025-01-01", "A", "more"], ["2025-01-02", "B"]],
    ],
    ids=["a title", "a cell beyond the header"],
)
def test_cells_beyond_the_column_names_are_no_column(
    tmp_path: Path, rows: list[list[str]]
) -> None:
    book = openpyxl.Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    book.save(tmp_path / "list.xlsx")
    made = map_columns(tmp_path / "list.xlsx")
    assert '[columns."Date"]' in made
    assert "column 3" not in made
