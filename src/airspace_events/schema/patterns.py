r"""Regular expressions that have the same meaning for every program that reads a JSON Schema.

The parser uses the syntax of Rust, a schema uses the syntax of ECMA-262, and other programs use
the syntax of their own language. White space has a different meaning in each syntax, and in Python
`$` also matches before a final line break.

The patterns of times check days, months and years as far as a regular expression can. They use no
look-around and no letter classes such as ``\d``. Only the parser checks that an interval does not
end before it starts, and that both ends of a range in a set have the same precision. A test
compares all other checks with `values.edtf`.
"""

import re

_CLASS = re.compile(r"\[\^\\s\]|\\s|\\S")
_LETTER = re.compile(r"\\[A-Za-z]")
# Unicode's White_Space, which is the parser's meaning of `\s`.
_SPACES = r"\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
_KNOWN_LETTERS = frozenset({r"\n", r"\r", r"\t", r"\u"})


def portable(pattern: str) -> str:
    r"""Return a pattern in which each class of white space lists its characters.

    Raises:
        ValueError: the pattern has another letter class, such as ``\d``.
    """
    written = _CLASS.sub(lambda found: _class(negated=found[0] != r"\s"), pattern)
    if unknown := set(_LETTER.findall(written)) - _KNOWN_LETTERS:
        msg = f"{sorted(unknown)} may have another meaning in other languages: {pattern}"
        raise ValueError(msg)
    return written


def _class(*, negated: bool) -> str:
    return f"[{'^' if negated else ''}{_SPACES}]"


def without_line_end(pattern: str) -> str | None:
    """Return a pattern for text with a final line break, which Python would otherwise accept.

    Returns:
        The pattern to forbid, or None if the text may end with a line break.
    """
    if pattern.endswith(f"{_class(negated=False)}*$"):
        return None
    # A JSON Pointer may end with a line end, unless the pointer is empty.
    return "^[^/]" if pattern.startswith("^(?:/") else r"\n"


_MARK = "[?~%]?"

# Years 1900 to 2200, with digits or with X for unknown digits.
_CENTURY = "(?:19|20|21)"
_YEAR = f"(?:{_CENTURY}[0-9X]{{2}}|2200)"
_KNOWN_YEAR = f"(?:{_CENTURY}[0-9]{{2}}|2200)"

# Years that may have a 29 February. 1900, 2100 and 2200 are not leap years.
_FOURTH = "0[48]|[2468][048]|[13579][26]"
_KNOWN_LEAP_YEAR = f"(?:(?:19|21)(?:{_FOURTH})|20(?:00|{_FOURTH}))"
_LEAP_YEAR = f"(?:(?:19|21)(?:{_FOURTH}|[0-9X]X|X[02468])|20(?:00|{_FOURTH}|[0-9X]X|X[02468]))"

# S gives the number of significant digits of a year. With fewer than two, the year may be out of
# range.
_COUNT = "0{{0,2}}{0}"
_ESTIMATED = f"(?:{_CENTURY}[0-9]{{2}}S{_COUNT.format('[234]')}|2200S{_COUNT.format('4')})"
# In this pattern, a year with Y needs an exponent, because Y without an exponent is only for years
# of more than four digits.
_LONG = (
    "Y(?:0?(?:19[0-9]|2[01][0-9])E1|0{0,2}(?:19|20|21)E2|0{0,3}2E3)"
    f"(?:S{_COUNT.format('[234]')})?"
    f"|Y(?:0?220E1|0{{0,2}}22E2)(?:S{_COUNT.format('4')})?"
)

_MONTH = "(?:0[1-9X]|1[0-2X]|X[0-9X])"
_GROUPING = "(?:2[1-9]|3[0-9]|4[01])"
_MONTH_OF_30 = "(?:0[13-9X]|1[0-2X]|X[0-9X])"
_MONTH_OF_31 = "(?:0[13578X]|1[02X]|X[0-357-8X])"
_DAY = "(?:0[1-9X]|1[0-9X]|2[0-8X]|X[0-9X])"


def _hyphen_and(part: str) -> str:
    return f"-{_MARK}{part}{_MARK}"


_MONTH_OR_DAY = (
    f"{_hyphen_and(_GROUPING)}"
    f"|{_hyphen_and(_MONTH)}(?:{_hyphen_and(_DAY)})?"
    f"|{_hyphen_and(_MONTH_OF_30)}{_hyphen_and('(?:29|30|3X)')}"
    f"|{_hyphen_and(_MONTH_OF_31)}{_hyphen_and('31')}"
)
_DATE = (
    f"{_MARK}(?:(?:{_LONG}|{_ESTIMATED}){_MARK}"
    f"|{_YEAR}{_MARK}(?:{_MONTH_OR_DAY})?"
    f"|{_LEAP_YEAR}{_MARK}{_hyphen_and('02')}{_hyphen_and('29')})"
)

_REAL_DAY = (
    f"(?:{_KNOWN_YEAR}-(?:(?:0[1-9]|1[0-2])-(?:0[1-9]|1[0-9]|2[0-8])"
    f"|(?:0[13-9]|1[0-2])-(?:29|30)|(?:0[13578]|1[02])-31)|{_KNOWN_LEAP_YEAR}-02-29)"
)
_HOUR, _SIXTY = "(?:[01][0-9]|2[0-3])", "[0-5][0-9]"
_CLOCK = rf"T{_HOUR}:{_SIXTY}:{_SIXTY}(?:\.[0-9]{{1,6}})?"
# -00:00 is left out: it means an unknown offset, which a datetime cannot hold.
_BEHIND_UTC = f"(?:0[1-9]|1[0-9]|2[0-3]):{_SIXTY}|00:(?:0[1-9]|[1-5][0-9])"
# In an EDTF expression the offset may have hours only.
_OFFSET = rf"(?:Z|\+{_HOUR}(?::{_SIXTY})?|-(?:{_BEHIND_UTC}|0[1-9]|1[0-9]|2[0-3]))"
_POINT = f"(?:{_DATE}|{_REAL_DAY}{_CLOCK}{_OFFSET})"

INSTANT = rf"^{_REAL_DAY}{_CLOCK}(?:Z|\+{_HOUR}:{_SIXTY}|-(?:{_BEHIND_UTC}))$"
"""The pattern for an RFC 3339 instant on a day that exists."""

DATE_OR_INSTANT = f"^{_POINT}$"
"""The pattern for an EDTF date or an instant."""

# Two patterns together are a third as long as a single one.
_END = rf"(?:{_POINT}|\.\.)?"
_SET = rf"[\[{{](?:\.\.)?{_DATE}(?:(?:,|\.\.){_DATE})*(?:\.\.)?[\]}}]"

TIME_EXPRESSION = f"^(?:{_END}(?:/{_END})?|{_SET})$"
"""The pattern for a date, an instant, an interval or a set; see also `NO_TIME_EXPRESSION`."""

NO_TIME_EXPRESSION = r"^[./]*$|\.\.[^,]*\.\.|^\[.*\}$|^\{.*\]$"
"""The pattern for invalid text that `TIME_EXPRESSION` matches.

It finds intervals without a date, double ranges in a set, and unmatched brackets.
"""
