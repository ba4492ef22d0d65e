"""Notices: what is said of a feed, one problem each, and the report that gathers them."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar, NamedTuple, cast

from airspace_events.validation.codes import CODES, Severity
from airspace_events.validation.log_escaping import inert, inert_line
from airspace_events.validation.settings import Settings
from airspace_events.viewed import Viewed

_SEVERITIES: tuple[Severity, ...] = ("error", "warning", "info")

# Stands for the severity that the registry gives to the code.
_BY_CODE = cast("Severity", "")


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
    severity: Severity = _BY_CODE

    def __post_init__(self) -> None:
        """Take the severity of the code, if settings give it no other."""
        if not self.severity:
            object.__setattr__(self, "severity", CODES[self.code].severity)

    def __str__(self) -> str:
        """Return the line that `airspace-events validate` prints of it."""
        return " ".join(line_parts(self))


@dataclass(frozen=True, slots=True, kw_only=True)
class Report(Viewed):
    """What the validator found.

    Attributes:
        files: the feeds that were read, as they were named.
        records: how many records were read, by type, valid or not.
        counts: how many notices there are, by severity, those left out included.
        notices: the notices, in the order of the feed.
        is_complete: whether the feeds were read to their end, and the reading not interrupted.
    """

    _view: ClassVar = "report_card"

    files: tuple[str, ...]
    records: Mapping[str, int]
    counts: Mapping[str, int]
    notices: tuple[Notice, ...]
    is_complete: bool = True

    @property
    def ok(self) -> bool:
        """Whether there is no error."""
        return self.counts["error"] == 0

    def __str__(self) -> str:
        """Return what `airspace-events validate` prints: a line for each notice, and a summary."""
        return "\n".join((*map(str, self.notices), summary(self)))


def line_parts(notice: Notice) -> tuple[str, str, str]:
    """Return a notice on one line: its place, its severity with its code, and what it says."""
    # Everything that comes from a feed is made safe once more, here where it leaves.
    place = inert_line(f"{notice.file}:{notice.line}:{notice.column}:")
    return place, f"{notice.severity}[{notice.code}]", inert(sentence(notice))


def sentence(notice: Notice) -> str:
    """What a notice says, with what was probably meant and the pointer; not yet safe."""
    hint = f'; did you mean "{notice.suggestion}"?' if notice.suggestion else ""
    where = f"  ({notice.pointer})" if notice.pointer else ""
    return f"{notice.message}{hint}{where}"


def summary(report: Report, *, seconds: float | None = None) -> str:
    """What was read and what was found, in one line."""
    total = sum(report.records.values())
    kinds = ", ".join(f"{count} {kind}" for kind, count in report.records.items())
    read = number(total, "record") + (f" ({kinds})" if kinds else "")
    took = "" if seconds is None else f", in {seconds:.2f} s"
    ended = "" if report.is_complete else ", not read to the end"
    return inert_line(f"{read}: {found(report)}{ended}{took}")


def found(report: Report) -> str:
    """How many notices there are, by severity, in words."""
    counts = [(report.counts[severity], severity) for severity in _SEVERITIES]
    return ", ".join(number(*count) for count in counts if count[0]) or "no problems"


def number(count: int, noun: str) -> str:
    """So many of something."""
    plural = "" if count == 1 or noun == "info" else "s"
    return f"{count:,} {noun}{plural}"


class Gathered(NamedTuple):
    """What a collector has gathered from a part of a feed.

    Attributes:
        kept: the notices that may be listed.
        seen: how many there were, by code.
        last: file and line of the last of those that are not kept, by code.
    """

    kept: list[Notice]
    seen: dict[str, int]
    last: dict[str, tuple[str, int]]


class NoticeCollector:
    """Gathers the notices that are wanted, at most so many of a code, and counts them all."""

    def __init__(self, per_code: int, settings: Settings) -> None:
        self._per_code = per_code
        self._settings = settings
        self._kept: list[Notice] = []
        self._seen: Counter[str] = Counter()
        self._last: dict[str, tuple[str, int]] = {}

    def has_room(self, code: str) -> bool:
        """Whether the next notice of a code will be listed, and is worth a suggestion."""
        return self._seen[code] < self._per_code and self._settings.wants(code)

    def add(self, notice: Notice) -> None:
        """Take a notice in."""
        if not self._settings.wants(notice.code):
            return
        self._seen[notice.code] += 1
        if self._seen[notice.code] <= self._per_code:
            severity = self._settings.severity_of(notice.code)
            if severity != notice.severity:
                notice = replace(notice, severity=severity)
            self._kept.append(notice)
        else:
            self._last[notice.code] = notice.file, notice.line

    def taken(self) -> Gathered:
        """What was gathered, to be handed to the collector of another process."""
        return Gathered(self._kept, dict(self._seen), self._last)

    def absorb(self, gathered: Gathered, lines_before: int) -> None:
        """Take in what another collector has gathered from a later part of a feed."""
        kept = Counter(notice.code for notice in gathered.kept)
        for notice in gathered.kept:
            self.add(replace(notice, line=notice.line + lines_before))
        for code, number in gathered.seen.items():
            self._seen[code] += number - kept[code]
        for code, (file, line) in gathered.last.items():
            self._last[code] = file, line + lines_before

    def report(
        self, files: tuple[str, ...], records: Mapping[str, int], *, is_complete: bool = True
    ) -> Report:
        """What was gathered, with a notice for each code of which some were left out."""
        for code, (file, line) in sorted(self._last.items()):
            total = self._seen[code]
            message = f"of {total} notices of {code}, {self._per_code} are listed here"
            context = {"left_out": code, "total": total, "listed": self._per_code}
            left_out = "notices_left_out"
            notice = Notice(code=left_out, message=message, file=file, line=line, context=context)
            self._seen[left_out] += 1
            self._kept.append(notice)
        counts: dict[str, int] = {"error": 0, "warning": 0, "info": 0}
        for code, number in self._seen.items():
            counts[self._settings.severity_of(code)] += number
        order = {file: number for number, file in enumerate(files)}

        def place(notice: Notice) -> tuple[int, int, int, str, str]:
            at = order.get(notice.file, 0), notice.line, notice.column
            return *at, notice.code, notice.pointer

        return Report(
            files=files,
            records=records,
            counts=counts,
            notices=tuple(sorted(self._kept, key=place)),
            is_complete=is_complete,
        )
