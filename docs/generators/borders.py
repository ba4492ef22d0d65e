"""Generation of the borders of states for maps, from the topologies of world-atlas.

Run ``npm pack world-atlas@2.0.2``, unpack the package, and run ``python -m generators.borders
package/countries-50m.json package/countries-10m.json`` in ``docs``. `docs/generate.py` does not
write the borders, because the package is not part of this project.
"""

from __future__ import annotations

import heapq
import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, pairwise
from math import cosh, hypot, inf, pi
from pathlib import Path
from typing import Any, NamedTuple

from airspace_events import states
from airspace_events.views.page.projection import WORLD, x_of, y_of

ABOUT = {
    "source": "Natural Earth 4.1.0, 1:50m cultural vectors, in the public domain",
    "url": "https://www.naturalearthdata.com/",
    "package": "npm world-atlas 2.0.2 (ISC), https://github.com/topojson/world-atlas",
    "accessed": "2026-12-01",
    "units": f"Web Mercator, the world is {WORLD} wide and high, x to the east, y to the south",
}

# Square kilometres. Land borders are the most exact, because many incidents happen near them.
_LEAST_BORDER_BEND, _LEAST_COAST_BEND, _LEAST_ISLAND = 12.0, 70.0, 40.0
_KEPT_BENDS = 3
_STEPS = 6
_KILOMETRES = 40_030 / WORLD
"""The length of a map unit at the equator."""

# Natural Earth draws it in Russia. It is part of Ukraine: UN General Assembly resolution 68/262.
_CRIMEA = (34.2, 45.2)

_TERRITORIES = {
    "GF": ("FR", (-55, 2, -51, 6)),
    "GP": ("FR", (-62, 15.8, -61, 16.6)),
    "MQ": ("FR", (-61.3, 14.3, -60.7, 15)),
    "RE": ("FR", (55, -21.5, 56, -20.8)),
    "YT": ("FR", (44.9, -13.1, 45.4, -12.5)),
    "SJ": ("NO", (-10, 70.7, 36, 82)),
    "BV": ("NO", (3, -55, 4, -54)),
    "BQ": ("NL", (-69, 11.9, -62.8, 17.8)),
    "TK": ("NZ", (-173, -10, -171, -8)),
    "CX": ("Indian Ocean Ter.", (105, -11, 106, -10)),
    "CC": ("Indian Ocean Ter.", (96, -13, 97, -11)),
}
"""The territories with their own code that Natural Earth draws as parts of another area, and the
box of each in degrees: west, south, east, north."""

_SMALL = ("BV", "GI", "TV", "UM")
"""The states and territories that are only in the topology at 1:10m."""

_NAMES = {"N. Cyprus": "Northern Cyprus"}

Point = tuple[int, int]
Arcs = Sequence[Sequence[Point]]
Ring = Sequence[int]
"""The numbers of the arcs of a ring; the complement of a number is the arc in reverse."""


class Area(NamedTuple):
    """A polygon in map units.

    Attributes:
        rings: the closed rings, the outer ring first.
        size: the size of the outer ring in square kilometres.
    """

    rings: Sequence[Sequence[Point]]
    size: float


def arcs_of(topology: Mapping[str, Any]) -> Arcs:
    """Return the simplified arcs of a topology; an arc across the antimeridian continues."""
    scale, shift = topology["transform"]["scale"], topology["transform"]["translate"]
    shared = _shared(topology)
    found: list[list[Point]] = []
    for number, arc in enumerate(topology["arcs"]):
        across = down = 0
        line: list[Point] = []
        for step in arc:
            across, down = across + step[0], down + step[1]
            x = round(x_of(across * scale[0] + shift[0]))
            y = round(y_of(down * scale[1] + shift[1]))
            if line:
                x += WORLD * round((line[-1][0] - x) / WORLD)
            if not line or (x, y) != line[-1]:
                line.append((x, y))
        least = _LEAST_BORDER_BEND if number in shared else _LEAST_COAST_BEND
        found.append(simplified(line, least))
    return found


def _shared(topology: Mapping[str, Any]) -> set[int]:
    """Return the numbers of the arcs that two areas share."""
    due = [shape["arcs"] for shape in topology["objects"]["countries"]["geometries"]]
    numbers: set[int] = set()
    while due:
        one = due.pop()
        if isinstance(one, list):
            due += one
        else:
            numbers.add(one)
    return {number for number in numbers if ~number in numbers}


def simplified(line: Sequence[Point], least: float) -> list[Point]:
    """Return a line without its small bends (Visvalingam and Whyatt, 1993).

    Args:
        line: the points.
        least: the size of the smallest bend that remains, in square kilometres.
    """
    before, after = list(range(-1, len(line) - 1)), list(range(1, len(line) + 1))

    def bend(at: int) -> float:
        corners = [line[before[at]], line[at], line[after[at]]]
        return abs(_twice_area([*corners, corners[0]])) / 2 * _square(line[at][1])

    heap = [(bend(at), at) for at in range(1, len(line) - 1)]
    heapq.heapify(heap)
    current = {at: size for size, at in heap}
    largest = 0.0
    while len(current) > _KEPT_BENDS:
        size, at = heapq.heappop(heap)
        if current.get(at) != size:
            continue
        largest = max(largest, size)
        if largest >= least:
            break
        del current[at]
        after[before[at]], before[after[at]] = after[at], before[at]
        for near in (before[at], after[at]):
            if near in current:
                current[near] = max(largest, bend(near))
                heapq.heappush(heap, (current[near], near))
    return [line[at] for at in (0, *sorted(current), len(line) - 1)]


def _twice_area(ring: Sequence[Point]) -> float:
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(ring))


def _square(y: float) -> float:
    """Return the size of a square map unit in square kilometres."""
    return (_KILOMETRES / cosh(pi - y / WORLD * 2 * pi)) ** 2


def ring_of(arcs: Arcs, ring: Ring) -> list[Point]:
    """Return the points of a closed ring, whose middle is between 0 and the width of the world.

    A ring around the south pole is closed along the edge of the map.
    """
    points: list[Point] = []
    for number in ring:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        turn = WORLD * round((points[-1][0] - arc[0][0]) / WORLD) if points else 0
        points += [(x + turn, y) for x, y in arc[1 if points else 0 :]]
    if points[0][0] != points[-1][0]:
        # Begin where the line to the edge of the map is shortest.
        step = points[-1][0] - points[0][0]
        at = max(range(len(points)), key=lambda one: points[one][1])
        points = [*points[at:-1], *((x + step, y) for x, y in points[: at + 1])]
        edge = [(points[-1][0], WORLD), (points[0][0], WORLD), points[0]]
        points += [one for one in edge if one != points[-1]]
    xs = [x for x, _ in points]
    turn = WORLD * ((min(xs) + max(xs)) // 2 // WORLD)
    return [(x - turn, y) for x, y in points]


def area_of(arcs: Arcs, polygon: Sequence[Ring]) -> Area:
    """Return a polygon in map units; a polygon without size becomes a small square."""
    rings = [ring_of(arcs, ring) for ring in polygon]
    # Antarctica is drawn as a hole of a ring at the pole, which has no size on the map.
    kept = [ring for ring in rings if _twice_area(ring) != 0]
    if not kept:
        x, y = rings[0][0]
        kept = [[(x, y), (x + 1, y), (x + 1, y + 1), (x, y + 1), (x, y)]]
    middle = sum(y for _, y in kept[0]) / len(kept[0])
    return Area(kept, abs(_twice_area(kept[0])) / 2 * _square(middle))


def merged(ring: Ring, other: Ring) -> Ring:
    """Return two neighbouring rings as one, without the arc that they share."""
    at = next(at for at, number in enumerate(ring) if ~number in other)
    start = other.index(~ring[at])
    return [*ring[:at], *other[start + 1 :], *other[:start], *ring[at + 1 :]]


def holds(ring: Sequence[Point], x: float, y: float) -> bool:
    """Return whether a point is within a closed ring."""
    crossings = (
        x < (b[0] - a[0]) * (y - a[1]) / (b[1] - a[1]) + a[0]
        for a, b in pairwise(ring)
        if (a[1] > y) is not (b[1] > y)
    )
    return sum(crossings) % 2 == 1


def areas_of(topology: Mapping[str, Any]) -> dict[str, list[Area]]:
    """Return the polygons of each state by its code, or by the name of an area without a code."""
    arcs = arcs_of(topology)
    numeric = {one.numeric: one.alpha_2 for one in states if one.numeric and one.alpha_2}
    polygons: dict[str, list[list[Ring]]] = {}
    for shape in topology["objects"]["countries"]["geometries"]:
        name: str = shape["properties"]["name"]
        code: str = "XK" if name == "Kosovo" else numeric.get(shape.get("id")) or name
        parts = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
        polygons.setdefault(code, []).extend(map(list, parts))
    _return_crimea(arcs, polygons["RU"], polygons["UA"])
    areas = {code: [area_of(arcs, one) for one in parts] for code, parts in polygons.items()}
    for code, (owner, (west, south, east, north)) in _TERRITORIES.items():
        box = (x_of(west), y_of(north), x_of(east), y_of(south))
        areas[code] = [one for one in areas[owner] if _is_in(one, box)]
        areas[owner] = [one for one in areas[owner] if not _is_in(one, box)]
    return {code: parts for code, parts in areas.items() if parts}


def _return_crimea(arcs: Arcs, russia: list[list[Ring]], ukraine: list[list[Ring]]) -> None:
    x, y = (x_of(_CRIMEA[0]), y_of(_CRIMEA[1]))
    crimea = next((one for one in russia if holds(ring_of(arcs, one[0]), x, y)), None)
    if crimea is None:
        return
    russia.remove(crimea)
    mainland = next(one for one in ukraine if any(~number in one[0] for number in crimea[0]))
    mainland[0] = merged(mainland[0], crimea[0])


def _is_in(area: Area, box: tuple[float, float, float, float]) -> bool:
    west, north, east, south = box
    return all(west <= x <= east and north <= y <= south for x, y in area.rings[0])


def path_of(areas: Iterable[Area]) -> str:
    """Return the SVG path of polygons, in steps from point to point."""
    parts: list[str] = []
    last = (0, 0)
    for ring in chain.from_iterable(area.rings for area in areas):
        steps = [(b[0] - a[0], b[1] - a[1]) for a, b in pairwise((last, *ring[:-1]))]
        numbers = "".join(f" {number}" if number >= 0 else str(number) for number in chain(*steps))
        parts.append(f"m{numbers.lstrip()}z")
        last = ring[0]
    return "".join(parts)


def label_of(area: Area) -> Point:
    """Return the point of a polygon that is farthest from its border, to about a map unit."""
    xs, ys = zip(*area.rings[0], strict=True)
    x, y = (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2
    half = max(max(xs) - x, max(ys) - y)
    best = (-inf, x, y)
    while half > 1 / 2:
        steps = [half * step / _STEPS for step in range(-_STEPS, _STEPS + 1)]
        tried = ((x + across, y + down) for across in steps for down in steps)
        best = max(best, *((_room(area, *one), *one) for one in tried))
        _, x, y = best
        half /= _STEPS / 2
    return round(x), round(y)


def _room(area: Area, x: float, y: float) -> float:
    """Return the distance of a point from the border, or minus infinity outside."""
    if sum(holds(ring, x, y) for ring in area.rings) % 2 == 0:
        return -inf
    sides = chain.from_iterable(map(pairwise, area.rings))
    return min(_distance(x, y, *side) for side in sides)


def _distance(x: float, y: float, start: Point, end: Point) -> float:
    across, down = end[0] - start[0], end[1] - start[1]
    share = ((x - start[0]) * across + (y - start[1]) * down) / (across**2 + down**2 or 1)
    share = min(1, max(0, share))
    return hypot(x - start[0] - share * across, y - start[1] - share * down)


def rows(medium: Mapping[str, Any], large: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the row of each state and area, the largest first, so that small ones stay visible.

    Args:
        medium: the topology at 1:50m.
        large: the topology at 1:10m, for the few states that the other leaves out.
    """
    areas = areas_of(medium)
    more = areas_of(large)
    areas |= {code: more[code] for code in _SMALL}
    for name, parts in sorted(areas.items(), key=lambda one: -sum(a.size for a in one[1])):
        parts.sort(key=lambda area: -area.size)
        kept = [parts[0], *(area for area in parts[1:] if area.size >= _LEAST_ISLAND)]
        is_state = len(name) == len("XK")
        named = {"state": name} if is_state else {"name": _NAMES.get(name, name)}
        yield {**named, "path": path_of(kept), "label": label_of(parts[0])}


def written(medium: Mapping[str, Any], large: Mapping[str, Any]) -> str:
    """Return the file of borders, with a line for each state or area."""
    lines = ",\n".join(json.dumps(row, separators=(",", ":")) for row in rows(medium, large))
    return f'{{"about":{json.dumps(ABOUT)},\n"outlines":[\n{lines}\n]}}\n'


if __name__ == "__main__":
    topologies = (json.loads(Path(one).read_bytes()) for one in sys.argv[1:3])
    root = Path(__file__).parent.parent.parent
    target = root / "src/airspace_events/reference/data/borders.json"
    target.write_text(written(*topologies), encoding="utf-8")
