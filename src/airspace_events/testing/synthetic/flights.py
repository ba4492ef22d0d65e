"""Makes what flew in synthetic incursions: its kind, how many there were, what became of it."""

from airspace_events.testing.synthetic.record_builder import Flight, Scene, Story, Teller
from airspace_events.testing.synthetic.times import Json, day

FALLEN = frozenset({"crashed", "landed", "shot_down", "recovered"})
"""The fates after which something lies on the ground."""


class ObjectTeller(Teller):
    """Makes objects."""

    def flown(self, story: Story, name: str = "first") -> Json:
        """What flew, and what became of it."""
        dice = self.dice
        kind = dice.pick(_KINDS)
        flown: Json = {"category": kind["category"], "id": name}
        alike = flown_alike(story, kind["category"])
        if alike and dice.chance(0.08):
            other: Json = {"object": f"{dice.pick(alike).id}#first", "likelihood": "unlikely"}
            flown["possibly_same_as"] = [other]
        count, least = self._number()
        if count is not None:
            flown["count"] = count
        flown |= kind
        if dice.chance(0.2):
            flown["altitude"] = dice.pick(_ALTITUDES)
        fates = self._fates(least)
        if fates:
            flown["fates"] = fates
        if dice.chance(0.15):
            flown["note"] = dice.pick(self.words.notes)
        return flown

    def aircraft(self, scene: Scene) -> Json:
        """Aircraft of a neighbour, which came near and not in."""
        dice = self.dice
        flown: Json = {"category": dice.pick(("crewed_aircraft", "crewed_aircraft", "aircraft"))}
        flown["id"] = "first"
        if dice.chance(0.6):
            flown["nationality"] = scene.neighbour
        flown["count"] = dice.pick(({"best": 2}, {"best": 1}, {"verbatim": "a pair", "best": 2}))
        flown["role"] = "military_flight"
        if dice.chance(0.5):
            flown["transponder_on"] = "no"
        if dice.chance(0.3):
            flown["radio_contact"] = "no"
        return flown

    def seen(self, scene: Scene, story: Story) -> Json:
        """What somebody took for a drone, and what it turned out to be if that was checked."""
        dice = self.dice
        flown: Json = {"category": "uncrewed_aircraft", "id": "first"}
        result = dice.pick(_CHECKED)
        if result == "":
            return flown
        check: Json = {"result": result}
        if result == "something_else":
            flown = {**dice.pick(_MISTAKEN)}
            check["reported_as"] = "uncrewed_aircraft"
        elif result == "borne_out" and dice.chance(0.4):
            flown["role"] = "recreational"
        if dice.chance(0.7):
            check["by"] = [scene.body or scene.state.code]
        check["at"] = day(story.night + dice.between(3, 9))
        flown["checked"] = check
        return flown

    def _fates(self, least: int) -> list[Json]:
        """What became of it, or of so many that together they are no more than there were."""
        dice = self.dice
        first, second = dice.pick(_FATES), dice.pick(_FATES)
        if dice.chance(0.18):
            return []
        if least > 1 and first != second and dice.chance(0.6):
            number = dice.between(1, least - 1)
            rest = dice.between(1, least - number)
            return [
                {"fate": first, "count": {"best": number}},
                {"fate": second, "count": {"best": rest}},
            ]
        return [{"fate": first}]

    def _number(self) -> tuple[Json | None, int]:
        """A count, and the least number for which it stands."""
        dice = self.dice
        number = dice.between(2, 9)
        told: dict[str, tuple[Json | None, int]] = {
            "one": ({"best": 1}, 1),
            "known": ({"best": number}, number),
            "at least": ({"verbatim": f"at least {_NUMBERS[number]}", "min": number}, number),
            "range": ({"min": number, "max": number + dice.between(1, 3)}, number),
            "about": ({"verbatim": f"about {_NUMBERS[number]}", "roughly": number}, 0),
            "words": ({"verbatim": dice.pick(("several", "a number of objects"))}, 0),
            "nothing": (None, 0),
        }
        return told[dice.pick(_COUNTED)]


def flown_alike(story: Story, category: str) -> list[Flight]:
    """What flew in that night already and may be the same, as far as its category tells."""
    return [flight for flight in story.flights if flight.category == category]


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

# What sightings turned out to be, in twentieths; the empty word: nobody checked.
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
