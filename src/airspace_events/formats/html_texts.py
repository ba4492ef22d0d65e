"""HTML and XML elements, in which text from a record is always escaped."""

from __future__ import annotations

import html
from collections.abc import Iterable

from airspace_events.safe_text import safe


def escaped(text: str) -> str:
    """Return a text from a record as HTML or XML text, without control characters."""
    return html.escape(safe(text))


def tagged(name: str, text: str) -> str:
    """Return an element that contains a text."""
    return f"<{name}>{escaped(text)}</{name}>"


def paragraphs(texts: Iterable[str | None]) -> str:
    """Return an HTML paragraph for each text that is given."""
    return "".join(tagged("p", text) for text in texts if text)
