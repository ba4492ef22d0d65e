"""Names as people write them: folded so that case, accents and punctuation do not matter."""

import unicodedata

from airspace_events.errors import UnknownNameError

MAX_LENGTH = 200

_SCRIPTS = ("LATIN", "CYRILLIC", "GREEK")
_FLAG_A = 0x1F1E6
_LETTERS = 26

# Letters that Unicode does not take apart into a base letter and a mark.
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
_APOSTROPHES = str.maketrans(dict.fromkeys("'’‘ʼʻ`´", ""))


def fold(name: str) -> str:
    """The name in lower case, without accents, apostrophes, punctuation and a leading "the"."""
    text = unicodedata.normalize("NFKD", name.translate(_APOSTROPHES)).casefold()
    text = text.translate(_BASE_LETTERS)
    kept = "".join(_kept(char) for char in text)
    return " ".join("saint" if word == "st" else word for word in kept.split()).removeprefix(
        "the "
    )


def _kept(char: str) -> str:
    category = unicodedata.category(char)[0]
    if category == "M":
        return ""
    return char if category in "LN" else " "


def key(name: str) -> str:
    """What a name is looked up by: folded; a flag as its code, "U.A.E." as "uae"."""
    return _flag(name) or _initials(name) or fold(name)


def _initials(name: str) -> str | None:
    bare = name.strip().removeprefix("the ").removeprefix("The ")
    letters = bare.rstrip(".").split(".")
    is_one = len(letters) > 1 and all(len(letter.strip()) == 1 for letter in letters)
    return fold("".join(letters)) if is_one else None


def _flag(name: str) -> str | None:
    points = [ord(char) - _FLAG_A for char in name.strip()]
    if len(points) == len("RO") and all(0 <= point < _LETTERS for point in points):
        return "".join(chr(ord("a") + point) for point in points)
    return None


def check_readable(name: str) -> None:
    """Refuse text that is no name at all.

    Raises:
        UnknownNameError: it is empty, too long, has control characters or mixes scripts.
    """
    if len(name) > MAX_LENGTH:
        raise UnknownNameError(name, f"a name has at most {MAX_LENGTH} characters")
    if not name.strip():
        raise UnknownNameError(name, "the text is empty")
    if any(unicodedata.category(char) in ("Cc", "Cs") for char in name.strip()):
        raise UnknownNameError(name, "it has control characters")
    for word in name.split():
        scripts = {script for char in word if (script := _script(char))}
        if len(scripts) > 1:
            mixed = " and ".join(sorted(script.capitalize() for script in scripts))
            raise UnknownNameError(name, f"one word mixes {mixed} letters")


def _script(char: str) -> str | None:
    name = unicodedata.name(char, "") if char.isalpha() else ""
    return next((script for script in _SCRIPTS if name.startswith(script)), None)
