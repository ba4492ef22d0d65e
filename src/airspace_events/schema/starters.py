"""Short valid records to start from, one of each type, and a header."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files


@cache
def starters() -> Mapping[str, str]:
    """A line of JSON Lines for each type of record, and for ``feed``; all are made up.

    In their order they are a valid feed.
    """
    file = files("airspace_events.schema").joinpath("starters.toml")
    return tomllib.loads(file.read_text(encoding="utf-8"))
