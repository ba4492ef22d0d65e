"""Parse numbers as people write them, such as "3-5", "at least two", "~10" or "3,5 km".

The module never invents a number. It returns None for words that it does not understand.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Literal, NamedTuple

from airspace_events.vocabulary.terms import Unit

DecimalMark = Literal[".", ","]

_LONGEST = 60
_GROUP = 3
_DIGITS = frozenset("0123456789")
_SPACES = (
    " \N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{THIN SPACE}'\N{RIGHT SINGLE QUOTATION MARK}"
)
_SIGNS = str.maketrans(
    {
        "\N{EN DASH}": "-",
        "\N{EM DASH}": "-",
        "\N{MINUS SIGN}": "-",
        "\N{NON-BREAKING HYPHEN}": "-",
        "\N{GREATER-THAN OR EQUAL TO}": ">=",
        "\N{LESS-THAN OR EQUAL TO}": "<=",
        "\N{ALMOST EQUAL TO}": "~",
        "\N{NO-BREAK SPACE}": " ",
    }
)
_SMALL = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14,
    "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19,
}  # fmt: skip
_TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70,
    "eighty": 80, "ninety": 90,
}  # fmt: skip
_SCALES = {"thousand": 1000, "hundred": 100}
_DOZEN = 12

# A number may be followed by one of these nouns, but not by "and 2 missiles".
_THINGS = (
    "aircraft",
    "balloon",
    "crossing",
    "drone",
    "flight",
    "helicopter",
    "incident",
    "jet",
    "missile",
    "object",
    "rocket",
    "uav",
    "violation",
)
_NOUNS = frozenset(("people", "persons", *_THINGS, *(f"{thing}s" for thing in _THINGS)))
_UNITS: dict[str, Unit] = {
    **dict.fromkeys(("s", "sec", "second", "seconds"), "s"),
    **dict.fromkeys(("min", "minute", "minutes"), "min"),
    **dict.fromkeys(("h", "hr", "hour", "hours"), "h"),
    **dict.fromkeys(("d", "day", "days"), "d"),
    **dict.fromkeys(("m", "metre", "metres", "meter", "meters"), "m"),
    **dict.fromkeys(("km", "kilometre", "kilometres", "kilometer", "kilometers"), "km"),
    **dict.fromkeys(("ft", "foot", "feet"), "ft"),
    "fl": "FL",
    **dict.fromkeys(("nm", "nmi", "nautical mile", "nautical miles"), "NM"),
    **dict.fromkeys(("mi", "mile", "miles"), "mi"),
}

_Bound = Literal[
    "least",
    "above",
    "most",
    "below",
    "about",
    "nearly",
    "just_under",
    "just_over",
    "only",
    "exactly",
]
_BEFORE: dict[str, _Bound] = {
    **dict.fromkeys(
        ("at least", "no fewer than", "no less than", "a minimum of", "minimum", "min.", ">="),
        "least",
    ),
    **dict.fromkeys(("not fewer than", "not less than", "upwards of"), "least"),
    **dict.fromkeys(("more than", "over", "in excess of", ">"), "above"),
    **dict.fromkeys(("above", "well over", "well above"), "above"),
    **dict.fromkeys(
        (
            "at most",
            "up to",
            "as many as",
            "no more than",
            "not more than",
            "a maximum of",
            "maximum",
            "max.",
            "<=",
        ),
        "most",
    ),
    **dict.fromkeys(("fewer than", "less than", "under", "<"), "below"),
    **dict.fromkeys(("below", "well under", "well below"), "below"),
    **dict.fromkeys(("nearly", "almost", "close to"), "nearly"),
    **dict.fromkeys(("just under", "slightly under", "slightly fewer than"), "just_under"),
    **dict.fromkeys(("just over", "slightly over", "slightly more than"), "just_over"),
    **dict.fromkeys(("exactly", "precisely"), "exactly"),
    **dict.fromkeys(("a total of", "just", "only"), "only"),
    **dict.fromkeys(("about", "around", "approximately", "approx.", "approx", "circa"), "about"),
    **dict.fromkeys(("ca.", "ca", "c.", "roughly", "some", "~"), "about"),
}
_BEHIND: dict[str, _Bound] = {
    "or more": "least",
    "+": "least",
    "or fewer": "most",
    "or less": "most",
    "or so": "about",
    "-odd": "about",
}
_BETWEEN = (" to ", " or ", "-")


class UnclearNumberError(ValueError):
    """Raised for an ambiguous number, such as 1.200 if the decimal mark is not known."""


class Numbers(NamedTuple):
    """The numbers in a phrase, with None for each number that is missing."""

    min: Decimal | None = None
    best: Decimal | None = None
    roughly: Decimal | None = None
    max: Decimal | None = None


def read_number(text: str, decimal: DecimalMark | None, *, grouped: bool = True) -> Decimal | None:
    """Return the number in a string, or None if the string is not a number.

    Args:
        text: digits, with an optional sign, decimal mark and thousands separators.
        decimal: the decimal mark, if known.
        grouped: whether thousands separators are allowed.

    Raises:
        UnclearNumberError: the text may mean two numbers, and the decimal mark is not known.
    """
    bare = text.strip().translate(_SIGNS)
    sign = -1 if bare.startswith("-") else 1
    bare = bare.removeprefix("-") if sign < 0 else bare.removeprefix("+")
    if (
        len(bare) > _LONGEST
        or not bare[:1].isdigit()
        or set(bare) - _DIGITS - set(".,") - set(_SPACES)
    ):
        return None
    mark = decimal or _mark_of(bare, grouped=grouped)
    whole, _, fraction = bare.partition(mark)
    if set(fraction) - _DIGITS or (mark in bare and not fraction):
        return None
    digits = _without_groups(whole, "." if mark == "," else ",") if grouped else whole
    if not digits or set(digits) - _DIGITS:
        return None
    return sign * Decimal(f"{digits}.{fraction or 0}")


def _mark_of(bare: str, *, grouped: bool) -> DecimalMark:
    whole, dot, rest = bare.partition(".")
    may_be_thousands = grouped and len(rest) == _GROUP and len(whole) <= _GROUP and whole != "0"
    if "," in bare or "." in rest or (dot and may_be_thousands):
        msg = (
            'the dot or comma may be a thousands separator; set decimal = "," or "." in the '
            "mapping"
        )
        raise UnclearNumberError(msg)
    return "."


def _without_groups(whole: str, mark: str) -> str:
    """Remove the thousands separators from a whole number if their positions are valid."""
    for separator in (mark, *_SPACES):
        first, *groups = whole.split(separator)
        if groups and 1 <= len(first) <= _GROUP and all(len(group) == _GROUP for group in groups):
            return "".join((first, *groups))
    return whole


def read_numbers(text: str, decimal: DecimalMark | None, *, whole: bool) -> Numbers | None:
    """Return the numbers in a phrase, or None if the phrase is not understood.

    >>> read_numbers("at least two", None, whole=True)
    Numbers(min=Decimal('2'), best=None, roughly=None, max=None)

    Args:
        text: the phrase.
        decimal: the decimal mark, if known.
        whole: whether only whole numbers are possible, so that "more than 3" means at least 4.

    Raises:
        UnclearNumberError: the text may mean two numbers, and the decimal mark is not known.
    """
    bare = text.strip().translate(_SIGNS).casefold()
    if len(bare) > _LONGEST:
        return None
    bound, bare = _bound(without_noun(bare))
    if whole and bare.startswith("+"):
        return None  # "+19" may be an increase, or mean at least 19
    number = _one(bare, decimal)
    if number is not None:
        # "Dozen" is a round number: "two dozen" may be 23.
        is_round = bound in (None, "only") and bare.endswith("dozen")
        return _bounded(number, "about" if is_round else bound, whole=whole)
    if bound is not None:
        return None
    # "Between 3 and 5" gives bounds, but "3 and 5" alone may be a sum.
    if bare.startswith("between "):
        return _range(bare.removeprefix("between "), (*_BETWEEN, " and "), decimal)
    return _range(bare.removeprefix("from "), _BETWEEN, decimal)


def _bound(bare: str) -> tuple[_Bound | None, str]:
    for words, bound in _BEFORE.items():
        rest = bare.removeprefix(words)
        if rest != bare and (not words[-1].isalpha() or rest.startswith(" ")):
            return bound, rest.strip()
    for words, bound in _BEHIND.items():
        if bare.endswith(words):
            return bound, bare.removesuffix(words).strip()
    return None, bare


def _bounded(number: Decimal, bound: _Bound | None, *, whole: bool) -> Numbers:
    step = 1 if whole and number == number.to_integral_value() else 0
    numbers: dict[_Bound | None, Numbers] = {
        "least": Numbers(min=number),
        "above": Numbers(min=number + step),
        "most": Numbers(max=number),
        "below": Numbers(max=number - step),
        "about": Numbers(roughly=number),
        "nearly": Numbers(roughly=number, max=number),
        # A count cannot have a value outside its bounds, so "at least 101" is not also "roughly
        # 100".
        "just_under": Numbers(roughly=None if step else number, max=number - step),
        "just_over": Numbers(min=number + step, roughly=None if step else number),
    }
    return numbers.get(bound, Numbers(best=number))


def _range(bare: str, between: tuple[str, ...], decimal: DecimalMark | None) -> Numbers | None:
    for words in between:
        first, found, last = bare.partition(words)
        low, high = _one(first, decimal), _one(last, decimal)
        # "Two to three hundred" may begin at 2 or at 200.
        if found and low is not None and high is not None and _scale(last) in ("", _scale(first)):
            return Numbers(min=low, max=high) if low <= high else None
    return None


def _scale(text: str) -> str:
    last = text.rpartition(" ")[2]
    return last if last in _SCALES or last == "dozen" else ""


def _one(text: str, decimal: DecimalMark | None) -> Decimal | None:
    found = _in_words(text.strip())
    return read_number(text, decimal) if found is None else Decimal(found)


def _in_words(text: str) -> int | None:
    """Return the number for words such as "twenty-five" or "half a dozen"."""
    if text in ("half a dozen", "half-a-dozen"):
        return _DOZEN // 2
    before, _, last = text.rpartition(" ")
    if last == "dozen":
        number = 1 if before in ("a", "") else _in_words(before) or _digits(before)
        return None if number is None else number * _DOZEN
    words = text.replace("-", " ").replace(" and ", " ").split()
    if not words:
        return None
    whole = 0
    for scale, size in _SCALES.items():
        if scale in words:
            at = words.index(scale)
            number = _under_hundred(words[:at], before_scale=True)
            if number is None:
                return None
            whole, words = whole + number * size, words[at + 1 :]
    rest = _under_hundred(words) if words else 0
    return None if rest is None else whole + rest


def _under_hundred(words: list[str], *, before_scale: bool = False) -> int | None:
    """Convert words to a number below a hundred.

    Before a word such as "thousand", also accept "a" and digits.
    """
    if before_scale and len(words) == 1 and (words[0] == "a" or words[0].isdigit()):
        return 1 if words[0] == "a" else _digits(words[0])
    *tens, last = words or [""]
    if not tens and (last in _SMALL or last in _TENS):
        return _SMALL.get(last, _TENS.get(last))
    if len(tens) == 1 and tens[0] in _TENS and _SMALL.get(last, 0) in range(1, 10):
        return _TENS[tens[0]] + _SMALL[last]
    return None


def _digits(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _GROUP else None


def without_noun(bare: str) -> str:
    """Return a number without the noun that may follow it, such as "drones"."""
    before, _, last = bare.rpartition(" ")
    return before.strip() if before and last in _NOUNS else bare


def split_unit(text: str) -> tuple[str, Unit | None]:
    """Split a quantity into the number and the unit. The unit "FL" precedes the number.

    >>> split_unit("3,5 km"), split_unit("FL 300")
    (('3,5', 'km'), ('300', 'FL'))
    """
    bare = text.strip()
    if bare.casefold().startswith("fl") and bare[2:].strip()[:1].isdigit():
        return bare[2:].strip(), "FL"
    end = len(bare)
    while end and (bare[end - 1].isalpha() or bare[end - 1] == "."):
        end -= 1
    last, before = bare[end:], bare[:end].rstrip()
    for words, rest in (
        (f"{before.rpartition(' ')[2]} {last}", before.rpartition(" ")[0]),
        (last, before),
    ):
        unit = _UNITS.get(words.strip(" .").casefold())
        if unit is not None:
            return rest.strip(), unit
    return bare, None


def written(number: Decimal) -> int | float:
    """Return a number as an int if it is whole, and as a float otherwise, for JSON."""
    return int(number) if number == number.to_integral_value() else float(number)
