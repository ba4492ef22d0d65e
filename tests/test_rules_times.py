"""The rules about times: what must stay silent, and the borders."""

import json
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import pytest

import airspace_events as ae
from airspace_events.validation.rules.time_words import time_words

HEADER = '{"type":"feed","schema_version":"1.0"}'
SOURCE = {
    "type": "source",
    "id": "a-report",
    "kind": "news_report",
    "publisher": "A made-up newsroom",
    "language": "en",
}
NOW = datetime(2024, 10, 1, tzinfo=UTC)


def incursion(state: str = "LV", **fields: Any) -> dict[str, Any]:
    return {
        "type": "incursion",
        "id": "an-incursion",
        "state": state,
        "crossing": "reported",
        "time": {"value": "2024-09-07"},
        "sources": [{"source": "a-report"}],
        **fields,
    }


def notices(*records: dict[str, Any], now: datetime | None = None) -> tuple[ae.Notice, ...]:
    lines = [HEADER, json.dumps(SOURCE), *(json.dumps(record) for record in records)]
    return ae.validate(BytesIO("\n".join(lines).encode()), now=now).notices


def codes(*records: dict[str, Any], now: datetime | None = None) -> list[str]:
    return [notice.code for notice in notices(*records, now=now)]


def codes_of_time(state: str = "LV", **time: str) -> list[str]:
    return codes(incursion(state, time=time))


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ("2024-09-30", False),
        ("2024-10-01", False),  # it has begun in the east of the world
        ("2024-10-02", True),
        ("2024-10-01T00:00:00Z", False),
        ("2024-10-01T00:00:00.000001Z", True),
        ("2024-10-01T02:00:00+03:00", False),
        ("2024-09-30T23:59:00-01:00", True),
        ("2024-10", False),
        ("2024-11", True),
        ("2025", True),
        ("202X", False),
        ("2024-1X", False),
        ("2024-12/", True),
        ("2024-09/2030", False),
        ("2025?", False),
        ("~2025", False),
        ("/2025", False),
        ("../2025", False),
        ("[2024-09-07,2025]", False),
        ("[2025,2026]", True),
    ],
)
def test_what_begins_after_the_present_is_in_the_future(value: str, found: bool) -> None:  # noqa: FBT001
    assert ("time_in_future" in codes(incursion(time={"value": value}), now=NOW)) is found
    assert "time_in_future" not in codes(incursion(time={"value": value}))


def test_a_day_of_a_zone_begins_there() -> None:
    def found(zone: str) -> list[str]:
        return codes(incursion("AU", time={"value": "2024-10-01", "timezone": zone}), now=NOW)

    assert found("Australia/Perth") == []
    assert codes(
        incursion("US", time={"value": "2024-10-01", "timezone": "America/New_York"}), now=NOW
    ) == ["time_in_future"]


LATER = {"value": "2025-01-01"}


@pytest.mark.parametrize(
    ("record", "pointer"),
    [
        (incursion(effects=[{"kind": "property_damage", "time": LATER}]), "/effects/0/time/value"),
        (
            incursion(
                objects=[
                    {
                        "category": "uncrewed_aircraft",
                        "fates": [{"fate": "crashed", "time": LATER}],
                    }
                ]
            ),
            "/objects/0/fates/0/time/value",
        ),
        (incursion(responses=[{"kind": "scramble", "time": LATER}]), "/responses/0/time/value"),
        (
            incursion(totals={"crossings": {"best": 1, "as_of": "2025-01-01"}}),
            "/totals/crossings/as_of",
        ),
        (incursion(recorded_at="2024-10-01T00:00:01Z"), "/recorded_at"),
        ({**SOURCE, "id": "another", "published": "2025-01-01"}, "/published"),
        ({**SOURCE, "id": "another", "retrieved_at": "2025-01-01T00:00:00Z"}, "/retrieved_at"),
        (
            {"type": "finding", "id": "a-find", "found": LATER, "place": {"state": "LV"}},
            "/found/value",
        ),
        ({"type": "statement", "id": "words", "speakers": ["LV"], "made": LATER}, "/made/value"),
        (
            {
                "type": "series",
                "id": "many",
                "kind": "other",
                "title": "Many",
                "time": LATER,
            },
            "/time/value",
        ),
    ],
)
def test_the_future_is_looked_for_wherever_a_time_is(record: dict[str, Any], pointer: str) -> None:
    found = [n for n in notices(record, now=NOW) if n.code == "time_in_future"]
    assert [notice.pointer for notice in found] == [pointer]


@pytest.mark.parametrize("stage", ["requested", "announced", "authorised"])
def test_what_is_planned_may_lie_in_the_future(stage: str) -> None:
    planned = {"kind": "border_closure", "stage": stage, "time": LATER}
    assert codes(incursion(responses=[planned]), now=NOW) == []
    done = {**planned, "stage": "done"}
    assert codes(incursion(responses=[done]), now=NOW) == ["time_in_future"]


def test_what_is_recorded_at_the_present_is_not_in_the_future() -> None:
    assert codes(incursion(recorded_at="2024-10-01T03:00:00+03:00"), now=NOW) == []


@pytest.mark.parametrize(
    ("state", "zone", "found"),
    [
        ("LV", "Europe/Riga", False),
        ("LV", "Europe/Tallinn", True),
        ("RO", "Europe/Kyiv", True),
        ("LV", "UTC", False),
        ("LV", "Etc/GMT-3", False),
        ("LV", "EET", False),
        ("UA", "Europe/Kiev", False),
        ("UA", "Europe/Simferopol", False),
        ("RU", "Europe/Simferopol", False),
        ("RU", "Europe/Kaliningrad", False),
        ("DK", "Europe/Berlin", False),  # Europe/Copenhagen is a link to it
        ("DK", "Atlantic/Faroe", False),
        ("XK", "Europe/Belgrade", False),
        ("BV", "Europe/Riga", False),  # no zone is known of it
    ],
)
def test_the_zone_is_one_of_the_state(state: str, zone: str, found: bool) -> None:  # noqa: FBT001
    expected = ["zone_of_another_state"] if found else []
    assert codes_of_time(state, value="2024-09-07", timezone=zone) == expected


@pytest.mark.parametrize(
    ("fields", "found"),
    [
        ({"over": "another_state"}, False),
        ({"over": "international_waters"}, False),
        ({"over": "mixed"}, True),
        ({"state": None, "places": [{"name": "somewhere"}]}, False),
    ],
)
def test_outside_the_state_the_clocks_are_others(fields: dict[str, Any], *, found: bool) -> None:
    time = {"value": "2024-09-07", "timezone": "Europe/Kyiv"}
    record = incursion(**{"time": time, "crossing": None, **fields})
    assert codes(record) == ["zone_of_another_state"] * found


@pytest.mark.parametrize(
    ("zone", "states"),
    [
        ("Europe/Helsinki", "AX, FI"),
        ("Europe/Zurich", "CH, DE, LI"),
        ("Europe/Berlin", "DE, DK, NO and others"),
    ],
)
def test_some_states_of_the_zone_are_told(zone: str, states: str) -> None:
    notice = notices(incursion(time={"value": "2024-09-07", "timezone": zone}))[0]
    assert notice.message == (
        f"the time zone {zone} belongs to {states}, but the state concerned is LV"
    )


def test_the_only_zone_of_a_state_is_suggested() -> None:
    def suggestion(state: str) -> str | None:
        time = {"value": "2024-09-07", "timezone": "Europe/Kyiv"}
        return notices(incursion(state, time=time))[0].suggestion

    assert suggestion("RO") == "Europe/Bucharest"
    assert suggestion("RU") is None


@pytest.mark.parametrize(
    ("value", "zone", "found"),
    [
        ("2024-09-07T02:25:00+03:00", "Europe/Riga", 0),
        ("2024-09-07T02:25:00+02:00", "Europe/Riga", 1),
        ("2024-12-07T02:25:00+02:00", "Europe/Riga", 0),
        ("2024-09-07T02:25:00Z", "Europe/Riga", 0),
        ("2024-09-07T02:25:00+00:00", "Europe/Riga", 0),
        ("2024-10-27T03:30:00+03:00/2024-10-27T03:30:00+02:00", "Europe/Riga", 0),
        ("2024-10-27T03:30:00+02:00/2024-10-27T06:30:00+03:00", "Europe/Riga", 1),
        ("2024-09-07T02:25:00+02:00/2024-09-07T02:35:00+02:00", "Europe/Riga", 2),
        ("2024-09-07T02:25:00+02:00/..", "Europe/Riga", 1),
        ("2024-09-07/2024-09-08T02:00:00+02:00", "Europe/Riga", 1),
        ("1960-09-07T02:25:00-00:44", "Africa/Monrovia", 0),  # it was -00:44:30
        ("2024-09-07T02:25:00-02:30", "America/St_Johns", 0),
    ],
)
def test_an_instant_has_the_offset_of_its_zone(value: str, zone: str, found: int) -> None:
    states = {"America/St_Johns": "CA", "Africa/Monrovia": "LR"}
    found_codes = codes_of_time(states.get(zone, "LV"), value=value, timezone=zone)
    assert found_codes == ["offset_of_another_zone"] * found


def test_an_offset_of_nothing_is_written_with_a_plus() -> None:
    time = {"value": "2024-12-07T02:25:00+02:00", "timezone": "Europe/London"}
    notice = notices(incursion("GB", time=time))[0]
    assert notice.context["offset_of_zone"] == "+00:00"


def test_the_offset_of_the_zone_is_told() -> None:
    time = {"value": "2024-09-07T02:25:00-02:30", "timezone": "Europe/Riga"}
    notice = notices(incursion(time=time))[0]
    assert dict(notice.context) == {
        "offset": "-02:30",
        "timezone": "Europe/Riga",
        "offset_of_zone": "+03:00",
    }


@pytest.mark.parametrize(
    ("published", "found"),
    [
        ("2024-09-12T10:00:00+02:00", True),
        ("2024-09-12T10:00:00+03:00", False),
        ("2024-09-12T08:00:00Z", False),
        ("2024-09-12", False),
        (None, False),
    ],
)
def test_an_instant_of_publication_has_the_offset_of_its_zone(
    published: str | None, *, found: bool
) -> None:
    told = SOURCE | {"id": "s", "timezone": "Europe/Riga"}
    told |= {} if published is None else {"published": published}
    given = [(notice.code, notice.pointer) for notice in notices(incursion(), told)]
    assert given == [("offset_of_another_zone", "/published")] * found


@pytest.mark.parametrize("zone", [None, "Pacific/Auckland", "Europe/Riga"])
def test_a_day_of_publication_is_in_the_future_of_its_zone(zone: str | None) -> None:
    told = SOURCE | {"id": "s", "published": "2024-10-01"}
    told |= {} if zone is None else {"timezone": zone}
    now = datetime(2024, 9, 30, 12, tzinfo=UTC)
    assert codes(incursion(), told, now=now) == ["time_in_future"] * (zone == "Europe/Riga")


LONG = "2024-09-01/2024-09-18"


@pytest.mark.parametrize(
    ("words", "value", "found"),
    [
        ("overnight", LONG, True),
        ("at 02:30", LONG, True),
        ("in the morning", LONG, True),
        ("on Wednesday", LONG, True),
        ("overnight", "2024-09-07/2024-09-09", False),
        ("overnight", "2024-09-07/2024-09-10", True),
        ("at the weekend", "2024-09-06/2024-09-10", False),
        ("at the weekend", "2024-09-06/2024-09-11", True),
        ("overnight", "2024-09-01?/2024-09-18", False),
        ("overnight", "2024-09-01/", False),
        ("overnight", "2024-09-XX", False),
        ("overnight", "2024-09", True),
        ("overnight", "../2024-09-18", False),
        ("overnight", "[2024-09-01,2024-09-18]", False),
        ("one morning", LONG, False),
        ("overnight, several times", LONG, False),
        ("a night in early September", LONG, False),
        ("overnight this month", LONG, False),
        ("from 02:30 on", LONG, False),
        ("from Monday to Wednesday", LONG, False),
        ("ratio 1:2", LONG, False),
        ("at 02:30, 2024", LONG, False),
        ("overnight", "2024-09-01/2024-09-18?", False),
        ("at night at the weekend", "2024-09-06/2024-09-10", False),
        ("12:345", "2024-09-01T00:00:00Z/2024-09-18", True),
        ("вночі", LONG, False),
        ("overnight", "2024-09-01T00:00:00Z/2024-09-05T00:00:00Z", True),
        ("overnight", "2024-09-01T00:00:00Z/2024-09-05", True),
    ],
)
def test_short_words_have_short_windows(words: str, value: str, found: bool) -> None:  # noqa: FBT001
    found_codes = codes_of_time(value=value, verbatim=words, reference="2024-09?")
    assert found_codes == ["window_too_long_for_words"] * found


@pytest.mark.parametrize(
    ("words", "short", "days"),
    [
        ("Saturday night", "saturday", 3),
        ("yesterday", "yesterday", 3),
        ("on Friday", "friday", 3),
        ("overnight", "overnight", 3),
        ("in the morning", "morning", 3),
        ("before dawn", None, 0),
        ("Friday evenings", None, 0),
        ("at dawn in September", None, 0),
        ("at dawn this week", None, 0),
        ("at night at the weekend", "night", 5),
        ("(02:30 local time)", "02:30", 3),
        ("at 2:30", "2:30", 3),
        ("at 2:3", None, 0),
    ],
)
def test_the_first_short_word_is_told_and_the_longest_counts(
    words: str, short: str | None, days: int
) -> None:
    told = time_words(words)
    assert (told.short, told.longest_days) == (short, days)


@pytest.mark.parametrize("field", [{"extent": "repeatedly"}, {"basis": "imputed"}])
def test_a_window_that_the_desk_made_wide_is_left_alone(field: dict[str, str]) -> None:
    time = {"value": LONG, "verbatim": "overnight", "reference": "2024-09?"}
    record = incursion(time=time | field, scope="aggregate")
    assert codes(record) == []


@pytest.mark.parametrize(
    ("words", "word"),
    [
        ("overnight", "overnight"),
        ("in the early hours of Wednesday", "wednesday"),
        ("last night", "last night"),
        ("earlier this month", "this month"),
        ("over the past few days", "past few"),
        ("last September", "last september"),
        ("on Monday", "monday"),
        ("last week the drone fell", "last week"),
        ("three weeks ago", "three weeks ago"),
        ("hours ago", "hours ago"),
        ("about three weeks ago", "three weeks ago"),
        ("this morning", "this morning"),
        ("the last few long days", "last few"),
        ("the last few long hot days", None),
        ("overnight, 20 drones", "overnight"),
        ("overnight, no. 19123", "overnight"),
        ("ago", None),
        ("an hour after dawn", None),
        ("the night last seen", None),
        ("on Thurs", None),
        ("last Saturday, 7th September", None),
        ("last Saturday, September 17th", None),
        ("YESTERDAY", "yesterday"),
        ("on the night of 7 September", None),
        ("on Wednesday, 18 September", None),
        ("overnight on 2024-09-07", None),
        ("last summer, in 2023", None),
        ("half past two", None),
        ("at last", None),
        ("around midnight", None),
        ("from 02:25", None),
        ("in the morning", None),
        ("the sun rose", None),
        ("вчора", None),
    ],
)
def test_words_that_depend_on_the_day_need_a_reference(words: str, word: str | None) -> None:
    assert time_words(words).relative == word
    found_codes = codes_of_time(value="2024-09-07", verbatim=words)
    assert found_codes == ["words_without_reference"] * (word is not None)


@pytest.mark.parametrize(
    ("words", "value", "reference", "found"),
    [
        ("yesterday", "2024-09-07", "2024-09-08", False),
        ("yesterday", "2024-09-06", "2024-09-08", True),
        ("yesterday", "2024-09-09", "2024-09-08", True),
        ("yesterday", "2024-09-06/2024-09-07", "2024-09-08", False),
        ("yesterday", "2024-09-06?", "2024-09-08", False),
        ("yesterday", "2024-09-06", "2024-09-08?", False),
        ("yesterday", "2024-09-06", "2024-09", False),
        ("yesterday, or so they say", "2024-09-06", "2024-09-08", False),
        ("on Wednesday", "2024-09-11", "2024-09-20", True),
        ("last Wednesday", "2024-09-11", "2024-09-20", False),
        ("on Wednesday", "2024-09-25", "2024-09-20", False),  # the coming one
        ("on Wednesday", "2024-09-19", "2024-09-20", True),
        ("overnight", "2024-09-07/2024-09-08", "2024-09-08", False),
        ("since February 2022", "2022-02/..", "2024-09-18", False),
        ("since February 2022", "2021-02/2021-03", "2024-09-18", True),
    ],
)
def test_the_words_give_the_value(words: str, value: str, reference: str, found: bool) -> None:  # noqa: FBT001
    found_codes = codes_of_time(
        value=value, verbatim=words, reference=reference, timezone="Europe/Riga"
    )
    assert found_codes == ["words_resolve_elsewhere"] * found


@pytest.mark.parametrize(
    ("fields", "found"),
    [
        ({"time": {"value": "2024-08-01/2024-08-21", "extent": "throughout"}}, False),
        ({"time": {"value": "2024-08-01/2024-08-22", "extent": "throughout"}}, True),
        ({"time": {"value": "2024-08-01/2024-08-22", "extent": "repeatedly"}}, True),
        ({"time": {"value": "2024-08-01/2024-08-22"}}, False),
        ({"time": {"value": "2024-08-01/..", "extent": "throughout"}}, False),
        ({"time": {"value": "2024-08~", "extent": "throughout"}}, False),
        (
            {
                "time": {"value": "2024-08-01/2024-08-22", "extent": "throughout"},
                "scope": "aggregate",
            },
            False,
        ),
        ({"time": {"value": "2024"}, "duration": {"best": 7, "unit": "d"}}, False),
        ({"time": {"value": "2024"}, "duration": {"min": 169, "unit": "h"}}, True),
        ({"time": {"value": "2024"}, "duration": {"max": 169, "unit": "h"}}, False),
        ({"time": {"value": "2024"}, "duration": {"verbatim": "weeks"}}, False),
        (
            {
                "time": {"value": "2024"},
                "scope": "aggregate",
                "duration": {"best": 9, "unit": "d"},
            },
            False,
        ),
    ],
)
def test_what_lasts_for_weeks_is_a_series(fields: dict[str, Any], found: bool) -> None:  # noqa: FBT001
    assert codes(incursion(**fields)) == ["incursion_lasts_weeks"] * found


TEN_MINUTES = "2024-09-07T02:25:00Z/2024-09-07T02:35:00Z"
TEN_HOURS = "2024-09-07T02:25:00Z/2024-09-07T12:25:00Z"
TWO_DAYS = "2024-09-07T02:25:00Z/2024-09-09T02:25:00Z"


@pytest.mark.parametrize(
    ("value", "duration", "found"),
    [
        (TEN_MINUTES, {"best": 10, "unit": "min"}, False),
        (TEN_MINUTES, {"best": 11, "unit": "min"}, True),
        # A second more is forgiven.
        (TEN_MINUTES, {"best": 601, "unit": "s"}, False),
        (TEN_MINUTES, {"best": 602, "unit": "s"}, True),
        (TEN_MINUTES, {"best": 10.1, "unit": "min"}, True),
        (TEN_HOURS, {"best": 10, "unit": "h"}, False),
        (TEN_HOURS, {"best": 10.001, "unit": "h"}, True),
        (TWO_DAYS, {"best": 2, "unit": "d"}, False),
        (TWO_DAYS, {"best": 2.00003, "unit": "d"}, True),
        (TEN_MINUTES, {"min": 5, "best": 11, "unit": "min"}, False),
        (TEN_MINUTES, {"max": 11, "unit": "min"}, False),
        (TEN_MINUTES, {"max": 11, "unit": "h"}, False),
        (TEN_MINUTES, {"verbatim": "hours"}, False),
        (TEN_MINUTES, {"best": -11, "unit": "h"}, False),
        (TEN_MINUTES, {"best": 1e9, "unit": "min"}, True),
        ("2024-09-07T02:25:00Z", {"best": 12, "unit": "min"}, False),
        ("2024-09-07", {"best": 25, "unit": "h"}, False),  # a day may be one anywhere
        ("2024-09-07", {"best": 51, "unit": "h"}, True),
        ("2024-09-07?", {"best": 51, "unit": "h"}, False),
        ("2024-09-07/", {"best": 51, "unit": "h"}, False),
        ("../2024-09-07", {"best": 51, "unit": "h"}, False),
    ],
)
def test_it_lasted_no_longer_than_its_time(
    value: str,
    duration: dict[str, Any],
    found: bool,  # noqa: FBT001
) -> None:
    found_codes = codes(incursion(time={"value": value}, duration=duration))
    assert ("duration_longer_than_window" in found_codes) is found
    summed = incursion(time={"value": value}, duration=duration, scope="aggregate")
    assert codes(summed) == []
