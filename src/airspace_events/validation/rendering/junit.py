"""A renderer of JUnit XML, which GitLab, Jenkins and others show as test results.

The format has no standard. This module uses the form that most readers accept. Each feed is a test
suite, and each notice is a test case. An error is a failure. A warning or an info is a passed
case, with the notice as its output. A feed without notices has one passed test case.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from airspace_events.validation.log_escaping import inert
from airspace_events.validation.notices import Notice, Report, line_parts, sentence
from airspace_events.validation.rendering.markup import element, escaped

_INCOMPLETE = '<error message="the feeds were not read to the end" type="interrupted"/>'


def junit_lines(report: Report) -> Iterator[str]:
    """Yield the lines of the report as a JUnit XML document in ASCII."""
    by_feed: dict[str, list[Notice]] = defaultdict(list)
    for notice in report.notices:
        by_feed[notice.file].append(notice)
    suites = [(file, by_feed[file]) for file in dict.fromkeys(report.files)]
    cases = sum(len(notices) or 1 for _, notices in suites) + (not report.is_complete)
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield f'<testsuites name="airspace-events" {_totals(cases, report.notices, report)}>'
    for file, notices in suites:
        name = escaped(inert(file))
        yield f'<testsuite name="{name}" {_totals(len(notices) or 1, notices)}>'
        yield from map(_case, notices)
        if not notices:
            yield f'<testcase classname="{name}" name="no problems"/>'
        yield "</testsuite>"
    if not report.is_complete:
        yield f'<testsuite name="airspace-events" {_totals(1, (), report)}>'
        yield element("testcase", _INCOMPLETE, classname="airspace-events", name="complete")
        yield "</testsuite>"
    yield "</testsuites>"


def _totals(cases: int, notices: Sequence[Notice], report: Report | None = None) -> str:
    failures = sum(notice.severity == "error" for notice in notices)
    errors = int(report is not None and not report.is_complete)
    return f'tests="{cases}" failures="{failures}" errors="{errors}" skipped="0"'


def _case(notice: Notice) -> str:
    line = escaped(" ".join(line_parts(notice)))
    if notice.severity == "error":
        said = inert(sentence(notice))
        outcome = element("failure", line, message=said, type=notice.code)
    else:
        outcome = element("system-out", line)
    file, name = inert(notice.file), f"{notice.line}:{notice.column} {notice.code}"
    case = element("testcase", outcome, classname=file, name=name, file=file)
    return case.encode("ascii", "xmlcharrefreplace").decode("ascii")
