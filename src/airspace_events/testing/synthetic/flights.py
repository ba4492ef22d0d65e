"""The aerial objects of synthetic incursions, with their kinds, counts and fates."""

from airspace_events.testing.synthetic.record_builder import (
    Episode,
    Flight,
    RecordBuilder,
    Scenario,
)
from airspace_events.testing.synthetic.times import Json, day

FALLEN = frozenset({"crashed", "landed", "shot_down", "recovered"})
"""The fates that leave an object on the ground."""


class ObjectBuilder(RecordBuilder):
    """A generator of aerial objects."""

    def flying_object(self, episode: Episode, name: str = "first") -> Json:
        """Return an object that flew, with its fates."""
        rng = self.rng
        kind = rng.pick(_KINDS)
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
            flown["altitude"] = rng.pick(_ALTITUDES)
        fates = self._fates(least)
        if fates:
            flown["fates"] = fates
        if rng.chance(0.15):
            flown["note"] = rng.pick(self.words.notes)
        return flown

    def aircraft(self, scenario: Scenario) -> Json:
        """Return aircraft of a neighbouring state that approached but did not cross the border."""
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
        """Return an object that was reported as a drone, sometimes with the result of a check."""
        rng = self.rng
        flown: Json = {"category": "uncrewed_aircraft", "id": "first"}
        result = rng.pick(_CHECKED)
        if result == "":
            return flown
        check: Json = {"result": result}
        if result == "something_else":
            flown = {**rng.pick(_MISTAKEN)}
            check["reported_as"] = "uncrewed_aircraft"
        elif result == "borne_out" and rng.chance(0.4):
            flown["role"] = "recreational"
        if rng.chance(0.7):
            check["by"] = [scenario.body or scenario.state.code]
        check["at"] = day(episode.night + rng.between(3, 9))
        flown["checked"] = check
        return flown

    def _fates(self, least: int) -> list[Json]:
        """Return the fates of an object, whose counts never exceed the number of objects."""
        rng = self.rng
        first, second = rng.pick(_FATES), rng.pick(_FATES)
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
        """Return a count, and the smallest number that it can mean."""
        rng = self.rng
        number = rng.between(2, 9)
        reported: dict[str, tuple[Json | None, int]] = {
            "one": ({"best": 1}, 1),
            "known": ({"best": number}, number),
            "at least": ({"verbatim": f"at least {_NUMBERS[number]}", "min": number}, number),
            "range": ({"min": number, "max": number + rng.between(1, 3)}, number),
            "about": ({"verbatim": f"about {_NUMBERS[number]}", "roughly": number}, 0),
            "words": ({"verbatim": rng.pick(("several", "a number of objects"))}, 0),
            "nothing": (None, 0),
        }
        return reported[rng.pick(_COUNTED)]


def similar_flights(episode: Episode, category: str) -> list[Flight]:
    """Return the earlier flights of the same night with the same category."""
    return [flight for flight in episode.flights if flight.category == category]


_COUNTED = (
    *("one",) * 7,
    *("known",) * 4,
    *("at least",) * 2,
    "range",
    "about",
    *("words",) * 2,
    *("nothing",) * 3,
)

_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")

_UNCREWED: Json = {"category": "uncrewed_aircraft"}

_KINDS: tuple[Json, ...] = (
    *(_UNCREWED,) * 5,
    *({"category": "unidentified"},) * 2,
    _UNCREWED | {"role": "surveillance", "payload": "sensor"},
    _UNCREWED | {"subcategory": "uas_class_i", "role": "smuggling", "payload": "contraband"},
    _UNCREWED | {"role": "decoy", "designation": "Gerbera", "payload": "no_explosive"},
    _UNCREWED | {"role": "one_way_attack", "payload": "unknown"},
    _UNCREWED | {"subcategory": "uas_class_ii"},
    _UNCREWED | {"designation": "Orlan-10"},
    {"category": "balloon", "role": "smuggling", "payload": "contraband"},
    {"category": "balloon", "role": "meteorological", "payload": "sensor"},
    {"category": "missile", "subcategory": "cruise"},
    {"category": "crewed_aircraft", "role": "military_flight", "transponder_on": "no"},
    {"category": "crewed_aircraft", "icao_type": "C172", "flight_plan": "no"},
)

# The results of checks of sightings, in twentieths. The empty text means that nobody checked.
_CHECKED = (
    *("",) * 6,
    *("unresolved",) * 8,
    *("something_else",) * 4,
    *("borne_out",) * 2,
)

_MISTAKEN: tuple[Json, ...] = (
    {"category": "crewed_aircraft", "id": "first", "subcategory": "helicopter"},
    {"category": "crewed_aircraft", "id": "first", "subcategory": "aeroplane"},
    {"category": "celestial", "id": "first"},
    {"category": "light", "id": "first"},
    {"category": "vessel", "id": "first"},
    {"category": "bird", "id": "first"},
)

_FATES = (
    *("exited",) * 8,
    *("lost_from_view",) * 4,
    *("crashed",) * 4,
    *("shot_down",) * 2,
    "landed",
    "recovered",
)

_ALTITUDES: tuple[Json, ...] = (
    {"best": 300, "unit": "m", "datum": "AGL"},
    {"verbatim": "low"},
    {"min": 1000, "max": 1500, "unit": "m", "datum": "MSL"},
    {"roughly": 120, "unit": "FL", "datum": "STD"},
)
