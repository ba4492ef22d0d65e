"""A day as the reference gives a window that holds the windows of all instants of that day."""

import tomllib
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import airspace_events as ae
from airspace_events.phrases.parts_of_day import PARTS
from airspace_events.phrases.reading import GRAMMAR

CASES: dict[str, list[dict[str, Any]]] = tomllib.loads(
    (Path(__file__).parent / "data" / "phrase_cases.toml").read_text(encoding="utf-8")
)

# Words for the places of forms that have no forms of their own.
_CLOCKS = "9 am,5 a.m.,11 p.m.,0:30,00:15,02:30,03:30,9:58,11:30,12:30,22:00,23:45,23:59,12:15 am"
_WORDS = {
    "CLOCK": _CLOCKS.split(","),
    "BARE": ["2", "4", "six", "9", "11", "12"],
    "ZONE": ["local time", "GMT", "UTC", "CET", "EEST"],
    "NUMBER": ["one", "two", "three", "24", "48"],
    "DOM": ["1", "7", "8th", "28", "29", "30", "31"],
    "YEAR": ["2011", "2024", "2025"],
    "DECADE": ["2020s"],
    "MONTH": ["January", "Feb.", "March", "September", "October", "December"],
    "WEEKDAY": ["Monday", "Tuesday", "Wed.", "Thursday", "Friday", "Saturday", "Sunday"],
    "ORDINAL": ["first", "second"],
    "NTH": ["third", "10th"],
    "NUMERIC": ["25/12/2024", "2025-03-30"],
    "SEASON": ["summer", "winter"],
    "UNIT": ["day", "days", "weeks", "month", "year"],
    "CLOCK_UNIT": ["hour", "hours", "minutes"],
    "PART": [" ".join(names) for names in PARTS],
    "NAMED_PART": ["morning", "afternoon", "evening"],
}
_DEEPEST = 9

# Days on which clocks change in one of the zones, days without a change, and ends of years.
_DAYS = ["2025-03-29", "2025-03-30", "2025-03-31", "2025-10-26", "2025-10-27", "2025-11-02"]
_DAYS += ["2025-03-09", "2025-09-07", "2025-09-10", "2024-02-29", "2025-01-01", "2024-12-31"]
_DAYS += ["2011-12-29", "2011-12-30", "2011-12-31", "2012-01-01", "2024-03-31", "2025-04-06"]
_ZONES = ["Europe/Warsaw", "Europe/Kyiv", "America/New_York", "America/Havana", "Asia/Beirut"]
_ZONES += ["Pacific/Apia", "Pacific/Kiritimati", "Pacific/Pago_Pago", "Australia/Lord_Howe", "UTC"]


@st.composite
def phrases(draw: st.DrawFn, kind: str = "WHEN", depth: int = 0) -> str:
    """Draw a phrase of the grammar."""

    def expand(element: Any) -> str:
        if hasattr(element, "word"):
            return str(element.word)
        if hasattr(element, "kind"):
            return draw(phrases(element.kind, depth + 1))
        return " ".join(map(expand, draw(st.sampled_from(element.options)).elements))

    if kind in _WORDS:
        return draw(st.sampled_from(_WORDS[kind]))
    known = GRAMMAR.kind(kind).forms
    _, pattern = known[0] if depth > _DEEPEST else draw(st.sampled_from(known))
    return " ".join(expand(pattern).split()).replace(" ,", ",")


def read(text: str, reference: str, zone: str | None, tense: Any) -> ae.ReportedTime | None:
    try:
        return ae.resolve_time(text, reference=reference, timezone=zone, tense=tense)
    except ae.TimePhraseError:
        return None


def instant(day: str, clock: time, zone: str | None) -> str | None:
    """Return an instant of a day; None if the clocks of the zone skipped that time."""
    known = ZoneInfo(zone or "Etc/GMT-14")
    moment = datetime.combine(date.fromisoformat(day), clock, known)
    shown = moment.astimezone(UTC).astimezone(known)
    return moment.isoformat() if shown.time() == clock else None


def holds(whole: ae.ReportedTime, part: ae.ReportedTime) -> bool:
    """Return whether a time holds every time that another allows."""
    if whole.value[0] in "[{" and whole.value != part.value:
        return False
    begins = whole.earliest is None or (
        part.earliest is not None and whole.earliest <= part.earliest
    )
    return begins and (
        whole.latest is None or (part.latest is not None and part.latest <= whole.latest)
    )


@given(
    phrases() | st.sampled_from([case["text"] for kind in CASES.values() for case in kind]),
    st.sampled_from(_DAYS),
    st.sampled_from([*_ZONES, None]),
    st.times(),
    st.sampled_from([None, "past", "future"]),
)
@settings(max_examples=800, deadline=None)
def test_a_day_holds_each_time_that_an_instant_of_it_gives(
    text: str, day: str, zone: str | None, clock: time, tense: str | None
) -> None:
    moment = instant(day, clock, zone)
    if moment is None:
        return
    by_day, by_instant = read(text, day, zone, tense), read(text, moment, zone, tense)
    if by_day is not None and by_instant is not None:
        assert holds(by_day, by_instant)


@pytest.mark.parametrize(
    "text",
    [
        *("9 am", "5 am", "at dawn", "between 2 and 4 am", "0:30", "tonight", "midnight"),
        *("around 00:15", "around 23:45", "until 22:00", "before midnight", "1815 GMT"),
        *("in the evening at 8", "that night", "the night before", "in the morning"),
    ],
)
def test_words_without_a_day_allow_every_hour_of_a_report(text: str) -> None:
    for zone in ("Europe/Warsaw", "America/Havana", "Pacific/Kiritimati"):
        for day in ("2025-09-10", "2025-10-26", "2025-11-02"):
            by_day = read(text, day, zone, None)
            assert by_day is not None
            for hour in range(24):
                moment = instant(day, time(hour, 10), zone)
                by_instant = read(text, moment or day, zone, None)
                assert by_instant is None or holds(by_day, by_instant)


@pytest.mark.parametrize(
    "text",
    [
        *("8 a.m. in the evening", "in the evening at 2 p.m.", "noon in the evening"),
        *("that night at noon", "at noon on the night of 7 September", "tonight at noon"),
        *("the night before at noon", "2 p.m. last night", "at 5 p.m. at dawn"),
    ],
)
def test_a_time_between_two_nights_is_in_neither(text: str) -> None:
    for reference in ("2025-09-10", "2025-09-10T00:30:00+02:00", "2025-09-10T20:00:00+02:00"):
        reason = "the parts of the phrase contradict each other"
        with pytest.raises(ae.TimePhraseError, match=reason) as refused:
            ae.resolve_time(text, reference=reference, timezone="Europe/Warsaw")
        assert "understood" not in str(refused.value)


@pytest.mark.parametrize(
    ("text", "reference"),
    [
        ("yesterday", "2011-12-31"),
        ("yesterday evening", "2011-12-31"),
        ("since yesterday", "2011-12-31"),
        ("overnight", "2011-12-31T08:00:00+14:00"),
        ("on Friday", "2011-12-31"),
        ("two days ago", "2012-01-01"),
        ("in the past three days", "2012-01-01"),
        ("tomorrow", "2011-12-29"),
        ("today", "2011-12-30"),
        ("on 30 December 2011", None),
    ],
)
def test_a_day_that_a_zone_left_out_is_refused(text: str, reference: str | None) -> None:
    with pytest.raises(ae.TimePhraseError, match=r"did not exist in|skipped a day between"):
        ae.resolve_time(text, reference=reference, timezone="Pacific/Apia", tense="past")
    assert ae.resolve_time("on 29 December 2011", timezone="Pacific/Apia").value == "2011-12-29"


@pytest.mark.parametrize(
    ("text", "tense", "side"),
    [
        ("tomorrow", "past", "after"),
        ("two days later", "past", "after"),
        ("at 23:30 today", "past", "after"),
        ("yesterday", "future", "before"),
        ("last night", "future", "before"),
    ],
)
def test_a_time_on_the_other_side_of_the_reference_is_refused(
    text: str, tense: Any, side: str
) -> None:
    with pytest.raises(ae.TimePhraseError, match=f"{side} the reference"):
        ae.resolve_time(
            text, reference="2025-09-10T12:00:00+02:00", timezone="Europe/Warsaw", tense=tense
        )
    # A date that needs no reference is that date.
    date_alone = ae.resolve_time("12 September 2025", reference="2025-09-10", tense="past")
    assert date_alone.value == "2025-09-12"


@pytest.mark.parametrize("reference", ["2025-09-10T00:00:00+02:00", "2025-09-09"])
@pytest.mark.parametrize("tense", [None, "past"])
def test_hours_that_had_not_begun_are_never_those_of_another_week(
    reference: str, tense: Any
) -> None:
    with pytest.raises(ae.TimePhraseError, match=r"2025-09-10T02:19:00.*after the reference"):
        ae.resolve_time(
            "at 2:19 on Tuesday night", reference=reference, timezone="Europe/Warsaw", tense=tense
        )
