"""The dossier: records in memory, with methods that answer questions about the records."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import cached_property
from typing import Any, overload

from airspace_events.dossier.arguments import (
    check_field,
    check_field_of,
    check_word,
    checked_text,
    checked_words,
    id_of,
    incursions_in,
)
from airspace_events.dossier.corroboration import Corroboration, corroboration_of
from airspace_events.dossier.duplicates import PossibleDuplicates, duplicates_in
from airspace_events.dossier.events import (
    Bound,
    IncursionIndex,
    Matches,
    RecordedResponse,
    ResponseIndex,
    Span,
    TimelineEntry,
    status_of,
    timeline_of,
)
from airspace_events.dossier.kept_records import KeptRecords
from airspace_events.dossier.positions import (
    AttributedClaim,
    Position,
    SpokenIndex,
    positions_in,
    voices_in,
)
from airspace_events.dossier.record_store import RecordStore
from airspace_events.dossier.states_by_months import (
    COUNTS,
    Count,
    StatesByMonths,
    states_by_months,
)
from airspace_events.dossier.summary import (
    GROUPS,
    Group,
    Summary,
    SummaryRow,
    summary_of,
    summary_rows,
)
from airspace_events.feeds.reading import collection_paused
from airspace_events.models.actors import checked_code
from airspace_events.models.events import Finding, Incursion, Series
from airspace_events.models.statement import Statement
from airspace_events.values.field_names import field_named
from airspace_events.viewed import Answers, view_named
from airspace_events.vocabulary.state_codes import StateCode
from airspace_events.vocabulary.terms import (
    Aspect,
    EventStatus,
    IncursionKind,
    Likelihood,
    ObjectCategory,
    ResponseKind,
)
from airspace_events.vocabulary.word_lists import words_of

Event = Incursion | Series | Finding
"""The records that count as events: incursions, series and findings."""


class Dossier(RecordStore):
    """Records in memory, with methods that answer questions about them.

    Answers use the last revision of each record and leave out retracted records. A reference to a
    merged record resolves to the record that replaced it. Use `as_known_at` for an earlier state.

    Each method that takes an incursion also accepts a series, a finding, or an id.

    Attributes:
        undated: the records that may have been recorded after the instant given to `as_known_at`.
        header: the header of the feed; None if the records do not come from a feed.

    >>> dossier = Dossier.read("docs/examples/poland-2025-09-10.jsonl")
    >>> dossier
    <Dossier: 41 records, including 1 incursion>
    """

    _view = "dossier_views.dossier_card"

    def __repr__(self) -> str:
        number = len(self._incursions)
        noun = "incursion" if number == 1 else "incursions"
        return f"<Dossier: {len(self)} records, including {number} {noun}>"

    # Statements and claims.

    def statements_about(
        self, incursion: Event | str, *, with_series: bool = False
    ) -> Answers[Statement]:
        """Return the statements about an event, including those with only one claim about it.

        Args:
            incursion: the event, or its id.
            with_series: whether to include statements about the series of the event, such as "no
                indication of an attack in any of the incidents".

        Raises:
            UnknownNameError: no record has this id, and no statement or claim is about it.

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
        """Return the claims about an event, with the actors who made them and the times.

        Args:
            incursion: the event, or its id.
            aspect: the aspect of the claims. By default, all aspects.
            field: the field that the claims are about, such as "totals.crossings". By default, the
                answer includes all claims.
            with_series: whether to include claims about the series of the event.

        Raises:
            UnknownNameError: no record has this id and no statement or claim is about it, or the
                aspect or field does not exist.

        >>> dossier = Dossier.read("docs/examples/poland-2025-09-10.jsonl")
        >>> for one in dossier.claims_about("pl-2025-09-10", aspect="intent"):
        ...     print(one.by[0], one.claim.polarity, one.claim.value)
        mark-rutte undetermined None
        ru-ministry-of-defence denied intentional_attack
        donald-trump not_excluded unintentional
        donald-tusk denied unintentional
        """
        check_word(aspect, words_of(Aspect), "a claim aspect")
        if field is not None:
            check_field(field)
        named = self._subjects(incursion, with_series=with_series)
        return Answers(
            one
            for one in self._spoken.claims_of(named)
            if aspect in (None, one.claim.aspect) and (field is None or field in one.claim.fields)
        )

    def positions(self, incursion: Event | str, *, with_series: bool = False) -> Answers[Position]:
        """Return the present and earlier positions of each actor on each aspect and field.

        A claim that names a field without a value is about the value in the present record.

        Arguments and errors are the same as for `claims_about`.

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
                    return field_named(record, field)
            return None

        return Answers(positions_in(self._spoken.claims_of(named), value_of))

    def corroboration(
        self, incursion: Event | str, *, field: str | None = None, with_series: bool = False
    ) -> Corroboration:
        """Return the independent sources of an event, and the actors who affirm or deny the event.

        Args:
            incursion: the event, or its id.
            field: the field that the sources must support, such as "totals.crossings". By default,
                all sources count except those that support only the coordinates of a place.
            with_series: whether to include claims about the series of the event.

        Raises:
            UnknownNameError: no record has this id, or the field does not exist.

        >>> dossier = Dossier.read("docs/examples/poland-2025-09-10.jsonl")
        >>> found = dossier.corroboration("pl-2025-09-10")
        >>> found.independent_sources, len(found.publishers)
        (10, 7)
        >>> dossier.corroboration("pl-2025-09-10", field="effects.house.cause").sources
        (('polsat-news-2025-09-11',), ('rzeczpospolita-2025-09-16',), ('polsat-news-2025-09-17',))
        >>> found.affirmed_by("crossing"), found.denied_by("intent", "intentional_attack")
        (('donald-tusk',), ('ru-ministry-of-defence',))
        """
        name = id_of(incursion)
        record = self._histories.of(self._histories.successor(name))
        if field is not None:
            check_field_of(record, field)
        voices = voices_in(self.positions(name, with_series=with_series))
        return corroboration_of(record, field, voices, self._histories)

    # Events.

    def incursions(
        self,
        *,
        state: StateCode | None = None,
        kind: IncursionKind | None = None,
        between: tuple[Bound, Bound] | None = None,
        category: ObjectCategory | None = None,
        status: EventStatus | None = None,
    ) -> Matches:
        """Return the incursions that match all conditions.

        Args:
            state: the state that was entered or approached, or in which an object was seen.
                `Incursion.kinds` shows whether the incursion was a crossing, a sighting or an
                entry into a zone.
            kind: a kind that the incursion must have, such as "crossing".
            between: the first and last day, inclusive. A bound may be a date, an EDTF date
                ("2025-09") or an instant; None leaves that end open. Days are local to the place
                of the incursion. An incursion that may be outside these bounds is only in
                ``possibly``.
            category: a category that at least one of the objects must have.
            status: the desk's judgement on the given kind, or on all kinds if no kind is given. If
                the desk judged the occurrence, the crossing and the zone entries differently, the
                most doubtful judgement counts.

        Raises:
            UnknownNameError: the state, kind, category or status does not exist.
            TimeExpressionError: a bound is not a time or is an instant without an offset, or the
                last day is before the first.

        >>> dossier = Dossier.read("docs/examples/poland-2025-09-10.jsonl")
        >>> len(dossier.incursions(state="PL", between=("2025-09", "2025-09")).certainly)
        1
        >>> found = dossier.incursions(between=("2025-09-10", None))
        >>> len(found.certainly), len(found.possibly)
        (0, 1)
        """
        check_word(category, words_of(ObjectCategory), "an object category")
        check_word(status, words_of(EventStatus), "an incursion status")
        check_word(kind, words_of(IncursionKind), "an incursion kind")
        code = None if state is None else checked_code(checked_text(state, "a state code"))
        span = None if between is None else Span(between)
        with collection_paused():
            return self._index.find(code, span, kind, category, status)

    def responses(
        self, by: str | None = None, *, kind: ResponseKind | None = None
    ) -> Answers[RecordedResponse]:
        """Return the responses recorded in incursions and series.

        Args:
            by: the actor, as a state code or the id of a record. By default, all actors.
            kind: the kind of response. By default, all kinds.

        Raises:
            UnknownNameError: the kind of response does not exist.

        >>> dossier = Dossier.read("docs/examples/poland-2025-09-10.jsonl")
        >>> [one.response.kind for one in dossier.responses(by="NL")]
        ['scramble']
        """
        check_word(kind, words_of(ResponseKind), "a response kind")
        actor = None if by is None else self._histories.successor(checked_text(by, "an actor"))
        return Answers(self._responses.find(actor, kind))

    def timeline(self, *, sources: bool = False) -> Answers[TimelineEntry]:
        """Return events, statements, findings and their dated parts in chronological order.

        An entry that was certainly over before another entry began comes before that entry. If the
        times of two entries overlap, their order is unknown. Such entries are sorted by their
        earliest possible start, and ``follows`` is false.

        Args:
            sources: whether to include sources, by their publication time.

        >>> dossier = Dossier.read("docs/examples/poland-2025-09-10.jsonl")
        >>> for entry in dossier.timeline()[-4:]:
        ...     print(entry.record.id, "(then)" if entry.follows else "(order unknown)")
        statement-tusk-no-mistake (order unknown)
        statement-kukula (then)
        statement-siemoniak (order unknown)
        statement-klisz (then)
        """
        with collection_paused():
            return Answers(timeline_of(self, sources=sources))

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
        """Count incursions by kind, state, month, category and status, with bounds for each count.

        Counts of different kinds are never added up, because a sighting or an entry into a zone is
        not a crossing.

        Args:
            incursions: the incursions to count. By default, all incursions; those that the desk
                has discounted are then counted only by status.
            by: the criteria to group by, such as ``("month", "state")``. The answer then has a row
                for each group and kind, with certain and possible counts.

        Raises:
            UnknownNameError: ``by`` contains an unknown criterion.

        >>> dossier = Dossier.read("docs/examples/poland-2025-09-10.jsonl")
        >>> dossier.summary().by_state["PL"]["crossing"].crossings
        CountRange(min=23, best=None, max=None, unknown=0)
        >>> row, = dossier.summary(by=("month", "state"))
        >>> row.group["month"], row.group["state"], row.kind, row.certain.records
        ('2025-09', 'PL', 'crossing', 1)
        """
        names = None if by is None else checked_words(by, GROUPS, "a summary group")
        if incursions is None:
            discounted = self.incursions(status="discounted").certainly
            counted = [one for one in self._incursions if status_of(one) != "discounted"]
        else:
            discounted, counted = (), incursions_in(incursions)
        with collection_paused():
            if names is None:
                return summary_of(counted, discounted)
            return Answers(summary_rows(counted, names, discounted))

    def states_by_months(
        self,
        incursions: Iterable[Incursion] | None = None,
        *,
        count: Count = "incursions",
        status: EventStatus | None = None,
    ) -> StatesByMonths:
        """Return a table of states by months, with a minimum and a maximum for each number.

        Months are local to the place of the incursion. An incursion that may have happened in
        either of two months adds 0 to ``least`` and 1 to ``most`` of both months. Two records that
        may be the same incursion add 1 to ``least`` and 2 to ``most``.

        Args:
            incursions: the incursions to count. By default, all that the desk has not discounted.
            count: the numbers in the table: incursions, or the crossings, zone entries, sightings
                or objects that they report. A table of crossings has only incursions of the kind
                ``crossing``.
            status: count only incursions for which the desk made this judgement on their kind.

        Raises:
            UnknownNameError: the value for ``count`` or the status does not exist.

        >>> dossier = Dossier.read("docs/examples/bucharest-nine.jsonl")
        >>> for row in dossier.states_by_months():
        ...     print(row.state, row.month, row.kind, row.least, row.most)
        LV 2024-09 crossing 1 1
        RO 2024-09 crossing 1 2
        """
        check_word(count, COUNTS, "a value for `count`")
        check_word(status, words_of(EventStatus), "an incursion status")
        by: tuple[Group, ...] = ("state", "month", *(("status",) if status else ()))
        return states_by_months(self.summary(incursions, by=by), count, status)

    def possible_duplicates(self, *, least: Likelihood = "very_unlikely") -> PossibleDuplicates:
        """Return the pairs and groups of incursions that may be the same, with the reasons.

        Two incursions are compared only if they concern the same state and their times may
        overlap. Incursions that cannot be the same are never listed. Pairs on which an editor has
        decided are always listed, with the decision.

        Args:
            least: the lowest likelihood that a listed pair may have.

        Raises:
            UnknownNameError: the likelihood does not exist.

        >>> dossier = Dossier.read("docs/examples/bucharest-nine.jsonl")
        >>> pair, = dossier.possible_duplicates().pairs
        >>> pair.first.id, pair.second.id, pair.likelihood
        ('ro-overnight', 'ro-2024-09-08', 'unlikely')
        """
        check_word(checked_text(least, "a likelihood"), words_of(Likelihood), "a likelihood")
        with collection_paused():
            return duplicates_in(self._incursions, self._histories, self._spoken, least)

    def to_html(
        self,
        *,
        title: str | None = None,
        include_restricted: bool = False,
        now: datetime | None = None,
    ) -> str:
        """Return an HTML page for readers, with a map, a timeline, filters and a table.

        The page is a single file that loads nothing from the network. It shows every incursion,
        series and finding or, if there are more than 10,000, only totals by state and month.

        Args:
            title: the title of the page. By default, the title of the feed.
            include_restricted: whether to include records under embargo, and records with a TLP
                label other than TLP:CLEAR. Otherwise, the page states the number of records left
                out.
            now: the instant at which to check whether an embargo is over. By default, the current
                time.

        Raises:
            TypeError: ``now`` has no time zone.

        >>> dossier = Dossier.read("docs/examples/poland-2025-09-10.jsonl")
        >>> page = dossier.to_html(title="Poland, 10 September 2025")
        >>> page[:15], "<title>Poland, 10 September 2025</title>" in page
        ('<!DOCTYPE html>', True)
        """
        if now is not None and now.utcoffset() is None:
            msg = "`now` must have a time zone; for the current time, use datetime.now(UTC)"
            raise TypeError(msg)
        page: str = view_named("page.document.page_html")(
            self,
            [self.header] if self.header else [],
            title=title,
            include_restricted=include_restricted,
            now=now,
        )
        return page

    # The card and the indexes, each of which is built on first use.

    def _make_view(self) -> Any:
        return self._card

    @cached_property
    def _card(self) -> Any:
        return super()._make_view()

    @cached_property
    def _incursions(self) -> KeptRecords[Incursion]:
        return self._histories.standing("incursion")

    @cached_property
    def _index(self) -> IncursionIndex:
        return IncursionIndex(self._incursions)

    @cached_property
    def _responses(self) -> ResponseIndex:
        with collection_paused():
            records = self._histories.standing("incursion", "series")
            return ResponseIndex(records, self._histories.successor)

    @cached_property
    def _spoken(self) -> SpokenIndex:
        with collection_paused():
            records = self._histories.standing("source", "statement")
            return SpokenIndex(records, self._histories.successor)

    def _subjects(self, event: Event | str, *, with_series: bool) -> list[str]:
        """Return the id of an event and, with ``with_series``, the ids of its series."""
        name = self._histories.successor(id_of(event))
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
