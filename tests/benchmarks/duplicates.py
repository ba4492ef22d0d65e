"""Possible duplicates: the points of each reason, the quality of the bands, and the cost.

    python tests/benchmarks/duplicates.py [EVENTS]

The points are estimated from one made-up corpus, and the bands are measured on another. Then
feeds of growing size are compared, by the time of the processor. The number of events is the size
of the corpora.
"""

import gc
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from airspace_events.dossier.resemblance import POINTS
from airspace_events.testing import synthetic_coverage
from coverage_truth import CALIBRATION_SEED, TEST_SEED, Truth, dossier_of

EVENTS, SMALL, TIMES = 10_000, 2_000, (1, 4, 16)


def say(line: str) -> None:
    """Tell what was measured."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main(events: int) -> None:
    """Measure, and print what was measured."""
    say(f"points, from {events:,} events")
    for topic, level, points in Truth(events, CALIBRATION_SEED).estimates():
        used = POINTS[topic][level]
        note = "" if round(points) == used else "  differs"
        say(f"  {topic:8} {level:38} estimated {points:5.2f}  used {used:2}{note}")
    say(f"bands, of {events:,} other events")
    for band in Truth(events, TEST_SEED).bands():
        say(
            f"  {band.likelihood:20} {band.pairs:7,} pairs  precision {band.precision:.2f}"
            f"  or above {band.precision_so_far:.3f}  recall {band.recall_so_far:.3f}"
        )
    first = 0.0
    for times in TIMES:
        coverage = synthetic_coverage(SMALL * times, TEST_SEED)
        dossier = dossier_of(coverage)
        gc.collect()
        start = time.process_time()
        pairs = len(dossier.possible_duplicates().pairs)
        seconds = time.process_time() - start
        first = first or seconds
        say(
            f"{len(coverage.event_of):9,} incursions: {seconds:6.2f} s, {pairs:,} pairs;"
            f" {times} times as many took {seconds / first:.1f} times as long"
        )


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else EVENTS)
