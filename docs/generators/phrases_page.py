"""Generation of the page of time phrases from the grammar and its conventions."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

from airspace_events.errors import TimePhraseError
from airspace_events.phrases.reading import forms
from airspace_events.phrases.resolving import resolve_time


@dataclass(frozen=True, slots=True)
class Example:
    """A phrase and its value.

    Attributes:
        text: the words of the phrase.
        value: the value of the phrase.
        reference: the day or instant that relative words refer to, if needed.
        timezone: the time zone of the phrase, if given.
    """

    text: str
    value: str
    reference: str | None = None
    timezone: str | None = None


@dataclass(frozen=True, slots=True)
class Convention:
    """A convention for the meaning of some phrases.

    Attributes:
        title: the subject of the convention.
        means: the meaning of the phrases.
        because: the reason for this meaning.
        examples: examples, which run as tests.
        forms: the forms of the phrases that the convention applies to.
    """

    title: str
    means: str
    because: str
    examples: tuple[Example, ...]
    forms: tuple[str, ...]


_PREFACE = """\
# Time phrases

This page lists the phrases that `ae.resolve_time` and `airspace-events time` understand. The page
is generated from the grammar and its conventions, and its examples run as tests.

In a form, square brackets mark optional words, as in `[on]`, and `(to|until)` is a choice. A word
in capitals stands for other forms:

| word | stands for |
|---|---|
| `DAY` | a day, such as "on Wednesday" or "7 September" |
| `DATE` | a date with a year, such as "7 September 2024" |
| `DOM` | the day of a month |
| `RANGE` | a range of days, such as "7 to 8 September" |
| `MONTHLY`, `YEARLY` | a month or a year, by name or relative to the reference |
| `DAYS` | any of the above |
| `TIME` | a time of day |
| `ZONE` | a time zone, such as "local time" or "UTC" |
| `PART`, `IN_PART` | a part of the day |
| `BOUND`, `HOUR` | a time of day with or without minutes |
| `HOURS`, `CLOCKED`, `POINT` | a time of day with the span that it covers |

Case does not matter. All kinds of dashes are accepted, and so are `a.m.`, `am` and `AM`. Brackets
are read like commas.

Some phrases may refer to the past or to the future, such as "on Thursday", said on a Wednesday.
The result of such a phrase contains both days, or the phrase is refused with a message that names
both meanings. `tense="past"` or `tense="future"` selects one meaning. A time on the other side of
the reference is then refused.

If the reference is a day, the report may be from any hour of that day. The result then includes
the times for all hours. For a narrower result, give the instant of the report.
"""


_REPORTED_FORMS = """\
## Kinds of phrases from reports

These kinds of phrases are common in reports. The reference of every phrase is 08:00 on Sunday,
14 September 2025, in Warsaw. If a phrase has no value, the table gives the reason for the refusal.

| kind | words | value, or the reason for the refusal |
|---|---|---|"""


@cache
def conventions() -> dict[str, Convention]:
    """Return every convention, by its name."""
    text = (files("airspace_events.phrases") / "conventions.toml").read_text(encoding="utf-8")
    return {
        name: Convention(
            title=entry["title"],
            means=entry["means"],
            because=entry["because"],
            examples=tuple(Example(**example) for example in entry["examples"]),
            forms=tuple(_forms_of(name)),
        )
        for name, entry in tomllib.loads(text).items()
    }


def _forms_of(convention: str) -> list[str]:
    shown = (_without_names(form.text) for form in forms() if form.convention == convention)
    # A form that is a single word in capitals only repeats other forms.
    return [text for text in dict.fromkeys(shown) if not text.replace("_", "").isupper()]


def _without_names(form: str) -> str:
    """Return a form without the names that the code gives to its parts."""
    text, *rest = form.split(":")
    for part in rest:
        text += part.lstrip("abcdefghijklmnopqrstuvwxyz_")
    return text


class ReportedForm(NamedTuple):
    """A phrase from a report, with its value or the reason for its refusal.

    Attributes:
        kind: the kind of phrase.
        text: the words.
        value: the value of the words, if they have one.
        reason: the reason for the refusal.
        is_whole: whether all words were understood.
    """

    kind: str
    text: str
    value: str | None
    reason: str
    is_whole: bool

    @property
    def is_understood(self) -> bool:
        """Return whether the words were understood, even if they have no value."""
        return self.value is not None or self.is_whole


_INCOMPLETE = "the phrase is incomplete"


def reported_forms() -> list[ReportedForm]:
    """Return every phrase in `reported_forms.toml`, with the result of the library."""
    listed = tomllib.loads(
        Path(__file__).with_name("reported_forms.toml").read_text(encoding="utf-8")
    )
    found: list[ReportedForm] = []
    for kind, texts in listed["kinds"].items():
        for text in texts:
            value, reason, is_whole = None, "", True
            try:
                value = resolve_time(
                    text, reference=listed["reference"], timezone=listed["timezone"]
                ).value
            except TimePhraseError as error:
                reason = error.reason
                is_whole = error.understood == text and reason != _INCOMPLETE
            found.append(ReportedForm(kind, text, value, reason, is_whole))
    return found


def phrase_page() -> str:
    """Return the whole page as Markdown."""
    return "\n".join(_lines())


def _lines() -> Iterator[str]:
    yield _PREFACE
    for convention in conventions().values():
        yield f"## {convention.title}\n"
        yield f"{convention.means}\n"
        yield f"*Why:* {convention.because}\n"
        yield "| words | reference | time zone | value |"
        yield "|---|---|---|---|"
        for example in convention.examples:
            reference, zone = example.reference or "", example.timezone or ""
            yield f"| {example.text} | {reference} | {zone} | `{example.value}` |"
        yield ""
        if convention.forms:
            yield "```text\n" + "\n".join(convention.forms) + "\n```\n"
    yield _REPORTED_FORMS
    for form in reported_forms():
        yield f"| {form.kind} | {form.text} | {f'`{form.value}`' if form.value else form.reason} |"
