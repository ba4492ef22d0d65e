"""The patterns of the published schema take the times that the parser takes, but for order."""

import re
import tomllib
from itertools import product
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from airspace_events.errors import TimeExpressionError
from airspace_events.schema import patterns
from airspace_events.testing import strategies as aes
from airspace_events.values import edtf
from airspace_events.values.scalars import Instant

CASES: dict[str, list[dict[str, Any]]] = tomllib.loads(
    (Path(__file__).parent / "data" / "edtf_cases.toml").read_text(encoding="utf-8")
)
EXPRESSION = re.compile(patterns.TIME_EXPRESSION)
NO_EXPRESSION = re.compile(patterns.NO_TIME_EXPRESSION)
POINT = re.compile(patterns.DATE_OR_INSTANT)
INSTANT = re.compile(patterns.INSTANT)
#: What a pattern cannot say of an interval, and of a range in a set.
UNSAID = (
    "the interval ends before it begins",
    "the range ends before it begins",
    "a range that starts with a",
)


def is_expression(text: str) -> bool:
    return bool(EXPRESSION.search(text)) and not NO_EXPRESSION.search(text)


def agrees(text: str) -> bool:
    try:
        edtf.check(text)
    except TimeExpressionError as error:
        return not is_expression(text) or error.reason.startswith(UNSAID)
    return is_expression(text)


def agrees_as_point(text: str) -> bool:
    try:
        edtf.parse_point(text)
    except TimeExpressionError:
        return not POINT.search(text)
    return bool(POINT.search(text))


@pytest.mark.parametrize("kind", ["valid", "beyond", "refused"])
def test_the_patterns_take_the_forms_of_the_table(kind: str) -> None:
    for case in CASES[kind]:
        text = case["text"].rstrip("\n")
        assert agrees(text), text
        assert agrees_as_point(text), text
    assert all(is_expression(case["text"]) for case in CASES["valid"])
    assert not any(is_expression(case["text"]) for case in CASES["beyond"])


TWO = ["".join(two) for two in product("0123456789X", repeat=2)]
YEARS = ["1899", "1900", "1904", "2000", "2023", "2024", "2100", "2200", "2201", "202X", "19XX"]
YEARS += ["20X1", "20X2", "210X", "220X", "2XXX", "X000", "-2000", "02024", "224"]


@pytest.mark.parametrize("year", YEARS)
def test_every_month_and_every_day_is_taken_just_when_there_is_one(year: str) -> None:
    for month in TWO:
        assert agrees_as_point(f"{year}-{month}")
        days = ["00", "01", "28", "29", "30", "31", "32", "3X", "X9", "XX", "X0", "0X", "2X", "4X"]
        for day in days if year != "2023" else TWO:
            text = f"{year}-{month}-{day}"
            assert agrees_as_point(text), text


def test_every_year_is_taken_just_when_it_is_within_reach() -> None:
    for year in range(1850, 2260):
        for end in ("", "-02-29", "S1", "S2", "S3", "S4", "S5", "S02", "S0", "S0041", "S2?", "S"):
            assert agrees_as_point(f"{year}{end}"), (year, end)


def test_years_with_an_exponent_are_taken_just_when_they_are_within_reach() -> None:
    digits = [f"{number:0{width}}" for number in range(230) for width in (1, 2, 3, 4, 5)]
    for number in digits:
        for end in ("", "E0", "E1", "E2", "E3", "E4", "E01", "E1S1", "E1S3", "E2S2", "E2S4"):
            assert agrees_as_point(f"Y{number}{end}"), (number, end)


PIECES = (
    "2024", "2024-09", "2024-09-07", "2024-02-30", "2023-02-29", "2024-02-29", "1900-02-29",
    "2024-09-07T02:25:00Z", "2024-09-07T02:25:00+03:00", "2024-09-07T02:25:60Z", "20XX",
    "2024-09-07T24:00:00Z", "2024-09-07T02:25:00.123456-00:00", "2024-09-07T02:25:00+24:00",
    "2024-09-07T02:25:00+03", "2024-09-07T02:25:00+03:60", "2024-09-31T02:25:00Z", "2024-21",
    "..", "..", "/", "/", ",", ",", "[", "]", "{", "}", "?", "~", "%", "-", "X", "S2", "Y2E3",
    "2024-33", "2024-41", "2024-42", "2024-XX-31", "2024-X4-31", "T", "Z", "1", "0", ".",
)  # fmt: skip


@pytest.mark.parametrize("seed", range(4))
def test_whatever_is_put_together_is_taken_just_when_it_is_a_time(seed: int) -> None:
    dice = Random(seed)  # noqa: S311
    taken = 0
    for _ in range(6_000):
        text = "".join(dice.choices(PIECES, k=dice.choice((1, 2, 3, 3, 4, 5))))
        text = dice.choice(("{}", "{}", "[{}]", "{{{}}}")).format(text)
        taken += is_expression(text)
        assert agrees(text), text
        assert agrees_as_point(text), text
    assert taken > 300


@given(aes.time_expressions("instant") | st.from_regex(INSTANT, fullmatch=True))
@settings(deadline=None)
def test_the_pattern_of_an_instant_takes_days_that_there_are(text: str) -> None:
    for changed in (text, text[:-1], text.replace("T", " "), text[:8] + "31" + text[10:]):
        for other in (changed, changed[:5] + "02-29" + changed[10:], "1899" + changed[4:]):
            try:
                TypeAdapter(Instant).validate_python(other)
            except ValidationError:
                assert not INSTANT.search(other), other
            else:
                assert INSTANT.search(other), other
