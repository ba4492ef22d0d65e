"""Records that are stored as JSON and parsed only when needed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Generic, TypeVar, cast, overload

from airspace_events.feeds.reading import record_adapter
from airspace_events.models.records import Record

R = TypeVar("R", bound=Record)

_RECENT = 1 << 10


class KeptRecords(Sequence[R], Generic[R]):
    """Some of the records of a dossier, in order.

    A parsed record takes more than ten times as much memory as its JSON.
    """

    def __init__(self, kept: Sequence[Record | bytes], numbers: Sequence[int]) -> None:
        """Select records.

        Args:
            kept: all records, either parsed or as JSON.
            numbers: the indexes of the selected records.
        """
        self._kept = kept
        self._numbers = numbers

    def __len__(self) -> int:
        return len(self._numbers)

    def __iter__(self) -> Iterator[R]:
        return (cast("R", record_of(self._kept[number])) for number in self._numbers)

    @overload
    def __getitem__(self, index: int) -> R: ...

    @overload
    def __getitem__(self, index: slice) -> KeptRecords[R]: ...

    def __getitem__(self, index: int | slice) -> R | KeptRecords[R]:
        if isinstance(index, slice):
            return KeptRecords(self._kept, self._numbers[index])
        return cast("R", record_of(self._kept[self._numbers[index]]))


def record_of(kept: Record | bytes) -> Record:
    """Return a stored record, and parse it if it was stored as JSON."""
    return _parsed(kept) if isinstance(kept, bytes) else kept


@lru_cache(maxsize=_RECENT)
def _parsed(data: bytes) -> Record:
    record: Record = record_adapter().validator.validate_json(data)
    return record
