"""Terms about actors: states, alliances, organizations."""

from typing import Literal

from typing_extensions import TypeAliasType

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
