"""Functions that find the words with the spelling closest to a given word."""

from collections.abc import Iterable
from difflib import get_close_matches
from itertools import takewhile
from operator import eq

LONGEST = 60
"""The length of the longest word to compare; the time grows with the square of the length."""

_ALIKE = 0.72
_SHORTEST = 5


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


def is_one_letter_wrong(word: str, other: str) -> bool:
    """Return whether two words differ by one letter: changed, missing, extra, or swapped.

    Case is ignored, and spaces, hyphens and underscores are equal. Digits must be the same. Words
    of fewer than five letters are too short to compare.

    >>> is_one_letter_wrong("confirmd", "confirmed"), is_one_letter_wrong("UTC+1", "UTC+2")
    (True, False)
    """
    shorter, longer = sorted((fold(word), fold(other)), key=len)
    if len(shorter) < _SHORTEST or len(longer) - len(shorter) > 1:
        return False
    if list(filter(str.isdecimal, shorter)) != list(filter(str.isdecimal, longer)):
        return False
    start = sum(1 for _ in takewhile(lambda pair: eq(*pair), zip(shorter, longer, strict=False)))
    rest, other_rest = shorter[start:], longer[start:]
    if len(shorter) < len(longer):
        return rest == other_rest[1:]
    return rest[1:] == other_rest[1:] or rest[1::-1] + rest[2:] == other_rest
