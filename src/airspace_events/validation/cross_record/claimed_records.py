"""Claims and their possible subjects, stored on disk until all feeds are read."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import cached_property
from itertools import chain, groupby
from typing import NamedTuple, cast

from airspace_events.feeds.id_table import IdTable
from airspace_events.feeds.reading import record_adapter
from airspace_events.feeds.spool import NumberSpool, Spool
from airspace_events.models.events import Finding, Incursion, Series
from airspace_events.validation.facts import Facts
from airspace_events.validation.notices import Spot, Where

Event = Incursion | Series | Finding

# The number of parts in which the index is sorted, so that only one part is in memory at a time.
_PARTS = 32
# A number in the index consists of the row (high bits), an offset, and one bit for the kind.
_OFFSET_BITS = 40
# The maximum number of claims about one record that stay in memory.
_FEW = 64


class KeptClaim(NamedTuple):
    """A claim, as stored on disk.

    Attributes:
        about: the ids of its subjects.
        aspect: its aspect.
        polarity: its polarity.
        is_flat: whether it has no likelihood.
        names: the fields that it names.
        value: its value as JSON, from `facts.written`; None if it has no value.
        recorded_at: the time at which its record was recorded; empty if not given. For a claim
            that a later revision repeats, the time of the first revision with the claim.
        since: the first day of its record's time.
        voices: the ids of the actors for whom the statement speaks; empty for a source.
        revision: the revision of its record.
        at: the location of the claim in the feed.
        places: the ids of the places that its value refers to.
    """

    about: tuple[str, ...]
    aspect: str
    polarity: str
    is_flat: bool
    names: tuple[str, ...]
    value: str | None
    recorded_at: str
    since: int
    voices: tuple[str, ...]
    revision: int
    at: Spot
    places: tuple[str, ...]


class _KeptEvent(NamedTuple):
    revision: int
    data: str
    at: Spot | None


class Subject:
    """A record with its revisions and the claims about it.

    Attributes:
        row: the row of its id in the id table.
        at: the location of the revision number in the newest revision; None for a first revision.
        numbers: the numbers of the revisions in the feeds, in ascending order.
    """

    def __init__(self, table: IdTable, spool: Spool, row: int, numbers: list[int]) -> None:
        self.row = row
        self._table = table
        self._spool = spool
        self._claims = [_offset(number) for number in numbers if number & 1]
        # The offsets of the revisions, oldest first; only the newest revision is in memory.
        self._revisions: list[tuple[int, int]] = []
        self._newest: _KeptEvent | None = None
        for number in numbers:
            if not number & 1:
                kept = self._event(_offset(number))
                self._revisions.append((kept.revision, _offset(number)))
                if self._newest is None or kept.revision >= self._newest.revision:
                    self._newest = kept
        self._revisions.sort()
        self.numbers = sorted({revision for revision, _ in self._revisions})
        self.at = self._newest.at if self._newest else None

    @property
    def is_complete(self) -> bool:
        """Return whether the feeds contain every revision from the first to the newest."""
        return len(self.numbers) == self.numbers[-1]

    def claims(self) -> Iterator[KeptClaim]:
        """Yield the claims of the newest revisions, in the order of the feeds."""
        for claim in self._kept_claims():
            if claim.revision >= self._table.revision[self._table.row(claim.at.record or "")]:
                if not self._first_recorded:
                    yield claim
                    continue
                first = self._first_recorded.get(_repeated_as(claim), claim.recorded_at)
                yield claim._replace(recorded_at=first)

    def _kept_claims(self) -> Iterable[KeptClaim]:
        # The claims are read several times, and few records have many.
        return self._few_claims if len(self._claims) <= _FEW else self._read_claims()

    @cached_property
    def _few_claims(self) -> list[KeptClaim]:
        return list(self._read_claims())

    def _read_claims(self) -> Iterator[KeptClaim]:
        for offset in self._claims:
            claim = KeptClaim(*self._spool.at(offset))
            yield claim._replace(at=Spot(*claim.at))

    @cached_property
    def _first_recorded(self) -> dict[int, str]:
        """Return the time at which each claim of a revised record was first recorded.

        Claims with a value are left out. The time matters only if the subject of the claim was
        also revised.
        """
        first: dict[int, str] = {}
        if not self.numbers or self.numbers[-1] == 1:
            return first
        for claim in self._kept_claims():
            is_revised = self._table.revision[self._table.row(claim.at.record or "")] > 1
            if is_revised and claim.value is None and claim.recorded_at:
                key = _repeated_as(claim)
                known = first.get(key, claim.recorded_at)
                first[key] = min(known, claim.recorded_at, key=datetime.fromisoformat)
        return first

    def name(self, claim: KeptClaim) -> str:
        """Return the id that a claim uses for this record or for a record merged into it."""
        rows = ((name, self._table.row(name)) for name in claim.about)
        return next(name for name, row in rows if self._table.successor(row) == self.row)

    def revisions(self) -> Iterator[Event]:
        """Parse the stored revisions again, and yield them from newest to oldest."""
        parse = record_adapter().validator.validate_json
        if self._newest is not None:
            yield cast("Event", parse(self._newest.data))
        for _, offset in self._revisions[-2::-1]:
            yield cast("Event", parse(self._event(offset).data))

    def _event(self, offset: int) -> _KeptEvent:
        revision, data, at = self._spool.at(offset)
        return _KeptEvent(revision, data, at and Spot(*at))


def _repeated_as(claim: KeptClaim) -> int:
    """Return a hash that is equal for the same claim in different revisions."""
    return hash((claim.at.record, claim.aspect, claim.polarity, tuple(claim.names), claim.value))


def _offset(number: int) -> int:
    return (number & (1 << _OFFSET_BITS) - 1) >> 1


class ClaimedRecords:
    """A store that keeps claims and records on disk and groups claims by subject.

    Only part of the index is in memory at a time. The index has an 8-byte number for each
    record, and for each subject of each claim.
    """

    def __init__(self, table: IdTable) -> None:
        self._table = table
        self._spool = Spool()
        self._index = [NumberSpool() for _ in range(_PARTS)]
        self._has_claims = False

    def see(self, facts: Facts, row: int, where: Where) -> None:
        """Store a record and its claims. The claims of a retracted record are left out."""
        if facts.event:
            at = where.spot(facts.id, ("revision",)) if facts.revision > 1 else None
            self._keep(row, self._spool.add(facts.revision, facts.event, at), is_claim=False)
        if facts.is_retracted:
            return
        for claim in facts.claims:
            line, column = claim.place
            at = Spot(where.file, where.line + line, column, facts.id, f"/claims/{claim.number}")
            kept = KeptClaim(
                about=claim.about,
                aspect=claim.aspect,
                polarity=claim.polarity,
                is_flat=claim.is_flat,
                names=claim.names,
                value=claim.value,
                recorded_at=facts.recorded_at,
                since=facts.days[0],
                voices=facts.voices,
                revision=facts.revision,
                at=at,
                places=claim.places,
            )
            offset = self._spool.add(*kept)
            self._has_claims = True
            for subject in dict.fromkeys(claim.about):
                self._keep(self._table.row(subject), offset, is_claim=True)

    def _keep(self, row: int, offset: int, *, is_claim: bool) -> None:
        part, number = row % _PARTS, row // _PARTS
        self._index[part].add(number << _OFFSET_BITS | offset << 1 | is_claim)

    def _follow_mergers(self) -> None:
        """Move the claims about a merged record to the record that it was merged into."""
        table = self._table
        if not table.merged:
            return
        for part, index in enumerate(self._index):
            for chunk in list(index.chunks()):
                for number in chunk:
                    row = (number >> _OFFSET_BITS) * _PARTS + part
                    into = table.successor(row)
                    if number & 1 and into != row:
                        self._keep(into, _offset(number), is_claim=True)

    def subjects(self) -> Iterator[Subject]:
        """Yield each subject of the stored claims, even if no record with its id is stored."""
        if not self._has_claims:
            return
        self._follow_mergers()
        for part, index in enumerate(self._index):
            numbers = array("Q", chain.from_iterable(index.chunks()))
            claimed = {number >> _OFFSET_BITS for number in numbers if number & 1}
            about = sorted(number for number in numbers if number >> _OFFSET_BITS in claimed)
            del numbers
            for number, group in groupby(about, key=lambda number: number >> _OFFSET_BITS):
                row = number * _PARTS + part
                if self._table.successor(row) == row:
                    yield Subject(self._table, self._spool, row, list(group))
