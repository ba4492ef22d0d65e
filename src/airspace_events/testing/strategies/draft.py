"""Strategies for single fields, and drafts of values that are not built yet."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache, partial
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, cast, get_args, get_origin

from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError
from pydantic.fields import FieldInfo
from typing_extensions import TypeAliasType

from airspace_events.models.base import BaseRecord
from airspace_events.reference.tables import RESERVED_ALLIANCES
from airspace_events.safe_text import shown
from airspace_events.spelling import nearest
from airspace_events.testing.strategies.plain_values import PLAIN_VALUES
from airspace_events.values.base import Value
from airspace_events.values.measures import Units

#: The maximum number of items that a list gets in addition to the required ones.
_MOST_ITEMS = 2

Strategy = st.SearchStrategy[Any]
ValuesOf = Callable[..., Strategy]


def of_field(info: FieldInfo, values_of: ValuesOf) -> Strategy:
    """Return the strategy for a field.

    Args:
        info: pydantic's information about the field.
        values_of: a function that returns a strategy for a value class and accepts fixed fields.

    Raises:
        LookupError: the field has a constrained type without a strategy.
    """
    # pydantic removes the outermost metadata from an annotation and stores it separately.
    return _of(info.annotation, tuple(info.metadata), values_of)


@cache
def of_given_field(model: type[Value], name: str, values_of: ValuesOf) -> Strategy:
    """Return the strategy for the values of a field, excluding None.

    The errors are the same as for `of_field`.
    """
    info = model.model_fields[name]
    return _of(_without_none(info.annotation), tuple(info.metadata), values_of)


@cache
def of_items(model: type[Value], name: str, values_of: ValuesOf) -> Strategy:
    """Return the strategy for the items of a list field.

    The errors are the same as for `of_field`.
    """
    item, *_ = get_args(_without_none(model.model_fields[name].annotation))
    return _of(item, (), values_of)


def _without_none(annotation: Any) -> Any:
    if get_origin(annotation) not in (Union, UnionType):
        return annotation
    options = tuple(option for option in get_args(annotation) if option is not NoneType)
    return Union[options]  # noqa: UP007 (a union of what was found)


def _of(annotation: Any, metadata: tuple[Any, ...], values_of: ValuesOf) -> Strategy:
    if isinstance(annotation, TypeAliasType):
        known = PLAIN_VALUES.get(annotation.__name__)
        return _of(annotation.__value__, metadata, values_of) if known is None else known
    if get_origin(annotation) is Annotated:
        inner, *more = get_args(annotation)
        return _of(inner, (*more, *metadata), values_of)
    if isinstance(annotation, type) and issubclass(annotation, Value):
        units = [item.allowed for item in metadata if isinstance(item, Units)]
        if units:
            return values_of(annotation, unit=st.sampled_from([None, *units[0]]))
        return values_of(annotation)
    return _of_built_in(annotation, metadata, values_of)


def _of_built_in(annotation: Any, metadata: tuple[Any, ...], values_of: ValuesOf) -> Strategy:
    origin = get_origin(annotation) or annotation
    if origin in (Union, UnionType):
        # Examples shrink to the first option, so None comes first.
        options = sorted(get_args(annotation), key=lambda option: option is not NoneType)
        return st.one_of([_of(option, metadata, values_of) for option in options])
    if origin is Literal:
        return st.sampled_from(get_args(annotation))
    if origin is tuple:
        (inner,) = (item for item in get_args(annotation) if item is not Ellipsis)
        least = _least_items(metadata)
        items = _of(inner, (), values_of)
        return st.lists(items, min_size=least, max_size=least + _MOST_ITEMS).map(tuple)
    if origin in (NoneType, None, Any):
        # A constraint sets the value later, when the other fields determine its type.
        return st.none()
    if metadata:
        # A value for an unknown constraint would be a guess.
        msg = f"the library has no strategy for {annotation!r} with constraints"
        raise LookupError(msg)
    return st.from_type(annotation)


def _least_items(metadata: tuple[Any, ...]) -> int:
    # pydantic unpacks `Field(min_length=1)` in the annotation of a field, but not within a type
    # alias.
    unpacked = [*metadata, *(more for item in metadata for more in getattr(item, "metadata", ()))]
    return max([getattr(item, "min_length", None) or 0 for item in unpacked], default=0)


_ONE_IN = 8


@dataclass(frozen=True, slots=True)
class Draft:
    """The fields of a value before it is built.

    Attributes:
        model: the class of the value.
        draw: a function that draws from a strategy.
        fields: the fields drawn so far; constraints change them.
        strategies: the strategy of each field.
        fixed: the fields that the user fixed.
        values_of: a function that returns a strategy for a value class.
    """

    model: type[Value]
    draw: st.DrawFn
    fields: dict[str, Any]
    strategies: Mapping[str, Strategy]
    fixed: frozenset[str]
    values_of: ValuesOf

    def has(self, *names: str) -> bool:
        """Return whether all given fields have a value other than None."""
        return all(self.fields.get(name) is not None for name in names)

    def has_any(self, *names: str) -> bool:
        """Return whether at least one of the given fields has a value other than None."""
        return any(self.fields.get(name) is not None for name in names)

    def may_change(self, *names: str) -> bool:
        """Return whether none of the given fields is fixed."""
        return self.fixed.isdisjoint(names)

    def drop(self, *names: str) -> None:
        """Remove the given fields, unless they are fixed."""
        for name in names:
            if self.may_change(name):
                self.fields.pop(name, None)

    def drop_one(self, *names: str) -> None:
        """Remove the first of the given fields that is not fixed."""
        self.drop(*[name for name in names if self.may_change(name)][:1])

    def now_and_then(self) -> bool:
        """Return True in about one of eight draws; examples shrink to False."""
        return self.draw(st.integers(1, _ONE_IN)) == _ONE_IN

    def redraw(self, name: str, strategy: Strategy | None = None) -> bool:
        """Draw a value other than None for a field, or return False if the field is fixed."""
        if not self.may_change(name):
            return False
        if strategy is None:
            strategy = of_given_field(self.model, name, self.values_of)
        self.fields[name] = self.draw(strategy)
        return True


def having(models: Iterable[type[Value]], names: Iterable[str], asked: str) -> list[type[Value]]:
    """Return the classes that have all the given fields.

    Args:
        models: the classes.
        names: the names of the fields.
        asked: the name of the requested class, for messages.

    Raises:
        TypeError: none of the classes has all the fields.
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
    msg = f"no subclass of {asked} has all the fields {', '.join(names)}"
    raise TypeError(msg)


def checked(model: type[Value], fixed: Mapping[str, Any]) -> dict[str, Strategy]:
    """Return a strategy for each fixed field, and check the fixed values.

    If a field is fixed to a strategy, each value is checked when it is drawn.

    Raises:
        ValueError: a field does not allow its value.
    """
    strategies: dict[str, Strategy] = {}
    for name, given in fixed.items():
        value_of = partial(_value, model, name)
        if isinstance(given, st.SearchStrategy):
            strategies[name] = cast("Strategy", fixed[name]).map(value_of)  # noqa: PLR1733 (mypy and pyright narrow the value differently)
        else:
            strategies[name] = st.just(value_of(given))
    return strategies


def _value(model: type[Value], name: str, given: Any) -> Any:
    """Convert a fixed value to the type of its field; for example, a list to a tuple."""
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
