"""Compact JSON, and an exact parser that rejects JSON if parsing would lose data."""

from __future__ import annotations

import json
from typing import Any

from pydantic_core import from_json

from airspace_events.feeds.locating import Locator, RawRecord


def compact_json(value: object) -> bytes:
    """Return a value as JSON in UTF-8, without white space."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()


def exact_json(text: str, of: str = "cell") -> Any:
    """Parse JSON text, and reject it if parsing would lose data.

    Args:
        text: the JSON text.
        of: the name of the JSON in messages.

    Raises:
        ValueError: the text is not JSON, has a duplicate key, or has a number with too many
            digits.
    """
    locator = Locator(RawRecord(text.encode(), 1))
    try:
        value = from_json(text, allow_inf_nan=False)
        is_twice, is_inexact = bool(locator.duplicate_keys()), bool(locator.inexact_numbers())
    except (ValueError, RecursionError):
        msg = f"the {of} is not valid JSON, or its values are nested too deeply"
        raise ValueError(msg) from None
    if is_twice:
        msg = f"a key appears twice in the JSON of the {of}"
        raise ValueError(msg)
    if is_inexact:
        msg = f"a number in the JSON of the {of} has more digits than can be stored"
        raise ValueError(msg)
    return value
