"""Functions that make text from a feed safe to print."""

import unicodedata

# Control, bidirectional and other format characters, surrogates, and all white space except the
# plain space.
_UNSAFE = {"Cc", "Cf", "Cs", "Zl", "Zp", "Zs", "Co", "Cn"}

CONTROLS = frozenset(map(chr, [*range(0x20), *range(0x7F, 0xA0)])) - {"\n", "\t"}
"""The control characters that the text of a record must not contain."""

_MOST_BITS = 200

# The constants that Python and JSON write differently.
_JSON_WORDS = {
    "None": "null",
    "True": "true",
    "False": "false",
    "nan": "NaN",
    "inf": "Infinity",
    "-inf": "-Infinity",
}


def safe(text: str) -> str:
    """Escape characters that control a terminal or break a line, and return the text."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(_escaped(char) for char in text)


def counted(count: int, noun: str) -> str:
    """Return a count with its noun, in the singular or plural."""
    plural = "" if count == 1 or noun == "info" else "s"
    return f"{count:,} {noun}{plural}"


def shown(value: object, limit: int = 60) -> str:
    """Return a value as JSON for use in a message, shortened and safe to print."""
    if isinstance(value, str):
        cut = value if len(value) <= limit else value[: limit - 1] + "…"
        return '"' + safe(cut) + '"'
    if isinstance(value, dict):
        return "an object"
    if isinstance(value, list | tuple):
        return "a list"
    if isinstance(value, int) and value.bit_length() > _MOST_BITS:
        return "a very large number"
    try:
        text = repr(value)
    except Exception:  # noqa: BLE001 (any object can be given, and its code may raise anything)
        text = f"an object of the class {type(value).__name__}"
    text = _JSON_WORDS.get(text, safe(text))
    return text if len(text) <= limit else text[: limit - 1] + "…"


def _escaped(char: str) -> str:
    if char == " " or unicodedata.category(char) not in _UNSAFE:
        return char
    code = ord(char)
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"  # noqa: PLR2004
