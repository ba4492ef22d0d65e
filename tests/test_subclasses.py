"""Records of a user's own classes are written as the base class, or refused with their fields."""

import copy
import io
import pickle
from collections.abc import Iterator
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pydantic
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import airspace_events as ae
from airspace_events.models.records import RECORD_CLASSES
from airspace_events.testing import strategies as aes
from airspace_events.values.base import Value
from airspace_events.values.json_values import FrozenDict, FrozenList

each_form = pytest.mark.parametrize("form", ae.formats.FORMATS)


class PlainSource(ae.Source, frozen=True):
    """A source with a method of its own."""

    def is_ours(self) -> bool:
        return self.publisher == "A made-up desk"


class DeskSource(ae.Source, frozen=True):
    """A source with a field of its own."""

    desk: str = "night"


class PlainPlace(ae.Place, frozen=True):
    """A place with nothing of its own."""


class DeskPlace(ae.Place, frozen=True):
    """A place with a field of its own."""

    desk: str = "night"


FIELDS: dict[str, Any] = {"id": "s", "kind": "dataset", "publisher": "A made-up desk"}
PLAIN, BASE = PlainSource(**FIELDS), ae.Source(**FIELDS)


def written(record: ae.Record, form: str) -> bytes:
    stream = io.BytesIO()
    ae.formats.write([record], stream, form)
    return stream.getvalue()


@each_form
def test_a_plain_subclass_is_written_as_its_base(form: str) -> None:
    assert written(PLAIN, form) == written(BASE, form)


@pytest.mark.parametrize("kind", RECORD_CLASSES)
@settings(max_examples=5)
@given(data=st.data())
def test_any_record_of_a_plain_subclass_can_be_read_back(kind: str, data: st.DataObject) -> None:
    model = RECORD_CLASSES[kind]
    record: Any = data.draw(aes.values_of(model))
    plain = type("Plain", (model,), {}, frozen=True)
    mine = plain(**{name: getattr(record, name) for name in record.model_fields_set})
    stream = io.BytesIO()
    ae.write_feed(ae.Feed.of([mine]), stream)
    stream.seek(0)
    assert list(ae.iter_records(stream)) == [record]
    tables = ae.formats.arrow_tables([mine])
    assert sum(table.num_rows for table in tables.values()) == 1


@each_form
def test_a_subclass_with_more_fields_is_refused_with_their_names(
    form: str, tmp_path: Path
) -> None:
    words = r"records\[1\] is a DeskSource, which has fields that Source lacks: desk; put them"
    for target in (io.BytesIO(), tmp_path / "feed"):
        with pytest.raises(TypeError, match=words):
            ae.formats.write([BASE, DeskSource(**FIELDS)], target, form)
    assert list(tmp_path.iterdir()) == []


def test_write_feed_refuses_a_subclass_with_more_fields() -> None:
    with pytest.raises(TypeError, match="fields that Source lacks: desk"):
        ae.Feed.of([DeskSource(**FIELDS)])
    with pytest.raises(TypeError, match="fields that Source lacks: desk"):
        ae.formats.arrow_tables([DeskSource(**FIELDS)])


def test_a_value_of_a_subclass_becomes_one_of_its_base() -> None:
    finding = ae.Finding(id="f", found={"value": "2024"}, place=PlainPlace(name="here"))
    assert type(finding.place) is ae.Place
    assert finding.place == ae.Place(name="here")


def test_a_value_of_a_subclass_with_more_fields_is_refused() -> None:
    with pytest.raises(pydantic.ValidationError, match='a place has no field "desk"'):
        ae.Finding(id="f", found={"value": "2024"}, place=DeskPlace(name="here"))


# Nothing in a record can be changed in place.


def containers(value: object) -> Iterator[object]:
    """All lists and dictionaries in a value."""
    if isinstance(value, Value):
        for name in type(value).model_fields:
            yield from containers(getattr(value, name))
    elif isinstance(value, list | tuple | dict):
        if not isinstance(value, tuple):
            yield value
        for inner in value.values() if isinstance(value, dict) else value:
            yield from containers(inner)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.text("abc", max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("ab"), inner, max_size=3),
    max_leaves=8,
)


@given(aes.records())
def test_a_record_holds_only_tuples_and_frozen_json(record: ae.Record) -> None:
    assert all(isinstance(one, FrozenDict | FrozenList) for one in containers(record))


@given(st.dictionaries(st.sampled_from(["a.example", "b.example"]), JSON))
def test_extensions_are_a_frozen_copy(given_json: dict[str, Any]) -> None:
    kept = copy.deepcopy(given_json)
    record = ae.Source(**FIELDS, extensions=given_json)
    given_json["c.example"] = 1
    assert record.extensions == kept
    assert all(isinstance(one, FrozenDict | FrozenList) for one in containers(record.extensions))
    again = pickle.loads(pickle.dumps(record))  # noqa: S301 (its own bytes)
    assert again == copy.deepcopy(record) == record
    assert ae.Source.model_validate_json(ae.to_json(record)) == record
    assert record.replace(note="n").extensions == kept


OF_LISTS = set(dir(list)) - set(dir(tuple)) - {"copy", "__reversed__"}
OF_DICTS = set(dir(dict)) - set(dir(MappingProxyType)) - {"fromkeys"} | {"__ior__"}


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        *((FrozenList, name) for name in sorted(OF_LISTS)),
        *((FrozenDict, name) for name in sorted(OF_DICTS)),
    ],
    ids=lambda one: getattr(one, "__name__", one),
)
def test_no_method_changes_frozen_json(kind: type, name: str) -> None:
    frozen = kind({"a": 1} if kind is FrozenDict else [1])
    with pytest.raises(TypeError, match="a record cannot be changed in place"):
        getattr(frozen, name)(0, 0)
    assert len(frozen) == 1
