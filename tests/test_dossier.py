"""The dossier: what it finds, what it takes for the present, and what it was at another time."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Callable, Iterable, Iterator
from dataclasses import is_dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise, permutations
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import airspace_events as ae
from airspace_events.testing import strategies as aes
from airspace_events.viewed import Answer
from one_incursion import incursion

NOON = "2024-09-10T12:00:00Z"
#: Whole feeds take long to make.
_FEEDS = 20


def source(name: str = "unn-lv", **fields: Any) -> ae.Source:
    given_fields = {"kind": "news_report", "publisher": "made up", "language": "en"}
    return ae.Source(id=name, **given_fields | fields)


def statement(name: str = "said", **fields: Any) -> ae.Statement:
    given_fields: dict[str, Any] = {"speakers": ["LV"], "made": {"value": "2024-09-09"}}
    return ae.Statement(id=name, **given_fields | fields)


def ids(records: Iterable[Any]) -> list[str]:
    return [record.id for record in records]


# What is there.


def test_the_last_revision_counts_in_whatever_order_they_come() -> None:
    first, second, third = (incursion(revision=number, title=f"v{number}") for number in (1, 2, 3))
    for order in permutations([first, second, third]):
        dossier = ae.Dossier(order)
        assert dossier.resolve("lv-2024-09-07") == third
        assert dossier.revisions("lv-2024-09-07") == (first, second, third)
        assert dossier.records == (third,)


def test_what_was_taken_back_is_found_and_counts_for_nothing() -> None:
    taken_back = incursion(retracted={"at": NOON, "reason": "made up"})
    dossier = ae.Dossier([taken_back, statement(retracted={"at": NOON, "reason": "made up"})])
    assert len(dossier) == 0
    assert dossier.resolve("lv-2024-09-07") == taken_back
    assert dossier.incursions().certainly == ()
    assert dossier.timeline() == ()


def test_what_was_merged_counts_as_what_it_was_merged_into() -> None:
    merged, middle = incursion(id="a"), incursion(id="b", replaces=["a"])
    kept = incursion(id="c", replaces=["b", "never-kept"])
    said = statement(
        about=["a"],
        claims=[{"aspect": "field", "fields": ["occurrence"], "about": ["never-kept"]}],
    )
    dossier = ae.Dossier([merged, middle, kept, said])
    assert ids(dossier) == ["c", "said"]
    for name in ("a", "b", "c", "never-kept"):
        assert dossier.resolve(name) == kept
        assert dossier.statements_about(name) == (said,)
        assert [one.claim.aspect for one in dossier.claims_about(name)] == ["field"]
    assert dossier.revisions("a") == (merged,)


def test_records_that_are_merged_into_each_other_end_somewhere() -> None:
    records = [incursion(id=name, replaces=[other]) for name, other in ("ab", "bc", "ca")]
    dossier = ae.Dossier([*records, incursion(id="d", replaces=["d"])])
    assert len(dossier) == 2
    assert {dossier.resolve(name).id for name in "abc"} <= {"a", "b", "c"}
    assert len({dossier.resolve(name).id for name in "abc"}) == 1


def test_a_long_chain_of_mergers_takes_no_long_time() -> None:
    records = [incursion(id="i-0")]
    records += [incursion(id=f"i-{n}", replaces=[f"i-{n - 1}"]) for n in range(1, 20_000)]
    dossier = ae.Dossier(records)
    assert ids(dossier) == ["i-19999"]
    assert dossier.resolve("i-0").id == "i-19999"


def test_a_reference_names_a_record_a_state_or_an_alliance() -> None:
    dossier = ae.Dossier([incursion(), source()])
    assert dossier.resolve("RO") == ae.states.get("RO")
    assert dossier.resolve("nato") == ae.alliances.get("nato")
    own = ae.State(id="romania", alpha_2="RO", name="Romania, as this desk has it")
    assert ae.Dossier([own]).resolve("RO") == own


@pytest.mark.parametrize(
    ("ref", "said"),
    [
        ("lv-2024-09-08", "no record has this id; did you mean lv-2024-09-07?"),
        ("UK", "a state code must be an ISO 3166-1 alpha-2 code"),
        ("", "no record has this id"),
        ("x" * 100_000, "no record has this id"),
        ("lv-2024-09-07#drone", "use resolve_object"),
    ],
)
def test_a_reference_that_names_nothing_says_so(ref: str, said: str) -> None:
    with pytest.raises(ae.UnknownNameError) as caught:
        ae.Dossier([incursion()]).resolve(ref)
    assert said in str(caught.value)


def test_an_object_is_named_by_its_incursion_and_its_id() -> None:
    flown = [{"category": "balloon"}, {"category": "missile", "id": "it"}]
    dossier = ae.Dossier([incursion(objects=flown), source()])
    assert dossier.resolve_object("lv-2024-09-07#it").category == "missile"
    for ref in ("lv-2024-09-07#", "lv-2024-09-07#that", "unn-lv#it", "lv-2024-09-07"):
        with pytest.raises(ae.UnknownNameError, match="no object with this id"):
            dossier.resolve_object(ref)
    with pytest.raises(ae.UnknownNameError, match="no record has this id"):
        dossier.resolve_object("nobody#it")


def test_two_records_that_say_to_be_the_same_revision_are_refused() -> None:
    same = incursion()
    assert len(ae.Dossier([same, same.replace()])) == 1
    with pytest.raises(ae.DuplicateRecordError) as caught:
        ae.Dossier([same, source(), same.replace(title="another")])
    assert (caught.value.record, caught.value.revision) == ("lv-2024-09-07", 1)


def test_of_one_id_no_two_types_are_the_same_revision() -> None:
    with pytest.raises(ae.DuplicateRecordError):
        ae.Dossier([source("a"), statement("a")])


def test_a_feed_is_taken_as_its_records() -> None:
    assert ids(ae.Dossier(ae.Feed.of([incursion(), source()]))) == ["lv-2024-09-07", "unn-lv"]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("feed.jsonl", "not a str; to read a file, use Dossier.read"),
        (b"{}", "not a bytes; to read a file, use Dossier.read"),
        (Path("feed.jsonl"), "to read a file, use Dossier.read"),
        (None, "not a NoneType"),
        (source(), "not a tuple"),
        ([{"type": "source"}], "not a dict"),
    ],
)
def test_what_holds_no_records_is_refused(given: Any, said: str) -> None:
    with pytest.raises(TypeError, match="a dossier takes records") as caught:
        ae.Dossier(given)
    assert said in str(caught.value)


def test_an_empty_dossier_answers() -> None:
    dossier = ae.Dossier([])
    assert repr(dossier) == "<Dossier: 0 records, including 0 incursions>"
    assert dossier.timeline() == dossier.responses() == dossier.incursions().possibly == ()
    assert dossier.summary().by_kind == {}
    assert dossier.as_known_at(NOON).records == ()


# Who says what.


def test_a_statement_is_about_what_it_its_claims_and_its_acts_name() -> None:
    told = [
        statement("whole", about=["lv-2024-09-07"]),
        statement(
            "claim",
            claims=[{"aspect": "field", "fields": ["occurrence"], "about": ["lv-2024-09-07"]}],
        ),
        statement(
            "act", acts=[{"act": "condemn", "content": "made up", "about": ["lv-2024-09-07"]}]
        ),
        statement("none", about=["RO"]),
    ]
    dossier = ae.Dossier([incursion(), *told])
    assert ids(dossier.statements_about("lv-2024-09-07")) == ["whole", "claim", "act"]
    assert ids(dossier.statements_about(incursion())) == ["whole", "claim", "act"]
    assert ids(dossier.statements_about("RO")) == ["none"]


def test_a_claim_is_about_what_it_names_before_what_its_statement_is_about() -> None:
    said = statement(
        about=["a", "b"],
        claims=[
            {"aspect": "field", "fields": ["occurrence"]},
            {"aspect": "cause", "value": "jamming", "about": ["c"]},
        ],
    )
    voiced = source(claims=[{"aspect": "intent", "value": "reckless", "about": ["a"]}])
    dossier = ae.Dossier([said, voiced])
    assert [one.claim.aspect for one in dossier.claims_about("a")] == ["field", "intent"]
    assert [one.claim.aspect for one in dossier.claims_about("c")] == ["cause"]
    assert [one.about for one in dossier.claims_about("c")] == [("c",)]
    assert [one.pointer for one in dossier.claims_about("c")] == ["/claims/1"]
    assert [one.by for one in dossier.claims_about("a", aspect="intent")] == [("unn-lv",)]


def test_what_nobody_speaks_of_and_nothing_records_is_an_error() -> None:
    dossier = ae.Dossier([incursion(), statement(about=["elsewhere"])])
    assert dossier.claims_about("lv-2024-09-07") == ()
    assert ids(dossier.statements_about("elsewhere")) == ["said"]
    for ask in (dossier.statements_about, dossier.claims_about, dossier.positions):
        with pytest.raises(ae.UnknownNameError, match="no record has this id"):
            ask("lv-2024-09-70")
    with pytest.raises(
        ae.UnknownNameError, match=r'"intnt": not a claim aspect; did you mean intent'
    ):
        dossier.claims_about("lv-2024-09-07", aspect="intnt")  # type: ignore[arg-type]


def test_what_is_said_of_a_series_counts_if_it_is_asked_for() -> None:
    upper = ae.Series(id="war", kind="other", title="t", time={"value": "2022/.."})
    series = ae.Series(id="all", kind="other", title="t", time={"value": "2024"}, part_of="war")
    told = [statement("one", about=["all"]), statement("two", about=["war"])]
    dossier = ae.Dossier([incursion(part_of="all"), series, upper, *told])
    assert dossier.statements_about("lv-2024-09-07") == ()
    assert ids(dossier.statements_about("lv-2024-09-07", with_series=True)) == ["one", "two"]


def test_series_that_are_parts_of_each_other_do_not_go_on_for_ever() -> None:
    both = [
        ae.Series(id=name, kind="other", title="t", time={"value": "2024"}, part_of=other)
        for name, other in ("ab", "ba")
    ]
    dossier = ae.Dossier([*both, statement(about=["b"])])
    assert ids(dossier.statements_about("a", with_series=True)) == ["said"]


def test_a_claim_is_that_of_all_who_stand_behind_it() -> None:
    said = statement(
        speakers=["angel-tilvar", "RO"], on_behalf_of=["nato"], signatories=["RO", "LV"],
        about=["lv-2024-09-07"], claims=[{"aspect": "field", "fields": ["occurrence"]}],
    )  # fmt: skip
    (claim,) = ae.Dossier([said]).claims_about("lv-2024-09-07")
    assert claim.by == ("angel-tilvar", "RO", "nato", "LV")


def test_a_claim_was_held_as_of_when_it_or_its_count_says() -> None:
    made = {"value": "2024-09-09", "timezone": "Europe/Riga"}
    count = {"aspect": "field", "fields": ["totals.objects"]}
    said = statement(
        made=made,
        about=["a"],
        claims=[
            {"aspect": "field", "fields": ["occurrence"]},
            {"aspect": "field", "fields": ["occurrence"], "as_of": "2024-09-08"},
            count | {"value": {"best": 3, "as_of": "2024-09-07"}},
            count | {"value": {"best": 3, "as_of": "2024-09-07"}, "as_of": "2024-09-06"},
            count | {"value": {"best": 3}},
        ],
    )
    held = [one.held for one in ae.Dossier([said]).claims_about("a")]
    days = ["2024-09-09", "2024-09-08", "2024-09-07", "2024-09-06", "2024-09-09"]
    assert [time and time.value for time in held] == days
    assert {time and time.timezone for time in held} == {"Europe/Riga"}


def test_a_source_held_its_claims_when_it_was_published() -> None:
    claims = [{"aspect": "field", "fields": ["occurrence"], "about": ["a"]}]
    told = [source("x", claims=claims, published="2024-09-09"), source("y", claims=claims)]
    first, second = ae.Dossier(told).claims_about("a")
    assert first.held == ae.ReportedTime(value="2024-09-09")
    assert second.held is None


# Positions.


def _said_on(*days: str | None, **fields: Any) -> list[ae.Record]:
    """Sources that claim, each on its day, that so many flew."""
    return [
        statement(
            f"on-{number}",
            made={"value": day or "/2024-12"},
            about=["a"],
            claims=[{"aspect": "field", "fields": ["totals.objects"], "value": {"best": number}}],
            **fields,
        )
        for number, day in enumerate(days)
    ]


def _best(claims: Iterable[Any]) -> list[int]:
    return [one.claim.value.best for one in claims]


def test_the_latest_claim_is_the_position_in_whatever_order_they_come() -> None:
    for order in permutations(_said_on("2024-09-01", "2024-09-05", "2024-09-09")):
        (position,) = ae.Dossier(order).positions("a")
        assert _best(position.latest) == [2]
        assert _best(position.history) == [0, 1, 2]
        assert position.has_changed


def test_where_nobody_knows_which_claim_came_last_both_stand() -> None:
    (position,) = ae.Dossier(_said_on("2024-09-01", "2024-09", "2024-09-20")).positions("a")
    assert _best(position.latest) == [1, 2]
    (position,) = ae.Dossier(_said_on("2024-09-01", None)).positions("a")
    assert _best(position.latest) == [0, 1]
    (position,) = ae.Dossier(_said_on("2024-09-01", "2024-09-09?")).positions("a")
    assert _best(position.latest) == [0, 1]
    (position,) = ae.Dossier(_said_on("2024-09-01?", "2024-09-09")).positions("a")
    assert _best(position.latest) == [0, 1]


def test_a_position_that_was_repeated_has_not_changed() -> None:
    claim = {"aspect": "intent", "value": "reckless"}
    told = [
        statement(f"s{day}", made={"value": f"2024-09-0{day}"}, about=["a"], claims=[claim])
        for day in (1, 5)
    ]
    (position,) = ae.Dossier(told).positions("a")
    assert not position.has_changed
    denied = told[1].replace(claims=[claim | {"polarity": "denied"}])
    (position,) = ae.Dossier([told[0], denied]).positions("a")
    assert position.has_changed
    assert [one.claim.polarity for one in position.latest] == ["denied"]


def claim(*fields: str, **given_fields: Any) -> dict[str, Any]:
    return {"aspect": "field", "fields": fields, **given_fields}


def test_each_field_that_is_claimed_is_a_position_of_its_own() -> None:
    claims = [
        claim("totals.objects", value={"best": 3}),
        claim("totals.crossings", value={"best": 19}),
        claim("effects.house.cause", "effects.car.cause", polarity="denied"),
        {"aspect": "attribution", "value": "RU", "fields": ["objects.first"]},
        {"aspect": "attribution", "value": "BY", "fields": ["objects.second"]},
    ]
    dossier = ae.Dossier([statement(about=["a"], claims=claims)])
    assert [(one.aspect, one.field) for one in dossier.positions("a")] == [
        ("field", "totals.objects"),
        ("field", "totals.crossings"),
        ("field", "effects.house.cause"),
        ("field", "effects.car.cause"),
        ("attribution", "objects.first"),
        ("attribution", "objects.second"),
    ]


def test_each_item_that_is_said_to_be_in_a_list_is_a_position_of_its_own() -> None:
    claims = [
        claim("responses", value={"kind": "scramble"}),
        claim("responses", value={"kind": "interception"}, polarity="denied"),
        claim("entered_from", value="RU"),
        claim("entered_from", value="BY", polarity="denied"),
    ]
    positions = ae.Dossier([statement(about=["a"], claims=claims)]).positions("a")
    assert [one.field for one in positions] == ["responses", "responses", *["entered_from"] * 2]
    assert not any(one.has_changed for one in positions)


def test_a_claim_that_only_names_a_field_holds_what_stands_there() -> None:
    recorded = incursion(
        totals={"crossings": {"best": 19, "verbatim": "19 violations"}},
        objects=[{"id": "first", "count": {"roughly": 5}}],
    )
    names = ("totals.crossings", "objects.first.count", "objects.first", "crossing", "depth")
    said = statement(about=["lv-2024-09-07"], claims=[claim(*names)])
    positions = ae.Dossier([recorded, said]).positions("lv-2024-09-07")
    assert {one.field: one.latest[0].value for one in positions} == {
        "totals.crossings": ae.ReportedCount(best=19, verbatim="19 violations"),
        "objects.first.count": ae.ReportedCount(roughly=5),
        # An item and a proposition are held to be so, and have no value; nothing stands there.
        "objects.first": None,
        "crossing": None,
        "depth": None,
    }
    assert all(one.latest[0].claim.value is None for one in positions)


def test_counts_are_compared_without_their_words() -> None:
    def said(name: str, speaker: str, **count: Any) -> ae.Statement:
        claims = [claim("totals.crossings", value=count)]
        return statement(name, speakers=[speaker], about=["lv-2024-09-07"], claims=claims)

    told = [
        said("a", "LV", best=19),
        said("b", "EE", best=19, verbatim="nineteen"),
        said("c", "LT", roughly=19),
        said("d", "PL", verbatim="many"),
        said("e", "RO", verbatim="several"),
    ]
    found = ae.Dossier([incursion(), *told]).corroboration("lv-2024-09-07")
    assert [one.by for one in found.voices] == [("LV", "EE"), ("LT",), ("PL",), ("RO",)]
    assert found.affirmed_by("totals.crossings") == ("LV", "EE", "LT", "PL", "RO")


def test_two_of_them_are_not_all_of_them() -> None:
    told = [
        statement(
            "a", about=["lv-2024-09-07"], claims=[claim("effects.house", count={"best": 2})]
        ),
        statement("b", speakers=["EE"], about=["lv-2024-09-07"], claims=[claim("effects.house")]),
    ]
    found = ae.Dossier([incursion(), *told]).corroboration("lv-2024-09-07")
    assert [(one.by, one.count and one.count.best) for one in found.voices] == [
        (("LV",), 2),
        (("EE",), None),
    ]


def test_claims_are_found_by_the_field_that_they_name() -> None:
    claims = [claim("time", "over"), claim("time", polarity="denied")]
    dossier = ae.Dossier([statement(about=["a"], claims=claims)])
    assert [one.number for one in dossier.claims_about("a", field="time")] == [0, 1]
    assert [one.number for one in dossier.claims_about("a", field="over")] == [0]
    assert dossier.claims_about("a", field="depth") == ()
    with pytest.raises(ae.UnknownNameError, match="has several fields"):
        dossier.claims_about("a", field="totals")


def test_many_claims_of_one_actor_take_no_long_time() -> None:
    claims = [claim("totals.finds", value={"best": n}) for n in range(5_000)]
    (position,) = ae.Dossier([statement(about=["a"], claims=claims)]).positions("a")
    assert len(position.latest) == 5_000


# Corroboration.


def _cited(*sources: ae.Source, **fields: Any) -> ae.Dossier:
    citations = [{"source": one.id} for one in sources]
    return ae.Dossier([*sources, incursion(sources=citations, **fields)])


def _copy(name: str, *originals: str, how: str = "republished") -> ae.Source:
    return source(name, derived_from=[{"source": one, "how": how} for one in originals])


def test_copies_stand_with_their_original() -> None:
    for how in ("republished", "translated", "excerpted"):
        found = _cited(
            source("a"), _copy("b", "a", how=how), _copy("c", "b", how=how), source("d")
        ).corroboration("lv-2024-09-07")
        assert found.sources == (("a", "b", "c"), ("d",))
        assert found.independent_sources == 2


def test_copies_of_one_original_that_is_not_cited_are_one_source() -> None:
    dossier = ae.Dossier(
        [
            source("a"), _copy("b", "a"), _copy("c", "a"), _copy("d", "not-there"),
            incursion(sources=[{"source": name} for name in "bcd"]),
        ]
    )  # fmt: skip
    assert dossier.corroboration("lv-2024-09-07").sources == (("b", "c"), ("d",))


def test_one_that_cites_another_says_more_than_it() -> None:
    found = _cited(source("a"), _copy("b", "a", how="cites")).corroboration("lv-2024-09-07")
    assert found.sources == (("a",), ("b",))


def test_a_digest_of_several_sources_adds_none() -> None:
    digest = _copy("digest", "a", "b")
    found = _cited(digest, source("a"), source("b")).corroboration("lv-2024-09-07")
    assert found.sources == (("digest", "a"), ("b",))
    assert _cited(digest).corroboration("lv-2024-09-07").sources == (("digest",),)


def test_sources_that_are_copies_of_each_other_are_one() -> None:
    found = _cited(_copy("a", "b"), _copy("b", "a")).corroboration("lv-2024-09-07")
    assert found.sources == (("a", "b"),)


def test_a_source_that_was_merged_into_another_is_no_second_one() -> None:
    cited = incursion(sources=[{"source": "a"}, {"source": "b"}])
    dossier = ae.Dossier([cited, source("a"), source("b", replaces=["a"])])
    assert dossier.corroboration(cited).sources == (("b",),)


def test_a_source_that_was_taken_back_bears_nothing_out() -> None:
    taken_back = source("b", retracted={"at": NOON, "reason": "made up"})
    assert _cited(source("a"), taken_back).corroboration("lv-2024-09-07").sources == (("a",),)


def test_sources_can_be_asked_for_a_field() -> None:
    citations = [
        {"source": "all"},
        {"source": "time", "supports": ["time"]},
        {"source": "crossings", "supports": ["totals.crossings"]},
        {"source": "totals", "supports": ["totals"]},
    ]
    totals = {"crossings": {"best": 3}}
    dossier = ae.Dossier([incursion(totals=totals, sources=citations)])
    asked = {
        "time": ["all", "time"],
        "totals": ["all", "crossings", "totals"],
        "totals.crossings": ["all", "crossings", "totals"],
        "effects": ["all"],
        None: ["all", "time", "crossings", "totals"],
    }
    for field, expected in asked.items():
        found = dossier.corroboration("lv-2024-09-07", field=field)
        assert [group[0] for group in found.sources] == expected
    with pytest.raises(ae.UnknownNameError, match='has no "tot"'):
        dossier.corroboration("lv-2024-09-07", field="tot")


def test_a_field_of_one_record_alone_can_be_asked_for() -> None:
    cited = incursion(title="made up", sources=[{"source": "a", "supports": ["title"]}])
    found = ae.Dossier([cited]).corroboration("lv-2024-09-07", field="title")
    assert found.sources == (("a",),)


def test_a_source_of_coordinates_bears_out_no_event() -> None:
    place = {"id": "field", "geometry": {"type": "Point", "coordinates": [27, 56]}}
    gazetteer = {"source": "gazetteer", "supports": ["places.field.geometry"]}
    dossier = ae.Dossier([incursion(places=[place], sources=[{"source": "a"}, gazetteer])])
    assert dossier.corroboration("lv-2024-09-07").sources == (("a",),)
    found = dossier.corroboration("lv-2024-09-07", field="places.field.geometry")
    assert found.sources == (("a",), ("gazetteer",))


def _best_of(*grades: str) -> list[tuple[str | None, int | None]]:
    citations = [
        {"source": f"s{number}"}
        | ({"reliability": given[0]} if given[0] != "-" else {})
        | ({"credibility": int(given[1])} if given[1] != "-" else {})
        for number, given in enumerate(grades)
    ]
    found = ae.Dossier([incursion(sources=citations)]).corroboration("lv-2024-09-07")
    return [(one.reliability, one.credibility) for one in found.best]


def test_the_best_gradings_are_those_that_no_other_beats() -> None:
    assert _best_of("B2", "C3", "B3") == [("B", 2)]
    assert _best_of("A3", "B1", "C3") == [("A", 3), ("B", 1)]
    assert _best_of("--") == []


def test_what_cannot_be_judged_is_no_grade_between_others() -> None:
    assert _best_of("F6", "E5") == [("E", 5)]
    assert _best_of("F6") == [("F", 6)]
    assert _best_of("F1", "E1") == [("F", 1), ("E", 1)]
    assert _best_of("A6", "A2") == [("A", 6), ("A", 2)]
    assert _best_of("A-", "B-", "B2") == [("A", None), ("B", 2)]


def test_equal_gradings_name_all_their_sources() -> None:
    citations = [{"source": name, "reliability": "B", "credibility": 2} for name in "ab"]
    found = ae.Dossier([incursion(sources=citations)]).corroboration("lv-2024-09-07")
    assert [one.sources for one in found.best] == [("a", "b")]


def test_who_affirms_and_who_denies_stands_apart_by_topic() -> None:
    held = {"LV": "affirmed", "RU": "denied", "nato": "no_evidence", "EE": "affirmed"}
    told = [
        statement(
            f"s-{number}",
            speakers=[speaker],
            about=["lv-2024-09-07"],
            claims=[claim("occurrence", polarity=polarity)],
        )
        for number, (speaker, polarity) in enumerate(held.items())
    ]
    found = ae.Dossier([incursion(), *told]).corroboration("lv-2024-09-07")
    assert found.affirmed_by("occurrence") == ("LV", "EE")
    assert found.denied_by("occurrence") == ("RU",)
    assert found.denied_by("intent") == ()
    with pytest.raises(ae.UnknownNameError, match="is not the name of a field"):
        found.affirmed_by("intnt")
    assert [(one.polarity, one.by) for one in found.voices] == [
        ("affirmed", ("LV", "EE")), ("denied", ("RU",)), ("no_evidence", ("nato",)),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("given", "affirmed", "denied"),
    [
        # The item itself, a value of it, or the item with its id as the value of its list.
        ({"fields": ["objects.jets"]}, True, False),
        ({"fields": ["objects.jets.nationality"], "value": "RU"}, True, False),
        ({"fields": ["objects.jets.count"], "value": {"best": 2}}, True, False),
        ({"fields": ["objects"], "value": {"id": "jets", "category": "missile"}}, True, False),
        ({"fields": ["objects.jets.fates"], "value": {"fate": "crashed"}}, True, False),
        # No item at all, another one, or none of its name.
        ({"fields": ["objects.jets.count"], "value": {"best": 0}}, False, False),
        ({"fields": ["objects.jets-2.count"], "value": {"best": 2}}, False, False),
        ({"fields": ["objects"], "value": {"category": "missile"}}, False, False),
        # Who denies a value says nothing of the item.
        (
            {"fields": ["objects.jets.nationality"], "value": "RU", "polarity": "denied"},
            False,
            False,
        ),
        ({"fields": ["objects"], "value": {"id": "jets"}, "polarity": "denied"}, False, True),
        ({"fields": ["objects.jets"], "polarity": "suspected"}, False, False),
    ],
)
def test_a_claimed_value_names_the_item_that_it_is_about(
    given: dict[str, Any], *, affirmed: bool, denied: bool
) -> None:
    told = statement(
        "s", speakers=["LV"], about=["lv-2024-09-07"], claims=[{"aspect": "field", **given}]
    )
    found = ae.Dossier([incursion(), told]).corroboration("lv-2024-09-07")
    assert found.affirmed_by("objects.jets") == (("LV",) if affirmed else ())
    assert found.denied_by("objects.jets") == (("LV",) if denied else ())


# What happened.


def _found(dossier: ae.Dossier, **asked: Any) -> tuple[list[str], list[str]]:
    matches = dossier.incursions(**asked)
    return ids(matches.certainly), ids(matches.possibly)


def test_incursions_are_found_by_state_category_and_status() -> None:
    dossier = ae.Dossier(
        [
            incursion(id="a", objects=[{"category": "balloon"}, {"category": "missile"}]),
            incursion(id="b", state="RO", crossing="disputed"),
            incursion(id="c", occurrence="confirmed", crossing="confirmed"),
            incursion(id="d", occurrence="confirmed", crossing="reported"),
        ]
    )
    assert _found(dossier) == (["a", "b", "c", "d"], [])
    assert _found(dossier, state="RO") == (["b"], [])
    assert _found(dossier, state="EE") == ([], [])
    assert _found(dossier, category="missile") == (["a"], [])
    assert _found(dossier, status="disputed") == (["b"], [])
    assert _found(dossier, status="confirmed") == (["c"], [])
    assert _found(dossier, status="reported") == (["a", "d"], [])
    assert _found(dossier, status="reported", state="LV", category="balloon") == (["a"], [])


def test_incursions_are_found_by_kind_and_by_their_status_as_that_kind() -> None:
    zones = [{"type": "ADIZ", "entry": "confirmed"}, {"type": "ADIZ", "entry": "disputed"}]
    dossier = ae.Dossier(
        [
            incursion(id="a", zones=zones, crossing="discounted"),
            incursion(id="b", zones=zones[1:], crossing="reported"),
            incursion(id="c", crossing=None, over="land"),
            incursion(id="d", crossing=None),
        ]
    )
    assert _found(dossier, kind="crossing") == (["b"], [])
    assert _found(dossier, kind="adiz_entry") == (["a", "b"], [])
    assert _found(dossier, kind="adiz_entry", status="confirmed") == (["a"], [])
    assert _found(dossier, kind="crossing", status="reported") == (["b"], [])
    assert _found(dossier, status="disputed") == (["b"], [])
    assert _found(dossier, kind="sighting") == (["c"], [])
    assert _found(dossier, kind="sighting", status="reported") == ([], [])


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"kind": "sightings"}, "did you mean sighting?"),
        ({"state": "Latvia"}, '"Latvia": a state code must be an ISO 3166-1'),
        ({"category": "drone"}, '"drone": not an object category'),
        ({"status": "confirmd"}, "did you mean confirmed?"),
        ({"between": ("2024-9-7", None)}, '"2024-9-7"'),
        ({"between": ("2024-09-08", "2024-09-07")}, "2024-09-08/2024-09-07"),
        ({"between": (datetime(2024, 9, 7), None)}, "2024-09-07T00:00:00"),  # noqa: DTZ001
    ],
)
def test_a_question_that_no_record_can_answer_is_an_error(
    asked: dict[str, Any], said: str
) -> None:
    with pytest.raises((ae.UnknownNameError, ae.TimeExpressionError)) as caught:
        ae.Dossier([incursion()]).incursions(**asked)
    assert said in str(caught.value)


@pytest.mark.parametrize(
    ("time", "answer"),
    [
        ({"value": "2024-09-07"}, "certainly"),
        ({"value": "2024-09-07", "timezone": "Europe/Riga"}, "certainly"),
        ({"value": "2024-09-07", "timezone": "Pacific/Kiritimati"}, "certainly"),
        ({"value": "2024-09-07/2024-09-08"}, "certainly"),
        ({"value": "2024-09-06/2024-09-07"}, "possibly"),
        ({"value": "2024-09"}, "possibly"),
        ({"value": "2024-09-07?"}, "possibly"),
        ({"value": "/2024-09-07"}, "possibly"),
        ({"value": "2024-09-08/.."}, "possibly"),
        ({"value": "2024-09-06"}, "not"),
        ({"value": "2024-09-09/.."}, "not"),
        ({"value": "2024-09-06T23:30:00Z", "timezone": "Europe/Riga"}, "certainly"),
        ({"value": "2024-09-06T23:30:00Z", "timezone": "UTC"}, "not"),
        ({"value": "2024-09-06T23:30:00Z"}, "possibly"),
        ({"value": "2024-09-07T12:00:00Z"}, "certainly"),
        ({"value": "[2024-09-07,2024-09-08]"}, "certainly"),
        ({"value": "[2024-09-07,2024-10-08]"}, "possibly"),
        ({"value": "[2024-09-01,2024-10-08]"}, "not"),
    ],
)
def test_a_time_lies_within_certainly_possibly_or_not(time: dict[str, str], answer: str) -> None:
    dossier = ae.Dossier([incursion(id="a", time=time)])
    certainly, possibly = _found(dossier, between=("2024-09-07", "2024-09-08"))
    assert certainly == ["a"] * (answer == "certainly")
    assert possibly == ["a"] * (answer == "possibly")


def test_the_bounds_of_a_question_may_be_dates_months_instants_or_open() -> None:
    dossier = ae.Dossier([incursion(id="a"), incursion(id="b", time={"value": "2024-10-01"})])
    day = datetime(2024, 9, 7, tzinfo=UTC)
    assert _found(dossier, between=("2024-09", "2024-09")) == (["a"], [])
    assert _found(dossier, between=(day.date(), day.date())) == (["a"], [])
    assert _found(dossier, between=(None, "2024")) == (["a", "b"], [])
    assert _found(dossier, between=("2024-10", None)) == (["b"], [])
    assert _found(dossier, between=(day - timedelta(days=9), day + timedelta(days=9))) == (
        ["a"],
        [],
    )
    assert _found(dossier, between=(day, None)) == (["b"], ["a"])


@given(
    st.lists(aes.reported_times(), min_size=1, max_size=30),
    st.dates(date(1950, 1, 1), date(2150, 1, 1)),
    st.integers(0, 40_000),
)
def test_the_index_finds_what_looking_at_each_would_find(
    times: list[ae.ReportedTime], first: date, days: int
) -> None:
    last = min(first + timedelta(days=days), date(2199, 1, 1))
    incursions = [incursion(id=f"i-{n}", time=time) for n, time in enumerate(times)]
    one_by_one = [_found(ae.Dossier([one]), between=(first, last)) for one in incursions]
    found = _found(ae.Dossier(incursions), between=(first, last))
    assert found[0] == [name for certainly, _ in one_by_one for name in certainly]
    assert found[1] == [name for _, possibly in one_by_one for name in possibly]


def test_responses_are_found_by_actor_and_kind() -> None:
    responses = [{"kind": "scramble", "by": ["RO", "DE"]}, {"kind": "not_engaged", "by": ["RO"]}]
    series = ae.Series(
        id="s", kind="other", title="t", time={"value": "2024"},
        responses=[{"kind": "border_closure", "by": ["LT"]}, {"kind": "scramble"}],
    )  # fmt: skip
    dossier = ae.Dossier([incursion(responses=responses), series])
    said = [(one.record.id, one.pointer) for one in dossier.responses()]
    assert said[:2] == [("lv-2024-09-07", "/responses/0"), ("lv-2024-09-07", "/responses/1")]
    assert said[2:] == [("s", "/responses/0"), ("s", "/responses/1")]
    assert [one.response.kind for one in dossier.responses("RO")] == ["scramble", "not_engaged"]
    assert [one.record.id for one in dossier.responses(kind="scramble")] == ["lv-2024-09-07", "s"]
    assert [one.number for one in dossier.responses("RO", kind="not_engaged")] == [1]
    assert dossier.responses("FR") == ()
    with pytest.raises(ae.UnknownNameError, match="not a response kind"):
        dossier.responses(kind="scrambled")  # type: ignore[arg-type]


# The timeline.


def test_the_timeline_has_everything_that_has_a_time() -> None:
    time = {"value": "2024-09-07"}
    records = [
        source(published="2024-09-08"),
        incursion(
            effects=[{"kind": "injury", "time": time}, {"kind": "death"}],
            responses=[{"kind": "scramble"}, {"kind": "monitoring", "time": time}],
            objects=[{"category": "missile", "fates": [{"fate": "exited", "time": time}]}],
        ),
        ae.Series(id="s", kind="other", title="t", time={"value": "2024"}),
        ae.Finding(id="f", found={"value": "2024-09-30"}, place={"state": "LV"}),
        statement(),
    ]
    dossier = ae.Dossier(records)
    places = [(entry.record.id, entry.pointer) for entry in dossier.timeline()]
    assert places == [
        ("s", ""), ("lv-2024-09-07", "/effects/0"), ("lv-2024-09-07", "/objects/0/fates/0"),
        ("lv-2024-09-07", "/responses/1"), ("lv-2024-09-07", ""), ("said", ""), ("f", ""),
    ]  # fmt: skip
    assert "unn-lv" in [entry.record.id for entry in dossier.timeline(sources=True)]


def test_an_entry_follows_only_what_was_certainly_over() -> None:
    days = ["2024-09-01", "2024-09-04", "2024-09-04/2024-09-09", "2024-09-20?", "2024-10"]
    dossier = ae.Dossier(
        [statement(f"s{number}", made={"value": day}) for number, day in enumerate(days)]
    )
    assert [entry.follows for entry in dossier.timeline()] == [False, True, False, False, False]


@given(st.lists(aes.reported_times(), max_size=8))
def test_what_was_certainly_before_stands_before(times: list[ae.ReportedTime]) -> None:
    dossier = ae.Dossier([statement(f"s{n}", made=time) for n, time in enumerate(times)])
    entries = dossier.timeline()
    assert len(entries) == len(times)
    for number, entry in enumerate(entries):
        for later in entries[number + 1 :]:
            assert later.time.certainly_before(entry.time) is not True
    for before, entry in pairwise(entries):
        assert entry.follows is (before.time.certainly_before(entry.time) is True)


# What was known then.


def _known(records: Iterable[ae.Record], instant: str, **asked: Any) -> list[tuple[str, int]]:
    return [(one.id, one.revision) for one in ae.Dossier(records).as_known_at(instant, **asked)]


def test_the_revision_of_that_time_counts() -> None:
    revisions = [
        incursion(revision=number, recorded_at=f"2024-09-{day}T12:00:00Z", note=f"{number}")
        for number, day in ((1, "08"), (2, "10"), (3, "12"))
    ]
    for order in permutations(revisions):
        assert _known(order, "2024-09-08T11:59:59Z") == []
        assert _known(order, "2024-09-08T12:00:00Z") == [("lv-2024-09-07", 1)]
        assert _known(order, "2024-09-11T00:00:00+02:00") == [("lv-2024-09-07", 2)]
        assert _known(order, "2024-09-13T00:00:00Z", undated="leave_out") == [("lv-2024-09-07", 3)]


def test_a_revision_without_a_date_lies_between_those_beside_it() -> None:
    first = incursion(recorded_at="2024-09-08T12:00:00Z")
    second = incursion(revision=2, title="mended")
    third = incursion(revision=3, recorded_at="2024-09-12T12:00:00Z")
    known = [first, second, third]
    assert _known(known, "2024-09-08T11:00:00Z") == []
    assert _known(known, "2024-09-09T12:00:00Z") == [("lv-2024-09-07", 2)]
    assert _known(known, "2024-09-09T12:00:00Z", undated="leave_out") == [("lv-2024-09-07", 1)]
    assert _known(known, "2024-09-12T12:00:00Z", undated="leave_out") == [("lv-2024-09-07", 3)]
    dossier = ae.Dossier(known)
    assert dossier.as_known_at("2024-09-09T12:00:00Z").undated == (second,)
    assert dossier.as_known_at("2024-09-12T12:00:00Z").undated == ()
    assert dossier.undated == ()


def test_a_later_revision_with_a_date_shows_that_the_ones_before_it_were_there() -> None:
    known = [incursion(), incursion(revision=2, recorded_at="2024-09-08T12:00:00Z")]
    assert _known(known, "2024-09-09T12:00:00Z", undated="leave_out") == [("lv-2024-09-07", 2)]
    assert _known(known, "2024-09-08T11:00:00Z") == [("lv-2024-09-07", 1)]
    assert _known(known, "2024-09-08T11:00:00Z", undated="leave_out") == []


def test_nothing_is_known_before_the_time_of_which_it_tells() -> None:
    records = [
        incursion(),
        statement(made={"value": "2024-09-09"}),
        source(published="2024-09-11"),
        ae.Finding(id="f", found={"value": "2024-09-13"}, place={"state": "LV"}),
        ae.Series(id="s", kind="other", title="t", time={"value": "2024-09-15/.."}),
        statement("perhaps-before", made={"value": "2024-09-17?"}),
        statement("before", made={"value": "/2024-09-17"}),
        ae.Official(id="o", name="made up"),
    ]
    always = {"perhaps-before", "before", "o"}
    seen = {
        day: {name for name, _ in _known(records, f"2024-09-{day}T12:00:00+14:00")} - always
        for day in ("05", "07", "09", "11", "13", "15")
    }
    assert [len(names) for names in seen.values()] == [0, 1, 2, 3, 4, 5]
    assert always <= {name for name, _ in _known(records, "2024-09-05T00:00:00Z")}
    assert _known(records, "2024-12-01T00:00:00Z", undated="leave_out") == []


def test_what_was_taken_back_later_stood_before() -> None:
    reason = {"at": "2024-09-10T12:00:00Z", "reason": "made up"}
    in_place = incursion(recorded_at="2024-09-08T12:00:00Z", retracted=reason)
    assert len(ae.Dossier([in_place])) == 0
    then = ae.Dossier([in_place]).as_known_at("2024-09-09T12:00:00Z")
    assert then.records == (in_place.replace(retracted=None),)
    assert _known([in_place], "2024-09-10T12:00:00Z") == []
    by_revision = [in_place.replace(retracted=None), incursion(revision=2, retracted=reason)]
    for undated in ("keep", "leave_out"):
        assert _known(by_revision, "2024-09-09T12:00:00Z", undated=undated) == [
            ("lv-2024-09-07", 1)
        ]
        assert _known(by_revision, "2024-09-10T12:00:00Z", undated=undated) == []


def test_what_was_taken_back_later_stood_before_whatever_supports_that() -> None:
    citations = [{"source": "a", "supports": ["retracted.reason"]}]
    reason = {"at": "2024-09-10T12:00:00Z", "reason": "made up"}
    taken_back = incursion(retracted=reason, sources=citations)
    assert _known([taken_back], "2024-09-09T12:00:00Z") == [("lv-2024-09-07", 1)]


def test_what_was_merged_later_stood_by_itself() -> None:
    kept = incursion(id="kept", recorded_at="2024-09-08T12:00:00Z")
    merged = incursion(id="merged", recorded_at="2024-09-08T12:00:00Z")
    merging = kept.replace(revision=2, recorded_at="2024-09-10T12:00:00Z", replaces=["merged"])
    records = [kept, merged, merging]
    assert _known(records, "2024-09-09T12:00:00Z") == [("kept", 1), ("merged", 1)]
    assert _known(records, "2024-09-10T12:00:00Z") == [("kept", 2)]


@pytest.mark.parametrize(
    "instant",
    ["2024-09-07", "2024-09-07T12:00:00", "", "x", datetime(2024, 9, 7)],  # noqa: DTZ001
)
def test_what_is_no_instant_is_refused(instant: Any) -> None:
    with pytest.raises(ae.TimeExpressionError):
        ae.Dossier([]).as_known_at(instant)


@pytest.mark.parametrize("day", ["2024-09-08", date(2024, 9, 8)])
def test_a_day_with_its_zone_means_the_end_of_that_day(day: date | str) -> None:
    riga = "Europe/Riga"
    last, later = "2024-09-08T20:59:59.999999Z", "2024-09-08T21:00:00Z"
    assert len(ae.Dossier([incursion(recorded_at=last)]).as_known_at(day, timezone=riga)) == 1
    assert len(ae.Dossier([incursion(recorded_at=later)]).as_known_at(day, timezone=riga)) == 0
    with pytest.raises(ae.TimeExpressionError, match='add one such as timezone="Europe/Warsaw"'):
        ae.Dossier([]).as_known_at(day)


@pytest.mark.parametrize(
    ("instant", "reason"),
    [
        ("2024-09-08T12:00:00Z", "leave out `timezone`"),
        (datetime(2024, 9, 8, tzinfo=UTC), "leave out `timezone`"),
        (datetime(2024, 9, 8), "needs an offset"),  # noqa: DTZ001
        ("2024-09", "write one day"),
        ("2024-09-08?", "write one day"),
        ("2024-09-XX", "write one day"),
    ],
)
def test_only_one_certain_day_takes_a_zone(instant: Any, reason: str) -> None:
    with pytest.raises(ae.TimeExpressionError, match=reason):
        ae.Dossier([]).as_known_at(instant, timezone="Europe/Riga")


def test_a_report_of_the_12th_with_its_zone_is_not_known_on_the_11th() -> None:
    warsaw = "Europe/Warsaw"
    without, within = source(published="2025-09-12"), source("b", published="2025-09-12")
    within = within.replace(timezone=warsaw)
    then = ae.Dossier([without, within]).as_known_at("2025-09-11", timezone=warsaw)
    # Without a zone, the 12th may have been the 12th of Auckland.
    assert ids(then) == ["unn-lv"]
    assert ids(ae.Dossier([within]).as_known_at("2025-09-12", timezone=warsaw)) == ["b"]


def test_the_zone_of_a_source_is_that_of_its_claims_and_of_the_timeline() -> None:
    claims = [
        {"aspect": "field", "fields": ["occurrence"], "about": ["lv-2024-09-07"]} | more
        for more in ({}, {"as_of": "2024-09-08"})
    ]
    told = source(published="2024-09-09", timezone="Europe/Riga", claims=claims)
    dossier = ae.Dossier([incursion(), told])
    times = [one.held for one in dossier.claims_about("lv-2024-09-07")]
    times.append(dossier.timeline(sources=True)[-1].time)
    assert [(time.value, time.timezone) for time in times if time] == [
        ("2024-09-09", "Europe/Riga"),
        ("2024-09-08", "Europe/Riga"),
        ("2024-09-09", "Europe/Riga"),
    ]


def test_an_instant_may_be_a_datetime() -> None:
    dossier = ae.Dossier([incursion(recorded_at="2024-09-08T12:00:00Z")])
    assert len(dossier.as_known_at(datetime(2024, 9, 8, 12, tzinfo=UTC))) == 1
    assert len(dossier.as_known_at(datetime(2024, 9, 8, 11, 59, tzinfo=UTC))) == 0


# Arguments of wrong types, and words that do not exist.

_EVENT = "lv-2024-09-07"
_ASKED: dict[str, Callable[[ae.Dossier, Any], object]] = {
    "statements_about": lambda asked, it: asked.statements_about(it),
    "claims_about": lambda asked, it: asked.claims_about(it),
    "positions": lambda asked, it: asked.positions(it),
    "corroboration": lambda asked, it: asked.corroboration(it),
    "resolve": lambda asked, it: asked.resolve(it),
    "resolve_object": lambda asked, it: asked.resolve_object(it),
    "revisions": lambda asked, it: asked.revisions(it),
    "as_known_at": lambda asked, it: asked.as_known_at(it),
    "undated": lambda asked, it: asked.as_known_at(NOON, undated=it),
    "affirmed_by": lambda asked, it: asked.corroboration(_EVENT).affirmed_by(it),
    "denied_by": lambda asked, it: asked.corroboration(_EVENT).denied_by(it),
}
_OPTIONS: dict[str, Callable[[ae.Dossier, Any], object]] = {
    "aspect": lambda asked, it: asked.claims_about(_EVENT, it),
    "field": lambda asked, it: asked.claims_about(_EVENT, field=it),
    "field of corroboration": lambda asked, it: asked.corroboration(_EVENT, field=it),
    "state": lambda asked, it: asked.incursions(state=it),
    "kind": lambda asked, it: asked.incursions(kind=it),
    "between": lambda asked, it: asked.incursions(between=it),
    "category": lambda asked, it: asked.incursions(category=it),
    "status": lambda asked, it: asked.incursions(status=it),
    "by": lambda asked, it: asked.responses(it),
    "kind of response": lambda asked, it: asked.responses(kind=it),
    "incursions": lambda asked, it: asked.summary(it),
    "groups": lambda asked, it: asked.summary(by=it),
    "count of a month": lambda asked, it: asked.states_by_months(count=it),
    "timezone": lambda asked, it: asked.as_known_at("2024-09-08", timezone=it),
}


def type_name(value: object) -> str:
    """Return the name of a type, since the repr of an object differs in each process."""
    return type(value).__name__


_WRONG = [3, b"x", object(), [None], {1: 2}, [source()]]


@pytest.mark.parametrize("given_value", [*_WRONG, None], ids=type_name)
@pytest.mark.parametrize("name", _ASKED)
def test_an_argument_of_a_wrong_type_is_named_in_a_sentence(name: str, given_value: Any) -> None:
    with pytest.raises(TypeError, match=f", not an? {type(given_value).__name__}$"):
        _ASKED[name](ae.Dossier([incursion()]), given_value)


@pytest.mark.parametrize("given_value", _WRONG, ids=type_name)
@pytest.mark.parametrize("name", _OPTIONS)
def test_an_option_of_a_wrong_type_is_named_in_a_sentence(name: str, given_value: Any) -> None:
    with pytest.raises(TypeError, match=", not "):
        _OPTIONS[name](ae.Dossier([incursion()]), given_value)


def test_a_bound_of_a_wrong_type_is_named_in_a_sentence() -> None:
    with pytest.raises(
        TypeError, match="a bound must be a date, a datetime, text or None, not an int"
    ):
        ae.Dossier([]).incursions(between=(2024, None))  # type: ignore[arg-type] # pyright: ignore[reportArgumentType]


@pytest.mark.parametrize(
    ("topic", "value"), [("intent", "intentional_atack"), ("effects.roof.cause", "debri")]
)
def test_a_value_that_a_topic_cannot_have_is_refused(topic: str, value: str) -> None:
    found = ae.Dossier([incursion()]).corroboration(_EVENT)
    for ask in (found.affirmed_by, found.denied_by):
        with pytest.raises(ae.UnknownNameError, match=f"not a value of {topic}; did you mean"):
            ask(topic, value)
        assert ask(topic) == ()


# Whatever it is given.


def _answers(dossier: ae.Dossier) -> Iterator[object]:
    """Every answer of a dossier, with each kind of value that is an answer."""
    yield from (dossier, dossier.records, dossier.as_known_at(NOON), dossier.incursions())
    yield from (dossier.summary(), dossier.summary(by=("month", "state")), dossier.summary(by=()))
    yield from (dossier.responses(), dossier.timeline(sources=True), dossier.states_by_months())
    yield dossier.possible_duplicates(least="almost_no_chance")
    for record in dossier:
        yield dossier.revisions(record.id)
        if isinstance(record, ae.Incursion | ae.Series | ae.Finding):
            yield dossier.statements_about(record, with_series=True)
            yield dossier.claims_about(record, with_series=True)
            yield dossier.positions(record, with_series=True)
            yield dossier.corroboration(record, with_series=True)


def _parts(answer: object) -> Iterator[object]:
    yield answer
    if isinstance(answer, tuple):
        for one in answer:
            yield from _parts(one)
    elif is_dataclass(answer) and isinstance(answer, Answer):
        yield from (part for one in vars(answer).values() for part in _parts(one))


@settings(max_examples=_FEEDS)
@given(aes.feeds())
def test_every_answer_can_be_pickled_and_copied(feed: ae.Feed) -> None:
    for answer in _answers(ae.Dossier(feed.records)):
        repr(answer)  # An answer may keep what it has computed.
        for other in (pickle.loads(pickle.dumps(answer)), copy.deepcopy(answer)):  # noqa: S301
            assert type(other) is type(answer)
            if isinstance(answer, ae.Dossier):
                assert (other.records, other.undated) == (answer.records, answer.undated)
                assert other.summary() == answer.summary()
            else:
                assert other == answer
                assert repr(other) == repr(answer)


def test_the_worked_examples_have_every_kind_of_answer() -> None:
    folder = Path(__file__).parents[1] / "docs" / "examples"
    files = (folder / f"{name}.jsonl" for name in ("poland-2025-09-10", "bucharest-nine"))
    answers = [answer for file in files for answer in _answers(ae.Dossier.read(file))]
    kinds = {type(part) for answer in answers for part in _parts(answer)}
    assert set(Answer.__subclasses__()) <= kinds
    for answer in answers:
        for part in _parts(answer):
            assert type(pickle.loads(pickle.dumps(part))) is type(part)  # noqa: S301
            assert type(copy.deepcopy(part)) is type(part)


@settings(max_examples=_FEEDS)
@given(aes.feeds())
def test_every_question_has_an_answer(feed: ae.Feed) -> None:
    dossier = ae.Dossier(feed.records)
    dossier.timeline(sources=True)
    dossier.summary()
    dossier.as_known_at(NOON)
    dossier.incursions(state="LV", between=("2024", None))
    for record in dossier:
        assert dossier.resolve(record.id) == record
        if isinstance(record, ae.Incursion | ae.Series | ae.Finding):
            dossier.corroboration(record, with_series=True)
            claims = set(map(id, (one.claim for one in dossier.claims_about(record))))
            held = [one for place in dossier.positions(record) for one in place.history]
            assert {id(one.claim) for one in held} == claims


@settings(max_examples=_FEEDS)
@given(aes.feeds(), st.randoms())
def test_the_order_of_records_changes_no_answer(feed: ae.Feed, dice: Random) -> None:
    shuffled = list(feed.records)
    dice.shuffle(shuffled)
    one, other = ae.Dossier(feed.records), ae.Dossier(shuffled)
    assert set(ids(one)) == set(ids(other))
    assert one.summary() == other.summary()
    assert [e.time for e in one.timeline()] == [e.time for e in other.timeline()]


@settings(max_examples=_FEEDS)
@given(aes.feeds())
def test_at_the_end_of_time_everything_is_known(feed: ae.Feed) -> None:
    dossier = ae.Dossier(feed.records)
    assert ids(dossier.as_known_at("2200-12-31T23:59:59-23:59")) == ids(dossier)


def test_who_denies_is_asked_for_one_value() -> None:
    said = {"made": {"value": "2024-09-08"}, "about": ["lv-2024-09-07"]}

    def denial(name: str, speaker: str, value: str) -> ae.Statement:
        claims = [{"aspect": "intent", "value": value, "polarity": "denied"}]
        return ae.Statement(id=name, speakers=[speaker], claims=claims, **said)

    records = [
        incursion(),
        denial("a", "RU", "intentional_attack"),
        denial("b", "PL", "unintentional"),
    ]
    found = ae.Dossier(records).corroboration("lv-2024-09-07")
    assert found.denied_by("intent", "unintentional") == ("PL",)
    assert found.denied_by("intent", "other") == ()
    with pytest.raises(ae.AmbiguousNameError, match="denied by RU") as caught:
        found.denied_by("intent")
    assert set(caught.value.candidates) == {"intentional_attack", "unintentional"}
    assert ae.Dossier(records[:2]).corroboration("lv-2024-09-07").denied_by("intent") == ("RU",)


def test_sources_of_one_publisher_are_one_publisher() -> None:
    common = {"kind": "news_report", "publisher": "made up"}
    cited = [{"source": name} for name in ("s", "t", "gone")]
    records = [incursion(sources=cited), ae.Source(id="s", **common), ae.Source(id="t", **common)]
    found = ae.Dossier(records).corroboration("lv-2024-09-07")
    assert (found.independent_sources, found.publishers) == (3, ("made up",))
