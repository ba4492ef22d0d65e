"""Claims about fields of records, brought together with the records."""

from __future__ import annotations

from collections.abc import Iterator

from airspace_events.feeds.id_table import IS_RETRACTED, IS_VOUCHED_FOR, UNREADABLE, IdTable
from airspace_events.models.events import Incursion
from airspace_events.reference.reserved import RESERVED_ALLIANCES
from airspace_events.validation.cross_record.affiliations import Affiliations
from airspace_events.validation.cross_record.claim_comparison import (
    Comparison,
    article,
    missing_field,
)
from airspace_events.validation.cross_record.claimed_records import ClaimedRecords, Subject
from airspace_events.validation.cross_record.position_to_know import is_borne_out
from airspace_events.validation.cross_record.said_of_record import said_of
from airspace_events.validation.facts import Facts, is_confirmed
from airspace_events.validation.notices import Notice, Where

_PROPOSITIONS = frozenset({"occurrence", "crossing"})


class ClaimedFields:
    """Compares each claim about a field with the record that the claim is about.

    Only the newest revisions of claims and records are compared; an earlier revision of a
    record tells which values have changed since.
    """

    def __init__(self, table: IdTable) -> None:
        self._table = table
        self._kept = ClaimedRecords(table)
        self._affiliations = Affiliations(table)

    def see(self, facts: Facts, row: int, where: Where) -> None:
        """Put a record aside."""
        self._kept.see(facts, row, where)
        self._affiliations.see(facts, row)

    def at_the_end(self) -> Iterator[Notice]:
        """Compare what was put aside."""
        for subject in self._kept.subjects():
            flags = self._table.flags[subject.row]
            if flags & (UNREADABLE | IS_RETRACTED):
                continue
            if not subject.numbers:
                yield from self._without_fields(subject)
                continue
            if all(claim.aspect == "attribution" for claim in subject.claims()):
                # Nothing but whose it was, which no field says.
                continue
            said = said_of(subject)
            comparison = Comparison(subject, said)
            newest = comparison.newest
            # Only where something is confirmed does it matter who bears it out.
            if (
                isinstance(newest, Incursion)
                and is_confirmed(newest)
                and is_borne_out(newest, said, self._affiliations)
            ):
                self._table.flags[subject.row] |= IS_VOUCHED_FOR
            yield from comparison.notices()

    def _without_fields(self, subject: Subject) -> Iterator[Notice]:
        """Yield the claims of fields of what is no event: a state has no depth."""
        for claim in subject.claims():
            name = subject.name(claim)
            kind = self._table.kind_of(subject.row) or _built_in(name)
            for field in claim.names:
                if kind and claim.aspect == "field" and field not in _PROPOSITIONS:
                    yield missing_field(claim, name, field, f"it is {article(kind)}")


def _built_in(name: str) -> str:
    """Return the type of what is built in; empty for any other name."""
    if name in RESERVED_ALLIANCES:
        return "alliance"
    return "state" if name[0].isupper() else ""
