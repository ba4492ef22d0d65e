"""Notices, which describe the problems of a feed, and the report that contains them."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import Any, ClassVar, NamedTuple, cast

from airspace_events.diagnostics.problem import Parts, Problem
from airspace_events.feeds.locating import Locator, RawRecord, pointer
from airspace_events.safe_text import counted, safe
from airspace_events.validation.codes import CODES, Code, Severity
from airspace_events.validation.log_escaping import inert, inert_line
from airspace_events.validation.settings import Settings
from airspace_events.viewed import Viewed

_SEVERITIES: tuple[Severity, ...] = ("error", "warning", "info")

# The default, which means the severity of the code in the registry.
_BY_CODE = cast("Severity", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """A notice: one problem or fact that the validator reports about a feed.

    Attributes:
        code: the stable name of the kind of notice; `CODES` explains each code.
        severity: error, warning or info.
        message: a sentence that describes the problem, safe to print.
        file: the name of the feed as given; ``-`` for a stream.
        line: the 1-based line.
        column: the 1-based code point in the line.
        record: the id of the record; None if it is not known.
        pointer: the RFC 6901 pointer within the record; empty for the record itself.
        suggestion: the value that was probably meant.
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
        """Set the severity of the code, unless a different severity was given."""
        # Only the settings know the codes of other packages; the collector sets their severity.
        if not self.severity and "/" not in self.code:
            object.__setattr__(self, "severity", CODES[self.code].severity)

    def __str__(self) -> str:
        """Return the line that `airspace-events validate` prints for the notice."""
        return " ".join(line_parts(self))


class Spot(NamedTuple):
    """A location in a feed, small enough to keep until the end of the feed.

    Attributes:
        file: the name of the feed as given.
        line: the 1-based line.
        column: the 1-based code point in the line.
        record: the id of the record; None if it is not known.
        pointer: the JSON Pointer within the record.
    """

    file: str
    line: int
    column: int = 1
    record: str | None = None
    pointer: str = ""

    def notice(self, problem: Problem) -> Notice:
        """Return the notice for a problem at this location. Only this method creates notices."""
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
    """Return a notice with a code, a message and facts, but without a suggestion."""
    return at.notice(Problem(code, message, context=context))


class Where:
    """The position of a record in a feed. The locations of its values are found on demand.

    Attributes:
        file: the name of the feed as given.
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
        """Store the position of a record.

        Args:
            file: the name of the feed as given.
            line: the line on which the record begins.
            raw: the record, or a function that returns it; None if the feed has no such record.
            lines_before: the number of lines to add to the line of the raw record.
        """
        self.file = file
        self.line = line
        self._raw = raw
        self._lines_before = lines_before
        self._locator: Locator | None = None

    def spot(self, record: str | None, parts: Parts, *, name: bool = False) -> Spot:
        """Return the location of the value at a JSON Pointer.

        Args:
            record: the id of the record.
            parts: the parts of the pointer.
            name: whether to return the location of the member's name instead of its value.
        """
        if self._locator is None:
            if self._raw is None:
                return Spot(self.file, self.line, 1, record, pointer(parts))
            self._locator = Locator(self._raw() if callable(self._raw) else self._raw)
        line, column = self._locator.place_of(parts, name=name)
        return Spot(self.file, line + self._lines_before, column, record, pointer(parts))

    def notice(self, problem: Problem, record: str | None) -> Notice:
        """Return the notice for a problem in this record."""
        if problem.place is None:
            spot = self.spot(record, problem.parts, name=problem.at_name)
        else:
            spot = Spot(self.file, *problem.place, record, pointer(problem.parts))
        return spot.notice(problem)


@dataclass(frozen=True, slots=True, kw_only=True)
class Report(Viewed):
    """The result of a validation.

    Attributes:
        files: the names of the feeds as given.
        records: the number of records read, valid or not, by type.
        counts: the number of notices by severity, including those left out of `notices`.
        notices: the notices, in the order of the feed.
        is_complete: whether the feeds were read to their end without interruption.
        own_codes: the codes of rules from other packages, by name.
        rules_url: the URL of the page about all codes of this library, if given.
    """

    _view: ClassVar = "report_card.report_card"

    files: tuple[str, ...]
    records: Mapping[str, int]
    counts: Mapping[str, int]
    notices: tuple[Notice, ...]
    is_complete: bool = True
    own_codes: Mapping[str, Code] = field(default_factory=dict[str, Code], repr=False)
    rules_url: str | None = field(default=None, repr=False)

    def code(self, name: str) -> Code:
        """Return the code with a name, including the URL of its page, if any."""
        code = CODES.get(name)
        if code is None:
            return self.own_codes[name]
        return replace(code, url=f"{self.rules_url}#{name}") if self.rules_url else code

    @property
    def ok(self) -> bool:
        """Return whether the report has no errors."""
        return self.counts["error"] == 0

    def __str__(self) -> str:
        """Return the output of `airspace-events validate`: one line per notice, then a summary."""
        return "\n".join((*map(str, self.notices), summary(self)))


def joined(reports: Iterable[Report]) -> Report:
    """Combine the reports of feeds that were checked one by one into a single report."""
    parts = list(reports)
    if len(parts) == 1:
        return parts[0]
    records, counts = Counter[str](), dict.fromkeys(_SEVERITIES, 0)
    for part in parts:
        records.update(part.records)
        for severity in _SEVERITIES:
            counts[severity] += part.counts[severity]
    return Report(
        files=tuple(chain.from_iterable(part.files for part in parts)),
        records=dict(sorted(records.items())),
        counts=cast("dict[str, int]", counts),
        notices=tuple(chain.from_iterable(part.notices for part in parts)),
        is_complete=all(part.is_complete for part in parts),
        own_codes=parts[0].own_codes,
        rules_url=parts[0].rules_url,
    )


def line_parts(notice: Notice) -> tuple[str, str, str]:
    """Return the location of a notice, its severity with its code, and its text."""
    # Text from a feed is made safe again just before it is printed.
    place = inert_line(f"{notice.file}:{notice.line}:{notice.column}:")
    return place, f"{notice.severity}[{notice.code}]", inert(sentence(notice))


def sentence(notice: Notice) -> str:
    """Return the message of a notice with its suggestion and pointer, not yet safe to print."""
    hint = f'; did you mean "{notice.suggestion}"?' if notice.suggestion else ""
    where = f"  ({notice.pointer})" if notice.pointer else ""
    return f"{notice.message}{hint}{where}"


def summary(report: Report, *, seconds: float | None = None) -> str:
    """Return one line with the number of records and the number of notices."""
    total = sum(report.records.values())
    kinds = ", ".join(f"{count} {kind}" for kind, count in report.records.items())
    read = counted(total, "record") + (f" ({kinds})" if kinds else "")
    took = "" if seconds is None else f", in {seconds:.2f} s"
    ended = "" if report.is_complete else ", not read to the end"
    return inert_line(f"{read}: {found(report)}{ended}{took}")


def found(report: Report) -> str:
    """Return the number of notices of each severity, in words."""
    counts = [(report.counts[severity], severity) for severity in _SEVERITIES]
    return ", ".join(counted(*count) for count in counts if count[0]) or "no problems"


class Gathered(NamedTuple):
    """The notices and counts for part of a feed.

    Attributes:
        kept: the notices that may be listed.
        seen: the total number of notices, by code.
        last: the file and line of the last notice that was left out, by code.
        records: the number of records, by type.
    """

    kept: list[Notice]
    seen: Counter[str]
    last: dict[str, tuple[str, int]]
    records: Counter[str]


class NoticeCollector:
    """A collector that counts the selected notices and keeps them up to a limit for each code.

    Attributes:
        records: the number of records, by type.
    """

    def __init__(self, per_code: int, settings: Settings) -> None:
        self._per_code = per_code
        self._settings = settings
        self._wanted = settings.codes
        self._kept: list[Notice] = []
        self._seen: Counter[str] = Counter()
        self._last: dict[str, tuple[str, int]] = {}
        self.records: Counter[str] = Counter()

    def has_room(self, code: str) -> bool:
        """Return whether the next notice with this code will be listed and need a suggestion."""
        return self._seen[code] < self._per_code and code in self._wanted

    def add(self, notices: Iterable[Notice]) -> None:
        """Count notices, and keep those that may be listed."""
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
        """Return the collected notices and counts, for the collector of another process."""
        return Gathered(self._kept, self._seen, self._last, self.records)

    def absorb(self, gathered: Gathered, lines_before: int) -> None:
        """Add the notices and counts of another collector, from a later part of a feed."""
        self.add(replace(one, line=one.line + lines_before) for one in gathered.kept)
        self._seen += gathered.seen
        self._seen -= Counter(one.code for one in gathered.kept)
        for code, (file, line) in gathered.last.items():
            self._last[code] = file, line + lines_before
        self.records += gathered.records

    def report(self, files: tuple[str, ...], *, is_complete: bool) -> Report:
        """Return the report, with an additional notice for each code that reached the limit."""
        for code, (file, line) in sorted(self._last.items()):
            total = self._seen[code]
            message = (
                f"the report lists only {self._per_code} of {total} notices with the code {code}"
            )
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
            own_codes=self._settings.own_codes,
            rules_url=self._settings.rules_url,
        )
