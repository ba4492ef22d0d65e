"""How the time of the validator grows with feeds that would make a slow one stumble.

    python tests/benchmarks/growth.py [FAMILY ...]

Each family of ``growing_feeds.py`` is checked small and 16 times as large, in turn, by the
time of the processor. What is linear takes about 16 times as long, or less where a limit ends it;
what is quadratic shows at this size even where it runs in C, which the promises cannot count. It
ends with 1 if the time of a family grew twice as much as its feed.
"""

import gc
import io
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

import airspace_events as ae
from growing_feeds import GROWING

SMALL, TIMES, ROUNDS, TOO_FAST = 1_600, 16, 3, 2
MILLISECONDS = 1e3


def cost(feed: bytes) -> float:
    """The seconds of the processor that a check takes."""
    gc.collect()
    start = time.process_time()
    ae.validate(io.BytesIO(feed))
    return time.process_time() - start


def grows_too_fast(family: str) -> bool:
    """Measure a family, and print what was measured."""
    small, large = GROWING[family](SMALL), GROWING[family](SMALL * TIMES)
    cost(small)
    costs = [(cost(small), cost(large)) for _ in range(ROUNDS)]
    before, after = (min(column) for column in zip(*costs, strict=True))
    grown = after / before / (len(large) / len(small))
    sys.stdout.write(
        f"{family:42} {len(large) / len(small):6.1f} as large: {before * MILLISECONDS:8.1f} ms,"
        f" then {after * MILLISECONDS:9.1f} ms; {grown:5.2f} of linear\n"
    )
    sys.stdout.flush()
    return grown > TOO_FAST


def main() -> int:
    """Measure the families that were named, or all."""
    too_fast = [family for family in sys.argv[1:] or GROWING if grows_too_fast(family)]
    return 1 if too_fast else 0


if __name__ == "__main__":
    sys.exit(main())
