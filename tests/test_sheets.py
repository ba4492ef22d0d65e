"""Reading a stranger's spreadsheet by a mapping.

`REWRITE_GOLDEN=1 pytest tests/test_sheets.py` writes the golden files anew: read what changed.
"""

from __future__ import annotations

import csv
import gc
import gzip
import io
import json
import os
import pickle
import tracemalloc
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import airspace_events as ae
from airspace_events.errors import FeedError, FormatError, RowError, SettingsError, UnreadableError
from airspace_events.formats.spreadsheets.mapping import SheetMapping
from airspace_events.formats.spreadsheets.reading import read_sheet
from airspace_events.models.base import BaseRecord

EXAMPLES = Path(__file__).parents[1] / "docs/examples"
GOLDEN = Path(__file__).parent / "data/formats"
TRACKERS = (
    "tracker-drone-sightings.csv",
    "tracker-violations.csv",
    "tracker-crossings.xlsx",
    "tracker-alerts.json",
)

BASE: dict[str, Any] = {
    "record": "incursion",
    "id": "{row}",
    "unknown": ["n/a", "-"],
    "keep": "tracker.example",
    "source": {"id": "tracker", "kind": "dataset", "publisher": "P", "language": "en"},
    "constants": {"state": "RO", "crossing": "reported"},
    "columns": {"When": {"field": "time"}},
}


def mapping(columns: dict[str, Any] | None = None, **keys: Any) -> SheetMapping:
    own = {"columns": BASE["columns"] | (columns or {})}
    tables = {name: value for name, value in (BASE | own | keys).items() if value is not None}
    return SheetMapping.of(tables)


def read(data: bytes | str, how: SheetMapping) -> tuple[list[dict[str, Any]], list[FormatError]]:
    """The records of a file as JSON, without the tracker itself, and the problems."""
    problems: list[FeedError] = []
    raw = data.encode() if isinstance(data, str) else data
    found = list(read_sheet(io.BytesIO(raw), how, on_problem=problems.append))
    assert all(type(problem) in (FormatError, RowError) for problem in problems)
    records = [json.loads(ae.to_json(record)) for record in found]
    assert not records or records[0]["id"] == "tracker"
    return records[1:], problems  # type: ignore[return-value]


def one(cell: str, column: dict[str, Any] | None = None, **keys: Any) -> tuple[Any, str]:
    """What one cell gives beside a fixed date, and the reason of the only problem."""
    how = mapping({"X": column or {"field": "note"}}, **keys)
    records, problems = read(_written([["When", "X"], ["2024-09-07", cell]]), how)
    assert len(records) == 1
    assert len(problems) <= 1
    if problems:
        assert (problems[0].line, problems[0].place) == (2, "row 2, column X")
        assert isinstance(problems[0], RowError)
        assert problems[0].cells == {"X": cell.strip()}
    return records[0], problems[0].reason if problems else ""


def when(cell: str, *, fails: bool = False, **keys: Any) -> Any:
    """The time that a cell gives, or why it gives none."""
    records, problems = read(_written([["When"], [cell]]), mapping(**keys))
    if fails:
        assert not records
        assert isinstance(problems[0], RowError)
        assert problems[0].cells == {"When": cell}
        return problems[0].reason
    assert not problems
    return records[0]["time"]


def only_the_day(cell: str, **keys: Any) -> str:
    """Why a cell gives only the day 2024-09-07, with its words."""
    records, problems = read(_written([["When"], [cell]]), mapping(**keys))
    assert records[0]["time"]["value"] == "2024-09-07"
    assert records[0]["time"]["verbatim"] == cell
    assert [it.place for it in problems] == ["row 2, column When"]
    assert problems[0].reason.startswith(f'"{cell}" ')
    return problems[0].reason


def _written(rows: list[list[str]]) -> str:
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    return text.getvalue()


# The worked examples.


@pytest.mark.parametrize("file", TRACKERS)
def test_a_worked_mapping_gives_what_its_golden_files_say(file: str) -> None:
    name = Path(file).stem
    problems: list[FeedError] = []
    found = read_sheet(EXAMPLES / file, EXAMPLES / f"{name}.toml", on_problem=problems.append)
    lines = [ae.to_json(record).decode() for record in found]
    texts = {
        f"{name}.jsonl": "".join(f"{line}\n" for line in lines),
        f"{name}.problems.txt": "".join(
            f"{problem}\n".replace(str(EXAMPLES) + os.sep, "") for problem in problems
        ),
    }
    for golden, text in texts.items():
        if os.environ.get("REWRITE_GOLDEN"):
            (GOLDEN / golden).write_bytes(text.encode())
        assert (GOLDEN / golden).read_bytes().decode() == text


@pytest.mark.parametrize("file", TRACKERS)
def test_what_a_worked_mapping_gives_is_a_valid_feed(file: str) -> None:
    name = Path(file).stem
    found = read_sheet(EXAMPLES / file, EXAMPLES / f"{name}.toml", on_problem=lambda _: None)
    stream = io.BytesIO()
    ae.write_feed(ae.Feed.of(found), stream)
    stream.seek(0)
    report = ae.validate(stream, now=datetime(2025, 1, 1, tzinfo=UTC))
    assert report.ok, report.notices


def test_the_file_that_people_will_copy_has_a_byte_order_mark_and_windows_line_ends() -> None:
    data = (EXAMPLES / "tracker-violations.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.count(b"\r\n") == data.count(b"\n") > 0


# Times.


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("2024-09-07", "2024-09-07"),
        ("2024-09", "2024-09"),
        ("2024-09-18?", "2024-09-18?"),
        ("2024-09-07/2024-09-08", "2024-09-07/2024-09-08"),
        ("2024-09-07T02:25:10Z", "2024-09-07T02:25:10Z"),
        ("2024-09-07 02:25:10+03:00", "2024-09-07T02:25:10+03:00"),
        ("2024-09-07 02:25", "2024-09-07T02:25:00+03:00/2024-09-07T02:26:00+03:00"),
        ("2024-09-07T02:25:00", "2024-09-07T02:25:00+03:00/2024-09-07T02:26:00+03:00"),
        ("2024-09-07T02:25:10", "2024-09-07T02:25:10+03:00"),
        ("2024-09-07 02:25 UTC", "2024-09-07T02:25:00Z/2024-09-07T02:26:00Z"),
        ("25.12.2024", "2024-12-25"),
    ],
)
def test_a_time_that_can_be_read_in_one_way_is_stated(cell: str, value: str) -> None:
    told = {} if cell == value else {"verbatim": cell}
    found = when(cell, timezone="Europe/Bucharest")
    assert found == {"value": value, **told, "timezone": "Europe/Bucharest"}


def test_words_are_resolved_and_kept() -> None:
    assert when("night of 7 to 8 September 2024", timezone="Europe/Riga") == {
        "value": "2024-09-07T18:00:00+03:00/2024-09-08T09:00:00+03:00",
        "verbatim": "night of 7 to 8 September 2024",
        "timezone": "Europe/Riga",
        "basis": "resolved",
    }


def test_the_order_of_a_date_is_never_guessed() -> None:
    assert "set date_order" in when("03/04/2024", fails=True)
    assert when("03/04/2024", date_order="day_first")["value"] == "2024-04-03"
    assert when("03/04/2024", date_order="month_first")["value"] == "2024-03-04"


@pytest.mark.parametrize(
    ("cell", "order"),
    [
        ("13/04/2024", "month_first"),
        ("04.13.2024", "day_first"),
        ("01-13-2024", "day_first"),
        ("13/04/2024 02:25", "month_first"),
        ("13/04/2024-14/04/2024", "month_first"),
    ],
)
def test_a_date_against_the_order_is_no_date(cell: str, order: str) -> None:
    assert "is not a date: with date_order" in when(
        cell, fails=True, date_order=order, timezone="Europe/Riga"
    )


@pytest.mark.parametrize("cell", ["45543", "45543.604"])
def test_a_day_number_of_a_spreadsheet_is_no_date(cell: str) -> None:
    assert "spreadsheets store dates as numbers" in when(cell, fails=True)


@pytest.mark.parametrize(
    "cell", ["07.09.24", "2024-02-30", "#REF!", "ieri", "20241307", "x" * 300]
)
def test_what_is_no_time_gives_no_record(cell: str) -> None:
    reason = when(cell, fails=True, date_order="day_first")
    assert reason.endswith("; no incursion was made from this row")


@pytest.mark.parametrize(
    "cell", ["2024-09-07 00:00:00", "2024-09-07T00:00:00Z", "07.09.2024 0:00"]
)
def test_a_midnight_that_may_be_filler_is_not_guessed(cell: str) -> None:
    how = {"date_order": "day_first", "timezone": "Europe/Riga", "hours": 24}
    assert "may mean midnight" in only_the_day(cell, **how)
    assert when(cell, midnight="day", **how)["value"] == "2024-09-07"
    # The library's own convention: 00:00 is about midnight, and 00:00:00Z an instant.
    assert when(cell, midnight="time", **how)["value"] in (
        "2024-09-06T23:30:00+03:00/2024-09-07T00:30:00+03:00",
        "2024-09-07T00:00:00Z",
    )


def test_an_early_hour_needs_to_be_of_24() -> None:
    how = {"timezone": "Europe/Riga"}
    assert "morning or the afternoon" in only_the_day("2024-09-07 2:25", **how)
    assert when("2024-09-07 2:25", hours=24, **how)["value"].startswith("2024-09-07T02:25:00")


def test_a_round_hour_is_as_wide_as_the_phrases_say() -> None:
    found = when("2024-09-07 14:00", timezone="Europe/Riga")
    assert found["value"] == "2024-09-07T13:30:00+03:00/2024-09-07T14:30:00+03:00"
    assert found["basis"] == "resolved"


def test_a_second_that_came_twice_spans_both() -> None:
    found = when("2024-10-27 03:30:15", timezone="Europe/Riga")
    assert found["value"] == "2024-10-27T03:30:15+03:00/2024-10-27T03:30:16+02:00"


def test_a_clock_in_another_column_is_read_with_the_date() -> None:
    how = mapping(
        {"At": {"field": "time.clock", "values": {"zori": "early morning"}}},
        timezone="Europe/Bucharest",
    )
    rows = [["When", "At"], ["2024-09-07", "14:30"], ["2024-09-07", ""], ["", "14:30"]]
    records, problems = read(_written([*rows, ["2024-09-07", "zori"], ["2024-09-07", "?"]]), how)
    times = [record["time"] for record in records]
    assert times[0]["value"] == "2024-09-07T14:30:00+03:00/2024-09-07T14:31:00+03:00"
    assert times[0]["verbatim"] == "2024-09-07, 14:30"
    assert times[1] == {"value": "2024-09-07", "timezone": "Europe/Bucharest"}
    assert times[2]["verbatim"] == "2024-09-07, zori"
    assert [problem.place for problem in problems] == [
        "row 4, column At",
        "row 6, column At",
    ]
    assert times[3]["value"] == "2024-09-07"
    assert times[3]["verbatim"] == "2024-09-07, ?"
    assert '"14:30" needs a date, but the row has none' in problems[0].reason


def test_words_are_read_from_the_day_in_another_column() -> None:
    how = mapping({"Reported": {"field": "time.reference"}}, date_order="day_first")
    records, problems = read("When,Reported\nyesterday,08.09.2024\nyesterday,soon\n", how)
    assert records[0]["time"] == {
        "value": "2024-09-07",
        "verbatim": "yesterday",
        "reference": "2024-09-08",
        "basis": "resolved",
    }
    assert len(records) == 1
    assert problems[0].place == "row 3, columns When, Reported"


def test_the_zone_is_that_of_a_column_or_of_the_only_one_of_the_state() -> None:
    zone = mapping({"Zone": {"field": "time.timezone"}})
    records, problems = read("When,Zone\n2024-09-07,Europe/Riga\n2024-09-07,Riga\n", zone)
    assert [record["time"].get("timezone") for record in records] == ["Europe/Riga", None]
    assert problems[0].place == "row 3, column Zone"
    state = mapping({"In": {"field": "state"}}, local_time=True, constants={})
    rows = "When,In\n2024-09-07,Latvia\n2024-09-07,Portugal\n"
    assert [it["time"].get("timezone") for it in read(rows, state)[0]] == ["Europe/Riga", None]


def test_words_in_another_language_are_read_in_english_and_kept() -> None:
    words = {"noaptea de": "night of", "spre": "to", "Septembrie": "September", "de": ""}
    found = when("Noaptea de 7 spre 8 septembrie 2024", words=words, timezone="Europe/Bucharest")
    assert found["value"] == "2024-09-07T18:00:00+03:00/2024-09-08T09:00:00+03:00"
    assert found["verbatim"] == "Noaptea de 7 spre 8 septembrie 2024"


def test_a_date_without_words_of_its_own_is_one_day_or_instant() -> None:
    column = {"field": "recorded_at"}
    found, reason = one("2024-09-07 02:25:10", column, timezone="Europe/Riga")
    assert (found["recorded_at"], reason) == ("2024-09-07T02:25:10+03:00", "")
    found, reason = one("2024-09-07 02:25", column, timezone="Europe/Riga")
    assert "recorded_at" not in found
    assert "not a single date" in reason
    assert found["extensions"] == {"tracker.example": {"X": "2024-09-07 02:25"}}


# Numbers, words, names.

COUNT = {"field": "objects.0.count", "also": {"objects.0.category": "unidentified"}}


@pytest.mark.parametrize(
    ("cell", "count"),
    [
        ("3", {"best": 3}),
        ("3-5", {"verbatim": "3-5", "min": 3, "max": 5}),
        ("several", {"verbatim": "several"}),
        ("~10", {"verbatim": "~10", "roughly": 10}),
        ("at least 2", {"verbatim": "at least 2", "min": 2}),
        ("3 drones", {"verbatim": "3 drones", "best": 3}),
        ("zwei", {"verbatim": "zwei", "best": 2}),
        ("viele", {"verbatim": "viele", "min": 10}),
    ],
)
def test_a_count_keeps_its_words_and_has_no_number_that_nobody_gave(
    cell: str, count: dict[str, Any]
) -> None:
    column = COUNT | {"values": {"zwei": "2", "Viele": {"min": 10}}}
    found, reason = one(cell, column)
    assert found["objects"] == [{"category": "unidentified", "count": count}]
    assert not reason


@pytest.mark.parametrize("cell", ["3 drones and 2 missiles", "2.5", "1.200", "5-3"])
def test_a_number_that_is_not_understood_stays_words_and_is_told(cell: str) -> None:
    found, reason = one(cell, COUNT)
    assert found["objects"][0]["count"] == {"verbatim": cell}
    assert "is kept as words" in reason


def test_a_count_that_no_record_can_hold_is_kept_beside_it() -> None:
    found, reason = one("2000000000", COUNT)
    assert "objects" not in found
    assert found["extensions"]["tracker.example"]["X"] == "2000000000"
    assert "must be at most 1000000000" in reason


def test_a_quantity_has_its_own_unit_or_that_of_its_column() -> None:
    depth = {"field": "depth"}
    assert one("5 NM", depth | {"unit": "km"})[0]["depth"] == {
        "verbatim": "5 NM",
        "best": 5,
        "unit": "NM",
    }
    assert one("3,5", depth | {"unit": "km"}, decimal=",")[0]["depth"]["best"] == 3.5
    found, reason = one("3", depth)
    assert found["depth"] == {"verbatim": "3"}
    assert "the number needs a unit" in reason
    found, reason = one("3 min", depth)
    assert "depth" not in found
    assert '"min" is not a unit of distance' in reason


def test_a_word_is_what_the_mapping_says_in_any_case() -> None:
    column = {"field": "objects.0.category", "values": {"Drona  mare": "uncrewed_aircraft"}}
    for cell in ("drona mare", "DRONA MARE", " uncrewed_aircraft "):
        assert one(cell, column)[0]["objects"] == [{"category": "uncrewed_aircraft"}]
    found, reason = one("UAV", column)
    assert "objects" not in found
    assert 'did you mean "uncrewed_aircraft"' in reason


def test_a_state_is_known_by_its_names() -> None:
    column = {"field": "entered_from", "split": "/", "values": {"marea": "international"}}
    assert one("Czech Republic / marea/UA", column)[0]["entered_from"] == [
        "CZ",
        "international",
        "UA",
    ]
    found, reason = one("Korea", column)
    assert "entered_from" not in found
    assert "may be KP (North Korea) or KR (South Korea)" in reason
    column = {"field": "detected_by"}
    assert one("Romania", column)[0]["detected_by"] == ["RO"]
    assert '"The Ministry" is not a state' in one("The Ministry", column)[1]


def test_flags_and_whole_numbers() -> None:
    keys = {"record": "official", "constants": {"name": "N", "tenures.0.of": "RO"}}
    columns = {
        "When": {"field": "tenures.0.post"},
        "Acting": {"field": "tenures.0.acting", "values": {"da": True}},
        "Rev": {"field": "revision"},
    }
    rows = "When,Acting,Rev\nMinister,da,2\nMinister,TRUE,3\nMinister,poate,2.5\n"
    records, problems = read(rows, mapping(columns, **keys))
    assert [it["tenures"][0].get("acting") for it in records] == [True, True, None]
    assert [it.get("revision") for it in records] == [2, 3, None]
    assert [it.reason for it in problems] == [
        '"poate" is not true or false; define its meaning in the mapping',
        '"2.5" is not a whole number',
    ]


def test_text_stays_as_it_is_but_for_the_white_space_around_it() -> None:
    text = '=1+1 "so"\u00a0-\n\n  a'
    assert one(f" {text}\t")[0]["note"] == text
    assert one("a\r\nb\rc")[0]["note"] == "a\nb\nc"


def test_what_stands_for_unknown_fills_no_field() -> None:
    for cell in ("", " ", "N/A", "-"):
        found, reason = one(cell, COUNT)
        assert "objects" not in found
        assert "extensions" not in found
        assert not reason
    assert "objects" not in one("?", COUNT | {"unknown": ["?"]})[0]
    column = {"field": "objects.0.category", "values": {"-": "unidentified"}}
    assert one("-", column)[0]["objects"] == [{"category": "unidentified"}]


def test_a_constant_holds_unless_a_cell_says_otherwise() -> None:
    column = {"field": "occurrence", "values": {"da": "confirmed"}}
    constants = {"state": "RO", "occurrence": "doubtful"}
    assert one("da", column, constants=constants)[0]["occurrence"] == "confirmed"
    assert one("", column, constants=constants)[0]["occurrence"] == "doubtful"


def test_items_of_lists_close_up_where_one_is_empty() -> None:
    columns = {
        "Out": {"field": "places.1.name", "also": {"places.1.role": "exit"}},
        "In": {"field": "places.0.name", "also": {"places.0.role": "entry"}},
    }
    rows = "When,In,Out\n2024-09-07,,Isaccea\n2024-09-08,Plauru,Isaccea\n"
    records, problems = read(rows, mapping(columns))
    exit_place = {"name": "Isaccea", "role": "exit"}
    assert records[0]["places"] == [exit_place]
    assert records[1]["places"] == [{"name": "Plauru", "role": "entry"}, exit_place]
    assert not problems


def test_what_lacks_a_required_part_is_kept_beside_the_record() -> None:
    found, reason = one("2", {"field": "objects.0.fates.0.count"})
    assert reason == 'the fate has no "fate"'
    assert found["extensions"]["tracker.example"]["X"] == "2"


def test_what_a_record_refuses_as_a_whole_is_kept_beside_it() -> None:
    depth = {"field": "depth", "unit": "km"}
    found, reason = one("3", depth, constants={"state": "RO"})
    assert reason.startswith("`depth` needs `crossing`")
    assert "depth" not in found
    assert found["extensions"]["tracker.example"]["X"] == "3"


def test_a_column_may_hold_what_is_claimed_of_a_field() -> None:
    also = {"claims.0.aspect": "field", "claims.0.fields.0": "totals.crossings"}
    columns = {
        "When": {"field": "made"},
        "Who": {"field": "speakers"},
        "How many": {"field": "claims.0.value", "also": also},
    }
    how = mapping(columns, record="statement", constants={})
    records, problems = read("When,Who,How many\n2024-09-07,Romania,at least 3\n", how)
    assert records[0]["claims"] == [
        {
            "aspect": "field",
            "fields": ["totals.crossings"],
            "value": {"verbatim": "at least 3", "min": 3},
        }
    ]
    assert not problems


def test_a_claim_is_of_the_aspect_that_its_column_brings_along() -> None:
    also = {"claims.0.aspect": "attribution", "claims.0.involvement": "launched"}
    columns = {
        "When": {"field": "made"},
        "Who": {"field": "speakers"},
        "By": {"field": "claims.0.value", "also": also},
    }
    how = mapping(columns, record="statement", constants={})
    records, problems = read("When,Who,By\n2024-09-07,Romania,Russia\n2024-09-08,Romania,\n", how)
    assert records[0]["claims"] == [
        {"aspect": "attribution", "value": "RU", "involvement": "launched"}
    ]
    assert "claims" not in records[1]
    assert not problems


# Coordinates.

POINT = {"Lon": {"field": "places.0.longitude"}, "Lat": {"field": "places.0.latitude"}}


def test_two_columns_make_a_point() -> None:
    records, problems = read("When,Lat,Lon\n2024-09-07,45.123,28.81\n", mapping(POINT))
    point = {"type": "Point", "coordinates": [28.81, 45.123]}
    assert records[0]["places"] == [{"geometry": point}]
    assert not problems


@pytest.mark.parametrize(
    ("latitude", "longitude", "said"),
    [
        ("145.1", "28.8", "check whether latitude and longitude are swapped"),
        ("45.1", "228.8", "is not a longitude"),
        ("28.8", "45.1", 'longitude "45.1", latitude "28.8" is in RO only if the two'),
        ("45,1", "28,8", 'set decimal = ","'),
        ("45.1", "", "needs a longitude, but the row has none"),
        ("", "28.8", "needs a latitude, but the row has none"),
        ("45°06'N", "28.8", "is not a number"),
        ("45.12345678901234567", "28.8", "more digits than can be stored"),
    ],
)
def test_coordinates_that_cannot_be_are_kept_as_they_are(
    latitude: str, longitude: str, said: str
) -> None:
    rows = [["When", "Lat", "Lon"], ["2024-09-07", latitude, longitude]]
    records, problems = read(_written(rows), mapping(POINT))
    assert "places" not in records[0]
    kept = {name: it for name, it in (("Lat", latitude), ("Lon", longitude)) if it}
    assert records[0]["extensions"] == {"tracker.example": kept}
    assert len(problems) == 1
    assert said in problems[0].reason
    assert isinstance(problems[0], RowError)
    assert problems[0].cells == kept


# Sources.

SOURCES = {
    "Paper": {"field": "source.publisher", "split": ";"},
    "Link": {"field": "source.url", "split": ";"},
}
LANGUAGE = {"state": "RO", "source": {"kind": "news_report", "language": "en"}}


def test_a_source_of_a_row_is_a_record_that_it_cites() -> None:
    rows = [
        ["When", "Paper", "Link"],
        ["2024-09-07", "A; B", "https://a.example;"],
        ["2024-09-08", "A", "https://a.example"],
        ["2024-09-09", "", ""],
        ["2024-09-10", "A", "a.example"],
    ]
    records, problems = read(_written(rows), mapping(SOURCES, constants=LANGUAGE))
    sources = [it for it in records if it["type"] == "source"]
    assert [(it["publisher"], it.get("url")) for it in sources] == [
        ("A", "https://a.example"),
        ("B", None),
        ("A", None),
    ]
    ids = [it["id"] for it in sources]
    cited = [[it["source"] for it in r["sources"]] for r in records if r["type"] == "incursion"]
    assert cited == [["tracker", *ids[:2]], ["tracker", ids[0]], ["tracker"], ["tracker", ids[2]]]
    assert next(it for it in records if it["id"] == "2")["sources"][0]["note"] == "row 2"
    assert [(it.place, it.reason) for it in problems] == [
        (
            "row 5, column Link",
            '"a.example" is not a web address; an example is "https://www.example.org/report"',
        )
    ]


def test_sources_that_do_not_go_together_are_kept_as_they_are() -> None:
    records, problems = read(
        "When,Paper,Link\n2024-09-07,A;B,https://a.example\n", mapping(SOURCES, constants=LANGUAGE)
    )
    assert [it["type"] for it in records] == ["incursion"]
    assert records[0]["extensions"]["tracker.example"] == {
        "Paper": "A;B",
        "Link": "https://a.example",
    }
    assert "different numbers of values: 2, 1" in problems[0].reason


def test_a_link_alone_gives_no_publisher() -> None:
    found, reason = one("https://a.example", {"field": "source.url"}, constants=LANGUAGE)
    assert reason == 'the source has no "publisher"'
    assert found["extensions"]["tracker.example"]["X"] == "https://a.example"


# Ids.


def test_an_id_is_made_of_cells() -> None:
    how = mapping({"Nr": {"keep": True}}, id="RO {time}-{Nr}")
    records, problems = read("When,Nr\n2024-09-07/2024-09-08,№ 17/A\n2024-09-07,?\n", how)
    assert [it["id"] for it in records] == [
        "ro-2024-09-07-2024-09-08-no-17-a",
        "ro-2024-09-07-row-3",
    ]
    assert not problems


def test_an_id_that_comes_again_gives_no_record() -> None:
    how = mapping({"Nr": {"keep": True}}, id="{Nr}")
    records, problems = read("When,Nr\n2024-09-07,a 1\n2024-09-08,A/1\n2024-09-08,tracker\n", how)
    assert [it["id"] for it in records] == ["a-1"]
    assert [it.place for it in problems] == ["row 3", "row 4"]
    assert 'an earlier row also has the id "a-1"' in problems[0].reason
    assert isinstance(problems[0], RowError)
    assert problems[0].cells == {"When": "2024-09-08", "Nr": "A/1"}


# Columns.


def test_columns_are_kept_skipped_or_told() -> None:
    rows = "When,Extra,Left\n2024-09-07,a,b\n2024-09-08,,b\n"
    records, problems = read(rows, mapping({"Left": {"skip": True}}))
    assert [it.get("extensions") for it in records] == [{"tracker.example": {"Extra": "a"}}, None]
    assert not problems
    records, problems = read(rows, mapping({"Left": {"skip": True}}, keep=None))
    assert [it.get("extensions") for it in records] == [None, None]
    assert [(it.line, it.place) for it in problems] == [(1, "row 1, column Extra")]


def test_a_cell_that_fits_nowhere_is_at_least_in_its_problem() -> None:
    how = mapping({"X": {"field": "occurrence"}}, keep=None)
    records, problems = read("When,X\n2024-09-07,neclar\n", how)
    assert "extensions" not in records[0]
    assert isinstance(problems[0], RowError)
    assert problems[0].cells == {"X": "neclar"}


def test_a_column_may_be_kept_beside_its_field() -> None:
    found, _ = one("da", {"field": "occurrence", "values": {"da": "confirmed"}, "keep": True})
    assert found["occurrence"] == "confirmed"
    assert found["extensions"] == {"tracker.example": {"X": "da"}}


# Files that are not as they should be.


@pytest.mark.parametrize(
    ("data", "line", "place", "said"),
    [
        (b"", None, "", "the file is empty"),
        (b"\n \n,,\n", None, "", "the file is empty"),
        (b"When\n\n", 1, "", "no rows after the header"),
        (b"when\n2024-09-07\n", 1, "row 1", 'no column "When"; did you mean "when"?'),
        (b"A,When,When\n1,2,3\n", 1, "row 1", '2 columns have the name "When"'),
        (b"Title\n\nWhen,A\n", 1, "row 1", "row 3 seems to be the header"),
        (b'"When\n1\n', 1, "row 1", "never closed"),
        ("When\n".encode("utf-16"), 1, "", 'encoding = "utf-16"'),
        (b"PK\x03\x04\n", None, "", "the workbook is damaged or incomplete"),
        (b"<!DOCTYPE html>\n<html>", 1, "", "HTML or XML; open it in a spreadsheet program"),
        (b"%PDF-1.7\n", None, "", "PDF document"),
    ],
)
def test_a_file_that_cannot_be_read_says_why_once(
    data: bytes, line: int | None, place: str, said: str
) -> None:
    records, problems = read(data, mapping())
    assert not records
    assert [(it.line, it.place) for it in problems] == [(line, place)]
    assert said in problems[0].reason


def test_a_packed_sheet_that_is_cut_short_gives_the_rows_before() -> None:
    packed = gzip.compress(b"When,A\n2024-09-07,x\n2024-09-08,yyyyyyyy\n", 0)
    records, problems = read(packed[:-10], mapping())
    assert [it["time"]["value"] for it in records] == ["2024-09-07"]
    assert [(it.reason, it.line) for it in problems] == [
        ("the gzip data is incomplete: its end is missing", 3)
    ]


def test_another_delimiter_than_the_mapping_says_is_named() -> None:
    records, problems = read("When;A\n2024-09-07;x\n", mapping(delimiter=","))
    assert not records
    assert "the cells seem to be separated by semicolons" in problems[0].reason
    assert read("When;A\n2024-09-07;x\n", mapping())[0][0]["extensions"]


def test_the_row_of_names_may_be_below_a_title() -> None:
    rows = 'A "title\n\nWhen,A\n2024-09-07,x\n'
    records, problems = read(rows, mapping(header_row=3))
    assert [it["id"] for it in records] == ["4"]
    assert not problems
    assert "has no row 9" in read(rows, mapping(header_row=9))[1][0].reason


def test_a_bad_row_hides_no_other() -> None:
    rows = (
        b"When,A,\r\n2024-09-07,1,\r\n2024-09-08\r\n2024-09-09,1,2,3\r\n2024-09-10,\xfe\r\n"
        b'2024-09-11,"x\r\n\r\n;,\r\n2024-09-12,\0\r\n2024-09-13,2,,,\r\n,,\r\n'
    )
    records, problems = read(rows, mapping())
    assert [it["time"]["value"] for it in records] == ["2024-09-07", "2024-09-13"]
    assert [(it.line, it.place) for it in problems] == [
        (3, "row 3"),
        (4, "row 4"),
        (5, "row 5"),
        (6, "row 6"),
        (8, "row 8, column When"),
        (9, "row 9"),
    ]
    assert all(isinstance(it, RowError) and it.cells for it in problems)


def test_without_anybody_to_tell_the_first_problem_is_raised() -> None:
    stream = io.BytesIO(b"When\n2024-09-07\nsoon\n2024-09-08\n")
    stream.name = "t.csv"
    found: list[BaseRecord] = []
    with pytest.raises(RowError, match=r"^t\.csv:3: .* \(row 3, column When\)$") as caught:
        found.extend(_each(read_sheet(stream, mapping()), found))
    assert [it.id for it in found] == ["tracker", "2"]
    copy = pickle.loads(pickle.dumps(caught.value))  # noqa: S301 (its own bytes)
    assert (str(copy), copy.cells) == (str(caught.value), {"When": "soon"})


def _each(records: Iterator[Any], into: list[Any]) -> Iterator[Any]:
    for record in records:
        into.append(record)
        yield from ()


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match=r"no\.csv"):
        list(read_sheet(tmp_path / "no.csv", mapping()))
    with pytest.raises(UnreadableError, match=r"no\.toml"):
        read_sheet(tmp_path / "no.csv", tmp_path / "no.toml")
    (tmp_path / "m.toml").write_text("recrd = 1")
    with pytest.raises(SettingsError, match=r"m\.toml"):
        read_sheet(tmp_path / "no.csv", tmp_path / "m.toml")


@pytest.fixture
def uncollected() -> Iterator[None]:
    """No collection of garbage, which would empty the lists of freed tuples that Python keeps."""
    gc.disable()
    yield
    gc.enable()


@pytest.mark.usefixtures("uncollected")
def test_reading_takes_no_more_memory_for_more_rows() -> None:
    peaks: list[int] = []
    # Both sheets are longer than the buffers of the streams.
    for count in (3000, 5700):
        stream = io.BytesIO(b"When,A\n" + b"2024-09-07,some text that is kept\n" * count)
        how = mapping()
        sum(1 for _ in read_sheet(stream, how))
        stream.seek(0)
        tracemalloc.start()
        assert sum(1 for _ in read_sheet(stream, how)) == count + 1
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    # What grows is the table of ids.
    assert peaks[1] < peaks[0] + 200_000


# Whatever the file.

WIDE = {
    "At": {"field": "time.clock"},
    "State": {"field": "state", "values": {"ro": "RO"}},
    "Seen": COUNT,
    "Deep": {"field": "depth", "unit": "km"},
    "Lat": {"field": "places.0.latitude"},
    "Lon": {"field": "places.0.longitude"},
    "Note": {"field": "note"},
    "From": {"field": "entered_from", "split": "/"},
    "Paper": {"field": "source.publisher"},
    "Link": {"field": "source.url"},
    "Day": {"field": "source.published"},
    "Skipped": {"skip": True},
}
HOW = mapping(WIDE, constants=LANGUAGE, timezone="Europe/Riga", date_order="day_first")
HEADER = ["When", *WIDE, "Other"]
CELLS = {
    "When": ["2024-09-07", "07.09.2024", "soon", "45543", "13.13.2024", "7 September 2024"],
    "At": ["14:30", "noon", "99:99", "around 23:40"],
    "State": ["ro", "Latvia", "Narnia", "Korea"],
    "Seen": ["3", "3-5", "several", "9 of 11", "99999999999", "1.200"],
    "Deep": ["3", "3.5", "5 NM", "far", "3 min", "12345678901234567890.5"],
    "Lat": ["45.1", "57.0", "28.8", "991", "x"],
    "Lon": ["28.8", "24.1", "45.1", "181", "x"],
    "From": ["Ukraine", "UA/Narnia", "BY / LV", "/"],
    "Link": ["https://a.example", "a.example"],
    "Day": ["2024-09-08", "08.09.2024", "recently"],
}


@st.composite
def sheets(draw: st.DrawFn) -> list[list[str]]:
    text = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=12)
    count = draw(st.integers(1, 3))
    return [
        [
            draw(st.sampled_from(["", "-", *CELLS.get(name, [])]) | text)
            if draw(st.integers(0, 9))
            else draw(text)
            for name in HEADER
        ]
        for _ in range(count)
    ]


@settings(max_examples=150)
@given(sheets())
@example(
    [["2024-09-07", "14:30", "ro", "3", "3", "45.1", "28.8", "n", "UA", "P", "", "", "s", "o"]]
)
def test_nothing_of_a_row_is_lost(table: list[list[str]]) -> None:
    records, problems = read(_written([HEADER, *table]).encode(), HOW)
    for number, row in enumerate(table, 2):
        cells = {
            name: cell.strip().replace("\r\n", "\n").replace("\r", "\n")
            for name, cell in zip(HEADER, row, strict=True)
        }
        of_row = [
            it
            for it in problems
            if it.place.startswith(f"row {number}")
            and it.place[len(f"row {number}") :][:1] in ("", ",")
        ]
        told = [dict(it.cells) for it in of_row if isinstance(it, RowError)]
        own = [it for it in records if it["id"] == str(number)]
        if not any(cells.values()):
            assert not own
            continue
        if not own:
            assert cells in told
            continue
        sources = {it["source"] for it in own[0]["sources"]}
        here = [*own, *(it for it in records if it["id"] in sources)]
        texts = [text for record in here for text in _texts(record)]
        for name, cell in cells.items():
            if cell and cell != "-" and name != "Skipped" and cell.casefold() != "n/a":
                is_told = any(it.get(name) == cell for it in told)
                assert is_told or _is_held(name, cell, texts), (name, cell, own, of_row)
            kept = own[0].get("extensions", {}).get("tracker.example", {})
            is_words = "count" in str(own[0].get("objects")) or "depth" in own[0]
            if any(it.get(name) == cell for it in told) and not is_words:
                assert kept.get(name, cell) == cell


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for item in value.values():
            yield from _texts(item)
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item)
    else:
        yield str(value)


def _is_held(name: str, cell: str, texts: list[str]) -> bool:
    """Whether a cell is in a record: as it is, within words, or as what it stands for."""
    if any(cell in text for text in texts):
        return True
    if name in ("State", "From"):
        names = [it.strip() for it in cell.split("/") if it.strip() not in ("", "-")]
        return all(ae.states.resolve(it).alpha_2 in texts for it in names)
    if name in ("Lat", "Lon", "Deep"):
        return any(_number(cell) == _number(text) is not None for text in texts)
    return name == "Day" and "2024-09-08" in texts


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


@settings(max_examples=150)
@given(st.sampled_from([b"", ",".join(HEADER).encode() + b"\n"]), st.binary(max_size=200))
@example(b"", b"\xff\xfe")
@example(b"", b"\x1f\x8b")
@example(b"When\n", b"2024-09-07," * 13 + b'"\n')
def test_any_bytes_end_in_records_or_problems(start: bytes, data: bytes) -> None:
    records, problems = read(start + data, HOW)
    assert records or problems
    for it in problems:
        assert str(it).isprintable()
        pickle.dumps(it)
