"""Resolve the words of a report, such as "at least three", to a count."""

from __future__ import annotations

from decimal import Decimal

from airspace_events.arguments import check_argument
from airspace_events.errors import CountPhraseError
from airspace_events.phrases.numbers import (
    Numbers,
    read_numbers,
    without_noun,
)
from airspace_events.values.measures import ReportedCount

MAX_LENGTH = 200
MOST = 10**9

# Words without a definite number: "several" is not 3, and "dozens" is not 24.
_WITHOUT_NUMBER = frozenset((
    *("some", "several", "few", "a few", "many", "multiple", "numerous", "various"),
    *("a number of", "a handful of", "a handful", "a couple of", "a couple", "a group of"),
    *("a swarm of", "a wave of", "waves of", "scores", "scores of", "dozens", "dozens of"),
    *("many dozens", "hundreds", "hundreds of", "thousands", "thousands of"),
    *("an unknown number of", "an unknown number", "an unspecified number of"),
    *("quite a few", "a lot of", "a large number of", "a small number of"),
))  # fmt: skip
_EXACT = {
    **dict.fromkeys(("no", "none"), 0),
    **dict.fromkeys(("a", "an", "a single", "a lone", "single"), 1),
    **dict.fromkeys(("both", "a pair of", "a pair"), 2),
}


def resolve_count(text: str) -> ReportedCount:
    """Resolve the words of a report to a count.

    >>> resolve_count("at least three")
    ReportedCount(verbatim='at least three', min=3)
    >>> resolve_count("nearly 3,000")
    ReportedCount(verbatim='nearly 3,000', roughly=3000, max=3000)
    >>> resolve_count("dozens")
    ReportedCount(verbatim='dozens')

    Args:
        text: English words as in news reports; at most 200 characters. A comma separates
            thousands.

    Returns:
        A count that contains the words, and only the numbers that the words give.

    Raises:
        TypeError: the text is not a str.
        CountPhraseError: the words are not understood, or may mean two different numbers.
    """
    check_argument("text", text, (str,), "a str with the words of a report")
    if len(text) > MAX_LENGTH:
        raise CountPhraseError(text, f"the text is longer than {MAX_LENGTH} characters")
    numbers = _numbers(text)
    given = {name: number for name, number in numbers._asdict().items() if number is not None}
    if any(number != number.to_integral_value() or number < 0 for number in given.values()):
        raise CountPhraseError(text, "a count must be a whole number")
    if any(number > MOST for number in given.values()):
        raise CountPhraseError(text, f"a count must be at most {MOST:,}")
    return ReportedCount.model_validate(
        {"verbatim": text, **{name: int(number) for name, number in given.items()}}
    )


def _numbers(text: str) -> Numbers:
    bare = " ".join(text.casefold().split())
    counted = without_noun(bare)
    if counted in _WITHOUT_NUMBER:
        return Numbers()
    if counted in _EXACT:
        return Numbers(best=Decimal(_EXACT[counted]))
    if any(point == "." and bare[at + 1 : at + 2].isdigit() for at, point in enumerate(bare)):
        reason = "the dot may be a thousands separator or a decimal mark; write 3000 or 3,000"
        raise CountPhraseError(text, reason)
    if any(sign == "+" and bare[at + 1 : at + 2].isdigit() for at, sign in enumerate(bare)):
        reason = (
            "a plus sign before a number may mean an increase or a minimum; for a minimum, write "
            '"at least"'
        )
        raise CountPhraseError(text, reason)
    numbers = read_numbers(bare, ".", whole=True)
    if numbers is None:
        raise CountPhraseError(text, "the text is not understood as a number or a range")
    return numbers
