"""The common parts of synthetic records: scenarios, sources, places, objects and claims."""

from dataclasses import dataclass, field
from typing import Any

from airspace_events.testing.synthetic.times import Json, day
from airspace_events.testing.synthetic.wording import SeededRandom, State, choices, wording

_SHARE_NOT_ENGLISH = 0.25

FALLEN = frozenset({"crashed", "landed", "shot_down", "recovered"})
"""The fates after which an object is on the ground."""

_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")

# The fields that a citation may support.
_PARTS = ("title", "time", "places", "objects", "responses", "found", "place", "made", "acts")


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

    def choose(self, name: str) -> Any:
        """Return one of the choices listed under a name in ``choices.toml``."""
        return self.rng.pick(choices()[name])

    def begin(self, scenario: Scenario, kind: str) -> Json:
        """Return the first fields of a record, and choose the language of its text."""
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
        # A copy contains only statements from its original.
        is_other = first.origin != second.origin and rng.chance(0.75)
        found = (first, second) if is_other else (first,)
        return [self._citation(source, parts) for source in found]

    def _citation(self, source: Source, parts: Json) -> Json:
        rng = self.rng
        citation: Json = {"source": source.id}
        form = self.choose("citation_forms")
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
        reported = self.choose("place_details")
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
        # numbers are avoided, because they would look less exact than the stated precision.
        x = int(west * 1000) + 10 * rng.below(int((east - west) * 100)) + rng.between(1, 9)
        y = int(south * 1000) + 10 * rng.below(int((north - south) * 100)) + rng.between(1, 9)
        form = self.choose("geometry_forms")
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

    # Aerial objects.

    def flying_object(self, episode: Episode, name: str = "first") -> Json:
        """Return an object that flew, with its fates."""
        rng = self.rng
        kind = self.choose("kinds")
        flown: Json = {"category": kind["category"], "id": name}
        alike = similar_flights(episode, kind["category"])
        if alike and rng.chance(0.08):
            other: Json = {"object": f"{rng.pick(alike).id}#first", "likelihood": "unlikely"}
            flown["possibly_same_as"] = [other]
        count, least = self._number()
        if count is not None:
            flown["count"] = count
        flown |= kind
        if rng.chance(0.2):
            flown["altitude"] = self.choose("altitudes")
        fates = self._fates(least)
        if fates:
            flown["fates"] = fates
        if rng.chance(0.15):
            flown["note"] = rng.pick(self.words.notes)
        return flown

    def aircraft(self, scenario: Scenario) -> Json:
        """Return aircraft of a neighbouring state that approached but did not enter."""
        rng = self.rng
        flown: Json = {"category": rng.pick(("crewed_aircraft", "crewed_aircraft", "aircraft"))}
        flown["id"] = "first"
        if rng.chance(0.6):
            flown["nationality"] = scenario.neighbour
        flown["count"] = rng.pick(({"best": 2}, {"best": 1}, {"verbatim": "a pair", "best": 2}))
        flown["role"] = "military_flight"
        if rng.chance(0.5):
            flown["transponder_on"] = "no"
        if rng.chance(0.3):
            flown["radio_contact"] = "no"
        return flown

    def sighted_object(self, scenario: Scenario, episode: Episode) -> Json:
        """Return an object reported as a drone, perhaps with the result of a check."""
        rng = self.rng
        flown: Json = {"category": "uncrewed_aircraft", "id": "first"}
        result = self.choose("checks")
        if result == "":  # nobody checked
            return flown
        check: Json = {"result": result}
        if result == "something_else":
            flown = {**self.choose("mistaken")}
            check["reported_as"] = "uncrewed_aircraft"
        elif result == "borne_out" and rng.chance(0.4):
            flown["role"] = "recreational"
        if rng.chance(0.7):
            check["by"] = [scenario.body or scenario.state.code]
        check["at"] = day(episode.night + rng.between(3, 9))
        flown["checked"] = check
        return flown

    def _fates(self, least: int) -> list[Json]:
        """Return the fates of an object; their counts never exceed the number of objects."""
        rng = self.rng
        first, second = self.choose("fates"), self.choose("fates")
        if rng.chance(0.18):
            return []
        if least > 1 and first != second and rng.chance(0.6):
            number = rng.between(1, least - 1)
            rest = rng.between(1, least - number)
            return [
                {"fate": first, "count": {"best": number}},
                {"fate": second, "count": {"best": rest}},
            ]
        return [{"fate": first}]

    def _number(self) -> tuple[Json | None, int]:
        """Return a count, and the smallest number that the count can mean."""
        rng = self.rng
        number = rng.between(2, 9)
        told: dict[str, tuple[Json | None, int]] = {
            "one": ({"best": 1}, 1),
            "known": ({"best": number}, number),
            "at least": ({"verbatim": f"at least {_NUMBERS[number]}", "min": number}, number),
            "range": ({"min": number, "max": number + rng.between(1, 3)}, number),
            "about": ({"verbatim": f"about {_NUMBERS[number]}", "roughly": number}, 0),
            "words": ({"verbatim": rng.pick(("several", "a number of objects"))}, 0),
            "nothing": (None, 0),
        }
        return told[self.choose("counts")]


def similar_flights(episode: Episode, category: str) -> list[Flight]:
    """Return the earlier flights of the night that have the same category."""
    return [flight for flight in episode.flights if flight.category == category]


def claims_about(record: Json, scenario: Scenario) -> tuple[Json, ...]:
    """Return the possible claims about an incursion with the given fields."""
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
    """Return the possible claims about a series."""
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
