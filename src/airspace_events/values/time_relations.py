"""Comparisons of two reported times. A comparison returns true, false or unknown.

A `Window` contains the bounds of a time, their certainty, and the span that the event certainly
fills. An end is uncertain if it is unknown or marked ``?`` or ``~``. An open end is certain and
later than every other end.
"""

from __future__ import annotations

from datetime import UTC, datetime, tzinfo
from typing import NamedTuple

from airspace_events.values.time_spans import Expression
from airspace_events.vocabulary.terms import EndKnowledge

_ALWAYS = datetime.min.replace(tzinfo=UTC)
_FOREVER = datetime.max.replace(tzinfo=UTC)

_Stretch = tuple[datetime, datetime]


class Window(NamedTuple):
    """The bounds of a time in UTC, with their certainty.

    Attributes:
        earliest: the first possible moment of the event.
        latest: the last possible moment of the event.
        begun: the moment by which the event must have begun.
        not_over: the moment before which the event cannot have ended.
        start_is_sure: whether the event certainly did not happen before `earliest`.
        end_is_sure: whether the event certainly did not happen after `latest`.
        filled: the first and last moment of the span that the event certainly fills, or None.
        whole: the first and last moment that are within the time in every possible zone; None
            if the time has gaps.
    """

    earliest: datetime
    latest: datetime
    begun: datetime
    not_over: datetime
    start_is_sure: bool
    end_is_sure: bool
    filled: _Stretch | None
    whole: _Stretch | None


def windows(expression: Expression, zone: tzinfo | None, *, throughout: bool) -> list[Window]:
    """Return a window for each member of a set, or a single window for any other time."""
    no_end: EndKnowledge = "open" if expression.all_members else "unknown"
    return [
        window(
            Expression(first, last, "known" if first else no_end, "known" if last else no_end),
            zone,
            throughout=False,
        )
        for first, last in expression.members
    ] or [window(expression, zone, throughout=throughout)]


def window(expression: Expression, zone: tzinfo | None, *, throughout: bool) -> Window:
    """Return the window of an event that happened throughout a time or at some point in it."""
    start, end = expression.start, expression.end
    earliest = start.earliest(zone) if start else _ALWAYS
    latest = end.latest(zone) if end else _FOREVER
    # In a set, a marked member may turn out to be the first or the last one.
    all_certain = all(
        point.is_certain for first, last in expression.members for point in (first, last) if point
    )
    start_is_sure = all_certain and (start.is_certain if start else expression.start_is == "open")
    end_is_sure = all_certain and (end.is_certain if end else expression.end_is == "open")
    whole = None
    if not (expression.members or any(point.has_gaps for point in expression.parts)):
        whole = (
            start.begun(zone) if start else _ALWAYS,
            end.not_over(zone) if end else _FOREVER,
        )
    begun, not_over, filled = latest, earliest, None
    sure = start_is_sure and end_is_sure
    if sure and earliest == latest:
        filled = (earliest, latest)
    elif sure and expression.members:
        parts = windows(expression, zone, throughout=throughout)
        # If all members are meant, use the first start and the last end. If only one is meant, use
        # the last start and the first end.
        first, last = (min, max) if expression.all_members else (max, min)
        begun = first(part.begun for part in parts)
        not_over = last(part.not_over for part in parts)
    elif sure and throughout and whole and "season" not in expression.precisions:
        if not expression.is_point:
            # An interval may fill only part of the day on which it begins or ends.
            whole_of_it = (
                min(start.latest(zone), latest) if start else _ALWAYS,
                max(end.earliest(zone), earliest) if end else _FOREVER,
            )
        else:
            whole_of_it = whole
        begun, not_over = whole_of_it
        filled = whole_of_it if begun <= not_over else None
    return Window(earliest, latest, begun, not_over, start_is_sure, end_is_sure, filled, whole)


def certainly_before(first: Window, second: Window) -> bool | None:
    """Return whether the first event was certainly over before the second event began."""
    if first.end_is_sure and second.start_is_sure:
        return first.latest < second.earliest
    return False if possibly_before(first, second) is False else None


def possibly_before(first: Window, second: Window) -> bool | None:
    """Return whether the first event may have been over before the second event began."""
    if first.start_is_sure and second.end_is_sure:
        return first.not_over < second.begun
    if first.end_is_sure and second.end_is_sure and first.latest < second.begun:
        return True
    if first.start_is_sure and second.start_is_sure and first.not_over < second.earliest:
        return True
    both = first.end_is_sure and second.start_is_sure and first.latest < second.earliest
    return True if both else None


def overlaps(one: Window, other: Window) -> bool | None:
    """Return whether the two events overlapped in time; None if unknown."""
    if certainly_before(one, other) or certainly_before(other, one):
        return False
    for filling, within in ((one, other), (other, one)):
        sure = within.start_is_sure and within.end_is_sure
        if filling.filled and (
            (sure and _holds(filling.filled, (within.earliest, within.latest)))
            or (within.filled and _meet(filling.filled, within.filled))
        ):
            return True
    return None


def contains(outer: Window, inner: Window) -> bool | None:
    """Return whether the inner time is within the outer time; None if unknown."""
    if certainly_before(outer, inner) or certainly_before(inner, outer):
        return False
    sure = all(each.start_is_sure and each.end_is_sure for each in (outer, inner))
    fits = outer.whole and _holds(outer.whole, (inner.earliest, inner.latest))
    return True if sure and fits else None


def _holds(outer: _Stretch, inner: _Stretch) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1]


def _meet(one: _Stretch, other: _Stretch) -> bool:
    return max(one[0], other[0]) <= min(one[1], other[1])
