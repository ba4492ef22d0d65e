"""Cards: what a person sees of something at one glance, in a notebook or on a terminal.

A card holds plain texts. They are cut, made safe and escaped here, where a card is written, so
that whoever fills one cannot forget it.
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

# How many of a list a card shows, and how many characters of a text.
_MOST = 5
_LONGEST = 240

# What a spreadsheet takes for the start of a formula, where a table is copied into one.
_FORMULA = ("=", "+", "-", "@")

# Notebooks colour and align tables by rules of their own. Colours are left to them, so that a
# card can be read in the dark; a cell must say for itself that it starts where text starts.
_TABLE = "border-collapse:collapse;margin:.5em 0;max-width:60em"
_CAPTION = "caption-side:top;padding:.2em 0;text-align:start"
_LABEL = (
    "font-weight:normal;opacity:.7;padding:.15em 1em .15em 0;text-align:start;"
    "vertical-align:top;white-space:nowrap"
)
_TEXT = "overflow-wrap:anywhere;padding:.15em 0;text-align:start;vertical-align:top"
_LIST = "margin:0;padding-inline-start:1.2em"


class Said(str):
    """A text that somebody wrote, in whatever script: a name, a title, the words of a report."""

    __slots__ = ()


Line = tuple[str, ...]
"""A line of a card, in pieces: this library's own words, and what was `Said`."""


class Row(NamedTuple):
    """A row of a card.

    Attributes:
        label: what it tells of.
        lines: what it tells.
        more: how many lines of a list are left out.
    """

    label: str
    lines: tuple[Line, ...]
    more: int = 0


@dataclass(frozen=True, slots=True)
class Card:
    """Something at one glance.

    Attributes:
        title: what it is.
        marks: what one must know before reading on: its id, that it was taken back.
        rows: what is to be seen of it.
    """

    title: Line
    marks: tuple[Line, ...]
    rows: tuple[Row, ...]

    def to_html(self) -> str:
        """The card as a table without scripts and style sheets, for a notebook."""
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
        """The card as plain text, whose lines have no ends of their own."""
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
        """The card as rich draws it on a terminal."""
        from rich.console import Group  # noqa: PLC0415 (only rich itself asks for it)
        from rich.table import Table  # noqa: PLC0415
        from rich.text import Text  # noqa: PLC0415

        # Nothing here is a string to rich, which would look for its markup in it.
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
    """A row with a line for each of the first few of a list.

    Args:
        label: what the row tells of.
        items: the list.
        line: what makes a line of one of them.
        empty: what is told where there are none.
        most: how many lines the row has at most.
    """
    lines = tuple(line(item) for item in items[:most])
    return Row(label, lines or ((empty,),), _left_out(items, most))


def listed(
    items: Sequence[_T], line: Callable[[_T], Line], *, by: str = ", ", most: int = _MOST
) -> Line:
    """The first few of a list within a line, and how many more there are."""
    left_out = _left_out(items, most)
    return (
        *joined((line(item) for item in items[:most]), by=by),
        *((f" and {left_out:,} more",) if left_out else ()),
    )


def joined(lines: Iterable[Line], *, by: str = "; ") -> Line:
    """Several lines in one. Empty ones are passed over."""
    separated = chain.from_iterable(((by,), line) for line in lines if line)
    return tuple(chain.from_iterable(separated))[1:]


def quoted(text: str) -> Line:
    """The words of a report, in quotation marks."""
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
    """A line as HTML, in which the direction of what was said reaches no further than itself."""
    texts = [html.escape(_shown(piece)) for piece in line]
    pieces = (
        f"<bdi>{text}</bdi>" if isinstance(piece, Said) else text
        for piece, text in zip(line, texts, strict=True)
    )
    return ("'" if "".join(texts).startswith(_FORMULA) else "") + "".join(pieces)


def plain(line: Line) -> str:
    """A line for a terminal, and for the log of a build server, in which it is no command."""
    text = "".join(_shown(piece) for piece in line)
    return text.replace("##", "#\\u0023").replace("::", ":\\u003a")


def _shown(text: str) -> str:
    """A text, cut short and safe to print."""
    return safe(text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…")
