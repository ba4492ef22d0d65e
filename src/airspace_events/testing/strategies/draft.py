"""The fields of a value that is being made, which ties mend before it is made."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st

from airspace_events.testing.strategies.annotations import ValuesOf, of_given_field
from airspace_events.values.base import Value

_ONE_IN = 8


@dataclass(frozen=True, slots=True)
class Draft:
    """The fields of a value that is being made.

    Attributes:
        model: its class.
        draw: draws from a strategy.
        fields: what was drawn so far; ties change it.
        strategies: the strategy of each field.
        fixed: the fields that somebody fixed.
        values_of: gives the strategy of a class of value.
    """

    model: type[Value]
    draw: st.DrawFn
    fields: dict[str, Any]
    strategies: Mapping[str, st.SearchStrategy[Any]]
    fixed: frozenset[str]
    values_of: ValuesOf

    def has(self, *names: str) -> bool:
        """Whether all these fields are given, and none of them is None."""
        return all(self.fields.get(name) is not None for name in names)

    def has_any(self, *names: str) -> bool:
        """Whether one of these fields is given, and is not None."""
        return any(self.fields.get(name) is not None for name in names)

    def may_change(self, *names: str) -> bool:
        """Whether none of these fields is fixed."""
        return self.fixed.isdisjoint(names)

    def drop(self, *names: str) -> None:
        """Leave out those of these fields that are not fixed."""
        for name in names:
            if self.may_change(name):
                self.fields.pop(name, None)

    def now_and_then(self) -> bool:
        """Whether to make something that is rare, which shrinks to what is not."""
        return self.draw(st.integers(1, _ONE_IN)) == _ONE_IN

    def redraw(self, name: str) -> None:
        """Give a field that is not None."""
        self.fields[name] = self.draw(of_given_field(self.model, name, self.values_of))
