"""Says a report: as text for people, as JSON for programs."""

import json
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

from airspace_events.safe_text import safe
from airspace_events.validation.notices import Notice, Report


def text_lines(report: Report) -> Iterator[str]:
    """The report for people: a line for each notice, and a last one that sums up."""
    for notice in report.notices:
        yield text_line(notice)
    yield summary(report)


def text_line(notice: Notice) -> str:
    """One notice on one line."""
    # Everything that comes from a feed is made safe once more, here where it leaves.
    hint = f'; did you mean "{notice.suggestion}"?' if notice.suggestion else ""
    place = f"{notice.file}:{notice.line}:{notice.column}"
    where = f"  ({notice.pointer})" if notice.pointer else ""
    return safe(f"{place}: {notice.severity}[{notice.code}] {notice.message}{hint}{where}")


def summary(report: Report) -> str:
    """What was read and what was found, in one line."""
    total = sum(report.records.values())
    kinds = ", ".join(f"{number} {kind}" for kind, number in report.records.items())
    found = ", ".join(
        _number(report.counts[severity], severity)
        for severity in ("error", "warning", "info")
        if report.counts[severity]
    )
    read = _number(total, "record") + (f" ({kinds})" if kinds else "")
    return f"{read}: {found or 'no problems'}"


def json_lines(report: Report) -> Iterator[str]:
    """The report for programs: one JSON object."""
    yield json.dumps(
        {
            "ok": report.ok,
            "files": list(report.files),
            "records": dict(report.records),
            "counts": dict(report.counts),
            "notices": [_as_dict(notice) for notice in report.notices],
        },
        indent=2,
    )


def _as_dict(notice: Notice) -> dict[str, Any]:
    return {
        "code": notice.code,
        "severity": notice.severity,
        "message": notice.message,
        "file": notice.file,
        "line": notice.line,
        "column": notice.column,
        "record": notice.record,
        "pointer": notice.pointer,
        "suggestion": notice.suggestion,
        "context": dict(notice.context),
    }


def _number(count: int, noun: str) -> str:
    plural = "" if count == 1 or noun == "info" else "s"
    return f"{count:,} {noun}{plural}"


RENDERERS: Mapping[str, Callable[[Report], Iterator[str]]] = MappingProxyType(
    {"text": text_lines, "json": json_lines}
)
"""What renders a report, by the name of the form."""
