"""What every record has."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Literal, Self, cast

from pydantic import model_validator
from pydantic_core import PydanticCustomError

from airspace_events.values.base import TaggedValue, Value, put_own_fields_first
from airspace_events.values.citations import Citation
from airspace_events.values.json_values import Extensions
from airspace_events.values.references import MergedRef, RecordId
from airspace_events.values.scalars import Instant, Name, PositiveNumber, Text
from airspace_events.vocabulary.sources import TrafficLight

if TYPE_CHECKING:
    from rich.console import RenderableType

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


_NOTHING = object()
_INDICES = frozenset(str(number) for number in range(10_000))


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


class BaseRecord(TaggedValue, frozen=True):
    """What every record has. Its key is (id, revision)."""

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

    @classmethod
    def __pydantic_init_subclass__(cls, **kwargs: Any) -> None:
        """Put a record's own fields before those that all have, for people and for writers."""
        super().__pydantic_init_subclass__(**kwargs)
        put_own_fields_first(cls, behind=len(("type", "id", "revision")))

    def _repr_html_(self) -> str:
        """The record at one glance, for a notebook."""
        from airspace_events.models.record_cards import record_card  # noqa: PLC0415 (see __rich__)

        return record_card(self).to_html()

    def __rich__(self) -> "RenderableType":
        """The record at one glance, for a terminal. Only rich calls this."""
        # Who parses records pays nothing for cards; and cards know all records.
        from airspace_events.models.record_cards import record_card  # noqa: PLC0415

        return record_card(self).to_rich()


class SourcedRecord(BaseRecord, frozen=True):
    """A record that may name its sources."""

    sources: tuple[Citation, ...] = ()
    """The sources that support the record."""

    @model_validator(mode="after")
    def _is_supported(self) -> Self:
        check_supports(self, self.sources)
        return self


def check_supports(record: BaseRecord, sources: tuple[Citation, ...]) -> None:
    """Refuse a citation that supports a part which the record does not have.

    Raises:
        PydanticCustomError: a pointer leads to nothing.
    """
    for number, citation in enumerate(sources):
        if citation.supports:
            for index, pointer in enumerate(citation.supports):
                check_pointer(record, pointer, f"/sources/{number}/supports/{index}")


def check_pointer(record: BaseRecord, pointer: str, at: str) -> None:
    """Refuse a pointer that leads to nothing in a record.

    Args:
        record: the record.
        pointer: the RFC 6901 pointer to check.
        at: where in the record it stands, as a pointer.

    Raises:
        PydanticCustomError: it leads to nothing.
    """
    if not points_into(record, pointer):
        msg = "{pointer} leads to nothing in this record"
        raise PydanticCustomError("dangling_pointer", msg, {"pointer": pointer, "at": at})


def points_into(value: object, pointer: str) -> bool:
    """Whether an RFC 6901 pointer leads to something that is there in a value.

    A field that is None or empty is not there; data of the writer's own are, whatever they hold.
    """
    for part in pointer.split("/")[1:]:
        value = _step(value, part.replace("~1", "/").replace("~0", "~") if "~" in part else part)
        if value is _NOTHING:
            return False
    return True


def _step(value: object, name: str) -> object:
    if isinstance(value, tuple | list):
        items = cast("Sequence[object]", value)
        return items[int(name)] if name in _INDICES and int(name) < len(items) else _NOTHING
    if isinstance(value, Value):
        found = value.__dict__[name] if name in type(value).__pydantic_fields__ else None
        return _NOTHING if found is None or found in ((), {}) else found
    if isinstance(value, dict):
        return cast("dict[str, object]", value).get(name, _NOTHING)
    return _NOTHING
