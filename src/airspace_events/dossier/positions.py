"""Claims with their speakers and times, and the positions that each actor takes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cached_property
from typing import Any, NamedTuple

from airspace_events.dossier.histories import time_of
from airspace_events.models.source import Source
from airspace_events.models.statement import Statement
from airspace_events.values.base import Value, to_json
from airspace_events.values.claims import Claim, FieldClaim
from airspace_events.values.field_names import claimed_field
from airspace_events.values.measures import ReportedCount, ReportedQuantity
from airspace_events.values.time import ReportedTime
from airspace_events.viewed import Answer, Answers
from airspace_events.vocabulary.terms import Aspect, Polarity


@dataclass(frozen=True, repr=False)
class AttributedClaim(Answer):
    """A claim, with the statement or source that makes the claim.

    Attributes:
        claim: the claim.
        record: the statement or the source that makes the claim.
        number: the index of the claim in that record, from 0.
        field: the field of the position that the claim belongs to, if any.
        value: the claimed value. If the claim belongs to a position and names a field without a
            value, the recorded value of that field.
    """

    claim: Claim
    record: Statement | Source
    number: int
    field: str | None = None
    value: Any = None

    @property
    def pointer(self) -> str:
        """The JSON Pointer (RFC 6901) of the claim in its record."""
        return f"/claims/{self.number}"

    @property
    def by(self) -> tuple[str, ...]:
        """The actors who make the claim, as references for `Dossier.resolve`.

        For a statement, the speakers, the actors on whose behalf they spoke, and the signatories.
        For a source, the source itself.
        """
        if isinstance(self.record, Source):
            return (self.record.id,)
        record = self.record
        return tuple(dict.fromkeys((*record.speakers, *record.on_behalf_of, *record.signatories)))

    @cached_property
    def held(self) -> ReportedTime | None:
        """The ``as_of`` of the claim or of its count, or else the time of publication."""
        count = self.claim.value if isinstance(self.claim.value, ReportedCount) else None
        as_of = self.claim.as_of or (count.as_of if count else None)
        if as_of is None:
            return time_of(self.record)
        dates = self.record.made if isinstance(self.record, Statement) else self.record
        return ReportedTime(value=as_of, timezone=dates.timezone)

    @property
    def about(self) -> tuple[str, ...]:
        """The subjects of the claim or, if it has none, the subjects of its statement."""
        if self.claim.about or isinstance(self.record, Source):
            return self.claim.about
        return self.record.about


def subjects_of(statement: Statement) -> tuple[str, ...]:
    """Return the distinct subjects of a statement, its claims and its acts."""
    named = [*statement.about]
    named.extend(name for claim in statement.claims for name in claim.about)
    named.extend(name for act in statement.acts for name in act.about)
    return tuple(dict.fromkeys(named))


class SpokenIndex:
    """An index of statements and claims by the ids of their subjects."""

    def __init__(
        self, records: Sequence[Statement | Source], successor: Callable[[str], str]
    ) -> None:
        self._records = records
        # For each subject, the numbers of the statements and of the records with claims about it.
        self._statements: dict[str, list[int]] = {}
        self._claims: dict[str, list[tuple[int, int]]] = {}
        for place, record in enumerate(records):
            about: tuple[str, ...] = ()
            if isinstance(record, Statement):
                about = record.about
                for name in subjects_of(record):
                    self._statements.setdefault(successor(name), []).append(place)
            for number, claim in enumerate(record.claims):
                for name in claim.about or about:
                    self._claims.setdefault(successor(name), []).append((place, number))

    def is_spoken_of(self, name: str) -> bool:
        """Return whether any statement or claim has a subject with this id."""
        return name in self._statements or name in self._claims

    def statements_of(self, names: Iterable[str]) -> tuple[Statement, ...]:
        """Return the statements about any of the given subjects, in order."""
        numbers = {number for name in names for number in self._statements.get(name, ())}
        found = (self._records[number] for number in sorted(numbers))
        return tuple(record for record in found if isinstance(record, Statement))

    def claims_of(self, names: Iterable[str]) -> Iterator[AttributedClaim]:
        """Yield the claims about any of the given subjects, in order."""
        places = {place for name in names for place in self._claims.get(name, ())}
        for claimant, number in sorted(places):
            record = self._records[claimant]
            claim = record.claims[number]
            yield AttributedClaim(claim, record, number, value=claim.value)


_FOREVER = datetime.max.replace(tzinfo=UTC)

ValueOf = Callable[[AttributedClaim, str], Any]
"""A function that returns the value of a field in the subject of a claim, or None."""


class Topic(NamedTuple):
    """The topic of a claim.

    Attributes:
        aspect: the aspect of the claim.
        field: the field of the claim, if any, such as ``totals.crossings``. A claim that names
            several fields counts as one claim about each field.
        item: the claimed item as JSON, if the claim is about an item of a list.
    """

    aspect: Aspect
    field: str | None
    item: bytes | None


@dataclass(frozen=True, repr=False)
class Position(Answer):
    """The position of one actor on one topic.

    Attributes:
        actor: the actor, as a reference for `Dossier.resolve`.
        aspect: the aspect of the claims.
        field: the field that the claims are about, if any, such as "effects.house.cause".
        latest: the claims that the actor did not replace with later claims. There are several if
            the actor made them together, or if their order is not known.
        history: all claims of the actor on the topic, in the order of the timeline.
    """

    actor: str
    aspect: Aspect
    field: str | None
    latest: tuple[AttributedClaim, ...]
    history: tuple[AttributedClaim, ...]

    @property
    def earlier(self) -> tuple[AttributedClaim, ...]:
        """The actor's earlier claims that differ from the present position."""
        now = {_said(one) for one in self.latest}
        return Answers(one for one in self.history if _said(one) not in now)

    @property
    def has_changed(self) -> bool:
        """Return whether an earlier claim of the actor differs from the present position."""
        return bool(self.earlier)


@dataclass(frozen=True, repr=False)
class Voice(Answer):
    """A group of actors who make the same claim.

    Attributes:
        aspect: the aspect of the claims.
        value: the claimed value. Counts with the same numbers are equal, even if the words differ.
        polarity: the polarity of the claims: affirmed, suspected, denied, or a position in
            between.
        field: the field that the claims are about, if any.
        count: the number of objects that the claims are about; None for all objects.
        by: the actors.
    """

    aspect: Aspect
    value: Any
    polarity: Polarity
    field: str | None
    count: ReportedCount | None
    by: tuple[str, ...]


def positions_in(claims: Iterable[AttributedClaim], value_of: ValueOf) -> tuple[Position, ...]:
    """Return the positions that the given claims express, in the order of the claims."""
    histories: dict[tuple[str, Topic], list[AttributedClaim]] = {}
    for one in claims:
        for topic, held in _topics(one, value_of):
            for actor in one.by:
                histories.setdefault((actor, topic), []).append(held)
    return tuple(
        Position(
            actor,
            topic.aspect,
            topic.field,
            latest=Answers(_latest(history)),
            history=Answers(sorted(history, key=_when)),
        )
        for (actor, topic), history in histories.items()
    )


def _topics(one: AttributedClaim, value_of: ValueOf) -> Iterator[tuple[Topic, AttributedClaim]]:
    """Yield each topic of a claim, with a copy of the claim for the field of that topic."""
    claim = one.claim
    for field in claim.fields or (None,):
        value, item = claim.value, None
        if isinstance(claim, FieldClaim) and field is not None:
            kind = claimed_field(field).kind
            if value is None and kind == "value" and claim.polarity != "undetermined":
                value = value_of(one, field)
            elif value is not None and kind == "list":
                item = to_json(value) if isinstance(value, Value) else str(value).encode()
        yield Topic(claim.aspect, field, item), replace(one, field=field, value=value)


def voices_in(positions: Iterable[Position]) -> tuple[Voice, ...]:
    """Return groups of actors whose present positions contain the same claim."""
    voices: dict[tuple[Any, ...], Voice] = {}
    for position in positions:
        for one in position.latest:
            key = (position.aspect, position.field, *_said(one))
            before = voices.get(key)
            if before is None:
                voices[key] = Voice(
                    position.aspect,
                    one.value,
                    one.claim.polarity,
                    position.field,
                    _count_of(one),
                    (position.actor,),
                )
            elif position.actor not in before.by:
                voices[key] = replace(before, by=(*before.by, position.actor))
    return tuple(voices.values())


def _said(one: AttributedClaim) -> tuple[Any, ...]:
    return without_words(one.value), one.claim.polarity, without_words(_count_of(one))


def _count_of(one: AttributedClaim) -> ReportedCount | None:
    return one.claim.count if isinstance(one.claim, FieldClaim) else None


def without_words(value: Any) -> Any:
    """Return the key for comparing counts or quantities: the numbers, or else the words."""
    if not isinstance(value, ReportedCount | ReportedQuantity):
        return value
    numbers = (value.min, value.best, value.roughly, value.max)
    if all(number is None for number in numbers):
        return value.verbatim
    unit = (value.unit, value.datum) if isinstance(value, ReportedQuantity) else ()
    return (*numbers, *unit)


def _when(one: AttributedClaim) -> tuple[datetime, datetime, str]:
    return (_FOREVER, _FOREVER, "") if one.held is None else one.held.sort_key


def _latest(history: Sequence[AttributedClaim]) -> tuple[AttributedClaim, ...]:
    """Return the claims that no later claim certainly replaced, and the claims without a time."""
    times = [one.held for one in history]
    windows = [time.window if time else None for time in times]
    starts = [window.earliest for window in windows if window and window.start_is_sure]
    last_start = max(starts, default=None)
    return tuple(
        one
        for one, window in zip(history, windows, strict=True)
        if not (window and window.end_is_sure and last_start and window.latest < last_start)
    )
