"""Turns the problems of an invalid record into notices, and finds the id of the record."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from airspace_events.diagnostics.problem import Parts
from airspace_events.diagnostics.pydantic_errors import problems_in
from airspace_events.feeds.locating import RawRecord
from airspace_events.feeds.reading import Entry, json_object, root_of
from airspace_events.safe_text import safe
from airspace_events.validation.codes import CODES
from airspace_events.validation.notices import Notice, Where

_LONGEST_KEY = 200


def shape_notices(entry: Entry, file: str, has_room: Callable[[str], bool]) -> Iterator[Notice]:
    """Yield the notices of an entry whose shape is not valid.

    Args:
        entry: the entry.
        file: the name of the feed as given.
        has_room: returns whether a notice of a code will be listed.
    """
    raw, error = entry.raw, entry.error
    if raw is None or error is None:
        return
    record, where = record_id(raw), Where(file, raw.line, raw)
    given = json_object(raw.data)
    for problem in problems_in(error, root_of(entry), given, suggests=has_room):
        parts = _shortened(problem.parts)
        told = replace(
            problem,
            # A later version of pydantic may have new kinds of error.
            code=problem.code if problem.code in CODES else "invalid_value",
            parts=parts,
            context={"field": str(parts[-1])} if parts else {},
        )
        yield where.notice(told, record)


def _shortened(parts: Parts) -> Parts:
    """Return the parts of a pointer before the first key that is too long to show."""
    for depth, part in enumerate(parts):
        if isinstance(part, str) and len(part) > _LONGEST_KEY:
            return parts[:depth]
    return parts


def record_id(raw: RawRecord) -> str | None:
    """Return the id in the bytes of a record; None if it cannot be read."""
    value = json_object(raw.data)
    name = _first_id(raw.data) if value is None else value.get("id")
    return safe(name[:128]) if isinstance(name, str) else None


def _first_id(data: bytes) -> str | None:
    """Return the first id in bytes that are not valid JSON; None if there is none."""
    _, found, rest = data.partition(b'"id":')
    quoted = rest.lstrip()
    end = quoted.find(b'"', 1)
    if not found or quoted[:1] != b'"' or not 0 < end < _LONGEST_KEY:
        return None
    return quoted[1:end].decode(errors="replace")
