"""Compares the possible duplicates that a dossier finds with the truth of a made-up corpus."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import chain
from math import log2
from typing import NamedTuple

import airspace_events as ae
from airspace_events.dossier import PossibleDuplicate
from airspace_events.dossier.resemblance import LIKELIHOODS, POINTS
from airspace_events.testing import Coverage, synthetic_coverage

#: The seeds differ, so that the bands are measured on events that set no points.
CALIBRATION_SEED, TEST_SEED = 7, 23
MOST_POINTS = 6


class Band(NamedTuple):
    """The pairs of one likelihood, and those of this likelihood or a higher one.

    Precision is the share of pairs that are the same event; recall is the share of all pairs of
    the same event.
    """

    likelihood: str
    pairs: int
    precision: float
    precision_so_far: float
    recall_so_far: float


def dossier_of(coverage: Coverage) -> ae.Dossier:
    """All feeds of a coverage in one dossier."""
    return ae.Dossier(chain.from_iterable(feed.records for feed in coverage.feeds.values()))


class Truth:
    """The pairs of a made-up corpus, and which of them are the same event."""

    def __init__(self, events: int, seed: int) -> None:
        self.coverage = synthetic_coverage(events, seed)
        found = dossier_of(self.coverage).possible_duplicates(least="almost_no_chance")
        self.pairs = found.pairs
        reports = Counter(self.coverage.event_of.values())
        self.true_pairs = sum(number * (number - 1) // 2 for number in reports.values())

    def is_same(self, pair: PossibleDuplicate) -> bool:
        """Whether a pair is one event."""
        event_of = self.coverage.event_of
        return event_of[pair.first.id] == event_of[pair.second.id]

    def bands(self) -> Iterator[Band]:
        """The bands, from the highest likelihood to the lowest."""
        same_so_far = all_so_far = 0
        for likelihood in LIKELIHOODS:
            pairs = [pair for pair in self.pairs if pair.likelihood == likelihood]
            same = sum(map(self.is_same, pairs))
            same_so_far += same
            all_so_far += len(pairs)
            yield Band(
                likelihood,
                len(pairs),
                same / max(1, len(pairs)),
                same_so_far / max(1, all_so_far),
                same_so_far / max(1, self.true_pairs),
            )

    def estimates(self) -> Iterator[tuple[str, str, float]]:
        """The estimated points of each result of a comparison."""
        results: tuple[Counter[tuple[str, str]], ...] = (Counter(), Counter())
        numbers = Counter(map(self.is_same, self.pairs))
        for pair in self.pairs:
            results[self.is_same(pair)].update((one.topic, one.level) for one in pair.reasons)
        for topic, levels in POINTS.items():
            for level in levels:
                # Half a pair more, because a result that no pair has would have no logarithm.
                other, same = (found[topic, level] + 0.5 for found in results)
                points = log2(same / numbers[True] * numbers[False] / other)
                yield topic, level, max(-MOST_POINTS, min(MOST_POINTS, points))
