"""Functions that write HTML in which text from a feed is always escaped."""

import html
from collections.abc import Iterator
from itertools import pairwise

from airspace_events.safe_text import safe

# Characters that start a formula if a table is copied into a spreadsheet.
_FORMULA = ("=", "+", "-", "@")

_BREAKS_AFTER = "_/"


def said(text: str) -> str:
    """Return text as ASCII HTML in which nothing acts as markup, a formula or a log command."""
    line = safe(text)
    return escaped(f"'{line}" if line.startswith(_FORMULA) else line)


def escaped(text: str) -> str:
    """Return text as ASCII HTML without active markup or log commands; a formula may remain."""
    line = html.escape(safe(text), quote=True).replace("##", "&#35;&#35;")
    return line.encode("ascii", "xmlcharrefreplace").decode("ascii")


def with_code(text: str) -> str:
    """Return a sentence as HTML, with words between backticks as code."""
    pieces = [(piece, is_code) for piece, is_code in _pieces(text) if piece]
    written = [(escaped if at else said)(piece) for at, (piece, _) in enumerate(pieces)]
    return "".join(
        element("code", piece) if is_code else piece
        for piece, (_, is_code) in zip(written, pieces, strict=True)
    )


def _pieces(text: str) -> Iterator[tuple[str, bool]]:
    """Yield the pieces of a sentence in order, each with a flag for code between backticks.

    A backtick within a value in quotation marks does not start code.
    """
    start = at = 0
    while at < len(text):
        end = text.find(text[at], at + 1) if text[at] in '"`' else -1
        if end < 0 or text[at:end] == "`":
            at += 1
            continue
        if text[at] == "`":
            yield text[start:at], False
            yield text[at + 1 : end], True
            start = end + 1
        at = end + 1
    yield text[start:], False


def breakable(name: str) -> str:
    """Return a code or a pointer as HTML that can break after an underscore or a slash."""
    shown = safe(name)
    breaks = [
        at
        for at in range(1, len(shown))
        if shown[at - 1] in _BREAKS_AFTER and shown[at] not in _BREAKS_AFTER
    ]
    first, *rest = [shown[start:end] for start, end in pairwise([0, *breaks, len(shown)])]
    return "<wbr>".join([said(first), *map(escaped, rest)])


def element(tag: str, *content: str, **attributes: str) -> str:
    """Return an element around content that is already HTML; pass ``class`` as ``class_``."""
    written = "".join(
        f' {name.rstrip("_")}="{html.escape(value, quote=True)}"'
        for name, value in attributes.items()
    )
    return f"<{tag}{written}>{''.join(content)}</{tag}>"


def of_feed(tag: str, text: str, **attributes: str) -> str:
    """Return an element around text from a feed, with an isolated text direction."""
    return element(tag, said(text), dir="auto", **attributes)
