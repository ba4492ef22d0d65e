"""The command that prints a record to start from."""

import json
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

import click

from airspace_events.cli.output import give
from airspace_events.models.records import RECORD_CLASSES


@cache
def starters() -> Mapping[str, str]:
    """Return a made-up line of JSON Lines for a header (``feed``) and for each type of record.

    In order, the lines form a valid feed.
    """
    file = files("airspace_events.schema").joinpath("starters.toml")
    return tomllib.loads(file.read_text(encoding="utf-8"))


@click.command(
    "new",
    help="""
    Print a short, valid, made-up record of TYPE to start from; TYPE feed prints a header.

    Each record is one line, which you can append to a feed:
    airspace-events new incursion >> feed.jsonl
    """,
)
@click.argument("type_", metavar="TYPE", type=click.Choice(["feed", *RECORD_CLASSES]))
@click.option("--pretty", is_flag=True, help="Print the record on several indented lines.")
def new(*, type_: str, pretty: bool) -> None:
    line = starters()[type_]
    give(json.dumps(json.loads(line), indent=2, ensure_ascii=False) if pretty else line)
