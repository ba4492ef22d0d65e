"""How reported times lie to each other: cases by hand, and what holds for all of them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from itertools import pairwise
from typing import NamedTuple
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

import airspace_events as ae
from airspace_events.testing import strategies as aes
from airspace_events.testing.strategies.times import date_texts_of
from airspace_events.values.time_spans import Expression, Point
from airspace_events.vocabulary.terms import TimeExtent

Answer = bool | None
TICK, DAY = timedelta(microseconds=1), timedelta(days=1)
RIGA, APIA, WEST = "Europe/Riga", "Pacific/Apia", "Etc/GMT+12"


def when(
    value: str, timezone: str | None = RIGA, extent: TimeExtent = "within"
) -> ae.ReportedTime:
    return ae.ReportedTime(value=value, timezone=timezone, extent=extent)


def filling(value: str, timezone: str | None = RIGA) -> ae.ReportedTime:
    return when(value, timezone, "throughout")


def anywhere(value: str) -> ae.ReportedTime:
    return when(value, None)


# By hand: days, months, instants, in one time zone.

ORDERED: list[tuple[str, str, Answer, Answer]] = [
    # First, second, whether certainly before, whether possibly before.
    ("2024-09-07", "2024-09-08", True, True),
    ("2024-09-08", "2024-09-07", False, False),
    ("2024-09-07", "2024-09-07", False, True),
    ("2024-09", "2024-10", True, True),
    ("2024-09", "2024-09-07", False, True),
    ("2024-09-07", "2024-09", False, True),
    ("2024-08-31", "2024-09", True, True),
    ("2024-09", "2024-08-31", False, False),
    ("202X", "2030-01-01", True, True),
    ("2024-09-07/2024-09-08", "2024-09-08", False, True),
    ("2024-09-07/2024-09-08", "2024-09-09", True, True),
    # A day of Riga in summer ends at 20:59:59.999999 UTC.
    ("2024-09-07", "2024-09-07T20:59:59.999999Z", False, True),
    ("2024-09-07", "2024-09-07T21:00:00Z", True, True),
    ("2024-09-06T21:00:00Z", "2024-09-07", False, True),
    ("2024-09-06T20:59:59.999999Z", "2024-09-07", True, True),
    # In winter it ends an hour later, and the day of the change is an hour longer.
    ("2024-10-27", "2024-10-27T21:59:59Z", False, True),
    ("2024-10-27", "2024-10-27T22:00:00Z", True, True),
    ("2024-09-08T02:25:00+03:00", "2024-09-08T02:25:00+03:00", False, False),
    ("2024-09-08T02:25:00+03:00", "2024-09-08T02:25:00+02:00", True, True),
    # The clock was set back: 03:30 the first time is before 03:10 the second time.
    ("2024-10-27T03:30:00+03:00", "2024-10-27T03:10:00+02:00", True, True),
    # Open ends lie beyond all others.
    ("2022-02-24/..", "2024-09-07", False, True),
    ("2024-09-07", "2022-02-24/..", False, True),
    ("2022-02-23", "2022-02-24/..", True, True),
    ("2022-02-24/..", "2022-02-23", False, False),
    ("../2022-02-24", "2022-02-25", True, True),
    ("2022-02-25", "../2022-02-24", False, False),
    ("../2022-02-24", "../2022-02-20", False, True),
    # Unknown ends may lie anywhere.
    ("2022-02-24/", "2024-09-07", None, True),
    ("2022-02-24/", "2022-02-23", False, False),
    ("2024-09-07", "2022-02-24/", False, None),
    ("2022-02-23", "2022-02-24/", True, True),
    ("/2022-02-24", "2022-02-25", True, True),
    ("/2022-02-24", "2022-02-23", False, None),
    ("2022-02-25", "/2022-02-24", False, False),
    ("2022-02-23", "/2022-02-24", None, True),
    ("2022-02-24/", "/2022-02-26", None, True),
    ("/2022-02-24", "2022-02-20/", False, None),
    # What is marked may lie anywhere.
    ("2024-09-07?", "2024-09-09", None, None),
    ("2024-09-07~", "2024-09-09", None, None),
    ("2024-09-07", "2024-09-09%", None, None),
    ("2024-09-09", "2024-09-07?", None, None),
    ("2024-09-07?/2024-09-08", "2024-09-09", True, True),
    ("2024-09-07/2024-09-08?", "2024-09-09", None, True),
    ("2024-09-07/2024-09-08?", "2024-09-06", False, False),
    # Sets: of one, and of all.
    ("[2024-09-07,2024-09-14]", "2024-09-15", True, True),
    ("[2024-09-07,2024-09-14]", "2024-09-10", False, True),
    ("2024-09-10", "[2024-09-07,2024-09-14]", False, True),
    ("{2024-09-07,2024-09-14}", "2024-09-15", True, True),
    ("[..2024-09-07]", "2024-09-08", True, True),
    ("[2024-09-07..]", "2024-09-06", False, False),
    # Seasons are wide.
    ("2024-26", "2024-09-25", True, True),
    ("2024-26", "2024-09-24", False, True),
]


@pytest.mark.parametrize(
    ("first", "second", "certainly", "possibly"),
    ORDERED,
    ids=[f"{row[0]} before {row[1]}" for row in ORDERED],
)
def test_which_is_before_the_other(
    first: str, second: str, certainly: Answer, possibly: Answer
) -> None:
    assert when(first).certainly_before(when(second)) is certainly
    assert when(first).possibly_before(when(second)) is possibly


FILLED: list[tuple[ae.ReportedTime, ae.ReportedTime, Answer, Answer, Answer]] = [
    # First, second, certainly before, possibly before, overlaps.
    (filling("2024-09-07"), when("2024-09-07"), False, False, True),
    (when("2024-09-07"), filling("2024-09-07"), False, False, True),
    (when("2024-09"), filling("2024-09-07"), False, True, None),
    (filling("2024-09-07"), when("2024-09"), False, True, None),
    (filling("2024-09"), when("2024-09-07"), False, False, True),
    (filling("2024-09-07"), filling("2024-09"), False, False, True),
    (filling("2024-09-07"), filling("2024-09-08"), True, True, False),
    (filling("2024-09-07"), when("2024-09-07T12:00:00Z"), False, False, True),
    (filling("2024-09-07"), when("2024-09-07T21:00:00Z"), True, True, False),
    # An interval ends at some time of its last day, and begins at some time of its first.
    (filling("2024-09-07/2024-09-09"), when("2024-09-08"), False, False, True),
    (filling("2024-09-07/2024-09-09"), when("2024-09-09"), False, True, None),
    (filling("2024-09-07/2024-09-09"), when("2024-09-07"), False, False, None),
    (when("2024-09-07"), filling("2024-09-07/2024-09-09"), False, True, None),
    (filling("2024-09-07/2024-09-08"), filling("2024-09-08/2024-09-09"), False, True, None),
    (filling("2024-09-07/2024-09-08"), when("2024-09-08T12:00:00Z"), False, True, None),
    # Open ends are filled, too; unknown and marked ends are not sure.
    (filling("2022-02-24/.."), when("2024-09-08"), False, False, True),
    (filling("../2024-09-08"), when("2022"), False, False, True),
    (filling("2022-02-24/.."), filling("2023/.."), False, False, True),
    (filling("2022-02-24/"), when("2024-09-08"), None, True, None),
    (filling("2024-09?"), when("2024-09-08"), None, None, None),
    (filling("2024-09"), when("2024-09-08?"), None, None, None),
    (filling("2024-09-01/2024-09-30?"), when("2024-09-08"), None, True, None),
    # What happened repeatedly did not fill its time.
    (when("2024-09", extent="repeatedly"), when("2024-09-08"), False, True, None),
]


@pytest.mark.parametrize(
    ("first", "second", "certainly", "possibly", "overlap"),
    FILLED,
    ids=[f"{row[0].value} {row[0].extent} - {row[1].value} {row[1].extent}" for row in FILLED],
)
def test_what_lasted_throughout_its_time_filled_it(
    first: ae.ReportedTime,
    second: ae.ReportedTime,
    certainly: Answer,
    possibly: Answer,
    overlap: Answer,
) -> None:
    assert first.certainly_before(second) is certainly
    assert first.possibly_before(second) is possibly
    assert first.overlaps(second) is second.overlaps(first) is overlap


MET: list[tuple[str, str, Answer]] = [
    ("2024-09-07", "2024-09-08", False),
    ("2024-09-07", "2024-09-07", None),
    ("2024-09", "2024-09-07", None),
    ("2024-09-07", "2024-09-07T12:00:00Z", None),
    ("2024-09-07", "2024-09-07T21:00:00Z", False),
    ("2024-09-07T12:00:00Z", "2024-09-07T15:00:00+03:00", True),
    ("2024-09-07T12:00:00Z", "2024-09-07T12:00:00+03:00", False),
    ("2024-09-07T12:00:00Z/2024-09-07T13:00:00Z", "2024-09-07T12:30:00Z", None),
    ("2024-09-07?", "2024-09-08", None),
    ("/2024-09-07", "2024-09-08", False),
    ("2024-09-08/", "2024-09-07", False),
    ("2024-09-07/", "2024-09-08", None),
    ("2022/..", "2024", None),
    ("2022/..", "2021", False),
    ("[2024-09-07,2024-09-14]", "2024-09-15", False),
    ("[2024-09-07,2024-09-14]", "2024-09-14", None),
]


@pytest.mark.parametrize(("one", "other", "answer"), MET)
def test_two_things_in_one_night_need_not_have_met(one: str, other: str, answer: Answer) -> None:
    assert when(one).overlaps(when(other)) is answer
    assert when(other).overlaps(when(one)) is answer


HELD: list[tuple[str, str, Answer]] = [
    ("2024-09", "2024-09-07", True),
    ("2024-09", "2024-09", True),
    ("2024-09-07", "2024-09", None),
    ("2024-09", "2024-10", False),
    ("2024-09", "2024-09-30/2024-10-01", None),
    ("2024-09", "2024-09-07T12:00:00Z", True),
    ("2024-09", "2024-08-31T20:59:59Z", False),
    ("2024-09", "2024-08-31T21:00:00Z", True),
    ("2024-10-27", "2024-10-27T21:59:59Z", True),
    ("2024-10-27", "2024-10-27T22:00:00Z", False),
    ("2024-09-07T12:00:00Z", "2024-09-07T15:00:00+03:00", True),
    ("2022/..", "2024-09-07", True),
    ("2022/..", "2024-09-07/..", True),
    ("2022/..", "2021", False),
    ("../2022", "2021/..", None),
    ("2024-09-07", "2022/..", None),
    ("2022/", "2024-09-07", None),
    ("2022/", "2021", False),
    ("2024-09", "/2024-09-07", None),
    ("2024-09", "/2024-08-07", False),
    ("2024-09?", "2024-09-07", None),
    ("2024-09", "2024-09-07?", None),
    ("2024-09", "2024-10-07?", None),
    ("2024-09-01?/2024-09-30", "2024-10-01", False),
    ("2024-09", "[2024-09-07,2024-09-14]", True),
    ("2024-09", "[2024-09-07,2024-10-14]", None),
    ("2024-09", "[2024-10-07,2024-10-14]", False),
    # Between the members of a set there is nothing.
    ("[2024-09-07,2024-09-14]", "2024-09-14", True),
    ("{2024-09-07,2024-09-14}", "2024-09-10", False),
    ("[2024-09-07..2024-09-14]", "2024-09-10", True),
    ("[2024-09-07,2024-09-14]", "2024-09", None),
    ("{2024-09-07..}", "2024-10", True),
    ("[2024-09-07..]", "2024-10", None),
]


@pytest.mark.parametrize(("outer", "inner", "answer"), HELD)
def test_which_lies_within_the_other(outer: str, inner: str, answer: Answer) -> None:
    assert when(outer).contains(when(inner)) is answer


def test_what_filled_a_time_meets_all_of_a_set_or_perhaps_the_one_that_is_meant() -> None:
    september = filling("2024-09")
    assert september.overlaps(when("[2024-09-07,2024-09-14]")) is True
    assert september.overlaps(when("[2024-09-07,2024-10-14]")) is None
    assert september.overlaps(when("{2024-09-07,2024-10-14}")) is True
    assert september.overlaps(when("[2024-10-07,2024-10-14]")) is False


def test_how_long_it_lasted_does_not_matter_to_where_it_lies() -> None:
    for outer in (when("2024-09"), filling("2024-09"), when("2024-09", extent="repeatedly")):
        assert outer.contains(filling("2024-09-07"))
        assert outer.contains(when("2024-09-07", extent="repeatedly"))


# By hand: across time zones, and without one.


def test_days_of_two_zones_are_compared_where_they_were() -> None:
    kiritimati = when("2024-09-08", "Pacific/Kiritimati")
    far_west = when("2024-09-07", WEST)
    # They begin at 10:00 and at 12:00 UTC of the 7th.
    assert kiritimati.certainly_before(far_west) is False
    assert far_west.certainly_before(kiritimati) is False
    assert kiritimati.possibly_before(far_west) is True
    assert far_west.possibly_before(kiritimati) is True
    assert when("2024-09-07", "Pacific/Kiritimati").certainly_before(far_west) is True
    assert filling("2024-09-08", "Pacific/Kiritimati").overlaps(filling("2024-09-07", WEST))


def test_without_a_zone_days_are_before_each_other_only_with_a_day_between() -> None:
    # The 7th ends at 12:00 UTC of the 8th at the latest, the 9th begins at 10:00 UTC of the 8th.
    assert anywhere("2024-09-07").certainly_before(anywhere("2024-09-09")) is False
    assert anywhere("2024-09-07").certainly_before(anywhere("2024-09-10")) is True
    assert anywhere("2024-09-09").possibly_before(anywhere("2024-09-07")) is True
    assert anywhere("2024-09-10").possibly_before(anywhere("2024-09-07")) is False


def test_without_a_zone_only_what_every_zone_holds_lies_within() -> None:
    month = anywhere("2024-09")
    assert month.contains(when("2024-09-07")) is True
    assert when("Y2E3").contains(when("2000-09-07")) is True
    assert month.contains(anywhere("2024-09-07")) is True
    assert month.contains(when("2024-09-01", WEST)) is True
    assert month.contains(when("2024-09-01", RIGA)) is None
    assert month.contains(anywhere("2024-09-01")) is None
    assert month.contains(month) is None
    assert month.contains(anywhere("2024-08-29")) is False
    # No moment is of the 7th everywhere.
    assert anywhere("2024-09-07").contains(when("2024-09-07T11:00:00Z")) is None


def test_a_month_that_was_filled_somewhere_is_filled_everywhere_but_at_its_ends() -> None:
    month = filling("2024-09", None)
    assert month.overlaps(when("2024-09-01T12:00:00Z")) is True
    assert month.overlaps(when("2024-09-01T11:59:59Z")) is None
    assert month.overlaps(when("2024-09-30T09:59:59Z")) is True
    assert month.overlaps(when("2024-09-30T10:00:00Z")) is None
    assert filling("2024-09-07", None).overlaps(filling("2024-09-07", None)) is None


def test_an_interval_that_was_filled_is_filled_only_where_every_zone_has_it() -> None:
    # Far in the west the 1st lasts until 12:00 UTC of the 2nd; in the far east the 8th begins
    # at 10:00 UTC of the 7th.
    days = filling("2024-09-01/2024-09-08", None)
    for moment, answer in (
        ("2024-09-02T11:59:59Z", None),
        ("2024-09-02T12:00:00Z", True),
        ("2024-09-07T10:00:00Z", True),
        ("2024-09-07T10:00:01Z", None),
    ):
        assert days.overlaps(when(moment)) is answer, moment
    # It may have been over by then: in the far east the 8th had long begun.
    assert days.possibly_before(when("2024-09-08T00:00:00Z")) is True
    assert when("2024-09-01T23:00:00Z").possibly_before(days) is True


def test_days_that_a_zone_left_out_have_no_length() -> None:
    left_out, before, after = (when(f"2011-12-{day}", APIA) for day in (30, 29, 31))
    assert before.certainly_before(left_out) is True
    assert before.certainly_before(after) is True
    assert after.certainly_before(left_out) is False


def test_a_day_that_began_twice_is_whole() -> None:
    # In St John's the clocks went back at 00:01 of 29 October 2006 into the 28th.
    zone = "America/St_Johns"
    first, second = when("2006-10-28", zone), when("2006-10-29", zone)
    assert first.certainly_before(second) is False
    assert first.possibly_before(second) is True
    assert filling("2006-10-28", zone).overlaps(filling("2006-10-29", zone)) is True


# By hand: intervals whose ends are coarse, sets whose members are marked, what has gaps.


def test_what_filled_an_interval_with_overlapping_ends_is_not_over_before_it_began() -> None:
    # From some time in September to some time in the same year.
    since_september = filling("2024-09/2024")
    assert when("2024-08").certainly_before(since_september) is True
    assert since_september.possibly_before(when("2024-08")) is False
    until_january = filling("2024/2024-01")
    assert until_january.certainly_before(when("2024-02")) is True
    assert when("2024-02").possibly_before(until_january) is False


def test_any_marked_member_makes_a_set_uncertain() -> None:
    # If the first is wrong, it may have been in October.
    either = when("[2024-09-07?,2024-09-14]")
    assert either.certainly_before(when("2024-09-20")) is None
    assert when("2024-09-01").certainly_before(when("[2024-09-07,2024-09-14~]")) is None


def test_what_went_on_on_all_of_some_days_was_not_over_after_the_first() -> None:
    both = when("{2024-09-07,2024-09-14}")
    assert both.possibly_before(when("2024-09-10")) is False
    assert when("2024-09-10").possibly_before(both) is False


def test_between_the_members_of_a_set_nothing_met() -> None:
    assert when("[2024-09-07,2024-09-14]").overlaps(when("2024-09-10")) is False


GAPS = [
    # A time that has gaps, or of which there are several readings, and what is not within.
    ("2024-28", "2024-07-01"),
    ("2024-21", "2024-08-01"),
    ("202X-12-25", "2024-07-01"),
    ("2024-XX-08", "2024-03-10"),
]


@pytest.mark.parametrize(("text", "between"), GAPS)
def test_what_lies_between_is_not_within(text: str, between: str) -> None:
    assert not when(text).contains(when(between))


@pytest.mark.parametrize(("text", "between"), GAPS)
def test_what_lies_between_was_not_filled(text: str, between: str) -> None:
    assert not filling(text).overlaps(when(between))


@pytest.mark.parametrize("text", ["2024-25", "2024-27"])
def test_of_a_season_only_what_all_count_to_it_was_filled(text: str) -> None:
    # 1 March is spring, and 1 September is autumn, by the calendar of meteorologists only.
    first = {"2024-25": "2024-03-01", "2024-27": "2024-09-01"}[text]
    assert filling(text).overlaps(when(first)) is None


# What holds for all times.

ZONES = st.sampled_from([None, None, RIGA, RIGA, "UTC", "America/New_York", APIA])
EXTENTS = st.sampled_from(["within", "within", "throughout", "throughout", "repeatedly"])
FIRST = date(2024, 8, 28)
CLOCKS = ["T00:00:00+03:00", "T12:00:00Z", "T23:59:59.999999-05:00"]
# Few days near to each other, so that they meet in many ways.
DAYS = st.integers(0, 6).map(lambda number: FIRST + number * DAY)
MARKS = st.sampled_from(["", "", "", "?", "~"])


@st.composite
def points(draw: st.DrawFn) -> str:
    day = draw(DAYS)
    if draw(st.integers(0, 2)) == 0:
        return day.isoformat() + draw(st.sampled_from(CLOCKS))
    return draw(st.sampled_from([day.isoformat(), *date_texts_of(day)[:4]])) + draw(MARKS)


@st.composite
def set_texts(draw: st.DrawFn) -> str:
    days = sorted(draw(st.sets(DAYS, min_size=1, max_size=3)))
    inner = ",".join(day.isoformat() + draw(MARKS) for day in days)
    first, last = draw(st.sampled_from([("", ""), ("", ""), ("..", ""), ("", "..")]))
    inner = first + inner + last
    return f"[{inner}]" if draw(st.booleans()) else f"{{{inner}}}"


ENDS = points() | st.sampled_from(["", ".."])
INTERVALS = st.tuples(ENDS, ENDS).map("/".join)


@st.composite
def times(
    draw: st.DrawFn, texts: st.SearchStrategy[str] | None = None, zones: object = ZONES
) -> ae.ReportedTime:
    """Times that lie near to each other."""
    text = draw(points() | INTERVALS | set_texts() if texts is None else texts)
    assert isinstance(zones, st.SearchStrategy)
    found = made(text, draw(zones), draw(EXTENTS))
    assume(found is not None)
    assert found is not None
    return found


def made(text: str, zone: str | None, extent: TimeExtent) -> ae.ReportedTime | None:
    try:
        return ae.ReportedTime(value=text, timezone=zone, extent=extent)
    except ValidationError:
        return None


@st.composite
def lasting(draw: st.DrawFn) -> ae.ReportedTime:
    """Times that were filled, from some time in one date to some time in another."""
    coarse = DAYS.flatmap(lambda day: st.sampled_from([day.isoformat(), *date_texts_of(day)[:4]]))
    ends = sorted((draw(coarse), draw(coarse)), reverse=draw(st.booleans()))
    found = made("/".join(ends), draw(st.sampled_from([None, RIGA])), "throughout")
    assume(found is not None)
    assert found is not None
    return found


@st.composite
def instants(draw: st.DrawFn) -> ae.ReportedTime:
    return when(draw(DAYS).isoformat() + draw(st.sampled_from(CLOCKS)))


ANY = st.one_of(times(), times(), lasting(), instants(), aes.values_of(ae.ReportedTime))
few = settings(
    # The same cases in every run; the seed is changed by hand when the relations are.
    derandomize=True,
    max_examples=300,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)


@given(ANY)
@few
def test_nothing_is_before_itself_and_all_lies_within_itself(time: ae.ReportedTime) -> None:
    assert not time.certainly_before(time)
    assert time.overlaps(time) is not False
    assert time.contains(time) is not False


@given(times(points(), st.sampled_from([RIGA, "UTC", "America/New_York"])))
@few
def test_a_sure_date_in_a_zone_lies_within_itself(time: ae.ReportedTime) -> None:
    is_sure = not set(time.value) & {"?", "~"}
    assert time.contains(time) is (True if is_sure else None)


@given(ANY, ANY)
@few
def test_the_relations_do_not_contradict_each_other(
    one: ae.ReportedTime, other: ae.ReportedTime
) -> None:
    assert one.overlaps(other) is other.overlaps(one)
    if one.certainly_before(other):
        assert one.possibly_before(other) is True
        assert not other.certainly_before(one)
        assert other.possibly_before(one) is False
        assert one.overlaps(other) is False
        assert one.contains(other) is other.contains(one) is False
        assert one.sort_key < other.sort_key
    if one.possibly_before(other) is False:
        assert one.certainly_before(other) is False
    if one.overlaps(other):
        assert not one.certainly_before(other)
        assert one.contains(other) is not False
        assert one.possibly_before(other) is not True


@given(ANY, ANY, ANY)
@few
def test_what_is_before_and_what_is_within_is_so_in_a_row(
    one: ae.ReportedTime, other: ae.ReportedTime, third: ae.ReportedTime
) -> None:
    if one.certainly_before(other) and other.certainly_before(third):
        assert one.certainly_before(third)
    if one.contains(other) and other.contains(third):
        assert one.contains(third)
    if one.contains(other) and other.certainly_before(third):
        assert third.possibly_before(other) is False
    if one.certainly_before(other) and other.contains(third):
        assert one.certainly_before(third)


@given(st.lists(ANY, min_size=2, max_size=6))
@few
def test_a_timeline_has_one_order_and_what_is_before_stands_before(
    several: list[ae.ReportedTime],
) -> None:
    line = sorted(several, key=lambda time: time.sort_key)
    backwards = list(reversed(several))
    again = sorted(backwards, key=lambda time: time.sort_key)
    assert [time.sort_key for time in line] == [time.sort_key for time in again]
    for before, after in pairwise(line):
        assert before.sort_key <= after.sort_key
    for place, time in enumerate(line):
        assert not any(later.certainly_before(time) for later in line[place:])


# What was really so: a stretch that agrees with what was reported. No answer may deny it.


class Stretch(NamedTuple):
    first: datetime
    last: datetime

    def is_before(self, other: Stretch) -> bool:
        return self.last < other.first

    def meets(self, other: Stretch) -> bool:
        return self.first <= other.last and other.first <= self.last

    def holds(self, other: Stretch) -> bool:
        return self.first <= other.first and other.last <= self.last


LONG_AGO, LATER = datetime(1990, 1, 1, tzinfo=UTC), datetime(2090, 1, 1, tzinfo=UTC)
EVERYWHERE = st.sampled_from([14, 3, 0, -5, -12]).map(lambda hours: timezone(DAY / 24 * hours))


@st.composite
def stretches_of(draw: st.DrawFn, time: ae.ReportedTime) -> tuple[Stretch, Stretch]:
    """What the words may have meant, and when it may have been, in a zone where days are whole."""
    expression = time.expression
    zone = ZoneInfo(time.timezone) if time.timezone else draw(EVERYWHERE)
    if expression.members:
        first, last = draw(st.sampled_from(expression.members))
        expression = Expression(first, last, time.start_is, time.end_is)

    def ends(point: Point | None, *, at_start: bool) -> Stretch:
        if point is None:
            far = LONG_AGO if at_start else LATER
            is_open = (time.start_is if at_start else time.end_is) == "open"
            return Stretch(far, far) if is_open else moments(LONG_AGO, LATER)
        if not point.is_certain:
            return moments(LONG_AGO, LATER)
        return Stretch(point.earliest(zone), point.latest(zone))

    def moments(first: datetime, last: datetime) -> Stretch:
        some = st.datetimes(
            first.replace(tzinfo=None), last.replace(tzinfo=None), timezones=st.just(UTC)
        )
        near = st.sampled_from([first, first + (last - first) / 2, last])
        return Stretch(*sorted((draw(near | some), draw(near | some))))

    start, end = ends(expression.start, at_start=True), ends(expression.end, at_start=False)
    if expression.is_point and expression.start:
        end = start
    whole = Stretch(start.first, end.last)
    assume(whole.first <= whole.last)
    if time.extent != "throughout" or time.expression.members:
        return whole, moments(*whole)
    if expression.is_point:
        return whole, whole
    began, ended = moments(*start).first, moments(*end).last
    assume(began <= ended)
    return whole, Stretch(began, ended)


# Of a set of which all are meant, one stretch says too little.
ONE_OF_SOME = set_texts().filter(lambda text: text[0] == "[")
SIMPLE = st.one_of(times(points() | INTERVALS | ONE_OF_SOME), lasting(), instants())


@given(st.data(), SIMPLE, SIMPLE)
@settings(few, max_examples=1000)
def test_what_was_really_so_is_never_denied(
    data: st.DataObject, one: ae.ReportedTime, other: ae.ReportedTime
) -> None:
    meant, was = data.draw(stretches_of(one))
    other_meant, other_was = data.draw(stretches_of(other))
    if was.is_before(other_was):
        assert one.possibly_before(other) is not False
        assert one.overlaps(other) is not True
    else:
        assert one.certainly_before(other) is not True
    if was.meets(other_was):
        assert one.overlaps(other) is not False
    if not one.expression.members:
        if not meant.holds(other_was):
            assert one.contains(other) is not True
        if meant.meets(other_meant):
            assert one.contains(other) is not False


# The more is known, the fewer answers are open, and none changes.


@st.composite
def finer(draw: st.DrawFn) -> tuple[ae.ReportedTime, ae.ReportedTime]:
    """A time, and one that tells more of the same."""
    days = sorted(draw(st.sets(DAYS, min_size=2, max_size=2)))
    first, last = (day.isoformat() for day in days)
    month = draw(st.sampled_from(date_texts_of(days[0])[1:]))
    zone = draw(ZONES)
    extent = draw(EXTENTS)
    clock = draw(st.sampled_from(CLOCKS))
    pairs = [
        # A coarse date and a day of it; an interval and a date of it; a set and one of it.
        (month, first, "within"),
        (f"{first}/{last}", draw(st.sampled_from([first, last])), "within"),
        (f"[{first},{last}]", draw(st.sampled_from([first, last])), extent),
        (f"[{first}?,{last}]", last, extent),
        (f"{month}/{last}", f"{first}/{last}", extent),
        # What is marked or unknown, and what is not.
        (f"{first}?", draw(st.sampled_from([first, last, month])), extent),
        (f"{first}/{last}~", f"{first}/{last}", extent),
        (f"{first}?/{last}", f"{first}/{last}", extent),
        (f"{first}/", draw(st.sampled_from([f"{first}/{last}", f"{first}/.."])), extent),
        (f"/{last}", draw(st.sampled_from([f"{first}/{last}", f"../{last}"])), extent),
        (f"{first}/", f"{first}/{last}{clock}", extent),
    ]
    vague, fine, extent = draw(st.sampled_from(pairs))
    # A zone is more than none; to have lasted throughout is more than to have been within.
    fine_zone = draw(ZONES) if zone is None else zone
    fine_extent = draw(EXTENTS) if extent == "within" else extent
    found = made(vague, zone, extent), made(fine, fine_zone, fine_extent)
    assume(None not in found)
    assert found[0] is not None
    assert found[1] is not None
    return found


@given(finer(), ANY)
@settings(few, max_examples=1000)
def test_an_answer_stays_when_more_is_known(
    pair: tuple[ae.ReportedTime, ae.ReportedTime], other: ae.ReportedTime
) -> None:
    vague, fine = pair
    # "Certainly" is for good if it is true, "possibly" if it is false.
    for before, after in (
        (vague.certainly_before(other), fine.certainly_before(other)),
        (other.certainly_before(vague), other.certainly_before(fine)),
    ):
        assert before is not True or after is True
    for before, after in (
        (vague.possibly_before(other), fine.possibly_before(other)),
        (other.possibly_before(vague), other.possibly_before(fine)),
    ):
        assert before is not False or after is False
    if vague.overlaps(other) is not None:
        assert fine.overlaps(other) is vague.overlaps(other)
    if other.contains(vague) is not None:
        assert other.contains(fine) is other.contains(vague)
    # A finer time holds less, so that only what is not within it stays so.
    if vague.contains(other) is False:
        assert fine.contains(other) is False
