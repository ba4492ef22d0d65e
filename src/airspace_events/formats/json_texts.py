"""JSON texts in cells, read exactly or not at all."""

from __future__ import annotations

from typing import Any

from pydantic_core import from_json

from airspace_events.feeds.locating import Locator, RawRecord


def exact_json(text: str) -> Any:
    """Return the value of a JSON text, if it says all that the text says.

    Raises:
        ValueError: the text is not JSON, has a key twice, or a number with too many digits.
    """
    locator = Locator(RawRecord(text.encode(), 1))
    try:
        value = from_json(text, allow_inf_nan=False)
        is_twice, is_inexact = bool(locator.duplicate_keys()), bool(locator.inexact_numbers())
    except (ValueError, RecursionError):
        msg = "this is not JSON, or nested too deeply"
        raise ValueError(msg) from None
    if is_twice:
        msg = "a key stands in this JSON twice"
        raise ValueError(msg)
    if is_inexact:
        msg = "a number in this JSON has more digits than can be kept"
        raise ValueError(msg)
    return value
