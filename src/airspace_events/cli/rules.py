"""The command that lists all codes, or explains one code with examples."""

import json
import re
from collections.abc import Iterator
from typing import Any

import click

from airspace_events.cli.output import give, say
from airspace_events.safe_text import shown
from airspace_events.spelling import nearest
from airspace_events.validation.codes import CODES, FAMILIES, Code
from airspace_events.validation.examples import HEADER, SOURCE, WITHOUT_EXAMPLE, examples

_SENTENCE = re.compile(r".*?[.!?](?=\s|$)", re.DOTALL)


def known_code(name: str) -> Code:
    """Return the code with this name, or exit with a usage error."""
    if name not in CODES:
        guess = nearest(name, tuple(CODES))
        hint = f"did you mean {shown(guess)}?" if guess else "leave out CODE to list all codes"
        msg = f"{shown(name)} is not a valid code; {hint}"
        raise click.BadParameter(msg)
    return CODES[name]


@click.command(
    help="""Explain CODE, with a failing and a passing example, or list all codes.

    Exit codes: 0 found, 2 unknown code.

    \b
    airspace-events rules
    airspace-events rules unknown_state_code
    """,
)
@click.argument("code", type=known_code, required=False)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="The format of the output.",
)
def rules(code: Code | None, form: str) -> None:
    if form == "json":
        reported = _all_as_data() if code is None else _as_data(code)
        give(json.dumps(reported, indent=2))
        return
    for line in _table() if code is None else _explained(code):
        say(line)


def first_sentence(text: str) -> str:
    """Return the first sentence of a paragraph."""
    found = _SENTENCE.match(text)
    return found[0] if found else text


def _family_of(code: Code) -> str:
    return next(family for family, codes in FAMILIES.items() if code in codes)


def _table() -> Iterator[str]:
    names = max(map(len, CODES))
    severities = max(len(code.severity) for code in CODES.values())
    before = ""
    for family, codes in FAMILIES.items():
        if not codes:
            continue
        yield f"{before}{family}"
        before = "\n"
        for code in codes:
            said = first_sentence(code.meaning)
            yield f"  {code.name:<{names}}  {code.severity:<{severities}}  {said}"


def _explained(code: Code) -> Iterator[str]:
    yield f"{code.name} ({_family_of(code)}): {code.severity}"
    yield f"\n{code.meaning}"
    example = examples().get(code.name)
    if example is None:
        yield f"\n{_without(code)}"
        return
    before = [] if example.whole else [HEADER, SOURCE]
    if example.note:
        yield f"\n{example.note}"
    yield "\nThis fails:\n"
    yield from (*before, *example.fails.splitlines())
    yield "\nThe validator reports:\n"
    yield from example.said()
    yield "\nThis passes:\n"
    yield from (*before, *example.passes.splitlines())


def _without(code: Code) -> str:
    return WITHOUT_EXAMPLE.get(code.name, "This code has no example yet.")


def _all_as_data() -> list[dict[str, Any]]:
    return [_head(code) for code in CODES.values()]


def _head(code: Code) -> dict[str, Any]:
    return {
        "code": code.name,
        "family": _family_of(code),
        "severity": code.severity,
        "meaning": code.meaning,
    }


def _as_data(code: Code) -> dict[str, Any]:
    example = examples().get(code.name)
    if example is None:
        return {**_head(code), "example": None}
    before = [] if example.whole else [HEADER, SOURCE]
    return {
        **_head(code),
        "example": {
            "note": example.note or None,
            "fails": [*before, *example.fails.splitlines()],
            "said": list(example.said()),
            "passes": [*before, *example.passes.splitlines()],
        },
    }
