"""The strategies of the plain types, by the name of the type.

Annotations tell what a plain value may be to a parser, and not to somebody who looks for
corners; so each is told of here, and a type that is not is an error.
"""

import string
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from hypothesis import strategies as st

from airspace_events.testing.strategies import texts, times
from airspace_events.values.field_names import claimable_names
from airspace_events.vocabulary.state_codes import BorderSide
from airspace_events.vocabulary.word_lists import words_of

WHOLE_NUMBERS = (0, 10**9)
NUMBERS = (-1e9, 1e9)


def whole_numbers(least: int = WHOLE_NUMBERS[0], most: int = WHOLE_NUMBERS[1]) -> Any:
    """Whole numbers in a range, small ones and its ends first of all."""
    return st.integers(least, most) | st.sampled_from([least, most])


def numbers(least: float = NUMBERS[0], most: float = NUMBERS[1]) -> Any:
    """Numbers in a range, with and without a fraction, and its ends."""
    corners = [number for number in (0.0, 0.1, 1e-9, 5e-324) if least <= number <= most]
    return st.floats(least, most) | st.sampled_from([*corners, float(least), float(most)])


# Positions on Earth: the poles, the antimeridian, and what lies across it.


def _degrees(most: float) -> st.SearchStrategy[float]:
    return st.floats(-most, most) | st.sampled_from([0.0, most, -most, 26.1025, -0.000001])


longitudes, latitudes = _degrees(180), _degrees(90)
elevations = st.floats(-1e5, 1e5)
positions: st.SearchStrategy[tuple[float, ...]] = st.one_of(
    st.tuples(longitudes, latitudes),
    st.tuples(longitudes, latitudes, elevations),
    st.sampled_from([(180.0, 90.0), (-180.0, -90.0), (180.0, 0.0), (0.0, 0.0), (0.0, 90.0, 0.0)]),
)
rings = st.sampled_from(
    [
        ((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 0.0)),
        # Across the antimeridian, and around a pole.
        ((179.0, 0.0), (-179.0, 0.0), (-179.0, 1.0), (179.0, 1.0), (179.0, 0.0)),
        ((-120.0, 80.0), (0.0, 80.0), (120.0, 80.0), (-120.0, 80.0)),
    ]
) | st.lists(positions, min_size=3, max_size=5).map(lambda ring: (*ring, ring[0]))
lines = st.sampled_from([((0.0, 0.0), (1.0, 1.0)), ((179.9, 0.0), (-179.9, 0.0))]) | st.lists(
    positions, min_size=2, max_size=4
).map(tuple)

# The names of fields that somebody can claim, with ids of items in them.

CLAIMABLE = tuple(claimable_names())


@st.composite
def with_ids(draw: st.DrawFn, name: str) -> str:
    """The name of a field, with an id of an item for each ``*`` in it."""
    return ".".join(draw(texts.item_ids) if part == "*" else part for part in name.split("."))


field_names = st.sampled_from([name for name, _ in CLAIMABLE]).flatmap(with_ids)

PLAIN_VALUES: Mapping[str, st.SearchStrategy[Any]] = MappingProxyType(
    {
        "ActorRef": texts.actor_names,
        "AircraftType": st.from_regex(r"[A-Z][A-Z0-9]{1,3}", fullmatch=True),
        "Alpha3": texts.codes(string.ascii_uppercase, 3),
        "BodyRef": texts.actor_names,
        "BorderSide": st.sampled_from(words_of(BorderSide)),
        "DateOrInstant": times.points,
        "Elevation": elevations,
        "EventRef": texts.record_names,
        "Extensions": texts.extensions,
        "FieldName": field_names,
        "Flag": st.booleans(),
        "IncursionRef": texts.record_names,
        "Instant": times.instants,
        "ItemId": texts.item_ids,
        "LanguageTag": texts.languages,
        "Latitude": latitudes,
        "Line": lines,
        "LocationIndicator": texts.codes(string.ascii_uppercase, 4),
        "Longitude": longitudes,
        "MergedRef": texts.record_names,
        "Name": texts.names,
        "Namespace": texts.domains,
        "Number": numbers(),
        "NumericCode": texts.codes(string.digits, 3),
        "ObjectRef": texts.object_names,
        "OrganizationRef": texts.record_names,
        "PartyRef": texts.state_codes | texts.alliance_ids | texts.record_names,
        "Position": positions,
        "PositiveNumber": whole_numbers(1),
        "QuotedWords": texts.quoted_words,
        "RecordId": texts.record_ids,
        "Ring": rings,
        "SchemaVersion": st.builds("{}.{}".format, st.integers(0, 9999), st.integers(0, 9999)),
        "SeriesRef": texts.record_names,
        "Sha256": texts.codes("0123456789abcdef", 64),
        "SourceRef": texts.record_names,
        "SubjectRef": texts.actor_names,
        "Text": texts.free_texts,
        "TimeExpression": times.time_expressions(),
        "TimeZone": times.time_zones(),
        "WebAddress": texts.web_addresses,
        "WholeNumber": whole_numbers(),
    }
)
"""The strategies, by the name of the type."""
