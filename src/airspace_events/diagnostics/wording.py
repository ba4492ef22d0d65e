"""Parts of messages: articles, nouns for classes, and descriptions of values."""

from datetime import date, datetime
from typing import Any, cast

from pydantic import BaseModel

from airspace_events.safe_text import shown
from airspace_events.values.base import Value

_NO_JSON: tuple[type[Any], ...] = (Value, set, frozenset, bytes)


def with_article(noun: str) -> str:
    """Return a noun with "a" or "an" before it.

    >>> with_article("object category"), with_article("state code"), with_article("unit")
    ('an object category', 'a state code', 'a unit')
    """
    is_vowel = noun[:1].lower() in "aeiou" and not noun.startswith(("uni", "one"))
    return f"{'an' if is_vowel else 'a'} {noun}"


def noun_of(model: type[BaseModel] | None) -> str:
    """Return the noun for a class of values: an `AerialObject` is an "aerial object"."""
    if model is None:
        return "value"
    return "".join(f" {c.lower()}" if c.isupper() else c for c in model.__name__).strip()


def described(value: Any) -> str:
    """Return the description of a value of the wrong type, such as ``the text "9"``."""
    if isinstance(value, str):
        return f"the text {shown(value)}"
    if isinstance(value, bool) or value is None:
        return shown(value)
    if isinstance(value, int | float):
        return f"the number {shown(value)}"
    if isinstance(value, date):
        return "a datetime" if isinstance(value, datetime) else "a date"
    if isinstance(value, _NO_JSON):
        return with_article(type(cast("object", value)).__name__)
    return shown(value)
