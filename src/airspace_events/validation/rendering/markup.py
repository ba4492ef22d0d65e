"""Writes HTML, in which only this library's own words can be markup."""

import html

from airspace_events.safe_text import safe

# What a spreadsheet takes for the start of a formula, where a table is copied into one.
_FORMULA = ("=", "+", "-", "@")


def said(text: str) -> str:
    """A text as HTML in ASCII, which is no markup, no formula, and no command of a log."""
    line = safe(text)
    if line.startswith(_FORMULA):
        line = f"'{line}"
    escaped = html.escape(line, quote=True).replace("##", "&#35;&#35;")
    return escaped.encode("ascii", "xmlcharrefreplace").decode("ascii")


def element(tag: str, *content: str, **attributes: str) -> str:
    """An element around what is HTML already; ``class_`` is the attribute ``class``."""
    written = "".join(
        f' {name.rstrip("_")}="{html.escape(value, quote=True)}"'
        for name, value in attributes.items()
    )
    return f"<{tag}{written}>{''.join(content)}</{tag}>"


def of_feed(tag: str, text: str, **attributes: str) -> str:
    """An element around a text of a feed, whose direction reaches no further than itself."""
    return element(tag, said(text), dir="auto", **attributes)
