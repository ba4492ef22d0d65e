"""Functions that find the words with the spelling closest to a given word."""

from collections.abc import Iterable
from difflib import get_close_matches

LONGEST = 60
"""The length of the longest word to compare; the time grows with the square of the length."""

_ALIKE = 0.72


def fold(word: str) -> str:
    """Return a word in lower case, with an underscore for each space and hyphen."""
    return word.strip().casefold().replace(" ", "_").replace("-", "_")


def near(word: str, candidates: Iterable[str], most: int = 1) -> tuple[str, ...]:
    """Return the candidates whose spelling is close to a word, beginning with the closest.

    Case is ignored, and spaces, hyphens and underscores are equal. A very long word matches no
    candidate.

    Args:
        word: the word.
        candidates: the words to compare with.
        most: the maximum number of candidates to return.

    >>> near("confirmd", ["reported", "confirmed"])
    ('confirmed',)
    """
    if len(word) > LONGEST:
        return ()
    folded = {fold(candidate): candidate for candidate in candidates}
    matches = get_close_matches(fold(word), folded, n=most, cutoff=_ALIKE)
    return tuple(folded[match] for match in matches)


def nearest(word: str, candidates: Iterable[str]) -> str | None:
    """Return the candidate with the spelling closest to a word, or None if none is close."""
    return next(iter(near(word, candidates)), None)
