"""The docstrings of classes, fields and named types, loaded when a document needs them.

The docstrings are read from a file, because source files and docstrings may be missing at run
time, for example under ``python -OO``. ``python docs/generate.py`` writes the file. pydantic could
also collect the docstrings of fields, but this would double the time to import the library.
"""

import json
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any, get_args

from pydantic.fields import FieldInfo
from typing_extensions import TypeAliasType

from airspace_events.values.base import FamilyValue, Value
from airspace_events.values.scalars import Form

FILE = "docstrings.json"


@cache
def docstrings() -> Mapping[str, str]:
    """Return a mapping from names such as ``Incursion`` or ``Incursion.time`` to docstrings.

    Inherited fields are listed only under the class that defines them.
    """
    file = files("airspace_events.schema").joinpath(FILE)
    return MappingProxyType(json.loads(file.read_text(encoding="utf-8")))


def class_doc(model: type[Value]) -> str:
    """Return the docstring of a class, or an empty string."""
    return docstrings().get(model.__name__, "")


def field_doc(model: type[Value], field: str) -> str | None:
    """Return the docstring of a field, even if the field is inherited, or None."""
    names = (f"{base.__name__}.{field}" for base in model.__mro__)
    return next((docstrings()[name] for name in names if name in docstrings()), None)


def class_prose(model: type[Value]) -> str:
    """Return the docstring of a class as Markdown, without its doctests."""
    parts = class_doc(model).split("\n\n")
    kept: list[str] = []
    for part in parts:
        if not part.lstrip().startswith(">>>"):
            kept.append(prose(part))
        elif kept and kept[-1].endswith(":"):
            kept[-1] = kept[-1][:-1] + "."
    return "\n\n".join(kept)


def prose(doc: str) -> str:
    """Return a paragraph of a docstring as one line of Markdown."""
    return " ".join(doc.split()).replace("``", "`")


def type_prose(alias: TypeAliasType) -> str | None:
    """Return the docstring of a named type, or None."""
    found = docstrings().get(alias.__name__)
    return prose(found) if found else None


def form_of(alias: TypeAliasType) -> Form | None:
    """Return the form of the plain values of a named type, or None."""
    return next((item for item in get_args(alias.__value__) if isinstance(item, Form)), None)


def named_types(*models: type[Value]) -> Mapping[str, TypeAliasType]:
    """Return the named types that the given classes and their values use, by name."""
    found: dict[str, TypeAliasType] = {}
    for model in value_classes(*models):
        for info in model.model_fields.values():
            for part in _parts(info):
                if isinstance(part, TypeAliasType):
                    found[part.__name__] = part
    return MappingProxyType(found)


def value_classes(*models: type[Value]) -> list[type[Value]]:
    """Return the given classes and the classes of all their values, including root classes."""
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
