"""Names of fields that claims and assessments use, and the values that those fields can hold."""

from typing import Any

from hypothesis import strategies as st
from pydantic import ValidationError
from pydantic_core import PydanticCustomError

from airspace_events.testing.strategies import annotations
from airspace_events.testing.strategies.annotations import Strategy, ValuesOf
from airspace_events.testing.strategies.plain_values import CLAIMABLE, with_ids
from airspace_events.values.field_names import claimed_field, typed_value


def claimed_values(name: str, values_of: ValuesOf) -> Strategy | None:
    """Return the strategy of the values that a claim can give a field; None if it takes none.

    Args:
        name: the name of the field; for a list, a value is one of its items.
        values_of: gives the strategy of a class of value.
    """
    found = claimed_field(name)
    if found.kind == "item" or found.shape is None or found.holder is None:
        return None
    of_value = annotations.of_items if found.kind == "list" else annotations.of_given_field
    return of_value(found.holder, found.shape.name, values_of)


def names_that_hold(value: Any) -> Strategy:
    """Return the strategy of the names of fields that can hold a value."""
    return st.sampled_from([name for name, _ in CLAIMABLE if _holds(name, value)]).flatmap(
        with_ids
    )


def _holds(name: str, value: Any) -> bool:
    try:
        typed_value((name.replace("*", "a"),), value)
    except (ValidationError, PydanticCustomError):
        return False
    return True
