"""The smallest value of each class, with only the required fields."""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Any, TypeVar, get_args

from airspace_events.models.events import Incursion
from airspace_events.values.base import FamilyValue, Value
from airspace_events.values.claims import Claim
from airspace_events.values.geometry import (
    LineString,
    MultiLineString,
    MultiPoint,
    MultiPolygon,
    Point,
    Polygon,
)
from airspace_events.values.measures import ReportedCount, ReportedQuantity, Totals
from airspace_events.values.structure import FieldShape, fields_of
from airspace_events.vocabulary.codebook import vocabularies

V = TypeVar("V", bound=Value)

_RING = ((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 0.0))
_NEEDED: Mapping[type[Value], dict[str, Any]] = MappingProxyType(
    {
        ReportedCount: {"verbatim": "several"},
        ReportedQuantity: {"verbatim": "a few"},
        Totals: {"objects": {"best": 1}},
        Incursion: {"state": "LV"},
        Point: {"coordinates": (26.1, 44.4)},
        LineString: {"coordinates": ((179.9, 0.0), (-179.9, 0.0))},
        Polygon: {"coordinates": (_RING,)},
        MultiPoint: {"coordinates": ((26.1, 44.4),)},
        MultiLineString: {"coordinates": (((0.0, 90.0), (0.0, -90.0)),)},
        MultiPolygon: {"coordinates": ((_RING,),)},
    }
)
"""A mapping from classes to field values that replace or supplement annotated examples."""


@cache
def smallest(model: type[V]) -> V:
    """Return the smallest value of a class, with examples from the annotations as field values."""
    if issubclass(model, FamilyValue) and model.is_family_root():
        member: V = smallest(next(iter(model.members().values())))
        return member
    fields = dict(_NEEDED.get(model, {}))
    if issubclass(model, Claim) and model.value_needed:
        fields["polarity"] = "undetermined"
    for name, info in model.model_fields.items():
        if info.is_required() and len(get_args(info.annotation)) != 1 and name not in fields:
            fields[name] = _example(fields_of(model)[name], info.annotation)
    return model(**fields)


def _example(shape: FieldShape, annotation: Any) -> Any:
    if shape.models:
        example: Any = smallest(next(iter(shape.models.values())))
    elif shape.form is not None:
        example = shape.form.example
    elif shape.vocabulary is not None:
        example = vocabularies()[shape.vocabulary].words[0]
    else:
        example = get_args(annotation)[0]
    return [example] if shape.many else example
