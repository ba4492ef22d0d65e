"""The dossier: records in memory, and the questions that analysts ask of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from functools import cached_property
from typing import Any

from airspace_events.dossier.attributed_claims import AttributedClaim
from airspace_events.dossier.corroboration import Corroboration, corroboration_of
from airspace_events.dossier.given_records import records_in
from airspace_events.dossier.histories import Histories, Undated
from airspace_events.dossier.incursion_search import (
    Bound,
    IncursionIndex,
    Matches,
    Span,
    status_of,
)
from airspace_events.dossier.positions import Position, positions_in, voices_in
from airspace_events.dossier.query_words import check_field, check_word
from airspace_events.dossier.recorded_responses import RecordedResponse, ResponseIndex
from airspace_events.dossier.statement_index import SpokenIndex
from airspace_events.dossier.summary import Summary, summary_of
from airspace_events.dossier.timeline import TimelineEntry, timeline_of
from airspace_events.errors import TimeExpressionError, UnknownNameError
from airspace_events.feeds.framing import Limits
from airspace_events.feeds.gc_pause import collection_paused
from airspace_events.feeds.header import Feed
from airspace_events.feeds.reading import read_feed
from airspace_events.feeds.streams import FeedInput
from airspace_events.models.actors import State, checked_code
from airspace_events.models.finding import Finding
from airspace_events.models.incursion import Incursion
from airspace_events.models.records import Record
from airspace_events.models.series import Series
from airspace_events.models.statement import Statement
from airspace_events.reference.alliances import alliances
from airspace_events.reference.reserved import RESERVED_ALLIANCES
from airspace_events.reference.states import states
from airspace_events.values import edtf
from airspace_events.values.field_names import field_named
from airspace_events.values.objects import AerialObject
from airspace_events.viewed import Viewed
from airspace_events.vocabulary.claims import Aspect
from airspace_events.vocabulary.events import EventStatus, IncursionKind
from airspace_events.vocabulary.objects import ObjectCategory
from airspace_events.vocabulary.responses import ResponseKind
from airspace_events.vocabulary.state_codes import StateCode
from airspace_events.vocabulary.word_lists import words_of

Event = Incursion | Series | Finding
"""What statements and claims may be about, apart from actors and other statements."""


class Dossier(Viewed):
    """Records held in memory, to be asked.

    Answers come from what the desk holds now: the last revision of each record, without those
    that it took back, and with what was merged into another record counted as that one. Use
    `as_known_at` to ask what it held before.

    Whatever takes an incursion takes its id as well, and a series or a finding.

    Attributes:
        undated: in an answer of `as_known_at`, the records that it has though nothing tells
            whether they were there then.

    >>> dossier = Dossier.read("docs/examples/poland-2025-09-10.jsonl")
    >>> dossier
    <Dossier: 41 records, of which 1 incursion>
    """

    _view = "dossier_card"

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
    def read(cls, source: FeedInput, limits: Limits | None = None) -> Dossier:
        """Make one of a feed.

        Args and errors of reading are those of `read_feed`, and the other errors those of a
        dossier of records.
        """
        return cls(read_feed(source, limits).records)

    # What is there.

    @cached_property
    def records(self) -> tuple[Record, ...]:
        """All that the desk holds now, in the order in which it came."""
        return tuple(self._histories.standing())

    def __len__(self) -> int:
        return len(self.records)

    def __iter__(self) -> Iterator[Record]:
        return iter(self.records)

    def __repr__(self) -> str:
        number = len(self._incursions)
        noun = "incursion" if number == 1 else "incursions"
        return f"<Dossier: {len(self)} records, of which {number} {noun}>"

    def resolve(self, ref: str) -> Record:
        """The record that a reference names.

        A state's code and the id of a built-in alliance name the built-in record, unless the
        dossier has its own. What was merged into another record names that one. A record that
        was taken back is found as well, and says so in ``retracted``.

        Raises:
            UnknownNameError: it names nothing.

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

    def revisions(self, ref: str) -> tuple[Record, ...]:
        """All revisions of a record, the first one first, whether it stands or not.

        Raises:
            UnknownNameError: no record has this id.

        >>> dossier = Dossier.read("docs/examples/poland-2025-09-10.jsonl")
        >>> [one.totals.crossings.verbatim for one in dossier.revisions("pl-2025-09-10")]
        ['19 violations, not final', '21 crossings', '23 objects crossed']
        """
        return self._histories.revisions(ref)

    def as_known_at(self, instant: datetime | str, *, undated: Undated = "keep") -> Dossier:
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

        >>> dossier = Dossier.read("docs/examples/poland-2025-09-10.jsonl")
        >>> then = dossier.as_known_at("2025-09-12T00:00:00+02:00")
        >>> then.resolve("pl-2025-09-10").totals.crossings.verbatim
        '19 violations, not final'
        """
        moment = _instant(instant)
        known, doubtful = self._histories.known_at(moment, undated)
        dossier = Dossier(known)
        dossier.undated = tuple(doubtful)
        return dossier

    # Who says what.

    def statements_about(
        self, incursion: Event | str, *, with_series: bool = False
    ) -> tuple[Statement, ...]:
        """The statements that are about an event, or of which a claim or an act is.

        Args:
            incursion: the event, or its id.
            with_series: whether those count that are about a series of which it is a part:
                "no indication of an attack in any of the incidents".

        Raises:
            UnknownNameError: it is neither a record nor spoken of by any.

        >>> dossier = Dossier.read("docs/examples/poland-2025-09-10.jsonl")
        >>> [one.id for one in dossier.statements_about("pl-2025-09-10")][:2]
        ['statement-tusk-sejm', 'statement-interior-ministry']
        """
        named = self._subjects(incursion, with_series=with_series)
        return self._spoken.statements_of(named)

    def claims_about(
        self,
        incursion: Event | str,
        aspect: Aspect | None = None,
        *,
        field: str | None = None,
        with_series: bool = False,
    ) -> tuple[AttributedClaim, ...]:
        """What is claimed of an event, with whose claim it is and when it was held.

        Args:
            incursion: the event, or its id.
            aspect: of which aspect; all of them without it.
            field: which field a claim names, such as "totals.crossings"; any without it.
            with_series: whether claims about a series of which it is a part count.

        Raises:
            UnknownNameError: the event is neither a record nor spoken of by any, or there is no
                such aspect or field.

        >>> dossier = Dossier.read("docs/examples/poland-2025-09-10.jsonl")
        >>> for one in dossier.claims_about("pl-2025-09-10", aspect="intent"):
        ...     print(one.by[0], one.claim.polarity, one.claim.value)
        mark-rutte undetermined None
        ru-ministry-of-defence denied intentional_attack
        donald-trump not_excluded unintentional
        donald-tusk denied unintentional
        """
        check_word(aspect, words_of(Aspect), "aspect of a claim")
        if field is not None:
            check_field(field)
        named = self._subjects(incursion, with_series=with_series)
        return tuple(
            one
            for one in self._spoken.claims_of(named)
            if aspect in (None, one.claim.aspect) and (field is None or field in one.claim.fields)
        )

    def positions(
        self, incursion: Event | str, *, with_series: bool = False
    ) -> tuple[Position, ...]:
        """What each actor holds of each aspect and field now, and what it held before.

        A claim that only names a field holds what the record has there now.

        Args and errors are those of `claims_about`.

        >>> dossier = Dossier.read("docs/examples/poland-2025-09-10.jsonl")
        >>> finds, *_ = dossier.positions("pl-finds")
        >>> [one.value.best for one in finds.history], finds.latest[0].value.best
        ([7, 12, 15, 16], 16)
        """
        named = self._subjects(incursion, with_series=with_series)

        def value_of(one: AttributedClaim, field: str) -> object:
            for subject in map(self._histories.successor, one.about):
                record = self._histories.latest(subject) if subject in named else None
                if record is not None:
                    return field_named(record, field).value
            return None

        return positions_in(self._spoken.claims_of(named), value_of)

    def corroboration(
        self, incursion: Event | str, *, field: str | None = None, with_series: bool = False
    ) -> Corroboration:
        """How many independent sources an event rests on, and who speaks for and against it.

        Args:
            incursion: the event, or its id.
            field: the field of its record that the sources are to support, such as
                "totals.crossings". Without it, those count that support any but the coordinates of
                a place.
            with_series: whether claims about a series of which it is a part count.

        Raises:
            UnknownNameError: no record has this id.

        >>> dossier = Dossier.read("docs/examples/poland-2025-09-10.jsonl")
        >>> found = dossier.corroboration("pl-2025-09-10")
        >>> found.independent_sources
        10
        >>> dossier.corroboration("pl-2025-09-10", field="effects.house.cause").sources
        (('polsat-news-2025-09-11',), ('rzeczpospolita-2025-09-16',), ('polsat-news-2025-09-17',))
        >>> found.affirmed_by("crossing"), found.denied_by("intent")
        (('donald-tusk',), ('ru-ministry-of-defence', 'donald-tusk'))
        """
        name = incursion if isinstance(incursion, str) else incursion.id
        record = self._histories.of(self._histories.successor(name))
        voices = voices_in(self.positions(name, with_series=with_series))
        return corroboration_of(record, field, voices, self._histories)

    # What happened.

    def incursions(
        self,
        *,
        state: StateCode | None = None,
        kind: IncursionKind | None = None,
        between: tuple[Bound, Bound] | None = None,
        category: ObjectCategory | None = None,
        status: EventStatus | None = None,
    ) -> Matches:
        """The incursions that fit all that is asked.

        Args:
            state: the state concerned: it was entered, flown in or approached. `Incursion.kinds`
                says which: a crossing, a sighting, an entry into a zone.
            kind: a kind that it must have, such as "crossing".
            between: the first and the last day, both included: a date, an EDTF date ("2025-09")
                or an instant; None leaves an end open. Days are those of the place where an
                incursion was. One that may lie outside is among those that fit ``possibly``.
            category: of what kind at least one of the objects was, as the record has it.
            status: how the desk judges it, as that kind or as all of its kinds: the most doubtful
                of its occurrence, its crossing and its entries into zones.

        Raises:
            UnknownNameError: there is no such state, kind, category or status.
            TimeExpressionError: a bound is no time, an instant without an offset, or the last
                day is before the first.

        >>> dossier = Dossier.read("docs/examples/poland-2025-09-10.jsonl")
        >>> len(dossier.incursions(state="PL", between=("2025-09", "2025-09")).certainly)
        1
        >>> found = dossier.incursions(between=("2025-09-10", None))
        >>> len(found.certainly), len(found.possibly)
        (0, 1)
        """
        check_word(category, words_of(ObjectCategory), "category of objects")
        check_word(status, words_of(EventStatus), "status of an incursion")
        check_word(kind, words_of(IncursionKind), "kind of incursion")
        code = None if state is None else checked_code(state)
        span = None if between is None else Span(*between)
        with collection_paused():
            return self._index.find(code, span, kind, category, status)

    def responses(
        self, by: str | None = None, *, kind: ResponseKind | None = None
    ) -> tuple[RecordedResponse, ...]:
        """What was done in answer, told by incursions and series.

        Args:
            by: who did it: a reference, as the records have it. Without it, anybody.
            kind: what it was; all kinds without it.

        Raises:
            UnknownNameError: there is no such kind of response.

        >>> dossier = Dossier.read("docs/examples/poland-2025-09-10.jsonl")
        >>> [one.response.kind for one in dossier.responses(by="NL")]
        ['scramble']
        """
        check_word(kind, words_of(ResponseKind), "kind of response")
        actor = None if by is None else self._histories.successor(by)
        return self._responses.find(actor, kind)

    def timeline(self, *, sources: bool = False) -> tuple[TimelineEntry, ...]:
        """Everything that has a time, in order: events, statements, finds, and dated parts.

        What was certainly over before another thing began stands before it. Of things whose
        times overlap nobody can tell the order: they stand by when they may have begun, and
        ``follows`` is false.

        Args:
            sources: whether sources stand in it too, by when they were published.

        >>> dossier = Dossier.read("docs/examples/poland-2025-09-10.jsonl")
        >>> for entry in dossier.timeline()[-4:]:
        ...     print(entry.record.id, "(then)" if entry.follows else "(order unknown)")
        statement-tusk-no-mistake (order unknown)
        statement-kukula (then)
        statement-siemoniak (order unknown)
        statement-klisz (then)
        """
        with collection_paused():
            return timeline_of(self.records, sources=sources)

    def summary(self, incursions: Iterable[Incursion] | None = None) -> Summary:
        """Counts by kind, state, month, category and status, with what is known of each number.

        Kinds are never added up: a sighting and an entry into a zone are no crossings.

        Args:
            incursions: which ones to count. Without it, all but those that the desk has
                discounted; these stand in ``by_status`` only.

        >>> dossier = Dossier.read("docs/examples/poland-2025-09-10.jsonl")
        >>> dossier.summary().by_state["PL"]["crossing"].crossings
        CountRange(min=23, best=None, max=None, unknown=0)
        """
        if incursions is not None:
            return summary_of(tuple(incursions))
        discounted = self.incursions(status="discounted").certainly
        counted = [one for one in self._incursions if status_of(one) != "discounted"]
        with collection_paused():
            return summary_of(counted, discounted)

    # The card and the indexes. Each is made when it is first needed.

    def _make_card(self) -> Any:
        return self._card

    @cached_property
    def _card(self) -> Any:
        return super()._make_card()

    @cached_property
    def _incursions(self) -> tuple[Incursion, ...]:
        return tuple(record for record in self.records if isinstance(record, Incursion))

    @cached_property
    def _index(self) -> IncursionIndex:
        return IncursionIndex(self._incursions)

    @cached_property
    def _responses(self) -> ResponseIndex:
        with collection_paused():
            return ResponseIndex(self.records, self._histories.successor)

    @cached_property
    def _states(self) -> dict[str, State]:
        return {record.alpha_2: record for record in self.records if isinstance(record, State)}

    @cached_property
    def _spoken(self) -> SpokenIndex:
        with collection_paused():
            return SpokenIndex(self.records, self._histories.successor)

    def _subjects(self, event: Event | str, *, with_series: bool) -> list[str]:
        """The ids under which an event is spoken of; and those of its series, if they count."""
        name = self._histories.successor(event if isinstance(event, str) else event.id)
        if name not in self._histories.current and not self._spoken.is_spoken_of(name):
            self._histories.of(name)
        names = [name]
        while with_series:
            record = self._histories.latest(names[-1])
            above = getattr(record, "part_of", None)
            if above is None or self._histories.successor(above) in names:
                break
            names.append(self._histories.successor(above))
        return names


def _instant(given: datetime | str) -> datetime:
    text = given if isinstance(given, str) else given.isoformat()
    point = edtf.parse_point(text)
    if point.precision != "instant":
        kind = point.precision
        reason = f'this is a {kind}, not an instant; write one such as "2025-09-11T23:59:59Z"'
        if point.precision == "day" and text[:1].isdigit() and text[-1:].isdigit():
            reason = (
                f'this is a day, not an instant; write "{text}T23:59:59Z" for the end of that day '
                f'in UTC, which includes the day, or "{text}T00:00:00Z" for its start'
            )
        raise TimeExpressionError(text, 0, reason)
    return point.first.astimezone(UTC)
