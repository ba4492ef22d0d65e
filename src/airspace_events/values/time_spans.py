"""Spans of time: what a date, an interval or a set of dates covers, in whatever time zone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone, tzinfo
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from airspace_events.vocabulary.times import EndKnowledge, TimePrecision

# The first and the last places on Earth to have a calendar day.
_EASTERNMOST = timezone(timedelta(hours=14))
_WESTERNMOST = timezone(timedelta(hours=-12))
_TICK = timedelta(microseconds=1)

# From coarse to fine: an interval is as precise as its coarser end.
PRECISIONS: tuple[TimePrecision, ...] = (
    "century", "decade", "year", "half_year", "quadrimester", "season", "quarter", "month", "day",
    "instant",
)  # fmt: skip


class Point(NamedTuple):
    """One date or instant, as a span of time.

    Attributes:
        first: where it begins: local without a zone for a date, aware for an instant.
        after: where it has ended: the first moment after a date, the instant itself.
        precision: how fine it is.
        uncertain: some part is marked ``?`` or ``%``: the source, or we, are not sure of it.
        approximate: some part is marked ``~`` or ``%``: it is near, not exact.
        has_gaps: not every day between its first and its last is meant.
    """

    first: datetime
    after: datetime
    precision: TimePrecision
    uncertain: bool = False
    approximate: bool = False
    has_gaps: bool = False

    @property
    def is_certain(self) -> bool:
        """Whether nothing in it is marked."""
        return not (self.uncertain or self.approximate)

    def earliest(self, zone: tzinfo | None) -> datetime:
        """The first moment in UTC; for a date without a zone, anywhere on Earth."""
        if self.precision == "instant":
            return self.first.astimezone(UTC)
        return self.first.replace(tzinfo=zone or _EASTERNMOST).astimezone(UTC)

    def latest(self, zone: tzinfo | None) -> datetime:
        """The last moment in UTC, to the microsecond; without a zone, anywhere on Earth."""
        if self.precision == "instant":
            return self.after.astimezone(UTC)
        midnight = self.after.replace(tzinfo=zone or _WESTERNMOST)
        last = midnight.astimezone(UTC) - _TICK
        # Where clocks go back over midnight into the day before, it ends a second time.
        again = midnight.replace(fold=1).astimezone(UTC) - _TICK
        if again > last and again.astimezone(zone).replace(tzinfo=None) < self.after:
            last = again
        # A day that a zone left out has no length, and ends where it begins.
        return max(last, self.earliest(zone))

    def begun(self, zone: tzinfo | None) -> datetime:
        """The first moment by which it has begun wherever it is meant, in UTC."""
        return self.earliest(zone or _WESTERNMOST)

    def not_over(self, zone: tzinfo | None) -> datetime:
        """The last moment at which it still lasts wherever it is meant, in UTC."""
        return self.latest(zone or _EASTERNMOST)


class Expression(NamedTuple):
    """A time expression that was read.

    Attributes:
        start: where it begins, or None where the start is open or unknown.
        end: where it ends, or None likewise. A single date or instant is both.
        start_is: whether the start is known, open or unknown.
        end_is: whether the end is known, open or unknown.
        members: the dates of a set; a pair is a range, in which None is no bound.
        all_members: whether all members of a set are meant, or one of them.
    """

    start: Point | None
    end: Point | None
    start_is: EndKnowledge = "known"
    end_is: EndKnowledge = "known"
    members: tuple[tuple[Point | None, Point | None], ...] = ()
    all_members: bool = False

    @property
    def is_point(self) -> bool:
        """Whether it is a single date or instant."""
        return self.start is not None and self.start is self.end and not self.members

    @property
    def parts(self) -> list[Point]:
        """All dates and instants in it."""
        parts = [*(part for pair in self.members for part in pair), self.start, self.end]
        return [point for point in parts if point]

    @property
    def precisions(self) -> set[TimePrecision]:
        """How fine its parts are."""
        return {point.precision for point in self.parts}

    @property
    def precision(self) -> TimePrecision | None:
        """How fine it is: the coarsest of its parts, or None where it has none."""
        found = self.precisions
        return next((precision for precision in PRECISIONS if precision in found), None)

    def earliest(self, zone: tzinfo | None) -> datetime | None:
        """The earliest instant that the expression allows, in UTC."""
        return self.start.earliest(zone) if self.start else None

    def latest(self, zone: tzinfo | None) -> datetime | None:
        """The latest instant that the expression allows, in UTC."""
        return self.end.latest(zone) if self.end else None


def certainly_after(start: Point, end: Point) -> bool:
    """Whether one point begins after another has ended, in whatever time zone."""
    if start.precision == end.precision == "instant":
        return start.first > end.after
    if start.precision == "instant" or end.precision == "instant":
        return start.earliest(None) > end.latest(None)
    return start.first >= end.after
