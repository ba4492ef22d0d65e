"""Lines of views as JSON for the page, with names and links instead of ids."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import datetime
from typing import Any
from unicodedata import category

from airspace_events.dossier.dossier import Dossier
from airspace_events.dossier.histories import time_of
from airspace_events.errors import UnknownNameError
from airspace_events.models.actors import Alliance, Official, Organization, State
from airspace_events.models.records import Record
from airspace_events.models.source import Source
from airspace_events.safe_text import safe
from airspace_events.views.card import Line, PlaceRef, Ref, Said
from airspace_events.views.markings import is_restricted
from airspace_events.views.page.local_times import when_line

_KEPT = frozenset("\n\t\u200c\u200d")
"""The characters to keep: line breaks, tabs, and the joiners of Persian and Indic scripts."""

Pieces = list[Any]
"""The pieces of a line: plain text, ``{"s": text}`` for text from the feed, ``{"u": address, "t":
text}`` for a link, and ``{"i": id, "t": text}`` for a link to an item on the page.
"""


class Names:
    """The names of the actors, the states and the items of a page.

    Args:
        dossier: all records, also those that the page leaves out.
        public: the records that the page shows.
        titles: the titles of the items by id.
        now: the instant at which embargoes are checked; None to show all records.
        language: the language of the titles and notes, if it is known.
    """

    def __init__(
        self,
        dossier: Dossier,
        public: Dossier,
        titles: Mapping[str, str],
        now: datetime | None,
        language: str | None,
    ) -> None:
        self._dossiers = (public, dossier)
        self._titles = titles
        self._now = now
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
            elif isinstance(piece, PlaceRef):
                yield self._said(places[piece]) if piece in places else shown(piece)
            else:
                yield self.of(piece) if isinstance(piece, Ref) else shown(piece)

    def of(self, ref: str) -> str | dict[str, str]:
        """Return a link to an item, the name of another record, or the id if it has no name."""
        if ref not in self._found:
            self._found[ref] = self._name(ref)
        return self._found[ref]

    def id_of(self, ref: str) -> str:
        """Return the id of the record that a reference leads to, even if records were merged."""
        record = self._record(ref)
        return ref if record is None else record.id

    def is_left_out(self, ref: str) -> bool:
        """Return whether a reference leads to a record that the page must not show."""
        record = self._record(ref)
        return record is not None and self._now is not None and is_restricted(record, self._now)

    def _record(self, ref: str) -> Record | None:
        for dossier in self._dossiers:
            with suppress(UnknownNameError):
                return dossier.resolve(ref.partition("#")[0])
        return None

    def _name(self, ref: str) -> str | dict[str, str]:
        if self.is_left_out(ref):
            return "a record that is left out"
        record = self._record(ref)
        if record is not None and record.id in self._titles:
            return {"i": record.id, "t": shown(self._titles[record.id])}
        if isinstance(record, State):
            return shown(record.name)
        if isinstance(record, Alliance | Organization | Official):
            return self._said(record.name)
        return self._said(record.publisher) if isinstance(record, Source) else shown(ref)

    def _said(self, text: str) -> str | dict[str, str]:
        """Return text from a feed, marked if it may not be English."""
        clean = shown(text)
        return clean if self._is_english and clean.isascii() else {"s": clean}

    def publisher(self, ref: str) -> str | None:
        """Return the publisher of a source, or None if the source is not recorded."""
        record = self._record(ref)
        return record.publisher if isinstance(record, Source) else None

    def source(self, ref: str) -> Pieces:
        """Return the publisher, the title and the date of a source, with a link to it."""
        record = self._record(ref)
        if not isinstance(record, Source):
            return [shown(ref)]
        title = shown(record.title or record.publisher)
        link: Any = {"u": record.url, "t": title} if record.url else self._said(title)
        time = time_of(record)
        date = [", ", *self._shown(when_line(time), {})] if time else []
        return _merged(
            [*([self._said(record.publisher), ": "] if record.title else []), link, *date]
        )


def state_names(dossier: Dossier, codes: Iterable[str]) -> dict[str, str]:
    """Return the names of states by code, sorted by code."""
    return {
        code: shown(getattr(dossier.resolve(code), "name", code)) for code in sorted(set(codes))
    }


def _merged(pieces: Iterable[Any]) -> Pieces:
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
    return "".join(
        char if char in _KEPT or category(char) == "Zs" else safe(char) for char in text
    )
