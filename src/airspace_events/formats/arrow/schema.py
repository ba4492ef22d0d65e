"""Definitions of the columns of each table, from the annotations of the record classes.

Each record type has its own table. A value with several fields is a struct, and a list is an Arrow
list. A term of a closed vocabulary is dictionary-encoded. Derived values are next to the text that
they are computed from: a time has its text and its bounds in UTC. The members of a family (claims,
assessments) share one struct with the fields of all members. Geometries, extensions and claimed
list items are JSON text, which keeps the exact values.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib import import_module
from operator import attrgetter
from types import MappingProxyType, NoneType
from typing import Any, Literal, get_args, get_origin

from pydantic_core import to_json as json_bytes
from pydantic_core import to_jsonable_python
from typing_extensions import TypeAliasType

from airspace_events.errors import MissingExtraError
from airspace_events.formats.day_columns import DAY_COLUMNS
from airspace_events.models.base import BaseRecord
from airspace_events.models.events import Incursion
from airspace_events.models.records import RECORD_CLASSES
from airspace_events.values import edtf
from airspace_events.values.base import FamilyValue, Value, to_json
from airspace_events.values.geometry import Geometry
from airspace_events.values.measures import ReportedCount, ReportedQuantity
from airspace_events.values.scalars import Instant
from airspace_events.values.structure import FieldShape, fields_of
from airspace_events.values.time import DateOrInstant, ReportedTime
from airspace_events.vocabulary.terms import EndKnowledge, IncursionKind, TimePrecision
from airspace_events.vocabulary.word_lists import words_of

Kind = Literal[
    "text", "whole", "number", "flag", "word", "json", "moment", "date", "instant", "struct"
]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table, or a field of a struct.

    Attributes:
        name: the name of the column.
        key: the key in the JSON of the record. The key differs from the name if the members of a
            family have different kinds of values under one key.
        kind: the kind of its values. A ``date`` or an ``instant`` is a struct whose first field is
            the text.
        take: a function that returns the value of the column, given the value that contains it.
        many: whether the column holds lists of values.
        required: whether every record must have a value.
        derived: whether the column is computed from other columns and is not part of the record.
        words: the terms of its vocabulary.
        inner: the fields of a struct.
        unit: the unit of its instants: ``s``, ``ms``, ``us`` or ``ns``.
    """

    name: str
    key: str
    kind: Kind
    take: Callable[[Any], Any]
    many: bool = False
    required: bool = False
    derived: bool = False
    words: tuple[str, ...] = ()
    inner: tuple[Column, ...] = ()
    unit: str = "us"


TABLES: Mapping[str, type[BaseRecord]] = MappingProxyType(
    {kind if kind.endswith("s") else f"{kind}s": model for kind, model in RECORD_CLASSES.items()}
)
"""A mapping from the names of tables to their record classes."""

TABLE_OF: Mapping[type[BaseRecord], str] = MappingProxyType(
    {model: table for table, model in TABLES.items()}
)
"""A mapping from record classes to the names of their tables."""


TABLE_KEY, HEADER_KEY = b"airspace_events.table", b"airspace_events.header"
"""The metadata keys of a file: the name of its table, and the header of its feed as JSON."""


def pyarrow(module: str = "pyarrow") -> Any:
    """Import pyarrow or one of its modules, and return it as an untyped object.

    Raises:
        MissingExtraError: pyarrow is not installed.
    """
    try:
        return import_module(module)
    except ImportError as error:
        extra = "arrow"
        raise MissingExtraError(extra) from error


@cache
def columns_of(model: type[Value]) -> tuple[Column, ...]:
    """Return the columns of a class; for the root class of a family, those of all its members."""
    if issubclass(model, FamilyValue) and model.is_family_root():
        return tuple(_family_columns(model))
    found = [
        column
        for shape in fields_of(model).values()
        for column in _columns(shape, model.model_fields[shape.name].annotation)
    ]
    if model is Incursion:
        # A kind shows what was reported, so it is next to the desk's judgements.
        found.insert([column.name for column in found].index("occurrence"), _KINDS)
    return (*found, *_TIME_BOUNDS) if model is ReportedTime else tuple(found)


def _columns(shape: FieldShape, annotation: Any) -> Iterator[Column]:
    """Yield one column, or none if the field can only be null."""
    name, take = shape.name, _taken(shape.name)
    inside = next(iter(shape.models.values()), None)
    if inside is not None and issubclass(inside, Geometry):
        yield Column(name, name, "json", lambda value: _geojson(take(value)))
    elif inside is not None:
        model = _root(inside) if len(shape.models) > 1 else inside
        yield Column(
            name, name, "struct", take, shape.many, shape.required, inner=columns_of(model)
        )
    elif shape.mapping:
        yield Column(name, name, "json", lambda value: _json_text(take(value)))
    elif annotation is not NoneType:
        kind, words = _plain_kind(annotation)
        inner = _BESIDE.get(kind, ())
        yield Column(name, name, kind, take, shape.many, shape.required, words=words, inner=inner)


def _taken(name: str) -> Callable[[Any], Any]:
    return lambda value: value.__dict__.get(name)


def _root(member: type[Value]) -> type[Value]:
    return next(one for one in member.__mro__ if FamilyValue in one.__bases__)


def _geojson(value: Value | None) -> str | None:
    return None if value is None else to_json(value).decode()


def _json_text(value: object) -> str | None:
    return None if value is None else json_bytes(value).decode()


_PLAIN_KINDS: Mapping[Any, Kind] = {
    DateOrInstant: "date",
    Instant: "instant",
    str: "text",
    int: "whole",
    float: "number",
    bool: "flag",
}


def _plain_kind(annotation: Any) -> tuple[Kind, tuple[str, ...]]:
    if annotation in _PLAIN_KINDS:
        return _PLAIN_KINDS[annotation], ()
    if isinstance(annotation, TypeAliasType):
        return _plain_kind(annotation.__value__)
    inner = get_args(annotation)
    if get_origin(annotation) is not Literal:
        # Look inside annotations, lists and unions with None.
        return _plain_kind(inner[0])
    return ("word", inner) if isinstance(inner[0], str) else ("whole", ())


def _family_columns(root: type[FamilyValue]) -> Iterator[Column]:
    """Yield the columns of all members without duplicates, beginning with the shared fields."""
    members = list(root.members().values())
    for name in dict.fromkeys(name for model in (root, *members) for name in model.model_fields):
        field = root.model_fields.get(name)
        if field is not None and field.annotation is not Any:
            yield from _columns(fields_of(root)[name], field.annotation)
        else:
            yield from _columns_of_members(name, [m for m in members if name in m.model_fields])


def _columns_of_members(name: str, members: Sequence[type[Value]]) -> Iterator[Column]:
    """Yield the columns of a field whose type may differ between the members of a family.

    If the members agree, there is one column. Otherwise, all strings share one text column, and
    each class with several fields has a column, such as ``value_reported_count``. If other fields
    determine the type of the value, a JSON column holds the values of all other classes.
    """
    structs: dict[type[Value], Column] = {}
    plain: dict[tuple[Any, ...], Column] = {}
    is_open = False
    for member in members:
        shape = fields_of(member)[name]
        if shape.is_open:
            is_open = True
            structs |= {model: _struct(name, model) for model in _CLAIMED}
            continue
        for column in _columns(shape, member.model_fields[name].annotation):
            if shape.models:
                structs[next(iter(shape.models.values()))] = column
            else:
                plain[column.kind, column.words] = column
    if len(structs) + len(plain) == 1:
        yield replace(next(iter((*structs.values(), *plain.values()))), required=False)
        return
    yield Column(name, name, "text", _taken_if(name, str))
    for model, column in structs.items():
        own_name = name + re.sub("([A-Z])", r"_\1", model.__name__).lower()
        yield replace(column, name=own_name, take=_taken_if(name, model), required=False)
    if is_open:
        yield Column(f"{name}_json", name, "json", _json_taken_if_not(name, tuple(structs)))


def _struct(name: str, model: type[Value]) -> Column:
    return Column(name, name, "struct", _itself, inner=columns_of(model))


def _taken_if(name: str, wanted: type) -> Callable[[Any], Any]:
    def take(value: Any) -> Any:
        taken = value.__dict__.get(name)
        return taken if isinstance(taken, wanted) else None

    return take


def _json_taken_if_not(name: str, others: tuple[type[Value], ...]) -> Callable[[Any], Any]:
    def take(value: Any) -> str | None:
        taken = value.__dict__.get(name)
        is_other = isinstance(taken, Value) and not isinstance(taken, others)
        return to_json(taken).decode() if is_other else None

    return take


def _itself(value: Any) -> Any:
    return value


def _derived(name: str, take: Callable[[Any], Any]) -> Column:
    return Column(name, name, "moment", take, derived=True)


def _derived_word(name: str, words: TypeAliasType, *, many: bool = False) -> Column:
    inner = words_of(words)
    return Column(name, name, "word", attrgetter(name), many, derived=True, words=inner)


_KINDS = _derived_word("kinds", IncursionKind, many=True)
"""The column for the kinds of an incursion, which is derived from its other fields."""

_CLAIMED = (ReportedCount, ReportedQuantity, ReportedTime)
"""The classes of claimed values that have columns of their own."""


_TIME_BOUNDS = (
    _derived("earliest", attrgetter("earliest")),
    _derived("latest", attrgetter("latest")),
    _derived_word("precision", TimePrecision),
    _derived_word("start_is", EndKnowledge),
    _derived_word("end_is", EndKnowledge),
    *(Column(name, name, "text", of, derived=True) for name, of in DAY_COLUMNS.items()),
)
"""The columns derived from a reported time: its bounds, their status, and its local days."""

_BESIDE: Mapping[Kind, tuple[Column, ...]] = {
    # A date has no time zone, so its bounds are those of the day anywhere on Earth.
    "date": (
        Column("value", "value", "text", _itself, required=True),
        _derived("earliest", lambda text: edtf.parse(text).earliest(None)),
        _derived("latest", lambda text: edtf.parse(text).latest(None)),
    ),
    # 12:00Z and 15:00+03:00 are the same instant in two texts, and both texts are kept.
    "instant": (
        Column("value", "value", "text", to_jsonable_python, required=True),
        _derived("instant", _itself),
    ),
}


# The Arrow types of the columns.


@cache
def schema_of(table: str) -> Any:
    """Return the ``pyarrow.Schema`` of the table with a given name."""
    pa = pyarrow()
    return pa.schema([pa.field(one.name, arrow_type(one)) for one in columns_of(TABLES[table])])


def arrow_type(column: Column) -> Any:
    """Return the ``pyarrow.DataType`` of a column."""
    pa = pyarrow()
    if column.inner:
        plain = pa.struct([pa.field(one.name, arrow_type(one)) for one in column.inner])
    else:
        plain = plain_type(column.kind)
    return pa.list_(plain) if column.many else plain


@cache
def plain_type(kind: Kind) -> Any:
    """Return the ``pyarrow.DataType`` of a plain value."""
    pa = pyarrow()
    return {
        "whole": pa.int64(),
        "number": pa.float64(),
        "flag": pa.bool_(),
        "word": pa.dictionary(pa.int16(), pa.string()),
        "moment": pa.timestamp("us", "UTC"),
    }.get(kind, pa.string())
