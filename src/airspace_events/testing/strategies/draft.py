"""A value that is being made: the fields that are drawn, and those that the user fixed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, partial
from typing import Annotated, Any, TypeGuard

from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from airspace_events.models.base import BaseRecord
from airspace_events.reference.reserved import RESERVED_ALLIANCES
from airspace_events.safe_text import shown
from airspace_events.spelling import nearest
from airspace_events.testing.strategies.annotations import ValuesOf, of_given_field
from airspace_events.values.base import Value

_ONE_IN = 8


@dataclass(frozen=True, slots=True)
class Draft:
    """The fields of a value that is being made.

    Attributes:
        model: its class.
        draw: draws from a strategy.
        fields: what was drawn so far; constraints change it.
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


Strategy = st.SearchStrategy[Any]


def having(models: Iterable[type[Value]], names: Iterable[str], asked: str) -> list[type[Value]]:
    """The classes that have all of some fields.

    Args:
        models: the classes.
        names: the fields.
        asked: what the classes are called together.

    Raises:
        TypeError: none has them.
    """
    models, names = list(models), list(names)
    fitting = [model for model in models if all(name in model.model_fields for name in names)]
    if fitting:
        return fitting
    known = {name for model in models for name in model.model_fields}
    for name in names:
        if name not in known:
            guess = nearest(name, sorted(known))
            hint = f"; did you mean {guess}?" if guess else ""
            msg = f"{asked} has no field {shown(name)}{hint}"
            raise TypeError(msg)
    msg = f"no {asked} has all of the fields {', '.join(names)}"
    raise TypeError(msg)


def checked(model: type[Value], fixed: Mapping[str, Any]) -> dict[str, Strategy]:
    """The strategies of fixed fields; what they give is checked, values at once.

    Raises:
        ValueError: a field can never be that.
    """
    return {name: _strategy(model, name, given) for name, given in fixed.items()}


def _strategy(model: type[Value], name: str, given: Any) -> Strategy:
    if _is_strategy(given):
        return given.map(partial(_value, model, name))
    return st.just(_value(model, name, given))


def _is_strategy(given: object) -> TypeGuard[Strategy]:
    return isinstance(given, st.SearchStrategy)


def _value(model: type[Value], name: str, given: Any) -> Any:
    """A value as the model keeps it: a list becomes a tuple, a dict a value of its class."""
    try:
        value = _adapter(model, name).validate_python(given)
    except ValidationError as error:
        fault = error.errors(include_url=False, include_context=False, include_input=False)[0]
        at = "".join(f"/{part}" for part in fault["loc"])
        msg = f"{model.__name__}.{name} cannot be {shown(given)}: {fault['msg']}"
        raise ValueError(f"{msg} (at {at})" if at else msg) from error
    if name == "id" and issubclass(model, BaseRecord) and value in RESERVED_ALLIANCES:
        msg = f"no record may have the id {shown(value)}: a built-in alliance has it"
        raise ValueError(msg)
    return value


@cache
def _adapter(model: type[Value], name: str) -> TypeAdapter[Any]:
    info = model.model_fields[name]
    annotated: Any = Annotated
    annotation: Any = info.annotation
    return TypeAdapter(annotated[(annotation, *info.metadata)] if info.metadata else annotation)
