"""A JSON Schema 2020-12 as it was read: checked, and asked where its references lead."""

import json
from collections.abc import Iterator, Mapping, Sequence
from os import PathLike, fspath
from pathlib import Path
from typing import Any, cast
from urllib.parse import unquote

from pydantic_core import from_json

from airspace_events.errors import FormatError
from airspace_events.feeds.locating import pointer
from airspace_events.feeds.streams import reading_from
from airspace_events.safe_text import shown
from airspace_events.schema.comparison.keywords import (
    IN_PLACE,
    KEYWORDS,
    OTHER_DIALECTS,
    PLAIN,
    inner_schemas,
)

Schema = Mapping[str, Any] | bool

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_LARGEST = 32 * 2**20


def read_schema(file: str | PathLike[str]) -> dict[str, Any]:
    """Read a JSON Schema from a file, and check it as `SchemaDocument` does.

    Raises:
        UnreadableError: the file cannot be opened.
        FormatError: it is too large, not JSON, or no JSON Schema that can be compared.
    """
    name = fspath(file)
    with reading_from(name), Path(name).open("rb") as stream:
        data = stream.read(_LARGEST + 1)
    if len(data) > _LARGEST:
        msg = f"a schema of more than {_LARGEST >> 20} MiB is not read"
        raise FormatError(msg, name)
    try:
        root: Any = from_json(data)
    except ValueError as error:
        msg = f"this is not JSON: {error}"
        raise FormatError(msg, name) from error
    SchemaDocument(root, name)
    return cast("dict[str, Any]", root)


class SchemaDocument:
    """One schema with its definitions."""

    def __init__(self, root: object, name: str = "-") -> None:
        """Take a schema, and look whether every part of it can be understood.

        Args:
            root: the schema, as JSON is read: an object, or true or false.
            name: what it is called in messages.

        Raises:
            FormatError: it is no JSON Schema 2020-12, it refers to what is not there or to
                another document, or it uses what cannot be compared, such as ``$dynamicRef``.
        """
        self._name = name
        self._anchors: dict[str, tuple[str, Schema]] = {}
        self.root = self._checked_root(root)
        self._id = "" if isinstance(self.root, bool) else self.root.get("$id", "").rstrip("#")
        self._checked: set[int] = set()
        self._schemas: list[tuple[Schema, str]] = []
        self._check_all(self.root, "")
        # The list grows when a reference leads to where no schema was expected.
        for schema, at in self._schemas:
            if not isinstance(schema, bool) and "$ref" in schema:
                target = self.resolve(schema["$ref"], at)[1]
                self._check_all(target, f"({schema['$ref']})")
        self._check_ends()

    def resolve(self, reference: str, at: str = "") -> tuple[str, Schema]:
        """What a ``$ref`` leads to, with the name that it has there.

        Raises:
            FormatError: it leads to nothing, or out of the document.
        """
        base, _, fragment = reference.partition("#")
        if base not in ("", self._id):
            msg = f"{shown(reference)} leads to another document"
            raise self._error(msg, at)
        fragment = unquote(fragment)
        if not fragment.startswith("/"):
            if not fragment:
                return "", self.root
            if fragment in self._anchors:
                return self._anchors[fragment]
            msg = f"{shown(reference)} leads to nothing"
            raise self._error(msg, at)
        found: Any = self.root
        steps = [part.replace("~1", "/").replace("~0", "~") for part in fragment.split("/")[1:]]
        for step in steps:
            found = _inside(found, step)
        if not isinstance(found, bool | dict):
            msg = f"{shown(reference)} leads to no schema"
            raise self._error(msg, at)
        return steps[-1], cast("Schema", found)

    def _checked_root(self, root: object) -> Schema:
        if isinstance(root, bool):
            return root
        if not isinstance(root, dict):
            msg = f"{shown(root)} is no JSON Schema: it must be an object"
            raise self._error(msg, "")
        schema = cast("dict[str, Any]", root)
        if schema and not schema.keys() & (KEYWORDS.keys() | OTHER_DIALECTS):
            msg = "this is no JSON Schema: it has none of the keywords of one"
            raise self._error(msg, "")
        dialect = schema.get("$schema", DIALECT)
        if not isinstance(dialect, str) or dialect.rstrip("#") != DIALECT:
            msg = f"only JSON Schema 2020-12 is compared, not {shown(dialect)}"
            raise self._error(msg, "")
        return schema

    def _check_all(self, schema: Schema, at: str) -> None:
        """Check a schema and every schema in it."""
        todo: list[tuple[Any, str]] = [(schema, at)]
        while todo:
            one, place = todo.pop()
            if isinstance(one, bool) or id(one) in self._checked:
                continue
            self._check(one, place)
            self._checked.add(id(one))
            self._schemas.append((one, place))
            todo += [
                (inner, place + pointer(step))
                for keyword in one.keys() & KEYWORDS.keys()
                for step, inner in inner_schemas(keyword, one[keyword])
            ]

    def _check_ends(self) -> None:
        """Refuse a schema that asks itself about the same value, and so never ends."""
        done: set[int] = set()
        for start, at in self._schemas:
            way = [(start, self._asked_beside(start))]
            on_way = {id(start)}
            while way and id(start) not in done:
                schema, asked = way[-1]
                following = next(asked, None)
                if following is None:
                    done.add(id(schema))
                    on_way.discard(id(schema))
                    way.pop()
                elif id(following) in on_way:
                    msg = "a schema refers to itself without end"
                    raise self._error(msg, at)
                elif id(following) not in done:
                    on_way.add(id(following))
                    way.append((following, self._asked_beside(following)))

    def _asked_beside(self, schema: Schema) -> Iterator[Schema]:
        """The schemas that are asked about the same value as this one."""
        if isinstance(schema, bool):
            return
        if "$ref" in schema:
            yield self.resolve(schema["$ref"])[1]
        for keyword in schema.keys() & IN_PLACE:
            for _, inner in inner_schemas(keyword, schema[keyword]):
                yield inner

    def _check(self, schema: object, at: str) -> None:
        if isinstance(schema, bool):
            return
        if not isinstance(schema, dict):
            msg = f"{shown(schema)} is no schema"
            raise self._error(msg, at)
        found = cast("dict[str, Any]", schema)
        if outdated := found.keys() & OTHER_DIALECTS:
            msg = f"the keyword {min(outdated)} cannot be compared"
            raise self._error(msg, at)
        if at and "$id" in found:
            msg = "a part with an $id of its own cannot be compared"
            raise self._error(msg, at)
        for keyword, value in found.items():
            demand = KEYWORDS.get(keyword)
            if demand is not None and not demand(value):
                msg = f"{keyword} cannot be {shown(value)}"
                raise self._error(msg, at)
            if demand is None or keyword in PLAIN:
                try:
                    canonical(value)
                except (TypeError, ValueError) as error:
                    msg = f"{keyword} has what JSON cannot have"
                    raise self._error(msg, at) from error
        if "$anchor" in found:
            self._anchors[found["$anchor"]] = (found["$anchor"], found)

    def _error(self, reason: str, at: str) -> FormatError:
        return FormatError(reason, self._name, place=at or "the schema itself")


def canonical(value: object) -> str:
    """A JSON value as text, so that equal values have equal texts: 1 and 1.0, but not true.

    Raises:
        ValueError: it is no JSON value.
    """
    return json.dumps(_plain(value), sort_keys=True, ensure_ascii=False, allow_nan=False)


def _plain(value: Any) -> Any:
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, list | tuple):
        return [_plain(item) for item in cast("Sequence[Any]", value)]
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in cast("dict[str, Any]", value).items()}
    return value


def _inside(value: Any, step: str) -> Any:
    if isinstance(value, dict):
        return cast("dict[str, Any]", value).get(step)
    if isinstance(value, list):
        items = cast("Sequence[Any]", value)
        return items[int(step)] if step.isdecimal() and int(step) < len(items) else None
    return None
