"""Rules between records: what they say in whatever order, and when they stay silent."""

import io
import itertools
import json
from typing import Any

import pytest

import airspace_events as ae
from airspace_events.validation.codes import FAMILIES

HEADER = {"type": "feed", "schema_version": "1.0"}
CODES = [code.name for code in FAMILIES["connections"]]
SETTINGS = ae.Settings.of(select=["connections", "references", "shape"])


def source(name: str, **fields: Any) -> dict[str, Any]:
    made_up = {"kind": "news_report", "publisher": "A made-up newsroom", "language": "en"}
    return {"type": "source", "id": name, **made_up, **fields}


def incursion(name: str, time: str = "2024-09-07", **fields: Any) -> dict[str, Any]:
    return {
        "type": "incursion",
        "id": name,
        "state": "LV",
        "crossing": "reported",
        "time": {"value": time},
        "sources": [{"source": "report"}],
        **fields,
    }


def statement(name: str, made: str = "2024-09-10", **fields: Any) -> dict[str, Any]:
    return {"type": "statement", "id": name, "speakers": ["RU"], "made": {"value": made}, **fields}


def claim(aspect: str, value: Any = None, polarity: str = "affirmed") -> dict[str, Any]:
    told = {"aspect": aspect, "polarity": polarity}
    return told if value is None else {**told, "value": value}


def field(*names: str, **given: Any) -> dict[str, Any]:
    return {"aspect": "field", "fields": names, **given}


def finding(name: str, **fields: Any) -> dict[str, Any]:
    found = {"found": {"value": "2024-09-08"}, "place": {"state": "LV"}}
    return {"type": "finding", "id": name, **found, "sources": [{"source": "report"}], **fields}


MISTAKE = {"at": "2024-09-22T09:00:00Z", "reason": "a mistake of the desk"}
REPORT = source("report", published="2024-09-20")
FIRE = field("effects.house.cause", value="defensive_fire")
DENIAL = statement("no", about=["x"], claims=[field("crossing", polarity="denied")])


def said(*records: dict[str, Any]) -> list[tuple[str, str | None, str]]:
    lines = "\n".join(json.dumps(record) for record in (HEADER, *records))
    report = ae.validate(io.BytesIO(lines.encode()), settings=SETTINGS)
    return sorted((notice.code, notice.record, notice.pointer) for notice in report.notices)


def official(name: str, since: str, last_day: str | None = None) -> dict[str, Any]:
    end = {"ongoing": True} if last_day is None else {"last_day": last_day}
    tenure = {"of": "LV", "post": "minister", "since": since, **end}
    return {"type": "official", "id": name, "name": name, "tenures": [tenure]}


CASES: dict[str, tuple[list[dict[str, Any]], list[tuple[str, str, str]]]] = {
    "several speakers held no post": (
        [
            REPORT,
            official("early", "2020-01-01", "2021-01-01"),
            official("late", "2025-01-01"),
            official("present", "2020-01-01"),
            official("later", "2026-01-01"),
            statement(
                "st",
                speakers=["early", "late", "present", "later"],
                sources=[{"source": "report"}],
            ),
        ],
        [("post_not_held", "st", "/made")] * 3,
    ),
    "a report before the event": (
        [REPORT, incursion("x", "2024-10-01")],
        [("sources_before_event", "x", "/time")],
    ),
    "one of two sources came after the event": (
        [
            REPORT,
            source("later", published="2024-10-02"),
            incursion("x", "2024-10-01", sources=[{"source": "report"}, {"source": "later"}]),
        ],
        [],
    ),
    "a day apart may be time zones": ([REPORT, incursion("x", "2024-09-21")], []),
    "an uncertain day is no evidence": ([REPORT, incursion("x", "2024-10-01?")], []),
    "an unknown start is none either": ([REPORT, incursion("x", "/2024-10-01")], []),
    "a source without a date": ([source("report"), incursion("x", "2024-10-01")], []),
    "a statement before its event": (
        [REPORT, incursion("x"), statement("s", "2024-09-01", about=["x"])],
        [("stated_before_event", "s", "/made")],
    ),
    "a statement about a person is no matter of dates": (
        [
            {
                "type": "official",
                "id": "o",
                "name": "A made-up official",
                "tenures": [{"post": "minister", "of": "LV", "since": "2025"}],
            },
            statement("s", "2024-09-01", about=["o"]),
        ],
        [],
    ),
    "recorded before its source": (
        [REPORT, incursion("x", recorded_at="2024-09-08T00:00:00Z")],
        [("recorded_before_source", "x", "/recorded_at")],
    ),
    "a copy beside its original": (
        [
            REPORT,
            source("copy", derived_from=[{"source": "report"}]),
            source("copy-of-copy", derived_from=[{"source": "copy", "how": "translated"}]),
            incursion("x", sources=[{"source": "report"}, {"source": "copy-of-copy"}]),
        ],
        [("copy_cited_with_original", "x", "/sources/1")],
    ),
    "an original after its copy": (
        [
            REPORT,
            source("copy", derived_from=[{"source": "report"}]),
            source("z-copy", derived_from=[{"source": "report"}]),
            incursion("x", sources=[{"source": "copy"}, {"source": "report"}]),
            incursion("y", sources=[{"source": "z-copy"}, {"source": "report"}]),
        ],
        [
            ("copy_cited_with_original", "x", "/sources/1"),
            ("copy_cited_with_original", "y", "/sources/1"),
        ],
    ),
    "retracted, but somebody speaks of it": (
        [REPORT, incursion("x", retracted=MISTAKE), statement("s", about=["x"])],
        [("retracted_but_spoken_of", "x", "/retracted")],
    ),
    "retracted, and nobody speaks of it": (
        [
            REPORT,
            incursion("x", retracted=MISTAKE),
            incursion("y"),
            statement("s", about=["y"]),
            statement("t", about=["x"], retracted=MISTAKE),
        ],
        [],
    ),
    "a retracted series of which somebody speaks": (
        [
            REPORT,
            {
                "type": "series",
                "id": "x",
                "kind": "repeated_incursions",
                "title": "A made-up series",
                "sources": [{"source": "report"}],
                "retracted": MISTAKE,
            },
            finding("y", retracted=MISTAKE),
            statement("s", about=["x", "y"]),
        ],
        [],
    ),
    "a report that cites another is one of its own": (
        [
            REPORT,
            source("other", derived_from=[{"source": "report", "how": "cites"}]),
            incursion(
                "x", occurrence="confirmed", sources=[{"source": "report"}, {"source": "other"}]
            ),
        ],
        [],
    ),
    "a copy that cites another source before its original": (
        [
            REPORT,
            source("other"),
            source(
                "copy", derived_from=[{"source": "other", "how": "cites"}, {"source": "report"}]
            ),
            incursion("x", sources=[{"source": "report"}, {"source": "copy"}]),
        ],
        [("copy_cited_with_original", "x", "/sources/1")],
    ),
    "one source cited twice for two parts is no copy": (
        [
            REPORT,
            incursion(
                "x", sources=[{"source": "report", "supports": ["time"]}, {"source": "report"}]
            ),
        ],
        [],
    ),
    "confirmed by a wire and its copy": (
        [
            REPORT,
            source("copy", derived_from=[{"source": "report"}]),
            incursion(
                "x", crossing="confirmed", sources=[{"source": "report"}, {"source": "copy"}]
            ),
        ],
        [
            ("confirmed_by_one_source", "x", "/sources"),
            ("copy_cited_with_original", "x", "/sources/1"),
        ],
    ),
    "denied, and nobody says so": (
        [REPORT, incursion("x"), DENIAL],
        [("denied_but_not_disputed", "no", "/claims/0")],
    ),
    "denied at first, and affirmed by the same speaker later": (
        [
            REPORT,
            incursion("x"),
            statement("no", about=["x"], claims=[field("crossing", polarity="denied")]),
            statement("yes", "2024-09-11", about=["x"], claims=[field("crossing")]),
        ],
        [],
    ),
    "affirmed at first, and denied by the same speaker later": (
        [
            REPORT,
            incursion("x"),
            statement("yes", "2024-09-09", about=["x"], claims=[field("crossing")]),
            DENIAL,
        ],
        [("denied_but_not_disputed", "no", "/claims/0")],
    ),
    "denied and disputed": ([REPORT, incursion("x", crossing="disputed"), DENIAL], []),
    "denied, and doubtful in a later revision": (
        [REPORT, incursion("x"), DENIAL, incursion("x", revision=2, crossing="doubtful")],
        [],
    ),
    "denied of a series is no matter of a headline": (
        [
            REPORT,
            {
                "type": "series",
                "id": "x",
                "kind": "other",
                "title": "made up",
                "time": {"value": "2024"},
            },
            DENIAL,
        ],
        [],
    ),
    "the flight is denied where only the crossing is disputed": (
        [
            REPORT,
            incursion("x", crossing="disputed", occurrence="reported"),
            statement("no", about=["x"], claims=[field("occurrence", polarity="denied")]),
        ],
        [("denied_but_not_disputed", "no", "/claims/0")],
    ),
    "no evidence is no denial": (
        [
            REPORT,
            incursion("x"),
            statement(
                "s", about=["x"], claims=[claim("intent", "intentional_attack", "no_evidence")]
            ),
        ],
        [],
    ),
    "taken back, and nobody speaks of it": (
        [
            REPORT,
            incursion("x", retracted={"at": "2024-09-22T00:00:00Z", "reason": "made up"}),
        ],
        [],
    ),
    "a later cause": (
        [
            source("early", published="2024-09-08"),
            incursion(
                "x",
                effects=[{"kind": "property_damage", "id": "house", "cause": "debris"}],
                recorded_at="2024-09-10T00:00:00Z",
                sources=[{"source": "early"}],
            ),
            statement("s", "2024-09-18", about=["x"], claims=[FIRE]),
        ],
        [("headline_overtaken", "s", "/claims/0")],
    ),
    "an earlier cause": (
        [
            source("early", published="2024-09-08"),
            incursion(
                "x",
                effects=[{"kind": "property_damage", "id": "house", "cause": "debris"}],
                recorded_at="2024-09-25T00:00:00Z",
                sources=[{"source": "early"}],
            ),
            statement("s", "2024-09-18", about=["x"], claims=[FIRE]),
        ],
        [],
    ),
    "a circle of three sources": (
        [
            source("a", derived_from=[{"source": "b"}]),
            source("b", derived_from=[{"source": "c"}]),
            source("c", derived_from=[{"source": "a"}]),
            source("d", derived_from=[{"source": "a"}]),
        ],
        [
            ("cycle", "a", "/derived_from/0/source"),
            ("cycle", "b", "/derived_from/0/source"),
            ("cycle", "c", "/derived_from/0/source"),
        ],
    ),
    "a source with two origins, one of them in a circle with it": (
        [
            source("a", derived_from=[{"source": "c"}, {"source": "b"}]),
            source("b", derived_from=[{"source": "a"}]),
            source("c"),
        ],
        [("cycle", "a", "/derived_from/1/source"), ("cycle", "b", "/derived_from/0/source")],
    ),
    "a source that is derived from itself": (
        [source("a", derived_from=[{"source": "a"}])],
        [("cycle", "a", "/derived_from/0/source")],
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_what_is_said_between_records(case: str) -> None:
    records, expected = CASES[case]
    assert said(*records) == sorted(expected)


@pytest.mark.parametrize("case", CASES)
def test_the_order_of_records_changes_nothing(case: str) -> None:
    records, expected = CASES[case]
    if len({record["id"] for record in records}) < len(records):
        return
    for order in itertools.islice(itertools.permutations(records), 24):
        assert said(*order) == sorted(expected)


def test_every_rule_between_records_is_tried() -> None:
    tried = {code for _, expected in CASES.values() for code, _, _ in expected}
    elsewhere = {
        # In test_claims_and_records.py.
        "affirmed_value_changed",
        "claimed_field_missing",
        "denial_of_nothing_said",
        "earlier_revision_missing",
        "value_repeated",
        # In their examples.
        "revision_drops_facts",
        "route_does_not_join",
    }
    assert tried | elsewhere == set(CODES)


def test_a_later_revision_may_close_a_circle() -> None:
    drawn_from_b = source("a", revision=2, derived_from=[{"source": "b", "how": "translated"}])
    drawn_from_a = source("b", derived_from=[{"source": "a", "how": "translated"}])
    circle = [
        ("cycle", "a", "/derived_from/0/source"),
        ("cycle", "b", "/derived_from/0/source"),
    ]
    for order in itertools.permutations([source("a"), drawn_from_a, drawn_from_b]):
        assert said(*order) == circle


@pytest.mark.parametrize("highest", [3, 65_534, 65_535, 65_536, 4_000_000])
def test_each_revision_is_one_however_high_it_is(highest: int) -> None:
    revisions = [highest - 1, highest, highest + 1, highest - 2]
    assert said(*(source("a", revision=number) for number in revisions)) == []
    again = said(*(source("a", revision=number) for number in [*revisions, *revisions]))
    assert again == [("duplicate_id", "a", "/id")] * len(revisions)


def test_revisions_are_compared_in_their_own_order() -> None:
    titled, bare, dated = (
        source("a", title="A made-up title"),
        source("a", revision=2),
        source("a", revision=3, published="2024-09-20"),
    )
    for order in itertools.permutations([titled, bare, dated]):
        assert said(*order) == [("revision_drops_facts", "a", "/id")]
    taken_back = source("a", revision=2, retracted={"at": "2024-09-21T09:00:00Z", "reason": "no"})
    assert said(titled, taken_back) == []
