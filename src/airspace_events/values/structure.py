"""What values are made of, read from their annotations.

The one place that looks into annotations: the reference check, the messages, the codebook
and the diagrams ask here which fields there are, what each may hold, and what it may name.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from types import MappingProxyType, UnionType
from typing import (
    Annotated,
    Any,
    Literal,
    NamedTuple,
    Protocol,
    Union,
    cast,
    get_args,
    get_origin,
)

from typing_extensions import TypeAliasType

from airspace_events.values.base import FamilyValue, Value
from airspace_events.values.json_values import count_json_keys
from airspace_events.values.references import Reference
from airspace_events.values.scalars import Form


@dataclass(frozen=True, slots=True)
class FieldShape:
    """What one field may hold.

    Attributes:
        name: the field's name, in Python as in JSON.
        required: whether it must be given.
        many: whether it holds a list.
        mapping: whether it holds an object with keys of the writer's own.
        models: the classes of value that it may hold: none for a plain value; several, by
            tag, for a family.
        vocabulary: the name of the closed vocabulary whose words it holds, if it does.
        form: what its plain value looks like, if that is told.
        reference: which records it may name, if it names one.
        is_open: whether other fields of the value decide what it holds; see `OpenValue`.
    """

    name: str
    required: bool
    many: bool = False
    mapping: bool = False
    models: Mapping[str, type[Value]] = field(default_factory=dict[str, type[Value]])
    vocabulary: str | None = None
    form: Form | None = None
    reference: Reference | None = None
    is_open: bool = False


class OpenValue(Protocol):
    """A value with a ``value`` whose type its other fields decide."""

    value: Any

    def shape_of_value(self) -> FieldShape | None:
        """Return what the value may hold; None if there is no value to hold."""
        ...

    @classmethod
    def shape_in(cls, given: Any) -> FieldShape | None:
        """Return what the value may hold in JSON that may not be valid; None if that is open."""
        ...


@cache
def fields_of(model: type[Value]) -> Mapping[str, FieldShape]:
    """The fields of a class of value, in their order."""
    shapes: dict[str, FieldShape] = {}
    for name, info in model.model_fields.items():
        found: dict[str, Any] = {}
        _look_into(info.annotation, found)
        _note(info.metadata, found)
        is_open = info.annotation is Any
        shapes[name] = FieldShape(name, info.is_required(), is_open=is_open, **found)
    return MappingProxyType(shapes)


def _look_into(annotation: Any, found: dict[str, Any], alias: str | None = None) -> None:
    origin, inner = get_origin(annotation), get_args(annotation)
    if isinstance(annotation, TypeAliasType):
        _look_into(annotation.__value__, found, annotation.__name__)
    elif origin is Annotated:
        _note(inner[1:], found)
        _look_into(inner[0], found, alias)
    elif origin in (Union, UnionType):
        for option in inner:
            _look_into(option, found, alias)
    elif origin is tuple:
        found["many"] = True
        if len(set(inner) - {Ellipsis}) == 1:
            _look_into(inner[0], found)
    elif origin is dict:
        found["mapping"] = True
    elif origin is Literal and alias is not None:
        found.setdefault("vocabulary", alias)
    elif isinstance(annotation, type) and issubclass(annotation, Value):
        found["models"] = _models(annotation)


def _note(metadata: Iterable[Any], found: dict[str, Any]) -> None:
    for item in metadata:
        if isinstance(item, Form):
            found.setdefault("form", item)
        elif isinstance(item, Reference):
            found.setdefault("reference", item)


def _models(annotation: type[Value]) -> Mapping[str, type[Value]]:
    if issubclass(annotation, FamilyValue) and annotation.is_family_root():
        return MappingProxyType(dict(annotation.members()))
    return MappingProxyType({"": annotation})


def follow(
    model: type[Value], location: tuple[int | str, ...], given: Any = None
) -> tuple[tuple[int | str, ...], type[Value] | None, FieldShape | None]:
    """Follow the location of a pydantic error through the annotations.

    pydantic's locations hold the tags of unions; they are left out here.

    Args:
        model: the class in which the location starts.
        location: the location.
        given: the JSON that was parsed, if it is at hand; it tells what an open value holds.

    Returns:
        The parts of the JSON Pointer; the class in which the location ends, if it ends in
        a value that is one; and the last field on the way, if there is one.
    """
    parts: list[int | str] = []
    inside: type[Value] | None = model
    last: FieldShape | None = None
    choices: Mapping[str, type[Value]] = {}
    for step in location:
        if choices and step in choices:
            inside, choices = choices[str(step)], {}
        elif isinstance(step, int):
            parts.append(step)
            given = _item_of(given, step)
        elif inside is not None:
            parts.append(step)
            last = fields_of(inside).get(step)
            if last is not None and last.is_open and given is not None:
                last = cast("type[OpenValue]", inside).shape_in(given) or last
            given = _item_of(given, step)
            choices = last.models if last else {}
            inside = None
            if list(choices) == [""]:
                inside, choices = choices[""], {}
        elif (
            last is not None and (last.is_open or last.mapping) and not _is_key(parts, step, last)
        ):
            parts.append(step)
    return tuple(parts), inside, last


def _is_key(parts: list[int | str], step: str, last: FieldShape) -> bool:
    """Return whether a step stands for the key before it, in an object with any keys."""
    return step == "[key]" and parts[-1] != last.name


def _item_of(given: Any, step: int | str) -> Any:
    """Return what stands at one step in JSON; None if nothing does."""
    try:
        return given[step]
    except (KeyError, IndexError, TypeError):
        return None


def fault_at(
    model: type[Value], error: Mapping[str, Any], given: Any = None
) -> tuple[int | str, ...]:
    """Return the parts of the JSON Pointer to what an error of pydantic is about.

    Args:
        model: the class of the record.
        error: one of the errors of the record; its location begins with the type of the record.
        given: the JSON of the record, if it is at hand.
    """
    parts = follow(model, tuple(error["loc"])[1:], given)[0]
    # An error about several fields has no location, but says where it belongs.
    at = str(error.get("ctx", {}).get("at", "")).split("/")[1:]
    return (*parts, *(int(step) if step.isdecimal() else step for step in at))


class NamedRecord(NamedTuple):
    """That a value names another record.

    Attributes:
        name: the id or code that it names.
        reference: what it may name.
        parts: the parts of the JSON Pointer to it.
    """

    name: str
    reference: Reference
    parts: tuple[int | str, ...]


def named_records(value: Value, at: tuple[int | str, ...] = ()) -> Iterator[NamedRecord]:
    """All the records that a value names, in the order of its fields."""
    references, children, is_open = _plan(type(value))
    given = value.__dict__
    if is_open:
        yield from named_in_open(cast("OpenValue", value), at)
    for name, many, reference in references:
        named = given[name]
        if many:
            for number, one in enumerate(named):
                yield NamedRecord(one, reference, (*at, name, number))
        elif named is not None:
            yield NamedRecord(named, reference, (*at, name))
    for name, many in children:
        child = given[name]
        if many:
            for number, one in enumerate(child):
                yield from named_records(one, (*at, name, number))
        elif child is not None:
            yield from named_records(child, (*at, name))


def named_in_open(holder: OpenValue, at: tuple[int | str, ...]) -> Iterator[NamedRecord]:
    """Yield the records that a value names whose type its holder decides."""
    shape, held = holder.shape_of_value(), holder.value
    if isinstance(held, Value):
        yield from named_records(held, (*at, "value"))
    elif shape is not None and shape.reference is not None and held is not None:
        yield NamedRecord(held, shape.reference, (*at, "value"))


@cache
def _plan(
    model: type[Value],
) -> tuple[tuple[tuple[str, bool, Reference], ...], tuple[tuple[str, bool], ...], bool]:
    fields = fields_of(model).values()
    references = tuple((f.name, f.many, f.reference) for f in fields if f.reference)
    children = tuple(
        (f.name, f.many)
        for f in fields
        if any(_names_records(child, (model,)) for child in f.models.values())
    )
    return references, children, any(shape.is_open for shape in fields)


def _names_records(model: type[Value], seen: tuple[type[Value], ...]) -> bool:
    return model not in seen and any(
        shape.reference
        or shape.is_open
        or any(_names_records(m, (*seen, model)) for m in shape.models.values())
        for shape in fields_of(model).values()
    )


@cache
def _nested(model: type[Value]) -> frozenset[str]:
    """Return the fields that may hold values with fields, or data of the writer's own."""
    fields = fields_of(model).values()
    return frozenset(one.name for one in fields if one.models or one.mapping or one.is_open)


def count_keys(value: Value) -> int:
    """How many keys the JSON of a value held, counted from what was set."""
    total = 0
    todo: list[Value] = [value]
    for one in todo:
        names = one.__pydantic_fields_set__
        total += len(names)
        inside = names & _nested(type(one))
        if inside:
            given = one.__dict__
            for name in inside:
                child = given[name]
                if isinstance(child, tuple):
                    todo += child
                elif isinstance(child, dict):
                    total += count_json_keys(cast("dict[str, Any]", child))
                elif isinstance(child, Value):
                    todo.append(child)
    return total
