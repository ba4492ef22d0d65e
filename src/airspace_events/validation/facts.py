"""Facts of a record that checks of other records need, small enough to send between processes."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from types import MappingProxyType
from typing import Any, NamedTuple

from airspace_events.diagnostics.problem import Parts
from airspace_events.feeds.id_table import NO_DAY
from airspace_events.feeds.locating import Locator, RawRecord, members
from airspace_events.models.actors import Official, Organization, State
from airspace_events.models.events import Finding, Incursion, Series
from airspace_events.models.records import RECORD_CLASSES, Record
from airspace_events.models.source import Source
from airspace_events.models.statement import Statement
from airspace_events.reference.tables import RESERVED_ALLIANCES
from airspace_events.values import edtf
from airspace_events.values.base import Value, to_json
from airspace_events.values.claims import (
    AttributionClaim,
    CharacterisationClaim,
    Claim,
    FieldClaim,
)
from airspace_events.values.effects import Effect
from airspace_events.values.measures import ReportedCount
from airspace_events.values.objects import AerialObject, Fate
from airspace_events.values.periods import Tenure
from airspace_events.values.responses import Response
from airspace_events.values.structure import NamedRecord
from airspace_events.values.time_spans import Point

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
            field: 1 << bit
            for bit, field in enumerate(sorted(set(model.model_fields) - _DESK_FIELDS))
        }
        for kind, model in RECORD_CLASSES.items()
    }
)
"""The bits of the fields of each record type that hold content, such as `time` or `sources`."""


class ClaimFacts(NamedTuple):
    """The facts of a claim that other records need.

    Attributes:
        aspect: its aspect.
        polarity: its polarity.
        about: the ids of its subjects.
        number: its index among the claims of its record.
        is_compared: whether it is compared with its subjects.
        names: the fields that it names.
        value: its value as JSON, from `written`; None if it has no value.
        is_flat: whether it has no likelihood.
        place: the 0-based line within the record and the column; (0, 0) for a claim that is not
            compared.
        places: the ids of the places that its value refers to.
    """

    aspect: str
    polarity: str
    about: tuple[str, ...]
    number: int
    is_compared: bool = False
    names: tuple[str, ...] = ()
    value: str | None = None
    is_flat: bool = True
    place: tuple[int, int] = (0, 0)
    places: tuple[str, ...] = ()


class LinkFacts(NamedTuple):
    """A link which states that an object is the same as an object of another incursion.

    Attributes:
        object: the id of the other object, as ``incursion#object``.
        parts: the JSON Pointer to the link within the record.
    """

    object: str
    parts: Parts


class Facts(NamedTuple):
    """The facts of a record that other records need.

    Attributes:
        kind: its type.
        id: its id.
        revision: its revision.
        names: its references to other records, without references to built-in records.
        defines: further ids that it defines, for its objects or its state.
        given: the bits (see `FIELD_BITS`) of the fields that it has.
        days: the first and the last day of its time, widened to hold in every time zone.
        recorded: the day on which it was recorded.
        recorded_at: the instant at which it was recorded; empty if not given.
        replaces: the ids of the records that were merged into it.
        is_retracted: whether the desk retracted it.
        is_confirmed: whether the desk confirms the occurrence, the crossing or an entry.
        sources: the ids of the sources that it cites.
        above: the ids of the records that it is derived from or part of.
        copied: the ids in `above` that it is a copy of.
        about: the ids of the subjects of a statement.
        speakers: the ids of the speakers, the signatories and the actors they speak for, without
            states.
        voices: the ids of the actors for whom a statement speaks; by default, its speakers.
        claims: the facts of its claims.
        event: its JSON, if claims can refer to its fields.
        belongs_to: the bodies for which an authority or an official may speak, each with the first
            and the last day.
        links: the links from its objects to objects of other incursions.
        state: the state that an incursion concerns.
        route: the state, the entries and the exits of an incursion with linked objects.
    """

    kind: str
    id: str
    revision: int
    names: tuple[NamedRecord, ...]
    defines: tuple[tuple[str, str], ...] = ()
    given: int = 0
    days: Days = NO_DAYS
    recorded: int = NO_DAY
    recorded_at: str = ""
    replaces: tuple[str, ...] = ()
    is_retracted: bool = False
    is_confirmed: bool = False
    sources: tuple[str, ...] = ()
    above: tuple[str, ...] = ()
    copied: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    speakers: tuple[str, ...] = ()
    voices: tuple[str, ...] = ()
    claims: tuple[ClaimFacts, ...] = ()
    event: str = ""
    belongs_to: tuple[tuple[str, int, int], ...] = ()
    links: tuple[LinkFacts, ...] = ()
    state: str = ""
    route: tuple[str, tuple[str, ...], tuple[str, ...]] | None = None


def facts_of(record: Record, names: list[NamedRecord], raw: RawRecord) -> Facts:
    """Return the facts of a record.

    Args:
        record: the record.
        names: the references that the walk found.
        raw: the bytes of the record.
    """
    kind = record.type
    reader = _READERS.get(kind)
    return Facts(
        kind=kind,
        id=record.id,
        revision=record.revision,
        names=tuple([named for named in names if not _is_built_in(named)]),
        given=_bits_of(kind, frozenset(record.__pydantic_fields_set__)),
        recorded=day_of(record.recorded_at),
        recorded_at=record.recorded_at.isoformat() if record.recorded_at else "",
        replaces=record.replaces,
        is_retracted=record.retracted is not None,
        sources=tuple([citation.source for citation in record.sources]),
        event=raw.data.decode() if isinstance(record, Incursion | Series | Finding) else "",
        **(reader(record, raw) if reader else {}),
    )


@lru_cache(maxsize=256)
def _bits_of(kind: str, given: frozenset[str]) -> int:
    """Return the bits of the fields that a record has, without administrative fields."""
    bits = FIELD_BITS[kind]
    return sum(bits.get(field, 0) for field in given)


def _is_built_in(named: NamedRecord) -> bool:
    is_state = named.name[0].isupper() and "state" in named.reference.kinds
    return is_state or (named.name in RESERVED_ALLIANCES and "alliance" in named.reference.kinds)


def _source(record: Source, raw: RawRecord) -> dict[str, Any]:
    return {
        "days": _days_of_point(record.published),
        "above": tuple(one.source for one in record.derived_from),
        "copied": tuple(one.source for one in record.derived_from if one.is_copy),
        "claims": _claims(record.claims, (), raw),
    }


def _incursion(record: Incursion, _: RawRecord) -> dict[str, Any]:
    linked = tuple(
        [
            LinkFacts(other, ("objects", number, "same_as", place))
            for number, flown in enumerate(record.objects)
            if flown.same_as
            for place, other in enumerate(flown.same_as)
        ]
    )
    objects = [flown.id for flown in record.objects if flown.id is not None]
    has_route = record.state is not None and (linked or objects)
    return {
        "defines": tuple([(f"{record.id}#{name}", "object") for name in objects]),
        "days": _days_of(record.time.value),
        "state": record.state or "",
        "is_confirmed": is_confirmed(record),
        "links": linked,
        "route": (record.state, record.entered_from, record.exited_to) if has_route else None,
    }


def is_confirmed(incursion: Incursion) -> bool:
    """Return whether the desk confirms the occurrence, the crossing or an entry into a zone."""
    judged = (incursion.occurrence, incursion.crossing, *(one.entry for one in incursion.zones))
    return "confirmed" in judged


def _series(record: Series, _: RawRecord) -> dict[str, Any]:
    objects = [flown.id for flown in record.objects if flown.id is not None]
    return {
        "defines": tuple([(f"{record.id}#{name}", "object") for name in objects]),
        "days": NO_DAYS if record.time is None else _days_of(record.time.value),
        "above": () if record.part_of is None else (record.part_of,),
    }


def _finding(record: Finding, _: RawRecord) -> dict[str, Any]:
    return {"days": _days_of(record.found.value)}


def _statement(record: Statement, raw: RawRecord) -> dict[str, Any]:
    named = {*record.speakers, *record.on_behalf_of, *record.signatories}
    people = [name for name in named if not name[0].isupper()]
    return {
        "days": _days_of(record.made.value),
        "about": record.about,
        "speakers": tuple(sorted(people)),
        "voices": (record.on_behalf_of or record.speakers)[:_MOST_VOICES],
        "claims": _claims(record.claims, record.about, raw),
    }


def _claims(
    claims: tuple[Claim, ...], about: tuple[str, ...], raw: RawRecord
) -> tuple[ClaimFacts, ...]:
    if not claims:
        return ()
    places: Callable[[int], tuple[int, int]] | None = None
    found: list[ClaimFacts] = []
    for number, claim in enumerate(claims):
        facts = ClaimFacts(
            claim.aspect, claim.polarity, (claim.about or about)[:_MOST_SUBJECTS], number
        )
        if facts.about and _is_compared(claim):
            places = places or _claim_places(raw)
            line, column = places(number)
            facts = facts._replace(
                is_compared=True,
                names=claim.fields,
                value=None if claim.value is None else written(claim.value),
                is_flat=claim.likelihood is None,
                place=(line - raw.line, column),
                places=_places_in(claim),
            )
        found.append(facts)
    return tuple(found)


def _claim_places(raw: RawRecord) -> Callable[[int], tuple[int, int]]:
    """Return a function that returns the line and the column of a claim, given its index."""
    text, key = raw.data.decode(), '"claims":'
    at = text.find(key)
    # Most records are on one line and have the key once, so the rest need not be parsed.
    is_plain = "\n" not in text and "\\u" not in text
    if is_plain and at >= 0 and text.find('"claims"', at + 1) < 0:
        offsets = [member.value_at for member in members(text, at + len(key))]
        if offsets:
            return lambda number: (raw.line, offsets[number] + raw.column)
    locator = Locator(raw)
    return lambda number: locator.place_of(("claims", number))


def _is_compared(claim: Claim) -> bool:
    """Return whether a claim can be compared with the fields of its subject."""
    if isinstance(claim, CharacterisationClaim):
        return claim.value == "violation"
    return isinstance(claim, FieldClaim | AttributionClaim)


def _places_in(claim: Claim) -> tuple[str, ...]:
    """Return the ids of the places that a claimed value refers to."""
    value = claim.value
    if value is None or not isinstance(claim, FieldClaim):
        return ()
    if isinstance(value, str):
        return (value,) if claim.fields[0].endswith(".place") else ()
    if isinstance(value, AerialObject):
        places = [fate.place for fate in value.fates]
    else:
        places = [value.place] if isinstance(value, Effect | Response | Fate) else []
    return tuple(place for place in places if place is not None)


def written(value: Any) -> str:
    """Return a field value as JSON; only equal values have the same text."""
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


def _organization(record: Organization, _: RawRecord) -> dict[str, Any]:
    # Media, companies and groups of people do not speak for their state.
    bodies = (record.parent, record.of) if record.kind in _AUTHORITIES else ()
    return {
        "above": () if record.parent is None else (record.parent,),
        "belongs_to": tuple((body, *NO_DAYS) for body in bodies if body is not None),
    }


def _official(record: Official, _: RawRecord) -> dict[str, Any]:
    return {
        "days": _days_in_office(record.tenures),
        "belongs_to": tuple(
            (tenure.of, _days_of_point(tenure.since)[0], _days_of_point(tenure.last_day)[1])
            for tenure in record.tenures
        ),
    }


def _days_in_office(tenures: tuple[Tenure, ...]) -> Days:
    """Return the first and the last day of all tenures, with `NO_DAY` for an unknown day."""
    if not tenures:
        return NO_DAYS
    firsts = [_days_of_point(tenure.since)[0] for tenure in tenures]
    lasts = [_days_of_point(tenure.last_day)[1] for tenure in tenures]
    return (
        NO_DAY if NO_DAY in firsts else min(firsts),
        NO_DAY if NO_DAY in lasts else max(lasts),
    )


def _state(record: State, _: RawRecord) -> dict[str, Any]:
    days = NO_DAYS
    if record.valid is not None:
        since, last = _days_of_point(record.valid.since), _days_of_point(record.valid.last_day)
        days = since[0], last[1]
    return {"defines": ((record.alpha_2, "state"),), "days": days}


_READERS: Mapping[str, Callable[[Any, RawRecord], dict[str, Any]]] = MappingProxyType(
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


@lru_cache(maxsize=1024)
def _days_of(text: str) -> Days:
    """Return the first and the last day of a time expression, widened to hold in every time zone.

    An end that is open, unknown or marked as uncertain gives `NO_DAY`.
    """
    expression = edtf.parse(text)
    return _first_day(expression.start), _last_day(expression.end)


@lru_cache(maxsize=1024)
def _days_of_point(text: str | None) -> Days:
    if text is None:
        return NO_DAYS
    point = edtf.parse_point(text)
    return _first_day(point), _last_day(point)


def day_of(instant: datetime | None) -> int:
    """Return the ordinal of the day of an instant in UTC, or `NO_DAY` without an instant."""
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
