"""The commands that print schemas, documents and sample records."""

import json
import sys
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path

import click

from airspace_events.cli.output import INVALID, give, say
from airspace_events.models.records import RECORD_CLASSES
from airspace_events.safe_text import shown
from airspace_events.spelling import nearest


@cache
def starters() -> Mapping[str, str]:
    """Return a sample line for the header (``feed``) and for each type of record.

    Together, the lines form a valid feed.
    """
    file = files("airspace_events.schema").joinpath("starters.toml")
    return tomllib.loads(file.read_text(encoding="utf-8"))


@click.command(
    "new",
    help="""
    Print a short, valid sample record of TYPE. If TYPE is feed, print a header.

    Each record is one line, which you can append to a feed:
    airspace-events new incursion >> feed.jsonl
    """,
)
@click.argument("type_", metavar="TYPE", type=click.Choice(["feed", *RECORD_CLASSES]))
@click.option("--pretty", is_flag=True, help="Print the record on several indented lines.")
def new(*, type_: str, pretty: bool) -> None:
    line = starters()[type_]
    give(json.dumps(json.loads(line), indent=2, ensure_ascii=False) if pretty else line)


class _Documents(click.Group):
    """A command group that suggests ``schema json TYPE`` to users who give only a record type."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command, or exit with a usage error that suggests a command."""
        name = args[0]
        if self.get_command(ctx, name) is None and not ctx.resilient_parsing:
            guess = f"json {name}" if name in _SCHEMAS else nearest(name, self.commands)
            hint = f"; did you mean airspace-events schema {guess}?" if guess else ""
            commands = ", ".join(self.list_commands(ctx))
            msg = (
                f"{shown(name)} is not a command of airspace-events schema; use one of "
                f"{commands}{hint}"
            )
            raise click.UsageError(msg, ctx)
        return super().resolve_command(ctx, args)


_SCHEMAS = ("record", "line", "feed", *RECORD_CLASSES)


@click.group(
    cls=_Documents,
    help="Print schemas, the codebook or the diagram of records, or compare two schemas.",
)
def schema() -> None: ...


@schema.command(
    "json",
    help="Print the JSON Schema (2020-12) for a record type, any record, a line or a feed.",
)
@click.argument("of", type=click.Choice(_SCHEMAS), default="record")
@click.option(
    "--compact",
    is_flag=True,
    help="Print a shorter schema, on one line. It accepts everything that the full schema "
    "accepts, and more.",
)
def json_(*, of: str, compact: bool) -> None:
    from airspace_events.schema.json_schema import (  # noqa: PLC0415 (keep start-up fast)
        json_schema,
    )

    indent = None if compact else 2
    give(json.dumps(json_schema(of, compact=compact), indent=indent, ensure_ascii=False))


@schema.command(
    "codebook",
    help="Print the codebook, with the meaning of every record, field and term, as Markdown.",
)
def codebook_() -> None:
    from airspace_events.schema.codebook import codebook  # noqa: PLC0415 (keep start-up fast)

    give(codebook(), end="")


@schema.command(
    help="Print a Mermaid diagram of the record types and their references.",
)
def diagram() -> None:
    from airspace_events.schema.codebook import mermaid  # noqa: PLC0415 (keep start-up fast)

    give(mermaid(), end="")


@schema.command(
    help="Print an OpenAPI 3.1 document with all records and values as components.",
)
def openapi() -> None:
    from airspace_events.schema.json_schema import (  # noqa: PLC0415 (keep start-up fast)
        openapi_components,
    )

    give(json.dumps(openapi_components(), indent=2, ensure_ascii=False))


@schema.command(
    help="""
    List the changes from JSON Schema OLD to NEW, and whether they break readers or writers.

    Exit codes: 0 no breaking change, 1 a change breaks or may break programs, 2 usage error, 3 a
    file could not be read as a schema.
    """,
)
@click.argument("old", type=click.Path(path_type=Path))
@click.argument("new", type=click.Path(path_type=Path))
def diff(*, old: Path, new: Path) -> None:
    from airspace_events.schema.schema_diff import (  # noqa: PLC0415 (keep start-up fast)
        change_lines,
        is_breaking,
        schema_diff,
    )
    from airspace_events.schema.schema_document import read_schema  # noqa: PLC0415

    changes = schema_diff(read_schema(old), read_schema(new))
    for line in change_lines(changes):
        say(line)
    if not changes:
        say("no changes")
    sys.exit(INVALID if is_breaking(changes) else 0)
