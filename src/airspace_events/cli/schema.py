"""The commands that print schemas and documents."""

import json

import click

from airspace_events.cli.help import HELP
from airspace_events.models.records import RECORD_CLASSES


@click.group(context_settings=HELP)
def schema() -> None:
    """Print the JSON Schema, the codebook, or the diagram of records."""


@schema.command("json", context_settings=HELP)
@click.argument(
    "of", type=click.Choice(["record", "line", "feed", *RECORD_CLASSES]), default="record"
)
def json_(*, of: str) -> None:
    """Print the JSON Schema (2020-12) OF any record, a line, a feed, or one type of record."""
    from airspace_events.schema.json_schema import (  # noqa: PLC0415 (all commands would wait)
        json_schema,
    )

    click.echo(json.dumps(json_schema(of), indent=2, ensure_ascii=False))


@schema.command("codebook", context_settings=HELP)
def codebook_() -> None:
    """Print every record, field and word with its meaning, as Markdown."""
    from airspace_events.schema.codebook import codebook  # noqa: PLC0415 (likewise)

    click.echo(codebook(), nl=False)


@schema.command(context_settings=HELP)
def diagram() -> None:
    """Print what names what, as a Mermaid diagram."""
    from airspace_events.schema.diagram import mermaid  # noqa: PLC0415 (likewise)

    click.echo(mermaid(), nl=False)
