"""The report as a page for an editor: one file, without a script, that loads nothing."""

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice

from airspace_events.validation.codes import CODES, Severity
from airspace_events.validation.notices import Notice, Report, found, number
from airspace_events.validation.rendering.markup import element, of_feed, said
from airspace_events.validation.rendering.page_style import STYLE

_MOST_CODES = 20
_MOST_EXAMPLES = 10

_WORST_FIRST: tuple[Severity, ...] = ("error", "warning", "info")
_CONTENT_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
)


def html_lines(report: Report) -> Iterator[str]:
    """The report as an HTML page."""
    yield from _head(report)
    yield "<body>"
    yield "<main>"
    yield element("h1", "What the check found")
    yield element("p", said(_verdict(report)), class_="verdict")
    yield element("h2", "Feeds")
    yield "<ul>"
    for file in report.files:
        yield of_feed("li", _file(file))
    yield "</ul>"
    yield element("h2", "Totals")
    yield from _counts("Notices by severity", ("Severity", "Notices"), report.counts.items())
    yield from _counts("Records by type", ("Type", "Records"), report.records.items())
    if report.notices:
        yield from _worst(report)
        yield from _all(report)
    yield "</main>"
    yield "</body>"
    yield "</html>"


def _head(report: Report) -> Iterator[str]:
    yield "<!DOCTYPE html>"
    yield '<html lang="en">'
    yield "<head>"
    yield '<meta charset="utf-8">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{_CONTENT_POLICY}">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield '<meta name="color-scheme" content="light dark">'
    yield element("title", said(f"Checked feeds: {found(report)}"))
    yield "<style>"
    yield from STYLE.splitlines()
    yield "</style>"
    yield "</head>"


def _verdict(report: Report) -> str:
    read = number(sum(report.records.values()), "record")
    ended = "" if report.is_complete else " The feeds were not read to the end."
    return f"{'Valid' if report.ok else 'Not valid'}: {found(report)} in {read}.{ended}"


def _counts(
    caption: str, columns: tuple[str, str], rows: Iterable[tuple[str, int]]
) -> Iterator[str]:
    """A table of names and numbers."""
    yield "<table>"
    yield element("caption", said(caption))
    yield _header(columns)
    yield "<tbody>"
    for name, count in rows:
        head = of_feed("th", name, scope="row")
        yield element("tr", head, element("td", f"{count:,}", class_="number"))
    yield "</tbody>"
    yield "</table>"


def _worst(report: Report) -> Iterator[str]:
    """A table of the codes: those that make a feed invalid first, then the frequent ones."""
    totals = _totals(report)
    # Of a code of which none is listed, only the number is known, and the registry's severity.
    severities: dict[str, Severity] = {
        **{code: CODES[code].severity for code in totals},
        **{notice.code: notice.severity for notice in report.notices},
    }
    codes = sorted(
        totals, key=lambda code: (_WORST_FIRST.index(severities[code]), -totals[code], code)
    )
    yield element("h2", "The worst first")
    if len(codes) > _MOST_CODES:
        yield element("p", f"These are {_MOST_CODES} of {len(codes)} codes.")
    yield "<table>"
    yield element("caption", "Codes, what they mean, and examples")
    yield _header(("Code", "Meaning and examples"))
    yield "<tbody>"
    for code in codes[:_MOST_CODES]:
        yield "<tr>"
        yield element("th", said(code), _badge(severities[code], totals[code]), scope="row")
        yield "<td>"
        yield element("p", said(CODES[code].meaning))
        yield "<ol>"
        examples = (notice for notice in report.notices if notice.code == code)
        for notice in islice(examples, _MOST_EXAMPLES):
            yield element("li", *_details(notice))
        yield "</ol>"
        yield "</td>"
        yield "</tr>"
    yield "</tbody>"
    yield "</table>"


def _totals(report: Report) -> Counter[str]:
    """How many notices there are of each code, those that are not listed included."""
    totals = Counter(notice.code for notice in report.notices)
    for notice in report.notices:
        if notice.code == "notices_left_out":
            totals[str(notice.context["left_out"])] = int(notice.context["total"])
    return totals


def _badge(severity: Severity, total: int) -> str:
    return element("p", said(number(total, severity)), class_=f"badge {severity}")


def _all(report: Report) -> Iterator[str]:
    """A table of all notices that are listed, folded up."""
    listed = len(report.notices)
    yield element("h2", "Every notice")
    if (left_out := sum(report.counts.values()) - listed) > 0:
        yield element("p", said(f"Counted, and not listed: {number(left_out, 'notice')}."))
    yield "<details>"
    yield element("summary", said(f"{number(listed, 'notice')} in the order of the feeds"))
    yield "<table>"
    yield element("caption", "Notices")
    yield _header(("Code", "What is wrong, and where"))
    yield "<tbody>"
    for notice in report.notices:
        badge = element("p", said(notice.severity), class_=f"badge {notice.severity}")
        head = element("th", said(notice.code), badge, scope="row")
        yield element("tr", head, element("td", *_details(notice)))
    yield "</tbody>"
    yield "</table>"
    yield "</details>"


def _details(notice: Notice) -> Iterator[str]:
    """What is wrong, where, and what was probably meant, each in a paragraph."""
    yield of_feed("p", notice.message, class_="message")
    yield of_feed("p", f"{_file(notice.file)}, line {notice.line}, column {notice.column}")
    for label, value in (
        ("Record", notice.record),
        ("Pointer", notice.pointer),
        ("Did you mean", notice.suggestion),
    ):
        if value:
            yield element("p", f"{label}: ", of_feed("code", value))


def _file(name: str) -> str:
    return "standard input" if name == "-" else name


def _header(columns: Iterable[str]) -> str:
    cells = (element("th", said(column), scope="col") for column in columns)
    return element("thead", element("tr", *cells))
