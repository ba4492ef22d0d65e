"""Writes HTML in which text from a feed is always escaped."""

import html
import re
from itertools import pairwise

from airspace_events.safe_text import safe

# Characters that start a formula if a table is copied into a spreadsheet.
_FORMULA = ("=", "+", "-", "@")

# Code in backticks. A value in quotation marks is matched first and stays as it is.
_CODE = re.compile(r'"[^"]*"|`(?P<code>[^`]+)`')

_BREAK = re.compile(r"(?<=[_/])(?=[^_/])")


def said(text: str) -> str:
    """Return a text as ASCII HTML without markup, formulas or commands for a log."""
    line = safe(text)
    return escaped(f"'{line}" if line.startswith(_FORMULA) else line)


def escaped(text: str) -> str:
    """Return a text as HTML in ASCII without markup or log commands; formulas are possible."""
    line = html.escape(safe(text), quote=True).replace("##", "&#35;&#35;")
    return line.encode("ascii", "xmlcharrefreplace").decode("ascii")


def with_code(text: str) -> str:
    """Return a sentence as HTML, in which the words between backticks are code."""
    pieces: list[tuple[str, bool]] = []
    codes = [match for match in _CODE.finditer(text) if match["code"]]
    ends = [0, *(at for match in codes for at in match.span()), len(text)]
    for number, (start, end) in enumerate(pairwise(ends)):
        is_code = number % 2 == 1
        piece = text[start + 1 : end - 1] if is_code else text[start:end]
        if piece:
            pieces.append((piece, is_code))
    written = [(escaped if at else said)(piece) for at, (piece, _) in enumerate(pieces)]
    return "".join(
        element("code", piece) if is_code else piece
        for piece, (_, is_code) in zip(written, pieces, strict=True)
    )


def breakable(name: str) -> str:
    """Return a code or a pointer as HTML that breaks after an underscore or a slash."""
    first, *rest = _BREAK.split(safe(name))
    return "<wbr>".join([said(first), *map(escaped, rest)])


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
