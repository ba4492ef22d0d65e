"""What a dossier costs: loading beside reading alone, and what each question takes.

    python tests/benchmarks/dossier.py FEED

The feed is one of many records, such as `airspace_events.testing.synthetic_lines` writes. Loading
and reading are measured in turn, by the time of the processor.
"""

import gc
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

import airspace_events as ae

ROUNDS, ASKED = 3, 200
MICROSECONDS, MEGABYTES = 1e6, 1 / 1024


def say(line: str) -> None:
    """Tell what was measured."""
    sys.stdout.write(f"{line}\n")


def cost(action: Callable[[], object]) -> float:
    """The seconds of the processor that an action takes."""
    gc.collect()
    start = time.process_time()
    action()
    return time.process_time() - start


def first_and_later(name: str, action: Callable[[], object]) -> None:
    """Tell what a question costs when it makes its index, and later."""
    first = cost(action)
    start = time.process_time()
    for _ in range(ASKED):
        action()
    later = (time.process_time() - start) / ASKED * MICROSECONDS
    say(f"{name:18} first {first:8.3f} s   later {later:10.1f} µs")


def main(feed: Path) -> None:
    """Measure, and print what was measured."""
    ae.read_feed(feed)
    read, loaded = [], []
    for _ in range(ROUNDS):
        read.append(cost(lambda: len(ae.read_feed(feed).records)))
        loaded.append(cost(lambda: repr(ae.Dossier.read(feed))))
    say(f"read_feed {median(read):.2f} s, a dossier {median(loaded):.2f} s")
    say(f"ratio {median(loaded) / median(read):.2f}")

    dossier = ae.Dossier.read(feed)
    chosen = dossier.incursions().certainly
    one = chosen[len(chosen) // 2]
    day = one.time.window.earliest.date()
    first_and_later("resolve", lambda: dossier.resolve(one.id))
    first_and_later("statements_about", lambda: dossier.statements_about(one))
    first_and_later("claims_about", lambda: dossier.claims_about(one))
    first_and_later("positions", lambda: dossier.positions(one))
    first_and_later("corroboration", lambda: dossier.corroboration(one))
    first_and_later("responses", lambda: dossier.responses("nobody"))
    asked = {"state": one.state, "between": (day, day)}
    first_and_later("incursions", lambda: dossier.incursions(**asked))
    found = dossier.incursions(**asked)
    say(f"  which finds {len(found.certainly)} and {len(found.possibly)}")
    for name in ("timeline", "summary"):
        say(f"{name:18} {cost(getattr(dossier, name)):.2f} s")
    say(f"as_known_at        {cost(lambda: dossier.as_known_at('2024-06-01T00:00:00Z')):.2f} s")
    say(f"peak {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * MEGABYTES:.0f} MB")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
