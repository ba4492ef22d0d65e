"""Makes synthetic incursions: crossings most often, and what only came near or was only seen."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

from airspace_events.models.incursion import Incursion
from airspace_events.testing.synthetic import times
from airspace_events.testing.synthetic.flights import FALLEN, ObjectTeller, flown_alike
from airspace_events.testing.synthetic.record_builder import Flight, Scene, Story
from airspace_events.testing.synthetic.times import Json, day

_Form = Literal["crossing", "adiz_entry", "approach", "sighting"]

_SHARE_LOOSE = 0.14


class IncursionTeller(ObjectTeller):
    """Makes incursions."""

    def incursion(self, scene: Scene, story: Story, *, to_be_revised: bool = False) -> Json:
        """An incursion of a story; of one that will be revised it is doubted that it crossed."""
        dice = self.dice
        form: _Form = "crossing" if to_be_revised else dice.pick(_FORMS)
        record = self.begin(scene, "incursion")
        is_loose = self._event(record, scene, story)
        is_confirmed = len(story.originals) > 1 and dice.chance(0.5)
        if is_confirmed or dice.chance(0.2):
            record["occurrence"] = "confirmed" if is_confirmed else "reported"
        if form == "crossing":
            self._crossed(record, scene, story, is_doubted=to_be_revised)
        elif form == "sighting":
            self._seen(record, scene, story)
        else:
            self._came_near(record, scene, form)
        if dice.chance(0.4 if form == "crossing" else 0.2):
            record["detected_by"] = [scene.body or scene.state.code]
        fates = [fate["fate"] for one in record["objects"] for fate in one.get("fates", ())]
        if dice.chance(0.6 if form == "sighting" else 0.2):
            record["effects"] = [self._effect(record, scene, story, fates, is_loose=is_loose)]
        if dice.chance(0.65):
            record["responses"] = (
                self._to_sighting(record, scene)
                if form == "sighting"
                else self._to_flight(record, scene, story, fates, is_loose=is_loose)
            )
        self._context(record, scene, story)
        cite = self._two_sources if is_confirmed else self.citations
        record["sources"] = cite(story, record)
        if to_be_revised or dice.chance(0.15):
            record["recorded_at"] = times.written_down(dice, story.night + 10)
        record = in_order(self.end(record))
        first = record["objects"][0]
        story.flights.append(
            Flight(
                record["id"],
                first["category"],
                any(fate["fate"] in FALLEN for fate in first.get("fates", ())),
                record,
            )
        )
        return record

    def _event(self, record: Json, scene: Scene, story: Story) -> bool:
        """Say which state it concerns, when and how much; tell whether the time is a loose one."""
        dice = self.dice
        if dice.chance(0.75):
            record["title"] = dice.pick(self.words.titles)
        record["state"] = scene.state.code
        is_loose = dice.chance(_SHARE_LOOSE)
        when = times.loose_time if is_loose else times.event_time
        record["time"] = when(dice, story.night, scene.state)
        return is_loose

    # What crossed the border, what came near it, and what was only seen.

    def _crossed(self, record: Json, scene: Scene, story: Story, *, is_doubted: bool) -> None:
        """Say how the desk judges the crossing, how far and how long it went, and whence."""
        dice, state = self.dice, scene.state
        is_confirmed = record.get("occurrence") == "confirmed"
        if is_doubted or (not is_confirmed and dice.chance(0.08)):
            record["crossing"] = "doubtful"
        elif is_confirmed and dice.chance(0.7):
            record["crossing"] = "confirmed"
        else:
            record["crossing"] = dice.pick(_UNJUDGED)
        if dice.chance(0.5):
            record["over"] = "territorial_sea" if state.coast and dice.chance(0.2) else "land"
        self._measures(record)
        flown = [self.flown(story)]
        if dice.chance(0.3):
            flown.append(self.flown(story, "second"))
        record["objects"] = flown
        fates = [fate["fate"] for one in flown for fate in one.get("fates", ())]
        if dice.chance(0.35):
            record["entered_from"] = [story.side]
        if "exited" in fates and dice.chance(0.6):
            record["exited_to"] = [story.side]
        if dice.chance(0.6):
            record["places"] = self._places(scene, fates)

    def _measures(self, record: Json) -> None:
        dice = self.dice
        if _lasts(record) and dice.chance(0.12):
            record["scope"] = "aggregate"
            number = dice.between(2, 19)
            told: Json = {"verbatim": f"{number} violations, not final", "best": number}
            record["totals"] = {"crossings": dice.pick((told, {"verbatim": "several violations"}))}
        elif _lasts(record) and dice.chance(0.2):
            record["duration"] = {"best": dice.between(2, 25), "unit": "min"}
        if dice.chance(0.15):
            record["depth"] = dice.pick(_DEPTHS)

    def _places(self, scene: Scene, fates: list[str]) -> list[Json]:
        dice = self.dice
        role = "crashed" if "crashed" in fates else dice.pick(("entry", "overflown", "detected"))
        places = [self.place(scene, role)]
        others = [role for role in ("deepest", "lost", "affected") if dice.chance(0.15)]
        return places + [self.place(scene, role) for role in others]

    def _came_near(self, record: Json, scene: Scene, form: _Form) -> None:
        """Say which zone it entered, or how near to the border it came."""
        dice = self.dice
        if form == "approach" or dice.chance(0.5):
            is_at_sea = scene.state.coast and dice.chance(0.7)
            record["over"] = "international_waters" if is_at_sea else "another_state"
        if dice.chance(0.4):
            record["crossing"] = "discounted"
        if form == "adiz_entry":
            is_confirmed = record.get("occurrence") == "confirmed"
            zone: Json = {"type": "ADIZ", "id": "adiz"}
            if dice.chance(0.5):
                zone["name"] = "Example Identification Zone"
            zone["entry"] = "confirmed" if is_confirmed else "reported"
            if _lasts(record) and dice.chance(0.3):
                zone["duration"] = {"roughly": dice.between(10, 90), "unit": "min"}
            record["zones"] = [zone]
            if dice.chance(0.2):
                record["totals"] = {"zone_entries": {"best": dice.between(2, 6)}}
        elif dice.chance(0.6):
            record["distance"] = dice.pick(_DISTANCES)
        record["objects"] = [self.aircraft(scene)]

    def _seen(self, record: Json, scene: Scene, story: Story) -> None:
        """Say over what it was seen, and how often."""
        dice = self.dice
        record["over"] = "land"
        if dice.chance(0.6):
            number: Json = {"roughly": 10 * dice.between(1, 3)}
            counts = ({"best": 1}, {"best": dice.between(2, 9)}, number)
            record["totals"] = {"sightings": dice.pick(counts)}
        if dice.chance(0.8):
            record["places"] = [self.place(scene, "overflown", name="site")]
        record["objects"] = [self.seen(scene, story)]

    # What followed.

    def _effect(
        self, record: Json, scene: Scene, story: Story, fates: list[str], *, is_loose: bool
    ) -> Json:
        dice = self.dice
        effect: Json = {"kind": "none_reported"}
        if dice.chance(0.4):
            effect = {"kind": dice.pick(_DISRUPTIONS), "id": "flights"}
            if dice.chance(0.5):
                effect["count"] = {dice.pick(("best", "roughly")): dice.between(2, 40)}
            effect["cause"] = "precaution"
        elif not FALLEN.isdisjoint(fates):
            cause = dice.pick(_CAUSES)
            effect = {"kind": "property_damage", "id": "house", "cause": cause, "place": "hit"}
            hit = self.place(scene, "affected", name="hit")
            record["places"] = [*record.get("places", ()), hit]
        if not is_loose and dice.chance(0.3):
            effect["time"] = {"value": day(story.night + 1), "timezone": scene.state.zone}
        return effect

    def _to_flight(
        self, record: Json, scene: Scene, story: Story, fates: list[str], *, is_loose: bool
    ) -> list[Json]:
        """The responses to what flew in or came near."""
        dice, state = self.dice, scene.state
        by = [scene.body or state.code]
        made = [self._scramble(record, scene)] if dice.chance(0.45) else []
        if "shot_down" in fates:
            made.append({"kind": "shot_down", "by": [state.code], "stage": "done"})
        elif dice.chance(0.4):
            made.append({"kind": "not_engaged", "by": [state.code]})
        if dice.chance(0.3) and not FALLEN.isdisjoint(fates):
            search: Json = {"kind": "debris_search", "by": by, "stage": "done"}
            if not is_loose:
                search["time"] = {"value": day(story.night + 1), "timezone": state.zone}
            made.append(search)
        if dice.chance(0.12) and state.nato:
            made.append({**_CONSULTATION, "at_request_of": [state.code], **_ARTICLE})
        if dice.chance(0.25) or not made:
            made.append({"kind": dice.pick(_ANSWERS), "by": by, "stage": dice.pick(_STAGES)})
        return made

    def _to_sighting(self, record: Json, scene: Scene) -> list[Json]:
        """The responses to what was only seen."""
        dice = self.dice
        kind = dice.pick(_AFTER_SIGHTINGS)
        answer: Json = {"kind": kind, "id": "answer"}
        if kind == "airport_closure" and dice.chance(0.5):
            answer["count"] = {"best": dice.between(1, 3)}
        answer["by"] = [scene.body or scene.state.code]
        answer["stage"] = "done"
        if any(place.get("id") == "site" for place in record.get("places", ())):
            answer["place"] = "site"
        return [answer]

    def _scramble(self, record: Json, scene: Scene) -> Json:
        dice = self.dice
        assets: Json = {"designation": dice.pick(("F-16", "F-35", "Eurofighter Typhoon"))}
        if dice.chance(0.7):
            assets["count"] = {"best": 2}
        assets["operator"] = scene.state.code
        scramble: Json = {"kind": "scramble", "id": "scramble", "by": [scene.state.code]}
        scramble["stage"] = "done"
        scramble["assets"] = [assets]
        if dice.chance(0.15):
            base = self.place(scene, "response_base", name="base")
            record["places"] = [*record.get("places", ()), base]
            scramble["place"] = "base"
        if dice.chance(0.3):
            scramble["reason"] = "to monitor the made-up air situation"
        return scramble

    def _context(self, record: Json, scene: Scene, story: Story) -> None:
        """Say what the desk holds of it, and with what it belongs together."""
        dice = self.dice
        if dice.chance(0.12):
            at = day(story.night + dice.between(10, 12))
            record["assessments"] = [{**dice.pick(_ASSESSMENTS), "at": at}]
        if dice.chance(0.5):
            record["part_of"] = scene.series
        alike = flown_alike(story, record["objects"][0]["category"])
        if alike and "checked" not in record["objects"][0] and dice.chance(0.2):
            record["possibly_same_as"] = [self.link(alike)]

    def _two_sources(self, story: Story, _: Json) -> list[Json]:
        start = self.dice.below(len(story.originals))
        both = [story.originals[start - 1], story.originals[start]]
        return [{"source": both[0].id}, {"source": both[1].id}]


def _lasts(record: Json) -> bool:
    """Whether its time is more than an instant, with room for a duration and a second one."""
    value = record["time"]["value"]
    return "T" not in value or "/" in value


def revised_as_disputed(record: Json, recorded_at: str) -> Json:
    """The second revision of an incursion, whose crossing is disputed now."""
    changes = {"revision": 2, "crossing": "disputed", "recorded_at": recorded_at}
    return in_order({**record, **changes})


def in_order(record: Json) -> Json:
    """An incursion with its keys in the order of the fields."""
    return {key: record[key] for key in _INCURSION if key in record}


_INCURSION = tuple(Incursion.model_fields)

# How often each form comes up, in twentieths.
_SHARES: Mapping[_Form, int] = MappingProxyType(
    {"crossing": 14, "adiz_entry": 2, "approach": 1, "sighting": 3}
)
_FORMS: tuple[_Form, ...] = tuple(form for form, share in _SHARES.items() for _ in range(share))

_UNJUDGED = (*("reported",) * 9, "suspected")

_DEPTHS: tuple[Json, ...] = (
    {"best": 3, "unit": "km"},
    {"verbatim": "some 20 km", "roughly": 20, "unit": "km"},
    {"min": 5, "max": 10, "unit": "km"},
    {"best": 2.5, "unit": "NM"},
)

_DISTANCES: tuple[Json, ...] = (
    {"roughly": 12, "unit": "NM"},
    {"best": 3, "unit": "km"},
    {"verbatim": "some kilometres"},
)

_DISRUPTIONS = (
    "flights_disrupted",
    "flights_diverted",
    "flights_cancelled",
    "passengers_affected",
)

_CAUSES = ("intruding_object", "debris", "undetermined")

_CONSULTATION: Json = {"kind": "consultation", "by": ["nato"]}

_ARTICLE: Json = {"stage": "done", "article": "Article 4 of the North Atlantic Treaty"}

_ANSWERS = ("monitoring", "public_alert", "investigation", "information_sharing", "pursuit")

_AFTER_SIGHTINGS = ("airport_closure", "airport_closure", "investigation", "jamming", "arrest")

_STAGES = ("done", "done", "announced", "ended")

_ASSESSMENTS: tuple[Json, ...] = (
    {"aspect": "intent", "value": "unintentional", "likelihood": "likely", "confidence": "low"},
    {"aspect": "cause", "value": "navigation_error", "likelihood": "roughly_even_chance"},
    {"aspect": "field", "fields": ["objects.first"], "likelihood": "almost_certain"},
)
