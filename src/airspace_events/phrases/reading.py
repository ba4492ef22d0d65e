"""The whole grammar of time phrases."""

from __future__ import annotations

from airspace_events.phrases import (
    clock,
    dates,
    days,
    earlier_references,
    hours,
    midnight,
    months,
    names,
    parts_of_day,
    spans,
)
from airspace_events.phrases.context import Context, Days, Moments
from airspace_events.phrases.grammar import Form, Grammar, Match, joined
from airspace_events.phrases.words import Word

_FORMS = Grammar()


@_FORMS.form("WHEN", "date", "DAYS", "MOMENTS:days", "OPEN:days")
def _when(_: Context, days: Days | Moments | str) -> Days | Moments | str:
    return days


GRAMMAR = joined(
    names.FORMS,
    dates.FORMS,
    months.FORMS,
    days.FORMS,
    clock.FORMS,
    hours.FORMS,
    midnight.FORMS,
    parts_of_day.FORMS,
    earlier_references.FORMS,
    spans.FORMS,
    _FORMS,
)


def readings(words: list[Word]) -> tuple[list[Match], int]:
    """Return all readings of a phrase as a time, and the maximum number of words that matched."""
    return GRAMMAR.matches("WHEN", words)


def forms() -> list[Form]:
    """Return every form of the grammar."""
    return [form for known in GRAMMAR.forms.values() for form in known]
