"""The history of each record: its revisions, retraction and mergers."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import islice
from typing import Any, Literal

from airspace_events.dossier.kept_records import KeptRecords, record_of
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
        current: a mapping from the id of each record to the index of its last revision, in input
            order.
    """

    def __init__(self, records: Iterable[tuple[Record, Record | bytes]]) -> None:
        """Store records.

        Args:
            records: pairs of a record and the object to store, either the record itself or its
                JSON.
        """
        self.current: dict[str, int] = {}
        self._kept: list[Record | bytes] = []
        self._types: list[str] = []
        self._retracted: set[int] = set()
        self._revised: dict[str, list[int]] = {}
        replacing: dict[int, tuple[str, ...]] = {}
        for number, (record, kept) in enumerate(records):
            self._kept.append(kept)
            self._types.append(record.type)
            if record.retracted is not None:
                self._retracted.add(number)
            if record.replaces:
                replacing[number] = record.replaces
            first = self.current.setdefault(record.id, number)
            if first != number:
                self._revised.setdefault(record.id, [first]).append(number)
        for name, numbers in self._revised.items():
            self._revised[name] = self._in_order(numbers)
            self.current[name] = self._revised[name][-1]
        merged: dict[str, str] = {}
        for name, number in self.current.items():
            for other in replacing.get(number, ()):
                merged.setdefault(other, name)
        self._successors = _ends(merged)

    def _in_order(self, numbers: list[int]) -> list[int]:
        """Sort the indexes of a record's revisions by revision number, and remove duplicates."""
        found: list[int] = []
        last: Record | None = None
        for number in sorted(numbers, key=lambda one: self._record(one).revision):
            record = self._record(number)
            if last is None or record.revision != last.revision:
                found.append(number)
                last = record
            elif record != last:
                raise DuplicateRecordError(record.id, record.revision)
        return found

    def _record(self, number: int) -> Record:
        return record_of(self._kept[number])

    def revisions(self, name: str) -> tuple[Record, ...]:
        """Return all revisions of a record, from the first to the last.

        Raises:
            UnknownNameError: no record has this id.
        """
        if name in self._revised:
            return tuple(map(self._record, self._revised[name]))
        return (self.of(name),)

    def of(self, name: str) -> Record:
        """Return the last revision of the record with exactly this id.

        Raises:
            UnknownNameError: no record has this id.
        """
        try:
            return self._record(self.current[name])
        except KeyError:
            found = near(name, self._similar_ids(name))
            raise UnknownNameError(name, "no record has this id", found) from None

    def _similar_ids(self, name: str) -> Iterator[str]:
        alike = (other for other in self.current if other[:_ALIKE] == name[:_ALIKE])
        return islice(alike, _COMPARED_AT_MOST)

    def latest(self, name: str) -> Record | None:
        """Return the last revision of a record, following mergers, or None if it is missing."""
        number = self.current.get(self.successor(name))
        return None if number is None else self._record(number)

    def successor(self, name: str) -> str:
        """Return the id of the record that finally replaced a record, or else the given id."""
        return self._successors.get(name, name)

    def standing(self, *types: str) -> KeptRecords[Any]:
        """Return the last revision of each record that was not retracted or merged.

        Args:
            types: the types of the records. By default, all types.
        """
        standing = (
            number
            for name, number in self.current.items()
            if number not in self._retracted and self.successor(name) == name
        )
        chosen = (one for one in standing if not types or self._types[one] in types)
        return KeptRecords(self._kept, array("L", chosen))

    def all(self) -> Iterator[tuple[Record, ...]]:
        """Return all revisions of each record, in input order."""
        return map(self.revisions, self.current)

    def known_at(self, instant: datetime, undated: Undated) -> tuple[list[Record], list[Record]]:
        """Return the revision of each record that was current at an instant.

        Returns:
            The records, and the subset of records that may have been recorded later.
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
    """Return the final target of each merger; all mergers in a cycle have the same target."""
    ends: dict[str, str] = {}
    for first in merged:
        name = first
        path: dict[str, None] = {}
        while name in merged and name not in ends and name not in path:
            path[name] = None
            name = merged[name]
        ends.update(dict.fromkeys(path, ends.get(name, name)))
    return ends


def _known_at(
    revisions: Sequence[Record], instant: datetime, undated: Undated
) -> tuple[Record | None, bool]:
    """Return the last revision recorded up to an instant, and whether this result is certain.

    A revision without a recording time must have been recorded after the previous revision, before
    the next revision, and not before the time of its event.
    """
    certain = possible = -1
    for number, record in enumerate(revisions):
        written = _recording_time(record)
        if written is not None and written <= instant:
            certain = possible = number
        elif written is None and possible == number - 1 and not _is_later(record, instant):
            possible = number
    chosen = possible if undated == "keep" else certain
    if chosen < 0:
        return None, True
    return _as_it_stood(revisions[chosen], instant), chosen == certain


def _recording_time(record: Record) -> datetime | None:
    """Return the recording time or, for a later revision without one, the time of retraction."""
    if record.recorded_at is None and record.retracted is not None and record.revision > 1:
        return record.retracted.at
    return record.recorded_at


def _is_later(record: Record, instant: datetime) -> bool:
    """Return whether the event of a record is certainly later than an instant."""
    time = time_of(record)
    return time is not None and time.window.start_is_sure and instant < time.window.earliest


def _as_it_stood(record: Record, instant: datetime) -> Record:
    if record.retracted is None or record.retracted.at <= instant:
        return record
    # The copy is not validated, because a citation may support a part that did not exist yet.
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
            return ReportedTime(value=record.published, timezone=record.timezone)
        case _:
            return None
