"""The test corpus: valid and invalid feeds as plain files, with their expected notices."""

import json
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from airspace_events.feeds.framing import Limits
from airspace_events.validation.codes import Severity

NOTICES_PER_CODE = 1_000
"""The default maximum number of notices listed for each code."""


class ExpectedNotice(NamedTuple):
    """An expected notice, without its message.

    Attributes:
        code: its code.
        severity: error, warning or info.
        line: the line number, counted from 1.
        column: the column in the line, in code points, counted from 1.
        pointer: the JSON Pointer (RFC 6901) within the record; empty for the record itself.
    """

    code: str
    severity: Severity
    line: int
    column: int
    pointer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CorpusEntry:
    """A feed of the test corpus, with its expected notices.

    Attributes:
        file: the path within the corpus, with forward slashes.
        about: a description in one sentence.
        now: the instant to use as the current time, or None.
        limits: the size limits.
        notices_per_code: the maximum number of notices listed for each code.
        notices: all expected notices, in the order of the feed.
    """

    file: str
    about: str
    now: datetime | None = None
    limits: Limits = field(default_factory=Limits)
    notices_per_code: int = NOTICES_PER_CODE
    notices: tuple[ExpectedNotice, ...] = ()

    @property
    def is_valid(self) -> bool:
        """Return whether no expected notice is an error."""
        return all(notice.severity != "error" for notice in self.notices)

    def read(self) -> bytes:
        """Return the bytes of the feed."""
        return (files("airspace_events.testing") / "corpus" / self.file).read_bytes()

    def __str__(self) -> str:
        """Return the file path, for use as a test id."""
        return self.file


@cache
def load_corpus() -> tuple[CorpusEntry, ...]:
    """Return the test corpus: valid and invalid feeds with the notices that this library reports.

    The feeds are plain files with a JSON manifest, so the tests of a port to another language can
    also use them. The ``README.md`` in the corpus folder explains the format, and lists the parts
    of a notice that a port must reproduce.

    >>> entry = next(entry for entry in load_corpus() if entry.file == "faults/wrong_word.jsonl")
    >>> entry.is_valid, entry.notices[0].code, entry.notices[0].pointer
    (False, 'value_not_in_vocabulary', '/kind')
    """
    manifest = (files("airspace_events.testing") / "corpus" / "manifest.json").read_text("utf-8")
    return tuple(_entry(reported) for reported in json.loads(manifest)["entries"])


def _entry(reported: dict[str, Any]) -> CorpusEntry:
    now = reported.get("now")
    return CorpusEntry(
        file=reported["file"],
        about=reported["about"],
        now=None if now is None else datetime.fromisoformat(now),
        limits=Limits(**reported.get("limits", {})),
        notices_per_code=reported.get("notices_per_code", NOTICES_PER_CODE),
        notices=tuple(ExpectedNotice(**notice) for notice in reported["notices"]),
    )
