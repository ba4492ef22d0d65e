"""Helper functions for the wording of messages."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, cast

from pydantic import BaseModel

from airspace_events.diagnostics import suggestions
from airspace_events.diagnostics.problem import Problem
from airspace_events.safe_text import shown
from airspace_events.values.base import Value
from airspace_events.vocabulary.codebook import vocabularies

FEW_WORDS = 10
"""The maximum number of words that a message lists."""

_NO_JSON: tuple[type[Any], ...] = (Value, set, frozenset, bytes)


def with_article(noun: str) -> str:
    """Return a noun with "a" or "an" before it.

    >>> with_article("object category"), with_article("state code"), with_article("unit")
    ('an object category', 'a state code', 'a unit')
    """
    is_vowel = noun[:1].lower() in "aeiou" and not noun.startswith(("uni", "one"))
    return f"{'an' if is_vowel else 'a'} {noun}"


def either(nouns: Sequence[str]) -> str:
    """Return nouns with their articles, joined by "or".

    >>> either(["state", "alliance", "organization"])
    'a state, an alliance or an organization'
    """
    *first, last = map(with_article, nouns)
    return f"{', '.join(first)} or {last}" if first else last


def noun_of(model: type[BaseModel] | None) -> str:
    """Return the noun for a class of values, such as "aerial object" for `AerialObject`."""
    if model is None:
        return "value"
    return "".join(f" {c.lower()}" if c.isupper() else c for c in model.__name__).strip()


def described(value: Any) -> str:
    """Return a description of a value of the wrong type, such as ``the text "9"``."""
    if isinstance(value, str):
        return f"the text {shown(value)}"
    if isinstance(value, bool) or value is None:
        return shown(value)
    if isinstance(value, int | float):
        return f"the number {shown(value)}"
    if isinstance(value, date):
        return "a datetime" if isinstance(value, datetime) else "a date"
    if isinstance(value, _NO_JSON):
        return with_article(type(cast("object", value)).__name__)
    return shown(value)


def unknown_word(word: Any, name: str, *, suggest: bool = True) -> Problem:
    """Return the problem for a word that is not in a vocabulary.

    Args:
        word: the word, or a value of another type.
        name: the name of the vocabulary.
        suggest: whether to search for the word that was probably meant, which is slow.
    """
    vocabulary = vocabularies()[name]
    if vocabulary.module == "state_codes":
        return unknown_state(word, suggest=suggest)
    message = f"{shown(word)} is not {with_article(vocabulary.title)}"
    code = "value_not_in_vocabulary"
    if former := suggestions.former_word(name, word):
        return Problem(code, message + former.hint, suggestion=former.suggestion)
    guess = suggestions.word_of(name, word) if suggest and isinstance(word, str) else None
    if guess is not None:
        return Problem(code, message, suggestion=guess)
    if len(vocabulary.words) > FEW_WORDS:
        return Problem(code, f"{message}; see the codebook for the terms of {name}")
    words = ", ".join(str(word) for word in vocabulary.words)
    return Problem(code, f"{message}; use one of {words}")


def unknown_state(word: Any, *, suggest: bool = True) -> Problem:
    """Return the problem for a value that is not a state code.

    Args:
        word: the text, or a value of another type.
        suggest: whether to search for the state that was probably meant.
    """
    guess = suggestions.nearest_state(word) if suggest and isinstance(word, str) else None
    return Problem("unknown_state_code", f"{shown(word)} is not a state code", suggestion=guess)
