"""Generation of the page of rules: every code of a notice, from the registry and the examples."""

from collections.abc import Iterator

from airspace_events.validation.codes import FAMILIES, Code
from airspace_events.validation.codes.registry import family_about
from airspace_events.validation.examples import HEADER, SOURCE, WITHOUT_EXAMPLE, examples

_PREFACE = f"""\
# The rules

On this page, you can look up a notice of `airspace-events validate` by its code. The page is
generated from the registry of codes. The examples run as tests, and their notices come from the
validator. `airspace-events rules CODE` shows the same text in a terminal, and
`airspace-events rules` lists all codes. A code keeps its name and its meaning within a major
version.

## Severities

| severity | meaning | makes a feed invalid |
|---|---|---|
| error | The record can never be correct, or the library cannot keep a value. | yes |
| warning | The value may be correct, but somebody should check it. | with `--fail-on warning` |
| info | No action is needed. | no |

## Select and ignore rules

`--ignore` leaves out the notices of the given rules, and `--select` reports only the notices of
the given rules. Each option accepts one or several codes or families, separated by commas. Each
section below is a family. If a rule is both selected and ignored, its notices are left out.

```sh
airspace-events validate --ignore coordinates_at_zero feed.jsonl
airspace-events validate --select references,times feed.jsonl
```

To use the same choice for every check, or to change severities, write the file
`airspace-events.toml` in the current folder or in a parent folder:

```toml
select = ["feeds", "shape", "references", "places"]
ignore = ["schema_version_newer"]

[severity]
coordinates_at_zero = "error"
byte_order_mark = "info"
```

In `pyproject.toml`, use `[tool.airspace-events]` and `[tool.airspace-events.severity]` instead.
The command uses the nearest file, unless `--config` names a different file. `--select` on the
command line replaces the selection in the file. `--ignore` adds to the ignored rules in the file.
The family `reports` is about the report itself, and its notices are always reported.

## How to read the examples

Unless an example is marked as a whole feed, it starts at line 3, after these two lines:

```json
{HEADER}
{SOURCE}
```

All examples are made up. A failing example causes at least one notice, which may be only an info.
The passing example is the corrected version and causes no notices.
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
