"""Synthetic incursions: mostly crossings, but also approaches and sightings."""

from airspace_events.models.events import Incursion
from airspace_events.testing.synthetic import times
from airspace_events.testing.synthetic.record_builder import (
    FALLEN,
    Episode,
    Flight,
    RecordBuilder,
    Scenario,
    similar_flights,
)
from airspace_events.testing.synthetic.times import Json, day

_SHARE_LOOSE = 0.14
_CONSULTATION: Json = {"kind": "consultation", "by": ["nato"]}
_ARTICLE: Json = {"stage": "done", "article": "Article 4 of the North Atlantic Treaty"}


class IncursionBuilder(RecordBuilder):
    """A generator of incursions with their objects."""

    def incursion(
        self, scenario: Scenario, episode: Episode, *, to_be_revised: bool = False
    ) -> Json:
        """Return an incursion of an episode; if a revision follows, the crossing is doubtful."""
        rng = self.rng
        form = "crossing" if to_be_revised else self.choose("forms")
        record = self.begin(scenario, "incursion")
        is_loose = self._event(record, scenario, episode)
        is_confirmed = len(episode.originals) > 1 and rng.chance(0.5)
        if is_confirmed or rng.chance(0.2):
            record["occurrence"] = "confirmed" if is_confirmed else "reported"
        if form == "crossing":
            self._crossed(record, scenario, episode, is_doubted=to_be_revised)
        elif form == "sighting":
            self._seen(record, scenario, episode)
        else:
            self._came_near(record, scenario, form)
        if rng.chance(0.4 if form == "crossing" else 0.2):
            record["detected_by"] = [scenario.body or scenario.state.code]
        fates = [fate["fate"] for one in record["objects"] for fate in one.get("fates", ())]
        if rng.chance(0.6 if form == "sighting" else 0.2):
            record["effects"] = [self._effect(record, scenario, episode, fates, is_loose=is_loose)]
        if rng.chance(0.65):
            record["responses"] = (
                self._responses_to_sighting(record, scenario)
                if form == "sighting"
                else self._responses_to_flight(record, scenario, episode, fates, is_loose=is_loose)
            )
        self._context(record, scenario, episode)
        cite = self._two_sources if is_confirmed else self.citations
        record["sources"] = cite(episode, record)
        if to_be_revised or rng.chance(0.15):
            record["recorded_at"] = times.written_down(rng, episode.night + 10)
        record = in_order(self.end(record))
        first = record["objects"][0]
        episode.flights.append(
            Flight(
                record["id"],
                first["category"],
                any(fate["fate"] in FALLEN for fate in first.get("fates", ())),
                record,
            )
        )
        return record

    def _event(self, record: Json, scenario: Scenario, episode: Episode) -> bool:
        """Set the title, the state and the time, and return whether the time is imprecise."""
        rng = self.rng
        if rng.chance(0.75):
            record["title"] = rng.pick(self.words.titles)
        record["state"] = scenario.state.code
        is_loose = rng.chance(_SHARE_LOOSE)
        when = times.loose_time if is_loose else times.event_time
        record["time"] = when(rng, episode.night, scenario.state)
        return is_loose

    # Crossings, approaches and sightings.

    def _crossed(
        self, record: Json, scenario: Scenario, episode: Episode, *, is_doubted: bool
    ) -> None:
        """Set the status of the crossing, its depth, duration, objects, origin and places."""
        rng, state = self.rng, scenario.state
        is_confirmed = record.get("occurrence") == "confirmed"
        if is_doubted or (not is_confirmed and rng.chance(0.08)):
            record["crossing"] = "doubtful"
        elif is_confirmed and rng.chance(0.7):
            record["crossing"] = "confirmed"
        else:
            record["crossing"] = self.choose("unjudged")
        if rng.chance(0.5):
            record["over"] = "territorial_sea" if state.coast and rng.chance(0.2) else "land"
        self._measures(record)
        flown = [self.flying_object(episode)]
        if rng.chance(0.3):
            flown.append(self.flying_object(episode, "second"))
        record["objects"] = flown
        fates = [fate["fate"] for one in flown for fate in one.get("fates", ())]
        if rng.chance(0.35):
            record["entered_from"] = [episode.side]
        if "exited" in fates and rng.chance(0.6):
            record["exited_to"] = [episode.side]
        if rng.chance(0.6):
            record["places"] = self._places(scenario, fates)

    def _measures(self, record: Json) -> None:
        rng = self.rng
        if _lasts(record) and rng.chance(0.12):
            record["scope"] = "aggregate"
            number = rng.between(2, 19)
            described: Json = {"verbatim": f"{number} violations, not final", "best": number}
            record["totals"] = {
                "crossings": rng.pick((described, {"verbatim": "several violations"}))
            }
        elif _lasts(record) and rng.chance(0.2):
            record["duration"] = {"best": rng.between(2, 25), "unit": "min"}
        if rng.chance(0.15):
            record["depth"] = self.choose("depths")

    def _places(self, scenario: Scenario, fates: list[str]) -> list[Json]:
        rng = self.rng
        role = "crashed" if "crashed" in fates else rng.pick(("entry", "overflown", "detected"))
        places = [self.place(scenario, role)]
        others = [role for role in ("deepest", "lost", "affected") if rng.chance(0.15)]
        return places + [self.place(scenario, role) for role in others]

    def _came_near(self, record: Json, scenario: Scenario, form: str) -> None:
        """Set the zone that was entered, or the distance to the border."""
        rng = self.rng
        if form == "approach" or rng.chance(0.5):
            is_at_sea = scenario.state.coast and rng.chance(0.7)
            record["over"] = "international_waters" if is_at_sea else "another_state"
        if rng.chance(0.4):
            record["crossing"] = "discounted"
        if form == "adiz_entry":
            is_confirmed = record.get("occurrence") == "confirmed"
            zone: Json = {"type": "ADIZ", "id": "adiz"}
            if rng.chance(0.5):
                zone["name"] = "Example Identification Zone"
            zone["entry"] = "confirmed" if is_confirmed else "reported"
            if _lasts(record) and rng.chance(0.3):
                zone["duration"] = {"roughly": rng.between(10, 90), "unit": "min"}
            record["zones"] = [zone]
            if rng.chance(0.2):
                record["totals"] = {"zone_entries": {"best": rng.between(2, 6)}}
        elif rng.chance(0.6):
            record["distance"] = self.choose("distances")
        record["objects"] = [self.aircraft(scenario)]

    def _seen(self, record: Json, scenario: Scenario, episode: Episode) -> None:
        """Set the type of area below the sighting, and the number of sightings."""
        rng = self.rng
        record["over"] = "land"
        if rng.chance(0.6):
            number: Json = {"roughly": 10 * rng.between(1, 3)}
            counts = ({"best": 1}, {"best": rng.between(2, 9)}, number)
            record["totals"] = {"sightings": rng.pick(counts)}
        if rng.chance(0.8):
            record["places"] = [self.place(scenario, "overflown", name="site")]
        record["objects"] = [self.sighted_object(scenario, episode)]

    # Effects and responses.

    def _effect(
        self,
        record: Json,
        scenario: Scenario,
        episode: Episode,
        fates: list[str],
        *,
        is_loose: bool,
    ) -> Json:
        rng = self.rng
        effect: Json = {"kind": "none_reported"}
        if rng.chance(0.4):
            effect = {"kind": self.choose("disruptions"), "id": "flights"}
            if rng.chance(0.5):
                effect["count"] = {rng.pick(("best", "roughly")): rng.between(2, 40)}
            effect["cause"] = "precaution"
        elif not FALLEN.isdisjoint(fates):
            cause = self.choose("causes")
            effect = {"kind": "property_damage", "id": "house", "cause": cause, "place": "hit"}
            hit = self.place(scenario, "affected", name="hit")
            record["places"] = [*record.get("places", ()), hit]
        if not is_loose and rng.chance(0.3):
            effect["time"] = {"value": day(episode.night + 1), "timezone": scenario.state.zone}
        return effect

    def _responses_to_flight(
        self,
        record: Json,
        scenario: Scenario,
        episode: Episode,
        fates: list[str],
        *,
        is_loose: bool,
    ) -> list[Json]:
        """Return the responses to an object that entered or approached the airspace."""
        rng, state = self.rng, scenario.state
        by = [scenario.body or state.code]
        made = [self._scramble(record, scenario)] if rng.chance(0.45) else []
        if "shot_down" in fates:
            made.append({"kind": "shot_down", "by": [state.code], "stage": "done"})
        elif rng.chance(0.4):
            made.append({"kind": "not_engaged", "by": [state.code]})
        if rng.chance(0.3) and not FALLEN.isdisjoint(fates):
            search: Json = {"kind": "debris_search", "by": by, "stage": "done"}
            if not is_loose:
                search["time"] = {"value": day(episode.night + 1), "timezone": state.zone}
            made.append(search)
        if rng.chance(0.12) and state.nato:
            made.append({**_CONSULTATION, "at_request_of": [state.code], **_ARTICLE})
        if rng.chance(0.25) or not made:
            made.append(
                {"kind": self.choose("responses"), "by": by, "stage": self.choose("stages")}
            )
        return made

    def _responses_to_sighting(self, record: Json, scenario: Scenario) -> list[Json]:
        """Return the responses to a sighting."""
        rng = self.rng
        kind = self.choose("responses_to_sightings")
        answer: Json = {"kind": kind, "id": "answer"}
        if kind == "airport_closure" and rng.chance(0.5):
            answer["count"] = {"best": rng.between(1, 3)}
        answer["by"] = [scenario.body or scenario.state.code]
        answer["stage"] = "done"
        if any(place.get("id") == "site" for place in record.get("places", ())):
            answer["place"] = "site"
        return [answer]

    def _scramble(self, record: Json, scenario: Scenario) -> Json:
        rng = self.rng
        assets: Json = {"designation": rng.pick(("F-16", "F-35", "Eurofighter Typhoon"))}
        if rng.chance(0.7):
            assets["count"] = {"best": 2}
        assets["operator"] = scenario.state.code
        scramble: Json = {"kind": "scramble", "id": "scramble", "by": [scenario.state.code]}
        scramble["stage"] = "done"
        scramble["assets"] = [assets]
        if rng.chance(0.15):
            base = self.place(scenario, "response_base", name="base")
            record["places"] = [*record.get("places", ()), base]
            scramble["place"] = "base"
        if rng.chance(0.3):
            scramble["reason"] = "to monitor the made-up air situation"
        return scramble

    def _context(self, record: Json, scenario: Scenario, episode: Episode) -> None:
        """Set the assessments of the desk, and the links to other records."""
        rng = self.rng
        if rng.chance(0.12):
            at = day(episode.night + rng.between(10, 12))
            record["assessments"] = [{**self.choose("assessments"), "at": at}]
        if rng.chance(0.5):
            record["part_of"] = scenario.series
        alike = similar_flights(episode, record["objects"][0]["category"])
        if alike and "checked" not in record["objects"][0] and rng.chance(0.2):
            record["possibly_same_as"] = [self.link(alike)]

    def _two_sources(self, episode: Episode, _: Json) -> list[Json]:
        start = self.rng.below(len(episode.originals))
        both = [episode.originals[start - 1], episode.originals[start]]
        return [{"source": both[0].id}, {"source": both[1].id}]


def _lasts(record: Json) -> bool:
    """Return whether the time is longer than an instant, so the incursion can have a duration."""
    value = record["time"]["value"]
    return "T" not in value or "/" in value


def revised_as_disputed(record: Json, recorded_at: str) -> Json:
    """Return the second revision of an incursion, with a disputed crossing."""
    changes = {"revision": 2, "crossing": "disputed", "recorded_at": recorded_at}
    return in_order({**record, **changes})


def in_order(record: Json) -> Json:
    """Return an incursion with its keys in the order of the fields."""
    return {key: record[key] for key in _INCURSION if key in record}


_INCURSION = tuple(Incursion.model_fields)
