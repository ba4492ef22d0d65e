"""The page of phrases that are understood, made from the grammar and its conventions."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from airspace_events.phrases.reading import forms


@dataclass(frozen=True, slots=True)
class Example:
    """Words with what they are read as.

    Attributes:
        text: the words.
        value: the value that they have.
        reference: the day or instant from which they are read, if they need one.
        timezone: the time zone that is given, if any.
    """

    text: str
    value: str
    reference: str | None = None
    timezone: str | None = None


@dataclass(frozen=True, slots=True)
class Convention:
    """How some words are read.

    Attributes:
        title: what they are about.
        means: what they mean.
        because: the reason.
        examples: examples, which run as tests.
        forms: the ways to say it.
    """

    title: str
    means: str
    because: str
    examples: tuple[Example, ...]
    forms: tuple[str, ...]


_PREFACE = """\
# The phrases that are understood

`ae.resolve_time` and `airspace-events time` read these. The page is made from the grammar and its
conventions, and its examples run as tests. In a form, `[on]` may be left out, `(to|until)` is a
choice, and words in capitals stand for what other forms say: `DAY` for "on Wednesday" or
"7 September", `DATE` for "7 September 2024", `DOM` for the day of a month, `RANGE` for "7 to 8
September", `MONTHLY` and `YEARLY` for a month or a year that is named or told from the reference,
`DAYS` for any of these, `TIME` for a time of day, `ZONE` for "local time" or "UTC", `PART` for
a part of the day, `BOUND` and `HOUR` for a time of day with or without minutes, `HOURS`, `CLOCKED`
and `POINT` for a time of day with what is meant around it. Case does not matter; any dash will do,
and so will `a.m.`, `am` and `AM`. Brackets are read like commas.

Words that may be of the past or of the future ("on Thursday", said on a Wednesday) give both, or
are refused with both; `tense="past"` or `tense="future"` says which is meant.
"""


@cache
def conventions() -> dict[str, Convention]:
    """Every convention, by its name."""
    text = (files("airspace_events.phrases") / "conventions.toml").read_text(encoding="utf-8")
    return {
        name: Convention(
            title=told["title"],
            means=told["means"],
            because=told["because"],
            examples=tuple(Example(**example) for example in told["examples"]),
            forms=tuple(_forms_of(name)),
        )
        for name, told in tomllib.loads(text).items()
    }


def _forms_of(convention: str) -> list[str]:
    shown = (_without_names(form.text) for form in forms() if form.convention == convention)
    # A place alone says nothing that its own forms do not.
    return [text for text in dict.fromkeys(shown) if not text.replace("_", "").isupper()]


def _without_names(form: str) -> str:
    """A form without the names that the code has for its places."""
    text, *rest = form.split(":")
    for part in rest:
        text += part.lstrip("abcdefghijklmnopqrstuvwxyz_")
    return text


def phrase_page() -> str:
    """The whole page, as Markdown."""
    return "\n".join(_lines())


def _lines() -> Iterator[str]:
    yield _PREFACE
    for convention in conventions().values():
        yield f"## {convention.title}\n"
        yield f"{convention.means}\n"
        yield f"*Why:* {convention.because}\n"
        yield "| words | read from | zone | value |"
        yield "|---|---|---|---|"
        for example in convention.examples:
            read_from, zone = example.reference or "", example.timezone or ""
            yield f"| {example.text} | {read_from} | {zone} | `{example.value}` |"
        yield ""
        if convention.forms:
            yield "```text\n" + "\n".join(convention.forms) + "\n```\n"
