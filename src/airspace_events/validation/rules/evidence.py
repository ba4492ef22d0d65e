"""Rules about evidence: sources, contradictory claims, and judgements by the desk."""

from __future__ import annotations

from collections.abc import Hashable, Iterator

from airspace_events.diagnostics.problem import Problem
from airspace_events.models.base import SourcedRecord
from airspace_events.models.events import Finding, Incursion, Series
from airspace_events.models.source import Source
from airspace_events.models.statement import Statement
from airspace_events.safe_text import shown
from airspace_events.validation.rules.rule import Rules, Surroundings
from airspace_events.values.citations import Quote
from airspace_events.values.claims import AttributionClaim, Claim, FieldClaim

RULES = Rules()
rule = RULES.rule


# Sources and quotations.


def record_without_source(record: SourcedRecord, _: Surroundings) -> Problem | None:
    """A statement, a series or a finding must cite a source."""
    if not record.sources and record.retracted is None:
        return Problem("record_without_source", f"the {record.type} cites no source")
    return None


_REPORTED: tuple[type[SourcedRecord], ...] = (Finding, Series, Statement)
for _model in _REPORTED:
    rule(_model, "record_without_source", field="type")(record_without_source)


@rule(Quote, "quote_offsets_contradict", field="end")
def quote_offsets_contradict(quote: Quote, _: Surroundings) -> Problem | None:
    """`end` minus `start` must be the length of the quotation."""
    if quote.start is None or quote.end is None:
        return None
    length, between = len(quote.exact), quote.end - quote.start
    if length != between:
        return Problem(
            "quote_offsets_contradict",
            f"the quotation has {length} characters, but `end` minus `start` is {between}",
            ("end",),
            suggestion=str(quote.start + length),
            context={"start": quote.start, "end": quote.end, "length": length},
        )
    return None


# Contradictory claims by one speaker.

_NEEDS_A_FLIGHT = frozenset({"crossing", "depth", "duration", "entered_from", "exited_to", "over"})
_NOT_WHAT_IS_SAID = frozenset(
    {"id", "fields", "polarity", "about", "likelihood", "confidence", "evidence_offered", "note"}
)
# Limits the work for a statement with many claims about many subjects.
_MOST_SUBJECTS = 50


def denies_flight_and_gives_route(
    record: Statement | Source, _: Surroundings
) -> Iterator[Problem]:
    """A speaker must not deny that anything flew and also affirm a flight route."""
    denied = {
        (subject, claim.as_of): number
        for number, claim in enumerate(record.claims)
        if "occurrence" in claim.fields
        and isinstance(claim, FieldClaim)
        and claim.polarity == "denied"
        and claim.likelihood is None
        # Only a denial of the whole event contradicts all other claims about the event.
        and claim.time is None
        for subject in _subjects(claim, record)
    }
    if not denied:
        return
    for number, claim in enumerate(record.claims):
        route = next((name for name in claim.fields if name in _NEEDS_A_FLIGHT), None)
        if route is not None and isinstance(claim, FieldClaim) and _is_flatly_affirmed(claim):
            for subject in _subjects(claim, record):
                other = denied.get((subject, claim.as_of))
                if other is not None:
                    yield Problem(
                        "denies_flight_and_gives_route",
                        f"the claim affirms {shown(route)} of {shown(subject)}, but claim "
                        f"{other} denies that anything flew",
                        ("claims", number),
                        context={"subject": subject, "denial": other, "field": route},
                    )
                    break


def two_operators_claimed(record: Statement | Source, _: Surroundings) -> Iterator[Problem]:
    """A speaker must not affirm that two states operated the same object."""
    if len(record.claims) < len(("one", "other")):
        return
    operators: dict[Hashable, dict[str, tuple[int, str]]] = {}
    for number, claim in enumerate(record.claims):
        if not isinstance(claim, AttributionClaim) or claim.involvement != "operated":
            continue
        state = claim.value
        if state is None or not state.isupper() or not _is_flatly_affirmed(claim):
            continue
        of_the_same = operators.setdefault((claim.fields, claim.as_of, claim.time), {})
        for subject in _subjects(claim, record):
            first, other = of_the_same.setdefault(subject, (number, state))
            if other != state:
                yield Problem(
                    "two_operators_claimed",
                    f"both {other} and {state} are claimed to have operated {shown(subject)}: "
                    'name the object of each claim, as in `"fields": ["objects.<id>"]`',
                    ("claims", number, "value"),
                    context={
                        "subject": subject,
                        "operators": [other, state],
                        "claims": [first, number],
                    },
                )
                break


def contradictory_claims(record: Statement | Source, _: Surroundings) -> Iterator[Problem]:
    """A speaker must not both affirm and deny the same claim about the same subject."""
    if not any(claim.polarity == "denied" for claim in record.claims):
        return
    said: _Said = {}
    for number, claim in enumerate(record.claims):
        if claim.polarity not in ("affirmed", "denied") or not _is_plain(claim):
            continue
        clash = _clash(said, claim, number, _subjects(claim, record))
        if clash is None:
            continue
        name, subject, first = clash
        polarity = record.claims[first].polarity
        yield Problem(
            "contradictory_claims",
            f"{shown(name) if name else claim.aspect} of {shown(subject)} is "
            f"{claim.polarity} in this claim but {polarity} in claim {first}",
            ("claims", number, "polarity"),
            context={
                "subject": subject,
                "aspect": claim.aspect,
                "field": name,
                "claims": [first, number],
            },
        )


# For each claimed content, a mapping from subjects to the first claim and its polarity.
_Said = dict[Hashable, dict[str, tuple[int, str]]]


def _clash(
    said: _Said, claim: Claim, number: int, subjects: tuple[str, ...]
) -> tuple[str, str, int] | None:
    """Store the content of a claim, and return the first stored claim that contradicts it.

    Returns:
        The name of the field (empty for another aspect), the subject, and the number of the
        contradicting claim; None if no claim contradicts the given claim.
    """
    names = claim.fields if isinstance(claim, FieldClaim) else ("",)
    others = () if isinstance(claim, FieldClaim) else claim.fields
    content = tuple(
        getattr(claim, name) for name in type(claim).model_fields if name not in _NOT_WHAT_IS_SAID
    )
    clash: tuple[str, str, int] | None = None
    for name in names:
        of_subject = said.setdefault((content, name, others), {})
        for subject in subjects:
            first, polarity = of_subject.setdefault(subject, (number, claim.polarity))
            if polarity != claim.polarity:
                clash = clash or (name, subject, first)
    return clash


_VOICES: tuple[type[Statement | Source], ...] = (Source, Statement)
for _voice in _VOICES:
    rule(_voice, "denies_flight_and_gives_route", field="claims")(denies_flight_and_gives_route)
    rule(_voice, "two_operators_claimed", field="claims")(two_operators_claimed)
    rule(_voice, "contradictory_claims", field="claims")(contradictory_claims)


def _subjects(claim: Claim, record: Statement | Source) -> tuple[str, ...]:
    about = claim.about or (record.about if isinstance(record, Statement) else ())
    return about[:_MOST_SUBJECTS]


def _is_flatly_affirmed(claim: Claim) -> bool:
    return claim.polarity == "affirmed" and claim.likelihood is None


def _is_plain(claim: Claim) -> bool:
    """Return whether a claim has the same meaning as any other claim with equal fields.

    Two claims with the value "other" may have different meanings, which their notes explain. Two
    counts may refer to different objects of a group.
    """
    return (
        claim.likelihood is None
        and claim.value != "other"
        and getattr(claim, "count", None) is None
    )


@rule(Source, "agreement_as_claim", field="claims")
def agreement_as_claim(source: Source, _: Surroundings) -> Iterator[Problem]:
    """A source must not have claims that only agree with a record; the record must cite it."""
    for number, claim in enumerate(source.claims):
        is_bare = isinstance(claim, FieldClaim) and claim.value is None and claim.count is None
        if is_bare and _is_flatly_affirmed(claim):
            yield Problem(
                "agreement_as_claim",
                f"the source only agrees with {shown(claim.fields[0])} of a record; "
                "instead, list the field in `supports` of the record's citation",
                ("claims", number),
                context={"fields": list(claim.fields)},
            )


# The judgements of the desk.


_UNSURE = frozenset({"suspected", "disputed", "doubtful"})


@rule(
    Incursion,
    "confirmed_crossing_of_discounted_event",
    "crossing_surer_than_occurrence",
    field="crossing",
)
def crossing_surer_than_occurrence(incursion: Incursion, _: Surroundings) -> Problem | None:
    """The crossing must not be more certain than the occurrence."""
    if incursion.crossing != "confirmed":
        return None
    context = {"occurrence": incursion.occurrence, "crossing": incursion.crossing}
    if incursion.occurrence == "discounted":
        return Problem(
            "confirmed_crossing_of_discounted_event",
            "the crossing is confirmed, but the occurrence is discounted",
            ("crossing",),
            context=context,
        )
    if incursion.occurrence in _UNSURE:
        return Problem(
            "crossing_surer_than_occurrence",
            f"the crossing is confirmed, but the occurrence is only {incursion.occurrence}",
            ("crossing",),
            context=context,
        )
    return None


# A recovered object existed, even if the event is doubtful. A crash is as doubtful as the event.
_SURE_FATES = {
    "suspected": frozenset({"recovered", "shot_down"}),
    "doubtful": frozenset({"recovered", "shot_down"}),
    "discounted": frozenset({"recovered", "shot_down", "crashed", "landed"}),
}


@rule(Incursion, "object_surer_than_occurrence", field="occurrence")
def object_surer_than_occurrence(incursion: Incursion, _: Surroundings) -> Iterator[Problem]:
    """The occurrence must not be doubtful if an object was recovered or shot down."""
    sure = _SURE_FATES.get(incursion.occurrence or "")
    if sure is None:
        return
    for number, flyer in enumerate(incursion.objects):
        for place, fate in enumerate(flyer.fates):
            none = fate.count is not None and 0 in (fate.count.best, fate.count.max)
            if fate.fate in sure and not none:
                yield Problem(
                    "object_surer_than_occurrence",
                    f"the occurrence is {incursion.occurrence}, "
                    f"but an object has the fate {fate.fate}",
                    ("objects", number, "fates", place),
                    context={"occurrence": incursion.occurrence, "fate": fate.fate},
                )


@rule(Incursion, "nothing_not_discounted", field="objects")
def nothing_not_discounted(incursion: Incursion, _: Surroundings) -> Problem | None:
    """If every object turned out to be nothing, `occurrence` must be `discounted`."""
    is_nothing = all(flown.category == "nothing" for flown in incursion.objects)
    if is_nothing and incursion.objects and incursion.occurrence != "discounted":
        return Problem(
            "nothing_not_discounted",
            'every object has the category "nothing", so `occurrence` must be "discounted"',
            ("objects", 0, "category"),
            context={"occurrence": incursion.occurrence},
        )
    return None
