"""Compares the limits of two forms of one kind: bounds, lengths, patterns and the like."""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from math import ceil, floor
from typing import Any, Literal

from airspace_events.safe_text import shown
from airspace_events.schema.comparison.changes import ChangeKind
from airspace_events.schema.comparison.differences import Difference, Effect

Limits = Mapping[str, Any]


def limit_changes(kind: str, old: Limits, new: Limits) -> Iterator[Difference]:
    """The limits that differ; those of the fields and the items of a value are not looked at."""
    if kind == "number":
        yield from _whole(old, new)
        yield from _bounds(old, new)
        yield from _multiple(old, new)
    for least, most, what in _SIZES:
        yield from _size(least, old, new, what)
        yield from _size(most, old, new, what)
    for name in ("pattern", "format"):
        yield from _text(name, old, new)
    if old.get("uniqueItems", False) != new.get("uniqueItems", False):
        unique = bool(new.get("uniqueItems"))
        message = "must not repeat an item now" if unique else "may repeat an item now"
        effect: Effect = "narrower" if unique else "wider"
        yield Difference("uniqueness", message, effect, not unique, unique)


_SIZES = (
    ("minLength", "maxLength", "characters"),
    ("minItems", "maxItems", "items"),
    ("minProperties", "maxProperties", "fields"),
)


def _whole(old: Limits, new: Limits) -> Iterator[Difference]:
    was, is_ = bool(old.get("integer")), bool(new.get("integer"))
    if was and not is_:
        yield Difference("type_added", "may be a fraction now", "wider", "integer", "number")
    elif is_ and not was:
        message = "must be a whole number now"
        yield Difference("type_removed", message, "narrower", "number", "integer")


def _bounds(old: Limits, new: Limits) -> Iterator[Difference]:
    for side, word in ((1, "at least"), (-1, "at most")):
        was, is_ = _bound(old, side), _bound(new, side)
        if was == is_:
            continue
        tighter = was is None or (is_ is not None and _is_inside(is_, was, side))
        effect: Effect = "narrower" if tighter else "wider"
        kind: ChangeKind = "bound_tightened" if tighter else "bound_loosened"
        yield Difference(kind, _sentence(word, was, is_), effect, _told(was), _told(is_))


Bound = tuple[Fraction, bool]
"""A bound, and whether it is itself excluded."""


def _bound(limits: Limits, side: int) -> Bound | None:
    closed, opened = ("minimum", "exclusiveMinimum")
    if side < 0:
        closed, opened = ("maximum", "exclusiveMaximum")
    found: list[Bound] = []
    if closed in limits:
        found.append((_exact(limits[closed]), False))
    if opened in limits:
        found.append((_exact(limits[opened]), True))
    if not found:
        return None
    number, excluded = max(found, key=lambda bound: (side * bound[0], bound[1]))
    if limits.get("integer"):
        whole = ceil(number) if side > 0 else floor(number)
        return Fraction(whole + side * (excluded and whole == number)), False
    return number, excluded


def _exact(number: float) -> Fraction:
    return Fraction(str(number))


def _is_inside(one: Bound, other: Bound, side: int) -> bool:
    return (side * one[0], one[1]) > (side * other[0], other[1])


def _sentence(word: str, was: Bound | None, is_: Bound | None) -> str:
    if is_ is None:
        return f"need not be {word} {_shown(was)} any more"
    before = f", not {_shown(was)}" if was else ""
    return f"must be {word} {_shown(is_)} now{before}"


def _told(bound: Bound | None) -> int | float | None:
    if bound is None:
        return None
    number = bound[0]
    return int(number) if number.denominator == 1 else float(number)


def _shown(bound: Bound | None) -> str:
    if bound is None:
        return ""
    return f"{_told(bound)}{' (itself excluded)' if bound[1] else ''}"


def _multiple(old: Limits, new: Limits) -> Iterator[Difference]:
    was, is_ = old.get("multipleOf"), new.get("multipleOf")
    if was == is_:
        return
    effect: Effect
    if is_ is None:
        message, effect = f"need not be a multiple of {shown(was)} any more", "wider"
    elif was is None:
        message, effect = f"must be a multiple of {shown(is_)} now", "narrower"
    else:
        message = f"must be a multiple of {shown(is_)} now, not {shown(was)}"
        is_finer = _exact(was) % _exact(is_) == 0
        is_coarser = _exact(is_) % _exact(was) == 0
        effect = "wider" if is_finer else "narrower" if is_coarser else "both"
    yield Difference("multiple", message, effect, was, is_)


def _size(name: str, old: Limits, new: Limits, what: str) -> Iterator[Difference]:
    is_least = name.startswith("min")
    was, is_ = old.get(name), new.get(name)
    nothing = 0 if is_least else None
    if (nothing if was is None else was) == (nothing if is_ is None else is_):
        return
    word = "at least" if is_least else "at most"
    if is_ is None:
        tighter, message = False, f"need not have {word} {was} {what} any more"
    else:
        before = "" if was is None else f", not {was}"
        tighter = was is None or (is_ > was) == is_least
        message = f"must have {word} {is_} {what} now{before}"
    kind: ChangeKind = "length_tightened" if tighter else "length_loosened"
    yield Difference(kind, message, "narrower" if tighter else "wider", was, is_)


def _text(name: Literal["pattern", "format"], old: Limits, new: Limits) -> Iterator[Difference]:
    was, is_ = old.get(name), new.get(name)
    if was == is_:
        return
    effect: Effect
    if is_ is None:
        message, effect = f"has no {name} any more; it was {shown(was)}", "wider"
    elif was is None:
        message, effect = f"has a {name} now: {shown(is_)}", "narrower"
    else:
        message, effect = f"has another {name} now: {shown(is_)}, not {shown(was)}", "maybe_both"
    yield Difference(name, message, effect, was, is_)
