"""Writes HTML in which text from a feed is always escaped."""

import html

from airspace_events.safe_text import safe

# Characters that start a formula if a table is copied into a spreadsheet.
_FORMULA = ("=", "+", "-", "@")


def said(text: str) -> str:
    """Return a text as ASCII HTML without markup, formulas or commands for a log."""
    line = safe(text)
    if line.startswith(_FORMULA):
        line = f"'{line}"
    escaped = html.escape(line, quote=True).replace("##", "&#35;&#35;")
    return escaped.encode("ascii", "xmlcharrefreplace").decode("ascii")


def element(tag: str, *content: str, **attributes: str) -> str:
    """Return an element around content that is already HTML; write ``class`` as ``class_``."""
    written = "".join(
        f' {name.rstrip("_")}="{html.escape(value, quote=True)}"'
        for name, value in attributes.items()
    )
    return f"<{tag}{written}>{''.join(content)}</{tag}>"


def of_feed(tag: str, text: str, **attributes: str) -> str:
    """Return an element around text from a feed, with an isolated text direction."""
    return element(tag, said(text), dir="auto", **attributes)
