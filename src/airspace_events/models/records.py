"""The union of all record classes, distinguished by their ``type``."""

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Annotated, cast, get_args

from pydantic import Field
from typing_extensions import TypeAliasType

from airspace_events.models.actors import Alliance, Official, Organization, State
from airspace_events.models.base import BaseRecord
from airspace_events.models.events import Finding, Incursion, Series
from airspace_events.models.source import Source
from airspace_events.models.statement import Statement
from airspace_events.values.base import Value

Record = TypeAliasType(
    "Record",
    Annotated[
        Source
        | State
        | Alliance
        | Organization
        | Official
        | Incursion
        | Series
        | Finding
        | Statement,
        Field(discriminator="type"),
    ],
)
"""Any record. ``pydantic.TypeAdapter(Record)`` uses ``type`` to select the record class."""


def type_of(model: type[Value]) -> str:
    """Return the ``type`` of a record class."""
    return str(get_args(model.model_fields["type"].annotation)[0])


_UNION, _ = get_args(Record.__value__)
RECORD_CLASSES: Mapping[str, type[BaseRecord]] = MappingProxyType(
    {type_of(model): model for model in get_args(_UNION)}
)
"""A mapping from each ``type`` to its record class."""


def checked_records(items: Iterable[object]) -> Iterator[Record]:
    """Yield items one at a time, and check that each is a record.

    An instance of a subclass becomes an instance of the record class, because no file format
    stores the class of a record.

    Raises:
        TypeError: ``items`` is a single record, an item is not a record, or the class of an item
            has additional fields.
    """
    classes = tuple(RECORD_CLASSES.values())
    if isinstance(items, classes):
        msg = (
            f"records must be an iterable, not a single {type(items).__name__}; put the record "
            "in a list"
        )
        raise TypeError(msg)
    for number, item in enumerate(items):
        if type(item) in classes:
            yield cast("Record", item)
        elif isinstance(item, classes):
            yield _of_record_class(item, number)
        else:
            allowed = ", ".join(model.__name__ for model in classes)
            found = f"records[{number}] is not a record but a {type(item).__name__}"
            msg = f"{found}; the record classes are {allowed}"
            raise TypeError(msg)


def _of_record_class(item: BaseRecord, number: int) -> Record:
    model = next(base for base in RECORD_CLASSES.values() if isinstance(item, base))
    more = [name for name in type(item).model_fields if name not in model.model_fields]
    if more:
        found = f"records[{number}] is a {type(item).__name__}, which has fields that"
        msg = f"{found} {model.__name__} lacks: {', '.join(more)}; put them under `extensions`"
        raise TypeError(msg)
    return cast("Record", model.model_validate(item))
