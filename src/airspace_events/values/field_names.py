"""The field names in claims: ``totals.crossings``, ``objects.first.count``.

A name is a path through the fields of an incursion, a series or a finding. Dots separate its
parts, and the id of an item selects that item in a list. A path ends at a value, an item or a
list, never inside a value. The name alone determines the type of the field. Therefore a claimed
value can be checked without the record that the claim is about.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from types import MappingProxyType
from typing import Annotated, Any, Literal, NamedTuple, cast, get_args

from pydantic import AfterValidator, BaseModel, TypeAdapter, ValidationError, create_model
from pydantic_core import PydanticCustomError

from airspace_events.values.base import Value
from airspace_events.values.effects import Effect
from airspace_events.values.event_fields import FindingFields, IncursionFields, SeriesFields
from airspace_events.values.geometry import Geometry
from airspace_events.values.measures import ReportedCount, ReportedQuantity
from airspace_events.values.objects import AerialObject, Fate
from airspace_events.values.references import StateRef
from airspace_events.values.responses import Response
from airspace_events.values.scalars import FieldName
from airspace_events.values.structure import FieldShape, fields_of
from airspace_events.values.time import ReportedTime

EVENTS: tuple[type[Value], ...] = (IncursionFields, SeriesFields, FindingFields)

_COUNT = "count"
_WHOLE_VALUES = (ReportedCount, ReportedQuantity, ReportedTime, Geometry)
# The editor's own fields, such as the method that located a place, or the desk's judgement.
_NOT_CLAIMED = frozenset({"id", "note", "scope", "entry", "precision", "method"})


class ClaimedField(NamedTuple):
    """The target of a field name.

    Attributes:
        kind: a value, an item of a list, a list, or a proposition. The propositions are
            ``occurrence`` ("something flew") and ``crossing`` ("the objects crossed the border").
        shape: the shape of the field; None for a proposition without a value.
        holder: the class that has the field.
        is_countable: whether a claim can have a ``count``, because the field is a list or an item
            on the path may represent several objects.
    """

    kind: Literal["value", "item", "list", "proposition"]
    shape: FieldShape | None
    holder: type[Value] | None
    is_countable: bool = False


class _Propositions(Value, frozen=True):
    """The values that a claim about a proposition such as ``crossing`` can have."""

    crossing: StateRef | None = None
    """The state whose border was crossed, if the subject does not determine the state."""


PROPOSITIONS: Mapping[str, ClaimedField] = MappingProxyType(
    {
        "occurrence": ClaimedField("proposition", None, None),
        "crossing": ClaimedField(
            "proposition", fields_of(_Propositions)["crossing"], _Propositions
        ),
    }
)
"""The fields that contain the desk's judgement in a record, but stand for the fact in a claim."""


@lru_cache(maxsize=4096)
def claimed_field(name: str) -> ClaimedField:
    """Return the target of a field name.

    Raises:
        PydanticCustomError: no incursion, series or finding has this field.
    """
    if name in PROPOSITIONS:
        return PROPOSITIONS[name]
    parts = name.split(".")
    ends: list[tuple[int, tuple[str, ...]]] = []
    for model in EVENTS:
        found, position, known = _follow(model, parts)
        if found is not None:
            return found
        ends.append((position, known))
    furthest = max(position for position, _ in ends)
    choices = dict.fromkeys(
        choice for position, known in ends if position == furthest for choice in known
    )
    raise _unknown(name, parts, furthest, tuple(choices))


# Parsing calls this function for each name, and a cache lookup is faster than a call in Python.
@lru_cache(maxsize=4096)
def _check_name(name: str) -> str:
    claimed_field(name)
    return name


ClaimedName = Annotated[FieldName, AfterValidator(_check_name)]
"""The name of a field of an incursion, a series or a finding."""


def _follow(
    model: type[Value], parts: Sequence[str]
) -> tuple[ClaimedField | None, int, tuple[str, ...]]:
    """Return the target of a name, or the position of its wrong part and the allowed parts."""
    position, is_of_several = 0, _COUNT in fields_of(model)
    while True:
        shapes = {
            name: shape for name, shape in fields_of(model).items() if name not in _NOT_CLAIMED
        }
        shape = shapes.get(parts[position])
        if shape is None:
            return None, position, tuple(shapes)
        position += 1
        inner = _inner(shape)
        is_last = position == len(parts)
        if shape.many:
            if is_last:
                return _found("list", shape, model, is_of_several), position, ()
            if inner is None or "id" not in fields_of(inner):
                return None, position, ()
            position += 1
            is_of_several |= _COUNT in fields_of(inner)
            if position == len(parts):
                return _found("item", shape, model, is_of_several), position, ()
        elif inner is None:
            found = _found("value", shape, model, is_of_several) if is_last else None
            return found, position, ()
        elif is_last:
            return None, position, tuple(fields_of(inner))
        model = inner


def _found(
    kind: Literal["value", "item", "list"],
    shape: FieldShape,
    holder: type[Value],
    is_of_several: bool,  # noqa: FBT001 (a fact about the path to the field)
) -> ClaimedField:
    # A list has several items. A count itself cannot be counted.
    is_countable = kind == "list" or (is_of_several and shape.name != _COUNT)
    return ClaimedField(kind, shape, holder, is_countable)


def _inner(shape: FieldShape) -> type[Value] | None:
    """Return the class of a field's values, or None if a name must end at the field."""
    inner = next(iter(shape.models.values()), None)
    return None if inner is None or issubclass(inner, _WHOLE_VALUES) else inner


def _unknown(
    name: str, parts: Sequence[str], position: int, choices: tuple[str, ...]
) -> PydanticCustomError:
    before = ".".join(parts[:position])
    context = {"name": name, "position": position, "choices": ", ".join(choices)}
    if position == len(parts):
        msg = '"{name}" has several fields; name one of these fields: {choices}'
    elif choices:
        what = f'"{before}"' if before else "an incursion, a series or a finding"
        msg = f'"{{name}}" is not the name of a field: {what} has no "{parts[position]}"'
    else:
        msg = f'"{{name}}" refers to part of a single value; use "{before}"'
        context["suggestion"] = before
    return PydanticCustomError("unknown_field_name", cast("Any", msg), context)


def shape_in(given: Any) -> FieldShape | None:
    """Return the shape of the first field named in a JSON claim, or None if no field is named."""
    try:
        return claimed_field(given["fields"][0]).shape
    except (KeyError, IndexError, TypeError, AttributeError, PydanticCustomError):
        return None


def list_without_item(name: str) -> PydanticCustomError:
    """Return the error for a claim that names a list, but none of its items."""
    msg = '"{name}" is a list; name an item by its id, or put an item in `value`'
    return PydanticCustomError("claim_without_value", msg, {"name": name})


def check_countable(names: Sequence[str]) -> None:
    """Check that a claim about these fields can have a ``count``.

    Raises:
        PydanticCustomError: one of the fields has only a single value, so nothing to count.
    """
    for name in names:
        found = claimed_field(name)
        if not found.is_countable:
            msg = '"{name}" is {held}, so the claim cannot have a `count`'
            context = {"name": name, "held": _held(found), "at": "/count"}
            raise PydanticCustomError("misplaced_claim_value", msg, context)


def _held(found: ClaimedField) -> str:
    """Return a noun with an article for a field that is not a list, such as "a geometry"."""
    if found.kind == "proposition" or found.shape is None:
        return "a judgement"
    if found.kind == "item":
        return "one item"
    models = list(found.shape.models.values())
    if models:
        # A family has several classes; use the name of their parent class.
        name = (models[0] if len(models) == 1 else models[0].__bases__[0]).__name__
        noun = "".join(f" {c.lower()}" if c.isupper() else c for c in name).strip()
    elif found.shape.form is not None:
        noun = found.shape.form.name
    else:
        noun = "state code" if found.shape.reference else "word"
    return f"{'an' if noun[0].lower() in 'aeiou' else 'a'} {noun}"


def typed_value(names: tuple[str, ...], value: Any) -> Any:
    """Return a claimed value as an instance of the type of the named field.

    Args:
        names: the field names of the claim.
        value: the value, as JSON or as an instance.

    Raises:
        PydanticCustomError: the claim must not have a value.
        pydantic.ValidationError: the value does not fit the field; error locations start with
            ``value``.
    """
    try:
        return _checker(names)(value)
    except ValidationError:
        # Validate again in a model, so that the error locations start at `value`.
        holder = _holder_of(_value_type(names[0]))
        return vars(holder.model_validate({"value": value}))["value"]


@lru_cache(maxsize=4096)
def _checker(names: tuple[str, ...]) -> Callable[[Any], Any]:
    if len(names) != 1:
        msg = "a claim with a value must name one field, not {count}"
        raise PydanticCustomError("misplaced_claim_value", msg, {"count": len(names)})
    return _checker_of(_value_type(names[0]))


@cache
def _checker_of(held: Any) -> Callable[[Any], Any]:
    return TypeAdapter[Any](held).validator.validate_python


@cache
def _holder_of(held: Any) -> type[BaseModel]:
    return create_model("ClaimedValue", value=(held, ...))


def _value_type(name: str) -> Any:
    found = claimed_field(name)
    if found.kind == "item":
        msg = (
            '"{name}" names an item; to claim a value, name a field of the item or the whole list'
        )
        raise PydanticCustomError("misplaced_claim_value", msg, {"name": name})
    if found.shape is None or found.holder is None:
        msg = '"{name}" cannot have a value; use `polarity` to affirm or deny it'
        raise PydanticCustomError("misplaced_claim_value", msg, {"name": name})
    info = found.holder.model_fields[found.shape.name]
    if found.kind == "list":
        return get_args(info.annotation)[0]
    return Annotated[info.annotation, *info.metadata] if info.metadata else info.annotation


def claimable_names() -> Iterator[tuple[str, ClaimedField]]:
    """Yield all field names for claims, with their targets; ``*`` stands for the id of an item."""
    yield from PROPOSITIONS.items()
    seen: set[str] = set(PROPOSITIONS)
    for model in EVENTS:
        for name, found in _names_below(model, "", is_of_several=_COUNT in fields_of(model)):
            if name not in seen:
                seen.add(name)
                yield name, found


def _names_below(
    model: type[Value], before: str, *, is_of_several: bool
) -> Iterator[tuple[str, ClaimedField]]:
    for name, shape in fields_of(model).items():
        if name in _NOT_CLAIMED:
            continue
        inner = _inner(shape)
        if shape.many:
            yield before + name, _found("list", shape, model, is_of_several)
            if inner is not None and "id" in fields_of(inner):
                item, several = f"{before}{name}.*", is_of_several or _COUNT in fields_of(inner)
                yield item, _found("item", shape, model, several)
                yield from _names_below(inner, f"{item}.", is_of_several=several)
        elif inner is None:
            yield before + name, _found("value", shape, model, is_of_several)
        else:
            yield from _names_below(inner, f"{before}{name}.", is_of_several=is_of_several)


NameTree = dict[str, "NameTree"]
"""The parts of field names, as nested dictionaries."""


def name_tree(names: Iterable[str]) -> NameTree:
    """Return the parts of field names as nested dictionaries.

    >>> name_tree(["depth", "objects.jets.count", "objects.jets.category"])
    {'depth': {}, 'objects': {'jets': {'count': {}, 'category': {}}}}
    """
    tree: NameTree = {}
    for name in names:
        below = tree
        for part in name.split("."):
            below = below.setdefault(part, {})
    return tree


def values_named(value: Any, tree: NameTree, before: str = "") -> Iterator[tuple[str, Any]]:
    """Yield each field name in a tree, and each name on the path to it, with its value.

    Fields without a value are omitted. Each list is read once, even if the tree names several of
    its items.

    Args:
        value: the record.
        tree: the parts of the names, as returned by `name_tree`.
        before: the prefix for each name.
    """
    if isinstance(value, tuple):
        items = cast("Sequence[Any]", value)
        children = ((getattr(item, "id", None), item) for item in items)
    elif isinstance(value, Value) and not isinstance(value, _WHOLE_VALUES):
        children = ((part, value.__dict__.get(part)) for part in tree)
    else:
        return
    for part, child in children:
        if child is not None and part in tree:
            yield before + part, child
            if tree[part]:
                yield from values_named(child, tree[part], f"{before}{part}.")


def lacks_item(record: Value, standing: Mapping[str, Any], name: str) -> bool:
    """Return whether an item on the path of a field name is missing from a record.

    Args:
        record: the record.
        standing: the values of the record by field name, as returned by `values_named`.
        name: the name of the field.
    """
    value: Any = record
    before = ""
    for part in name.split("."):
        if isinstance(value, tuple) and f"{before}{part}" not in standing:
            return True
        before += part
        value = standing.get(before)
        before += "."
    return False


def dangling_field(name: str, at: str) -> PydanticCustomError:
    """Return the error for the name of a field or item that is missing from the record.

    Args:
        name: the name.
        at: the JSON Pointer to the name.
    """
    msg = 'the record has no value for "{name}"'
    return PydanticCustomError("dangling_field", msg, {"name": name, "at": at})


def places_in(name: str, value: Any) -> tuple[str, ...]:
    """Return the ids of the places to which a claimed value of a field refers."""
    if isinstance(value, str):
        return (value,) if name.endswith(".place") else ()
    if isinstance(value, AerialObject):
        places = [fate.place for fate in value.fates]
    else:
        places = [value.place] if isinstance(value, Effect | Response | Fate) else []
    return tuple(place for place in places if place is not None)


def field_named(record: Value, name: str) -> Any:
    """Return the value of the field or item with this name, or None if it is missing or empty."""
    value = dict(values_named(record, name_tree([name]))).get(name)
    return None if value == () else value
