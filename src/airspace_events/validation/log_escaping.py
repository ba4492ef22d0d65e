"""Takes from a text what would steer the log of a build server.

Such servers look for commands in whatever is printed, in every form of report: GitHub runs
``##[command]`` anywhere in a line, and ``::command::`` at its start, Azure ``##vso[command]``.
"""

from airspace_events.safe_text import safe

_SHARPS = ("##", "#\\u0023")


def inert(text: str) -> str:
    """The text, safe to print within a line, and no command of any log."""
    return safe(text).replace(*_SHARPS)


def inert_line(text: str) -> str:
    """The same for what a line begins with."""
    line = inert(text)
    return line.replace(":", "\\u003a", 1) if line.lstrip().startswith("::") else line


def inert_json(line: str) -> str:
    """A line of JSON, in which the same text is written so that it is no command.

    Two sharps stand only in strings of JSON, where the second may be written as an escape.
    """
    return line.replace(*_SHARPS)
