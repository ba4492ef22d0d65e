"""The components of OpenAPI say what the schemas say, and FastAPI serves records with them."""

import json
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from jsonschema import Draft202012Validator
from openapi_spec_validator import validate

import airspace_events as ae
import feed_service
import record_service
from airspace_events.models.records import RECORD_CLASSES
from airspace_events.schema.json_schema import _as_component, json_schema, openapi_components
from airspace_events.schema.schema_diff import schema_diff
from airspace_events.testing import strategies as aes
from airspace_events.values.claims import Claim

HEADER = b'{"type":"feed","schema_version":"1.0"}'
SOURCE = {
    "type": "source",
    "id": "a-report",
    "kind": "news_report",
    "publisher": "A made-up newsroom",
    "language": "en",
}
INCURSION = {
    "type": "incursion",
    "id": "lv-1",
    "state": "LV",
    "time": {"value": "2024-09-07"},
    "places": [{"geometry": {"type": "Point", "coordinates": [27.4, 56.3]}}],
    "sources": [{"source": "a-report"}],
}
STATEMENT = {
    "type": "statement",
    "id": "nato-1",
    "speakers": ["nato"],
    "made": {"value": "/2024-09-18?"},
    "claims": [
        {"aspect": "intent", "value": "intentional_attack", "polarity": "no_evidence"},
        {"aspect": "field", "fields": ["depth"], "value": {"best": 3, "unit": "km"}},
    ],
}


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    return openapi_components()


@pytest.fixture
def client() -> TestClient:
    record_service.held.clear()
    # The same app; the second module adds to it.
    return TestClient(feed_service.app)


def references(value: Any) -> list[str]:
    """Every text in a schema that leads to another."""
    if isinstance(value, list):
        return [one for inner in value for one in references(inner)]
    if isinstance(value, dict):
        found = [one for inner in value.values() for one in references(inner)]
        return [*found, value["$ref"]] if isinstance(value.get("$ref"), str) else found
    return []


# The components.


def test_an_independent_validator_takes_the_document(document: dict[str, Any]) -> None:
    validate(document)
    assert document["openapi"].startswith("3.1.")
    assert document["info"]["version"] == ae.SCHEMA_VERSION


def test_every_record_and_value_is_a_component(document: dict[str, Any]) -> None:
    schemas = document["components"]["schemas"]
    assert {model.__name__ for model in RECORD_CLASSES.values()} <= schemas.keys()
    assert {member.__name__ for member in Claim.members().values()} <= schemas.keys()
    assert {"Record", "FeedHeader", "FeedDocument", "ReportedTime", "Text"} <= schemas.keys()
    assert set(json_schema("record")["$defs"]) <= schemas.keys()


def test_every_reference_leads_to_a_component(document: dict[str, Any]) -> None:
    schemas = document["components"]["schemas"]
    found = set(references(schemas))
    assert found
    assert found <= {f"#/components/schemas/{name}" for name in schemas}
    assert "$defs" not in json.dumps(schemas)
    assert not {"$schema", "$id"} & schemas["Record"].keys()


@pytest.mark.parametrize("name", ["Record", "Claim", "Assessment", "Geometry"])
def test_a_mapping_says_which_component_a_word_stands_for(
    document: dict[str, Any], name: str
) -> None:
    schemas = document["components"]["schemas"]
    union = schemas[name]
    field, mapping = union["discriminator"]["propertyName"], union["discriminator"]["mapping"]
    assert sorted(mapping.values()) == sorted(one["$ref"] for one in union["oneOf"])
    for word, leads_to in mapping.items():
        component = schemas[leads_to.removeprefix("#/components/schemas/")]
        assert component["properties"][field]["const"] == word


WRITTEN_ELSEWHERE = {
    "#/components/schemas/": "#/$defs/",
    "x-enum-descriptions": "enumDescriptions",
    "x-pattern-error-message": "patternErrorMessage",
    '"then": {"not": {}}': '"then": false',
}


@pytest.mark.parametrize(("name", "of"), [("Record", "record"), ("FeedDocument", "feed")])
def test_the_components_let_through_what_the_schemas_let_through(
    document: dict[str, Any], name: str, of: str
) -> None:
    told = json.dumps(document["components"]["schemas"])
    for written, meant in WRITTEN_ELSEWHERE.items():
        told = told.replace(written, meant)
    definitions = json.loads(told)
    component = {"$ref": f"#/$defs/{name}", "$defs": definitions}
    broken = [one for one in schema_diff(json_schema(of), component) if one.breaks != "nobody"]
    assert broken == []


def test_what_is_data_is_left_as_it_is() -> None:
    data = {"const": {"$ref": "#/$defs/x"}, "examples": [{"discriminator": 5, "oneOf": []}]}
    assert _as_component(data, {}) == data
    assert _as_component({"then": True, "not": False}, {}) == {"then": {}, "not": {"not": {}}}
    assert _as_component({"$ref": "#/$defs/x"}, {}) == {"$ref": "#/components/schemas/x"}


# The service.


@pytest.mark.parametrize("record", [SOURCE, INCURSION, STATEMENT], ids=lambda one: one["type"])
def test_a_record_is_accepted_and_served_as_it_was_written(
    client: TestClient, record: dict[str, Any]
) -> None:
    answer = client.post("/records", json=record)
    assert answer.status_code == 201
    assert answer.json() == record
    assert client.get("/records").json() == [record]
    [held] = record_service.held.values()
    assert type(held) is RECORD_CLASSES[record["type"]]
    with pytest.raises(ValueError, match="frozen"):
        held.id = "another"


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(record=aes.records())
def test_every_record_comes_back_as_its_canonical_bytes(
    client: TestClient, record: ae.Record
) -> None:
    record_service.held.clear()
    headers = {"content-type": "application/json"}
    answer = client.post("/records", content=ae.to_json(record), headers=headers)
    assert answer.content == ae.to_json(record)
    assert client.get("/records").content == b"[" + ae.to_json(record) + b"]"


@pytest.mark.parametrize(
    ("change", "at"),
    [
        ({"type": "sauce"}, ["body"]),
        ({"intent": "attack"}, ["body", "incursion", "intent"]),
        ({"crossing": "yes"}, ["body", "incursion", "crossing"]),
        ({"time": {"value": "yesterday"}}, ["body", "incursion", "time", "value"]),
        ({"revision": "2"}, ["body", "incursion", "revision"]),
    ],
)
def test_what_is_no_record_is_refused(
    client: TestClient, change: dict[str, Any], at: list[str]
) -> None:
    answer = client.post("/records", json={**INCURSION, **change})
    assert answer.status_code == 422
    assert answer.json()["detail"][0]["at"] == at
    assert answer.json()["detail"][0]["reason"]
    assert record_service.held == {}


@pytest.mark.parametrize("body", [b"", b"{", b"null", b"[]", b'{"type":"source","id":NaN}'])
def test_no_bytes_are_an_error_of_the_service(client: TestClient, body: bytes) -> None:
    answer = client.post("/records", content=body, headers={"content-type": "application/json"})
    assert answer.status_code == 422


def test_what_the_service_says_of_itself_is_valid(client: TestClient) -> None:
    said = client.get("/openapi.json").json()
    validate(said)
    schemas = said["components"]["schemas"]
    # One schema for what comes in and what goes out.
    assert not [name for name in schemas if "-Input" in name or "-Output" in name]
    accepted = said["paths"]["/records"]["post"]["requestBody"]["content"]["application/json"]
    by_word = json.dumps(accepted["schema"]["discriminator"]["mapping"], sort_keys=True)
    assert by_word == json.dumps(
        {word: f"#/components/schemas/{model.__name__}" for word, model in RECORD_CLASSES.items()},
        sort_keys=True,
    )
    schema = {**accepted["schema"], "components": said["components"]}
    validator = Draft202012Validator(schema)
    assert all(validator.is_valid(record) for record in (SOURCE, INCURSION, STATEMENT))
    assert not validator.is_valid({**INCURSION, "intent": "attack"})


def test_a_feed_is_checked_as_the_validator_checks_it(client: TestClient) -> None:
    lines = [HEADER, *(json.dumps(record).encode() for record in (SOURCE, INCURSION))]
    assert client.post("/feeds", content=b"\n".join(lines)).json() == {"detail": []}
    twice = lines[2][:-1] + b',"id":"lv-1"}'
    answer = client.post("/feeds", content=b"\n".join([*lines[:2], twice]))
    assert answer.status_code == 422
    [told] = answer.json()["detail"]
    assert (told["code"], told["line"], told["at"]) == ("duplicate_key", 3, "/id")
    assert client.post("/feeds", content=b"\xff\x00").status_code == 422


@pytest.mark.parametrize("module", [record_service, feed_service])
def test_the_page_shows_the_services_that_are_tested(module: ModuleType) -> None:
    folder = Path(__file__).parent
    page = (folder.parent / "docs" / "fastapi.md").read_text(encoding="utf-8")
    text = (folder / f"{module.__name__}.py").read_text(encoding="utf-8")
    assert f"```python\n{text}```" in page
