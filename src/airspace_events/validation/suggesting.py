"""Finds the word that somebody probably meant."""

from collections.abc import Iterable
from difflib import get_close_matches

from airspace_events.vocabulary.codebook import Vocabulary, vocabularies
from airspace_events.vocabulary.state_codes import StateCode

_LONGEST = 60

# What people write for a state whose code is another (exceptional reservations and habits).
_STATE_HABITS = {"UK": "GB", "EL": "GR", "EN": "GB", "KO": "XK", "KS": "XK", "RKS": "XK"}


def close_to(word: str, candidates: Iterable[str]) -> str | None:
    """The candidate that is spelt most like a word, if one is like it at all."""
    if len(word) > _LONGEST:
        return None
    folded = {_fold(candidate): candidate for candidate in candidates}
    matches = get_close_matches(_fold(word), folded, n=1, cutoff=0.72)
    return folded[matches[0]] if matches else None


def word_of(vocabulary: Vocabulary, word: str) -> str | None:
    """The word of a vocabulary that was probably meant: a synonym, or one spelt alike."""
    if len(word) > _LONGEST:
        return None
    meant = {_fold(str(term)): str(term) for term in vocabulary.words}
    for term in vocabulary.terms.values():
        meant.update({_fold(synonym): term.word for synonym in term.synonyms})
    folded = _fold(word)
    if folded in meant:
        return meant[folded]
    matches = get_close_matches(folded, meant, n=1, cutoff=0.72)
    return meant[matches[0]] if matches else None


def state_code(word: str) -> str | None:
    """The code of the state that was probably meant, if the word is nearly a code."""
    upper = word.strip().upper()
    if upper in _STATE_HABITS:
        return _STATE_HABITS[upper]
    return upper if upper in StateCode.__value__.__args__ else None


def time_zone(name: str) -> str | None:
    """The name of the time zone that was probably meant."""
    from zoneinfo import available_timezones  # noqa: PLC0415 (reads the whole database)

    return close_to(name, sorted(available_timezones()))


def slug(text: str) -> str | None:
    """The id that a text would make."""
    if len(text) > _LONGEST or not text.isascii():
        return None
    parts = "".join(char if char.isalnum() else " " for char in text.lower()).split()
    return "-".join(parts) or None


def vocabulary_named(name: str) -> Vocabulary:
    """The vocabulary of that name."""
    return vocabularies()[name]


def _fold(word: str) -> str:
    return word.strip().casefold().replace(" ", "_").replace("-", "_")
