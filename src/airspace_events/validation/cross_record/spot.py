"""Where a notice about several records will stand."""

from __future__ import annotations

from typing import Any, NamedTuple

from airspace_events.diagnostics.problem import Parts
from airspace_events.feeds.locating import pointer
from airspace_events.safe_text import safe
from airspace_events.validation.facts import Facts
from airspace_events.validation.notices import Notice
from airspace_events.validation.references import Where


class Spot(NamedTuple):
    """A place in a record, as it is kept until the end of the feed.

    Attributes:
        file: the feed, as it was named.
        line: the 1-based line.
        column: the 1-based code point of the line.
        record: the id of the record.
        pointer: the JSON Pointer within it.
    """

    file: str
    line: int
    column: int
    record: str
    pointer: str


def spot(facts: Facts, where: Where, parts: Parts) -> Spot:
    """The spot of some part of a record."""
    return Spot(where.file, *where.place(parts), facts.id, pointer(parts))


def notice(code: str, message: str, at: Spot, **context: Any) -> Notice:
    """A notice at a spot."""
    return Notice(
        code=code,
        message=safe(message),
        file=at.file,
        line=at.line,
        column=at.column,
        record=at.record,
        pointer=at.pointer,
        context=context,
    )
