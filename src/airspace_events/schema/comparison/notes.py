"""Compares what two schemas say without limiting anything: descriptions, defaults, hints."""

from collections.abc import Iterator, Mapping
from typing import Any, cast

from airspace_events.safe_text import shown
from airspace_events.schema.comparison.differences import Difference
from airspace_events.schema.comparison.documents import Schema, canonical
from airspace_events.schema.comparison.form_reading import FormReader
from airspace_events.schema.comparison.keywords import KEYWORDS

_WORDS = {
    "title": "another title",
    "description": "another description",
    "examples": "other examples",
    "$comment": "another comment",
}
_FLAGS = frozenset(["deprecated", "readOnly", "writeOnly"])
# The descriptions of words are told with the words.
_NO_NOTES = (frozenset(KEYWORDS) | {"enumDescriptions"}) - _WORDS.keys() - _FLAGS - {"default"}
_EMPTY = ("null", "[]", "{}")


def note_changes(
    old_reader: FormReader,
    new_reader: FormReader,
    old: Schema,
    new: Schema,
    told: set[tuple[str, int, int]],
) -> Iterator[Difference]:
    """Each note of two schemas that differs.

    Args:
        old_reader: what knows the old definitions.
        new_reader: what knows the new ones.
        old: the old schema.
        new: the new one.
        told: the notes that were compared, each with the pair of schemas that say them; they
            are told once, wherever these are referred to.
    """
    was, old_holders = _notes(old_reader, old)
    is_, new_holders = _notes(new_reader, new)
    for name in sorted((was.keys() | is_.keys()) - _NO_NOTES):
        asked = (name, old_holders.get(name, 0), new_holders.get(name, 0))
        before, after = was.get(name), is_.get(name)
        if asked in told or _text(name, before) == _text(name, after):
            continue
        told.add(asked)
        if name == "default":
            message = f"means {shown(after)} now where it is left out, not {shown(before)}"
            yield Difference("default", message, "both", before, after)
        elif name in _WORDS:
            yield Difference("description", f"has {_WORDS[name]}", "nothing", before, after)
        else:
            message = f"has {name} {shown(after)} now, not {shown(before)}"
            yield Difference("annotation", message, "nothing", before, after)


def _text(name: str, value: Any) -> str:
    """A note as it is compared."""
    text = canonical(value)
    if name == "default" and text in _EMPTY:
        # To be empty by default is to be nothing by default.
        return "null"
    if name == "discriminator" and isinstance(value, dict):
        # What it maps words to is what the members of the union say themselves.
        return canonical(cast("dict[str, Any]", value).get("propertyName"))
    return text


def _notes(reader: FormReader, schema: Schema) -> tuple[dict[str, Any], dict[str, int]]:
    """What a schema says, or else what it refers to, and which schema it is that says it."""
    found: dict[str, Any] = {}
    holders: dict[str, int] = {}
    seen: set[int] = set()
    while isinstance(schema, Mapping) and id(schema) not in seen:
        seen.add(id(schema))
        for name, value in schema.items():
            if name not in found:
                found[name] = value
                holders[name] = id(schema)
        if "$ref" not in schema:
            break
        schema = reader.document.resolve(schema["$ref"])[1]
    return found, holders
