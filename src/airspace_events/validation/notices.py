"""Notices: what is said of a feed, one problem each, and the report that gathers them."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar, NamedTuple, cast

from airspace_events.diagnostics.problem import Parts, Problem
from airspace_events.feeds.locating import Locator, RawRecord, pointer
from airspace_events.safe_text import safe
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


class Spot(NamedTuple):
    """A place in a feed, as it may be kept until the end of the feed.

    Attributes:
        file: the feed, as it was named.
        line: the 1-based line.
        column: the 1-based code point of the line.
        record: the id of the record, where it is known.
        pointer: the JSON Pointer within it.
    """

    file: str
    line: int
    column: int = 1
    record: str | None = None
    pointer: str = ""

    def notice(self, problem: Problem) -> Notice:
        """Make the notice of a problem that is here: the one place where notices are made."""
        return Notice(
            code=problem.code,
            message=safe(problem.message),
            file=self.file,
            line=self.line,
            column=self.column,
            record=self.record,
            pointer=self.pointer,
            suggestion=problem.suggestion,
            context=problem.context,
        )


def notice(code: str, message: str, at: Spot, **context: Any) -> Notice:
    """Make the notice of a problem that has nothing but a message and its facts."""
    return at.notice(Problem(code, message, context=context))


class Where:
    """A record of a feed, whose text is looked at only if a place in it is asked for.

    Attributes:
        file: the feed, as it was named.
        line: the line on which the record begins.
    """

    __slots__ = ("_lines_before", "_locator", "_raw", "file", "line")

    def __init__(
        self,
        file: str,
        line: int,
        raw: RawRecord | Callable[[], RawRecord] | None,
        lines_before: int = 0,
    ) -> None:
        """Take a record.

        Args:
            file: the feed, as it was named.
            line: the line on which the record begins.
            raw: the record, or what gives it; None if it could not be cut out of the feed.
            lines_before: how many lines of the feed the line of the raw record does not count.
        """
        self.file = file
        self.line = line
        self._raw = raw
        self._lines_before = lines_before
        self._locator: Locator | None = None

    def spot(self, record: str | None, parts: Parts, *, name: bool = False) -> Spot:
        """Return the spot of what the parts of a JSON Pointer lead to.

        Args:
            record: the id of the record.
            parts: the parts of the pointer.
            name: whether it is the name of the member instead of its value.
        """
        if self._locator is None:
            if self._raw is None:
                return Spot(self.file, self.line, 1, record, pointer(parts))
            self._locator = Locator(self._raw() if callable(self._raw) else self._raw)
        line, column = self._locator.place_of(parts, name=name)
        return Spot(self.file, line + self._lines_before, column, record, pointer(parts))

    def notice(self, problem: Problem, record: str | None) -> Notice:
        """Make the notice of a problem of this record."""
        if problem.place is None:
            spot = self.spot(record, problem.parts, name=problem.at_name)
        else:
            spot = Spot(self.file, *problem.place, record, pointer(problem.parts))
        return spot.notice(problem)


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
        records: how many records there were, by type.
    """

    kept: list[Notice]
    seen: Counter[str]
    last: dict[str, tuple[str, int]]
    records: Counter[str]


class NoticeCollector:
    """Gathers the notices that are wanted, at most so many of a code, and counts them all.

    Attributes:
        records: how many records there are, by type.
    """

    def __init__(self, per_code: int, settings: Settings) -> None:
        self._per_code = per_code
        self._settings = settings
        self._wanted = frozenset(filter(settings.wants, CODES))
        self._kept: list[Notice] = []
        self._seen: Counter[str] = Counter()
        self._last: dict[str, tuple[str, int]] = {}
        self.records: Counter[str] = Counter()

    def has_room(self, code: str) -> bool:
        """Whether the next notice of a code will be listed, and is worth a suggestion."""
        return self._seen[code] < self._per_code and code in self._wanted

    def add(self, notices: Iterable[Notice]) -> None:
        """Take notices in."""
        for notice in notices:
            code = notice.code
            if code not in self._wanted:
                continue
            self._seen[code] += 1
            if self._seen[code] > self._per_code:
                self._last[code] = notice.file, notice.line
                continue
            severity = self._settings.severity_of(code)
            is_other = severity != notice.severity
            self._kept.append(replace(notice, severity=severity) if is_other else notice)

    def taken(self) -> Gathered:
        """What was gathered, to be handed to the collector of another process."""
        return Gathered(self._kept, self._seen, self._last, self.records)

    def absorb(self, gathered: Gathered, lines_before: int) -> None:
        """Take in what another collector has gathered from a later part of a feed."""
        self.add(replace(one, line=one.line + lines_before) for one in gathered.kept)
        self._seen += gathered.seen
        self._seen -= Counter(one.code for one in gathered.kept)
        for code, (file, line) in gathered.last.items():
            self._last[code] = file, line + lines_before
        self.records += gathered.records

    def report(self, files: tuple[str, ...], *, is_complete: bool) -> Report:
        """What was gathered, with a notice for each code of which some were left out."""
        for code, (file, line) in sorted(self._last.items()):
            total = self._seen[code]
            message = f"of {total} notices of {code}, {self._per_code} are listed here"
            context = {"left_out": code, "total": total, "listed": self._per_code}
            left_out = notice("notices_left_out", message, Spot(file, line), **context)
            self._seen[left_out.code] += 1
            self._kept.append(left_out)
        counts: dict[str, int] = {"error": 0, "warning": 0, "info": 0}
        for code, number in self._seen.items():
            counts[self._settings.severity_of(code)] += number
        order = {file: number for number, file in enumerate(files)}

        def place(notice: Notice) -> tuple[int, int, int, str, str]:
            at = order.get(notice.file, 0), notice.line, notice.column
            return *at, notice.code, notice.pointer

        return Report(
            files=files,
            records=dict(sorted(self.records.items())),
            counts=counts,
            notices=tuple(sorted(self._kept, key=place)),
            is_complete=is_complete,
        )
