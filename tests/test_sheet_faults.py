"""Faults that a mapping of a public tracker once bent on the way, each with its whole kind.

The sheets in `tests/data/sheets` have the shape of real trackers; their values are made up.
"""

from __future__ import annotations

import csv
import io
import json
import tomllib
from contextlib import suppress
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

import airspace_events as ae
from airspace_events.cli.commands import airspace_events
from airspace_events.errors import FeedError, RowError, SettingsError, TimePhraseError
from airspace_events.formats import SheetColumn
from airspace_events.formats.spreadsheets import cell_times, local_hours
from airspace_events.formats.spreadsheets.dates import UnfitError
from airspace_events.formats.spreadsheets.mapping import SheetMapping
from airspace_events.formats.spreadsheets.reading import read_sheet
from airspace_events.formats.spreadsheets.templates import joined, taken_apart
from airspace_events.phrases.resolving import resolve_time
from airspace_events.reference.geography import common_zone, own_zones_of
from airspace_events.reference.names import fold
from airspace_events.values.time import zone_named

CASES = Path(__file__).parent / "data/sheets"
KEPT = "x.example"


def case(name: str) -> tuple[dict[str, dict[str, Any]], list[str]]:
    """The records of a shared case by the number of their row, and the reasons of its problems."""
    problems: list[FeedError] = []
    found = read_sheet(CASES / f"{name}.csv", CASES / f"{name}.toml", on_problem=problems.append)
    return _by_row(found), [it.reason for it in problems]


def read(
    rows: list[list[str]], columns: dict[str, Any], **keys: Any
) -> tuple[dict[str, dict[str, Any]], list[RowError]]:
    """The records of rows by the number of their row, and the problems."""
    tables = {
        "record": "incursion",
        "keep": KEPT,
        "source": {"id": "x", "kind": "dataset", "publisher": "X", "language": "en"},
        "constants": {"state": "PL"},
        "columns": columns,
    }
    given = {name: it for name, it in (tables | keys).items() if it is not None}
    problems: list[Any] = []
    text = io.StringIO(newline="")
    csv.writer(text).writerows([list(columns), *rows])
    data = io.BytesIO(text.getvalue().encode())
    found = read_sheet(data, SheetMapping.of(given), on_problem=problems.append)
    return _by_row(found), problems


def _by_row(records: Any) -> dict[str, dict[str, Any]]:
    parsed = [json.loads(ae.to_json(record)) for record in records]
    return {
        it["sources"][0]["note"].removeprefix("row "): it
        for it in parsed
        if it["type"] == "incursion"
    }


# A constant never replaces a cell that could not be read.


def test_a_cell_that_cannot_be_read_is_not_replaced_by_a_constant() -> None:
    records, reasons = case("1-constant-over-unread")
    assert list(records) == ["3"]
    assert records["3"]["state"] == "LT"
    for cell in ("Baltic Sea", "denied", "jet"):
        assert f'"{cell}"' in reasons[0]
    assert reasons[0].endswith("no incursion was made from this row")


DAY = {"field": "time"}


@pytest.mark.parametrize(
    ("column", "constants", "absent"),
    [
        ({"field": "occurrence"}, {"occurrence": "confirmed"}, "occurrence"),
        (
            {"field": "entered_from"},
            {"entered_from": ["RU"], "crossing": "reported"},
            "entered_from",
        ),
        ({"field": "objects.0.category"}, {"objects.0.category": "missile"}, "objects"),
        (
            {"field": "objects.0.count.best"},
            {"objects.0.category": "missile", "objects.0.count.best": 1},
            "best",
        ),
        (
            {"field": "revision", "also": {"occurrence": "reported"}},
            {"occurrence": "confirmed"},
            "occurrence",
        ),
    ],
)
def test_no_constant_stands_for_an_unread_cell(
    column: dict[str, Any], constants: dict[str, Any], absent: str
) -> None:
    how = {"constants": {"state": "PL", **constants}}
    columns = {"day": DAY, "X": column}
    records, problems = read([["2031-05-02", "?!"], ["2031-05-03", ""]], columns, **how)
    assert absent not in json.dumps(records["2"] | {"extensions": None})
    assert records["2"]["extensions"] == {KEPT: {"X": "?!"}}
    assert absent in json.dumps(records["3"])
    assert len(problems) == 1


def test_no_default_stands_for_an_unread_zone_or_reference() -> None:
    columns = {"day": DAY, "Zone": {"field": "time.timezone"}}
    records, problems = read(
        [["2031-05-02 12:05", "Riga"], ["2031-05-02 12:05", ""]], columns, timezone="Europe/Warsaw"
    )
    assert "12:05" not in records.get("2", {}).get("time", {}).get("value", "")
    assert records["3"]["time"]["timezone"] == "Europe/Warsaw"
    assert problems
    columns = {"day": DAY, "Seen": {"field": "time.reference"}}
    constants = {"state": "PL", "time.reference": "2031-05-02"}
    records, problems = read(
        [["yesterday", "soon"], ["yesterday", ""]], columns, constants=constants
    )
    assert records["3"]["time"]["value"] == "2031-05-01"
    assert "2" not in records


def test_no_default_zone_stands_for_that_of_an_unread_state() -> None:
    columns = {"day": DAY, "In": {"field": "state"}}
    constants = {"places.0.name": "Riga", "places.0.state": "LV"}
    rows = [["2031-05-02 12:05", "Narnia"], ["2031-05-02 12:05", ""]]
    how = {"constants": constants, "local_time": True, "timezone": "Europe/Warsaw"}
    records, problems = read(rows, columns, **how)
    assert [it["time"]["value"][:16] for it in records.values()] == [
        "2031-05-02",
        "2031-05-02T12:05",
    ]
    assert len(problems) == 2


def test_no_constant_of_the_source_stands_for_an_unread_cell() -> None:
    columns = {
        "day": DAY,
        "Paper": {"field": "source.publisher"},
        "On": {"field": "source.published"},
    }
    constants = {
        "state": "PL",
        "source.kind": "news_report",
        "source.published": "2031-05-01",
    }
    problems: list[Any] = []
    tables = {
        "record": "incursion",
        "keep": KEPT,
        "source": {"id": "x", "kind": "dataset", "publisher": "X", "language": "en"},
        "constants": constants,
        "columns": columns,
    }
    data = io.BytesIO(b"day,Paper,On\n2031-05-02,A,soon\n2031-05-03,A,\n")
    found = list(read_sheet(data, SheetMapping.of(tables), on_problem=problems.append))
    published = [it.published for it in found if it.type == "source"][1:]
    assert published == [None, "2031-05-01"]
    assert len(problems) == 1


# Times of day.

ZONE = {"timezone": "Europe/Warsaw"}


def when(cell: str, clock: str | None = None, **keys: Any) -> tuple[dict[str, Any], str]:
    """The time of a row, and the reason of its problem, if it has one."""
    columns: dict[str, Any] = {"day": DAY}
    if clock is not None:
        columns["hour"] = {"field": "time.clock"}
    row = [cell] if clock is None else [cell, clock]
    records, problems = read([row], columns, **(ZONE | keys))
    assert len(problems) <= 1
    time = records["2"]["time"] if records else {}
    return time, problems[0].reason if problems else ""


def test_seconds_count() -> None:
    records, reasons = case("2-seconds")
    assert [it["time"]["value"] for it in records.values()] == [
        "2031-05-02T12:00:59+00:00",
        "2031-05-02T00:00:30+00:00",
        "2031-05-02T12:05:07+00:00",
    ]
    assert not reasons


@pytest.mark.parametrize(
    ("cell", "clock", "value"),
    [
        ("2031-05-02 12:00:59", None, "2031-05-02T12:00:59+02:00"),
        ("2031-05-02", "12:00:59", "2031-05-02T12:00:59+02:00"),
        ("2031-05-02T12:00:59", None, "2031-05-02T12:00:59+02:00"),
        ("2 May 2031", "1:00:59 PM", "2031-05-02T13:00:59+02:00"),
        ("02.05.2031 23:59:59 UTC", None, "2031-05-02T23:59:59Z"),
        ("2031-05-02 12:00:59.5", None, "2031-05-02T12:00:59.500000+02:00"),
        ("2031-05-02 12:00:59-05:00", None, "2031-05-02T12:00:59-05:00"),
        # No seconds, or none that anybody measured: as wide as the phrases say.
        ("2031-05-02 12:05:00", None, "2031-05-02T12:05:00+02:00/2031-05-02T12:06:00+02:00"),
        ("2031-05-02 12:00:00", None, "2031-05-02T11:30:00+02:00/2031-05-02T12:30:00+02:00"),
    ],
)
def test_a_second_is_that_second(cell: str, clock: str | None, value: str) -> None:
    found, reason = when(cell, clock, date_order="day_first")
    assert found["value"] == value
    assert not reason


def test_words_for_a_time_of_day_keep_their_day() -> None:
    records, reasons = case("5-clock-before")
    assert [it["time"]["value"] for it in records.values()] == [
        "2031-05-02T00:00:00+02:00/2031-05-02T01:45:00+02:00",
        "2031-05-03T21:00:00+02:00/2031-05-04T00:00:00+02:00",
        resolve_time("night of 4 May 2031", timezone="Europe/Warsaw").value,
    ]
    assert not reasons


@pytest.mark.parametrize(
    ("clock", "value"),
    [
        ("by 01:45", "2031-05-02T00:00:00+02:00/2031-05-02T01:45:00+02:00"),
        # What lasted until or from a time may have begun before, or ended after, that day.
        ("until 01:45", "/2031-05-02T01:45:00+02:00"),
        ("from 21:00", "2031-05-02T21:00:00+02:00/"),
        ("since 21:00", "2031-05-02T21:00:00+02:00/.."),
        ("overnight", "2031-05-01T18:00:00+02:00/2031-05-03T09:00:00+02:00"),
        ("evening", "2031-05-02T17:00:00+02:00/2031-05-03T00:00:00+02:00"),
        ("around 23:40", "2031-05-02T23:10:00+02:00/2031-05-03T00:10:00+02:00"),
        ("21:40 GMT", "2031-05-02T21:40:00Z/2031-05-02T21:41:00Z"),
    ],
)
def test_a_time_of_day_in_words_is_that_of_its_day(clock: str, value: str) -> None:
    for cell in ("2031-05-02", "2 May 2031"):
        found, reason = when(cell, clock)
        assert found["value"] == value
        assert not reason


def test_words_for_a_time_of_day_are_exact_when_the_clocks_change() -> None:
    found, _ = when("2031-03-30", "before 04:30")
    assert found["value"] == "2031-03-30T00:00:00+01:00/2031-03-30T04:30:00+02:00"
    assert "did not exist" in when("2031-03-30", "02:30")[1]


@pytest.mark.parametrize("cell", ["25:10", "noonish", "2:25", "14:60", "?"])
def test_when_only_the_time_of_day_cannot_be_read_the_day_stays(cell: str) -> None:
    found, reason = when("2031-05-02", cell)
    assert found == {"value": "2031-05-02", "verbatim": f"2031-05-02, {cell}", **ZONE}
    assert reason.startswith(f'"{cell}" ')
    assert reason.endswith("only the day was recorded")


def test_without_a_zone_the_day_stays() -> None:
    for cell, clock in (
        ("2031-05-02 12:05", None),
        ("2031-05-02", "12:05"),
        ("2 May 2031", "dusk"),
    ):
        found, reason = when(cell, clock, timezone=None)
        assert found["value"] == "2031-05-02"
        assert "needs a time zone" in reason


def test_two_times_of_day_are_a_problem() -> None:
    found, reason = when("2031-05-02 12:05", "14:30")
    assert not found
    assert '"2031-05-02 12:05" and "14:30" both contain a time of day; only one of' in reason


# Dates.


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("4 Nov 2025", "2025-11-04"),
        ("4 November, 2025", "2025-11-04"),
        ("Nov 4, 2025", "2025-11-04"),
        ("2025 Nov 4", "2025-11-04"),
        ("20250325", "2025-03-25"),
        ("5-Mar-2025", "2025-03-05"),
        ("05/mar/2025", "2025-03-05"),
        ("202503", "2025-03"),
        ("Mar-2025", "2025-03"),
        ("2015/03/30", "2015-03-30"),
        ("2015.3.30", "2015-03-30"),
        ("30.3.2015.", "2015-03-30"),
        ("2022-21", "2022-21"),
        ("2022/2024", "2022/2024"),
        ("winter 2022", "2022-28"),
        ("4 Nov 2025?", "2025-11-04?"),
        ("12.04.2025 - 14.04.2025", "2025-04-12/2025-04-14"),
    ],
)
def test_a_date_that_has_one_reading_is_read(cell: str, value: str) -> None:
    found, reason = when(cell, date_order="day_first")
    assert (found["value"], reason) == (value, "")


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("2022-24", "may be the years 2022/2024, or season 24 of 2022"),
        ("2022-23", "may be the years 2022/2023, or season 23 of 2022"),
        ("2020-33", "may be the years 2020/2033"),
        ("4 Nov 25", "has a year of two digits"),
        ("5-Mar-25", "has a year of two digits"),
        ("07.09.24", "has a year of two digits"),
        ("Mar-25", "may mean a month and year, or a day"),
        ("201203", "is a number, not a date; for the month, write 2012-03"),
        ("45543", "spreadsheets store dates as numbers"),
        ("20251325", "cannot be read as a time"),
        ("30.02.2025", "cannot be read as a time"),
    ],
)
def test_a_date_with_two_readings_is_a_problem_that_names_them(cell: str, said: str) -> None:
    found, reason = when(cell, date_order="day_first")
    assert not found
    assert reason.startswith(f'"{cell}" ')
    assert said in reason


def test_the_mapping_gives_the_century() -> None:
    how = {"century": 2000, "date_order": "day_first"}
    for cell in ("4 Nov 25", "4-Nov-25", "04.11.25", "Nov 4, 25"):
        assert when(cell, **how)[0]["value"] == "2025-11-04"
    assert when("04.11.25 14:31", **how)[0]["value"].startswith("2025-11-04T14:31:00")
    assert "set date_order" in when("04.11.25", century=2000)[1]


FIRST, LAST = datetime.fromisoformat("1990-01-01"), datetime.fromisoformat("2100-01-01")


@settings(max_examples=300)
@given(
    st.datetimes(FIRST, LAST),
    st.sampled_from(["%d %b %Y", "%B %d, %Y", "%Y-%m-%d", "%d.%m.%Y", "%Y/%m/%d", "%d/%m/%Y"]),
    st.sampled_from(["", " %H:%M", ", %H:%M", " %I:%M %p", " %I:%M %p UTC"]),
    st.sampled_from(["Europe/Warsaw", "UTC", "Asia/Tehran", "America/New_York"]),
)
def test_a_date_in_digits_means_what_the_phrase_means(
    at: datetime, date: str, clock: str, zone: str
) -> None:
    cell = at.strftime(date + clock)
    found, reason = when(cell, timezone=zone, date_order="day_first", midnight="time")
    how: dict[str, Any] = {"timezone": zone, "date_order": "day_first", "tense": "past"}
    try:
        meant = resolve_time(cell, **how).value, ""
    except TimePhraseError as error:
        meant = at.strftime("%Y-%m-%d"), error.reason
    assert found["value"] == meant[0]
    assert meant[1] in reason


def test_the_rows_of_a_sheet_share_the_readings_of_their_phrases(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    calls = counted(monkeypatch, cell_times)
    rows = [[f"night of {1 + number % 5} May 2032"] for number in range(60)]
    found, _ = read(rows, {"Day": DAY}, timezone="Europe/Riga")
    assert len(found) == 60
    assert len(calls) == len({it["time"]["value"] for it in found.values()}) == 5


def test_a_day_has_as_many_times_of_day_in_words_as_minutes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    calls = counted(monkeypatch, local_hours)
    rows = [
        ["2031-05-04", f"before {minute // 60:02}:{minute % 60:02}"]
        for minute in range(0, 1440, 2)
    ]
    columns = {"Day": DAY, "Hour": {"field": "time.clock"}}
    read(rows, columns, timezone="Europe/Riga", midnight="time")
    before = len(calls)
    read(rows, columns, timezone="Europe/Riga", midnight="time")
    assert len(calls) == before > 0


@pytest.mark.parametrize("words", ["before 01:45", "night", "late evening", "around 02:30"])
@pytest.mark.parametrize(
    ("zone", "change"),
    [
        ("Europe/Riga", date(2025, 3, 30)),
        ("Europe/Riga", date(2025, 10, 26)),
        ("Asia/Beirut", date(2025, 3, 30)),
        ("America/Havana", date(2025, 11, 2)),
        ("Pacific/Apia", date(2011, 12, 30)),
    ],
)
def test_hours_around_a_clock_change_are_those_of_the_phrases(
    zone: str, change: date, words: str
) -> None:
    hours, clocks = local_hours.hours_in_words(words), zone_named(zone)
    assert hours is not None
    spans = []
    for days in range(-3, 4):
        day = change + timedelta(days=days)
        span = local_hours.steady_span(day, hours, clocks)
        spans.append(span)
        if span is not None:
            values = []
            for phrase in local_hours.phrases_of(str(day), words):
                with suppress(ae.TimeExpressionError):
                    values.append(resolve_time(phrase, timezone=zone, tense="past").value)
            assert span == local_hours.hull_of(values, day, words, clocks)
    assert spans[0]
    assert spans[-1]
    assert None in spans


def counted(monkeypatch: pytest.MonkeyPatch, module: Any) -> list[str]:
    """Return the phrases that a module resolves from now on."""
    calls: list[str] = []

    def resolved(text: str, **how: Any) -> ae.ReportedTime:
        calls.append(text)
        return resolve_time(text, **how)

    monkeypatch.setattr(module, "resolve_time", resolved)
    return calls


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        (
            "09.09.2031 22:16 \N{EN DASH} 10.09.2031 04:50",
            "2031-09-09T22:16:00+02:00/2031-09-10T04:50:00+02:00",
        ),
        ("2031-09-09 22:16 - 23:50", "2031-09-09T22:16:00+02:00/2031-09-09T23:50:00+02:00"),
        (
            "2031-09-09 22:16:07 — 2031-09-09 23:50 UTC",
            "2031-09-09T22:16:07+02:00/2031-09-09T23:50:00Z",
        ),
    ],
)
def test_a_start_and_an_end_in_one_cell(cell: str, value: str) -> None:
    found, reason = when(cell, date_order="day_first")
    assert (found["value"], found["verbatim"], reason) == (value, cell, "")


def test_an_end_before_its_start_is_a_problem() -> None:
    cell = "2031-09-09 22:16 - 2031-09-08"
    found, reason = when(cell)
    assert not found
    assert f'"{cell}" ends before it begins' in reason


# Texts that the validator refuses.


def test_a_cell_with_control_characters_is_reported() -> None:
    records, reasons = case("3-control")
    assert [it.get("note") for it in records.values()] == [None, None]
    assert [it.get("extensions") for it in records.values()] == [None, None]
    assert reasons == [
        '"Lights\\u0081 seen" contains control characters, which no record may contain',
        '"Lights\\u001b[1m seen" contains control characters, which no record may contain',
    ]


@pytest.mark.parametrize("control", ["\x07", "\x0b", "\x1b", "\x7f", "\x85", "\x9f"])
@pytest.mark.parametrize(
    "column",
    [
        {"field": "note"},
        {"field": "places.0.name"},
        {"field": "objects.0.count", "also": {"objects.0.category": "missile"}},
        {"field": "time.clock"},
        {"keep": True},
        {"field": "source.title"},
    ],
)
def test_no_record_has_a_control_character(control: str, column: dict[str, Any]) -> None:
    cell = f"a{control}b"
    constants = {"state": "PL", "source.kind": "news_report", "source.publisher": "P"}
    columns = {"day": DAY, "X": column}
    records, problems = read([["2031-05-02", cell]], columns, constants=constants)
    assert [it.cells for it in problems] == [{"X": cell}]
    report = ae.validate(io.BytesIO(_feed(records)))
    assert "control_character" not in {it.code for it in report.notices}


def test_no_constant_stands_for_a_cell_with_control_characters() -> None:
    columns = {"day": DAY, "X": {"field": "occurrence"}}
    constants = {"state": "PL", "occurrence": "confirmed"}
    records, _ = read([["2031-05-02", "confirmed\x07"]], columns, constants=constants)
    assert "occurrence" not in records["2"]


def _feed(records: dict[str, dict[str, Any]]) -> bytes:
    lines = [{"type": "feed", "schema_version": "1.0"}, *records.values()]
    return "".join(f"{json.dumps(line)}\n" for line in lines).encode()


# References.

MINISTRY = {"type": "organization", "name": "The Ministry", "kind": "government_body"}


def test_no_reference_dangles() -> None:
    records, reasons = case("4-dangling")
    assert all("detected_by" not in it and "assessments" not in it for it in records.values())
    assert [it["extensions"][KEPT] for it in records.values()] == [
        {"by": "radar", "who": "suspected"},
        {"by": "Radar", "who": "Suspected"},
    ]
    for cell, reason in zip(("radar", "suspected", "Radar", "Suspected"), reasons, strict=True):
        assert reason.startswith(f'"{cell}" is not a state')


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        ("NATO", "nato"),
        ("nato", "nato"),
        ("Latvia", "LV"),
        ("LV", "LV"),
        ("\U0001f1f1\U0001f1fb", "LV"),
        ("The  ministry", "mapn"),
        ("mapn", "mapn"),
        ("MApN", "mapn"),
        ("police", None),
        ("lv-2031", None),
        ("x", None),
    ],
)
def test_an_actor_is_known_or_a_problem(cell: str, found: str | None) -> None:
    by = {"field": "detected_by", "values": {"MApN": "mapn"}}
    records, problems = read(
        [["2031-05-02", cell]], {"day": DAY, "by": by}, records={"mapn": MINISTRY}
    )
    assert records["2"].get("detected_by") == ([found] if found else None)
    assert bool(problems) is (found is None)


@pytest.mark.parametrize(
    ("field", "ids"),
    [
        ("part_of", ["attacks"]),
        ("during.0", ["attacks"]),
        ("detected_by", ["mapn"]),
        ("objects.0.nationality", ["LV"]),
    ],
)
def test_every_field_that_refers_to_a_record_is_checked(field: str, ids: list[str]) -> None:
    records = {"mapn": MINISTRY, "attacks": ATTACKS}
    columns = {"day": DAY, "X": {"field": field, "also": {"objects.0.category": "missile"}}}
    rows = [["2031-05-02", it] for it in (*ids, "mapn-2", "attacks-2", "radar")]
    found, problems = read(rows, columns, records=records, id="x-{row}")
    assert len(problems) == len(rows) - len(ids)
    assert [it for it in found.values() if f'"{ids[0]}"' in json.dumps(it)] == [found["2"]]


ATTACKS = {
    "type": "series",
    "kind": "attack_elsewhere",
    "title": "Attacks",
    "time": {"value": "2031"},
    "sources": [{"source": "x"}],
}


def test_a_sheet_with_records_of_its_own_is_a_valid_feed() -> None:
    tables = {
        "record": "incursion",
        "source": {"id": "x", "kind": "dataset", "publisher": "X", "language": "en"},
        "constants": {"state": "PL", "part_of": "attacks"},
        "records": {"attacks": ATTACKS, "mapn": MINISTRY},
        "columns": {"day": DAY, "by": {"field": "detected_by"}},
    }
    data = io.BytesIO(b"day,by\n2031-05-02,The Ministry\n")
    found = list(read_sheet(data, SheetMapping.of(tables)))
    assert [it.id for it in found] == ["x", "attacks", "mapn", "x-2"]
    stream = io.BytesIO()
    ae.write_feed(ae.Feed.of(found), stream)
    stream.seek(0)
    now = datetime.fromisoformat("2032-01-01T00:00:00Z")
    assert ae.validate(stream, now=now).ok


# Doubt.


def test_doubt_about_a_state_is_a_problem() -> None:
    records, reasons = case("7-doubt")
    assert not records
    assert '"Latvia?"' in reasons[0]
    assert '"(Latvia)" has marks that may express doubt' in reasons[1]


COUNT = {"field": "objects.0.count", "also": {"objects.0.category": "missile"}}
NEEDED = {"also": {"crossing": "reported"}}


@pytest.mark.parametrize(
    ("field", "cells"),
    [
        ("state", ["Latvia?", "(Latvia)", "[Latvia]", "Latvia*", "Latvia (?)", "~Latvia", "LV ?"]),
        (
            "state",
            ["Latvia!", "\N{LEFT DOUBLE QUOTATION MARK}Latvia\N{RIGHT DOUBLE QUOTATION MARK}"],
        ),
        ("detected_by", ["NATO?", "(NATO)", "NATO*"]),
        ("over", ["land?", "(land)"]),
        ("revision", ["3?", "(3)", "~3"]),
        ("recorded_at", ["2031-05-02T12:00:00Z?"]),
        ("objects.0.category", ["missile?", "(missile)", "missile*"]),
    ],
)
def test_a_mark_of_doubt_beside_a_word_is_a_problem(field: str, cells: list[str]) -> None:
    columns = {"day": DAY, "X": {"field": field}}
    rows = [["2031-05-02", cell] for cell in cells]
    records, problems = read(rows, columns, constants={"places.0.name": "Riga"})
    assert [it.reason.startswith(f'"{cell}"') for it, cell in zip(problems, cells, strict=True)]
    kept = [it["extensions"][KEPT]["X"] for it in records.values()]
    assert kept == cells


@pytest.mark.parametrize(
    ("cell", "count"),
    [
        ("~10", {"verbatim": "~10", "roughly": 10}),
        ("c. 10", {"verbatim": "c. 10", "roughly": 10}),
        ("10?", {"verbatim": "10?"}),
        ("(10)", {"verbatim": "(10)"}),
        ("10*", {"verbatim": "10*"}),
    ],
)
def test_a_mark_of_doubt_beside_a_number_stays(cell: str, count: dict[str, Any]) -> None:
    records, problems = read([["2031-05-02", cell]], {"day": DAY, "X": COUNT})
    assert records["2"]["objects"][0]["count"] == count
    assert len(problems) == ("roughly" not in count)


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("2031-05-02?", "2031-05-02?"),
        ("2 May 2031 ?", "2031-05-02?"),
        ("~2 May 2031", "2031-05-02~"),
        ("02/05/2031~", "2031-05-02~"),
        ("May 2031?", "2031-05?"),
        ("around 2 May 2031", "2031-05-02~"),
    ],
)
def test_a_mark_of_doubt_beside_a_date_stays(cell: str, value: str) -> None:
    assert when(cell, date_order="day_first")[0]["value"] == value


@pytest.mark.parametrize("cell", ["2 May 2031*", "(2 May 2031)", "2 May 2031 (?)", "2 May? 2031"])
def test_a_doubt_that_a_date_cannot_keep_is_a_problem(cell: str) -> None:
    found, reason = when(cell)
    assert not found
    assert reason.startswith(f'"{cell}"')


@pytest.mark.parametrize("cell", ["2031-05-02 12:05?", "2031-05-02 ~12:05", "2 May 2031 at 12:65"])
def test_a_doubt_about_the_time_of_day_leaves_the_day(cell: str) -> None:
    found, reason = when(cell)
    assert (found["value"], found["verbatim"]) == ("2031-05-02", cell)
    assert reason.startswith(f'"{cell}"')


# Zero.


def test_nothing_happened_zero_times() -> None:
    records, reasons = case("8-zero")
    assert "objects" not in records["2"]
    assert "effects" not in records["2"]
    assert records["2"]["extensions"] == {KEPT: {"sorties": "0", "hits": "0", "downed": "0"}}
    assert len(reasons) == 2
    assert all("skip_zero = true" in reason for reason in reasons)
    assert records["3"]["objects"][0]["fates"] == [{"fate": "shot_down", "count": {"best": 2}}]


ZERO: dict[str, Any] = {
    "day": DAY,
    "flown": {"field": "objects.0.count"},
    "model": {"field": "objects.0.designation"},
    "downed": {
        "field": "objects.0.fates.0.count",
        "also": {"objects.0.fates.0.fate": "shot_down"},
    },
}
MISSILE = {"constants": {"state": "PL", "objects.0.category": "missile"}}


@pytest.mark.parametrize("zero", ["0", "zero", "00"])
@pytest.mark.parametrize("keys", [{"skip_zero": True}, {"skip_zero": False}, {}])
def test_a_count_of_zero_leaves_out_its_whole_item(zero: str, keys: dict[str, bool]) -> None:
    columns, skip = ZERO | {"flown": ZERO["flown"] | keys}, keys.get("skip_zero")
    records, problems = read([["2031-05-02", zero, "Kh-101", "2"]], columns, **MISSILE)
    if skip is False:
        assert records["2"]["objects"][0]["count"]["best"] == 0
    else:
        assert "objects" not in records["2"]
        kept = {"flown": zero, "model": "Kh-101", "downed": "2"}
        assert records["2"]["extensions"] == {KEPT: kept}
    assert len(problems) == (skip is None)
    if problems:
        assert problems[0].cells == {"flown": zero, "model": "Kh-101", "downed": "2"}


def test_a_count_of_zero_leaves_the_item_around_it() -> None:
    records, problems = read([["2031-05-02", "3", "Kh-101", "0"]], ZERO, **MISSILE)
    assert records["2"]["objects"] == [
        {"category": "missile", "designation": "Kh-101", "count": {"best": 3}}
    ]
    assert [it.cells for it in problems] == [{"downed": "0"}]


def test_a_total_of_zero_is_a_total() -> None:
    columns = {"day": DAY, "X": {"field": "totals.objects"}}
    records, problems = read([["2031-05-02", "0"]], columns)
    assert records["2"]["totals"] == {"objects": {"best": 0}}
    assert not problems


def test_cases_fill_other_fields_for_certain_cells() -> None:
    cases = {
        "Kh-101": {"objects.0.category": "missile", "objects.0.designation": "Kh-101"},
        "Heavy drone": {"objects.0": {"category": "uncrewed_aircraft"}},
    }
    columns = {"day": DAY, "model": {"cases": cases}}
    rows = [["2031-05-02", it] for it in ("KH-101", "heavy  drone", "jet", "")]
    records, problems = read(rows, columns)
    assert [it.get("objects") for it in records.values()] == [
        [{"category": "missile", "designation": "Kh-101"}],
        [{"category": "uncrewed_aircraft"}],
        None,
        None,
    ]
    assert [it.reason for it in problems] == ['"jet" is not one of the cases in the mapping']
    assert records["4"]["extensions"] == {KEPT: {"model": "jet"}}
    hits = {"field": "totals.objects", "cases": {"0": {"occurrence": "discounted"}}}
    records, problems = read(
        [["2031-05-02", "0"], ["2031-05-03", "2"]], {"day": DAY, "hits": hits}
    )
    assert [it.get("occurrence") for it in records.values()] == ["discounted", None]


# Zones by state.


def test_the_zone_is_that_of_the_state() -> None:
    records, reasons = case("6-germany")
    assert [(it["time"]["timezone"], it["time"]["value"][:25]) for it in records.values()] == [
        ("Europe/Berlin", "2031-05-02T21:35:00+02:00"),
        ("Europe/Kyiv", "2031-05-02T21:35:00+03:00"),
        ("Europe/Copenhagen", "2031-05-02T21:35:00+02:00"),
    ]
    assert not reasons


LOCAL: dict[str, Any] = {"local_time": True, "constants": {}}


@pytest.mark.parametrize(
    ("cell", "state", "zone"),
    [
        ("2025-05-02 21:35", "Cyprus", "Asia/Nicosia"),
        ("2025-05-02", "Cyprus", "Asia/Nicosia"),
        ("2017-05-02 21:35", "Cyprus", None),
        ("2017-05-02", "Cyprus", None),
        ("2025-05-02 21:35", "Kazakhstan", "Asia/Almaty"),
        ("2023-05-02 21:35", "Kazakhstan", None),
        ("night of 2 May 2025", "Germany", "Europe/Berlin"),
        ("2025-05-02 21:35", "Portugal", None),
        ("night of 2 May 2025", "Spain", None),
        ("2025-05-02 21:35", "Russia", None),
    ],
)
def test_a_state_has_one_clock_or_the_message_names_its_zones(
    cell: str, state: str, zone: str | None
) -> None:
    records, problems = read([[cell, state]], {"day": DAY, "in": {"field": "state"}}, **LOCAL)
    assert records["2"]["time"].get("timezone") == zone
    has_clock = "T" in records["2"]["time"]["value"]
    assert has_clock is (zone is not None and cell[-3:] != "-02")
    if zone is None and ":" in cell:
        code = records["2"]["state"]
        assert f"{code} has several ({own_zones_of(code)[0]}, " in problems[0].reason


def test_the_clocks_of_a_state_are_compared_hour_by_hour() -> None:
    states = ("DE", "CY", "KZ", "PT", "UA", "AR")
    found = {state: common_zone(state, 2025) for state in states}
    assert found == {
        "DE": "Europe/Berlin",
        "CY": "Asia/Nicosia",
        "KZ": "Asia/Almaty",
        "PT": None,
        "UA": "Europe/Kyiv",
        "AR": "America/Argentina/Buenos_Aires",
    }
    assert common_zone("BV", 2025) is None
    assert [common_zone("CY", year) for year in (2015, 2016, 2017, 2018)] == [
        "Asia/Nicosia",
        None,
        None,
        "Asia/Nicosia",
    ]


# Ids.


def test_names_in_other_letters_make_ids() -> None:
    records, reasons = case("9-ids")
    assert [it["id"] for it in records.values()] == ["x-athina-1", "x-patra-1", "x-dongjing"]
    assert not reasons


NAMES = {"id": {"keep": True}, "day": DAY}


@settings(max_examples=100)
@given(st.lists(st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1), min_size=1))
def test_different_names_make_different_ids(names: list[str]) -> None:
    different = list({fold(name): name for name in names}.values())
    rows = [[name, "2031-05-02"] for name in different]
    records, problems = read(rows, NAMES, id="x-{id}")
    assert not problems
    ids = [it["id"] for it in records.values()]
    assert len(set(ids)) == len(different)


def test_names_that_become_the_same_id_are_numbered() -> None:
    rows = [
        [name, "2031-05-02"] for name in ("昨日", "zuori", "?", "\N{EM DASH}", "x" * 200, "zuori")
    ]
    records, problems = read(rows, NAMES, id="x-{id}")
    ids = [it["id"] for it in records.values()]
    assert ids[:4] == ["x-zuori", "x-zuori-row-3", "x-row-4", "x-row-5"]
    assert ids[4] == "x-" + "x" * 120 + "-row-6"
    # The same name twice is a fault in the sheet.
    assert [it.reason for it in problems] == [
        'an earlier row also has the id "x-zuori"; no incursion was made from this row'
    ]


# The summary, the rejected rows, and the rows that are left out.


def sheet_of(count: int) -> bytes:
    rows = ["day,kind,occurrence", *(f"2031-05-02,drone,denied {at}" for at in range(count))]
    rows += ["2031-05-03,exercise,reported", "soon,drone,reported", "2031-05-04,drone", ""]
    return "\n".join([*rows, "2031-05-05,drone,confirmed", ""]).encode()


TRACKER = """
record = "incursion"
keep = "x.example"
source = { id = "x", kind = "dataset", publisher = "X", language = "en" }
constants = { state = "PL" }
[columns]
day = { field = "time" }
kind = { keep = true, skip_rows = ["Exercise"] }
occurrence = { field = "occurrence" }
"""


def test_the_summary_counts_rows_cells_and_causes() -> None:
    problems: list[FeedError] = []
    how = SheetMapping.of(tomllib.loads(TRACKER))
    found = read_sheet(io.BytesIO(sheet_of(1039)), how, on_problem=problems.append)
    assert sum(it.type == "incursion" for it in found) == 1040
    summary = found.summary
    assert (summary.rows, summary.records, summary.rejected) == (1043, 1040, 2)
    assert (summary.skipped, summary.cells) == (1, 1039)
    assert summary.rows == summary.records + summary.rejected + summary.skipped
    assert [it.times for it in summary.causes] == [1039, 1, 1]
    assert sum(it.times for it in summary.causes) == len(problems) == 1041
    assert '"denied 0"' in summary.causes[0].first.reason
    assert str(summary) == (
        "1,043 rows: 1,040 became a record, 2 did not, 1 left out by the mapping; "
        "1,039 cells with problems"
    )


def test_the_causes_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("airspace_events.formats.spreadsheets.summary._MOST_CAUSES", 1)
    how = SheetMapping.of(tomllib.loads(TRACKER))
    found = read_sheet(io.BytesIO(sheet_of(3)), how, on_problem=[].append)
    list(found)
    assert [it.times for it in found.summary.causes] == [3, 2]


def test_quotation_marks_in_a_cell_do_not_make_another_cause() -> None:
    words = ["odd", 'a"b', '"c"', '5" gun; d', '"', "e;f"]
    rows = "".join(f'2031-05-02,drone,"{it.replace(chr(34), chr(34) * 2)}"\n' for it in words)
    data = io.BytesIO(f"day,kind,occurrence\n{rows}".encode())
    how = SheetMapping.of(tomllib.loads(TRACKER))
    found = read_sheet(data, how, on_problem=[].append)
    list(found)
    assert [it.times for it in found.summary.causes] == [len(words)]


def test_a_cause_that_fills_many_rows_is_told_once(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_bytes(sheet_of(1039))
    (tmp_path / "t.toml").write_text(TRACKER)
    arguments = [str(tmp_path / name) for name in ("t.csv", "t.jsonl", "t.toml", "rejects.csv")]
    command = ["convert", *arguments[:2], "--mapping", arguments[2], "--rejects", arguments[3]]
    done = CliRunner().invoke(airspace_events, command)
    assert done.exit_code == 1
    lines = done.stderr.splitlines()
    assert len(lines) == 5
    assert '"denied 0" is not an event status' in lines[0]
    assert lines[0].endswith("(row 2, column occurrence) (and 1,038 more like this)")
    assert lines[3].startswith("1,043 rows: 1,040 became a record, 2 did not, 1 left out")
    assert lines[4] == "1,041 records; all values written"
    # The rejected rows are corrected and read again by the same mapping.
    rejects = (tmp_path / "rejects.csv").read_text()
    assert [line.partition(",")[0] for line in rejects.splitlines()] == [
        "day",
        "soon",
        "2031-05-04",
    ]
    (tmp_path / "t.csv").write_text(
        rejects.replace("soon", "2031-05-03").replace('drone,"the', 'drone,,"the')
    )
    again = ae.formats.convert(arguments[0], arguments[1], mapping=arguments[2])
    assert again.rows is not None
    assert (again.rows.records, again.rows.rejected) == (2, 0)
    assert not any("problem" in line for line in Path(arguments[1]).read_text().splitlines())


@pytest.mark.parametrize("encoding", ["windows-1250", "utf-8", "utf-16"])
def test_rejected_rows_keep_the_layout_of_the_sheet(encoding: str) -> None:
    rejects = io.BytesIO()
    how = SheetMapping.of(
        tomllib.loads(f'header_row = 3\ndelimiter = ";"\nencoding = "{encoding}"\n' + TRACKER)
    )
    data = "Title\n\nday;kind;occurrence\n\u017c\u00f3\u0142w;;\n".encode(encoding)
    list(read_sheet(io.BytesIO(data), how, on_problem=lambda _: None, rejects=rejects))
    first = rejects.getvalue()
    again = io.BytesIO()
    rejects.seek(0)
    list(read_sheet(rejects, how, on_problem=lambda _: None, rejects=again))
    assert first.startswith(
        "\r\n\r\nday;kind;occurrence;airspace-events: problem\r\n\u017c\u00f3\u0142w;;;".encode(
            encoding
        )
    )
    assert again.getvalue() == first


def test_rejects_need_a_mapping(tmp_path: Path) -> None:
    with pytest.raises(TypeError, match="mapping"):
        ae.formats.convert(io.BytesIO(), io.BytesIO(), "jsonl", "jsonl", rejects=tmp_path / "r")
    done = CliRunner().invoke(airspace_events, ["convert", "a.jsonl", "b.jsonl", "--rejects", "r"])
    assert done.exit_code == 2
    assert "--rejects needs --mapping" in done.stderr


@pytest.mark.parametrize(
    ("keys", "kept"),
    [
        ({"skip_rows": ["Exercise", ""]}, ["2"]),
        ({"only_rows": ["DRONE"]}, ["2"]),
        ({"only_rows": ["drone", "exercise"], "skip_rows": ["exercise"]}, ["2"]),
        ({"only_rows": ["drone", ""]}, ["2", "4"]),
    ],
)
def test_rows_are_left_out_by_a_column(keys: dict[str, Any], kept: list[str]) -> None:
    rows = [["2031-05-02", "drone"], ["soon", "exercise"], ["2031-05-04", ""]]
    for column in ({"keep": True}, {"skip": True}, {"field": "note"}):
        records, problems = read(rows, {"day": DAY, "X": column | keys})
        assert list(records) == kept
        assert not problems


# Messages.


def test_a_message_quotes_the_cell_as_it_is_in_the_file() -> None:
    columns = {
        "day": DAY,
        "in": {"field": "state", "values": {"Narnien": "Narnia"}},
        "seen": {"field": "time.clock", "values": {"abends": "25:10"}},
    }
    constants = {"places.0.name": "Riga"}
    rows = [["7. Mai 2031", "Narnien", "abends"], ["2031-05-02T25:10", "Lettland", ""]]
    words = {"Mai": "May", "7.": "7"}
    _, problems = read(rows, columns, constants=constants, words=words, **ZONE)
    assert [it.reason.partition(";")[0] for it in problems] == [
        '"abends" cannot be read as a time of day: 25:10 is not a valid time',
        '"Narnien" means "Narnia" according to the mapping: no state is named "Narnia"',
        '"2031-05-02T25:10" cannot be read as a time of day: 25:10 is not a valid time',
    ]


def test_the_opposite_of_a_word_does_not_suggest_the_word() -> None:
    columns = {"day": DAY, "X": {"field": "occurrence"}}
    rows = [["2031-05-02", cell] for cell in ("not confirmed", "unconfirmed", "never confirmed")]
    _, problems = read(rows, columns)
    assert not any('"confirmed"' in it.reason for it in problems)


def test_no_message_of_a_mapping_has_the_wording_of_pydantic() -> None:
    values: list[Any] = [None, True, 3, -1, 2.5, "x", "", [], ["x"], [1], {}, {"a": 1}, {"a": {}}]
    keys = [*SheetMapping.model_fields, *(f"columns/day/{it}" for it in SheetColumn.model_fields)]
    for key in keys:
        for value in values:
            tables = tomllib.loads(TRACKER)
            *before, last = key.split("/")
            inner: Any = tables
            for name in before:
                inner = inner[name]
            inner[last] = value
            try:
                SheetMapping.of(tables)
            except SettingsError as error:
                said = str(error).lower()
                for word in ("input should", "valid string", "field required", "value error"):
                    assert word not in said


# Several columns to one field, and one column to several.


def sheet(
    header: str, rows: list[str], columns: dict[str, Any], **keys: Any
) -> tuple[dict[str, dict[str, Any]], list[RowError]]:
    tables = tomllib.loads(TRACKER) | {"columns": columns} | keys
    data = io.BytesIO("\n".join([header, *rows, ""]).encode())
    problems: list[Any] = []
    found = read_sheet(data, SheetMapping.of(tables), on_problem=problems.append)
    return _by_row(found), problems


def test_a_date_may_be_in_three_columns() -> None:
    columns = {"When": {"join": "{Year}-{Month}-{Day}", "field": "time"}}
    rows = [
        "2031,5,2",
        "2031,May,2",
        "2031,5,",
        "2031,May,",
        "2031,,",
        "2031,,2",
        "2031,13,1",
        ",,",
    ]
    records, problems = sheet("Year,Month,Day", rows, columns)
    values = {number: it["time"]["value"] for number, it in records.items()}
    day, month = "2031-05-02", "2031-05"
    assert values == {"2": day, "3": day, "4": month, "5": month, "6": "2031"}
    places = [f"row {row}, columns Year, Month, Day" for row in (7, 8)]
    assert [it.place for it in problems] == places
    assert '"2" needs a cell in the column Month, which is empty' in problems[0].reason
    assert all("extensions" not in it for it in records.values())


def test_a_start_and_an_end_may_be_in_two_columns() -> None:
    columns = {"When": {"join": "{Day} {From} \N{EN DASH} {To}", "field": "time"}}
    rows = [
        "2031-05-02,22:16,2031-05-03 04:50",
        "2031-05-02,22:16,",
        "2031-05-02,,2031-05-03 04:50",
        "2031-05-02,22:16,04:50",
    ]
    records, problems = sheet("Day,From,To", rows, columns, timezone="Europe/Warsaw")
    assert [it["time"]["value"] for it in records.values()] == [
        "2031-05-02T22:16:00+02:00/2031-05-03T04:50:00+02:00",
        "2031-05-02T22:16:00+02:00/2031-05-02T22:17:00+02:00",
        "2031-05-02",
    ]
    assert "needs a cell in the column From" in problems[0].reason
    assert "ends before it begins" in problems[1].reason


PLACE = {
    "pattern": ["{place}, {country}", "{country}"],
    "parts": {"place": {"field": "places.0.name"}, "country": {"field": "state"}},
}


def test_a_cell_may_hold_a_place_and_its_country() -> None:
    rows = ['2031-05-02,"Riga, Latvia"', "2031-05-02,Latvia", '2031-05-02,"A, B, Latvia"']
    rows += ['2031-05-02,"Riga, Narnia"', "2031-05-02,"]
    columns = {"day": DAY, "Where": PLACE}
    records, problems = sheet("day,Where", rows, columns)
    assert [(it.get("state"), it.get("places")) for it in records.values()] == [
        ("LV", [{"name": "Riga"}]),
        ("LV", None),
        (None, [{"name": "Riga"}]),
        ("PL", None),
    ]
    assert [it.place for it in problems] == ["row 4, column Where", "row 5, column Where"]
    assert '"A, B, Latvia"' in problems[0].reason
    assert '"Narnia"' in problems[1].reason
    assert problems[1].cells == {"Where": "Riga, Narnia"}
    assert records["5"]["extensions"] == {KEPT: {"Where": "Riga, Narnia"}}


def test_a_cell_that_no_pattern_fits_is_a_problem_and_kept() -> None:
    where = PLACE | {"pattern": ["{place}, {country}"]}
    rows = ['2031-05-02,"A, B, Latvia"', "2031-05-02,Latvia", "2031-05-02,n/a"]
    how = {"unknown": ["n/a"], "constants": {"state": "PL", "places.1.name": "P"}}
    records, problems = sheet("day,Where", rows, {"day": DAY, "Where": where}, **how)
    assert [it.get("extensions") for it in records.values()] == [
        {KEPT: {"Where": "A, B, Latvia"}},
        {KEPT: {"Where": "Latvia"}},
        None,
    ]
    # The constant state does not replace the state that could not be read.
    assert [it.get("state") for it in records.values()] == [None, None, "PL"]
    assert [it.reason for it in problems] == [
        f'"{cell}" does not have the form "{{place}}, {{country}}"'
        for cell in ("A, B, Latvia", "Latvia")
    ]


@pytest.mark.parametrize(
    ("cell", "point"),
    [
        ("56.9, 24.1", [24.1, 56.9]),
        ("56.9 24.1", [24.1, 56.9]),
        ("156.9, 24.1", None),
        ("56.9", None),
    ],
)
def test_a_cell_may_hold_latitude_and_longitude(cell: str, point: list[float] | None) -> None:
    at = {
        "pattern": ["{latitude},{longitude}", "{latitude} {longitude}"],
        "parts": {
            "latitude": {"field": "places.0.latitude"},
            "longitude": {"field": "places.0.longitude"},
        },
    }
    records, problems = sheet("day,At", [f'2031-05-02,"{cell}"'], {"day": DAY, "At": at})
    found = records["2"].get("places")
    assert found == (point and [{"geometry": {"type": "Point", "coordinates": point}}])
    assert bool(problems) is (point is None)
    assert records["2"].get("extensions") == (None if point else {KEPT: {"At": cell}})


def test_a_joined_column_must_not_be_in_the_file_and_its_columns_must_be() -> None:
    columns = {"When": {"join": "{Yaer}-{Month}", "field": "time"}}
    _, problems = sheet("Year,Month,When", ["2031,5,x"], columns)
    assert [it.reason for it in problems] == [
        'the file has a column "When", so a joined column cannot have this name',
        'the file has no column "Yaer"; did you mean "Year"?',
    ]


@given(
    st.lists(st.text("ab,; ", max_size=3), min_size=2, max_size=2), st.text("ab,; ", max_size=9)
)
def test_what_a_pattern_takes_apart_joins_to_the_same_cell(parts: list[str], cell: str) -> None:
    for template in ("{a}, {b}", "<{a}; {b}>", "{a}"):
        for text in (cell, joined(template, {"a": parts[0] or "a", "b": parts[1] or "b"})):
            try:
                found = taken_apart((template,), text)
            except UnfitError:
                continue
            if all(found.values()):
                assert "".join(joined(template, found).split()) == "".join(text.split())


# Two columns of sources.


def test_a_row_may_have_two_columns_of_sources() -> None:
    constants = {
        "state": "PL",
        "source.kind": "news_report",
        "source.publisher": "A",
        "source_2": {"kind": "social_post", "publisher": "B", "reliability": "C"},
    }
    columns = {
        "day": DAY,
        "Link": {"field": "source.url"},
        "Trust": {"field": "source.credibility", "values": {"good": 2}},
        "Post": {"field": "source_2.url", "prefix": "https://t.me/", "split": ";"},
    }
    rows = [
        "2031-05-02,https://a.example/1,good,chan/1;https://t.me/chan/2",
        "2031-05-03,,,chan/1",
        "2031-05-04,https://a.example/2,9,",
        "2031-05-05,https://a.example/2,3,",
    ]
    tables = tomllib.loads(TRACKER) | {"columns": columns, "constants": constants}
    data = io.BytesIO("\n".join(["day,Link,Trust,Post", *rows, ""]).encode())
    problems: list[Any] = []
    found = list(read_sheet(data, SheetMapping.of(tables), on_problem=problems.append))
    urls = {it.id: it.url for it in found if it.type == "source" and it.url}
    assert list(urls.values()) == [
        "https://a.example/1",
        "https://t.me/chan/1",
        "https://t.me/chan/2",
        "https://a.example/2",
    ]
    cited = [
        [(urls[it.source][-3:], it.reliability, it.credibility) for it in record.sources[1:]]
        for record in found
        if record.type == "incursion"
    ]
    assert cited == [
        [("e/1", None, 2), ("n/1", "C", None), ("n/2", "C", None)],
        [("n/1", "C", None)],
        [("e/2", None, None)],
        [("e/2", None, 3)],
    ]
    assert [(it.place, it.cells) for it in problems] == [("row 4, column Trust", {"Trust": "9"})]


# Links between rows, and organizations that cells name.

LINKED: dict[str, Any] = {
    "id": {"keep": True},
    "day": DAY,
    "same": {"field": "possibly_same_as.0.incursion"},
}


def links_of(
    rows: list[str], **keys: Any
) -> tuple[dict[str, list[str]], list[str], list[ae.Record]]:
    """The links of each record, the problems with their rows, and all records."""
    tables = tomllib.loads(TRACKER) | {"columns": LINKED, "id": "x-{id}"} | keys
    data = io.BytesIO("\n".join(["id,day,same", *rows, ""]).encode())
    problems: list[Any] = []
    found = list(read_sheet(data, SheetMapping.of(tables), on_problem=problems.append))
    links = {
        it.id: [one.incursion for one in it.possibly_same_as]
        for it in found
        if it.type == "incursion"
    }
    return links, [f"{it.place}: {it.reason}" for it in problems], found


def test_rows_refer_to_each_other_by_the_ids_of_the_tracker() -> None:
    rows = ["A1,2031-05-02,", "A2,2031-05-03,a1", "A3,2031-05-04,A5", "A4,2031-05-05,A4"]
    rows += ["A5,2031-05-06,A3", "A6,2031-05-07,Z 9", "A7,2031-05-08,?"]
    links, problems, found = links_of(rows)
    assert links == {
        "x-a1": [],
        "x-a2": ["x-a1"],
        "x-a5": ["x-a3"],
        "x-a3": ["x-a5"],
        "x-a4": [],
        "x-a6": [],
        "x-a7": [],
    }
    assert [it.partition(";")[0] for it in problems] == [
        'row 8, column same: "?" has marks that may express doubt',
        'row 5, column same: "A4" does not refer to another row of the sheet',
        'row 7, column same: "Z 9" does not refer to another row of the sheet',
    ]
    kept = {it.id: it.extensions for it in found if it.type == "incursion"}
    assert kept["x-a6"] == {KEPT: {"id": "A6", "same": "Z 9"}}
    stream = io.BytesIO()
    ae.write_feed(ae.Feed.of(found), stream)
    stream.seek(0)
    assert "dangling_reference" not in {it.code for it in ae.validate(stream).notices}


def test_without_an_id_of_one_column_rows_have_no_links() -> None:
    for pattern in ("x-{row}", "x-{time}-{id}"):
        links, problems, _ = links_of(["A1,2031-05-02,", "A2,2031-05-03,A1"], id=pattern)
        assert not any(links.values())
        assert '"A1" is not an incursion that is defined in the mapping' in problems[0]


@pytest.mark.parametrize(("distance", "linked"), [(2, 4), (3, 0)])
def test_rows_that_wait_are_bounded(
    distance: int, linked: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("airspace_events.formats.spreadsheets.reading._MOST_HELD", 2)
    rows = [f"A{at},2031-05-02,A{at + distance}" for at in range(6)]
    links, problems, _ = links_of(rows)
    assert len(links) == 6
    assert sum(map(bool, links.values())) == 6 - len(problems) == linked
    assert not {it for one in links.values() for it in one} - links.keys()


@settings(max_examples=60)
@given(st.lists(st.tuples(st.sampled_from("abcdef"), st.sampled_from("abcdef?")), min_size=1))
def test_no_link_dangles_and_no_row_is_lost(pairs: list[tuple[str, str]]) -> None:
    links, problems, _ = links_of([f"{one},2031-05-02,{other}" for one, other in pairs])
    assert links.keys() == {f"x-{one}" for one, _ in pairs}
    assert all(it in links and it != one for one, of in links.items() for it in of)
    first = dict(reversed(pairs))
    for one, other in first.items():
        held = links[f"x-{one}"]
        assert held == ([f"x-{other}"] if other in first and other != one else [])
    assert len(problems) == len(pairs) - len(first) + sum(not it for it in links.values())


def test_names_in_a_column_become_organizations() -> None:
    columns = {"day": DAY, "by": {"field": "detected_by", "split": ";", "organization": "company"}}
    tables = tomllib.loads(TRACKER) | {"columns": columns}
    rows = ["Poland;Aéro Ltd", "aéro  ltd;NATO", "Мотор", "Korea", "(Acme)", ""]
    data = io.BytesIO("\n".join(["day,by", *(f"2031-05-02,{it}" for it in rows), ""]).encode())
    problems: list[Any] = []
    found = list(read_sheet(data, SheetMapping.of(tables), on_problem=problems.append))
    made = {it.id: (it.name, it.kind) for it in found if it.type == "organization"}
    motor = next(it for it in made if "motor" in it)
    assert made == {"x-aero-ltd": ("Aéro Ltd", "company"), motor: ("Мотор", "company")}
    assert [it.detected_by for it in found if it.type == "incursion"] == [
        ("PL", "x-aero-ltd"),
        ("x-aero-ltd", "nato"),
        (motor,),
        (),
        (),
        (),
    ]
    assert [it.reason.partition(" ")[0] for it in problems] == ['"Korea"', '"(Acme)"']
    stream = io.BytesIO()
    ae.write_feed(ae.Feed.of(found), stream)
    stream.seek(0)
    assert ae.validate(stream, now=datetime.fromisoformat("2032-01-01T00:00:00Z")).ok


@pytest.mark.parametrize(
    ("midnight", "value"),
    [
        ("day", "2031-09-09/2031-09-10"),
        ("time", "2031-09-09T00:00:00+02:00/2031-09-10T00:00:00+02:00"),
    ],
)
def test_midnights_at_both_ends_may_be_filler(midnight: str, value: str) -> None:
    cell = "2031-09-09 00:00 - 2031-09-10 00:00"
    assert when(cell, midnight=midnight)[0]["value"] == value
    found, reason = when(cell)
    assert not found
    assert reason.startswith(f'"{cell}" may mean midnight')


def test_a_row_waits_for_each_row_that_it_refers_to() -> None:
    columns = LINKED | {"same": {"field": "replaces", "split": ";"}}
    tables = tomllib.loads(TRACKER) | {"columns": columns, "id": "x-{id}"}
    rows = ["A1,2031-05-02,A2;A3", "A2,2031-05-02,", "A4,2031-05-02,A2;A9", "A3,2031-05-02,"]
    data = io.BytesIO("\n".join(["id,day,same", *rows, ""]).encode())
    problems: list[Any] = []
    found = list(read_sheet(data, SheetMapping.of(tables), on_problem=problems.append))
    links = [(it.id, it.replaces) for it in found if it.type == "incursion"]
    assert links == [("x-a2", ()), ("x-a3", ()), ("x-a1", ("x-a2", "x-a3")), ("x-a4", ())]
    assert [it.cells for it in problems] == [{"same": "A2;A9"}]


# Whatever the cells.

EVERYTHING = SheetMapping.of(
    tomllib.loads(
        """
record = "incursion"
id = "x-{id}"
keep = "x.example"
local_time = true
century = 2000
date_order = "day_first"
midnight = "day"
unknown = ["-"]
source = { id = "x", kind = "dataset", publisher = "X" }
[constants]
state = "DE"
source = { kind = "news_report", publisher = "A" }
source_2 = { kind = "social_post", publisher = "B" }
[columns]
id = { keep = true }
when = { join = "{from} - {to}", field = "time" }
where = { pattern = ["{place}, {country}", "{country}"], parts.place.field = "places.0.name", \
parts.country.field = "state" }
seen = { field = "objects.0.count", also = { "objects.0.category" = "missile" } }
model = { cases = { jet = { "objects.1.category" = "crewed_aircraft" } } }
same = { field = "possibly_same_as.0.incursion" }
by = { field = "detected_by", split = ";", organization = "other" }
link = { field = "source.url", prefix = "https://a.example/" }
post = { field = "source_2.url", split = ";" }
trust = { field = "source.credibility" }
kind = { skip_rows = ["test"], keep = true }
"""
    )
)
CELLS = {
    "id": ["1", "2", "Ж", "?"],
    "from": ["2031-05-02 12:05", "4 Nov 25", "2022-24", "night", "2031-05-02"],
    "to": ["2031-05-03", "23:50", "soon"],
    "where": ["Riga, Latvia", "Latvia?", "PT", "a, b, c"],
    "seen": ["0", "3", "~10", "10?"],
    "model": ["jet", "Jet", "x"],
    "same": ["1", "2", "9", "Ж"],
    "by": ["NATO;Acme", "Korea", ";", "(x)"],
    "link": ["1", "https://b.example"],
    "post": ["https://c.example;x", ";"],
    "trust": ["2", "7"],
    "kind": ["test", "real"],
    "other": ["a\x1b", "b"],
}


@settings(max_examples=150)
@given(
    st.lists(
        st.fixed_dictionaries(
            {
                name: st.sampled_from(["", "-", *cells]) | st.text(max_size=6)
                for name, cells in CELLS.items()
            }
        ),
        max_size=4,
    )
)
def test_every_row_is_counted_and_no_cell_is_lost(rows: list[dict[str, str]]) -> None:
    text, problems = io.StringIO(newline=""), list[Any]()
    csv.writer(text).writerows([CELLS, *([row[name] for name in CELLS] for row in rows)])
    data = io.BytesIO(text.getvalue().encode(errors="replace"))
    found = read_sheet(data, EVERYTHING, on_problem=problems.append)
    records = list(found)
    ids = {it.id for it in records}
    summary = found.summary
    assert summary.rows == summary.records + summary.rejected + summary.skipped
    assert len(ids) == len(records)
    incursions = [it for it in records if it.type == "incursion"]
    assert len(incursions) == summary.records
    for record in incursions:
        assert all(it.incursion in ids for it in record.possibly_same_as)
        assert all(len(it) == 2 or it in (*ids, "nato") for it in record.detected_by)
        assert all(it.source in ids for it in record.sources)
        number = int((record.sources[0].note or "").removeprefix("row "))
        told = [it.cells for it in problems if it.place.split(",")[0] == f"row {number}"]
        kept = (record.extensions or {}).get(KEPT, {})
        for name in ("other", "kind", "id"):
            cell = _row_of(rows, number)[name].strip()
            assert not cell or kept.get(name) or any(name in it for it in told)
    rejected = [it for it in problems if isinstance(it, RowError) and it.is_rejected]
    assert len(rejected) == summary.rejected


def _row_of(rows: list[dict[str, str]], number: int) -> dict[str, str]:
    return rows[number - 2]


@pytest.mark.parametrize("is_apart", [True, False], ids=["a column for the clock", "one column"])
@pytest.mark.parametrize(
    ("clock", "value", "complaint"),
    [
        ("20:30-22:30", "2025-01-22T20:30:00+01:00/2025-01-22T22:30:00+01:00", ""),
        ("9:15-21:15", "2025-01-22T09:15:00+01:00/2025-01-22T21:15:00+01:00", ""),
        ("08:00-10:00", "2025-01-22", 'may be "08:00 - 10:00", or 08:00 with the offset -10:00'),
        ("22:00-02:00", "2025-01-22", 'may be "22:00 - 02:00", or 22:00 with the offset -02:00'),
        ("23:30-22:45", "2025-01-22", "ends before it begins; an end on the next day"),
        ("20:30+03:00", "2025-01-22T20:30:00+03:00/2025-01-22T20:31:00+03:00", ""),
        ("20:30:15-04:00", "2025-01-22T20:30:15-04:00", ""),
        ("08:00 - 10:00", "2025-01-22T08:00:00+01:00/2025-01-22T10:00:00+01:00", ""),
        ("08:00\u201310:00", "2025-01-22T08:00:00+01:00/2025-01-22T10:00:00+01:00", ""),
        ("20:30:15-22:30:20", "2025-01-22T20:30:15+01:00/2025-01-22T22:30:20+01:00", ""),
        ("22:00 - 02:00", "2025-01-22", "ends before it begins; an end on the next day"),
        ("2:30-4:30 pm", "2025-01-22T14:30:00+01:00/2025-01-22T16:30:00+01:00", ""),
        ("2:30 pm - 4:30 pm", "2025-01-22T14:30:00+01:00/2025-01-22T16:30:00+01:00", ""),
        ("20:30 - 22:30 UTC", "2025-01-22T20:30:00Z/2025-01-22T22:30:00Z", ""),
        ("20:30 - 20:30 +02:00", "2025-01-22", "cannot be read"),
        ("4:30 pm-20:30:15", "2025-01-22T16:30:00+01:00/2025-01-22T20:30:15+01:00", ""),
        ("4:30 am-08:30", "2025-01-22", 'may be "4:30 am - 08:30", or 4:30 am with the offset'),
        ("23:59 - 23:59", "2025-01-22T23:59:00+01:00/2025-01-22T23:59:00+01:00", ""),
        ("00:00 - 04:45", "2025-01-22T00:00:00+01:00/2025-01-22T04:45:00+01:00", ""),
        ("2:30 - 00:00", "2025-01-22T02:30:00+01:00/2025-01-23T00:00:00+01:00", ""),
        ("00:00\u201300:00", "2025-01-22T00:00:00+01:00/2025-01-23T00:00:00+01:00", ""),
    ],
)
def test_a_dash_between_clocks_is_a_range(
    clock: str, value: str, complaint: str, *, is_apart: bool
) -> None:
    row = ["2025-01-22", clock] if is_apart else [f"2025-01-22 {clock}", ""]
    columns = {"day": {"field": "time"}, "clock": {"field": "time.clock"}}
    found, problems = read([row], columns, timezone="Europe/Warsaw", hours=24)
    assert found["2"]["time"]["value"] == value
    assert [complaint in str(it) for it in problems] == [True] * bool(complaint)


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("22 OCT 2025 22:00-02:00", "2025-10-22"),
        ("2025-10-22T22:00-02:00", "2025-10-22T21:30:00-02:00/2025-10-22T22:30:00-02:00"),
        ("2025-10-22T20:30-22:30", "2025-10-22T20:30:00+02:00/2025-10-22T22:30:00+02:00"),
    ],
)
def test_only_a_t_before_the_clock_makes_an_offset(cell: str, value: str) -> None:
    found, _ = when(cell)
    assert found["value"] == value
