"""Hypothesis strategies for records and values of every type, and for whole feeds.

The generated values are always valid. If you validate a single record, the only possible errors
are references to missing records. By default, a generated feed contains all referenced records.
The strategies favour edge cases: the antimeridian and the poles, clock changes, open and unknown
ends, right-to-left names, the longest strings and every vocabulary term. A failing example shrinks
towards the smallest record.

To fix a field, pass a value or a strategy:

    from hypothesis import given
    from airspace_events.testing import strategies as aes

    @given(aes.incursions(state="LV"))
    def test_what_holds_for_latvia(incursion): ...

Every class is registered with Hypothesis: `st.from_type(ae.Incursion)` draws from `incursions()`.
The strategies need the extra ``testing``. The functions for single classes, such as `incursions`,
accept the same fixed fields as `values_of`, and raise the same errors.
"""

from typing import Any, Protocol, TypeVar

from airspace_events.errors import MissingExtraError

try:
    from hypothesis.strategies import SearchStrategy
except ModuleNotFoundError as error:
    raise MissingExtraError("testing") from error

from airspace_events.models.actors import Alliance, Official, Organization, State
from airspace_events.models.base import BaseRecord
from airspace_events.models.events import Finding, Incursion, Series
from airspace_events.models.records import Record
from airspace_events.models.source import Source
from airspace_events.models.statement import Statement
from airspace_events.testing.strategies.build import values_of
from airspace_events.testing.strategies.feeds import feeds
from airspace_events.testing.strategies.times import time_expressions, time_zones
from airspace_events.values.acts import SpeechAct
from airspace_events.values.assessments import Assessment
from airspace_events.values.base import Value
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

__all__ = [
    "aerial_objects",
    "alliances",
    "assessments",
    "citations",
    "claims",
    "effects",
    "fates",
    "feeds",
    "findings",
    "geometries",
    "incursions",
    "memberships",
    "officials",
    "organizations",
    "periods",
    "places",
    "quotes",
    "records",
    "reported_counts",
    "reported_quantities",
    "reported_times",
    "responses",
    "series",
    "sources",
    "speech_acts",
    "statements",
    "states",
    "tenures",
    "time_expressions",
    "time_zones",
    "totals",
    "values_of",
    "zones",
]

V_co = TypeVar("V_co", bound=Value, covariant=True)


class _NamedStrategy(Protocol[V_co]):
    def __call__(self, **fixed_fields: Any) -> SearchStrategy[V_co]: ...


def _named(name: str, cls: type[V_co], about: str) -> _NamedStrategy[V_co]:
    def strategy(**fixed_fields: Any) -> SearchStrategy[V_co]:
        return values_of(cls, **fixed_fields)

    strategy.__name__ = strategy.__qualname__ = name
    strategy.__doc__ = f"Return a strategy for {about}."
    strategy.__annotations__["return"] = SearchStrategy[cls]  # type: ignore[valid-type]
    return strategy


def incursions(**fixed_fields: Any) -> SearchStrategy[Incursion]:
    """Return a strategy for incursions with few or many optional fields.

    >>> from hypothesis import find
    >>> find(incursions(scope="aggregate"), lambda incursion: True).time.value
    '2000-01-01'
    >>> incursions(scop="aggregate")
    Traceback (most recent call last):
        ...
    TypeError: Incursion has no field "scop"; did you mean scope?
    """
    return values_of(Incursion, **fixed_fields)


def records(**fixed_fields: Any) -> SearchStrategy[Record]:
    """Return a strategy for records of every type that has all the fixed fields.

    >>> from hypothesis import find
    >>> find(records(title="A made-up balloon"), lambda record: True).title
    'A made-up balloon'
    """
    made: SearchStrategy[Any] = values_of(BaseRecord, **fixed_fields)
    return made


sources = _named("sources", Source, "sources, such as news reports, press releases and posts")
states = _named("states", State, "state records that a feed may add to the built-in states")
alliances = _named(
    "alliances", Alliance, "alliances with memberships, never with the id of a built-in alliance"
)
organizations = _named(
    "organizations", Organization, "organizations, including unnamed groups of people"
)
officials = _named("officials", Official, "officials, with the posts that they hold or held")
series = _named("series", Series, "series of events that are reported together")
findings = _named("findings", Finding, "findings on the ground or in the water")
statements = _named("statements", Statement, "statements, with their claims and speech acts")
reported_times = _named(
    "reported_times",
    ReportedTime,
    "reported times, some with words, a time zone, or an open or unknown end",
)
reported_counts = _named(
    "reported_counts", ReportedCount, "counts with words, numbers in ascending order, or both"
)
reported_quantities = _named(
    "reported_quantities",
    ReportedQuantity,
    "quantities in any unit, with words, numbers in ascending order, or both",
)
places = _named("places", Place, "places, with names, geometries and other fields")
geometries = _named(
    "geometries", Geometry, "geometries of every type, some at a pole or the antimeridian"
)
aerial_objects = _named("aerial_objects", AerialObject, "aerial objects and groups of objects")
fates = _named("fates", Fate, "the fates of objects")
effects = _named("effects", Effect, "effects, such as harm and disruption")
totals = _named("totals", Totals, "totals with at least one count")
zones = _named("zones", Zone, "airspace zones that were, or may have been, entered")
responses = _named(
    "responses", Response, "responses, including responses that were expressly not made"
)
claims = _named("claims", Claim, "claims of every aspect and polarity")
assessments = _named(
    "assessments",
    Assessment,
    "assessments, which can name only the field ``time`` unless ``fields`` is fixed",
)
speech_acts = _named("speech_acts", SpeechAct, "speech acts, with a ``force`` only for requests")
citations = _named(
    "citations", Citation, "citations, without ``supports`` unless that field is fixed"
)
quotes = _named(
    "quotes", Quote, "quotes of at most 25 words, with offsets that match their length"
)
periods = _named("periods", Period, "periods with known, open or unknown ends")
memberships = _named("memberships", Membership, "memberships of states in alliances")
tenures = _named("tenures", Tenure, "tenures: posts that an official held")
