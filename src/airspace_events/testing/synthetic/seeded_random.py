"""Random choices that are the same on every platform and with every version of Python."""

import random
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


class SeededRandom:
    """Random choices determined by a seed.

    For a given seed, Python guarantees the same numbers only from `random.Random.random`, not from
    other methods. Therefore all choices use `random.Random.random`.
    """

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed).random  # noqa: S311 (made-up data, no secret)
        """Return a random number from 0 up to, but not including, 1."""

    def chance(self, share: float) -> bool:
        """Return True with a given probability."""
        return self.random() < share

    def below(self, end: int) -> int:
        """Return a random whole number from 0 up to, but not including, an end."""
        return int(self.random() * end)

    def between(self, first: int, last: int) -> int:
        """Return a random whole number from a first to a last number, inclusive."""
        return first + int(self.random() * (last - first + 1))

    def pick(self, choices: Sequence[T]) -> T:
        """Return a random choice; list a choice more than once to make it more likely."""
        return choices[int(self.random() * len(choices))]
