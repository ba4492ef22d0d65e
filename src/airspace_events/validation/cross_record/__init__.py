"""What records say of each other: rules that no record can break by itself.

Of each record only its facts are looked at, and only what is needed of them is kept. What
concerns a record that has not been read yet is put aside on disk until the end of the feed.
"""

from __future__ import annotations

from collections.abc import Iterator

from airspace_events.validation.cross_record.claimed_fields import ClaimedFields
from airspace_events.validation.cross_record.cycles import Cycles
from airspace_events.validation.cross_record.dates import DatesAcross
from airspace_events.validation.cross_record.denials import Denials
from airspace_events.validation.cross_record.independence import Independence
from airspace_events.validation.cross_record.revisions import Revisions
from airspace_events.validation.cross_record.routes import Routes
from airspace_events.validation.facts import Facts
from airspace_events.validation.id_table import IdTable
from airspace_events.validation.notices import Notice
from airspace_events.validation.references import Where


class Connections:
    """Sees the facts of every record once, and says what does not fit together."""

    def __init__(self, table: IdTable) -> None:
        self._table = table
        self._claimed_fields = ClaimedFields(table)
        self._dates = DatesAcross(table)
        self._denials = Denials(table)
        self._revisions = Revisions(table)
        self._independence = Independence(table)
        self._routes = Routes()
        self._cycles = Cycles(table)

    def see(self, facts: Facts, where: Where) -> Iterator[Notice]:
        """Take a record in, before its id is taken in; give what is certain already."""
        row = self._table.row(facts.id)
        for merged in facts.replaces:
            self._table.merge(merged, row)
        self._denials.see(facts, row, where)
        self._claimed_fields.see(facts, row, where)
        self._revisions.see(facts, row, where)
        self._cycles.see(facts, row, where)
        self._routes.see(facts, where)
        yield from self._dates.see(facts, where)
        yield from self._independence.see(facts, where)

    def at_the_end(self) -> Iterator[Notice]:
        """What is known only now that all records were seen."""
        yield from self._dates.at_the_end()
        # Who claims what bears on how independent the sources must be.
        yield from self._claimed_fields.at_the_end()
        yield from self._independence.at_the_end()
        yield from self._denials.at_the_end()
        yield from self._revisions.at_the_end()
        yield from self._routes.at_the_end()
        yield from self._cycles.at_the_end()
