"""What every record has, and what holds of the items in its lists."""

from typing import Any, ClassVar, Literal, Self

from pydantic import model_validator
from pydantic_core import PydanticCustomError

from airspace_events.values.base import TaggedValue, Value
from airspace_events.values.citations import Citation
from airspace_events.values.field_names import name_tree, values_named
from airspace_events.values.json_values import Extensions
from airspace_events.values.references import MergedRef, RecordId
from airspace_events.values.scalars import Instant, Name, PositiveNumber, Text
from airspace_events.viewed import Viewed
from airspace_events.vocabulary.sources import TrafficLight

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
    """That the desk takes a record back, because it was the desk's mistake.

    An event that turned out not to have happened is no retraction: its ``occurrence`` is
    ``discounted``.
    """

    at: Instant
    """When it was taken back."""
    reason: Text
    """Why."""


class ExternalId(Value, frozen=True):
    """The name that somebody else gives to the same thing."""

    scheme: Name
    """Whose name it is: "wikidata", "acled"."""
    value: Name
    """The name."""


class Marking(Value, frozen=True):
    """Who may see a record, and when."""

    tlp: TrafficLight | None = None
    """The Traffic Light Protocol's label (TLP 2.0)."""
    embargo_until: Instant | None = None
    """Until when it must not be published."""


class BaseRecord(Viewed, TaggedValue, frozen=True):
    """What every record has. Its key is (id, revision)."""

    _view: ClassVar = "record_card"

    type: RecordType
    """The kind of record."""
    id: RecordId
    """The name of the record, by which others refer to it."""
    revision: PositiveNumber = 1
    """1 for the first version, and one more for each that followed."""
    recorded_at: Instant | None = None
    """When the desk wrote this revision down."""
    replaces: tuple[MergedRef, ...] = ()
    """Ids of records of this type that were merged into this one."""
    retracted: Retraction | None = None
    """That the record is taken back, and why."""
    note: Text | None = None
    """Anything that has no field."""
    external_ids: tuple[ExternalId, ...] = ()
    """What others call the same thing."""
    marking: Marking | None = None
    """Who may see the record, and when."""
    extensions: Extensions | None = None
    """Further data of your own, each under a domain name that you control."""

    #: The fields that come right after the revision.
    fields_in_front: ClassVar[tuple[str, ...]] = ()

    @classmethod
    def __pydantic_init_subclass__(cls, **kwargs: Any) -> None:
        """Put a record's own fields before those that all have, for people and for writers."""
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
    """A record with ``sources``, whose citations may name fields of it."""

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        self._check()
        return self

    def _check(self) -> None:
        """Check what fields say together; a record with more to check overrides and calls this.

        One validator does it all, since each costs a part of the parse.
        """
        check_fields(self, "sources", "supports")


class SourcedRecord(CitingRecord, frozen=True):
    """A record that may cite its sources."""

    sources: tuple[Citation, ...] = ()
    """The sources that support the record."""


def check_fields(record: BaseRecord, of: str, names: str) -> None:
    """Refuse the names of fields at which a record has no value.

    Args:
        record: the record.
        of: its list of values that name fields.
        names: the field of each of these that has the names.

    Raises:
        PydanticCustomError: the record has no such field or item, or nothing stands there.
    """
    given = record.__dict__
    followed: list[str] = []
    for value in given[of]:
        for name in value.__dict__[names]:
            held = given.get(name)
            if held is None or (not held and held == ()):
                followed.append(name)
    if followed:
        # A name with dots leads into a field; all of them are followed together.
        found = {name for name, held in values_named(record, name_tree(followed)) if held != ()}
        missing = set(followed) - found
        for number, value in enumerate(given[of] if missing else ()):
            for index, name in enumerate(value.__dict__[names]):
                if name in missing:
                    msg = 'this record has no "{name}"'
                    context = {"name": name, "at": f"/{of}/{number}/{names}/{index}"}
                    raise PydanticCustomError("dangling_field", msg, context)
