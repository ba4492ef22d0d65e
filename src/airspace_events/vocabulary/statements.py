"""Terms about official statements: forms and speech acts."""

from typing import Annotated, Literal

from typing_extensions import TypeAliasType

from airspace_events.vocabulary.word_lists import LongList

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
