"""Every class of value and record that a record may hold."""

from collections.abc import Iterator
from typing import Any, get_args

from typing_extensions import TypeAliasType

from airspace_events.models.records import RECORD_CLASSES
from airspace_events.values.base import FamilyValue, Value


def value_classes() -> list[type[Value]]:
    """The classes, roots of families left out."""
    found: dict[type[Value], None] = {}
    due: list[type[Value]] = list(RECORD_CLASSES.values())
    while due:
        model = due.pop(0)
        if model not in found:
            found[model] = None
            for info in model.model_fields.values():
                due.extend(_classes_in(info.annotation))
    return list(found)


def _classes_in(annotation: Any) -> Iterator[type[Value]]:
    if isinstance(annotation, TypeAliasType):
        yield from _classes_in(annotation.__value__)
    elif isinstance(annotation, type) and issubclass(annotation, Value):
        if issubclass(annotation, FamilyValue) and annotation.is_family_root():
            yield from annotation.members().values()
        else:
            yield annotation
    else:
        for inner in get_args(annotation):
            yield from _classes_in(inner)
