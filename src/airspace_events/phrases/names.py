"""Grammar placeholders for numbers and names."""

from __future__ import annotations

from collections.abc import Iterator

from airspace_events.phrases.grammar import Found, Grammar
from airspace_events.phrases.words import (
    FURTHER_ORDINALS,
    MONTHS,
    NUMBERS,
    ORDINALS,
    SEASONS,
    WEEKDAYS,
    Word,
    number_of,
)

FORMS = Grammar()
_terminal = FORMS.terminal

YEAR_DIGITS = 4
_LONGEST_MONTH, _DAY_DIGITS = 31, 2
_ENDINGS = (["st"], ["nd"], ["rd"], ["th"])
_NUMERIC_WORDS = len(("25", "/", "12", "/", "2024"))


def _number(words: list[Word], at: int) -> int | None:
    if at >= len(words):
        return None
    return number_of(words[at].text, YEAR_DIGITS)


@_terminal("NUMBER")
def _numbers(words: list[Word], at: int) -> Iterator[Found]:
    number = _number(words, at)
    if number is not None:
        yield at + 1, number
    elif at < len(words) and words[at].text in NUMBERS:
        yield at + 1, NUMBERS[words[at].text]


@_terminal("DOM")
def _days_of_month(words: list[Word], at: int) -> Iterator[Found]:
    number = _number(words, at)
    if number is not None and 1 <= number <= _LONGEST_MONTH and len(words[at].text) <= _DAY_DIGITS:
        ending = words[at + 1 : at + 2]
        if [word.text for word in ending] in _ENDINGS:
            yield at + 2, number
        yield at + 1, number


@_terminal("YEAR")
def _years(words: list[Word], at: int) -> Iterator[Found]:
    number = _number(words, at)
    if number is not None and len(words[at].text) == YEAR_DIGITS:
        yield at + 1, number


@_terminal("DECADE")
def _decades(words: list[Word], at: int) -> Iterator[Found]:
    number = _number(words, at)
    is_decade = number is not None and number % 10 == 0 and len(words[at].text) == YEAR_DIGITS
    plural = [word.text for word in words[at + 1 : at + 2]]
    if is_decade and plural in (["s"], ["'s"], ["\u2019s"]):
        yield at + 2, number


def _named(names: dict[str, int], words: list[Word], at: int) -> Iterator[Found]:
    if at < len(words) and words[at].text in names:
        yield at + 1, names[words[at].text]


@_terminal("MONTH")
def _months(words: list[Word], at: int) -> Iterator[Found]:
    return _named(MONTHS, words, at)


@_terminal("WEEKDAY")
def _weekdays(words: list[Word], at: int) -> Iterator[Found]:
    return _named(WEEKDAYS, words, at)


@_terminal("ORDINAL")
def _ordinals(words: list[Word], at: int) -> Iterator[Found]:
    return _named(ORDINALS, words, at)


@_terminal("NTH")
def _nth(words: list[Word], at: int) -> Iterator[Found]:
    number = _number(words, at)
    if number is not None and [word.text for word in words[at + 1 : at + 2]] in _ENDINGS:
        yield at + 2, number
    yield from _named({**ORDINALS, **FURTHER_ORDINALS}, words, at)


@_terminal("NUMERIC")
def _numeric_dates(words: list[Word], at: int) -> Iterator[Found]:
    """Find three numbers separated by the same mark, as in 25/12/2024."""
    parts = words[at : at + _NUMERIC_WORDS]
    if len(parts) == _NUMERIC_WORDS and parts[1].text == parts[3].text and parts[1].text in "-/.":
        numbers = [parts[place].text for place in (0, 2, 4)]
        if all(number_of(text, YEAR_DIGITS) is not None for text in numbers):
            yield at + _NUMERIC_WORDS, tuple(numbers)


@_terminal("SEASON")
def _seasons(words: list[Word], at: int) -> Iterator[Found]:
    return _named(SEASONS, words, at)
