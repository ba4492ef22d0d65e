"""The short form of a schema: small, and wider than the full one."""

import json
from random import Random
from typing import Any

import jsonschema_rs
import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from jsonschema import Draft202012Validator

import airspace_events as ae
from airspace_events.cli.commands import airspace_events
from airspace_events.schema.examples import example_lines
from airspace_events.schema.json_schema import KINDS, json_schema
from airspace_events.testing import strategies as aes
from json_changes import changes
from test_json_schema import everywhere

KILOBYTE = 1_024
COMPACT = {of: json_schema(of, compact=True) for of in KINDS}
FULL = {of: jsonschema_rs.validator_for(json_schema(of)) for of in KINDS}
SHORT = {of: jsonschema_rs.validator_for(schema) for of, schema in COMPACT.items()}


@pytest.mark.parametrize("of", KINDS)
def test_it_is_a_whole_schema_of_its_dialect(of: str) -> None:
    schema = COMPACT[of]
    Draft202012Validator.check_schema(schema)
    named = {part["$ref"] for part in everywhere(schema) if isinstance(part.get("$ref"), str)}
    assert named == {f"#/$defs/{name}" for name in schema["$defs"]}
    assert "$id" not in schema
    assert "pattern" not in {key for part in everywhere(schema) for key in part}


@pytest.mark.parametrize("of", ["incursion", "statement"])
def test_it_is_small_as_it_is_printed(of: str) -> None:
    done = CliRunner().invoke(airspace_events, ["schema", "json", of, "--compact"])
    assert len(done.output.encode()) < 30 * KILOBYTE
    assert json.loads(done.output) == COMPACT[of]


@pytest.mark.parametrize("of", ["source", "incursion", "statement"])
def test_its_root_is_an_object_with_fields(of: str) -> None:
    schema = COMPACT[of]
    assert schema["type"] == "object"
    assert set(schema["required"]) == set(json_schema(of)["$defs"][schema["title"]]["required"])
    assert all(one["description"] for one in schema["properties"].values())


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(aes.records())
def test_every_valid_record_fits(record: Any) -> None:
    for value in (json.loads(ae.to_json(record)), record.model_dump(mode="json")):
        assert SHORT[record.type].is_valid(value)
        assert SHORT["record"].is_valid(value)
        assert SHORT["line"].is_valid(value)


def test_whatever_the_full_schema_accepts_fits() -> None:
    dice = Random(5)  # noqa: S311
    header, *records = map(json.loads, example_lines())
    accepted = refused = 0
    for value in records:
        for changed in [value, *changes(value, dice, 400)]:
            for of in ("record", value["type"]):
                is_valid = FULL[of].is_valid(changed)
                accepted += is_valid
                refused += not SHORT[of].is_valid(changed)
                assert SHORT[of].is_valid(changed) or not is_valid, changed
    assert accepted > 1_000
    assert refused > 1_000
    assert SHORT["feed"].is_valid({**header, "records": records})


def test_words_and_names_of_fields_stay_closed() -> None:
    schema = SHORT["incursion"]
    record = {"type": "incursion", "id": "x", "time": {"value": "2024"}, "sources": []}
    assert schema.is_valid(record)
    assert not schema.is_valid({**record, "tiem": "2024"})
    assert not schema.is_valid({**record, "crossing": "maybe"})
    assert not schema.is_valid({**record, "state": "UK"})
    assert not schema.is_valid({**record, "time": "2024"})
    assert not schema.is_valid({**record, "type": "source"})
    assert not schema.is_valid({**record, "assessments": [{"aspect": "intentions"}]})
