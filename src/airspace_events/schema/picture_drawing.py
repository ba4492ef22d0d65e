"""Draws a record and its parts as boxes, in SVG that any browser shows and nothing loads.

Sizes are counted in characters of a fixed-width font, so that no font must be measured.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple
from xml.sax.saxutils import escape, quoteattr


@dataclass(frozen=True, slots=True)
class Row:
    """One field in a picture.

    Attributes:
        name: the field's name.
        holds: what it holds, in a few words.
        required: whether it must be given.
        part: the title of the part that shows what it holds, if there is one.
    """

    name: str
    holds: str
    required: bool = False
    part: str | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """A value that a field of the picture holds.

    Attributes:
        title: its name.
        fields: its fields, each with whether it must be given.
    """

    title: str
    fields: tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """A record or value with its parts.

    Attributes:
        title: its name.
        about: what it shows, for those who do not see it.
        rows: its fields.
        parts: what they hold.
    """

    title: str
    about: str
    rows: tuple[Row, ...]
    parts: tuple[Part, ...]


_CHARACTER = 7.3
_LINE = 17
_ROW = 21
_HEAD = 28
_GAP = 10
_MARGIN = 8
_LEFT = 350
_BETWEEN = 50
_RIGHT = 350
_IN_A_LINE = int((_RIGHT - 24) / _CHARACTER)

# The pictures bring their own paper, since they are shown on light pages and on dark ones.
_STYLE = (
    "text{font:12px ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;fill:#1f2933}"
    ".b{font-weight:700}.h{fill:#fff;font-weight:700;font-size:13px}.t{fill:#52606d}"
    ".v{fill:#0b5cad}.r{fill:#8a5a00}"
    ".paper{fill:#fff}.box{fill:#f8fafc;stroke:#7b8794}.head{fill:#243b53}.part{fill:#0b5cad}"
    ".wire{fill:none;stroke:#9fb3c8;stroke-width:1.5}.dot{fill:#ba2525}"
)


def svg(picture: Picture) -> str:
    """The picture as a whole SVG document."""
    lines = {part.title: _wrapped(part.fields) for part in picture.parts}
    tops, below = _tops(picture.parts, lines)
    own_height = _HEAD + _ROW * len(picture.rows) + 8
    width = _LEFT + 2 * _MARGIN + ((_BETWEEN + _RIGHT) if picture.parts else 0)
    height = max(own_height + _MARGIN, below) + _MARGIN
    size = f'viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
    told = quoteattr(picture.about)
    own = _Frame(_MARGIN, _MARGIN, _LEFT, own_height)
    drawn = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" aria-label={told}>',
        f"<title>{escape(picture.title)}</title>",
        f"<style>{_STYLE}</style>",
        f'<rect class="paper" width="{width}" height="{height}" rx="6"/>',
        *_wires(picture, tops),
        *_box(own, picture.title, "head"),
        *(line for number, row in enumerate(picture.rows) for line in _row(number, row)),
    ]
    for part in picture.parts:
        drawn += _part(part, tops[part.title], lines[part.title])
    return "\n".join([*drawn, "</svg>"]) + "\n"


def _wrapped(fields: tuple[tuple[str, bool], ...]) -> list[list[tuple[str, bool]]]:
    """The fields of a part, a few in each line."""
    lines: list[list[tuple[str, bool]]] = [[]]
    used = 0
    for name, required in fields:
        needed = len(name) + 2
        if used + needed > _IN_A_LINE and lines[-1]:
            lines.append([])
            used = 0
        lines[-1].append((name, required))
        used += needed
    return lines


def _tops(
    parts: tuple[Part, ...], lines: dict[str, list[list[tuple[str, bool]]]]
) -> tuple[dict[str, int], int]:
    """Where each part begins, and where the last one ends."""
    tops: dict[str, int] = {}
    at = _MARGIN
    for part in parts:
        tops[part.title] = at
        at += _part_height(len(lines[part.title])) + _GAP
    return tops, at


def _part_height(lines: int) -> int:
    return _HEAD + _LINE * lines + 8


class _Frame(NamedTuple):
    """Where a box is, and how large."""

    x: int
    y: int
    width: int
    height: int


def _box(frame: _Frame, title: str, head: str) -> Iterator[str]:
    x, y, width, height = frame
    at = f'x="{x}" y="{y}" width="{width}"'
    yield f'<rect class="box" {at} height="{height}" rx="5"/>'
    yield f'<rect class="{head}" {at} height="{_HEAD - 6}" rx="5"/>'
    yield f'<text class="h" x="{x + 12}" y="{y + 16}">{escape(title)}</text>'


def _row(number: int, row: Row) -> Iterator[str]:
    y = _MARGIN + _HEAD + _ROW * number + 13
    if row.required:
        yield f'<circle class="dot" cx="{_MARGIN + 11}" cy="{y - 4}" r="3"/>'
    weight = ' class="b"' if row.required else ""
    yield f'<text{weight} x="{_MARGIN + 20}" y="{y}">{escape(row.name)}</text>'
    kind = "v" if row.part else "r" if row.holds.startswith("→") else "t"
    end = _MARGIN + _LEFT - 10
    yield f'<text class="{kind}" x="{end}" y="{y}" text-anchor="end">{escape(row.holds)}</text>'


def _part(part: Part, top: int, lines: list[list[tuple[str, bool]]]) -> Iterator[str]:
    x = _MARGIN + _LEFT + _BETWEEN
    yield from _box(_Frame(x, top, _RIGHT, _part_height(len(lines))), part.title, "part")
    for number, fields in enumerate(lines):
        words = "  ".join(_field(name, required=required) for name, required in fields)
        y = top + _HEAD + _LINE * number + 11
        yield f'<text x="{x + 12}" y="{y}" xml:space="preserve">{words}</text>'


def _field(name: str, *, required: bool) -> str:
    return f'<tspan class="b">{escape(name)}</tspan>' if required else escape(name)


def _wires(picture: Picture, tops: dict[str, int]) -> Iterator[str]:
    """A line from each field to the part that shows what it holds."""
    start, end = _MARGIN + _LEFT, _MARGIN + _LEFT + _BETWEEN
    middle = (start + end) // 2
    for number, row in enumerate(picture.rows):
        if row.part:
            here = _MARGIN + _HEAD + _ROW * number + 9
            there = tops[row.part] + 11
            yield (
                f'<path class="wire" d="M{start} {here}C{middle} {here} '
                f'{middle} {there} {end} {there}"/>'
            )
