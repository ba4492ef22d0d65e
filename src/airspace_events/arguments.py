"""Type checks for arguments, with clear error messages."""

from __future__ import annotations

from airspace_events.safe_text import shown


def check_argument(name: str, value: object, allowed: tuple[type, ...], takes: str) -> None:
    """Raise an error if an argument has the wrong type.

    >>> check_argument("name", 5, (str,), 'a str such as "Latvia"')
    Traceback (most recent call last):
        ...
    TypeError: `name` must be a str such as "Latvia", not 5 (int)

    Raises:
        TypeError: the value has none of the allowed types.
    """
    if not isinstance(value, allowed):
        raise wrong_argument(name, value, takes)


def wrong_argument(name: str, value: object, takes: str) -> TypeError:
    """Return the error for an argument of the wrong type."""
    given = "None" if value is None else f"{shown(value)} ({type(value).__name__})"
    named = f"`{name}`" if name.isidentifier() else name
    return TypeError(f"{named} must be {takes}, not {given}")
