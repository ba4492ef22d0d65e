"""JSON-LD, read by rdflib: nothing is lost, and no claim or time says more than its record."""

import io
import json
import os
from pathlib import Path
from typing import Any

import pytest
import rdflib
from hypothesis import given, settings

import airspace_events as ae
from airspace_events.testing import strategies

SCHEMA = rdflib.Namespace("https://schema.org/")
PROV = rdflib.Namespace("http://www.w3.org/ns/prov#")
TERM = rdflib.Namespace("urn:airspace-events:term:")
RECORD = rdflib.Namespace("urn:airspace-events:record:")
EXAMPLES = ["bucharest-nine", "korea-japan-2023-12-14", "munich-2025-10", "poland-2025-09-10"]
GOLDEN = Path(__file__).parent / "data/formats/latvia-2024-09-07.jsonld"


def written(records: list[ae.Record], **options: Any) -> bytes:
    stream = io.BytesIO()
    losses = ae.formats.write(records, stream, "jsonld", **options)
    assert len(losses) == 0
    return stream.getvalue()


def graph_of(records: list[ae.Record]) -> rdflib.Graph:
    return rdflib.Graph().parse(data=written(records), format="json-ld")


def example(name: str) -> list[ae.Record]:
    return list(ae.iter_records(f"docs/examples/{name}.jsonl"))


def test_an_example_is_as_its_golden_file_has_it() -> None:
    feed = ae.read_feed("docs/examples/latvia-2024-09-07.jsonl")
    data = written(list(feed.records), header=feed.header)
    if os.environ.get("REWRITE_GOLDEN") == "1":
        GOLDEN.write_bytes(data)
    assert data == GOLDEN.read_bytes()
    assert json.loads(data)["feed"] == {"type": "feed", "schema_version": "1.0"}


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_graph_has_every_record_whole(name: str) -> None:
    records, graph = example(name), graph_of(example(name))
    whole = {
        json.dumps(json.loads(one), sort_keys=True) for one in graph.objects(None, TERM.record)
    }
    assert whole == {json.dumps(json.loads(ae.to_json(one)), sort_keys=True) for one in records}


@pytest.mark.parametrize("name", EXAMPLES)
def test_events_claims_and_sources_have_the_terms_of_others(name: str) -> None:
    records, graph = example(name), graph_of(example(name))
    events = [one for one in records if one.type in ("incursion", "series", "finding")]
    assert len(set(graph.subjects(rdflib.RDF.type, SCHEMA.Event))) == len(events)
    claims = sum(len(getattr(one, "claims", ())) for one in records)
    assert len(set(graph.subjects(rdflib.RDF.type, SCHEMA.Claim))) == claims
    assert not set(graph.subjects(rdflib.RDF.type, SCHEMA.ClaimReview))
    polarities = [str(one) for one in graph.objects(None, TERM.polarity)]
    assert len(polarities) == claims
    for one in records:
        node = RECORD[one.id + (f":{one.revision}" if one.revision > 1 else "")]
        cited = {RECORD[citation.source] for citation in one.sources}
        assert set(graph.objects(node, SCHEMA.subjectOf)) == cited
        if isinstance(one, ae.Source):
            origins = {RECORD[origin.source] for origin in one.derived_from}
            assert set(graph.objects(node, PROV.wasDerivedFrom)) == origins
        if one.revision > 1:
            earlier = f":{one.revision - 1}" if one.revision > 2 else ""
            assert set(graph.objects(node, PROV.wasRevisionOf)) == {RECORD[one.id + earlier]}


@pytest.mark.parametrize(
    ("value", "start"),
    [
        ("2024-09-07", "2024-09-07"),
        ("2024-09", "2024-09"),
        ("2024-09-07T21:00:00Z", "2024-09-07T21:00:00Z"),
        ("2024-09-07?", None),
        ("2024-09-07~", None),
        ("2024-09-0X", None),
        ("2024-21", None),
        ("2024-09-07/2024-09-08", None),
        ("/2024-09-18", None),
        ("2024-09-07/..", None),
        ("[2024-09-07,2024-09-09]", None),
    ],
)
def test_only_a_single_date_without_a_mark_is_a_start(value: str, start: str | None) -> None:
    incursion = ae.Incursion(
        id="lv", state="LV", time=ae.ReportedTime(value=value), sources=[ae.Citation(source="s")]
    )
    graph = graph_of([incursion])
    found = [str(one) for one in graph.objects(RECORD.lv, SCHEMA.startDate)]
    assert found == ([start] if start else [])
    assert str(next(graph.objects(RECORD.lv, TERM.time))) == value
    bounds = {
        str(one) for term in (TERM.earliest, TERM.latest) for one in graph.objects(RECORD.lv, term)
    }
    known = filter(None, (incursion.time.earliest, incursion.time.latest))
    assert bounds == {one.isoformat() for one in known}


def test_a_state_is_the_same_node_wherever_it_stands() -> None:
    claim = ae.Claim(aspect="intent", value="unintentional", about=["LT"])
    said = ae.Statement(
        id="q", speakers=["RO", "nato"], made={"value": "2024"}, about=["LV", "x"], claims=[claim]
    )
    graph = graph_of([said])
    state = "urn:airspace-events:state:"
    assert {str(one) for one in graph.objects(RECORD.q, SCHEMA.about)} == {
        f"{state}LV",
        str(RECORD.x),
    }
    assert {str(one) for one in graph.objects(RECORD.q, SCHEMA.author)} == {
        f"{state}RO",
        str(RECORD.nato),
    }
    [node] = graph.subjects(rdflib.RDF.type, SCHEMA.Claim)
    assert {str(one) for one in graph.objects(node, SCHEMA.about)} == {f"{state}LT"}


@pytest.mark.parametrize(
    ("published", "plain"), [("2024-09-09", True), ("2024-09-09?", False), ("2024-0X", False)]
)
def test_only_a_date_without_a_mark_is_a_date_of_publication(
    published: str, *, plain: bool
) -> None:
    source = ae.Source(id="s", kind="dataset", publisher="A made-up desk", published=published)
    found = [str(one) for one in graph_of([source]).objects(RECORD.s, SCHEMA.datePublished)]
    assert found == [published] * plain


@given(strategies.records())
@settings(max_examples=60)
def test_any_record_is_read_by_others_and_kept_whole(record: ae.Record) -> None:
    data = written([record])
    [node] = json.loads(data)["@graph"]
    assert node["fullRecord"] == json.loads(ae.to_json(record))
    graph = rdflib.Graph().parse(data=data, format="json-ld")
    assert len(list(graph.objects(None, TERM.record))) == 1


def test_the_location_of_an_event_is_where_it_happened() -> None:
    places = [
        {"name": "made-up airport", "role": "affected"},
        {"name": "made-up field", "role": "crashed", "state": "LV"},
        {"name": "made-up town", "role": "detected", "state": "BY"},
    ]
    crashed = ae.Incursion(
        id="i",
        state="LV",
        crossing="reported",
        time={"value": "2024-09-07"},
        places=places,
        sources=[{"source": "s"}],
    )
    graph = graph_of([crashed])
    named = [graph.value(one, SCHEMA.name) for one in graph.objects(RECORD.i, SCHEMA.location)]
    assert [str(name) for name in named] == ["made-up field"]
