"""Hypothesis strategies for every record and value, and for whole feeds.

The generated values are always valid. For a single value, the validator may report references to
missing records as errors, but no other errors. A generated feed contains all referenced records.
The strategies favour edge cases: the antimeridian and the poles, clock changes, open and unknown
ends, right-to-left names, the longest strings and every vocabulary term. A failing example shrinks
towards the smallest record.

To fix a field, pass a value or a strategy:

    from hypothesis import given
    from airspace_events.testing import strategies as aes

    @given(aes.incursions(state="LV"))
    def test_what_holds_for_latvia(incursion): ...

These types are registered with Hypothesis: `st.from_type(ae.Incursion)` is `incursions()`.
The strategies need the extra ``testing``.
"""

from airspace_events.errors import MissingExtraError

try:
    from airspace_events.testing.strategies.build import values_of as values_of
    from airspace_events.testing.strategies.classes import aerial_objects as aerial_objects
    from airspace_events.testing.strategies.classes import alliances as alliances
    from airspace_events.testing.strategies.classes import assessments as assessments
    from airspace_events.testing.strategies.classes import citations as citations
    from airspace_events.testing.strategies.classes import claims as claims
    from airspace_events.testing.strategies.classes import effects as effects
    from airspace_events.testing.strategies.classes import fates as fates
    from airspace_events.testing.strategies.classes import findings as findings
    from airspace_events.testing.strategies.classes import geometries as geometries
    from airspace_events.testing.strategies.classes import incursions as incursions
    from airspace_events.testing.strategies.classes import memberships as memberships
    from airspace_events.testing.strategies.classes import officials as officials
    from airspace_events.testing.strategies.classes import organizations as organizations
    from airspace_events.testing.strategies.classes import periods as periods
    from airspace_events.testing.strategies.classes import places as places
    from airspace_events.testing.strategies.classes import quotes as quotes
    from airspace_events.testing.strategies.classes import records as records
    from airspace_events.testing.strategies.classes import reported_counts as reported_counts
    from airspace_events.testing.strategies.classes import (
        reported_quantities as reported_quantities,
    )
    from airspace_events.testing.strategies.classes import reported_times as reported_times
    from airspace_events.testing.strategies.classes import responses as responses
    from airspace_events.testing.strategies.classes import series as series
    from airspace_events.testing.strategies.classes import sources as sources
    from airspace_events.testing.strategies.classes import speech_acts as speech_acts
    from airspace_events.testing.strategies.classes import statements as statements
    from airspace_events.testing.strategies.classes import states as states
    from airspace_events.testing.strategies.classes import tenures as tenures
    from airspace_events.testing.strategies.classes import totals as totals
    from airspace_events.testing.strategies.classes import zones as zones
    from airspace_events.testing.strategies.feeds import feeds as feeds
    from airspace_events.testing.strategies.times import time_expressions as time_expressions
    from airspace_events.testing.strategies.times import time_zones as time_zones
except ModuleNotFoundError as error:
    if (error.name or "").partition(".")[0] != "hypothesis":
        raise
    raise MissingExtraError("testing") from error

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
