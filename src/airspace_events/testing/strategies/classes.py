"""Strategies for records of each type, and for the values of which they are made.

Each takes fields to fix. Their arguments and errors are those of `values_of`.
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
    """Sources: reports, releases, posts and what else was read."""
    return values_of(Source, **fixed_fields)


def states(**fixed_fields: Any) -> SearchStrategy[State]:
    """Records of states, as a feed may have them beside those that are built in."""
    return values_of(State, **fixed_fields)


def alliances(**fixed_fields: Any) -> SearchStrategy[Alliance]:
    """Alliances, with memberships; none has the id of one that is built in."""
    return values_of(Alliance, **fixed_fields)


def organizations(**fixed_fields: Any) -> SearchStrategy[Organization]:
    """Organizations, and kinds of people that a report names only as such."""
    return values_of(Organization, **fixed_fields)


def officials(**fixed_fields: Any) -> SearchStrategy[Official]:
    """Officials, with the posts that they held."""
    return values_of(Official, **fixed_fields)


def incursions(**fixed_fields: Any) -> SearchStrategy[Incursion]:
    """Incursions, from one line to all that can be told of one.

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
    """Series of events that are told of together."""
    return values_of(Series, **fixed_fields)


def findings(**fixed_fields: Any) -> SearchStrategy[Finding]:
    """Findings on the ground or in the water."""
    return values_of(Finding, **fixed_fields)


def statements(**fixed_fields: Any) -> SearchStrategy[Statement]:
    """Statements, with what they claim and what they do."""
    return values_of(Statement, **fixed_fields)


def records(**fixed_fields: Any) -> SearchStrategy[Record]:
    """Records of every type, or of those types that have all the fixed fields.

    >>> from hypothesis import find
    >>> find(records(title="A made-up balloon"), lambda record: True).title
    'A made-up balloon'
    """
    made: SearchStrategy[Any] = values_of(BaseRecord, **fixed_fields)
    return made


def reported_times(**fixed_fields: Any) -> SearchStrategy[ReportedTime]:
    """Times as they were reported, with words, zones, and ends that are open or unknown."""
    return values_of(ReportedTime, **fixed_fields)


def reported_counts(**fixed_fields: Any) -> SearchStrategy[ReportedCount]:
    """Counts: words, numbers in order, or both."""
    return values_of(ReportedCount, **fixed_fields)


def reported_quantities(**fixed_fields: Any) -> SearchStrategy[ReportedQuantity]:
    """Quantities of any unit: words, numbers in order, or both."""
    return values_of(ReportedQuantity, **fixed_fields)


def places(**fixed_fields: Any) -> SearchStrategy[Place]:
    """Places, from a name to a geometry."""
    return values_of(Place, **fixed_fields)


def geometries(**fixed_fields: Any) -> SearchStrategy[Geometry]:
    """Geometries of every type; some lie at a pole or across the antimeridian."""
    return values_of(Geometry, **fixed_fields)


def aerial_objects(**fixed_fields: Any) -> SearchStrategy[AerialObject]:
    """Objects in the air, and groups of them."""
    return values_of(AerialObject, **fixed_fields)


def fates(**fixed_fields: Any) -> SearchStrategy[Fate]:
    """What became of objects."""
    return values_of(Fate, **fixed_fields)


def effects(**fixed_fields: Any) -> SearchStrategy[Effect]:
    """Harm and disruption."""
    return values_of(Effect, **fixed_fields)


def totals(**fixed_fields: Any) -> SearchStrategy[Totals]:
    """Counts of what there was in all, at least one."""
    return values_of(Totals, **fixed_fields)


def zones(**fixed_fields: Any) -> SearchStrategy[Zone]:
    """Zones of airspace that were entered, or are said to have been."""
    return values_of(Zone, **fixed_fields)


def responses(**fixed_fields: Any) -> SearchStrategy[Response]:
    """What was done in answer, or expressly not done."""
    return values_of(Response, **fixed_fields)


def claims(**fixed_fields: Any) -> SearchStrategy[Claim]:
    """Claims of every aspect and polarity."""
    return values_of(Claim, **fixed_fields)


def assessments(**fixed_fields: Any) -> SearchStrategy[Assessment]:
    """Assessments of every aspect; unless that is fixed, they name no field but ``time``."""
    return values_of(Assessment, **fixed_fields)


def speech_acts(**fixed_fields: Any) -> SearchStrategy[SpeechAct]:
    """What is done by saying something; only requests have a force."""
    return values_of(SpeechAct, **fixed_fields)


def citations(**fixed_fields: Any) -> SearchStrategy[Citation]:
    """Citations; they support no named part of a record unless that is fixed."""
    return values_of(Citation, **fixed_fields)


def quotes(**fixed_fields: Any) -> SearchStrategy[Quote]:
    """Quotations of at most 25 words, as long as from their start to their end."""
    return values_of(Quote, **fixed_fields)


def periods(**fixed_fields: Any) -> SearchStrategy[Period]:
    """Periods, with ends that are known, open or unknown."""
    return values_of(Period, **fixed_fields)


def memberships(**fixed_fields: Any) -> SearchStrategy[Membership]:
    """Memberships of states in alliances."""
    return values_of(Membership, **fixed_fields)


def tenures(**fixed_fields: Any) -> SearchStrategy[Tenure]:
    """Posts that somebody held."""
    return values_of(Tenure, **fixed_fields)
