"""The flat tables: which columns there are, what their cells hold, and what no cell does."""

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import airspace_events as ae
from airspace_events.formats.tables.columns import EACH, ROW, SEPARATOR, SHOWN, Column
from airspace_events.formats.tables.definitions import TABLES
from airspace_events.models.records import RECORD_CLASSES
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
        if isinstance(step, int) or step in (EACH, ROW, SHOWN):
            continue
        shapes = [fields_of(model) for model in choices]
        named = [fields[step] for fields in shapes if step in fields]
        if not named:
            return []
        found.append(named[0])
        choices = [model for one in named for model in one.models.values()]
        if any(one.is_open for one in named):
            choices += [ae.ReportedCount, ae.ReportedQuantity]
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
            # Ids, codes, words of vocabularies and names of fields have no semicolon.
            assert last.vocabulary or last.reference or column.name == "fields", column.name


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
        "kinds": "crossing",
        "crossing": "reported",
        "state": "LV",
        "time": "2024-09-07",
        "timezone": "Europe/Riga",
        "earliest": "2024-09-06T21:00:00Z",
        "start_is": "known",
        "latest": "2024-09-07T20:59:59.999999Z",
        "end_is": "known",
        "time_precision": "day",
        "local_day": "2024-09-07",
        "local_month": "2024-09",
        "first_day": "2024-09-07",
        "last_day": "2024-09-07",
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
    assert said(incursion(places=[line, point])) == {
        "place_geometry": '{"type":"LineString","coordinates":[[0.0,0.0],[1.0,1.0]]}',
    }


@pytest.mark.parametrize("role", ["origin", "destination", "response_base"])
def test_a_row_shows_a_place_where_it_happened(role: str) -> None:
    away = {"name": "away", "role": role, "geometry": {"type": "Point", "coordinates": [1, 2]}}
    here = {"name": "here", "role": "overflown"}
    there = {"name": "there", "geometry": {"type": "Point", "coordinates": [3, 4]}}
    assert said(incursion(places=[away])) == {}
    assert said(incursion(places=[away, here])) == {
        "place_name": "here",
        "place_role": "overflown",
    }
    located = {"place_name": "there", "longitude": 3.0, "latitude": 4.0}
    assert said(incursion(places=[away, here, there])) == located


def test_each_thing_that_is_counted_has_columns_of_its_own() -> None:
    counts = {name: {"best": at} for at, name in enumerate(ae.Totals.model_fields, 1)}
    series = ae.Series(id="s", kind="other", title="T", totals=counts)
    for record, table in ((incursion(totals=counts), "incursions"), (series, "series")):
        row = row_of(record, table)
        found = {name: row[f"totals_{name}_best"] for name in counts}
        assert list(found.values()) == list(range(1, len(counts) + 1))


def test_several_is_no_number_and_about_ten_is_not_ten() -> None:
    flown = {"category": "unidentified", "count": {"verbatim": "several"}}
    record = incursion(objects=[flown], totals={"crossings": {"min": 19, "roughly": 20}})
    assert said(record) == {
        "totals_crossings_min": 19,
        "totals_crossings_roughly": 20,
        "object_categories": "unidentified",
        "first_object_count_words": "several",
    }


# Kinds.


@pytest.mark.parametrize(
    ("fields", "kinds"),
    [
        ({}, "crossing"),
        ({"crossing": None}, None),
        ({"crossing": "discounted", "over": "another_state"}, "approach"),
        (
            {"zones": [{"type": "ADIZ", "entry": "disputed"}, {"type": "D", "entry": "reported"}]},
            "crossing; adiz_entry; zone_entry",
        ),
        ({"crossing": None, "totals": {"sightings": {"best": 3}}}, "sighting"),
        ({"occurrence": "discounted"}, "nothing"),
    ],
)
def test_the_kinds_stand_before_the_judgements_of_them(
    fields: dict[str, Any], kinds: str | None
) -> None:
    row = row_of(incursion(**fields))
    assert row["kinds"] == kinds
    names = list(row)
    at = names.index("kinds")
    expected = ["kinds", "occurrence", "crossing", "zones", "zone_entries"]
    assert names[at : at + 5] == expected
    zones = fields.get("zones", [])
    assert row["zones"] == (SEPARATOR.join(zone["type"] for zone in zones) or None)
    assert row["zone_entries"] == (SEPARATOR.join(zone["entry"] for zone in zones) or None)


# Objects.


def test_a_sighting_that_was_something_else_says_so_beside_its_category() -> None:
    checked = {"result": "something_else", "reported_as": "uncrewed_aircraft", "by": ["DE"]}
    star = {"category": "celestial", "checked": checked}
    drone = {"category": "uncrewed_aircraft", "nationality": "RU"}
    assert said(incursion(objects=[star, drone])) == {
        "object_categories": "celestial; uncrewed_aircraft",
        "object_nationalities": "; RU",
        "object_checks": "something_else; ",
        "object_reported_as": "uncrewed_aircraft; ",
    }
    first, second = TABLES["objects"].rows(incursion(objects=[star, drone]))
    assert [first[name] for name in ("checked", "reported_as", "checked_by")] == [
        "something_else",
        "uncrewed_aircraft",
        "DE",
    ]
    assert (second["nationality"], second["checked"]) == ("RU", None)


def test_an_object_of_which_nothing_is_held_is_counted_beside_others() -> None:
    said_more, nothing = {"category": "missile"}, {"note": "n"}
    assert row_of(incursion(objects=[nothing, said_more]))["object_categories"] == "; missile"
    assert row_of(incursion(objects=[nothing, nothing]))["object_categories"] == "; "
    assert row_of(incursion(objects=[nothing]))["object_categories"] is None


def test_items_name_the_place_and_places_have_their_own_rows() -> None:
    record = incursion(
        places=[
            {"id": "home", "role": "origin", "name": "Kursk"},
            {"id": "field", "role": "affected", "distance": {"roughly": 2, "unit": "km"}},
        ],
        effects=[{"kind": "property_damage", "id": "house", "place": "field"}],
        responses=[{"kind": "scramble", "id": "jets", "count": {"best": 15}, "place": "field"}],
        zones=[{"type": "ADIZ", "id": "kadiz", "entry": "confirmed", "count": {"best": 4}}],
    )
    (effect,) = TABLES["effects"].rows(record)
    (response,) = TABLES["responses"].rows(record)
    (zone,) = TABLES["zones"].rows(record)
    home, field = TABLES["places"].rows(record)
    assert (effect["effect_id"], effect["place"]) == ("house", "field")
    assert (response["response_id"], response["place"]) == ("jets", "field")
    assert response["count_best"] == 15
    assert [zone[name] for name in ("state", "zone", "zone_id", "entry", "count_best")] == [
        "LV",
        "ADIZ",
        "kadiz",
        "confirmed",
        4,
    ]
    assert (home["place_id"], home["place_role"]) == ("home", "origin")
    assert (field["place_id"], field["place_distance_roughly"]) == ("field", 2)


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
            {"state": "LV", "status": "member", "since": "2004-03-29", "ongoing": True},
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


CLAIMS: list[tuple[dict[str, Any], dict[str, Any]]] = [
    (
        {"aspect": "intent", "value": "intentional_attack", "polarity": "no_evidence"},
        {"value": "intentional_attack", "polarity": "no_evidence"},
    ),
    (
        {"aspect": "field", "fields": ["crossing", "objects.jets.count"], "polarity": "suspected"},
        {"fields": "crossing; objects.jets.count", "polarity": "suspected"},
    ),
    (
        {"aspect": "field", "fields": ["totals.crossings"], "value": {"min": 3, "as_of": "2024"}},
        {
            "fields": "totals.crossings",
            "value_min": 3,
            "value_as_of": "2024",
            "value_json": '{"min":3,"as_of":"2024"}',
        },
    ),
    (
        {"aspect": "field", "fields": ["depth"], "value": {"best": 3.5, "unit": "km"}},
        {"value_best": 3.5, "value_unit": "km", "value_json": '{"best":3.5,"unit":"km"}'},
    ),
    (
        {"aspect": "field", "fields": ["objects"], "value": {"category": "missile"}},
        {"value_json": '{"category":"missile"}'},
    ),
    (
        {
            "aspect": "field",
            "fields": ["places.field.geometry"],
            "value": {"type": "Point", "coordinates": [1, 2]},
        },
        {"value_json": '{"type":"Point","coordinates":[1.0,2.0]}'},
    ),
    (
        {"aspect": "field", "fields": ["over"], "value": "land", "id": "a"},
        {"claim_id": "a", "value": "land"},
    ),
    (
        {"aspect": "intent", "value": "reckless", "likelihood": "likely", "confidence": "low"},
        {"value": "reckless", "likelihood": "likely", "confidence": "low"},
    ),
]


@pytest.mark.parametrize(("claim", "expected"), CLAIMS)
def test_a_claim_says_whose_it_is_and_what_it_claims(
    claim: dict[str, Any], expected: dict[str, Any]
) -> None:
    statement = ae.Statement(
        id="s", speakers=["nato"], made={"value": "2024"}, form="speech", claims=[claim]
    )
    (row,) = TABLES["claims"].rows(statement)
    assert (row["speakers"], row["pointer"]) == ("nato", "/claims/0")
    assert {name: row[name] for name in expected} == expected
    values = {name: cell for name, cell in row.items() if name.startswith("value")}
    assert {name for name, cell in values.items() if cell is not None} == values.keys() & expected
    assert all(not lost.startswith("/claims") for lost in TABLES["claims"].lost(statement))


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
        ({"extensions": {"example.org": {"": 1}}}, []),
        ({"external_ids": [{"scheme": "acled", "value": "a; b"}]}, []),
        ({"marking": {}}, ["/marking"]),
        ({"places": [{}]}, ["/places"]),
        ({"places": [{"name": "a"}, {"name": "b"}]}, ["/places/1"]),
        ({"places": [{"name": "a", "role": "origin"}, {"name": "b"}]}, ["/places/0"]),
        ({"places": [{"geometry": {"type": "MultiPoint", "coordinates": [[1, 2]]}}]}, []),
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
        ({"objects": [{"note": "n"}]}, ["/objects"]),
        ({"objects": [{"note": "n"}, {"note": "n"}]}, ["/objects/0/note", "/objects/1/note"]),
        ({"zones": [{"type": "D", "entry": "reported", "name": "n"}]}, ["/zones/0/name"]),
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


def values_in(data: Any) -> list[Any]:
    if isinstance(data, dict | list) and data:
        inside = data.values() if isinstance(data, dict) else data
        return [value for inner in inside for value in values_in(inner)]
    return [data]


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
    columns = [column for column in table.columns if column.kind == "json"]
    texts = [str(row[column.name]) for row in rows for column in columns if row[column.name]]
    words |= {str(value) for text in texts for value in values_in(json.loads(text))}
    document = json.loads(to_json(record))
    for leaf in leaves(document):
        if any(leaf == one or leaf.startswith(one + "/") for one in lost):
            continue
        value: Any = document
        for step in leaf.split("/")[1:]:
            name = step.replace("~1", "/").replace("~0", "~")
            value = value[int(step)] if isinstance(value, list) else value[name]
        # The type of a point, and a place of which nothing is known, follow by themselves.
        assert str(value) in words or value in ("Point", {}), leaf
