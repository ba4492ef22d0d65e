"""How many independent sources a record has: a wire copy is no second one."""

from __future__ import annotations

from collections.abc import Iterator

from airspace_events.safe_text import shown
from airspace_events.validation.connections.spot import Spot, notice, spot
from airspace_events.validation.facts import Facts
from airspace_events.validation.id_table import IS_COPY, SEEN, IdTable
from airspace_events.validation.notices import Notice
from airspace_events.validation.references import Where
from airspace_events.validation.spool import Spool

_LONGEST_CHAIN = 100


class Independence:
    """Looks whether the sources that are cited together are independent of each other."""

    def __init__(self, table: IdTable) -> None:
        self._table = table
        self._put_aside = Spool()

    def see(self, facts: Facts, where: Where) -> Iterator[Notice]:
        """Compare at once if all sources are known, and put aside if not."""
        confirmed = "confirmed" in (facts.occurrence, facts.crossing)
        if len(facts.sources) < (1 if confirmed else 2):
            return
        sources = list(facts.sources)
        origins = [self._origin(self._table.row(source)) for source in sources]
        if all(self._table.flags[origin] & SEEN for origin in origins):
            for code, message, number, context in self._problems(sources, confirmed=confirmed):
                parts = ("sources",) if number is None else ("sources", number)
                yield notice(code, message, spot(facts, where, parts), **context)
        else:
            spots = [spot(facts, where, ("sources", number)) for number in range(len(sources))]
            self._put_aside.add(sources, confirmed, spot(facts, where, ("sources",)), spots)

    def at_the_end(self) -> Iterator[Notice]:
        """Compare what was put aside."""
        for sources, confirmed, whole, spots in self._put_aside:
            for code, message, number, context in self._problems(sources, confirmed=confirmed):
                at = whole if number is None else spots[number]
                yield notice(code, message, Spot(*at), **context)

    def _problems(
        self, sources: list[str], *, confirmed: bool
    ) -> Iterator[tuple[str, str, int | None, dict[str, str]]]:
        first_of: dict[int, str] = {}
        for number, source in enumerate(sources):
            origin = self._origin(self._table.row(source))
            if origin in first_of and first_of[origin] != source:
                other = first_of[origin]
                message = f"{shown(source)} and {shown(other)} are one source: a copy adds none"
                yield "copy_cited_with_original", message, number, {"same_as": other}
            first_of.setdefault(origin, source)
        if confirmed and len(first_of) == 1:
            message = "this is confirmed by one independent source only"
            yield "confirmed_by_one_source", message, None, {"source": sources[0]}

    def _origin(self, row: int) -> int:
        """The source of which a source is a copy in the end."""
        for _ in range(_LONGEST_CHAIN):
            above = self._table.above.get(row) if self._table.flags[row] & IS_COPY else None
            if above is None:
                break
            row = above
        return row
