"""Terms of claims and assessments: aspects, polarities and values."""

from typing import Literal

from typing_extensions import TypeAliasType

Aspect = TypeAliasType(
    "Aspect",
    Literal[
        "field",
        "attribution",
        "intent",
        "cause",
        "link",
        "legality_of_crossing",
        "legality_of_engagement",
        "characterisation",
    ],
)

Polarity = TypeAliasType(
    "Polarity",
    Literal[
        "affirmed",
        "suspected",
        "denied",
        "no_evidence",
        "not_excluded",
        "unsubstantiated",
        "undetermined",
    ],
)

Intent = TypeAliasType(
    "Intent",
    Literal[
        "intentional_attack",
        "intentional_crossing",
        "test_of_defences",
        "intimidation",
        "reckless",
        "unintentional",
        "other",
    ],
)

Involvement = TypeAliasType(
    "Involvement", Literal["operated", "launched", "ordered", "tolerated", "made"]
)

Cause = TypeAliasType(
    "Cause",
    Literal[
        "jamming",
        "fuel_exhausted",
        "loss_of_control",
        "technical_fault",
        "navigation_error",
        "weather",
        "air_defence",
        "deliberate_routing",
        "other",
    ],
)

Legality = TypeAliasType("Legality", Literal["permitted", "not_permitted", "conditional"])

Characterisation = TypeAliasType(
    "Characterisation",
    Literal[
        "hybrid_attack",
        "act_of_aggression",
        "attack",
        "provocation",
        "violation",
        "accident",
        "sabotage",
        "terrorism",
        "other",
    ],
)

Likelihood = TypeAliasType(
    "Likelihood",
    Literal[
        "almost_no_chance",
        "very_unlikely",
        "unlikely",
        "roughly_even_chance",
        "likely",
        "very_likely",
        "almost_certain",
    ],
)

Confidence = TypeAliasType("Confidence", Literal["low", "moderate", "high"])
