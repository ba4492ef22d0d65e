"""Cards: short overviews of records and reports for a notebook or a terminal.

A card contains plain text. This module shortens, cleans and escapes the text when it writes a
card, so no other module has to.
"""

import html
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from airspace_events.safe_text import safe

if TYPE_CHECKING:
    from rich.console import RenderableType

_T = TypeVar("_T")

# The number of list items and of characters that a card shows.
_MOST = 5
_LONGEST = 240

# Characters that start a formula if a table is copied into a spreadsheet.
_FORMULA = ("=", "+", "-", "@")

# Notebooks have their own colours and alignment for tables. Cards set no colours, so they are
# readable in dark mode, but each cell sets its own alignment.
_TABLE = "border-collapse:collapse;margin:.5em 0;max-width:60em"
_CAPTION = "caption-side:top;padding:.2em 0;text-align:start"
_LABEL = (
    "font-weight:normal;opacity:.7;padding:.15em 1em .15em 0;text-align:start;"
    "vertical-align:top;white-space:nowrap"
)
_TEXT = "overflow-wrap:anywhere;padding:.15em 0;text-align:start;vertical-align:top"
_LIST = "margin:0;padding-inline-start:1.2em"


class Said(str):
    """Text from a record in any script, such as a name, a title or the words of a report."""

    __slots__ = ()


class Ref(str):
    """The id of a record or the code of a state. A page for readers shows the name instead."""

    __slots__ = ()


class PlaceRef(str):
    """The id of a place within its record. A page for readers shows the name of the place."""

    __slots__ = ()


Line = tuple[str, ...]
"""The parts of a line: plain words, `Said` text from records, and ids as `Ref` or `PlaceRef`."""


class Row(NamedTuple):
    """A row of a card.

    Attributes:
        label: the label of the row.
        lines: the contents of the row.
        more: the number of list items that the row leaves out.
    """

    label: str
    lines: tuple[Line, ...]
    more: int = 0


@dataclass(frozen=True, slots=True)
class Card:
    """A short overview of a record, a report or a dossier.

    Attributes:
        title: the title of the card.
        marks: important facts below the title, such as the id or a retraction.
        rows: the rows of the card.
    """

    title: Line
    marks: tuple[Line, ...]
    rows: tuple[Row, ...]

    def to_html(self) -> str:
        """Return the card as an HTML table without scripts or style sheets, for a notebook."""
        heading = f"<strong>{markup(self.title)}</strong>"
        if self.marks:
            heading += f"<br>{markup(joined(self.marks, by=' · '))}"
        caption = f'<caption style="{_CAPTION}">{heading}</caption>'
        rows = "".join(
            f'<tr><th scope="row" style="{_LABEL}">{markup((row.label,))}</th>'
            f'<td style="{_TEXT}">{_cell(row)}</td></tr>\n'
            for row in self.rows
        )
        return f'<table style="{_TABLE}">{caption}\n<tbody>\n{rows}</tbody></table>'

    def to_text(self) -> str:
        """Return the card as plain text, in which line breaks from records are escaped."""
        width = max((len(plain((row.label,))) for row in self.rows), default=0)
        heading = [plain(line) for line in (self.title, joined(self.marks, by=" · ")) if line]
        return "\n".join(
            heading
            + [
                f"{'' if number else plain((row.label,)):{width}}  {plain(line)}"
                for row in self.rows
                for number, line in enumerate(_lines(row))
            ]
        )

    def to_rich(self) -> "RenderableType":
        """Return the card as a rich renderable, for a terminal."""
        from rich.console import Group  # noqa: PLC0415 (only rich itself asks for it)
        from rich.table import Table  # noqa: PLC0415
        from rich.text import Text  # noqa: PLC0415

        # Strings are wrapped, because rich would interpret markup in plain strings.
        heading = [Text(plain(self.title), style="bold", overflow="fold")]
        if self.marks:
            heading.append(Text(plain(joined(self.marks, by=" · ")), overflow="fold"))
        grid = Table.grid(padding=(0, 1, 0, 0))
        for style in ("dim", "dim", ""):
            grid.add_column(style=style, overflow="fold")
        for row in self.rows:
            lines = list(_lines(row))
            for number, line in enumerate(lines):
                label = "" if number else f"{plain((row.label,))} "
                bullet = "•" if len(lines) > 1 else ""
                grid.add_row(Text(label), Text(bullet), Text(plain(line)))
        return Group(*heading, grid)


def row_of(
    label: str,
    items: Sequence[_T],
    line: Callable[[_T], Line],
    *,
    empty: str = "not recorded",
    most: int = _MOST,
) -> Row:
    """Return a row with a line for each of the first items in a list.

    Args:
        label: the label of the row.
        items: the list.
        line: a function that returns the line for an item.
        empty: the text for an empty list.
        most: the maximum number of lines in the row.
    """
    lines = tuple(line(item) for item in items[:most])
    return Row(label, lines or ((empty,),), _left_out(items, most))


def listed(
    items: Sequence[_T], line: Callable[[_T], Line], *, by: str = ", ", most: int = _MOST
) -> Line:
    """Return a line with the first items of a list, and the number of items left out."""
    left_out = _left_out(items, most)
    return (
        *joined((line(item) for item in items[:most]), by=by),
        *((f" and {left_out:,} more",) if left_out else ()),
    )


def joined(lines: Iterable[Line], *, by: str = "; ") -> Line:
    """Join the lines that are not empty into one line."""
    separated = chain.from_iterable(((by,), line) for line in lines if line)
    return tuple(chain.from_iterable(separated))[1:]


def quoted(text: str) -> Line:
    """Return the words of a report in quotation marks."""
    return '"', Said(text), '"'


def _left_out(items: Sequence[object], most: int) -> int:
    return max(0, len(items) - most)


def _lines(row: Row) -> Iterator[Line]:
    yield from row.lines
    if row.more:
        yield (f"and {row.more:,} more",)


def _cell(row: Row) -> str:
    lines = [markup(line) for line in _lines(row)]
    if len(lines) == 1:
        return lines[0]
    return f'<ul style="{_LIST}">{"".join(f"<li>{line}</li>" for line in lines)}</ul>'


def markup(line: Line) -> str:
    """Return a line as HTML that isolates the text direction of each `Said` part."""
    texts = [html.escape(_shown(piece)) for piece in line]
    pieces = (
        f"<bdi>{text}</bdi>" if isinstance(piece, Said) else text
        for piece, text in zip(line, texts, strict=True)
    )
    return ("'" if "".join(texts).startswith(_FORMULA) else "") + "".join(pieces)


def plain(line: Line) -> str:
    """Return a line as text that a terminal or build log does not interpret as a command."""
    text = "".join(_shown(piece) for piece in line)
    return text.replace("##", "#\\u0023").replace("::", ":\\u003a")


def _shown(text: str) -> str:
    return safe(text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…")
