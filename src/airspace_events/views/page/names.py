"""Lines of views as JSON for the page, with names for ids and links to incidents and sources."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from airspace_events.dossier.dossier import Dossier
from airspace_events.errors import UnknownNameError
from airspace_events.models.actors import Alliance, Official, Organization, State
from airspace_events.models.source import Source
from airspace_events.safe_text import safe
from airspace_events.views.card import Line, Ref, Said

_KEPT = frozenset("\n\u200c\u200d")
"""Line breaks, and the joiners that Persian and Indic scripts need."""

Pieces = list[Any]
"""The pieces of a line: plain text, ``{"s": text of the feed}``, ``{"u": address, "t": text}``
for a link, and ``{"i": id, "t": text}`` for a link to an item of the page.
"""


class Names:
    """The names of the actors, the states and the items of a page.

    Args:
        dossier: the records that the page shows.
        titles: the titles of the items by id.
        hidden: the ids of the records that are left out; the page does not show them.
        language: the language of the titles and notes, if it is known.
    """

    def __init__(
        self,
        dossier: Dossier,
        titles: Mapping[str, str],
        hidden: Collection[str],
        language: str | None,
    ) -> None:
        self._dossier = dossier
        self._titles = titles
        self._hidden = hidden
        self._is_english = (language or "en").partition("-")[0] == "en"
        self._found: dict[str, str | dict[str, str]] = {}

    def pieces(self, line: Line, places: Mapping[str, str] | None = None) -> Pieces:
        """Return the pieces of a line.

        Args:
            line: the line.
            places: the names of the places of the record by id.
        """
        return _merged(self._shown(line, places or {}))

    def _shown(self, line: Line, places: Mapping[str, str]) -> Iterator[Any]:
        for piece in line:
            if isinstance(piece, Said):
                yield self._said(piece)
            elif not isinstance(piece, Ref):
                yield shown(piece)
            elif piece in places:
                yield self._said(places[piece])
            elif piece in self._titles:
                yield {"i": piece, "t": shown(self._titles[piece])}
            else:
                yield self.of(piece)

    def of(self, ref: str) -> str | dict[str, str]:
        """Return the name of an actor, a state or a source, or the id without a name."""
        if ref not in self._found:
            self._found[ref] = self._name(ref)
        return self._found[ref]

    def _name(self, ref: str) -> str | dict[str, str]:
        try:
            record = self._dossier.resolve(ref)
        except UnknownNameError:
            return self._id(ref)
        if isinstance(record, State):
            return shown(record.name)
        if isinstance(record, Alliance | Organization | Official):
            return self._said(record.name)
        return self._said(record.publisher) if isinstance(record, Source) else shown(ref)

    def _said(self, text: str) -> str | dict[str, str]:
        """Return a text of the feed, marked unless it can be neither foreign nor right to left."""
        clean = shown(text)
        return clean if self._is_english and clean.isascii() else {"s": clean}

    def _id(self, ref: str) -> str:
        return "a record that is left out" if ref in self._hidden else shown(ref)

    def source(self, ref: str) -> Pieces:
        """Return the publisher, the title and the date of a source, with a link to it."""
        try:
            record = self._dossier.resolve(ref)
        except UnknownNameError:
            return [self._id(ref)]
        if not isinstance(record, Source):
            return [shown(ref)]
        title = shown(record.title or record.publisher)
        link: Any = {"u": record.url, "t": title} if record.url else self._said(title)
        date = f", {record.published}" if record.published else ""
        return _merged(
            [*([self._said(record.publisher), ": "] if record.title else []), link, date]
        )


def _merged(pieces: Iterable[Any]) -> Pieces:
    """Return pieces in which no text follows another text, and none is empty."""
    found: Pieces = []
    for piece in pieces:
        if isinstance(piece, str) and found and isinstance(found[-1], str):
            found[-1] += piece
        elif piece:
            found.append(piece)
    return found


def shown(text: str) -> str:
    """Return text without characters that could hide or reorder other text."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(char if char in _KEPT else safe(char) for char in text)
