"""Positions: the present and earlier claims of each actor on each topic."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, NamedTuple

from airspace_events.dossier.attributed_claims import AttributedClaim
from airspace_events.values.base import Value, to_json
from airspace_events.values.claims import FieldClaim
from airspace_events.values.field_names import claimed_field
from airspace_events.values.measures import ReportedCount, ReportedQuantity
from airspace_events.viewed import Answer, Answers
from airspace_events.vocabulary.claims import Aspect, Polarity

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
        field: the field that the claims are about, if any, such as "effects.house.cause". latest:
            the claims that the actor did not replace by later claims. Several remain if the actor
            made them together, or if their order is not known.
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
        """Return whether an earlier claim of the actor differs from its present position."""
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
    """Return the positions that claims express, in the order of the claims."""
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
    """Yield the topics of a claim, one for each field."""
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
    """Return the comparison key of a count or quantity: its numbers, or else its words."""
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
    """Return the claims that no other claim certainly follows, and the claims without a time."""
    times = [one.held for one in history]
    windows = [time.window if time else None for time in times]
    starts = [window.earliest for window in windows if window and window.start_is_sure]
    last_start = max(starts, default=None)
    return tuple(
        one
        for one, window in zip(history, windows, strict=True)
        if not (window and window.end_is_sure and last_start and window.latest < last_start)
    )
