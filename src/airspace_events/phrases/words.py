"""Split phrases into words, and define the words for numbers, months and days."""

from __future__ import annotations

import calendar
from itertools import groupby
from typing import NamedTuple

_DASHES = frozenset("-\u2010\u2011\u2012\u2013\u2014\u2212")
_QUOTES = frozenset('"\u201c\u201d\u201e\u00ab\u00bb')
_APOSTROPHES = frozenset("'\u2019")


class Word(NamedTuple):
    """A token of a phrase: a word, a number or a mark.

    Attributes:
        text: the text in lower case; every dash is ``-``.
        at: the position of the start in the phrase, in code points.
        end: the position of the end.
    """

    text: str
    at: int
    end: int


def words_of(phrase: str) -> list[Word]:
    """Return the words, numbers and marks of a phrase.

    The full stops in "a.m." and "Sept." belong to the words. White space is dropped.
    """
    found: list[Word] = []
    at = 0
    for kind, run in groupby(phrase, _kind):
        chars = "".join(run)
        end = at + len(chars)
        if kind in ("letter", "digit"):
            found.append(Word(chars.lower(), at, end))
        elif kind != "space":
            found.extend(
                Word("-" if char in _DASHES else char, place, place + 1)
                for place, char in enumerate(chars, at)
            )
        at = end
    return _without_marks_around(_brackets_as_commas(_without_points(found)))


def _brackets_as_commas(words: list[Word]) -> list[Word]:
    """Replace each bracket with a comma, if the brackets are balanced and not nested.

    "Yesterday (Monday) at noon" means the same as "yesterday, Monday, at noon".
    """
    marks = [word.text for word in words if word.text in ("(", ")")]
    if marks != ["(", ")"] * (len(marks) // 2):
        return words
    return [word._replace(text=",") if word.text in ("(", ")") else word for word in words]


def _without_marks_around(words: list[Word]) -> list[Word]:
    while words and (words[0].text in _QUOTES or words[0].text == ","):
        words = words[1:]
    while words and (words[-1].text in _QUOTES or words[-1].text in (".", ",")):
        words = words[:-1]
    return words


def number_of(text: str, digits: int) -> int | None:
    """Convert digits to a number; return None for other words or too many digits."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= digits else None


def _kind(char: str) -> str:
    if char.isspace():
        return "space"
    if char.isascii() and char.isdigit():
        return "digit"
    if char.isalpha() or char in _APOSTROPHES:
        return "letter"
    return "mark"


def _without_points(words: list[Word]) -> list[Word]:
    """Join "a.m." into one word, and remove the full stop after a short month or weekday."""
    found: list[Word] = []
    for word in words:
        texts = [other.text for other in found[-2:]]
        if word.text == "m" and texts in (["a", "."], ["p", "."]):
            del found[-1]
            found[-1] = Word(texts[0] + "m", found[-1].at, word.end)
        elif word.text == "." and found and _takes_point(found[-1].text):
            found[-1] = found[-1]._replace(end=word.end)
        else:
            found.append(word)
    return found


def _takes_point(text: str) -> bool:
    is_short = text in {**MONTHS, **WEEKDAYS} and text not in {**_LONG_MONTHS, **_LONG_WEEKDAYS}
    return text in ("am", "pm") or is_short


_LONG_MONTHS = {calendar.month_name[number].lower(): number for number in range(1, 13)}
MONTHS = {
    **_LONG_MONTHS,
    **{name[:3]: number for name, number in _LONG_MONTHS.items()},
    "sept": 9,
}
"""A mapping from full and short names of months to their numbers."""

_LONG_WEEKDAYS = {calendar.day_name[number].lower(): number for number in range(7)}
WEEKDAYS = {
    **_LONG_WEEKDAYS,
    **{calendar.day_abbr[number].lower(): number for number in range(7)},
    "tues": 1, "weds": 2, "thur": 3, "thurs": 3,
}  # fmt: skip
"""A mapping from full and short names of weekdays to their numbers; Monday is 0."""

NUMBERS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12,
}  # fmt: skip
"""A mapping from number words to numbers."""

ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4}
"""A mapping from the first four ordinal words to numbers."""

FURTHER_ORDINALS = {
    "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10, "eleventh": 11,
    "twelfth": 12,
}  # fmt: skip
"""A mapping from higher ordinal words to numbers, for phrases such as "the fifth time"."""

SEASONS = {"spring": 0, "summer": 1, "autumn": 2, "fall": 2, "winter": 3}
"""A mapping from seasons to their position in the year."""
