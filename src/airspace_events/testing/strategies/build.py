"""Makes values of any class: its fields, what they say of each other, and what is fixed."""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, TypeVar, cast, get_args

from hypothesis import strategies as st

from airspace_events.models.base import BaseRecord
from airspace_events.models.records import RECORD_CLASSES
from airspace_events.testing.strategies import annotations
from airspace_events.testing.strategies.draft import Draft, checked, having
from airspace_events.testing.strategies.field_constraints import CONSTRAINTS
from airspace_events.testing.strategies.self_references import completed
from airspace_events.values.base import FamilyValue, Value

V = TypeVar("V", bound=Value)
Strategy = st.SearchStrategy[Any]

#: How many fields that need not be there a value gets at most.
_MOST_FIELDS = 5


def values_of(cls: type[V], /, **fixed_fields: Any) -> st.SearchStrategy[V]:
    """Values of any class of the library: of records, of values, of the header of a feed.

    The root of a family, such as `ae.Claim`, stands for every class of it; those that do not
    have a fixed field, or whose field can never be that, are left out.

    Args:
        cls: the class.
        fixed_fields: for a field its value, or a strategy that gives its values. All other
            fields are made to fit, as far as the class ties them together.

    Raises:
        TypeError: the class has no such field, or there can be no values of it.
        ValueError: the field can never be that. A strategy is asked only as examples are made,
            and then it is the example that raises.
        LookupError: a field of a class of your own has constraints that nothing is known of.

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
    for model in having(_classes(cls), fixed, cls.__name__):
        try:
            options.append(_made(model, checked(model, fixed)))
        except ValueError as error:
            refusal = refusal or error
    if not options and refusal is not None:
        raise refusal
    return st.one_of(options)


def _classes(cls: type[Value]) -> Iterator[type[Value]]:
    """The classes of which there are values, for a class or a root."""
    if issubclass(cls, FamilyValue) and FamilyValue in cls.__bases__:
        yield from cls.members().values()
    elif issubclass(cls, BaseRecord) and len(get_args(cls.model_fields["type"].annotation)) > 1:
        yield from (model for model in RECORD_CLASSES.values() if issubclass(model, cls))
    elif cls.model_fields:
        yield cls
    else:
        msg = f"there are no values of {cls.__name__}; name one of the classes below it"
        raise TypeError(msg)


def _made(model: type[Value], fixed: Mapping[str, Strategy]) -> Strategy:
    strategies = _strategies(model, frozenset(fixed)) | dict(fixed)
    infos = model.model_fields
    due = [name for name in strategies if infos[name].is_required() or name in fixed]
    others = [name for name in strategies if name not in due]
    more = st.lists(st.sampled_from(others), unique=True, max_size=_MOST_FIELDS)
    constraints = [
        constraint for kind, constraint in CONSTRAINTS.items() if issubclass(model, kind)
    ]

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
    """The strategies of the fields that are not fixed; the constructor writes the tags."""
    found: dict[str, Strategy] = {}
    for name, info in model.model_fields.items():
        is_tag = info.is_required() and len(get_args(info.annotation)) == 1
        if is_tag or name in fixed:
            continue
        try:
            found[name] = annotations.of_field(info, cast("Any", values_of))
        except LookupError as error:
            msg = f"{error}, which is {model.__name__}.{name}: fix it, as in"
            msg += f" values_of({model.__name__}, {name}=...)"
            raise LookupError(msg) from None
    return found
