"""What holds for every record, whatever is in it."""

import copy
import json
import pickle
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

import airspace_events as ae
from airspace_events.feeds.reading import record_adapter
from airspace_events.feeds.writing import to_json
from airspace_events.models.base import BaseRecord
from airspace_events.models.records import RECORD_CLASSES
from airspace_events.testing import strategies as aes
from airspace_events.testing.strategies.names_in_records import fields_in
from airspace_events.testing.strategies.smallest_values import smallest
from airspace_events.values.base import Value
from airspace_events.values.structure import count_keys, fields_of, named_records
from airspace_events.vocabulary.codebook import vocabularies
from value_classes import value_classes

RECORDS = [pytest.param(model, id=kind) for kind, model in RECORD_CLASSES.items()]
VALUES = [pytest.param(model, id=model.__name__) for model in value_classes()]


def parse(data: bytes | str) -> BaseRecord:
    return record_adapter().validate_json(data)


def holds_for(model: type[Value], check: Callable[[Any], None], examples: int) -> None:
    """Try a check on many values of one class, which pytest has named."""
    made = aes.values_of(model)
    quick = settings(
        max_examples=examples,
        deadline=None,
        report_multiple_bugs=False,
        suppress_health_check=[HealthCheck.too_slow],
    )
    # The class is a part of the name, so that found failures are kept apart.
    check.__qualname__ = f"{check.__qualname__}[{model.__name__}]"
    quick(given(made)(check))()


@pytest.mark.parametrize("model", RECORDS)
def test_what_is_written_is_read_back_the_same(model: type[BaseRecord]) -> None:
    def check(record: BaseRecord) -> None:
        data = to_json(record)
        again = parse(data)
        assert type(again) is type(record)
        assert again == record
        assert to_json(again) == data
        # Equality asks the canonical JSON, which could leave something out.
        assert again.model_dump() == record.model_dump()

    holds_for(model, check, 40)


@pytest.mark.parametrize("model", VALUES)
def test_every_value_is_written_and_read_by_itself_too(model: type[Value]) -> None:
    def check(value: Value) -> None:
        data = to_json(value)
        again = model.model_validate_json(data)
        assert type(again) is model
        assert again == value
        assert to_json(again) == data
        assert again.model_dump() == value.model_dump()

    holds_for(model, check, 12)


@pytest.mark.parametrize("model", RECORDS)
def test_however_a_record_was_made_equal_records_have_equal_bytes(
    model: type[BaseRecord],
) -> None:
    def check(record: BaseRecord) -> None:
        data = to_json(record)
        twins = {
            "parsed": parse(data),
            "parsed with every default and null": parse(record.model_dump_json()),
            "parsed with keys in another order": parse(_reversed_keys(data)),
            "made of a dict": model.model_validate(record.model_dump()),
            "validated as it is": record_adapter().validate_python(record),
            "replaced by itself": record.replace(),
            "copied": record.model_copy(deep=True),
        }
        for how, twin in twins.items():
            assert twin == record, how
            assert to_json(twin) == data, how

    holds_for(model, check, 20)


def _reversed_keys(data: bytes) -> str:
    record = json.loads(data)

    def turned(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: turned(inner) for key, inner in reversed(value.items())}
        return [turned(inner) for inner in value] if isinstance(value, list) else value

    # What is in extensions is the writer's own, down to the order.
    turn = {key: value if key == "extensions" else turned(value) for key, value in record.items()}
    return json.dumps(dict(reversed(turn.items())), ensure_ascii=False)


NOON = datetime(2024, 9, 8, 12, tzinfo=UTC)
IN_BUCHAREST = datetime(2024, 9, 8, 15, tzinfo=timezone(timedelta(hours=3)))


def source(**fields: Any) -> ae.Source:
    return ae.Source(id="s", kind="other", publisher="P", language="en", **fields)


def finding_at(*position: float) -> ae.Finding:
    geometry = ae.Geometry(type="Point", coordinates=position)
    return ae.Finding(id="f", found={"value": "2024"}, place={"geometry": geometry})


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param(
            source(retrieved_at=NOON), source(retrieved_at=IN_BUCHAREST), id="same instant"
        ),
        pytest.param(finding_at(0.0, 0.0), finding_at(-0.0, 0.0), id="minus zero"),
        pytest.param(finding_at(26, 45), finding_at(26.0, 45.0), id="whole degrees"),
        pytest.param(
            source(extensions={"a.b": {"x": 1, "y": 2}}),
            source(extensions={"a.b": {"y": 2, "x": 1}}),
            id="order of keys",
        ),
        pytest.param(
            source(extensions={"a.b": 1}), source(extensions={"a.b": True}), id="1 and true"
        ),
        pytest.param(
            source(extensions={"a.b": 1}), source(extensions={"a.b": 1.0}), id="1 and 1.0"
        ),
        pytest.param(source(revision=1), source(), id="default written out"),
        pytest.param(source(title=None), source(), id="null written out"),
        pytest.param(source(sources=[]), source(), id="empty list written out"),
    ],
)
def test_records_are_equal_just_when_their_bytes_are(one: BaseRecord, other: BaseRecord) -> None:
    assert (one == other) == (to_json(one) == to_json(other))


@given(a=aes.records(), b=aes.records())
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_records_that_differ_have_different_bytes(a: BaseRecord, b: BaseRecord) -> None:
    assert (a == b) == (to_json(a) == to_json(b))


@pytest.mark.parametrize("model", RECORDS)
def test_canonical_json_has_the_order_of_the_fields_and_no_null_or_default(
    model: type[BaseRecord],
) -> None:
    def check(record: BaseRecord) -> None:
        data = to_json(record)
        given_keys = list(json.loads(data))
        assert given_keys == [name for name in model.model_fields if name in given_keys]
        assert b"\n" not in data
        for name in given_keys:
            info = model.model_fields[name]
            value = getattr(record, name)
            assert value is not None
            assert info.is_required() or value != info.default

    holds_for(model, check, 15)


@pytest.mark.parametrize("model", RECORDS)
def test_copies_and_pickles_are_equal_even_when_bounds_were_computed(
    model: type[BaseRecord],
) -> None:
    def check(record: BaseRecord) -> None:
        for time in times_in(record):
            assert (time.earliest is None) == (time.start_is != "known")
        for protocol in (2, pickle.HIGHEST_PROTOCOL):
            assert pickle.loads(pickle.dumps(record, protocol)) == record  # noqa: S301
        assert copy.copy(record) == record
        deep = copy.deepcopy(record)
        assert deep == record
        assert type(deep) is type(record)
        assert to_json(deep) == to_json(record)

    holds_for(model, check, 15)


def times_in(value: Any) -> Iterator[ae.ReportedTime]:
    if isinstance(value, ae.ReportedTime):
        yield value
    elif isinstance(value, Value):
        for name in type(value).model_fields:
            yield from times_in(getattr(value, name))
    elif isinstance(value, tuple):
        for item in value:
            yield from times_in(item)


@pytest.mark.parametrize("model", VALUES)
def test_equal_values_have_equal_hashes(model: type[Value]) -> None:
    def check(value: Value) -> None:
        again = model.model_validate_json(to_json(value))
        assert hash(again) == hash(value)
        assert len({value, again}) == 1

    holds_for(model, check, 6)


@pytest.mark.parametrize("model", VALUES)
def test_replace_checks_what_it_is_given(model: type[Value]) -> None:
    value = smallest(model)
    with pytest.raises(ValidationError) as refused:
        value.replace(no_such_field=1)
    assert refused.value.errors()[0]["type"] == "unknown_field"
    for name, shape in fields_of(model).items():
        if shape.many and name != "coordinates":
            with pytest.raises(ValidationError):
                value.replace(**{name: "not a list"})
        elif shape.required:
            with pytest.raises(ValidationError):
                value.replace(**{name: None})


@pytest.mark.parametrize("model", RECORDS)
def test_replace_changes_one_field_and_keeps_the_others(model: type[BaseRecord]) -> None:
    def check(record: BaseRecord) -> None:
        changed = record.replace(note="changed", revision=7)
        assert (changed.note, changed.revision) == ("changed", 7)
        for name in model.model_fields:
            if name not in ("note", "revision"):
                assert getattr(changed, name) == getattr(record, name)
        assert changed.model_fields_set == record.model_fields_set | {"note", "revision"}

    holds_for(model, check, 15)


def number_of_keys(value: Any) -> int:
    if isinstance(value, dict):
        return len(value) + sum(map(number_of_keys, value.values()))
    return sum(map(number_of_keys, value)) if isinstance(value, list) else 0


@pytest.mark.parametrize("model", RECORDS)
def test_the_keys_that_were_set_are_the_keys_of_the_json(model: type[BaseRecord]) -> None:
    def check(record: BaseRecord) -> None:
        for data in (to_json(record), record.model_dump_json(), record.model_dump_json(indent=2)):
            assert count_keys(parse(data)) == number_of_keys(json.loads(data))

    holds_for(model, check, 20)


# Which fields name records, said here by hand and independently of the annotations.
REFERENCE_KEYS = {
    "source", "speakers", "on_behalf_of", "signatories", "about", "by", "at_request_of",
    "addressed_to", "detected_by", "found_by", "operator", "during", "part_of", "replaces",
    "same_as", "object", "incursion", "of", "parent", "dependent_on", "state", "states",
    "nationality",
}  # fmt: skip
REFERENCE_ASPECTS = {"attribution", "link"}


def is_reference(claim: dict[str, Any]) -> bool:
    """Whether the value of a claim or an assessment names a record, by its aspect or its field."""
    if claim.get("aspect") != "field":
        return claim.get("aspect") in REFERENCE_ASPECTS
    return claim["fields"][0].rpartition(".")[2] in REFERENCE_KEYS | {"crossing"}


def references_in(value: Any, *at: str | int) -> Iterator[tuple[str, tuple[str | int, ...]]]:
    if isinstance(value, list):
        for number, item in enumerate(value):
            yield from references_in(item, *at, number)
    elif isinstance(value, dict):
        for key, inner in value.items():
            if key == "extensions" and not at:
                continue
            named = key in REFERENCE_KEYS or (key == "value" and is_reference(value))
            if named and isinstance(inner, str):
                yield inner, (*at, key)
            elif named and isinstance(inner, list):
                yield from ((item, (*at, key, number)) for number, item in enumerate(inner))
            else:
                yield from references_in(inner, *at, key)


@pytest.mark.parametrize("model", RECORDS)
def test_named_records_are_those_that_stand_in_the_json(model: type[BaseRecord]) -> None:
    def check(record: BaseRecord) -> None:
        found = [(each.name, each.parts) for each in named_records(record)]
        expected = list(references_in(json.loads(to_json(record))))
        assert len(set(found)) == len(found)
        assert sorted(found, key=repr) == sorted(expected, key=repr)

    holds_for(model, check, 25)


def word_fields() -> Iterator[Any]:
    for model in value_classes():
        for name, shape in fields_of(model).items():
            if shape.vocabulary:
                yield pytest.param(model, name, shape, id=f"{model.__name__}.{name}")


@pytest.mark.parametrize(("model", "name", "shape"), list(word_fields()))
def test_every_word_may_stand_in_every_field_that_has_its_vocabulary(
    model: type[Value], name: str, shape: Any
) -> None:
    value = smallest(model)
    words = vocabularies()[shape.vocabulary].words
    for word in words:
        given_words = [word] if shape.many else word
        changed = json.loads(to_json(value)) | {name: given_words}
        if name == "polarity" and "value" not in changed and model.value_needed:
            continue  # The strategy's simplest claim has no value, and is undetermined.
        if name == "category" and "checked" in fields_of(model):
            changed["checked"] = {"result": "unresolved"}
        if name in ("entered_from", "exited_to"):
            changed["crossing"] = "reported"
        again = model.model_validate_json(json.dumps(changed))
        assert getattr(again, name) == ((word,) if shape.many else word)


@given(st.data())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_citation_may_support_whatever_is_there_and_nothing_else(data: st.DataObject) -> None:
    record = data.draw(aes.values_of(ae.Statement))
    supported = data.draw(st.sampled_from(list(fields_in(record))))
    citation = ae.Citation(source="s", supports=[supported])
    assert record.replace(sources=(*record.sources, citation)).sources[-1] == citation
    absent = f"{supported}.x{data.draw(st.text('abc', max_size=9))}-not-there"
    dangling = ae.Citation(source="s", supports=[supported, absent])
    with pytest.raises(ValidationError, match="the record has no value") as refused:
        record.replace(sources=(*record.sources, dangling))
    place = f"/sources/{len(record.sources)}/supports/1"
    assert refused.value.errors()[0]["ctx"] == {"name": absent, "at": place}
