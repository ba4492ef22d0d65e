"""Mappings: what a TOML file may say of a spreadsheet, and what it is told when it may not."""

from __future__ import annotations

import copy
import tomllib
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from airspace_events.errors import SettingsError, UnreadableError
from airspace_events.formats.spreadsheets.mapping import SheetMapping
from airspace_events.formats.spreadsheets.paths import target_of

TABLES: dict[str, Any] = tomllib.loads(
    """
record = "incursion"
date_order = "day_first"
keep = "tracker.example"
[source]
id = "tracker"
kind = "dataset"
publisher = "Example"
language = "en"
[constants]
state = "RO"
"objects.0.category" = "unidentified"
[columns]
When = { field = "time" }
Kind = { field = "objects.0.category", values = { Dron = "uncrewed_aircraft" } }
Seen = { field = "objects.0.count" }
Where = { field = "places.0.name", also = { places.0.role = "detected" } }
"""
)


def changed(path: str, value: Any) -> dict[str, Any]:
    tables = copy.deepcopy(TABLES)
    *before, last = path.split("/")
    inner = tables
    for name in before:
        inner = inner.setdefault(name, {})
    inner[last] = value
    return tables


def test_a_mapping_is_loaded_from_a_file(tmp_path: Path) -> None:
    file = tmp_path / "m.toml"
    file.write_text(
        'record = "incursion"\n[source]\nid = "a"\nkind = "dataset"\npublisher = "P"\n'
        'language = "en"\npublished = 2024-09-07\n[columns]\n" A\\n B " = { field = "time" }\n',
        encoding="utf-8-sig",
    )
    mapping = SheetMapping.load(file)
    assert mapping.source.published == "2024-09-07"
    assert list(mapping.columns) == ["A B"]
    assert mapping.id_parts == (("a-", False), ("row", True))


@pytest.mark.parametrize(
    ("path", "value", "said", "meant"),
    [
        ("timezon", "Europe/Riga", "timezon is not a key of a mapping", "timezone"),
        ("source/titel", "A", 'source.titel: a source has no field "titel"', "title"),
        ("columns/When/filed", "time", "columns.When.filed is not a key of a mapping", "field"),
        ("columns/Nr. 1", {"x": 1}, 'columns."Nr. 1".x is not a key of a mapping', None),
        (
            "record",
            "incident",
            'record: "incident" is not allowed for "record"; use one of',
            None,
        ),
        ("record", "incursions", 'record: "incursions" is not allowed', "incursion"),
        ("date_order", "dmy", 'date_order: "dmy" is not allowed', "day_first"),
        ("timezone", "Europe/Bukarest", "is not a time zone", "Europe/Bucharest"),
        ("encoding", "latin-1", 'encoding: "latin-1" is not allowed for "encoding"', "iso-8859-1"),
        ("delimiter", "::", "delimiter", None),
        (
            "century",
            1950,
            'century: 1950 is not allowed for "century"; use 1900 or 2000',
            None,
        ),
        ("source", 3, "source must be a table with the fields of a source", None),
        ("header_row", 0, "header_row", None),
        ("header_row", "3", "header_row", None),
        ("keep", "tracker", 'keep: "tracker" is not a namespace', None),
        ("unknown", "n/a", "unknown", None),
        ("columns", {}, "columns", None),
        ("columns/When", "time", 'must be an object, not the text "time"', None),
        ("columns/When", {}, "a column needs a field, cases, parts, keep = true", None),
        ("columns/When/skip", True, "a column with `skip` must have no other keys, except", None),
        ("columns/When/field", "tim", 'an incursion has no field "tim"', "time"),
        ("columns/When/field", "time.valu", 'a reported time has no field "valu"', "value"),
        ("columns/When/field", "note.x", "note has no fields", None),
        ("columns/When/field", "sources", "use source.publisher", None),
        ("columns/When/field", "id", 'use the mapping key "id"', None),
        ("columns/When/field", "source.urls", 'a source has no field "urls"', "url"),
        ("columns/When/field", "source_2.urls", 'a source has no field "urls"', "url"),
        ("columns/When/field", "source_22.url", 'no field "source_22"', "sources"),
        ("columns/When/field", "source_.url", 'no field "source_"', "sources"),
        ("constants/source_2.credibility", 9, "is not an information credibility", None),
        ("columns/When/field", "objects.count", "objects is a list", "objects.0.count"),
        ("columns/When/field", "objects.100.count", "with the number of an item", "objects.0"),
        ("columns/When/field", "objects.0", "does not fit into a cell", "objects.0.category"),
        ("columns/When/field", "places.0.geometry", "needs two columns", None),
        ("columns/When/field", "totals", "use one of its fields: objects, sorties", None),
        ("columns/When/field", "time.clock", "time.clock also needs a column for time", None),
        (
            "columns/When/field",
            "places.0.latitude",
            "also needs a column for places.0.longitude",
            None,
        ),
        ("columns/Kind/field", "time", 'is already filled by columns."When"', None),
        ("columns/Seen/field", "time.value", "is already filled by", None),
        ("columns/Kind/field", "objects.0.count.best", "is already filled by", None),
        ("columns/Kind/also", {"objects.0.count": 3}, "is already filled by", None),
        ("columns/Kind/also", {"places.0.role": "lost"}, "is already filled by", None),
        (
            "constants/objects/0/count",
            1,
            'must be an object, not the number 1: write {"best": 1}',
            None,
        ),
        ("constants/objects.0.count.best", 1, "is already filled by", None),
        ("constants/time.clock", "02:00", "needs a column; it cannot be a constant", None),
        ("constants/occurrence", "confirmd", "is not an event status", "confirmed"),
        ("constants/state", "Romania", "is not a state code", "RO"),
        ("constants/totals/object", 1, 'totals have no field "object"', "objects"),
        ("constants/note", 3, '"note" must be text, not the number 3', None),
        ("columns/Kind/values", {"a": "drone"}, "is not an object category", "uncrewed_aircraft"),
        (
            "columns/Kind/values",
            {"a": "unidentified", "A ": "missile"},
            "differs from an earlier",
            None,
        ),
        ("columns/Seen/values", {"a": {"best": -1}}, '"best" must be at least 0, not -1', None),
        ("columns/When/unit", "km", "time does not have a unit", None),
        ("columns/When/skip_zero", True, "time is not the count of an item", None),
        ("columns/When/cases", {"a": {"stat": "PL"}}, 'has no field "stat"', "state"),
        ("columns/When/cases", {"a": {"state": "Poland"}}, "is not a state code", "PL"),
        ("columns/Kind/cases", {"a": {"places.0.role": "lost"}}, "is already filled by", None),
        ("columns/When/pattern", ["{a}"], "`pattern` and `parts` must be used together", None),
        ("columns/When/join", "x", '"x" has no name in braces', None),
        ("columns/When/join", "{x", "a brace is not closed", None),
        (
            "columns/Where",
            {"pattern": ["{a}{b}"], "parts": {"a": {"field": "note"}}},
            "write text between {a} and {b}",
            None,
        ),
        (
            "columns/Where",
            {"pattern": ["{place}, {b}"], "parts": {"plac": {"field": "note"}}},
            'the pattern has no part "plac"',
            "place",
        ),
        (
            "columns/Where",
            {"pattern": ["{a}"], "parts": {"a": {"field": "time"}}},
            'is already filled by columns."When"',
            None,
        ),
        (
            "columns/Where",
            {"pattern": ["{a}"], "parts": {"a": {"field": "note", "join": "{When}"}}},
            "a part must not have a pattern, a join",
            None,
        ),
        ("columns/When/organization", "company", "time does not refer to one", None),
        ("columns/When/organization", "firm", "is not a kind of organization", "company"),
        ("columns/When/split", ";", "has a single value", None),
        ("constants/detected_by", ["mapn"], '"mapn" is not a state, an alliance', None),
        ("constants/detected_by", ["NATO"], '"NATO" is not an actor', "nato"),
        ("constants/part_of", "a-series", '"a-series" is not a series', None),
        ("columns/Where/also", {"detected_by.0": "mapn"}, '"mapn" is not a state', None),
        (
            "columns/By",
            {"field": "detected_by", "values": {"MApN": "mapn"}},
            '"mapn" is not a state',
            None,
        ),
        ("records/a", {"type": "organization"}, 'a: the organization has no "name"', None),
        ("records/a", "x", "records: a: the record must be an object", None),
        ("columns/Where/field", "objects.0.same_as", "an object within a record", None),
        ("id", "x", "every row would have the same id", None),
        ("id", "{when}", "{when} must be a column of the mapping", "When"),
        ("id", "{When", "a brace is not closed", None),
    ],
)
def test_what_a_mapping_cannot_say_is_told_with_its_place(
    path: str, value: Any, said: str, meant: str | None
) -> None:
    with pytest.raises(SettingsError) as caught:
        SheetMapping.of(changed(path, value))
    assert said in caught.value.reason
    assert caught.value.suggestion == meant


def test_what_is_required_is_missed() -> None:
    with pytest.raises(SettingsError, match=r"the mapping needs the key record"):
        SheetMapping.of({name: it for name, it in TABLES.items() if name != "record"})
    with pytest.raises(SettingsError, match='the source has no "kind"'):
        SheetMapping.of(changed("source", {"id": "a", "publisher": "P", "language": "en"}))


def test_keeping_needs_a_domain() -> None:
    tables = changed("columns/Seen/keep", value=True)
    del tables["keep"]
    with pytest.raises(SettingsError, match="write keep = "):
        SheetMapping.of(tables)


def test_a_type_without_a_time_gives_no_id_of_it() -> None:
    tables = changed("record", "official") | {
        "id": "{time}",
        "constants": {},
        "columns": {"Name": {"field": "name"}},
    }
    with pytest.raises(SettingsError, match="a record of type official has no time"):
        SheetMapping.of(tables)
    with pytest.raises(ValidationError, match="a record of type official has no time"):
        SheetMapping.model_validate(tables | {"source": {"type": "source", **tables["source"]}})


def test_a_file_that_is_no_mapping_is_named(tmp_path: Path) -> None:
    file = tmp_path / "m.toml"
    with pytest.raises(UnreadableError, match=r"m\.toml"):
        SheetMapping.load(file)
    for data, said in (
        (b"record =", "is not TOML"),
        (b"\xff", "must be UTF-8"),
        (b"", "the key record"),
    ):
        file.write_bytes(data)
        with pytest.raises(SettingsError, match=rf"m\.toml.*{said}"):
            SheetMapping.load(file)


def test_a_path_leads_into_the_claim_that_a_constant_names() -> None:
    intent = target_of("statement", "claims.0.value", {"claims.0.aspect": "intent"})
    assert intent.shape.vocabulary == "Intent"


@pytest.mark.parametrize(
    ("name", "kind"),
    [("entered_from", "state"), ("totals.crossings", "count"), ("over", "word"), ("time", "time")],
)
def test_a_path_leads_into_the_field_that_a_claim_names(name: str, kind: str) -> None:
    constants = {"claims.0.aspect": "field", "claims.0.fields.0": name}
    claimed = target_of("statement", "claims.0.value", constants)
    assert (claimed.kind, claimed.parts, claimed.many) == (kind, ("claims", 0, "value"), False)


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=6,
)


@given(st.sampled_from([*SheetMapping.model_fields, "columns/When", "columns/Kind/also"]), _JSON)
def test_anything_at_all_is_a_mapping_or_a_settings_error(path: str, value: Any) -> None:
    with suppress(SettingsError):
        assert SheetMapping.of(changed(path, value)).targets


STEPS = ("time", "objects", "0", "1", "count", "best", "note", "source", "url", "x", "places")


@given(st.lists(st.sampled_from((*STEPS, "value", "entered_from", "latitude", "")), min_size=1))
def test_any_path_leads_somewhere_or_is_refused(steps: list[str]) -> None:
    with suppress(SettingsError):
        assert target_of("incursion", ".".join(steps), {}).parts
