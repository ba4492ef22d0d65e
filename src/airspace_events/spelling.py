"""The words that are spelled most like another word: the one comparison of spellings."""

from collections.abc import Iterable
from difflib import get_close_matches

LONGEST = 60
"""The length up to which a word is compared: comparing takes the square of the length."""

_ALIKE = 0.72


def fold(word: str) -> str:
    """Return a word in lower case, with an underscore for each space and hyphen."""
    return word.strip().casefold().replace(" ", "_").replace("-", "_")


def near(word: str, candidates: Iterable[str], most: int = 1) -> tuple[str, ...]:
    """Return the candidates that are spelled much like a word, the nearest first.

    Case, spaces, hyphens and underscores do not count. A very long word has none.

    Args:
        word: the word.
        candidates: the words that could be meant.
        most: the number of candidates to return at most.

    >>> near("confirmd", ["reported", "confirmed"])
    ('confirmed',)
    """
    if len(word) > LONGEST:
        return ()
    folded = {fold(candidate): candidate for candidate in candidates}
    matches = get_close_matches(fold(word), folded, n=most, cutoff=_ALIKE)
    return tuple(folded[match] for match in matches)


def nearest(word: str, candidates: Iterable[str]) -> str | None:
    """Return the candidate that is spelled most like a word; None if none is much like it."""
    return next(iter(near(word, candidates)), None)
