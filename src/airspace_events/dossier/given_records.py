"""What a dossier is given: records, or something that is none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import cast

from airspace_events.feeds.header import Feed
from airspace_events.models.base import BaseRecord
from airspace_events.models.records import Record


def records_in(given: object) -> Iterator[Record]:
    """The records of a feed, or of whatever else holds some.

    Raises:
        TypeError: it holds none, or something else besides.
    """
    if isinstance(given, Feed):
        given = given.records
    if isinstance(given, str | bytes) or not isinstance(given, Iterable):
        raise _refusal(given, "; Dossier.read takes paths")
    for record in cast("Iterable[object]", given):
        if not isinstance(record, BaseRecord):
            raise _refusal(record)
        yield cast("Record", record)


def _refusal(given: object, hint: str = "") -> TypeError:
    return TypeError(f"a dossier holds records, not a {type(given).__name__}{hint}")
