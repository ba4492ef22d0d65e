"""HTML and XML elements, in which text from a record is always escaped."""

from __future__ import annotations

import html
from collections.abc import Iterable

from airspace_events.safe_text import safe


def escaped(text: str) -> str:
    """Return text from a record with HTML or XML escapes and without control characters."""
    return html.escape(safe(text))


def tagged(name: str, text: str) -> str:
    """Return an element that contains the given text."""
    return f"<{name}>{escaped(text)}</{name}>"


def paragraphs(texts: Iterable[str | None]) -> str:
    """Return an HTML paragraph for each string that is not empty."""
    return "".join(tagged("p", text) for text in texts if text)
