"""Makes synthetic incursions: what flew, what became of it, and what was done about it."""

from airspace_events.models.incursion import Incursion
from airspace_events.testing import times
from airspace_events.testing.teller import Flight, Scene, Story, Teller
from airspace_events.testing.times import Json, day

_SHARE_LOOSE = 0.14

_FALLEN = frozenset({"crashed", "landed", "shot_down", "recovered"})


class IncursionTeller(Teller):
    """Makes incursions."""

    def incursion(self, scene: Scene, story: Story, *, to_be_revised: bool = False) -> Json:
        """An incursion of a story; of one that will be revised it is doubted that it crossed."""
        dice = self.dice
        record = self.begin(scene, "incursion")
        is_loose = self._event(record, scene, story)
        is_confirmed = self._standing(record, story, is_doubted=to_be_revised)
        self._measures(record)
        flown = [self._flown(story)]
        if dice.chance(0.3):
            flown.append(self._flown(story, "second"))
        fates = [fate["fate"] for one in flown for fate in one.get("fates", ())]
        self._course(record, scene, story, fates)
        record["objects"] = flown
        if dice.chance(0.2):
            record["effects"] = [self._effect(scene, story, fates, is_loose=is_loose)]
        if dice.chance(0.65):
            record["responses"] = self._responses(scene, story, fates, is_loose=is_loose)
        self._context(record, scene, story)
        cite = self._two_sources if is_confirmed else self.citations
        record["sources"] = cite(story, record)
        if to_be_revised or dice.chance(0.15):
            record["recorded_at"] = times.written_down(dice, story.night + 10)
        first = flown[0]
        has_fallen = any(fate["fate"] in _FALLEN for fate in first.get("fates", ()))
        story.flights.append(Flight(record["id"], first["category"], has_fallen))
        return self.end(record)

    def _event(self, record: Json, scene: Scene, story: Story) -> bool:
        """Say whose airspace, when and how much; tell whether the time is a loose one."""
        dice, state = self.dice, scene.state
        if dice.chance(0.75):
            record["title"] = dice.pick(self.words.titles)
        airspace: Json = {"state": state.code}
        if dice.chance(0.5):
            airspace["over"] = "territorial_sea" if state.coast and dice.chance(0.2) else "land"
        record["airspace"] = airspace
        is_loose = dice.chance(_SHARE_LOOSE)
        when = times.loose_time if is_loose else times.event_time
        record["time"] = when(dice, story.night, state)
        if _lasts(record) and dice.chance(0.12):
            record["scope"] = "aggregate"
        return is_loose

    def _course(self, record: Json, scene: Scene, story: Story, fates: list[str]) -> None:
        """Say whence it came, where it was seen, and by whom."""
        dice = self.dice
        if dice.chance(0.35):
            record["entered_from"] = [story.side]
        if "exited" in fates and dice.chance(0.6):
            record["exited_to"] = [story.side]
        if dice.chance(0.6):
            record["places"] = self._places(scene, fates)
        if dice.chance(0.4):
            record["detected_by"] = [scene.body or scene.state.code]

    def _context(self, record: Json, scene: Scene, story: Story) -> None:
        """Say what the desk holds of it, and with what it belongs together."""
        dice = self.dice
        if dice.chance(0.12):
            at = day(story.night + dice.between(10, 12))
            record["assessments"] = [{**dice.pick(_ASSESSMENTS), "at": at}]
        if dice.chance(0.5):
            record["part_of"] = scene.series
        alike = _alike(story, record["objects"][0]["category"])
        if alike and dice.chance(0.2):
            record["possibly_same_as"] = [self.link(alike)]

    def _standing(self, record: Json, story: Story, *, is_doubted: bool) -> bool:
        """Say how the desk judges it; confirmed is only what two sources tell on their own."""
        dice = self.dice
        is_confirmed = len(story.originals) > 1 and dice.chance(0.5)
        if is_confirmed:
            record["occurrence"] = "confirmed"
        if is_doubted or (not is_confirmed and dice.chance(0.08)):
            record["crossing"] = "doubtful"
        elif is_confirmed and dice.chance(0.7):
            record["crossing"] = "confirmed"
        return is_confirmed

    def _two_sources(self, story: Story, _: Json) -> list[Json]:
        start = self.dice.below(len(story.originals))
        both = [story.originals[start - 1], story.originals[start]]
        return [{"source": both[0].id}, {"source": both[1].id}]

    def _measures(self, record: Json) -> None:
        dice = self.dice
        if "scope" in record:
            number = dice.between(2, 19)
            told: Json = {"verbatim": f"{number} violations, not final", "best": number}
            record["crossings"] = dice.pick((told, {"verbatim": "several violations"}))
        elif _lasts(record) and dice.chance(0.2):
            record["duration"] = {"best": dice.between(2, 25), "unit": "min"}
        if dice.chance(0.15):
            record["depth"] = dice.pick(_DEPTHS)

    def _flown(self, story: Story, name: str = "first") -> Json:
        """What flew, and what became of it."""
        dice = self.dice
        kind = dice.pick(_KINDS)
        flown: Json = {"category": kind["category"], "id": name}
        alike = _alike(story, kind["category"])
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

    def _fates(self, least: int) -> list[Json]:
        """What became of it, or of so many that together they are no more than there were."""
        dice = self.dice
        first, second = dice.pick(_FATES), dice.pick(_FATES)
        if dice.chance(0.15):
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
        form, number = dice.pick(_COUNTED), dice.between(2, 9)
        if form == "one":
            return {"best": 1}, 1
        if form == "known":
            return {"best": number}, number
        if form == "at least":
            return {"verbatim": f"at least {_NUMBERS[number]}", "min": number}, number
        if form == "range":
            return {"min": number, "max": number + dice.between(1, 3)}, number
        if form == "words":
            return {"verbatim": dice.pick(("several", "a number of objects"))}, 0
        return None, 0

    def _places(self, scene: Scene, fates: list[str]) -> list[Json]:
        dice = self.dice
        role = "crashed" if "crashed" in fates else dice.pick(("entry", "overflown", "detected"))
        places = [self.place(scene, role)]
        others = [role for role in ("deepest", "lost", "affected") if dice.chance(0.15)]
        return places + [self.place(scene, role) for role in others]

    def _effect(self, scene: Scene, story: Story, fates: list[str], *, is_loose: bool) -> Json:
        dice = self.dice
        effect: Json = {"kind": "none_reported"}
        if dice.chance(0.4):
            effect = {"kind": "flights_disrupted", "cause": "precaution"}
            if dice.chance(0.5):
                number: Json = {"best": dice.between(2, 40)}
                effect = {"kind": "flights_disrupted", "count": number, "cause": "precaution"}
        elif not _FALLEN.isdisjoint(fates):
            effect = {"kind": "property_damage", "cause": dice.pick(_CAUSES)}
            effect["place"] = self.place(scene, "affected")
        if not is_loose and dice.chance(0.3):
            effect["time"] = {"value": day(story.night + 1), "timezone": scene.state.zone}
        return effect

    def _responses(
        self, scene: Scene, story: Story, fates: list[str], *, is_loose: bool
    ) -> list[Json]:
        dice, state = self.dice, scene.state
        by = [scene.body or state.code]
        made = [self._scramble(scene)] if dice.chance(0.45) else []
        if "shot_down" in fates:
            made.append({"kind": "shot_down", "by": [state.code], "stage": "done"})
        elif dice.chance(0.4):
            made.append({"kind": "not_engaged", "by": [state.code]})
        if dice.chance(0.3) and not _FALLEN.isdisjoint(fates):
            search: Json = {"kind": "debris_search", "by": by, "stage": "done"}
            if not is_loose:
                search["time"] = {"value": day(story.night + 1), "timezone": state.zone}
            made.append(search)
        if dice.chance(0.12) and state.nato:
            made.append({**_CONSULTATION, "at_request_of": [state.code], **_ARTICLE})
        if dice.chance(0.25) or not made:
            made.append({"kind": dice.pick(_ANSWERS), "by": by, "stage": dice.pick(_STAGES)})
        return made

    def _scramble(self, scene: Scene) -> Json:
        dice = self.dice
        assets: Json = {"designation": dice.pick(("F-16", "F-35", "Eurofighter Typhoon"))}
        if dice.chance(0.7):
            assets["count"] = {"best": 2}
        assets["operator"] = scene.state.code
        scramble: Json = {"kind": "scramble", "by": [scene.state.code], "stage": "done"}
        scramble["assets"] = [assets]
        if dice.chance(0.4):
            scramble["reason"] = "to monitor the made-up air situation"
        return scramble


def _alike(story: Story, category: str) -> list[Flight]:
    """What flew in that night already and may be the same, as far as its category tells."""
    return [flight for flight in story.flights if flight.category == category]


def _lasts(record: Json) -> bool:
    """Whether its time is more than an instant, with room for a duration and a second one."""
    value = record["time"]["value"]
    return "T" not in value or "/" in value


def revised_as_disputed(record: Json, recorded_at: str) -> Json:
    """The second revision of an incursion, whose crossing is disputed now."""
    fields = {**record, "revision": 2, "crossing": "disputed", "recorded_at": recorded_at}
    return {key: fields[key] for key in _INCURSION if key in fields}


_INCURSION = tuple(Incursion.model_fields)

_COUNTED = (
    *("one",) * 7,
    *("known",) * 4,
    *("at least",) * 2,
    "range",
    *("words",) * 3,
    *("nothing",) * 3,
)

_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")

_UNCREWED: Json = {"category": "uncrewed_aircraft"}

_KINDS: tuple[Json, ...] = (
    *(_UNCREWED,) * 5,
    *({"category": "unknown"},) * 2,
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

_FATES = (
    *("exited",) * 8,
    *("lost_from_view",) * 4,
    *("crashed",) * 4,
    *("shot_down",) * 2,
    "landed",
    "recovered",
    "unknown",
)

_ALTITUDES: tuple[Json, ...] = (
    {"best": 300, "unit": "m", "datum": "AGL"},
    {"verbatim": "low"},
    {"min": 1000, "max": 1500, "unit": "m", "datum": "MSL"},
    {"best": 120, "unit": "FL", "datum": "STD"},
)

_DEPTHS: tuple[Json, ...] = (
    {"best": 3, "unit": "km"},
    {"verbatim": "some 20 km", "best": 20, "unit": "km"},
    {"min": 5, "max": 10, "unit": "km"},
    {"best": 2.5, "unit": "NM"},
)

_CAUSES = ("intruding_object", "debris", "undetermined")

_CONSULTATION: Json = {"kind": "consultation", "by": ["nato"]}

_ARTICLE: Json = {"stage": "done", "article": "Article 4 of the North Atlantic Treaty"}

_ANSWERS = ("monitoring", "public_alert", "investigation", "information_sharing")

_STAGES = ("done", "done", "announced", "ended")

_ASSESSMENTS: tuple[Json, ...] = (
    {"aspect": "intent", "value": "unintentional", "likelihood": "likely", "confidence": "low"},
    {"aspect": "cause", "value": "navigation_error", "likelihood": "roughly_even_chance"},
    {"aspect": "occurrence", "likelihood": "almost_certain", "confidence": "moderate"},
)
