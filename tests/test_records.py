"""The contracts of records, by example."""

import copy
import inspect
import json
import pickle
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any, Literal, NamedTuple, get_args

import pytest
from pydantic import TypeAdapter, ValidationError

import airspace_events as ae
from airspace_events.feeds.header import FeedHeader
from airspace_events.feeds.reading import record_adapter
from airspace_events.feeds.writing import to_json
from airspace_events.models.base import BaseRecord
from airspace_events.models.records import RECORD_CLASSES
from airspace_events.testing.strategies.smallest_values import smallest
from airspace_events.values import citations, geometry, references, scalars
from airspace_events.values.base import TAG, FamilyValue, Value
from airspace_events.values.structure import fields_of
from airspace_events.vocabulary.codebook import vocabularies
from airspace_events.vocabulary.terms import Aspect, Polarity
from value_classes import value_classes

# The three lines with which the domain is introduced: a source, an incursion, a statement.
THREE_LINES = (
    (
        '{"type":"source","id":"unn-lv","kind":"news_report","publisher":"UNN","language":"en",'
        '"published":"2024-09-09"}'
    ),
    (
        '{"type":"incursion","id":"lv-2024-09-07","state":"LV",'
        '"time":{"value":"2024-09-07"},"crossing":"reported","sources":[{"source":"unn-lv"}]}'
    ),
    (
        '{"type":"statement","id":"nato-1","speakers":["nato"],"made":{"value":"/2024-09-18?"},'
        '"about":["lv-2024-09-07"],"claims":[{"aspect":"intent","value":"intentional_attack",'
        '"polarity":"no_evidence"}],"sources":[{"source":"unn-lv"}]}'
    ),
)
INCURSION: dict[str, Any] = json.loads(THREE_LINES[1])
SOURCE: dict[str, Any] = json.loads(THREE_LINES[0])
STATEMENT: dict[str, Any] = json.loads(THREE_LINES[2])


def parse(record: dict[str, Any] | str) -> BaseRecord:
    data = record if isinstance(record, str) else json.dumps(record)
    return record_adapter().validate_json(data)


def kinds_of(refused: pytest.ExceptionInfo[ValidationError]) -> set[str]:
    return {error["type"] for error in refused.value.errors()}


# What is short, and how records are made.


@pytest.mark.parametrize("line", THREE_LINES, ids=["source", "incursion", "statement"])
def test_the_three_lines_are_read_and_written_as_they_are(line: str) -> None:
    assert to_json(parse(line)).decode() == line


def test_the_smallest_incursion_is_one_short_line() -> None:
    smallest_incursion = ae.Incursion(
        id="lv-2024-09-07",
        state="LV",
        time={"value": "2024-09-07"},
        crossing="reported",
        sources=[{"source": "unn-lv"}],
    )
    assert smallest_incursion == parse(THREE_LINES[1])
    assert len(to_json(smallest_incursion)) < 140


@pytest.mark.parametrize("kind", RECORD_CLASSES)
def test_a_constructor_needs_no_type(kind: str) -> None:
    record = smallest(RECORD_CLASSES[kind])
    assert record.type == kind
    assert json.loads(to_json(record))["type"] == kind


@pytest.mark.parametrize("kind", RECORD_CLASSES)
def test_json_needs_its_type(kind: str) -> None:
    record = json.loads(to_json(smallest(RECORD_CLASSES[kind])))
    del record["type"]
    with pytest.raises(ValidationError) as refused:
        parse(record)
    assert kinds_of(refused) == {"union_tag_not_found"}
    with pytest.raises(ValidationError) as refused:
        RECORD_CLASSES[kind].model_validate_json(json.dumps(record))
    assert kinds_of(refused) == {"missing_field"}


def test_a_constructor_refuses_the_type_of_another_record() -> None:
    with pytest.raises(ValidationError) as refused:
        ae.Source(**SOURCE | {"type": "incursion"})
    assert kinds_of(refused) == {"value_not_in_vocabulary"}


def test_parsing_never_runs_our_constructors() -> None:
    # pydantic calls a custom constructor for every object that it parses, which costs 13 to
    # 25 times as much as a plain field. Ours only fill in the tag, which JSON must have, so
    # they are marked as pydantic's own; pydantic says here whether it took them for that.
    classes = [*value_classes(), FeedHeader, ae.Claim, ae.Assessment, ae.Geometry]
    for model in classes:
        model.model_rebuild(force=True)
    assert [model for model in classes if model.__pydantic_custom_init__] == []


X128 = "x" * 128
# Each with the least and the most that it takes, and what lies just beyond them.
LIMITS: list[tuple[Any, list[Any], list[Any]]] = [
    (scalars.Text, ["x", "x" * 20_000], ["", "x" * 20_001]),
    (scalars.Name, ["x", "x" * 500], ["", "x" * 501]),
    (
        scalars.LanguageTag,
        ["ro", "abcdefgh" + "-abcdefgh" * 3],
        ["r", "abcdefghi", "ab-abcdefghi", "abcdefgh" + "-abcdefgh" * 2 + "-abcdefg-a"],
    ),
    (
        scalars.WebAddress,
        ["http://x", "https://" + "x" * 1_992],
        ["https://", "https://" + "x" * 1_993],
    ),
    (scalars.Sha256, ["0f" * 32], ["0f" * 31 + "0", "0f" * 32 + "0"]),
    (scalars.FieldName, ["x", "x" * 500], ["", "x" * 501]),
    (scalars.Namespace, ["a.b", "a." + "b" * 98], ["a", "a." + "b" * 99]),
    (citations.QuotedWords, ["x", "x" * 1_000], ["", "x" * 1_001]),
    (references.RecordId, ["x", X128], ["", X128 + "x"]),
    (references.ActorRef, ["x", X128], ["", X128 + "x"]),
    (references.ItemId, ["x", X128], ["", X128 + "x", "1", "1st"]),
    (
        references.ObjectRef,
        ["x#x", "x" * 128 + "#" + "x" * 128],
        ["x", "x" * 129 + "#" + "x" * 128, "x#1"],
    ),
    (scalars.WholeNumber, [0, 10**9], [-1, 10**9 + 1, 1.0, True]),
    (scalars.PositiveNumber, [1, 10**9], [0, 10**9 + 1, 1.0, True]),
    (scalars.Number, [-1e9, 1e9], [-1e9 - 1, 1e9 + 1, True]),
    (scalars.Flag, [True, False], [0, 1]),
    (geometry.Longitude, [-180, 180], [-181, 181, True]),
    (geometry.Latitude, [-90, 90], [-91, 91, True]),
    (geometry.Elevation, [-1e5, 1e5], [-1e5 - 1, 1e5 + 1, True]),
]


@pytest.mark.parametrize(
    ("plain", "taken", "refused"), LIMITS, ids=[str(row[0]) for row in LIMITS]
)
def test_a_plain_value_has_its_limits(plain: Any, taken: list[Any], refused: list[Any]) -> None:
    adapter = TypeAdapter(plain)
    assert [adapter.validate_python(value) for value in taken] == taken
    # Neither bytes for a text nor text for a number.
    for value in [*refused, str(taken[0]).encode(), None]:
        with pytest.raises(ValidationError):
            adapter.validate_python(value)
    if not isinstance(taken[0], str):
        with pytest.raises(ValidationError):
            adapter.validate_python(str(taken[0]))


@pytest.mark.parametrize("module", ["a_module", "z_module"])
def test_a_class_of_somebody_else_joins_no_family(module: str) -> None:
    ours = ae.Claim.members()
    fields = {"__annotations__": {"aspect": Literal["intent"]}, "aspect": TAG}
    theirs = type(ae.Claim)("IntentClaim", (ae.Claim,), {"__module__": module, **fields})
    assert theirs in ae.Claim.__subclasses__()
    assert ae.Claim.members() == ours


def test_a_quotation_runs_forward_as_far_as_that_is_told() -> None:
    for place in ({}, {"start": 4}, {"end": 4}, {"start": 0, "end": 4}, {"start": 4, "end": 5}):
        assert ae.Citation(source="s", quote={"exact": "word", **place}).quote is not None
    for place in ({"start": 4, "end": 4}, {"start": 5, "end": 4}):
        with pytest.raises(ValidationError):
            ae.Citation(source="s", quote={"exact": "word", **place})


def test_values_that_differ_are_not_equal_whichever_comes_first() -> None:
    one, two = ae.ReportedCount(best=1), ae.ReportedCount(best=2)
    assert one != two
    assert two != one
    assert one == ae.ReportedCount(best=1)


@pytest.mark.parametrize(
    ("on", "covers"),
    [
        ("2004-04-30", False),
        ("2004-05-01", None),
        ("2004-05-30", None),
        ("2004-05-31", True),
        ("2010-04-30", True),
        ("2010-05-01", True),
        ("2010-05-02", None),
        ("2010-05-31", None),
        ("2010-06-01", False),
        ("2004-04/2004-05", None),
        ("2010-05/2010-06", None),
        ("2004-05-31/2010-05-01", True),
        ("/2004-04", False),
        ("2010-06/", False),
        ("2005/", None),
        ("/2009", None),
    ],
)
def test_a_period_of_vague_dates_holds_where_it_must(on: str, *, covers: bool | None) -> None:
    assert ae.Period(since="2004-05", last_day="2010-05").covers(on) is covers


def test_a_period_that_ended_nobody_says_when_may_hold() -> None:
    assert ae.Period(since="2004-05").covers("2010") is None
    assert ae.Period(since="2004-05", ongoing=False).covers("2010") is None
    assert ae.Period(since="2004-05", ongoing=True).covers("2010") is True
    assert ae.Period(last_day="2004-05").covers("2010") is False
    assert ae.Period(last_day="2004-05").covers("2003") is None


def test_the_least_and_the_most_lie_around_the_number() -> None:
    count = ae.ReportedCount(min=2, best=3, max=5)
    assert (count.min, count.best, count.max) == (2, 3, 5)
    quantity = ae.ReportedQuantity(min=1.5, best=3, max=5, unit="km")
    assert (quantity.min, quantity.best, quantity.max) == (1.5, 3, 5)


def test_parsing_leaves_a_missing_tag_missing_in_families_too() -> None:
    claim = {"value": "reckless"}
    with pytest.raises(ValidationError) as refused:
        parse(STATEMENT | {"claims": [claim]})
    assert kinds_of(refused) == {"union_tag_not_found"}
    with pytest.raises(ValidationError) as refused:
        type(ae.Claim(aspect="intent", value="reckless")).model_validate_json(json.dumps(claim))
    assert kinds_of(refused) == {"missing_field"}


# Claims and assessments.

COUNT: dict[str, Any] = {"best": 3}


class AspectRow(NamedTuple):
    aspect: str
    name: str
    value: Any
    wrong: Any
    more: dict[str, Any] = {}  # noqa: RUF012 (nobody changes it)


ASPECTS = [
    AspectRow("field", "Field", COUNT, 3, {"fields": ("totals.crossings",)}),
    AspectRow("attribution", "Attribution", "nato", "Nobody Knows"),
    AspectRow("intent", "Intent", "unintentional", "evil"),
    AspectRow("cause", "Cause", "jamming", "debris"),
    AspectRow("link", "Link", "lv-2024-09-07", "RO"),
    AspectRow("legality_of_crossing", "CrossingLegality", "not_permitted", "illegal"),
    AspectRow("legality_of_engagement", "EngagementLegality", "conditional", "legal"),
    AspectRow("characterisation", "Characterisation", "hybrid_attack", "hybrid"),
]
by_aspect = pytest.mark.parametrize("row", ASPECTS, ids=lambda row: row.aspect)
families = pytest.mark.parametrize("family", [ae.Claim, ae.Assessment])


@by_aspect
@families
def test_an_aspect_makes_its_own_class_and_takes_its_own_value(
    family: type[FamilyValue], row: AspectRow
) -> None:
    made = family(aspect=row.aspect, value=row.value, **row.more)
    member = type(made)
    assert member.__name__ == row.name + family.__name__
    assert issubclass(member, family)
    assert made.aspect == row.aspect
    assert member(value=row.value, **row.more) == made
    assert TypeAdapter(family).validate_json(to_json(made)) == made
    assert type(pickle.loads(pickle.dumps(made))) is member  # noqa: S301
    for make in (family, member):
        given = {"aspect": row.aspect} if make is family else {}
        with pytest.raises(ValidationError) as refused:
            make(value=row.wrong, **given, **row.more)
        assert all("value" in error["loc"] for error in refused.value.errors())


@by_aspect
def test_only_an_undetermined_claim_has_no_value(row: AspectRow) -> None:
    assert ae.Claim(aspect=row.aspect, polarity="undetermined", **row.more).value is None
    polarities = set(get_args(Polarity.__value__)) - {"undetermined"}
    if row.aspect == "field":
        # It affirms or doubts what stands in the field.
        made = [ae.Claim(aspect="field", polarity=one, **row.more) for one in polarities]
        assert {claim.value for claim in made} == {None}
        return
    for polarity in polarities:
        with pytest.raises(ValidationError) as refused:
            ae.Claim(aspect=row.aspect, polarity=polarity, **row.more)
        assert kinds_of(refused) == {"claim_without_value"}


@by_aspect
def test_an_assessment_always_has_a_value(row: AspectRow) -> None:
    if row.aspect == "field":
        assert ae.Assessment(aspect="field", **row.more).value is None
        return
    for given in ({}, {"value": None}):
        with pytest.raises(ValidationError):
            ae.Assessment(aspect=row.aspect, **given, **row.more)


def test_the_table_above_and_both_families_cover_the_aspects_in_their_order() -> None:
    aspects = list(get_args(Aspect.__value__))
    assert len(aspects) == 8
    assert [row.aspect for row in ASPECTS] == aspects
    assert list(ae.Claim.members()) == aspects
    assert list(ae.Assessment.members()) == aspects


@pytest.mark.parametrize("aspect", [one for one in get_args(Aspect.__value__) if one != "field"])
def test_claims_and_assessments_of_an_aspect_have_the_same_type_of_value(aspect: str) -> None:
    claim, assessment = (
        family.members()[aspect].model_json_schema()["properties"]["value"]
        for family in (ae.Claim, ae.Assessment)
    )
    options = [
        {
            key: told
            for key, told in schema.items()
            if key not in ("title", "default", "description")
        }
        for schema in (*claim.get("anyOf", [claim]), assessment)
    ]
    expected = options.pop()
    assert [option for option in options if option != {"type": "null"} or option == expected] == [
        expected
    ]


@pytest.mark.parametrize("family", [ae.Claim, ae.Assessment, ae.Geometry])
@pytest.mark.parametrize("word", ["nonsense", "", None, 1, ["intent"], {"a": 1}])
def test_a_family_refuses_a_word_that_names_no_member(family: Any, word: Any) -> None:
    with pytest.raises(ValidationError):
        family(**{family.discriminator(): word})
    with pytest.raises(ValidationError):
        family()


def test_members_are_taken_as_they_are() -> None:
    claim = ae.Claim(aspect="intent", value="reckless")
    statement = ae.Statement(id="s", speakers=["RO"], made={"value": "2024"}, claims=[claim])
    assert statement.claims == (claim,)
    assert type(statement.claims[0]) is type(claim)


# Every distinction of the domain has its place.

DISTINCTIONS: list[tuple[Any, str]] = [
    (ae.ReportedTime, "value verbatim reference timezone extent basis"),
    (ae.ReportedCount, "verbatim min best roughly max as_of"),
    (ae.ReportedQuantity, "verbatim min best roughly max unit datum"),
    (ae.Zone, "type id name entry count duration"),
    (ae.Check, "result reported_as by at"),
    (
        ae.Totals,
        "objects sorties crossings zone_entries incidents attacks finds places sightings",
    ),
    (
        ae.Place,
        "id name role facility state admin1 admin2 geometry radius distance precision method",
    ),
    (ae.Citation, "source supports quote reliability credibility"),
    (ae.Quote, "exact prefix suffix start end"),
    (
        ae.AerialObject,
        (
            "category id nationality checked same_as possibly_same_as count subcategory role "
            "designation icao_type payload transponder_on flight_plan radio_contact altitude fates"
        ),
    ),
    (ae.Fate, "fate id count by place time"),
    (ae.PossibleObject, "object likelihood"),
    (ae.Effect, "kind id count cause place time"),
    (
        ae.Response,
        "kind id count by at_request_of addressed_to stage assets article time place reason",
    ),
    (ae.Asset, "designation count operator"),
    (
        ae.Claim,
        "aspect id fields value polarity about likelihood confidence time evidence_offered note",
    ),
    (ae.Claim.members()["attribution"], "involvement"),
    (ae.Claim.members()["field"], "fields value count"),
    (ae.Claim.members()["legality_of_engagement"], "about condition"),
    (ae.Assessment, "aspect fields value by at likelihood confidence basis"),
    (
        ae.SpeechAct,
        (
            "act id content force modality condition addressed_to addressed_as about "
            "proposed_action quotation"
        ),
    ),
    *(
        (
            model,
            (
                "type id revision recorded_at replaces retracted sources note "
                "external_ids marking "
                "extensions"
            ),
        )
        for model in RECORD_CLASSES.values()
    ),
    (ae.Retraction, "at reason"),
    (ae.ExternalId, "scheme value"),
    (ae.Marking, "tlp embargo_until"),
    (
        ae.Source,
        (
            "kind publisher language title url archive_url sha256 published retrieved_at "
            "derived_from claims"
        ),
    ),
    (ae.DerivedFrom, "source how"),
    (
        ae.State,
        (
            "alpha_2 alpha_3 numeric name official_name other_names demonyms "
            "status dependent_on valid"
        ),
    ),
    (ae.NameInLanguage, "language name"),
    (ae.Alliance, "name kind founded dissolved memberships"),
    # When it ended is last_day; whether that end is open or unknown is told by ongoing.
    (ae.Membership, "state status since last_day ongoing event end_event source"),
    (ae.Organization, "name kind of parent valid"),
    (ae.Official, "name tenures"),
    (ae.Tenure, "post of since last_day ongoing acting"),
    (
        ae.Incursion,
        (
            "state over zones fir time sources title scope occurrence crossing totals distance "
            "duration depth "
            "entered_from exited_to places detected_by objects effects responses "
            "assessments during "
            "part_of possibly_same_as"
        ),
    ),
    (ae.PossibleIncursion, "incursion likelihood"),
    (
        ae.Series,
        "kind title time states places frequency totals objects responses part_of",
    ),
    (
        ae.Finding,
        "found place count condition category designation payload found_by handling links",
    ),
    (
        ae.Statement,
        (
            "speakers made speaker_as on_behalf_of signatories about form occasion "
            "audience acts claims"
        ),
    ),
]


@pytest.mark.parametrize(
    ("model", "names"), DISTINCTIONS, ids=[model.__name__ for model, _ in DISTINCTIONS]
)
def test_every_distinction_of_the_domain_has_its_field(model: type[Value], names: str) -> None:
    assert [name for name in names.split() if name not in model.model_fields] == []


def test_an_incursion_has_no_verdict_of_its_own() -> None:
    verdicts = {"intent", "perpetrator", "attribution", "hostile", "claims"}
    assert not verdicts & set(ae.Incursion.model_fields)
    assert "by" not in ae.Claim.model_fields


WORDS = {
    "SourceKind": "news_report agency_wire official_release social_post broadcast imagery dataset "
    "other",
    "Derivation": "republished translated excerpted cites",
    "StateStatus": "un_member un_observer other dependent_territory",
    "AllianceKind": "treaty_alliance intergovernmental_organization consultative_format coalition",
    "MembershipStatus": "member associate candidate observer partner suspended",
    "OrganizationKind": "government_body armed_force agency alliance_body media company airport "
    "class",
    "EventStatus": "suspected reported confirmed disputed doubtful discounted",
    "IncursionScope": "single aggregate",
    "IncursionKind": "crossing adiz_entry zone_entry approach sighting mistaken nothing",
    "CheckResult": "borne_out something_else unresolved",
    "PlaceRole": "entry exit overflown deepest detected lost crashed affected origin destination "
    "response_base",
    "SeriesKind": "attack_elsewhere repeated_incursions other",
    "FindingCondition": "intact wreckage fragments impact_site",
    "FindingHandling": "secured removed detonated_in_place analysed",
    "TimeExtent": "within throughout repeatedly",
    "TimeBasis": "stated resolved imputed",
    "EndKnowledge": "known open unknown",
    "AltitudeDatum": "AGL MSL STD",
    "AirspaceOver": "land internal_waters territorial_sea mixed international_waters "
    "another_state",
    "PlacePrecision": (
        "exact vicinity admin2 admin1 linear_or_fuzzy country international withheld"
    ),
    "PlaceMethod": "stated geocoded centroid analyst",
    "SourceReliability": "A B C D E F",
    "InformationCredibility": "1 2 3 4 5 6",
    "ObjectCategory": (
        "uncrewed_aircraft crewed_aircraft aircraft missile rocket balloon glide_bomb "
        "unidentified bird celestial light vessel nothing"
    ),
    "ObjectSubcategory": "aeroplane helicopter uas_class_i uas_class_ii uas_class_iii ballistic "
    "cruise",
    "ObjectRole": "one_way_attack decoy surveillance smuggling",
    "Payload": "explosive no_explosive contraband sensor unknown",
    "YesNo": "yes no",
    "FateKind": "exited crashed landed shot_down lost_from_view recovered",
    "EffectKind": "property_damage injury death flights_disrupted flights_diverted "
    "flights_cancelled passengers_affected evacuation none_reported",
    "EffectCause": "intruding_object debris defensive_fire precaution undetermined",
    "ResponseKind": "scramble monitoring interception shot_down not_engaged public_alert "
    "airport_closure airspace_closure border_closure debris_search investigation jamming pursuit "
    "arrest traffic_restriction "
    "diplomatic_protest consultation",
    "ResponseStage": "requested announced authorised done refused ended",
    "Polarity": "affirmed suspected denied no_evidence not_excluded unsubstantiated undetermined",
    "Involvement": "operated launched ordered tolerated made",
    "Intent": "intentional_attack unintentional",
    "Cause": "jamming fuel_exhausted loss_of_control",
    "Legality": "permitted not_permitted conditional",
    "Characterisation": "hybrid_attack act_of_aggression attack provocation violation accident "
    "sabotage other",
    "Confidence": "low moderate high",
    "SpeechActKind": "condemn express_concern accuse request commit warn announce support reject "
    "characterise decline_to_comment",
    "RequestForce": "explore invite urge demand",
    "Modality": "actual conditional hypothetical",
    "ProposedAction": "collective_response detection air_defence_posture interception "
    "legal_change consultation sanctions border_closure other",
    "Quotation": "paraphrase direct indirect",
    "TrafficLight": "clear green amber amber_strict red",
    "BorderSide": "RO XK international",
}


@pytest.mark.parametrize("name", WORDS)
def test_every_distinction_of_the_domain_has_its_word(name: str) -> None:
    words = set(map(str, vocabularies()[name].words))
    assert [word for word in WORDS[name].split() if word not in words] == []


def test_likelihood_has_seven_bands_apart_from_confidence() -> None:
    assert len(vocabularies()["Likelihood"].words) == 7
    shapes = fields_of(ae.Assessment)
    assert shapes["likelihood"].vocabulary == "Likelihood"
    assert shapes["confidence"].vocabulary == "Confidence"


# Every other field is absent until somebody says it: a default asserts nothing.
DEFAULTS: dict[str, Any] = {"revision": 1, "polarity": "affirmed"}


@pytest.mark.parametrize("model", value_classes(), ids=lambda model: model.__name__)
def test_a_default_asserts_nothing(model: type[Value]) -> None:
    defaults = {
        name: field.default
        for name, field in model.model_fields.items()
        if not field.is_required() and field.default not in (None, ())
    }
    assert defaults == {name: DEFAULTS[name] for name in defaults}


def test_an_open_end_is_not_an_unknown_end() -> None:
    ends = [
        ae.Period(last_day="2024").end_is,
        ae.Period(ongoing=True).end_is,
        ae.Period(ongoing=False).end_is,
        ae.Period().end_is,
    ]
    assert ends == ["known", "open", "unknown", "unknown"]


# What is refused.


def incursion(**fields: Any) -> dict[str, Any]:
    return INCURSION | fields


def totals(**counts: Any) -> dict[str, Any]:
    return incursion(totals=counts)


def source(**fields: Any) -> dict[str, Any]:
    return SOURCE | fields


def statement(**fields: Any) -> dict[str, Any]:
    return STATEMENT | fields


def at(*position: Any) -> dict[str, Any]:
    return incursion(places=[{"geometry": {"type": "Point", "coordinates": position}}])


def nowhere(**fields: Any) -> dict[str, Any]:
    return {name: value for name, value in (INCURSION | fields).items() if name != "state"} | (
        {} if "crossing" in fields else {"crossing": None}
    )


def alliance(**membership: Any) -> dict[str, Any]:
    record = {"type": "alliance", "id": "x", "name": "X", "kind": "coalition"}
    return record | {"memberships": [membership]}


def cited(**fields: Any) -> dict[str, Any]:
    return incursion(sources=[{"source": "unn-lv"} | fields])


def official(**tenure: Any) -> dict[str, Any]:
    tenures = [{"post": "p", "of": "RO"} | tenure]
    return {"type": "official", "id": "x", "name": "X", "tenures": tenures}


POINT = "places.0.geometry.Point.coordinates"
WORDS_26 = " ".join(["word"] * 26)
RING = [[0, 0], [1, 0], [1, 1], [0, 0]]

REFUSED: list[tuple[str, dict[str, Any], str, str]] = [
    (
        "min above best",
        totals(crossings={"min": 4, "best": 3}),
        "bounds_out_of_order",
        "totals.crossings",
    ),
    (
        "best above max",
        totals(crossings={"best": 4, "max": 3}),
        "bounds_out_of_order",
        "totals.crossings",
    ),
    (
        "min above max",
        incursion(depth={"min": 4, "max": 3.5, "unit": "km"}),
        "bounds_out_of_order",
        "depth",
    ),
    (
        "earliest after latest",
        incursion(time={"value": "2024-09-08/2024-09-07"}),
        "malformed_time",
        "time.value",
    ),
    (
        "instants the wrong way round",
        incursion(time={"value": "2024-09-08T02:00:00+03:00/2024-09-07T22:59:59Z"}),
        "malformed_time",
        "time.value",
    ),
    (
        "period that ends before it begins",
        official(since="2024", last_day="2023"),
        "bounds_out_of_order",
        "tenures.0",
    ),
    (
        "period that ended and goes on",
        official(last_day="2023", ongoing=True),
        "end_contradicted",
        "tenures.0",
    ),
    (
        "count that says nothing",
        totals(crossings={"as_of": "2024"}),
        "empty_value",
        "totals.crossings",
    ),
    ("empty quantity", incursion(depth={"unit": "km"}), "empty_value", "depth"),
    ("number without unit", incursion(depth={"best": 3}), "unit_missing", "depth"),
    ("duration in km", incursion(duration={"best": 3, "unit": "km"}), "wrong_unit", "duration"),
    ("depth in minutes", incursion(depth={"best": 3, "unit": "min"}), "wrong_unit", "depth"),
    (
        "words with a wrong unit",
        incursion(depth={"verbatim": "a while", "unit": "h"}),
        "wrong_unit",
        "depth",
    ),
    (
        "altitude in miles",
        incursion(objects=[{"category": "balloon", "altitude": {"best": 3, "unit": "mi"}}]),
        "wrong_unit",
        "objects.0.altitude",
    ),
    (
        "radius in flight levels",
        incursion(places=[{"radius": {"best": 3, "unit": "FL"}}]),
        "wrong_unit",
        "places.0.radius",
    ),
    ("latitude 95", at(26, 95), "less_than_equal", POINT + ".flat.1"),
    ("longitude -181", at(-181, 0), "greater_than_equal", POINT + ".flat.0"),
    ("one coordinate", at(26), "malformed_position", POINT),
    ("four coordinates", at(1, 2, 3, 4), "malformed_position", POINT),
    ("coordinate as text", at("26", 44), "float_type", POINT + ".flat.0"),
    (
        "ring that is open",
        incursion(
            places=[{"geometry": {"type": "Polygon", "coordinates": [[*RING[:3], [9, 9]]]}}]
        ),
        "ring_not_closed",
        "places.0.geometry.Polygon",
    ),
    (
        "ring of three positions",
        incursion(places=[{"geometry": {"type": "Polygon", "coordinates": [RING[:3]]}}]),
        "too_short",
        "places.0.geometry.Polygon.coordinates.0",
    ),
    (
        "line of one position",
        incursion(places=[{"geometry": {"type": "LineString", "coordinates": [[0, 0]]}}]),
        "too_short",
        "places.0.geometry.LineString.coordinates",
    ),
    ("name of an unset field", cited(supports=["title"]), "dangling_field", ""),
    ("name of an empty list", cited(supports=["objects"]), "dangling_field", ""),
    ("name of no such item", cited(supports=["objects.first"]), "dangling_field", ""),
    ("name of an item without an id", cited(supports=["sources.unn-lv"]), "dangling_field", ""),
    (
        "name of nothing in a statement",
        statement(sources=[{"source": "unn-lv", "supports": ["occasion"]}]),
        "dangling_field",
        "",
    ),
    ("name of no such field", cited(supports=["place.none"]), "dangling_field", ""),
    ("name into a text", cited(supports=["id.first"]), "dangling_field", ""),
    ("name into a value", cited(supports=["time.value"]), "dangling_field", ""),
    ("name of a computed bound", cited(supports=["time.earliest"]), "dangling_field", ""),
    ("name of a property", cited(supports=["kinds"]), "dangling_field", ""),
    *(
        (
            f"{name} is not a name",
            cited(supports=[name]),
            "string_pattern_mismatch",
            "sources.0.supports.0",
        )
        for name in ("/title", "sources.0", "sources.\u0660", "time.", ".time", "a..b", "Time")
    ),
    (
        "assessment of nothing",
        incursion(
            assessments=[{"aspect": "field", "value": "debris", "fields": ["effects.house.cause"]}]
        ),
        "dangling_field",
        "",
    ),
    (
        "assessment of a field of other records",
        incursion(assessments=[{"aspect": "field", "value": "intact", "fields": ["condition"]}]),
        "dangling_field",
        "",
    ),
    (
        "assessment of an empty field, without a value",
        incursion(assessments=[{"aspect": "field", "fields": ["over"]}]),
        "dangling_field",
        "",
    ),
    (
        "assessment of another aspect about an empty field",
        incursion(assessments=[{"aspect": "intent", "value": "reckless", "fields": ["objects"]}]),
        "dangling_field",
        "",
    ),
    (
        "assessment at a place that is not there",
        incursion(
            assessments=[
                {
                    "aspect": "field",
                    "fields": ["effects"],
                    "value": {"kind": "injury", "place": "field"},
                }
            ]
        ),
        "unknown_place",
        "",
    ),
    (
        "response at a place that is not there",
        incursion(responses=[{"kind": "airport_closure", "place": "airport"}]),
        "unknown_place",
        "",
    ),
    (
        "fate at a place that is not there",
        incursion(objects=[{"fates": [{"fate": "crashed", "place": "field"}]}]),
        "unknown_place",
        "",
    ),
    ("nowhere", nowhere(), "nowhere", ""),
    ("only an origin", nowhere(places=[{"name": "Riga", "role": "origin"}]), "nowhere", ""),
    ("only an empty place", nowhere(places=[{"id": "somewhere"}, {}]), "nowhere", ""),
    ("only a base", nowhere(places=[{"name": "Riga", "role": "response_base"}]), "nowhere", ""),
    (
        "crossing of nobody's border",
        nowhere(places=[{"name": "Riga"}], crossing="reported"),
        "crossing_without_state",
        "",
    ),
    *(
        (f"{name} without a crossing", incursion(crossing=None, **{name: value}), code, "")
        for name, value, code in (
            ("depth", {"verbatim": "deep"}, "crossing_missing"),
            ("entered_from", ["RU"], "crossing_missing"),
            ("exited_to", ["RU"], "crossing_missing"),
            ("totals", {"crossings": {"best": 3}}, "crossing_missing"),
        )
    ),
    (
        "one object counted twice",
        incursion(objects=[{"category": "balloon"}], totals={"objects": {"best": 3}}),
        "counted_twice",
        "",
    ),
    (
        "one object of a series counted twice",
        {
            "type": "series",
            "id": "x",
            "kind": "other",
            "title": "X",
            "objects": [{"category": "balloon"}],
            "totals": {"objects": {"best": 3}},
        },
        "counted_twice",
        "",
    ),
    ("totals that count nothing", incursion(totals={}), "empty_value", "totals"),
    (
        "number that is exact and approximate",
        totals(crossings={"best": 3, "roughly": 3}),
        "exact_and_approximate",
        "totals.crossings",
    ),
    (
        "quantity that is exact and approximate",
        incursion(depth={"best": 3, "roughly": 3, "unit": "km"}),
        "exact_and_approximate",
        "depth",
    ),
    (
        "approximately more than the most",
        totals(crossings={"roughly": 4, "max": 3}),
        "bounds_out_of_order",
        "totals.crossings",
    ),
    *(
        (
            f"{category} that nobody checked",
            incursion(objects=[{"category": category}]),
            "unchecked_category",
            "objects.0",
        )
        for category in ("bird", "celestial", "light", "vessel", "nothing")
    ),
    ("membership of no status", alliance(state="LV"), "missing", "memberships.0.status"),
    ("no sources", incursion(sources=[]), "too_short", "sources"),
    ("no speakers", statement(speakers=[]), "too_short", "speakers"),
    (
        "quote of 26 words",
        cited(quote={"exact": WORDS_26}),
        "string_pattern_mismatch",
        "sources.0.quote.exact",
    ),
    (
        "quote of no word",
        cited(quote={"exact": " "}),
        "string_pattern_mismatch",
        "sources.0.quote.exact",
    ),
    (
        "quote that ends at its start",
        cited(quote={"exact": "word", "start": 4, "end": 4}),
        "bounds_out_of_order",
        "sources.0.quote",
    ),
    (
        "time of day without offset",
        incursion(time={"value": "2024-09-07T02:25:00"}),
        "naive_datetime",
        "time.value",
    ),
    (
        "publication without offset",
        source(published="2024-09-07T02:25:00"),
        "naive_datetime",
        "published",
    ),
    (
        "instant without offset",
        source(retrieved_at="2024-09-07T02:25:00"),
        "string_pattern_mismatch",
        "retrieved_at",
    ),
    (
        "day as an instant",
        source(retrieved_at="2024-09-07"),
        "string_pattern_mismatch",
        "retrieved_at",
    ),
    ("number as an instant", source(retrieved_at=1_725_000_000), "string_type", "retrieved_at"),
    (
        "digits as an instant",
        source(retrieved_at="1725000000"),
        "string_pattern_mismatch",
        "retrieved_at",
    ),
    (
        "offset that is not known",
        source(retrieved_at="2024-09-07T02:25:00-00:00"),
        "string_pattern_mismatch",
        "retrieved_at",
    ),
    (
        "nine digits of a fraction",
        source(retrieved_at="2024-09-07T02:25:00.123456789Z"),
        "string_pattern_mismatch",
        "retrieved_at",
    ),
    (
        "30 February",
        source(retrieved_at="2024-02-30T02:25:00Z"),
        "datetime_from_date_parsing",
        "retrieved_at",
    ),
    ("year as a number", source(published=2024), "string_type", "published"),
    ("date as a number", incursion(time={"value": 20_240_907}), "string_type", "time.value"),
    (
        "interval as a publication date",
        source(published="2024-09/2024-10"),
        "malformed_time",
        "published",
    ),
    (
        "unknown time zone",
        incursion(time={"value": "2024", "timezone": "Europe/Bukarest"}),
        "unknown_time_zone",
        "time.timezone",
    ),
    (
        "offset as a time zone",
        incursion(time={"value": "2024", "timezone": "+03:00"}),
        "string_pattern_mismatch",
        "time.timezone",
    ),
    ("unknown field", incursion(intent="reckless"), "extra_forbidden", "intent"),
    (
        "unknown field inside",
        incursion(time={"value": "2024", "country": "LV"}),
        "extra_forbidden",
        "time.country",
    ),
    ("UK as a state", incursion(state="UK"), "literal_error", "state"),
    ("lower-case state", incursion(state="lv"), "literal_error", "state"),
    ("UK as a side", incursion(entered_from=["UK"]), "literal_error", "entered_from.0"),
    ("UK as an actor", statement(speakers=["UK"]), "string_pattern_mismatch", "speakers.0"),
    ("UK as a subject", statement(about=["UK"]), "string_pattern_mismatch", "about.0"),
    (
        "name as an actor",
        statement(speakers=["Angel Tîlvăr"]),
        "string_pattern_mismatch",
        "speakers.0",
    ),
    ("state as an id", incursion(id="LV"), "string_pattern_mismatch", "id"),
    ("id with a line behind it", incursion(id="lv\n"), "string_pattern_mismatch", "id"),
    ("id with two hyphens", incursion(id="lv--1"), "string_pattern_mismatch", "id"),
    ("id of 129 letters", incursion(id="x" * 129), "string_too_long", "id"),
    ("text as a list", statement(speakers="RO"), "tuple_type", "speakers"),
    ("object as a list", incursion(sources={"source": "unn-lv"}), "tuple_type", "sources"),
    ("object as a text", incursion(time="2024"), "model_type", "time"),
    ("list as an object", incursion(time=["2024"]), "model_type", "time"),
    ("true for 1", incursion(revision=True), "int_type", "revision"),
    ("true for a count", totals(crossings={"best": True}), "int_type", "totals.crossings.best"),
    (
        "true for a number",
        incursion(depth={"best": True, "unit": "km"}),
        "float_type",
        "depth.best",
    ),
    ("true for a degree", at(*[True, 0]), "float_type", POINT + ".flat.0"),
    ("1.0 for 1", incursion(revision=1.0), "int_type", "revision"),
    ("1.0 for a count", totals(crossings={"best": 1.0}), "int_type", "totals.crossings.best"),
    ("text for 1", incursion(revision="1"), "int_type", "revision"),
    ("1_000", totals(crossings={"best": "1_000"}), "int_type", "totals.crossings.best"),
    ("1_000 km", incursion(depth={"best": "1_000", "unit": "km"}), "float_type", "depth.best"),
    ("credibility as a text", cited(credibility="6"), "literal_error", "sources.0.credibility"),
    ("1 for true", official(acting=1), "bool_type", "tenures.0.acting"),
    ("number as a text", incursion(title=9), "string_type", "title"),
    ("empty text", incursion(title=""), "string_too_short", "title"),
    ("revision 0", incursion(revision=0), "greater_than_equal", "revision"),
    (
        "minus one drone",
        totals(crossings={"best": -1}),
        "greater_than_equal",
        "totals.crossings.best",
    ),
    (
        "extension without a domain",
        incursion(extensions={"mine": 1}),
        "string_pattern_mismatch",
        "extensions.mine.[key]",
    ),
    ("word of no vocabulary", incursion(occurrence="true"), "literal_error", "occurrence"),
    ("null where something must be", incursion(time=None), "model_type", "time"),
]


@pytest.mark.parametrize(
    ("record", "kind", "location"),
    [pytest.param(*row[1:], id=row[0]) for row in REFUSED],
)
def test_refused_in_json(record: dict[str, Any], kind: str, location: str) -> None:
    with pytest.raises(ValidationError) as refused:
        parse(record)
    error, *others = refused.value.errors()
    where = ".".join(map(str, (record["type"], location) if location else (record["type"],)))
    assert (error["type"], ".".join(map(str, error["loc"]))) == (kind, where)
    # A list that is required counts the items that are valid, and so is said to be too short.
    assert {other["type"] for other in others} <= {"too_short"}


@pytest.mark.parametrize("record", [pytest.param(row[1], id=row[0]) for row in REFUSED])
def test_refused_by_the_constructor_too(record: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        RECORD_CLASSES[record["type"]](**record)


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e400"])
@pytest.mark.parametrize(
    "place",
    [
        '"depth":{"best":@,"unit":"km"}',
        '"places":[{"geometry":{"type":"Point","coordinates":[@,0]}}]',
        '"extensions":{"example.org":{"x":[1,@]}}',
        '"totals":{"crossings":{"best":@}}',
        '"revision":@',
    ],
)
def test_nan_and_infinities_are_refused_wherever_they_stand(place: str, number: str) -> None:
    text = THREE_LINES[1][:-1] + "," + place.replace("@", number) + "}"
    with pytest.raises(ValidationError):
        parse(text)
    in_python = json.loads(text)
    with pytest.raises(ValidationError):
        ae.Incursion(**in_python)


NAIVE = datetime(2024, 9, 7, 2, 25)  # noqa: DTZ001


@pytest.mark.parametrize(
    "given",
    [
        pytest.param(NAIVE, id="naive"),
        pytest.param(date(2024, 9, 7), id="date"),
        pytest.param(1_725_000_000, id="number"),
        pytest.param(1_725_000_000.0, id="float"),
        pytest.param("1725000000", id="digits"),
        pytest.param(b"2024-09-07T02:25:00Z", id="bytes"),
        pytest.param(
            datetime(1899, 12, 31, 23, 0, tzinfo=timezone(-timedelta(hours=12))), id="1899"
        ),
        pytest.param(datetime(2201, 1, 1, 1, 0, tzinfo=timezone(timedelta(hours=14))), id="2201"),
        pytest.param(
            datetime(2024, 9, 7, tzinfo=timezone(timedelta(hours=1, seconds=30))), id="seconds"
        ),
    ],
)
def test_instants_that_json_could_not_hold_are_refused_in_python(given: Any) -> None:
    with pytest.raises(ValidationError):
        ae.Source(**SOURCE, retrieved_at=given)


@pytest.mark.parametrize(
    "text",
    [
        "1900-01-01T00:00:00+14:00",
        "1900-01-01T00:00:00+23:59",
        "1900-01-01T00:00:00Z",
        "2200-12-31T23:59:59.999999Z",
        "2200-12-31T23:59:59-12:00",
        "2200-12-31T23:59:59-23:59",
        "2024-02-29T00:00:00.5+05:45",
    ],
)
def test_an_instant_that_was_read_may_be_given_again(text: str) -> None:
    record = parse(source(retrieved_at=text))
    assert isinstance(record, ae.Source)
    assert record.retrieved_at == datetime.fromisoformat(text)
    assert record.replace(note="later") == parse(source(retrieved_at=text, note="later"))


@pytest.mark.parametrize("extension", ["\ud800", {"\udfff": 1}, {1: 2}, (1, 2), {1}, b"x", NAIVE])
def test_extensions_that_json_could_not_hold_are_refused_in_python(extension: Any) -> None:
    with pytest.raises(ValidationError):
        ae.Source(**SOURCE, extensions={"example.org": extension})


def nested(depth: int) -> Any:
    value: Any = []
    for _ in range(depth - 1):
        value = {"x": value} if depth % 2 else [value]
    return value


@pytest.mark.parametrize(
    ("kept", "refused", "kind"),
    [
        (10**4299 - 1, 10**4299, "out_of_range"),
        (1 - 10**4299, -(10**4299), "out_of_range"),
        (nested(198), nested(199), "nested_too_deeply"),
        (nested(197), nested(200), "nested_too_deeply"),
    ],
    ids=["integer", "negative", "lists", "objects"],
)
def test_extensions_that_no_reader_takes_back_are_refused_in_python(
    kept: Any, refused: Any, kind: str
) -> None:
    record = ae.Source(**SOURCE, extensions={"example.org": kept})
    assert parse(json.loads(ae.to_json(record))) == record
    with pytest.raises(ValidationError) as caught:
        ae.Source(**SOURCE, extensions={"example.org": refused})
    assert [error["type"] for error in caught.value.errors()] == [kind]


@pytest.mark.parametrize("field", ["title", "note", "id", "url", "language", "published"])
def test_texts_that_are_no_unicode_are_refused(field: str) -> None:
    with pytest.raises(ValidationError):
        ae.Source(**SOURCE | {field: "\ud800"})


# What is accepted.


@pytest.mark.parametrize(
    "record",
    [
        pytest.param(at(0, 0), id="0,0"),
        pytest.param(at(180, -90, -400), id="antimeridian and pole"),
        pytest.param(incursion(time={"value": "2199-01-01"}), id="future"),
        pytest.param(incursion(recorded_at="2199-01-01T00:00:00Z"), id="future record"),
        pytest.param(incursion(time={"value": "1900"}), id="long ago"),
        pytest.param(totals(crossings={"best": 0}), id="none"),
        pytest.param(totals(crossings={"min": 7}), id="at least seven"),
        pytest.param(totals(crossings={"verbatim": "several"}), id="several"),
        pytest.param(totals(crossings={"min": 3, "best": 3, "max": 3}), id="exactly"),
        pytest.param(incursion(depth={"verbatim": "deep"}), id="deep"),
        pytest.param(incursion(depth={"best": -3, "unit": "km"}), id="negative depth"),
        pytest.param(incursion(title=None, depth=None), id="nulls"),
        pytest.param(
            incursion(
                objects=[{"id": "first", "category": "balloon"}],
                sources=[
                    {"source": "a", "supports": ["state", "objects", "objects.first"]},
                    {"source": "b", "supports": ["objects.first.category", "sources"]},
                ],
            ),
            id="names of fields",
        ),
        pytest.param(nowhere(zones=[{"type": "P", "entry": "reported"}]), id="a zone"),
        pytest.param(nowhere(places=[{"name": "Riga"}]), id="a place"),
        pytest.param(incursion(crossing=None), id="no border spoken of"),
        pytest.param(totals(crossings={"roughly": 20, "min": 15, "max": 30}), id="about 20"),
        pytest.param(
            incursion(objects=[{}, {}], totals={"objects": {"best": 3}}), id="three of two groups"
        ),
        pytest.param(cited(quote={"exact": " ".join(["слово"] * 25)}), id="25 words"),
        pytest.param(statement(about=["lv-2024-09-07", "LV", "nato"]), id="subjects"),
        pytest.param(statement(made={"value": "2024-09-18T10:00:00Z"}), id="instant"),
        pytest.param(source(title="\u202eright to left\u202c e\u0301 👩‍✈️"), id="any script"),
        pytest.param(
            incursion(extensions={"example.org": None, "a.b": {"x": [1.5, {}, "", False]}}),
            id="any JSON",
        ),
    ],
)
def test_accepted_even_if_suspicious(record: dict[str, Any]) -> None:
    assert to_json(parse(to_json(parse(record)).decode())) == to_json(parse(record))


# What records are in Python.


def test_records_and_values_cannot_be_changed() -> None:
    record = parse(THREE_LINES[1])
    assert isinstance(record, ae.Incursion)
    with pytest.raises(ValidationError):
        record.title = "changed"  # type: ignore[misc]
    with pytest.raises(ValidationError):
        record.time.value = "2024"  # type: ignore[misc]
    with pytest.raises(ValidationError):
        del record.title
    with pytest.raises((AttributeError, ValidationError)):
        record.extra = 1  # type: ignore[attr-defined]
    assert isinstance(record.sources, tuple)


def test_a_record_without_extensions_costs_no_empty_object() -> None:
    assert ae.Incursion(**INCURSION).extensions is None


@pytest.mark.parametrize("model", value_classes(), ids=lambda model: model.__name__)
def test_every_class_is_frozen_and_forbids_what_it_does_not_know(model: type[Value]) -> None:
    assert model.model_config["frozen"] is True
    assert model.model_config["extra"] == "forbid"
    assert model.model_config["allow_inf_nan"] is False


@pytest.mark.parametrize("model", value_classes(), ids=lambda model: model.__name__)
def test_values_can_be_members_of_sets(model: type[Value]) -> None:
    value = smallest(model)
    assert {value: "found"}[value.model_copy()] == "found"


@pytest.mark.parametrize(
    "make", [copy.copy, copy.deepcopy, pickle.dumps], ids=lambda f: f.__name__
)
def test_a_record_is_copied_with_its_computed_bounds(make: Callable[[Any], Any]) -> None:
    time = ae.ReportedTime.parse("2024-09-07/2024-09-08", timezone="Europe/Bucharest")
    before = (time.earliest, time.latest, time.precision)
    made = make(time)
    again = pickle.loads(made) if isinstance(made, bytes) else made  # noqa: S301
    assert again == time == ae.ReportedTime.parse(time.value, timezone=time.timezone)
    assert hash(again) == hash(time)
    assert (again.earliest, again.latest, again.precision) == before
    assert to_json(again) == b'{"value":"2024-09-07/2024-09-08","timezone":"Europe/Bucharest"}'


def test_replace_is_checked_and_model_copy_is_not() -> None:
    time = ae.ReportedTime(value="2024-09-07", timezone="Europe/Bucharest")
    assert time.earliest == datetime(2024, 9, 6, 21, tzinfo=UTC)
    moved = time.replace(value="2024-09-08")
    assert moved.earliest == datetime(2024, 9, 7, 21, tzinfo=UTC)
    assert moved.timezone == "Europe/Bucharest"
    with pytest.raises(ValidationError):
        time.replace(value="2024-9-8")
    assert time.model_copy(update={"value": "2024-9-8"}).value == "2024-9-8"


def test_replace_keeps_the_class_of_a_member() -> None:
    claim = ae.Claim(aspect="intent", value="reckless")
    changed = claim.replace(polarity="denied")
    assert type(changed) is type(claim)
    assert changed.value == "reckless"
    with pytest.raises(ValidationError):
        claim.replace(value="jamming")
    with pytest.raises(ValidationError):
        claim.replace(aspect="cause")


def test_copy_replace_of_later_pythons_is_checked_too() -> None:
    with pytest.raises(ValidationError):
        smallest(ae.Incursion).__replace__(revision=0)


def test_model_dump_has_the_defaults_that_pydantic_gives_it() -> None:
    dumped = smallest(ae.Place).model_dump()
    assert list(dumped) == list(ae.Place.model_fields)
    assert set(dumped.values()) == {None}


def test_a_feed_header_is_no_record() -> None:
    with pytest.raises(ValidationError) as refused:
        parse({"type": "feed", "schema_version": "1.0"})
    assert kinds_of(refused) == {"union_tag_invalid"}


@pytest.mark.parametrize("model", RECORD_CLASSES.values(), ids=RECORD_CLASSES)
def test_the_own_fields_of_a_record_come_between_those_of_all(model: type[BaseRecord]) -> None:
    first = ["type", "id", "revision", *model.fields_in_front]
    last = list(BaseRecord.model_fields)[3:]
    names = [name for name in model.model_fields if name != "sources"]
    assert names[: len(first)] == first
    assert names[-len(last) :] == last
    if "sources" in model.model_fields:
        assert list(model.model_fields)[-len(last) - 1] == "sources"


@pytest.mark.parametrize("root", [ae.Claim, ae.Assessment], ids=["claims", "assessments"])
def test_the_own_fields_of_a_claim_come_after_its_value(root: type[Any]) -> None:
    for member in root.members().values():
        names = list(member.model_fields)
        own = [name for name in names if name not in root.model_fields]
        at = names.index("value") + 1
        assert names[at : at + len(own)] == own


ITEMS_WITH_IDS = {
    f"{model.__name__}.{name}": (model, name, next(iter(shape.models.values())))
    for model in value_classes()
    for name, shape in fields_of(model).items()
    if shape.many and any("id" in item.model_fields for item in shape.models.values())
}


@pytest.mark.parametrize(("model", "name", "item"), ITEMS_WITH_IDS.values(), ids=ITEMS_WITH_IDS)
def test_two_items_of_a_list_have_two_ids(model: type[Any], name: str, item: type[Any]) -> None:
    one, other = smallest(item).replace(id="one"), smallest(item).replace(id="other")
    record = smallest(RECORD_CLASSES["incursion"] if model is ae.AerialObject else model)

    def holding(*items: Any) -> Value:
        if model is ae.AerialObject:
            return record.replace(objects=(model(**{name: items}),))
        return record.replace(**{name: items})

    assert holding(one, other)
    with pytest.raises(ValidationError) as refused:
        holding(one, one)
    assert kinds_of(refused) == {"duplicate_item_id"}


@pytest.mark.parametrize("name", ["Incursion", "Zone", "Claim", "Point", "ReportedTime"])
def test_a_notebook_sees_what_a_constructor_takes(name: str) -> None:
    code = (
        "import inspect, airspace_events as ae\n"
        f"found = getattr(ae, {name!r}, None) or getattr(ae.geometry, {name!r})\n"
        "given = inspect.signature(found).parameters\n"
        "assert set(found.model_fields) <= set(given), given\n"
        "assert all(one.kind is one.KEYWORD_ONLY for one in given.values()), given\n"
    )
    before = "from airspace_events.values.base import *; inspect.signature(Value)"
    for first in ("", f"{before}; inspect.signature(TaggedValue); inspect.signature(FamilyValue)"):
        run = [sys.executable, "-c", f"import inspect; {first}\n{code}"]
        subprocess.run(run, check=True)


@pytest.mark.parametrize("defer", [True, False])
def test_a_class_of_a_user_has_its_own_signature(*, defer: bool) -> None:
    class Desk(ae.Place, frozen=True, defer_build=defer):
        desk: str = ""

    assert "desk" not in inspect.signature(ae.Place).parameters

    class Night(Desk, frozen=True, defer_build=defer):
        hour: int = 0

    for model in (Night, Desk):
        assert list(inspect.signature(model).parameters) == list(model.model_fields)
