"""Compares what two schemas say of the fields of an object."""

from collections.abc import Iterator, Mapping
from typing import Any

from airspace_events.safe_text import shown
from airspace_events.schema.comparison.differences import Difference, Effect, Inner
from airspace_events.schema.comparison.documents import Schema
from airspace_events.schema.comparison.form_reading import FormReader

Limits = Mapping[str, Any]

UNEVALUATED = frozenset(["unevaluatedProperties", "unevaluatedItems"])
"""Keywords that speak of what all others leave over."""


def field_changes(
    old_reader: FormReader, new_reader: FormReader, old: Limits, new: Limits
) -> Iterator[Difference | Inner]:
    """What differs in the fields, and the schemas of fields that are to be compared.

    Args:
        old_reader: what knows the old definitions.
        new_reader: what knows the new ones.
        old: the limits of the old object.
        new: those of the new one.
    """
    comparison = _Fields(old_reader, new_reader, old, new)
    for name in comparison.names():
        yield from comparison.changes_of(name)
    yield from comparison.other_fields()
    yield from _field_names(old, new)
    yield from _patterns(old, new)
    yield from _dependencies(old, new)


def dependent_schemas(old: Limits, new: Limits) -> Iterator[tuple[Schema, Schema]]:
    """The schemas that hold for the whole object where a field is there, in pairs."""
    was, is_ = (limits.get("dependentSchemas", {}) for limits in (old, new))
    for name in dict.fromkeys([*was, *is_]):
        yield was.get(name, True), is_.get(name, True)


class _Fields:
    """The fields of both objects side by side."""

    def __init__(self, old: FormReader, new: FormReader, before: Limits, after: Limits) -> None:
        self._old, self._new = old, new
        self._fields: list[Mapping[str, Schema]] = [
            limits.get("properties", {}) for limits in (before, after)
        ]
        self._required = [limits.get("required", ()) for limits in (before, after)]
        self._others: list[Schema] = [
            limits.get("additionalProperties", True) for limits in (before, after)
        ]
        # What these say of a field that only one schema names cannot be told here.
        self._is_unclear = any(
            "patternProperties" in limits or UNEVALUATED & limits.keys()
            for limits in (before, after)
        )

    def names(self) -> Iterator[str]:
        """The names that either schema has, those of the old one first."""
        yield from dict.fromkeys(
            [*self._fields[0], *self._fields[1], *self._required[0], *self._required[1]]
        )

    def changes_of(self, name: str) -> Iterator[Difference | Inner]:
        """What differs for one field."""
        was, is_ = (
            fields.get(name, rest) for fields, rest in zip(self._fields, self._others, strict=True)
        )
        may_be = [self._old.forms(was) != (), self._new.forms(is_) != ()]
        named = [name in fields for fields in self._fields]
        needed = [name in required for required in self._required]
        had, has = (there and known for there, known in zip(may_be, named, strict=True))
        if has and not had:
            yield self._added(name, is_, needed, is_open=may_be[0])
        elif had and not has:
            yield self._removed(name, was, needed, is_open=may_be[1])
        else:
            if had or may_be[0] != may_be[1]:
                yield Inner(was, is_, (name,))
            if needed == [False, True]:
                message = "is now required"
                yield Difference("field_required", message, "narrower", steps=(name,))
            elif needed == [True, False]:
                message = "is no longer required"
                yield Difference("field_optional", message, "wider", steps=(name,))

    def _added(self, name: str, new: Schema, needed: list[bool], *, is_open: bool) -> Difference:
        if needed == [False, True]:
            return Difference("field_added", "is new, and required", "both", steps=(name,))
        # Old documents may have had a field of this name, with anything in it.
        may_narrow = self._is_unclear or (is_open and not self._new.is_anything(new))
        effect: Effect = "maybe_both" if may_narrow else "wider"
        return Difference("field_added", "is new", effect, steps=(name,))

    def _removed(self, name: str, old: Schema, needed: list[bool], *, is_open: bool) -> Difference:
        effect: Effect = "both" if needed[0] else "narrower"
        # New documents may have a field of this name, with anything in it.
        if self._is_unclear or (is_open and (needed[0] or not self._old.is_anything(old))):
            effect = "maybe_both"
        return Difference("field_removed", "is gone", effect, steps=(name,))

    def other_fields(self) -> Iterator[Difference | Inner]:
        """What differs for fields that no schema names."""
        was, is_ = self._others
        may_be = [self._old.forms(was) != (), self._new.forms(is_) != ()]
        if may_be == [False, True]:
            yield Difference("other_fields", "may have fields of other names now", "wider")
        elif may_be == [True, False]:
            message = "must not have fields of other names any more"
            yield Difference("other_fields", message, "narrower")
        elif may_be == [True, True]:
            yield Inner(was, is_, ("*",))


def _field_names(old: Limits, new: Limits) -> Iterator[Inner]:
    was, is_ = (limits.get("propertyNames", True) for limits in (old, new))
    if was is not True or is_ is not True:
        # A name is a text, whatever else its schema lets through.
        yield Inner(
            {"type": "string", "allOf": [was]}, {"type": "string", "allOf": [is_]}, ("(name)",)
        )


def _patterns(old: Limits, new: Limits) -> Iterator[Difference | Inner]:
    was, is_ = (limits.get("patternProperties", {}) for limits in (old, new))
    if was.keys() != is_.keys():
        message = "has other patterns for the names of fields now"
        yield Difference("other_fields", message, "maybe_both", sorted(was), sorted(is_))
    for pattern in was:
        if pattern in is_:
            yield Inner(was[pattern], is_[pattern], (f"({pattern})",))


def _dependencies(old: Limits, new: Limits) -> Iterator[Difference]:
    was, is_ = (limits.get("dependentRequired", {}) for limits in (old, new))
    for name in dict.fromkeys([*was, *is_]):
        before, after = set(was.get(name, ())), set(is_.get(name, ()))
        for other in sorted(after - before):
            message = f"is now required beside {shown(name)}"
            yield Difference("field_required", message, "narrower", steps=(other,))
        for other in sorted(before - after):
            message = f"is no longer required beside {shown(name)}"
            yield Difference("field_optional", message, "wider", steps=(other,))
