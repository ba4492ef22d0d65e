"""Rules about evidence: sources, claims against each other, and what the desk judges."""

from __future__ import annotations

from collections.abc import Hashable, Iterator

from airspace_events.models.base import SourcedRecord
from airspace_events.models.finding import Finding as Find
from airspace_events.models.incursion import Incursion
from airspace_events.models.series import Series
from airspace_events.models.source import Source
from airspace_events.models.statement import Statement
from airspace_events.safe_text import shown
from airspace_events.validation.rules.rule import Finding, Rules, Surroundings
from airspace_events.values.citations import Quote
from airspace_events.values.claims import AttributionClaim, Claim

RULES = Rules()
rule = RULES.rule


# Sources and quotations.


def record_without_source(record: SourcedRecord, _: Surroundings) -> Iterator[Finding]:
    """What is said to have been reported should say where."""
    if not record.sources and record.retracted is None:
        yield Finding("record_without_source", f"the {record.type} names no source")


_REPORTED: tuple[type[SourcedRecord], ...] = (Find, Series, Statement)
for _told in _REPORTED:
    rule(_told, "record_without_source")(record_without_source)


@rule(Quote, "quote_offsets_contradict", field="end")
def quote_offsets_contradict(quote: Quote, _: Surroundings) -> Iterator[Finding]:
    """From start to end there is as much text as is quoted."""
    if quote.start is None or quote.end is None:
        return
    length, between = len(quote.exact), quote.end - quote.start
    if length != between:
        yield Finding(
            "quote_offsets_contradict",
            f"the quotation has {length} characters, but start and end are {between} apart",
            ("end",),
            suggestion=str(quote.start + length),
            context={"start": quote.start, "end": quote.end, "length": length},
        )


# Claims of one speaker against each other.

_NEEDS_A_FLIGHT = frozenset(
    {"airspace_crossing", "airspace_over", "depth", "duration", "entered_from"}
)
_NOT_WHAT_IS_SAID = frozenset({"polarity", "about", "likelihood", "evidence_offered", "note"})
# So that many claims of a statement about many subjects are not each times each.
_MOST_SUBJECTS = 50


def denies_flight_and_gives_route(
    record: Statement | Source, _: Surroundings
) -> Iterator[Finding]:
    """Who denies that anything flew cannot tell where it flew."""
    denied = {
        (subject, claim.as_of): number
        for number, claim in enumerate(record.claims)
        if claim.aspect == "occurrence"
        and claim.polarity == "denied"
        and claim.likelihood is None
        # Only a denial of the whole covers whatever else is said of it.
        and claim.time is None
        and claim.pointer is None
        for subject in _subjects(claim, record)
    }
    if not denied:
        return
    for number, claim in enumerate(record.claims):
        if claim.aspect in _NEEDS_A_FLIGHT and _is_flatly_affirmed(claim):
            for subject in _subjects(claim, record):
                other = denied.get((subject, claim.as_of))
                if other is not None:
                    yield Finding(
                        "denies_flight_and_gives_route",
                        f"{claim.aspect} of {shown(subject)} is affirmed, "
                        f"but claim {other} denies that anything flew",
                        ("claims", number),
                        context={"subject": subject, "denial": other, "aspect": claim.aspect},
                    )
                    break


def two_operators_claimed(record: Statement | Source, _: Surroundings) -> Iterator[Finding]:
    """One thing has one operator, as far as states go; others may act for a state."""
    if len(record.claims) < len(("one", "other")):
        return
    operators: dict[Hashable, dict[str, tuple[int, str]]] = {}
    for number, claim in enumerate(record.claims):
        if not isinstance(claim, AttributionClaim) or claim.involvement != "operated":
            continue
        state = claim.value
        if state is None or not state.isupper() or not _is_flatly_affirmed(claim):
            continue
        of_the_same = operators.setdefault((claim.pointer, claim.as_of, claim.time), {})
        for subject in _subjects(claim, record):
            first, other = of_the_same.setdefault(subject, (number, state))
            if other != state:
                yield Finding(
                    "two_operators_claimed",
                    f"{shown(subject)} is said to have been operated by {other} and by {state}",
                    ("claims", number, "value"),
                    context={
                        "subject": subject,
                        "operators": [other, state],
                        "claims": [first, number],
                    },
                )
                break


def contradictory_claims(record: Statement | Source, _: Surroundings) -> Iterator[Finding]:
    """Nobody affirms and denies the same of the same in one breath."""
    if not any(claim.polarity == "denied" for claim in record.claims):
        return
    said: dict[Hashable, dict[str, tuple[int, str]]] = {}
    for number, claim in enumerate(record.claims):
        if claim.polarity not in ("affirmed", "denied") or not _is_plain(claim):
            continue
        content = tuple(
            getattr(claim, name)
            for name in type(claim).model_fields
            if name not in _NOT_WHAT_IS_SAID
        )
        said_so = said.setdefault(content, {})
        for subject in _subjects(claim, record):
            first, polarity = said_so.setdefault(subject, (number, claim.polarity))
            if polarity != claim.polarity:
                yield Finding(
                    "contradictory_claims",
                    f"{claim.aspect} of {shown(subject)} is {claim.polarity} here, "
                    f"and {polarity} in claim {first}",
                    ("claims", number, "polarity"),
                    context={
                        "subject": subject,
                        "aspect": claim.aspect,
                        "claims": [first, number],
                    },
                )
                break


_VOICES: tuple[type[Statement | Source], ...] = (Source, Statement)
for _voice in _VOICES:
    rule(_voice, "denies_flight_and_gives_route", field="claims")(denies_flight_and_gives_route)
    rule(_voice, "two_operators_claimed", field="claims")(two_operators_claimed)
    rule(_voice, "contradictory_claims", field="claims")(contradictory_claims)


def _subjects(claim: Claim, record: Statement | Source) -> tuple[str, ...]:
    """What a claim is about; nothing if nobody says so."""
    about = claim.about or (record.about if isinstance(record, Statement) else ())
    return about[:_MOST_SUBJECTS]


def _is_flatly_affirmed(claim: Claim) -> bool:
    return claim.polarity == "affirmed" and claim.likelihood is None


def _is_plain(claim: Claim) -> bool:
    """Whether a claim says the same as another one with the same fields.

    What is "other", and from what a distance is measured, stands in the note; and of some of
    a group may be so what of as many others is not.
    """
    return (
        claim.likelihood is None
        and claim.value != "other"
        and claim.aspect != "distance"
        and getattr(claim, "count", None) is None
    )


# What the desk judges.


@rule(
    Incursion,
    "confirmed_crossing_of_discounted_event",
    "crossing_surer_than_occurrence",
    field="crossing",
)
def crossing_surer_than_occurrence(incursion: Incursion, _: Surroundings) -> Iterator[Finding]:
    """What crossed did fly."""
    if incursion.crossing != "confirmed":
        return
    context = {"occurrence": incursion.occurrence, "crossing": incursion.crossing}
    if incursion.occurrence == "discounted":
        yield Finding(
            "confirmed_crossing_of_discounted_event",
            "the crossing is confirmed, but the occurrence is discounted: nothing flew",
            ("crossing",),
            context=context,
        )
    elif incursion.occurrence in ("disputed", "doubtful"):
        yield Finding(
            "crossing_surer_than_occurrence",
            f"the crossing is confirmed, but that anything flew is {incursion.occurrence}",
            ("crossing",),
            context=context,
        )


# What is in hand was there, even if the event is doubtful; what fell is as doubtful as it.
_SURE_FATES = {
    "doubtful": frozenset({"recovered", "shot_down"}),
    "discounted": frozenset({"recovered", "shot_down", "crashed", "landed"}),
}


@rule(Incursion, "object_surer_than_occurrence", field="occurrence")
def object_surer_than_occurrence(incursion: Incursion, _: Surroundings) -> Iterator[Finding]:
    """An object that was recovered or shot down was there."""
    sure = _SURE_FATES.get(incursion.occurrence)
    if sure is None:
        return
    for number, flyer in enumerate(incursion.objects):
        for place, fate in enumerate(flyer.fates):
            none = fate.count is not None and 0 in (fate.count.best, fate.count.max)
            if fate.fate in sure and not none:
                yield Finding(
                    "object_surer_than_occurrence",
                    f"that anything flew is {incursion.occurrence}, "
                    f"but an object has the fate {fate.fate}",
                    ("objects", number, "fates", place),
                    context={"occurrence": incursion.occurrence, "fate": fate.fate},
                )
