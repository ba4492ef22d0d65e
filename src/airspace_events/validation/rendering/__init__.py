"""Renderers of reports for people, programs, and tools that show notices next to a feed.

In every format, text from a feed cannot run commands in a log; see the module `log_escaping`.
"""

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from airspace_events.validation.notices import Report, summary
from airspace_events.validation.rendering.github import github_lines
from airspace_events.validation.rendering.json_report import json_lines
from airspace_events.validation.rendering.junit import junit_lines
from airspace_events.validation.rendering.page import html_lines
from airspace_events.validation.rendering.sarif import sarif_lines
from airspace_events.validation.rendering.text import text_line, text_lines

__all__ = [
    "RENDERERS",
    "github_lines",
    "html_lines",
    "json_lines",
    "junit_lines",
    "sarif_lines",
    "summary",
    "text_line",
    "text_lines",
]

RENDERERS: Mapping[str, Callable[[Report], Iterator[str]]] = MappingProxyType(
    {
        "text": text_lines,
        "json": json_lines,
        "sarif": sarif_lines,
        "github": github_lines,
        "html": html_lines,
        "junit": junit_lines,
    }
)
"""A mapping from format names to renderers, which yield lines without line breaks."""
