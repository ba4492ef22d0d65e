"""Terms about reported times and periods."""

from typing import Literal

from typing_extensions import TypeAliasType

TimeExtent = TypeAliasType("TimeExtent", Literal["within", "throughout", "repeatedly"])

TimeBasis = TypeAliasType("TimeBasis", Literal["stated", "resolved", "imputed"])

TimePrecision = TypeAliasType(
    "TimePrecision",
    Literal[
        "instant",
        "day",
        "month",
        "quarter",
        "season",
        "quadrimester",
        "half_year",
        "year",
        "decade",
        "century",
    ],
)

EndKnowledge = TypeAliasType("EndKnowledge", Literal["known", "open", "unknown"])
