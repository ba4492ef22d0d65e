"""Tests of the defaults and the examples in the codebook: each example is of the right kind."""

import json
from collections.abc import Iterator
from typing import Annotated, Any

import pytest
from pydantic import TypeAdapter

import airspace_events as ae
from airspace_events.feeds.header import FeedHeader
from airspace_events.models.records import RECORD_CLASSES, type_of
from airspace_events.schema.codebook import codebook
from airspace_events.schema.docstrings import value_classes
from airspace_events.schema.examples import example_of, example_records
from airspace_events.values.base import Value
from airspace_events.values.field_names import claimed_field
from airspace_events.values.structure import FieldShape, fields_of
from airspace_events.vocabulary.state_codes import StateCode
from airspace_events.vocabulary.word_lists import words_of

CLASSES = sorted(
    value_classes(FeedHeader, *RECORD_CLASSES.values()), key=lambda model: model.__name__
)
FIELDS = [(model, shape) for model in CLASSES for shape in fields_of(model).values()]
SHOWN = [(model, shape) for model, shape in FIELDS if example_of(model, shape)]
NAMES = [f"{model.__name__}.{shape.name}" for model, shape in SHOWN]
RECORDS = [record for record in example_records() if not isinstance(record, FeedHeader)]
TYPE_OF_ID = {record.id: type_of(type(record)) for record in (*RECORDS, *ae.alliances)}
CODES = frozenset(words_of(StateCode))

#: Fields that name a place, and what they may be called: the feed is made up, but in Tulcea.
PLACES = {place.name for record in RECORDS for place in getattr(record, "places", ())} | {
    record.place.name for record in RECORDS if isinstance(record, ae.Finding)
}
DIVISIONS = {"admin1": {"Tulcea"}, "admin2": {"Isaccea", "Babadag", "Măcin", "Sulina"}}


def items(model: type[Value], shape: FieldShape) -> Iterator[Any]:
    shown = json.loads(example_of(model, shape))
    yield from shown if shape.many else [shown]


def types_named(name: str) -> set[str]:
    if "#" in name:
        incursion, _, item = name.partition("#")
        return {
            "object"
            for record in RECORDS
            if isinstance(record, ae.Incursion) and record.id == incursion
            for flown in record.objects
            if flown.id == item
        }
    return {"state"} if name in CODES else {TYPE_OF_ID.get(name, "nothing")}


@pytest.mark.parametrize(("model", "shape"), SHOWN, ids=NAMES)
def test_an_example_is_valid_for_its_field(model: type[Value], shape: FieldShape) -> None:
    info = model.model_fields[shape.name]
    held: Any = Annotated[info.annotation, *info.metadata] if info.metadata else info.annotation
    TypeAdapter[Any](held).validate_json(example_of(model, shape))


@pytest.mark.parametrize(("model", "shape"), SHOWN, ids=NAMES)
def test_an_example_of_a_reference_names_a_record_of_the_right_type(
    model: type[Value], shape: FieldShape
) -> None:
    if shape.reference is None:
        return
    allowed = set(shape.reference.kinds)
    if allowed == {"same"}:
        record_type = type_of(model) if model in RECORD_CLASSES.values() else None
        allowed = {record_type} if record_type else set(RECORD_CLASSES)
    for name in items(model, shape):
        assert types_named(name) & allowed, f"{name} is not one of {sorted(map(str, allowed))}"


@pytest.mark.parametrize(("model", "shape"), SHOWN, ids=NAMES)
def test_an_example_of_a_name_or_a_text_is_about_its_own_field(
    model: type[Value], shape: FieldShape
) -> None:
    # The example of every name is a state, so only a state may have it.
    if shape.form is not None and shape.form.name in ("name", "text") and model is not ae.State:
        assert shape.form.example not in items(model, shape)


def test_an_example_of_the_name_of_a_place_is_a_place() -> None:
    shapes = fields_of(ae.Place)
    assert set(items(ae.Place, shapes["name"])) <= PLACES
    for division, known in DIVISIONS.items():
        assert set(items(ae.Place, shapes[division])) <= known


@pytest.mark.parametrize(
    ("model", "field"), [(model, shape) for model, shape in SHOWN if shape.name == "place"]
)
def test_an_example_of_the_id_of_a_place_is_the_id_of_a_place(
    model: type[Value], field: FieldShape
) -> None:
    ids = {place.id for record in RECORDS for place in getattr(record, "places", ())}
    if not field.models:
        assert set(items(model, field)) <= ids


@pytest.mark.parametrize(("model", "shape"), SHOWN, ids=NAMES)
def test_an_example_of_a_field_name_is_the_name_of_a_field(
    model: type[Value], shape: FieldShape
) -> None:
    if shape.form is not None and shape.form.name.startswith("name of a field"):
        for name in items(model, shape):
            assert claimed_field(name)


def test_the_example_of_each_type_of_reference_names_a_record_of_the_right_type() -> None:
    shapes = [shape for _, shape in FIELDS if shape.reference and shape.form]
    assert shapes
    for shape in shapes:
        assert shape.form is not None
        assert shape.reference is not None
        allowed = set(shape.reference.kinds)
        assert types_named(shape.form.example) & allowed or allowed == {"same"}, shape.name


def rows() -> Iterator[tuple[str, list[str]]]:
    """Yield each row of the tables of fields, as its cells, with the class above the table."""
    model, is_table = "", False
    for line in codebook().splitlines():
        if line.startswith("### "):
            model = line.removeprefix("### ")
        cells = [cell.strip() for cell in line.replace("\\|", "¦").strip("|").split(" | ")]
        is_table = line.startswith("|") and (is_table or cells[0].strip() == "field")
        if is_table and cells[0].startswith("`"):
            yield model, cells


def test_every_field_in_the_codebook_shows_its_default() -> None:
    bases = {base for model in CLASSES for base in model.__mro__ if issubclass(base, Value)}
    classes = {model.__name__: model for model in bases}
    found = list(rows())
    assert len(found) > len(CLASSES)
    others = set()
    for name, (field, _, default, *_) in found:
        info = classes[name].model_fields[field.strip("`")]
        if info.is_required():
            assert default == "**required**"
        elif info.default is None:
            assert default == "none"
        elif info.default == ():
            assert default == "`[]`"
        else:
            assert default == f"`{info.default}`"
            others.add(field)
    assert others == {"`polarity`", "`revision`"}, "the preface names the two other defaults"


def test_the_codebook_lists_the_built_in_alliances() -> None:
    text = codebook()
    for alliance in ae.alliances:
        assert f"| `{alliance.id}` | {alliance.name} |" in text
