"""Functions that find the words whose spelling is closest to a given word."""

from collections.abc import Iterable
from difflib import get_close_matches

LONGEST = 60
"""The maximum length of a word to compare. The run time grows with the square of the length."""

_ALIKE = 0.72
_SHORTEST = 5
_LETTERS_AN_EDIT = 3


def fold(word: str) -> str:
    """Return a word in lower case, with an underscore for each space and hyphen."""
    return word.strip().casefold().replace(" ", "_").replace("-", "_")


def near(word: str, candidates: Iterable[str], most: int = 1) -> tuple[str, ...]:
    """Return the candidates whose spelling is close to a word, closest first.

    Case is ignored, and spaces, hyphens and underscores count as equal. A very long word matches
    no candidate.

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
    """Return whether two words differ by one changed, missing or extra letter, or by one swap.

    Case is ignored, and spaces, hyphens and underscores count as equal. Digits must be the same.
    Words of fewer than five letters are too short to compare.

    >>> is_one_letter_wrong("confirmd", "confirmed"), is_one_letter_wrong("UTC+1", "UTC+2")
    (True, False)
    """
    one, two = fold(word), fold(other)
    shortest, longest = sorted((len(one), len(two)))
    if shortest < _SHORTEST or longest > LONGEST:
        return False
    has_same_digits = list(filter(str.isdecimal, one)) == list(filter(str.isdecimal, two))
    return has_same_digits and _edits(one, two) <= 1


def is_misspelling(word: str, name: str) -> bool:
    """Return whether a word may be a misspelling of a name: at most one edit per three letters.

    Two words with many letters in common may still be different words.

    >>> is_misspelling("estoina", "estonia"), is_misspelling("radar", "rwanda")
    (True, False)
    """
    return _edits(word, name) * _LETTERS_AN_EDIT <= min(len(word), len(name))


def _edits(word: str, other: str) -> int:
    """Return the edit distance of two words; swapping two adjacent letters is one edit."""
    before, last = list[int](), list(range(len(other) + 1))
    for at, char in enumerate(word):
        row = [at + 1]
        for to, expected in enumerate(other):
            least = min(row[to] + 1, last[to + 1] + 1, last[to] + (char != expected))
            if at and to and char == other[to - 1] and word[at - 1] == expected:
                least = min(least, before[to - 1] + 1)
            row.append(least)
        before, last = last, row
    return last[-1]
