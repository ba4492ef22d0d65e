"""One object over several states: where it left the one, it entered the other."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from airspace_events.safe_text import shown
from airspace_events.validation.cross_record.spot import Spot, notice, spot
from airspace_events.validation.facts import Days, Facts
from airspace_events.validation.id_table import NO_DAY
from airspace_events.validation.notices import Notice
from airspace_events.validation.references import Where
from airspace_events.validation.spool import Spool


class Routes:
    """Follows objects that are the same from incursion to incursion."""

    def __init__(self) -> None:
        self._routes = Spool()
        self._links = Spool()

    def see(self, facts: Facts, where: Where) -> None:
        """Keep the route of an incursion whose objects may be those of another."""
        if facts.route is not None:
            self._routes.add(facts.id, *facts.route, facts.days)
        for link in facts.links:
            self._links.add(facts.id, link.object, spot(facts, where, link.parts))

    def at_the_end(self) -> Iterator[Notice]:
        """A notice for each object whose ways do not meet."""
        if not len(self._links):
            return
        links = [(name, other.partition("#")[0], at) for name, other, at in self._links]
        wanted = {name for one, other, _ in links for name in (one, other)}
        routes = {name: route for name, *route in self._routes if name in wanted}
        for name, other, at in links:
            if name in routes and other in routes and not _join(routes[name], routes[other]):
                message = f"the way of this object and that in {shown(other)} do not join"
                yield notice("route_does_not_join", message, Spot(*at), other=other)


def _join(one: list[Any], other: list[Any]) -> bool:
    """Whether the object may have gone from one airspace to the other, in the order of days."""
    if _is_before(one[3], other[3]):
        return _leads(one, other)
    if _is_before(other[3], one[3]):
        return _leads(other, one)
    return _leads(one, other) or _leads(other, one)


def _is_before(one: Days, other: Days) -> bool:
    return NO_DAY not in (one[1], other[0]) and one[1] < other[0]


def _leads(first: list[Any], then: list[Any]) -> bool:
    """Whether the exit of the first and the entry of the next are told, and meet.

    They meet if the one names the other's airspace, or both the same one between them.
    """
    (state, _, exits), (next_state, entries, _) = first[:3], then[:3]
    if not exits or not entries:
        return True
    return next_state in exits or state in entries or bool(set(exits) & set(entries))
