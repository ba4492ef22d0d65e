"""Compares what two schemas say of the items of a list."""

from collections.abc import Iterator, Mapping
from typing import Any

from airspace_events.schema.comparison.differences import Difference, Inner
from airspace_events.schema.comparison.documents import Schema
from airspace_events.schema.comparison.form_reading import FormReader


def item_changes(
    old_reader: FormReader,
    new_reader: FormReader,
    old: Mapping[str, Any],
    new: Mapping[str, Any],
) -> Iterator[Difference | Inner]:
    """What differs for single items, and the schemas of items that are to be compared.

    Args:
        old_reader: what knows the old definitions.
        new_reader: what knows the new ones.
        old: the limits of the old list.
        new: those of the new one.
    """
    firsts: tuple[list[Schema], list[Schema]] = (
        old.get("prefixItems", []),
        new.get("prefixItems", []),
    )
    rests: tuple[Schema, Schema] = (old.get("items", True), new.get("items", True))
    count = max(map(len, firsts))
    items = [
        (str(number), _item(firsts[0], rests[0], number), _item(firsts[1], rests[1], number))
        for number in range(count)
    ]
    for number, (step, one, other) in enumerate([*items, ("*", *rests)]):
        if all(number < limits.get("maxItems", number + 1) for limits in (old, new)):
            there = [old_reader.forms(one) != (), new_reader.forms(other) != ()]
            if there == [True, True]:
                yield Inner(one, other, (step,))
            elif there[0]:
                message = "must not be there any more"
                yield Difference("length_tightened", message, "narrower", steps=(step,))
            elif there[1]:
                yield Difference("length_loosened", "may be there now", "wider", steps=(step,))


def _item(first: list[Schema], rest: Schema, number: int) -> Schema:
    return first[number] if number < len(first) else rest
