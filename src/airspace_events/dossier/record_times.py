"""The time of which a record tells, whatever its type."""

from __future__ import annotations

from airspace_events.models.events import Finding, Incursion, Series
from airspace_events.models.records import Record
from airspace_events.models.source import Source
from airspace_events.models.statement import Statement
from airspace_events.values.time import ReportedTime


def time_of(record: Record) -> ReportedTime | None:
    """When that was of which a record tells: an event, a statement, a publication."""
    match record:
        case Incursion() | Series():
            return record.time
        case Finding():
            return record.found
        case Statement():
            return record.made
        case Source() if record.published is not None:
            return ReportedTime(value=record.published)
        case _:
            return None
