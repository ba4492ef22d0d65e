"""Terms about sources: kind, derivation and reliability."""

from typing import Literal

from typing_extensions import TypeAliasType

SourceKind = TypeAliasType(
    "SourceKind",
    Literal[
        "news_report",
        "agency_wire",
        "official_release",
        "social_post",
        "broadcast",
        "imagery",
        "dataset",
        "other",
    ],
)

Derivation = TypeAliasType(
    "Derivation", Literal["republished", "translated", "excerpted", "cites"]
)

SourceReliability = TypeAliasType("SourceReliability", Literal["A", "B", "C", "D", "E", "F"])

InformationCredibility = TypeAliasType("InformationCredibility", Literal[1, 2, 3, 4, 5, 6])

TrafficLight = TypeAliasType(
    "TrafficLight", Literal["clear", "green", "amber", "amber_strict", "red"]
)
