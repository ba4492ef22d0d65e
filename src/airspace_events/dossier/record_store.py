"""The records that a dossier holds, now and at another time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import cached_property
from typing import Self

from airspace_events.dossier.arguments import checked_instant, records_in
from airspace_events.dossier.histories import Histories, Undated
from airspace_events.errors import UnknownNameError
from airspace_events.feeds.framing import Limits
from airspace_events.feeds.header import Feed
from airspace_events.feeds.reading import collection_paused, read_feed
from airspace_events.feeds.streams import FeedInput
from airspace_events.models.actors import State
from airspace_events.models.events import Incursion, Series
from airspace_events.models.records import Record
from airspace_events.reference.alliances import alliances
from airspace_events.reference.reserved import RESERVED_ALLIANCES
from airspace_events.reference.states import states
from airspace_events.values.objects import AerialObject
from airspace_events.viewed import Answers, Viewed


class RecordStore(Viewed):
    """Records by their ids, with all their revisions."""

    def __init__(self, records: Feed | Iterable[Record]) -> None:
        """Take in records, in any order, all revisions of each.

        Args:
            records: the records, or a feed. What they name need not be among them.

        Raises:
            DuplicateRecordError: two different ones are the same revision of one record;
                `validate` finds all of these.
            TypeError: they are no records.
        """
        with collection_paused():
            self._histories = Histories(records_in(records))
        #: What an answer of `as_known_at` has though nothing tells that it was there then.
        self.undated: tuple[Record, ...] = ()

    @classmethod
    def read(cls, source: FeedInput, limits: Limits | None = None) -> Self:
        """Make one of a feed.

        Args and errors of reading are those of `read_feed`, and the other errors those of a
        dossier of records.
        """
        return cls(read_feed(source, limits).records)

    # What is there.

    @cached_property
    def records(self) -> Answers[Record]:
        """All that the desk holds now, in the order in which it came."""
        return Answers(self._histories.standing())

    def __len__(self) -> int:
        return len(self.records)

    def __iter__(self) -> Iterator[Record]:
        return iter(self.records)

    def resolve(self, ref: str) -> Record:
        """The record that a reference names.

        A state's code and the id of a built-in alliance name the built-in record, unless the
        dossier has its own. What was merged into another record names that one. A record that
        was taken back is found as well, and says so in ``retracted``.

        Raises:
            UnknownNameError: it names nothing.

        >>> from airspace_events import Dossier
        >>> dossier = Dossier.read("docs/examples/poland-2025-09-10.jsonl")
        >>> dossier.resolve("donald-tusk").name
        'Donald Tusk'
        >>> dossier.resolve("nato").name
        'North Atlantic Treaty Organization'
        """
        record = self._histories.latest(ref)
        if record is not None:
            return record
        if ref.isupper():
            return self._states.get(ref) or states.get(ref)
        if ref in RESERVED_ALLIANCES:
            return alliances.get(ref)
        if "#" in ref:
            raise UnknownNameError(ref, "an object of an incursion; resolve_object takes it")
        return self._histories.of(self._histories.successor(ref))

    def resolve_object(self, ref: str) -> AerialObject:
        """The object of an incursion that a reference with ``#`` names.

        Raises:
            UnknownNameError: it names none.

        >>> from airspace_events import Dossier
        >>> dossier = Dossier.read("docs/examples/poland-2025-09-10.jsonl")
        >>> dossier.resolve_object("pl-2025-09-10#drones").count.best
        23
        """
        name, _, part = ref.partition("#")
        record = self.resolve(name)
        flown = record.objects if isinstance(record, Incursion | Series) else ()
        for one in flown:
            if one.id == part and part:
                return one
        raise UnknownNameError(ref, "the record has no such object")

    def revisions(self, ref: str) -> Answers[Record]:
        """All revisions of a record, the first one first, whether it stands or not.

        Raises:
            UnknownNameError: no record has this id.

        >>> from airspace_events import Dossier
        >>> dossier = Dossier.read("docs/examples/poland-2025-09-10.jsonl")
        >>> [one.totals.crossings.verbatim for one in dossier.revisions("pl-2025-09-10")]
        ['19 violations, not final', '21 crossings', '23 objects crossed']
        """
        return Answers(self._histories.revisions(ref))

    def as_known_at(self, instant: datetime | str, *, undated: Undated = "keep") -> Self:
        """What the desk held at an instant: revisions, mergers and retractions as they stood.

        What tells is ``recorded_at``, and for what was taken back, when. A revision without it
        was written down after the ones before it, before the ones behind it, and not before the
        time of which it tells; where that does not decide, ``undated`` does. The records that
        were kept so are in `undated` of the answer.

        Args:
            instant: with its offset from UTC.
            undated: whether a revision of which nothing tells when it was written down is kept,
                as if it had been there, or left out.

        Raises:
            TimeExpressionError: it is no instant.

        >>> from airspace_events import Dossier
        >>> dossier = Dossier.read("docs/examples/poland-2025-09-10.jsonl")
        >>> then = dossier.as_known_at("2025-09-12T00:00:00+02:00")
        >>> then.resolve("pl-2025-09-10").totals.crossings.verbatim
        '19 violations, not final'
        """
        moment = checked_instant(instant)
        known, doubtful = self._histories.known_at(moment, undated)
        dossier = type(self)(known)
        dossier.undated = tuple(doubtful)
        return dossier

    @cached_property
    def _states(self) -> dict[str, State]:
        return {record.alpha_2: record for record in self.records if isinstance(record, State)}
