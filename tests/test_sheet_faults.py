"""Faults that a mapping of a public tracker once bent on the way, each with its whole kind.

The sheets in `tests/data/sheets` have the shape of real trackers; their values are made up.
"""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

import airspace_events as ae
from airspace_events.errors import FeedError, RowError
from airspace_events.formats.spreadsheets.mapping import SheetMapping
from airspace_events.formats.spreadsheets.reading import read_sheet

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
        if it["type"] != "source"
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
