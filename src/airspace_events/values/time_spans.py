"""The time spans of dates, intervals and sets of dates, in any time zone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone, tzinfo
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from airspace_events.vocabulary.terms import EndKnowledge, TimePrecision

# The time zones in which a calendar day begins first and ends last.
EASTERNMOST = timezone(timedelta(hours=14))
WESTERNMOST = timezone(timedelta(hours=-12))
_TICK = timedelta(microseconds=1)

# From coarse to fine. An interval has the precision of its coarser end.
PRECISIONS: tuple[TimePrecision, ...] = (
    "century", "decade", "year", "half_year", "quadrimester", "season", "quarter", "month", "day",
    "instant",
)  # fmt: skip


class Point(NamedTuple):
    """A single date or instant, represented as a span of time.

    Attributes:
        first: the start: a naive local time for a date, an aware one for an instant.
        after: the first moment after the date; for an instant, the instant itself.
        precision: the precision of the date or instant.
        uncertain: whether any part is marked as uncertain with ``?`` or ``%``.
        approximate: whether any part is marked as approximate with ``~`` or ``%``.
        has_gaps: whether some days between the first and the last day do not belong to the date.
    """

    first: datetime
    after: datetime
    precision: TimePrecision
    uncertain: bool = False
    approximate: bool = False
    has_gaps: bool = False

    @property
    def is_certain(self) -> bool:
        """Return whether no part is marked as uncertain or approximate."""
        return not (self.uncertain or self.approximate)

    def earliest(self, zone: tzinfo | None) -> datetime:
        """Return the first moment of the span, in UTC.

        Without a zone, the span begins in the easternmost zone on Earth.
        """
        if self.precision == "instant":
            return self.first.astimezone(UTC)
        return self.first.replace(tzinfo=zone or EASTERNMOST).astimezone(UTC)

    def latest(self, zone: tzinfo | None) -> datetime:
        """Return the last microsecond of the span, in UTC.

        Without a zone, the span ends in the westernmost zone on Earth.
        """
        if self.precision == "instant":
            return self.after.astimezone(UTC)
        midnight = self.after.replace(tzinfo=zone or WESTERNMOST)
        last = midnight.astimezone(UTC) - _TICK
        # If clocks go back across midnight, the day before ends a second time.
        again = midnight.replace(fold=1).astimezone(UTC) - _TICK
        if again > last and again.astimezone(zone).replace(tzinfo=None) < self.after:
            last = again
        # A day that a zone skipped has no length: it ends when it begins.
        return max(last, self.earliest(zone))

    def begun(self, zone: tzinfo | None) -> datetime:
        """Return the moment (UTC) by which the date has begun in every possible zone."""
        return self.earliest(zone or WESTERNMOST)

    def not_over(self, zone: tzinfo | None) -> datetime:
        """Return the last moment (UTC) before the date ends in the first of the possible zones."""
        return self.latest(zone or EASTERNMOST)


class Expression(NamedTuple):
    """A parsed time expression.

    Attributes:
        start: the start; None if it is open or unknown.
        end: the end; None if it is open or unknown. For a single date or instant, the end is the
            same object as the start.
        start_is: whether the start is known, open or unknown.
        end_is: whether the end is known, open or unknown.
        members: the dates of a set as pairs of first and last date; None means no bound.
        all_members: whether the set means all of its members, not only one of them.
    """

    start: Point | None
    end: Point | None
    start_is: EndKnowledge = "known"
    end_is: EndKnowledge = "known"
    members: tuple[tuple[Point | None, Point | None], ...] = ()
    all_members: bool = False

    @property
    def is_point(self) -> bool:
        """Return whether the expression is a single date or instant."""
        return self.start is not None and self.start is self.end and not self.members

    @property
    def parts(self) -> list[Point]:
        """All dates and instants in the expression."""
        parts = [*(part for pair in self.members for part in pair), self.start, self.end]
        return [point for point in parts if point]

    @property
    def precisions(self) -> set[TimePrecision]:
        """The precision of each part."""
        return {point.precision for point in self.parts}

    @property
    def precision(self) -> TimePrecision | None:
        """The precision of the coarsest part, or None if the expression has no parts."""
        found = self.precisions
        return next((precision for precision in PRECISIONS if precision in found), None)

    def earliest(self, zone: tzinfo | None) -> datetime | None:
        """Return the earliest instant that the expression allows, in UTC; None without a start."""
        return self.start.earliest(zone) if self.start else None

    def latest(self, zone: tzinfo | None) -> datetime | None:
        """Return the latest instant that the expression allows, in UTC; None without an end."""
        return self.end.latest(zone) if self.end else None


def certainly_after(start: Point, end: Point) -> bool:
    """Return whether one point begins after another point has ended, in every time zone."""
    if start.precision == end.precision == "instant":
        return start.first > end.after
    if start.precision == "instant" or end.precision == "instant":
        return start.earliest(None) > end.latest(None)
    return start.first >= end.after
