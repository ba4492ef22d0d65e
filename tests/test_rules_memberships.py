"""Rules about memberships: who may invoke a treaty, and when nothing can be said of it."""

import json
from io import BytesIO
from typing import Any

import pytest

import airspace_events as ae
from airspace_events.validation.examples import HEADER, SOURCE
from airspace_events.validation.notices import Notice

OFFICIAL = '{"type":"official","id":"an-official","name":"Somebody made-up"}'
# Finland became a member on 4 April 2023.
BEFORE, AFTER = "2022-09-07", "2023-09-07"
INVOKED = {
    "kind": "consultation",
    "by": ["FI"],
    "addressed_to": ["nato"],
    "article": "Article 4 of the North Atlantic Treaty",
}


def notices(*responses: dict[str, Any], time: str = BEFORE, **record: Any) -> list[Notice]:
    incursion = {"type": "incursion", "id": "an-event", "state": "FI", "over": "land", **record}
    fields = {"time": {"value": time}, "responses": responses, "sources": [{"source": "a-report"}]}
    lines = [HEADER, SOURCE, OFFICIAL, json.dumps(incursion | fields)]
    report = ae.validate(BytesIO("\n".join(lines).encode()))
    assert not [notice for notice in report.notices if notice.severity == "error"]
    return [notice for notice in report.notices if notice.code == "membership_not_in_force"]


def pointers(*responses: dict[str, Any], time: str = BEFORE) -> list[str]:
    return [notice.pointer for notice in notices(*responses, time=time)]


def test_only_a_member_invokes_a_treaty() -> None:
    [notice] = notices(INVOKED)
    assert notice.pointer == "/responses/0/by/0"
    assert notice.context == {"alliance": "nato", "state": "FI"}
    assert notices(INVOKED, time=AFTER) == []


def test_a_series_is_looked_at_as_an_incursion_is() -> None:
    series: dict[str, Any] = {"type": "series", "kind": "repeated_incursions", "title": "A series"}
    line = {"id": "a-series", **series, "responses": [INVOKED]}
    for time, expected in (({"value": BEFORE}, ["membership_not_in_force"]), (None, [])):
        record = {**line, "time": time, "sources": [{"source": "a-report"}]}
        report = ae.validate(BytesIO("\n".join([HEADER, SOURCE, json.dumps(record)]).encode()))
        assert [notice.code for notice in report.notices] == expected


@pytest.mark.parametrize(
    "response",
    [
        # Anybody may ask for talks, or answer in another way.
        {**INVOKED, "article": None},
        {**INVOKED, "kind": "airport_closure"},
        {**INVOKED, "kind": "diplomatic_protest"},
        {**INVOKED, "addressed_to": ["LV"]},
        {**INVOKED, "addressed_to": []},
        {**INVOKED, "by": ["an-official"]},
        {**INVOKED, "by": ["EE"]},
    ],
)
def test_other_responses_need_no_membership(response: dict[str, Any]) -> None:
    given = {name: value for name, value in response.items() if value is not None}
    assert pointers(given) == []


def test_each_response_and_each_state_is_looked_at() -> None:
    closure = {"kind": "airport_closure", "by": ["FI"]}
    assert pointers(closure, INVOKED) == ["/responses/1/by/0"]
    assert pointers({**INVOKED, "by": ["EE", "an-official", "FI"]}) == ["/responses/0/by/2"]


def test_a_response_with_its_own_time_is_read_at_that_time() -> None:
    assert pointers({**INVOKED, "time": {"value": AFTER}}) == []
    assert pointers({**INVOKED, "time": {"value": BEFORE}}, time=AFTER) == ["/responses/0/by/0"]


@pytest.mark.parametrize("time", ["2022-09-07?", "2022-09-07~", "../2022-09-07", "/2022-09-07"])
def test_of_a_time_that_is_not_certain_nothing_is_said(time: str) -> None:
    assert pointers(INVOKED, time=time) == []


@pytest.mark.parametrize(
    ("time", "found"),
    [
        ("2022-09-07/..", []),
        ("2022-09-07/2022-09-08?", []),
        ("2022-09-07?/2022-09-08", []),
        ("2022-09-07/2022-09-08", ["/responses/0/by/0"]),
        # A part of the time is enough.
        ("2023-04", []),
    ],
)
def test_of_a_span_all_of_it_must_be_certain(time: str, found: list[str]) -> None:
    assert pointers(INVOKED, time=time) == found
