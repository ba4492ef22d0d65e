"""Generation of the file of docstrings from the sources of the models, values and vocabularies."""

import ast
import inspect
import json
import sys
from collections.abc import Iterator, Sequence
from itertools import pairwise

from airspace_events.feeds.header import FeedHeader
from airspace_events.models.records import RECORD_CLASSES
from airspace_events.reference.designations import Designation
from airspace_events.schema.docstrings import named_types, value_classes
from airspace_events.values.base import Value


def docstring_file() -> str:
    """Return the text of the file, as JSON with a name and its docstring on each line."""
    roots: list[type[Value]] = [FeedHeader, *RECORD_CLASSES.values(), Designation]
    types = named_types(*roots)
    classes = {
        base.__name__: base
        for model in value_classes(*roots)
        for base in model.__mro__
        if issubclass(base, Value)
    }
    modules = sorted({str(owner.__module__) for owner in (*classes.values(), *types.values())})
    found: dict[str, str] = {}
    for module in modules:
        body = ast.parse(inspect.getsource(sys.modules[module])).body
        found.update((name, text) for name, text in _texts_below_names(body) if name in types)
        for node in body:
            if isinstance(node, ast.ClassDef) and node.name in classes:
                found[node.name] = ast.get_docstring(node) or ""
                for field, text in _texts_below_names(node.body):
                    found[f"{node.name}.{field}"] = text
    return json.dumps(found, ensure_ascii=False, indent=0, sort_keys=True) + "\n"


def _texts_below_names(body: Sequence[ast.stmt]) -> Iterator[tuple[str, str]]:
    """Yield each name that is annotated or assigned, with the text that follows it."""
    for named, text in pairwise(body):
        match named, text:
            case (
                ast.AnnAssign(target=ast.Name(id=name)) | ast.Assign(targets=[ast.Name(id=name)]),
                ast.Expr(value=ast.Constant(value=str(words))),
            ):
                yield name, inspect.cleandoc(words)
            case _:
                pass
