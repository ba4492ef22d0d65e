"""Terms about events: incursions, series, findings and effects."""

from typing import Literal

from typing_extensions import TypeAliasType

EventStatus = TypeAliasType(
    "EventStatus",
    Literal["suspected", "reported", "confirmed", "disputed", "doubtful", "discounted"],
)

IncursionKind = TypeAliasType(
    "IncursionKind",
    Literal["crossing", "adiz_entry", "zone_entry", "approach", "sighting", "mistaken", "nothing"],
)

IncursionScope = TypeAliasType("IncursionScope", Literal["single", "aggregate"])

SeriesKind = TypeAliasType(
    "SeriesKind", Literal["attack_elsewhere", "repeated_incursions", "other"]
)

FindingCondition = TypeAliasType(
    "FindingCondition", Literal["intact", "wreckage", "fragments", "impact_site"]
)

FindingHandling = TypeAliasType(
    "FindingHandling", Literal["secured", "removed", "defused", "detonated_in_place", "analysed"]
)

EffectKind = TypeAliasType(
    "EffectKind",
    Literal[
        "property_damage",
        "injury",
        "death",
        "flights_disrupted",
        "flights_diverted",
        "flights_cancelled",
        "passengers_affected",
        "evacuation",
        "none_reported",
        "other",
    ],
)

EffectCause = TypeAliasType(
    "EffectCause",
    Literal["intruding_object", "debris", "defensive_fire", "precaution", "undetermined"],
)
