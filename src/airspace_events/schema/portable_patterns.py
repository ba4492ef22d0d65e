"""Patterns that mean the same to every program that reads a JSON Schema.

The parser's patterns are for Rust, a schema's are for ECMA-262, and programs use their own
language's. They differ in what white space is, and in Python `$` also stands before a last line
end.
"""

import re

_CLASS = re.compile(r"\[\^\\s\]|\\s|\\S")
_LETTER = re.compile(r"\\[A-Za-z]")
# Unicode's White_Space, which is what `\s` means to the parser.
_SPACES = r"\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
_KNOWN_LETTERS = frozenset({r"\n", r"\r", r"\t", r"\u"})


def portable(pattern: str) -> str:
    r"""The pattern with its classes of white space written out.

    Raises:
        ValueError: there is another class by letter, such as ``\d``, in the pattern.
    """
    written = _CLASS.sub(lambda found: _class(negated=found[0] != r"\s"), pattern)
    if unknown := set(_LETTER.findall(written)) - _KNOWN_LETTERS:
        msg = f"{sorted(unknown)} may mean something else elsewhere: {pattern}"
        raise ValueError(msg)
    return written


def _class(*, negated: bool) -> str:
    return f"[{'^' if negated else ''}{_SPACES}]"


def without_line_end(pattern: str) -> str | None:
    """A pattern of what must not be, so that Python too refuses a line end behind the text.

    Returns:
        The pattern, or None if a line end may stand there anyway.
    """
    if pattern.endswith(f"{_class(negated=False)}*$"):
        return None
    # A JSON Pointer may end with a line end, if there is something to point with.
    return "^[^/]" if pattern.startswith("^(?:/") else r"\n"
