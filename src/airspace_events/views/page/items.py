"""The items of a page: incursions, series and findings, with all their details."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, TypeVar

from airspace_events.dossier.dossier import Dossier, Event
from airspace_events.dossier.events import status_of
from airspace_events.dossier.histories import time_of
from airspace_events.dossier.positions import AttributedClaim, Position
from airspace_events.models.events import Finding, Incursion, PossibleIncursion, Series
from airspace_events.models.statement import Statement
from airspace_events.safe_text import counted
from airspace_events.values.acts import SpeechAct
from airspace_events.values.claims import Claim
from airspace_events.values.responses import Response
from airspace_events.views.card import Line, Ref, Said, joined, listed
from airspace_events.views.markings import is_restricted
from airspace_events.views.page.claim_lines import (
    assessed_line,
    claimed_line,
    claimed_value_line,
    details_of,
    held_line,
    note_line,
    topic_text,
)
from airspace_events.views.page.event_values import (
    categories_of,
    headline_of,
    kinds_of,
    number_of,
    reported_places,
    states_of,
    title_of,
    where_line,
)
from airspace_events.views.page.local_times import (
    NO_SPAN,
    Span,
    instant_span,
    span_of,
    utc_text,
    when_line,
)
from airspace_events.views.page.map_shapes import Mark, marks_of
from airspace_events.views.page.names import Names, Pieces, shown, state_names
from airspace_events.views.value_lines import (
    act_line,
    effect_line,
    refs_line,
    response_line,
    said,
    spoken,
)

_HERE = ("here", True)
_MOST_SAID = 2
_LONGEST = 160


class Items:
    """The items of a page as JSON.

    Args:
        dossier: all records, also those that the page leaves out.
        public: the records that the page shows.
        events: the events that the page shows, in chronological order.
        now: the instant at which embargoes are checked; None to show all records.
        language: the language of the titles and notes, if it is known.
    """

    def __init__(
        self,
        dossier: Dossier,
        public: Dossier,
        events: Sequence[Event],
        now: datetime | None,
        language: str | None,
    ) -> None:
        self._dossier = dossier
        self._public = public
        self._events = events
        self._now = now
        self.states = state_names(public, (code for one in events for code in states_of(one)))
        titles = {one.id: title_of(one, self.states) for one in events}
        self._titles = titles
        self._names = Names(dossier, public, titles, now, language)
        self._publishers: dict[str, int] = {}
        self._source_numbers: dict[str, int] = {}
        self._findings: dict[str, list[Finding]] = {}
        self._same: dict[str, list[PossibleIncursion]] = {one.id: [] for one in events}
        for one in events:
            if isinstance(one, Finding):
                for link in one.links:
                    self._findings.setdefault(self._names.id_of(link.incursion), []).append(one)
            elif isinstance(one, Incursion):
                for link in one.possibly_same_as:
                    self._link(one.id, self._names.id_of(link.incursion), link)

    def _link(self, one: str, other: str, link: PossibleIncursion) -> None:
        """Store a link in each direction between two incursions that may be the same."""
        for name, target in ((one, other), (other, one)) if one != other else ():
            found = link.replace(incursion=target)
            if found not in self._same.setdefault(name, []):
                self._same[name].append(found)

    @property
    def publishers(self) -> list[str]:
        """The publishers of the sources on the page, in the order of their numbers."""
        return [shown(one) for one in self._publishers]

    @property
    def sources(self) -> list[Pieces]:
        """The lines for the sources on the page, in the order of their numbers."""
        return list(map(self._names.source, self._source_numbers))

    def __iter__(self) -> Iterator[dict[str, Any]]:
        """Yield the items, each as a JSON object without empty lists and texts."""
        for event in self._events:
            yield _without_empty(self._item(event))

    def _item(self, event: Event) -> dict[str, Any]:
        pieces = self._pieces_for(event)
        time = time_of(event)
        status = (status_of(event) or "") if isinstance(event, Incursion) else ""
        sources, left_out = self._sources(event)
        drawn = marks_of(event)
        return {
            "id": event.id,
            "type": event.type,
            "title": pieces((Said(self._titles[event.id]),)),
            "kinds": kinds_of(event),
            "status": status,
            "states": states_of(event),
            "objects": categories_of(event),
            "publishers": self._publishers_of(sources),
            "n": number_of(event),
            "sameAs": [
                name
                for name in dict.fromkeys(link.incursion for link in self._same[event.id])
                if name in self._titles
            ],
            "when": pieces(when_line(time)) if time else ["time not recorded"],
            "span": span_of(time) if time else NO_SPAN,
            "where": pieces(where_line(event)),
            "marks": [self._mark(mark, pieces) for mark in drawn.marks],
            "undrawn": list(dict.fromkeys(drawn.reasons)),
            "headline": [[label, list(map(pieces, lines))] for label, lines in headline_of(event)],
            "claims": self._claims(event),
            "assessed": [pieces(assessed_line(one)) for one in getattr(event, "assessments", ())],
            "effects": [
                pieces(joined((effect_line(one), note_line(one.note))))
                for one in getattr(event, "effects", ())
            ],
            "responses": [
                pieces(joined((response_line(one), note_line(one.reason), note_line(one.note))))
                for one in getattr(event, "responses", ())
            ],
            "sources": [list(map(self._source_number, group)) for group in sources],
            "acts": [pieces(line) for line in self._acts(event)],
            "spoken": list(self._timeline_rows(event, pieces)),
            "notes": [pieces(line) for line in self._notes(event, left_out)],
        }

    def _pieces_for(self, event: Event) -> Callable[[Line], Pieces]:
        named = {
            place.id: place.name for place in reported_places(event) if place.id and place.name
        }
        return lambda line: self._names.pieces(line, named)

    def _source_number(self, name: str) -> int:
        return self._source_numbers.setdefault(name, len(self._source_numbers))

    def _sources(self, event: Event) -> tuple[list[list[str]], int]:
        """Return the sources of an event in groups, and the number of sources left out.

        The groups are formed before any source is left out, because a source that is left out may
        be the origin of the others.
        """
        groups = self._dossier.corroboration(event.id).sources
        kept = [[one for one in group if not self._names.is_left_out(one)] for group in groups]
        return [group for group in kept if group], sum(map(len, groups)) - sum(map(len, kept))

    def _publishers_of(self, groups: Iterable[Iterable[str]]) -> list[int]:
        names = (self._names.publisher(one) for group in groups for one in group)
        return [
            self._publishers.setdefault(name, len(self._publishers))
            for name in dict.fromkeys(filter(None, names))
        ]

    def _mark(self, mark: Mark, pieces: Callable[[Line], Pieces]) -> dict[str, Any]:
        """Return a mark as JSON, without ``here`` if it has the default value true."""
        label = {"label": pieces(mark["label"])}
        return {name: value for name, value in mark.items() if (name, value) != _HERE} | label

    def _claims(self, event: Event) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = []
        for subject in (event, *self._series_of(event)):
            topics: dict[tuple[str, str | None], list[Position]] = {}
            for position in self._public.positions(subject):
                topics.setdefault((position.aspect, position.field), []).append(position)
            about = () if subject is event else (" of the series ", Ref(subject.id))
            pieces = self._pieces_for(subject)
            found.extend(
                {
                    "topic": pieces((topic_text(aspect, field), *about)),
                    "positions": self._positions(positions, pieces),
                }
                for (aspect, field), positions in topics.items()
            )
        return found

    def _series_of(self, event: Event) -> list[Series]:
        """Return the series on the page that contain an event, from narrowest to widest."""
        found: dict[str, Series] = {}
        above = getattr(event, "part_of", None)
        while above is not None and (name := self._names.id_of(above)) in self._titles:
            series = self._public.resolve(name)
            if not isinstance(series, Series) or name in found or name == event.id:
                break
            found[name] = series
            above = series.part_of
        return list(found.values())

    def _positions(
        self, positions: Iterable[Position], pieces: Callable[[Line], Pieces]
    ) -> list[dict[str, Any]]:
        """Return the positions on a topic, each with all actors who hold it.

        An actor who affirms one value and denies another has two positions.
        """
        speakers: dict[str, list[str]] = {}
        shared: dict[str, dict[str, Any]] = {}
        for position in positions:
            earlier = [
                [*pieces(held_line(one)), " (", *self._when(one), ")"] for one in position.earlier
            ]
            for held in self._by_polarity_and_date(position.latest, pieces):
                key = json.dumps([held, earlier])
                shared[key] = _without_empty({**held, "earlier": earlier})
                speakers.setdefault(key, []).append(position.actor)
        return [
            {"by": self._names.pieces(refs_line(actors)), **shared[key]}
            for key, actors in speakers.items()
        ]

    def _by_polarity_and_date(
        self, claims: Iterable[AttributedClaim], pieces: Callable[[Line], Pieces]
    ) -> Iterator[dict[str, Any]]:
        lines: dict[tuple[str, str], list[Pieces]] = {}
        dates: dict[tuple[str, str], Pieces] = {}
        for one in claims:
            when = self._when(one)
            key = (spoken(one.claim.polarity), json.dumps(when))
            dates[key] = when
            value = joined(
                (claimed_value_line(one.claim, one.field, one.value), *details_of(one.claim))
            )
            lines.setdefault(key, []).extend([pieces(value)] if value else [])
        for key, values in lines.items():
            yield {"polarity": key[0], "lines": values, "when": dates[key]}

    def _when(self, one: AttributedClaim) -> Pieces:
        return self._names.pieces(when_line(one.held)) if one.held else ["date not known"]

    def _timeline_rows(self, event: Event, pieces: Any) -> Iterator[dict[str, Any]]:
        rows = [*self._statements(event), *self._revisions(event), *_dated(event)]
        rows.extend(
            ("finding", (Said(self._titles[one.id]),), when_line(one.found), span_of(one.found))
            for one in self._findings.get(event.id, ())
        )
        rows.sort(key=lambda row: (row[3]["start"] or row[3]["end"] or 0, row[0]))
        for kind, what, when, span in rows:
            yield {"kind": kind, "what": pieces(what), "when": pieces(when), "span": span}

    def _acts(self, event: Event) -> Iterator[Line]:
        for one in self._public.statements_about(event):
            for act in self._about(one, one.acts, {event.id}):
                yield (*refs_line(one.speakers), ": ", *act_line(act))

    def _about(
        self, statement: Statement, items: Iterable[_Spoken], ids: set[str]
    ) -> list[_Spoken]:
        """Return the claims or acts that are about at least one of the events."""
        return [
            one for one in items if ids & set(map(self._names.id_of, one.about or statement.about))
        ]

    def _statements(self, event: Event) -> Iterator[_Dated]:
        ids = {event.id, *(one.id for one in self._series_of(event))}
        for one in self._public.statements_about(event, with_series=True):
            lines = [
                *map(claimed_line, self._about(one, one.claims, ids)),
                *map(act_line, self._about(one, one.acts, ids)),
            ]
            by = (*refs_line(one.speakers), *said(one.speaker_as, ", "))
            what = (*by, ": ", *_shortened(lines, spoken(one.form or "statement")))
            yield "statement", what, when_line(one.made), span_of(one.made)

    def _revisions(self, event: Event) -> Iterator[_Dated]:
        for one in self._public.revisions(event.id):
            is_hidden = self._now is not None and is_restricted(one, self._now)
            if one.recorded_at is not None and one.revision > 1 and not is_hidden:
                what = (f"record revised (revision {one.revision})",)
                when = (utc_text(one.recorded_at),)
                yield "revision", what, when, instant_span(one.recorded_at)

    def _notes(self, event: Event, left_out: int) -> Iterator[Line]:
        for link in self._same[event.id]:
            yield "May be the same as ", *_possible(link)
        for link in getattr(event, "links", ()):
            yield "May come from ", *_possible(link)
        if part_of := getattr(event, "part_of", None):
            yield "Part of ", Ref(part_of)
        if during := getattr(event, "during", ()):
            yield refs_line(during, "During ")
        if event.note:
            yield note_line(event.note)
        if left_out:
            yield (f"Left out: {counted(left_out, 'source')}",)


_Dated = tuple[str, Line, Line, Span]
_Spoken = TypeVar("_Spoken", Claim, SpeechAct)


def _possible(link: PossibleIncursion) -> Line:
    return Ref(link.incursion), f" ({spoken(link.likelihood)})" if link.likelihood else ""


def _without_empty(fields: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in fields.items() if value not in ([], "")}


def _shortened(lines: Iterable[Line], otherwise: str) -> Line:
    shortened = [tuple(map(_short, line)) for line in lines]
    return listed(shortened, lambda line: line, by="; ", most=_MOST_SAID) or (otherwise,)


def _short(piece: str) -> str:
    return piece if len(piece) <= _LONGEST else type(piece)(f"{piece[: _LONGEST - 1]}…")


def _dated(event: Event) -> Iterator[_Dated]:
    responses: Sequence[Response] = getattr(event, "responses", ())
    for one in responses:
        if one.time is not None:
            yield "response", response_line(one), when_line(one.time), span_of(one.time)
    for effect in getattr(event, "effects", ()):
        if effect.time is not None:
            yield "effect", effect_line(effect), when_line(effect.time), span_of(effect.time)
