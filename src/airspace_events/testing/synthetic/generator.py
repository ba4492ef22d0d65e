"""An endless sequence of synthetic records as JSON, in scenarios of three episodes.

A scenario is a state during a few weeks, with its speakers. An episode is one night of a
scenario, with sources, incursions, statements and findings. Records refer only to earlier records
of the same scenario, so memory use is constant.

The keys have the same order as the fields, as in the output of the library.
"""

from collections.abc import Iterator, Sequence
from itertools import count

from airspace_events.testing.synthetic import times
from airspace_events.testing.synthetic.incursions import IncursionBuilder, revised_as_disputed
from airspace_events.testing.synthetic.record_builder import (
    Episode,
    Scenario,
    Source,
    claims_about,
    claims_about_series,
)
from airspace_events.testing.synthetic.times import Json, day
from airspace_events.testing.synthetic.wording import choices, wording

_EPISODES = 3


class RecordGenerator(IncursionBuilder):
    """A generator of records, which depend only on a seed."""

    def records(self) -> Iterator[Json]:
        """Yield an endless sequence of records; the records share parts, so do not change them."""
        for number in count():
            for record in self._scenario(number):
                self.count += 1
                yield record

    def _scenario(self, number: int) -> Iterator[Json]:
        rng = self.rng
        state = rng.pick(wording().states)
        scenario = Scenario(state, rng.pick(state.neighbours), number)
        yield self._abroad(scenario)
        if rng.chance(0.5):
            yield self._body(scenario)
        yield self._official(scenario)
        scenario.speakers += [state.code, state.code, *(["nato"] if state.nato else [])]
        first = rng.between(times.FIRST_NIGHT, times.LAST_NIGHT)
        for episode in range(_EPISODES):
            night = times.calm_night(first + 10 * episode + rng.below(5))
            by_sea = state.coast and rng.chance(0.2)
            side = "international" if by_sea else scenario.neighbour
            yield from self._episode(scenario, Episode(night, side))

    def _episode(self, scenario: Scenario, episode: Episode) -> Iterator[Json]:
        rng = self.rng
        for _ in range(rng.pick((1, 2, 2))):
            yield self._source(scenario, episode, late=False)
        if not scenario.series:
            yield self._series(scenario, episode)
        statements, findings = rng.pick((2, 3, 3, 4, 4, 4)), rng.pick((0, 1, 1, 1, 1))
        for flight in range(rng.between(4, 8)):
            yield self.incursion(scenario, episode)
            if flight == 1 and rng.chance(1 / 3):
                yield self._source(scenario, episode, late=True)
            if flight % 2 and statements > 0:
                statements -= 1
                yield self._statement(scenario, episode)
        if rng.chance(1 / 4):
            statements -= 1
            yield from self._dispute(scenario, episode)
        for _ in range(statements):
            yield self._statement(scenario, episode)
        for _ in range(findings):
            yield self._finding(scenario, episode)

    # Speakers.

    def _abroad(self, scenario: Scenario) -> Json:
        record = self.begin(scenario, "organization")
        scenario.abroad = record["id"]
        record["name"] = f"{self.words.body} {scenario.number % 900 + 1}"
        record["kind"] = self.rng.pick(("government_body", "agency", "armed_force"))
        record["of"] = scenario.neighbour
        return self.end(record)

    def _body(self, scenario: Scenario) -> Json:
        record = self.begin(scenario, "organization")
        scenario.body = record["id"]
        scenario.speakers.append(scenario.body)
        record["name"] = f"{self.words.body} {scenario.number % 900 + 1}"
        record["kind"] = self.rng.pick(("government_body", "agency", "armed_force", "airport"))
        record["of"] = scenario.state.code
        return self.end(record)

    def _official(self, scenario: Scenario) -> Json:
        rng = self.rng
        record = self.begin(scenario, "official")
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

    def _source(self, scenario: Scenario, episode: Episode, *, late: bool) -> Json:
        rng, state = self.rng, scenario.state
        record = self.begin(scenario, "source")
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
            record["published"] = times.published(rng, on, state)
            # This choice uses no random number, so the rest of a feed stays the same for a seed.
            if scenario.publishers % 2:
                record["timezone"] = state.zone
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
            flight = rng.pick(episode.flights) if late else None
            about = state.code if flight is None else flight.id
            said = (
                choices()["law"] if flight is None else _own(claims_about(flight.record, scenario))
            )
            record["claims"] = [_said_of(about, rng.pick(said))]
        return self.end(record)

    # Statements and findings.

    def _statement(self, scenario: Scenario, episode: Episode) -> Json:
        rng, state = self.rng, scenario.state
        record = self.begin(scenario, "statement")
        flight = rng.pick(episode.flights)
        speaker = rng.pick(scenario.speakers)
        is_joint = speaker == state.code and rng.chance(0.15)
        record["speakers"] = [speaker, state.ally] if is_joint else [speaker]
        record["made"] = times.later_time(rng, episode.night + 2, state)
        if speaker == state.code and not is_joint and rng.chance(0.3):
            record["speaker_as"] = rng.pick(("a made-up official", "a spokesperson"))
        if speaker == scenario.official and rng.chance(0.4):
            record["on_behalf_of"] = [state.code]
        if is_joint:
            record["signatories"] = [state.code, state.ally]
        record["about"] = [scenario.series] if rng.chance(0.2) else [flight.id]
        if is_joint:
            record["form"] = "joint_declaration"
        elif rng.chance(0.6):
            record["form"] = self.choose("statement_forms")
        if rng.chance(0.2):
            record["occasion"] = "a made-up meeting of example ministers"
        acts, claims = self.choose("acts_and_claims")
        if acts:
            record["acts"] = [self._act(scenario) for _ in range(acts)]
        if claims:
            is_of_series = record["about"] == [scenario.series]
            said = (
                claims_about_series(scenario)
                if is_of_series
                else claims_about(flight.record, scenario)
            )
            record["claims"] = self._claimed(said, claims)
        record["sources"] = self.citations(episode, record)
        return self.end(record)

    def _act(self, scenario: Scenario) -> Json:
        act = {**self.choose("acts")}
        act["content"] = self.rng.pick(self.words.contents)
        if act["act"] == "request":
            if scenario.state.nato:
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

    def _dispute(self, scenario: Scenario, episode: Episode) -> Iterator[Json]:
        """Yield an incursion, a statement that denies the crossing, and the revised incursion.

        The first revision already has a doubtful crossing, so that the feed is valid even if it
        ends after the first or second record.
        """
        rng = self.rng
        reported = self.incursion(scenario, episode, to_be_revised=True)
        yield reported
        denial = self.begin(scenario, "statement")
        denial["speakers"] = [scenario.abroad]
        denial["made"] = times.later_time(rng, episode.night + 2, scenario.state)
        denial["about"] = [reported["id"]]
        denied: Json = {"aspect": "field", "fields": ["crossing"], "polarity": "denied"}
        denial["claims"] = [denied]
        if scenario.state.coast and rng.chance(0.5):
            over: Json = {"aspect": "field", "fields": ["over"], "value": "international_waters"}
            denial["claims"].append(over)
        denial["sources"] = self.citations(episode, denial)
        yield self.end(denial)
        yield revised_as_disputed(reported, times.written_down(rng, episode.night + 13))

    def _finding(self, scenario: Scenario, episode: Episode) -> Json:
        rng, state = self.rng, scenario.state
        record = self.begin(scenario, "finding")
        record["found"] = times.later_time(rng, episode.night + 2, state)
        record["place"] = self.place(scenario)
        if rng.chance(0.5):
            record["count"] = self.choose("found")
        if rng.chance(0.75):
            record["condition"] = rng.pick(("fragments", "wreckage", "intact"))
        fallen = [flight for flight in episode.flights if flight.has_fallen]
        origin = rng.pick(fallen) if fallen and rng.chance(0.6) else None
        record["category"] = self.choose("found_categories") if origin is None else origin.category
        if rng.chance(0.5):
            record["payload"] = rng.pick(("no_explosive", "unknown"))
        if rng.chance(0.5):
            record["found_by"] = [scenario.body or state.code]
        if rng.chance(0.6):
            record["handling"] = rng.pick((["secured"], ["secured", "removed"], ["analysed"]))
        if origin is not None:
            record["links"] = [self.link([origin])]
        record["sources"] = self.citations(episode, record)
        return self.end(record)

    def _series(self, scenario: Scenario, episode: Episode) -> Json:
        rng, state = self.rng, scenario.state
        record = self.begin(scenario, "series")
        scenario.series = record["id"]
        record["kind"] = "repeated_incursions"
        record["title"] = rng.pick(self.words.titles)
        # The series began months earlier, so its time includes all of its parts.
        value = f"{times.month(episode.night, rng.between(3, 9))}/.."
        record["time"] = {"value": value, "timezone": state.zone, "extent": "repeatedly"}
        record["states"] = [state.code]
        if rng.chance(0.5):
            record["places"] = [self.place(scenario)]
        if rng.chance(0.5):
            record["frequency"] = rng.pick(("near-daily", "every few nights", "now and then"))
        if rng.chance(0.4):
            record["totals"] = {"incidents": {"verbatim": "dozens"}}
        record["objects"] = [{"category": "uncrewed_aircraft", "count": {"verbatim": "drones"}}]
        record["sources"] = self.citations(episode, record)
        return self.end(record)


def _said_of(subject: str, claim: Json) -> Json:
    """Return a claim about a subject, with its keys in the order of the fields."""
    behind: Json = {key: claim[key] for key in ("likelihood", "evidence_offered") if key in claim}
    before: Json = {key: value for key, value in claim.items() if key not in behind}
    return {**before, "about": [subject], **behind}


_ROMAN = (("X", 10), ("IX", 9), ("V", 5), ("IV", 4), ("I", 1))


def _roman(number: int) -> str:
    """Return a Roman numeral for a name, because no real official has one in a name."""
    text = ""
    for letters, value in _ROMAN:
        text += letters * (number // value)
        number %= value
    return text


def _own(claims: Sequence[Json]) -> list[Json]:
    """Return the claims that a source makes in its own voice."""
    return [claim for claim in claims if "value" in claim or "polarity" in claim]
