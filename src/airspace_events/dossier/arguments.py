"""Argument checks for the methods of a dossier: ids, words, fields, times and records."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from typing import Any, NoReturn, TypeVar, cast

from pydantic_core import PydanticCustomError

from airspace_events.diagnostics.wording import with_article
from airspace_events.errors import TimeExpressionError, UnknownNameError
from airspace_events.feeds.header import Feed
from airspace_events.models.base import BaseRecord
from airspace_events.models.events import Incursion
from airspace_events.models.records import Record
from airspace_events.spelling import near
from airspace_events.values import edtf
from airspace_events.values.claims import Claim
from airspace_events.values.field_names import claimed_field, name_tree, values_named
from airspace_events.values.structure import FieldShape, fields_of
from airspace_events.values.time import zone_named
from airspace_events.vocabulary.codebook import vocabularies

_COMPARED_AT_MOST = 100
_Word = TypeVar("_Word", bound=str)
_Given = TypeVar("_Given")


def checked_text(given: _Given, what: str) -> _Given:
    """Return an argument if it is a string.

    Raises:
        TypeError: the argument is not a string.
    """
    if not isinstance(given, str):
        refuse_type(what, "text", given)
    return given


def id_of(given: object) -> str:
    """Return the id of a record, given the record or its id.

    Raises:
        TypeError: the argument is neither a record nor a string.
    """
    if isinstance(given, BaseRecord):
        return given.id
    if not isinstance(given, str):
        refuse_type("an event", "a record or its id", given)
    return given


def check_word(word: str | None, words: Sequence[str], what: str) -> None:
    """Reject a word that is not in a vocabulary.

    Raises:
        UnknownNameError: the vocabulary does not contain the word; the error suggests similar
            ones.
        TypeError: the word is not a string.
    """
    if word is not None and checked_text(word, what) not in words:
        raise UnknownNameError(word, f"not {what}", near(word, words))


def checked_words(given: object, words: Sequence[_Word], what: str) -> tuple[_Word, ...]:
    """Return one or more words as a tuple, if all of them are in the vocabulary.

    Raises:
        UnknownNameError: the vocabulary does not contain one of the words; the error suggests
            similar ones.
        TypeError: the argument is neither a string nor a list of strings.
    """
    if not isinstance(given, str | Iterable):
        refuse_type(what, "text", given)
    several = cast("Iterable[Any]", (given,) if isinstance(given, str) else given)
    found: tuple[Any, ...] = tuple(several)
    for word in found:
        check_word(checked_text(word, what), words, what)
    return found


def check_topic(topic: str, value: object = None) -> None:
    """Reject a topic of claims that does not exist, or a value that the topic cannot have.

    Args:
        topic: an aspect of claims, or the name of a field.
        value: the value; if the topic has a vocabulary, a string must be one of its words.

    Raises:
        UnknownNameError: the topic or the value does not exist; the error suggests similar names.
        TypeError: the topic is not a string.
    """
    aspects = Claim.members()
    shape: FieldShape | None
    if checked_text(topic, "a topic") in aspects:
        shape = fields_of(aspects[topic])["value"]
    else:
        check_field(topic)
        shape = claimed_field(topic).shape
    if isinstance(value, str) and shape is not None and shape.vocabulary is not None:
        words = vocabularies()[shape.vocabulary].words
        if value not in words:
            found = near(value, map(str, words))
            raise UnknownNameError(value, f"not a value of {topic}", found)


def check_field(name: str) -> None:
    """Reject a name that is not a field of an incursion, a series or a finding.

    Raises:
        UnknownNameError: no such record type has the field; the error explains why.
        TypeError: the name is not a string.
    """
    try:
        claimed_field(checked_text(name, "the name of a field"))
    except PydanticCustomError as error:
        raise UnknownNameError(name[:_COMPARED_AT_MOST], error.message()) from None


def check_field_of(record: Record, name: str) -> None:
    """Reject a name that is neither a field of the record nor a field of any event.

    Raises:
        UnknownNameError: neither the record nor any event has the field; the error gives the
            reason.
        TypeError: the name is not a string.
    """
    tree = name_tree([checked_text(name, "the name of a field")])
    if all(found != name for found, _ in values_named(record, tree)):
        check_field(name)


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


def incursions_in(given: object) -> list[Incursion]:
    """Return incursions as a list.

    Raises:
        TypeError: the argument is not iterable, or an item is not an incursion.
    """
    found: list[Incursion] = []
    for record in records_in(given):
        if not isinstance(record, Incursion):
            refuse_type("an item of a summary", "an incursion", record)
        found.append(record)
    return found


def _refusal(given: object, hint: str = "") -> TypeError:
    return TypeError(f"a dossier takes records, not {with_article(type(given).__name__)}{hint}")


def refuse_type(what: str, wanted: str, given: object) -> NoReturn:
    """Raise the error for an argument of the wrong type."""
    msg = f"{what} must be {wanted}, not {with_article(type(given).__name__)}"
    raise TypeError(msg)


def checked_moment(given: date | str, timezone: str | None) -> datetime:
    """Return an instant in UTC; for a day, return its last microsecond in the given time zone.

    Raises:
        TimeExpressionError: the text is neither a day nor an instant, a day has no time zone, or
            an instant has one.
        TypeError: the argument is not a string, a date or a datetime.
    """
    if not isinstance(given, date | str):  # pyright: ignore[reportUnnecessaryIsInstance]
        refuse_type("a moment", "a date, a datetime or text", given)
    text = given if isinstance(given, str) else given.isoformat()
    point = edtf.parse_point(text)
    zone = None if timezone is None else zone_named(checked_text(timezone, "a time zone"))
    if point.precision == "instant":
        if zone is None:
            return point.first.astimezone(UTC)
        reason = "an instant has its own offset from UTC; leave out `timezone`"
    elif point.precision != "day" or not point.is_certain or point.has_gaps:
        reason = 'write one day such as "2025-09-11", or an instant such as "2025-09-11T23:59:59Z"'
    elif zone is None:
        reason = (
            f'a day needs a time zone; add one such as timezone="Europe/Warsaw" to mean the end '
            f'of the day there, or write an instant such as "{text}T23:59:59Z"'
        )
    else:
        return point.latest(zone)
    raise TimeExpressionError(text, 0, reason)
