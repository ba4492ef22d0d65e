"""Tables: several things of one kind, a line each, in a notebook, on a terminal and as text."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from airspace_events.validation.rendering.excerpt import char_width
from airspace_events.views.card import Line, joined, markup, plain

if TYPE_CHECKING:
    from rich.console import RenderableType

_T = TypeVar("_T")

MOST_ROWS = 40
# How many cells of a terminal a column of plain text takes.
_WIDEST = 52
_GAP = "  "

_TABLE = "border-collapse:collapse;margin:.5em 0"
_CAPTION = "caption-side:top;padding:.2em 0;text-align:start"
_HEAD = "opacity:.7;padding:.15em 1em .15em 0;text-align:start;vertical-align:top"
_CELL = "overflow-wrap:anywhere;padding:.15em 1em .15em 0;text-align:start;vertical-align:top"


@dataclass(frozen=True, slots=True)
class Table:
    """Several things of one kind. Its texts are made safe where it is written.

    Attributes:
        title: what they are, and how many.
        columns: the headings.
        rows: a line for each cell.
        more: how many rows are left out.
    """

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Line, ...], ...]
    more: int = 0

    def to_text(self) -> str:
        """Return the table as plain text in aligned columns; long cells are cut."""
        cells = [[_cut(plain(cell)) for cell in row] for row in (self._heads, *self.rows)]
        if not self.rows:
            return self.title
        widths = [max(map(_width, column)) for column in zip(*cells, strict=True)]
        lines = (_GAP.join(map(_padded, row, widths)).rstrip() for row in cells)
        return "\n".join((self.title, *lines, *self._left_out))

    def to_html(self) -> str:
        """Return the table as HTML without scripts and style sheets."""
        head = "".join(f'<th scope="col" style="{_HEAD}">{name}</th>' for name in self.columns)
        opened = f'<td style="{_CELL}">'
        rows = "".join(
            f"<tr>{''.join(f'{opened}{markup(cell)}</td>' for cell in row)}</tr>\n"
            for row in self.rows
        )
        caption = "<br>".join((f"<strong>{self.title}</strong>", *self._left_out))
        return (
            f'<table style="{_TABLE}"><caption style="{_CAPTION}">{caption}</caption>\n'
            f"<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}</tbody></table>"
        )

    def to_rich(self) -> "RenderableType":
        """Return the table as rich draws it on a terminal."""
        from rich.console import Group  # noqa: PLC0415 (only rich itself asks for it)
        from rich.table import Table as Grid  # noqa: PLC0415
        from rich.text import Text  # noqa: PLC0415

        # Nothing here is a string to rich, which would look for its markup in it.
        grid = Grid(box=None, padding=(0, 2, 0, 0))
        for name in self.columns:
            grid.add_column(Text(name, style="dim"), overflow="fold")
        for row in self.rows:
            grid.add_row(*(Text(plain(cell)) for cell in row))
        parts = [Text(self.title, style="bold"), *([grid] if self.rows else ())]
        return Group(*parts, *map(Text, self._left_out))

    @property
    def _heads(self) -> tuple[Line, ...]:
        return tuple((name,) for name in self.columns)

    @property
    def _left_out(self) -> tuple[str, ...]:
        return (f"and {self.more:,} more",) if self.more else ()


@dataclass(frozen=True, slots=True)
class Entry(Table):
    """One thing, which plain text shows as a line."""

    def to_text(self) -> str:
        """Return the cells that are not empty, on one line."""
        (row,) = self.rows
        return f"<{self.title}: {plain(joined(row))}>"


def table_of(
    name: str, columns: tuple[str, ...], items: Sequence[_T], row: Callable[[_T], tuple[Line, ...]]
) -> Table:
    """Return a table of the first few of some things.

    Args:
        name: what they are; the title has their number as well.
        columns: the headings.
        items: the things.
        row: returns the cells of one of them.
    """
    rows = tuple(row(item) for item in items[:MOST_ROWS])
    return Table(f"{name}: {len(items):,}", columns, rows, max(0, len(items) - MOST_ROWS))


def _padded(text: str, width: int) -> str:
    return text + " " * (width - _width(text))


def _width(text: str) -> int:
    """Return how many cells of a terminal a text takes."""
    return len(text) if text.isascii() else sum(map(char_width, text))


def _cut(text: str) -> str:
    """Return a text that is no wider than a column."""
    if _width(text) <= _WIDEST:
        return text
    room, kept = _WIDEST - 1, 0
    for char in text:
        room -= char_width(char)
        if room < 0:
            break
        kept += 1
    return text[:kept] + "…"
