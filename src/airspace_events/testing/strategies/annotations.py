"""Strategies for fields, made from their annotations.

This module reads annotations in the same way as the library, so new fields and classes need no
changes here.
"""

from collections.abc import Callable
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from hypothesis import strategies as st
from pydantic.fields import FieldInfo
from typing_extensions import TypeAliasType

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
        info: the pydantic information on the field.
        values_of: returns the strategy for a value class, with some of its fields fixed.

    Raises:
        LookupError: the field has a constrained type without a strategy.
    """
    # pydantic removes the outermost metadata from an annotation and stores it separately.
    return _of(info.annotation, tuple(info.metadata), values_of)


@cache
def of_given_field(model: type[Value], name: str, values_of: ValuesOf) -> Strategy:
    """Return the strategy for a field without the value None.

    The errors are the same as for `of_field`.
    """
    info = model.model_fields[name]
    return _of(_given(info.annotation), tuple(info.metadata), values_of)


@cache
def of_items(model: type[Value], name: str, values_of: ValuesOf) -> Strategy:
    """Return the strategy for the items of a list field.

    The errors are the same as for `of_field`.
    """
    item, *_ = get_args(_given(model.model_fields[name].annotation))
    return _of(item, (), values_of)


def _given(annotation: Any) -> Any:
    """Return an annotation without None."""
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
        # A constraint sets such a value later, when the other fields determine its type.
        return st.none()
    if metadata:
        # A value for an unknown constraint would be a guess.
        msg = f"the library has no strategy for {annotation!r} with constraints"
        raise LookupError(msg)
    return st.from_type(annotation)


def _least_items(metadata: tuple[Any, ...]) -> int:
    # pydantic keeps `Field(min_length=1)` as it is within an alias, and unpacks it in a field.
    unpacked = [*metadata, *(more for item in metadata for more in getattr(item, "metadata", ()))]
    return max([getattr(item, "min_length", None) or 0 for item in unpacked], default=0)
