"""Select the records for a format that has no revisions and no retractions."""

from __future__ import annotations

from collections.abc import Iterable

from airspace_events.formats.format import Losses
from airspace_events.models.records import Record

EARLIER = "the format can hold only the latest revision of a record"
RETRACTED = "the format cannot hold retracted records"


def latest_revisions(records: Iterable[Record]) -> list[Record]:
    """Return the last revision of each record, including duplicates of that revision.

    All records are held in memory, because a later revision may be at the end of the feed.
    """
    given = list(records)
    last: dict[tuple[str, str], int] = {}
    for record in given:
        name = record.type, record.id
        last[name] = max(record.revision, last.get(name, 0))
    return [record for record in given if record.revision == last[record.type, record.id]]


def current_records(records: Iterable[Record], losses: Losses) -> list[Record]:
    """Return the last revision of each record, without retracted records, and count the losses."""
    given = list(records)
    latest = latest_revisions(given)
    kept = set(map(id, latest))
    for record in given:
        if id(record) not in kept:
            losses.add(record.id, "", EARLIER)
        elif record.retracted is not None:
            losses.add(record.id, "", RETRACTED)
    return [record for record in latest if record.retracted is None]
