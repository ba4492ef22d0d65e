"""Generation of the page of rules: every code of a notice, from the registry and the examples."""

from collections.abc import Iterator

from airspace_events.validation.codes import FAMILIES, Code
from airspace_events.validation.codes.registry import family_about
from airspace_events.validation.examples import HEADER, SOURCE, WITHOUT_EXAMPLE, examples

_PREFACE = f"""\
# The rules

Look up a notice of `airspace-events validate` by its code. The page is generated from the registry
of codes. Its examples run as tests, and their notices come from the validator.
`airspace-events rules CODE` shows the same text in a terminal, and `airspace-events rules` lists
all codes. A code keeps its name and its meaning within a major version.

## Severities

| severity | meaning | makes a feed invalid |
|---|---|---|
| error | The record can never be correct, or cannot be kept. | yes |
| warning | The value may be correct, but check it. | with `--fail-on warning` |
| info | No action is needed. | no |

## Select and ignore rules

`--ignore` leaves out the notices of a rule, and `--select` reports only the rules that you name.
Each option takes one or several codes or families, separated by commas. A family is a section
below. A rule that is both selected and ignored is left out.

```sh
airspace-events validate --ignore coordinates_at_zero feed.jsonl
airspace-events validate --select references,times feed.jsonl
```

To use the same choice each time, or to change severities, write `airspace-events.toml` in the
current folder or in a parent folder:

```toml
select = ["feeds", "shape", "references", "places"]
ignore = ["schema_version_newer"]

[severity]
coordinates_at_zero = "error"
byte_order_mark = "info"
```

In `pyproject.toml`, use `[tool.airspace-events]` and `[tool.airspace-events.severity]` instead.
The nearest file is used, unless `--config` names another. `--select` on the command line replaces
the selection in the file, and `--ignore` is added to it. The family `reports` describes the report
itself and is always reported.

## How to read the examples

Each example starts at line 3, after these two lines, unless it says that it is a whole feed:

```json
{HEADER}
{SOURCE}
```

All examples are made up. A failing example gets at least one notice, even if it is only an info.
The passing example is the corrected version, without notices.
"""


def rule_page() -> str:
    """Return the whole page as Markdown."""
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
        yield f"{WITHOUT_EXAMPLE.get(code.name, 'This code has no example yet.')}\n"
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
