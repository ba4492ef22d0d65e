"""Notices: what is said of a feed, one problem each, and the report that gathers them."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from airspace_events.validation.codes import CODES, Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """One thing to know about a feed.

    Attributes:
        code: what it is, as a stable name; `CODES` explains each.
        severity: error, warning or info.
        message: the same in a sentence, safe to print.
        file: the feed, as it was named; ``-`` for a stream.
        line: the 1-based line.
        column: the 1-based code point of the line.
        record: the id of the record, where it is known.
        pointer: RFC 6901 pointer within the record; empty for the record itself.
        suggestion: what was probably meant.
        context: the facts of the notice, by name.
    """

    code: str
    message: str
    file: str
    line: int
    column: int = 1
    record: str | None = None
    pointer: str = ""
    suggestion: str | None = None
    context: Mapping[str, Any] = field(default_factory=dict[str, Any])

    @property
    def severity(self) -> Severity:
        """Error, warning or info."""
        return CODES[self.code].severity


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What the validator found.

    Attributes:
        files: the feeds that were read, as they were named.
        records: how many records were read, by type, valid or not.
        counts: how many notices there are, by severity, those left out included.
        notices: the notices, in the order of the feed.
    """

    files: tuple[str, ...]
    records: Mapping[str, int]
    counts: Mapping[str, int]
    notices: tuple[Notice, ...]

    @property
    def ok(self) -> bool:
        """Whether there is no error."""
        return self.counts["error"] == 0


class NoticeCollector:
    """Gathers notices, at most so many of a code, and counts them all."""

    def __init__(self, per_code: int) -> None:
        self._per_code = per_code
        self._kept: list[Notice] = []
        self._seen: Counter[str] = Counter()
        self._last: dict[str, Notice] = {}

    def has_room(self, code: str) -> bool:
        """Whether the next notice of a code will be listed, and is worth a suggestion."""
        return self._seen[code] < self._per_code

    def add(self, notice: Notice) -> None:
        """Take a notice in."""
        self._seen[notice.code] += 1
        if self._seen[notice.code] <= self._per_code:
            self._kept.append(notice)
        else:
            self._last[notice.code] = notice

    def report(self, files: tuple[str, ...], records: Mapping[str, int]) -> Report:
        """What was gathered, with a notice for each code of which some were left out."""
        for code, last in sorted(self._last.items()):
            total = self._seen[code]
            message = f"{total} notices of {code} in all, of which {self._per_code} are listed"
            context = {"left_out": code, "total": total, "listed": self._per_code}
            notice = Notice(
                code="notices_left_out",
                message=message,
                file=last.file,
                line=last.line,
                context=context,
            )
            self._seen[notice.code] += 1
            self._kept.append(notice)
        counts: dict[str, int] = {"error": 0, "warning": 0, "info": 0}
        for code, number in self._seen.items():
            counts[CODES[code].severity] += number
        order = {file: number for number, file in enumerate(files)}
        kept = sorted(self._kept, key=lambda n: (order.get(n.file, 0), n.line, n.column))
        return Report(files=files, records=records, counts=counts, notices=tuple(kept))
