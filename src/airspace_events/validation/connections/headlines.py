"""Headlines that the claims of others contradict or overtake."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

from airspace_events.feeds.hashes import HashSet
from airspace_events.safe_text import shown
from airspace_events.validation.connections.spot import Spot, notice, spot
from airspace_events.validation.facts import ClaimFacts, Facts
from airspace_events.validation.id_table import (
    CROSSING_IN_DOUBT,
    IS_COPY,
    IS_RETRACTED,
    IS_SPOKEN_OF,
    NO_DAY,
    OCCURRENCE_IN_DOUBT,
    UNREADABLE,
    IdTable,
)
from airspace_events.validation.notices import Notice
from airspace_events.validation.references import Where
from airspace_events.validation.spool import Spool

_IN_DOUBT = frozenset({"disputed", "doubtful", "discounted"})
_HEADLINES = CROSSING_IN_DOUBT | OCCURRENCE_IN_DOUBT | IS_RETRACTED
# What a claim of these aspects denies is said by the incursion itself.
_HEADLINE_OF: Mapping[str, tuple[str, int]] = MappingProxyType(
    {
        "occurrence": ("occurrence", OCCURRENCE_IN_DOUBT),
        "airspace_crossing": ("crossing", CROSSING_IN_DOUBT),
    }
)
# Claims and headlines are compared in so many parts, so that few are in memory at a time.
_PARTS = 16
_OVERTAKING = frozenset({"count", "damage_cause"})


class Headlines:
    """Compares what a record says of itself with what is claimed about it."""

    def __init__(self, table: IdTable) -> None:
        self._table = table
        self._affirmed = HashSet()
        self._denials = Spool()
        self._claims = [Spool() for _ in range(_PARTS)]
        self._headlines = [Spool() for _ in range(_PARTS)]
        self._retracted = Spool()

    def see(self, facts: Facts, row: int, where: Where) -> None:
        """Take in a record's headlines and claims."""
        table = self._table
        if facts.revision >= table.revision[row]:
            self._update(facts, row)
        if facts.kind == "statement" and not facts.is_retracted:
            for subject in facts.about:
                table.flags[table.row(subject)] |= IS_SPOKEN_OF
        for claim in facts.claims:
            self._see_claim(claim, facts, where)
        if facts.kind == "incursion":
            if facts.is_retracted:
                self._retracted.add(spot(facts, where, ("retracted",)))
            if facts.causes or facts.counts:
                causes = [cause for cause, _ in facts.causes]
                headlines = self._headlines[row % _PARTS]
                headlines.add(row, facts.recorded[1], causes, facts.counts)

    def at_the_end(self) -> Iterator[Notice]:
        """Compare what was put aside."""
        yield from self._denied()
        yield from self._overtaken()
        for (held,) in self._retracted:
            at = Spot(*held)
            if self._table.flags[self._table.row(at.record)] & IS_SPOKEN_OF:
                message = "this is taken back as a mistake of the desk, while others speak of it"
                yield notice("retracted_but_spoken_of", message, at)

    def _update(self, facts: Facts, row: int) -> None:
        table = self._table
        table.first[row], table.last[row] = facts.days
        flags = table.flags[row] & ~_HEADLINES
        flags |= CROSSING_IN_DOUBT * (facts.crossing in _IN_DOUBT)
        flags |= OCCURRENCE_IN_DOUBT * (facts.occurrence in _IN_DOUBT)
        flags |= IS_RETRACTED * facts.is_retracted
        flags |= IS_COPY * bool(facts.copied)
        table.flags[row] = flags

    def _see_claim(self, claim: ClaimFacts, facts: Facts, where: Where) -> None:
        if claim.polarity == "affirmed":
            for subject in claim.about:
                self._affirmed.add(f"{subject} {claim.aspect}")
            if claim.aspect in _OVERTAKING and facts.days[0] != NO_DAY:
                told = (claim.value, claim.counted, facts.days[0])
                at = spot(facts, where, claim.parts)
                for subject in claim.about:
                    row = self._table.row(subject)
                    self._claims[row % _PARTS].add(row, subject, *told, at)
        elif claim.polarity == "denied" and claim.about:
            self._denials.add(claim.aspect, claim.about, spot(facts, where, claim.parts))

    def _denied(self) -> Iterator[Notice]:
        for aspect, about, at in self._denials:
            for subject in about:
                if aspect in _HEADLINE_OF:
                    headline, bit = _HEADLINE_OF[aspect]
                    if self._says_nothing(subject, bit):
                        message = f"{shown(subject)} is denied here; its {headline} says nothing"
                        message += " of a dispute"
                        yield notice("denied_but_not_disputed", message, Spot(*at), about=subject)
                elif f"{subject} {aspect}" not in self._affirmed:
                    message = f"nobody is recorded to have claimed this of {shown(subject)}"
                    context: dict[str, Any] = {"about": subject, "aspect": aspect}
                    yield notice("denial_of_nothing_said", message, Spot(*at), **context)

    def _says_nothing(self, subject: str, bit: int) -> bool:
        """Whether an incursion, as far as it could be read, is not said to be in doubt."""
        row = self._table.find(subject)
        if row is None or self._table.kind_of(row) != "incursion":
            return False
        return not self._table.flags[row] & (bit | IS_RETRACTED | UNREADABLE)

    def _overtaken(self) -> Iterator[Notice]:
        for claims, headlines in zip(self._claims, self._headlines, strict=True):
            wanted = {row for row, *_ in claims}
            told = {row: rest for row, *rest in headlines if row in wanted}
            for row, subject, value, counted, made, at in claims:
                recorded, causes, counts = told.get(row, (NO_DAY, (), ()))
                if NO_DAY != recorded < made and _differs(value, counted, causes, counts):
                    message = f"this was said after {shown(subject)} was recorded, which says else"
                    yield notice("headline_overtaken", message, Spot(*at), about=subject)


def _differs(value: Any, counted: str | None, causes: Any, counts: Any) -> bool:
    """Whether a claimed cause or count is none that the headline allows."""
    if counted is None:
        return bool(causes) and value is not None and value not in causes
    for what, least, most in counts:
        if what == counted and value is not None:
            low, high = value
            above = low is not None and most is not None and low > most
            below = high is not None and least is not None and high < least
            if above or below:
                return True
    return False
