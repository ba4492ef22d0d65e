"""The names by which claims point at fields: ``totals.crossings``, ``objects.first.count``.

A name leads through the fields of an incursion, a series or a finding with dots, and to an item
of a list by the item's id. It ends at a value, at an item or at a list, and never inside a
value. The name alone tells what the field holds, so that a claimed value is checked without the
record that the claim is about.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, lru_cache
from typing import Annotated, Any, Literal, NamedTuple, cast, get_args

from pydantic import BaseModel, TypeAdapter, ValidationError, create_model
from pydantic_core import PydanticCustomError

from airspace_events.values.base import Value
from airspace_events.values.event_fields import FindingFields, IncursionFields, SeriesFields
from airspace_events.values.geometry import Geometry
from airspace_events.values.measures import ReportedCount, ReportedQuantity
from airspace_events.values.references import StateRef
from airspace_events.values.structure import FieldShape, fields_of
from airspace_events.values.time import ReportedTime

EVENTS: tuple[type[Value], ...] = (IncursionFields, SeriesFields, FindingFields)

_COUNT = "count"
_WHOLE_VALUES = (ReportedCount, ReportedQuantity, ReportedTime, Geometry)
# What is the editor's own: how a place was found, and how sure the desk is.
_NOT_CLAIMED = frozenset({"id", "note", "scope", "entry", "precision", "method"})


class ClaimedField(NamedTuple):
    """What the name of a field leads to.

    Attributes:
        kind: a value; an item of a list, by its id; a list; or one of the propositions
            ``occurrence`` ("something flew") and ``crossing`` ("it crossed the border"), which a
            claim can make whether or not the record judges them.
        shape: what the field holds; None for a proposition without a value.
        holder: the class that has the field.
        is_countable: whether a claim can say of how many it is so: an item on the way may stand
            for several, or the field is a list.
    """

    kind: Literal["value", "item", "list", "proposition"]
    shape: FieldShape | None
    holder: type[Value] | None
    is_countable: bool = False


class _Propositions(Value, frozen=True):
    """The values that propositions take."""

    crossing: StateRef | None = None
    """The state whose border was crossed, where the subject is not an incursion of one state."""


_PROPOSITIONS = {
    "occurrence": ClaimedField("proposition", None, None),
    "crossing": ClaimedField("proposition", fields_of(_Propositions)["crossing"], _Propositions),
}


@lru_cache(maxsize=4096)
def claimed_field(name: str) -> ClaimedField:
    """Return what the name of a field leads to.

    Raises:
        PydanticCustomError: no incursion, series or finding has such a field.
    """
    if name in _PROPOSITIONS:
        return _PROPOSITIONS[name]
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


def _follow(
    model: type[Value], parts: Sequence[str]
) -> tuple[ClaimedField | None, int, tuple[str, ...]]:
    """Follow a name through a class; if it ends wrongly, where, and what could stand there."""
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
    is_of_several: bool,  # noqa: FBT001 (a fact of the way to the field)
) -> ClaimedField:
    # A list has several items, and a count is of something, but nothing is a count of it.
    is_countable = kind == "list" or (is_of_several and shape.name != _COUNT)
    return ClaimedField(kind, shape, holder, is_countable)


def _inner(shape: FieldShape) -> type[Value] | None:
    """Return the class of the values in a field whose own fields can be named."""
    inner = next(iter(shape.models.values()), None)
    return None if inner is None or issubclass(inner, _WHOLE_VALUES) else inner


def _unknown(
    name: str, parts: Sequence[str], position: int, choices: tuple[str, ...]
) -> PydanticCustomError:
    before = ".".join(parts[:position])
    context = {"name": name, "position": position, "choices": ", ".join(choices)}
    if position == len(parts):
        msg = '"{name}" has several fields; name one of them: {choices}'
    elif choices:
        what = f'"{before}"' if before else "an incursion, a series or a finding"
        msg = f'"{{name}}" is not the name of a field: {what} has no "{parts[position]}"'
    else:
        msg = f'"{{name}}" ends inside a value; name "{before}"'
        context["suggestion"] = before
    return PydanticCustomError("unknown_field_name", cast("Any", msg), context)


def shape_in(given: Any) -> FieldShape | None:
    """Return what the first field that a claim names in JSON holds; None if it names none."""
    try:
        return claimed_field(given["fields"][0]).shape
    except (KeyError, IndexError, TypeError, AttributeError, PydanticCustomError):
        return None


def check_names(names: Sequence[str], *, is_open: bool) -> None:
    """Check the names of fields that are claimed without a value.

    Args:
        names: the names.
        is_open: whether the claim says that the value is not known.

    Raises:
        PydanticCustomError: no field has such a name, or a list is named without one of its items.
    """
    for name in names:
        if claimed_field(name).kind == "list" and not is_open:
            msg = '"{name}" is a list: name an item by its id, or give one item as `value`'
            raise PydanticCustomError("claim_without_value", msg, {"name": name})


def check_countable(names: Sequence[str]) -> None:
    """Check that a claim about fields can say of how many it is so.

    Raises:
        PydanticCustomError: a field holds nothing of which there may be several.
    """
    for name in names:
        found = claimed_field(name)
        if not found.is_countable:
            msg = '"{name}" holds {held}, so `count` has no items to count'
            context = {"name": name, "held": _held(found), "at": "/count"}
            raise PydanticCustomError("misplaced_claim_value", msg, context)


def _held(found: ClaimedField) -> str:
    """Return what a field that has no items holds, with an article."""
    if found.kind == "proposition" or found.shape is None:
        return "a judgement"
    if found.kind == "item":
        return "one item"
    models = list(found.shape.models.values())
    if models:
        # A family has several classes, and the name of their parent.
        name = (models[0] if len(models) == 1 else models[0].__bases__[0]).__name__
        noun = "".join(f" {c.lower()}" if c.isupper() else c for c in name).strip()
    elif found.shape.form is not None:
        noun = found.shape.form.name
    else:
        noun = "state code" if found.shape.reference else "word"
    return f"{'an' if noun[0].lower() in 'aeiou' else 'a'} {noun}"


def typed_value(names: Sequence[str], value: Any) -> Any:
    """Return a claimed value as an instance of what the named field holds.

    Args:
        names: the names of the fields that are claimed.
        value: the value, as JSON or as an instance.

    Raises:
        PydanticCustomError: there must be no value.
        pydantic.ValidationError: the field cannot hold the value; the place starts at ``value``.
    """
    if len(names) > 1:
        msg = "a value is for one field, and this claim names {count}"
        raise PydanticCustomError("misplaced_claim_value", msg, {"count": len(names)})
    model, checked = _model(names[0])
    try:
        return checked(value)
    except ValidationError:
        # Once more in a model, so that the places of the errors start at `value`.
        return vars(model().model_validate({"value": value}))["value"]


@lru_cache(maxsize=4096)
def _model(name: str) -> tuple[Callable[[], type[BaseModel]], Callable[[Any], Any]]:
    """Return what makes a model of the value that a name takes, and what checks one value."""
    found = claimed_field(name)
    if found.kind == "item":
        msg = '"{name}" names an item: name one of its fields, or the list, to claim a value'
        raise PydanticCustomError("misplaced_claim_value", msg, {"name": name})
    if found.shape is None or found.holder is None:
        msg = '"{name}" takes no value: `polarity` says whether it is so'
        raise PydanticCustomError("misplaced_claim_value", msg, {"name": name})
    return _checks(found.holder, found.shape.name, is_item=found.kind == "list")


@cache
def _checks(
    holder: type[Value], field: str, *, is_item: bool
) -> tuple[Callable[[], type[BaseModel]], Callable[[Any], Any]]:
    info = holder.model_fields[field]
    held: Any = get_args(info.annotation)[0] if is_item else info.annotation
    if info.metadata and not is_item:
        held = Annotated[held, *info.metadata]
    check = TypeAdapter[Any](held).validator.validate_python
    return cache(lambda: create_model("ClaimedValue", value=(held, ...))), check


def claimable_names() -> Iterator[tuple[str, ClaimedField]]:
    """Yield all names that claims can use, ``*`` for the id of an item, with what they lead to."""
    yield from _PROPOSITIONS.items()
    seen: set[str] = set(_PROPOSITIONS)
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
"""The parts of names of fields, below each other."""


def name_tree(names: Iterable[str]) -> NameTree:
    """Return the parts of names of fields, below each other.

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
    """Yield what a record holds at the names of a tree, and at the names on the way to them.

    A field without a value is left out. Each list is gone through once, however many of its
    items are named.

    Args:
        value: the record.
        tree: the parts of the names, as `name_tree` gives them.
        before: what comes before each name.
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


class Named(NamedTuple):
    """What stands in a record where a name of a field leads.

    Attributes:
        has_item: whether every item on the way is there.
        value: what stands there; None if nothing does.
    """

    has_item: bool
    value: Any


def field_named(record: Value, name: str) -> Named:
    """Return what stands in a record where a name leads; any field may be named, also a list."""
    value: Any = record
    for part in name.split("."):
        if isinstance(value, tuple):
            items = cast("Sequence[Any]", value)
            value = next((one for one in items if getattr(one, "id", None) == part), None)
            if value is None:
                return Named(has_item=False, value=None)
        elif isinstance(value, Value) and not isinstance(value, _WHOLE_VALUES):
            value = value.__dict__.get(part)
        else:
            return Named(has_item=True, value=None)
    return Named(has_item=True, value=None if value == () else value)
