"""The documents, taken apart into the blocks of code that stand in them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"

_FENCE = re.compile(r"(`{3,})(.*)")
_FILE = re.compile(r"<!-- file: (\S+) -->")


@dataclass(frozen=True, slots=True)
class Block:
    """A fenced block of a document.

    Attributes:
        page: the document, as a path within the project.
        line: the line of its fence.
        language: the word behind the fence.
        text: what stands in it.
        file: the file into which a reader is told to put it, if any.
        heading: the heading below which it stands.
    """

    page: str
    line: int
    language: str
    text: str
    file: str | None
    heading: str

    def __str__(self) -> str:
        return f"{self.page}:{self.line}"


@cache
def pages() -> dict[str, str]:
    """Every document with its text, by its path within the project."""
    found = [*ROOT.glob("*.md"), *DOCS.glob("*.md"), *DOCS.glob("decisions/*.md")]
    return {
        path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(found)
    }


@cache
def blocks() -> tuple[Block, ...]:
    """Every fenced block of every document."""
    return tuple(block for page, text in pages().items() for block in blocks_of(page, text))


def blocks_of(page: str, text: str) -> Iterator[Block]:
    """The fenced blocks of a text."""
    lines = text.splitlines()
    heading, file, number = "", None, 0
    while number < len(lines):
        line = lines[number]
        number += 1
        opening = _FENCE.fullmatch(line)
        if opening:
            start = number
            while lines[number] != opening[1]:
                number += 1
            inside = "\n".join(lines[start:number])
            yield Block(page, start, opening[2].strip(), inside, file, heading)
            number += 1
            file = None
        elif line.startswith("#"):
            heading = line.lstrip("#").strip()
        elif comment := _FILE.fullmatch(line):
            file = comment[1]


def prose(text: str) -> str:
    """A document without its fenced blocks."""
    kept: list[str] = []
    fence = ""
    for line in text.splitlines():
        opening = _FENCE.fullmatch(line)
        if fence:
            fence = "" if line == fence else fence
        elif opening:
            fence = opening[1]
        else:
            kept.append(line)
    return "\n".join(kept)


@cache
def anchors(text: str) -> list[str]:
    """The anchors of the headings, as GitHub and MyST make them."""
    headings = re.findall(r"^#{1,6} (.*)$", prose(text), re.MULTILINE)
    return [
        re.sub(r"[^\w\- ]", "", heading.replace("`", "").strip().lower()).replace(" ", "-")
        for heading in headings
    ]


def links(text: str) -> list[str]:
    """Where the links and the pictures of a document lead, outside its fenced blocks."""
    plain = re.sub(r"`[^`\n]*`", lambda code: re.sub(r"[\[\]()]", "_", code[0]), prose(text))
    return re.findall(r"\]\(([^()\s]+)\)", plain)
