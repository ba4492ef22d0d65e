"""A valid feed with one fault after another: each is told by its code, where it is."""

from __future__ import annotations

import io
import json
from functools import cache
from itertools import islice
from pathlib import Path

import pytest

import airspace_events as ae
from airspace_events.schema.examples import example_lines
from airspace_events.testing import (
    FAULTS,
    Mutation,
    mutations,
    plant,
    synthetic_lines,
    synthetic_records,
)
from airspace_events.validation.codes import CODES

ROOT = Path(__file__).parent.parent
ROOM = ROOT / "src" / "airspace_events" / "testing" / "room_for_faults.jsonl"
EXAMPLES = ROOT / "docs" / "examples"

FEEDS = {
    "room": ROOM.read_bytes(),
    "tutorial": (EXAMPLES / "tutorial.jsonl").read_bytes(),
    "bucharest": (EXAMPLES / "bucharest-nine.jsonl").read_bytes(),
    "poland": (EXAMPLES / "poland-2025-09-10.jsonl").read_bytes(),
    "munich": (EXAMPLES / "munich-2025-10.jsonl").read_bytes(),
    "everything": "\n".join(example_lines()).encode(),
    "synthetic": b"".join(synthetic_lines(40, 5)),
}


@cache
def mutated(feed: str) -> tuple[Mutation, ...]:
    return mutations(FEEDS[feed])


def errors(feed: bytes) -> list[tuple[str, int, str]]:
    report = ae.validate(io.BytesIO(feed), notices_per_code=100_000)
    return [(n.code, n.line, n.pointer) for n in report.notices if n.severity == "error"]


# Each is what it says.


@pytest.mark.parametrize("feed", FEEDS)
def test_each_gives_its_error_where_it_says(feed: str) -> None:
    for mutation in mutated(feed):
        found = errors(mutation.feed)
        assert (mutation.code, mutation.line, mutation.pointer) in found, mutation
        # What else is wrong is that a record which was named has another id now.
        others = {code for code, *_ in found if code != mutation.code}
        assert others <= ({"unresolved_reference"} if mutation.fault == "reserved_id" else set())


@pytest.mark.parametrize("feed", FEEDS)
def test_each_changes_one_line_only(feed: str) -> None:
    valid = io.BytesIO()
    ae.write_feed(ae.read_feed(io.BytesIO(FEEDS[feed])), valid)
    before = valid.getvalue().split(b"\n")
    for mutation in mutated(feed):
        after = mutation.feed.split(b"\n")
        changed = [n for n, (a, b) in enumerate(zip(before, after, strict=True), 1) if a != b]
        assert changed == [mutation.line]
        assert json.loads(before[mutation.line - 1])["type"] == mutation.record


def test_every_fault_has_a_mutation_where_there_is_room() -> None:
    for feed in ("room", "everything"):
        assert {mutation.fault for mutation in mutated(feed)} == set(FAULTS)


@pytest.mark.parametrize("feed", FEEDS)
def test_there_is_one_for_each_fault_and_type_that_has_room(feed: str) -> None:
    made = [(mutation.fault, mutation.record) for mutation in mutated(feed)]
    assert len(made) == len(set(made))
    buffer = io.BytesIO()
    ae.write_feed(ae.read_feed(io.BytesIO(FEEDS[feed])), buffer)
    lines = buffer.getvalue().splitlines()[1:]
    first: dict[tuple[str, str], int] = {}
    for fault in FAULTS:
        for number, line in enumerate(lines, 2):
            if plant(fault, line) is not None:
                first.setdefault((fault, json.loads(line)["type"]), number)
    assert {(m.fault, m.record): m.line for m in mutated(feed)} == first


def test_all_faults_are_errors() -> None:
    assert {CODES[code].severity for code in FAULTS.values()} == {"error"}
    assert all(m.code == FAULTS[m.fault] for feed in FEEDS for m in mutated(feed))


# What is given, and what it may be called.


def test_the_same_feed_gives_the_same_mutations_however_it_is_given(tmp_path: Path) -> None:
    expected = mutated("room")
    feed = ae.read_feed(ROOM)
    document, packed = io.BytesIO(), tmp_path / "feed.jsonl.gz"
    ae.write_feed(feed, document, "json_document")
    ae.write_feed(feed, packed)
    with ROOM.open("rb") as stream:
        assert mutations(stream) == expected
    for given in (str(ROOM), ROOM, packed, FEEDS["room"], document.getvalue(), feed):
        assert mutations(given) == expected


def test_records_are_a_feed_with_the_smallest_header() -> None:
    first = mutations(islice(synthetic_records(80), 40))[0]
    assert first.feed.splitlines()[0] == b'{"type":"feed","schema_version":"1.0"}'
    state = ae.State(id="ro", alpha_2="RO", name="Romania")
    assert {mutation.record for mutation in mutations(state)} == {"state"}


def test_each_has_a_name_for_tests_and_shows_no_bytes() -> None:
    names = [str(mutation) for mutation in mutated("everything")]
    assert len(names) == len(set(names))
    assert "wrong_word-incursion" in names
    assert all(name.isascii() and name.isprintable() and " " not in name for name in names)
    assert all(len(repr(mutation)) < 300 for mutation in mutated("everything"))


def test_the_feeds_are_put_together_when_they_are_asked_for() -> None:
    assert len({id(mutation._valid) for mutation in mutated("poland")}) == 1
    one, other = mutated("poland")[:2]
    assert one.feed != other.feed
    assert one.feed == one.feed


# What cannot be mutated.


def test_a_feed_that_is_not_valid_is_refused_at_once() -> None:
    broken = FEEDS["room"].replace(b'"source":"a-report"', b'"source":"a-reprot"', 1)
    with pytest.raises(
        ae.FeedError, match=r'5: only a valid feed .*no record in this feed has the id "a-reprot"'
    ):
        mutations(broken)
    with pytest.raises(ae.RecordError):
        mutations(FEEDS["room"].replace(b"news_report", b"news"))
    with pytest.raises(ae.FeedError, match="header"):
        mutations(b'{"type":"state","id":"ro","alpha_2":"RO","name":"Romania"}')


def test_a_feed_without_records_is_refused() -> None:
    with pytest.raises(ae.FeedError, match="only a valid feed"):
        mutations(ae.Feed())


def test_a_feed_with_a_warning_is_mutated() -> None:
    unsourced = (
        b'{"type":"feed","schema_version":"1.0"}\n'
        b'{"type":"statement","id":"said","speakers":["RO"],"made":{"value":"2024"}}\n'
    )
    assert ae.validate(io.BytesIO(unsourced)).counts["warning"] == 1
    assert mutations(unsourced)


def test_what_is_no_feed_at_all_is_refused() -> None:
    for given in (12, None, [1, 2], io.StringIO("{}")):
        with pytest.raises(TypeError, match="stream of bytes"):
            mutations(given)  # type: ignore[arg-type]
    with pytest.raises(ae.UnreadableError):
        mutations("no-such-feed.jsonl")


# What an extension holds is nobody's business, and no room for a fault.


def test_extensions_have_no_room() -> None:
    extension = {"example.org": {"geometry": "none", "best": 1, "coordinates": [1.5, 2.5]}}
    geometry = {"type": "Point", "coordinates": [1.0, 2.0]}
    for inside in (extension, {"example.org": {"geometry": geometry}}):
        feed = ae.Feed.of([ae.State(id="ro", alpha_2="RO", name="Romania", extensions=inside)])
        for mutation in mutations(feed):
            assert errors(mutation.feed) == [(mutation.code, mutation.line, mutation.pointer)]
        faults = {mutation.fault for mutation in mutations(feed)}
        assert not faults & {"nan", "too_many_digits", "latitude_out_of_range", "open_ring"}


def test_a_ring_that_begins_with_a_point_twice_is_not_said_to_be_opened() -> None:
    ring = [[1.0, 1.0], [1.0, 1.0], [2.0, 1.0], [2.0, 2.0], [1.0, 1.0]]
    place = {"geometry": {"type": "Polygon", "coordinates": [ring]}}
    incursion = ae.Incursion(
        id="ro", state="RO", time={"value": "2024"}, places=[place],
        sources=[{"source": "a"}],
    )  # fmt: skip
    assert plant("open_ring", ae.to_json(incursion)) is None


def test_negative_numbers_have_room() -> None:
    point = {"geometry": {"type": "Point", "coordinates": [-9.1, 38.7]}}
    incursion = ae.Incursion(
        id="pt", state="PT", time={"value": "2024"}, places=[point],
        sources=[{"source": "a"}],
    )  # fmt: skip
    spoiled = plant("too_many_digits", ae.to_json(incursion))
    assert spoiled is not None
    assert b'"coordinates":[26.10000000000000000001,38.7]' in spoiled


def test_a_source_that_cites_names_no_record_of_another_kind() -> None:
    source = ae.Source(
        id="a", kind="news_report", publisher="A made-up newsroom", language="en",
        sources=[{"source": "b"}],
    )  # fmt: skip
    assert plant("wrong_kind_of_record", ae.to_json(source)) is None
