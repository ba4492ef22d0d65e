"""The closed vocabularies of records, except the codes of states.

Each vocabulary is a type, so a type checker reports a wrong term. The ``.toml`` files in this
folder contain the definition of each term and its code in other standards.
"""

from typing import Annotated, Literal

from typing_extensions import TypeAliasType

from airspace_events.vocabulary.word_lists import LongList

# Sources: kind, derivation and reliability.

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

# Actors: states, alliances, organizations.

StateStatus = TypeAliasType(
    "StateStatus", Literal["un_member", "un_observer", "dependent_territory", "other"]
)

AllianceKind = TypeAliasType(
    "AllianceKind",
    Literal[
        "treaty_alliance",
        "intergovernmental_organization",
        "consultative_format",
        "coalition",
    ],
)

MembershipStatus = TypeAliasType(
    "MembershipStatus",
    Literal["member", "associate", "candidate", "observer", "partner", "suspended"],
)

OrganizationKind = TypeAliasType(
    "OrganizationKind",
    Literal[
        "government_body",
        "armed_force",
        "agency",
        "alliance_body",
        "media",
        "company",
        "airport",
        "class",
        "other",
    ],
)

# Events: the status of incursions, series, findings, effects.

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

# Aerial objects: kind, payload and fate.

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

# Responses and their stages.

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

# Claims and assessments: aspects, polarities and values.

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

# Official statements: forms and speech acts.

StatementForm = TypeAliasType(
    "StatementForm",
    Literal[
        "joint_declaration",
        "press_release",
        "press_conference",
        "interview",
        "speech",
        "briefing",
        "letter",
        "social_post",
        "other",
    ],
)

SpeechActKind = TypeAliasType(
    "SpeechActKind",
    Annotated[
        Literal[
            "condemn",
            "express_concern",
            "accuse",
            "request",
            "commit",
            "offer",
            "warn",
            "announce",
            "support",
            "reject",
            "characterise",
            "decline_to_comment",
        ],
        LongList("SpeechActKind"),
    ],
)

RequestForce = TypeAliasType("RequestForce", Literal["explore", "invite", "urge", "demand"])

Modality = TypeAliasType("Modality", Literal["actual", "conditional", "hypothetical"])

ProposedAction = TypeAliasType(
    "ProposedAction",
    Literal[
        "collective_response",
        "detection",
        "air_defence_posture",
        "interception",
        "legal_change",
        "consultation",
        "sanctions",
        "border_closure",
        "other",
    ],
)

Quotation = TypeAliasType("Quotation", Literal["paraphrase", "direct", "indirect"])

# Reported times and periods.

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

# Places and airspace, and units of measurement.

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
