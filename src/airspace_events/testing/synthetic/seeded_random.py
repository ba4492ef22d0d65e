"""Random choices that are the same on every platform and with every version of Python."""

import random
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


class SeededRandom:
    """Random choices that a seed decides.

    Python promises that `random.Random.random` gives the same numbers for a seed for ever; it
    does not promise this of any other method, so all choices are made of that one.
    """

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed).random  # noqa: S311 (made-up data, no secret)
        """A number from 0 up to, but not including, 1."""

    def chance(self, share: float) -> bool:
        """Whether something that happens in a share of cases happens now."""
        return self.random() < share

    def below(self, end: int) -> int:
        """A whole number from 0 up to, but not including, an end."""
        return int(self.random() * end)

    def between(self, first: int, last: int) -> int:
        """A whole number from a first to a last, both included."""
        return first + int(self.random() * (last - first + 1))

    def pick(self, choices: Sequence[T]) -> T:
        """One of some choices; to make one more likely, it stands among them more than once."""
        return choices[int(self.random() * len(choices))]
