"""The small table for analysts: its columns, its days and its counts."""

import csv
import io
from typing import Any

import pytest

import airspace_events as ae
from one_incursion import incursion


def row(**fields: Any) -> dict[str, str]:
    stream = io.BytesIO()
    ae.formats.write([incursion(**fields)], stream, "slim-csv")
    (found,) = csv.DictReader(io.StringIO(stream.getvalue().decode()))
    return found


def test_there_are_at_most_25_columns() -> None:
    assert len(row()) == 25


@pytest.mark.parametrize(
    ("time", "days"),
    [
        ({"value": "2024-09-07"}, ("2024-09-07", "2024-09-07", "2024-09-07", "day")),
        ({"value": "2024-09-07?"}, ("", "2024-09-07", "2024-09-07", "day")),
        ({"value": "2024-09"}, ("", "2024-09-01", "2024-09-30", "month")),
        ({"value": "/2024-09-18"}, ("", "", "2024-09-18", "day")),
        ({"value": "2024-09-07/.."}, ("", "2024-09-07", "", "day")),
        (
            {"value": "2024-09-07T22:30:00Z", "timezone": "Europe/Riga"},
            ("2024-09-08", "2024-09-08", "2024-09-08", "instant"),
        ),
        ({"value": "2024-09-07T22:30:00Z"}, ("", "2024-09-07", "2024-09-08", "instant")),
    ],
)
def test_days_are_those_of_the_place(time: dict[str, str], days: tuple[str, ...]) -> None:
    found = row(time=time)
    names = ("local_day", "first_day", "last_day", "time_precision")
    assert tuple(found[name] for name in names) == days


@pytest.mark.parametrize(
    ("fields", "counts"),
    [
        ({"objects": [{"count": {"verbatim": "several"}}]}, ("several", "", "", "", "")),
        ({"objects": [{"count": {"min": 7}}]}, ("", "7", "", "", "")),
        ({"objects": [{"count": {"roughly": 20}}]}, ("", "", "", "20", "")),
        (
            {"objects": [{"count": {"best": 2}}, {"count": {"best": 4}}]},
            ("", "", "", "", ""),
        ),
        (
            {"objects": [{}, {}], "totals": {"objects": {"best": 6, "max": 8}}},
            ("", "", "6", "", "8"),
        ),
        ({"totals": {"sightings": {"best": 3}}}, ("", "", "", "", "")),
    ],
)
def test_only_a_count_of_all_objects_is_a_number_of_objects(
    fields: dict[str, Any], counts: tuple[str, ...]
) -> None:
    found = row(**fields)
    names = ("words", "min", "best", "roughly", "max")
    assert tuple(found[f"objects_{name}"] for name in names) == counts


def test_the_marking_stays_with_the_row() -> None:
    marking = {"tlp": "amber", "embargo_until": "2025-01-01T00:00:00Z"}
    assert row(marking=marking)["marking"] == "amber; embargo until 2025-01-01T00:00:00+00:00"
    assert row()["marking"] == ""


def test_a_formula_in_the_words_of_a_report_is_guarded() -> None:
    found = row(objects=[{"count": {"verbatim": "=1+2"}}], places=[{"name": "@here"}])
    assert (found["objects_words"], found["place_name"]) == ("'=1+2", "'@here")


def test_the_small_table_is_refused_by_the_reader_of_tables() -> None:
    stream = io.BytesIO()
    ae.formats.write([incursion()], stream, "slim-csv")
    stream.seek(0)
    with pytest.raises(ae.FormatError, match="the table slim cannot be read"):
        list(ae.formats.read(stream, "csv"))
