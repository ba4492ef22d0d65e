"""Checks for copies that are cited as a second source, and for cycles of derivation."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence

from airspace_events.diagnostics.problem import Parts
from airspace_events.feeds.id_table import IS_COPY, IS_VOUCHED_FOR, SEEN, IdTable
from airspace_events.feeds.spool import Spool
from airspace_events.safe_text import shown
from airspace_events.validation.facts import Facts
from airspace_events.validation.notices import Notice, Spot, Where, notice

_LONGEST_CHAIN = 100


class Independence:
    """A check that the sources of a record are independent of each other."""

    def __init__(self, table: IdTable) -> None:
        self._table = table
        self._put_aside = Spool()
        self._confirmed = Spool()

    def see(self, facts: Facts, where: Where) -> Iterable[Notice]:
        """Compare the sources immediately if all were read; otherwise store the record."""
        if len(facts.sources) < (1 if facts.is_confirmed else 2):
            return ()
        sources = facts.sources
        origins = {self._origin(self._table.row(source)) for source in sources}
        is_settled = all(self._table.flags[origin] & SEEN for origin in origins)
        if facts.is_confirmed and not (is_settled and len(origins) > 1):
            self._confirmed.add(sources, where.spot(facts.id, ("sources",)))
        if is_settled:
            if len(origins) == len(sources):
                return ()
            return [
                notice(
                    "copy_cited_with_original",
                    message,
                    where.spot(facts.id, ("sources", number)),
                    same_as=other,
                )
                for message, number, other in self._copies(sources)
            ]
        if len(sources) > 1:
            spots = [where.spot(facts.id, ("sources", number)) for number in range(len(sources))]
            self._put_aside.add(sources, spots)
        return ()

    def at_the_end(self) -> Iterator[Notice]:
        """Compare the stored records; call this method after `ClaimedFields.at_the_end`."""
        for sources, spots in self._put_aside:
            for message, number, other in self._copies(sources):
                yield notice(
                    "copy_cited_with_original", message, Spot(*spots[number]), same_as=other
                )
        for sources, held in self._confirmed:
            at = Spot(*held)
            flags = self._table.flags[self._table.row(at.record or "")]
            origins = {self._origin(self._table.row(source)) for source in sources}
            if len(origins) == 1 and not flags & IS_VOUCHED_FOR:
                message = (
                    "the record is marked as confirmed, but only one independent source or "
                    "speaker supports it"
                )
                yield notice("confirmed_by_one_source", message, at, source=sources[0])

    def _copies(self, sources: Sequence[str]) -> Iterator[tuple[str, int, str]]:
        """Find the sources that have the same original as an earlier source.

        Yields:
            A message, the index of the source, and the earlier source.
        """
        first_of: dict[int, str] = {}
        for number, source in enumerate(sources):
            other = first_of.setdefault(self._origin(self._table.row(source)), source)
            if other != source:
                message = (
                    f"{shown(source)} and {shown(other)} count as one source, because a copy "
                    f"adds no evidence"
                )
                yield message, number, other

    def _origin(self, row: int) -> int:
        """Return the row of the original of a source, following a chain of copies."""
        for _ in range(_LONGEST_CHAIN):
            if not self._table.flags[row] & IS_COPY:
                break
            above = self._table.above.get(row)
            if above is None:
                break
            row = above
        return row


_WORDS = {
    "source": "derived from",
    "series": "a part of",
    "organization": "a part of",
}


class Cycles:
    """A check for records that refer back to themselves through derivations or memberships."""

    def __init__(self, table: IdTable) -> None:
        self._table = table
        self._more: dict[int, set[int]] = {}
        self._edges = Spool()
        self._may_lead_back = False

    def see(self, facts: Facts, row: int, where: Where) -> None:
        """Store the links from a record to its origins, parents and merged records."""
        # Originals come first, because `Independence` follows only the first reference.
        copied = frozenset(facts.copied)
        above_first = sorted(enumerate(facts.above), key=lambda one: one[1] not in copied)
        for number, above in above_first:
            self._add(facts, row, above, where, _parts_of(facts.kind, number), _WORDS[facts.kind])
        for number, merged in enumerate(facts.replaces):
            self._add(facts, row, merged, where, ("replaces", number), "a merger of")

    def _add(  # noqa: PLR0913, PLR0917 (an edge with its place and its words)
        self, facts: Facts, row: int, above: str, where: Where, parts: Parts, words: str
    ) -> None:
        other, flags = self._table.row(above), self._table.flags
        first = self._table.above.get(row)
        if first is None:
            self._table.above.set(row, other)
        elif first != other:
            self._more.setdefault(row, set()).add(other)
        # In a cycle, at least one record refers to a later record, or was itself seen before.
        if not flags[other] & SEEN or flags[row] & SEEN:
            self._may_lead_back = True
        self._edges.add(facts.id, above, words, where.spot(facts.id, parts))

    def at_the_end(self) -> Iterator[Notice]:
        """Yield a notice for each link that is part of a cycle."""
        if not self._may_lead_back:
            return
        group = self._groups()
        for name, above, words, at in self._edges:
            start, target = self._table.row(name), self._table.row(above)
            if group[start] == group[target]:
                message = (
                    f"{shown(name)} is {words} {shown(above)}, which leads back to {shown(name)}"
                )
                yield notice("cycle", message, Spot(*at), above=above)

    def _groups(self) -> array[int]:
        """Return the group number of each row; rows that refer to each other share a number.

        The groups are the strongly connected components, found by Tarjan's algorithm.
        """
        size = len(self._table)
        order, low, group = (array("I", bytes(4 * size)) for _ in range(3))
        count = groups = 0
        path: list[int] = []
        for root in range(size):
            if order[root] or self._table.above.get(root) is None:
                continue
            todo = [(root, iter(self._above(root)))]
            count += 1
            order[root] = low[root] = count
            path.append(root)
            while todo:
                row, rest = todo[-1]
                other = next(rest, None)
                if other is None:
                    todo.pop()
                    if todo:
                        low[todo[-1][0]] = min(low[todo[-1][0]], low[row])
                    if low[row] == order[row]:
                        groups += 1
                        while group[row] == 0:
                            group[path.pop()] = groups
                elif not order[other]:
                    count += 1
                    order[other] = low[other] = count
                    path.append(other)
                    todo.append((other, iter(self._above(other))))
                elif not group[other]:
                    low[row] = min(low[row], order[other])
        return group

    def _above(self, row: int) -> list[int]:
        first = self._table.above.get(row)
        return [] if first is None else [first, *self._more.get(row, ())]


def _parts_of(kind: str, number: int) -> Parts:
    if kind == "source":
        return "derived_from", number, "source"
    return ("part_of",) if kind == "series" else ("parent",)
