"""Alliances: who belonged to what, on which day."""

import tomllib
from datetime import UTC, date, datetime, timedelta
from importlib import resources
from pathlib import Path

import pytest

import airspace_events as ae
from airspace_events.reference.tables import RESERVED_ALLIANCES

ELSEWHERE = tomllib.loads(
    (Path(__file__).parent / "data" / "members_elsewhere.toml").read_text("utf-8")
)

# Typed for this test, and not from the tables: the first day of each membership.
FIRST_DAYS = {
    "nato": {
        "1949-08-24": "BE CA DK FR GB IS IT LU NL NO PT US",
        "1952-02-18": "GR TR",
        "1955-05-06": "DE",
        "1982-05-30": "ES",
        "1999-03-12": "CZ HU PL",
        "2004-03-29": "BG EE LT LV RO SI SK",
        "2009-04-01": "AL HR",
        "2017-06-05": "ME",
        "2020-03-27": "MK",
        "2023-04-04": "FI",
        "2024-03-07": "SE",
    },
    "eu": {
        "1958-01-01": "BE DE FR IT LU NL",
        "1973-01-01": "DK GB IE",
        "1981-01-01": "GR",
        "1986-01-01": "ES PT",
        "1995-01-01": "AT FI SE",
        "2004-05-01": "CY CZ EE HU LT LV MT PL SI SK",
        "2007-01-01": "BG RO",
        "2013-07-01": "HR",
    },
    "council-of-europe": {
        "1949-05-05": "BE DK FR GB IE IT LU NL NO SE",
        "1956-04-16": "AT",
        "1961-05-24": "CY",
        "1963-05-06": "CH",
        "1965-04-29": "MT",
        "1976-09-22": "PT",
        "1977-11-24": "ES",
        "1978-11-23": "LI",
        "1988-11-16": "SM",
        "1989-05-05": "FI",
        "1990-11-06": "HU",
        "1991-11-26": "PL",
        "1992-05-07": "BG",
        "1993-05-14": "EE LT SI",
        "1993-06-30": "CZ SK",
        "1993-10-07": "RO",
        "1994-11-10": "AD",
        "1995-02-10": "LV",
        "1995-07-13": "AL MD",
        "1995-11-09": "MK UA",
        "1996-02-28": "RU",
        "1996-11-06": "HR",
        "1999-04-27": "GE",
        "2001-01-25": "AM AZ",
        "2002-04-24": "BA",
        "2003-04-03": "RS",
        "2004-10-05": "MC",
        "2007-05-11": "ME",
    },
    "osce": {
        "1973-07-03": "AT BE BG CA CH CY DE DK ES FI FR GB GR HU IE IS IT LI LU MC MT NL NO PL PT "
        "RO RU SE SM TR US VA",
        "1991-06-19": "AL",
        "1991-09-10": "EE LT LV",
        "1992-01-30": "AM AZ BY KG KZ MD TJ TM UA UZ",
        "1992-03-24": "GE HR SI",
        "1992-04-30": "BA",
        "1993-01-01": "CZ SK",
        "1995-10-12": "MK",
        "1996-04-25": "AD",
        "2000-11-10": "RS",
        "2006-06-22": "ME",
        "2012-11-21": "MN",
    },
    "bucharest-nine": {"2015-11-04": "BG CZ EE HU LT LV PL RO SK"},
    "visegrad": {"1991-02-15": "HU PL", "1993-01-01": "CZ SK"},
    "jef": {"2017-06-30": "FI SE"},
}
FACTS = [
    (alliance, state, day)
    for alliance, days in FIRST_DAYS.items()
    for day, states in days.items()
    for state in states.split()
]


@pytest.mark.parametrize(("alliance", "state", "day"), FACTS)
def test_a_membership_begins_on_its_day_and_not_before(
    alliance: str, state: str, day: str
) -> None:
    record = ae.alliances.get(alliance)
    before = date.fromisoformat(day) - timedelta(days=1)
    assert record.is_member(state, on=day) is True
    assert record.is_member(state, on=before) is False


def test_there_are_enough_dated_facts() -> None:
    assert len(FACTS) >= 150


@pytest.mark.parametrize("alliance", sorted(ELSEWHERE))
def test_the_members_on_a_day_agree_with_another_source(alliance: str) -> None:
    other = ELSEWHERE[alliance]
    expected = set(other["members"]) - set(other.get("wrong", [])) | set(other.get("missing", []))
    assert ae.alliances.get(alliance).members(on=other["on"]) == tuple(sorted(expected))


def test_every_alliance_is_compared_and_every_reserved_id_has_a_table() -> None:
    files = resources.files("airspace_events.reference").joinpath("data", "alliances").iterdir()
    tables = {file.name.removesuffix(".toml") for file in files}
    assert set(ELSEWHERE) == tables == RESERVED_ALLIANCES
    assert [alliance.id for alliance in ae.alliances] == sorted(tables)


@pytest.mark.parametrize(
    ("alliance", "state", "last_day"),
    [
        ("eu", "GB", "2020-01-31"),
        ("council-of-europe", "RU", "2022-03-15"),
        ("cis", "GE", "2009-08-17"),
    ],
)
def test_a_membership_holds_on_its_last_day_and_not_after(
    alliance: str, state: str, last_day: str
) -> None:
    record = ae.alliances.get(alliance)
    after = date.fromisoformat(last_day) + timedelta(days=1)
    assert record.is_member(state, on=last_day) is True
    assert record.is_member(state, on=after) is False


def test_a_state_that_left_and_came_back_has_two_memberships() -> None:
    greece = ae.alliances.get("council-of-europe").memberships_of("GR")
    assert [(one.end_is, one.status) for one in greece] == [
        ("known", "member"),
        ("open", "member"),
    ]


@pytest.mark.parametrize(
    "on",
    [
        "2020-01-31",
        date(2020, 1, 31),
        datetime(2020, 1, 31, 23, 59, tzinfo=UTC),
        "2020-01-31T23:59:00+01:00",
        ae.ReportedTime(value="2020-01-31", timezone="Europe/London"),
    ],
)
def test_a_day_may_be_given_in_any_form(on: object) -> None:
    assert ae.alliances.get("eu").is_member("GB", on=on) is True


def test_a_vague_time_tells_those_throughout_from_those_in_part() -> None:
    nato = ae.alliances.get("nato")
    assert "FI" not in nato.members(on="2023")
    assert nato.members_in_part(on="2023") == ("FI",)
    assert nato.is_member("FI", on="2023") is None
    assert set(nato.members(on="2023-04-04/..")) - set(nato.members(on="2023")) == {"FI"}


def test_a_vague_time_ends_with_its_last_day() -> None:
    # The United Kingdom left with the end of January.
    assert ae.alliances.get("eu").is_member("GB", on="2020-01") is True
    assert ae.alliances.get("eu").is_member("GB", on="2019/2020-01") is True
    assert ae.alliances.get("eu").is_member("GB", on="2020-02") is False


def test_the_other_statuses_are_asked_for_by_name() -> None:
    assert "UA" in ae.alliances.get("eu").members(on="2024-09-18", status="candidate")
    assert "UA" not in ae.alliances.get("eu").members(on="2024-09-18")


def test_who_joined_between_two_days_stands_in_order() -> None:
    joined = ae.alliances.get("nato").joined_between("2009", "2020")
    assert [(one.state, one.since) for one in joined] == [
        ("AL", "2009-04-01"),
        ("HR", "2009-04-01"),
        ("ME", "2017-06-05"),
        ("MK", "2020-03-27"),
    ]


def made_up_alliance(*memberships: dict[str, object]) -> ae.Alliance:
    return ae.Alliance(
        id="made-up", name="Made-up", kind="treaty_alliance", memberships=memberships
    )


def test_only_those_joined_who_became_what_is_asked_for_and_in_the_order_of_days() -> None:
    statuses = ("associate", "candidate", "member", "observer", "partner", "suspended")
    later = [
        {"state": "EE", "since": f"2010-0{month}-01", "status": status}
        for month, status in enumerate(statuses, start=1)
    ]
    first = {"state": "LV", "status": "member", "since": "2009-01-01"}
    made_up = made_up_alliance(*later, first)
    joined = made_up.joined_between("2009", "2010")
    assert [(one.state, one.since) for one in joined] == [
        ("LV", "2009-01-01"),
        ("EE", "2010-03-01"),
    ]
    [partner] = made_up.joined_between("2009", "2010", status="partner")
    assert partner.since == "2010-05-01"


def test_a_membership_that_is_sure_is_not_made_doubtful_by_one_that_is_not() -> None:
    sure = {"state": "LV", "status": "member", "since": "2004", "ongoing": True}
    doubtful = {"state": "LV", "status": "member"}
    for memberships in ((sure, doubtful), (doubtful, sure)):
        made_up = made_up_alliance(*memberships)
        assert made_up.is_member("LV", on="2010-06-01") is True
        assert made_up.members_in_part(on="2010-06-01") == ()


def test_what_a_state_belonged_to() -> None:
    found = ae.alliances.of("RO", on="2024-09-18")
    assert [one.id for one in found] == [
        "bucharest-nine",
        "council-of-europe",
        "eu",
        "nato",
        "osce",
    ]
    assert ae.alliances.of("RO", on="1948-01-01") == ()


@pytest.mark.parametrize(
    ("name", "alliance"),
    [
        ("NATO", "nato"),
        ("otan", "nato"),
        ("North Atlantic Treaty Organization", "nato"),
        ("B9", "bucharest-nine"),
        ("bucharest nine", "bucharest-nine"),
        ("Council of Europe", "council-of-europe"),
        ("CoE", "council-of-europe"),
        ("NB-8", "nordic-baltic-eight"),
        ("Atlantic Alliance", "nato"),
        ("НАТО", "nato"),
        ("ЄС", "eu"),
        ("NB8", "nordic-baltic-eight"),
        ("V4", "visegrad"),
        ("Weimar Triangle", "weimar-triangle"),
        ("European Union", "eu"),
        ("Joint Expeditionary Force", "jef"),
    ],
)
def test_an_alliance_is_found_by_its_names(name: str, alliance: str) -> None:
    assert ae.alliances.resolve(name).id == alliance


@pytest.mark.parametrize(
    "name",
    [
        *("Baltic states", "the Baltics", "Schengen", "G7", "GCC", "AUKUS", "BRICS", "SCO"),
        *("UN", "U.N.", "Nordics", "E3", "Five Eyes", "Arab League", "African Union", "EAEU"),
    ],
)
def test_a_group_that_is_left_out_is_an_error_with_the_reason(name: str) -> None:
    with pytest.raises(ae.UnknownNameError, match="not built in: ") as caught:
        ae.alliances.resolve(name)
    assert caught.value.suggestions == ()


def test_an_unknown_alliance_is_an_error_with_what_is_near() -> None:
    with pytest.raises(ae.UnknownNameError, match="did you mean nato"):
        ae.alliances.get("natoo")
    with pytest.raises(ae.UnknownNameError):
        ae.alliances.resolve("the alliance")


@pytest.mark.parametrize("alliance", sorted(RESERVED_ALLIANCES))
def test_every_membership_has_a_day_an_event_and_a_source_that_is_there(alliance: str) -> None:
    record = ae.alliances.get(alliance)
    sources = {source.id for source in ae.alliances.sources(alliance)}
    rows = [(one.state, one.since) for one in record.memberships]
    assert rows == sorted(rows)
    assert {one.source for one in record.memberships} == sources
    for one in record.memberships:
        assert one.since
        assert date.fromisoformat(one.since)
        assert one.event
        assert one.end_is in ("open", "known")
        assert (one.end_is == "known") == (one.end_event is not None)


@pytest.mark.parametrize("alliance", sorted(RESERVED_ALLIANCES))
def test_no_state_has_the_same_status_twice_at_once(alliance: str) -> None:
    memberships = ae.alliances.get(alliance).memberships
    for one in memberships:
        for other in memberships:
            if one is not other and (one.state, one.status) == (other.state, other.status):
                assert (one.last_day or "9999") < other.since or other.last_day < one.since


def test_a_time_that_is_none_is_refused() -> None:
    with pytest.raises(ae.TimeExpressionError, match='did you mean "2024-09-08"'):
        ae.alliances.get("nato").members(on="2024-9-8")


@pytest.mark.parametrize("state", ["Estonia", "EST", "ee", "XX", ""])
def test_what_is_no_code_never_passes_for_a_state_that_is_no_member(state: str) -> None:
    nato = ae.alliances.get("nato")
    for ask in (
        lambda: nato.is_member(state, on="2025-09-19"),
        lambda: nato.memberships_of(state),
        lambda: ae.alliances.of(state, on="2025-09-19"),
    ):
        with pytest.raises(ae.UnknownNameError, match="alpha-2"):
            ask()
