"""The common parts of synthetic records: scenarios, sources, places, citations and claims."""

from dataclasses import dataclass, field
from typing import Any

from airspace_events.testing.synthetic.seeded_random import SeededRandom
from airspace_events.testing.synthetic.times import Json
from airspace_events.testing.synthetic.wording import State, wording

_SHARE_NOT_ENGLISH = 0.25

# The fields that a citation may support.
_PARTS = ("title", "time", "places", "objects", "responses", "found", "place", "made", "acts")

# The share of each form: a word that is listed twice is used twice as often.
_CITED = (*("part",) * 7, *("quote",) * 3, *("grades",) * 2, *("plain",) * 8)
_DETAILS_OF_PLACES = (
    *({"name"},) * 3,
    *({"name", "point"},) * 5,
    *({"name", "region", "point"},) * 5,
    *({"name", "region"},) * 3,
    *({"region"},) * 4,
)
_ON_MAPS = (*("area",) * 2, *("vicinity",) * 6, *("exact",) * 4, *("plain",) * 7)


@dataclass(slots=True)
class Source:
    """A generated source, with its id, its original (if a copy), its day and its language."""

    id: str
    origin: str
    published: int
    language: str


@dataclass(slots=True)
class Flight:
    """A generated incursion, with its id, category, record, and a flag for a fallen object."""

    id: str
    category: str
    has_fallen: bool
    record: Json


@dataclass(slots=True)
class Scenario:
    """A scenario: a state during a few weeks, with its speakers."""

    state: State
    neighbour: str
    number: int
    abroad: str = ""
    speakers: list[str] = field(default_factory=list[str])
    official: str = ""
    body: str = ""
    series: str = ""
    publishers: int = 0


@dataclass(slots=True)
class Episode:
    """An episode: one night, with the direction of the objects, the sources and the incursions."""

    night: int
    side: str
    originals: list[Source] = field(default_factory=list[Source])
    sources: list[Source] = field(default_factory=list[Source])
    flights: list[Flight] = field(default_factory=list[Flight])


class RecordBuilder:
    """A generator of common parts of records, which depend only on a seed."""

    def __init__(self, seed: int) -> None:
        self.rng = SeededRandom(seed)
        self.count = 0
        self.words = wording().words["en"]
        self.language = "en"

    def begin(self, scenario: Scenario, kind: str) -> Json:
        """Return the first fields of a record, and choose the language of its texts."""
        is_english = self.rng.random() >= _SHARE_NOT_ENGLISH
        self.language = "en" if is_english else scenario.state.language
        self.words = wording().words[self.language]
        return {"type": kind, "id": f"syn-{self.count + 1:06}-{scenario.state.code.lower()}"}

    def end(self, record: Json, share: float = 0.6) -> Json:
        """Return a record, sometimes with a note, and always if it is not in English."""
        if self.language != "en" or self.rng.random() < share:
            record["note"] = self.rng.pick(self.words.notes)
        return record

    def citations(self, episode: Episode, parts: Json) -> list[Json]:
        """Return citations of the sources of an episode, some with fields or quotations."""
        rng = self.rng
        first, second = rng.pick(episode.sources), rng.pick(episode.sources)
        # A copy contains only statements of its original.
        is_other = first.origin != second.origin and rng.chance(0.75)
        found = (first, second) if is_other else (first,)
        return [self._citation(source, parts) for source in found]

    def _citation(self, source: Source, parts: Json) -> Json:
        rng = self.rng
        citation: Json = {"source": source.id}
        form = rng.pick(_CITED)
        if form == "part":
            citation["supports"] = [rng.pick([name for name in _PARTS if name in parts])]
        elif form == "quote":
            if source.language == self.language:
                citation["quote"] = {"exact": rng.pick(self.words.quotes)}
        elif form == "grades":
            citation["reliability"] = rng.pick("ABCDEF")
            citation["credibility"] = rng.between(1, 6)
        return citation

    def place(self, scenario: Scenario, role: str | None = None, name: str | None = None) -> Json:
        """Return a place in the state of a scenario, with details as in a report.

        Args:
            scenario: the scenario.
            role: the role of the place in the event.
            name: the id of the place within the record.
        """
        rng, state = self.rng, scenario.state
        reported = rng.pick(_DETAILS_OF_PLACES)
        place: Json = {} if name is None else {"id": name}
        if "name" in reported:
            place["name"] = rng.pick(self.words.places)
        if role is not None:
            place["role"] = role
        place["state"] = state.code
        if "region" in reported:
            place["admin1"] = f"{self.words.region} {rng.between(1, 9)}"
        if "point" in reported:
            place |= self._on_the_map(state)
        return place

    def _on_the_map(self, state: State) -> Json:
        rng = self.rng
        west, south, east, north = state.box
        # Thousandths are divided once, so that every platform writes the same digits. Round
        # numbers are avoided, because they would be less exact than the stated precision.
        x = int(west * 1000) + 10 * rng.below(int((east - west) * 100)) + rng.between(1, 9)
        y = int(south * 1000) + 10 * rng.below(int((north - south) * 100)) + rng.between(1, 9)
        form = rng.pick(_ON_MAPS)
        if form == "area":
            ring = [[x, y], [x + 40, y], [x + 40, y + 30], [x, y + 30], [x, y]]
            area = [[lon / 1000, lat / 1000] for lon, lat in ring]
            geometry: Json = {"type": "Polygon", "coordinates": [area]}
            return {"geometry": geometry, "precision": "linear_or_fuzzy", "method": "analyst"}
        point: Json = {"type": "Point", "coordinates": [x / 1000, y / 1000]}
        if form == "vicinity":
            radius: Json = {"best": rng.pick((2, 5, 10)), "unit": "km"}
            place: Json = {"geometry": point, "radius": radius, "precision": "vicinity"}
            return place | {"method": "geocoded"}
        if form == "exact":
            return {"geometry": point, "precision": "exact", "method": "stated"}
        return {"geometry": point}

    def link(self, flights: list[Flight]) -> Json:
        """Return a link to one of the given incursions, sometimes with a likelihood."""
        link: Json = {"incursion": self.rng.pick(flights).id}
        return link | self.rng.pick(({}, {"likelihood": "likely"}, {"likelihood": "unlikely"}))


def claims_about(record: Json, scenario: Scenario) -> tuple[Json, ...]:
    """Return the claims that can be made about an incursion, given its fields."""
    first: Json = record["objects"][0]
    claims = [
        _field("occurrence"),
        {"aspect": "intent", "value": "unintentional", "likelihood": "likely"},
        _field("objects.first.category"),
        {"aspect": "attribution", "polarity": "undetermined"},
        {"aspect": "cause", "value": "jamming", "polarity": "not_excluded"},
        _field("objects.first.payload", "explosive", polarity="no_evidence"),
    ]
    if "nationality" not in first:
        claims.append(
            _field("objects.first.nationality", scenario.neighbour, polarity="suspected")
        )
    if "count" in first:
        claims.append(_field("objects.first.count"))
    else:
        claims.append(_field("objects.first.count", {"verbatim": "several"}))
    if "checked" in first:
        claims.append(_field("objects.first.checked.result"))
    if "zones" in record:
        claims.append(_field("zones.adiz"))
        claims.append(_field("zones.adiz.duration", {"verbatim": "a few minutes"}))
    if "totals" in record:
        claims.append(_field("totals." + next(iter(record["totals"]))))
    claims += [
        _field(f"{name}.{record[name][0]['id']}")
        for name in ("effects", "responses")
        if name in record and "id" in record[name][0]
    ]
    if "crossing" not in record or record["crossing"] == "discounted":
        return tuple(claims)
    return (*claims, *_of_crossing(record, scenario))


def _of_crossing(record: Json, scenario: Scenario) -> tuple[Json, ...]:
    from_where = [scenario.neighbour] if "entered_from" not in record else []
    return (
        _field("crossing"),
        {"aspect": "intent", "value": "intentional_attack", "polarity": "no_evidence"},
        *(_field("entered_from", side) for side in from_where),
        _field("duration", {"verbatim": "a few minutes"}),
        {"aspect": "characterisation", "value": "violation"},
        {"aspect": "cause", "value": "navigation_error", "polarity": "unsubstantiated"},
        _field("depth", {"verbatim": "some kilometres"}, evidence_offered=["made-up pictures"]),
    )


def claims_about_series(scenario: Scenario) -> tuple[Json, ...]:
    """Return the claims that can be made about a series."""
    return (
        _field("crossing", scenario.state.code),
        _field("totals.incidents", {"verbatim": "more than one"}),
        {"aspect": "intent", "value": "intentional_attack", "polarity": "no_evidence"},
        _field("objects", {"category": "balloon"}, polarity="suspected"),
        {"aspect": "attribution", "polarity": "undetermined"},
        {"aspect": "characterisation", "value": "violation"},
    )


def _field(name: str, value: Any = None, **more: Any) -> Json:
    claimed: Json = {} if value is None else {"value": value}
    return {"aspect": "field", "fields": [name], **claimed, **more}
