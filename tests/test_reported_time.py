"""Reported times: what is read, what bounds it has, and what is refused."""

import pickle
import string
import warnings
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

import airspace_events as ae
from airspace_events.testing import strategies as aes
from airspace_events.testing.strategies.times import date_texts_of
from airspace_events.values import edtf
from airspace_events.values.time_spans import Expression

with warnings.catch_warnings():
    # Its grammar is not made for the pyparsing of today, which says so on import.
    warnings.simplefilter("ignore")
    from edtf import parse_edtf

SECOND, HOUR, DAY = timedelta(seconds=1), timedelta(hours=1), timedelta(days=1)
TICK = timedelta(microseconds=1)


def bounds(value: str, timezone: str | None = None) -> tuple[datetime | None, datetime | None]:
    time = ae.ReportedTime.parse(value, timezone=timezone)
    return time.earliest, time.latest


def utc(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    assert moment.tzinfo is not None
    return moment.astimezone(UTC)


def days_by_the_clock(first: date, last: date, timezone: str) -> tuple[datetime, datetime]:
    """The bounds of some days in a zone, found by asking the clock there every minute.

    This is another way than the library's: it only ever goes from UTC to local time, which
    is never ambiguous, and never from local time to UTC.
    """
    zone = ZoneInfo(timezone)
    step = timedelta(minutes=1)
    start = datetime(first.year, first.month, first.day, tzinfo=UTC)
    end = datetime(last.year, last.month, last.day, tzinfo=UTC)

    def within(moment: datetime) -> bool:
        return first <= moment.astimezone(zone).date() <= last

    minutes = [start + step * number for number in range(-16 * 60, 16 * 60)]
    earliest = next(moment for moment in minutes if within(moment))
    minutes = [end + step * number for number in range(42 * 60, -16 * 60, -1)]
    latest = next(moment for moment in minutes if within(moment)) + step - TICK
    return earliest, latest


# Which texts are read, and how fine they are.

READ: list[tuple[str, str, str, str]] = [
    # Text, precision, first local moment, first local moment after it.
    ("2024-09-08", "day", "2024-09-08", "2024-09-09"),
    ("2024-02-29", "day", "2024-02-29", "2024-03-01"),
    ("2024-12-31", "day", "2024-12-31", "2025-01-01"),
    ("2024-09", "month", "2024-09-01", "2024-10-01"),
    ("2024-02", "month", "2024-02-01", "2024-03-01"),
    ("1900-02", "month", "1900-02-01", "1900-03-01"),
    ("2024-12", "month", "2024-12-01", "2025-01-01"),
    ("2024-09-XX", "month", "2024-09-01", "2024-10-01"),
    ("2024", "year", "2024-01-01", "2025-01-01"),
    ("2024-XX", "year", "2024-01-01", "2025-01-01"),
    ("2024-XX-XX", "year", "2024-01-01", "2025-01-01"),
    ("202X", "decade", "2020-01-01", "2030-01-01"),
    ("190X", "decade", "1900-01-01", "1910-01-01"),
    ("20XX", "century", "2000-01-01", "2100-01-01"),
    ("19XX", "century", "1900-01-01", "2000-01-01"),
    ("1900-01-01", "day", "1900-01-01", "1900-01-02"),
    ("1900", "year", "1900-01-01", "1901-01-01"),
    ("2200", "year", "2200-01-01", "2201-01-01"),
    ("2200-12-31", "day", "2200-12-31", "2201-01-01"),
    ("2024-09-07/2024-09-08", "day", "2024-09-07", "2024-09-09"),
    ("2024-09-07/2024-09-07", "day", "2024-09-07", "2024-09-08"),
    ("2024-09-07/2024-10", "month", "2024-09-07", "2024-11-01"),
    ("2022-02/2024-09-08", "month", "2022-02-01", "2024-09-09"),
    ("2022/2024-09", "year", "2022-01-01", "2024-10-01"),
    ("202X/2024-09-08", "decade", "2020-01-01", "2024-09-09"),
    ("20XX/202X", "century", "2000-01-01", "2030-01-01"),
    # Coarse ends that overlap are no contradiction.
    ("2024-09/2024", "year", "2024-09-01", "2025-01-01"),
    ("2024/2024-01", "year", "2024-01-01", "2024-02-01"),
]
read = pytest.mark.parametrize(
    ("text", "precision", "first", "after"), READ, ids=[row[0] for row in READ]
)


@read
def test_a_date_is_read_to_its_precision(
    text: str, precision: str, first: str, after: str
) -> None:
    time = ae.ReportedTime.parse(text)
    assert time.value == text
    assert time.precision == precision
    assert (time.start_is, time.end_is) == ("known", "known")
    assert bounds(text, "UTC") == (utc(f"{first}T00:00Z"), utc(f"{after}T00:00Z") - TICK)


@read
def test_a_date_without_a_zone_widens_to_all_zones(
    text: str, precision: str, first: str, after: str
) -> None:
    expected = (utc(f"{first}T00:00+14:00"), utc(f"{after}T00:00-12:00") - TICK)
    assert bounds(text) == expected
    assert ae.ReportedTime.parse(text).precision == precision


@pytest.mark.parametrize(
    ("timezone", "hours"),
    [("Pacific/Kiritimati", 14), ("Etc/GMT+12", -12), ("Asia/Kathmandu", 5.75), ("UTC", 0)],
)
def test_the_widest_bounds_hold_those_of_every_zone(timezone: str, hours: float) -> None:
    earliest, latest = bounds("2024-09-08", timezone)
    assert earliest == utc("2024-09-08T00:00Z") - HOUR * hours
    assert latest == utc("2024-09-09T00:00Z") - HOUR * hours - TICK
    widest = bounds("2024-09-08")
    assert widest[0] <= earliest < latest <= widest[1]


@pytest.mark.parametrize("mark", ["?", "~", "%"])
@pytest.mark.parametrize("body", ["2024-09-08", "2024-09", "2024", "202X", "20XX", "2024-XX"])
def test_a_qualifier_is_kept_and_moves_no_bound(body: str, mark: str) -> None:
    assert bounds(body + mark) == bounds(body)
    assert ae.ReportedTime.parse(body + mark).precision == ae.ReportedTime.parse(body).precision
    point = edtf.parse_point(body + mark)
    assert (point.uncertain, point.approximate) == (mark in "?%", mark in "~%")


def test_each_end_of_an_interval_has_its_own_qualifier() -> None:
    start, end = (
        getattr(edtf.parse("2024-09-07~/2024-09-08?"), name) for name in ("start", "end")
    )
    assert (start.uncertain, start.approximate) == (False, True)
    assert (end.uncertain, end.approximate) == (True, False)
    plain_end = edtf.parse("2024-09-07~/2024-09-08").end
    assert plain_end is not None
    assert (plain_end.uncertain, plain_end.approximate) == (False, False)


# Instants.


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024-09-08T02:25:00Z", "2024-09-08T02:25:00+00:00"),
        ("2024-09-08T02:25:00+03:00", "2024-09-07T23:25:00+00:00"),
        ("2024-09-08T02:25:00+05:45", "2024-09-07T20:40:00+00:00"),
        ("2024-09-08T02:25:00.5Z", "2024-09-08T02:25:00.500000+00:00"),
        ("2024-09-08T02:25:00.123456+14:00", "2024-09-07T12:25:00.123456+00:00"),
        ("2024-02-29T23:59:59.999999-12:00", "2024-03-01T11:59:59.999999+00:00"),
        ("2024-09-08T02:25:00+23:59", "2024-09-07T02:26:00+00:00"),
        ("1900-01-01T00:00:00+14:00", "1899-12-31T10:00:00+00:00"),
        ("2200-12-31T23:59:59-12:00", "2201-01-01T11:59:59+00:00"),
    ],
)
@pytest.mark.parametrize("timezone", [None, "Europe/Bucharest"])
def test_an_instant_is_its_own_bounds_in_every_zone(
    text: str, expected: str, timezone: str | None
) -> None:
    time = ae.ReportedTime.parse(text, timezone=timezone)
    assert time.earliest == time.latest
    assert time.earliest is not None
    assert time.earliest.isoformat() == expected
    assert time.precision == "instant"


@pytest.mark.parametrize(
    ("text", "earliest", "latest", "precision"),
    [
        (
            "2024-09-08T02:25:00+03:00/2024-09-08T02:37:00+03:00",
            "2024-09-07T23:25:00Z",
            "2024-09-07T23:37:00Z",
            "instant",
        ),
        # The clock was set back meanwhile: 03:30 is before 03:10.
        (
            "2024-10-27T03:30:00+03:00/2024-10-27T03:10:00+02:00",
            "2024-10-27T00:30:00Z",
            "2024-10-27T01:10:00Z",
            "instant",
        ),
        ("2024-09-08T02:25:00Z/..", "2024-09-08T02:25:00Z", None, "instant"),
        ("/2024-09-08T02:25:00Z", None, "2024-09-08T02:25:00Z", "instant"),
        (
            "2024-09-08T02:25:00Z/2024-09-08T02:25:00Z",
            "2024-09-08T02:25:00Z",
            "2024-09-08T02:25:00Z",
            "instant",
        ),
        (
            "2024-09-08T02:25:00Z/2024-09-10",
            "2024-09-08T02:25:00Z",
            "2024-09-11T11:59:59.999999Z",
            "day",
        ),
        ("2024-09/2024-10-08T02:25:00Z", "2024-08-31T10:00:00Z", "2024-10-08T02:25:00Z", "month"),
    ],
)
def test_intervals_of_instants(
    text: str, earliest: str | None, latest: str | None, precision: str
) -> None:
    assert bounds(text) == (earliest and utc(earliest), latest and utc(latest))
    assert ae.ReportedTime.parse(text).precision == precision


# Open and unknown ends.


@pytest.mark.parametrize(
    ("text", "start_is", "end_is"),
    [
        ("2022-02-24/..", "known", "open"),
        ("2022-02-24/", "known", "unknown"),
        ("../2024-09-18?", "open", "known"),
        ("/2024-09-18?", "unknown", "known"),
        ("2022-02-24/2024-09-18", "known", "known"),
        ("2022-02-24", "known", "known"),
    ],
)
def test_an_open_end_is_not_an_unknown_end(text: str, start_is: str, end_is: str) -> None:
    time = ae.ReportedTime.parse(text, timezone="Europe/Kyiv")
    assert (time.start_is, time.end_is) == (start_is, end_is)
    assert (time.earliest is None) == (start_is != "known")
    assert (time.latest is None) == (end_is != "known")
    assert time.precision == "day"
    if time.earliest is not None:
        assert time.earliest == utc("2022-02-24T00:00+02:00")


# Days in their time zone.

LONG_DAYS = [
    # Zone, day, hours, and why.
    ("Europe/Bucharest", date(2024, 9, 8), 24, "a plain day"),
    ("Europe/Bucharest", date(2024, 3, 31), 23, "the clock goes forward"),
    ("Europe/Bucharest", date(2024, 10, 27), 25, "the clock goes back"),
    ("Europe/Riga", date(2024, 10, 27), 25, "the same in Latvia"),
    ("America/Sao_Paulo", date(2018, 11, 4), 23, "midnight does not exist"),
    ("America/Sao_Paulo", date(2018, 11, 3), 24, "the day before"),
    ("America/Sao_Paulo", date(2018, 2, 17), 25, "23 o'clock twice"),
    ("America/Sao_Paulo", date(2018, 2, 18), 24, "the day after"),
    ("Asia/Beirut", date(2024, 3, 31), 23, "midnight does not exist"),
    ("Asia/Beirut", date(2024, 10, 26), 25, "23 o'clock twice"),
    ("America/Havana", date(2023, 11, 5), 25, "midnight happens twice"),
    ("America/Havana", date(2023, 11, 4), 24, "the day before"),
    ("America/Havana", date(2023, 3, 12), 23, "midnight does not exist"),
    ("Australia/Lord_Howe", date(2024, 4, 7), 24.5, "half an hour"),
    ("Pacific/Apia", date(2011, 12, 29), 24, "the day before the one that was left out"),
    ("Pacific/Apia", date(2011, 12, 31), 24, "the day after the one that was left out"),
    ("Pacific/Kwajalein", date(1993, 8, 20), 24, "the day before the one that was left out"),
    ("America/St_Johns", date(2006, 4, 2), 23, "forward a minute past midnight"),
    ("America/St_Johns", date(2006, 10, 28), 25, "back into the day before"),
    ("America/St_Johns", date(2006, 10, 29), 25, "begun, left and begun again"),
    ("Asia/Pyongyang", date(2018, 5, 4), 23.5, "a new offset from midnight"),
    ("Europe/Lisbon", date(1992, 9, 27), 24, "a new zone instead of a new clock"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("timezone", "day", "hours"),
    [pytest.param(*row[:3], id=f"{row[0]} {row[1]} {row[3]}") for row in LONG_DAYS],
)
def test_a_day_is_as_long_as_it_was_there(timezone: str, day: date, hours: float) -> None:
    earliest, latest = bounds(day.isoformat(), timezone)
    by_the_clock = days_by_the_clock(day, day, timezone)
    assert (earliest, latest) == by_the_clock
    assert earliest is not None
    assert latest is not None
    # The hours of the table are a third way: an overlap counts for both days that had it.
    assert latest + TICK - earliest == HOUR * hours


@pytest.mark.parametrize(
    ("text", "timezone", "first", "last"),
    [
        ("2024-03", "Europe/Bucharest", date(2024, 3, 1), date(2024, 3, 31)),
        ("2024-10-26/2024-10-27", "Europe/Bucharest", date(2024, 10, 26), date(2024, 10, 27)),
        ("2018-11-03/2018-11-04", "America/Sao_Paulo", date(2018, 11, 3), date(2018, 11, 4)),
        ("2011-12", "Pacific/Apia", date(2011, 12, 1), date(2011, 12, 31)),
        ("2024", "Asia/Kolkata", date(2024, 1, 1), date(2024, 12, 31)),
        ("202X", "Europe/Warsaw", date(2020, 1, 1), date(2029, 12, 31)),
    ],
)
def test_longer_times_begin_and_end_by_the_clock_of_the_zone(
    text: str, timezone: str, first: date, last: date
) -> None:
    assert bounds(text, timezone) == days_by_the_clock(first, last, timezone)


@given(
    day=st.dates(date(1971, 1, 2), date(2037, 12, 30)),
    timezone=st.sampled_from(
        [
            "Europe/Bucharest",
            "America/Sao_Paulo",
            "Asia/Beirut",
            "America/Havana",
            "Africa/Casablanca",
            "Asia/Tehran",
            "Pacific/Auckland",
            "Africa/Cairo",
            "America/Asuncion",
            "Asia/Gaza",
            "Europe/Kyiv",
            "Australia/Lord_Howe",
        ]
    ),
)
@settings(max_examples=25, deadline=None)
def test_any_day_is_as_long_as_it_was_there(day: date, timezone: str) -> None:
    assert bounds(day.isoformat(), timezone) == days_by_the_clock(day, day, timezone)


def test_a_day_that_was_left_out_is_no_time_there() -> None:
    # Samoa went from 29 to 31 December 2011; what was reported for the 30th is a mistake, or
    # is meant in another zone, and its end must not lie before its beginning.
    for timezone, day in (("Pacific/Apia", "2011-12-30"), ("Pacific/Kwajalein", "1993-08-21")):
        earliest, latest = bounds(day, timezone)
        assert earliest is not None
        assert latest is not None
        assert earliest <= latest


def test_an_interval_whose_zone_turns_it_round_is_refused() -> None:
    # Anywhere on Earth it may be right, but not in New York, where the 8th began later.
    text = "2024-09-08/2024-09-08T01:00:00Z"
    assert bounds(text)[1] == utc("2024-09-08T01:00Z")
    assert bounds(text, "Europe/Bucharest")[0] == utc("2024-09-07T21:00Z")
    with pytest.raises(ValidationError):
        ae.ReportedTime(value=text, timezone="America/New_York")


@given(aes.values_of(ae.ReportedTime))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_bounds_are_in_utc_and_in_order(time: ae.ReportedTime) -> None:
    for bound in (time.earliest, time.latest):
        assert bound is None or bound.utcoffset() == timedelta(0)
    if time.earliest is not None and time.latest is not None:
        # A day that a zone skipped has no length.
        assert time.latest - time.earliest >= -TICK
    assert (time.precision is None) is False
    assert pickle.loads(pickle.dumps(time)) == time  # noqa: S301


@given(aes.time_expressions("date"), aes.time_zones())
@settings(max_examples=150, deadline=None)
def test_every_zone_lies_within_the_bounds_without_one(text: str, timezone: str) -> None:
    # The offsets of days long ago, and of places that crossed the date line, are larger.
    assume(text.lstrip("?~%") >= "20" and not timezone.startswith("Antarctica"))
    widest, there = bounds(text), bounds(text, timezone)
    assert widest[0] <= there[0]
    assert there[1] <= widest[1]


@given(st.dates(date(1900, 1, 1), date(2200, 12, 31)), st.data())
@settings(max_examples=100, deadline=None)
def test_a_coarser_time_holds_the_finer_one(day: date, data: st.DataObject) -> None:
    coarse = data.draw(st.sampled_from(date_texts_of(day)))
    finer, coarser = bounds(day.isoformat()), bounds(coarse)
    assert coarser[0] <= finer[0]
    assert finer[1] <= coarser[1]
    assert bounds(f"{day}/{coarse}")[0] == finer[0]
    assert bounds(f"{coarse}/{day}")[1] == finer[1]


# What is refused, where, and what is suggested.


def outcome(text: str) -> Expression | ae.TimeExpressionError:
    try:
        return edtf.parse(text)
    except ae.TimeExpressionError as error:
        return error


REFUSED: list[tuple[str, int, str | None]] = [
    # Forms that are nearly right.
    ("2024-9-8", 5, "2024-09-08"),
    ("2024-09-8", 8, "2024-09-08"),
    ("2024-9", 5, "2024-09"),
    ("2024.09.08", 4, "2024-09-08"),
    ("2024/9/8", 5, "2024-09-08"),
    ("20240908", 4, "2024-09-08"),
    (" 2024-09-08", 0, "2024-09-08"),
    ("2024-09-08\n", 10, "2024-09-08"),
    ("2024-09-08 02:25:00Z", 10, "2024-09-08T02:25:00Z"),
    ("2024-09-08 02:25:00+03:00", 10, "2024-09-08T02:25:00+03:00"),
    # A day and a month that could be swapped are not guessed.
    ("8.9.2024", 0, None),
    ("08/09/2024", 0, None),
    ("09-08-2024", 0, None),
    # No such thing.
    ("2024-13", 5, None),
    ("2024-00", 5, None),
    ("2024-13-01", 5, None),
    ("2024-02-30", 8, None),
    ("2023-02-29", 8, None),
    ("1900-02-29", 8, None),
    ("2024-09-00", 8, None),
    ("2024-09-08T24:00:00Z", 11, None),
    ("2024-09-08T02:60:00Z", 14, None),
    ("2024-09-08T23:59:60Z", 17, None),
    ("2024-09-31T00:00:00Z", 8, None),
    ("2024-09-08T02:25:00+24:00", 19, None),
    ("2024-09-08T02:25:00-00:00", 19, None),
    ("2024-09-08T02:25:00-00", 19, None),
    ("2024-09-08T02:25:00.5-00:00", 21, None),
    ("2024-09-08/2024-09-09T02:25:00-00:00", 30, None),
    ("2024-09-08T02:25:00+00:60", 19, None),
    ("2024-09-08T02:25:00+03:99", 19, None),
    # Years that are not read.
    ("1899", 0, None),
    ("1899-12-31", 0, None),
    ("2201", 0, None),
    ("2201-01-01", 0, None),
    ("1899-12-31T23:59:59Z", 0, None),
    ("2201-01-01T00:00:00Z", 0, None),
    ("18XX", 0, None),
    ("189X", 0, None),
    ("22XX", 0, None),
    ("220X", 0, None),
    ("2024/2201", 5, None),
    ("0000", 0, None),
    ("-2024", 0, None),
    ("Y12024", 0, None),
    ("Y2024", 0, "2024"),
    ("13.11.2024", 0, "2024-11-13"),
    ("12.11.2024", 0, None),  # or is it December?
    # Times of day.
    ("2024-09-08T02:25:00", 19, None),
    ("2024-09-08T02:25:00.5", 21, None),
    ("2024-09-07/2024-09-08T02:25:00", 30, None),
    ("2024-09-08T02:25Z", 16, "2024-09-08T02:25:00Z"),
    ("2024-09-08T02Z", 13, None),
    ("2024-09-08T", 11, None),
    ("T02:25:00Z", 0, None),
    ("2024-09-08t02:25:00Z", 10, "2024-09-08T02:25:00Z"),
    ("2024-09-08T02:25:00z", 19, "2024-09-08T02:25:00Z"),
    ("2024-09-08T02:25:00+0300", 19, "2024-09-08T02:25:00+03:00"),
    ("2024-09-08T02:25:00+03:00:00", 25, None),
    ("2024-09-08T02:25:00 +03:00", 19, "2024-09-08T02:25:00+03:00"),
    ("2024-09-08 02:25:00+03", 10, "2024-09-08T02:25:00+03"),
    ("2024-09-08T02:25:00\u221203:00", 19, "2024-09-08T02:25:00-03:00"),
    ("2024-09-08T02:25:00.1234567Z", 19, None),
    ("2024-09-08T02:25:00.Z", 19, None),
    ("2024-09-08T02:25:00,5Z", 19, None),
    ("2024-09-08T02:25:00Z?", 20, None),
    ("2024-09-08?T02:25:00Z", 11, None),
    ("20240908T022500Z", 4, "2024-09-08T02:25:00Z"),
    ("2024-W36-7T02:25:00Z", 5, None),
    # Intervals.
    ("2024-09-10/2024-09-08", 11, None),
    ("2024/2023", 5, None),
    ("2024-09-08T02:25:00Z/2024-09-08T02:24:59Z", 21, None),
    ("2024-09-08T02:25:00+03:00/2024-09-08T02:25:00+04:00", 26, None),
    ("2024-10-01/2024-09-29T00:00:00Z", 11, None),
    ("../..", 0, None),
    ("/", 0, None),
    ("/..", 0, None),
    ("../", 0, None),
    ("..", 0, None),
    ("2024-09-07/08", 11, None),
    ("2024-09-07/2024-09-08/2024-09-09", 21, None),
    ("2024-09-07//2024-09-08", 11, None),
    ("2024-09-07/...", 11, "2024-09-07/.."),
    ("2024-09-07--2024-09-08", 10, "2024-09-07/2024-09-08"),
    # What of EDTF is not read.
    ("XXXX", 0, None),
    ("2XXX", 0, None),
    ("202x", 0, "202X"),
    ("2024??", 5, None),
    ("2024?~", 5, "2024%"),
    ("P1D", 0, None),
    ("2024-252", 7, None),
    ("2024-W36", 5, None),
    # No time at all.
    ("", 0, None),
    (" ", 0, None),
    ("overnight", 0, None),
    ("unknown", 0, None),
    ("\u0662\u0660\u0662\u0664", 0, None),
    ("2024-09-0\u0668", 8, None),
    ("\uff12\uff10\uff12\uff14", 0, None),
    ("\u00b2024", 0, None),
    ("2024\x00", 4, None),
    ("dddd", 0, None),
    ("202d", 0, None),
    ("dddX", 0, None),
    ("2024-0d", 5, None),
    ("2024-dd-dd", 5, None),
    ("2024-09-08" + " " * 91, 100, None),
    ("2" * 101, 100, None),
]


@pytest.mark.parametrize(
    ("text", "position", "suggestion"), REFUSED, ids=[row[0] for row in REFUSED]
)
def test_refused_with_the_place_and_the_right_form(
    text: str, position: int, suggestion: str | None
) -> None:
    with pytest.raises(ae.TimeExpressionError) as refused:
        ae.ReportedTime.parse(text)
    error = refused.value
    assert (error.text, error.position, error.suggestion) == (text, position, suggestion)
    assert error.reason
    if suggestion is not None:
        assert ae.ReportedTime.parse(suggestion).value == suggestion
        assert f'"{suggestion}"' in str(error)


BEYOND = "the date is valid EDTF, but this library supports only years from 1900 to 2200"


@pytest.mark.parametrize(
    ("text", "position", "reason"),
    [
        ("2023-02-29", 8, "the day does not exist in February 2023"),
        ("2023-04-31", 8, "the day does not exist in April"),
        ("2023-01-32", 8, "the day does not exist in January"),
        ("2023-XX-32", 8, "the day does not exist in any month"),
        ("1800-01-00", 8, "the day does not exist in January"),
        ("1800-01-01", 0, BEYOND),
        ("-2024S2", 0, BEYOND),
        ("2024-1", 5, "a month must have two digits"),
        ("2024-01-0", 8, "a day must have two digits"),
        (
            "2024-01-01T23:00:00+24:00",
            19,
            "the offset must have the form +03:00 and must not exceed 23 hours and 59 minutes",
        ),
        ("2024-01-01T23:00:00h", 19, "Z or an offset like +03:00 must follow the seconds"),
        ("2024-01-01T24:00:00Z", 11, "the hour must be between 00 and 23"),
        ("2024-01-01T23:60:00Z", 14, "the minute must be between 00 and 59"),
        ("2024-01-01T23:59:60Z", 17, "the second must be between 00 and 59"),
        # Behind the slash, and inside of a set, places are counted from the very start.
        ("2024-01-01/202-01", 11, "a year must have four digits"),
        (
            "2024-01-01/2024-13",
            16,
            "a month must be from 01 to 12, or from 21 to 41 for a season, quarter or half",
        ),
        ("2024-01-01/2024-21-03", 19, "a season or a quarter cannot have a day"),
        ("2024-01-01/Y20E", 15, "the exponent is missing"),
        ("2024-01-01/Y2E0", 14, "the exponent must be at least 1"),
        ("2024-01-01/Y2024", 11, "use Y only for years of more than four digits"),
        ("?Y2024", 1, "use Y only for years of more than four digits"),
        ("2024-01/1950S", 13, "the number of significant digits is missing"),
        ("2024-01/1950S5", 13, "the number of significant digits must be between 1 and 4"),
        ("2024-01-01/19X0S2", 15, "a year with significant digits cannot have an X"),
        (
            "2024-01-01/2024-01-01~~",
            22,
            "only one qualifier is allowed; write % instead of both ? and ~",
        ),
        ("2024-01/2024-02/2024-03", 15, "the text after the date is not valid"),
        (
            "[2024-01,2024-13]",
            14,
            "a month must be from 01 to 12, or from 21 to 41 for a season, quarter or half",
        ),
        (
            "2024-01-01/2024-01-01T00:00:00",
            30,
            "a time of day needs an offset from UTC, such as +03:00, or Z",
        ),
    ],
)
def test_what_is_refused_is_told_with_its_place(text: str, position: int, reason: str) -> None:
    with pytest.raises(ae.TimeExpressionError) as refused:
        ae.ReportedTime.parse(text)
    assert (refused.value.position, refused.value.reason) == (position, reason)


@pytest.mark.parametrize("text", [row[0] for row in REFUSED])
def test_a_value_refuses_what_the_parser_refuses(text: str) -> None:
    with pytest.raises(ValidationError) as refused:
        ae.ReportedTime(value=text)
    (error,) = refused.value.errors()
    assert error["loc"] == ("value",)
    if error["type"] != "wrong_length":
        parsed = outcome(text)
        assert isinstance(parsed, ae.TimeExpressionError)
        assert error["type"] == parsed.code
        assert error["ctx"] == {
            "reason": parsed.reason,
            "position": parsed.position,
            "suggestion": parsed.suggestion or "",
        }


@pytest.mark.parametrize(
    "text", ["2024-09-08T02:25:00", "2024-09-08T02:25:00.5", "2024/2024-09-08T02:25:00"]
)
def test_a_time_of_day_without_its_offset_has_a_code_of_its_own(text: str) -> None:
    with pytest.raises(ae.TimeExpressionError) as refused:
        ae.ReportedTime.parse(text)
    assert refused.value.code == "naive_datetime"
    with pytest.raises(ae.TimeExpressionError) as refused:
        ae.ReportedTime.parse("2024-09-31")
    assert refused.value.code == "malformed_time"


def test_a_zone_that_nobody_knows_is_wrong_from_its_start() -> None:
    with pytest.raises(ae.TimeExpressionError) as refused:
        ae.resolve_time("overnight", reference="2024-09-08", timezone="Europe/Bukarest")
    assert refused.value.position == 0


@pytest.mark.parametrize("value", [2024, 20_240_908, 1_725_000_000, 2024.0, True, None, b"2024"])
def test_numbers_are_no_times(value: Any) -> None:
    with pytest.raises(ValidationError):
        ae.ReportedTime(value=value)


@pytest.mark.parametrize(
    "value", [date(2024, 9, 8), datetime(2024, 9, 8, tzinfo=UTC)], ids=["date", "datetime"]
)
def test_pythons_own_dates_are_no_text(value: Any) -> None:
    with pytest.raises(ValidationError):
        ae.ReportedTime(value=value)


@pytest.mark.parametrize("text", ["2024-09-07/2024-09-08", "2024-09-08/..", "/2024-09-08"])
def test_an_interval_is_no_single_date(text: str) -> None:
    with pytest.raises(ae.TimeExpressionError) as refused:
        edtf.parse_point(text)
    assert refused.value.position == 0
    with pytest.raises(ValidationError):
        ae.ReportedTime(value="2024", reference=text)
    with pytest.raises(ValidationError):
        ae.ReportedCount(best=1, as_of=text)


NO_ZONES = (
    "",
    "Bucharest",
    "Europe/Bukarest",
    "europe/bucharest",
    "Europe",
    "+03:00",
    "EET+3/",
    "../x",
    "/etc/passwd",
    "Europe/../Europe/Riga",
    "Europe/Riga\n",
    "Europe//Riga",
    "X" * 65,
    "\u0415ET",
)


@pytest.mark.parametrize("name", NO_ZONES)
def test_what_is_no_time_zone_is_refused(name: str) -> None:
    with pytest.raises(ValidationError) as refused:
        ae.ReportedTime(value="2024", timezone=name)
    assert refused.value.errors()[0]["loc"] == ("timezone",)
    with pytest.raises(ValidationError):
        ae.ReportedTime.parse("2024", timezone=name)


# Any text at all.

ALPHABET = string.digits + "-/.:TZX?~%+ YSWEd[]{}," + "\u0662\u00b2\uff12"
RIGHT = aes.time_expressions()


@st.composite
def nearly_right(draw: st.DrawFn) -> str:
    text = draw(RIGHT)
    at = draw(st.integers(0, len(text)))
    gone = draw(st.integers(0, 3))
    return text[:at] + draw(st.text(ALPHABET, max_size=3)) + text[at + gone :]


@given(st.text(max_size=120) | st.text(ALPHABET, max_size=120) | nearly_right())
@settings(max_examples=400, deadline=None)
def test_any_text_ends_in_an_expression_or_its_error(text: str) -> None:
    found = outcome(text)
    if isinstance(found, Expression):
        assert ae.ReportedTime(value=text).expression == found
        assert text.isascii()
        return
    assert found.text == text
    assert 0 <= found.position <= len(text)
    assert str(found).isprintable()
    assert found.suggestion != text
    if found.suggestion is not None:
        assert edtf.parse(found.suggestion)
    with pytest.raises(ValidationError):
        ae.ReportedTime(value=text)


@given(st.text(ALPHABET, max_size=60) | nearly_right() | RIGHT)
@settings(max_examples=400, deadline=None)
def test_the_quick_check_refuses_what_the_parser_refuses(text: str) -> None:
    parsed = outcome(text)
    try:
        edtf.check(text)
    except ae.TimeExpressionError:
        assert isinstance(parsed, ae.TimeExpressionError)
    else:
        assert isinstance(parsed, Expression)


@given(RIGHT)
@settings(max_examples=200, deadline=None)
def test_what_the_strategies_make_is_read(text: str) -> None:
    assert isinstance(edtf.parse(text), Expression)


@given(aes.time_expressions("instant"))
@settings(max_examples=100, deadline=None)
def test_instants_are_those_of_the_standard_library(text: str) -> None:
    assert bounds(text) == (datetime.fromisoformat(text),) * 2


# A second opinion.


@given(
    day=st.dates(date(1900, 1, 1), date(2200, 12, 31)),
    form=st.sampled_from(["%Y", "%Y-%m", "%Y-%m-%d"]),
)
@settings(max_examples=60, deadline=None)
def test_the_edtf_package_gives_the_same_days(day: date, form: str) -> None:
    text = day.strftime(form)
    other = parse_edtf(text)
    first, last = other.lower_strict(), other.upper_strict()
    earliest, latest = bounds(text, "UTC")
    assert earliest == datetime(*first[:3], tzinfo=UTC)
    assert latest == datetime(*last[:3], tzinfo=UTC) + DAY - TICK


@given(
    days=st.lists(st.dates(date(1900, 1, 1), date(2199, 12, 31)), min_size=2, max_size=2),
    forms=st.lists(st.sampled_from(["%Y", "%Y-%m", "%Y-%m-%d"]), min_size=2, max_size=2),
    marks=st.lists(st.sampled_from(["", "?", "~", "%"]), min_size=2, max_size=2),
    joined=st.sampled_from(["{0}", "{0}/{1}", "[{0},{1}]", "{{{0},{1}}}"]),
)
@settings(max_examples=60, deadline=None)
def test_the_edtf_package_agrees_on_generated_expressions(
    days: list[date], forms: list[str], marks: list[str], joined: str
) -> None:
    if "[" in joined or "{{" in joined:
        marks = ["", ""]
    texts = [
        day.strftime(form) + mark
        for day, form, mark in zip(sorted(days), forms, marks, strict=True)
    ]
    text = joined.format(*texts)
    other = parse_edtf(text)
    first, last = other.lower_strict(), other.upper_strict()
    assert bounds(text, "UTC") == (
        datetime(*first[:3], tzinfo=UTC),
        datetime(*last[:3], tzinfo=UTC) + DAY - TICK,
    )


@given(day=st.dates(date(1900, 1, 1), date(2199, 12, 31)), mask=st.integers(1, 2))
@settings(max_examples=30, deadline=None)
def test_the_edtf_package_agrees_on_unspecified_years(day: date, mask: int) -> None:
    text = f"{day:%Y}"[: 4 - mask] + "X" * mask
    other = parse_edtf(text)
    first, last = other.lower_strict(), other.upper_strict()
    assert bounds(text, "UTC") == (
        datetime(*first[:3], tzinfo=UTC),
        datetime(*last[:3], tzinfo=UTC) + DAY - TICK,
    )


@pytest.mark.parametrize(
    "text",
    ["2024-02-29", "1900-02", "2000-02", "2024/2025", "2024-09-07/2024-09-08", "2024-02/2024-02"],
)
def test_the_edtf_package_agrees_on_intervals_and_leap_years(text: str) -> None:
    other = parse_edtf(text)
    first, last = other.lower_strict(), other.upper_strict()
    assert bounds(text, "UTC") == (
        datetime(*first[:3], tzinfo=UTC),
        datetime(*last[:3], tzinfo=UTC) + DAY - TICK,
    )


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2024-25", (2024, 3, 1), (2024, 5, 31)),
        ("2024-24", (2024, 12, 1), (2024, 12, 31)),
        ("2024-21", (2024, 3, 1), (2024, 5, 31)),
        ("1950S2", (1950, 1, 1), (1950, 12, 31)),
        ("20XX-02-29", (2000, 2, 29), (2099, 2, 29)),
        ("1985/", (1985, 1, 1), (1995, 1, 1)),
    ],
)
def test_the_edtf_package_differs_as_the_documents_say(
    text: str, first: tuple[int, int, int], last: tuple[int, int, int]
) -> None:
    other = parse_edtf(text)
    assert (other.lower_strict()[:3], other.upper_strict()[:3]) == (first, last)
    earliest, latest = bounds(text, "UTC")
    assert earliest is not None
    ours = [bound and bound.timetuple()[:3] for bound in (earliest, latest)]
    assert ours != [first, last]


@pytest.mark.parametrize("text", ["2023-02-29", "20X1-02-29", "2024/2023", "[2024, 2025]"])
def test_the_edtf_package_reads_what_is_refused_here(text: str) -> None:
    assert parse_edtf(text)
    with pytest.raises(ae.TimeExpressionError):
        edtf.parse(text)
