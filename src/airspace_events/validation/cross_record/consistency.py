"""Records that contradict each other: by their dates, their routes, or earlier revisions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise
from types import MappingProxyType
from typing import Any, NamedTuple

from airspace_events.feeds.id_table import IS_REVISED, KIND_NUMBERS, KINDS, NO_DAY, SEEN, IdTable
from airspace_events.feeds.spool import NumberSpool, Spool
from airspace_events.reference.reserved import RESERVED_ALLIANCES
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
    """The dates of a record, and those whose dates they must fit."""

    kind: str
    days: Days
    recorded: int
    sources: Sequence[str]
    about: Sequence[str]
    speakers: Sequence[str]


class DatesAcross:
    """Compares the dates of records with those of their sources, subjects and speakers.

    Days were widened by what time zones may do, so that what is told is certain.
    """

    def __init__(self, table: IdTable) -> None:
        self._table = table
        self._put_aside = Spool()
        self._states: dict[str, Days] = {}

    def see(self, facts: Facts, where: Where) -> Iterator[Notice]:
        """Compare at once if all that is named is known, and put aside if not."""
        if facts.kind == "state":
            self._states.update((code, facts.days) for code, _ in facts.defines)
        elif facts.state in self._states:
            yield from self._state_problems(facts, where)
        if facts.kind not in _TIME_FIELDS and facts.recorded == NO_DAY:
            return
        dated = _Dated(
            facts.kind, facts.days, facts.recorded, facts.sources, facts.about, facts.speakers
        )
        names = (*facts.sources, *facts.about, *facts.speakers)
        if all(map(self._is_settled, names)):
            for code, message, part, context in self._problems(dated):
                yield notice(code, message, where.spot(facts.id, (part,)), **context)
        elif any(day != NO_DAY for day in (*facts.days, facts.recorded)):
            parts = [_TIME_FIELDS.get(facts.kind, ""), "recorded_at"]
            spots = [where.spot(facts.id, (part,) if part else ()) for part in parts]
            self._put_aside.add(dated, spots)

    def at_the_end(self) -> Iterator[Notice]:
        """Compare what was put aside."""
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
            message = f"{facts.state} did not exist on that day, by its record in this feed"
            at = where.spot(facts.id, ("state",))
            yield notice("state_not_in_force", message, at, state=facts.state)

    def _is_settled(self, name: str) -> bool:
        """Whether what is known of a name will not change: it was read, or is built in."""
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
                message = f"every source cited was published before this, by {published}"
                yield "sources_before_event", message, time, {"published": published}
        if dated.kind == "statement" and ended != NO_DAY:
            yield from self._statement_problems(dated, ended)
        recorded = dated.recorded
        if recorded != NO_DAY:
            for source in dated.sources:
                since = self._days(source, _SOURCES)[0]
                if since != NO_DAY and recorded < since:
                    message = f"this was recorded before its source {shown(source)} was published"
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
                held = "not yet held a post" if too_early else "left every post"
                message = f"{shown(speaker)} had {held} that the feed knows, on that day"
                yield "post_not_held", message, "made", {"speaker": speaker}

    def _days(self, name: str, kinds: frozenset[str]) -> Days:
        """The days of a record of some kinds; none for what is of another."""
        row = self._table.find(name)
        if row is None or self._table.kind_of(row) not in kinds:
            return NO_DAYS
        return self._table.first[row], self._table.last[row]


def _day(ordinal: int) -> str:
    return date.fromordinal(ordinal).isoformat()


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
            self._links.add(facts.id, link.object, where.spot(facts.id, link.parts))

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


# Revisions are compared in so many parts, so that few are in memory at a time.
_PARTS = 16
_NUMBERS = len(("row", "kind", "revision", "given"))


class Revisions:
    """Compares the revisions of each record, in whatever order they come."""

    def __init__(self, table: IdTable) -> None:
        self._table = table
        self._given = [NumberSpool() for _ in range(_PARTS)]
        self._spots = [Spool() for _ in range(_PARTS)]

    def see(self, facts: Facts, row: int, where: Where) -> None:
        """Take in which fields a revision gives; one that is taken back needs none."""
        if facts.is_retracted:
            return
        kind = KIND_NUMBERS[facts.kind]
        self._given[row % _PARTS].add(row, kind, facts.revision, facts.given)
        if facts.revision > 1:
            self._spots[row % _PARTS].add(row, kind, facts.revision, where.spot(facts.id, ("id",)))

    def at_the_end(self) -> Iterator[Notice]:
        """A notice for each revision that has lost something."""
        for given, spots in zip(self._given, self._spots, strict=True):
            lost = self._lost(given)
            for row, kind, revision, at in spots:
                if bits := lost.get((row, kind, revision)):
                    fields = [name for name, bit in FIELD_BITS[KINDS[kind]].items() if bits & bit]
                    message = f"this revision has no {', '.join(fields)}, which the one before"
                    message += " it had"
                    yield notice("revision_drops_facts", message, Spot(*at), lost=fields)

    def _lost(self, given: NumberSpool) -> dict[tuple[int, int, int], int]:
        """What the revisions have lost, as bits, by row, kind and revision."""
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
