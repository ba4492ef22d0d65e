"""Words in questions: one that the vocabulary does not have finds nothing, and is told so."""

from collections.abc import Sequence

from pydantic_core import PydanticCustomError

from airspace_events.errors import UnknownNameError
from airspace_events.spelling import near
from airspace_events.values.field_names import claimed_field
from airspace_events.vocabulary.claims import Aspect
from airspace_events.vocabulary.word_lists import words_of

_COMPARED_AT_MOST = 100


def check_word(word: str | None, words: Sequence[str], what: str) -> None:
    """Refuse a word that no record can have.

    Raises:
        UnknownNameError: the vocabulary does not have it; the error says what is near.
    """
    if word is not None and word not in words:
        found = near(word, words)
        raise UnknownNameError(word, f"no {what}", found)


def check_topic(topic: str) -> None:
    """Refuse what is neither an aspect of claims nor the name of a field.

    Raises:
        UnknownNameError: it is neither; the error says what is near.
    """
    if topic not in words_of(Aspect):
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
