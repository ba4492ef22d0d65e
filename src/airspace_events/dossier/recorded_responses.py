"""Responses, with the records that tell of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from airspace_events.models.incursion import Incursion
from airspace_events.models.records import Record
from airspace_events.models.series import Series
from airspace_events.values.responses import Response
from airspace_events.viewed import Answer
from airspace_events.vocabulary.responses import ResponseKind


@dataclass(frozen=True, repr=False)
class RecordedResponse(Answer):
    """A response, and the record that tells of it.

    Attributes:
        response: what was done in answer.
        record: the incursion or series in answer to which it was done.
        number: its place among the responses of that record, from 0.
    """

    response: Response
    record: Incursion | Series
    number: int

    @property
    def pointer(self) -> str:
        """Where it stands in its record (RFC 6901)."""
        return f"/responses/{self.number}"


class ResponseIndex:
    """All responses, and those of each actor."""

    def __init__(self, records: Iterable[Record], successor: Callable[[str], str]) -> None:
        self._all: list[RecordedResponse] = []
        self._by: dict[str, list[RecordedResponse]] = {}
        for record in records:
            if isinstance(record, Incursion | Series):
                for number, response in enumerate(record.responses):
                    one = RecordedResponse(response, record, number)
                    self._all.append(one)
                    for actor in dict.fromkeys(map(successor, response.by)):
                        self._by.setdefault(actor, []).append(one)

    def find(self, by: str | None, kind: ResponseKind | None) -> tuple[RecordedResponse, ...]:
        """The responses of an actor, or of anybody; of a kind, or of any."""
        found = self._all if by is None else self._by.get(by, [])
        return tuple(one for one in found if kind in (None, one.response.kind))
