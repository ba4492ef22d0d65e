"""Rules about statements: what they find, and on what honest records they stay silent."""

import json
from io import BytesIO
from typing import Any

import pytest

import airspace_events as ae
from airspace_events.validation.codes import FAMILIES
from airspace_events.validation.examples import HEADER, SOURCE
from airspace_events.validation.notices import Notice

OWN = {code.name for code in FAMILIES["statements"]}
EVENT = (
    '{"type":"incursion","id":"ee-1","state":"EE","crossing":"reported","time":{"value":"2024-09-07"},'
    '"sources":[{"source":"a-report"}]}'
)
OFFICIAL = '{"type":"official","id":"an-official","name":"Somebody made-up"}'


def notices(*lines: str) -> list[Notice]:
    report = ae.validate(BytesIO("\n".join((HEADER, SOURCE, EVENT, OFFICIAL, *lines)).encode()))
    assert not [n for n in report.notices if n.severity == "error" and n.code not in OWN]
    return [n for n in report.notices if n.code in OWN]


def statement(**fields: Any) -> list[Notice]:
    made = {"value": fields.pop("made", "2024-09-18")}
    record = {"type": "statement", "id": "s", "speakers": ["EE"], "made": made, **fields}
    return notices(json.dumps({**record, "sources": [{"source": "a-report"}]}))


def codes(**fields: Any) -> list[str]:
    return [notice.code for notice in statement(**fields)]


# Signatories.

STRANGER = ["signatories_not_members"]


@pytest.mark.parametrize(
    ("speakers", "signatories", "made", "expected"),
    [
        (["nato"], ["EE", "FI"], "2023-04-05", []),
        (["nato"], ["EE", "FI"], "2023-04-04", []),
        (["nato"], ["EE", "FI"], "2023-04-03", STRANGER),
        # A part of the month, an unknown day before it, and a marked one may be in time.
        (["nato"], ["FI"], "2023-04", []),
        (["nato"], ["FI"], "2023-03/2023-05", []),
        (["nato"], ["FI"], "/2023-05", []),
        (["nato"], ["FI"], "2023-03", STRANGER),
        (["nato"], ["FI"], "2023-03?", []),
        (["nato"], ["UA"], "2023-03?", STRANGER),
        (["nato"], ["UA"], "/2024", STRANGER),
        (["nato"], ["FI"], "2023-04-03T10:00:00Z", STRANGER),
        # A candidate only, and a member while it was suspended.
        (["eu"], ["UA"], "2024-09-18", STRANGER),
        (["council-of-europe"], ["RU"], "2022-03-01", []),
        # Who speaks beside the alliance signs for itself, or for somebody whom we do not know.
        (["nato", "UA"], ["EE", "UA"], "2024-09-18", []),
        (["nato", "an-official"], ["UA"], "2024-09-18", []),
        (["nato", "eu"], ["AT", "TR"], "2024-09-18", []),
        (["nato", "eu"], ["AT", "CH"], "2024-09-18", STRANGER),
        # Whom nobody knows to be a state is not looked at, nor who speaks for no alliance.
        (["nato"], ["an-official"], "2024-09-18", []),
        (["EE"], ["UA"], "2024-09-18", []),
    ],
)
def test_who_signs_belongs_to_the_alliance(
    speakers: list[str], signatories: list[str], made: str, expected: list[str]
) -> None:
    assert codes(speakers=speakers, signatories=signatories, made=made) == expected


def test_a_spokesperson_speaks_for_the_alliance_alone() -> None:
    (notice,) = statement(
        speakers=["an-official"],
        on_behalf_of=["weimar-triangle"],
        signatories=["DE", "SE", "FR", "FI"],
    )
    assert notice.pointer == "/signatories/1"
    assert notice.context == {
        "alliances": ["weimar-triangle"],
        "made": "2024-09-18",
        "not_members": ["SE", "FI"],
        "members_not_signing": ["PL"],
    }
    assert codes(speakers=["nato"], on_behalf_of=["an-official"], signatories=["UA"]) == []


@pytest.mark.parametrize(
    ("signatories", "strangers"),
    [
        (["EE", "UA"], "UA was not a member"),
        (["UA", "MD"], "UA and 1 other were not members"),
        (["UA", "MD", "EE", "GE"], "UA and 2 others were not members"),
    ],
)
def test_strangers_are_counted(signatories: list[str], strangers: str) -> None:
    (notice,) = statement(speakers=["nato"], signatories=signatories)
    made = 'when the statement was made ("2024-09-18")'
    assert notice.message == f"{strangers} of nato {made}"


def test_who_did_not_sign_is_not_told_of_a_day_that_is_marked() -> None:
    (notice,) = statement(speakers=["nato"], signatories=["UA"], made="2024-09-18?")
    assert notice.context["members_not_signing"] == []


# Acts.


@pytest.mark.parametrize(
    ("act", "expected"),
    [
        ({"act": "commit", "condition": "if x"}, ["condition_without_conditional"]),
        ({"act": "commit", "condition": "if x", "modality": "conditional"}, []),
        ({"act": "commit", "condition": "if x", "modality": "hypothetical"}, []),
        ({"act": "commit", "modality": "conditional"}, ["conditional_without_condition"]),
        ({"act": "commit", "modality": "hypothetical"}, []),
        ({"act": "commit", "modality": "actual"}, []),
        ({"act": "offer", "force": "invite"}, ["force_without_request"]),
        ({"act": "request", "force": "urge", "addressed_to": ["nato"]}, []),
        ({"act": "request", "addressed_as": "neighbours"}, []),
        ({"act": "request"}, ["request_to_nobody"]),
        ({"act": "announce"}, []),
    ],
)
def test_acts(act: dict[str, Any], expected: list[str]) -> None:
    assert codes(acts=[{"content": "x", **act}]) == expected


def test_a_modality_is_pointed_at_where_it_was_given() -> None:
    act = {"act": "commit", "content": "x", "condition": "if x"}
    (notice,) = statement(acts=[act])
    assert (notice.pointer, notice.suggestion) == ("/acts/0/condition", None)
    (notice,) = statement(acts=[{**act, "modality": "actual"}])
    assert (notice.pointer, notice.suggestion) == ("/acts/0/modality", "conditional")


# Subjects.

VAGUE = {"aspect": "intent", "value": "unintentional"}


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"acts": [{"act": "condemn", "content": "x"}]}, ["act_without_subject"]),
        ({"acts": [{"act": "condemn", "content": "x", "about": ["ee-1"]}]}, []),
        ({"acts": [{"act": "condemn", "content": "x"}], "about": ["ee-1"]}, []),
        ({"acts": [{"act": "announce", "content": "x"}, {"act": "commit", "content": "x"}]}, []),
        ({"claims": [VAGUE]}, ["claim_without_subject"]),
        ({"claims": [VAGUE], "about": ["ee-1"]}, []),
        ({"claims": [{**VAGUE, "about": ["ee-1"]}]}, []),
        # These say something without an event.
        ({"claims": [{**VAGUE, "time": {"value": "2024-09-07"}}]}, []),
        ({"claims": [{"aspect": "field", "fields": ["crossing"], "value": "EE"}]}, []),
        ({"claims": [{"aspect": "field", "fields": ["crossing"]}]}, ["claim_without_subject"]),
        (
            {"claims": [{"aspect": "field", "fields": ["totals.crossings"]}]},
            ["claim_without_subject"],
        ),
        (
            {"claims": [{"aspect": "field", "fields": ["over"], "value": "land"}]},
            ["claim_without_subject"],
        ),
        (
            {
                "claims": [
                    {"aspect": "field", "fields": ["totals.crossings"], "value": {"best": 19}}
                ]
            },
            [],
        ),
        ({"claims": [{"aspect": "legality_of_engagement", "value": "not_permitted"}]}, []),
    ],
)
def test_what_is_said_is_said_of_something(fields: dict[str, Any], expected: list[str]) -> None:
    assert codes(**fields) == expected


def test_what_says_nothing_of_anything_is_told_once() -> None:
    (notice,) = statement(claims=[{**VAGUE, "about": ["ee-1"]}, VAGUE, VAGUE])
    assert (notice.pointer, notice.context) == ("/claims/1", {"claims": [1, 2]})
    (notice,) = statement(claims=[{"aspect": "field", "fields": ["crossing"]}, VAGUE])
    assert notice.message == 'the claim about "crossing" has no subject: name it in `about`'
    condemned, accused = ({"act": act, "content": "x"} for act in ("condemn", "accuse"))
    (notice,) = statement(acts=[condemned, accused])
    assert notice.message == "the act condemn has no subject: name it in `about`"
    assert (notice.pointer, notice.context) == ("/acts/0", {"acts": [0, 1]})


def test_a_source_says_of_what_it_speaks_in_each_claim() -> None:
    source = SOURCE.replace("a-report", "another")[:-1] + ',"claims":[%s]}'
    (notice,) = notices(source % json.dumps(VAGUE))
    assert (notice.code, notice.pointer) == ("claim_without_subject", "/claims/0")
    assert notices(source % json.dumps({**VAGUE, "about": ["ee-1"]})) == []
