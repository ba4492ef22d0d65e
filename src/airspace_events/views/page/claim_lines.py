"""Lines for claims and assessments in plain words, with times as dates and clock times."""

from __future__ import annotations

from collections.abc import Iterator

from airspace_events.dossier.positions import AttributedClaim
from airspace_events.values.assessments import Assessment
from airspace_events.values.claims import Claim
from airspace_events.values.time import ReportedTime
from airspace_events.views.card import Line, Said, joined, listed
from airspace_events.views.page.local_times import when_line
from airspace_events.views.value_lines import assessed_value_line, given, held_value_line, spoken


def topic_text(aspect: str, field: str | None) -> str:
    """Return the topic of a claim in plain words, such as "cause (house)" for effects.house.cause.

    The name of a list is left out if the id of an item follows it.
    """
    if field is None:
        return spoken(aspect)
    *above, name = map(spoken, field.split("."))
    above = [word for at, word in enumerate(above) if at % 2 or at == len(above) - 1]
    return f"{name} ({', '.join(above)})" if above else name


def _topics_line(held: Claim | Assessment) -> Line:
    return (", ".join(topic_text(held.aspect, field) for field in held.fields or (None,)),)


def claimed_line(claim: Claim) -> Line:
    """Return the polarity, the topic and the value of a claim."""
    value = claimed_value_line(claim, ", ".join(claim.fields) or None, claim.value)
    return joined(((f"{spoken(claim.polarity)}: ", *_topics_line(claim)), value), by=": ")


def assessed_line(assessment: Assessment) -> Line:
    """Return the topic, the value, the confidence and the basis of an assessment by the desk."""
    held = joined((_topics_line(assessment), assessed_value_line(assessment)), by=": ")
    return joined((held, given(assessment.at, "as of "), note_line(assessment.basis)))


def held_line(one: AttributedClaim) -> Line:
    """Return the polarity and the value of a claim."""
    value = claimed_value_line(one.claim, one.field, one.value)
    return joined(((spoken(one.claim.polarity),), value), by=": ")


def claimed_value_line(claim: Claim, field: str | None, value: object) -> Line:
    """Return the value of a claim; a time is written in plain words."""
    if isinstance(value, ReportedTime):
        return joined((when_line(value), held_value_line(claim, field, None)))
    return held_value_line(claim, field, value)


def details_of(claim: Claim) -> Iterator[Line]:
    """Yield the time of the claimed fact, the evidence offered and the note on the claim."""
    if claim.time is not None:
        yield when_line(claim.time)
    if claim.evidence_offered:
        yield ("evidence: ", *listed(claim.evidence_offered, lambda text: (Said(text),)))
    yield note_line(claim.note)


def note_line(text: str | None) -> Line:
    """Return a note, or an empty line for None."""
    return (Said(text),) if text else ()
