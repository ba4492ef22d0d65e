"""Fold names, so that look-ups ignore case, accents and punctuation."""

import unicodedata

from airspace_events.arguments import check_argument
from airspace_events.errors import UnknownNameError

MAX_LENGTH = 200

_SCRIPTS = ("LATIN", "CYRILLIC", "GREEK")
_FLAG_A = 0x1F1E6
_LETTERS = 26

# Letters that Unicode does not decompose into a base letter and a mark.
_BASE_LETTERS = str.maketrans(
    {
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "æ": "ae",
        "œ": "oe",
        "ı": "i",
        "&": " and ",
    }
)
_APOSTROPHE_LETTERS = "'’‘ʼʻ`´"
_APOSTROPHES = str.maketrans(dict.fromkeys(_APOSTROPHE_LETTERS, ""))
# Writers may leave out accents, Hebrew points and Arabic vowel signs. They cannot leave out the
# vowel signs of other scripts: without vowel signs, Togo in Telugu is Tonga, and Ghana in Khmer is
# Guinea.
_OPTIONAL_MARKS = (
    (0x0300, 0x036F),
    (0x0591, 0x05C7),
    (0x0610, 0x061A),
    (0x064B, 0x065F),
    (0x0670, 0x0670),
)
# Marks that may express doubt, in addition to symbols: "Latvia?" and "~Latvia" are not Latvia.
_DOUBTFUL = frozenset("?\u00bf\u061f\uff1f\u037e\u055e%#@\\")
_DASHES = "-‐‑‒–—−"


def fold(name: str) -> str:
    """Return the name in lower case, without accents, punctuation or a leading "the"."""
    text = unicodedata.normalize("NFKD", name.translate(_APOSTROPHES)).casefold()
    words = "".join(_kept(char) for char in text.translate(_BASE_LETTERS)).split()
    if words[:1] == ["st"] and len(words) > 1:
        words[0] = "saint"
    return " ".join(words).removeprefix("the ")


def _kept(char: str) -> str:
    category = unicodedata.category(char)
    if category[0] == "M":
        point = ord(char)
        return "" if any(low <= point <= high for low, high in _OPTIONAL_MARKS) else char
    if category == "Cf":  # invisible joiners and direction marks
        return ""
    return char if category[0] in "LN" else " "


def key(name: str) -> str:
    """Return the folded name as a look-up key; "U.A.E." becomes "uae"."""
    return fold(initials(name) or name)


def spelling(name: str) -> str:
    """Return the name in lower case but with its accents, so that "Suède" differs from "suede"."""
    text = unicodedata.normalize("NFC", name.translate(_APOSTROPHES)).casefold()
    kept = (char if unicodedata.category(char)[0] in "LMN" else " " for char in text)
    return " ".join("".join(kept).split())


def is_plain(spelt: str) -> bool:
    """Return whether folding leaves a spelling unchanged; if so, it has no accents to check."""
    return fold(spelt) == spelt


def initials(name: str) -> str | None:
    """Return an abbreviation such as "U.S." without its full stops, or None for other text."""
    bare = name.strip().removeprefix("the ").removeprefix("The ")
    letters = bare.rstrip(".").split(".")
    is_one = len(letters) > 1 and all(len(letter.strip()) == 1 for letter in letters)
    return "".join(letters) if is_one else None


def flag_code(name: str) -> str | None:
    """Return the two capital letters of a flag emoji, or None for other text."""
    points = [ord(char) - _FLAG_A for char in name.strip()]
    if len(points) == len("RO") and all(0 <= point < _LETTERS for point in points):
        return "".join(chr(ord("A") + point) for point in points)
    return None


def possessor(name: str) -> str | None:
    """Return the name without the English ending "'s", or None if the name has no such ending.

    >>> possessor("Russia's")
    'Russia'
    """
    bare = name.rstrip()
    if len(bare) > len("'s") and bare[-1] in "sS" and bare[-2] in "'’ʼ`´":
        return bare[:-2]
    return None


def check_readable(name: str) -> None:
    """Reject text that cannot be a name.

    Raises:
        TypeError: the name is not text.
        UnknownNameError: the text is empty, too long or a single letter, contains control
            characters or marks that may express doubt, or mixes scripts.
    """
    check_argument("name", name, (str,), "a str")
    if len(name) > MAX_LENGTH:
        raise UnknownNameError(name, f"a name must have at most {MAX_LENGTH} characters")
    text = name.strip()
    if not text:
        raise UnknownNameError(name, "the text is empty")
    if len(text) == 1 and text.isascii():
        # In Vietnamese, Italy is "Ý", and a "y" may stand for yes.
        raise UnknownNameError(name, "a single letter is not a name")
    if any(unicodedata.category(char) in ("Cc", "Cs") for char in text):
        raise UnknownNameError(name, "the name contains control characters")
    for word in text.split():
        scripts = {script for char in word if (script := _script(char))}
        if len(scripts) > 1:
            mixed = " and ".join(sorted(script.capitalize() for script in scripts))
            raise UnknownNameError(name, f"one word mixes {mixed} letters; use one script")
    if mark := _mark_of_doubt(text):
        raise UnknownNameError(name, f'"{mark}" may express doubt; write only the name')


def _mark_of_doubt(text: str) -> str | None:
    if flag_code(text) or not any(char.isalnum() for char in text):
        return None
    for char in text:
        is_symbol = unicodedata.category(char)[0] == "S" and char not in _APOSTROPHE_LETTERS
        if is_symbol or char in _DOUBTFUL:
            return char
    return min({text[0], text[-1]} & set(_DASHES), default=None)


def _script(char: str) -> str | None:
    name = unicodedata.name(char, "") if char.isalpha() else ""
    return next((script for script in _SCRIPTS if name.startswith(script)), None)
