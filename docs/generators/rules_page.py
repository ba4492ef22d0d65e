"""The page of rules: every code of a notice, made from the registry and the examples."""

from collections.abc import Iterator

from airspace_events.validation.codes import FAMILIES, Code
from airspace_events.validation.codes.registry import family_about
from airspace_events.validation.examples import HEADER, SOURCE, WITHOUT_EXAMPLE, examples

_PREFACE = f"""\
# The rules

Everything that `airspace-events validate` can say, by its code. The page is made from the
registry of codes, its examples run as tests, and what is said of them is what the validator
says. `airspace-events rules CODE` tells the same in a terminal, and `airspace-events rules` lists
all codes. A code keeps its name and its meaning within a major version.

## What a severity means

| severity | means | makes a feed invalid |
|---|---|---|
| error | it can never be right, or cannot be kept | yes |
| warning | it should be looked at; it may be right | with `--fail-on warning` |
| info | it is told, and nothing needs to be done | no |

## To choose what is told

`--ignore` leaves out what you do not want to be told, `--select` tells nothing but what you name.
Each takes a code or a family, the name of a section below, or several with commas between them;
what is both selected and ignored is left out.

```sh
airspace-events validate --ignore coordinates_at_zero feed.jsonl
airspace-events validate --select references,times feed.jsonl
```

To choose the same each time, and to change what is severe, write it into `airspace-events.toml`,
in the folder where the command runs or in one above it:

```toml
select = ["feeds", "shape", "references", "places"]
ignore = ["schema_version_newer"]

[severity]
coordinates_at_zero = "error"
byte_order_mark = "info"
```

In `pyproject.toml` the same stands in `[tool.airspace-events]`, and the severities in
`[tool.airspace-events.severity]`. The nearest file counts, unless `--config` names one.
`--select` on the command line stands instead of the file's, `--ignore` is added to it. What a
report says of itself, the family `reports`, is always told.

## How to read the examples

These lines stand before each example that does not say that it is a whole feed, so that the lines
which are shown begin at line 3:

```json
{HEADER}
{SOURCE}
```

All examples are made up. One fails, here, if the validator says anything of it, be it an info. The
one that passes is the same put right, and the validator says nothing of it.
"""


def rule_page() -> str:
    """The whole page, as Markdown."""
    return "\n".join(_lines())


def _lines() -> Iterator[str]:
    yield _PREFACE
    for family, codes in FAMILIES.items():
        if codes:
            yield f"## {family}\n"
            yield f"{family_about(family)}\n"
        for code in codes:
            yield from _code(code)


def _code(code: Code) -> Iterator[str]:
    yield f"### {code.name}\n"
    yield f"**{code.severity}.** {code.meaning}\n"
    example = examples().get(code.name)
    if example is None:
        yield f"{WITHOUT_EXAMPLE.get(code.name, 'It has no example yet.')}\n"
        return
    if note := " ".join(filter(None, ["A whole feed." if example.whole else "", example.note])):
        yield f"{note}\n"
    yield "This fails:\n"
    yield _block("json", example.fails)
    yield _block("text", "\n".join(example.said()))
    yield "This passes:\n"
    yield _block("json", example.passes)


def _block(language: str, text: str) -> str:
    return f"```{language}\n{text.rstrip()}\n```\n"
