"""Terms about places and airspace, and units of measurement."""

from typing import Annotated, Literal

from typing_extensions import TypeAliasType

from airspace_events.vocabulary.word_lists import LongList

AirspaceOver = TypeAliasType(
    "AirspaceOver",
    Literal[
        "land",
        "internal_waters",
        "territorial_sea",
        "mixed",
        "international_waters",
        "another_state",
    ],
)

AirspaceZone = TypeAliasType(
    "AirspaceZone",
    Literal["ADIZ", "TMA", "CTR", "CTA", "P", "R", "D", "TSA", "TRA", "OTHER"],
)

PlaceRole = TypeAliasType(
    "PlaceRole",
    Annotated[
        Literal[
            "entry",
            "exit",
            "overflown",
            "deepest",
            "detected",
            "lost",
            "crashed",
            "affected",
            "origin",
            "destination",
            "response_base",
        ],
        LongList("PlaceRole"),
    ],
)

PlacePrecision = TypeAliasType(
    "PlacePrecision",
    Literal[
        "exact",
        "vicinity",
        "admin2",
        "admin1",
        "linear_or_fuzzy",
        "country",
        "international",
        "withheld",
    ],
)

PlaceMethod = TypeAliasType("PlaceMethod", Literal["stated", "geocoded", "centroid", "analyst"])

Unit = TypeAliasType("Unit", Literal["s", "min", "h", "d", "m", "km", "ft", "FL", "NM", "mi"])

AltitudeDatum = TypeAliasType("AltitudeDatum", Literal["AGL", "MSL", "STD"])
