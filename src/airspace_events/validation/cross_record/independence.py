"""How many independent sources a record has: a wire copy is no second one."""

from __future__ import annotations

from collections.abc import Iterator

from airspace_events.safe_text import shown
from airspace_events.validation.cross_record.spot import Spot, notice, spot
from airspace_events.validation.facts import Facts
from airspace_events.validation.id_table import IS_COPY, IS_VOUCHED_FOR, SEEN, IdTable
from airspace_events.validation.notices import Notice
from airspace_events.validation.references import Where
from airspace_events.validation.spool import Spool

_LONGEST_CHAIN = 100


class Independence:
    """Looks whether the sources that are cited together are independent of each other."""

    def __init__(self, table: IdTable) -> None:
        self._table = table
        self._put_aside = Spool()
        self._confirmed = Spool()

    def see(self, facts: Facts, where: Where) -> Iterator[Notice]:
        """Compare at once if all sources are known, and put aside if not."""
        if len(facts.sources) < (1 if facts.is_confirmed else 2):
            return
        sources = list(facts.sources)
        origins = {self._origin(self._table.row(source)) for source in sources}
        is_settled = all(self._table.flags[origin] & SEEN for origin in origins)
        if facts.is_confirmed and not (is_settled and len(origins) > 1):
            self._confirmed.add(sources, spot(facts, where, ("sources",)))
        if is_settled:
            for message, number, other in self._copies(sources):
                at = spot(facts, where, ("sources", number))
                yield notice("copy_cited_with_original", message, at, same_as=other)
        elif len(sources) > 1:
            spots = [spot(facts, where, ("sources", number)) for number in range(len(sources))]
            self._put_aside.add(sources, spots)

    def at_the_end(self) -> Iterator[Notice]:
        """Compare what was put aside, after it is known who else bears a record out."""
        for sources, spots in self._put_aside:
            for message, number, other in self._copies(sources):
                yield notice(
                    "copy_cited_with_original", message, Spot(*spots[number]), same_as=other
                )
        for sources, held in self._confirmed:
            at = Spot(*held)
            flags = self._table.flags[self._table.row(at.record)]
            origins = {self._origin(self._table.row(source)) for source in sources}
            if len(origins) == 1 and not flags & IS_VOUCHED_FOR:
                message = "this is confirmed by one independent source or speaker only"
                yield notice("confirmed_by_one_source", message, at, source=sources[0])

    def _copies(self, sources: list[str]) -> Iterator[tuple[str, int, str]]:
        """Yield a message for each copy of another one, its index, and that other one."""
        first_of: dict[int, str] = {}
        for number, source in enumerate(sources):
            other = first_of.setdefault(self._origin(self._table.row(source)), source)
            if other != source:
                message = f"{shown(source)} and {shown(other)} are one source: a copy adds none"
                yield message, number, other

    def _origin(self, row: int) -> int:
        """The source of which a source is a copy in the end."""
        for _ in range(_LONGEST_CHAIN):
            above = self._table.above.get(row) if self._table.flags[row] & IS_COPY else None
            if above is None:
                break
            row = above
        return row
