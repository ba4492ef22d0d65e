"""Makes synthetic records as JSON: scenes of three stories each, told in order, without end.

A scene is a state in some weeks of some year, with those who speak there. A story is a night
in it: its sources, what they report to have crossed, what was said of it and what was found.
Whatever a record names was told before it in the same scene, so memory stays the same.

Keys stand in the order of the fields, as the library writes them.
"""

from collections.abc import Iterator, Sequence
from itertools import count

from airspace_events.testing.synthetic import times
from airspace_events.testing.synthetic.incursions import IncursionTeller, revised_as_disputed
from airspace_events.testing.synthetic.record_builder import (
    Scene,
    Source,
    Story,
    claims_about,
    claims_about_series,
)
from airspace_events.testing.synthetic.times import Json, day
from airspace_events.testing.synthetic.wording import world

_STORIES = 3


class Storyteller(IncursionTeller):
    """Makes records, one after another; a seed decides them all."""

    def records(self) -> Iterator[Json]:
        """The records, without end. They share parts, so change none of them."""
        for number in count():
            for record in self._scene(number):
                self.told += 1
                yield record

    def _scene(self, number: int) -> Iterator[Json]:
        dice = self.dice
        state = dice.pick(world().states)
        scene = Scene(state, dice.pick(state.neighbours), number)
        yield self._abroad(scene)
        if dice.chance(0.5):
            yield self._body(scene)
        yield self._official(scene)
        scene.speakers += [state.code, state.code, *(["nato"] if state.nato else [])]
        first = dice.between(times.FIRST_NIGHT, times.LAST_NIGHT)
        for story in range(_STORIES):
            night = times.calm_night(first + 10 * story + dice.below(5))
            by_sea = state.coast and dice.chance(0.2)
            side = "international" if by_sea else scene.neighbour
            yield from self._story(scene, Story(night, side))

    def _story(self, scene: Scene, story: Story) -> Iterator[Json]:
        dice = self.dice
        for _ in range(dice.pick((1, 2, 2))):
            yield self._source(scene, story, late=False)
        if not scene.series:
            yield self._series(scene, story)
        statements, findings = dice.pick((2, 3, 3, 4, 4, 4)), dice.pick((0, 1, 1, 1, 1))
        for flight in range(dice.between(4, 8)):
            yield self.incursion(scene, story)
            if flight == 1 and dice.chance(1 / 3):
                yield self._source(scene, story, late=True)
            if flight % 2 and statements > 0:
                statements -= 1
                yield self._statement(scene, story)
        if dice.chance(1 / 4):
            statements -= 1
            yield from self._dispute(scene, story)
        for _ in range(statements):
            yield self._statement(scene, story)
        for _ in range(findings):
            yield self._finding(scene, story)

    # Those who speak.

    def _abroad(self, scene: Scene) -> Json:
        record = self.begin(scene, "organization")
        scene.abroad = record["id"]
        record["name"] = f"{self.words.body} {scene.number % 900 + 1}"
        record["kind"] = self.dice.pick(("government_body", "agency", "armed_force"))
        record["of"] = scene.neighbour
        return self.end(record)

    def _body(self, scene: Scene) -> Json:
        record = self.begin(scene, "organization")
        scene.body = record["id"]
        scene.speakers.append(scene.body)
        record["name"] = f"{self.words.body} {scene.number % 900 + 1}"
        record["kind"] = self.dice.pick(("government_body", "agency", "armed_force", "airport"))
        record["of"] = scene.state.code
        return self.end(record)

    def _official(self, scene: Scene) -> Json:
        dice = self.dice
        record = self.begin(scene, "official")
        scene.official = record["id"]
        scene.speakers.append(scene.official)
        record["name"] = f"{dice.pick(self.words.people)} {_roman(scene.number % 40 + 1)}"
        since = f"20{dice.between(10, 14)}-{dice.between(1, 12):02}"
        post = dice.pick(("minister of examples", "spokesperson of the example army"))
        tenure: Json = {"since": since, "ongoing": True, "post": post, "of": scene.state.code}
        if dice.chance(0.3):
            former: Json = {"last_day": "2010-01", "post": "deputy of examples"}
            record["tenures"] = [former | {"of": scene.state.code}, tenure]
        else:
            record["tenures"] = [tenure]
        return self.end(record, 0.8)

    # Sources.

    def _source(self, scene: Scene, story: Story, *, late: bool) -> Json:
        dice, state = self.dice, scene.state
        record = self.begin(scene, "source")
        copied = dice.pick(story.originals) if story.originals and dice.chance(0.2) else None
        first = story.night + 4 + late if copied is None else copied.published + 1
        on = first + dice.below(2)
        number = scene.number * 7 % 997 + scene.publishers
        scene.publishers += 1
        record["kind"] = dice.pick(_SOURCE_KINDS) if copied is None else "news_report"
        record["publisher"] = f"{self.words.publisher} {number}"
        record["language"] = self.language
        if dice.chance(0.5):
            record["title"] = dice.pick(self.words.titles)
        if dice.chance(0.85):
            path = f"{day(on).replace('-', '/')}/{record['id']}"
            record["url"] = f"https://wire-{number}.example/{path}"
            if dice.chance(0.15):
                record["archive_url"] = f"https://archive.example/{path}"
        if dice.chance(0.1):
            record["sha256"] = "".join(f"{dice.below(1 << 32):08x}" for _ in range(8))
        if dice.chance(0.9):
            record["published"] = times.published(dice, on, state)
        if dice.chance(0.4):
            record["retrieved_at"] = times.written_down(dice, on + 1)
        origin = record["id"] if copied is None else copied.id
        source = Source(record["id"], origin, on, self.language)
        if copied is None:
            story.originals.append(source)
        else:
            how = {} if copied.language == self.language else {"how": "translated"}
            record["derived_from"] = [{"source": copied.id, **how}]
        story.sources.append(source)
        if dice.chance(0.25 + 0.5 * late):
            flight = dice.pick(story.flights) if late else None
            about = state.code if flight is None else flight.id
            said = _LAW if flight is None else _own(claims_about(flight.told, scene))
            record["claims"] = [_said_of(about, dice.pick(said))]
        return self.end(record)

    # What is said and found.

    def _statement(self, scene: Scene, story: Story) -> Json:
        dice, state = self.dice, scene.state
        record = self.begin(scene, "statement")
        flight = dice.pick(story.flights)
        speaker = dice.pick(scene.speakers)
        is_joint = speaker == state.code and dice.chance(0.15)
        record["speakers"] = [speaker, state.ally] if is_joint else [speaker]
        record["made"] = times.later_time(dice, story.night + 2, state)
        if speaker == state.code and not is_joint and dice.chance(0.3):
            record["speaker_as"] = dice.pick(("a made-up official", "a spokesperson"))
        if speaker == scene.official and dice.chance(0.4):
            record["on_behalf_of"] = [state.code]
        if is_joint:
            record["signatories"] = [state.code, state.ally]
        record["about"] = [scene.series] if dice.chance(0.2) else [flight.id]
        if is_joint:
            record["form"] = "joint_declaration"
        elif dice.chance(0.6):
            record["form"] = dice.pick(_FORMS)
        if dice.chance(0.2):
            record["occasion"] = "a made-up meeting of example ministers"
        acts, claims = dice.pick(_HOW_MUCH)
        if acts:
            record["acts"] = [self._act(scene) for _ in range(acts)]
        if claims:
            is_of_series = record["about"] == [scene.series]
            said = claims_about_series(scene) if is_of_series else claims_about(flight.told, scene)
            record["claims"] = self._claimed(said, claims)
        record["sources"] = self.citations(story, record)
        return self.end(record)

    def _act(self, scene: Scene) -> Json:
        act = {**self.dice.pick(_ACTS)}
        act["content"] = self.dice.pick(self.words.contents)
        if act["act"] == "request":
            if scene.state.nato:
                act["addressed_to"] = ["nato"]
            else:
                act["addressed_as"] = "neighbours"
            act["proposed_action"] = act.pop("proposed_action")
        return act

    def _claimed(self, said: Sequence[Json], number: int) -> list[Json]:
        start = self.dice.below(len(said))
        claims = [said[(start + i) % len(said)] for i in range(number)]
        if self.dice.chance(0.3):
            claims[-1] = {**claims[-1], "note": self.dice.pick(self.words.notes)}
        return claims

    def _dispute(self, scene: Scene, story: Story) -> Iterator[Json]:
        """An incursion, a statement that denies the crossing, and so the incursion revised.

        It is doubted from the first, so that a feed may end at any of the three: no crossing is
        denied that the desk does not doubt, and none is disputed that nobody denies.
        """
        dice = self.dice
        reported = self.incursion(scene, story, to_be_revised=True)
        yield reported
        denial = self.begin(scene, "statement")
        denial["speakers"] = [scene.abroad]
        denial["made"] = times.later_time(dice, story.night + 2, scene.state)
        denial["about"] = [reported["id"]]
        denied: Json = {"aspect": "field", "fields": ["crossing"], "polarity": "denied"}
        denial["claims"] = [denied]
        if scene.state.coast and dice.chance(0.5):
            over: Json = {"aspect": "field", "fields": ["over"], "value": "international_waters"}
            denial["claims"].append(over)
        denial["sources"] = self.citations(story, denial)
        yield self.end(denial)
        yield revised_as_disputed(reported, times.written_down(dice, story.night + 13))

    def _finding(self, scene: Scene, story: Story) -> Json:
        dice, state = self.dice, scene.state
        record = self.begin(scene, "finding")
        record["found"] = times.later_time(dice, story.night + 2, state)
        record["place"] = self.place(scene)
        if dice.chance(0.5):
            record["count"] = dice.pick(_FOUND)
        if dice.chance(0.75):
            record["condition"] = dice.pick(("fragments", "wreckage", "intact"))
        fallen = [flight for flight in story.flights if flight.has_fallen]
        origin = dice.pick(fallen) if fallen and dice.chance(0.6) else None
        record["category"] = dice.pick(_CATEGORIES) if origin is None else origin.category
        if dice.chance(0.5):
            record["payload"] = dice.pick(("no_explosive", "unknown"))
        if dice.chance(0.5):
            record["found_by"] = [scene.body or state.code]
        if dice.chance(0.6):
            record["handling"] = dice.pick((["secured"], ["secured", "removed"], ["analysed"]))
        if origin is not None:
            record["links"] = [self.link([origin])]
        record["sources"] = self.citations(story, record)
        return self.end(record)

    def _series(self, scene: Scene, story: Story) -> Json:
        dice, state = self.dice, scene.state
        record = self.begin(scene, "series")
        scene.series = record["id"]
        record["kind"] = "repeated_incursions"
        record["title"] = dice.pick(self.words.titles)
        # It began months before, so that it holds whatever is a part of it.
        value = f"{times.month(story.night, dice.between(3, 9))}/.."
        record["time"] = {"value": value, "timezone": state.zone, "extent": "repeatedly"}
        record["states"] = [state.code]
        if dice.chance(0.5):
            record["places"] = [self.place(scene)]
        if dice.chance(0.5):
            record["frequency"] = dice.pick(("near-daily", "every few nights", "now and then"))
        if dice.chance(0.4):
            record["totals"] = {"incidents": {"verbatim": "dozens"}}
        record["objects"] = [{"category": "uncrewed_aircraft", "count": {"verbatim": "drones"}}]
        record["sources"] = self.citations(story, record)
        return self.end(record)


def _said_of(subject: str, claim: Json) -> Json:
    """A claim about a subject, in the order of the fields."""
    behind: Json = {key: claim[key] for key in ("likelihood", "evidence_offered") if key in claim}
    before: Json = {key: value for key, value in claim.items() if key not in behind}
    return {**before, "about": [subject], **behind}


_ROMAN = (("X", 10), ("IX", 9), ("V", 5), ("IV", 4), ("I", 1))


def _roman(number: int) -> str:
    """A number as kings have it: no real official is called so."""
    text = ""
    for letters, value in _ROMAN:
        text += letters * (number // value)
        number %= value
    return text


def _own(claims: Sequence[Json]) -> list[Json]:
    """The claims that a source makes in its own voice: it supports what it only repeats."""
    return [claim for claim in claims if "value" in claim or "polarity" in claim]


_LAW: list[Json] = [
    {
        "aspect": "legality_of_engagement",
        "value": "not_permitted",
        "condition": "in the made-up peacetime of this example",
    },
    {
        "aspect": "legality_of_engagement",
        "value": "conditional",
        "condition": "if the example law allows it",
    },
]

_SOURCE_KINDS = (
    *("news_report",) * 5,
    *("agency_wire",) * 3,
    *("official_release",) * 2,
    "social_post",
    "broadcast",
)
_CATEGORIES = ("uncrewed_aircraft", "uncrewed_aircraft", "balloon", "unidentified")
_FORMS = ("press_release", "press_conference", "interview", "briefing", "social_post")
_FOUND: tuple[Json, ...] = ({"best": 1}, {"verbatim": "several"}, {"min": 2, "max": 4})
# How many acts and how many claims a statement has.
_HOW_MUCH = ((1, 1), (1, 2), (2, 1), (0, 2), (0, 3), (2, 0), (1, 0), (1, 3), (2, 2))
_ACTS: tuple[Json, ...] = (
    {"act": "request", "content": "", "force": "explore", "proposed_action": "detection"},
    {"act": "request", "content": "", "force": "urge", "proposed_action": "collective_response"},
    {"act": "express_concern", "content": ""},
    {"act": "condemn", "content": "", "quotation": "indirect"},
    {"act": "commit", "content": "", "modality": "conditional", "condition": "where needed"},
    {"act": "announce", "content": "", "proposed_action": "air_defence_posture"},
    {"act": "characterise", "content": ""},
)
