"""The rows of the table in a page. A browser also shows them without JavaScript."""

from __future__ import annotations

import html
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from airspace_events.safe_text import counted
from airspace_events.views.page.names import Pieces

COLUMNS = ("When", "Incident", "Where", "Kind", "Status", "Objects", "Sources")
COLUMNS_OF_TOTALS = ("Month", "State and kind", "Incidents")


def table_row(
    item: Mapping[str, Any], words: Mapping[str, str], states: Mapping[str, str], *, is_total: bool
) -> str:
    """Return the row of an item as HTML.

    Args:
        item: the item.
        words: the labels of the terms.
        states: the names of the states by code.
        is_total: whether the item is a total by state, month and kind.
    """
    kinds = ", ".join(words.get(kind, "kind not recorded") for kind in item["kinds"])
    name = [{"i": item["id"], "t": _plain(item["title"])}]
    cells: list[str]
    if is_total:
        cells = [_html(item["when"]), _html(item["title"]), _number_text(item["n"])]
    else:
        headline = dict(item.get("headline", ()))
        cells = [
            _html(item["when"]),
            _html(name),
            _where(item, headline.get("Places", ()), states),
            html.escape(kinds),
            html.escape(_status(item, words)),
            _list(map(_html, [*headline.get("Objects", ()), *headline.get("Totals", ())])),
            counted(len(item.get("sources", ())), "source"),
        ]
    return f"<tr>{''.join(map(_cell, cells))}</tr>"


def _where(item: Mapping[str, Any], places: Sequence[Pieces], states: Mapping[str, str]) -> str:
    if not places:
        return _html(item["where"])
    return html.escape(", ".join(states[code] for code in item.get("states", ()))) + _list(
        map(_html, places)
    )


def _status(item: Mapping[str, Any], words: Mapping[str, str]) -> str:
    if item["type"] != "incursion":
        return ""
    return words.get(item.get("status", ""), "no status given")


def _cell(content: str) -> str:
    return f"<td>{content}</td>"


def _list(entries: Iterable[str]) -> str:
    texts = [entry for entry in entries if entry]
    return f"<ul>{''.join(f'<li>{one}</li>' for one in texts)}</ul>" if texts else ""


def _number_text(number: Sequence[int | None]) -> str:
    least, most = number
    if most is None:
        return f"at least {least:,}"
    return f"{least:,}" if least == most else f"{least:,} to {most:,}"


def _html(pieces: Pieces) -> str:
    return "".join(map(_piece, pieces))


def _piece(piece: Any) -> str:
    """Return a text or a link to an item as HTML. Links to sources never occur in the table."""
    if isinstance(piece, str):
        return html.escape(piece)
    if "s" in piece:
        return _isolated(piece["s"])
    return f'<a href="#incident={html.escape(piece["i"])}">{_isolated(piece["t"])}</a>'


def _isolated(text: str) -> str:
    """Return text from a feed as HTML, isolated if it may run from right to left."""
    written = html.escape(text)
    return written if text.isascii() else f"<bdi>{written}</bdi>"


def _plain(pieces: Pieces) -> str:
    return "".join(
        piece if isinstance(piece, str) else piece.get("s") or piece["t"] for piece in pieces
    )
