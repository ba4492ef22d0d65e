"""Claims with whose they are and when they were held, found by what they are about."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from airspace_events.models.records import Record
from airspace_events.models.source import Source
from airspace_events.models.statement import Statement
from airspace_events.values.claims import Claim
from airspace_events.values.measures import ReportedCount
from airspace_events.values.time import ReportedTime
from airspace_events.viewed import Answer


@dataclass(frozen=True, repr=False)
class AttributedClaim(Answer):
    """A claim, and the statement or source that makes it.

    Attributes:
        claim: what is claimed.
        record: the statement, or the source in whose own voice it is claimed.
        number: its place among the claims of that record, from 0.
        field: in a position, the one field that is meant; a claim may name several.
        value: what is claimed. In a position, a claim that only names a field has the value that
            the record has there.
    """

    claim: Claim
    record: Statement | Source
    number: int
    field: str | None = None
    value: Any = None

    @property
    def pointer(self) -> str:
        """Where it stands in its record (RFC 6901)."""
        return f"/claims/{self.number}"

    @property
    def by(self) -> tuple[str, ...]:
        """Whose claim it is: speakers, those for whom they spoke, and who signed; or the source.

        All are references that `Dossier.resolve` takes.
        """
        if isinstance(self.record, Source):
            return (self.record.id,)
        record = self.record
        return tuple(dict.fromkeys((*record.speakers, *record.on_behalf_of, *record.signatories)))

    @cached_property
    def held(self) -> ReportedTime | None:
        """When it was held so: as of when it or its count says, else when it was made public."""
        count = self.claim.value if isinstance(self.claim.value, ReportedCount) else None
        as_of = self.claim.as_of or (count.as_of if count else None)
        if isinstance(self.record, Statement):
            made = self.record.made
            return made if as_of is None else ReportedTime(value=as_of, timezone=made.timezone)
        when = as_of or self.record.published
        return None if when is None else ReportedTime(value=when)

    @property
    def about(self) -> tuple[str, ...]:
        """What it is said of: what the claim names, else what its statement is about."""
        if self.claim.about or isinstance(self.record, Source):
            return self.claim.about
        return self.record.about


def subjects_of(statement: Statement) -> tuple[str, ...]:
    """All that a statement is about, its claims and acts included, each once."""
    named = [*statement.about]
    named.extend(name for claim in statement.claims for name in claim.about)
    named.extend(name for act in statement.acts for name in act.about)
    return tuple(dict.fromkeys(named))


class SpokenIndex:
    """Statements and claims, by the id of what they are about."""

    def __init__(self, records: Iterable[Record], successor: Callable[[str], str]) -> None:
        # Statements, and sources with claims of their own.
        self._claimants: list[Statement | Source] = []
        # By what they are about: numbers of claimants, and with them the numbers of claims.
        self._statements: dict[str, list[int]] = {}
        self._claims: dict[str, list[tuple[int, int]]] = {}
        for record in records:
            if isinstance(record, Statement):
                self._add(record, record.about, successor)
                for name in subjects_of(record):
                    self._statements.setdefault(successor(name), []).append(
                        len(self._claimants) - 1
                    )
            elif isinstance(record, Source) and record.claims:
                self._add(record, (), successor)

    def is_spoken_of(self, name: str) -> bool:
        """Whether anything is said of what has this id."""
        return name in self._statements or name in self._claims

    def statements_of(self, names: Iterable[str]) -> tuple[Statement, ...]:
        """The statements about any of some subjects, in their order."""
        numbers = {number for name in names for number in self._statements.get(name, ())}
        found = (self._claimants[number] for number in sorted(numbers))
        return tuple(record for record in found if isinstance(record, Statement))

    def claims_of(self, names: Iterable[str]) -> Iterator[AttributedClaim]:
        """The claims about any of some subjects, in their order."""
        places = {place for name in names for place in self._claims.get(name, ())}
        for claimant, number in sorted(places):
            record = self._claimants[claimant]
            claim = record.claims[number]
            yield AttributedClaim(claim, record, number, value=claim.value)

    def _add(
        self, record: Statement | Source, about: tuple[str, ...], successor: Callable[[str], str]
    ) -> None:
        for number, claim in enumerate(record.claims):
            place = (len(self._claimants), number)
            for name in claim.about or about:
                self._claims.setdefault(successor(name), []).append(place)
        self._claimants.append(record)
