"""Claims with their speakers and times, indexed by their subjects."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from airspace_events.models.source import Source
from airspace_events.models.statement import Statement
from airspace_events.values.claims import Claim
from airspace_events.values.measures import ReportedCount
from airspace_events.values.time import ReportedTime
from airspace_events.viewed import Answer


@dataclass(frozen=True, repr=False)
class AttributedClaim(Answer):
    """A claim, with the statement or source that makes the claim.

    Attributes:
        claim: the claim.
        record: the statement or the source that makes the claim.
        number: the index of the claim in that record, from 0.
        field: the field of the position that the claim belongs to, if any.
        value: the claimed value. For a claim in a position that only names a field, the recorded
            value of the field.
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
        if isinstance(self.record, Statement):
            made = self.record.made
            return made if as_of is None else ReportedTime(value=as_of, timezone=made.timezone)
        when = as_of or self.record.published
        return None if when is None else ReportedTime(value=when)

    @property
    def about(self) -> tuple[str, ...]:
        """The subjects of the claim; without any, the subjects of its statement."""
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
        # By subject: the numbers of the statements, and of the records with their claims.
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
