"""Functions that find the field of a record for a path such as ``objects.0.count``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Literal, NamedTuple, cast

from airspace_events.diagnostics.problem import Parts
from airspace_events.diagnostics.refused_values import unknown_field
from airspace_events.diagnostics.wording import FEW_WORDS
from airspace_events.errors import SettingsError
from airspace_events.models.records import RECORD_CLASSES
from airspace_events.safe_text import shown
from airspace_events.values.base import FamilyValue, Value
from airspace_events.values.citations import Citation
from airspace_events.values.geometry import Geometry
from airspace_events.values.measures import ReportedCount, ReportedQuantity
from airspace_events.values.places import Place
from airspace_events.values.structure import FieldShape, OpenValue, fields_of
from airspace_events.values.time import ReportedTime

Kind = Literal[
    "text",
    "word",
    "state",
    "reference",
    "whole_number",
    "number",
    "flag",
    "time",
    "expression",
    "date",
    "count",
    "quantity",
    "clock",
    "longitude",
    "latitude",
]
"""The kind of value in a field, which determines the parser for its cells."""


SOURCE = "source"
"""The start of a path to a field of a cited source; for a second source, use ``source_2``."""

_SOURCES = (SOURCE, *(f"{SOURCE}_{number}" for number in range(2, 10)))

CITED = ("reliability", "credibility")
"""Fields of the citation that may follow ``source`` in a path, as in ``source.reliability``."""

_MOST_ITEMS = 100
_ELSEWHERE = {
    "type": 'use the mapping key "record"',
    "id": 'use the mapping key "id"',
    "sources": (
        "use source.publisher, source.url and source.published for the source of a row, and "
        "source_2 for a second source"
    ),
    "extensions": 'to keep other cells, set the mapping key "keep" to your domain name',
}
_READ_KINDS: dict[type[Value], Kind] = {
    ReportedTime: "time",
    ReportedCount: "count",
    ReportedQuantity: "quantity",
}
# Parts that are not fields themselves, but are read together with others into one value.
_PARTS_OF: dict[type[Value], dict[str, Kind]] = {
    ReportedTime: {"clock": "clock"},
    Place: {"longitude": "longitude", "latitude": "latitude"},
}
_KIND_OF_FORM: dict[str, Kind] = {
    "whole number": "whole_number",
    "positive whole number": "whole_number",
    "number": "number",
    "true or false": "flag",
    "time (an EDTF date or interval, or an interval of instants)": "expression",
    "date (EDTF) or instant (RFC 3339)": "date",
    "instant with a time zone": "date",
}


class Target(NamedTuple):
    """The field that the values of a column fill.

    Attributes:
        parts: the parts of the path, without the prefix ``source``.
        kind: the kind of value, which determines the parser for the cells.
        source: the cited source that the value belongs to, such as ``source_2``; empty if it
            belongs to the record.
        shape: the field; for a part such as ``clock``, the field that the part belongs to.
        many: whether the field contains a list of values.
    """

    parts: Parts
    kind: Kind
    source: str
    shape: FieldShape
    many: bool

    @property
    def item(self) -> Parts | None:
        """Return the path of the innermost list item that the value belongs to, if any."""
        numbers = [at for at, part in enumerate(self.parts[:-1]) if isinstance(part, int)]
        return self.parts[: numbers[-1] + 1] if numbers else None


def target_of(record: str, path: str, constants: Mapping[str, object]) -> Target:
    """Return the target of a path in a record of the given type.

    Args:
        record: the type of record.
        path: field names and list indexes, separated by dots, such as ``responses.0.time``.
        constants: the fixed values of other paths, which may determine the kind of a claim.

    Raises:
        SettingsError: the path does not lead to a field, or the field does not fit into a cell.
    """
    first, _, rest = path.partition(".")
    if first in _SOURCES and record != SOURCE and rest:
        if rest in CITED:
            shape = fields_of(Citation)[rest]
            return Target((rest,), "word", first, shape, many=False)
        return _walk("source", rest, f"{first}.", constants)
    return _walk(record, path, "", constants)


def _walk(record: str, path: str, prefix: str, constants: Mapping[str, object]) -> Target:
    steps = path.split(".")
    if steps[0] in _ELSEWHERE:
        msg = f"{prefix}{steps[0]} cannot be filled by a path; {_ELSEWHERE[steps[0]]}"
        raise SettingsError(msg)
    parts: list[int | str] = []
    models: Mapping[str, type[Value]] = {"": RECORD_CLASSES[record]}
    shape: FieldShape | None = None
    for number, step in enumerate(steps):
        is_last = number == len(steps) - 1
        at = prefix + ".".join(steps[:number])
        if shape is not None and shape.many and not isinstance(parts[-1], int):
            parts.append(_index(step, at, shape))
            if is_last and not shape.models:
                return Target(tuple(parts), _kind(shape, None), prefix[:-1], shape, many=False)
            continue
        model = _model(models, at, constants)
        if model is None:
            msg = f"{shown(path)} is not a valid path, because {at} has no fields"
            raise SettingsError(msg)
        if is_last and step in _PARTS_OF.get(model, {}) and shape is not None:
            kind = _PARTS_OF[model][step]
            return Target((*parts, step), kind, prefix[:-1], shape, many=False)
        shape = _field(model, step)
        if shape.is_open:
            shape = _claimed(model, shape, constants.get(f"{at}.fields.0"))
        parts.append(step)
        models = shape.models
    if shape is None or (shape.many and shape.models) or isinstance(parts[-1], int):
        raise _needs_more(path, prefix, shape)
    kind = _kind(shape, _model(models, prefix + path, constants))
    return Target(tuple(parts), kind, prefix[:-1], shape, many=shape.many)


def _index(step: str, at: str, shape: FieldShape) -> int:
    if step.isascii() and step.isdecimal() and int(step) < _MOST_ITEMS:
        return int(step)
    inner = next(iter(shape.models.values()), None)
    if inner is not None and step in fields_of(inner):
        msg = f"{at} is a list; add the number of an item"
        raise SettingsError(msg, f"{at}.0.{step}")
    msg = (
        f"{at} is a list; replace {shown(step)} with the number of an item, from 0 to "
        f"{_MOST_ITEMS - 1}"
    )
    raise SettingsError(msg, f"{at}.0")


def _model(
    models: Mapping[str, type[Value]], at: str, constants: Mapping[str, object]
) -> type[Value] | None:
    """Return the class of the value at a path; a constant can select one class of a family."""
    first = next(iter(models.values()), None)
    if first is None or not issubclass(first, FamilyValue):
        return first
    named = constants.get(f"{at}.{first.discriminator()}")
    return models.get(named, first) if isinstance(named, str) else first


def _field(model: type[Value], name: str) -> FieldShape:
    fields = fields_of(model)
    if name in fields:
        return fields[name]
    problem = unknown_field(name, model, others=tuple(_PARTS_OF.get(model, {})))
    known = ", ".join([*fields, *_PARTS_OF.get(model, {})])
    few = "" if problem.suggestion or len(fields) > FEW_WORDS else f"; its fields are {known}"
    raise SettingsError(problem.message + few, problem.suggestion)


def _claimed(model: type[Value], shape: FieldShape, name: object) -> FieldShape:
    """Return the shape of one value of the claimed field; ``shape`` if the field is unknown."""
    found = cast("type[OpenValue]", model).shape_in({"fields": [name]})
    return shape if found is None else replace(found, many=False)


def _needs_more(path: str, prefix: str, shape: FieldShape | None) -> SettingsError:
    inner = next(iter(shape.models.values()), None) if shape else None
    fields = ", ".join(fields_of(inner)) if inner else ""
    msg = f"{prefix}{path} does not fit into a cell; use one of its fields: {fields}"
    number = ".0" if shape and shape.many and not path.rpartition(".")[2].isdecimal() else ""
    first = next(iter(fields_of(inner))) if inner else ""
    return SettingsError(msg, f"{prefix}{path}{number}.{first}")


def _kind(shape: FieldShape, model: type[Value] | None) -> Kind:
    if model is not None and issubclass(model, Geometry):
        msg = "a geometry needs two columns, one for longitude and one for latitude"
        raise SettingsError(msg)
    if model is not None:
        found = _READ_KINDS.get(model)
        if found is None:
            names = ", ".join([*fields_of(model), *_PARTS_OF.get(model, {})])
            msg = f"{shape.name} does not fit into a cell; use one of its fields: {names}"
            raise SettingsError(msg)
        return found
    if shape.vocabulary is not None:
        return "state" if shape.vocabulary in ("StateCode", "BorderSide") else "word"
    if shape.reference is not None:
        if shape.reference.kinds == ("object",):
            msg = f"{shape.name} refers to an object within a record, so a cell cannot contain it"
            raise SettingsError(msg)
        return "reference"
    if shape.mapping:
        msg = f"{shape.name} does not fit into a cell"
        raise SettingsError(msg)
    return _KIND_OF_FORM.get(shape.form.name if shape.form else "", "text")
