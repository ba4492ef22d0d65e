"""Whole feeds: records whose references lead to records of the feed."""

from collections.abc import Iterable
from functools import partial
from typing import Any

from hypothesis import strategies as st

from airspace_events.feeds.header import SCHEMA_VERSION, Feed, FeedHeader
from airspace_events.models.base import BaseRecord
from airspace_events.models.events import Finding, Incursion, Series
from airspace_events.models.records import RECORD_CLASSES, Record
from airspace_events.reference.reserved import RESERVED_ALLIANCES
from airspace_events.testing.strategies.build import values_of
from airspace_events.testing.strategies.claimed_fields import fitting_claims
from airspace_events.testing.strategies.classes import records as records_of_all_types
from airspace_events.testing.strategies.plain_values import unused_id
from airspace_events.testing.strategies.self_references import renamed
from airspace_events.testing.strategies.smallest_values import smallest
from airspace_events.values.structure import NamedRecord

_MOST_REVISIONS = 10**9


class ReferenceLinker:
    """The records of a feed, by the names that they go by.

    What a record names of its own kind is always a record of a lower rank, so that nothing is
    a part of itself by way of others.
    """

    def __init__(self, draw: st.DrawFn, records: Iterable[BaseRecord]) -> None:
        self._draw = draw
        self._kinds: dict[str, str] = {}
        # Ids that no record has, or may have from now on: of records that were merged.
        self._gone: set[str] = set()
        self._ranks: dict[str, int] = {}
        self._objects: dict[str, None] = {}
        self._revisions: dict[str, set[int]] = {}
        self._due = [self._told_apart(record) for record in records]

    def linked(self) -> list[BaseRecord]:
        """The records, and those that were needed beside them, in no particular order."""
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

    def _told_apart(self, record: BaseRecord) -> BaseRecord:
        """A record that is no revision of another type's record, and none that is there."""
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
        """What a reference may name, which is what it names if that will do."""
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
        """Add the smallest record of a kind, which ranks below all others."""
        new = self._unused(name) if name in self._kinds or name in self._gone else name
        record: BaseRecord = smallest(RECORD_CLASSES[kind]).replace(id=new, **fields)
        self._enter(record, rank=min(self._ranks.values()) - 1)
        self._due.append(record)
        return new


def _is_built_in(name: str, kinds: list[str]) -> bool:
    """Whether every feed may name this, though no feed has it: a state, or an alliance."""
    is_state = name[0].isupper() and "state" in kinds
    return is_state or (name in RESERVED_ALLIANCES and "alliance" in kinds)


def feeds(
    records: st.SearchStrategy[Record] | None = None,
    *,
    consistent: bool = True,
    min_size: int = 1,
    max_size: int = 6,
) -> st.SearchStrategy[Feed]:
    """Feeds, with their header.

    A consistent feed has no error that `ae.validate` could find: no two records are the same
    revision of one id, every name leads to a record of a right kind, nothing is a part of
    itself. For that, an id or a revision that comes twice is given anew, and so is a name that
    leads nowhere. If nothing in the feed can bear the name, the smallest record that can is
    added; such records come on top of ``max_size``.

    Args:
        records: what to fill it with; records of every type, if not told.
        consistent: whether all that is named is there. If not, only each line is valid by
            itself: names may lead nowhere, and ids may come twice.
        min_size: how many records are drawn at least.
        max_size: how many records are drawn at most.

    Raises:
        ValueError: the sizes do not allow any feed. One without records is never consistent,
            since to have checked nothing is no pass.

    >>> feeds(min_size=0)
    Traceback (most recent call last):
        ...
    ValueError: no feed has 0 to 6 records; min_size is 1 or more
    """
    least = 1 if consistent else 0
    if not least <= min_size <= max_size:
        msg = f"no feed has {min_size} to {max_size} records; min_size is {least} or more"
        raise ValueError(msg)
    filling = records_of_all_types() if records is None else records
    return _feeds(st.lists(filling, min_size=min_size, max_size=max_size), consistent=consistent)


@st.composite
def _feeds(draw: st.DrawFn, lists: st.SearchStrategy[list[Record]], *, consistent: bool) -> Feed:
    held: list[Any] = draw(lists)
    if consistent:
        held = draw(st.permutations(ReferenceLinker(draw, held).linked()))
    header = draw(values_of(FeedHeader, schema_version=SCHEMA_VERSION))
    return Feed(header, tuple(held))
