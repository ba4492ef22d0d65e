"""A failing and a passing example for every code, for the documentation and the tests."""

import gzip
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from io import BytesIO
from types import MappingProxyType
from typing import Any, Literal

from airspace_events.feeds.framing import Limits
from airspace_events.validation.codes.registry import LazyMapping, entries
from airspace_events.validation.notices import Report
from airspace_events.validation.rendering import text_line
from airspace_events.validation.validator import validate

HEADER = '{"type":"feed","schema_version":"1.0"}'
SOURCE = (
    '{"type":"source","id":"a-report","kind":"news_report","publisher":"A made-up newsroom",'
    '"language":"en","published":"2024-09-20"}'
)
"""The source that precedes the records of an example, unless the example is a whole feed."""

WITHOUT_EXAMPLE: Mapping[str, str] = LazyMapping(
    lambda: {
        name: entry["no_example"] for name, entry in entries().items() if "no_example" in entry
    }
)
"""A mapping from codes without an example to the reason why they have none."""

_GZIP_HEADER = 10


@dataclass(frozen=True, slots=True)
class Example:
    """An example for a code.

    Attributes:
        fails: the lines with the fault.
        passes: the same lines without the fault.
        whole: whether the lines are a whole feed, without `HEADER` and `SOURCE` before them.
        also: the codes of other notices that the fault inevitably causes.
        now: the instant that the check uses as the current time.
        note: a sentence with facts that the lines alone do not show.
        encoding: the encoding of the failing lines; the passing ones are UTF-8.
        gzipped: whether both feeds are compressed with gzip.
        damage: the damage to the bytes of the failing feed after compression.
        limits: the size limits of the reader.
        notices_per_code: the maximum number of listed notices of one code.
    """

    fails: str
    passes: str
    whole: bool = False
    also: tuple[str, ...] = ()
    now: datetime | None = None
    note: str = ""
    encoding: str = "utf-8"
    gzipped: bool = False
    damage: Literal["", "cut", "overwritten"] = ""
    limits: Limits | None = None
    notices_per_code: int = 1_000

    def failing(self) -> bytes:
        """Return the feed with the fault."""
        return self._damaged(self._packed(self._feed(self.fails).encode(self.encoding)))

    def passing(self) -> bytes:
        """Return the feed without the fault."""
        return self._packed(self._feed(self.passes).encode())

    def check(self, feed: bytes) -> Report:
        """Check a feed with the settings of the example, under the name ``feed.jsonl``."""
        return validate(
            _NamedStream(feed),
            now=self.now,
            limits=self.limits,
            notices_per_code=self.notices_per_code,
        )

    def said(self) -> tuple[str, ...]:
        """Return the notices of the failing feed, one per line."""
        return tuple(text_line(notice) for notice in self.check(self.failing()).notices)

    def _feed(self, lines: str) -> str:
        return lines if self.whole else f"{HEADER}\n{SOURCE}\n{lines}"

    def _packed(self, data: bytes) -> bytes:
        return gzip.compress(data, mtime=0) if self.gzipped else data

    def _damaged(self, data: bytes) -> bytes:
        if self.damage == "cut":
            return data[: len(data) // 2]
        if self.damage == "overwritten":
            return data[:_GZIP_HEADER].ljust(len(data), b"\xff")
        return data


class _NamedStream(BytesIO):
    name = "feed.jsonl"


@cache
def examples() -> Mapping[str, Example]:
    """Return a mapping from codes to examples."""
    return MappingProxyType(
        {name: _example(entry) for name, entry in entries().items() if "fails" in entry}
    )


def _example(entry: Mapping[str, Any]) -> Example:
    known: dict[str, Any] = {
        name: value for name, value in entry.items() if name not in {"severity", "meaning"}
    }
    known["also"] = tuple(known.get("also", ()))
    if "limits" in known:
        known["limits"] = Limits(**known["limits"])
    return Example(**known)
