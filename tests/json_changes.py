"""Changes of JSON values that bring each kind of fault, one at a time."""

from __future__ import annotations

import json
from collections.abc import Iterator
from random import Random
from typing import Any

from damaged_feeds import Parts, everything

#: What a text may end or begin with unseen; languages differ in what they make of each.
UNSEEN = ("\n", "\r\n", " ", "\t", "\u0085", "\u00a0", "\ufeff", "\u2028", "\x1c", "\0")
_OTHER_TYPES: tuple[Any, ...] = (None, True, False, 0, 1, -1, 2.5, "", "x", [], {}, [None], [[]])


_GONE = object()


def changes(value: Any, dice: Random, most: int) -> list[Any]:
    """Changes of every part of a value, each as a value of its own; a choice if they are many."""
    every = list(_changes(value))
    chosen = every if len(every) <= most else dice.sample(every, most)
    return [_changed(value, parts, new) for parts, new in chosen]


def _changes(value: Any) -> Iterator[tuple[Parts, Any]]:
    for parts, old in everything(value):
        for new in _instead_of(old):
            yield parts, new
        if parts:
            yield parts, _GONE
        if isinstance(old, dict):
            yield from (((*parts, name), 1) for name in ("", "x", "type", "id\n"))


def _instead_of(old: Any) -> Iterator[Any]:
    yield from _OTHER_TYPES
    if isinstance(old, str):
        yield from (old + end for end in UNSEEN)
        yield from (start + old for start in UNSEEN)
        yield from (old[:-1], old[1:], old.upper(), old.lower(), old.capitalize(), old + old[-1:])
        yield from (old + "x", "-" + old, old.replace("-", "_"), old.replace("-", "--"), old * 600)
        yield from ("é" + old, old.replace("0", "\u0660"), old.replace("a", "\u0430"))
        yield from (["x"] * 2, {"value": old})
    elif isinstance(old, bool):
        yield from (int(old), str(old))
    elif isinstance(old, int | float):
        yield from (float(old), old + 0.5, -old, old * 1e3, old * 1e9, old * 10**12, str(old))
        yield from (-0.0, 1e-7, 10**9, 10**9 + 1, 1e9, 2**70, [old], bool(old))
    elif isinstance(old, list):
        yield from (
            old + old,
            old[:1],
            old * 3,
            [*old, None],
            [*old, 1],
            [old],
            dict.fromkeys("ab"),
        )
    elif isinstance(old, dict):
        yield from ([old], dict.fromkeys(old), json.dumps(old))


def _changed(value: Any, parts: Parts, new: Any) -> Any:
    if not parts:
        return new
    copy = json.loads(json.dumps(value))
    holder = copy
    for part in parts[:-1]:
        holder = holder[part]
    if new is _GONE:
        del holder[parts[-1]]
    else:
        holder[parts[-1]] = new
    return copy
