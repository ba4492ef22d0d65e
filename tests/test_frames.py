"""Data frames: the flat tables with real types, for pandas and for Polars."""

import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pandas as pd
import polars as pl
import pytest
from hypothesis import given, settings

import airspace_events as ae
from airspace_events.errors import MissingExtraError, UnknownNameError
from airspace_events.formats.arrow.tables import arrow_tables
from airspace_events.formats.tables.definitions import TABLES
from airspace_events.formats.tables.frames import Library, frame
from airspace_events.testing import strategies as aes

EXAMPLES = Path(__file__).parents[1] / "docs" / "examples"
EARLIEST = datetime(2024, 9, 6, 21, tzinfo=UTC)


def records() -> list[ae.Record]:
    names = ("bucharest-nine", "poland-2025-09-10", "korea-japan-2023-12-14", "munich-2025-10")
    feeds = [EXAMPLES / f"{name}.jsonl" for name in names]
    return [record for feed in feeds for record in ae.iter_records(feed)]


def incursion(**fields: Any) -> ae.Incursion:
    fields_given = {
        "id": "lv-2024-09-07",
        "state": "LV",
        "crossing": "reported",
        "time": {"value": "2024-09-07/..", "timezone": "Europe/Riga"},
        "sources": [{"source": "unn-lv"}],
        "recorded_at": "2024-09-09T12:00:00+03:00",
        "duration": {"min": 12, "best": 12.5, "unit": "min"},
        "totals": {"crossings": {"min": 3}},
        "title": "=1+2",
    }
    return ae.Incursion(**fields_given | fields)


def test_pandas_has_real_types() -> None:
    found = frame(
        [incursion(), incursion(recorded_at=None, totals={"crossings": {"verbatim": "several"}})]
    )
    assert isinstance(found, pd.DataFrame)
    types = {name: str(found[name].dtype) for name in found.columns}
    assert types["earliest"] == types["latest"] == types["recorded_at"] == "datetime64[us, UTC]"
    assert types["totals_crossings_min"] == types["revision"] == "Int64"
    assert types["duration_min"] == types["longitude"] == "Float64"
    assert types["title"] == types["time"] == types["sources"] == types["kinds"] == "string"
    first, second = found.to_dict("records")
    assert first["earliest"] == EARLIEST
    assert first["recorded_at"] == datetime(2024, 9, 9, 9, tzinfo=UTC)
    assert first["title"] == "=1+2"
    assert (first["totals_crossings_min"], first["duration_min"], first["duration_best"]) == (
        3,
        12,
        12.5,
    )
    for nothing in (first["latest"], second["recorded_at"], second["totals_crossings_min"]):
        assert pd.isna(nothing)


def test_polars_has_real_types() -> None:
    found = frame([incursion(), incursion(recorded_at=None)], "polars")
    assert isinstance(found, pl.DataFrame)
    assert found.schema["earliest"] == pl.Datetime("us", "UTC")
    assert found.schema["totals_crossings_min"] == found.schema["revision"] == pl.Int64
    assert found.schema["duration_min"] == found.schema["longitude"] == pl.Float64
    assert found.schema["title"] == pl.String
    first, second = found.to_dicts()
    assert first["earliest"] == EARLIEST
    assert first["latest"] is None
    assert second["recorded_at"] is None
    assert (first["totals_crossings_min"], first["duration_min"], first["duration_best"]) == (
        3,
        12,
        12.5,
    )


@pytest.mark.parametrize("library", ["pandas", "polars"])
def test_the_kinds_stand_beside_the_judgements(library: Library) -> None:
    entered = incursion(crossing="discounted", zones=[{"type": "ADIZ", "entry": "confirmed"}])
    found = frame([incursion(), entered], library)
    assert list(found["kinds"]) == ["crossing", "adiz_entry"]
    assert list(found["crossing"]) == ["reported", "discounted"]
    assert found["zone_entries"][1] == "confirmed"


def test_truth_values_may_be_missing() -> None:
    official = ae.Official(
        id="o",
        name="N",
        tenures=[{"post": "p", "of": "LV", "ongoing": True}, {"post": "q", "of": "LV"}],
    )
    found = frame([official], table="tenures")
    assert str(found["ongoing"].dtype) == "boolean"
    assert found["ongoing"].tolist() == [True, pd.NA]
    assert frame([official], "polars", "tenures")["ongoing"].to_list() == [True, None]


@pytest.mark.parametrize("table", TABLES)
def test_both_libraries_hold_the_rows_of_the_table(table: str) -> None:
    rows = [row for record in records() for row in TABLES[table].rows(record)]
    first = frame(records(), "pandas", table, revisions="all")
    second = frame(records(), "polars", table, revisions="all")
    names = [column.name for column in TABLES[table].columns]
    assert list(first.columns) == second.columns == names
    for column in TABLES[table].columns:
        cells = [row[column.name] for row in rows]
        held = [None if pd.isna(cell) else cell for cell in first[column.name]]
        assert held == second[column.name].to_list()
        if column.kind == "instant":
            held = [cell and cell.isoformat() for cell in held]
            cells = [cell and datetime.fromisoformat(str(cell)).isoformat() for cell in cells]
        assert held == cells, column.name


@pytest.mark.parametrize("library", ["pandas", "polars"])
def test_a_frame_of_nothing_has_its_columns_and_types(library: Library) -> None:
    empty, full = frame([], library), frame([incursion()], library)
    assert len(empty) == 0
    assert list(empty.columns) == list(full.columns)
    assert list(empty.dtypes) == list(full.dtypes)


@pytest.mark.parametrize("library", ["pandas", "polars"])
def test_a_library_that_is_not_installed(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(MissingExtraError) as error:
        frame([], library)
    assert error.value.extra == library


def test_names_that_there_are_not() -> None:
    with pytest.raises(UnknownNameError, match="incursions, findings"):
        frame([], table="events")
    with pytest.raises(UnknownNameError, match="use pandas or polars"):
        frame([], "numpy")  # type: ignore[arg-type]


def test_a_frame_has_the_latest_revisions_unless_all_are_asked_for() -> None:
    told = [incursion(revision=2), incursion(id="b"), incursion(), incursion(revision=3)]
    assert [(row["id"], row["revision"]) for row in frame(told, "polars").to_dicts()] == [
        ("b", 1),
        ("lv-2024-09-07", 3),
    ]
    everything = frame(told, "polars", revisions="all").to_dicts()
    assert [row["revision"] for row in everything] == [2, 1, 1, 3]
    assert len(frame(told)) == 2
    # Which of two is right is for the validator to say.
    assert len(frame([incursion(), incursion(title="another")])) == 2
    with pytest.raises(UnknownNameError, match='use "latest" or "all"'):
        frame(told, revisions="last")  # type: ignore[call-overload]


@pytest.mark.parametrize(
    ("value", "timezone", "first", "last"),
    [
        ("2024-09-07", "Europe/Riga", "2024-09-07", "2024-09-07"),
        ("2024-09-30T22:30:00Z", "Europe/Riga", "2024-10-01", "2024-10-01"),
        (
            "2024-09-30T22:30:00Z/2024-10-01T01:00:00Z",
            "Europe/Riga",
            "2024-10-01",
            "2024-10-01",
        ),
        ("2024-09-30T20:30:00Z/2024-09-30T21:30:00Z", "Europe/Riga", "2024-09-30", "2024-10-01"),
        ("2024-09-07/2024-09-08", "Europe/Riga", "2024-09-07", "2024-09-08"),
        ("2024-09-30/2024-10-01", "Europe/Riga", "2024-09-30", "2024-10-01"),
        ("2024-09", "Europe/Riga", "2024-09-01", "2024-09-30"),
        ("2024-09-07?", "Europe/Riga", "2024-09-07", "2024-09-07"),
        ("2024-09-07/..", "Europe/Riga", "2024-09-07", None),
        ("/2024-09-07", "Europe/Riga", None, "2024-09-07"),
        ("2024-09-07", None, "2024-09-07", "2024-09-07"),
        ("2024-09-07?", None, "2024-09-07", "2024-09-07"),
        ("2024-09-30T22:30:00Z", None, "2024-09-30", "2024-10-01"),
        ("2024-09-20T22:30:00Z", None, "2024-09-20", "2024-09-21"),
    ],
)
def test_every_table_has_the_days_and_the_month_of_the_place(
    value: str, timezone: str | None, first: str | None, last: str | None
) -> None:
    told = incursion(time={"value": value, "timezone": timezone} if timezone else {"value": value})
    is_sure = first and last and "?" not in value
    expected = {
        "local_day": first if is_sure and first == last else None,
        "local_month": first[:7] if first and last and is_sure and first[:7] == last[:7] else None,
        "first_day": first,
        "last_day": last,
    }
    (row,) = frame([told], "polars").to_dicts()
    assert {name: row[name] for name in expected} == expected
    assert str(frame([told])["local_day"].dtype) == "string"
    (time,) = arrow_tables([told])["incursions"]["time"].to_pylist()
    assert {name: time[name] for name in expected} == expected


@pytest.mark.parametrize("library", ["pandas", "polars"])
def test_external_ids_and_extensions_have_columns_on_request(library: Library) -> None:
    told = [
        incursion(id="a"),
        incursion(
            id="b",
            external_ids=[
                {"scheme": "acled", "value": "RUS1"},
                {"scheme": "x/y", "value": "1"},
                {"scheme": "acled", "value": "RUS2"},
            ],
            extensions={
                "list.example": {"Intern": "x", "Nr. a/b": 7, "leer": None},
                "other.example": [1, "two"],
            },
        ),
    ]
    plain, found = frame(told, library), frame(told, library, expand=True)
    names = list(found.columns)[len(plain.columns) :]
    assert list(found.columns) == [*plain.columns, *names]
    cells = {name: found[name].to_list() for name in names}
    assert {name: cell for name, (_, cell) in cells.items()} == {
        "external_ids/acled": "RUS1; RUS2",
        "external_ids/x/y": "1",
        "extensions/list.example/Intern": "x",
        "extensions/list.example/Nr. a/b": "7",
        "extensions/other.example": '[1,"two"]',
    }
    assert all(pd.isna(first) for first, _ in cells.values())
    assert {str(found[name].dtype) for name in names} <= {"string", "String"}
    assert json.loads(plain["external_ids"][1])[2] == {"scheme": "acled", "value": "RUS2"}
    assert json.loads(plain["extensions"][1])["list.example"]["Nr. a/b"] == 7


def test_the_rows_of_items_repeat_the_columns_of_their_record() -> None:
    official = ae.Official(
        id="o",
        name="N",
        tenures=[{"post": "p", "of": "LV"}, {"post": "q", "of": "LV"}],
        extensions={"list.example": {"Intern": "x"}},
    )
    found = frame([official], "polars", "tenures", expand=True)
    assert found["extensions/list.example/Intern"].to_list() == ["x", "x"]


@given(aes.values_of(ae.ReportedTime))
@settings(deadline=None)
def test_the_month_of_a_frame_is_the_certain_month_of_a_summary(time: ae.ReportedTime) -> None:
    told = incursion(time=time)
    found = ae.Dossier([told]).summary(by="month")
    certain = {row.group["month"] for row in found if row.certain.records} - {None}
    (row,) = frame([told], "polars").to_dicts()
    assert certain == {row["local_month"]} - {None}
