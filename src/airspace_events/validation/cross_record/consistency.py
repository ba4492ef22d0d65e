"""Checks for contradictions between the dates, the routes or the revisions of records."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise
from types import MappingProxyType
from typing import Any, NamedTuple

from airspace_events.feeds.id_table import IS_REVISED, KIND_NUMBERS, KINDS, NO_DAY, SEEN, IdTable
from airspace_events.feeds.spool import NumberSpool, Spool
from airspace_events.reference.tables import RESERVED_ALLIANCES
from airspace_events.safe_text import shown
from airspace_events.validation.facts import FIELD_BITS, NO_DAYS, Days, Facts
from airspace_events.validation.notices import Notice, Spot, Where, notice

_TIME_FIELDS: Mapping[str, str] = MappingProxyType(
    {"incursion": "time", "finding": "found", "statement": "made"}
)
_SOURCES = frozenset({"source"})
_EVENTS = frozenset({"incursion", "series", "finding", "statement"})
_PEOPLE = frozenset({"official"})


class _Dated(NamedTuple):
    """The dates of a record, and the ids of records whose dates must be consistent with them."""

    kind: str
    days: Days
    recorded: int
    sources: Sequence[str]
    about: Sequence[str]
    speakers: Sequence[str]


class DatesAcross:
    """A check that compares the dates of records with the dates of sources, subjects and speakers.

    The check allows an extra day for unknown time zones, so every reported problem is certain.
    """

    def __init__(self, table: IdTable) -> None:
        self._table = table
        self._put_aside = Spool()
        self._states: dict[str, Days] = {}

    def see(self, facts: Facts, where: Where) -> Iterable[Notice]:
        """Compare a record immediately if all referenced records were read; otherwise store it."""
        found: list[Notice] = []
        if facts.kind == "state":
            self._states.update((code, facts.days) for code, _ in facts.defines)
        elif facts.state in self._states:
            found += self._state_problems(facts, where)
        time = _TIME_FIELDS.get(facts.kind, "")
        if (facts.days == NO_DAYS or not time) and facts.recorded == NO_DAY:
            return found
        dated = _Dated(
            facts.kind, facts.days, facts.recorded, facts.sources, facts.about, facts.speakers
        )
        if all(map(self._is_settled, (*facts.sources, *facts.about, *facts.speakers))):
            found += [
                notice(code, message, where.spot(facts.id, (part,)), **context)
                for code, message, part, context in self._problems(dated)
            ]
        else:
            parts = [(time,) if time else (), ("recorded_at",)]
            self._put_aside.add(dated, [where.spot(facts.id, part) for part in parts])
        return found

    def at_the_end(self) -> Iterator[Notice]:
        """Compare the stored records."""
        for held, spots in self._put_aside:
            for code, message, part, context in self._problems(_Dated(*held)):
                at = spots[part == "recorded_at"]
                yield notice(code, message, Spot(*at), **context)

    def _state_problems(self, facts: Facts, where: Where) -> Iterator[Notice]:
        since, until = self._states[facts.state]
        begins, ended = facts.days
        too_early = NO_DAY != ended < since
        too_late = NO_DAY not in (until, begins) and begins > until
        if too_early or too_late:
            message = (
                f"{facts.state} did not exist on the day of the event, according to its record "
                "in the feed"
            )
            at = where.spot(facts.id, ("state",))
            yield notice("state_not_in_force", message, at, state=facts.state)

    def _is_settled(self, name: str) -> bool:
        """Return whether the dates of a record are final: the record was read or is built in."""
        if name[0].isupper() or name in RESERVED_ALLIANCES:
            return True
        row = self._table.find(name)
        return row is not None and bool(self._table.flags[row] & SEEN)

    def _problems(self, dated: _Dated) -> Iterator[tuple[str, str, str, dict[str, str]]]:
        time = _TIME_FIELDS.get(dated.kind, "")
        begins, ended = dated.days
        if time and begins != NO_DAY and dated.sources:
            lasts = [self._days(source, _SOURCES)[1] for source in dated.sources]
            if NO_DAY not in lasts and max(lasts) < begins:
                published = _day(max(lasts))
                message = f"all cited sources were published by {published}, before the event"
                yield "sources_before_event", message, time, {"published": published}
        if dated.kind == "statement" and ended != NO_DAY:
            yield from self._statement_problems(dated, ended)
        recorded = dated.recorded
        if recorded != NO_DAY:
            for source in dated.sources:
                since = self._days(source, _SOURCES)[0]
                if since != NO_DAY and recorded < since:
                    message = f"`recorded_at` is before the publication of source {shown(source)}"
                    context = {"source": source, "published": _day(since)}
                    yield "recorded_before_source", message, "recorded_at", context
                    break

    def _statement_problems(
        self, dated: _Dated, ended: int
    ) -> Iterator[tuple[str, str, str, dict[str, str]]]:
        for subject in dated.about:
            begins = self._days(subject, _EVENTS)[0]
            if begins != NO_DAY and ended < begins:
                message = f"the statement was made before {shown(subject)} could have happened"
                context = {"about": subject, "earliest": _day(begins)}
                yield "stated_before_event", message, "made", context
        for speaker in dated.speakers:
            since, until = self._days(speaker, _PEOPLE)
            too_early = since != NO_DAY and ended < since
            too_late = until != NO_DAY and NO_DAY != dated.days[0] > until
            if too_early or too_late:
                held = (
                    "did not yet hold any recorded post"
                    if too_early
                    else "had left all recorded posts"
                )
                message = f"{shown(speaker)} {held} when the statement was made"
                yield "post_not_held", message, "made", {"speaker": speaker}

    def _days(self, name: str, kinds: frozenset[str]) -> Days:
        row = self._table.find(name)
        if row is None or self._table.kind_of(row) not in kinds:
            return NO_DAYS
        return self._table.first[row], self._table.last[row]


def _day(ordinal: int) -> str:
    return date.fromordinal(ordinal).isoformat()


class Routes:
    """A check that the routes of an object connect if the object appears in several incursions."""

    def __init__(self) -> None:
        self._routes = Spool()
        self._links = Spool()

    def see(self, facts: Facts, where: Where) -> None:
        """Store the route of an incursion whose objects may appear in another incursion."""
        if facts.route is not None:
            self._routes.add(facts.id, *facts.route, facts.days)
        for link in facts.links:
            self._links.add(facts.id, link.object, where.spot(facts.id, link.parts))

    def at_the_end(self) -> Iterator[Notice]:
        """Yield a notice for each object whose routes do not connect."""
        if not len(self._links):
            return
        links = [(name, other.partition("#")[0], at) for name, other, at in self._links]
        wanted = {name for one, other, _ in links for name in (one, other)}
        routes = {name: route for name, *route in self._routes if name in wanted}
        for name, other, at in links:
            if name in routes and other in routes and not _join(routes[name], routes[other]):
                message = (
                    f"the route of this object does not connect to its route in {shown(other)}"
                )
                yield notice("route_does_not_join", message, Spot(*at), other=other)


def _join(one: list[Any], other: list[Any]) -> bool:
    """Return whether an object can have flown from one incursion to the other."""
    if _is_before(one[3], other[3]):
        return _leads(one, other)
    if _is_before(other[3], one[3]):
        return _leads(other, one)
    return _leads(one, other) or _leads(other, one)


def _is_before(one: Days, other: Days) -> bool:
    return NO_DAY not in (one[1], other[0]) and one[1] < other[0]


def _leads(first: list[Any], then: list[Any]) -> bool:
    """Return whether the exit of the first incursion can lead to the entry of the next.

    This is possible if the exit or the entry is unknown, if one of them is the airspace of the
    other incursion, or if both are the same airspace.
    """
    (state, _, exits), (next_state, entries, _) = first[:3], then[:3]
    if not exits or not entries:
        return True
    return next_state in exits or state in entries or bool(set(exits) & set(entries))


# The number of parts in which revisions are compared, so that few are in memory at a time.
_PARTS = 16
_NUMBERS = len(("row", "kind", "revision", "given"))


class Revisions:
    """A check that compares the revisions of each record, which may be in any order."""

    def __init__(self, table: IdTable) -> None:
        self._table = table
        self._given = [NumberSpool() for _ in range(_PARTS)]
        self._spots = [Spool() for _ in range(_PARTS)]

    def see(self, facts: Facts, row: int, where: Where) -> None:
        """Store the fields of a revision, unless the record is retracted."""
        if facts.is_retracted:
            return
        kind = KIND_NUMBERS[facts.kind]
        self._given[row % _PARTS].add(row, kind, facts.revision, facts.given)
        if facts.revision > 1:
            self._spots[row % _PARTS].add(row, kind, facts.revision, where.spot(facts.id, ("id",)))

    def at_the_end(self) -> Iterator[Notice]:
        """Yield a notice for each revision that lacks a field of the previous revision."""
        for given, spots in zip(self._given, self._spots, strict=True):
            if not len(spots):
                continue
            lost = self._lost(given)
            for row, kind, revision, at in spots:
                if bits := lost.get((row, kind, revision)):
                    fields = [name for name, bit in FIELD_BITS[KINDS[kind]].items() if bits & bit]
                    named = ", ".join(f"`{name}`" for name in fields)
                    message = f"this revision lacks {named}, which the previous revision had"
                    yield notice("revision_drops_facts", message, Spot(*at), lost=fields)

    def _lost(self, given: NumberSpool) -> dict[tuple[int, int, int], int]:
        """Return the bits of the lost fields by row, record type and revision number."""
        revisions: dict[tuple[int, int], dict[int, int]] = {}
        for chunk in given.chunks(_NUMBERS):
            for at in range(0, len(chunk), _NUMBERS):
                row, kind, revision, bits = chunk[at : at + _NUMBERS]
                if self._table.flags[row] & IS_REVISED:
                    revisions.setdefault((row, kind), {})[revision] = bits
        return {
            (*key, revision): given_before & ~given_then
            for key, of_record in revisions.items()
            for (_, given_before), (revision, given_then) in pairwise(sorted(of_record.items()))
        }
