"""The published JSON Schemas (2020-12) of records and feeds.

Each schema is self-contained. Its id is a URN with the name and the version of the schema. A URN
needs no host, so validators do not download anything.
"""

import json
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from airspace_events.feeds.header import SCHEMA_VERSION, FeedHeader
from airspace_events.models.records import RECORD_CLASSES
from airspace_events.schema.definitions import (
    FEED_DOCUMENT,
    Schema,
    definitions,
    one_of,
    reference,
    referred_to,
)
from airspace_events.schema.docstrings import class_prose
from airspace_events.schema.examples import example_lines

DIALECT = "https://json-schema.org/draft/2020-12/schema"

_WHOLES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "record": ("Record", "Any record of a feed, identified by its type."),
        "line": (
            "FeedLine",
            "A line of a JSON Lines feed: the header on the first line, or a record.",
        ),
        "feed": ("Feed", "A feed as one JSON document, with its header and its records."),
    }
)

KINDS: tuple[str, ...] = (*_WHOLES, *RECORD_CLASSES)
"""The names of the schemas, for any record, a line, a feed, and each record type."""


def json_schema(of: str = "record") -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of a record, of a line of a feed, or of a feed.

    Args:
        of: ``record`` for any record, ``line`` for a line of JSON Lines, ``feed`` for a feed that
            is one JSON document, or a type of record such as ``incursion``.

    Raises:
        ValueError: no schema has this name.

    >>> json_schema("incursion")["$id"]
    'urn:airspace-events:schema:1.0:incursion'
    """
    if of not in KINDS:
        msg = f"{of!r} is not the name of a schema; use one of {', '.join(KINDS)}"
        raise ValueError(msg)
    root = _root(of)
    title, description = _WHOLES.get(of) or _record_type(of)
    needed = referred_to(root)
    schema = {
        "$schema": DIALECT,
        "$id": f"urn:airspace-events:schema:{SCHEMA_VERSION}:{of}",
        "title": title,
        "description": description,
        **root,
        "$defs": {name: schema for name, schema in definitions().items() if name in needed},
    }
    # Each caller gets a copy, because the cached schema must not change.
    copy: dict[str, Any] = json.loads(json.dumps(schema))
    return copy


def _root(of: str) -> Schema:
    if of == "feed":
        header, *records = map(json.loads, example_lines())
        return reference(FEED_DOCUMENT) | {"examples": [header | {"records": records}]}
    if of == "record":
        return one_of(RECORD_CLASSES, "type")
    if of == "line":
        return one_of({"feed": FeedHeader, **RECORD_CLASSES}, "type")
    return reference(RECORD_CLASSES[of].__name__)


def _record_type(of: str) -> tuple[str, str]:
    model = RECORD_CLASSES[of]
    return model.__name__, class_prose(model)
