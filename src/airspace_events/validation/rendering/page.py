"""The report as a self-contained HTML page without scripts."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice

from airspace_events.safe_text import counted
from airspace_events.validation.codes import Severity
from airspace_events.validation.notices import Notice, Report, found
from airspace_events.validation.rendering.excerpt import SourceLine, excerpt
from airspace_events.validation.rendering.markup import (
    breakable,
    element,
    of_feed,
    said,
    with_code,
)
from airspace_events.validation.rendering.page_style import STYLE

_MOST_CODES = 20
_MOST_EXAMPLES = 10
_EXCERPT_WIDTH = 80

_WORST_FIRST: tuple[Severity, ...] = ("error", "warning", "info")
_CONTENT_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
)

Excerpts = Mapping[int, tuple[str, ...]]
"""A mapping from ``id(notice)`` to HTML lines that show the line of the feed."""


def html_lines(report: Report, *, source_line: SourceLine | None = None) -> Iterator[str]:
    """Yield the lines of the HTML page.

    Args:
        report: the report to show.
        source_line: a function that returns a line of a feed, shown below its notice.
    """
    yield from head_lines(f"Validation report: {found(report)}")
    yield "<body>"
    yield "<main>"
    yield element("h1", "Validation report")
    yield element("p", said(_verdict(report)), class_="verdict")
    if report.notices:
        yield from _problems(report, source_line)
        yield from _all(report)
    yield element("h2", "Feeds and totals")
    yield "<ul>"
    for file in report.files:
        yield of_feed("li", _file(file))
    yield "</ul>"
    yield from _counts("Notices by severity", ("Severity", "Notices"), report.counts.items())
    yield from _counts("Records by type", ("Type", "Records"), report.records.items())
    yield "</main>"
    yield "</body>"
    yield "</html>"


def head_lines(title: str) -> Iterator[str]:
    """Yield the head of a page: the title, the style sheet and a policy that blocks scripts."""
    yield "<!DOCTYPE html>"
    yield '<html lang="en">'
    yield "<head>"
    yield '<meta charset="utf-8">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{_CONTENT_POLICY}">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield '<meta name="color-scheme" content="light dark">'
    yield element("title", said(title))
    yield "<style>"
    yield from STYLE.splitlines()
    yield "</style>"
    yield "</head>"


def _verdict(report: Report) -> str:
    read = counted(sum(report.records.values()), "record")
    ended = "" if report.is_complete else " The feeds were not read to the end."
    return f"{'Valid' if report.ok else 'Not valid'}: {found(report)} in {read}.{ended}"


def _counts(
    caption: str, columns: tuple[str, str], rows: Iterable[tuple[str, int]]
) -> Iterator[str]:
    yield "<table>"
    yield element("caption", said(caption))
    yield _header(columns)
    yield "<tbody>"
    for name, count in rows:
        head = of_feed("th", name, scope="row")
        yield element("tr", head, element("td", f"{count:,}", class_="number"))
    yield "</tbody>"
    yield "</table>"


def _codes(report: Report) -> list[tuple[str, Severity, int]]:
    """Return each code, its severity and its number of notices, by severity, then by number."""
    totals = _totals(report)
    # If no notice of a code is listed, the code has the severity of the registry.
    severities: dict[str, Severity] = {
        **{code: report.code(code).severity for code in totals},
        **{notice.code: notice.severity for notice in report.notices},
    }
    codes = sorted(
        totals, key=lambda code: (_WORST_FIRST.index(severities[code]), -totals[code], code)
    )
    return [(code, severities[code], totals[code]) for code in codes]


def _problems(report: Report, source_line: SourceLine | None) -> Iterator[str]:
    codes = _codes(report)
    shown = codes[:_MOST_CODES]
    examples: dict[str, list[Notice]] = {
        code: list(islice((one for one in report.notices if one.code == code), _MOST_EXAMPLES))
        for code, *_ in shown
    }
    excerpts = _excerpts(report, examples, source_line)
    yield element("h2", "Most serious problems")
    for code, severity, total in shown:
        yield "<section>"
        name, url = breakable(code), report.code(code).url
        badge = element("span", said(counted(total, severity)), class_=f"badge {severity}")
        yield element("h3", element("a", name, href=url) if url else name, " ", badge, id=code)
        first, rest = examples[code][:1], examples[code][1:]
        for notice in first:
            yield from _details(notice, excerpts)
        yield element("p", with_code(report.code(code).meaning), class_="meaning")
        if rest:
            yield "<details>"
            yield element("summary", said(counted(len(rest), "more example")))
            yield "<ol>"
            for notice in rest:
                yield "<li>"
                yield from _details(notice, excerpts)
                yield "</li>"
            yield "</ol>"
            yield "</details>"
        yield "</section>"
    if len(codes) > _MOST_CODES:
        yield element("p", f"This section shows {_MOST_CODES} of {len(codes)} codes.")


def _totals(report: Report) -> Counter[str]:
    """Return the number of notices of each code, including notices that are not listed."""
    totals = Counter(notice.code for notice in report.notices)
    for notice in report.notices:
        if notice.code == "notices_left_out":
            totals[str(notice.context["left_out"])] = int(notice.context["total"])
    return totals


def _excerpts(
    report: Report, examples: Mapping[str, list[Notice]], source_line: SourceLine | None
) -> Excerpts:
    if source_line is None:
        return {}
    wanted = {id(notice) for notices in examples.values() for notice in notices}
    excerpts: dict[int, tuple[str, ...]] = {}
    for notice in report.notices:
        line = source_line(notice.file, notice.line) if id(notice) in wanted else None
        cut = None if line is None else excerpt(line, notice.column, _EXCERPT_WIDTH)
        if cut is not None:
            margin = f"{notice.line} | "
            below = " " * (len(margin) - 2) + "| " + " " * cut.indent
            caret = element("span", "^", class_=f"caret {notice.severity}")
            excerpts[id(notice)] = (
                f'<pre dir="ltr">{said(margin + cut.shown)}',
                f"{below}{caret}</pre>",
            )
    return excerpts


def _all(report: Report) -> Iterator[str]:
    listed = len(report.notices)
    explained = {code for code, *_ in _codes(report)[:_MOST_CODES]}
    yield element("h2", "All notices")
    if (left_out := sum(report.counts.values()) - listed) > 0:
        yield element("p", said(f"The list leaves out {counted(left_out, 'notice')}."))
    yield "<details>"
    yield element("summary", said(f"{counted(listed, 'notice')} in the order of the feeds"))
    yield "<table>"
    yield element("caption", "Notices")
    yield _header(("Code", "Problem and location"))
    yield "<tbody>"
    for notice in report.notices:
        badge = element("p", said(notice.severity), class_=f"badge {notice.severity}")
        name = breakable(notice.code)
        if url := report.code(notice.code).url:
            name = element("a", name, href=url)
        elif notice.code in explained:
            name = element("a", name, href=f"#{notice.code}")
        head = element("th", name, badge, scope="row")
        yield element("tr", head, element("td", *_details(notice, {})))
    yield "</tbody>"
    yield "</table>"
    yield "</details>"


def _details(notice: Notice, excerpts: Excerpts) -> Iterator[str]:
    yield element("p", with_code(notice.message), dir="auto", class_="message")
    if notice.suggestion:
        yield element("p", "Did you mean: ", of_feed("code", notice.suggestion))
    yield from excerpts.get(id(notice), ())
    place = [of_feed("span", f"{_file(notice.file)}, line {notice.line}, column {notice.column}")]
    for label, value in (("record", notice.record), ("pointer", notice.pointer)):
        if value:
            place += f"; {label} ", element("code", breakable(value), dir="auto")
    yield element("p", *place, class_="place")


def _file(name: str) -> str:
    return "standard input" if name == "-" else name


def _header(columns: Iterable[str]) -> str:
    cells = (element("th", said(column), scope="col") for column in columns)
    return element("thead", element("tr", *cells))
