"""Terms about aerial objects: kind, payload and fate."""

from typing import Annotated, Literal

from typing_extensions import TypeAliasType

from airspace_events.vocabulary.word_lists import LongList

ObjectCategory = TypeAliasType(
    "ObjectCategory",
    Annotated[
        Literal[
            "uncrewed_aircraft",
            "crewed_aircraft",
            "aircraft",
            "missile",
            "rocket",
            "balloon",
            "glide_bomb",
            "unidentified",
            "bird",
            "celestial",
            "light",
            "vessel",
            "nothing",
        ],
        LongList("ObjectCategory"),
    ],
)

CheckResult = TypeAliasType("CheckResult", Literal["borne_out", "something_else", "unresolved"])

ObjectSubcategory = TypeAliasType(
    "ObjectSubcategory",
    Literal[
        "aeroplane",
        "helicopter",
        "uas_class_i",
        "uas_class_ii",
        "uas_class_iii",
        "ballistic",
        "cruise",
        "surface_to_air",
        "air_to_air",
    ],
)

ObjectRole = TypeAliasType(
    "ObjectRole",
    Literal[
        "one_way_attack",
        "decoy",
        "surveillance",
        "smuggling",
        "transport",
        "military_flight",
        "meteorological",
        "recreational",
        "other",
    ],
)

Payload = TypeAliasType(
    "Payload", Literal["explosive", "no_explosive", "contraband", "sensor", "other", "unknown"]
)

YesNo = TypeAliasType("YesNo", Literal["yes", "no"])

FateKind = TypeAliasType(
    "FateKind",
    Literal[
        "exited",
        "crashed",
        "landed",
        "shot_down",
        "lost_from_view",
        "recovered",
    ],
)
