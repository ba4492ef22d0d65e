"""Generation of the files of the published JSON Schemas."""

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, cast

from airspace_events.schema.json_schema import KINDS, json_schema

_WIDTH = 90


def schema_files() -> dict[str, str]:
    """Return the text of every published schema, by file name."""
    return {f"{of}.schema.json": "".join(_written(json_schema(of))) + "\n" for of in KINDS}


def _written(value: Any, indent: str = "\n") -> Iterator[str]:
    """Yield the parts of a JSON text that has short values on one line."""
    line = json.dumps(value, ensure_ascii=False)
    if not isinstance(value, dict | list) or len(indent) + len(line) <= _WIDTH:
        yield line
        return
    members: Iterable[tuple[str, Any]]
    if isinstance(value, dict):
        parts = cast("dict[str, Any]", value)
        members = [(f"{json.dumps(key)}: ", inner) for key, inner in parts.items()]
    else:
        members = [("", inner) for inner in cast("Sequence[Any]", value)]
    deeper = indent + "  "
    yield line[0]
    for number, (key, inner) in enumerate(members):
        yield ("," if number else "") + deeper + key
        yield from _written(inner, deeper)
    yield indent + line[-1]
