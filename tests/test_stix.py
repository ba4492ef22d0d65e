"""STIX bundles: the validator of OASIS is silent, nothing is lost, and bad bundles are refused."""

import gzip
import io
import json
import os
from pathlib import Path
from typing import Any

import pytest
import stix2
from hypothesis import given, settings
from stix2validator import ValidationOptions, validate_instance

import airspace_events as ae
from airspace_events.testing import strategies

GOLDEN = Path(__file__).parent / "data/formats/latvia-2024-09-07.stix.json"
EXAMPLES = [
    "bucharest-nine",
    "korea-japan-2023-12-14",
    "latvia-2024-09-07",
    "munich-2025-10",
    "poland-2025-09-10",
]
# UUID version 5 makes ids the same in every bundle, and a source may have no hash.
OPTIONS = ValidationOptions(version="2.1", strict=True, disabled="103,302")
SOURCE = {"type": "source", "id": "s", "kind": "news_report", "publisher": "A made-up newsroom"}


def written(records: list[ae.Record], **options: Any) -> bytes:
    stream = io.BytesIO()
    assert len(ae.formats.write(records, stream, "stix", **options)) == 0
    return stream.getvalue()


def read(data: bytes) -> list[ae.Record]:
    return list(ae.formats.read(io.BytesIO(data), "stix"))


def example(name: str) -> list[ae.Record]:
    return list(ae.iter_records(f"docs/examples/{name}.jsonl"))


def objects(records: list[ae.Record], kind: str) -> list[dict[str, Any]]:
    return [one for one in json.loads(written(records))["objects"] if one["type"] == kind]


def test_an_example_is_as_its_golden_file_has_it() -> None:
    feed = ae.read_feed("docs/examples/latvia-2024-09-07.jsonl")
    data = written(list(feed.records), header=feed.header)
    if os.environ.get("REWRITE_GOLDEN") == "1":
        GOLDEN.write_bytes(data)
    assert data == GOLDEN.read_bytes()


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_is_valid_and_comes_back(name: str) -> None:
    records = example(name)
    assert_valid(records)
    assert len(stix2.parse(written(records).decode()).objects) >= len(records)


def assert_valid(records: list[ae.Record]) -> None:
    data = written(records)
    result = validate_instance(json.loads(data), OPTIONS)
    assert [str(error) for error in getattr(result, "errors", [])] == []
    assert read(data) == records


def test_every_reference_is_to_an_object_of_the_bundle() -> None:
    for name in EXAMPLES:
        found = json.loads(written(example(name)))["objects"]
        ids = {one["id"] for one in found}
        for one in found:
            named = [*one.get("object_refs", ()), *one.get("object_marking_refs", ())]
            named += [one[key] for key in one if key.endswith("_ref")]
            assert set(named) <= ids


@given(strategies.records())
@settings(max_examples=60)
def test_any_record_makes_a_valid_object_and_comes_back(record: ae.Record) -> None:
    assert_valid([record])


def test_revisions_are_versions_of_one_object() -> None:
    first, second = (
        ae.Source(**SOURCE, revision=number, recorded_at=f"2025-01-0{number}T00:00:00Z")
        for number in (1, 2)
    )
    one, two = objects([first, second], "grouping")
    assert one["id"] == two["id"]
    assert one["created"] == two["created"] == "2025-01-01T00:00:00.000Z"
    assert two["modified"] == "2025-01-02T00:00:00.000Z"


@pytest.mark.parametrize(
    ("published", "kind"),
    [
        ("2024-09-09T10:00:00+03:00", "report"),
        ("2024-09-09", "grouping"),
        ("2024-09", "grouping"),
        (None, "grouping"),
    ],
)
def test_a_day_never_becomes_an_instant(published: str | None, kind: str) -> None:
    source = ae.Source(**SOURCE, published=published)
    [one] = objects([source], kind)
    assert one.get("published") == ("2024-09-09T07:00:00.000Z" if kind == "report" else None)


@pytest.mark.parametrize(
    "published", [(None, "2024-09-09T10:00:00Z"), ("2024-09-09T10:00:00Z", None)]
)
def test_revisions_that_differ_in_the_instant_are_versions_of_one_grouping(
    published: tuple[str | None, str | None],
) -> None:
    sources = [
        ae.Source(**SOURCE, revision=number, published=at)
        for number, at in enumerate(published, 1)
    ]
    one, two = objects(sources, "grouping")
    assert one["id"] == two["id"]
    assert one["id"].startswith("grouping--")
    assert_valid(sources)


@pytest.mark.parametrize("order", [1, -1])
def test_no_version_was_modified_before_it_was_created(order: int) -> None:
    at = ("2025-01-01T00:00:00Z", "2025-01-02T00:00:00Z", None)
    sources = [
        ae.Source(**SOURCE, revision=number, recorded_at=one) for number, one in enumerate(at, 1)
    ][::order]
    found = objects(sources, "grouping")
    assert len({one["created"] for one in found}) == 1
    assert all(one["created"] <= one["modified"] for one in found)
    assert_valid(sources)


def test_an_incursion_is_in_its_state_whichever_revisions_there_are() -> None:
    made = {"id": "x", "time": {"value": "2024"}, "sources": [{"source": "s"}]}
    second = ae.Incursion(**made, revision=2, state="LV")
    third = ae.Incursion(**made, revision=3, state="LT")
    for records, codes in (([second], ["LV"]), ([second, third], ["LT", "LV"])):
        states = {one["id"]: one["country"] for one in objects(records, "location")}
        related = objects(records, "relationship")
        assert sorted(states[one["target_ref"]] for one in related) == codes
        assert_valid(records)


def test_a_statement_about_a_state_refers_to_its_location() -> None:
    said = ae.Statement(id="q", speakers=["RO"], made={"value": "2024"}, about=["LV"])
    [note] = objects([said], "note")
    [location] = objects([said], "location")
    assert note["object_refs"] == [location["id"]]


def test_records_of_two_types_with_one_id_are_two_objects() -> None:
    official = ae.Official(id="s", name="A made-up official")
    group = ae.Organization(id="s", name="A made-up group", kind="armed_force")
    assert len({one["id"] for one in objects([official, group], "identity")}) == 3


def test_a_marking_and_a_retraction_are_kept() -> None:
    source = ae.Source(
        **SOURCE,
        marking=ae.Marking(tlp="amber_strict"),
        retracted=ae.Retraction(at="2025-01-01T00:00:00Z", reason="A made-up mistake"),
    )
    [one] = objects([source], "grouping")
    [marking] = objects([source], "marking-definition")
    assert one["revoked"] is True
    assert one["object_marking_refs"] == [marking["id"]]
    assert marking["name"] == "TLP:AMBER+STRICT"


def test_a_claim_keeps_its_polarity_and_no_object_judges() -> None:
    records = example("bucharest-nine")
    notes = objects(records, "note")
    text = "\n".join(note["content"] for note in notes)
    claims = [claim for one in records if one.type == "statement" for claim in one.claims]
    assert all(f"{claim.polarity}: " in text for claim in claims)
    assert not objects(records, "opinion")
    assert not any("confidence" in one for one in json.loads(written(records))["objects"])


def test_the_header_comes_back() -> None:
    header = ae.FeedHeader(schema_version="1.0", publisher="A made-up desk")
    data = written([ae.Source(**SOURCE)], header=header)
    found: list[ae.FeedHeader] = []
    records = ae.formats.read(io.BytesIO(data), "stix", on_header=found.append)
    assert [record.id for record in records] == ["s"]
    assert found == [header]


WHOLE = written([ae.Source(**SOURCE)])


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "the file is not valid JSON"),
        (WHOLE[:-5], "the file is not valid JSON"),
        (b"[]", "not a STIX 2.1 bundle"),
        (b"{}", "not a STIX 2.1 bundle"),
        (b'{"type":"bundle"}', "not a STIX 2.1 bundle"),
        (b'{"type":"feed","objects":[]}', "not a STIX 2.1 bundle"),
        (Path("docs/examples/latvia-2024-09-07.jsonl").read_bytes(), "the file is not valid JSON"),
        (WHOLE.decode().encode("utf-16"), "UTF-8"),
        (WHOLE.replace(b"made-up", b"\xff"), "UTF-8"),
        (gzip.compress(WHOLE)[:-12], "gzip"),
        (WHOLE.replace(b'"id":"s"', b'"id":"s","id":"t"'), "a key appears twice"),
        (WHOLE.replace(b"news_report", b"news"), "did you mean"),
        (b'{"type":"bundle","objects":[null]}', "object 1"),
        (b'{"type":"bundle","objects":[{"type":"malware"}]}', "object 1"),
        (b"[" * 100_000, "nested too deeply"),
    ],
)
def test_a_bad_bundle_is_refused_with_a_reason(data: bytes, words: str) -> None:
    with pytest.raises(ae.FormatError, match=words):
        read(data)
    problems: list[ae.FeedError] = []
    stream = io.BytesIO(data)
    assert list(ae.formats.read(stream, "stix", on_problem=problems.append)) == []
    assert [words in str(one) for one in problems] == [True]


@pytest.mark.parametrize("header", [None, [], {}, "x", {"type": "feed", "schema_version": "9.0"}])
def test_a_bad_header_hides_no_record(header: Any) -> None:
    bundle = json.loads(written([ae.Source(**SOURCE)], header=ae.FeedHeader(schema_version="1.0")))
    [own] = bundle["objects"][0]["extensions"].values()
    own["feed"] = header
    data = io.BytesIO(json.dumps(bundle).encode())
    problems: list[ae.FeedError] = []
    found = ae.formats.read(data, "stix", on_problem=problems.append)
    assert [record.id for record in found] == ["s"]
    assert ["object 1" in str(one) for one in problems] == [True]


class Breaking(io.BytesIO):
    """A stream that breaks off."""

    def read(self, size: int | None = -1) -> bytes:
        if data := super().read(size):
            return data
        raise OSError(5, "Input/output error")


def test_a_stream_that_breaks_off_is_a_problem_of_the_file() -> None:
    problems: list[ae.FeedError] = []
    assert list(ae.formats.read(Breaking(WHOLE), "stix", on_problem=problems.append)) == []
    assert [
        "could not be read to the end (Input/output error)" in str(one) for one in problems
    ] == [True]


def test_a_bad_object_hides_no_other() -> None:
    good = [ae.Source(**SOURCE), ae.Source(**{**SOURCE, "id": "t"})]
    bundle = json.loads(written(good))
    bundle["objects"].insert(2, {"type": "malware"})
    bundle["objects"][3]["extensions"] = {}
    problems: list[ae.FeedError] = []
    data = io.BytesIO(json.dumps(bundle).encode())
    found = ae.formats.read(data, "stix", on_problem=problems.append)
    assert [record.id for record in found] == ["t"]
    assert len(problems) == 2
