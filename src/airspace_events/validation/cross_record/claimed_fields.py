"""Compare claims about fields with records after all feeds are read."""

from __future__ import annotations

from collections.abc import Iterator

from airspace_events.diagnostics.wording import with_article
from airspace_events.feeds.id_table import IS_RETRACTED, IS_VOUCHED_FOR, UNREADABLE, IdTable
from airspace_events.models.events import Incursion
from airspace_events.reference.tables import RESERVED_ALLIANCES
from airspace_events.validation.cross_record.affiliations import Affiliations
from airspace_events.validation.cross_record.claim_comparison import (
    Comparison,
    missing_field,
)
from airspace_events.validation.cross_record.claimed_records import ClaimedRecords, Subject
from airspace_events.validation.cross_record.position_to_know import is_borne_out
from airspace_events.validation.cross_record.said_of_record import said_of
from airspace_events.validation.facts import Facts, is_confirmed
from airspace_events.validation.notices import Notice, Where
from airspace_events.values.field_names import PROPOSITIONS


class ClaimedFields:
    """A check that compares each claim about a field with the subject of the claim.

    Only the newest revisions of claims and records are compared. Earlier revisions of a record
    show which of its values have changed.
    """

    def __init__(self, table: IdTable) -> None:
        self._table = table
        self._kept = ClaimedRecords(table)
        self._affiliations = Affiliations(table)

    def see(self, facts: Facts, row: int, where: Where) -> None:
        """Store a record and its claims for the comparison."""
        self._kept.see(facts, row, where)
        if facts.belongs_to:
            self._affiliations.see(facts, row)

    def at_the_end(self) -> Iterator[Notice]:
        """Compare the stored claims and records."""
        for subject in self._kept.subjects():
            flags = self._table.flags[subject.row]
            if flags & (UNREADABLE | IS_RETRACTED):
                continue
            if not subject.numbers:
                yield from self._without_fields(subject)
                continue
            if all(
                claim.aspect == "attribution" and not claim.names for claim in subject.claims()
            ):
                # Records have no field for an attribution, so there is nothing to compare.
                continue
            said = said_of(subject)
            comparison = Comparison(subject, said)
            newest = comparison.newest
            # The speakers matter only if the record confirms something.
            if (
                isinstance(newest, Incursion)
                and is_confirmed(newest)
                and is_borne_out(newest, said, self._affiliations)
            ):
                self._table.flags[subject.row] |= IS_VOUCHED_FOR
            yield from comparison.notices()

    def _without_fields(self, subject: Subject) -> Iterator[Notice]:
        """Yield notices for claims about fields, if the subject's type has no claimable fields."""
        for claim in subject.claims():
            name = subject.name(claim)
            kind = self._table.kind_of(subject.row) or _type_of_built_in(name)
            for field in claim.names:
                if kind and field not in PROPOSITIONS:
                    yield missing_field(claim, name, field, f"it is {with_article(kind)}")


def _type_of_built_in(name: str) -> str:
    if name in RESERVED_ALLIANCES:
        return "alliance"
    return "state" if name[0].isupper() else ""
