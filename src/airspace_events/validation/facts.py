"""What one record tells that others depend on: little enough to hand from process to process."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from types import MappingProxyType
from typing import Any, NamedTuple

from airspace_events.models.actors import Official, Organization, State
from airspace_events.models.finding import Finding
from airspace_events.models.incursion import Incursion
from airspace_events.models.records import RECORD_CLASSES, Record
from airspace_events.models.series import Series
from airspace_events.models.source import Source
from airspace_events.models.statement import Statement
from airspace_events.reference.reserved import RESERVED_ALLIANCES
from airspace_events.validation.id_table import NO_DAY
from airspace_events.values import edtf
from airspace_events.values.claims import Claim, CountClaim, DamageCauseClaim
from airspace_events.values.measures import ReportedCount
from airspace_events.values.periods import Tenure
from airspace_events.values.structure import NamedRecord
from airspace_events.values.time_spans import Point

Parts = tuple[int | str, ...]
Days = tuple[int, int]

NO_DAYS: Days = (NO_DAY, NO_DAY)
# Many claims of many subjects each would take the square of a record's length.
_MOST_SUBJECTS = 50
_DAY = timedelta(days=1)
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
"""For each type of record a bit for each field that a desk fills in."""


class ClaimFacts(NamedTuple):
    """A claim of which others must know.

    Attributes:
        aspect: what it is about.
        polarity: how it is claimed.
        about: the ids of its subjects.
        value: a word, or the least and the most of a count.
        counted: what a count counts.
        parts: where in the record it stands.
    """

    aspect: str
    polarity: str
    about: tuple[str, ...]
    value: str | tuple[int | None, int | None] | None
    counted: str | None
    parts: Parts


class LinkFacts(NamedTuple):
    """That an object of an incursion is the same as one of another.

    Attributes:
        object: the id of the other, as ``incursion#object``.
        parts: where in the record that is said.
    """

    object: str
    parts: Parts


class Facts(NamedTuple):
    """What a record tells that others depend on.

    Attributes:
        kind: its type.
        id: its id.
        revision: its revision.
        names: the records that it names, those that are built in left out.
        defines: other names that it brings: of its objects, of its state.
        given: the fields that it gives, as `FIELD_BITS`.
        days: the first and the last day of its time, widened to be sure in every zone.
        recorded: the day on which it was recorded, likewise.
        replaces: the ids that were merged into it.
        is_retracted: whether the desk took it back.
        occurrence: the headline of whether it happened.
        crossing: the headline of whether it crossed.
        sources: the sources that it cites.
        above: what it is derived from, or a part of.
        copied: those of them that it is a copy of.
        about: the ids that a statement is about.
        speakers: the ids of people who speak, and of whom they speak for.
        claims: the claims of which others must know.
        causes: the causes of its effects.
        counts: the least and the most of its crossings and objects, by what is counted.
        links: objects that are the same as those of other incursions.
        airspace: the state whose airspace it is.
        route: its airspace, where it was entered from, where it was left to.
    """

    kind: str
    id: str
    revision: int
    names: tuple[NamedRecord, ...]
    defines: tuple[tuple[str, str], ...] = ()
    given: int = 0
    days: Days = NO_DAYS
    recorded: Days = NO_DAYS
    replaces: tuple[str, ...] = ()
    is_retracted: bool = False
    occurrence: str = ""
    crossing: str = ""
    sources: tuple[str, ...] = ()
    above: tuple[str, ...] = ()
    copied: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    speakers: tuple[str, ...] = ()
    claims: tuple[ClaimFacts, ...] = ()
    causes: tuple[tuple[str, int], ...] = ()
    counts: tuple[tuple[str, int | None, int | None], ...] = ()
    links: tuple[LinkFacts, ...] = ()
    airspace: str = ""
    route: tuple[str, tuple[str, ...], tuple[str, ...]] | None = None


def facts_of(record: Record, names: list[NamedRecord]) -> Facts:
    """The facts of a record, of which the walk has found what it names."""
    kind = record.type
    reader = _READERS.get(kind)
    return Facts(
        kind=kind,
        id=record.id,
        revision=record.revision,
        names=tuple([named for named in names if not _is_built_in(named)]),
        given=_bits_of(kind, frozenset(record.__pydantic_fields_set__)),
        recorded=_days_of_instant(record.recorded_at) if record.recorded_at else NO_DAYS,
        replaces=record.replaces,
        is_retracted=record.retracted is not None,
        sources=tuple([citation.source for citation in record.sources]),
        **(reader(record) if reader else {}),
    )


@lru_cache(maxsize=256)
def _bits_of(kind: str, given: frozenset[str]) -> int:
    """The fields that a record gives, but for those of the desk, as bits."""
    bits = FIELD_BITS[kind]
    return sum(bits.get(field, 0) for field in given)


def _is_built_in(named: NamedRecord) -> bool:
    is_state = named.name[0].isupper() and "state" in named.reference.kinds
    return is_state or (named.name in RESERVED_ALLIANCES and "alliance" in named.reference.kinds)


def _source(record: Source) -> dict[str, Any]:
    return {
        "days": _days_of_point(record.published),
        "above": tuple(one.source for one in record.derived_from),
        "copied": tuple(one.source for one in record.derived_from if one.is_copy),
        "claims": _claims(record.claims, ()),
    }


def _incursion(record: Incursion) -> dict[str, Any]:
    linked = tuple(
        [
            LinkFacts(other, ("objects", number, "same_as", place))
            for number, flown in enumerate(record.objects)
            if flown.same_as
            for place, other in enumerate(flown.same_as)
        ]
    )
    objects = [flown.id for flown in record.objects if flown.id is not None]
    return {
        "defines": tuple([(f"{record.id}#{name}", "object") for name in objects]),
        "days": _days_of(record.time.value),
        "airspace": record.airspace.state,
        "occurrence": record.occurrence,
        "crossing": record.crossing,
        "causes": tuple(
            [
                (effect.cause, number)
                for number, effect in enumerate(record.effects)
                if effect.cause is not None
            ]
        ),
        "counts": _counts(record),
        "links": linked,
        "route": (record.airspace.state, record.entered_from, record.exited_to)
        if linked or objects
        else None,
    }


def _counts(record: Incursion) -> tuple[tuple[str, int | None, int | None], ...]:
    found: list[tuple[str, int | None, int | None]] = []
    if record.crossings is not None:
        found.append(("crossings", *bounds_of(record.crossings)))
    if len(record.objects) == 1 and (count := record.objects[0].count) is not None:
        found.append(("objects", *bounds_of(count)))
    return tuple(found)


def bounds_of(count: ReportedCount) -> tuple[int | None, int | None]:
    """The least and the most that a count allows; None for what nobody said."""
    least = count.min if count.min is not None else count.best
    most = count.max if count.max is not None else None if count.min is not None else count.best
    return least, most


def _series(record: Series) -> dict[str, Any]:
    objects = [flown.id for flown in record.objects if flown.id is not None]
    return {
        "defines": tuple([(f"{record.id}#{name}", "object") for name in objects]),
        "days": _days_of(record.time.value),
        "above": () if record.part_of is None else (record.part_of,),
    }


def _finding(record: Finding) -> dict[str, Any]:
    return {"days": _days_of(record.found.value)}


def _statement(record: Statement) -> dict[str, Any]:
    named = {*record.speakers, *record.on_behalf_of, *record.signatories}
    people = [name for name in named if not name[0].isupper()]
    return {
        "days": _days_of(record.made.value),
        "about": record.about,
        "speakers": tuple(sorted(people)),
        "claims": _claims(record.claims, record.about),
    }


def _claims(claims: tuple[Claim, ...], about: tuple[str, ...]) -> tuple[ClaimFacts, ...]:
    return tuple(
        ClaimFacts(
            claim.aspect,
            claim.polarity,
            (claim.about or about)[:_MOST_SUBJECTS],
            _value_of(claim),
            claim.counted if isinstance(claim, CountClaim) else None,
            ("claims", number),
        )
        for number, claim in enumerate(claims)
    )


def _value_of(claim: Claim) -> str | tuple[int | None, int | None] | None:
    if isinstance(claim, CountClaim) and claim.value is not None:
        return bounds_of(claim.value)
    if isinstance(claim, DamageCauseClaim):
        return claim.value
    return None


def _organization(record: Organization) -> dict[str, Any]:
    return {"above": () if record.parent is None else (record.parent,)}


def _official(record: Official) -> dict[str, Any]:
    return {"days": _days_in_office(record.tenures)}


def _days_in_office(tenures: tuple[Tenure, ...]) -> Days:
    """The first day of all tenures, and the last, where they are known."""
    if not tenures:
        return NO_DAYS
    firsts = [_days_of_point(tenure.since)[0] for tenure in tenures]
    lasts = [_days_of_point(tenure.last_day)[1] for tenure in tenures]
    return (
        NO_DAY if NO_DAY in firsts else min(firsts),
        NO_DAY if NO_DAY in lasts else max(lasts),
    )


def _state(record: State) -> dict[str, Any]:
    days = NO_DAYS
    if record.valid is not None:
        since, last = _days_of_point(record.valid.since), _days_of_point(record.valid.last_day)
        days = since[0], last[1]
    return {"defines": ((record.alpha_2, "state"),), "days": days}


_READERS: Mapping[str, Callable[[Any], dict[str, Any]]] = MappingProxyType(
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
    """The first and the last day of an expression, widened by what time zones may do.

    An end that is open, unknown or marked gives none: nothing is certain of it.
    """
    expression = edtf.parse(text)
    return _first_day(expression.start), _last_day(expression.end)


@lru_cache(maxsize=1024)
def _days_of_point(text: str | None) -> Days:
    if text is None:
        return NO_DAYS
    point = edtf.parse_point(text)
    return _first_day(point), _last_day(point)


def _days_of_instant(instant: datetime) -> Days:
    day = instant.astimezone(UTC).toordinal()
    return day, day


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
