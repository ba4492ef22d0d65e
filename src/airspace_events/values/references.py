"""Ids, and fields that name another record.

A field that names another record has one of the types below. The type says what it may
name, in a `Reference`; the reference check, the documents and the diagrams read it there.
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
    """Says that a field names another record.

    Attributes:
        kinds: the record types that may be named; ``object`` is an object of an incursion,
            and ``same`` is the type of the record that holds the field.
        required: whether what is named must be there. A record that was merged into
            another need not be kept.
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

_id_form = Form("id (lower-case letters, digits and single hyphens)", "lv-2024-09-07")
_actor_form = Form("actor (a state's code, or the id of a record)", "RO")

RecordId = TypeAliasType("RecordId", Annotated[str, _id, _id_form])
"""The name of a record within a feed: a lower-case slug, at most 128 characters."""

ItemId = TypeAliasType(
    "ItemId",
    Annotated[
        str,
        _item,
        Form("id of an item (a letter, then letters, digits and single hyphens)", "first"),
    ],
)
"""The name of an item within its record: a lower-case slug that starts with a letter.

It lasts across the revisions of the record, so that claims can point at the item.
"""

SourceRef = TypeAliasType("SourceRef", Annotated[str, _id, _id_form, Reference(("source",))])
"""Names a source by its id."""

IncursionRef = TypeAliasType(
    "IncursionRef", Annotated[str, _id, _id_form, Reference(("incursion",))]
)
"""Names an incursion by its id."""

SeriesRef = TypeAliasType("SeriesRef", Annotated[str, _id, _id_form, Reference(("series",))])
"""Names a series by its id."""

EventRef = TypeAliasType(
    "EventRef", Annotated[str, _id, _id_form, Reference(("incursion", "series", "finding"))]
)
"""Names an incursion, a series or a finding by its id."""

OrganizationRef = TypeAliasType(
    "OrganizationRef", Annotated[str, _id, _id_form, Reference(("organization",))]
)
"""Names an organization by its id."""

MergedRef = TypeAliasType(
    "MergedRef", Annotated[str, _id, _id_form, Reference(("same",), required=False)]
)
"""Names a record of the same type that was merged into this one, and may be gone."""

ActorRef = TypeAliasType(
    "ActorRef",
    Annotated[
        str,
        _actor,
        _actor_form,
        Reference(("state", "alliance", "organization", "official")),
    ],
)
"""Names who acts or speaks: a state by its code, all others by id ("RO", "nato")."""

PartyRef = TypeAliasType(
    "PartyRef",
    Annotated[
        str,
        _actor,
        Form("state's code or id of an alliance", "RO"),
        Reference(("state", "alliance")),
    ],
)
"""Names a state by its code or an alliance by its id."""

BodyRef = TypeAliasType(
    "BodyRef",
    Annotated[
        str,
        _actor,
        Form("state code, or id of an alliance or an organization", "RO"),
        Reference(("state", "alliance", "organization")),
    ],
)
"""Names a state by its code, or an alliance or an organization by its id."""

SubjectRef = TypeAliasType(
    "SubjectRef",
    Annotated[
        str,
        _actor,
        Form("subject (a state's code, or the id of a record)", "lv-2024-09-07"),
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
"""Names what is spoken about: an event, a statement, or an actor."""

ObjectRef = TypeAliasType(
    "ObjectRef",
    Annotated[
        str,
        _object,
        Form("object of an incursion (its id, #, the object's id)", "ro-2024-09-08#first"),
        Reference(("object",)),
    ],
)
"""Names an object of an incursion: the incursion's id, ``#``, the object's id."""

StateRef = TypeAliasType("StateRef", Annotated[StateCode, Reference(("state",))])
"""Names a state by its ISO 3166-1 alpha-2 code, or XK."""
