"""Words about official statements: their form, and what is done by saying them."""

from typing import Literal

from typing_extensions import TypeAliasType

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
