"""FollowTheMoney: its own software accepts every value, and links lead to entities."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
from followthemoney import model
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import airspace_events as ae
from airspace_events.testing import strategies as aes
from one_incursion import incursion

EXAMPLES = sorted(Path("docs/examples").glob("*-*.jsonl"))
FORM = "followthemoney"
SOURCE = {"type": "source", "id": "unn-lv", "kind": "news_report", "publisher": "A made-up desk"}


def written(records: list[ae.Record]) -> list[dict[str, Any]]:
    stream = io.BytesIO()
    ae.formats.write(records, stream, FORM)
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def assert_loaded(entities: list[dict[str, Any]]) -> None:
    """Check that the software drops no value, and misses none that a schema requires."""
    ids = {one["id"] for one in entities}
    for entity in entities:
        schema = model.get(entity["schema"])
        assert schema is not None
        schema.validate(entity)
        proxy = model.get_proxy(entity, cleaned=False)
        for name, values in entity["properties"].items():
            assert len(proxy.get(name)) == len(set(values)), (name, values, proxy.get(name))
            prop = schema.get(name)
            assert prop is not None
            if prop.type.name == "entity":
                assert set(values) <= ids
        assert set(schema.required) <= entity["properties"].keys()


def assert_clean(entities: list[dict[str, Any]]) -> None:
    """Check that the software changes no value."""
    for entity in entities:
        proxy = model.get_proxy(entity, cleaned=False)
        for name, values in entity["properties"].items():
            assert sorted(proxy.get(name)) == sorted(set(values))


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_an_example_is_loaded_unchanged(path: Path) -> None:
    entities = written(list(ae.iter_records(path)))
    assert_loaded(entities)
    assert_clean(entities)
    assert len({one["id"] for one in entities}) == len(entities)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(aes.records(), max_size=3, unique_by=lambda one: one.id))
def test_no_value_of_any_record_is_dropped(records: list[ae.Record]) -> None:
    assert_loaded(written(records))


@pytest.mark.parametrize(
    ("time", "dates"),
    [
        ("2024-09-07", {"date": ["2024-09-07"]}),
        ("2024-09", {"date": ["2024-09"]}),
        ("2024-09-07/2024-09-08", {"startDate": ["2024-09-07"], "endDate": ["2024-09-08"]}),
        ("2024-09-07?", {}),
        ("2024-09-07/2024-09-08~", {"startDate": ["2024-09-07"]}),
        ("/2024-09-18", {"endDate": ["2024-09-18"]}),
        ("2024-09-07/..", {"startDate": ["2024-09-07"]}),
        ("202X", {"startDate": ["2020"], "endDate": ["2029"]}),
        ("2024-09-07T22:30:00Z", {"date": ["2024-09-08"]}),
    ],
)
def test_only_a_certain_date_is_a_date(time: str, dates: dict[str, list[str]]) -> None:
    record = incursion(time={"value": time, "timezone": "Europe/Riga"}, sources=[SOURCE_CITED])
    [event, *_] = written([record])
    found = event["properties"]
    names = ("date", "startDate", "endDate")
    assert {name: found[name] for name in names if name in found} == dates
    assert found["summary"] == [f"time: {time}"]


SOURCE_CITED = {"source": "unn-lv"}


def test_speakers_sources_and_subjects_are_linked() -> None:
    source = ae.Source(**SOURCE)
    said = ae.Statement(
        id="said",
        speakers=["RO", "nato", "a-stranger"],
        made={"value": "2024-09-07"},
        about=["lv-2024-09-07", "LV"],
        sources=[SOURCE_CITED],
    )
    records = [source, incursion(), said]
    entities = {one["id"]: one for one in written(records)}
    statement = entities["ae-statement-said"]["properties"]
    speakers = [entities[name] for name in statement["involved"]]
    assert [one["schema"] for one in speakers] == ["PublicBody", "Organization"]
    links = {
        (one["schema"], *(name[0] for name in one["properties"].values()))
        for one in entities.values()
        if "ae-statement-said." in one["id"]
    }
    assert links == {
        ("Documentation", "ae-statement-said", "ae-source-unn-lv", "source"),
        ("UnknownLink", "ae-statement-said", "ae-incursion-lv-2024-09-07", "about"),
        ("UnknownLink", "ae-statement-said", entities_of(entities, "Latvia"), "about"),
    }
    losses = ae.formats.write(records, io.BytesIO(), FORM)
    assert ("said", "/speakers") in [loss[:2] for loss in losses]


def entities_of(entities: dict[str, dict[str, Any]], name: str) -> str:
    [found] = [key for key, one in entities.items() if one["properties"].get("name") == [name]]
    return found


@pytest.mark.parametrize(
    ("kind", "schema"),
    [
        ("government_body", "PublicBody"),
        ("armed_force", "PublicBody"),
        ("media", "Organization"),
        ("company", "Company"),
        ("class", "LegalEntity"),
    ],
)
def test_an_organization_has_the_schema_of_its_kind(kind: str, schema: str) -> None:
    [entity] = written([ae.Organization(id="a-body", name="A made-up body", kind=kind)])
    assert entity["schema"] == schema


def test_an_alliance_has_its_members() -> None:
    membership = {"state": "RO", "status": "member", "since": "2024-09", "ongoing": True}
    alliance = ae.Alliance(id="a", name="A", kind="coalition", memberships=[membership])
    own, link, state = written([alliance])
    assert (own["schema"], state["properties"]["country"]) == ("Organization", ["ro"])
    assert link["properties"]["member"] == [state["id"]]
    assert link["properties"]["startDate"] == ["2024-09"]


@pytest.mark.parametrize(
    "url", ["https://[", "http://example.org:99999/", "http://:80/", "https://a.example/\u202e"]
)
def test_an_address_that_followthemoney_cannot_parse_is_a_loss(url: str) -> None:
    source = ae.Source(**{**SOURCE, "url": url})
    stream = io.BytesIO()
    losses = ae.formats.write([source], stream, FORM)
    assert "/url" in [loss.pointer for loss in losses]
    assert b"sourceUrl" not in stream.getvalue()
    good = ae.Source(**{**SOURCE, "url": "https://example.org/a?b=c"})
    losses = ae.formats.write([good], io.BytesIO(), FORM)
    assert "/url" not in [loss.pointer for loss in losses]
