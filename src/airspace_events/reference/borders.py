"""The borders of states for maps, from Natural Earth, which is in the public domain."""

from __future__ import annotations

import json
from functools import cache
from importlib import resources
from typing import NamedTuple

from airspace_events.reference.states import states
from airspace_events.vocabulary.state_codes import StateCode


class Outline(NamedTuple):
    """The outline of a state, a territory, or an area without a code.

    Coordinates are in the Web Mercator projection. The map of the world is 65,536 units wide and
    high; x increases to the east, and y to the south. A path that crosses the antimeridian
    continues past the edge of the map.

    Attributes:
        state: the code; None for Northern Cyprus, Somaliland and the Siachen Glacier.
        name: the English name.
        path: the SVG path, for the fill rule ``evenodd``.
        label: the position of the label, within the largest part of the area.
    """

    state: StateCode | None
    name: str
    path: str
    label: tuple[int, int]


@cache
def outlines() -> tuple[Outline, ...]:
    """Return the outlines of all states and territories, from largest to smallest.

    Crimea is part of Ukraine, as in UN General Assembly resolution 68/262.
    """
    file = resources.files("airspace_events.reference").joinpath("data", "borders.json")
    rows = json.loads(file.read_text(encoding="utf-8"))["outlines"]
    return tuple(
        Outline(
            row.get("state"),
            row.get("name") or states.get(row["state"]).name,
            row["path"],
            (row["label"][0], row["label"][1]),
        )
        for row in rows
    )
