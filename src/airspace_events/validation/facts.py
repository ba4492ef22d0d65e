"""Facts of a record for the checks of other records, small enough to send between processes."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from itertools import islice
from types import MappingProxyType
from typing import Any, NamedTuple

from airspace_events.diagnostics.problem import Parts
from airspace_events.feeds.id_table import NO_DAY
from airspace_events.feeds.locating import Locator, RawRecord, starts_of_items
from airspace_events.models.actors import Official, Organization, State
from airspace_events.models.events import Finding, Incursion, Series
from airspace_events.models.records import RECORD_CLASSES, Record
from airspace_events.models.source import Source
from airspace_events.models.statement import Statement
from airspace_events.values import edtf
from airspace_events.values.base import Value, to_json
from airspace_events.values.claims import Claim
from airspace_events.values.field_names import places_in
from airspace_events.values.measures import ReportedCount
from airspace_events.values.periods import Tenure
from airspace_events.values.references import Reference
from airspace_events.values.time_spans import Point

Named = tuple[str, Reference, Parts]
"""A reference to another record: its id, the types that the field allows, and its location."""

Days = tuple[int, int]

NO_DAYS: Days = (NO_DAY, NO_DAY)
# Without limits, many claims with many subjects or voices would take quadratic time.
_MOST_SUBJECTS = _MOST_VOICES = 50
_DAY = timedelta(days=1)
_AUTHORITIES = frozenset({"government_body", "armed_force", "agency", "alliance_body", "airport"})
_DESK_FIELDS = frozenset({"type", "id", "revision", "recorded_at", "retracted", "replaces"})

FIELD_BITS: Mapping[str, Mapping[str, int]] = MappingProxyType(
    {
        kind: {
            field: 0 if field in _DESK_FIELDS else 1 << bit
            for bit, field in enumerate(sorted(model.model_fields))
        }
        for kind, model in RECORD_CLASSES.items()
    }
)
"""For each record type, a bit for each field; 0 for fields about the record, such as `id`."""


class Assertion(NamedTuple):
    """A claim about an aspect that has no field in records.

    Attributes:
        aspect: its aspect.
        polarity: its polarity.
        about: the ids of its subjects.
        number: its index among the claims of its record.
    """

    aspect: str
    polarity: str
    about: tuple[str, ...]
    number: int


class ComparedClaim(NamedTuple):
    """A claim that is compared with its subjects.

    Attributes:
        aspect: its aspect.
        polarity: its polarity.
        about: the ids of its subjects.
        number: its index among the claims of its record.
        names: the fields that it names.
        value: its value as JSON, from `written`; None if it has no value.
        is_flat: whether it has no likelihood.
        place: the 0-based line within the record, and the column.
        places: the ids of the places that its value refers to.
    """

    aspect: str
    polarity: str
    about: tuple[str, ...]
    number: int
    names: tuple[str, ...]
    value: str | None
    is_flat: bool
    place: tuple[int, int]
    places: tuple[str, ...]


class LinkFacts(NamedTuple):
    """A link from an object to the same object in another incursion.

    Attributes:
        object: the id of that object in the other incursion, as ``incursion#object``.
        parts: the JSON Pointer to the link within the record.
    """

    object: str
    parts: Parts


class Facts:
    """The facts of a record that the checks of other records need.

    An instance stores only the facts that differ from the defaults of the class.

    Attributes:
        kind: its type.
        id: its id.
        names: its references to other records, without references to built-in records.
        given: the bits (see `FIELD_BITS`) of the fields that it has.
        revision: its revision.
        defines: the ids that it defines for its objects or its state.
        days: the first and the last day of its time, widened to be valid in every time zone.
        recorded: the day on which it was recorded.
        recorded_at: the instant at which it was recorded; empty if not given.
        replaces: the ids of the records that were merged into it.
        is_retracted: whether the desk retracted it.
        is_confirmed: whether the desk confirms the occurrence, the crossing or an entry.
        sources: the ids of the sources that it cites.
        above: the ids of the records from which it is derived or to which it belongs.
        copied: the ids of its originals, if it is a copy; `above` also contains these ids.
        about: the ids of the subjects of a statement.
        speakers: the ids of the speakers, the signatories and the actors they speak for, except
            states.
        voices: the ids of the actors for whom a statement speaks; by default, its speakers.
        assertions: its claims about aspects that have no field in records.
        claims: its claims that are compared with their subjects.
        event: its JSON, if claims can refer to its fields.
        belongs_to: the bodies for which an authority or an official may speak, each with the
            first and the last day.
        links: the links from its objects to objects of other incursions.
        state: the state that an incursion concerns.
        route: the state, the entries and the exits of an incursion with linked objects.
    """

    revision: int = 1
    defines: Sequence[tuple[str, str]] = ()
    days: Days = NO_DAYS
    recorded: int = NO_DAY
    recorded_at: str = ""
    replaces: tuple[str, ...] = ()
    is_retracted: bool = False
    is_confirmed: bool = False
    sources: Sequence[str] = ()
    above: tuple[str, ...] = ()
    copied: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    speakers: Sequence[str] = ()
    voices: tuple[str, ...] = ()
    assertions: Sequence[Assertion] = ()
    claims: Sequence[ComparedClaim] = ()
    event: bytes = b""
    belongs_to: tuple[tuple[str, int, int], ...] = ()
    links: Sequence[LinkFacts] = ()
    state: str = ""
    route: tuple[str, tuple[str, ...], tuple[str, ...]] | None = None

    def __init__(self, kind: str, name: str, names: Sequence[Named], given: int) -> None:
        self.kind = kind
        self.id = name
        self.names = names
        self.given = given


def facts_of(record: Record, names: Sequence[Named], raw: RawRecord) -> Facts:
    """Return the facts of a record.

    Args:
        record: the record.
        names: the references in the record.
        raw: the bytes of the record.
    """
    kind = record.type
    bits = sum(map(FIELD_BITS[kind].__getitem__, record.__pydantic_fields_set__))
    facts = Facts(kind, record.id, names, bits)
    if record.revision != 1:
        facts.revision = record.revision
    if record.recorded_at is not None:
        facts.recorded = day_of(record.recorded_at)
        facts.recorded_at = record.recorded_at.isoformat()
    if record.replaces:
        facts.replaces = record.replaces
    if record.retracted is not None:
        facts.is_retracted = True
    if record.sources:
        facts.sources = [citation.source for citation in record.sources]
    reader = _READERS.get(kind)
    if reader is not None:
        reader(record, facts, raw)
    return facts


def _source(record: Source, facts: Facts, raw: RawRecord) -> None:
    if record.published is not None:
        facts.days = _days_of_point(record.published)
    if record.derived_from:
        facts.above = tuple(one.source for one in record.derived_from)
        facts.copied = tuple(one.source for one in record.derived_from if one.is_copy)
    if record.claims:
        _add_claims(record.claims, (), facts, raw)


def _incursion(record: Incursion, facts: Facts, raw: RawRecord) -> None:
    facts.days = _days_of(record.time.value)
    facts.event = raw.data
    if is_confirmed(record):
        facts.is_confirmed = True
    if record.state is not None:
        facts.state = record.state
    if record.objects:
        _add_objects(record, facts)
        facts.links = [
            LinkFacts(other, ("objects", number, "same_as", place))
            for number, flown in enumerate(record.objects)
            if flown.same_as
            for place, other in enumerate(flown.same_as)
        ]
        if record.state is not None and (facts.links or facts.defines):
            facts.route = record.state, record.entered_from, record.exited_to


def _add_objects(record: Incursion | Series, facts: Facts) -> None:
    facts.defines = [
        (f"{record.id}#{flown.id}", "object") for flown in record.objects if flown.id is not None
    ]


def is_confirmed(incursion: Incursion) -> bool:
    """Return whether the desk confirms the occurrence, the crossing or an entry into a zone."""
    judged = (incursion.occurrence, incursion.crossing, *(one.entry for one in incursion.zones))
    return "confirmed" in judged


def _series(record: Series, facts: Facts, raw: RawRecord) -> None:
    facts.event = raw.data
    if record.time is not None:
        facts.days = _days_of(record.time.value)
    if record.part_of is not None:
        facts.above = (record.part_of,)
    _add_objects(record, facts)


def _finding(record: Finding, facts: Facts, raw: RawRecord) -> None:
    facts.event = raw.data
    facts.days = _days_of(record.found.value)


def _statement(record: Statement, facts: Facts, raw: RawRecord) -> None:
    facts.days = _days_of(record.made.value)
    facts.about = record.about
    facts.voices = (record.on_behalf_of or record.speakers)[:_MOST_VOICES]
    named = {*record.speakers, *record.on_behalf_of, *record.signatories}
    facts.speakers = sorted(name for name in named if not name[0].isupper())
    if record.claims:
        _add_claims(record.claims, record.about, facts, raw)


def _add_claims(
    claims: tuple[Claim, ...], default: tuple[str, ...], facts: Facts, raw: RawRecord
) -> None:
    compared: list[tuple[int, Claim]] = []
    assertions: list[Assertion] = []
    for number, claim in enumerate(claims):
        about = (claim.about or default)[:_MOST_SUBJECTS]
        if about and claim.aspect != "field":
            assertions.append(Assertion(claim.aspect, claim.polarity, about, number))
        if about and _is_compared(claim):
            compared.append((number, claim))
    if assertions:
        facts.assertions = assertions
    if compared:
        places = _places_of([number for number, _ in compared], raw)
        facts.claims = [
            ComparedClaim(
                aspect=claim.aspect,
                polarity=claim.polarity,
                about=(claim.about or default)[:_MOST_SUBJECTS],
                number=number,
                names=claim.fields,
                value=None if claim.value is None else written(claim.value),
                is_flat=claim.likelihood is None,
                place=place,
                places=places_in(claim.fields[0], claim.value) if claim.aspect == "field" else (),
            )
            for (number, claim), place in zip(compared, places, strict=True)
        ]


def _places_of(numbers: list[int], raw: RawRecord) -> list[tuple[int, int]]:
    """For each claim index, return the 0-based line within the record and the column."""
    text, key = raw.data.decode(), '"claims":['
    at = text.find(key)
    # Most records are on one line and contain the key once, so parsing them is not necessary.
    is_plain = "\n" not in text[:-1] and "\\u" not in text
    if is_plain and at >= 0 and text.find('"claims"', at + 1) < 0:
        starts = list(islice(starts_of_items(text, at + len(key) - 1), numbers[-1] + 1))
        return [(0, starts[number] + raw.column) for number in numbers]
    locator = Locator(raw)
    found = [locator.place_of(("claims", number)) for number in numbers]
    return [(line - raw.line, column) for line, column in found]


def _is_compared(claim: Claim) -> bool:
    if claim.aspect == "characterisation" and claim.value == "violation":
        return True
    return bool(claim.fields) or claim.aspect == "attribution"


def written(value: Any) -> str:
    """Return a field value as JSON; two values have the same JSON only if they are equal."""
    if isinstance(value, Value):
        return to_json(value).decode()
    return json.dumps(value, ensure_ascii=False)


def bounds_of(count: ReportedCount) -> tuple[int | None, int | None]:
    """Return the lower and the upper bound of a count, with None for an unknown bound.

    An approximate number has no bounds.
    """
    least = count.min if count.min is not None else count.best
    most = count.max if count.max is not None else None if count.min is not None else count.best
    return least, most


def _organization(record: Organization, facts: Facts, _: RawRecord) -> None:
    if record.parent is not None:
        facts.above = (record.parent,)
    # Media, companies and groups of people do not speak for their state.
    if record.kind in _AUTHORITIES:
        bodies = (record.parent, record.of)
        facts.belongs_to = tuple((body, *NO_DAYS) for body in bodies if body is not None)


def _official(record: Official, facts: Facts, _: RawRecord) -> None:
    facts.days = _days_in_office(record.tenures)
    facts.belongs_to = tuple(
        (tenure.of, _days_of_point(tenure.since)[0], _days_of_point(tenure.last_day)[1])
        for tenure in record.tenures
    )


def _days_in_office(tenures: tuple[Tenure, ...]) -> Days:
    if not tenures:
        return NO_DAYS
    firsts = [_days_of_point(tenure.since)[0] for tenure in tenures]
    lasts = [_days_of_point(tenure.last_day)[1] for tenure in tenures]
    return (
        NO_DAY if NO_DAY in firsts else min(firsts),
        NO_DAY if NO_DAY in lasts else max(lasts),
    )


def _state(record: State, facts: Facts, _: RawRecord) -> None:
    facts.defines = ((record.alpha_2, "state"),)
    if record.valid is not None:
        since, last = _days_of_point(record.valid.since), _days_of_point(record.valid.last_day)
        facts.days = since[0], last[1]


_READERS: Mapping[str, Callable[[Any, Facts, RawRecord], None]] = MappingProxyType(
    {
        "source": _source,
        "state": _state,
        "organization": _organization,
        "official": _official,
        "incursion": _incursion,
        "series": _series,
        "finding": _finding,
        "statement": _statement,
    }
)


@lru_cache(maxsize=256)
def _days_of(text: str) -> Days:
    """Return the first and last day of a time expression, widened to be valid in every time zone.

    An end that is open, unknown or marked as uncertain becomes `NO_DAY`.
    """
    expression = edtf.parse(text)
    return _first_day(expression.start), _last_day(expression.end)


@lru_cache(maxsize=256)
def _days_of_point(text: str | None) -> Days:
    if text is None:
        return NO_DAYS
    point = edtf.parse_point(text)
    return _first_day(point), _last_day(point)


def day_of(instant: datetime | None) -> int:
    """Return the ordinal of the day of an instant in UTC, or `NO_DAY` for None."""
    return NO_DAY if instant is None else instant.astimezone(UTC).toordinal()


def _first_day(point: Point | None) -> int:
    if point is None or not point.is_certain:
        return NO_DAY
    if point.precision == "instant":
        return point.first.astimezone(UTC).toordinal()
    return (point.first - _DAY).toordinal()


def _last_day(point: Point | None) -> int:
    if point is None or not point.is_certain:
        return NO_DAY
    if point.precision == "instant":
        return point.after.astimezone(UTC).toordinal()
    return point.after.toordinal()
