"""Views as a notebook and a terminal show them, and what harm a text in them could do."""

import io
import re
from collections.abc import Callable, Mapping
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import strategies as st
from rich.console import Console

from damaged_feeds import steers


def drawn(shown: Any, width: int = 80, **options: Any) -> str:
    """What rich prints, without the spaces that it puts behind the lines."""
    file = io.StringIO()
    Console(file=file, width=width, **options).print(shown)
    return "".join(f"{line.rstrip()}\n" for line in file.getvalue().splitlines())


FORMS: Mapping[str, Callable[[Any], str]] = {
    "html": lambda shown: f"{shown._repr_html_()}\n",
    "txt": drawn,
}


TAGS = {"table", "caption", "strong", "br", "thead", "tbody", "tr", "th", "td", "ul", "li", "bdi"}
_LOOK = re.compile(r"(?:[a-z-]+:[a-z0-9. ]+;?)+")


class Notebook(HTMLParser):
    """Reads a card, and fails on whatever a card has no need of."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.rows: list[str] = []
        self.said: list[str] = []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in TAGS
        for name, value in attrs:
            assert (name, value) in {("scope", "row"), ("scope", "col")} or name == "style"
            assert name == "scope" or _LOOK.fullmatch(value or "")
        if tag in {"caption", "td", "li"}:
            self.rows.append("")
        if tag == "bdi":
            self.said.append("")
        if tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if {"caption", "td"} & set(self.open):
            self.rows[-1] += data
        if "bdi" in self.open:
            self.said[-1] += data

    def handle_decl(self, decl: str) -> None:
        pytest.fail(decl)

    handle_comment = handle_pi = unknown_decl = handle_decl


def assert_is_safe(shown: Any) -> Notebook:
    """Look at both forms of a card.

    Returns:
        the table that the notebook shows.
    """
    text = FORMS["html"](shown)
    page = Notebook(text)
    assert not steers(text.replace("\n", ""))
    assert not any(row.startswith(("=", "+", "-", "@")) for row in page.rows)
    for width in (20, 200):
        printed = drawn(shown, width)
        assert not steers(printed.replace("\n", ""))
        assert "##" not in printed
        assert not any(line.lstrip().startswith("::") for line in printed.splitlines())
    return page


FRAGMENTS = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</td></table>",
    "<!--",
    "<![CDATA[",
    "&lt;",
    "[red]x[/red]",
    "[/]",
    "[link=https://evil.example]x[/link]",
    ":skull:",
    "\\[",
    "\x1b[2J",
    "\x1b]8;;https://evil.example\x1b\\",
    "\x9b31m",
    "\x07",
    "\u202e",
    "\u2066",
    "\u2028",
    "\n::error::x",
    "::error::x",
    "##[error]",
    "#",
    ":",
    "=1",
    "-",
    "\t",
    "é",
    "漢",
    "مسيّرة",
    " ",
)
HOSTILE = st.lists(st.sampled_from(FRAGMENTS), min_size=1, max_size=6).map("".join) | st.text(
    st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20
)
