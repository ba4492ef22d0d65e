"""The docstrings of classes, fields and named types, read when a document needs them.

They are read from a file, so that a schema is the same where there are no sources to read or no
docstrings: in a zip file, as bytecode alone, or under ``python -OO``. ``python docs/generate.py``
writes the file. pydantic can collect docstrings of fields too, but does it whenever a class is made,
which would double the time that importing the library takes.
"""

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from airspace_events.values.base import Value

FILE = "docstrings.json"


@cache
def docstrings() -> Mapping[str, str]:
    """Return every docstring, by a name such as ``Incursion``, ``Incursion.time`` or ``Instant``.

    A class has its own fields only, without those that it inherits.
    """
    file = files("airspace_events.schema").joinpath(FILE)
    return MappingProxyType(json.loads(file.read_text(encoding="utf-8")))


def class_doc(model: type[Value]) -> str:
    """Return the docstring of a class, or an empty text."""
    return docstrings().get(model.__name__, "")


def field_doc(model: type[Value], field: str) -> str | None:
    """Return the docstring of a field, which may be inherited, or None."""
    names = (f"{base.__name__}.{field}" for base in model.__mro__)
    return next((docstrings()[name] for name in names if name in docstrings()), None)
