"""The records of a dossier, now or as known at an earlier instant."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from functools import cached_property
from typing import Self, get_args

from airspace_events.dossier.arguments import (
    check_word,
    checked_moment,
    checked_text,
    records_in,
)
from airspace_events.dossier.histories import Histories, Undated
from airspace_events.dossier.kept_records import KeptRecords
from airspace_events.errors import UnknownNameError
from airspace_events.feeds.framing import Limits
from airspace_events.feeds.header import Feed, FeedHeader
from airspace_events.feeds.reading import collection_paused, records_with_json
from airspace_events.feeds.streams import FeedInput
from airspace_events.models.actors import State
from airspace_events.models.events import Incursion, Series
from airspace_events.models.records import Record
from airspace_events.reference.alliances import alliances
from airspace_events.reference.states import states
from airspace_events.reference.tables import RESERVED_ALLIANCES
from airspace_events.values.objects import AerialObject
from airspace_events.viewed import Answers, Viewed


class RecordStore(Viewed):
    """A store of records by id, with all their revisions."""

    def __init__(self, records: Feed | Iterable[Record]) -> None:
        """Store records and their revisions, given in any order.

        Args:
            records: the records, or a feed. Referenced records may be missing.

        Raises:
            DuplicateRecordError: two different records have the same id and revision; `validate`
                reports all such cases.
            TypeError: an item is not a record.
        """
        with collection_paused():
            self._histories = Histories((one, one) for one in records_in(records))
        #: The records in the result of `as_known_at` that may have been recorded later.
        self.undated: tuple[Record, ...] = ()
        #: The header of the feed; None if the records do not come from a feed.
        self.header: FeedHeader | None = records.header if isinstance(records, Feed) else None

    @classmethod
    def read(cls, source: FeedInput, limits: Limits | None = None) -> Self:
        """Read a feed into a dossier.

        The arguments are the same as for `read_feed`. The errors are those of `read_feed` and of
        the constructor.
        """
        store = cls(())
        found: list[FeedHeader] = []
        with collection_paused():
            store._histories = Histories(records_with_json(source, limits, found.append))
        store.header = found[0] if found else None
        return store

    # Records and references.

    @cached_property
    def records(self) -> Answers[Record]:
        """The last revisions of records that were not retracted or merged, in input order."""
        return Answers(self._standing)

    @cached_property
    def _standing(self) -> KeptRecords[Record]:
        return self._histories.standing()

    def __len__(self) -> int:
        return len(self._standing)

    def __iter__(self) -> Iterator[Record]:
        return iter(self._standing)

    def resolve(self, ref: str) -> Record:
        """Return the record for a reference.

        For a state code or the id of a built-in alliance, return the built-in record, unless the
        dossier has its own record. For a merged record, return the record that it was merged into.
        A retracted record is also returned, with ``retracted`` set.

        Raises:
            UnknownNameError: no record matches the reference.

        >>> from airspace_events import Dossier
        >>> dossier = Dossier.read("docs/examples/poland-2025-09-10.jsonl")
        >>> dossier.resolve("donald-tusk").name
        'Donald Tusk'
        >>> dossier.resolve("nato").name
        'North Atlantic Treaty Organization'
        """
        record = self._histories.latest(checked_text(ref, "a reference"))
        if record is not None:
            return record
        if ref.isupper():
            return self._states.get(ref) or states.get(ref)
        if ref in RESERVED_ALLIANCES:
            return alliances.get(ref)
        if "#" in ref:
            raise UnknownNameError(
                ref, "the reference points to an object of an incursion; use resolve_object"
            )
        return self._histories.of(self._histories.successor(ref))

    def resolve_object(self, ref: str) -> AerialObject:
        """Return the object that a reference such as ``pl-2025-09-10#drones`` points to.

        Raises:
            UnknownNameError: no object matches the reference.

        >>> from airspace_events import Dossier
        >>> dossier = Dossier.read("docs/examples/poland-2025-09-10.jsonl")
        >>> dossier.resolve_object("pl-2025-09-10#drones").count.best
        23
        """
        name, _, part = checked_text(ref, "a reference").partition("#")
        record = self.resolve(name)
        flown = record.objects if isinstance(record, Incursion | Series) else ()
        for one in flown:
            if one.id == part and part:
                return one
        raise UnknownNameError(ref, "the record has no object with this id")

    def revisions(self, ref: str) -> Answers[Record]:
        """Return all revisions of a record in order, even if the record was retracted or merged.

        Raises:
            UnknownNameError: no record has this id.

        >>> from airspace_events import Dossier
        >>> dossier = Dossier.read("docs/examples/poland-2025-09-10.jsonl")
        >>> [one.totals.crossings.verbatim for one in dossier.revisions("pl-2025-09-10")]
        ['19 violations, not final', '21 crossings', '23 objects crossed']
        """
        return Answers(self._histories.revisions(checked_text(ref, "the id of a record")))

    def as_known_at(
        self, instant: date | str, *, timezone: str | None = None, undated: Undated = "keep"
    ) -> Self:
        """Return the dossier as it was at an instant, without any later changes.

        The result contains the revisions, mergers and retractions up to the instant. The time of a
        revision is its ``recorded_at``; a retraction has a time of its own. A revision without a
        time must have been recorded after the previous revision, before the next revision, and not
        before the time of its event. If it is still unclear whether the revision was recorded by
        the instant, ``undated`` determines whether to keep it. The attribute `undated` of the
        result lists the records that were kept in such cases.

        Args:
            instant: an instant with an offset from UTC, or a day, which means the end of the day.
            timezone: the IANA time zone of a day, such as "Europe/Warsaw"; not allowed with an
                instant.
            undated: "keep" to include revisions whose recording time is not known, or "leave_out".

        Raises:
            TimeExpressionError: the text is neither an instant nor a day, a day has no time zone,
                or an instant has one.

        >>> from airspace_events import Dossier
        >>> dossier = Dossier.read("docs/examples/poland-2025-09-10.jsonl")
        >>> then = dossier.as_known_at("2025-09-11", timezone="Europe/Warsaw")
        >>> then.resolve("pl-2025-09-10").totals.crossings.verbatim
        '19 violations, not final'
        """
        moment = checked_moment(instant, timezone)
        what = "a value for `undated`"
        check_word(checked_text(undated, what), get_args(Undated), what)
        known, doubtful = self._histories.known_at(moment, undated)
        dossier = type(self)(known)
        dossier.undated, dossier.header = tuple(doubtful), self.header
        return dossier

    @cached_property
    def _states(self) -> dict[str, State]:
        states: KeptRecords[State] = self._histories.standing("state")
        return {record.alpha_2: record for record in states}
