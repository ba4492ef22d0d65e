"""Each sentence of a report has a record that says it, in which no field says more."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from pydantic import BaseModel, TypeAdapter

import airspace_events as ae
from airspace_events.values.base import to_json

RECORD: TypeAdapter[ae.Record] = TypeAdapter(ae.Record)
#: The two defaults that stay: a claim is affirmed, and a record is the first of its revisions.
STAY = {"polarity": "affirmed", "revision": 1}

INCURSIONS = [
    ("Something flew; nobody speaks of a border.", '{"state":"PL"}', []),
    ("A drone crossed the border.", '{"state":"RO","crossing":"reported"}', ["crossing"]),
    ("It is suspected to have crossed.", '{"state":"RO","crossing":"suspected"}', ["crossing"]),
    ("One side says that it crossed.", '{"state":"EE","crossing":"disputed"}', ["crossing"]),
    (
        "There were 19 violations, and nobody said how many drones.",
        '{"state":"PL","crossing":"confirmed","totals":{"crossings":{"best":19}}}',
        ["crossing"],
    ),
    (
        "The planes entered the identification zone and did not violate the airspace.",
        '{"state":"KR","crossing":"discounted","zones":[{"type":"ADIZ","entry":"confirmed"}]}',
        ["adiz_entry"],
    ),
    (
        "Four of them stayed in the zone for 17 minutes.",
        '{"zones":[{"type":"ADIZ","entry":"confirmed","count":{"best":4},'
        '"duration":{"best":17,"unit":"min"}}]}',
        ["adiz_entry"],
    ),
    (
        "The zone was first entered, and then the border was crossed.",
        '{"state":"TR","crossing":"reported","zones":[{"type":"ADIZ","entry":"reported"}]}',
        ["crossing", "adiz_entry"],
    ),
    (
        "A drone was in the restricted zone of a power station.",
        '{"state":"FR","zones":[{"type":"R","entry":"reported"}]}',
        ["zone_entry"],
    ),
    (
        "It did not enter the zone after all.",
        '{"state":"KR","zones":[{"type":"ADIZ","entry":"discounted"}]}',
        [],
    ),
    (
        "A drone flew in the control zone of an airport.",
        '{"state":"DK","over":"land","zones":[{"type":"CTR","entry":"reported"}]}',
        ["sighting"],
    ),
    ("It was in the Tallinn flight information region.", '{"state":"EE","fir":"EETT"}', []),
    (
        "The patrol plane was met over international waters and crossed nothing.",
        '{"state":"PL","over":"international_waters","crossing":"discounted",'
        '"objects":[{"category":"crewed_aircraft","nationality":"RU"}]}',
        ["approach"],
    ),
    (
        "It turned back over Ukraine, some 5 km from the border.",
        '{"state":"RO","over":"another_state","distance":{"roughly":5,"unit":"km"}}',
        ["approach"],
    ),
    (
        "Three reports were made of drones over the base.",
        '{"state":"BE","over":"land","totals":{"sightings":{"best":3}},'
        '"objects":[{"category":"uncrewed_aircraft"}]}',
        ["sighting"],
    ),
    (
        "It was in sight for ten minutes.",
        '{"state":"BE","over":"land","duration":{"best":10,"unit":"min"}}',
        ["sighting"],
    ),
    (
        "The drone over the airport was a helicopter, the police found.",
        '{"state":"DE","over":"land","objects":[{"category":"crewed_aircraft",'
        '"subcategory":"helicopter","checked":{"result":"something_else",'
        '"reported_as":"uncrewed_aircraft","by":["DE"],"at":"2025-10-20"}}]}',
        ["mistaken"],
    ),
    (
        "What was seen was a star.",
        '{"state":"BE","objects":[{"category":"celestial","checked":{"result":"something_else"}}]}',
        ["mistaken"],
    ),
    (
        "What was seen over the base stayed unclear.",
        '{"state":"BE","over":"land","objects":[{"category":"unidentified",'
        '"checked":{"result":"unresolved"}}]}',
        ["sighting"],
    ),
    (
        "It was the drone of a hobby pilot.",
        '{"state":"NO","over":"land","objects":[{"category":"uncrewed_aircraft",'
        '"role":"recreational","checked":{"result":"borne_out"}}]}',
        ["sighting"],
    ),
    ("The alarm was false.", '{"state":"LT","occurrence":"discounted"}', ["nothing"]),
    (
        "Roughly ten drones came.",
        '{"state":"PL","crossing":"reported","objects":[{"category":"uncrewed_aircraft",'
        '"count":{"roughly":10}}]}',
        ["crossing"],
    ),
    (
        "Aircraft of two states came, and nobody said whether they had crews.",
        '{"zones":[{"type":"ADIZ","entry":"reported"}],"objects":[{"category":"aircraft",'
        '"nationality":"CN","count":{"best":2}},{"category":"aircraft","nationality":"RU",'
        '"count":{"best":4}}]}',
        ["adiz_entry"],
    ),
    (
        "Something flew over; nobody said what.",
        '{"state":"MD","crossing":"reported","objects":[{"count":{"best":1}}]}',
        ["crossing"],
    ),
    (
        "Thirty sorties were flown in three sectors.",
        '{"state":"TW","zones":[{"type":"ADIZ","entry":"reported","count":{"best":20}}],'
        '"totals":{"sorties":{"best":30},"places":{"best":3}}}',
        ["adiz_entry"],
    ),
    (
        "There were two zone entries in three incidents, and one attack.",
        '{"zones":[{"type":"P","entry":"reported"}],"totals":{"zone_entries":{"best":2},'
        '"incidents":{"best":3},"attacks":{"best":1}}}',
        ["zone_entry"],
    ),
    (
        "The jets took off from a base, and the drone had been launched elsewhere.",
        '{"state":"RO","places":[{"id":"base","role":"response_base"},{"role":"origin"}],'
        '"responses":[{"kind":"scramble","place":"base"}]}',
        [],
    ),
    (
        "Two crossing points were closed.",
        '{"state":"LT","responses":[{"kind":"border_closure","count":{"best":2}}]}',
        [],
    ),
    (
        "Two jets were scrambled, fifteen times.",
        '{"state":"EE","responses":[{"kind":"scramble","count":{"best":15},'
        '"assets":[{"designation":"F-35","count":{"best":2}}]}]}',
        [],
    ),
    (
        "It was jammed and pursued, a man was arrested, and traffic was restricted.",
        '{"state":"BE","responses":[{"kind":"jamming"},{"kind":"pursuit"},{"kind":"arrest"},'
        '{"kind":"traffic_restriction"}]}',
        [],
    ),
    (
        "23 flights were diverted and 12 cancelled; over 6,500 passengers were affected.",
        '{"state":"DE","effects":[{"kind":"flights_diverted","count":{"best":23}},'
        '{"kind":"flights_cancelled","count":{"best":12}},'
        '{"kind":"passengers_affected","count":{"min":6501}}]}',
        [],
    ),
    (
        "The desk holds the drone's fall for damage by the defence, likely.",
        '{"state":"PL","effects":[{"kind":"property_damage","id":"house","cause":"undetermined"}],'
        '"assessments":[{"aspect":"field","fields":["effects.house.cause"],'
        '"value":"defensive_fire","likelihood":"likely"}]}',
        [],
    ),
    (
        "One newspaper gives the count.",
        '{"state":"PL","objects":[{"id":"drones","count":{"best":3}}],'
        '"sources":[{"source":"s","supports":["objects.drones.count"]}]}',
        [],
    ),
]

CLAIMS = [
    (
        "The ministry suspects that an aircraft crossed.",
        '{"aspect":"field","fields":["crossing","objects.aircraft"],"polarity":"suspected"}',
    ),
    (
        "The airport confirms the numbers of flights and the closure.",
        '{"aspect":"field",'
        '"fields":["effects.diverted.count","effects.cancelled.count","responses.closure"]}',
    ),
    (
        "The prime minister speaks of 19 violations.",
        '{"aspect":"field","fields":["totals.crossings"],"value":{"best":19}}',
    ),
    (
        "No drones were intercepted.",
        '{"aspect":"field","fields":["responses"],"value":{"kind":"interception"},'
        '"polarity":"denied"}',
    ),
    (
        "A considerable part came from Belarus.",
        '{"aspect":"field","fields":["entered_from"],"value":"BY",'
        '"count":{"verbatim":"a considerable part"}}',
    ),
    (
        "Nobody knows where they came from.",
        '{"aspect":"field","fields":["entered_from"],"polarity":"undetermined"}',
    ),
    (
        "Of the whole series: Poland's airspace was violated.",
        '{"aspect":"field","fields":["crossing"],"value":"PL","about":["series"]}',
    ),
    (
        "The planes flew over international waters.",
        '{"aspect":"field","fields":["over"],"value":"international_waters"}',
    ),
    (
        "They did not enter the zone.",
        '{"aspect":"field","fields":["zones.kadiz"],"polarity":"denied"}',
    ),
    (
        "Nothing flew.",
        '{"aspect":"field","fields":["occurrence"],"polarity":"denied"}',
    ),
    (
        "A fourth was probably shot down.",
        '{"aspect":"field","fields":["objects.drones.fates"],'
        '"value":{"fate":"shot_down","count":{"best":1}},"likelihood":"likely"}',
    ),
    (
        "It is possible that they carried explosives.",
        '{"aspect":"field","fields":["objects.drones.payload"],"value":"explosive",'
        '"polarity":"not_excluded"}',
    ),
    (
        "They allegedly crossed, the other side says.",
        '{"aspect":"field","fields":["crossing"],"polarity":"unsubstantiated"}',
    ),
    (
        "The drones were Russian.",
        '{"aspect":"attribution","value":"RU"}',
    ),
    (
        "A state was behind it, with very high confidence.",
        '{"aspect":"attribution","value":"RU","likelihood":"almost_certain","confidence":"high"}',
    ),
    (
        "It was deliberate.",
        '{"aspect":"intent","value":"intentional_crossing"}',
    ),
]

OTHERS = [
    (
        "A newspaper that was not seen had said it first.",
        '{"type":"source","id":"s","kind":"news_report","publisher":"UNN"}',
    ),
    (
        "One report was made from another, and nobody knows how.",
        '{"type":"source","id":"s","kind":"news_report","publisher":"UNN",'
        '"derived_from":[{"source":"other"}]}',
    ),
    (
        "A spokesman of a ministry spoke.",
        '{"type":"official","id":"spokesman","name":"A Name",'
        '"tenures":[{"post":"spokesman","of":"ministry"}]}',
    ),
    (
        "There were several incidents; nobody said when.",
        '{"type":"series","id":"series","title":"Incidents","kind":"repeated_incursions"}',
    ),
    (
        "Nineteen sightings, six finds and thirty sorties were counted in all.",
        '{"type":"series","id":"series","title":"A month","kind":"other",'
        '"totals":{"sorties":{"best":30},"finds":{"best":6},"sightings":{"best":19}}}',
    ),
    (
        "Parts of something were found.",
        '{"type":"finding","id":"find","found":{"value":"2025"},"place":{"state":"PL"},'
        '"condition":"fragments"}',
    ),
    (
        "The minister promised that drones would be shot down.",
        '{"type":"statement","id":"says","speakers":["RO"],"made":{"value":"2025"},'
        '"acts":[{"act":"commit","content":"drones would be shot down"}]}',
    ),
]


def told(value: BaseModel, before: str = "") -> Iterator[str]:
    """Yield the names of the fields below which something is said, without the two defaults."""
    for name in type(value).model_fields:
        held: Any = getattr(value, name)
        if STAY.get(name) == held:
            continue
        for one in held if isinstance(held, tuple) else (held,):
            if isinstance(one, BaseModel):
                yield from told(one, f"{before}{name}.")
            elif one is not None:
                yield before + name


def given(value: dict[str, Any], before: str = "") -> Iterator[str]:
    """Yield the names of the members of a JSON object that hold no further object."""
    for name, held in value.items():
        for one in held if isinstance(held, list) else [held]:
            if isinstance(one, dict):
                yield from given(one, f"{before}{name}.")
            else:
                yield before + name


def check(record: ae.Record, written: dict[str, Any]) -> None:
    assert set(told(record)) == set(given(written))
    assert json.loads(to_json(record)) == written


@pytest.mark.parametrize(("sentence", "members", "kinds"), INCURSIONS)
def test_an_incursion_says_only_what_was_said(
    sentence: str, members: str, kinds: list[str]
) -> None:
    written = {
        "type": "incursion",
        "id": "one",
        "time": {"value": "2025-10-03"},
        "sources": [{"source": "s"}],
        **json.loads(members),
    }
    record = RECORD.validate_json(json.dumps(written))
    assert isinstance(record, ae.Incursion)
    check(record, written)
    assert list(record.kinds) == kinds, sentence


@pytest.mark.parametrize(("sentence", "claim"), CLAIMS)
def test_a_claim_says_only_what_was_said(sentence: str, claim: str) -> None:
    written = {
        "type": "statement",
        "id": "said",
        "speakers": ["PL"],
        "made": {"value": "2025-10-04"},
        "about": ["one"],
        "claims": [json.loads(claim)],
        "note": sentence,
    }
    check(RECORD.validate_json(json.dumps(written)), written)


@pytest.mark.parametrize(("sentence", "line"), OTHERS)
def test_another_record_says_only_what_was_said(sentence: str, line: str) -> None:
    written = {**json.loads(line), "note": sentence}
    check(RECORD.validate_json(json.dumps(written)), written)
