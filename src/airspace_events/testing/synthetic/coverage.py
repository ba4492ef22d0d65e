"""Made-up events that several made-up outlets report with different words, times and numbers.

The reports resemble the records of public trackers. Most reports of an event agree, some are
vague, and a few have a wrong day, place, number or kind of object.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

from airspace_events.feeds.header import Feed
from airspace_events.feeds.reading import record_adapter
from airspace_events.testing.synthetic import times
from airspace_events.testing.synthetic.times import Json, day, instant
from airspace_events.testing.synthetic.wording import SeededRandom, State, choices, wording

_OUTLETS = ("ash", "birch", "cedar", "elm", "fir")
_HOUR = 60
_ROWS = 3


class Coverage(NamedTuple):
    """Feeds of made-up outlets about the same made-up events.

    Attributes:
        feeds: a mapping from outlets to their feeds.
        event_of: a mapping from the id of each incursion to the number of its event. Incursions
            with the same number report the same event.
    """

    feeds: Mapping[str, Feed]
    event_of: Mapping[str, int]


class _Spot(NamedTuple):
    """A position within the ``box`` of a state, in thousandths of a degree."""

    x: int
    y: int


@dataclass(frozen=True, slots=True)
class _Event:
    """A made-up event.

    Attributes:
        night: the ordinal of the day on which the night begins.
        minute: the time of the event, in minutes after the start of that day.
        spots: the first and the last position of the objects.
        crossed: whether the objects crossed the border.
        outcome: the fate of the objects, and a response.
        wire: the number of the news agency's story about the event, or None.
        statement: the claim that an official makes, or None.
        is_registered: whether a registry gave the event a number.
    """

    number: int
    state: State
    night: int
    minute: int
    spots: tuple[_Spot, _Spot]
    place: str
    category: str
    count: int
    crossed: bool
    outcome: tuple[str, str]
    wire: int | None
    statement: Json | None
    is_registered: bool


def synthetic_coverage(events: int, seed: int = 0) -> Coverage:
    """Return the feeds of five made-up outlets about made-up events, and the event of each report.

    Everything is made up: the outlets, the events and the places. Use the feeds to test whether a
    program finds the reports that describe the same event.

    Args:
        events: the number of events. Each event has at least one report.
        seed: the seed of the random choices.

    Raises:
        ValueError: ``events`` is negative.

    >>> coverage = synthetic_coverage(2)
    >>> {outlet: len(feed.records) for outlet, feed in coverage.feeds.items()}
    {'ash': 3, 'birch': 2, 'cedar': 0, 'elm': 0, 'fir': 3}
    """
    if events < 0:
        msg = f"the number of events must not be negative: {events}"
        raise ValueError(msg)
    rng = SeededRandom(seed)
    writers = {outlet: _Outlet(outlet, rng) for outlet in _OUTLETS}
    event_of: dict[str, int] = {}
    for event in _events(rng, events):
        reporting = [outlet for outlet in writers.values() if rng.chance(0.55)]
        for outlet in reporting or [rng.pick(list(writers.values()))]:
            # A few outlets publish later news about a night as a new record.
            for _ in range(1 + rng.chance(0.04)):
                event_of[outlet.report(event)] = event.number
    parse = record_adapter().validator.validate_python
    feeds = {
        name: Feed.of(map(parse, outlet.records), title=f"Made-up tracker {name}")
        for name, outlet in writers.items()
    }
    return Coverage(feeds, event_of)


def _events(rng: SeededRandom, number: int) -> Iterator[_Event]:
    # A state has about one event in ten nights. Every fifth event is close in time to another
    # event.
    nights = max(30, number * 10 // len(wording().states))
    last: _Event | None = None
    for one in range(number):
        state = rng.pick(wording().states)
        night = times.FIRST_NIGHT + rng.below(nights)
        category = rng.pick(choices()["kinds"])["category"]
        if last is not None and rng.chance(1 / 5):
            state, night = last.state, last.night + rng.below(2)
            category = last.category if rng.chance(0.7) else category
        event = _event(rng, one, state, times.calm_night(night), category)
        # One story of a news agency may be about two events.
        if last is not None and last.night == event.night and rng.chance(0.4):
            event = replace(event, wire=last.wire)
        yield event
        last = event


def _event(rng: SeededRandom, number: int, state: State, night: int, category: str) -> _Event:
    count = 1 if rng.chance(0.5) else rng.between(2, 9) if rng.chance(0.8) else rng.between(10, 25)
    first = _random_spot(rng, state)
    # Objects cover up to 60 km, about half a degree.
    x, y = first.x + rng.between(-600, 600), first.y + rng.between(-400, 400)
    west, south, east, north = _box(state)
    last = _Spot(min(max(x, west), east), min(max(y, south), north))
    statement: Json | None = None
    if rng.chance(0.35):
        counted: Json = {"fields": ["totals.objects"], "value": {"best": count}}
        statement = {"aspect": "field", **counted} if rng.chance(0.6) else rng.pick(_REMARKS)
    return _Event(
        number,
        state,
        night,
        rng.between(19 * _HOUR, 30 * _HOUR),
        (first, last),
        rng.pick(wording().words["en"].places),
        category,
        count,
        crossed=rng.chance(0.6),
        outcome=(rng.pick(choices()["fates"]), rng.pick(_RESPONSES)),
        wire=number if rng.chance(0.7) else None,
        statement=statement,
        is_registered=rng.chance(0.08),
    )


_RESPONSES = ("scramble", "monitoring", "airport_closure", "public_alert", "debris_search")

_REMARKS: tuple[Json, ...] = (
    {"aspect": "intent", "value": "unintentional", "likelihood": "likely"},
    {"aspect": "cause", "value": "jamming", "polarity": "not_excluded"},
    {"aspect": "characterisation", "value": "provocation"},
)


def _box(state: State) -> list[int]:
    """Return the bounds of a state in thousandths of a degree."""
    return [int(edge * 1000) for edge in state.box]


def _random_spot(rng: SeededRandom, state: State) -> _Spot:
    west, south, east, north = _box(state)
    return _Spot(rng.between(west, east), rng.between(south, north))


class _Outlet:
    def __init__(self, name: str, rng: SeededRandom) -> None:
        self._name = name
        self._rng = rng
        self.records: list[Json] = []
        self._sources: set[str] = set()

    def report(self, event: _Event) -> str:
        """Add the records of a report about an event, and return the id of the incursion."""
        rng = self._rng
        name = self._next_id()
        record: Json = {"type": "incursion", "id": name, "state": event.state.code}
        record["time"] = self._time(event)
        if rng.chance(0.8 if event.crossed else 0.05):
            record["crossing"] = "reported"
        record["over"] = "land"
        places = self._places(event)
        if places:
            record["places"] = places
            if "crossing" not in record and rng.chance(0.08):
                del record["state"]
        record["objects"] = [self._flown(event)]
        if rng.chance(0.35):
            kind = rng.pick(_RESPONSES) if rng.chance(0.15) else event.outcome[1]
            record["responses"] = [{"kind": kind, "by": [event.state.code]}]
        record["sources"] = [{"source": source} for source in self._cited(event)]
        record["note"] = rng.pick(wording().words["en"].notes)
        if event.is_registered and rng.chance(0.5):
            number = f"{event.number + 1:05}"
            record["external_ids"] = [{"scheme": "a made-up registry", "value": number}]
        self.records.append(record)
        if event.statement is not None and rng.chance(0.4):
            self._statement(event, record)
        return name

    def _next_id(self) -> str:
        return f"{self._name}-{len(self.records) + 1:06}"

    def _time(self, event: _Event) -> Json:
        rng, night, minute = self._rng, event.night, event.minute

        def span(first: int, last: int) -> str:
            return "/".join(instant(night, one, event.state) for one in (first, last))

        def resolved(words: str, first: int, last: int) -> Json:
            time: Json = {"value": span(first * _HOUR, last * _HOUR), "verbatim": words}
            return time | {"reference": day(night + 1), "basis": "resolved"}

        on = night + minute // (24 * _HOUR)
        about, before, after = rng.between(-25, 25), rng.between(10, 120), rng.between(10, 120)
        forms: dict[str, Json] = {
            "clock": {"value": span(minute + about - 30, minute + about + 30)},
            "between": {"value": span(minute - before, minute + after)},
            "night": resolved("overnight", 18, 33),
            "hours": resolved("in the early hours", 24, 30),
            "day": {"value": day(on)},
            "two days": {"value": f"{day(night)}/{day(night + 1)}"},
            "perhaps": {"value": f"{day(on + rng.between(-1, 1))}?"},
            "month": {"value": times.month(on)},
            "wrong": {"value": day(on + 1)},
        }
        form = rng.pick(choices()["report_times"])
        if form == "no zone":
            return forms["day"]
        found = forms["night" if form == "hours" and on == night else form]
        return found | {"timezone": event.state.zone}

    def _places(self, event: _Event) -> list[Json]:
        rng = self._rng
        spots = event.spots if rng.chance(0.15) else (rng.pick(event.spots),)
        found = [self._place(event, spot) for spot in spots]
        return [place for place in found if place is not None]

    def _place(self, event: _Event, spot: _Spot) -> Json | None:
        rng, state = self._rng, event.state
        west, south, east, north = _box(state)
        column = min(_ROWS - 1, (spot.x - west) * _ROWS // (east - west))
        row = min(_ROWS - 1, (spot.y - south) * _ROWS // (north - south))
        region: Json = {"admin1": f"Made-up County {_ROWS * row + column + 1}"}
        centre = _Spot(
            west + (east - west) * (2 * column + 1) // (2 * _ROWS),
            south + (north - south) * (2 * row + 1) // (2 * _ROWS),
        )
        within_10_km: Json = {"radius": {"best": 10, "unit": "km"}, "method": "geocoded"}
        by_centroid: Json = {"precision": "admin1", "method": "centroid"}
        named: Json = {"name": event.place}
        forms: dict[str, Json | None] = {
            "exact": self._point(spot, 20) | {"precision": "exact"},
            "radius": self._point(spot, 80) | within_10_km,
            "vicinity": named | region | self._point(spot, 150) | {"precision": "vicinity"},
            "region": region,
            "centroid": region | self._point(centre, 0) | by_centroid,
            "name": named,
            "wrong": self._point(_random_spot(rng, state), 20),
            "nothing": None,
        }
        found = forms[rng.pick(choices()["report_places"])]
        return None if found is None else found | {"state": state.code, "role": "overflown"}

    def _point(self, spot: _Spot, off: int) -> Json:
        rng = self._rng
        x, y = spot.x + rng.between(-off, off), spot.y + rng.between(-off, off)
        return {"geometry": {"type": "Point", "coordinates": [x / 1000, y / 1000]}}

    def _flown(self, event: _Event) -> Json:
        rng, count = self._rng, event.count
        flown: Json = {"id": "first"}
        if rng.chance(0.06):
            flown["category"] = rng.pick(choices()["kinds"])["category"]
        elif rng.chance(0.85):
            flown["category"] = event.category
        elif rng.chance(0.6):
            flown["category"] = "unidentified"
        number: dict[str, Json | None] = {
            "exact": {"best": count},
            "at least": {"min": max(1, count - rng.below(3))},
            "words": {"verbatim": "several"} if count > 1 else None,
            "range": {"min": max(1, count - 1), "max": count + rng.between(1, 3)},
            "about": {"roughly": count},
            "early": {"best": max(1, count - rng.between(1, 3))},
            "nothing": None,
        }
        found = number[rng.pick(choices()["report_counts"])]
        if found is not None:
            flown["count"] = found
        if rng.chance(0.45):
            fate = rng.pick(choices()["fates"]) if rng.chance(0.15) else event.outcome[0]
            flown["fates"] = [{"fate": fate}]
        return flown

    # Sources and statements.

    def _cited(self, event: _Event) -> Iterator[str]:
        """Yield the id of each cited source, after adding the record of the source."""
        rng = self._rng
        wire: str | None = None
        if event.wire is not None and rng.chance(0.65):
            wire = self._source(event, f"wire/{event.wire + 1}", "agency_wire")
        if rng.chance(0.12):
            roundup = f"roundup/{event.state.code.lower()}/{times.month(event.night)[:4]}"
            yield self._source(event, roundup, "dataset")
        if wire is not None and rng.chance(0.5):
            yield wire
        else:
            path = f"{self._name}/{len(self.records) + 1}"
            yield self._source(event, path, "news_report", wire)

    def _source(self, event: _Event, path: str, kind: str, origin: str | None = None) -> str:
        name = f"{self._name}-{path.replace('/', '-')}"
        if name not in self._sources:
            self._sources.add(name)
            source: Json = {"type": "source", "id": name, "kind": kind}
            source["publisher"] = f"Synthetic Wire {path.partition('/')[0]}"
            source["url"] = f"https://made-up.example/{path}"
            source["published"] = day(event.night + (35 if kind == "dataset" else 3))
            if origin is not None:
                source["derived_from"] = [{"source": origin, "how": "republished"}]
            self.records.append(source)
        return name

    def _statement(self, event: _Event, incursion: Json) -> None:
        record: Json = {"type": "statement", "id": self._next_id()}
        record["speakers"] = [event.state.code]
        record["made"] = {"value": day(event.night + 2), "timezone": event.state.zone}
        record["about"] = [incursion["id"]]
        record["claims"] = [event.statement]
        self.records.append(record | {"sources": incursion["sources"]})
