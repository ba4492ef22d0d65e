"""Escape text that a build server would interpret as a log command.

Build servers look for commands in all printed text. GitHub runs ``##[command]`` anywhere in a line
and ``::command::`` at the start of a line. Azure runs ``##vso[command]``.
"""

from airspace_events.safe_text import safe

_SHARPS = ("##", "#\\u0023")


def inert(text: str) -> str:
    """Escape text so that it contains no log command.

    The result is safe to print anywhere except at the start of a line.
    """
    return safe(text).replace(*_SHARPS)


def inert_line(text: str) -> str:
    """Escape text so that it contains no log command, even at the start of a line."""
    line = inert(text)
    return line.replace(":", "\\u003a", 1) if line.lstrip().startswith("::") else line


def inert_json(line: str) -> str:
    """Escape a line of JSON so that it contains no log command; its content stays the same.

    Two adjacent number signs can only occur in JSON strings, where the second can be escaped.
    """
    return line.replace(*_SHARPS)
