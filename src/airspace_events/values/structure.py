"""Descriptions of the fields of value classes, read from their annotations.

Only this module reads annotations. The reference check, the messages, the codebook and the
diagrams use its results.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from types import MappingProxyType, UnionType
from typing import (
    Annotated,
    Any,
    Literal,
    NamedTuple,
    Protocol,
    TypeVar,
    Union,
    cast,
    get_args,
    get_origin,
)

from typing_extensions import TypeAliasType

from airspace_events.values.base import FamilyValue, Value, to_json
from airspace_events.values.json_values import count_json_keys
from airspace_events.values.references import Reference
from airspace_events.values.scalars import Form

R = TypeVar("R", bound=Value)


@dataclass(frozen=True, slots=True)
class FieldShape:
    """The shape of one field: the values and references that it allows.

    Attributes:
        name: the name of the field, the same in Python and JSON.
        required: whether the field is required.
        many: whether the field contains a list.
        mapping: whether the field contains an object with arbitrary keys.
        models: a mapping from tags to the allowed value classes; it has several entries
            for a family, and none for a plain value.
        vocabulary: the name of the closed vocabulary of the field, if any.
        form: the description of the plain value, if any.
        reference: the record types that the field may refer to, if it is a reference.
        is_open: whether other fields determine the type of the field; see `OpenValue`.
        default: the default as JSON, such as ``[]`` for a list, or None if there is no default.
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
    default: Any = None


class OpenValue(Protocol):
    """A value class in which the other fields determine the type of ``value``."""

    value: Any

    def shape_of_value(self) -> FieldShape | None:
        """Return the shape of ``value``, or None if no value is allowed."""
        ...

    @classmethod
    def shape_in(cls, given: Any) -> FieldShape | None:
        """Return the shape of ``value`` for JSON that may be invalid, or None if unknown."""
        ...


@cache
def fields_of(model: type[Value]) -> Mapping[str, FieldShape]:
    """Return the shapes of the fields of a value class, in order."""
    shapes: dict[str, FieldShape] = {}
    for name, info in model.model_fields.items():
        found: dict[str, Any] = {}
        _look_into(info.annotation, found)
        _note(info.metadata, found)
        is_open = info.annotation is Any
        default = None if info.is_required() else _as_json(info.default)
        shapes[name] = FieldShape(
            name, info.is_required(), is_open=is_open, default=default, **found
        )
    return MappingProxyType(shapes)


def _as_json(default: Any) -> Any:
    items: Any = default
    return list(items) if isinstance(default, tuple) else default


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

    The locations of pydantic contain the tags of unions; the result omits these tags.

    Args:
        model: the class at which the location starts.
        location: the location.
        given: the parsed JSON, if available; it determines the type of an open value.

    Returns:
        Three items: the parts of the JSON Pointer, the class at the location or None, and the
        last field on the path or None.
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
            given = item_of(given, step)
        elif inside is not None:
            parts.append(step)
            last = fields_of(inside).get(step)
            if last is not None and last.is_open and given is not None:
                last = cast("type[OpenValue]", inside).shape_in(given) or last
            given = item_of(given, step)
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
    """Return whether a step in a location only marks the previous step as a dictionary key."""
    return step == "[key]" and parts[-1] != last.name


def item_of(given: Any, step: int | str) -> Any:
    """Return the JSON value that a step leads to, or None if it does not exist."""
    try:
        return given[step]
    except (KeyError, IndexError, TypeError):
        return None


class NamedRecord(NamedTuple):
    """A reference from a value to another record.

    Attributes:
        name: the id or code of the other record.
        reference: the record types that the field allows.
        parts: the parts of the JSON Pointer to the id or code.
    """

    name: str
    reference: Reference
    parts: tuple[int | str, ...]


def named_records(value: Value, at: tuple[int | str, ...] = ()) -> Iterator[NamedRecord]:
    """Yield all references in a value: those in its own fields, then those in inner values."""
    references, children, is_open = _plan(type(value))
    given = value.__dict__
    for name, many, reference in references:
        named = given[name]
        if many:
            for number, one in enumerate(named):
                yield NamedRecord(one, reference, (*at, name, number))
        elif named is not None:
            yield NamedRecord(named, reference, (*at, name))
    if is_open:
        yield from named_in_open(cast("OpenValue", value), at)
    for name, many in children:
        child = given[name]
        if many:
            for number, one in enumerate(child):
                yield from named_records(one, (*at, name, number))
        elif child is not None:
            yield from named_records(child, (*at, name))


def named_in_open(holder: OpenValue, at: tuple[int | str, ...]) -> Iterator[NamedRecord]:
    """Yield the references in an open value."""
    shape, held = holder.shape_of_value(), holder.value
    if isinstance(held, Value):
        yield from named_records(held, (*at, "value"))
    elif shape is not None and shape.reference is not None and held is not None:
        yield NamedRecord(held, shape.reference, (*at, "value"))


def renamed(record: R, name_of: Callable[[NamedRecord], str]) -> R:
    """Return a copy of a record with changed references.

    Args:
        record: the record.
        name_of: a function that returns the new id for each reference.
    """
    changes = [
        (one.parts, new) for one in named_records(record) if (new := name_of(one)) != one.name
    ]
    if not changes:
        return record
    data: dict[str, Any] = json.loads(to_json(record))
    for parts, new in changes:
        holder: Any = data
        for part in parts[:-1]:
            holder = holder[part]
        holder[parts[-1]] = new
    return type(record).model_validate_json(json.dumps(data))


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


class _Nested(dict[type[Value], frozenset[str]]):
    """A mapping from classes to the fields that can have structured values or extension data."""

    def __missing__(self, model: type[Value]) -> frozenset[str]:
        fields = fields_of(model).values()
        names = frozenset(one.name for one in fields if one.models or one.mapping or one.is_open)
        self[model] = names
        return names


_NESTED = _Nested()
_PLAIN = (str, int, float)


def count_keys(value: Value) -> int:
    """Return the number of keys in the JSON of a value, computed from the fields that were set."""
    total = 0
    todo: list[Value] = [value]
    for one in todo:
        names = one.__pydantic_fields_set__
        total += len(names)
        for name in names & _NESTED[type(one)]:
            child = getattr(one, name)
            if isinstance(child, tuple):
                todo += child
            elif isinstance(child, dict):
                total += count_json_keys(cast("dict[str, Any]", child))
            elif child is not None and not isinstance(child, _PLAIN):
                # A check against a pydantic class would run Python code.
                todo.append(child)
    return total
