"""Claims about fields name what their subjects have."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar

from hypothesis import strategies as st

from airspace_events.models.base import BaseRecord
from airspace_events.reference.reserved import RESERVED_ALLIANCES
from airspace_events.testing.strategies.record_fields import claimable_in
from airspace_events.values.claims import Claim, FieldClaim
from airspace_events.values.field_names import claimed_field, field_named

R = TypeVar("R", bound=BaseRecord)
Revisions = Sequence[BaseRecord]

_PROPOSITIONS = ("occurrence", "crossing")


def fitting_claims(
    record: R, draw: st.DrawFn, revisions_of: Callable[[str], Revisions | None]
) -> R:
    """A record whose claims about fields name what their subjects have.

    A field that does not fit its subject is replaced by one that does, and loses its value.

    Args:
        record: the record.
        draw: draws from a strategy.
        revisions_of: gives the revisions of a subject, the newest last; none for what has no
            such fields, as a state; None for what is not known.
    """
    claims: tuple[Claim, ...] = getattr(record, "claims", ())
    about: tuple[str, ...] = getattr(record, "about", ())
    fitted: list[Claim] = []
    for claim in claims:
        known = [revisions_of(subject) for subject in claim.about or about]
        subjects = [one for one in known if one is not None]
        if isinstance(claim, FieldClaim) and not all(_fits(claim, one) for one in subjects):
            name = draw(st.sampled_from(list(_names_of_all(subjects))))
            fitted.append(claim.replace(fields=(name,), value=None, count=None))
        else:
            fitted.append(claim)
    return record if fitted == list(claims) else record.replace(claims=tuple(fitted))


def has_no_fields(subject: str) -> bool:
    """Whether a subject is a state or an alliance that is built in, which no field is about."""
    return subject[0].isupper() or subject in RESERVED_ALLIANCES


def _fits(claim: FieldClaim, revisions: Revisions) -> bool:
    return all(_is_there(claim, name, revisions) for name in claim.fields)


def _is_there(claim: FieldClaim, name: str, revisions: Revisions) -> bool:
    if name in _PROPOSITIONS:
        return True
    if not revisions or name.partition(".")[0] not in type(revisions[-1]).model_fields:
        return False
    newest = field_named(revisions[-1], name)
    if claim.value is not None or claim.polarity == "undetermined":
        return newest.has_item
    return newest.value is not None and _has_stayed(name, revisions)


def _has_stayed(name: str, revisions: Revisions) -> bool:
    """Whether no revision brought another value: it would be put into an old speaker's mouth."""
    if claimed_field(name).kind != "value":
        return True
    held: list[Any] = [field_named(record, name).value for record in revisions]
    return all(one is None or one == held[-1] for one in held)


def _names_of_all(subjects: Sequence[Revisions]) -> Iterator[str]:
    """The names that claims without a value can use about all of some subjects."""
    yield from _PROPOSITIONS
    names = [_names_of(revisions) for revisions in subjects]
    yield from sorted(set[str].intersection(*names) - {*_PROPOSITIONS})


def _names_of(revisions: Revisions) -> set[str]:
    return {
        name
        for name in (claimable_in(revisions[-1]) if revisions else ())
        if claimed_field(name).kind != "list" and _has_stayed(name, revisions)
    }
