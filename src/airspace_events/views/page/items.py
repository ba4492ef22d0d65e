"""The items of a page: incursions, series and findings, with all that the page says of them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any, TypeVar

from airspace_events.dossier.dossier import Dossier, Event
from airspace_events.dossier.events import status_of
from airspace_events.dossier.positions import AttributedClaim, Position
from airspace_events.dossier.tallies import addends_of
from airspace_events.formats.tables.scenes import places_of
from airspace_events.models.events import ELSEWHERE, Finding, Incursion, PossibleIncursion, Series
from airspace_events.models.statement import Statement
from airspace_events.safe_text import counted
from airspace_events.values.acts import SpeechAct
from airspace_events.values.assessments import Assessment
from airspace_events.values.claims import Claim
from airspace_events.values.geometry import Point
from airspace_events.values.places import Place
from airspace_events.values.responses import Response
from airspace_events.values.time import ReportedTime
from airspace_events.views.card import Line, Ref, Row, Said, joined, listed
from airspace_events.views.markings import is_restricted
from airspace_events.views.page.local_times import (
    Span,
    instant_span,
    instant_text,
    span_of,
    when_line,
)
from airspace_events.views.page.map_shapes import Mark, marks_of
from airspace_events.views.page.names import Names, Pieces, shown
from airspace_events.views.record_card import record_card
from airspace_events.views.value_lines import (
    act_line,
    assessed_value_line,
    effect_line,
    given,
    held_value_line,
    quantity_line,
    refs_line,
    response_line,
    said,
    spoken,
)

KIND_WORDS: Mapping[str, str] = {
    "crossing": "border crossing",
    "adiz_entry": "entry into an air defence identification zone",
    "zone_entry": "entry into another zone",
    "approach": "approach to a border",
    "sighting": "sighting inside a state",
    "mistaken": "mistaken sighting",
    "nothing": "did not happen",
    "": "kind not recorded",
}
"""The words for the kinds of incursions, and for incursions without a kind."""

_PRECISION_WORDS: Mapping[str, str] = {
    "exact": "exact position",
    "vicinity": "approximate position",
    "admin2": "only the district is known",
    "admin1": "only the region is known",
    "country": "only the state is known",
    "linear_or_fuzzy": "position not exact",
    "international": "international waters or airspace",
    "withheld": "position withheld",
}
_SHOWS_POSITION = frozenset({"exact", "vicinity", None})
"""The precisions of positions that are shown as numbers; other points stand for a whole area."""

_SHOWN_ELSEWHERE = frozenset(
    {
        "Assessed", "Effects", "Found", "Kinds", "Linked to", "Maybe the same", "Part of",
        "Responses", "Retracted", "Series", "Sources", "State", "States", "When", "Where",
    }
)  # fmt: skip
_HERE = ("here", True)
_MOST_SAID = 2
_LONGEST = 160


def time_order(event: Event) -> tuple[bool, Any, str]:
    """Return the key that sorts events by time; events without a time are last."""
    time = _time_of(event)
    return (time is None, time.sort_key if time else (), event.id)


def _time_of(event: Event) -> Any:
    return event.found if isinstance(event, Finding) else event.time


def title_of(event: Event, names: Mapping[str, str]) -> str:
    """Return the title of an event, or its kind or objects, place and states if it has none.

    Args:
        event: the event.
        names: the names of states by code.
    """
    title: str | None = getattr(event, "title", None)
    if title and title.strip():
        return title
    nouns = {"unidentified": "unidentified object"}
    objects = ", ".join(nouns.get(one, spoken(one)) for one in _categories(event))
    if isinstance(event, Finding):
        what = f"Finding: {objects or 'object'}"
    else:
        words = {**KIND_WORDS, "sighting": "sighting"}  # the title has the state
        kinds = ", ".join(words[kind] for kind in getattr(event, "kinds", ()))
        plain = "series of events" if isinstance(event, Series) else "incident"
        what = ": ".join(filter(None, (kinds, objects))) or plain
    here = (it.place for it in places_of(event) if it.happened_here)
    places = {one.name or one.admin2 or one.admin1 for one in here} - {None}
    states = (names.get(code, code) for code in _states_of(event))
    where = dict.fromkeys((*(places if len(places) == 1 else ()), *states))
    return ", ".join((what[:1].upper() + what[1:], *filter(None, where)))


class Items:
    """The items of a page as JSON.

    Args:
        dossier: all records, also those that the page leaves out.
        public: the records that the page shows.
        events: the events that the page shows, in the order of time.
        now: the instant that decides about embargoes; None to show all records.
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
        self.states = _state_names(public, events)
        titles = {one.id: title_of(one, self.states) for one in events}
        self._titles = titles
        self._names = Names(dossier, public, titles, now, language)
        self._publishers: dict[str, int] = {}
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
        """Note that two incursions may be the same, whichever of the two has the link."""
        for name, target in ((one, other), (other, one)) if one != other else ():
            found = link.replace(incursion=target)
            if found not in self._same.setdefault(name, []):
                self._same[name].append(found)

    @property
    def publishers(self) -> list[str]:
        """The publishers of the sources of the items, in the order of their numbers."""
        return [shown(one) for one in self._publishers]

    def __iter__(self) -> Iterator[dict[str, Any]]:
        """Yield the items, each as an object of JSON without empty lists and texts."""
        for event in self._events:
            yield _without_empty(self._item(event))

    def _item(self, event: Event) -> dict[str, Any]:
        pieces = self._pieces_for(event)
        time = _time_of(event)
        status = (status_of(event) or "") if isinstance(event, Incursion) else ""
        sources, left_out = self._sources(event)
        drawn = marks_of(event)
        return {
            "id": event.id,
            "type": event.type,
            "title": pieces((Said(self._titles[event.id]),)),
            "kinds": _kinds(event),
            "status": status,
            "states": _states_of(event),
            "objects": _categories(event),
            "publishers": self._publishers_of(sources),
            "n": number_of(event),
            "sameAs": [
                name
                for name in dict.fromkeys(link.incursion for link in self._same[event.id])
                if name in self._titles
            ],
            "when": pieces(when_line(time)) if time else ["time not recorded"],
            "span": span_of(time) if time else NO_SPAN,
            "where": pieces(_where_line(event)),
            "marks": [self._mark(mark, pieces) for mark in drawn.marks],
            "undrawn": list(dict.fromkeys(drawn.reasons)),
            "headline": [[label, list(map(pieces, lines))] for label, lines in _headline(event)],
            "claims": self._claims(event),
            "assessed": [pieces(_assessed_line(one)) for one in getattr(event, "assessments", ())],
            "effects": [
                pieces(joined((effect_line(one), _note(one.note))))
                for one in getattr(event, "effects", ())
            ],
            "responses": [
                pieces(joined((response_line(one), _note(one.reason), _note(one.note))))
                for one in getattr(event, "responses", ())
            ],
            "sources": [[self._names.source(name) for name in group] for group in sources],
            "acts": [pieces(line) for line in self._acts(event)],
            "spoken": list(self._spoken(event, pieces)),
            "notes": [pieces(line) for line in self._notes(event, left_out)],
        }

    def _pieces_for(self, event: Event) -> Callable[[Line], Pieces]:
        """Return the function that makes the pieces of a line about an event."""
        named = {place.id: place.name for place in _places_of(event) if place.id and place.name}
        return lambda line: self._names.pieces(line, named)

    def _sources(self, event: Event) -> tuple[list[list[str]], int]:
        """Return the groups of the sources of an event, and the number of sources left out.

        The groups are those of all sources, because a source that is left out may be the origin
        of the others.
        """
        groups = self._dossier.corroboration(event.id).sources
        kept = [[one for one in group if not self._names.is_left_out(one)] for group in groups]
        return [group for group in kept if group], sum(map(len, groups)) - sum(map(len, kept))

    def _publishers_of(self, groups: Iterable[Iterable[str]]) -> list[int]:
        """Return the numbers of the publishers of the sources in some groups."""
        names = (self._names.publisher(one) for group in groups for one in group)
        return [
            self._publishers.setdefault(name, len(self._publishers))
            for name in dict.fromkeys(filter(None, names))
        ]

    def _mark(self, mark: Mark, pieces: Callable[[Line], Pieces]) -> dict[str, Any]:
        """Return a mark as JSON, without what the script of the page can add."""
        label = {"label": pieces(mark["label"])}
        return {name: value for name, value in mark.items() if (name, value) != _HERE} | label

    def _claims(self, event: Event) -> list[dict[str, Any]]:
        """Return the claims about an event and its series by topic, with all positions."""
        found: list[dict[str, Any]] = []
        for subject in (event, *self._series_of(event)):
            topics: dict[tuple[str, str | None], list[Position]] = {}
            for position in self._public.positions(subject):
                topics.setdefault((position.aspect, position.field), []).append(position)
            about = () if subject is event else (" of the series ", Ref(subject.id))
            pieces = self._pieces_for(subject)
            found.extend(
                {
                    "topic": pieces((_topic(aspect, field), *about)),
                    "positions": self._positions(positions, pieces),
                }
                for (aspect, field), positions in topics.items()
            )
        return found

    def _series_of(self, event: Event) -> list[Series]:
        """Return the series on the page that an event is part of, the widest series last."""
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
        """Return the positions on a topic; speakers with the same position share one.

        An actor who affirms one value and denies another has two positions.
        """
        speakers: dict[str, list[str]] = {}
        shared: dict[str, dict[str, Any]] = {}
        for position in positions:
            earlier = [
                [*pieces(_held(one)), " (", *self._when(one), ")"] for one in position.earlier
            ]
            for held in self._held_together(position.latest, pieces):
                key = json.dumps([held, earlier])
                shared[key] = _without_empty({**held, "earlier": earlier})
                speakers.setdefault(key, []).append(position.actor)
        return [
            {"by": self._names.pieces(refs_line(actors)), **shared[key]}
            for key, actors in speakers.items()
        ]

    def _held_together(
        self, claims: Iterable[AttributedClaim], pieces: Callable[[Line], Pieces]
    ) -> Iterator[dict[str, Any]]:
        """Yield the values of claims for each polarity and date."""
        lines: dict[tuple[str, str], list[Pieces]] = {}
        dates: dict[tuple[str, str], Pieces] = {}
        for one in claims:
            when = self._when(one)
            key = (spoken(one.claim.polarity), json.dumps(when))
            dates[key] = when
            value = joined((_value(one.claim, one.field, one.value), *_more(one.claim)))
            lines.setdefault(key, []).extend([pieces(value)] if value else [])
        for key, values in lines.items():
            yield {"polarity": key[0], "lines": values, "when": dates[key]}

    def _when(self, one: AttributedClaim) -> Pieces:
        return self._names.pieces(when_line(one.held)) if one.held else ["date not known"]

    def _spoken(self, event: Event, pieces: Any) -> Iterator[dict[str, Any]]:
        """Yield the rows below the item in the timeline, in the order of time."""
        rows = [*self._statements(event), *self._revisions(event), *_dated(event)]
        rows.extend(
            ("finding", (Said(self._titles[one.id]),), when_line(one.found), span_of(one.found))
            for one in self._findings.get(event.id, ())
        )
        rows.sort(key=lambda row: (row[3]["start"] or row[3]["end"] or 0, row[0]))
        for kind, what, when, span in rows:
            yield {"kind": kind, "what": pieces(what), "when": pieces(when), "span": span}

    def _acts(self, event: Event) -> Iterator[Line]:
        """Yield the speech acts of the statements about an event, each with its speakers."""
        for one in self._public.statements_about(event):
            for act in self._about(one, one.acts, {event.id}):
                yield (*refs_line(one.speakers), ": ", *act_line(act))

    def _about(
        self, statement: Statement, items: Iterable[_Spoken], ids: set[str]
    ) -> list[_Spoken]:
        """Return the claims or acts of a statement that are about any of some events."""
        return [
            one for one in items if ids & set(map(self._names.id_of, one.about or statement.about))
        ]

    def _statements(self, event: Event) -> Iterator[_Dated]:
        ids = {event.id, *(one.id for one in self._series_of(event))}
        for one in self._public.statements_about(event, with_series=True):
            lines = [
                *map(_claimed_line, self._about(one, one.claims, ids)),
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
                when = (instant_text(one.recorded_at),)
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
            yield _note(event.note)
        if left_out:
            yield (f"Left out: {counted(left_out, 'source')}",)


_Dated = tuple[str, Line, Line, Span]
_Spoken = TypeVar("_Spoken", Claim, SpeechAct)

NO_SPAN: Span = {"start": None, "end": None, "startIs": "unknown", "endIs": "unknown"}
"""The span of an event without a time."""


def _possible(link: PossibleIncursion) -> Line:
    return Ref(link.incursion), f" ({spoken(link.likelihood)})" if link.likelihood else ""


def _without_empty(fields: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in fields.items() if value not in ([], "")}


def _state_names(dossier: Dossier, events: Iterable[Event]) -> dict[str, str]:
    """Return the names of the states of the events by code."""
    codes = sorted({code for event in events for code in _states_of(event)})
    return {code: shown(getattr(dossier.resolve(code), "name", code)) for code in codes}


def _kinds(event: Event) -> list[str]:
    return list(event.kinds) or [""] if isinstance(event, Incursion) else [event.type]


def _states_of(event: Event) -> list[str]:
    if isinstance(event, Series):
        return list(event.states)
    code = event.state if isinstance(event, Incursion) else event.place.state
    return [code] if code else []


def _headline(event: Event) -> Iterator[tuple[str, list[Line]]]:
    """Yield the labels and lines of the values that the desk judged."""
    states = _states_of(event)
    if places := [line for place in _places_of(event) if (line := _place_line(place, states))]:
        yield "Places", places
    if isinstance(event, Incursion) and event.detected_by:
        yield "Detected by", [refs_line(event.detected_by)]
    for row in record_card(event).rows:
        if row.label not in _SHOWN_ELSEWHERE and row.lines != (("none recorded",),):
            yield row.label, list(_lines(row))


def _where_line(event: Event) -> Line:
    """Return the states of an event, and the names of the places where it happened."""
    here = [one.place for one in places_of(event) if one.happened_here]
    states: Sequence[str | None] = _states_of(event)
    if not states:
        here = here or [one for one in _places_of(event) if one.role not in ELSEWHERE]
        states = list(dict.fromkeys(one.state for one in here))
    names = dict.fromkeys(one.name or one.admin2 or one.admin1 for one in here)
    named = joined(((Said(name),) for name in names if name), by=", ")
    positions = filter(None, map(_coordinates, here))
    return joined((refs_line(states), named), by=": ") or next(positions, ("place not recorded",))


def _assessed_line(assessment: Assessment) -> Line:
    """Return the topic, the value, the confidence and the basis of an assessment of the desk."""
    held = joined((_topics_line(assessment), assessed_value_line(assessment)), by=": ")
    return joined((held, given(assessment.at, "as of "), _note(assessment.basis)))


def _claimed_line(claim: Claim) -> Line:
    """Return the polarity, the topic and the value of a claim."""
    value = _value(claim, ", ".join(claim.fields) or None, claim.value)
    return joined(((f"{spoken(claim.polarity)}: ", *_topics_line(claim)), value), by=": ")


def _topics_line(held: Claim | Assessment) -> Line:
    return (", ".join(_topic(held.aspect, field) for field in held.fields or (None,)),)


def _topic(aspect: str, field: str | None) -> str:
    """Return the topic of a claim in plain words, such as "cause (house)" for effects.house.cause.

    A list is left out before the id of its item.
    """
    if field is None:
        return spoken(aspect)
    *above, name = map(spoken, field.split("."))
    above = [word for at, word in enumerate(above) if at % 2 or at == len(above) - 1]
    return f"{name} ({', '.join(above)})" if above else name


def _place_line(place: Place, states: Sequence[str]) -> Line:
    """Return the names and the position of a place, with its role and its precision.

    The state of the place is left out if it is one of the states of the event.
    """
    names = (place.name, place.admin2, place.admin1)
    position = _coordinates(place)
    where = joined(
        (
            *((Said(name),) for name in dict.fromkeys(names) if name),
            given(place.facility),
            refs_line((place.state,)) if place.state not in states else (),
            position,
        ),
        by=", ",
    )
    facts = joined(
        (
            (spoken(place.role),) if place.role else (),
            (_PRECISION_WORDS[place.precision],) if place.precision else (),
            ("centre of a larger area",) if position and place.method == "centroid" else (),
            (*quantity_line(place.radius), " around the position") if place.radius else (),
            ("closest distance ", *quantity_line(place.distance)) if place.distance else (),
        ),
        by=", ",
    )
    return (*where, *((" (" if where else "(", *facts, ")") if facts else ()))


def _coordinates(place: Place) -> Line:
    if not isinstance(place.geometry, Point) or place.precision not in _SHOWS_POSITION:
        return ()
    east, north, *_ = place.geometry.coordinates
    sides = "N" if north >= 0 else "S", "E" if east >= 0 else "W"
    # Decimal numbers keep all digits and have no exponent.
    digits = (f"{Decimal(str(abs(number))).normalize():f}" for number in (north, east))
    return (" ".join(f"{number}° {side}" for number, side in zip(digits, sides, strict=True)),)


def _places_of(event: Event) -> Sequence[Place]:
    return (event.place,) if isinstance(event, Finding) else event.places


def _categories(event: Event) -> list[str]:
    if isinstance(event, Finding):
        return [event.category] if event.category else []
    return list(dict.fromkeys(one.category for one in event.objects if one.category))


def number_of(event: Event) -> list[int | None]:
    """Return the least and the most incidents that an event stands for; None is not known.

    Series, findings and discounted incursions stand for none.
    """
    if not isinstance(event, Incursion) or status_of(event) == "discounted":
        return [0, 0]
    number = addends_of(event)[0].incursions
    return [number.min, number.max]


def _lines(row: Row) -> Iterator[Line]:
    yield from (line for line in row.lines if line)
    if row.more:
        yield (f"and {row.more:,} more",)


def _held(one: AttributedClaim) -> Line:
    """Return the polarity and the value of a claim."""
    return joined(
        ((spoken(one.claim.polarity),), _value(one.claim, one.field, one.value)), by=": "
    )


def _value(claim: Claim, field: str | None, value: object) -> Line:
    """Return the value of a claim, with a time in plain words."""
    if isinstance(value, ReportedTime):
        return joined((when_line(value), held_value_line(claim, field, None)))
    return held_value_line(claim, field, value)


def _note(text: str | None) -> Line:
    return (Said(text),) if text else ()


def _more(claim: Claim) -> Iterator[Line]:
    """Yield the time of the claimed fact, the evidence that was offered, and the note."""
    if claim.time is not None:
        yield when_line(claim.time)
    if claim.evidence_offered:
        yield ("evidence: ", *listed(claim.evidence_offered, lambda text: (Said(text),)))
    yield _note(claim.note)


def _shortened(lines: Iterable[Line], otherwise: str) -> Line:
    """Return the first of some lines as a line that fits a row of the timeline."""
    shortened = [tuple(map(_short, line)) for line in lines]
    return listed(shortened, lambda line: line, by="; ", most=_MOST_SAID) or (otherwise,)


def _short(piece: str) -> str:
    """Return a piece of a line, shortened to a length that fits a row of the timeline."""
    return piece if len(piece) <= _LONGEST else type(piece)(f"{piece[: _LONGEST - 1]}…")


def _dated(event: Event) -> Iterator[_Dated]:
    """Yield the responses and the effects of an event that have a time of their own."""
    responses: Sequence[Response] = getattr(event, "responses", ())
    for one in responses:
        if one.time is not None:
            yield "response", response_line(one), when_line(one.time), span_of(one.time)
    for effect in getattr(event, "effects", ()):
        if effect.time is not None:
            yield "effect", effect_line(effect), when_line(effect.time), span_of(effect.time)
