"""Reads the tables of reference data, which are files for people to read and correct."""

import tomllib
from importlib import resources
from typing import Any


def table(*path: str) -> dict[str, Any]:
    """One table, by its path below ``reference/data``, without its ending."""
    *folders, name = path
    file = resources.files("airspace_events.reference").joinpath("data", *folders, f"{name}.toml")
    return tomllib.loads(file.read_text(encoding="utf-8"))
