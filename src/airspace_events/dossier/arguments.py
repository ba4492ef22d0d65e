"""Checks what a question is given: words, fields, instants and records."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from difflib import get_close_matches
from typing import cast, get_args

from pydantic_core import PydanticCustomError

from airspace_events.errors import TimeExpressionError, UnknownNameError
from airspace_events.feeds.header import Feed
from airspace_events.models.base import BaseRecord
from airspace_events.models.records import Record
from airspace_events.values import edtf
from airspace_events.values.field_names import claimed_field
from airspace_events.vocabulary.claims import Aspect

_COMPARED_AT_MOST = 100


def check_word(word: str | None, words: Sequence[str], what: str) -> None:
    """Refuse a word that no record can have.

    Raises:
        UnknownNameError: the vocabulary does not have it; the error says what is near.
    """
    if word is not None and word not in words:
        near = get_close_matches(word[:_COMPARED_AT_MOST], words, n=1, cutoff=0.6)
        raise UnknownNameError(word, f"no {what}", tuple(near))


def check_topic(topic: str) -> None:
    """Refuse what is neither an aspect of claims nor the name of a field.

    Raises:
        UnknownNameError: it is neither; the error says what is near.
    """
    if topic not in get_args(Aspect.__value__):
        check_field(topic)


def check_field(name: str) -> None:
    """Refuse the name of a field that no incursion, series or finding has.

    Raises:
        UnknownNameError: none has it; the error says why.
    """
    try:
        claimed_field(name)
    except PydanticCustomError as error:
        raise UnknownNameError(name[:_COMPARED_AT_MOST], error.message()) from None


def records_in(given: object) -> Iterator[Record]:
    """The records of a feed, or of whatever else holds some.

    Raises:
        TypeError: it holds none, or something else besides.
    """
    if isinstance(given, Feed):
        given = given.records
    if isinstance(given, str | bytes) or not isinstance(given, Iterable):
        raise _refusal(given, "; Dossier.read takes paths")
    for record in cast("Iterable[object]", given):
        if not isinstance(record, BaseRecord):
            raise _refusal(record)
        yield cast("Record", record)


def _refusal(given: object, hint: str = "") -> TypeError:
    return TypeError(f"a dossier holds records, not a {type(given).__name__}{hint}")


def checked_instant(given: datetime | str) -> datetime:
    """Return an instant in UTC.

    Raises:
        TimeExpressionError: it is no instant.
    """
    text = given if isinstance(given, str) else given.isoformat()
    point = edtf.parse_point(text)
    if point.precision != "instant":
        reason = "not an instant: a day needs its hour and its offset from UTC"
        raise TimeExpressionError(text, 0, reason, f"{text}T00:00:00Z")
    return point.first.astimezone(UTC)
