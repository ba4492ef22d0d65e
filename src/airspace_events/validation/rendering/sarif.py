"""A renderer that writes reports as SARIF 2.1.0 (OASIS), for code scanners and editors."""

from collections.abc import Iterable, Iterator
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from airspace_events.safe_text import safe
from airspace_events.validation.codes import Code, Severity
from airspace_events.validation.notices import Notice, Report
from airspace_events.validation.rendering.json_report import line_of, lines_of, plain
from airspace_events.version import __version__

_TOOL = "airspace-events"
_LEVELS: dict[Severity, str] = {"error": "error", "warning": "warning", "info": "note"}
_STREAM = "-"
_NO_RESULTS = '"results": []'
_SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)


def sarif_lines(report: Report) -> Iterator[str]:
    """Yield the report as a SARIF log with a single run and one line for each result."""
    codes = sorted({notice.code for notice in report.notices})
    rules = {code: number for number, code in enumerate(codes)}
    run: dict[str, Any] = {
        "tool": {
            "driver": {
                "name": _TOOL,
                "version": __version__,
                **({"informationUri": report.rules_url} if report.rules_url else {}),
                "rules": [_rule(report.code(code)) for code in codes],
            }
        },
        "invocations": [{"executionSuccessful": report.is_complete}],
        "columnKind": "unicodeCodePoints",
        "properties": {
            "ok": report.ok,
            "files": list(report.files),
            "records": dict(report.records),
            "counts": dict(report.counts),
        },
        "results": [],
    }
    results = (_result(notice, rules[notice.code]) for notice in report.notices)
    for line in lines_of({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}):
        if line.strip() == _NO_RESULTS and report.notices:
            yield from _with_items(line, results)
        else:
            yield line


def _with_items(line: str, items: Iterable[dict[str, Any]]) -> Iterator[str]:
    inner = " " * (len(line) - len(line.lstrip()) + 2)
    yield line.removesuffix("]")
    before = None
    for item in items:
        if before is not None:
            yield f"{before},"
        before = inner + line_of(item)
    yield f"{before}"
    yield f"{inner[2:]}]"


def _rule(code: Code) -> dict[str, Any]:
    meaning = {"text": _message_text(code.meaning)}
    return {
        "id": code.name,
        "name": code.name.title().replace("_", "").replace("/", ""),
        "shortDescription": meaning,
        "fullDescription": meaning,
        "help": meaning,
        **({"helpUri": code.url} if code.url else {}),
        "defaultConfiguration": {"level": _LEVELS[code.severity]},
    }


def _result(notice: Notice, rule: int) -> dict[str, Any]:
    return {
        "ruleId": notice.code,
        "ruleIndex": rule,
        "level": _LEVELS[notice.severity],
        "message": {"text": _message_text(_said(notice))},
        "locations": [_location(notice)],
        "properties": {
            "record": notice.record,
            "pointer": notice.pointer,
            "suggestion": notice.suggestion,
            "context": plain(notice.context),
        },
    }


def _said(notice: Notice) -> str:
    hint = f'; did you mean "{notice.suggestion}"?' if notice.suggestion else ""
    return f"{notice.message}{hint}"


def _message_text(text: str) -> str:
    """Return text with SARIF placeholders and links escaped (section 3.11)."""
    return safe(text).replace("{", "{{").replace("}", "}}").replace("](", "]\\u0028")


def _location(notice: Notice) -> dict[str, Any]:
    physical: dict[str, Any] = {"artifactLocation": _artifact(notice.file)}
    if notice.line >= 1:
        physical["region"] = {"startLine": notice.line, "startColumn": max(1, notice.column)}
    location = {"physicalLocation": physical}
    name = _full_name(notice)
    return {**location, "logicalLocations": [name]} if name else location


def _artifact(file: str) -> dict[str, Any]:
    if file == _STREAM:
        return {"uri": _STREAM, "description": {"text": "standard input"}}
    path = PurePath(safe(file))
    return {"uri": _absolute(path) if path.is_absolute() else _escaped(path.as_posix())}


def _absolute(path: PurePath) -> str:
    written = path.as_posix()
    if path.drive.endswith(":"):
        return f"file:///{path.drive}{_escaped(written.removeprefix(path.drive))}"
    # The path of a Windows network share already begins with two slashes.
    return f"file:{'' if path.drive else '//'}{_escaped(written)}"


def _escaped(path: str) -> str:
    # A colon is escaped too, because before the first slash it would end a scheme name.
    return quote(path, safe="/")


def _full_name(notice: Notice) -> dict[str, Any] | None:
    if not notice.record and not notice.pointer:
        return None
    record = safe(notice.record or "")
    full = f"{record}#{safe(notice.pointer)}" if notice.pointer else record
    return {"name": record or full, "fullyQualifiedName": full}
