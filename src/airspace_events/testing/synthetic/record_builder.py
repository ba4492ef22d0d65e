"""Parts of synthetic records, such as places, objects and claims, and their scenarios."""

from dataclasses import dataclass, field
from typing import Any

from airspace_events.testing.synthetic import times
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
    """A generated source; ``origin`` is its own id, unless the source is a copy."""

    id: str
    origin: str
    published: int
    language: str


@dataclass(slots=True)
class Scenario:
    """A scenario: a few weeks in one state, with its own speakers."""

    state: State
    neighbour: str
    number: int
    abroad: str = ""
    speakers: list[str] = field(default_factory=list[str])
    official: str = ""
    body: str = ""
    series: str = ""
    publishers: int = 0

    @property
    def authority(self) -> str:
        """The id of the state's organization in this scenario, or else the code of the state."""
        return self.body or self.state.code


@dataclass(slots=True)
class Episode:
    """An episode: one night, with its sources and incursions, and the origin of the objects."""

    night: int
    side: str
    originals: list[Source] = field(default_factory=list[Source])
    sources: list[Source] = field(default_factory=list[Source])
    flights: list[Json] = field(default_factory=list[Json])

    def similar_flights(self, category: str) -> list[Json]:
        """Return the night's earlier incursions whose first object has the given category."""
        return [one for one in self.flights if one["objects"][0]["category"] == category]


class RecordBuilder:
    """A generator of the parts that many records share. Its results depend only on a seed.

    The records belong to the current scenario and the current episode.
    """

    scenario: Scenario
    episode: Episode

    def __init__(self, seed: int) -> None:
        self.rng = SeededRandom(seed)
        self.count = 0
        self.words = wording().words["en"]
        self.language = "en"

    def choose(self, name: str) -> Any:
        """Return a random choice from the list with the given name in ``choices.toml``."""
        return self.rng.pick(choices()[name])

    def begin(self, kind: str) -> Json:
        """Return the first fields of a record, and choose the language of its text."""
        is_english = self.rng.random() >= _SHARE_NOT_ENGLISH
        state = self.scenario.state
        self.language = "en" if is_english else state.language
        self.words = wording().words[self.language]
        return {"type": kind, "id": f"syn-{self.count + 1:06}-{state.code.lower()}"}

    def later_time(self) -> Json:
        """Return the time of a statement or finding about the episode."""
        return times.later_time(self.rng, self.episode.night + 2, self.scenario.state)

    def end(self, record: Json, share: float = 0.6) -> Json:
        """Return the record, perhaps with a note; a record not in English always gets a note."""
        if self.language != "en" or self.rng.random() < share:
            record["note"] = self.rng.pick(self.words.notes)
        return record

    def citations(self, parts: Json) -> list[Json]:
        """Return citations of the episode's sources, some with field names, a quote or grades."""
        rng, sources = self.rng, self.episode.sources
        first, second = rng.pick(sources), rng.pick(sources)
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

    def place(self, role: str | None = None, name: str | None = None) -> Json:
        """Return a place in the state of the scenario, with the details that a report might give.

        Args:
            role: the role of the place in the event.
            name: the id of the place within the record.
        """
        rng, state = self.rng, self.scenario.state
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
            place |= self._on_the_map()
        return place

    def _on_the_map(self) -> Json:
        rng = self.rng
        west, south, east, north = self.scenario.state.box
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

    def link(self, flights: list[Json]) -> Json:
        """Return a link to one of the given incursions, sometimes with a likelihood."""
        link: Json = {"incursion": self.rng.pick(flights)["id"]}
        return link | self.rng.pick(({}, {"likelihood": "likely"}, {"likelihood": "unlikely"}))

    # Aerial objects.

    def flying_object(self, name: str = "first") -> Json:
        """Return a flying object or group of objects, with its fates."""
        rng = self.rng
        kind = self.choose("kinds")
        flown: Json = {"category": kind["category"], "id": name}
        alike = self.episode.similar_flights(kind["category"])
        if alike and rng.chance(0.08):
            other: Json = {"object": f"{rng.pick(alike)['id']}#first", "likelihood": "unlikely"}
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

    def aircraft(self) -> Json:
        """Return aircraft of a neighbouring state that approached but did not cross the border."""
        rng = self.rng
        flown: Json = {"category": rng.pick(("crewed_aircraft", "crewed_aircraft", "aircraft"))}
        flown["id"] = "first"
        if rng.chance(0.6):
            flown["nationality"] = self.scenario.neighbour
        flown["count"] = rng.pick(({"best": 2}, {"best": 1}, {"verbatim": "a pair", "best": 2}))
        flown["role"] = "military_flight"
        if rng.chance(0.5):
            flown["transponder_on"] = "no"
        if rng.chance(0.3):
            flown["radio_contact"] = "no"
        return flown

    def sighted_object(self) -> Json:
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
            check["by"] = [self.scenario.authority]
        check["at"] = day(self.episode.night + rng.between(3, 9))
        flown["checked"] = check
        return flown

    def _fates(self, least: int) -> list[Json]:
        """Return fates whose counts add up to at most ``least``, the minimum number of objects."""
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
        """Return a count and its lower bound, which is 0 if unknown."""
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


def fates_of(objects: list[Json]) -> list[str]:
    """Return the fates of the given objects."""
    return [fate["fate"] for one in objects for fate in one.get("fates", ())]


_NO_ATTACK: Json = {"aspect": "intent", "value": "intentional_attack", "polarity": "no_evidence"}
_NO_ATTRIBUTION: Json = {"aspect": "attribution", "polarity": "undetermined"}
_VIOLATION: Json = {"aspect": "characterisation", "value": "violation"}


def claims_about(record: Json, scenario: Scenario) -> list[Json]:
    """Return the claims that can be made about an incursion, depending on its fields."""
    first: Json = record["objects"][0]
    claims = [
        _field("occurrence"),
        {"aspect": "intent", "value": "unintentional", "likelihood": "likely"},
        _field("objects.first.category"),
        _NO_ATTRIBUTION,
        {"aspect": "cause", "value": "jamming", "polarity": "not_excluded"},
        _field("objects.first.payload", "explosive", polarity="no_evidence"),
    ]
    if "nationality" not in first:
        whose = "objects.first.nationality"
        claims.append(_field(whose, scenario.neighbour, polarity="suspected"))
    counted = None if "count" in first else {"verbatim": "several"}
    claims.append(_field("objects.first.count", counted))
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
    if record.get("crossing", "discounted") == "discounted":
        return claims
    claims += [_field("crossing"), _NO_ATTACK]
    if "entered_from" not in record:
        claims.append(_field("entered_from", scenario.neighbour))
    return [
        *claims,
        _field("duration", {"verbatim": "a few minutes"}),
        _VIOLATION,
        {"aspect": "cause", "value": "navigation_error", "polarity": "unsubstantiated"},
        _field("depth", {"verbatim": "some kilometres"}, evidence_offered=["made-up pictures"]),
    ]


def claims_about_series(scenario: Scenario) -> list[Json]:
    """Return the claims that can be made about a series."""
    return [
        _field("crossing", scenario.state.code),
        _field("totals.incidents", {"verbatim": "more than one"}),
        _NO_ATTACK,
        _field("objects", {"category": "balloon"}, polarity="suspected"),
        _NO_ATTRIBUTION,
        _VIOLATION,
    ]


def _field(name: str, value: Any = None, **more: Any) -> Json:
    claimed: Json = {} if value is None else {"value": value}
    return {"aspect": "field", "fields": [name], **claimed, **more}
