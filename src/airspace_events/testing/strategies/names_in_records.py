"""Functions that make the claims, citations and references of records consistent."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar, cast

from hypothesis import strategies as st
from pydantic import ValidationError
from pydantic_core import PydanticCustomError

from airspace_events.models.base import BaseRecord
from airspace_events.reference.tables import RESERVED_ALLIANCES
from airspace_events.testing.strategies.draft import (
    Draft,
    Strategy,
    ValuesOf,
    of_given_field,
    of_items,
)
from airspace_events.testing.strategies.plain_values import CLAIMABLE, unused_id, with_ids
from airspace_events.values.assessments import Assessment, FieldAssessment
from airspace_events.values.base import Value
from airspace_events.values.citations import Citation
from airspace_events.values.claims import Claim, FieldClaim
from airspace_events.values.effects import Effect
from airspace_events.values.field_names import (
    claimed_field,
    field_named,
    lacks_item,
    name_tree,
    typed_value,
    values_named,
)
from airspace_events.values.measures import ReportedCount
from airspace_events.values.objects import AerialObject, Fate
from airspace_events.values.responses import Response
from airspace_events.values.structure import named_records, renamed


def fields_in(record: BaseRecord) -> Iterator[str]:
    """Return the names of all fields that have a value and of all items that have an id."""
    return (name for name in _names_in(record, "") if field_named(record, name) is not None)


def claimable_in(record: BaseRecord) -> Iterator[str]:
    """Return the names from `fields_in` that claims and assessments can use."""
    return (name for name in fields_in(record) if _is_claimable(name))


def _names_in(value: Value, before: str) -> Iterator[str]:
    for field in type(value).model_fields:
        name = before + field
        held: Any = field_named(value, field)
        if held is None:
            continue
        yield name
        if isinstance(held, tuple):
            for item in cast("Sequence[Any]", held):
                if getattr(item, "id", None) is not None:
                    yield f"{name}.{item.id}"
                    yield from _names_in(item, f"{name}.{item.id}.")
        elif isinstance(held, Value):
            yield from _names_in(held, f"{name}.")


def _is_claimable(name: str) -> bool:
    try:
        claimed_field(name)
    except PydanticCustomError:
        return False
    return True


def claimed_values(name: str, values_of: ValuesOf) -> Strategy | None:
    """Return a strategy for the possible values of a claimed field, or None if there are none.

    Args:
        name: the name of the field; for a list, a value is one of its items.
        values_of: a function that returns a strategy for a value class.
    """
    found = claimed_field(name)
    if found.kind == "item" or found.shape is None or found.holder is None:
        return None
    of_value = of_items if found.kind == "list" else of_given_field
    return of_value(found.holder, found.shape.name, values_of)


countable_names = st.sampled_from(
    [name for name, field in CLAIMABLE if field.is_countable]
).flatmap(with_ids)
"""A strategy for the names of fields for which a claim can give a count."""


def names_that_hold(value: Any) -> Strategy:
    """Return a strategy for the names of the fields that can have a given value."""
    return st.sampled_from([name for name, _ in CLAIMABLE if _holds(name, value)]).flatmap(
        with_ids
    )


def _holds(name: str, value: Any) -> bool:
    try:
        typed_value((name.replace("*", "a"),), value)
    except (ValidationError, PydanticCustomError):
        return False
    return True


R = TypeVar("R", bound=BaseRecord)
Revisions = Sequence[BaseRecord]

_PROPOSITIONS = ("occurrence", "crossing")


def fitting_claims(
    record: R, draw: st.DrawFn, revisions_of: Callable[[str], Revisions | None]
) -> R:
    """Return the record with claims that name only fields of their subjects.

    If a subject lacks a named field, a claim with the aspect ``field`` gets another field and no
    value. Any other claim then names no fields.

    Args:
        record: the record.
        draw: a function that draws from a strategy.
        revisions_of: a function that returns the revisions of a subject, with the newest last. The
            result is empty for a subject without claimable fields, such as a state, and None for
            an unknown subject.
    """
    claims: tuple[Claim, ...] = getattr(record, "claims", ())
    about: tuple[str, ...] = getattr(record, "about", ())
    fitted: list[Claim] = []
    for claim in claims:
        known = [revisions_of(subject) for subject in claim.about or about]
        subjects = [one for one in known if one is not None]
        if all(_is_there(claim, name, one) for one in subjects for name in claim.fields):
            fitted.append(claim)
        elif isinstance(claim, FieldClaim):
            name = draw(st.sampled_from(list(_names_of_all(subjects))))
            fitted.append(claim.replace(fields=(name,), value=None, count=None))
        else:
            fitted.append(claim.replace(fields=()))
    if fitted == list(claims):
        return record
    # Citations may name values of claims that have been removed.
    cited: tuple[Citation, ...] = getattr(record, "sources", ())
    sources = tuple(
        one.replace(supports=tuple(name for name in one.supports if not name.startswith("claims")))
        for one in cited
    )
    return record.replace(claims=tuple(fitted), sources=sources)


def has_no_fields(subject: str) -> bool:
    """Return whether a subject is a built-in state or alliance, which has no claimable fields."""
    return subject[0].isupper() or subject in RESERVED_ALLIANCES


def _is_there(claim: Claim, name: str, revisions: Revisions) -> bool:
    if not isinstance(claim, FieldClaim):
        return _has_field(name, revisions)
    if name in _PROPOSITIONS:
        # If the record has a state, a claimed border must be the border of that state.
        state = getattr(revisions[-1], "state", None) if revisions else None
        return claim.value is None or state in (None, claim.value)
    if not _has_field(name, revisions):
        return False
    if (place := getattr(claim.value, "place", None)) is not None and all(
        one.id != place for one in getattr(revisions[-1], "places", ())
    ):
        return False
    if claim.value is not None or claim.polarity == "undetermined":
        return True
    return field_named(revisions[-1], name) is not None and _has_stayed(name, revisions)


def _has_field(name: str, revisions: Revisions) -> bool:
    """Return whether the newest revision allows a field and contains the items in the name."""
    if name in _PROPOSITIONS:
        return True
    newest = revisions[-1] if revisions else None
    return (
        newest is not None
        and name.partition(".")[0] in type(newest).model_fields
        and not lacks_item(newest, dict(values_named(newest, name_tree([name]))), name)
    )


def _has_stayed(name: str, revisions: Revisions) -> bool:
    """Return whether a field has the same value in all revisions that have a value.

    If the value changed, an old claim could affirm a value that was recorded later.
    """
    if claimed_field(name).kind != "value":
        return True
    held: list[Any] = [field_named(record, name) for record in revisions]
    return all(one is None or one == held[-1] for one in held)


def _names_of_all(subjects: Sequence[Revisions]) -> Iterator[str]:
    """Yield the field names that a claim without a value can use for all the given subjects."""
    yield from _PROPOSITIONS
    names = [_names_of(revisions) for revisions in subjects]
    yield from sorted(set[str].intersection(*names) - {*_PROPOSITIONS})


def _names_of(revisions: Revisions) -> set[str]:
    return {
        name
        for name in (claimable_in(revisions[-1]) if revisions else ())
        if claimed_field(name).kind != "list" and _has_stayed(name, revisions)
    }


_MOST_NAMES = 2


def completed(record: R, draft: Draft) -> R:
    """Return the record, changed so that it names only existing fields and never refers to itself.

    Claims about a built-in state or alliance name no fields, because these records have no
    claimable fields.

    Args:
        record: the record.
        draft: the draft of the record.
    """
    if draft.fields.get("claims") and draft.may_change("claims"):
        record = fitting_claims(
            record, draft.draw, lambda subject: () if has_no_fields(subject) else None
        )
    return _naming_others(_naming_fields(record, draft), draft)


def _naming_others(record: R, draft: Draft) -> R:
    named = {one.name for one in named_records(record)}
    if record.id not in named:
        return record
    if draft.may_change("id"):
        return record.replace(id=unused_id(record.id, named))
    other = unused_id(record.id, named)
    return renamed(record, lambda one: other if one.name == record.id else one.name)


def _naming_fields(record: R, draft: Draft) -> R:
    naming = [name for name in ("sources", "assessments") if draft.fields.get(name)]
    free = [name for name in naming if draft.may_change(name)]
    if not free or not draft.draw(st.booleans()):
        return record
    changes: dict[str, Any] = {}
    for name in free:
        if name == "sources":
            some = _some(list(fields_in(record)))
            changes[name] = tuple(
                one.replace(supports=draft.draw(some)) for one in draft.fields[name]
            )
        else:
            claimable = list(claimable_in(record))
            places = [one.id for one in draft.fields.get("places", ()) if one.id is not None]
            changes[name] = tuple(
                _assessed(one, claimable, places, draft) for one in draft.fields[name]
            )
    return record.replace(**changes)


def _assessed(
    one: Assessment, names: Sequence[str], known: Sequence[str], draft: Draft
) -> Assessment:
    if not isinstance(one, FieldAssessment):
        return one.replace(fields=draft.draw(_some(names)))
    name = draft.draw(st.sampled_from(names))
    values = claimed_values(name, draft.values_of)
    needs_value = claimed_field(name).kind == "list"
    counted = claimed_field(name).is_countable and draft.draw(st.booleans())
    count = draft.draw(draft.values_of(ReportedCount)) if counted else None
    if values is None or not (needs_value or draft.draw(st.booleans())):
        return one.replace(fields=(name,), value=None, count=count)
    value = draft.draw(values)
    if name.endswith(".place"):
        value = draft.draw(st.sampled_from(known))
    return one.replace(fields=(name,), value=_placed(value, known, draft), count=count)


def _placed(value: Any, known: Sequence[str], draft: Draft) -> Any:
    """Return a claimed value whose places are replaced by places of the record, or removed."""
    if isinstance(value, AerialObject):
        fates = tuple(_placed(fate, known, draft) for fate in value.fates)
        return value.replace(fates=fates) if fates else value
    if isinstance(value, Effect | Response | Fate) and value.place is not None:
        return value.replace(place=draft.draw(st.sampled_from(known)) if known else None)
    return value


def _some(names: Sequence[str]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(names), max_size=_MOST_NAMES).map(tuple)
