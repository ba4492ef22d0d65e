"""Checks of the arguments of questions: words, fields, instants and records."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from typing import cast

from pydantic_core import PydanticCustomError

from airspace_events.errors import TimeExpressionError, UnknownNameError
from airspace_events.feeds.header import Feed
from airspace_events.models.base import BaseRecord
from airspace_events.models.records import Record
from airspace_events.spelling import near
from airspace_events.values import edtf
from airspace_events.values.field_names import claimed_field
from airspace_events.vocabulary.terms import Aspect
from airspace_events.vocabulary.word_lists import words_of

_COMPARED_AT_MOST = 100


def check_word(word: str | None, words: Sequence[str], what: str) -> None:
    """Refuse a word that is not in a vocabulary.

    Raises:
        UnknownNameError: the vocabulary does not have the word; the error suggests similar ones.
    """
    if word is not None and word not in words:
        raise UnknownNameError(word, f"not {what}", near(word, words))


def check_topic(topic: str) -> None:
    """Refuse a text that is neither a claim aspect nor a field name.

    Raises:
        UnknownNameError: the text is neither; the error suggests similar names.
    """
    if topic not in words_of(Aspect):
        check_field(topic)


def check_field(name: str) -> None:
    """Refuse a field name that no incursion, series or finding has.

    Raises:
        UnknownNameError: no such record type has the field; the error explains why.
    """
    try:
        claimed_field(name)
    except PydanticCustomError as error:
        raise UnknownNameError(name[:_COMPARED_AT_MOST], error.message()) from None


def records_in(given: object) -> Iterator[Record]:
    """Yield the records of a feed or of another iterable.

    Raises:
        TypeError: the argument is not iterable, or an item is not a record.
    """
    if isinstance(given, Feed):
        given = given.records
    if isinstance(given, str | bytes) or not isinstance(given, Iterable):
        raise _refusal(given, "; to read a file, use Dossier.read")
    for record in cast("Iterable[object]", given):
        if not isinstance(record, BaseRecord):
            raise _refusal(record)
        yield cast("Record", record)


def _refusal(given: object, hint: str = "") -> TypeError:
    return TypeError(f"a dossier takes records, not a {type(given).__name__}{hint}")


def checked_instant(given: datetime | str) -> datetime:
    """Return an instant in UTC.

    Raises:
        TimeExpressionError: the text is not an instant.
    """
    text = given if isinstance(given, str) else given.isoformat()
    point = edtf.parse_point(text)
    if point.precision != "instant":
        kind = point.precision
        reason = f'a {kind} is not an instant; write an instant such as "2025-09-11T23:59:59Z"'
        if point.precision == "day" and text[:1].isdigit() and text[-1:].isdigit():
            reason = (
                f'a day is not an instant; write "{text}T23:59:59Z" to include the day, or '
                f'"{text}T00:00:00Z" to exclude it'
            )
        raise TimeExpressionError(text, 0, reason)
    return point.first.astimezone(UTC)
