"""A draft of a value, with the fields drawn so far and the fields that the user fixed."""

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
    """The fields of a value before it is built.

    Attributes:
        model: the class of the value.
        draw: draws from a strategy.
        fields: the fields drawn so far; constraints change them.
        strategies: the strategy of each field.
        fixed: the fields that the user fixed.
        values_of: returns the strategy of a value class.
    """

    model: type[Value]
    draw: st.DrawFn
    fields: dict[str, Any]
    strategies: Mapping[str, st.SearchStrategy[Any]]
    fixed: frozenset[str]
    values_of: ValuesOf

    def has(self, *names: str) -> bool:
        """Return whether all given fields have a value other than None."""
        return all(self.fields.get(name) is not None for name in names)

    def has_any(self, *names: str) -> bool:
        """Return whether one of the given fields has a value other than None."""
        return any(self.fields.get(name) is not None for name in names)

    def may_change(self, *names: str) -> bool:
        """Return whether none of the given fields is fixed."""
        return self.fixed.isdisjoint(names)

    def drop(self, *names: str) -> None:
        """Remove the given fields, except fixed ones."""
        for name in names:
            if self.may_change(name):
                self.fields.pop(name, None)

    def now_and_then(self) -> bool:
        """Draw whether to make a rare case; examples shrink to the common case."""
        return self.draw(st.integers(1, _ONE_IN)) == _ONE_IN

    def redraw(self, name: str) -> None:
        """Draw a new value for a field, never None."""
        self.fields[name] = self.draw(of_given_field(self.model, name, self.values_of))


Strategy = st.SearchStrategy[Any]


def having(models: Iterable[type[Value]], names: Iterable[str], asked: str) -> list[type[Value]]:
    """Return the classes that have all given fields.

    Args:
        models: the classes.
        names: the names of the fields.
        asked: the common name of the classes, for messages.

    Raises:
        TypeError: none of the classes has all fields.
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
    msg = f"no class of {asked} has all the fields {', '.join(names)}"
    raise TypeError(msg)


def checked(model: type[Value], fixed: Mapping[str, Any]) -> dict[str, Strategy]:
    """Return the strategies of the fixed fields, and check the fixed values.

    A strategy is checked each time a value is drawn from it.

    Raises:
        ValueError: a field does not allow its value.
    """
    return {name: _strategy(model, name, given) for name, given in fixed.items()}


def _strategy(model: type[Value], name: str, given: Any) -> Strategy:
    if _is_strategy(given):
        return given.map(partial(_value, model, name))
    return st.just(_value(model, name, given))


def _is_strategy(given: object) -> TypeGuard[Strategy]:
    return isinstance(given, st.SearchStrategy)


def _value(model: type[Value], name: str, given: Any) -> Any:
    """Convert a value to the type of its field: a list to a tuple, a dict to its class."""
    try:
        value = _adapter(model, name).validate_python(given)
    except ValidationError as error:
        fault = error.errors(include_url=False, include_context=False, include_input=False)[0]
        at = "".join(f"/{part}" for part in fault["loc"])
        msg = f"{model.__name__}.{name} cannot be {shown(given)}: {fault['msg']}"
        raise ValueError(f"{msg} (at {at})" if at else msg) from error
    if name == "id" and issubclass(model, BaseRecord) and value in RESERVED_ALLIANCES:
        msg = f"{shown(value)} is the id of a built-in alliance; choose another id"
        raise ValueError(msg)
    return value


@cache
def _adapter(model: type[Value], name: str) -> TypeAdapter[Any]:
    info = model.model_fields[name]
    annotated: Any = Annotated
    annotation: Any = info.annotation
    return TypeAdapter(annotated[(annotation, *info.metadata)] if info.metadata else annotation)
