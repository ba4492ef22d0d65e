"""Says what is probably wrong at a place where a text is not JSON."""

_DOUBLE = 'JSON has double quotes, "'
_STRAIGHT = 'JSON has straight quotes, "'
_COMMENT = "JSON has no comments"
_CONFLICT = "Git could not merge two versions"

# By the characters that stand at the place.
_HINTS = {
    "'": _DOUBLE,
    "\N{LEFT DOUBLE QUOTATION MARK}": _STRAIGHT,
    "\N{RIGHT DOUBLE QUOTATION MARK}": _STRAIGHT,
    "\N{DOUBLE LOW-9 QUOTATION MARK}": _STRAIGHT,
    "//": _COMMENT,
    "/*": _COMMENT,
    "#": _COMMENT,
    "<<<<<<<": _CONFLICT,
    "=======": _CONFLICT,
    ">>>>>>>": _CONFLICT,
    "```": "remove the lines of Markdown around the feed",
    "\N{ZERO WIDTH NO-BREAK SPACE}": "remove the byte-order mark",
}
_LONGEST_WORD = 20
_CONSTANTS = frozenset(["none", "null", "nil", "undefined", "true", "false"])


def json_hint(text: str, offset: int) -> str:
    """Return what is probably wrong, with a semicolon before it, or an empty text.

    Args:
        text: the text.
        offset: the code point at which it stops being JSON.
    """
    for start, hint in _HINTS.items():
        if text.startswith(start, offset):
            return f"; {hint}"
    if text[offset : offset + 1] in ("]", "}") and text[:offset].rstrip().endswith(","):
        return "; remove the comma before it"
    word, before = _word_at(text, offset)
    if word.lower() in _CONSTANTS:
        return "; JSON has null, true and false in lower case"
    if word and before.rstrip()[-1:] in ("", "{", "[", ":", ","):
        return '; a name or a text needs double quotes, "'
    return ""


def _word_at(text: str, offset: int) -> tuple[str, str]:
    """The short word of which a character is a part, and the text before the word."""
    start = end = offset
    while end < offset + _LONGEST_WORD and text[end : end + 1].isalpha():
        end += 1
    while start < end < start + _LONGEST_WORD and text[start - 1 : start].isalpha():
        start -= 1
    return text[start:end], text[:start]
