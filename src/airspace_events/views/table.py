"""Tables with one row for each item, for notebooks, terminals and plain text."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from airspace_events.validation.rendering.excerpt import char_width
from airspace_events.views.card import Line, joined, markup, plain

if TYPE_CHECKING:
    from rich.console import RenderableType

_T = TypeVar("_T")

MOST_ROWS = 40
# The width of a column of plain text, in terminal cells.
_WIDEST = 52
_GAP = "  "

_TABLE = "border-collapse:collapse;margin:.5em 0"
_CAPTION = "caption-side:top;padding:.2em 0;text-align:start"
_HEAD = "opacity:.7;padding:.15em 1em .15em 0;text-align:start;vertical-align:top"
_CELL = "overflow-wrap:anywhere;padding:.15em 1em .15em 0;text-align:start;vertical-align:top"


@dataclass(frozen=True, slots=True)
class Table:
    """A table of items of one kind. Its methods make the text safe for output.

    Attributes:
        title: the name and the number of items.
        columns: the column headings.
        rows: the rows, with a line for each cell.
        more: the number of rows that are left out.
    """

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Line, ...], ...]
    more: int = 0

    def to_text(self) -> str:
        """Return the table as plain text in aligned columns, with long cells cut off."""
        if not self.rows:
            return self.title
        cells = [self.columns, *([_cut(plain(cell)) for cell in row] for row in self.rows)]
        widths = [max(map(_width, column)) for column in zip(*cells, strict=True)]
        lines = (
            _GAP.join(
                cell + " " * (width - _width(cell))
                for cell, width in zip(row, widths, strict=True)
            ).rstrip()
            for row in cells
        )
        return "\n".join((self.title, *lines, *self._left_out))

    def to_html(self) -> str:
        """Return the table as HTML without scripts or style sheets."""
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
        """Return the table as a rich renderable, for a terminal."""
        from rich.console import Group  # noqa: PLC0415 (only rich itself asks for it)
        from rich.table import Table as Grid  # noqa: PLC0415
        from rich.text import Text  # noqa: PLC0415

        # Strings are wrapped, because rich would interpret markup in plain strings.
        grid = Grid(box=None, padding=(0, 2, 0, 0))
        for name in self.columns:
            grid.add_column(Text(name, style="dim"), overflow="fold")
        for row in self.rows:
            grid.add_row(*(Text(plain(cell)) for cell in row))
        parts = [Text(self.title, style="bold"), *([grid] if self.rows else ())]
        return Group(*parts, *map(Text, self._left_out))

    @property
    def _left_out(self) -> tuple[str, ...]:
        return (f"and {self.more:,} more",) if self.more else ()


@dataclass(frozen=True, slots=True)
class Entry(Table):
    """A table with a single item. In plain text, the item is one line."""

    def to_text(self) -> str:
        """Return one line with the cells that are not empty."""
        (row,) = self.rows
        return f"<{self.title}: {plain(joined(row))}>"


def table_of(
    name: str, columns: tuple[str, ...], items: Sequence[_T], row: Callable[[_T], tuple[Line, ...]]
) -> Table:
    """Return a table of the first items of a sequence.

    Args:
        name: the name of the items; the title also contains their number.
        columns: the column headings.
        items: the items.
        row: a function that returns the cells of one item.
    """
    rows = tuple(row(item) for item in items[:MOST_ROWS])
    return Table(f"{name}: {len(items):,}", columns, rows, max(0, len(items) - MOST_ROWS))


def _width(text: str) -> int:
    """Return the width of text in terminal cells."""
    return len(text) if text.isascii() else sum(map(char_width, text))


def _cut(text: str) -> str:
    if _width(text) <= _WIDEST:
        return text
    room, kept = _WIDEST - 1, 0
    for char in text:
        room -= char_width(char)
        if room < 0:
            break
        kept += 1
    return text[:kept] + "…"
