"""The flat tables: which columns there are, what their cells hold, and what no cell does."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import airspace_events as ae
from airspace_events.formats.tables.columns import EACH, ROW, SEPARATOR, Column
from airspace_events.formats.tables.record_tables import TABLES
from airspace_events.models.records import RECORD_CLASSES
from airspace_events.schema.column_docs import column_page
from airspace_events.testing import strategies as aes
from airspace_events.values.base import to_json
from airspace_events.values.structure import FieldShape, fields_of
from one_incursion import incursion

COLUMNS = [(table, column) for table in TABLES.values() for column in table.columns]


def row_of(record: ae.Record, table: str = "incursions") -> dict[str, Any]:
    (row,) = TABLES[table].rows(record)
    return row


def said(record: ae.Record, table: str = "incursions") -> dict[str, Any]:
    """The cells that hold something that is no default."""
    empty = row_of(incursion()) if table == "incursions" else {}
    row = row_of(record, table)
    return {name: cell for name, cell in row.items() if cell not in (None, empty.get(name))}


# The tables themselves.


def test_names_of_columns_stand_once_in_a_table() -> None:
    for table in TABLES.values():
        names = [column.name for column in table.columns]
        assert len(set(names)) == len(names), table.name


def test_every_record_type_has_a_table_that_can_be_read_back() -> None:
    readable = {kind for table in TABLES.values() if table.readable for kind in table.types}
    assert readable == set(RECORD_CLASSES)


def shapes_along(column: Column, kind: str) -> list[FieldShape]:
    """The fields on the way to a column's value, in one type of record; none if it has none."""
    found: list[FieldShape] = []
    choices: list[Any] = [RECORD_CLASSES[kind]]
    for step in column.path:
        if isinstance(step, int) or step in (EACH, ROW):
            continue
        shapes = [fields_of(model) for model in choices]
        named = [fields[step] for fields in shapes if step in fields]
        if not named:
            return []
        found.append(named[0])
        choices = [model for one in named for model in one.models.values()]
    return found


def test_a_column_leads_to_a_field_of_a_record() -> None:
    for table, column in COLUMNS:
        assert bool(column.path) != bool(column.derived), column.name
        if column.path:
            assert any(shapes_along(column, kind) for kind in table.types), column.name


def test_several_values_share_a_cell_only_if_none_can_hold_the_separator() -> None:
    for table, column in COLUMNS:
        if column.many:
            last = next(filter(None, (shapes_along(column, kind) for kind in table.types)))[-1]
            # Ids, codes and words of vocabularies have no semicolon.
            assert last.vocabulary or last.reference, column.name


def test_every_column_says_what_it_means_in_a_line() -> None:
    for _, column in COLUMNS:
        assert column.meaning
        assert not column.meaning.endswith(".")
        assert len(column.meaning) < 90


# Cells.


def test_the_smallest_incursion() -> None:
    assert {name: cell for name, cell in row_of(incursion()).items() if cell is not None} == {
        "type": "incursion",
        "id": "lv-2024-09-07",
        "revision": 1,
        "occurrence": "reported",
        "crossing": "reported",
        "scope": "single",
        "airspace_state": "LV",
        "airspace_over": "unknown",
        "time": "2024-09-07",
        "timezone": "Europe/Riga",
        "time_extent": "within",
        "time_basis": "stated",
        "earliest": "2024-09-06T21:00:00Z",
        "start_is": "known",
        "latest": "2024-09-07T20:59:59.999999Z",
        "end_is": "known",
        "time_precision": "day",
        "sources": "unn-lv",
    }


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2024-09-07/..", {"latest": None, "end_is": "open", "start_is": "known"}),
        ("2024-09-07/", {"latest": None, "end_is": "unknown", "start_is": "known"}),
        ("../2024-09-07", {"earliest": None, "start_is": "open", "end_is": "known"}),
    ],
)
def test_an_end_that_is_open_is_not_one_that_is_unknown(
    value: str, expected: dict[str, str | None]
) -> None:
    row = row_of(incursion(time={"value": value, "timezone": "Europe/Riga"}))
    assert {name: row[name] for name in expected} == expected


def test_only_a_single_point_has_coordinates() -> None:
    point = {"name": "here", "geometry": {"type": "Point", "coordinates": [-5.5, 44.4]}}
    line = {"geometry": {"type": "LineString", "coordinates": [[0, 0], [1, 1]]}}
    assert said(incursion(places=[point, line])) == {
        "place_name": "here",
        "longitude": -5.5,
        "latitude": 44.4,
    }
    assert said(incursion(places=[line, point])) == {}


def test_several_is_no_number() -> None:
    flown = {"category": "unknown", "count": {"verbatim": "several"}}
    assert said(incursion(objects=[flown], crossings={"min": 19})) == {
        "crossings_min": 19,
        "object_categories": "unknown",
        "first_object_count_words": "several",
    }


def test_what_was_requested_is_not_taken_for_done() -> None:
    responses = [{"kind": "scramble", "stage": "done"}, {"kind": "shot_down"}]
    responses += [{"kind": "airspace_closure", "stage": "requested"}]
    cells = said(incursion(responses=responses))
    assert cells["responses"].split(SEPARATOR) == ["scramble", "shot_down", "airspace_closure"]
    assert cells["response_stages"].split(SEPARATOR) == ["done", "", "requested"]
    bare = [{"kind": "scramble"}, {"kind": "shot_down"}]
    assert said(incursion(responses=bare)) == {"responses": "scramble; shot_down"}


def test_each_membership_has_a_row() -> None:
    alliance = ae.Alliance(
        id="pact",
        name="A Pact",
        kind="coalition",
        memberships=[
            {"state": "LV", "since": "2004-03-29", "ongoing": True},
            {"state": "EE", "status": "observer", "last_day": "2004"},
        ],
    )
    first, second = TABLES["memberships"].rows(alliance)
    assert first["id"] == second["id"] == "pact"
    assert [(row["state"], row["status"]) for row in (first, second)] == [
        ("LV", "member"),
        ("EE", "observer"),
    ]
    assert (first["ongoing"], second["ongoing"]) == (True, None)


def test_a_claim_says_whose_it_is_and_of_what_kind_its_value_is() -> None:
    statement = ae.Statement(
        id="s",
        speakers=["nato"],
        made={"value": "2024"},
        claims=[
            {"aspect": "intent", "value": "intentional_attack", "polarity": "no_evidence"},
            {"aspect": "count", "counted": "objects", "value": {"min": 3}},
        ],
    )
    word, number = TABLES["claims"].rows(statement)
    assert (word["speakers"], word["pointer"], word["value"], word["polarity"]) == (
        "nato",
        "/claims/0",
        "intentional_attack",
        "no_evidence",
    )
    assert (number["pointer"], number["value"], number["value_min"]) == ("/claims/1", None, 3)


def test_a_record_of_another_type_has_no_row_and_is_lost() -> None:
    assert list(TABLES["sources"].rows(incursion())) == []
    assert TABLES["sources"].lost(incursion()) == [""]
    assert TABLES["objects"].lost(incursion()) == [""]


# What is lost.


@pytest.mark.parametrize(
    ("fields", "lost"),
    [
        ({}, []),
        ({"note": "n", "occurrence": "discounted"}, []),
        ({"extensions": {"example.org": {"": 1}}}, ["/extensions"]),
        ({"marking": {}}, ["/marking"]),
        ({"places": [{}]}, ["/places"]),
        ({"places": [{"name": "a"}, {"name": "b"}]}, ["/places/1"]),
        (
            {
                "places": [
                    {"name": "a", "geometry": {"type": "MultiPoint", "coordinates": [[1, 2]]}}
                ]
            },
            ["/places/0/geometry"],
        ),
        (
            {"places": [{"geometry": {"type": "Point", "coordinates": [1, 2, 3]}}]},
            ["/places/0/geometry/coordinates/2"],
        ),
        (
            {
                "objects": [
                    {"category": "missile", "role": "decoy", "note": "n"},
                    {"category": "balloon", "role": "decoy"},
                ]
            },
            ["/objects/0/note", "/objects/1/role"],
        ),
        ({"sources": [{"source": "s", "quote": {"exact": "x"}}]}, ["/sources/0/quote"]),
    ],
)
def test_what_no_cell_holds_is_told_by_the_largest_part(
    fields: dict[str, Any], lost: list[str]
) -> None:
    assert TABLES["incursions"].lost(incursion(**fields)) == lost


def leaves(data: Any, at: str = "") -> list[str]:
    if isinstance(data, dict | list) and data:
        pairs = data.items() if isinstance(data, dict) else enumerate(data)
        named = [(str(key).replace("~", "~0").replace("/", "~1"), inner) for key, inner in pairs]
        return [leaf for key, inner in named for leaf in leaves(inner, f"{at}/{key}")]
    return [at]


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_each_part_of_a_record_is_in_a_cell_or_told_as_lost(data: st.DataObject) -> None:
    table = data.draw(st.sampled_from(list(TABLES.values())))
    record = data.draw(aes.values_of(RECORD_CLASSES[data.draw(st.sampled_from(table.types))]))
    rows, lost = list(table.rows(record)), table.lost(record)
    assert bool(rows) == (lost != [""])
    if not rows:
        return
    cells = [str(cell) for row in rows for cell in row.values() if cell is not None]
    words = {word for cell in cells for word in cell.split(SEPARATOR)} | set(cells)
    document = json.loads(to_json(record))
    for leaf in leaves(document):
        if any(leaf == one or leaf.startswith(one + "/") for one in lost):
            continue
        value: Any = document
        for step in leaf.split("/")[1:]:
            value = value[int(step)] if isinstance(value, list) else value[step]
        # The type of a point, and a place of which nothing is known, follow by themselves.
        assert str(value) in words or value in ("Point", {}), leaf


def test_the_page_of_columns_is_the_one_that_the_tables_give() -> None:
    page = Path(__file__).parent.parent / "docs" / "columns.md"
    assert page.read_text(encoding="utf-8") == column_page()
