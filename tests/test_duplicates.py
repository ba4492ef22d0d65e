"""Possible duplicates: which pairs are found and how likely they are, with the truth known."""

import json
from collections.abc import Mapping
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import airspace_events as ae
from airspace_events.cli.commands import airspace_events
from airspace_events.dossier import PossibleDuplicate, PossibleDuplicates, duplicates
from airspace_events.dossier.resemblance import LIKELIHOODS, POINTS, START, cannot_be_one
from airspace_events.reference.geography import sovereign_of
from airspace_events.testing import assert_valid, synthetic_coverage
from coverage_truth import CALIBRATION_SEED, TEST_SEED, Truth, dossier_of
from one_incursion import incursion

EVENTS = 1_500
PAGE = Path(__file__).parents[1] / "docs" / "many-feeds.md"


@cache
def truth(seed: int) -> Truth:
    return Truth(EVENTS, seed)


def day(value: str, **more: str) -> dict[str, str]:
    return {"value": value, "timezone": "Europe/Riga", **more}


def found_in(*records: ae.Record) -> PossibleDuplicates:
    return ae.Dossier(records).possible_duplicates(least="almost_no_chance")


def pair_of(one: Mapping[str, Any], other: Mapping[str, Any]) -> PossibleDuplicate:
    [pair] = found_in(incursion(id="a", **one), incursion(id="b", **other)).pairs
    return pair


# The quality of the proposals, on made-up events whose truth is known.


def test_the_seeds_differ() -> None:
    assert CALIBRATION_SEED != TEST_SEED


def test_pairs_are_as_good_as_promised() -> None:
    bands = {band.likelihood: band for band in truth(TEST_SEED).bands()}
    assert bands["likely"].precision_so_far >= 0.95
    assert bands["very_unlikely"].recall_so_far >= 0.9
    # The bands are in order, and each keeps at least what its word promises (ICD 203).
    precisions = [bands[word].precision for word in LIKELIHOODS]
    assert precisions == sorted(precisions, reverse=True)
    least = dict(zip(LIKELIHOODS, (0.95, 0.8, 0.55, 0.45, 0.2, 0.05, 0), strict=True))
    assert all(bands[word].precision >= least[word] for word in LIKELIHOODS)


def test_the_points_are_those_that_another_corpus_shows() -> None:
    estimates = list(truth(CALIBRATION_SEED).estimates())
    assert [(topic, level) for topic, level, _ in estimates] == [
        (topic, level) for topic, levels in POINTS.items() for level in levels
    ]
    for topic, level, points in estimates:
        # Few pairs have the rarer results, so the estimates of a small corpus are rough.
        assert abs(points - POINTS[topic][level]) < 1.5, f"{topic}: {level}"


def test_the_page_shows_the_points() -> None:
    page = PAGE.read_text(encoding="utf-8")
    rows = [
        f"| {topic} | {level} | {f'{points:+}' if points else 0} |"
        for topic, levels in POINTS.items()
        for level, points in levels.items()
    ]
    assert "\n".join(rows) in page
    assert f"starts with {START} points" in page


def test_groups_are_mostly_one_event() -> None:
    found = dossier_of(truth(TEST_SEED).coverage).possible_duplicates()
    event_of = truth(TEST_SEED).coverage.event_of
    groups = [{event_of[one.id] for one in group} for group in found.groups]
    assert sum(len(events) == 1 for events in groups) / len(groups) > 0.9
    members = [one.id for group in found.groups for one in group]
    assert len(members) == len(set(members))
    for group in found.groups:
        assert not any(cannot_be_one(*two) for two in combinations(group, 2))


# What is never proposed.


def test_no_pair_of_the_corpus_is_impossible() -> None:
    for pair in truth(TEST_SEED).pairs:
        assert pair.first.time.overlaps(pair.second.time) is not False
        states = {sovereign_of(one.state) for one in (pair.first, pair.second) if one.state}
        assert len(states) < 2


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"state": "LV"}, {"state": "EE"}),
        ({"time": day("2024-09-07")}, {"time": day("2024-09-08")}),
        ({"time": day("2024-09-06/2024-09-07")}, {"time": day("[2024-09-05,2024-09-08]")}),
        ({"time": day("2024-09-07")}, {"time": day("2024-09-10?")}),
    ],
    ids=["states", "days", "set of days", "far from an uncertain day"],
)
def test_incursions_that_cannot_be_one_are_not_proposed(
    one: dict[str, Any], other: dict[str, Any]
) -> None:
    same_ids = {"external_ids": [{"scheme": "tracker", "value": "1"}]}
    a, b = incursion(id="a", **same_ids, **one), incursion(id="b", **same_ids, **other)
    assert found_in(a, b).pairs == ()
    assert found_in(b, a).pairs == ()


def test_the_same_events_are_proposed_if_they_can_be_one() -> None:
    assert pair_of({}, {}).first.id == "a"
    assert pair_of({"time": day("2024-09-07?")}, {"time": day("2024-09-08")}).against
    assert pair_of({"time": day("[2024-09-05,2024-09-07]")}, {}).first.id == "a"
    # A territory is part of its state.
    assert pair_of({"state": "FR"}, {"state": "RE"}).first.id == "a"


def test_merged_retracted_and_earlier_records_are_not_compared() -> None:
    gone = {"at": "2024-09-20T12:00:00Z", "reason": "entered twice"}
    assert found_in(incursion(id="a"), incursion(id="b", retracted=gone)).pairs == ()
    assert found_in(incursion(id="a", replaces=["b"]), incursion(id="b")).pairs == ()
    moved = incursion(id="b", revision=2, state="EE")
    assert found_in(incursion(id="a"), incursion(id="b"), moved).pairs == ()


# The reasons.

PLACE = {"state": "LV", "geometry": {"type": "Point", "coordinates": [26.0, 56.5]}}
NEAR = {**PLACE, "geometry": {"type": "Point", "coordinates": [26.01, 56.5]}}
FAR = {**PLACE, "geometry": {"type": "Point", "coordinates": [22.0, 57.2]}}
LINE = {
    **PLACE,
    "geometry": {"type": "LineString", "coordinates": [[25.98, 56.48], [26.02, 56.52]]},
}
DRONES = {"category": "uncrewed_aircraft", "count": {"best": 3}}


def hours(first: str, last: str) -> dict[str, Any]:
    return {"time": {"value": f"2024-09-07T{first}:00Z/2024-09-07T{last}:00Z"}}


def placed(*places: Mapping[str, Any]) -> dict[str, Any]:
    return {"places": list(places)}


def flown(**fields: Any) -> dict[str, Any]:
    return {"objects": [fields]}


REASONS: Mapping[tuple[str, str], tuple[dict[str, Any], dict[str, Any]]] = {
    ("time", "within 3 hours"): (hours("01:00", "02:00"), hours("01:30", "04:00")),
    ("time", "within 16 hours"): (hours("01:00", "02:00"), hours("01:30", "17:00")),
    ("time", "within a day"): ({}, {}),
    ("time", "within 2 days"): ({}, {"time": {"value": "2024-09-07"}}),
    ("time", "overlap, but vague"): ({}, {"time": day("2024-09")}),
    ("time", "no overlap, but a bound is uncertain"): ({}, {"time": day("2024-09-08?")}),
    ("place", "the same place"): (
        placed({**PLACE, "precision": "exact"}),
        placed({**NEAR, "precision": "exact"}),
    ),
    ("place", "possibly the same place"): (
        placed(PLACE),
        placed(FAR, {**NEAR, "radius": {"best": 15, "unit": "NM"}}),
    ),
    ("place", "the same region"): (
        placed({"admin1": "Latgale"}),
        placed({**FAR, "precision": "admin1", "admin1": "LATGALE"}),
    ),
    ("place", "the same name"): (placed({"facility": "EVRA"}), placed({"facility": "EVRA"})),
    ("place", "up to 60 km apart"): (
        placed({**PLACE, "precision": "exact"}),
        placed({"geometry": {"type": "Point", "coordinates": [26.4, 56.5]}, "precision": "exact"}),
    ),
    ("place", "more than 60 km apart"): (placed(PLACE), placed(FAR)),
    ("kind", "the same kind"): ({}, {}),
    ("kind", "different kinds"): ({}, {"crossing": None, "over": "land"}),
    ("objects", "the same category"): (flown(**DRONES), flown(category="uncrewed_aircraft")),
    ("objects", "different categories"): (flown(**DRONES), flown(category="balloon")),
    ("count", "the same number, more than one"): (
        flown(**DRONES),
        {"totals": {"objects": {"best": 3}}},
    ),
    ("count", "the same number, exactly one"): (
        flown(count={"best": 1}),
        flown(count={"best": 1}),
    ),
    ("count", "possibly the same number"): (flown(**DRONES), flown(count={"min": 2})),
    ("count", "different numbers"): (flown(**DRONES), flown(count={"min": 4})),
    ("outcome", "the same outcome"): (
        flown(fates=[{"fate": "crashed"}, {"fate": "exited"}]),
        flown(fates=[{"fate": "crashed"}]),
    ),
    ("outcome", "different outcomes"): (
        flown(fates=[{"fate": "crashed"}]),
        flown(fates=[{"fate": "exited"}]),
    ),
    ("sources", "a shared source"): ({}, {}),
    ("ids", "the same identifier"): (
        {"external_ids": [{"scheme": "x", "value": "1"}]},
        {"external_ids": [{"scheme": "x", "value": value} for value in ("2", "1", "3")]},
    ),
    ("ids", "different identifiers"): (
        {"external_ids": [{"scheme": "x", "value": "1"}]},
        {"external_ids": [{"scheme": "x", "value": "2"}]},
    ),
}


@pytest.mark.parametrize(("topic", "level"), REASONS, ids=" ".join)
def test_each_comparison_gives_its_reason(topic: str, level: str) -> None:
    for two in (REASONS[topic, level], REASONS[topic, level][::-1]):
        reason = {one.topic: one for one in pair_of(*two).reasons}[topic]
        assert (reason.level, reason.points) == (level, POINTS[topic][level])
        assert str(reason).startswith(f"{topic}: {level}")


@pytest.mark.parametrize("number", [2, 3])
def test_of_several_counts_the_first_by_name_is_reported(number: int) -> None:
    names = ("crossings", "objects", "sightings", "zone_entries")
    totals, others = (
        {"totals": {name: {"best": count} for name in names}} for count in (2, number)
    )
    details = [one.detail for one in pair_of(totals, others).reasons if one.topic == "count"]
    assert details == [f"crossings: {'both 2' if number == 2 else '2 and 3'}"]


def test_incursions_that_share_only_an_instant_may_be_one() -> None:
    ends, begins = (day("2024-09-07T02:00:00Z"), {"value": "2024-09-07T02:00:00Z/2024-09-08"})
    assert pair_of({"time": {"value": ends["value"]}}, {"time": begins}).reasons


def test_the_first_of_a_pair_comes_first_in_the_input() -> None:
    pair = pair_of(hours("05:00", "06:00"), hours("01:00", "07:00"))
    assert (pair.first.id, pair.second.id) == ("a", "b")


def test_a_category_that_a_check_corrected_is_compared() -> None:
    checked = {"result": "something_else", "reported_as": "uncrewed_aircraft"}
    pair = pair_of(flown(category="bird", checked=checked), flown(category="uncrewed_aircraft"))
    assert "objects: the same category (uncrewed_aircraft), +1" in map(str, pair.reasons)


def test_a_missing_state_counts_against_a_pair() -> None:
    somewhere = {"state": None, "crossing": None, **placed(PLACE)}
    assert "state" in {reason.topic for reason in pair_of(somewhere, placed(PLACE)).against}
    assert "state" not in {reason.topic for reason in pair_of({}, {}).reasons}


def test_missing_information_is_no_reason() -> None:
    a = incursion(id="a", crossing=None, sources=[{"source": "one"}], occurrence="reported")
    b = incursion(id="b", crossing=None, sources=[{"source": "two"}], occurrence="reported")
    [pair] = found_in(a, b).pairs
    assert [reason.topic for reason in pair.reasons] == ["time"]
    vague = pair_of(
        {**flown(category="unidentified", count={"roughly": 3}), **placed({"name": "x"})},
        {**flown(category="balloon", count={"best": 9}), **placed({"name": "y"})},
    )
    assert {reason.topic for reason in vague.reasons} == {"time", "kind", "sources"}
    # A fate does not contradict a response.
    unlike = pair_of(flown(fates=[{"fate": "exited"}]), {"responses": [{"kind": "scramble"}]})
    assert "outcome" not in {reason.topic for reason in unlike.reasons}


@pytest.mark.parametrize("role", ["origin", "destination", "response_base"])
def test_places_elsewhere_are_not_compared(role: str) -> None:
    pair = pair_of(placed({**PLACE, "role": role}), placed({**PLACE, "role": role}))
    assert "place" not in {reason.topic for reason in pair.reasons}


@pytest.mark.parametrize(
    ("radius", "off"),
    [
        ({"best": 500, "unit": "m"}, 1),
        ({"best": 2, "max": 5, "unit": "NM"}, 19),
        ({"min": 5, "unit": "km"}, 10),
        ({"roughly": 5, "unit": "km"}, 10),
        ({"verbatim": "a little"}, 50),
    ],
)
def test_a_radius_is_compared_in_kilometres(radius: dict[str, Any], off: int) -> None:
    near = placed({**PLACE, "radius": radius})
    [reason] = [one for one in pair_of(near, near).reasons if one.topic == "place"]
    assert reason.detail == f"0 km between the positions, give or take {off} km"


@pytest.mark.parametrize("precision", ["country", "international", "withheld"])
def test_a_position_that_stands_for_a_state_is_not_compared(precision: str) -> None:
    vague = placed({**PLACE, "precision": precision})
    assert "place" not in {reason.topic for reason in pair_of(vague, vague).reasons}


def test_a_line_lies_around_its_middle() -> None:
    [reason] = [
        one for one in pair_of(placed(LINE), placed(PLACE)).reasons if one.topic == "place"
    ]
    assert reason.detail == "0 km between the positions, give or take 53 km"


def source(name: str, **fields: Any) -> ae.Source:
    given = {"id": name, "kind": "news_report", "publisher": f"Made-up {name}", **fields}
    return ae.Source(**given)


def sources_of(*records: ae.Record) -> str | None:
    a = incursion(id="a", sources=[{"source": "one"}])
    b = incursion(id="b", sources=[{"source": "two"}])
    [pair] = [
        pair
        for pair in found_in(a, b, *records).pairs
        if {pair.first.id, pair.second.id} == {*"ab"}
    ]
    return {reason.topic: reason.level for reason in pair.reasons}.get("sources")


def test_sources_are_shared_by_origin_and_by_address() -> None:
    assert sources_of(source("one"), source("two")) is None
    assert sources_of() is None
    url = "https://made-up.example/story"
    assert sources_of(source("one", url=url), source("two", url=url)) == "a shared source"
    assert sources_of(*(source(name, sha256="a" * 64) for name in ("one", "two")))
    copied = source("two", derived_from=[{"source": "one", "how": "translated"}])
    assert sources_of(source("one"), copied) == "a shared source"
    citing = source("two", derived_from=[{"source": "one", "how": "cites"}])
    assert sources_of(source("one"), citing) is None


def test_a_source_of_many_incursions_says_little() -> None:
    url = "https://made-up.example/list"
    listed = [
        incursion(id=f"i-{number}", time=day(f"2024-{number:02}-01"), sources=[{"source": "one"}])
        for number in range(1, 12)
    ]
    two = source("one", url=url), source("two", url=url)
    assert sources_of(*two, *listed[:8]) == "a shared source"
    assert sources_of(*two, *listed) == "a shared source that many incursions cite"


def test_a_citation_of_coordinates_is_not_shared() -> None:
    cited = [{"source": "gazetteer", "supports": ["places.here.geometry"]}, {"source": "x"}]
    place = {"id": "here", **PLACE}
    a = incursion(id="a", sources=cited, **placed(place))
    b = incursion(id="b", sources=[cited[0], {"source": "y"}], **placed(place))
    [pair] = found_in(a, b).pairs
    assert "sources" not in {reason.topic for reason in pair.reasons}
    more = {"source": "gazetteer", "supports": ["places.here.geometry", "time"]}
    [pair] = found_in(*(one.replace(sources=[more]) for one in (a, b))).pairs
    assert "sources" in {reason.topic for reason in pair.reasons}


def statement(
    name: str, *about: str, best: int = 3, speaker: str = "LV", words: str | None = None
) -> ae.Statement:
    value = {"best": best, "verbatim": words}
    claim = {"aspect": "field", "fields": ["totals.objects"], "value": value}
    fields: dict[str, Any] = {
        "speakers": [speaker],
        "made": day("2024-09-09"),
        "about": about,
        "claims": [claim],
        "sources": [{"source": "x"}],
    }
    return ae.Statement(id=name, **fields)


@pytest.mark.parametrize(
    ("statements", "is_reason"),
    [
        ([statement("s", "a"), statement("t", "b")], True),
        ([statement("s", "a"), statement("t", "b", words="a trio")], True),
        ([statement("s", "a"), statement("t", "b", best=4)], False),
        ([statement("s", "a"), statement("t", "b", speaker="EE")], False),
        ([statement("s", "a", "b")], False),
        ([statement("s", "a")], False),
    ],
    ids=[
        "same",
        "other words",
        "other number",
        "other speaker",
        "one statement about both",
        "about one",
    ],
)
def test_one_speaker_who_says_the_same_of_both(
    statements: list[ae.Record],
    is_reason: bool,  # noqa: FBT001
) -> None:
    [pair] = found_in(incursion(id="a"), incursion(id="b"), *statements).pairs
    assert ("claims" in {reason.topic for reason in pair.supports}) is is_reason


# The answer.


def test_pairs_are_in_order_and_do_not_depend_on_the_order_of_records() -> None:
    records = [one for feed in synthetic_coverage(60, 3).feeds.values() for one in feed.records]
    found = ae.Dossier(records).possible_duplicates()
    assert len(found.pairs) > 20
    assert [pair.points for pair in found.pairs] == sorted(
        (pair.points for pair in found.pairs), reverse=True
    )
    turned = ae.Dossier(records[::-1]).possible_duplicates()
    assert [{one.first.id, one.second.id} for one in found.pairs if one.points > 3] != []
    as_sets = [
        {(frozenset((one.first.id, one.second.id)), one.points) for one in each.pairs}
        for each in (found, turned)
    ]
    assert as_sets[0] == as_sets[1]


def test_least_chooses_the_likelihoods() -> None:
    dossier = dossier_of(synthetic_coverage(60, 3))
    for number, least in enumerate(LIKELIHOODS, 1):
        words = {pair.likelihood for pair in dossier.possible_duplicates(least=least).pairs}
        assert words <= set(LIKELIHOODS[:number])
    assert words == set(LIKELIHOODS)
    with pytest.raises(ae.UnknownNameError, match="did you mean likely"):
        dossier.possible_duplicates(least="likly")  # type: ignore[arg-type]


def decision(*names: object, word: object = "different") -> dict[str, Any]:
    decided = {"incursions": [*names], "decision": word}
    return {"duplicates.airspace-events": {"decisions": [decided]}}


@pytest.mark.parametrize(
    ("given", "decided"),
    [
        ({"possibly_same_as": [{"incursion": "b"}]}, "unsure"),
        ({"possibly_same_as": [{"incursion": "merged"}]}, "unsure"),
        ({"extensions": decision("b", "a")}, "different"),
        ({"extensions": decision("a", "merged")}, "different"),
        ({"extensions": decision("a", "c")}, None),
        ({"extensions": decision("a", "b", word="same")}, None),
        ({"extensions": decision("a", 1, None, word=[])}, None),
        ({"extensions": {"duplicates.airspace-events": {"decisions": ["x", {}]}}}, None),
        ({"extensions": {"duplicates.airspace-events": []}}, None),
    ],
)
def test_decided_pairs_are_always_listed(given: dict[str, Any], decided: str | None) -> None:
    a = incursion(id="a", **given)
    b = incursion(id="b", replaces=["merged"], **flown(category="balloon"))
    for records in ([a, b], [b, a]):
        pairs = ae.Dossier(records).possible_duplicates(least="almost_certain").pairs
        assert [pair.decided for pair in pairs] == ([decided] if decided else [])
        assert all(f"Decided  {decided}" in str(pair) for pair in pairs)


def test_a_group_never_has_incursions_that_cannot_be_one() -> None:
    same = {"external_ids": [{"scheme": "x", "value": "1"}], **flown(**DRONES)}
    days = {"a": "2024-09-07", "b": "2024-09-07/2024-09-08", "c": "2024-09-08"}
    chain = [incursion(id=name, time=day(value), **same) for name, value in days.items()]
    [group] = found_in(*chain).groups
    assert {one.id for one in group} in ({"a", "b"}, {"b", "c"})
    apart = incursion(id="a", extensions=decision("a", "c"), **same)
    found = found_in(apart, incursion(id="b", **same), incursion(id="c", **same))
    assert [len(group) for group in found.groups] == [2]
    assert {"a", "c"} != {one.id for one in found.groups[0]}


def test_long_and_crowded_times_are_not_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    times = {"year": "2024", "unknown": "/2024-09-07", "short": "2024-09-07"}
    found = found_in(*(incursion(id=name, time=day(time)) for name, time in times.items()))
    assert (found.pairs, found.not_compared) == ((), ("unknown", "year"))
    assert "2 incursions not compared" in str(found)
    monkeypatch.setattr(duplicates, "_MOST_AT_ONCE", 10)
    crowd = found_in(*(incursion(id=f"i-{number}") for number in range(30)))
    assert len(crowd.not_compared) == 30 - 11
    assert len(crowd.pairs) == 11 * 10 // 2


def test_the_feeds_of_a_coverage_are_valid_and_depend_only_on_the_seed() -> None:
    coverage = synthetic_coverage(200, 4)
    for feed in coverage.feeds.values():
        assert_valid(feed, fail_on="warning")
    again = synthetic_coverage(200, 4)
    assert again == coverage
    assert synthetic_coverage(200, 5) != coverage
    incursions = {
        one.id
        for feed in coverage.feeds.values()
        for one in feed.records
        if one.type == "incursion"
    }
    assert incursions == set(coverage.event_of)
    assert set(coverage.event_of.values()) == set(range(200))
    assert synthetic_coverage(0).event_of == {}
    with pytest.raises(ValueError, match="must not be negative"):
        synthetic_coverage(-1)


# The command.


def run(*words: str, code: int = 0) -> str:
    result = CliRunner().invoke(airspace_events, ["duplicates", *words])
    assert result.exit_code == code, result.output
    return result.output


@pytest.fixture
def feeds(tmp_path: Path) -> list[str]:
    made = synthetic_coverage(12, 1).feeds
    for name, feed in made.items():
        ae.write_feed(feed, tmp_path / f"{name}.jsonl")
    return [str(tmp_path / f"{name}.jsonl") for name in made]


def test_the_command_lists_the_pairs_of_several_feeds(feeds: list[str]) -> None:
    dossier = dossier_of(synthetic_coverage(12, 1))
    pairs = dossier.possible_duplicates(least="likely").pairs
    said = run("--least", "likely", *feeds)
    for pair in pairs:
        assert f"{pair}\n\n" in said
    assert f"{len(pairs)} possible pairs" in said
    assert run("--least", "likely", str(Path(feeds[0]).parent)) == said


def test_the_command_reports_records_that_it_cannot_read(tmp_path: Path) -> None:
    feed = tmp_path / "feed.jsonl"
    header = '{"type":"feed","schema_version":"1.0"}'
    feed.write_text(f"{header}\n{{}}\n", encoding="utf-8")
    assert "airspace-events: " in run(str(feed), code=3)
    two = [ae.to_json(incursion(title=title)).decode() for title in ("one", "two")]
    feed.write_text("\n".join([header, *two]), encoding="utf-8")
    assert "two different records" in run(str(feed), code=3)
    run(str(tmp_path / "none.jsonl"), code=3)
    assert "only one of the feeds can be standard input" in run("-", "-", code=2)


def test_the_command_says_what_it_did_not_compare(tmp_path: Path) -> None:
    records = [incursion(id=f"i-{number}", time={"value": "2024"}) for number in range(9)]
    feed = tmp_path / "feed.jsonl"
    ae.write_feed(ae.Feed.of(records), feed)
    said = run(str(feed))
    assert "0 possible pairs" in said
    assert "9 incursions" in said
    assert said.endswith("i-4, ...\n")
    assert json.loads(feed.read_text(encoding="utf-8").splitlines()[1])["id"] == "i-0"
