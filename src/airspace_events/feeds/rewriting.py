"""Rewrites a record step by step, and keeps account of what it changes.

A record is here the JSON of one, as it is read: of an older version of the schema, it fits no
model. What is changed is told with its place before and after, so that nothing gets lost unseen.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from typing import Any, Final, cast

from airspace_events.diagnostics.problem import Parts
from airspace_events.feeds.locating import pointer

JsonObject = dict[str, Any]


class _Nothing:
    def __repr__(self) -> str:
        return "NOTHING"


NOTHING: Final = _Nothing()
"""Stands for a value that is not there, since null is one."""


@dataclass(frozen=True, slots=True)
class Rewrite:
    """One change of a record.

    Attributes:
        name: what was done, as a stable name such as ``field_renamed``.
        message: the same in a sentence.
        before: where the value was, as the parts of a pointer; None if it is new.
        after: where it is now; None if it was left out.
        old: the value as it was, or `NOTHING`.
        new: the value as it is, or `NOTHING`.
    """

    name: str
    message: str
    before: Parts | None
    after: Parts | None
    old: Any = NOTHING
    new: Any = NOTHING

    @property
    def pointer(self) -> str:
        """RFC 6901 pointer to where the value was or, if it is new, is."""
        return pointer(self.after or () if self.before is None else self.before)


class Rewriting:
    """A copy of a record that is being changed; the record itself stays as it is.

    What does not fit the record is passed over: a record that was never valid is brought to the
    new version as far as that goes, and is then refused with its faults as they were.
    """

    def __init__(self, record: Mapping[str, Any]) -> None:
        self._original = record
        self._record: JsonObject = deepcopy(dict(record))
        self._rewrites: list[Rewrite] = []

    def find(self, *parts: int | str) -> Any:
        """What is there now, or `NOTHING`."""
        return value_at(self._record, parts)

    def rename(self, parts: Parts, to: str, message: str) -> None:
        """Give a field another name, in its place; not if there is a field of that name."""
        *outside, name = parts
        holder, after = self.find(*outside), (*outside, to)
        if not isinstance(holder, dict) or name not in holder or to in holder:
            return
        fields = cast("JsonObject", holder)
        before = parts_before(parts, self._rewrites)
        renamed = {to if key == name else key: value for key, value in fields.items()}
        fields.clear()
        fields.update(renamed)
        self._move(parts, after)
        self._note("field_renamed", message, before, after)

    def put(self, parts: Parts, value: Any, name: str, message: str) -> None:
        """Put a copy of a value where another is, or into an object that has none there."""
        *outside, last = parts
        holder, old = self.find(*outside), self.find(*parts)
        if old is NOTHING and not isinstance(holder, dict):
            return
        before = None if old is NOTHING else parts_before(parts, self._rewrites)
        cast("Any", holder)[last] = deepcopy(value)
        self._move(parts, None)
        self._note(name, message, before, parts)

    def remove(self, parts: Parts, name: str, message: str) -> None:
        """Leave a field out. What it had is told; an item of a list cannot be left out."""
        *outside, last = parts
        holder = self.find(*outside)
        if isinstance(holder, dict) and last in holder:
            before = parts_before(parts, self._rewrites)
            del cast("Any", holder)[last]
            self._move(parts, None)
            self._note(name, message, before, None)

    def done(self) -> tuple[JsonObject, tuple[Rewrite, ...]]:
        """The record as it is now, and what was changed.

        Where an object was put for an object, each part that went or came is told, too.
        """
        told = [self._with_values(one) for one in self._rewrites]
        parts_told: list[Rewrite] = []
        for parts in _missing(self._original, self._record, told):
            change = _nearest(parts, [(one.before, one) for one in told])
            if change is not None:
                parts_told.append(replace(change, before=parts, after=None))
        for parts in _missing(self._record, self._original, _turned(told)):
            change = _nearest(parts, [(one.after, one) for one in told])
            if change is not None:
                parts_told.append(replace(change, before=None, after=parts))
        return self._record, (*told, *map(self._with_values, parts_told))

    def _with_values(self, change: Rewrite) -> Rewrite:
        before, after = change.before, change.after
        return replace(
            change,
            old=NOTHING if before is None else value_at(self._original, before),
            new=NOTHING if after is None else value_at(self._record, after),
        )

    def _move(self, parts: Parts, to: Parts | None) -> None:
        """Let the changes told so far follow what moves, or end with what is no more."""
        for number, one in enumerate(self._rewrites):
            if one.after is not None and one.after[: len(parts)] == parts:
                after = None if to is None else (*to, *one.after[len(parts) :])
                self._rewrites[number] = replace(one, after=after)

    def _note(self, name: str, message: str, before: Parts | None, after: Parts | None) -> None:
        if before is not None or after is not None:
            self._rewrites.append(Rewrite(name, message, before, after))


def parts_before(parts: Parts, rewrites: Iterable[Rewrite]) -> Parts | None:
    """Where a value was before it was rewritten; None if it is new."""
    change = _nearest(parts, [(one.after, one) for one in rewrites])
    if change is None or change.after is None:
        return parts
    return None if change.before is None else (*change.before, *parts[len(change.after) :])


def unaccounted(
    before: Mapping[str, Any], after: Mapping[str, Any], rewrites: Sequence[Rewrite]
) -> list[str]:
    """Pointers to what a rewriting changed, dropped or added without telling it.

    A change tells a single value; of an object or a list that only moved, each part must still
    be there. A change of the whole record tells nothing.
    """
    told = [one for one in rewrites if one.before != () and one.after != ()]
    false = [
        one.pointer
        for one in told
        if not (_tells(one.before, one.old, before) and _tells(one.after, one.new, after))
    ]
    lost = [pointer(parts) for parts in _missing(before, after, told)]
    added = [pointer(parts) for parts in _missing(after, before, _turned(told))]
    return list(dict.fromkeys([*false, *lost, *added]))


def _turned(rewrites: Iterable[Rewrite]) -> list[Rewrite]:
    """The changes that would undo these."""
    return [
        replace(one, before=one.after, after=one.before, old=one.new, new=one.old)
        for one in rewrites
    ]


def _tells(parts: Parts | None, value: Any, record: Mapping[str, Any]) -> bool:
    there = NOTHING if parts is None else value_at(record, parts)
    return there is value is NOTHING or _same(there, value)


def _missing(
    here: Mapping[str, Any], there: Mapping[str, Any], told: Sequence[Rewrite]
) -> Iterator[Parts]:
    for parts, value in _leaves(here):
        change = _nearest(parts, [(one.before, one) for one in told])
        if change is None or change.before is None:
            image = parts
        elif change.after is None or parts == change.before or not _has_moved(change):
            continue
        else:
            image = (*change.after, *parts[len(change.before) :])
        if parts_before(image, told) != parts or not _is_kept(value, value_at(there, image)):
            yield parts


def _is_kept(value: Any, found: Any) -> bool:
    """Whether a value is still there; what an empty one holds now is looked for by itself."""
    if isinstance(value, dict | list) and not value:
        return type(found) is type(cast("Any", value))
    return _same(value, found)


def _has_moved(change: Rewrite) -> bool:
    """Whether a value is still the object or the list that it was, perhaps elsewhere."""
    return _are_alike(change.old, change.new)


def _are_alike(one: Any, other: Any) -> bool:
    """Whether both are objects, or both are lists."""
    return any(isinstance(one, kind) and isinstance(other, kind) for kind in (dict, list))


def _nearest(parts: Parts, changes: list[tuple[Parts | None, Rewrite]]) -> Rewrite | None:
    """The last change of the value, or else of the innermost that holds it."""
    found: tuple[int, Rewrite] | None = None
    for place, change in changes:
        if (
            place is not None
            and parts[: len(place)] == place
            and (found is None or len(place) >= found[0])
        ):
            found = len(place), change
    return found[1] if found else None


def _leaves(record: Any) -> Iterator[tuple[Parts, Any]]:
    """Each value that holds no others, with where it is."""
    todo: list[tuple[Parts, Any]] = [((), record)]
    while todo:
        parts, value = todo.pop()
        if isinstance(value, dict) and value:
            todo += [((*parts, key), item) for key, item in cast("JsonObject", value).items()]
        elif isinstance(value, list) and value:
            todo += [((*parts, n), item) for n, item in enumerate(cast("Sequence[Any]", value))]
        else:
            yield parts, value


def _same(one: Any, other: Any) -> bool:
    """Whether both are the same JSON: 1 is not true, and not 1.0 either."""
    if type(one) is not type(other):
        return False
    if isinstance(one, dict):
        some, others = cast("JsonObject", one), cast("JsonObject", other)
        return some.keys() == others.keys() and all(_same(some[k], others[k]) for k in some)
    if isinstance(one, list):
        items, more = cast("Sequence[Any]", one), cast("Sequence[Any]", other)
        return len(items) == len(more) and all(map(_same, items, more))
    return repr(one) == repr(other)


def value_at(value: Any, parts: Iterable[int | str]) -> Any:
    """What the parts of a pointer lead to, or `NOTHING`."""
    for part in parts:
        if isinstance(value, dict):
            value = cast("Mapping[Any, Any]", value).get(part, NOTHING)
        elif isinstance(value, list) and isinstance(part, int):
            items = cast("Sequence[Any]", value)
            value = items[part] if part < len(items) else NOTHING
        else:
            return NOTHING
    return value
