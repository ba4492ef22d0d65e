"""The collected content of all claims about one record."""

from __future__ import annotations

from typing import Any, NamedTuple

from pydantic_core import from_json

from airspace_events.feeds.id_table import NO_DAY
from airspace_events.validation.cross_record.claimed_records import KeptClaim, Subject
from airspace_events.values.field_names import claimed_field
from airspace_events.vocabulary.terms import Polarity

# Claims with these polarities are uncertain, but still count as claims.
SAYING: frozenset[Polarity] = frozenset({"affirmed", "suspected", "not_excluded"})
"""The polarities of claims that another claim may deny."""

OF_A_BORDER = frozenset({"crossing", "entered_from"})
"""The field names that apply only to a border crossing."""

_OF_A_CROSSING = OF_A_BORDER | {"exited_to", "depth", "totals.crossings"}

Voice = tuple[str, int]
"""A speaker, and the first day on which the speaker may have spoken."""


class Said(NamedTuple):
    """The content of all claims about one record.

    Attributes:
        kinds: a mapping from each claimed field name to its kind, such as a value or an item.
        names: the field names that a claim affirms, suspects or does not exclude.
        voices: the speakers who affirm something about the record without giving a likelihood.
        crossing_voices: the speakers who affirm something about a border crossing.
        accused: the ids of the actors to whom the event is attributed.
        places: the ids of places that claims add to the record.
        affirmed: for each denied field, the last day on which each speaker affirmed the field.
    """

    kinds: dict[str, str]
    names: set[str]
    voices: set[Voice]
    crossing_voices: set[Voice]
    accused: set[str]
    places: set[str]
    affirmed: dict[str, dict[str, int]]


def said_of(subject: Subject) -> Said:
    """Return the content of all claims about a record."""
    said = Said({}, set(), set(), set(), set(), set(), {})
    for claim in subject.claims():
        if _is_flat(claim):
            _add_affirmation(claim, said)
        for name in claim.names:
            if name not in said.kinds:
                said.kinds[name] = claimed_field(name).kind
        if claim.aspect != "field":
            continue
        if claim.polarity in SAYING:
            said.names.update(claim.names)
        if claim.polarity == "denied":
            said.affirmed.update((name, {}) for name in claim.names)
        if claim.value is not None and tuple(claim.names) == ("places",):
            said.places.add(str(from_json(claim.value).get("id")))
    if said.affirmed:
        _add_affirmed(subject, said)
    return said


def _is_flat(claim: KeptClaim) -> bool:
    return claim.polarity == "affirmed" and claim.is_flat


def _add_affirmation(claim: KeptClaim, said: Said) -> None:
    if claim.aspect == "attribution" and claim.value is not None:
        said.accused.add(claim.value.strip('"'))
    if claim.aspect == "field" and not _claims_none(claim.value):
        said.voices.update((voice, claim.since) for voice in claim.voices)
        if not _OF_A_CROSSING.isdisjoint(claim.names):
            said.crossing_voices.update((voice, claim.since) for voice in claim.voices)


def _claims_none(value: str | None) -> bool:
    """Return whether a claimed value is a count or quantity of zero."""
    if value is None or not value.startswith("{"):
        return False
    given: dict[str, Any] = from_json(value)
    return 0 in (given.get("max"), given.get("best"))


def _add_affirmed(subject: Subject, said: Said) -> None:
    """Add, for each denied field, the last day on which each speaker affirmed it."""
    for claim in subject.claims():
        if claim.aspect == "field" and _is_flat(claim):
            for name in claim.names:
                days = said.affirmed.get(name)
                if days is not None:
                    for voice in claim.voices:
                        days[voice] = max(claim.since, days.get(voice, NO_DAY))
