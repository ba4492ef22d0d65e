"""The public Hypothesis strategies: sound, reaching for the corners, and small when they fail."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from inspect import signature
from itertools import pairwise
from typing import Annotated, Any

import pytest
from hypothesis import HealthCheck, Phase, find, given, settings
from hypothesis import strategies as st
from hypothesis.errors import NoSuchExample
from pydantic import Field, ValidationError

import airspace_events as ae
from airspace_events.models.base import BaseRecord
from airspace_events.models.records import RECORD_CLASSES
from airspace_events.testing import strategies as aes
from airspace_events.testing.strategies.draft import Draft, of_field
from airspace_events.testing.strategies.names_in_records import completed
from airspace_events.testing.strategies.times import CLOCK_CHANGES
from airspace_events.values.assessments import FieldAssessment
from airspace_events.values.base import Value
from airspace_events.values.structure import fields_of
from airspace_events.vocabulary.codebook import vocabularies
from value_classes import value_classes

CHECKS = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example]
slowly = settings(deadline=None, suppress_health_check=CHECKS)
#: The same examples in every run.
steadily = settings(slowly, derandomize=True, database=None, phases=[Phase.generate])
NAMED = [name for name in aes.__all__ if name not in ("values_of", "feeds", "records")]
OF_VALUES = [name for name in NAMED if name not in ("time_expressions", "time_zones")]


def strategy(name: str, **fixed: Any) -> st.SearchStrategy[Any]:
    made: st.SearchStrategy[Any] = getattr(aes, name)(**fixed)
    return made


def report_on(feed: ae.Feed) -> ae.Report:
    stream = io.BytesIO()
    ae.write_feed(feed, stream)
    return ae.validate(io.BytesIO(stream.getvalue()))


def errors_of(feed: ae.Feed) -> list[ae.Notice]:
    return [notice for notice in report_on(feed).notices if notice.severity == "error"]


def examples_of(made: st.SearchStrategy[Any], number: int) -> list[Any]:
    """The same examples in every run."""
    found: list[Any] = []

    @settings(steadily, max_examples=number)
    @given(made)
    def keep(value: Any) -> None:
        found.append(value)

    keep()
    return found


def smallest(made: st.SearchStrategy[Any], that: Callable[[Any], Any] = lambda _: True) -> Any:
    """The example to which whatever holds for it shrinks."""
    thorough = settings(steadily, max_examples=3000, phases=[Phase.generate, Phase.shrink])
    return find(made, that, settings=thorough)


# Sound.


@settings(slowly, max_examples=200)
@given(aes.records())
def test_a_record_has_no_error_but_names_that_are_not_there(record: ae.Record) -> None:
    found = {notice.code for notice in errors_of(ae.Feed.of([record]))}
    assert found <= {"unresolved_reference"}


@settings(slowly, max_examples=100)
@given(aes.feeds())
def test_a_feed_has_no_error(feed: ae.Feed) -> None:
    assert errors_of(feed) == []


@settings(slowly, max_examples=60)
@given(aes.feeds(consistent=False, min_size=0))
def test_each_line_of_an_inconsistent_feed_is_valid(feed: ae.Feed) -> None:
    assert {notice.code for notice in errors_of(feed)} <= BETWEEN_RECORDS | {"no_records"}


def test_inconsistent_feeds_do_dangle() -> None:
    found = examples_of(aes.feeds(consistent=False), 60)
    codes = Counter(notice.code for feed in found for notice in errors_of(feed))
    assert codes["unresolved_reference"] > 10


#: The errors that are between records, each of which may be valid by itself.
BETWEEN_RECORDS = {
    "unresolved_reference",
    "wrong_kind_of_record",
    "duplicate_id",
    "cycle",
    "claimed_field_missing",
    "affirmed_value_changed",
}

#: Lists in which ids, revisions and names meet: everything a consistent feed must mend.
CROWDED = st.one_of(
    aes.records(id=st.sampled_from(["a", "a-2", "b"]), revision=st.integers(1, 2)),
    aes.series(id=st.sampled_from("abc"), part_of=st.sampled_from("abc")),
    aes.organizations(id=st.sampled_from("abc"), parent=st.sampled_from("abc")),
    aes.incursions(
        id=st.sampled_from("abc"),
        part_of=st.sampled_from("abc"),
        replaces=st.tuples(st.sampled_from("abcd")),
        objects=st.tuples(
            aes.aerial_objects(
                id=st.sampled_from("xy"), same_as=st.tuples(st.sampled_from(["a#x", "b#y"]))
            )
        ),
    ),
    aes.sources(
        id=st.sampled_from("abc"),
        derived_from=st.tuples(aes.values_of(ae.DerivedFrom, source=st.sampled_from("abc"))),
        revision=st.sampled_from([1, 10**9]),
    ),
)

#: Revisions of one incursion, and claims that name fields of it which it may have or not.
CLAIMED = st.one_of(
    aes.incursions(
        id="a",
        revision=st.integers(1, 3),
        objects=st.tuples(aes.aerial_objects(id=st.sampled_from("xy"))),
    ),
    aes.statements(
        id=st.sampled_from("lm"),
        about=st.sampled_from([("a",), ("RO",), ("a", "nato"), ("l",)]),
        claims=st.tuples(
            aes.claims(
                aspect="field",
                id=None,
                fields=st.sampled_from([("time",), ("objects.x.count",), ("objects.x", "over")]),
                about=(),
            ),
            aes.claims(aspect="field"),
        ),
    ),
)


@pytest.mark.parametrize("filling", [CROWDED, CLAIMED], ids=["names", "claims"])
def test_a_feed_is_mended_whatever_it_is_filled_with(
    filling: st.SearchStrategy[ae.Record],
) -> None:
    @settings(slowly, max_examples=100)
    @given(aes.feeds(filling, min_size=3, max_size=9))
    def check(feed: ae.Feed) -> None:
        assert errors_of(feed) == []
        assert len(feed.records) >= 3

    check()


def test_crowded_records_would_make_errors_of_every_kind_that_a_feed_must_not_have() -> None:
    found = examples_of(aes.feeds(CROWDED, consistent=False, min_size=3, max_size=9), 200)
    found += examples_of(aes.feeds(CLAIMED, consistent=False, min_size=3, max_size=9), 40)
    codes = {notice.code for feed in found for notice in errors_of(feed)}
    assert codes == BETWEEN_RECORDS


def test_names_that_lead_somewhere_stay_as_they_are() -> None:
    ids = st.sampled_from(["report", "other"])
    sources = aes.sources(id=ids, derived_from=(), claims=(), replaces=(), sources=())
    cited = st.tuples(aes.citations(source="report"))
    found = examples_of(
        aes.feeds(sources | aes.incursions(id="it", sources=cited), min_size=4), 60
    )
    kept = 0
    for feed in found:
        ids_there = {record.id for record in feed.records}
        named = [record.sources for record in feed.records if record.id == "it"]
        if "report" in ids_there:
            assert all(citation.source == "report" for (citation,) in named)
            kept += len(named) > 0 and "other" in ids_there
    assert kept > 3


def test_records_of_one_id_become_its_revisions() -> None:
    for feed in examples_of(aes.feeds(aes.sources(id="it", revision=1), min_size=2), 20):
        revisions = [record.revision for record in feed.records if record.id == "it"]
        assert len(set(revisions)) == len(revisions) > 1


def test_feeds_have_records_of_every_type() -> None:
    feeds = examples_of(aes.feeds(max_size=8), 120)
    assert {record.type for feed in feeds for record in feed.records} == set(RECORD_CLASSES)


def test_sizes_of_feeds() -> None:
    for feed in examples_of(aes.feeds(aes.states(sources=()), min_size=2, max_size=3), 30):
        assert 2 <= sum(isinstance(one, ae.State) for one in feed.records) <= 3
    for sizes in ({"min_size": 3, "max_size": 2}, {"min_size": 0}, {"max_size": 0}):
        reason = "min_size must be between 1 and max_size; min_size is"
        with pytest.raises(ValueError, match=reason):
            aes.feeds(**sizes)
    with pytest.raises(ValueError, match="min_size must be between 0"):
        aes.feeds(consistent=False, min_size=-1)


@pytest.mark.parametrize("model", [*value_classes(), ae.FeedHeader], ids=lambda one: one.__name__)
def test_every_value_is_valid_by_itself(model: type[Value]) -> None:
    for value in examples_of(aes.values_of(model), 15):
        assert type(value) is model
        assert model.model_validate_json(ae.to_json(value)) == value


@pytest.mark.parametrize("name", OF_VALUES)
def test_each_named_strategy_makes_what_its_annotation_says(name: str) -> None:
    said = str(signature(getattr(aes, name)).return_annotation)
    for value in examples_of(strategy(name), 10):
        assert any(f".{base.__name__}]" in said for base in type(value).__mro__), said


# What is fixed.


def fixed_examples() -> Iterator[Any]:
    """Every field of every class, fixed to values that the strategy itself gives it."""
    for model in value_classes():
        for field in fields_of(model):
            yield pytest.param(model, field, id=f"{model.__name__}.{field}")


@pytest.mark.parametrize(("model", "field"), list(fixed_examples()))
def test_whatever_a_field_is_fixed_to_the_others_fit(model: type[Value], field: str) -> None:
    held = [getattr(value, field) for value in examples_of(aes.values_of(model), 3)]
    # The fields that are named in one record do not stand in another.
    if field == "sources":
        held = [tuple(one.replace(supports=()) for one in value) for value in held]
    elif field == "assessments":
        held = [tuple(naming_time(one) for one in value) for value in held]
    for given_value in {repr(value): value for value in held}.values():
        for value in examples_of(aes.values_of(model, **{field: given_value}), 2):
            assert getattr(value, field) == given_value


def naming_time(one: ae.Assessment) -> ae.Assessment:
    """An assessment that names no field but the time, which every incursion has."""
    if isinstance(one, ae.assessments.FieldAssessment):
        return one.replace(fields=("time",), value=None)
    return one.replace(fields=())


COUNT = ae.ReportedCount(best=5)
STAR = ae.AerialObject(category="celestial", checked=ae.Check(result="something_else"))
NOTHING = ae.AerialObject(category="nothing", checked=ae.Check(result="unresolved"))

PAIRS: list[tuple[type[Value], dict[str, Any]]] = [
    (ae.ReportedCount, {"min": 5}),
    (ae.ReportedCount, {"max": 5}),
    (ae.ReportedCount, {"best": 5}),
    (ae.ReportedCount, {"roughly": 5}),
    (ae.ReportedCount, {"roughly": 5, "max": 5}),
    (ae.ReportedCount, {"min": 5, "max": 5}),
    (ae.ReportedCount, {"min": None, "best": None, "roughly": None, "max": None}),
    (ae.ReportedCount, {"verbatim": None}),
    (ae.ReportedCount, {"verbatim": None, "min": None, "best": None}),
    (ae.ReportedQuantity, {"best": 5.5}),
    (ae.ReportedQuantity, {"roughly": 5.5}),
    (ae.ReportedQuantity, {"unit": None}),
    (ae.ReportedQuantity, {"verbatim": None}),
    (ae.ReportedQuantity, {"verbatim": None, "unit": "FL"}),
    (ae.Period, {"since": "2024-09-07", "ongoing": False}),
    (ae.Period, {"last_day": "2024-09-07"}),
    (ae.Period, {"last_day": "1900-01-01"}),
    (ae.Period, {"since": "2200-12-31T23:00:00-10:00"}),
    (ae.Period, {"ongoing": True}),
    (ae.Quote, {"start": 3}),
    (ae.Quote, {"start": 10**9 - 1}),
    (ae.Quote, {"end": 3}),
    (ae.Quote, {"start": 3, "end": 13}),
    (ae.Quote, {"exact": "seven words and no more of them"}),
    (ae.Claim, {"polarity": "affirmed"}),
    (ae.Claim, {"polarity": "undetermined"}),
    (ae.Claim, {"value": None}),
    (ae.Claim, {"aspect": "intent"}),
    (ae.Claim, {"polarity": "suspected"}),
    (ae.Claim, {"likelihood": "likely"}),
    (ae.Claim, {"fields": ("totals.crossings",)}),
    (ae.claims.FieldClaim, {"fields": ("objects",)}),
    (ae.claims.FieldClaim, {"fields": ("objects.first", "crossing")}),
    (ae.claims.FieldClaim, {"fields": ("objects", "zones")}),
    (ae.claims.FieldClaim, {"fields": ("objects",), "value": None}),
    (ae.claims.FieldClaim, {"value": COUNT}),
    (ae.claims.FieldClaim, {"value": STAR}),
    (ae.claims.FieldClaim, {"value": None}),
    (ae.claims.FieldClaim, {"value": None, "polarity": "denied"}),
    (ae.claims.FieldClaim, {"polarity": "undetermined"}),
    (ae.assessments.FieldAssessment, {"fields": ("objects",)}),
    (ae.assessments.FieldAssessment, {"value": "LV"}),
    (ae.assessments.FieldAssessment, {"value": None}),
    (ae.Totals, {"objects": None}),
    (ae.SpeechAct, {"force": "urge"}),
    (ae.SpeechAct, {"act": "warn"}),
    (ae.AerialObject, {"count": ae.ReportedCount(best=0)}),
    (ae.AerialObject, {"fates": (ae.Fate(fate="crashed", count=ae.ReportedCount(min=9)),)}),
    (ae.AerialObject, {"category": "bird"}),
    (ae.AerialObject, {"checked": None}),
    (ae.AerialObject, {"fates": (ae.Fate(fate="crashed", place="field"),)}),
    (ae.Incursion, {"crossing": "confirmed"}),
    (ae.Incursion, {"crossing": None}),
    (ae.Incursion, {"occurrence": "discounted"}),
    (ae.Incursion, {"occurrence": None}),
    (ae.Incursion, {"state": None}),
    (ae.Incursion, {"state": None, "zones": ()}),
    (ae.Incursion, {"state": None, "places": ()}),
    (ae.Incursion, {"depth": ae.ReportedQuantity(best=5, unit="km")}),
    (ae.Incursion, {"entered_from": ("RU",), "state": "LV"}),
    (ae.Incursion, {"totals": ae.Totals(crossings=COUNT)}),
    (ae.Incursion, {"totals": ae.Totals(objects=COUNT)}),
    (ae.Incursion, {"objects": (STAR,)}),
    (ae.Incursion, {"objects": (NOTHING,)}),
    (ae.Incursion, {"effects": (ae.Effect(kind="injury", place="town"),)}),
    (ae.Incursion, {"places": (ae.Place(id="town"), ae.Place(role="origin"))}),
    (ae.Incursion, {"places": ()}),
]


@pytest.mark.parametrize(("model", "fixed"), PAIRS)
def test_fields_that_are_tied_to_fixed_ones_fit_them(
    model: type[Value], fixed: dict[str, Any]
) -> None:
    holders: dict[type[Value], Callable[[Any], ae.Record]] = {
        ae.SpeechAct: lambda act: statement(acts=(act,)),
        ae.AerialObject: with_object,
        ae.Quote: lambda quote: incursion(sources=(ae.Citation(source="s", quote=quote),)),
        ae.Incursion: lambda record: record,
    }
    for value in examples_of(aes.values_of(model, **fixed), 60):
        assert {name: getattr(value, name) for name in fixed} == fixed
        if model in holders:
            found = {notice.code for notice in errors_of(ae.Feed.of([holders[model](value)]))}
            assert found <= {"unresolved_reference"}


def test_what_did_not_fly_did_not_cross() -> None:
    for made in (aes.incursions(occurrence="discounted"), aes.incursions(crossing="confirmed")):
        with pytest.raises(NoSuchExample):
            find(
                made,
                lambda one: (one.occurrence, one.crossing) == ("discounted", "confirmed"),
                settings=settings(steadily, max_examples=200),
            )


def incursion(**fields: Any) -> ae.Incursion:
    return ae.Incursion(
        **{
            "id": "i",
            "state": "LV",
            "time": {"value": "2024-09-07"},
            "sources": [{"source": "s"}],
        }
        | fields
    )


def with_object(flown: ae.AerialObject) -> ae.Incursion:
    """An incursion with one object, and with the places that its fates name."""
    places = [ae.Place(id=name) for name in {fate.place for fate in flown.fates if fate.place}]
    occurrence = "discounted" if flown.category == "nothing" else None
    return incursion(objects=(flown,), places=places, occurrence=occurrence)


def statement(**fields: Any) -> ae.Statement:
    return ae.Statement(id="m", speakers=["LV"], made={"value": "2024-09-07"}, **fields)


def test_fixed_fields_take_json_values_and_strategies_and_keep_them_as_the_model_does() -> None:
    made = aes.incursions(
        totals={"sightings": {"best": 3}},
        entered_from=["RU"],
        title=st.sampled_from(["one", "two"]),
        time=aes.reported_times(value=aes.time_expressions("instant")),
    )
    found = examples_of(made, 20)
    for record in found:
        assert record.totals == ae.Totals(sightings=ae.ReportedCount(best=3))
        assert record.entered_from == ("RU",)
        assert record.time.precision == "instant"
    assert {record.title for record in found} == {"one", "two"}


def test_a_fixed_record_names_nothing_by_its_own_id() -> None:
    for record in examples_of(aes.series(id="b", part_of=st.just("b")), 20):
        assert record.id == "b"
        assert record.part_of != "b"
    for record in examples_of(aes.series(part_of="a"), 20):
        assert (record.part_of, record.id == "a") == ("a", False)


def test_a_field_that_is_not_there_is_told_with_the_near_one() -> None:
    with pytest.raises(TypeError, match='Incursion has no field "crosing"; did you mean crossing'):
        aes.incursions(crosing=1)
    with pytest.raises(TypeError, match='Claim has no field "conditon"; did you mean condition'):
        aes.claims(conditon="x")
    with pytest.raises(
        TypeError, match="no subclass of Claim has all the fields count, involvement"
    ):
        aes.claims(count=COUNT, involvement="made")
    with pytest.raises(TypeError, match=r'BaseRecord has no field "\\u202e"$'):
        aes.records(**{"\u202e": 1})


@pytest.mark.parametrize(
    ("name", "fixed", "told"),
    [
        ("incursions", {"revision": 0}, r"Incursion.revision cannot be 0: .*greater than"),
        ("incursions", {"sources": ()}, "Incursion.sources cannot be .*at least 1 item"),
        ("incursions", {"scope": "many"}, 'Incursion.scope cannot be "many"'),
        ("incursions", {"state": "ZZ"}, 'Incursion.state cannot be "ZZ"'),
        ("incursions", {"totals": {"objects": {"best": -1}}}, r"cannot be .*\(at /objects/best"),
        ("incursions", {"depth": {"best": 1, "unit": "h"}}, "is not a unit of distance"),
        ("sources", {"type": "state"}, "Source.type cannot be"),
        ("alliances", {"id": "nato"}, '"nato" is the id of a built-in alliance'),
        ("claims", {"value": "no such word in any vocabulary#"}, "cannot be"),
    ],
)
def test_what_a_field_can_never_be_is_told_at_once(
    name: str, fixed: dict[str, Any], told: str
) -> None:
    if name == "claims":
        fixed = {**fixed, "aspect": "intent"}
    with pytest.raises(ValueError, match=told):
        strategy(name, **fixed)


def test_what_a_strategy_for_a_field_gives_is_told_by_the_example() -> None:
    with pytest.raises(ValueError, match=r"Incursion\.revision cannot be 0"):
        smallest(aes.incursions(revision=st.just(0)))


def test_fixed_fields_that_contradict_each_other_are_told_by_the_class() -> None:
    for made in (
        aes.reported_counts(min=5, max=3),
        aes.claims(aspect="intent", value=None, polarity="affirmed"),
        aes.periods(last_day="2024", ongoing=True),
    ):
        with pytest.raises(ValidationError):
            smallest(made)


def test_a_family_and_records_take_the_classes_that_have_the_fixed_fields() -> None:
    assert {type(one) for one in examples_of(aes.claims(count=COUNT), 9)} == {ae.claims.FieldClaim}
    titled = {type(one) for one in examples_of(aes.records(title="made up"), 60)}
    assert titled == {ae.Source, ae.Incursion, ae.Series}
    assert {one.type for one in examples_of(aes.records(type="series"), 9)} == {"series"}
    kinds = {type(one) for one in examples_of(aes.records(kind="treaty_alliance"), 9)}
    assert kinds == {ae.Alliance}


def test_forms_of_time_expressions() -> None:
    forms = {"date": "-", "instant": "T", "interval": "/", "set": "[{"}
    for form, signs in forms.items():
        for text in examples_of(aes.time_expressions(form), 30):  # type: ignore[arg-type]
            assert ae.ReportedTime.parse(text).value == text
            assert form == "date" or any(sign in text for sign in signs)
    with pytest.raises(
        TypeError, match="'day' is not a form of time expression; use one of date, instant"
    ):
        aes.time_expressions("day")  # type: ignore[arg-type]


def test_a_class_of_ones_own_needs_only_what_is_new_to_be_fixed() -> None:
    class Desk(ae.Source, frozen=True):
        desk: str
        shift: bool | None = None

    class Night(Desk, frozen=True):
        hours: Annotated[int, Field(le=12)]

    assert smallest(aes.values_of(Desk), lambda one: one.shift).desk == ""
    told = (
        r"the library has no strategy for <class 'int'> with constraints \(the type of "
        r"Night\.hours\); pass a value "
    )
    with pytest.raises(LookupError, match=told):
        aes.values_of(Night)
    assert smallest(aes.values_of(Night, hours=st.integers(0, 12))).hours == 0
    with pytest.raises(TypeError, match="Value is only a base class"):
        aes.values_of(Value)


# Corners.


def values_in(value: Any) -> Iterator[Any]:
    """A value, and all that are within it."""
    yield value
    if isinstance(value, Value):
        for name in value.model_fields_set:
            yield from values_in(getattr(value, name))
    elif isinstance(value, tuple):
        for item in value:
            yield from values_in(item)


def everything() -> Iterator[Any]:
    """Values of every kind, and all that are within them, made as far as they are asked for."""
    made: list[tuple[st.SearchStrategy[Any], int]] = [
        *((aes.values_of(model), 40) for model in value_classes()),
        # These have more corners than others.
        (aes.reported_times(), 400),
        (aes.speech_acts(), 150),
        (aes.values_of(ae.NameInLanguage), 200),
        *((aes.values_of(model), 120) for model in RECORD_CLASSES.values()),
        # What is rare among so few may come up among more.
        *((aes.values_of(model), 400) for model in (*RECORD_CLASSES.values(), *value_classes())),
        # The rarest corners are kinds of incursions: one in 200 enters an identification zone.
        (aes.incursions(), 4_000),
    ]
    for some, number in made:
        for value in examples_of(some, number):
            yield from values_in(value)


def positions(geometry: Any) -> Iterator[tuple[float, ...]]:
    if isinstance(geometry[0], tuple):
        for inner in geometry:
            yield from positions(inner)
    else:
        yield geometry


def flown_over(test: Callable[[list[tuple[float, ...]]], bool]) -> Callable[[Any], bool]:
    return lambda value: (
        isinstance(value, ae.Geometry) and test(list(positions(value.coordinates)))
    )


def jumps(places: list[tuple[float, ...]]) -> bool:
    return any(abs(one[0] - other[0]) > 180 for one, other in pairwise(places))


def a_time(test: Callable[[ae.ReportedTime], Any]) -> Callable[[Any], Any]:
    return lambda value: isinstance(value, ae.ReportedTime) and test(value)


def a_name_with(first: str, last: str) -> Callable[[Any], Any]:
    return lambda value: (
        isinstance(value, Value)
        and any(first <= letter <= last for letter in getattr(value, "name", None) or "")
    )


CORNERS: dict[str, Callable[[Any], Any]] = {
    "the antimeridian": flown_over(lambda places: any(abs(one[0]) == 180 for one in places)),
    "across the antimeridian": flown_over(jumps),
    "the north pole": flown_over(lambda places: any(one[1] == 90 for one in places)),
    "the south pole": flown_over(lambda places: any(one[1] == -90 for one in places)),
    "0, 0": flown_over(lambda places: any(one[:2] == (0, 0) for one in places)),
    "an elevation": flown_over(lambda places: any(len(one) == 3 for one in places)),
    "clocks put forward": a_time(
        lambda time: time.timezone == "Europe/Bucharest" and "2024-03-31" in time.value
    ),
    "clocks put back": a_time(
        lambda time: time.timezone == "Europe/Riga" and time.value.startswith("2024-10-27")
    ),
    "an open end": a_time(lambda time: time.end_is == "open"),
    "an open start": a_time(lambda time: time.start_is == "open"),
    "an unknown end": a_time(lambda time: time.end_is == "unknown"),
    "an unknown start": a_time(lambda time: time.start_is == "unknown"),
    "the first year": a_time(lambda time: time.value.startswith("1900")),
    "the last year": a_time(lambda time: time.value.startswith("2200")),
    "a leap day": a_time(lambda time: "-02-29" in time.value),
    "a set of days": a_time(lambda time: time.value[0] in "[{"),
    "unspecified digits": a_time(lambda time: "X" in time.value),
    "a marked date": a_time(lambda time: time.value[-1] in "?~%"),
    "a name in Arabic": a_name_with("\u0600", "\u06ff"),
    "a name in Hebrew": a_name_with("\u0590", "\u05ff"),
    "a name in Cyrillic": a_name_with("\u0400", "\u04ff"),
    "a name in Chinese characters": a_name_with("\u4e00", "\u9fff"),
    "a name with embeddings": a_name_with("\u202a", "\u202e"),
    "the longest name": lambda value: (
        isinstance(value, BaseRecord)
        and any(len(getattr(value, name, None) or "") == 500 for name in ("name", "title"))
    ),
    "the longest text": lambda value: isinstance(value, str) and len(value) == 20_000,
    "the longest text, beyond the basic plane": lambda value: (
        isinstance(value, str)
        and len(value) == 20_000
        and not value.isascii()
        and max(value) > "\uffff"
    ),
    "the longest id": lambda value: isinstance(value, BaseRecord) and len(value.id) == 128,
    "a quotation of 25 words": lambda value: (
        isinstance(value, ae.Quote) and len(value.exact.split()) == 25
    ),
    "a quotation with its place": lambda value: (
        isinstance(value, ae.Quote) and value.start is not None and value.end is not None
    ),
    "a period that goes on": lambda value: isinstance(value, ae.Period) and value.end_is == "open",
    "a period with a last day": lambda value: (
        isinstance(value, ae.Period) and value.since and value.last_day
    ),
    "none": lambda value: isinstance(value, ae.ReportedCount) and value.best == 0,
    "the greatest number": lambda value: (
        isinstance(value, ae.ReportedCount) and value.max == 10**9
    ),
    "a count with min, best and max": lambda value: (
        isinstance(value, ae.ReportedCount) and None not in (value.min, value.best, value.max)
    ),
    "a count of words": lambda value: (
        isinstance(value, ae.ReportedCount)
        and (value.min, value.best, value.roughly, value.max) == (None,) * 4
    ),
    "roughly a number": lambda value: (
        isinstance(value, ae.ReportedCount) and value.roughly is not None
    ),
    "a suspicion": lambda value: isinstance(value, ae.Claim) and value.polarity == "suspected",
    "several fields in one claim": lambda value: (
        isinstance(value, ae.claims.FieldClaim) and len(value.fields) > 1
    ),
    "an item claimed of a list": lambda value: (
        isinstance(value, ae.claims.FieldClaim) and isinstance(value.value, ae.AerialObject)
    ),
    "a sighting that was something else": lambda value: (
        isinstance(value, ae.AerialObject) and value.category == "celestial"
    ),
    "a zone without a state": lambda value: (
        isinstance(value, ae.Incursion) and value.state is None and value.zones
    ),
    **{
        f"the kind {kind}": lambda value, kind=kind: (
            isinstance(value, ae.Incursion) and kind in value.kinds
        )
        for kind in vocabularies()["IncursionKind"].words
    },
    "an incursion without a kind": lambda value: (
        isinstance(value, ae.Incursion) and not value.kinds
    ),
    "an effect in a place of its record": lambda value: (
        isinstance(value, ae.Incursion) and any(effect.place for effect in value.effects)
    ),
    "a request with force": lambda value: isinstance(value, ae.SpeechAct) and value.force,
    "several fates": lambda value: isinstance(value, ae.AerialObject) and len(value.fates) > 1,
}


def test_corners_are_reached() -> None:
    missing = dict(CORNERS)
    for value in everything():
        for corner in [corner for corner, is_there in missing.items() if is_there(value)]:
            del missing[corner]
        if not missing:
            break
    assert missing == {}


def test_corners_are_no_more_than_corners() -> None:
    """Most texts are short, so that looking at many records costs little."""
    made = (aes.values_of(model) for model in RECORD_CLASSES.values())
    sizes = sorted(len(ae.to_json(record)) for some in made for record in examples_of(some, 40))
    assert sizes[len(sizes) * 3 // 4] < 2_000
    assert sizes[-1] < 2**20


def fields_of_vocabularies() -> dict[str, tuple[type[Value], str]]:
    """For each vocabulary a field that holds its words, and only one of them if there is one."""
    found: dict[str, tuple[type[Value], str]] = {}
    for model in value_classes():
        for name, shape in fields_of(model).items():
            if shape.vocabulary and (shape.vocabulary not in found or not shape.many):
                found[shape.vocabulary] = model, name
    return found


@pytest.mark.parametrize("vocabulary", list(fields_of_vocabularies()))
def test_every_word_of_a_vocabulary_comes_up(vocabulary: str) -> None:
    model, name = fields_of_vocabularies()[vocabulary]
    made = of_field(model.model_fields[name], aes.values_of)
    # Hypothesis tries nothing twice, so that it is through with a list of words before this.
    found = examples_of(made, 2500)
    words = {word for value in found for word in (value if isinstance(value, tuple) else [value])}
    assert words - {None} == set(vocabularies()[vocabulary].words)


def test_there_is_a_field_for_every_vocabulary() -> None:
    used = {shape.vocabulary for model in value_classes() for shape in fields_of(model).values()}
    of_computed_ones = {"TimePrecision", "EndKnowledge", "IncursionKind"}
    # Each aspect is a class, and each class comes up.
    assert set(vocabularies()) - used == of_computed_ones | {"Aspect"}


def names_of(model: type[Value]) -> set[str]:
    """The fields that name other fields of a record, and are given only in one."""
    if issubclass(model, ae.Assessment):
        return {"fields"}
    return {"supports"} if model is ae.Citation else set()


def test_citations_and_assessments_name_fields_of_their_record() -> None:
    thorough = settings(steadily, max_examples=3000)
    assert find(
        aes.sources(), lambda one: any(any(c.supports) for c in one.sources), settings=thorough
    )
    naming = find(
        aes.incursions(),
        lambda one: any({"time", *each.fields} != {"time"} for each in one.assessments),
        settings=thorough,
    )
    assert naming.model_fields_set >= {"assessments"}


@pytest.mark.parametrize("name", ["count", "value"])
def test_an_assessment_counts_items_and_gives_values_of_its_record(name: str) -> None:
    """Few incursions have an assessment, so this one begins with it."""
    record = incursion(
        objects=(ae.AerialObject(id="jets", count=ae.ReportedCount(best=3)),),
        assessments=(FieldAssessment(fields=("time",)),),
    )
    fields = {one: getattr(record, one) for one in record.model_fields_set}

    @st.composite
    def named(draw: st.DrawFn) -> ae.Incursion:
        draft = Draft(ae.Incursion, draw, dict(fields), {}, frozenset(), aes.values_of)
        return completed(record, draft)

    found = find(
        named(),
        lambda one: getattr(one.assessments[0], name) is not None,
        settings=settings(steadily, max_examples=300),
    )
    changed = {"assessments": record.assessments, "sources": record.sources}
    assert found.replace(**changed) == record


@pytest.mark.parametrize("model", value_classes(), ids=lambda model: model.__name__)
def test_every_field_comes_up(model: type[Value]) -> None:
    held = examples_of(aes.values_of(model), 40)
    given_fields = {name for value in held for name in value.model_fields_set}
    # An assessment by itself names `time`, which the claim cannot have a `count`.
    never = {"count"} if model is FieldAssessment else set[str]()
    # What is rare among so few is looked for, and found or not.
    for name in set(model.model_fields) - given_fields - names_of(model) - never:
        assert find(
            aes.values_of(model),
            lambda value, name=name: name in value.model_fields_set,
            settings=settings(steadily, max_examples=3000),
        )


def test_the_clock_changes_are_where_they_are_said_to_be() -> None:
    for fields in CLOCK_CHANGES:
        time = ae.ReportedTime(**fields)
        days = time.earliest, time.latest
        assert None not in days
        assert "offset_of_another_zone" not in {
            notice.code for notice in report_on(ae.Feed.of([incursion(time=time)])).notices
        }


# Small.


@pytest.mark.parametrize("name", [*OF_VALUES, "records"])
def test_an_example_shrinks_to_nearly_the_smallest(name: str) -> None:
    value = smallest(strategy(name))
    required = [key for key, info in type(value).model_fields.items() if info.is_required()]
    data = json.loads(ae.to_json(value))
    needed = {"incursions": "state", "totals": "objects"}.get(name, "verbatim")
    assert set(data) <= {*required, needed}
    assert len(ae.to_json(value)) < 150


def test_a_failure_shrinks_to_what_matters() -> None:
    record = smallest(aes.incursions(), lambda one: any(effect.note for effect in one.effects))
    effect = ae.Effect(kind="property_damage", note="0")
    assert record == smallest(aes.incursions()).replace(effects=(effect,))


def test_a_feed_shrinks_to_one_record() -> None:
    assert len(smallest(aes.feeds()).records) == 1
    assert len(smallest(aes.feeds(min_size=0, consistent=False)).records) == 0
    held = smallest(aes.feeds(aes.incursions(id="made-up"))).records
    assert sorted(record.type for record in held) == ["incursion", "source"]


# What Hypothesis knows of our types.

RESOLVED = """
from hypothesis import Phase, settings, strategies as st
import hypothesis
quickly = settings(phases=[Phase.generate], database=None)
def find(made, that):
    return hypothesis.find(made, that, settings=quickly)
made = {}
for asked in (
    ae.Incursion, ae.Claim, ae.claims.IntentClaim, ae.ReportedTime, ae.Geometry, ae.Record,
    ae.Feed, ae.FeedHeader,
):
    made[str(asked)] = find(st.from_type(asked), lambda value: True)
class Late(ae.Source, frozen=True):
    desk: bool
assert isinstance(find(st.from_type(Late), lambda value: value.desk), Late)
for asked in (ae.Incursion, ae.claims.IntentClaim, ae.ReportedTime, ae.Feed, ae.FeedHeader):
    assert type(made[str(asked)]) is asked, asked
assert isinstance(made[str(ae.Claim)], ae.Claim)
assert isinstance(made[str(ae.Geometry)], ae.Geometry)
assert made[str(ae.Record)].type
# Our strategy cites something; one that is guessed from the constructor makes no valid record.
find(st.from_type(ae.Incursion), lambda one: one.sources[0].supports)
print("done")
"""


def run(code: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.mark.parametrize(
    "first",
    [
        "import hypothesis\nimport airspace_events as ae",
        "import airspace_events as ae\nae.Incursion\nae.Feed\nimport hypothesis",
        "import airspace_events as ae\nimport hypothesis\nae.ReportedTime",
    ],
    ids=["hypothesis first", "ours first", "ours first, and used later"],
)
def test_hypothesis_knows_every_type(first: str) -> None:
    assert run(f"{first}\n{RESOLVED}") == "done"


def test_to_import_hypothesis_loads_nothing_of_ours_but_the_hook() -> None:
    code = "import sys, hypothesis\nprint(*(name for name in sys.modules))"
    loaded = set(run(code).split())
    assert "airspace_events.testing.type_registration" in loaded, "the entry point is installed"
    ours = {name for name in loaded if name.split(".")[0] in ("airspace_events", "pydantic")}
    assert ours == {
        "airspace_events",
        "airspace_events.class_registry",
        "airspace_events.testing",
        "airspace_events.testing.type_registration",
    }
    assert "pydantic_core" not in loaded


def test_registered_strategies_are_made_only_when_a_type_is_asked_for() -> None:
    code = """
import sys, hypothesis, airspace_events as ae
ae.Incursion, ae.Feed
assert "airspace_events.testing.strategies" not in sys.modules
from hypothesis import strategies as st
st.from_type(int).validate()
assert "airspace_events.testing.strategies" not in sys.modules
st.from_type(ae.Incursion).validate()
assert "airspace_events.testing.strategies" in sys.modules
"""
    run(code)


def test_without_hypothesis_the_extra_is_named_and_the_rest_works() -> None:
    code = """
import sys
sys.modules["hypothesis"] = None
import airspace_events as ae
for attempt in (
    "from airspace_events.testing import strategies",
    "import airspace_events.testing.strategies",
    "ae.testing.strategies",
):
    try:
        exec(attempt)
    except ae.MissingExtraError as error:
        assert "airspace-events[testing]" in str(error), error
    else:
        raise AssertionError(attempt)
assert len(list(ae.testing.synthetic_records(3))) == 3
"""
    run(code)


def test_another_missing_module_is_no_missing_extra() -> None:
    code = """
import sys
sys.modules["airspace_events.testing.strategies.feeds"] = None
try:
    import airspace_events.testing.strategies
except ModuleNotFoundError as error:
    assert "feeds" in str(error)
"""
    run(code)


def test_the_public_names_are_those_that_are_told() -> None:
    assert sorted(aes.__all__) == aes.__all__
    for name in aes.__all__:
        assert getattr(aes, name).__doc__, name
