"""A renderer of reports as plain text, with one line per notice."""

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


def text_lines(  # noqa: PLR0913 (each is a choice of its own, and all have defaults)
    report: Report,
    *,
    seconds: float | None = None,
    colour: bool = False,
    source_line: SourceLine | None = None,
    width: int = 80,
    with_summary: bool = True,
) -> Iterator[str]:
    """Yield the report as text: one line for each notice, then an optional summary.

    Args:
        report: the report.
        seconds: the duration of the check for the summary; None leaves it out.
        colour: whether to colour by severity, for a terminal.
        source_line: a function that returns a line of a feed, printed below its notice.
        width: the maximum width of a printed feed line, in terminal cells.
        with_summary: whether the last line is a summary.
    """
    for notice in report.notices:
        yield text_line(notice, colour=colour)
        if source_line is not None:
            yield from _source(notice, source_line, width, colour=colour)
    if with_summary:
        yield summary(report, seconds=seconds)


def text_line(notice: Notice, *, colour: bool = False) -> str:
    """Return a notice as one line."""
    place, kind, said = line_parts(notice)
    if colour:
        place = f"{_BOLD}{place}{_RESET}"
        kind = f"{_COLOURS[notice.severity]}{kind}{_RESET}"
    return f"{place} {kind} {said}"


def _source(notice: Notice, source_line: SourceLine, width: int, *, colour: bool) -> Iterator[str]:
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
