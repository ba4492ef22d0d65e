"""How fast a known name of a state is found, beside pycountry's own look-up, in one run.

Run it with ``python tests/benchmarks/state_names.py``.
"""

import sys
from collections.abc import Callable
from timeit import repeat

import pycountry

import airspace_events as ae

NAMES = ["Romania", "Latvia", "Poland", "Ukraine", "Estonia", "Lithuania", "Moldova", "Denmark"]
CALLS = 20_000
RUNS = 7


def per_second(look_up: Callable[[str], object]) -> float:
    """Names found a second, in the best of several runs."""

    def all_names() -> None:
        for name in NAMES:
            look_up(name)

    all_names()
    return CALLS * len(NAMES) / min(repeat(all_names, number=CALLS, repeat=RUNS))


def main() -> None:
    """Measure both, in turn, and print them beside each other."""
    ours = per_second(ae.states.resolve)
    theirs = per_second(pycountry.countries.lookup)
    sys.stdout.write(
        f"ae.states.resolve           {ours:>12,.0f} names a second\n"
        f"pycountry.countries.lookup  {theirs:>12,.0f} names a second\n"
        f"ratio                       {ours / theirs:>12.1f}\n"
    )


if __name__ == "__main__":
    main()
