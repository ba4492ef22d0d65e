"""The corpus: feeds, valid and not, as plain files, with what must be said of each."""

import json
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from airspace_events.feeds.framing import Limits
from airspace_events.validation.codes import Severity

NOTICES_PER_CODE = 1_000
"""How many notices of a code are listed, unless an entry says otherwise."""


class ExpectedNotice(NamedTuple):
    """A notice that must be given, by the fields that do not depend on the words.

    Attributes:
        code: its code.
        severity: error, warning or info.
        line: the 1-based line.
        column: the 1-based code point of the line.
        pointer: RFC 6901 pointer within the record; empty for the record itself.
    """

    code: str
    severity: Severity
    line: int
    column: int
    pointer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CorpusEntry:
    """A feed of the corpus, and what must be said of it.

    Attributes:
        file: where it is within the corpus, with slashes.
        about: what it is, in a sentence.
        now: the instant that counts as the present; None if there is none.
        limits: how much is read before it is called too much.
        notices_per_code: how many notices of a code are listed.
        notices: the notices, in the order of the feed; all of them, and no others.
    """

    file: str
    about: str
    now: datetime | None = None
    limits: Limits = field(default_factory=Limits)
    notices_per_code: int = NOTICES_PER_CODE
    notices: tuple[ExpectedNotice, ...] = ()

    @property
    def is_valid(self) -> bool:
        """Whether there is no error among the notices."""
        return all(notice.severity != "error" for notice in self.notices)

    def read(self) -> bytes:
        """The bytes of the feed."""
        return (files("airspace_events.testing") / "corpus" / self.file).read_bytes()

    def __str__(self) -> str:
        """What a test that is given this may be called."""
        return self.file


@cache
def load_corpus() -> tuple[CorpusEntry, ...]:
    """The feeds that this library holds itself to, valid and not, with what is said of each.

    They are plain files with a manifest in JSON, so that a port to another language can be held
    to the same; the ``README.md`` beside them tells how, and what is binding.

    >>> entry = next(entry for entry in load_corpus() if entry.file == "faults/wrong_word.jsonl")
    >>> entry.is_valid, entry.notices[0].code, entry.notices[0].pointer
    (False, 'value_not_in_vocabulary', '/kind')
    """
    manifest = (files("airspace_events.testing") / "corpus" / "manifest.json").read_text("utf-8")
    return tuple(_entry(told) for told in json.loads(manifest)["entries"])


def _entry(told: dict[str, Any]) -> CorpusEntry:
    now = told.get("now")
    return CorpusEntry(
        file=told["file"],
        about=told["about"],
        now=None if now is None else datetime.fromisoformat(now),
        limits=Limits(**told.get("limits", {})),
        notices_per_code=told.get("notices_per_code", NOTICES_PER_CODE),
        notices=tuple(ExpectedNotice(**notice) for notice in told["notices"]),
    )
