"""Claims, together with whose they are and when they were held."""

from __future__ import annotations

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
