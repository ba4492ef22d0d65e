"""Strategies for each record type and each value class.

Each function accepts fixed fields. The arguments and errors are the same as for `values_of`.
"""

from typing import Any

from hypothesis.strategies import SearchStrategy

from airspace_events.models.actors import Alliance, Official, Organization, State
from airspace_events.models.base import BaseRecord
from airspace_events.models.events import Finding, Incursion, Series
from airspace_events.models.records import Record
from airspace_events.models.source import Source
from airspace_events.models.statement import Statement
from airspace_events.testing.strategies.build import values_of
from airspace_events.values.acts import SpeechAct
from airspace_events.values.assessments import Assessment
from airspace_events.values.citations import Citation, Quote
from airspace_events.values.claims import Claim
from airspace_events.values.effects import Effect
from airspace_events.values.geometry import Geometry
from airspace_events.values.measures import ReportedCount, ReportedQuantity, Totals
from airspace_events.values.objects import AerialObject, Fate
from airspace_events.values.periods import Membership, Period, Tenure
from airspace_events.values.places import Place, Zone
from airspace_events.values.responses import Response
from airspace_events.values.time import ReportedTime


def sources(**fixed_fields: Any) -> SearchStrategy[Source]:
    """Return a strategy for sources: reports, releases, posts and others."""
    return values_of(Source, **fixed_fields)


def states(**fixed_fields: Any) -> SearchStrategy[State]:
    """Return a strategy for state records that a feed may add to the built-in states."""
    return values_of(State, **fixed_fields)


def alliances(**fixed_fields: Any) -> SearchStrategy[Alliance]:
    """Return a strategy for alliances with memberships, without ids of built-in alliances."""
    return values_of(Alliance, **fixed_fields)


def organizations(**fixed_fields: Any) -> SearchStrategy[Organization]:
    """Return a strategy for organizations, and for groups of people without a name."""
    return values_of(Organization, **fixed_fields)


def officials(**fixed_fields: Any) -> SearchStrategy[Official]:
    """Return a strategy for officials, with the posts that they held."""
    return values_of(Official, **fixed_fields)


def incursions(**fixed_fields: Any) -> SearchStrategy[Incursion]:
    """Return a strategy for incursions, with few or many fields.

    >>> from hypothesis import find
    >>> find(incursions(scope="aggregate"), lambda incursion: True).time.value
    '2000-01-01'
    >>> incursions(scop="aggregate")
    Traceback (most recent call last):
        ...
    TypeError: Incursion has no field "scop"; did you mean scope?
    """
    return values_of(Incursion, **fixed_fields)


def series(**fixed_fields: Any) -> SearchStrategy[Series]:
    """Return a strategy for series of events that are reported together."""
    return values_of(Series, **fixed_fields)


def findings(**fixed_fields: Any) -> SearchStrategy[Finding]:
    """Return a strategy for findings on the ground or in the water."""
    return values_of(Finding, **fixed_fields)


def statements(**fixed_fields: Any) -> SearchStrategy[Statement]:
    """Return a strategy for statements, with their claims and speech acts."""
    return values_of(Statement, **fixed_fields)


def records(**fixed_fields: Any) -> SearchStrategy[Record]:
    """Return a strategy for all record types, or for the types that have all fixed fields.

    >>> from hypothesis import find
    >>> find(records(title="A made-up balloon"), lambda record: True).title
    'A made-up balloon'
    """
    made: SearchStrategy[Any] = values_of(BaseRecord, **fixed_fields)
    return made


def reported_times(**fixed_fields: Any) -> SearchStrategy[ReportedTime]:
    """Return a strategy for reported times, with words, zones, and open or unknown ends."""
    return values_of(ReportedTime, **fixed_fields)


def reported_counts(**fixed_fields: Any) -> SearchStrategy[ReportedCount]:
    """Return a strategy for counts, with words, with numbers in order, or with both."""
    return values_of(ReportedCount, **fixed_fields)


def reported_quantities(**fixed_fields: Any) -> SearchStrategy[ReportedQuantity]:
    """Return a strategy for quantities of any unit, with words, numbers in order, or both."""
    return values_of(ReportedQuantity, **fixed_fields)


def places(**fixed_fields: Any) -> SearchStrategy[Place]:
    """Return a strategy for places, with names, geometries and other fields."""
    return values_of(Place, **fixed_fields)


def geometries(**fixed_fields: Any) -> SearchStrategy[Geometry]:
    """Return a strategy for geometries of every type, some at a pole or the antimeridian."""
    return values_of(Geometry, **fixed_fields)


def aerial_objects(**fixed_fields: Any) -> SearchStrategy[AerialObject]:
    """Return a strategy for aerial objects and groups of objects."""
    return values_of(AerialObject, **fixed_fields)


def fates(**fixed_fields: Any) -> SearchStrategy[Fate]:
    """Return a strategy for the fates of objects."""
    return values_of(Fate, **fixed_fields)


def effects(**fixed_fields: Any) -> SearchStrategy[Effect]:
    """Return a strategy for effects, such as harm and disruption."""
    return values_of(Effect, **fixed_fields)


def totals(**fixed_fields: Any) -> SearchStrategy[Totals]:
    """Return a strategy for totals with at least one count."""
    return values_of(Totals, **fixed_fields)


def zones(**fixed_fields: Any) -> SearchStrategy[Zone]:
    """Return a strategy for airspace zones that were, or may have been, entered."""
    return values_of(Zone, **fixed_fields)


def responses(**fixed_fields: Any) -> SearchStrategy[Response]:
    """Return a strategy for responses, including responses that were expressly not made."""
    return values_of(Response, **fixed_fields)


def claims(**fixed_fields: Any) -> SearchStrategy[Claim]:
    """Return a strategy for claims of every aspect and polarity."""
    return values_of(Claim, **fixed_fields)


def assessments(**fixed_fields: Any) -> SearchStrategy[Assessment]:
    """Return a strategy for assessments; unless ``fields`` is fixed, they name only ``time``."""
    return values_of(Assessment, **fixed_fields)


def speech_acts(**fixed_fields: Any) -> SearchStrategy[SpeechAct]:
    """Return a strategy for speech acts; only requests have a force."""
    return values_of(SpeechAct, **fixed_fields)


def citations(**fixed_fields: Any) -> SearchStrategy[Citation]:
    """Return a strategy for citations, without ``supports`` unless that field is fixed."""
    return values_of(Citation, **fixed_fields)


def quotes(**fixed_fields: Any) -> SearchStrategy[Quote]:
    """Return a strategy for quotes of at most 25 words, with offsets that match their length."""
    return values_of(Quote, **fixed_fields)


def periods(**fixed_fields: Any) -> SearchStrategy[Period]:
    """Return a strategy for periods with known, open or unknown ends."""
    return values_of(Period, **fixed_fields)


def memberships(**fixed_fields: Any) -> SearchStrategy[Membership]:
    """Return a strategy for memberships of states in alliances."""
    return values_of(Membership, **fixed_fields)


def tenures(**fixed_fields: Any) -> SearchStrategy[Tenure]:
    """Return a strategy for tenures: posts that an official held."""
    return values_of(Tenure, **fixed_fields)
