"""Types for ids and for references to other records.

A field that refers to another record has one of these types. The `Reference` annotation of the
type lists the allowed record types. The reference check, the codebook and the diagrams use this
list.
"""

from dataclasses import dataclass
from itertools import groupby
from typing import Annotated

from pydantic import StringConstraints
from typing_extensions import TypeAliasType

from airspace_events.values.scalars import Form
from airspace_events.vocabulary.state_codes import StateCode
from airspace_events.vocabulary.word_lists import words_of


@dataclass(frozen=True, slots=True)
class Reference:
    """An annotation for a field that refers to another record.

    Attributes:
        kinds: the record types that the field may refer to. ``object`` stands for an object of an
            incursion, and ``same`` for the type of the record that has the field.
        required: whether the record must exist. False for a reference to a record that was merged
            into another record, because the merged record may be deleted.
    """

    kinds: tuple[str, ...]
    required: bool = True


SLUG = "[a-z0-9]+(?:-[a-z0-9]+)*"
ITEM = "[a-z][a-z0-9]*(?:-[a-z0-9]+)*"

_FIRST_LETTERS = groupby(words_of(StateCode), key=lambda code: str(code)[0])
STATE = "|".join(
    f"{first}[{''.join(code[1] for code in codes)}]" for first, codes in _FIRST_LETTERS
)

_id = StringConstraints(strict=True, pattern=f"^{SLUG}$", max_length=128)
_actor = StringConstraints(strict=True, pattern=f"^(?:{STATE}|{SLUG})$", max_length=128)
_item = StringConstraints(strict=True, pattern=f"^{ITEM}$", max_length=128)
_object = StringConstraints(strict=True, pattern=f"^{SLUG}#{ITEM}$", max_length=257)


def _id_form(example: str) -> Form:
    return Form("id (lower-case letters, digits and single hyphens)", example)


_actor_form = Form("actor (a state code or the id of a record)", "RO")

RecordId = TypeAliasType("RecordId", Annotated[str, _id, _id_form("lv-2024-09-07")])
"""The id of a record within a feed: a lower-case slug of at most 128 characters."""

ItemId = TypeAliasType(
    "ItemId",
    Annotated[
        str,
        _item,
        Form("id of an item (a letter, then letters, digits and single hyphens)", "first"),
    ],
)
"""The id of an item within its record: a lower-case slug that starts with a letter.

The id stays the same in every revision of the record, because claims refer to it.
"""

SourceRef = TypeAliasType(
    "SourceRef", Annotated[str, _id, _id_form("a-report"), Reference(("source",))]
)
"""The id of a source."""

IncursionRef = TypeAliasType(
    "IncursionRef", Annotated[str, _id, _id_form("ro-2025-01-12"), Reference(("incursion",))]
)
"""The id of an incursion."""

SeriesRef = TypeAliasType(
    "SeriesRef", Annotated[str, _id, _id_form("made-up-attacks"), Reference(("series",))]
)
"""The id of a series."""

EventRef = TypeAliasType(
    "EventRef",
    Annotated[
        str,
        _id,
        _id_form("ro-2025-01-12"),
        Reference(("incursion", "series", "finding")),
    ],
)
"""The id of an incursion, a series or a finding."""

OrganizationRef = TypeAliasType(
    "OrganizationRef", Annotated[str, _id, _id_form("a-ministry"), Reference(("organization",))]
)
"""The id of an organization."""

MergedRef = TypeAliasType(
    "MergedRef",
    Annotated[str, _id, _id_form("ro-2025-01-13"), Reference(("same",), required=False)],
)
"""The id of a record of the same type that was merged into this one and may be deleted."""

ActorRef = TypeAliasType(
    "ActorRef",
    Annotated[
        str,
        _actor,
        _actor_form,
        Reference(("state", "alliance", "organization", "official")),
    ],
)
"""An actor: a state code ("RO"), or the id of an actor that is not a state ("nato")."""

PartyRef = TypeAliasType(
    "PartyRef",
    Annotated[
        str,
        _actor,
        Form("state code or id of an alliance", "RO"),
        Reference(("state", "alliance")),
    ],
)
"""A state code or the id of an alliance."""

BodyRef = TypeAliasType(
    "BodyRef",
    Annotated[
        str,
        _actor,
        Form("state code or id of an alliance or organization", "RO"),
        Reference(("state", "alliance", "organization")),
    ],
)
"""A state code, or the id of an alliance or an organization."""

SubjectRef = TypeAliasType(
    "SubjectRef",
    Annotated[
        str,
        _actor,
        Form("subject (a state code or the id of a record)", "ro-2025-01-12"),
        Reference(
            (
                "incursion",
                "series",
                "finding",
                "statement",
                "state",
                "alliance",
                "organization",
                "official",
            )
        ),
    ],
)
"""The subject of a claim or statement: an event, a statement or an actor."""

ObjectRef = TypeAliasType(
    "ObjectRef",
    Annotated[
        str,
        _object,
        Form(
            "reference to an object in an incursion (incursion-id#object-id)",
            "ro-2025-01-13#second",
        ),
        Reference(("object",)),
    ],
)
"""An object of an incursion: the incursion's id, ``#`` and the object's id."""

StateRef = TypeAliasType("StateRef", Annotated[StateCode, Reference(("state",))])
"""A state code: ISO 3166-1 alpha-2, or XK for Kosovo."""
