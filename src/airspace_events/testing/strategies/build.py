"""Build values of any class with fixed fields, and make the other fields consistent with them."""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, TypeVar, cast, get_args

from hypothesis import strategies as st

from airspace_events.models.base import BaseRecord
from airspace_events.models.records import RECORD_CLASSES
from airspace_events.testing.strategies.constraints import CONSTRAINTS
from airspace_events.testing.strategies.draft import Draft, Strategy, checked, having, of_field
from airspace_events.testing.strategies.names_in_records import completed
from airspace_events.values.base import FamilyValue, Value

V = TypeVar("V", bound=Value)

#: The maximum number of optional fields in a value.
_MOST_FIELDS = 5


def values_of(cls: type[V], /, **fixed_fields: Any) -> st.SearchStrategy[V]:
    """Return a strategy for any record or value class of the library, or for the feed header.

    The root of a family, such as `ae.Claim`, stands for all classes of the family. Classes that
    lack a fixed field, or that do not allow its value, are left out.

    Args:
        cls: the class.
        fixed_fields: fields to fix, each with a value or a strategy for its values. The other
            fields are made consistent with the fixed fields.

    Raises:
        TypeError: the class lacks a fixed field, or is only a base class.
        ValueError: a field does not allow its fixed value. If you pass a strategy, the error is
            raised when an example is drawn.
        LookupError: the library has no strategy for the type of a field in your own class.

    >>> from hypothesis import find
    >>> import airspace_events as ae
    >>> claims = values_of(ae.claims.FieldClaim, fields=("totals.crossings",))
    >>> find(claims, lambda claim: claim.value is not None).value
    ReportedCount(verbatim='0')
    """
    return _fixed(cls, fixed_fields) if fixed_fields else _free(cls)


@cache
def _free(cls: type[V]) -> st.SearchStrategy[V]:
    return _fixed(cls, {})


def _fixed(cls: type[V], fixed: Mapping[str, Any]) -> st.SearchStrategy[V]:
    options: list[Strategy] = []
    refusal: ValueError | None = None
    for model in having(_concrete_classes(cls), fixed, cls.__name__):
        try:
            options.append(_made(model, checked(model, fixed)))
        except ValueError as error:
            refusal = refusal or error
    if not options and refusal is not None:
        raise refusal
    return st.one_of(options)


def _concrete_classes(cls: type[Value]) -> Iterator[type[Value]]:
    if issubclass(cls, FamilyValue) and FamilyValue in cls.__bases__:
        yield from cls.members().values()
    elif issubclass(cls, BaseRecord) and len(get_args(cls.model_fields["type"].annotation)) > 1:
        yield from (model for model in RECORD_CLASSES.values() if issubclass(model, cls))
    elif cls.model_fields:
        yield cls
    else:
        msg = f"{cls.__name__} is only a base class; use one of its subclasses"
        raise TypeError(msg)


def _made(model: type[Value], fixed: Mapping[str, Strategy]) -> Strategy:
    strategies = _strategies(model, frozenset(fixed)) | dict(fixed)
    infos = model.model_fields
    due = [name for name in strategies if infos[name].is_required() or name in fixed]
    others = [name for name in strategies if name not in due]
    more = st.lists(st.sampled_from(others), unique=True, max_size=_MOST_FIELDS)
    constraints = [check for kind, check in CONSTRAINTS.items() if issubclass(model, kind)]

    @st.composite
    def make(draw: st.DrawFn) -> Value:
        chosen = due + (draw(more) if others else [])
        fields = {name: draw(strategies[name]) for name in chosen}
        draft = Draft(model, draw, fields, strategies, frozenset(fixed), values_of)
        for constraint in constraints:
            constraint(draft)
        value = model(**draft.fields)
        return completed(value, draft) if isinstance(value, BaseRecord) else value

    return make()


def _strategies(model: type[Value], fixed: frozenset[str]) -> dict[str, Strategy]:
    """Return a strategy for each field, except fixed fields and tags with only one value."""
    found: dict[str, Strategy] = {}
    for name, info in model.model_fields.items():
        is_tag = info.is_required() and len(get_args(info.annotation)) == 1
        if is_tag or name in fixed:
            continue
        try:
            found[name] = of_field(info, cast("Any", values_of))
        except LookupError as error:
            msg = f"{error} (the type of {model.__name__}.{name}); pass a value for the field, "
            msg += f"for example values_of({model.__name__}, {name}=...)"
            raise LookupError(msg) from None
    return found
