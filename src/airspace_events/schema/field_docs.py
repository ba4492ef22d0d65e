"""The docstrings below the fields of a class, read from its source when they are asked for.

pydantic can read them too, but does so whenever a class is made, which would double the time
that importing the library takes.
"""

import ast
import inspect
from collections.abc import Mapping
from functools import cache
from itertools import pairwise
from pathlib import Path
from types import MappingProxyType

from airspace_events.values.base import Value


@cache
def field_docs(model: type[Value]) -> Mapping[str, str]:
    """The docstring of each field of a class; inherited ones too."""
    found: dict[str, str] = {}
    for base in reversed(model.__mro__):
        if issubclass(base, Value) and base is not Value:
            found.update(_docs_in(base))
    return MappingProxyType({name: found[name] for name in model.model_fields if name in found})


def _docs_in(model: type[Value]) -> dict[str, str]:
    body = _classes_of(inspect.getfile(model))[model.__name__].body
    found: dict[str, str] = {}
    for field, text in pairwise(body):
        match field, text:
            case ast.AnnAssign(target=ast.Name(id=name)), ast.Expr(
                value=ast.Constant(value=str(words))
            ):
                found[name] = inspect.cleandoc(words)
            case _:
                pass
    return found


@cache
def _classes_of(file: str) -> Mapping[str, ast.ClassDef]:
    tree = ast.parse(Path(file).read_text(encoding="utf-8"))
    return {node.name: node for node in tree.body if isinstance(node, ast.ClassDef)}
