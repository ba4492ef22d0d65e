"""Recognise the English words for time that the rules need."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from airspace_events.phrases.words import MONTHS, SEASONS, WEEKDAYS
from airspace_events.values.time import ReportedTime

_YEAR_DIGITS = 4
_FULL_NAMES = 5  # "sun" and "mar" are also ordinary words

_MONTH_NAMES = frozenset(MONTHS)
_WEEKDAY_NAMES = frozenset(name for name in WEEKDAYS if len(name) > _FULL_NAMES)

_LONGEST_DAYS = {
    **dict.fromkeys(("overnight", "night", "tonight", "midnight", "dawn", "dusk"), 3),
    **dict.fromkeys(("morning", "noon", "midday", "afternoon", "evening"), 3),
    **dict.fromkeys(("yesterday", "today", "tomorrow"), 3),
    **dict.fromkeys(_WEEKDAY_NAMES, 3),
    "weekend": 5,
}
"""The maximum number of days that each time word can cover."""
_LONGEST_DAYS_OF_A_CLOCK_TIME = 3

# Together with one of these words, a word for a part of a day may refer to a longer time.
_WIDENING = (
    frozenset(("a", "an", "one", "some", "any", "each", "every", "several", "many", "few", "most"))
    | frozenset(("and", "or", "to", "from", "since", "until", "till", "through", "throughout"))
    | frozenset(("between", "before", "after", "by", "later", "earlier", "daily", "nightly"))
    | frozenset(("nights", "mornings", "evenings", "afternoons", "days", "weekends"))
    | frozenset(("week", "weeks", "month", "months", "year", "years"))
    | _MONTH_NAMES
    | frozenset(SEASONS)
)

_ALWAYS_RELATIVE = frozenset(
    ("yesterday", "today", "tomorrow", "tonight", "overnight", "recently", "recent", "lately")
)
_POINTING = frozenset(("last", "this", "past", "next"))
_UNITS = frozenset(
    word + ending
    for word in ("minute", "hour", "day", "night", "week", "weekend", "month", "year")
    for ending in ("", "s")
)
_POINTED_AT = (
    _UNITS
    | _MONTH_NAMES
    | _WEEKDAY_NAMES
    | frozenset(SEASONS)
    | frozenset(("morning", "afternoon", "evening"))
)
_REACH = 3  # "the last few days", "this past week"


class TimeWords(NamedTuple):
    """Facts about the words for time in a phrase from a report.

    Attributes:
        short: the first word for a time of at most a few days, or None if other words extend the
            time.
        longest_days: the maximum number of days that the phrase can mean.
        relative: the first word whose meaning depends on the day of the report, such as
            "yesterday"; None if the phrase contains a date.
        has_weekday: whether the phrase contains a day of the week.
    """

    short: str | None
    longest_days: int
    relative: str | None
    has_weekday: bool


@lru_cache(maxsize=1024)
def time_words(verbatim: str) -> TimeWords:
    """Return facts about the English words for time in a phrase from a report."""
    words = "".join(char if char.isalnum() else " " for char in verbatim.lower()).split()
    has_weekday = not _WEEKDAY_NAMES.isdisjoint(words)
    has_year = any(_is_year(word) for word in words)
    has_day_of_month = not _MONTH_NAMES.isdisjoint(words) and any(
        word[:1].isdigit() for word in words
    )
    short, longest = (None, 0) if has_year else _short(verbatim, words)
    relative = None if has_year or has_day_of_month else _relative(words)
    return TimeWords(short, longest, relative, has_weekday)


def _is_year(word: str) -> bool:
    return len(word) == _YEAR_DIGITS and word.isdigit() and word[:2] in ("19", "20")


def _short(verbatim: str, words: list[str]) -> tuple[str | None, int]:
    if not _WIDENING.isdisjoint(words):
        return None, 0
    found = [(word, _LONGEST_DAYS[word]) for word in words if word in _LONGEST_DAYS]
    if found:
        return found[0][0], max(days for _, days in found)
    if clock := _clock_time(verbatim):
        return clock, _LONGEST_DAYS_OF_A_CLOCK_TIME
    return None, 0


def _clock_time(verbatim: str) -> str | None:
    before, colon, after = verbatim.partition(":")
    hour, minute = before[-2:].strip(), after[:2]
    is_clock = colon and hour.isdigit() and len(minute) == len("30") and minute.isdigit()
    return f"{hour}:{minute}" if is_clock else None


def _relative(words: list[str]) -> str | None:
    for at, word in enumerate(words):
        if word in _ALWAYS_RELATIVE or word in _WEEKDAY_NAMES:
            return word
        if word in _POINTING and not _POINTED_AT.isdisjoint(words[at + 1 : at + 1 + _REACH]):
            return " ".join(words[at : at + 2])
        if word == "ago" and at and words[at - 1] in _UNITS:
            return " ".join(words[max(at - 2, 0) : at + 1])
    return None


# The cache is small, because each time takes a kilobyte and most words recur within one record.
@lru_cache(maxsize=128)
def resolved(verbatim: str, reference: str, timezone: str | None) -> ReportedTime | None:
    """Return the time that a phrase means, or None if the phrase is not understood."""
    from airspace_events.phrases.resolving import (  # noqa: PLC0415 (costs at import)
        resolve_time,
    )

    try:
        return resolve_time(verbatim, reference=reference, timezone=timezone)
    except ValueError:
        return None
