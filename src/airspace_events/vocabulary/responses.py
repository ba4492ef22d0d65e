"""Terms about responses and their stages."""

from typing import Annotated, Literal

from typing_extensions import TypeAliasType

from airspace_events.vocabulary.word_lists import LongList

ResponseKind = TypeAliasType(
    "ResponseKind",
    Annotated[
        Literal[
            "scramble",
            "monitoring",
            "interception",
            "pursuit",
            "jamming",
            "shot_down",
            "not_engaged",
            "public_alert",
            "airport_closure",
            "airspace_closure",
            "border_closure",
            "traffic_restriction",
            "debris_search",
            "arrest",
            "investigation",
            "diplomatic_protest",
            "information_sharing",
            "consultation",
            "other",
        ],
        LongList("ResponseKind"),
    ],
)

ResponseStage = TypeAliasType(
    "ResponseStage",
    Literal["requested", "announced", "authorised", "attempted", "done", "refused", "ended"],
)
