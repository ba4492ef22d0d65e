"""Words in questions: one that the vocabulary does not have finds nothing, and is told so."""

from collections.abc import Sequence
from difflib import get_close_matches

from airspace_events.errors import UnknownNameError

_COMPARED_AT_MOST = 100


def check_word(word: str | None, words: Sequence[str], what: str) -> None:
    """Refuse a word that no record can have.

    Raises:
        UnknownNameError: the vocabulary does not have it; the error says what is near.
    """
    if word is not None and word not in words:
        near = get_close_matches(word[:_COMPARED_AT_MOST], words, n=1, cutoff=0.6)
        raise UnknownNameError(word, f"no {what}", tuple(near))
