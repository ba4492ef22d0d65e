"""From the annotations of a field to a strategy for it.

They are read as the library itself reads them, so a new field or class needs nothing here.
"""

from collections.abc import Callable
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from hypothesis import strategies as st
from pydantic.fields import FieldInfo
from typing_extensions import TypeAliasType

from airspace_events.testing.strategies.plain_values import PLAIN_VALUES
from airspace_events.values.base import Value
from airspace_events.values.measures import Units

#: How long a list becomes, beyond the items that it must have.
_MOST_ITEMS = 2

Strategy = st.SearchStrategy[Any]
ValuesOf = Callable[..., Strategy]


def of_field(info: FieldInfo, values_of: ValuesOf) -> Strategy:
    """The strategy of a field.

    Args:
        info: what pydantic knows of it.
        values_of: gives the strategy of a class of value, with some of its fields fixed.

    Raises:
        LookupError: it holds a constrained type that has no strategy.
    """
    # pydantic takes the outermost metadata off an annotation and keeps it by itself.
    return _of(info.annotation, tuple(info.metadata), values_of)


def of_one(info: FieldInfo, values_of: ValuesOf) -> Strategy:
    """The strategy of what a field holds when it is given: of one item, if it holds a list.

    Args and errors are those of `of_field`.
    """
    annotation: Any = info.annotation
    if get_origin(annotation) in (Union, UnionType):
        annotation = Union[tuple(one for one in get_args(annotation) if one is not NoneType)]  # noqa: UP007 (made of what was found)
    if get_origin(annotation) is tuple:
        return _of(get_args(annotation)[0], (), values_of)
    return _of(annotation, tuple(info.metadata), values_of)


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
        # What shrinks ends at the first option: there, a value that is not given.
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
        # A tie gives a value of any type, once the other fields say what it may be.
        return st.none()
    if metadata:
        # What is constrained in a way that is not told of here would be a guess.
        msg = f"no strategy for {annotation!r} with constraints"
        raise LookupError(msg)
    return st.from_type(annotation)


def _least_items(metadata: tuple[Any, ...]) -> int:
    # pydantic keeps `Field(min_length=1)` as it is within an alias, and unpacks it in a field.
    unpacked = [*metadata, *(more for item in metadata for more in getattr(item, "metadata", ()))]
    return max([getattr(item, "min_length", None) or 0 for item in unpacked], default=0)
