"""What cannot have been when it is said to have been, by the dates of other records."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import NamedTuple

from airspace_events.reference.reserved import RESERVED_ALLIANCES
from airspace_events.safe_text import shown
from airspace_events.validation.cross_record.spot import Spot, notice, spot
from airspace_events.validation.facts import NO_DAYS, Days, Facts
from airspace_events.validation.id_table import NO_DAY, SEEN, IdTable
from airspace_events.validation.notices import Notice
from airspace_events.validation.references import Where
from airspace_events.validation.spool import Spool

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
                yield notice(code, message, spot(facts, where, (part,)), **context)
        elif any(day != NO_DAY for day in (*facts.days, facts.recorded)):
            parts = [_TIME_FIELDS.get(facts.kind, ""), "recorded_at"]
            spots = [spot(facts, where, (part,) if part else ()) for part in parts]
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
            at = spot(facts, where, ("state",))
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
