"""What annotations tell of values: fields, pointers, references, keys."""

import ast
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, get_args, get_origin

import pytest
from pydantic import ValidationError
from typing_extensions import TypeAliasType

import airspace_events as ae
from airspace_events.feeds.header import FeedHeader
from airspace_events.feeds.reading import record_adapter
from airspace_events.feeds.writing import to_json
from airspace_events.models.records import RECORD_CLASSES
from airspace_events.testing.strategies.smallest_values import smallest
from airspace_events.values import references
from airspace_events.values.base import Value
from airspace_events.values.claims import Claim
from airspace_events.values.geometry import Polygon
from airspace_events.values.references import Reference
from airspace_events.values.structure import (
    FieldShape,
    count_keys,
    fields_of,
    follow,
    named_records,
)
from airspace_events.vocabulary.codebook import vocabularies
from value_classes import value_classes

ACTORS = ("state", "alliance", "organization", "official")

# Class, field, and what is told of it; what is left out is as for a plain optional text.
FIELDS: list[tuple[type[Value], str, dict[str, Any]]] = [
    (ae.Incursion, "type", {"required": True}),
    (ae.Incursion, "id", {"required": True, "form": "id"}),
    (ae.Incursion, "revision", {"form": "positive whole number"}),
    (ae.Incursion, "title", {"form": "name"}),
    (ae.Incursion, "state", {"vocabulary": "StateCode", "kinds": ("state",)}),
    (ae.Incursion, "zones", {"many": True, "models": [ae.Zone]}),
    (ae.Incursion, "totals", {"models": [ae.Totals]}),
    (ae.Incursion, "time", {"required": True, "models": [ae.ReportedTime]}),
    (ae.Incursion, "scope", {"vocabulary": "IncursionScope"}),
    (ae.Incursion, "crossing", {"vocabulary": "EventStatus"}),
    (ae.Incursion, "duration", {"models": [ae.ReportedQuantity]}),
    (ae.Incursion, "entered_from", {"many": True, "vocabulary": "BorderSide"}),
    (ae.Incursion, "objects", {"many": True, "models": [ae.AerialObject]}),
    (ae.Incursion, "detected_by", {"many": True, "form": "actor", "kinds": ACTORS}),
    (ae.Incursion, "part_of", {"form": "id", "kinds": ("series",)}),
    (ae.Incursion, "during", {"many": True, "form": "id", "kinds": ("series",)}),
    (ae.Incursion, "sources", {"required": True, "many": True, "models": [ae.Citation]}),
    (ae.Incursion, "replaces", {"many": True, "form": "id", "kinds": ("same",)}),
    (ae.Incursion, "recorded_at", {"form": "instant"}),
    (ae.Incursion, "extensions", {"mapping": True, "form": "object"}),
    (
        ae.Incursion,
        "assessments",
        {"many": True, "models": list(ae.Assessment.members().values())},
    ),
    (ae.Statement, "speakers", {"required": True, "many": True, "form": "actor", "kinds": ACTORS}),
    (ae.Statement, "claims", {"many": True, "models": list(ae.Claim.members().values())}),
    (ae.Place, "geometry", {"models": list(ae.Geometry.members().values())}),
    (ae.Place, "state", {"vocabulary": "StateCode", "kinds": ("state",)}),
    (ae.Citation, "source", {"required": True, "form": "id", "kinds": ("source",)}),
    (ae.Citation, "supports", {"many": True, "form": "name of a field"}),
    (ae.Effect, "place", {"form": "id of an item"}),
    (ae.Citation, "credibility", {"vocabulary": "InformationCredibility"}),
    (ae.PossibleObject, "object", {"required": True, "form": "reference", "kinds": ("object",)}),
    (ae.Membership, "ongoing", {"form": "true or false"}),
    (
        ae.Tenure,
        "of",
        {
            "required": True,
            "form": "state code",
            "kinds": ("state", "alliance", "organization"),
        },
    ),
    (ae.ReportedTime, "value", {"required": True, "form": "time"}),
    (ae.ReportedTime, "timezone", {"form": "time zone"}),
    (ae.ReportedQuantity, "best", {"form": "number"}),
    (
        ae.Claim.members()["link"],
        "value",
        {"form": "id", "kinds": ("incursion", "series", "finding")},
    ),
    (ae.Claim.members()["field"], "value", {"open": True}),
    (
        ae.Claim.members()["field"],
        "fields",
        {"required": True, "many": True, "form": "name of a field"},
    ),
    (Polygon, "coordinates", {"required": True, "many": True}),
    (FeedHeader, "schema_version", {"required": True, "form": "schema version"}),
]


@pytest.mark.parametrize(
    ("model", "name", "told"),
    [pytest.param(*row, id=f"{row[0].__name__}.{row[1]}") for row in FIELDS],
)
def test_a_field_is_told_as_it_is(model: type[Value], name: str, told: dict[str, Any]) -> None:
    shape = fields_of(model)[name]
    assert shape.name == name
    assert shape.required == told.get("required", False)
    assert shape.many == told.get("many", False)
    assert shape.mapping == told.get("mapping", False)
    assert shape.is_open == told.get("open", False)
    assert list(shape.models.values()) == told.get("models", [])
    assert shape.vocabulary == told.get("vocabulary")
    assert (shape.form.name if shape.form else "").startswith(told.get("form", ""))
    assert (shape.form is None) == ("form" not in told)
    assert (shape.reference.kinds if shape.reference else None) == told.get("kinds")


@pytest.mark.parametrize("model", value_classes(), ids=lambda model: model.__name__)
def test_all_fields_are_told_in_their_order(model: type[Value]) -> None:
    shapes = fields_of(model)
    assert list(shapes) == list(model.model_fields)
    for name, shape in shapes.items():
        assert shape.required == model.model_fields[name].is_required()
        assert shape.vocabulary is None or shape.vocabulary in vocabularies()
        for tag, child in shape.models.items():
            assert tag == "" or child.model_json_schema()
    with pytest.raises(TypeError):
        shapes["new"] = FieldShape("new", required=False)  # type: ignore[index]


def test_only_what_says_no_more_is_without_a_form() -> None:
    bare = {
        f"{model.__name__}.{name}"
        for model in value_classes()
        for name, shape in fields_of(model).items()
        if not (shape.form or shape.models or shape.vocabulary)
    }
    members = [*ae.Claim.members().values(), *ae.Assessment.members().values()]
    tags = {f"{model.__name__}.aspect" for model in members}
    tags |= {f"{model.__name__}.type" for model in RECORD_CLASSES.values()}
    for member in ae.Geometry.members().values():
        tags |= {f"{member.__name__}.type", f"{member.__name__}.coordinates"}
    open_values = {"FieldClaim.value", "FieldAssessment.value"}
    # A position has a form for each of its numbers, and none for itself.
    assert bare == tags | open_values


def test_the_required_examples_in_the_annotations_make_every_class() -> None:
    for model in value_classes():
        assert type(smallest(model)) is model


# Following the locations of pydantic's errors.


def geometry(kind: str, coordinates: Any) -> dict[str, Any]:
    return {"places": [{}, {"geometry": {"type": kind, "coordinates": coordinates}}]}


def claims(*claims: Any) -> dict[str, Any]:
    return {"type": "source", "kind": "other", "publisher": "P", "language": "en"} | {
        "claims": [{"aspect": "cause", "value": "jamming"}, *claims]
    }


OBJECT: dict[str, Any] = {"category": "balloon"}
INCURSION: dict[str, Any] = {
    "type": "incursion",
    "id": "i",
    "state": "RO",
    "crossing": "reported",
    "time": {"value": "2024"},
    "sources": [{"source": "s"}],
}
RING = [[0, 0], [1, 0], [1, 1], [0, 0]]

# What is wrong, the pointer to it, and the class in which it stands, if that is a value.
FAULTS: list[tuple[str, dict[str, Any], str, type[Value] | None]] = [
    ("field", {"revision": 0}, "/revision", None),
    ("unknown field", {"intent": 1}, "/intent", None),
    ("value for an object", {"time": 1}, "/time", ae.ReportedTime),
    ("field of a value", {"time": {"value": "x"}}, "/time/value", None),
    ("missing field of a value", {"time": {}}, "/time/value", None),
    ("unknown field of a value", {"time": {"value": "2024", "x": 1}}, "/time/x", None),
    ("value as a whole", {"totals": {"crossings": {}}}, "/totals/crossings", ae.ReportedCount),
    ("narrowed value", {"depth": {"best": 1, "unit": "h"}}, "/depth", ae.ReportedQuantity),
    ("narrowed number", {"depth": {"best": "1", "unit": "h"}}, "/depth/best", None),
    ("list of plain values", {"entered_from": ["RO", "UK"]}, "/entered_from/1", None),
    ("list as a whole", {"detected_by": "RO"}, "/detected_by", None),
    ("item of a list", {"objects": [OBJECT, 1]}, "/objects/1", ae.AerialObject),
    (
        "deep inside",
        {"objects": [OBJECT, OBJECT | {"fates": [{"fate": "crashed"}, {"fate": "x"}]}]},
        "/objects/1/fates/1/fate",
        None,
    ),
    (
        "time inside",
        {"objects": [OBJECT | {"fates": [{"fate": "crashed", "time": {"value": "x"}}]}]},
        "/objects/0/fates/0/time/value",
        None,
    ),
    (
        "member of a family",
        {"assessments": [{"aspect": "intent", "value": "x"}]},
        "/assessments/0/value",
        None,
    ),
    ("missing in a member", {"assessments": [{"aspect": "intent"}]}, "/assessments/0/value", None),
    ("tag that is none", {"assessments": [{"aspect": "x"}]}, "/assessments/0", None),
    ("no tag", {"assessments": [{}]}, "/assessments/0", None),
    (
        "unknown field named as a tag",
        {"assessments": [{"aspect": "cause", "value": "jamming", "intent": 1}]},
        "/assessments/0/intent",
        None,
    ),
    (
        "member that is refused as a whole",
        claims({"aspect": "intent"}),
        "/claims/1",
        ae.Claim.members()["intent"],
    ),
    (
        "inside a value whose type the names decide",
        claims({"aspect": "field", "fields": ["totals.crossings"], "value": {"best": "x"}}),
        "/claims/1/value/best",
        None,
    ),
    (
        "such a value as a whole",
        claims({"aspect": "field", "fields": ["totals.crossings"], "value": {}}),
        "/claims/1/value",
        ae.ReportedCount,
    ),
    (
        "item in a member",
        claims({"aspect": "cause", "value": "jamming", "about": ["RO", "UK"]}),
        "/claims/1/about/1",
        None,
    ),
    (
        "item that a claim adds to a list",
        claims({"aspect": "field", "fields": ["objects"], "value": {"category": "x"}}),
        "/claims/1/value/category",
        None,
    ),
    (
        "position that a claim gives",
        claims(
            {
                "aspect": "field",
                "fields": ["places.field.geometry"],
                "value": {"type": "Point", "coordinates": [0, 95]},
            }
        ),
        "/claims/1/value/coordinates/1",
        None,
    ),
    ("latitude of a point", geometry("Point", [0, 95]), "/places/1/geometry/coordinates/1", None),
    (
        "latitude under an elevation",
        geometry("Point", [0, 95, 0]),
        "/places/1/geometry/coordinates/1",
        None,
    ),
    ("elevation", geometry("Point", [0, 9, 1e9]), "/places/1/geometry/coordinates/2", None),
    ("position", geometry("Point", [0]), "/places/1/geometry/coordinates", None),
    (
        "position of a line",
        geometry("LineString", [[0, 0], [0]]),
        "/places/1/geometry/coordinates/1",
        None,
    ),
    (
        "longitude in a ring",
        geometry("Polygon", [RING, [*RING[:3], [999, 0]]]),
        "/places/1/geometry/coordinates/1/3/0",
        None,
    ),
    ("ring", geometry("Polygon", [RING, RING[:3]]), "/places/1/geometry/coordinates/1", None),
    ("open ring", geometry("Polygon", [[*RING[:3], [2, 2]]]), "/places/1/geometry", Polygon),
    (
        "deep in areas",
        geometry("MultiPolygon", [[RING], [RING, [*RING[:3], [0, -91]]]]),
        "/places/1/geometry/coordinates/1/1/3/1",
        None,
    ),
    ("no kind of geometry", geometry("Circle", [0, 0]), "/places/1/geometry", None),
    ("key of the extensions", {"extensions": {"a.b": 1, "mine": 1}}, "/extensions/mine", None),
    ("extensions as a whole", {"extensions": [1]}, "/extensions", None),
    ("key that is a number", {"extensions": {"0": 1}}, "/extensions/0", None),
    ("empty key", {"extensions": {"": 1}}, "/extensions/", None),
    ("key with a slash", {"extensions": {"a/b": 1}}, "/extensions/a~1b", None),
    ("key that looks like pydantic's", {"extensions": {"[key]": 1}}, "/extensions/[key]", None),
]


@pytest.mark.parametrize(
    ("fields", "expected", "within"), [pytest.param(*row[1:], id=row[0]) for row in FAULTS]
)
def test_a_fault_is_followed_to_its_place(
    fields: dict[str, Any], expected: str, within: type[Value] | None
) -> None:
    record = fields | {"id": "i"} if "type" in fields else INCURSION | fields
    with pytest.raises(ValidationError) as refused:
        record_adapter().validate_json(json.dumps(record))
    error = refused.value.errors()[0]
    parts, inside, last = follow(RECORD_CLASSES[record["type"]], tuple(error["loc"][1:]), record)
    assert "".join("/" + str(part).replace("/", "~1") for part in parts) == expected
    assert inside is within
    # The parts lead to the fault in the JSON itself, but for what is missing or refused there.
    value: Any = record
    for part in parts[:-1]:
        value = value[part]
    assert last is not None or error["type"] == "extra_forbidden"


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"state": "UK"}, "state"),
        (
            {
                "assessments": [
                    {"aspect": "field", "fields": ["objects.a.nationality"], "value": "UK"}
                ]
            },
            "nationality",
        ),
        ({"entered_from": ["UK"]}, "entered_from"),
        ({"places": [{"geometry": {"type": "Point", "coordinates": [0, 95]}}]}, "coordinates"),
        ({"assessments": [{"aspect": "intent", "value": "x"}]}, "value"),
        ({"extensions": {"mine": 1}}, "extensions"),
    ],
)
def test_the_last_field_on_the_way_is_told(fields: dict[str, Any], field: str) -> None:
    with pytest.raises(ValidationError) as refused:
        ae.Incursion.model_validate_json(json.dumps(INCURSION | fields))
    last = follow(ae.Incursion, tuple(refused.value.errors()[0]["loc"]), INCURSION | fields)[2]
    assert last is not None
    assert last.name == field


def test_following_nothing_stays_at_the_record() -> None:
    assert follow(ae.Incursion, ()) == ((), ae.Incursion, None)


# References.


def names_of_types(annotation: Any) -> Iterator[str]:
    """The names of all types in an annotation: another way than the library's."""
    if isinstance(annotation, TypeAliasType):
        yield annotation.__name__
        yield from names_of_types(annotation.__value__)
    elif get_origin(annotation) is Annotated:
        yield from names_of_types(get_args(annotation)[0])
    else:
        for inner in get_args(annotation):
            yield from names_of_types(inner)


def reference_types() -> dict[str, Reference]:
    found = {}
    for name, alias in vars(references).items():
        if isinstance(alias, TypeAliasType) and name.endswith("Ref"):
            (found[name],) = (
                item for item in get_args(alias.__value__) if isinstance(item, Reference)
            )
    return found


def test_every_type_that_names_records_says_which() -> None:
    types = reference_types()
    assert len(types) >= 11
    kinds = {kind for reference in types.values() for kind in reference.kinds}
    assert kinds == {*RECORD_CLASSES, "object", "same"}
    optional = {name for name, reference in types.items() if not reference.required}
    assert optional == {"MergedRef"}


@pytest.mark.parametrize("model", [*value_classes(), FeedHeader], ids=lambda model: model.__name__)
def test_every_field_whose_type_names_records_carries_its_reference(model: type[Value]) -> None:
    types = reference_types()
    for name, shape in fields_of(model).items():
        named = names_of_types(model.model_fields[name].annotation)
        expected = [types[each] for each in named if each.endswith("Ref")]
        assert ([shape.reference] if shape.reference else []) == expected, name


def test_no_field_that_holds_the_name_of_a_record_is_a_mere_text() -> None:
    # These forms are names of records; only a record's own name is no reference.
    forms = (
        "id (",
        "actor ",
        "subject ",
        "object of an incursion",
        "state's code or id",
        "state code",
    )
    own = {
        f"{model.__name__}.{name}"
        for model in value_classes()
        for name, shape in fields_of(model).items()
        if shape.form and shape.form.name.startswith(forms) and not shape.reference
    }
    assert own == {f"{model.__name__}.id" for model in RECORD_CLASSES.values()}


def test_no_field_that_names_records_is_listed_by_hand() -> None:
    names = {
        name
        for model in value_classes()
        for name, shape in fields_of(model).items()
        if shape.reference
    }
    # These are words of something else too: types of records, tags, parts of the codebook,
    # strategies.
    names -= {*RECORD_CLASSES, "object", "value", "about", "of", "by", "states"}
    assert len(names) > 12
    source = Path(ae.__file__).parent
    listed = [
        f"{file.relative_to(source)}:{line}: {text}"
        for file in sorted(source.rglob("*.py"))
        # A pointer to one fault, and a fault to be planted, are no list of references.
        if file.parent.name not in ("cross_record", "rules", "testing", "synthetic")
        and file.stem != "facts"
        for line, text in listed_texts(ast.parse(file.read_text(encoding="utf-8")))
        if text in names
    ]
    assert listed == []


def listed_texts(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Texts that stand in a list, or that something is compared with."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Tuple | ast.List | ast.Set):
            items: list[ast.expr] = node.elts
        elif isinstance(node, ast.Compare):
            items = [node.left, *node.comparators]
        elif isinstance(node, ast.MatchValue):
            items = [node.value]
        else:
            continue
        for item in items:
            if isinstance(item, ast.Constant) and isinstance(item.value, str):
                yield item.lineno, item.value


SAMPLES: list[tuple[Value, list[tuple[str, str]]]] = [
    (
        ae.Incursion(
            id="i",
            replaces=["old-1", "old-2"],
            state="RO",
            crossing="reported",
            time={"value": "2024"},
            entered_from=["UA"],
            places=[{"name": "Plauru", "state": "RO", "id": "field"}, {"name": "the sea"}],
            detected_by=["RO", "nato"],
            objects=[
                {"category": "balloon"},
                {
                    "category": "uncrewed_aircraft",
                    "id": "first",
                    "same_as": ["other#one"],
                    "possibly_same_as": [{"object": "other#two"}],
                    "nationality": "UA",
                    "fates": [{"fate": "landed", "by": ["ro-mod"], "place": "field"}],
                },
            ],
            responses=[
                {
                    "kind": "scramble",
                    "by": ["ro-air-force"],
                    "at_request_of": ["nato"],
                    "addressed_to": ["RU"],
                    "assets": [{"designation": "F-16", "operator": "RO"}, {"designation": "x"}],
                }
            ],
            assessments=[
                {"aspect": "attribution", "value": "RU", "by": "desk"},
                {"aspect": "link", "value": "i-2"},
                {"aspect": "intent", "value": "reckless"},
            ],
            during=["attacks"],
            part_of="crossings",
            possibly_same_as=[{"incursion": "i-3"}],
            sources=[{"source": "s-1"}, {"source": "s-2"}],
        ),
        [
            ("RO", "state"),
            ("RO", "places/0/state"),
            ("RO", "detected_by/0"),
            ("nato", "detected_by/1"),
            ("other#one", "objects/1/same_as/0"),
            ("other#two", "objects/1/possibly_same_as/0/object"),
            ("ro-mod", "objects/1/fates/0/by/0"),
            ("UA", "objects/1/nationality"),
            ("ro-air-force", "responses/0/by/0"),
            ("nato", "responses/0/at_request_of/0"),
            ("RU", "responses/0/addressed_to/0"),
            ("RO", "responses/0/assets/0/operator"),
            ("RU", "assessments/0/value"),
            ("desk", "assessments/0/by"),
            ("i-2", "assessments/1/value"),
            ("attacks", "during/0"),
            ("crossings", "part_of"),
            ("i-3", "possibly_same_as/0/incursion"),
            ("s-1", "sources/0/source"),
            ("s-2", "sources/1/source"),
            ("old-1", "replaces/0"),
            ("old-2", "replaces/1"),
        ],
    ),
    (
        ae.Statement(
            id="s",
            speakers=["RO"],
            made={"value": "2024"},
            on_behalf_of=["nato"],
            signatories=["RO", "LV"],
            about=["i", "LV"],
            acts=[{"act": "request", "content": "x", "addressed_to": ["UA"], "about": ["i"]}],
            claims=[
                {"aspect": "attribution", "polarity": "undetermined"},
                {"aspect": "attribution", "value": "RU", "about": ["i-2"]},
                {"aspect": "field", "fields": ["crossing"], "value": "LV"},
                {"aspect": "field", "fields": ["crossing"]},
                {"aspect": "field", "fields": ["objects.one.designation"], "value": "nato"},
                {
                    "aspect": "field",
                    "fields": ["responses"],
                    "value": {"kind": "scramble", "by": ["PL"]},
                },
            ],
        ),
        [
            ("RO", "speakers/0"),
            ("nato", "on_behalf_of/0"),
            ("RO", "signatories/0"),
            ("LV", "signatories/1"),
            ("i", "about/0"),
            ("LV", "about/1"),
            ("UA", "acts/0/addressed_to/0"),
            ("i", "acts/0/about/0"),
            ("RU", "claims/1/value"),
            ("i-2", "claims/1/about/0"),
            ("LV", "claims/2/value"),
            ("PL", "claims/5/value/by/0"),
        ],
    ),
    (
        ae.Source(
            id="s",
            kind="other",
            publisher="P",
            language="en",
            derived_from=[{"source": "wire"}],
            external_ids=[{"scheme": "x", "value": "nato"}],
            extensions={"example.org": {"source": "not-ours", "state": "RO"}},
        ),
        [("wire", "derived_from/0/source")],
    ),
    (
        ae.Alliance(
            id="a",
            name="A",
            kind="coalition",
            memberships=[
                {"state": "RO", "status": "member", "source": "treaty"},
                {"state": "LV", "status": "observer"},
            ],
        ),
        [
            ("RO", "memberships/0/state"),
            ("treaty", "memberships/0/source"),
            ("LV", "memberships/1/state"),
        ],
    ),
    (
        ae.State(id="gl", alpha_2="GL", name="Greenland", dependent_on="DK"),
        [("DK", "dependent_on")],
    ),
    (
        ae.Organization(id="o", name="O", kind="agency", of="nato", parent="p"),
        [("nato", "of"), ("p", "parent")],
    ),
    (
        ae.Official(id="o", name="O", tenures=[{"post": "x", "of": "RO"}]),
        [("RO", "tenures/0/of")],
    ),
    (
        ae.Finding(
            id="f",
            found={"value": "2024"},
            place={"state": "RO"},
            found_by=["RO"],
            links=[{"incursion": "i"}],
        ),
        [("RO", "place/state"), ("RO", "found_by/0"), ("i", "links/0/incursion")],
    ),
    (
        ae.Series(id="s", kind="other", title="T", time={"value": "2024/.."}, states=["RO", "LV"]),
        [("RO", "states/0"), ("LV", "states/1")],
    ),
]


@pytest.mark.parametrize(
    ("value", "expected"),
    [pytest.param(*sample, id=type(sample[0]).__name__) for sample in SAMPLES],
)
def test_the_records_that_a_value_names_are_found(
    value: Value, expected: list[tuple[str, str]]
) -> None:
    found = [(each.name, "/".join(map(str, each.parts))) for each in named_records(value)]
    assert sorted(found) == sorted(expected)
    document = json.loads(to_json(value))
    for each in named_records(value):
        target: Any = document
        for part in each.parts:
            target = target[part]
        assert target == each.name


def test_a_named_record_says_what_may_be_named() -> None:
    (attributed,) = named_records(Claim(aspect="attribution", value="nato"))
    assert attributed.reference.kinds == ACTORS
    crossing = Claim(aspect="field", fields=["crossing"], value="RO")
    (crossed,) = named_records(crossing, ("claims", 3))
    assert (crossed.reference.kinds, crossed.parts) == (("state",), ("claims", 3, "value"))


@pytest.mark.parametrize(
    ("record", "number"),
    [
        ('{"type":"official","id":"o","name":"N"}', 3),
        ('{"type":"official","id":"o","name":"N","note":null,"tenures":[]}', 5),
        ('{"type":"official","id":"o","name":"N","tenures":[{"post":"p","of":"RO"}]}', 6),
        ('{"type":"official","id":"o","name":"N","extensions":{}}', 4),
        ('{"type":"official","id":"o","name":"N","extensions":{"a.b":{"c":[{"d":{}}]}}}', 7),
        ('{"type":"official","id":"o","name":"N","extensions":{"a.b":"{\\"c\\":1}"}}', 5),
        (
            (
                '{"type":"source","id":"o","kind":"other","publisher":"N","claims":[{"aspect":"field",'
                '"fields":["objects"],"value":{"count":{"best":2}},"polarity":"denied"}]}'
            ),
            11,
        ),
        (
            (
                '{"type":"source","id":"o","kind":"other","publisher":"N","claims":[{"aspect":"field",'
                '"fields":["over"],"value":"land","count":null}]}'
            ),
            9,
        ),
    ],
)
def test_the_keys_of_the_json_are_counted_as_they_stood(record: str, number: int) -> None:
    parsed = record_adapter().validate_json(record)
    assert count_keys(parsed) == number
