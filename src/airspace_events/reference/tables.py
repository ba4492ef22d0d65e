"""Load the tables of reference data from TOML files, which people can read and edit."""

import tomllib
from importlib import resources
from typing import Any

RESERVED_ALLIANCES = frozenset(
    (
        *("bucharest-nine", "cis", "council-of-europe", "csto", "eu", "jef", "nato"),
        *("nordic-baltic-eight", "osce", "visegrad", "weimar-triangle"),
    )
)
"""The ids of the built-in alliances. A feed may refer to them but must not define them."""


def table(*path: str) -> dict[str, Any]:
    """Return the table in a file below ``reference/data``; the path omits the file extension."""
    *folders, name = path
    file = resources.files("airspace_events.reference").joinpath("data", *folders, f"{name}.toml")
    return tomllib.loads(file.read_text(encoding="utf-8"))
