"""Lines for claims, assessments and speech acts in cards and tables."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from airspace_events.values.acts import SpeechAct
from airspace_events.values.assessments import Assessment
from airspace_events.values.base import Value
from airspace_events.values.claims import Claim
from airspace_events.values.effects import Effect
from airspace_events.values.measures import ReportedCount, ReportedQuantity
from airspace_events.values.objects import AerialObject, Fate
from airspace_events.values.places import Place, Zone
from airspace_events.values.responses import Response
from airspace_events.values.time import ReportedTime
from airspace_events.views.card import Line, Said, joined, quoted
from airspace_events.views.value_lines import (
    count_line,
    effect_line,
    fate_line,
    given,
    names_line,
    object_line,
    place_line,
    quantity_line,
    response_line,
    said,
    spoken,
    time_line,
    zone_line,
)


def claim_line(claim: Claim) -> Line:
    """Return the line for a claim, with its polarity and value."""
    return joined(
        (
            (spoken(claim.polarity), ": ", *_aspect(claim)),
            _qualifiers(claim),
            time_line(claim.time) if claim.time else (),
            given(claim.as_of, "as of "),
            names_line(claim.about, "about "),
        )
    )


def _qualifiers(claim: Claim) -> Line:
    """Return the likelihood, confidence, count and condition of a claim."""
    count = getattr(claim, "count", None)
    return joined(
        (
            given(claim.likelihood),
            given(claim.confidence, "confidence: "),
            given(getattr(claim, "involvement", None)),
            () if count is None else count_line(count),
            said(getattr(claim, "condition", None), "condition: "),
        )
    )


def assessment_line(assessment: Assessment) -> Line:
    """Return the line for an assessment, with its likelihood and confidence."""
    return joined(
        (
            _aspect(assessment),
            given(assessment.likelihood),
            given(assessment.confidence, "confidence: "),
            given(assessment.by, "by "),
        )
    )


def held_line(claim: Claim, field: str | None, value: object) -> Line:
    """Return the polarity and the value of a claim.

    Args:
        claim: the claim.
        field: the field of the value, if any.
        value: the claimed value, if any.
    """
    held = joined(((spoken(claim.polarity),), value_line(field, value)), by=": ")
    return joined((held, _qualifiers(claim)))


def _aspect(held: Claim | Assessment) -> Line:
    """Return the topic of a claim or assessment: its fields or aspect, and its value."""
    names = ", ".join(held.fields)
    topic = names if held.aspect == "field" else spoken(held.aspect)
    of = f" of {names}" if names and held.aspect != "field" else ""
    if held.value is None:
        return (topic, of)
    return (topic, of, " = ", *value_line(names if held.aspect == "field" else None, held.value))


def value_line(field: str | None, value: object) -> Line:
    """Return the line for a recorded or claimed value, or an empty line for None."""
    if value is None:
        return ()
    if isinstance(value, str):
        is_free = field is not None and field.endswith((".designation", ".name"))
        return quoted(value) if is_free else (spoken(value),)
    line = _LINES_OF_VALUES.get(type(value))
    kind = getattr(value, "type", "value") if isinstance(value, Value) else str(value)
    return (spoken(str(kind)),) if line is None else line(value)


_LINES_OF_VALUES: Mapping[type, Callable[[Any], Line]] = MappingProxyType(
    {
        ReportedCount: count_line,
        ReportedQuantity: quantity_line,
        ReportedTime: time_line,
        AerialObject: object_line,
        Fate: lambda fate: fate_line(fate, of_one=True),
        Effect: effect_line,
        Response: response_line,
        Place: place_line,
        Zone: zone_line,
    }
)


def act_line(act: SpeechAct) -> Line:
    """Return the line for a speech act, with its force, addressees and condition."""
    force = f" ({act.force})" if act.force else ""
    content = quoted(act.content) if act.quotation == "direct" else (Said(act.content),)
    is_plain = act.modality in (None, "actual") or (
        act.modality == "conditional" and act.condition
    )
    return joined(
        (
            (spoken(act.act), force, ": ", *content),
            () if is_plain else given(act.modality),
            () if act.condition is None else ("condition: ", Said(act.condition)),
            names_line(act.addressed_to, "to "),
            said(act.addressed_as, "to "),
            names_line(act.about, "about "),
        )
    )
