"""Strategies for whole feeds, by default without broken references."""

from collections.abc import Iterable
from functools import partial
from typing import Any

from hypothesis import strategies as st

from airspace_events.feeds.header import SCHEMA_VERSION, Feed, FeedHeader
from airspace_events.models.base import BaseRecord
from airspace_events.models.events import Finding, Incursion, Series
from airspace_events.models.records import RECORD_CLASSES, Record
from airspace_events.reference.tables import RESERVED_ALLIANCES
from airspace_events.testing.strategies.build import values_of
from airspace_events.testing.strategies.names_in_records import fitting_claims
from airspace_events.testing.strategies.plain_values import unused_id
from airspace_events.testing.strategies.smallest_values import smallest
from airspace_events.values.structure import NamedRecord, renamed

_MOST_REVISIONS = 10**9


class ReferenceLinker:
    """A linker that changes the references in a feed so that each has a valid target.

    Each record has a rank. A record may refer to a record of its own type only if that record has
    a lower rank, which prevents cycles.
    """

    def __init__(self, draw: st.DrawFn, records: Iterable[BaseRecord]) -> None:
        self._draw = draw
        self._kinds: dict[str, str] = {}
        # The ids of merged records, which no record has or may get later.
        self._gone: set[str] = set()
        self._ranks: dict[str, int] = {}
        self._objects: dict[str, None] = {}
        self._revisions: dict[str, set[int]] = {}
        self._due = [self._registered(record) for record in records]

    def linked(self) -> list[BaseRecord]:
        """Return the linked records and the records added as targets, in no particular order."""
        done: list[BaseRecord] = []
        while self._due:
            record = self._due.pop(0)
            done.append(renamed(record, partial(self._name, record)))
        events: dict[str, list[BaseRecord]] = {}
        for record in sorted(done, key=lambda one: one.revision):
            if isinstance(record, Incursion | Series | Finding):
                events.setdefault(record.id, []).append(record)
        return [
            fitting_claims(record, self._draw, lambda subject: events.get(subject, ()))
            for record in done
        ]

    def _registered(self, record: BaseRecord) -> BaseRecord:
        """Register a record, with a new id or revision number if its own is already in use."""
        known = self._kinds.get(record.id, record.type)
        revisions = self._revisions.get(record.id, set())
        if known != record.type or max(revisions, default=1) >= _MOST_REVISIONS:
            record = record.replace(id=self._unused(record.id))
        elif record.revision in revisions:
            record = record.replace(revision=max(revisions) + 1)
        self._enter(record, rank=len(self._kinds))
        return record

    def _unused(self, name: str) -> str:
        return unused_id(name, self._kinds.keys() | self._gone)

    def _enter(self, record: BaseRecord, rank: int) -> None:
        self._kinds[record.id] = record.type
        self._ranks.setdefault(record.id, rank)
        self._revisions.setdefault(record.id, set()).add(record.revision)
        for flown in getattr(record, "objects", ()):
            if flown.id is not None:
                self._objects[f"{record.id}#{flown.id}"] = None

    def _name(self, holder: BaseRecord, named: NamedRecord) -> str:
        """Return a valid target for a reference, preferably its current target."""
        kinds = [holder.type if kind == "same" else kind for kind in named.reference.kinds]
        if "object" in kinds:
            return self._object(named.name)
        if _is_built_in(named.name, kinds):
            return named.name
        is_there = named.name in self._kinds
        if is_there and self._may_name(holder, named.name, kinds):
            return named.name
        if not named.reference.required:
            gone = self._unused(named.name) if is_there else named.name
            self._gone.add(gone)
            return gone
        fitting = [name for name in self._kinds if self._may_name(holder, name, kinds)]
        if "state" in kinds:
            fitting = [*fitting, "RO", "nato"]
        return self._draw(st.sampled_from(fitting)) if fitting else self._add(kinds[0], named.name)

    def _may_name(self, holder: BaseRecord, name: str, kinds: list[str]) -> bool:
        kind = self._kinds[name]
        return kind in kinds and (
            kind != holder.type or self._ranks[name] < self._ranks[holder.id]
        )

    def _object(self, name: str) -> str:
        if name in self._objects:
            return name
        if self._objects:
            return self._draw(st.sampled_from(list(self._objects)))
        holder, _, flown = name.partition("#")
        objects = ({"id": flown},)
        return f"{self._add('incursion', holder, objects=objects)}#{flown}"

    def _add(self, kind: str, name: str, **fields: Any) -> str:
        """Add the smallest record of a type, with a rank below all others, and return its id."""
        new = self._unused(name) if name in self._kinds or name in self._gone else name
        record: BaseRecord = smallest(RECORD_CLASSES[kind]).replace(id=new, **fields)
        self._enter(record, rank=min(self._ranks.values()) - 1)
        self._due.append(record)
        return new


def _is_built_in(name: str, kinds: list[str]) -> bool:
    is_state = name[0].isupper() and "state" in kinds
    return is_state or (name in RESERVED_ALLIANCES and "alliance" in kinds)


def feeds(
    records: st.SearchStrategy[Record] | None = None,
    *,
    consistent: bool = True,
    min_size: int = 1,
    max_size: int = 6,
) -> st.SearchStrategy[Feed]:
    """Return a strategy for feeds with a header.

    `ae.validate` finds no errors in a consistent feed. Each revision of a record occurs once,
    every reference has a target of the right type, and no record is part of itself. To achieve
    this, the strategy changes duplicate ids and revisions, and repairs broken references. If the
    feed has no suitable target for a reference, the strategy adds the smallest possible record. A
    feed with added records may have more than ``max_size`` records.

    Args:
        records: a strategy for the records. By default, records of every type are drawn.
        consistent: whether to draw consistent feeds. If False, each line is valid by itself, but
            references may be broken and ids may be duplicated.
        min_size: the minimum number of records to draw.
        max_size: the maximum number of records to draw.

    Raises:
        ValueError: no feed can have the given sizes. A consistent feed has at least one record,
            because a feed without records is not valid.

    >>> feeds(min_size=0)
    Traceback (most recent call last):
        ...
    ValueError: min_size must be between 1 and max_size; min_size is 0 and max_size is 6
    """
    least = 1 if consistent else 0
    if not least <= min_size <= max_size:
        msg = f"min_size must be between {least} and max_size; "
        msg += f"min_size is {min_size} and max_size is {max_size}"
        raise ValueError(msg)
    filling: Any = values_of(BaseRecord) if records is None else records
    return _feeds(st.lists(filling, min_size=min_size, max_size=max_size), consistent=consistent)


@st.composite
def _feeds(draw: st.DrawFn, lists: st.SearchStrategy[list[Record]], *, consistent: bool) -> Feed:
    held: list[Any] = draw(lists)
    if consistent:
        held = draw(st.permutations(ReferenceLinker(draw, held).linked()))
    header = draw(values_of(FeedHeader, schema_version=SCHEMA_VERSION))
    return Feed(header, tuple(held))
