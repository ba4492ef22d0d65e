"""Hypothesis strategies for simple values, such as ids, codes, names and web addresses."""

import string
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from hypothesis import strategies as st

from airspace_events.reference.tables import RESERVED_ALLIANCES
from airspace_events.testing.strategies import times
from airspace_events.values.field_names import claimable_names
from airspace_events.vocabulary.state_codes import BorderSide, StateCode
from airspace_events.vocabulary.word_lists import words_of

TextStrategy = st.SearchStrategy[str]

_CORNERS = (
    "Angel Tîlvăr",
    "Дрон упав біля села Плауру",
    "مسيّرة عبرت الحدود",
    "רחפן חצה את הגבול",
    "無人機が領空に入った",
    "e\u0301 n\u0303 a\u0308\u0323",  # combining marks, in the order in which people type them
    "👩🏽‍✈️ 🇷🇴 🏴󠁧󠁢󠁳󠁣󠁴󠁿",
    "left \u202eright\u202c \u200e\u200f\u2066x\u2069",
    'a quotation", "key": "value',
    "back\\slash \\u0041 \\n",
    "line\nline\u2028line\u2029line\tline",
    "\ufeff",
    "=HYPERLINK(1)",
    "<b>&amp;</b> | `x` | $y$",
    " ",
    "0",
    "null",
)
_characters = st.characters(exclude_categories=["Cc", "Cs"], include_characters="\n\t")


def _texts(longest: int) -> TextStrategy:
    # The character outside the Basic Multilingual Plane reveals code that counts UTF-16 units.
    longest_texts = ("x" * longest, "ж" * longest, "x" * (longest - 1) + "😀")
    return st.text(_characters, min_size=1, max_size=20) | st.sampled_from(
        [*_CORNERS, *longest_texts]
    )


free_texts, names = _texts(20_000), _texts(500)


# Ids, and references to records.

state_codes = st.sampled_from(words_of(StateCode))
alliance_ids = st.sampled_from(sorted(RESERVED_ALLIANCES))


def _ids(smallest: str) -> TextStrategy:
    word = st.text(string.ascii_lowercase + string.digits, min_size=1, max_size=8)
    slugs = st.lists(word, min_size=1, max_size=4).map("-".join)
    # The samples come first because Hypothesis shrinks to the first of the simplest options.
    samples = [smallest, "lv-2024-09-07", "ro", "unn-lv", "0", "x-1-y", "z" * 128]
    return st.sampled_from(samples) | slugs.filter(lambda name: name not in RESERVED_ALLIANCES)


#: Ids of records and references. Most are different, and a few are the same.
record_ids, record_names = _ids("a"), _ids("b")
#: Ids of items start with a letter.
item_ids = (_ids("a") | alliance_ids).filter(lambda name: name[0].isalpha())
object_names = st.builds("{}#{}".format, record_names, item_ids)
actor_names = state_codes | alliance_ids | record_names


def unused_id(name: str, taken: Any) -> str:
    """Return an unused id that resembles a given id.

    Args:
        name: the given id.
        taken: the ids that are already used, as a set or a mapping.
    """
    number = 2
    while (other := f"{name[:100].rstrip('-')}-{number}") in taken:
        number += 1
    return other


# Codes and addresses.

languages = st.sampled_from(
    ["en", "ro", "uk", "zh-Hant-TW", "sr-Latn", "de-CH-1996", "x" * 8, "en-a-bbb-x-1"]
) | st.from_regex(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,2}", fullmatch=True)

web_addresses = st.sampled_from(
    [
        "https://www.example.org/report?a=1#b",
        "http://пример.рф/путь",
        "https://[::1]:8080/%20",
        "https://x/" + "y" * 1990,
    ]
) | st.from_regex(r"https?://[a-z0-9.-]{1,12}/[!-~]{0,12}", fullmatch=True)

domains = st.one_of(
    st.sampled_from(
        ["example.org", "a.b", "-.-", "xn--e1afmkfd.xn--p1ai", "0.1.2", "x" * 96 + ".org"]
    ),
    st.lists(
        st.text(string.ascii_lowercase + string.digits + "-", min_size=1, max_size=9),
        min_size=2,
        max_size=4,
    ).map(".".join),
)

# At most 25 words, separated by white space of every kind.
_word = st.text(
    st.characters(exclude_categories=["Cc", "Cs", "Zs", "Zl", "Zp"]), min_size=1, max_size=9
)


def _quoted(words: list[str], before: str, between: str, after: str) -> str:
    return before + between.join(words) + after


quoted_words = st.sampled_from(["x", "x" * 1000]) | st.builds(
    _quoted,
    st.sampled_from([["слово"] * 25, ["x"] * 25]) | st.lists(_word, min_size=1, max_size=25),
    st.sampled_from(["", " ", "\n\t"]),
    st.sampled_from([" ", "\n", "\u00a0", "\u3000 "]),
    st.sampled_from(["", " ", "\u2003"]),
)


def _codes(alphabet: str, length: int) -> TextStrategy:
    return st.text(alphabet, min_size=length, max_size=length)


# Any JSON, for extensions.

_scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**80), 2**80) | st.sampled_from([0, 2**53 + 1, 2**63, -(2**64)]),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(_characters, max_size=8),
    st.sampled_from(_CORNERS),
)
_keys = st.text(_characters, max_size=6) | st.sampled_from(
    ["", "a/b", "~", '":', "type", "id", "[key]"]
)
_json = st.recursive(
    _scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_keys, inner, max_size=3),
    max_leaves=6,
)
extensions = st.dictionaries(domains, _json, max_size=2)


WHOLE_NUMBERS = (0, 10**9)
NUMBERS = (-1e9, 1e9)


def whole_numbers(least: int = WHOLE_NUMBERS[0], most: int = WHOLE_NUMBERS[1]) -> Any:
    """Return a strategy for whole numbers in a range; it often draws the bounds."""
    return st.integers(least, most) | st.sampled_from([least, most])


def numbers(least: float = NUMBERS[0], most: float = NUMBERS[1]) -> Any:
    """Return a strategy for numbers in a range, including fractions and the bounds themselves."""
    corners = [number for number in (0.0, 0.1, 1e-9, 5e-324) if least <= number <= most]
    return st.floats(least, most) | st.sampled_from([*corners, float(least), float(most)])


# Positions on Earth: the poles, the antimeridian, and shapes across it.


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

# The names of fields that a claim can use, with ids of items.

CLAIMABLE = tuple(claimable_names())


@st.composite
def with_ids(draw: st.DrawFn, name: str) -> str:
    """Replace each ``*`` in a field name with a drawn item id."""
    return ".".join(draw(item_ids) if part == "*" else part for part in name.split("."))


field_names = st.sampled_from([name for name, _ in CLAIMABLE]).flatmap(with_ids)

PLAIN_VALUES: Mapping[str, st.SearchStrategy[Any]] = MappingProxyType(
    {
        **dict.fromkeys(("ActorRef", "BodyRef", "PartyRef", "SubjectRef"), actor_names),
        **dict.fromkeys(("EventRef", "IncursionRef", "MergedRef"), record_names),
        **dict.fromkeys(("OrganizationRef", "SeriesRef", "SourceRef"), record_names),
        "AircraftType": st.from_regex(r"[A-Z][A-Z0-9]{1,3}", fullmatch=True),
        "Alpha3": _codes(string.ascii_uppercase, 3),
        "BorderSide": st.sampled_from(words_of(BorderSide)),
        "DateOrInstant": times.points,
        "Elevation": elevations,
        "Extensions": extensions,
        "FieldName": field_names,
        "Flag": st.booleans(),
        "Instant": times.instants,
        "ItemId": item_ids,
        "LanguageTag": languages,
        "Latitude": latitudes,
        "Line": lines,
        "LocationIndicator": _codes(string.ascii_uppercase, 4),
        "Longitude": longitudes,
        "Name": names,
        "Namespace": domains,
        "Number": numbers(),
        "NumericCode": _codes(string.digits, 3),
        "ObjectRef": object_names,
        "Position": positions,
        "PositiveNumber": whole_numbers(1),
        "QuotedWords": quoted_words,
        "RecordId": record_ids,
        "Ring": rings,
        "SchemaVersion": st.builds("{}.{}".format, st.integers(0, 9999), st.integers(0, 9999)),
        "Sha256": _codes("0123456789abcdef", 64),
        "Text": free_texts,
        "TimeExpression": times.time_expressions(),
        "TimeZone": times.time_zones(),
        "WebAddress": web_addresses,
        "WholeNumber": whole_numbers(),
    }
)
"""A mapping from the names of types to strategies for their values."""
