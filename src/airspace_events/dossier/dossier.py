"""The dossier: records in memory, and the questions that analysts ask of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Any, overload

from airspace_events.dossier.arguments import check_field, check_word
from airspace_events.dossier.attributed_claims import AttributedClaim, SpokenIndex
from airspace_events.dossier.corroboration import Corroboration, corroboration_of
from airspace_events.dossier.event_search import (
    Bound,
    IncursionIndex,
    Matches,
    RecordedResponse,
    ResponseIndex,
    Span,
    status_of,
)
from airspace_events.dossier.positions import Position, positions_in, voices_in
from airspace_events.dossier.record_store import RecordStore
from airspace_events.dossier.summary import (
    GROUPS,
    Group,
    Summary,
    SummaryRow,
    summary_of,
    summary_rows,
)
from airspace_events.dossier.timeline import TimelineEntry, timeline_of
from airspace_events.feeds.reading import collection_paused
from airspace_events.models.actors import checked_code
from airspace_events.models.events import Finding, Incursion, Series
from airspace_events.models.statement import Statement
from airspace_events.values.field_names import field_named
from airspace_events.viewed import Answers
from airspace_events.vocabulary.claims import Aspect
from airspace_events.vocabulary.events import EventStatus, IncursionKind
from airspace_events.vocabulary.objects import ObjectCategory
from airspace_events.vocabulary.responses import ResponseKind
from airspace_events.vocabulary.state_codes import StateCode
from airspace_events.vocabulary.word_lists import words_of

Event = Incursion | Series | Finding
"""What statements and claims may be about, apart from actors and other statements."""


class Dossier(RecordStore):
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

    def __repr__(self) -> str:
        number = len(self._incursions)
        noun = "incursion" if number == 1 else "incursions"
        return f"<Dossier: {len(self)} records, of which {number} {noun}>"

    # Who says what.

    def statements_about(
        self, incursion: Event | str, *, with_series: bool = False
    ) -> Answers[Statement]:
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
        return Answers(self._spoken.statements_of(named))

    def claims_about(
        self,
        incursion: Event | str,
        aspect: Aspect | None = None,
        *,
        field: str | None = None,
        with_series: bool = False,
    ) -> Answers[AttributedClaim]:
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
        return Answers(
            one
            for one in self._spoken.claims_of(named)
            if aspect in (None, one.claim.aspect) and (field is None or field in one.claim.fields)
        )

    def positions(self, incursion: Event | str, *, with_series: bool = False) -> Answers[Position]:
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

        return Answers(positions_in(self._spoken.claims_of(named), value_of))

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
        >>> found.independent_sources, len(found.publishers)
        (10, 7)
        >>> dossier.corroboration("pl-2025-09-10", field="effects.house.cause").sources
        (('polsat-news-2025-09-11',), ('rzeczpospolita-2025-09-16',), ('polsat-news-2025-09-17',))
        >>> found.affirmed_by("crossing"), found.denied_by("intent", "intentional_attack")
        (('donald-tusk',), ('ru-ministry-of-defence',))
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
    ) -> Answers[RecordedResponse]:
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
        return Answers(self._responses.find(actor, kind))

    def timeline(self, *, sources: bool = False) -> Answers[TimelineEntry]:
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
            return Answers(timeline_of(self.records, sources=sources))

    @overload
    def summary(self, incursions: Iterable[Incursion] | None = None) -> Summary: ...

    @overload
    def summary(
        self, incursions: Iterable[Incursion] | None = None, *, by: Group | Sequence[Group]
    ) -> Answers[SummaryRow]: ...

    def summary(
        self,
        incursions: Iterable[Incursion] | None = None,
        *,
        by: Group | Sequence[Group] | None = None,
    ) -> Summary | Answers[SummaryRow]:
        """Counts by kind, state, month, category and status, with what is known of each number.

        Kinds are never added up: a sighting and an entry into a zone are no crossings.

        Args:
            incursions: which ones to count. Without it, all but those that the desk has
                discounted; these are counted by status only.
            by: what to group by together, such as ``("month", "state")``. The answer then has a
                row for each group and kind, with certain and possible counts apart.

        Raises:
            UnknownNameError: there is no such group.

        >>> dossier = Dossier.read("docs/examples/poland-2025-09-10.jsonl")
        >>> dossier.summary().by_state["PL"]["crossing"].crossings
        CountRange(min=23, best=None, max=None, unknown=0)
        >>> row, = dossier.summary(by=("month", "state"))
        >>> row.group["month"], row.group["state"], row.kind, row.certain.records
        ('2025-09', 'PL', 'crossing', 1)
        """
        names: Sequence[Group] | None = (by,) if isinstance(by, str) else by
        for name in names or ():
            check_word(name, GROUPS, "group of a summary")
        if incursions is None:
            discounted = self.incursions(status="discounted").certainly
            counted = [one for one in self._incursions if status_of(one) != "discounted"]
        else:
            discounted, counted = (), list(incursions)
        with collection_paused():
            if names is None:
                return summary_of(counted, discounted)
            return Answers(summary_rows(counted, names, discounted))

    # The card and the indexes. Each is made when it is first needed.

    def _make_view(self) -> Any:
        return self._card

    @cached_property
    def _card(self) -> Any:
        return super()._make_view()

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
