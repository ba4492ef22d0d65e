"""The timeline: dated entries in chronological order, as far as the order is known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from airspace_events.dossier.histories import time_of
from airspace_events.models.events import Incursion, Series
from airspace_events.models.records import Record
from airspace_events.models.source import Source
from airspace_events.values.time import ReportedTime
from airspace_events.viewed import Answer


@dataclass(frozen=True, repr=False)
class TimelineEntry(Answer):
    """A dated entry of the timeline.

    Attributes:
        time: the time of the entry.
        record: the record of the entry.
        pointer: the JSON Pointer (RFC 6901) to the part of the record, such as "/responses/0";
            empty for the record itself.
        follows: whether the previous entry was certainly over when this entry began. If not, the
            two entries overlap or their order is not known.
    """

    time: ReportedTime
    record: Record
    pointer: str
    follows: bool


def timeline_of(records: Iterable[Record], *, sources: bool) -> tuple[TimelineEntry, ...]:
    """Return the dated entries of the given records, in chronological order."""
    found = [each for record in records for each in _times_of(record, sources=sources)]
    found.sort(key=lambda each: (each[0].sort_key, each[1].id, each[2]))
    entries: list[TimelineEntry] = []
    for time, record, pointer in found:
        follows = bool(entries) and entries[-1].time.certainly_before(time) is True
        entries.append(TimelineEntry(time, record, pointer, follows))
    return tuple(entries)


_Dated = tuple[ReportedTime, Record, str]


def _times_of(record: Record, *, sources: bool) -> Iterator[_Dated]:
    time = time_of(record)
    if time is not None and (sources or not isinstance(record, Source)):
        yield time, record, ""
    if isinstance(record, Incursion | Series):
        yield from _times_of_parts(record)


def _times_of_parts(record: Incursion | Series) -> Iterator[_Dated]:
    for number, response in enumerate(record.responses):
        if response.time is not None:
            yield response.time, record, f"/responses/{number}"
    if isinstance(record, Incursion):
        for number, effect in enumerate(record.effects):
            if effect.time is not None:
                yield effect.time, record, f"/effects/{number}"
    for number, flown in enumerate(record.objects):
        for place, fate in enumerate(flown.fates):
            if fate.time is not None:
                yield fate.time, record, f"/objects/{number}/fates/{place}"
