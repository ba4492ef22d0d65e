"""Times of day as they are written in reports: "2.30 a.m.", "14:30", "1815 GMT", "noon"."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import NamedTuple

from airspace_events.phrases.context import Context, Refusal
from airspace_events.phrases.grammar import Found, Grammar
from airspace_events.phrases.words import NUMBERS, Word, number_of

FORMS = Grammar()
_form, _terminal = FORMS.form, FORMS.terminal

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
_HALF_AN_HOUR = timedelta(minutes=30)
ABOUT = "(around|about|approximately|roughly|circa)"
"""The words that make the following time approximate."""

_CLOCK_WORDS = ("at", "around", "about", "approximately", "roughly", "circa", "exactly")
_NOON, _LAST_HOUR, _LAST_MINUTE = 12, 23, 59
_HALVES = (timedelta(), _NOON * HOUR)

# Time zone abbreviations in reports. The given time zone must use the abbreviation.
_ABBREVIATIONS = frozenset((
    *("wet", "west", "cet", "cest", "eet", "eest", "msk", "bst", "ist", "trt"),
    *("est", "edt", "cst", "cdt", "mst", "mdt", "pst", "pdt", "jst", "kst"),
))  # fmt: skip


class Time(NamedTuple):
    """A time of day as written in the report.

    Attributes:
        readings: the times since midnight that the text means by itself; empty if it may mean the
            morning or the afternoon.
        others: other possible times, such as 23:30 for "11:30 last night".
        is_full_hour: whether the time may be rounded to the hour.
        said: the text of the time, for messages.
        margin: the margin before and after the time.
    """

    readings: tuple[timedelta, ...]
    others: tuple[timedelta, ...]
    is_full_hour: bool
    said: str
    margin: timedelta = timedelta()

    @property
    def is_certain(self) -> bool:
        """Return whether the time is clearly in the morning or in the afternoon."""
        return len(self.readings) == 1 and not self.others

    @property
    def only(self) -> timedelta:
        """Return the only possible time.

        Raises:
            Refusal: the time may be in the morning or the afternoon.
        """
        if len(self.readings) != 1:
            raise unclear(self.said)
        return self.readings[0]


class Written(NamedTuple):
    """The parts of a time of day as written. The minute, and a.m. or p.m., may be missing."""

    hour: str
    minute: str | None
    half: str | None


def unclear(said: str) -> Refusal:
    """Return the error for a time that may be in the morning or the afternoon."""
    msg = (
        f"{said} may be in the morning or the afternoon; add a.m. or p.m., or write the hour with "
        "two digits"
    )
    return Refusal(msg)


@_terminal("CLOCK")
def _clocks(words: list[Word], at: int) -> Iterator[Found]:
    """Find a time such as "14:30", "2 a.m." or "1815 GMT", but not a number alone."""
    hour = _two_digits(words, at)
    if hour is None:
        yield from _four_digits(words, at)
        return
    start, mark = at, texts(words, at + 1, 1)
    minute = _two_digits(words, at + 2) if mark in ([":"], ["."]) else None
    if minute is not None and len(minute) == len("30"):
        at += 2
    else:
        minute = None
    following = texts(words, at + 1, 1)
    if following in (["am"], ["pm"]):
        yield at + 2, Written(hour, minute, following[0])
    elif minute is not None and following in (["hours"], ["hrs"]):
        yield at + 2, Written(f"{hour:0>2}", minute, None)
    elif minute is not None and not (mark == ["."] and _may_be_a_date(words, start, minute)):
        yield at + 1, Written(hour, minute, None)


def _four_digits(words: list[Word], at: int) -> Iterator[Found]:
    """Find four digits such as 1815 before "GMT" or "hours"; four digits alone mean a year."""
    text = words[at].text if at < len(words) else ""
    if number_of(text, len("1815")) is None or len(text) != len("1815"):
        return
    written = Written(text[:2], text[2:], None)
    if texts(words, at + 1, 1) in (["hours"], ["hrs"]):
        yield at + 2, written
    elif any(_zones(words, at + 1)):
        yield at + 1, written


def _may_be_a_date(words: list[Word], at: int, month: str) -> bool:
    """Return whether a number may be a date, such as 07.09 for the 7th of September."""
    before = texts(words, at - 1, 1) if at else []
    return 1 <= int(month) <= _NOON and before not in ([name] for name in _CLOCK_WORDS)


def texts(words: list[Word], at: int, count: int) -> list[str]:
    """Return the text of the given number of words, starting at a position."""
    return [word.text for word in words[at : at + count]]


def _two_digits(words: list[Word], at: int) -> str | None:
    text = words[at].text if at < len(words) else ""
    text = str(NUMBERS.get(text, text)) if text not in ("a", "an") else ""
    return text if number_of(text, 2) is not None else None


@_terminal("BARE")
def _bare_hours(words: list[Word], at: int) -> Iterator[Found]:
    hour = _two_digits(words, at)
    if hour is not None:
        oclock = texts(words, at + 1, 1) in (["o'clock"], ["o\u2019clock"])
        yield at + 1 + oclock, Written(hour, None, None)


@_form("TIME", "clock", "CLOCK")
def _time(_: Context, clock: Written) -> Time:
    hour, minute = int(clock.hour), int(clock.minute or 0)
    said = clock.hour if clock.minute is None else f"{clock.hour}:{clock.minute}"
    if clock.half:
        said += f" {clock.half[0]}.m."
        if not 1 <= hour <= _NOON:
            msg = f"{hour} {clock.half[0]}.m. is not a valid time"
            raise Refusal(msg)
        if hour == _NOON and not minute:
            msg = f"12 {clock.half[0]}.m. may mean noon or midnight; write noon or midnight"
            raise Refusal(msg)
        hour = hour % _NOON + _NOON * (clock.half == "pm")
    if hour > _LAST_HOUR or minute > _LAST_MINUTE:
        hint = (
            "; for the end of a day, write 00:00 of the next day" if hour == _LAST_HOUR + 1 else ""
        )
        msg = f"{hour:02}:{minute:02} is not a valid time{hint}"
        raise Refusal(msg)
    time = hour * HOUR + minute * MINUTE
    if clock.half or hour > _NOON or clock.hour.startswith("0"):
        return Time((time,), (), not minute, said)
    both = tuple(hour % _NOON * HOUR + minute * MINUTE + half for half in _HALVES)
    if clock.minute is None or len(clock.hour) == 1:
        return Time((), both, not minute, said)
    # On the 24-hour clock, 10:15 is in the morning, but with "last night" it is in the evening.
    return Time((time,), tuple(other for other in both if other != time), not minute, said)


@_form("TIME", "noon", "(noon|midday)")
def _noon(_: Context) -> Time:
    return Time((_NOON * HOUR,), (), is_full_hour=True, said="noon")


@_form("BOUND", "clock", "TIME")
def _bound(_: Context, time: Time) -> Time:
    return time


@_form("BOUND", "clock", f"{ABOUT} TIME")
def about(_: Context, time: Time) -> Time:
    """Return a time of day with the margin that "about" adds on either side."""
    return time._replace(margin=HOUR if time.is_full_hour else _HALF_AN_HOUR)


@_form("HOUR", "clock", "BARE")
def _hour(context: Context, bare: Written) -> Time:
    time = _time(context, bare)
    # A number without minutes is not a time of day by itself.
    return time._replace(readings=(), others=time.readings + time.others)


@_terminal("ZONE")
def _zones(words: list[Word], at: int) -> Iterator[Found]:
    first = texts(words, at, 1)
    if first in (["utc"], ["gmt"], ["z"]):
        yield at + 1, "utc"
    elif first and first[0] in _ABBREVIATIONS:
        yield at + 1, first[0]
    if texts(words, at, 2) == ["local", "time"]:
        yield at + 2, "local"
