"""The difference between two feeds: the records added, removed, revised or retracted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar, Literal, NoReturn, cast

from airspace_events.comparing.field_changes import FieldChange, field_changes
from airspace_events.comparing.located_records import located
from airspace_events.errors import FeedError
from airspace_events.feeds.header import Feed, FeedHeader
from airspace_events.feeds.streams import FeedInput
from airspace_events.formats.digests import identity
from airspace_events.models.records import Record
from airspace_events.viewed import Viewed

ChangeKind = Literal["added", "revised", "retracted", "removed"]
CHANGE_KINDS: tuple[ChangeKind, ...] = ("added", "revised", "retracted", "removed")


@dataclass(frozen=True, kw_only=True)
class RecordChange:
    """A record that was added, removed, revised or retracted.

    Attributes:
        before: the last revision in the old feed; None if the record was added.
        after: the last revision in the new feed; None if the record was removed.
        taken_out: the revisions that only the old feed has.
        put_in: the revisions that only the new feed has.
    """

    before: Record | None
    after: Record | None
    taken_out: tuple[Record, ...]
    put_in: tuple[Record, ...]

    @property
    def kind(self) -> ChangeKind:
        """The kind of change."""
        if self.before is None:
            return "added"
        if self.after is None:
            return "removed"
        is_retracted = self.after.retracted is not None and self.before.retracted is None
        return "retracted" if is_retracted else "revised"

    @property
    def record(self) -> Record:
        """The last revision in the new feed, or in the old feed if the record was removed."""
        return cast("Record", self.after or self.before)

    @property
    def type(self) -> str:
        """The type of the record."""
        return self.record.type

    @property
    def id(self) -> str:
        """The id of the record."""
        return self.record.id

    @cached_property
    def fields(self) -> tuple[FieldChange, ...]:
        """The fields in which the last revisions differ, except the revision number."""
        if self.before is None or self.after is None:
            return ()
        changes = field_changes(self.before, self.after)
        return tuple(one for one in changes if one.name != "revision")

    @property
    def rewritten(self) -> tuple[int, ...]:
        """The revisions that have the same number in both feeds, but different contents."""
        old = {record.revision for record in self.taken_out}
        return tuple(sorted(old & {record.revision for record in self.put_in}))


@dataclass(frozen=True)
class FeedDifference(Viewed):
    """The difference between two feeds, regardless of the order of their records.

    Attributes:
        old_header: the header of the old feed.
        new_header: the header of the new feed.
        records: the changes to records, in the order of the new feed, with removed records last.
    """

    _view: ClassVar = "difference_views.difference_table"

    old_header: FeedHeader
    new_header: FeedHeader
    records: tuple[RecordChange, ...]

    @cached_property
    def header(self) -> tuple[FieldChange, ...]:
        """The fields in which the headers differ, except ``generated_at``."""
        changes = field_changes(self.old_header, self.new_header)
        return tuple(one for one in changes if one.name != "generated_at")

    @property
    def counts(self) -> Mapping[ChangeKind, int]:
        """The number of records for each kind of change."""
        counts = Counter(one.kind for one in self.records)
        return {kind: counts[kind] for kind in CHANGE_KINDS}

    def __bool__(self) -> bool:
        """Return whether a record or the header changed."""
        return bool(self.records or self.header)

    def apply(self, feed: Feed) -> Feed:
        """Apply the changes to the old feed, and return the new feed; added records come last.

        Raises:
            ValueError: the feed lacks a record that the difference removes or revises, or already
                has a record that the difference adds.
        """
        gone = {identity(one) for change in self.records for one in change.taken_out}
        by_identity = [(identity(record), record) for record in feed.records]
        missing = gone.difference(name for name, _ in by_identity)
        kept = [record for name, record in by_identity if name not in gone]
        added = [one for change in self.records for one in change.put_in]
        existing = set(map(_key, kept)).intersection(map(_key, added))
        if missing or existing:
            msg = (
                f"the changes do not apply to this feed: it lacks {len(missing):,} of the old "
                f"records, and already has {len(existing):,} of the new ones"
            )
            raise ValueError(msg)
        return Feed(self.new_header, (*kept, *added))


def _key(record: Record) -> tuple[str, str, int]:
    return record.type, record.id, record.revision


def diff(old: Feed | FeedInput, new: Feed | FeedInput) -> FeedDifference:
    """Return the difference between two feeds.

    Records with equal digests are equal. The order of the records does not matter. Both feeds are
    held in memory.

    Args:
        old: the old feed, its path, or a stream of bytes.
        new: the new feed, its path, or a stream of bytes.

    Raises:
        UnreadableError: a feed cannot be opened.
        FeedError: one of the feeds is not valid. The error names the file and the line.

    >>> import airspace_events as ae
    >>> folder = "docs/examples"
    >>> found = ae.diff(f"{folder}/tracker-monday.jsonl", f"{folder}/tracker-tuesday.jsonl")
    >>> for change in found.records:
    ...     print(change.kind, change.id)
    added ministry-release
    revised lv-2031-03-01
    retracted ee-2031-03-02
    added lt-2031-03-03
    """
    was, is_ = (located(one, _refuse, name) for one, name in ((old, "old"), (new, "new")))
    olds = _by_id(one.record for one in was.records)
    news = _by_id(one.record for one in is_.records)
    names = dict.fromkeys((*news, *olds))
    changes = (_change(olds.get(name, ()), news.get(name, ())) for name in names)
    return FeedDifference(was.header, is_.header, tuple(filter(None, changes)))


def _refuse(error: FeedError) -> NoReturn:
    raise error


def _by_id(records: Iterable[Record]) -> Mapping[tuple[str, str], Sequence[Record]]:
    found: dict[tuple[str, str], list[Record]] = {}
    for record in records:
        found.setdefault((record.type, record.id), []).append(record)
    for revisions in found.values():
        revisions.sort(key=lambda one: one.revision)
    return found


def _change(old: Sequence[Record], new: Sequence[Record]) -> RecordChange | None:
    was, is_ = ({identity(one): one for one in records} for records in (old, new))
    change = RecordChange(
        before=old[-1] if old else None,
        after=new[-1] if new else None,
        taken_out=tuple(one for key, one in was.items() if key not in is_),
        put_in=tuple(one for key, one in is_.items() if key not in was),
    )
    return change if change.taken_out or change.put_in else None
