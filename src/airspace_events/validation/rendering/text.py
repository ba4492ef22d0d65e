"""The report for people: a line a notice, and on a terminal the line of the feed below it."""

from collections.abc import Iterator

from airspace_events.validation.codes import Severity
from airspace_events.validation.notices import Notice, Report, line_parts, summary
from airspace_events.validation.rendering.excerpt import SourceLine, excerpt

# SGR, the part of ECMA-48 that every terminal knows.
_RESET = "\x1b[0m"
_BOLD = "\x1b[1m"
_FAINT = "\x1b[2m"
_COLOURS: dict[Severity, str] = {
    "error": "\x1b[1;31m",
    "warning": "\x1b[1;33m",
    "info": "\x1b[1;36m",
}


def text_lines(
    report: Report,
    *,
    seconds: float | None = None,
    colour: bool = False,
    source_line: SourceLine | None = None,
    width: int = 80,
) -> Iterator[str]:
    """The report for people: a line for each notice, and a last one that sums up.

    Args:
        report: what to say.
        seconds: how long the check took, to be told; without it the same report gives the
            same text.
        colour: whether to colour by severity, for a terminal.
        source_line: what gives the lines of the feeds, to show each below its notice.
        width: how many cells of the terminal a shown line may take.
    """
    for notice in report.notices:
        yield text_line(notice, colour=colour)
        if source_line is not None:
            yield from _source(notice, source_line, width, colour=colour)
    yield summary(report, seconds=seconds)


def text_line(notice: Notice, *, colour: bool = False) -> str:
    """One notice on one line."""
    place, kind, said = line_parts(notice)
    if colour:
        place = f"{_BOLD}{place}{_RESET}"
        kind = f"{_COLOURS[notice.severity]}{kind}{_RESET}"
    return f"{place} {kind} {said}"


def _source(notice: Notice, source_line: SourceLine, width: int, *, colour: bool) -> Iterator[str]:
    """The line of the feed that a notice is about, and a caret below its column."""
    line = source_line(notice.file, notice.line)
    margin = f" {notice.line} | "
    cut = None if line is None else excerpt(line, notice.column, width - len(margin))
    if cut is None:
        return
    below = " " * (len(margin) - 2) + "| "
    caret = "^"
    if colour:
        margin, below = (f"{_FAINT}{part}{_RESET}" for part in (margin, below))
        caret = f"{_COLOURS[notice.severity]}^{_RESET}"
    yield margin + cut.shown
    yield below + " " * cut.indent + caret
