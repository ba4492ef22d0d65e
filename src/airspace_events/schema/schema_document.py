"""Read JSON Schemas (2020-12), check that they can be compared, and resolve their references.

Only the keywords that the schemas of this library use can be compared.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from os import PathLike, fspath
from pathlib import Path
from typing import Any, NoReturn, cast
from urllib.parse import unquote

from pydantic_core import from_json

from airspace_events.errors import FormatError
from airspace_events.feeds.locating import pointer
from airspace_events.feeds.streams import reading_from
from airspace_events.safe_text import shown

Schema = Mapping[str, Any] | bool

DIALECT = "https://json-schema.org/draft/2020-12/schema"
TYPES = ("null", "boolean", "integer", "number", "string", "array", "object")
_LARGEST = 32 * 2**20


def read_schema(file: str | PathLike[str]) -> dict[str, Any]:
    """Read a JSON Schema from a file, and check it as `SchemaDocument` does.

    Raises:
        UnreadableError: the file cannot be opened.
        FormatError: the file is too large, not JSON, or not a JSON Schema that can be compared.
    """
    name = fspath(file)
    with reading_from(name), Path(name).open("rb") as stream:
        data = stream.read(_LARGEST + 1)
    if len(data) > _LARGEST:
        msg = f"the schema must not be larger than {_LARGEST >> 20} MiB"
        raise FormatError(msg, name)
    try:
        root: Any = from_json(data)
    except ValueError as error:
        msg = f"invalid JSON: {error}"
        raise FormatError(msg, name) from error
    SchemaDocument(root, name)
    return cast("dict[str, Any]", root)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and value == value  # noqa: PLR0124 (not NaN)


def _are_schemas(value: Any) -> bool:
    return isinstance(value, list) and len(cast("Sequence[Any]", value)) > 0


def _has_types(value: Any, allowed: tuple[str, ...] = ()) -> bool:
    """Return whether a value is a list of allowed strings; by default, any string is allowed."""
    items = cast("Sequence[Any]", value) if isinstance(value, list) else [None]
    return all(isinstance(one, str) and one in (allowed or (one,)) for one in items)


_SCHEMA = "additionalProperties propertyNames items contains not if then else"
_SCHEMAS = "allOf anyOf oneOf prefixItems"
_NAMED_SCHEMAS = "$defs properties dependentSchemas"
_TEXTS = "$ref $id $schema $comment title description format pattern patternErrorMessage"
_CHECKS: Mapping[str, Callable[[Any], bool]] = {
    _SCHEMA: lambda value: isinstance(value, bool | dict),
    _SCHEMAS: _are_schemas,
    f"{_NAMED_SCHEMAS} discriminator": lambda value: isinstance(value, dict),
    "minimum maximum": _is_number,
    "minLength maxLength minItems maxItems": (
        lambda value: _is_number(value) and value >= 0 and value == value // 1
    ),
    _TEXTS: lambda value: isinstance(value, str),
    "required enumDescriptions": _has_types,
    "enum examples": lambda value: isinstance(value, list),
    "const default": lambda _: True,
    "deprecated": lambda value: isinstance(value, bool),
    "type": lambda value: _has_types(value if isinstance(value, list) else [value], TYPES),
}
KEYWORDS: Mapping[str, Callable[[Any], bool]] = {
    keyword: check for keywords, check in _CHECKS.items() for keyword in keywords.split()
}
"""A mapping from the supported keywords to checks of their values."""

_PLAIN = frozenset(["enum", "examples", "const", "default"])
_IN_PLACE = frozenset(["allOf", "anyOf", "oneOf", "not", "if", "then", "else", "dependentSchemas"])
"""The keywords whose schemas apply to the same value, not to a part of the value."""


def _direct_subschemas(schema: Mapping[str, Any]) -> Iterator[tuple[tuple[str | int, ...], Any]]:
    for keyword, value in schema.items():
        if keyword in _SCHEMA.split():
            yield (keyword,), value
        elif keyword in _SCHEMAS.split():
            yield from (((keyword, number), inner) for number, inner in enumerate(value))
        elif keyword in _NAMED_SCHEMAS.split():
            yield from (((keyword, name), inner) for name, inner in value.items())


class SchemaDocument:
    """A schema with its definitions."""

    def __init__(self, root: object, name: str = "-") -> None:
        """Check every part of a schema, and store the schema.

        Args:
            root: the schema as parsed JSON, which must be an object, true or false.
            name: the name of the schema in messages.

        Raises:
            FormatError: the document is not a JSON Schema 2020-12, a reference does not refer to a
                schema of the document, or a keyword cannot be compared.
        """
        self._name = name
        self._checked: set[int] = set()
        self.root = self._checked_root(root)
        self._id = "" if isinstance(self.root, bool) else self.root.get("$id", "").rstrip("#")
        # The list grows while the parts are checked.
        self._parts: list[tuple[Schema, str]] = [(self.root, "")]
        for schema, at in self._parts:
            self._check(schema, at)

    def resolve(self, reference: str, at: str = "") -> tuple[str, Schema]:
        """Return the name and the schema that a ``$ref`` refers to.

        Raises:
            FormatError: the reference does not refer to a schema, or refers to another document.
        """
        base, _, fragment = reference.partition("#")
        if base not in ("", self._id):
            self._refuse(
                f"the reference {shown(reference)} must not refer to another document", at
            )
        first, *steps = unquote(fragment).split("/")
        found: Any = None if first else self.root
        for step in (part.replace("~1", "/").replace("~0", "~") for part in steps):
            if isinstance(found, list) and step.isdecimal():
                found = dict(enumerate(cast("Sequence[Any]", found))).get(int(step))
            else:
                found = cast("Any", found).get(step) if isinstance(found, dict) else None
        if not isinstance(found, bool | dict):
            self._refuse(f"the reference {shown(reference)} does not refer to a schema", at)
        return (steps or [""])[-1], cast("Schema", found)

    def _checked_root(self, root: object) -> Schema:
        if isinstance(root, bool):
            return root
        if not isinstance(root, dict):
            self._refuse(f"a JSON Schema must be an object, not {shown(root)}")
        schema = cast("dict[str, Any]", root)
        if schema and not schema.keys() & KEYWORDS.keys():
            self._refuse(
                "the document is not a JSON Schema, because it has no keyword that can be compared"
            )
        dialect = schema.get("$schema", DIALECT)
        if not isinstance(dialect, str) or dialect.rstrip("#") != DIALECT:
            self._refuse(f"only JSON Schema 2020-12 can be compared, not {shown(dialect)}")
        return schema

    def _check(self, schema: Schema, at: str, on_way: frozenset[int] = frozenset()) -> None:
        """Check a schema and the subschemas that apply to the same value, and queue the others.

        ``on_way`` contains the ids of the enclosing schemas that apply to the same value.
        """
        if isinstance(schema, bool) or id(schema) in self._checked:
            return
        if id(schema) in on_way:
            self._refuse("the references of this schema form a cycle", at)
        self._check_keywords(schema, at)
        on_way |= {id(schema)}
        for steps, inner in _direct_subschemas(schema):
            if steps[0] in _IN_PLACE:
                self._check(inner, at + pointer(steps), on_way)
            else:
                self._parts.append((inner, at + pointer(steps)))
        if "$ref" in schema:
            self._check(self.resolve(schema["$ref"], at)[1], f"({schema['$ref']})", on_way)
        self._checked.add(id(schema))

    def _check_keywords(self, schema: object, at: str) -> None:
        if not isinstance(schema, dict):
            self._refuse(f"{shown(schema)} is not a schema", at)
        for keyword, value in cast("dict[str, Any]", schema).items():
            if keyword not in KEYWORDS or (keyword == "$id" and at):
                self._refuse(f"the keyword {shown(keyword)} cannot be compared", at)
            if not KEYWORDS[keyword](value):
                self._refuse(f"{keyword} cannot be {shown(value)}", at)
            if keyword in _PLAIN:
                try:
                    canonical(value)
                except (TypeError, ValueError) as error:
                    self._refuse(f"{keyword} has a value that JSON does not allow", at, error)

    def _refuse(self, reason: str, at: str = "", cause: Exception | None = None) -> NoReturn:
        raise FormatError(reason, self._name, place=at or "the schema itself") from cause


def canonical(value: object) -> str:
    """Return a JSON value as text that is the same for equal values.

    1 and 1.0 are equal, but 1 and true are not.

    Raises:
        ValueError: the value is not JSON.
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
