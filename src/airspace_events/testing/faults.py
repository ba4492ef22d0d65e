"""Faults that are planted in valid records, each with the notice that it gives, and where."""

import json
from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from airspace_events.feeds.locating import pointer
from airspace_events.testing.json_cursor import Json, Spot
from airspace_events.testing.line_faults import LINE_FAULTS
from airspace_events.testing.record_faults import RECORD_FAULTS

FAULTS: Mapping[str, str] = MappingProxyType(
    {name: code for name, (code, _) in {**RECORD_FAULTS, **LINE_FAULTS}.items()}
)
"""The code of the one notice that each fault gives, by the name of the fault."""


class SpoiledLine(NamedTuple):
    """A line with a fault.

    Attributes:
        line: the line, without its end.
        pointer: the RFC 6901 pointer of the notice; empty for the record itself.
    """

    line: bytes
    pointer: str


def plant(fault: str, line: bytes) -> bytes | None:
    """Plant a fault in a line of a feed.

    Args:
        fault: its name, one of `FAULTS`.
        line: a valid record in JSON, on one line, without its end, as the library writes it.

    Returns:
        The line with the fault, or None if the record has no room for it: one that names no
        place has no latitude.

    Raises:
        KeyError: there is no such fault.

    >>> plant("unknown_field", b'{"type":"official","id":"syn-1","name":"Testo Sample"}')
    b'{"type":"official","id":"syn-1","name":"Testo Sample","made_up_field":"made up"}'
    """
    spoiled = spoil(fault, line)
    return spoiled and spoiled.line


def spoil(fault: str, line: bytes) -> SpoiledLine | None:
    """The same, with the place of the fault.

    Args, errors and when there is None are those of `plant`.
    """
    if fault in RECORD_FAULTS:
        record = Spot(json.loads(line))
        parts = RECORD_FAULTS[fault][1](record)
        return None if parts is None else SpoiledLine(_written(record.fields), pointer(parts))
    changed = LINE_FAULTS[fault][1](line)
    return changed and SpoiledLine(changed[0], pointer(changed[1]))


def _written(record: Json) -> bytes:
    return json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode()
