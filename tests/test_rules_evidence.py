"""Rules about evidence: what they find, and on what honest records they stay silent."""

from io import BytesIO

import pytest

import airspace_events as ae
from airspace_events.validation.examples import HEADER, SOURCE
from airspace_events.validation.rules import evidence

OWN = {code for rule in evidence.RULES for code in rule.codes}
EVENT = (
    '{"type":"incursion","id":"ee-1","state":"EE","time":{"value":"2024-09-07"},'
    '"occurrence":"disputed","crossing":"disputed","over":"land",'
    '"objects":[{"category":"missile","id":"first"},{"category":"missile","id":"second"}],'
    '"sources":[{"source":"a-report"}]}'
)
OTHER = EVENT.replace("ee-1", "ee-2")


def found(*lines: str) -> list[tuple[str, str]]:
    report = ae.validate(BytesIO("\n".join((HEADER, SOURCE, *lines)).encode()))
    assert not [n for n in report.notices if n.severity == "error" and n.code not in OWN]
    return [(n.code, n.pointer) for n in report.notices if n.code in OWN]


def said(*claims: str, about: str = '"ee-1"') -> list[tuple[str, str]]:
    statement = (
        '{"type":"statement","id":"s","speakers":["EE"],"made":{"value":"2024-09-08"},'
        f'"about":[{about}],"claims":[{",".join("{" + claim + "}" for claim in claims)}],'
        '"sources":[{"source":"a-report"}]}'
    )
    return found(EVENT, OTHER, statement)


def event(fields: str) -> list[tuple[str, str]]:
    return found(
        '{"type":"incursion","id":"ee-1","state":"EE","time":{"value":"2024-09-07"},'
        f'{fields},"sources":[{{"source":"a-report"}}]}}'
    )


# Sources.


SERIES = '{"type":"series","id":"s","kind":"other","title":"x","time":{"value":"2024"}%s}'
RETRACTED = ',"retracted":{"at":"2024-10-01T00:00:00Z","reason":"entered twice"}'
STATEMENT = '{"type":"statement","id":"s","speakers":["EE"],"made":{"value":"2024-09-08"}}'


@pytest.mark.parametrize(
    ("record", "codes"),
    [
        (STATEMENT, ["record_without_source"]),
        (SERIES % "", ["record_without_source"]),
        (SERIES % ',"sources":[{"source":"a-report"}]', []),
        (SERIES % RETRACTED, []),
        ('{"type":"organization","id":"o","name":"A navy","kind":"armed_force"}', []),
        ('{"type":"official","id":"o","name":"Somebody made-up"}', []),
    ],
)
def test_what_is_told_has_a_source(record: str, codes: list[str]) -> None:
    assert [code for code, _ in found(record)] == codes


@pytest.mark.parametrize(
    ("quote", "codes"),
    [
        ('"exact":"shot down","start":10,"end":19', []),
        ('"exact":"shot down","start":10', []),
        ('"exact":"shot down","end":19', []),
        ('"exact":"дрон 🛩","start":0,"end":6', []),
        ('"exact":"shot down","start":10,"end":20', ["quote_offsets_contradict"]),
        ('"exact":"shot down","start":0,"end":8', ["quote_offsets_contradict"]),
    ],
)
def test_a_quotation_is_as_long_as_its_offsets_say(quote: str, codes: list[str]) -> None:
    line = EVENT.replace('"a-report"', f'"a-report","quote":{{{quote}}}')
    assert [code for code, _ in found(line)] == codes


def test_the_end_that_is_suggested_is_behind_the_words() -> None:
    quote = '"a-report","quote":{"exact":"shot down","start":10,"end":20}'
    feed = "\n".join((HEADER, SOURCE, EVENT.replace('"a-report"', quote)))
    [notice] = [n for n in ae.validate(BytesIO(feed.encode())).notices if n.code in OWN]
    assert notice.suggestion == "19"
    assert notice.context == {"start": 10, "end": 20, "length": 9}


# Claims.

NO_FLIGHT = '"aspect":"field","fields":["occurrence"],"polarity":"denied"'
FROM_BY = '"aspect":"field","fields":["entered_from"],"value":"BY"'


@pytest.mark.parametrize(
    "route",
    [
        FROM_BY,
        '"aspect":"field","fields":["crossing"]',
        '"aspect":"field","fields":["over"],"value":"land"',
        '"aspect":"field","fields":["duration"],"value":{"best":12,"unit":"min"}',
        '"aspect":"field","fields":["depth"],"value":{"best":5,"unit":"km"}',
        FROM_BY + ',"time":{"value":"2024-09-07"}',
    ],
)
def test_what_did_not_fly_has_no_route(route: str) -> None:
    assert said(NO_FLIGHT, route) == [("denies_flight_and_gives_route", "/claims/1")]
    assert said(route, NO_FLIGHT) == [("denies_flight_and_gives_route", "/claims/0")]


@pytest.mark.parametrize(
    ("denial", "route"),
    [
        ('"aspect":"field","fields":["crossing"],"polarity":"denied"', FROM_BY),
        ('"aspect":"field","fields":["occurrence"]', FROM_BY),
        (
            '"aspect":"field","fields":["objects"],"value":{"category":"missile"},"polarity":"denied"',
            FROM_BY,
        ),
        ('"aspect":"field","fields":["occurrence"],"polarity":"no_evidence"', FROM_BY),
        (NO_FLIGHT, FROM_BY + ',"polarity":"not_excluded"'),
        (NO_FLIGHT, FROM_BY + ',"likelihood":"unlikely"'),
        (NO_FLIGHT + ',"likelihood":"likely"', FROM_BY),
        (NO_FLIGHT, FROM_BY + ',"about":["ee-2"]'),
        (NO_FLIGHT.replace("occurrence", "objects.second"), FROM_BY),
        (NO_FLIGHT + ',"time":{"value":"2024-09-06"}', FROM_BY),
        (NO_FLIGHT + ',"as_of":"2024-09-07"', FROM_BY + ',"as_of":"2024-09-08"'),
        # The nearest thing that flew may have been something else.
        (NO_FLIGHT, '"aspect":"field","fields":["distance"],"value":{"best":50,"unit":"km"}'),
    ],
)
def test_a_denial_that_leaves_room_is_coherent(denial: str, route: str) -> None:
    assert said(denial, route) == []


def test_what_a_source_says_of_nothing_named_contradicts_nothing() -> None:
    source = SOURCE.replace("a-report", "another")
    claims = ',"claims":[{' + NO_FLIGHT + "%s},{" + FROM_BY + "%s}]}"
    of = ',"about":["ee-1"]'
    assert found(EVENT, source[:-1] + claims % ("", "")) == []
    assert found(EVENT, source[:-1] + claims % (of, of)) == [
        ("denies_flight_and_gives_route", "/claims/1")
    ]


BY_RU, BY_BY = (
    f'"aspect":"attribution","value":"{state}","involvement":"operated"' for state in ("RU", "BY")
)


@pytest.mark.parametrize(
    ("one", "other", "codes"),
    [
        (BY_RU, BY_BY, ["two_operators_claimed"]),
        (BY_RU, BY_RU, []),
        (BY_RU, BY_BY.replace("operated", "launched"), []),
        (BY_RU, '"aspect":"attribution","value":"BY"', []),
        (BY_RU, BY_BY + ',"likelihood":"likely"', []),
        (BY_RU, BY_BY + ',"polarity":"not_excluded"', []),
        (BY_RU, BY_BY + ',"about":["ee-2"]', []),
        (
            BY_RU + ',"fields":["objects.first"]',
            BY_BY + ',"fields":["objects.second"]',
            [],
        ),
        (
            BY_RU + ',"fields":["objects.first"]',
            BY_BY + ',"fields":["objects.first"]',
            ["two_operators_claimed"],
        ),
        (BY_RU + ',"as_of":"2024-09-07"', BY_BY, []),
        # Who is no state may act for one.
        (BY_RU, BY_BY.replace("BY", "nato"), []),
    ],
)
def test_one_thing_has_one_state_as_operator(one: str, other: str, codes: list[str]) -> None:
    assert [code for code, _ in said(one, other)] == codes
    assert [code for code, _ in said(other, one)] == codes


def test_two_operators_are_found_among_other_claims() -> None:
    for between in (JAMMED, BY_RU.replace("RU", "nato"), BY_RU + ',"likelihood":"likely"'):
        assert said(between, BY_RU, BY_BY) == [("two_operators_claimed", "/claims/2/value")]
        assert said(BY_RU, between, BY_BY) == [("two_operators_claimed", "/claims/2/value")]


def test_of_several_subjects_one_is_told() -> None:
    both = '"ee-1","ee-2"'
    for one, other in ((BY_RU, BY_BY), (JAMMED, NOT_JAMMED), (NO_FLIGHT, FROM_BY)):
        assert len(said(one, other, about=both)) == 1


JAMMED = '"aspect":"cause","value":"jamming"'
NOT_JAMMED = JAMMED + ',"polarity":"denied"'
CRASHED = '"aspect":"field","fields":["objects.first.fates"],"value":{"fate":"crashed"}'
NEAR = '"aspect":"field","fields":["distance"],"value":{"best":5,"unit":"km"}'


@pytest.mark.parametrize(
    ("one", "other", "codes"),
    [
        (JAMMED, NOT_JAMMED, ["contradictory_claims"]),
        (NOT_JAMMED, JAMMED, ["contradictory_claims"]),
        (JAMMED, JAMMED + ',"polarity":"no_evidence"', []),
        (JAMMED, NOT_JAMMED + ',"about":["ee-2"]', []),
        (JAMMED, NOT_JAMMED + ',"as_of":"2024-09-08"', []),
        (JAMMED, NOT_JAMMED + ',"fields":["objects.first"]', []),
        (JAMMED, NOT_JAMMED + ',"likelihood":"likely"', []),
        (JAMMED, NOT_JAMMED.replace("jamming", "weather"), []),
        # What "other" is, and from what a distance is measured, stands in the note.
        (JAMMED.replace("jamming", "other"), NOT_JAMMED.replace("jamming", "other"), []),
        # Two of them crashed, and two others did not.
        (CRASHED + ',"count":{"best":2}', CRASHED + ',"count":{"best":2},"polarity":"denied"', []),
        (CRASHED, CRASHED + ',"polarity":"denied"', ["contradictory_claims"]),
        (NEAR, NEAR + ',"polarity":"denied"', ["contradictory_claims"]),
        (NEAR, NEAR.replace("5", "6") + ',"polarity":"denied"', []),
        (NEAR, NEAR.replace("distance", "depth") + ',"polarity":"denied"', []),
        # Each of several names is a claim of its own.
        (
            '"aspect":"field","fields":["crossing","objects.first"]',
            '"aspect":"field","fields":["over","objects.first"],"polarity":"denied"',
            ["contradictory_claims"],
        ),
        (
            '"aspect":"field","fields":["crossing","objects.first"]',
            '"aspect":"field","fields":["over","objects.second"],"polarity":"denied"',
            [],
        ),
    ],
)
def test_nobody_affirms_and_denies_the_same(one: str, other: str, codes: list[str]) -> None:
    assert [code for code, _ in said(one, other)] == codes


def test_a_contradiction_stands_at_the_later_claim_once() -> None:
    both = said(JAMMED, '"aspect":"cause","value":"weather"', NOT_JAMMED, about='"ee-1","ee-2"')
    assert both == [("contradictory_claims", "/claims/2/polarity")]


# Judgements.


@pytest.mark.parametrize(
    ("occurrence", "crossing", "codes"),
    [
        ("discounted", "confirmed", ["confirmed_crossing_of_discounted_event"]),
        ("doubtful", "confirmed", ["crossing_surer_than_occurrence"]),
        ("disputed", "confirmed", ["crossing_surer_than_occurrence"]),
        ("suspected", "confirmed", ["crossing_surer_than_occurrence"]),
        ("suspected", "reported", []),
        ("reported", "confirmed", []),
        ("confirmed", "confirmed", []),
        ("discounted", "disputed", []),
        ("confirmed", "disputed", []),
    ],
)
def test_a_crossing_is_no_surer_than_a_flight(
    occurrence: str, crossing: str, codes: list[str]
) -> None:
    notices = event(f'"occurrence":"{occurrence}","crossing":"{crossing}"')
    assert [code for code, _ in notices] == codes
    # Nobody judged whether it flew, or nobody speaks of a border.
    assert event(f'"crossing":"{crossing}"') == []
    assert event(f'"occurrence":"{occurrence}"') == []


@pytest.mark.parametrize(
    ("occurrence", "fate", "is_odd"),
    [
        ("doubtful", '"fate":"recovered"', True),
        ("doubtful", '"fate":"shot_down"', True),
        ("doubtful", '"fate":"crashed"', False),
        ("suspected", '"fate":"recovered"', True),
        ("suspected", '"fate":"crashed"', False),
        ("discounted", '"fate":"crashed"', True),
        ("discounted", '"fate":"landed"', True),
        ("discounted", '"fate":"lost_from_view"', False),
        ("discounted", '"fate":"recovered","count":{"best":0}', False),
        ("disputed", '"fate":"recovered"', False),
        ("reported", '"fate":"recovered"', False),
    ],
)
def test_what_is_in_hand_was_there(occurrence: str, fate: str, *, is_odd: bool) -> None:
    notices = event(
        f'"occurrence":"{occurrence}","objects":[{{"category":"missile","designation":"X",'
        f'"fates":[{{"fate":"lost_from_view"}},{{{fate}}}]}}]'
    )
    expected = [("object_surer_than_occurrence", "/objects/0/fates/1")] if is_odd else []
    assert notices == expected


NOTHING, DRONE = (
    '{"category":"nothing","checked":{"result":"something_else"}}',
    '{"category":"uncrewed_aircraft"}',
)


@pytest.mark.parametrize(
    ("objects", "occurrence", "is_odd"),
    [
        (NOTHING, None, True),
        (NOTHING, "doubtful", True),
        (f"{NOTHING},{NOTHING}", "reported", True),
        (NOTHING, "discounted", False),
        (f"{NOTHING},{DRONE}", None, False),
        (DRONE, None, False),
        ("", None, False),
    ],
)
def test_where_nothing_was_nothing_flew(
    objects: str, occurrence: str | None, *, is_odd: bool
) -> None:
    judged = "" if occurrence is None else f',"occurrence":"{occurrence}"'
    expected = [("nothing_not_discounted", "/objects/0/category")] if is_odd else []
    assert event(f'"objects":[{objects}]{judged}') == expected


# Agreement.


@pytest.mark.parametrize(
    ("claim", "is_agreement"),
    [
        ('"aspect":"field","fields":["over"]', True),
        ('"aspect":"field","fields":["crossing","over"]', True),
        ('"aspect":"field","fields":["over"],"value":"internal_waters"', False),
        ('"aspect":"field","fields":["over"],"polarity":"suspected"', False),
        ('"aspect":"field","fields":["over"],"likelihood":"likely"', False),
        ('"aspect":"intent","value":"reckless"', False),
    ],
)
def test_a_source_agrees_by_being_cited(claim: str, *, is_agreement: bool) -> None:
    source = SOURCE.replace("a-report", "another")[:-1]
    spoken = f'{source},"claims":[{{"aspect":"cause","value":"weather","about":["ee-1"]}},'
    expected = [("agreement_as_claim", "/claims/1")] if is_agreement else []
    assert found(EVENT, f'{spoken}{{{claim},"about":["ee-1"]}}]}}') == expected
    assert said(claim) == []


def test_a_source_can_be_cited_for_an_occurrence_that_the_desk_has_not_judged() -> None:
    unjudged = EVENT.replace('"occurrence":"disputed","crossing":"disputed",', "")
    cited = unjudged.replace('"a-report"', '"a-report","supports":["occurrence"]')
    assert "disputed" not in cited
    assert found(cited) == []
