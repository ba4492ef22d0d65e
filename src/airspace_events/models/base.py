"""The fields and checks that all records share."""

from collections.abc import Sequence
from typing import Any, ClassVar, Literal, Self

from pydantic import model_validator

from airspace_events.values.base import TaggedValue, Value
from airspace_events.values.citations import Citation
from airspace_events.values.field_names import dangling_field, name_tree, values_named
from airspace_events.values.json_values import Extensions
from airspace_events.values.references import MergedRef, RecordId
from airspace_events.values.scalars import Instant, Name, PositiveNumber, Text
from airspace_events.viewed import Viewed
from airspace_events.vocabulary.terms import TrafficLight

RecordType = Literal[
    "source",
    "state",
    "alliance",
    "organization",
    "official",
    "incursion",
    "series",
    "finding",
    "statement",
]


class Retraction(Value, frozen=True):
    """The retraction of a record that the desk published by mistake.

    If an event turned out not to have happened, do not retract it; set its ``occurrence`` to
    ``discounted``.
    """

    at: Instant
    """The instant at which the desk retracted the record."""
    reason: Text
    """The reason for the retraction."""


class ExternalId(Value, frozen=True):
    """An identifier that another system uses for the same event, actor or source."""

    scheme: Name
    """The system that assigned the identifier, such as "wikidata" or "acled"."""
    value: Name
    """The identifier."""


class Marking(Value, frozen=True):
    """A restriction on who may see a record, and on when it may be published."""

    tlp: TrafficLight | None = None
    """The label of the Traffic Light Protocol (TLP 2.0)."""
    embargo_until: Instant | None = None
    """The instant before which the record must not be published."""


class BaseRecord(Viewed, TaggedValue, frozen=True):
    """The fields that every record has. The key of a record is (id, revision)."""

    _view: ClassVar = "record_card.record_card"

    type: RecordType
    """The kind of record."""
    id: RecordId
    """The id of the record, which other records use to refer to it."""
    revision: PositiveNumber = 1
    """The revision number: 1 for the first version, increased by one for each later version."""
    recorded_at: Instant | None = None
    """The instant at which the desk wrote this revision."""
    replaces: tuple[MergedRef, ...] = ()
    """The ids of records of the same type that were merged into this one."""
    retracted: Retraction | None = None
    """The retraction of the record, with the reason; only for a record published by mistake."""
    note: Text | None = None
    """Free text for information that has no field of its own."""
    external_ids: tuple[ExternalId, ...] = ()
    """Identifiers that other systems use for the same event, actor or source."""
    marking: Marking | None = None
    """A restriction on who may see the record, and on when it may be published."""
    extensions: Extensions | None = None
    """Additional data of your own, keyed by a domain name that you control."""

    #: The fields that come directly after the revision.
    fields_in_front: ClassVar[tuple[str, ...]] = ()

    @classmethod
    def __pydantic_init_subclass__(cls, **kwargs: Any) -> None:
        """Put the fields of the class before the fields that all records share."""
        super().__pydantic_init_subclass__(**kwargs)
        fields = cls.__pydantic_fields__
        of_all = list(BaseRecord.model_fields)
        split = len(("type", "id", "revision"))
        front = (*of_all[:split], *cls.fields_in_front)
        back = ("sources", *of_all[split:])
        own = [name for name in fields if name not in front and name not in back]
        for name in (*front, *own, *back):
            if name in fields:
                fields[name] = fields.pop(name)


class CitingRecord(BaseRecord, frozen=True):
    """A record with ``sources``, whose citations may name fields of the record."""

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        # One validator for all checks, because each validator slows parsing.
        self._check()
        sources: Sequence[Citation] = self.__dict__["sources"]
        for citation in sources:
            if citation.supports:
                _check_cited_fields(self, sources)
                break
        return self

    def _check(self) -> None:
        """Check the rules that concern several fields; subclasses override this method."""


class SourcedRecord(CitingRecord, frozen=True):
    """A record that may cite its sources."""

    sources: tuple[Citation, ...] = ()
    """The sources that support the record."""


def _check_cited_fields(record: BaseRecord, sources: Sequence[Citation]) -> None:
    given = record.__dict__
    followed: list[str] = []
    for citation in sources:
        # A source can support the occurrence even if the desk has not judged it.
        names = [name for name in citation.supports if name != "occurrence"]
        followed += [name for name in names if given.get(name) in (None, ())]
    if not followed:
        return
    # A name with dots is a path into a field. All paths are resolved in one pass.
    found = {name for name, held in values_named(record, name_tree(followed)) if held != ()}
    missing = set(followed) - found
    for number, citation in enumerate(sources if missing else ()):
        for index, name in enumerate(citation.supports):
            if name in missing:
                raise dangling_field(name, f"/sources/{number}/supports/{index}")
