"""Positions: what each actor holds of each aspect of an event, and what it held before."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from airspace_events.dossier.attributed_claims import AttributedClaim
from airspace_events.values.claims import Claim
from airspace_events.vocabulary.claims import Aspect, Polarity
from airspace_events.vocabulary.events import Counted

_FOREVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Position:
    """What one actor holds of one aspect.

    Attributes:
        actor: who holds it: a reference that `Dossier.resolve` takes.
        aspect: of what.
        counted: for a count, what was counted: drones are not violations.
        pointer: the part of the record that is meant, if one is: "/effects/0".
        latest: the claims that no later claim of the same actor has overtaken. These are several
            if they were made together, or if nothing tells which of them came last.
        history: all its claims on it, in the order of the timeline.
    """

    actor: str
    aspect: Aspect
    counted: Counted | None
    pointer: str | None
    latest: tuple[AttributedClaim, ...]
    history: tuple[AttributedClaim, ...]

    @property
    def has_changed(self) -> bool:
        """Whether the actor once held something that is not among what it holds now."""
        now = {_said(one.claim) for one in self.latest}
        return any(_said(one.claim) not in now for one in self.history)


@dataclass(frozen=True)
class Voice:
    """Who holds the same thing, in the same way.

    Attributes:
        aspect: of what they hold it.
        value: what they hold to be so.
        polarity: how they hold it: affirmed, denied, or one of the four in between.
        counted: for a count, what was counted.
        pointer: the part of the record that is meant, if one is.
        by: who they are.
    """

    aspect: Aspect
    value: Any
    polarity: Polarity
    counted: Counted | None
    pointer: str | None
    by: tuple[str, ...]


def positions_in(claims: Iterable[AttributedClaim]) -> tuple[Position, ...]:
    """The positions that some claims make up, in the order in which the claims came."""
    histories: dict[tuple[str, Aspect, Counted | None, str | None], list[AttributedClaim]] = {}
    for one in claims:
        topic = (one.claim.aspect, counted_in(one.claim), one.claim.pointer)
        for actor in one.by:
            histories.setdefault((actor, *topic), []).append(one)
    return tuple(
        Position(*key, latest=_latest(history), history=tuple(sorted(history, key=_when)))
        for key, history in histories.items()
    )


def voices_in(positions: Iterable[Position]) -> tuple[Voice, ...]:
    """Who holds the same, by what they hold now."""
    voices: dict[tuple[Any, ...], Voice] = {}
    for position in positions:
        for one in position.latest:
            claim = one.claim
            said = (claim.aspect, claim.value, claim.polarity, position.counted, position.pointer)
            before = voices.get(said)
            if before is None:
                voices[said] = Voice(*said, (position.actor,))
            elif position.actor not in before.by:
                voices[said] = replace(before, by=(*before.by, position.actor))
    return tuple(voices.values())


def counted_in(claim: Claim) -> Counted | None:
    """What a claim of a count counts."""
    return getattr(claim, "counted", None)


def _said(claim: Claim) -> tuple[Any, ...]:
    return claim.value, claim.polarity


def _when(one: AttributedClaim) -> tuple[datetime, datetime, str]:
    return (_FOREVER, _FOREVER, "") if one.held is None else one.held.sort_key


def _latest(history: Sequence[AttributedClaim]) -> tuple[AttributedClaim, ...]:
    """The claims that are not certainly over before another one; without a time, none is."""
    windows = [one.held.window if one.held else None for one in history]
    starts = [window.earliest for window in windows if window and window.start_is_sure]
    last_start = max(starts, default=None)
    return tuple(
        one
        for one, window in zip(history, windows, strict=True)
        if not (window and window.end_is_sure and last_start and window.latest < last_start)
    )
