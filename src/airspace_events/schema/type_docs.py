"""What classes and named types mean, in the words of their docstrings."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any, get_args

from pydantic.fields import FieldInfo
from typing_extensions import TypeAliasType

from airspace_events.schema.docstrings import class_doc, docstrings
from airspace_events.values.base import FamilyValue, Value
from airspace_events.values.scalars import Form


def class_prose(model: type[Value]) -> str:
    """The docstring of a class, without its doctests and in Markdown."""
    parts = class_doc(model).split("\n\n")
    kept: list[str] = []
    for part in parts:
        if not part.lstrip().startswith(">>>"):
            kept.append(prose(part))
        elif kept and kept[-1].endswith(":"):
            kept[-1] = kept[-1][:-1] + "."
    return "\n\n".join(kept)


def prose(doc: str) -> str:
    """One paragraph of a docstring, on one line and in Markdown."""
    return " ".join(doc.split()).replace("``", "`")


def type_prose(alias: TypeAliasType) -> str | None:
    """What stands below a named type in its module, if anything does."""
    found = docstrings().get(alias.__name__)
    return prose(found) if found else None


def form_of(alias: TypeAliasType) -> Form | None:
    """What a plain value of a named type looks like, if that is told."""
    return next((item for item in get_args(alias.__value__) if isinstance(item, Form)), None)


def named_types(*models: type[Value]) -> Mapping[str, TypeAliasType]:
    """Every named type in the annotations of classes, and of the values that they hold."""
    found: dict[str, TypeAliasType] = {}
    for model in value_classes(*models):
        for info in model.model_fields.values():
            for part in _parts(info):
                if isinstance(part, TypeAliasType):
                    found[part.__name__] = part
    return MappingProxyType(found)


def value_classes(*models: type[Value]) -> list[type[Value]]:
    """Classes, and those of all values that they hold; the roots of families too."""
    found: dict[type[Value], None] = {}
    due = list(models)
    while due:
        model = due.pop(0)
        if model in found:
            continue
        found[model] = None
        if issubclass(model, FamilyValue) and model.is_family_root():
            due.extend(model.members().values())
        for info in model.model_fields.values():
            due.extend(
                part for part in _parts(info) if isinstance(part, type) and issubclass(part, Value)
            )
    return list(found)


def _parts(info: FieldInfo) -> Iterator[Any]:
    due: list[Any] = [info.annotation]
    while due:
        part = due.pop()
        yield part
        due.extend([part.__value__] if isinstance(part, TypeAliasType) else get_args(part))
