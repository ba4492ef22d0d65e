"""An endless sequence of synthetic records as JSON, grouped into scenarios of three episodes.

A scenario covers a few weeks in one state, and has its own speakers. An episode is one night of a
scenario, with sources, incursions, statements and findings. Records refer only to earlier records
of the same scenario, so memory use is constant.

The keys are in the order of the fields, as the library writes them.
"""

from collections.abc import Iterator, Sequence
from itertools import count

from airspace_events.testing.synthetic import times
from airspace_events.testing.synthetic.incursions import IncursionBuilder, in_order
from airspace_events.testing.synthetic.record_builder import (
    FALLEN,
    Episode,
    Scenario,
    Source,
    claims_about,
    claims_about_series,
    fates_of,
)
from airspace_events.testing.synthetic.times import Json, day
from airspace_events.testing.synthetic.wording import choices, wording

_EPISODES = 3
_STATE_BODIES = ("government_body", "agency", "armed_force")


class RecordGenerator(IncursionBuilder):
    """A generator of records that depend only on a seed."""

    def records(self) -> Iterator[Json]:
        """Yield records endlessly; do not modify the records, because they share parts."""
        for number in count():
            for record in self._scenario(number):
                self.count += 1
                yield record

    def _scenario(self, number: int) -> Iterator[Json]:
        rng = self.rng
        state = rng.pick(wording().states)
        self.scenario = scenario = Scenario(state, rng.pick(state.neighbours), number)
        abroad = self._organization(scenario.neighbour, _STATE_BODIES)
        scenario.abroad = abroad["id"]
        yield abroad
        if rng.chance(0.5):
            body = self._organization(state.code, (*_STATE_BODIES, "airport"))
            scenario.body = body["id"]
            scenario.speakers.append(scenario.body)
            yield body
        yield self._official()
        scenario.speakers += [state.code, state.code, *(["nato"] if state.nato else [])]
        first = rng.between(times.FIRST_NIGHT, times.LAST_NIGHT)
        for episode in range(_EPISODES):
            night = times.calm_night(first + 10 * episode + rng.below(5))
            by_sea = state.coast and rng.chance(0.2)
            self.episode = Episode(night, "international" if by_sea else scenario.neighbour)
            yield from self._episode()

    def _episode(self) -> Iterator[Json]:
        rng = self.rng
        for _ in range(rng.pick((1, 2, 2))):
            yield self._source(late=False)
        if not self.scenario.series:
            yield self._series()
        statements, findings = rng.pick((2, 3, 3, 4, 4, 4)), rng.pick((0, 1, 1, 1, 1))
        for flight in range(rng.between(4, 8)):
            yield self.incursion()
            if flight == 1 and rng.chance(1 / 3):
                yield self._source(late=True)
            if flight % 2 and statements > 0:
                statements -= 1
                yield self._statement()
        if rng.chance(1 / 4):
            statements -= 1
            yield from self._dispute()
        for _ in range(statements):
            yield self._statement()
        for _ in range(findings):
            yield self._finding()

    # Speakers.

    def _organization(self, of: str, kinds: Sequence[str]) -> Json:
        record = self.begin("organization")
        record["name"] = f"{self.words.body} {self.scenario.number % 900 + 1}"
        record["kind"] = self.rng.pick(kinds)
        record["of"] = of
        return self.end(record)

    def _official(self) -> Json:
        rng, scenario = self.rng, self.scenario
        record = self.begin("official")
        scenario.official = record["id"]
        scenario.speakers.append(scenario.official)
        record["name"] = f"{rng.pick(self.words.people)} {_roman(scenario.number % 40 + 1)}"
        since = f"20{rng.between(10, 14)}-{rng.between(1, 12):02}"
        post = rng.pick(("minister of examples", "spokesperson of the example army"))
        tenure: Json = {"since": since, "ongoing": True, "post": post, "of": scenario.state.code}
        if rng.chance(0.3):
            former: Json = {"last_day": "2010-01", "post": "deputy of examples"}
            record["tenures"] = [former | {"of": scenario.state.code}, tenure]
        else:
            record["tenures"] = [tenure]
        return self.end(record, 0.8)

    # Sources.

    def _source(self, *, late: bool) -> Json:
        rng, scenario, episode = self.rng, self.scenario, self.episode
        record = self.begin("source")
        copied = rng.pick(episode.originals) if episode.originals and rng.chance(0.2) else None
        first = episode.night + 4 + late if copied is None else copied.published + 1
        on = first + rng.below(2)
        number = scenario.number * 7 % 997 + scenario.publishers
        scenario.publishers += 1
        record["kind"] = self.choose("source_kinds") if copied is None else "news_report"
        record["publisher"] = f"{self.words.publisher} {number}"
        record["language"] = self.language
        if rng.chance(0.5):
            record["title"] = rng.pick(self.words.titles)
        if rng.chance(0.85):
            path = f"{day(on).replace('-', '/')}/{record['id']}"
            record["url"] = f"https://wire-{number}.example/{path}"
            if rng.chance(0.15):
                record["archive_url"] = f"https://archive.example/{path}"
        if rng.chance(0.1):
            record["sha256"] = "".join(f"{rng.below(1 << 32):08x}" for _ in range(8))
        if rng.chance(0.9):
            record["published"] = times.published(rng, on, scenario.state)
            # This choice uses no random number, so the rest of a feed stays the same for a seed.
            if scenario.publishers % 2:
                record["timezone"] = scenario.state.zone
        if rng.chance(0.4):
            record["retrieved_at"] = times.written_down(rng, on + 1)
        origin = record["id"] if copied is None else copied.id
        source = Source(record["id"], origin, on, self.language)
        if copied is None:
            episode.originals.append(source)
        else:
            how = {} if copied.language == self.language else {"how": "translated"}
            record["derived_from"] = [{"source": copied.id, **how}]
        episode.sources.append(source)
        if rng.chance(0.25 + 0.5 * late):
            record["claims"] = [self._own_claim(late=late)]
        return self.end(record)

    def _own_claim(self, *, late: bool) -> Json:
        """Return a source's own claim: about an incursion if ``late``, otherwise about the law."""
        about, said = self.scenario.state.code, choices()["law"]
        if late:
            flight = self.rng.pick(self.episode.flights)
            possible = claims_about(flight, self.scenario)
            about = flight["id"]
            said = [claim for claim in possible if "value" in claim or "polarity" in claim]
        claim = self.rng.pick(said)
        last: Json = {
            key: claim[key] for key in ("likelihood", "evidence_offered") if key in claim
        }
        first: Json = {key: value for key, value in claim.items() if key not in last}
        return first | {"about": [about]} | last

    # Statements and findings.

    def _statement(self) -> Json:
        rng, scenario, state = self.rng, self.scenario, self.scenario.state
        record = self.begin("statement")
        flight = rng.pick(self.episode.flights)
        speaker = rng.pick(scenario.speakers)
        is_joint = speaker == state.code and rng.chance(0.15)
        record["speakers"] = [speaker, state.ally] if is_joint else [speaker]
        record["made"] = self.later_time()
        if speaker == state.code and not is_joint and rng.chance(0.3):
            record["speaker_as"] = rng.pick(("a made-up official", "a spokesperson"))
        if speaker == scenario.official and rng.chance(0.4):
            record["on_behalf_of"] = [state.code]
        if is_joint:
            record["signatories"] = [state.code, state.ally]
        about = scenario.series if rng.chance(0.2) else flight["id"]
        record["about"] = [about]
        if is_joint:
            record["form"] = "joint_declaration"
        elif rng.chance(0.6):
            record["form"] = self.choose("statement_forms")
        if rng.chance(0.2):
            record["occasion"] = "a made-up meeting of example ministers"
        acts, claims = self.choose("acts_and_claims")
        if acts:
            record["acts"] = [self._act() for _ in range(acts)]
        if claims:
            of_series = about == scenario.series
            said = claims_about_series(scenario) if of_series else claims_about(flight, scenario)
            record["claims"] = self._claimed(said, claims)
        record["sources"] = self.citations(record)
        return self.end(record)

    def _act(self) -> Json:
        act = {**self.choose("acts")}
        act["content"] = self.rng.pick(self.words.contents)
        if act["act"] == "request":
            if self.scenario.state.nato:
                act["addressed_to"] = ["nato"]
            else:
                act["addressed_as"] = "neighbours"
            act["proposed_action"] = act.pop("proposed_action")
        return act

    def _claimed(self, said: Sequence[Json], number: int) -> list[Json]:
        start = self.rng.below(len(said))
        claims = [said[(start + i) % len(said)] for i in range(number)]
        if self.rng.chance(0.3):
            claims[-1] = {**claims[-1], "note": self.rng.pick(self.words.notes)}
        return claims

    def _dispute(self) -> Iterator[Json]:
        """Yield an incursion, a statement that denies the crossing, and the revised incursion.

        The first revision already has a doubtful crossing. Therefore, the feed is valid even if it
        ends after one or two of these records.
        """
        reported = self.incursion(to_be_revised=True)
        yield reported
        denial = self.begin("statement")
        denial["speakers"] = [self.scenario.abroad]
        denial["made"] = self.later_time()
        denial["about"] = [reported["id"]]
        denied: Json = {"aspect": "field", "fields": ["crossing"], "polarity": "denied"}
        denial["claims"] = [denied]
        if self.scenario.state.coast and self.rng.chance(0.5):
            over: Json = {"aspect": "field", "fields": ["over"], "value": "international_waters"}
            denial["claims"].append(over)
        denial["sources"] = self.citations(denial)
        yield self.end(denial)
        recorded_at = times.written_down(self.rng, self.episode.night + 13)
        changes = {"revision": 2, "crossing": "disputed", "recorded_at": recorded_at}
        yield in_order(reported | changes)

    def _finding(self) -> Json:
        rng = self.rng
        record = self.begin("finding")
        record["found"] = self.later_time()
        record["place"] = self.place()
        if rng.chance(0.5):
            record["count"] = self.choose("found")
        if rng.chance(0.75):
            record["condition"] = rng.pick(("fragments", "wreckage", "intact"))
        flights = self.episode.flights
        fallen = [one for one in flights if not FALLEN.isdisjoint(fates_of(one["objects"][:1]))]
        origin = rng.pick(fallen) if fallen and rng.chance(0.6) else None
        record["category"] = (
            origin["objects"][0]["category"] if origin else self.choose("found_categories")
        )
        if rng.chance(0.5):
            record["payload"] = rng.pick(("no_explosive", "unknown"))
        if rng.chance(0.5):
            record["found_by"] = [self.scenario.authority]
        if rng.chance(0.6):
            record["handling"] = rng.pick((["secured"], ["secured", "removed"], ["analysed"]))
        if origin is not None:
            record["links"] = [self.link([origin])]
        record["sources"] = self.citations(record)
        return self.end(record)

    def _series(self) -> Json:
        rng, state = self.rng, self.scenario.state
        record = self.begin("series")
        self.scenario.series = record["id"]
        record["kind"] = "repeated_incursions"
        record["title"] = rng.pick(self.words.titles)
        # The series began months earlier, so its time includes all of its parts.
        value = f"{times.month(self.episode.night, rng.between(3, 9))}/.."
        record["time"] = {"value": value, "timezone": state.zone, "extent": "repeatedly"}
        record["states"] = [state.code]
        if rng.chance(0.5):
            record["places"] = [self.place()]
        if rng.chance(0.5):
            record["frequency"] = rng.pick(("near-daily", "every few nights", "now and then"))
        if rng.chance(0.4):
            record["totals"] = {"incidents": {"verbatim": "dozens"}}
        record["objects"] = [{"category": "uncrewed_aircraft", "count": {"verbatim": "drones"}}]
        record["sources"] = self.citations(record)
        return self.end(record)


_ROMAN = (("X", 10), ("IX", 9), ("V", 5), ("IV", 4), ("I", 1))


def _roman(number: int) -> str:
    """Return the Roman numeral that ends a made-up name; no real official has such a name."""
    text = ""
    for letters, value in _ROMAN:
        text += letters * (number // value)
        number %= value
    return text
