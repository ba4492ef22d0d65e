"""Words about what happened: the standing of an incursion, series of them, findings, effects."""

from typing import Literal

from typing_extensions import TypeAliasType

EventStatus = TypeAliasType(
    "EventStatus", Literal["reported", "confirmed", "disputed", "doubtful", "discounted"]
)

IncursionScope = TypeAliasType("IncursionScope", Literal["single", "aggregate"])

SeriesKind = TypeAliasType(
    "SeriesKind", Literal["attack_elsewhere", "repeated_incursions", "other"]
)

Counted = TypeAliasType(
    "Counted", Literal["objects", "crossings", "incidents", "attacks", "finds", "places"]
)

FindingCondition = TypeAliasType(
    "FindingCondition", Literal["intact", "wreckage", "fragments", "impact_site", "unknown"]
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
        "evacuation",
        "none_reported",
        "other",
    ],
)

EffectCause = TypeAliasType(
    "EffectCause",
    Literal["intruding_object", "debris", "defensive_fire", "precaution", "undetermined"],
)
