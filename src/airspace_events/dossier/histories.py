"""The history of each record: its revisions, retraction and mergers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import islice, pairwise
from typing import Literal

from airspace_events.errors import DuplicateRecordError, UnknownNameError
from airspace_events.models.events import Finding, Incursion, Series
from airspace_events.models.records import Record
from airspace_events.models.source import Source
from airspace_events.models.statement import Statement
from airspace_events.spelling import near
from airspace_events.values.time import ReportedTime

Undated = Literal["keep", "leave_out"]
"""The treatment of records without a recording time: "keep" or "leave_out"."""

_ALIKE = 2
_COMPARED_AT_MOST = 1_000


class Histories:
    """All revisions of all records, by id.

    Attributes:
        current: the last revision of each record, by id, in the order of input.
    """

    def __init__(self, records: Iterable[Record]) -> None:
        current: dict[str, Record] = {}
        revised: dict[str, list[Record]] = {}
        for record in records:
            first = current.setdefault(record.id, record)
            if first is not record:
                revised.setdefault(record.id, [first]).append(record)
        self._revised = {name: _in_order(given) for name, given in revised.items()}
        for name, revisions in self._revised.items():
            current[name] = revisions[-1]
        self.current = current
        merged: dict[str, str] = {}
        for record in current.values():
            for other in record.replaces:
                merged.setdefault(other, record.id)
        self._successors = _ends(merged)

    def revisions(self, name: str) -> tuple[Record, ...]:
        """Return all revisions of a record, from the first to the last.

        Raises:
            UnknownNameError: no record has this id.
        """
        if name in self._revised:
            return self._revised[name]
        return (self.of(name),)

    def of(self, name: str) -> Record:
        """Return the last revision of the record with exactly this id.

        Raises:
            UnknownNameError: no record has this id.
        """
        try:
            return self.current[name]
        except KeyError:
            found = near(name, self._near(name))
            raise UnknownNameError(name, "no record has this id", found) from None

    def _near(self, name: str) -> Iterator[str]:
        """Return some ids with the same beginning, because comparing all ids would be slow."""
        alike = (other for other in self.current if other[:_ALIKE] == name[:_ALIKE])
        return islice(alike, _COMPARED_AT_MOST)

    def latest(self, name: str) -> Record | None:
        """Return the last revision of a record, following mergers, or None if it is missing."""
        return self.current.get(self.successor(name))

    def successor(self, name: str) -> str:
        """Return the id of the record that a record was finally merged into, or the given id."""
        return self._successors.get(name, name)

    def standing(self) -> Iterator[Record]:
        """Yield the last revision of each record that was not retracted or merged."""
        for name, record in self.current.items():
            if record.retracted is None and self.successor(name) == name:
                yield record

    def all(self) -> Iterator[tuple[Record, ...]]:
        """Return all revisions of each record, in the order of input."""
        return (self._revised.get(name) or (record,) for name, record in self.current.items())

    def known_at(self, instant: datetime, undated: Undated) -> tuple[list[Record], list[Record]]:
        """Return the revision of each record that was current at an instant.

        Returns:
            Two items: the records, and those records that may have been recorded later.
        """
        known: list[Record] = []
        doubtful: list[Record] = []
        for revisions in self.all():
            found, is_certain = _known_at(revisions, instant, undated)
            if found is not None:
                known.append(found)
                if not is_certain:
                    doubtful.append(found)
        return known, doubtful


def _ends(merged: dict[str, str]) -> dict[str, str]:
    """Return the final target of each merger; records in a cycle of mergers share one target."""
    ends: dict[str, str] = {}
    for first in merged:
        name = first
        path: dict[str, None] = {}
        while name in merged and name not in ends and name not in path:
            path[name] = None
            name = merged[name]
        ends.update(dict.fromkeys(path, ends.get(name, name)))
    return ends


def _in_order(given: list[Record]) -> tuple[Record, ...]:
    given.sort(key=lambda record: record.revision)
    revisions = given[:1]
    for before, record in pairwise(given):
        if record.revision != before.revision:
            revisions.append(record)
        elif record != before:
            raise DuplicateRecordError(record.id, record.revision)
    return tuple(revisions)


def _known_at(
    revisions: Sequence[Record], instant: datetime, undated: Undated
) -> tuple[Record | None, bool]:
    """Return the last revision recorded by an instant, and whether that is certain.

    A revision without a recording time was recorded after the previous revision, before the next
    revision, and not before the time of its event.
    """
    certain = possible = -1
    for number, record in enumerate(revisions):
        written = _written(record)
        if written is not None and written <= instant:
            certain = possible = number
        elif written is None and possible == number - 1 and not _is_later(record, instant):
            possible = number
    chosen = possible if undated == "keep" else certain
    if chosen < 0:
        return None, True
    return _as_it_stood(revisions[chosen], instant), chosen == certain


def _written(record: Record) -> datetime | None:
    """Return the time at which a revision was recorded, or the time of its retraction."""
    if record.recorded_at is None and record.retracted is not None and record.revision > 1:
        return record.retracted.at
    return record.recorded_at


def _is_later(record: Record, instant: datetime) -> bool:
    """Return whether the event of a record had certainly not happened by an instant."""
    time = time_of(record)
    return time is not None and time.window.start_is_sure and instant < time.window.earliest


def _as_it_stood(record: Record, instant: datetime) -> Record:
    """Return a record as it was at an instant, without any later retraction."""
    if record.retracted is None or record.retracted.at <= instant:
        return record
    # The copy is not checked, because a citation may support a part that did not exist yet.
    return record.model_copy(update={"retracted": None})


def time_of(record: Record) -> ReportedTime | None:
    """Return the time of the event, statement or publication in a record."""
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
