"""Messages about words outside a vocabulary, and about invalid state codes."""

from typing import Any

from airspace_events.diagnostics import suggestions
from airspace_events.diagnostics.problem import Problem
from airspace_events.diagnostics.wording import with_article
from airspace_events.safe_text import shown
from airspace_events.vocabulary.codebook import vocabularies

FEW_WORDS = 10
"""The largest number of words that a message lists."""


def unknown_word(word: Any, name: str, *, suggest: bool = True) -> Problem:
    """Return the problem of a word that is not in a vocabulary.

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
    """Return the problem of a text that is not the code of a state.

    Args:
        word: the text, or a value of another type.
        suggest: whether to search for the state that was probably meant.
    """
    guess = suggestions.nearest_state(word) if suggest and isinstance(word, str) else None
    return Problem("unknown_state_code", f"{shown(word)} is not a state code", suggestion=guess)
