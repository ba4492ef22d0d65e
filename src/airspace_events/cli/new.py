"""The command that gives a record to start from."""

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
    """A line of JSON Lines for each type of record, and for ``feed``; all are made up.

    In their order they are a valid feed.
    """
    file = files("airspace_events.schema").joinpath("starters.toml")
    return tomllib.loads(file.read_text(encoding="utf-8"))


@click.command("new")
@click.argument("type_", metavar="TYPE", type=click.Choice(["feed", *RECORD_CLASSES]))
@click.option("--pretty", is_flag=True, help="Spread over lines, for reading.")
def new(*, type_: str, pretty: bool) -> None:
    """Print a short valid record of a TYPE, made up, to start from; feed gives a header.

    One line each, so that a feed grows by it: airspace-events new incursion >> feed.jsonl
    """
    line = starters()[type_]
    give(json.dumps(json.loads(line), indent=2, ensure_ascii=False) if pretty else line)
