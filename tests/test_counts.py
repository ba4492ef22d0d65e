"""Words for a number of things: each number that they give, and no other."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

import airspace_events as ae


@pytest.mark.parametrize(
    ("words", "numbers"),
    [
        ("three", {"best": 3}),
        ("Three drones", {"best": 3}),
        ("at least three", {"min": 3}),
        ("no fewer than 12", {"min": 12}),
        ("more than a dozen", {"min": 13}),
        ("up to 20 drones", {"max": 20}),
        ("fewer than ten", {"max": 9}),
        ("between three and five", {"min": 3, "max": 5}),
        ("two or three", {"min": 2, "max": 3}),
        ("about 20", {"roughly": 20}),
        ("two dozen", {"roughly": 24}),
        ("nearly 3,000", {"roughly": 3000, "max": 3000}),
        ("just over 100", {"min": 101}),
        ("slightly over 3,000", {"min": 3001}),
        ("just under 20", {"max": 19}),
        ("slightly fewer than 20", {"max": 19}),
        ("almost 20", {"roughly": 20, "max": 20}),
        ("well over 100", {"min": 101}),
        ("above 100", {"min": 101}),
        ("upwards of 100", {"min": 100}),
        ("well under 100", {"max": 99}),
        ("below 100", {"max": 99}),
        ("not more than 5", {"max": 5}),
        ("not fewer than 5", {"min": 5}),
        ("as many as 15", {"max": 15}),
        ("19+", {"min": 19}),
        ("half a dozen", {"roughly": 6}),
        ("only a dozen", {"roughly": 12}),
        ("a total of two dozen", {"roughly": 24}),
        ("exactly a dozen", {"best": 12}),
        ("only three", {"best": 3}),
        ("a couple", {}),
        ("a couple of drones", {}),
        ("a hundred", {"best": 100}),
        ("twenty thousand", {"best": 20_000}),
        ("three thousand five hundred", {"best": 3500}),
        ("twenty-one missiles", {"best": 21}),
        ("a drone", {"best": 1}),
        ("no drones", {"best": 0}),
        ("a pair of drones", {"best": 2}),
        ("dozens", {}),
        ("dozens of drones", {}),
        ("several", {}),
        ("an unknown number of drones", {}),
    ],
)
def test_a_count_has_each_number_that_its_words_give(words: str, numbers: dict[str, int]) -> None:
    assert ae.resolve_count(words) == ae.ReportedCount(verbatim=words, **numbers)


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("", "the text is not understood as a number or a range"),
        ("umpteen", "the text is not understood as a number or a range"),
        ("drones", "the text is not understood as a number or a range"),
        ("three drones and two missiles", "the text is not understood as a number or a range"),
        ("3 and 5", "the text is not understood as a number or a range"),  # a sum, or bounds
        (
            "two to three hundred",
            "the text is not understood as a number or a range",
        ),  # from 2, or from 200
        ("3.000", "thousands separator or a decimal mark"),
        ("over 1.000", "thousands separator or a decimal mark"),
        ("1,5", "not understood as a number or a range"),
        ("10,00,000", "not understood as a number or a range"),
        ("+19", "an increase or a minimum"),
        ("about +19", "an increase or a minimum"),
        ("\u0663", "not understood as a number or a range"),
        ("\uff11\uff12", "not understood as a number or a range"),
        ("\u00bd", "not understood as a number or a range"),
        ("two more", "not understood as a number or a range"),
        ("third", "not understood as a number or a range"),
        ("three hundred thousand", "not understood as a number or a range"),
        ("-3", "whole number"),
        ("x" * 201, "longer than 200"),
    ],
)
def test_what_is_not_understood_is_refused(words: str, reason: str) -> None:
    with pytest.raises(ae.CountPhraseError, match=reason):
        ae.resolve_count(words)


@given(st.integers(0, 10**6), st.sampled_from(["{}", "{:,}", "{} drones", " {:,}  drones"]))
def test_a_number_alone_is_exact(number: int, form: str) -> None:
    assert ae.resolve_count(form.format(number)).best == number


@given(st.text(max_size=210))
def test_any_text_gives_a_count_with_its_words_or_the_error(text: str) -> None:
    try:
        count = ae.resolve_count(text)
    except ae.CountPhraseError:
        return
    assert count.verbatim == text


def test_a_count_that_no_record_can_have_is_refused() -> None:
    for text in ("2000000000", "over 1000000000", "1,000,000,001"):
        with pytest.raises(ae.CountPhraseError, match="at most 1,000,000,000"):
            ae.resolve_count(text)
