"""Claims about fields, compared with the records: when something is said, and when nothing."""

import io
import itertools
import json
from typing import Any

import pytest

import airspace_events as ae

HEADER = {"type": "feed", "schema_version": "1.0"}
OWN = {
    "affirmed_value_changed",
    "claimed_field_missing",
    "confirmed_by_one_source",
    "crossing_forgotten",
    "denial_of_nothing_said",
    "denied_but_not_disputed",
    "earlier_revision_missing",
    "headline_overtaken",
    "value_repeated",
}
SOURCE = {"type": "source", "id": "report", "kind": "news_report", "publisher": "A newsroom"}
FIRST, SECOND = "2024-09-10T08:00:00Z", "2024-09-12T08:00:00Z"
JETS = {"category": "crewed_aircraft", "id": "jets", "count": {"best": 3}}


def incursion(revision: int = 1, **fields: Any) -> dict[str, Any]:
    return {
        "type": "incursion",
        "id": "x",
        "state": "PL",
        "crossing": "reported",
        "time": {"value": "2024-09-07"},
        "sources": [{"source": "report"}],
        "revision": revision,
        **fields,
    }


def finding(**fields: Any) -> dict[str, Any]:
    found = {"found": {"value": "2024-09-08"}, "place": {"state": "PL"}}
    return {"type": "finding", "id": "x", **found, "sources": [{"source": "report"}], **fields}


SERIES = {
    "type": "series",
    "id": "x",
    "kind": "repeated_incursions",
    "title": "A made-up series",
    "sources": [{"source": "report"}],
}


def statement(*claims: dict[str, Any], name: str = "s", **fields: Any) -> dict[str, Any]:
    return {
        "type": "statement",
        "id": name,
        "speakers": ["PL"],
        "made": {"value": "2024-09-10"},
        "about": ["x"],
        "claims": list(claims),
        "sources": [{"source": "report"}],
        **fields,
    }


def field(*names: str, **given: Any) -> dict[str, Any]:
    return {"aspect": "field", "fields": names, **given}


def notices(*records: dict[str, Any], **options: Any) -> list[ae.Notice]:
    lines = "\n".join(json.dumps(record) for record in (HEADER, SOURCE, *records))
    report = ae.validate(io.BytesIO(lines.encode()), **options)
    assert not [n for n in report.notices if n.severity == "error" and n.code not in OWN]
    return [notice for notice in report.notices if notice.code in OWN]


def said(*records: dict[str, Any]) -> list[str]:
    found = sorted(f"{one.code} {one.record}{one.pointer}" for one in notices(*records))
    for order in itertools.islice(itertools.permutations(records), 1, 24):
        again = sorted(f"{one.code} {one.record}{one.pointer}" for one in notices(*order))
        assert again == found
    return found


CHANGED = ["affirmed_value_changed s/claims/0"]
MISSING = ["claimed_field_missing s/claims/0"]
REPEATED = ["value_repeated s/claims/0"]


# A revision changes what a claim affirms.

ONE = incursion(depth={"best": 5, "unit": "km"}, objects=[JETS], recorded_at=FIRST)
TWO = incursion(
    2,
    depth={"best": 7, "unit": "km"},
    objects=[{**JETS, "count": {"best": 4}}],
    recorded_at=SECOND,
)


@pytest.mark.parametrize(
    ("claim", "expected"),
    [
        (field("depth"), CHANGED),
        (field("depth", polarity="denied"), CHANGED),
        (field("depth", polarity="suspected"), CHANGED),
        (field("objects.jets.count"), CHANGED),
        (field("depth", "objects.jets.count"), CHANGED * 2),
        # What did not change, and what names no value.
        (field("time", "objects.jets.category"), []),
        (field("objects.jets"), []),
        (field("crossing", "occurrence"), []),
        (field("depth", polarity="undetermined"), []),
        # The claim has its own value: the old one, the new one, or another.
        (field("depth", value={"best": 5, "unit": "km"}), []),
        (field("depth", value={"best": 7, "unit": "km"}), []),
        (field("depth", value={"best": 9, "unit": "km"}), []),
    ],
)
def test_a_value_is_not_put_into_an_old_mouth(claim: dict[str, Any], expected: list[str]) -> None:
    assert said(ONE, TWO, statement(claim)) == expected
    assert CHANGED[0] not in said(ONE, statement(claim))


@pytest.mark.parametrize(
    ("recorded_at", "expected"),
    [
        (FIRST, CHANGED),
        ("2024-09-12T09:59:59+02:00", CHANGED),
        ("2024-09-12T10:00:00+02:00", []),
        ("2024-09-13T08:00:00Z", []),
    ],
)
def test_a_claim_recorded_with_the_revision_is_about_its_value(
    recorded_at: str, expected: list[str]
) -> None:
    new = statement(field("depth"), recorded_at=recorded_at)
    assert said(ONE, TWO, new) == expected
    undated = {name: value for name, value in TWO.items() if name != "recorded_at"}
    assert said(ONE, undated, new) == CHANGED


def test_the_revision_that_brought_the_value_counts_and_not_the_newest() -> None:
    third = {**TWO, "revision": 3, "recorded_at": "2024-09-14T08:00:00Z"}
    claim = statement(field("depth"), recorded_at="2024-09-13T08:00:00Z")
    assert said(ONE, TWO, third, claim) == []
    between = {name: value for name, value in TWO.items() if name != "depth"}
    back = {**third, "depth": ONE["depth"]}
    # It was 5, then 7, and is 5 again; or 5, then nothing, and is 7.
    assert said(ONE, TWO, back, claim) == CHANGED
    assert said(ONE, between, third, claim) == CHANGED


def test_only_newest_revisions_of_a_claim_are_compared() -> None:
    old, new = statement(field("depth")), statement(field("time"), revision=2)
    assert said(ONE, TWO, old, new) == []
    gone = statement(revision=2, retracted={"at": SECOND, "reason": "made up"})
    assert said(ONE, TWO, old, gone) == []


def test_a_claim_that_a_later_revision_repeats_is_as_old_as_before() -> None:
    day = "2024-09-1{}T08:00:00Z".format
    old = statement(field("depth"), recorded_at=day(1))
    new = statement(field("depth"), recorded_at=day(4), revision=2, note="A word more.")
    assert said(ONE, TWO, old, new) == CHANGED
    assert said(ONE, TWO, {**old, "recorded_at": "2024-09-12T09:00:00+02:00"}, new) == CHANGED
    # Recorded after the change; another claim before; without the earlier revision.
    assert said(ONE, TWO, {**old, "recorded_at": day(3)}, new) == []
    assert said(ONE, TWO, {**old, "claims": [field("time")]}, new) == []
    assert said(ONE, TWO, {**old, "claims": [field("depth", polarity="denied")]}, new) == []
    assert said(ONE, TWO, new) == []
    undated = {name: value for name, value in new.items() if name != "recorded_at"}
    assert said(ONE, TWO, old, undated) == CHANGED


def test_the_old_and_the_new_value_are_told() -> None:
    [notice] = notices(ONE, TWO, statement(field("depth")))
    assert notice.severity == "error"
    assert notice.message == (
        'revision 2 of "x" changes "depth" from {"best":5,"unit":"km"} to '
        '{"best":7,"unit":"km"}; put the claimed value in `value`'
    )
    assert notice.context["before"] == '{"best":5,"unit":"km"}'


def test_an_item_that_goes_becomes_a_claim_on_its_list() -> None:
    other = incursion(2, objects=[{"category": "balloon", "id": "balloon"}])
    for name in ("objects.jets", "objects.jets.count"):
        [notice] = notices(ONE, other, statement(field(name)))
        assert (notice.code, notice.pointer) == ("affirmed_value_changed", "/claims/0")
        assert f'removes "{name}"' in notice.message
        assert (
            'in `fields`, write "objects" instead, and put the item in `value`' in notice.message
        )
    assert said(ONE, other, statement(field("objects.jets.count", value={"best": 2}))) == CHANGED
    assert said(ONE, other, statement(field("objects.jets", polarity="undetermined"))) == CHANGED
    newer = statement(field("objects.jets"), recorded_at=SECOND)
    assert said(ONE, {**other, "recorded_at": SECOND}, newer) == MISSING
    on_the_list = field("objects", value={"category": "crewed_aircraft", "count": {"best": 3}})
    assert said(ONE, other, statement(on_the_list)) == []


def test_a_value_that_goes_was_claimed() -> None:
    assert said(ONE, incursion(2, objects=[JETS]), statement(field("depth"))) == CHANGED
    newer = statement(field("depth"), recorded_at=SECOND)
    assert said(ONE, incursion(2, objects=[JETS], recorded_at=SECOND), newer) == MISSING


def test_a_record_that_is_taken_back_changes_nothing() -> None:
    gone = incursion(2, retracted={"at": SECOND, "reason": "entered twice"})
    assert said(ONE, gone, statement(field("depth", "objects.jets"))) == []


def test_an_earlier_revision_that_is_not_there_is_told_once() -> None:
    claims = [field("depth"), field("objects.jets.count"), field("time")]
    assert said(TWO, statement(*claims)) == ["earlier_revision_missing x/revision"]
    assert said(TWO, statement(field("crossing"), field("objects.jets"))) == []
    assert said(TWO, statement(field("depth", value={"best": 7, "unit": "km"}))) == []
    assert said(TWO, statement(*claims, recorded_at=SECOND)) == []
    [notice] = notices(ONE, {**TWO, "revision": 4}, {**ONE, "revision": 2}, statement(*claims[2:]))
    assert notice.message.startswith("revision 3 is not in the feeds")
    assert notice.severity == "info"


# A claim names what is not there.


@pytest.mark.parametrize(
    ("record", "name", "expected"),
    [
        (ONE, "found", MISSING),
        (ONE, "duration", MISSING),
        (ONE, "totals.crossings", MISSING),
        (ONE, "objects.jets.nationality", MISSING),
        (ONE, "objects.drones", MISSING),
        (ONE, "objects.drones.count", MISSING),
        (ONE, "objects.jets.fates.first", MISSING),
        (ONE, "responses.closure", MISSING),
        (ONE, "zones.kadiz", MISSING),
        (ONE, "occurrence", []),
        (ONE, "crossing", []),
        (ONE, "objects.jets.count", []),
        (finding(), "found", []),
        (finding(), "place.state", []),
        (finding(), "place.name", MISSING),
        (finding(), "depth", MISSING),
        (finding(), "occurrence", []),
        (SERIES, "crossing", []),
        (SERIES, "time", MISSING),
        (SERIES, "over", []),
        (SERIES, "zones.kadiz", []),
        (SERIES, "zones.kadiz.name", MISSING),
        (finding(), "over", []),
        (finding(), "zones.kadiz", []),
    ],
)
def test_a_name_leads_to_something(record: dict[str, Any], name: str, expected: list[str]) -> None:
    assert said(record, statement(field(name))) == expected


@pytest.mark.parametrize(
    ("claim", "expected"),
    [
        (field("duration", value={"best": 5, "unit": "min"}), []),
        (field("duration", polarity="undetermined"), []),
        (field("entered_from", polarity="undetermined"), []),
        (field("entered_from", value="BY"), []),
        (field("objects", value={"category": "missile"}), []),
        (field("objects.jets.nationality", value="RU"), []),
        (field("objects.drones.nationality", value="RU"), MISSING),
        (field("objects.drones.nationality", polarity="undetermined"), MISSING),
        (field("found", value={"value": "2024-09-09"}), MISSING),
        (field("found", polarity="undetermined"), MISSING),
        (field("over", polarity="denied"), []),
        (field("over", polarity="suspected"), MISSING),
    ],
)
def test_another_value_needs_none_in_the_record(
    claim: dict[str, Any], expected: list[str]
) -> None:
    assert said(ONE, statement(claim)) == expected


@pytest.mark.parametrize(
    ("record", "name", "expected"),
    [
        (ONE, "objects.jets", []),
        (ONE, "objects", []),
        (ONE, "depth", []),
        (ONE, "occurrence", []),
        (ONE, "crossing", []),
        (ONE, "objects.drones", MISSING),
        (ONE, "objects.jets.nationality", MISSING),
        (ONE, "zones", MISSING),
        (ONE, "zones.kadiz", MISSING),
        (ONE, "over", MISSING),
        (ONE, "found", MISSING),
        (SERIES, "objects", MISSING),
        (SERIES, "zones.kadiz", []),
        (finding(), "place.state", []),
        (finding(), "depth", MISSING),
    ],
)
@pytest.mark.parametrize(
    "claim",
    [
        {"aspect": "attribution", "value": "RU"},
        {"aspect": "intent", "value": "reckless", "likelihood": "likely"},
        {"aspect": "characterisation", "value": "provocation", "polarity": "suspected"},
        {"aspect": "cause", "polarity": "undetermined"},
    ],
    ids=lambda claim: claim["aspect"],
)
def test_a_claim_that_is_about_no_field_names_parts_that_are_there(
    claim: dict[str, Any], record: dict[str, Any], name: str, expected: list[str]
) -> None:
    assert said(record, statement({**claim, "fields": [name]})) == expected


def test_a_part_may_change_or_go_if_no_value_of_it_is_claimed() -> None:
    attributed = {"aspect": "attribution", "value": "RU", "fields": ["objects.jets.count"]}
    assert said(ONE, TWO, statement(attributed)) == []
    [notice] = notices(ONE, incursion(2), statement(attributed))
    assert notice.message == '"x" has no "objects.jets.count": no item has this id'


@pytest.mark.parametrize(
    ("about", "kind"),
    [
        ("PL", "a state"),
        ("nato", "an alliance"),
        ("navy", "an organization"),
        ("s2", "a statement"),
    ],
)
def test_what_is_no_event_has_no_such_field(about: str, kind: str) -> None:
    navy = {"type": "organization", "id": "navy", "name": "A navy", "kind": "armed_force"}
    others = [navy, statement(name="s2", about=[])]
    claims = [field("depth", about=[about]), field("crossing", about=[about], value="PL")]
    [notice] = notices(*others, statement(*claims, about=[]))
    assert (notice.code, notice.pointer) == ("claimed_field_missing", "/claims/0")
    assert notice.message == f'"{about}" has no "depth": it is {kind}'


def test_who_claims_of_nothing_or_of_what_is_not_valid_is_left_to_others() -> None:
    assert notices(statement(field("depth", time={"value": "2024"}), about=[])) == []
    lines = [HEADER, SOURCE, incursion(colour="grey"), statement(field("depth"))]
    feed = "\n".join(map(json.dumps, lines)).encode()
    assert [one.code for one in ae.validate(io.BytesIO(feed)).notices] == ["unknown_field"]


def test_a_claim_is_compared_with_each_of_its_subjects() -> None:
    second = {**incursion(), "id": "y"}
    claim = statement(field("depth"), about=["x", "y", "x"])
    [notice] = notices(ONE, second, claim)
    assert (notice.code, notice.context["about"]) == ("claimed_field_missing", "y")


OTHER_ASPECTS = {
    "attribution": "RU",
    "cause": "weather",
    "characterisation": "violation",
    "intent": "reckless",
    "legality_of_crossing": "permitted",
}


@pytest.mark.parametrize(("aspect", "value"), OTHER_ASPECTS.items(), ids=OTHER_ASPECTS)
def test_a_claim_of_another_aspect_about_a_field_gives_it_no_value(
    aspect: str, value: str
) -> None:
    """The subject must have the field, but its value is not compared."""
    claim = {"aspect": aspect, "value": value, "fields": ["depth"]}
    assert said(ONE, TWO, statement(claim)) == []
    assert said(statement({**claim, "about": ["PL"]}, about=[])) == MISSING
    assert said(incursion(), statement(claim)) == MISSING


def test_every_subject_is_compared_whatever_the_others_are() -> None:
    retracted = {"at": SECOND, "reason": "made up"}
    subjects = ["PL", "withdrawn", "blamed", "y", "nato", "z"]
    records = [
        {**incursion(), "id": name, **({"retracted": retracted} if name == "withdrawn" else {})}
        for name in subjects
        if name not in ("PL", "nato")
    ]
    blame = {"aspect": "attribution", "value": "RU", "about": ["blamed"]}
    claims = [blame if name == "blamed" else field("depth", about=[name]) for name in subjects]
    for order in itertools.islice(itertools.permutations(claims), 0, 720, 31):
        found = notices(*records, statement(*order, about=[]))
        assert {one.context["about"] for one in found} == {"PL", "y", "nato", "z"}
        assert {one.code for one in found} == {"claimed_field_missing"}


# A claim repeats what is there.


@pytest.mark.parametrize(
    ("claim", "expected"),
    [
        (field("depth", value={"best": 5, "unit": "km"}), REPEATED),
        (field("depth", value={"best": 5.0, "unit": "km"}), REPEATED),
        (field("depth", value={"best": 5, "unit": "km"}, polarity="denied"), REPEATED),
        (field("objects.jets.category", value="crewed_aircraft"), REPEATED),
        (field("crossing", value="PL"), REPEATED),
        (field("depth", value={"roughly": 5, "unit": "km"}), []),
        (field("depth", value={"best": 5, "unit": "NM"}), []),
        (field("objects", value=JETS), []),
        (field("crossing", value="LT"), MISSING),
        (field("crossing", value="LT", polarity="denied"), MISSING),
    ],
)
def test_a_value_that_is_there_is_left_out(claim: dict[str, Any], expected: list[str]) -> None:
    assert said(ONE, statement(claim)) == expected


def test_the_crossing_of_another_border_is_claimed_of_another_record() -> None:
    claim = statement(field("crossing", value="LT"))
    [notice] = notices(ONE, claim)
    assert notice.message == (
        '"x" is not about the border of "LT": the incursion is in "PL"; in `about`, '
        'refer to an incursion in "LT", or to a series'
    )
    for name, value in {"crossing": "LT", "over": "land"}.items():
        claim = statement(field(name, value=value))
        assert said(SERIES, claim) == said(finding(), claim) == []


def test_a_value_is_written_where_a_revision_may_have_another() -> None:
    claim = statement(field("depth", value={"best": 7, "unit": "km"}))
    assert said(ONE, TWO, claim) == []
    assert said(TWO, claim) == []
    same = {**TWO, "depth": ONE["depth"]}
    assert said(ONE, same, statement(field("depth", value=ONE["depth"]))) == REPEATED


# A border that nobody judges.

UNJUDGED = {name: value for name, value in incursion(over="land").items() if name != "crossing"}
VIOLATION = {"aspect": "characterisation", "value": "violation"}
FORGOTTEN = ["crossing_forgotten s/claims/0"]


@pytest.mark.parametrize(
    ("claim", "expected"),
    [
        (field("crossing"), FORGOTTEN),
        (field("over", "crossing", polarity="denied"), FORGOTTEN),
        (field("entered_from", value="BY"), FORGOTTEN),
        (VIOLATION, FORGOTTEN),
        (field("over"), []),
        (field("occurrence"), []),
        ({**VIOLATION, "value": "provocation"}, []),
    ],
)
def test_who_speaks_of_a_border_needs_a_crossing(
    claim: dict[str, Any], expected: list[str]
) -> None:
    assert said(UNJUDGED, statement(claim)) == expected
    assert said(incursion(over="land", crossing="disputed"), statement(claim)) == []


def test_a_crossing_is_forgotten_once() -> None:
    claims = [field("over"), VIOLATION, field("crossing")]
    one, other = statement(*claims), statement(VIOLATION, name="t")
    [notice] = notices(one, UNJUDGED, other)
    assert (notice.record, notice.pointer) == ("s", "/claims/1")
    [notice] = notices(other, one, UNJUDGED)
    assert (notice.record, notice.pointer) == ("t", "/claims/0")


def test_a_zone_can_be_violated_without_a_border() -> None:
    zoned = {**UNJUDGED, "zones": [{"type": "ADIZ", "id": "z", "entry": "reported"}]}
    assert said(zoned, statement(VIOLATION)) == []
    assert said(zoned, statement(field("crossing"))) == FORGOTTEN


# Denials.

DENIED = ["denied_but_not_disputed s/claims/0"]
NOTHING_SAID = ["denial_of_nothing_said s/claims/0"]


@pytest.mark.parametrize(
    ("fields", "names", "expected"),
    [
        ({"crossing": "reported"}, ["crossing"], DENIED),
        ({"crossing": "confirmed", "sources": [{"source": "report"}]}, ["crossing"], DENIED),
        ({"crossing": "suspected"}, ["crossing"], []),
        ({"crossing": "discounted"}, ["crossing"], []),
        ({"occurrence": "reported"}, ["occurrence"], DENIED),
        ({"occurrence": "reported"}, ["crossing", "occurrence"], DENIED * 2),
        # Whoever has not judged does not contradict.
        ({}, ["occurrence"], []),
        ({"zones": [{"type": "R", "id": "z", "entry": "reported"}]}, ["zones.z"], DENIED),
        ({"zones": [{"type": "R", "id": "z", "entry": "disputed"}]}, ["zones.z"], []),
    ],
)
def test_a_denial_shows_in_the_judgement(
    fields: dict[str, Any], names: list[str], expected: list[str]
) -> None:
    found = said(incursion(**fields), statement(field(*names, polarity="denied")))
    assert [one for one in found if "confirmed" not in one] == expected
    hedged = statement(field(*names, polarity="no_evidence"))
    assert [one for one in said(incursion(**fields), hedged) if "confirmed" not in one] == []


def test_a_denial_for_more_than_can_be_compared_is_withdrawn_by_all() -> None:
    many: dict[str, Any] = {"speakers": [f"voice-{number}" for number in range(60)]}
    voices = [
        {"type": "organization", "id": name, "name": name, "kind": "agency"}
        for name in many["speakers"]
    ]
    denial = statement(field("crossing", polarity="denied"), **many)
    later = statement(field("crossing"), name="t", made={"value": "2024-09-20"}, **many)
    codes = [one.code for one in notices(*voices, incursion(), denial, later)]
    assert "denied_but_not_disputed" not in codes
    one = {**later, "speakers": ["voice-0"]}
    codes = [one.code for one in notices(*voices, incursion(), denial, one)]
    assert "denied_but_not_disputed" in codes


@pytest.mark.parametrize(
    ("day", "expected"), [("2024-09-10", []), ("2024-09-20", DENIED), ("/2024-09-10", DENIED)]
)
def test_only_a_denial_that_is_surely_earlier_is_withdrawn(day: str, expected: list[str]) -> None:
    denial = statement(field("crossing", polarity="denied"), made={"value": day})
    later = statement(field("crossing"), name="t", made={"value": "2024-09-20"})
    assert said(incursion(), denial, later) == expected


@pytest.mark.parametrize("polarity", ["affirmed", "suspected", "not_excluded"])
def test_what_somebody_says_or_suspects_can_be_denied(polarity: str) -> None:
    denial = statement(field("entered_from", value="BY", polarity="denied"))
    assert said(incursion(), denial) == NOTHING_SAID
    assert said(incursion(entered_from=["BY"]), denial) == []
    other = statement(field("entered_from", value="UA", polarity=polarity), name="t")
    assert said(incursion(), denial, other) == []
    intent = {"aspect": "intent", "value": "intentional_attack"}
    denial = statement({**intent, "polarity": "denied"})
    assert said(incursion(), denial) == NOTHING_SAID
    assert said(incursion(), denial, statement({**intent, "polarity": polarity}, name="t")) == []


@pytest.mark.parametrize("polarity", ["no_evidence", "undetermined", "unsubstantiated", "denied"])
def test_what_nobody_says_is_not_there_to_be_denied(polarity: str) -> None:
    denial = statement(field("entered_from", value="BY", polarity="denied"))
    other = statement(field("entered_from", value="UA", polarity=polarity), name="t")
    assert NOTHING_SAID[0] in said(incursion(), denial, other)


def test_a_denial_of_nothing_names_the_field_or_the_aspect() -> None:
    claims = [
        field("entered_from", value="BY", polarity="denied"),
        {"aspect": "intent", "value": "reckless", "polarity": "denied"},
    ]
    first, second = notices(incursion(), statement(*claims))
    assert first.message == (
        'this claim denies "entered_from" of "x", but no record contains a claim that affirms it'
    )
    assert first.context == {"about": "x", "aspect": "field", "field": "entered_from"}
    assert second.message == (
        'this claim denies the intent of "x", but no record contains a claim that affirms it'
    )


# What a claim overtakes.


@pytest.mark.parametrize(
    ("value", "is_overtaken"),
    [
        ({"best": 5}, True),
        ({"min": 4}, True),
        ({"max": 2}, True),
        ({"min": 2}, False),
        ({"roughly": 30}, False),
        ({"verbatim": "many"}, False),
    ],
)
def test_a_later_count_overtakes_the_record(value: dict[str, Any], *, is_overtaken: bool) -> None:
    claim = statement(field("objects.jets.count", value=value), made={"value": "2024-09-14"})
    expected = ["headline_overtaken s/claims/0"] if is_overtaken else []
    assert said(ONE, claim) == expected
    assert said({**ONE, "recorded_at": "2024-09-20T00:00:00Z"}, claim) == []
    assert said(incursion(objects=[JETS]), claim) == []
    denied = {**claim, "claims": [{**claim["claims"][0], "polarity": "denied"}]}
    assert said(ONE, denied) == []


def test_an_approximate_count_is_contradicted_by_none() -> None:
    about = incursion(objects=[{**JETS, "count": {"roughly": 3}}], recorded_at=FIRST)
    claim = field("objects.jets.count", value={"best": 50})
    assert said(about, statement(claim, made={"value": "2024-09-14"})) == []


# Who bears a confirmation out.

WEAK = ["confirmed_by_one_source x/sources"]
CONFIRMED = incursion(
    crossing="confirmed",
    detected_by=["LT"],
    objects=[{**JETS, "nationality": "RU"}],
)


def by(speaker: str, *claims: dict[str, Any], **fields: Any) -> dict[str, Any]:
    return statement(*claims or [field("crossing")], name=f"s-{speaker.lower()}", **fields) | {
        "speakers": [speaker]
    }


def body(name: str, kind: str = "government_body", **given: Any) -> dict[str, Any]:
    return {"type": "organization", "id": name, "name": name, "kind": kind, **given}


def official(name: str, of: str, **dates: Any) -> dict[str, Any]:
    tenure = {"post": "a post", "of": of, **dates}
    return {"type": "official", "id": name, "name": name, "tenures": [tenure]}


@pytest.mark.parametrize(
    ("speaker", "expected"),
    [
        # Authorities and officials of those who are in a position to know.
        ([body("army", "armed_force", of="LT")], []),
        ([official("minister", "LT")], []),
        ([official("chief", "unit"), body("unit", parent="army"), body("army", of="LT")], []),
        ([official("rutte", "nato")], []),
        ([body("aircom", "alliance_body", of="nato")], []),
        ([body("airport", "airport", of="LT")], []),
        # Their media, companies and people; officials and bodies of others.
        ([body("newspaper", "media", of="LT")], WEAK),
        ([body("newspaper", "media")], WEAK),
        ([body("airline", "company", of="LT")], WEAK),
        ([body("residents", "class", of="LT")], WEAK),
        ([body("think-tank", "other", of="LT")], WEAK),
        ([body("army", "armed_force")], WEAK),
        ([body("ministry", of="GB")], WEAK),
        ([official("minister", "GB")], WEAK),
        ([official("editor", "newspaper"), body("newspaper", "media", of="LT")], WEAK),
        ([official("nobody", "LT") | {"tenures": []}], WEAK),
        # An alliance of other states, and one that binds nobody to defend another.
        ([official("head", "csto")], WEAK),
        # In office before, then, and after.
        ([official("minister", "LT", last_day="2023")], WEAK),
        ([official("minister", "LT", since="2024-09", ongoing=True)], []),
        ([official("minister", "LT", since="2025", ongoing=True)], WEAK),
        # The state that speaks already.
        ([body("ministry", of="PL")], WEAK),
        ([official("minister", "PL")], WEAK),
        # The intruder's own authorities, and its media.
        ([body("ru-ministry", of="RU")], []),
        ([official("ru-minister", "ru-ministry"), body("ru-ministry", of="RU")], []),
        ([body("tass", "media", of="RU")], WEAK),
    ],
)
def test_who_is_in_a_position_to_know(speaker: list[dict[str, Any]], expected: list[str]) -> None:
    assert said(CONFIRMED, by("PL"), *speaker, by(speaker[0]["id"])) == expected


def test_two_authorities_of_one_state_are_one_voice() -> None:
    speakers = [body("ministry", of="LT"), official("minister", "LT"), by("ministry")]
    assert said(CONFIRMED, *speakers, by("minister")) == WEAK


def test_whoever_tracked_or_answered_it_is_in_a_position_to_know() -> None:
    tracker = body("tracker", "media")
    for fields in (
        {"detected_by": ["tracker"]},
        {"responses": [{"kind": "investigation", "by": ["tracker"]}]},
        {"objects": [{**JETS, "fates": [{"fate": "crashed", "by": ["tracker"]}]}]},
        {"objects": [{**JETS, "checked": {"result": "borne_out", "by": ["tracker"]}}]},
    ):
        seen = {**CONFIRMED, **fields}
        assert said(seen, tracker, by("PL"), by("tracker")) == []


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2024-09-04", WEAK),
        ("2024-09-05", []),
        ("2024-09-10", []),
        ("2024-09-15", []),
        ("2024-09-18", WEAK),
        # Perhaps in office.
        ("../2024-09-01", []),
    ],
)
def test_an_official_speaks_for_a_state_from_the_first_day_to_the_last(
    day: str, expected: list[str]
) -> None:
    minister = official("minister", "LT", since="2024-09-05", last_day="2024-09-15")
    spoken = by("minister", made={"value": day})
    assert said(CONFIRMED, by("PL"), minister, spoken) == expected


def test_the_newest_revision_says_to_whom_somebody_belongs() -> None:
    first, second = official("minister", "GB"), official("minister", "LT") | {"revision": 2}
    assert said(CONFIRMED, by("PL"), first, second, by("minister")) == []


@pytest.mark.parametrize(
    ("statements", "expected"),
    [
        ([], WEAK),
        ([by("PL")], WEAK),
        ([by("PL"), by("LT")], []),
        ([by("PL"), by("nato")], []),
        # A state that only repeats what it heard; one that says something else, or may be.
        ([by("PL"), by("GB")], WEAK),
        ([by("PL"), by("LT", field("objects.jets.count"))], WEAK),
        ([by("PL"), by("LT", field("crossing", polarity="suspected"))], WEAK),
        ([by("PL"), by("LT", field("crossing", likelihood="likely"))], WEAK),
        # Two speakers of one state; one speaker twice.
        ([by("PL"), by("navy", on_behalf_of=["PL"])], WEAK),
        ([by("PL"), {**by("PL"), "id": "again"}], WEAK),
        # The intruder's own admission.
        ([by("RU")], []),
        ([by("RU", field("crossing", polarity="not_excluded"))], WEAK),
        ([by("RU", field("totals.crossings", value={"best": 2}))], []),
        ([by("RU", field("totals.crossings", value={"best": 0}))], WEAK),
        ([by("RU", field("depth", value={"max": 0, "unit": "km"}))], WEAK),
        ([by("BY")], WEAK),
        (
            [by("PL", {"aspect": "attribution", "value": "BY"}), by("BY")],
            [],
        ),
    ],
)
def test_speakers_in_a_position_to_know_bear_a_confirmation_out(
    statements: list[dict[str, Any]], expected: list[str]
) -> None:
    navy = {"type": "organization", "id": "navy", "name": "A navy", "kind": "armed_force"}
    assert said(CONFIRMED, navy, *statements) == expected


def test_of_what_only_flew_any_fact_bears_out_that_it_did() -> None:
    seen = {**CONFIRMED, "crossing": "reported", "occurrence": "confirmed"}
    assert said(seen, by("PL", field("objects.jets.count"))) == WEAK
    assert said(seen, by("PL", field("objects.jets.count")), by("LT", field("time"))) == []


def test_two_independent_sources_need_no_speaker() -> None:
    other = {**SOURCE, "id": "other"}
    assert said(other, {**CONFIRMED, "sources": [{"source": "report"}, {"source": "other"}]}) == []


def test_a_zone_entry_is_confirmed_like_anything_else() -> None:
    zone = {"type": "ADIZ", "id": "z", "entry": "confirmed"}
    assert said(incursion(zones=[zone])) == WEAK
    assert said(incursion(zones=[{**zone, "entry": "reported"}])) == []


# Ids of places in claimed values.

PLACED = incursion(
    places=[{"id": "field", "name": "A field"}],
    objects=[{**JETS, "fates": [{"fate": "crashed", "id": "crash"}]}],
    effects=[{"kind": "injury", "id": "harm"}],
    responses=[{"kind": "scramble", "id": "jets-up"}],
)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("effects", {"kind": "property_damage", "place": "¶"}),
        ("responses", {"kind": "airport_closure", "place": "¶"}),
        ("objects", {"category": "missile", "fates": [{"fate": "crashed", "place": "¶"}]}),
        ("objects.jets.fates", {"fate": "crashed", "place": "¶"}),
        ("objects.jets.fates.crash.place", "¶"),
        ("effects.harm.place", "¶"),
        ("responses.jets-up.place", "¶"),
    ],
)
def test_the_id_of_a_place_in_a_claimed_value_is_that_of_a_place(name: str, value: Any) -> None:
    def claimed(place: str) -> dict[str, Any]:
        return field(name, value=json.loads(json.dumps(value).replace("\\u00b6", place)))

    assert said(PLACED, statement(claimed("field"))) == []
    assert said(PLACED, statement(claimed("meadow"))) == MISSING
    [notice] = notices(PLACED, statement(claimed("meadow")))
    assert notice.message == (
        'the claimed value refers to the place "meadow", but "x" has no such place'
    )
    # A place that somebody else claims is one.
    other = statement(field("places", value={"id": "meadow", "name": "A meadow"}), name="t")
    assert said(PLACED, statement(claimed("meadow")), other) == []
    # An assessment stands in the record, so the record itself is not valid.
    placed = {**PLACED, "places": [*PLACED["places"], {"id": "meadow"}]}
    for record, code in ((placed, []), (PLACED, ["unknown_place"])):
        lines = [HEADER, SOURCE, {**record, "assessments": [claimed("meadow")]}]
        report = ae.validate(io.BytesIO("\n".join(map(json.dumps, lines)).encode()))
        assert [one.code for one in report.notices] == code
    added = field("places", value={"id": "meadow", "name": "A meadow"})
    assert said({**PLACED, "assessments": [added, claimed("meadow")]}) == []


# Merged records.

MERGED = {**incursion(depth={"best": 5, "unit": "km"}), "replaces": ["y"]}


def of_y(*claims: dict[str, Any], **fields: Any) -> dict[str, Any]:
    return statement(*claims, about=["y"], **fields)


@pytest.mark.parametrize(
    ("claim", "expected"),
    [
        (field("depth"), []),
        (field("duration"), MISSING),
        (field("depth", value={"best": 5, "unit": "km"}), REPEATED),
        (field("crossing", polarity="denied"), ["denied_but_not_disputed s/claims/0"]),
        (
            field("entered_from", value="BY", polarity="denied"),
            ["denial_of_nothing_said s/claims/0"],
        ),
    ],
)
def test_a_claim_about_a_merged_record_is_compared_with_what_replaced_it(
    claim: dict[str, Any], expected: list[str]
) -> None:
    # The merged record has what the other one lacks, and lacks what the other one has.
    kept = {**incursion(duration={"best": 3, "unit": "min"}), "id": "y"}
    assert said(MERGED, kept, of_y(claim)) == expected
    # The merged record may be deleted.
    assert said(MERGED, of_y(claim)) == expected
    again = {**incursion(depth=MERGED["depth"]), "id": "z", "replaces": ["x"]}
    between = {**MERGED, "depth": {"best": 9, "unit": "km"}}
    assert said(again, between, kept, of_y(claim)) == expected


def test_a_merged_record_is_spoken_of_where_it_went() -> None:
    intent = {"aspect": "intent", "value": "reckless"}
    denial = statement({**intent, "polarity": "denied"})
    kept = {**incursion(), "id": "y"}
    assert said(MERGED, kept, denial) == ["denial_of_nothing_said s/claims/0"]
    assert said(MERGED, kept, denial, of_y(intent, name="t")) == []
    of_both = of_y(intent, name="t"), of_y({**intent, "polarity": "denied"})
    assert said(MERGED, kept, *of_both) == []
    confirmed = {**CONFIRMED, "replaces": ["y"]}
    assert said(confirmed, kept) == WEAK
    assert said(confirmed, kept, of_y(field("crossing"), speakers=["RU"])) == []


def test_a_merged_record_that_is_taken_back_is_spoken_of_elsewhere() -> None:
    taken_back = {"retracted": {"at": SECOND, "reason": "entered twice"}}
    kept = {**incursion(), "id": "y", **taken_back}
    spoken = statement({"aspect": "intent", "value": "reckless"}, about=["y"])
    code = "retracted_but_spoken_of"
    lines = [HEADER, SOURCE, MERGED, kept, spoken]
    for records, expected in (
        (lines, False),
        ([*lines[:2], kept, spoken], True),
        ([*lines[:2], {**MERGED, **taken_back}, spoken], True),
    ):
        feed = "\n".join(map(json.dumps, records)).encode()
        found = [one.code for one in ae.validate(io.BytesIO(feed)).notices]
        assert (code in found) is expected, found


# Where it is said.


@pytest.mark.parametrize("workers", [1, 2])
def test_the_claim_is_pointed_at_in_any_layout(workers: int) -> None:
    records = [SOURCE, incursion(), statement(field("over"), field("depth"))]
    text = json.dumps({**HEADER, "records": records}, indent=1)
    report = ae.validate(io.BytesIO(text.encode()), workers=workers)
    places = [(one.line, one.column) for one in report.notices if one.code in OWN]
    lines = text.split("\n")
    assert len(places) == 2
    for (line, column), name in zip(places, ("over", "depth"), strict=True):
        assert lines[line - 1][column - 1] == "{"
        assert f'"{name}"' in lines[line + 2]


def test_a_record_is_read_again_only_if_its_fields_are_claimed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from airspace_events.validation.cross_record import claimed_records  # noqa: PLC0415

    def refuse() -> None:
        raise AssertionError

    monkeypatch.setattr(claimed_records, "record_adapter", refuse)
    others = [{**incursion(), "id": f"x-{number}"} for number in range(50)]
    assert notices(ONE, *others, statement({"aspect": "intent", "value": "reckless"})) == []
    with pytest.raises(AssertionError):
        notices(ONE, statement(field("depth")))
