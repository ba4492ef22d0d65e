"""Synthetic incursions: mostly crossings, but also approaches and sightings."""

from airspace_events.models.events import Incursion
from airspace_events.testing.synthetic import times
from airspace_events.testing.synthetic.record_builder import (
    FALLEN,
    RecordBuilder,
    fates_of,
)
from airspace_events.testing.synthetic.times import Json, day

_SHARE_LOOSE = 0.14
_CONSULTATION: Json = {"kind": "consultation", "by": ["nato"]}
_ARTICLE: Json = {"stage": "done", "article": "Article 4 of the North Atlantic Treaty"}


class IncursionBuilder(RecordBuilder):
    """A generator of incursions with their objects."""

    def incursion(self, *, to_be_revised: bool = False) -> Json:
        """Return an incursion of the episode, with a doubtful crossing if it will be revised."""
        rng, episode = self.rng, self.episode
        form = "crossing" if to_be_revised else self.choose("forms")
        record = self.begin("incursion")
        is_loose = self._event(record)
        is_confirmed = len(episode.originals) > 1 and rng.chance(0.5)
        if is_confirmed or rng.chance(0.2):
            record["occurrence"] = "confirmed" if is_confirmed else "reported"
        if form == "crossing":
            self._crossed(record, is_doubted=to_be_revised)
        elif form == "sighting":
            self._seen(record)
        else:
            self._came_near(record, form)
        if rng.chance(0.4 if form == "crossing" else 0.2):
            record["detected_by"] = [self.scenario.authority]
        if rng.chance(0.6 if form == "sighting" else 0.2):
            record["effects"] = [self._effect(record, is_loose=is_loose)]
        if rng.chance(0.65):
            if form == "sighting":
                record["responses"] = [self._response_to_sighting(record)]
            else:
                record["responses"] = self._responses_to_flight(record, is_loose=is_loose)
        self._assess_and_link(record)
        record["sources"] = self._two_sources() if is_confirmed else self.citations(record)
        if to_be_revised or rng.chance(0.15):
            record["recorded_at"] = times.written_down(rng, episode.night + 10)
        record = in_order(self.end(record))
        episode.flights.append(record)
        return record

    def _event(self, record: Json) -> bool:
        """Set the title, the state and the time, and return whether the time is imprecise."""
        rng, state = self.rng, self.scenario.state
        if rng.chance(0.75):
            record["title"] = rng.pick(self.words.titles)
        record["state"] = state.code
        is_loose = rng.chance(_SHARE_LOOSE)
        record["time"] = times.event_time(rng, self.episode.night, state, is_loose=is_loose)
        return is_loose

    # Crossings, approaches and sightings.

    def _crossed(self, record: Json, *, is_doubted: bool) -> None:
        rng, state = self.rng, self.scenario.state
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
        record["objects"] = [self.flying_object()]
        if rng.chance(0.3):
            record["objects"].append(self.flying_object("second"))
        fates = fates_of(record["objects"])
        if rng.chance(0.35):
            record["entered_from"] = [self.episode.side]
        if "exited" in fates and rng.chance(0.6):
            record["exited_to"] = [self.episode.side]
        if rng.chance(0.6):
            record["places"] = self._places(fates)

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

    def _places(self, fates: list[str]) -> list[Json]:
        rng = self.rng
        role = "crashed" if "crashed" in fates else rng.pick(("entry", "overflown", "detected"))
        place = self.place(role)
        others = [role for role in ("deepest", "lost", "affected") if rng.chance(0.15)]
        return [place, *(self.place(role) for role in others)]

    def _came_near(self, record: Json, form: str) -> None:
        rng = self.rng
        if form == "approach" or rng.chance(0.5):
            is_at_sea = self.scenario.state.coast and rng.chance(0.7)
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
        record["objects"] = [self.aircraft()]

    def _seen(self, record: Json) -> None:
        rng = self.rng
        record["over"] = "land"
        if rng.chance(0.6):
            number: Json = {"roughly": 10 * rng.between(1, 3)}
            counts = ({"best": 1}, {"best": rng.between(2, 9)}, number)
            record["totals"] = {"sightings": rng.pick(counts)}
        if rng.chance(0.8):
            record["places"] = [self.place("overflown", name="site")]
        record["objects"] = [self.sighted_object()]

    # Effects and responses.

    def _effect(self, record: Json, *, is_loose: bool) -> Json:
        rng = self.rng
        effect: Json = {"kind": "none_reported"}
        if rng.chance(0.4):
            effect = {"kind": self.choose("disruptions"), "id": "flights"}
            if rng.chance(0.5):
                effect["count"] = {rng.pick(("best", "roughly")): rng.between(2, 40)}
            effect["cause"] = "precaution"
        elif not FALLEN.isdisjoint(fates_of(record["objects"])):
            cause = self.choose("causes")
            effect = {"kind": "property_damage", "id": "house", "cause": cause, "place": "hit"}
            self._add_place(record, "affected", "hit")
        if not is_loose and rng.chance(0.3):
            effect["time"] = self._next_day()
        return effect

    def _responses_to_flight(self, record: Json, *, is_loose: bool) -> list[Json]:
        rng, state, fates = self.rng, self.scenario.state, fates_of(record["objects"])
        by = [self.scenario.authority]
        made = [self._scramble(record)] if rng.chance(0.45) else []
        if "shot_down" in fates:
            made.append({"kind": "shot_down", "by": [state.code], "stage": "done"})
        elif rng.chance(0.4):
            made.append({"kind": "not_engaged", "by": [state.code]})
        if rng.chance(0.3) and not FALLEN.isdisjoint(fates):
            search: Json = {"kind": "debris_search", "by": by, "stage": "done"}
            made.append(search if is_loose else search | {"time": self._next_day()})
        if rng.chance(0.12) and state.nato:
            made.append({**_CONSULTATION, "at_request_of": [state.code], **_ARTICLE})
        if rng.chance(0.25) or not made:
            kind, stage = self.choose("responses"), self.choose("stages")
            made.append({"kind": kind, "by": by, "stage": stage})
        return made

    def _response_to_sighting(self, record: Json) -> Json:
        rng = self.rng
        response: Json = {"kind": self.choose("responses_to_sightings"), "id": "answer"}
        if response["kind"] == "airport_closure" and rng.chance(0.5):
            response["count"] = {"best": rng.between(1, 3)}
        response["by"] = [self.scenario.authority]
        response["stage"] = "done"
        if any(place.get("id") == "site" for place in record.get("places", ())):
            response["place"] = "site"
        return response

    def _scramble(self, record: Json) -> Json:
        rng, state = self.rng, self.scenario.state
        assets: Json = {"designation": rng.pick(("F-16", "F-35", "Eurofighter Typhoon"))}
        if rng.chance(0.7):
            assets["count"] = {"best": 2}
        assets["operator"] = state.code
        scramble: Json = {"kind": "scramble", "id": "scramble", "by": [state.code]}
        scramble |= {"stage": "done", "assets": [assets]}
        if rng.chance(0.15):
            self._add_place(record, "response_base", "base")
            scramble["place"] = "base"
        if rng.chance(0.3):
            scramble["reason"] = "to monitor the made-up air situation"
        return scramble

    def _add_place(self, record: Json, role: str, name: str) -> None:
        record.setdefault("places", []).append(self.place(role, name))

    def _next_day(self) -> Json:
        return {"value": day(self.episode.night + 1), "timezone": self.scenario.state.zone}

    def _assess_and_link(self, record: Json) -> None:
        rng, first = self.rng, record["objects"][0]
        if rng.chance(0.12):
            at = day(self.episode.night + rng.between(10, 12))
            record["assessments"] = [{**self.choose("assessments"), "at": at}]
        if rng.chance(0.5):
            record["part_of"] = self.scenario.series
        alike = self.episode.similar_flights(first["category"])
        if alike and "checked" not in first and rng.chance(0.2):
            record["possibly_same_as"] = [self.link(alike)]

    def _two_sources(self) -> list[Json]:
        originals = self.episode.originals
        start = self.rng.below(len(originals))
        return [{"source": source.id} for source in (originals[start - 1], originals[start])]


def _lasts(record: Json) -> bool:
    value = record["time"]["value"]
    return "T" not in value or "/" in value


def in_order(record: Json) -> Json:
    """Return an incursion with its keys in the order of the fields."""
    return {key: record[key] for key in _INCURSION if key in record}


_INCURSION = tuple(Incursion.model_fields)
