"""A reader of the SVG paths that maps draw, for tests."""

from collections.abc import Sequence
from itertools import pairwise

Point = tuple[float, float]


def rings_of(path: str) -> list[list[Point]]:
    """Return the closed rings of a path that has only relative moves and closings."""
    assert path.startswith("m")
    assert path.endswith("z")
    x = y = 0.0
    rings: list[list[Point]] = []
    for part in path[1:-1].split("zm"):
        numbers = [float(one) for one in part.replace("-", " -").split()]
        ring: list[Point] = []
        for across, down in zip(numbers[::2], numbers[1::2], strict=True):
            x, y = x + across, y + down
            ring.append((x, y))
        # A closing returns to the start, from where the next part continues.
        x, y = ring[0]
        rings.append([*ring, ring[0]])
    return rings


def holds(rings: Sequence[Sequence[Point]], x: float, y: float) -> bool:
    """Return whether a point is within closed rings, by the rule "evenodd"."""
    crossings = sum(
        x < (b[0] - a[0]) * (y - a[1]) / (b[1] - a[1]) + a[0]
        for ring in rings
        for a, b in pairwise(ring)
        if (a[1] > y) is not (b[1] > y)
    )
    return crossings % 2 == 1
