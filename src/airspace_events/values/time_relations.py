"""How two reported times lie to each other: yes, no, or that it cannot be known.

What is known of a time is when it can have begun at the earliest and ended at the latest, how
sure these ends are, and which stretch it certainly fills. An end that is unknown, or that is
marked ``?`` or ``~``, is not sure; an open end is: it lies beyond all others.
"""

from __future__ import annotations

from datetime import UTC, datetime, tzinfo
from typing import NamedTuple

from airspace_events.values.time_spans import Expression

_ALWAYS = datetime.min.replace(tzinfo=UTC)
_FOREVER = datetime.max.replace(tzinfo=UTC)


class Window(NamedTuple):
    """What is known of when something was, in UTC.

    Attributes:
        earliest: the first moment at which it can have been.
        latest: the last moment at which it can have been.
        start_is_sure: whether it cannot have been before the earliest.
        end_is_sure: whether it cannot have been after the latest.
        filled: the first and last moment of what it certainly fills, or None.
        whole: the first and last moment that are within it in whatever zone it is meant.
    """

    earliest: datetime
    latest: datetime
    start_is_sure: bool
    end_is_sure: bool
    filled: tuple[datetime, datetime] | None
    whole: tuple[datetime, datetime]


def window(expression: Expression, zone: tzinfo | None, *, throughout: bool) -> Window:
    """The window of an expression, of something that filled it or lay somewhere within it."""
    start, end = expression.start, expression.end
    earliest = start.earliest(zone) if start else _ALWAYS
    latest = end.latest(zone) if end else _FOREVER
    start_is_sure = start.is_certain if start else expression.start_is == "open"
    end_is_sure = end.is_certain if end else expression.end_is == "open"
    whole = (
        start.begun(zone) if start else _ALWAYS,
        end.not_over(zone) if end else _FOREVER,
    )
    filled = None
    if earliest == latest:
        filled = (earliest, latest)
    elif throughout and start_is_sure and end_is_sure and not expression.members:
        # Of an interval's end only a part may be filled: it ends some time that day.
        filled = whole if expression.is_point else (
            start.not_over(zone) if start else _ALWAYS,
            end.begun(zone) if end else _FOREVER,
        )  # fmt: skip
    return Window(earliest, latest, start_is_sure, end_is_sure, filled, whole)


def certainly_before(first: Window, second: Window) -> bool | None:
    """Whether the first was over before the second began, in every case that is possible."""
    if first.end_is_sure and second.start_is_sure:
        return first.latest < second.earliest
    return False if possibly_before(first, second) is False else None


def possibly_before(first: Window, second: Window) -> bool | None:
    """Whether the first was over before the second began, in some case that is possible."""
    # What fills its window is over at the end of it, and begins at the start of it.
    over = first.filled[1] if first.filled else first.earliest
    begins = second.filled[0] if second.filled else second.latest
    if first.start_is_sure and second.end_is_sure:
        return over < begins
    if first.end_is_sure and second.end_is_sure and first.latest < begins:
        return True
    if first.start_is_sure and second.start_is_sure and over < second.earliest:
        return True
    both = first.end_is_sure and second.start_is_sure and first.latest < second.earliest
    return True if both else None


def overlaps(one: Window, other: Window) -> bool | None:
    """Whether there was a moment at which both were."""
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
    """Whether the inner was within what the outer allows."""
    if certainly_before(outer, inner) or certainly_before(inner, outer):
        return False
    windows = (outer, inner)
    sure = all(window.start_is_sure and window.end_is_sure for window in windows)
    return True if sure and _holds(outer.whole, (inner.earliest, inner.latest)) else None


def _holds(outer: tuple[datetime, datetime], inner: tuple[datetime, datetime]) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1]


def _meet(one: tuple[datetime, datetime], other: tuple[datetime, datetime]) -> bool:
    latest_start, earliest_end = max(one[0], other[0]), min(one[1], other[1])
    return latest_start <= earliest_end
