"""Access to the tables of reference data, which people can read and correct."""

import tomllib
from importlib import resources
from typing import Any


def table(*path: str) -> dict[str, Any]:
    """Return the table at a path below ``reference/data``, without the file extension."""
    *folders, name = path
    file = resources.files("airspace_events.reference").joinpath("data", *folders, f"{name}.toml")
    return tomllib.loads(file.read_text(encoding="utf-8"))
