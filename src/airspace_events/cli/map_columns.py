"""The command that writes a first mapping for a spreadsheet."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any, get_args

import click

from airspace_events.cli.output import UNREADABLE, give, say
from airspace_events.errors import FormatError, SettingsError
from airspace_events.feeds.atomic_files import atomic_files
from airspace_events.formats import map_columns
from airspace_events.formats.spreadsheets.keys import Encoding
from airspace_events.safe_text import safe

_LONGEST_NUMBER = 9


@click.command(
    "map-columns",
    help="""Write a first mapping for the columns of the spreadsheet FILE, for you to edit.

    The mapping is a TOML file for the option --mapping of airspace-events convert. It maps only
    what the cells make clear; everything else is a comment with a proposal or a question.

    Exit codes: 0 written, 2 usage error, 3 a file could not be read or written.
    """,
)
@click.argument("file", metavar="FILE")
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False),
    help="Write the mapping to this file, which must not exist. Default: standard output.",
)
@click.option(
    "--sheet",
    help="The name or number of the sheet, for a workbook with several sheets. A number that "
    "is also the name of a sheet is read as the name.",
)
@click.option("--rows", metavar="PATH", help="The path to the list of rows within a JSON file.")
@click.option(
    "--header-row",
    type=click.IntRange(1, 1000),
    help="The number of the row with the column names. By default, it is determined from the "
    "cells.",
)
@click.option(
    "--header-rows",
    type=click.IntRange(1, 5),
    help="The number of rows with column names, starting at --header-row.",
)
@click.option(
    "--encoding",
    type=click.Choice(get_args(Encoding)),
    metavar="ENCODING",
    help="The encoding of a text file, such as windows-1252. Default: utf-8.",
)
def map_columns_(*, file: str, output: str | None, **layout: Any) -> None:
    if output is not None and Path(output).exists():
        msg = (
            f"{safe(output)} already exists, and may contain your changes; remove the file or "
            "choose another name"
        )
        raise click.BadParameter(msg, param_hint="--output")
    try:
        mapping = _mapping(file, {name: it for name, it in layout.items() if it is not None})
    except SettingsError as error:
        raise click.UsageError(safe(str(error))) from None
    except FormatError as error:
        named = [it for it in ("sheet", "rows", "encoding") if f"{it} = " in error.reason]
        hint = f"; the option here is --{named[0]}" if named else ""
        say(f"airspace-events: {safe(str(error))}{hint}", err=True)
        sys.exit(UNREADABLE)
    if output is None:
        give(mapping, end="")
        return
    with atomic_files(output) as (stream,):
        stream.write(mapping.encode())
    target = safe(str(Path(file).with_suffix(".jsonl").name))
    say(
        f"edit {safe(output)}, then run: airspace-events convert {safe(file)} {target} "
        f"--mapping {safe(output)}",
        err=True,
    )


def _mapping(file: str, layout: dict[str, Any]) -> str:
    """Return a first mapping; try a sheet such as "2024" first as a name, then as a number."""
    try:
        return map_columns(file, **layout)
    except FormatError:
        sheet = layout.get("sheet", "")
        if not sheet.isdecimal() or len(sheet) > _LONGEST_NUMBER or not int(sheet):
            raise
        return map_columns(file, **layout | {"sheet": int(sheet)})
