"""The command that converts between formats."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any, TypeVar

import click

from airspace_events.cli.feed_paths import refuse_replacing
from airspace_events.cli.output import INVALID, say
from airspace_events.errors import (
    FeedError,
    MissingExtraError,
    SettingsError,
    UnknownNameError,
)
from airspace_events.formats import FORMATS, Format
from airspace_events.formats import convert as convert_file
from airspace_events.formats.files import Conversion, is_folder
from airspace_events.formats.registry import format_named, format_of
from airspace_events.safe_text import counted, safe

F = TypeVar("F", bound=Callable[..., Any])

_READABLE = click.Choice([form.name for form in FORMATS.values() if form.read is not None])
_SHOWN_PER_REASON = 3


def _format_options(command: F) -> F:
    names = dict.fromkeys(name for form in FORMATS.values() for name in form.options)
    for name in reversed(names):
        offering = [form for form in FORMATS.values() if name in form.options]
        said = " ".join(f"{form.title}: {form.options[name].help}." for form in offering)
        words = dict.fromkeys(word for form in offering for word in form.options[name].choices)
        if words:
            chosen = click.option(
                f"--{name}", type=click.Choice(list(words)), metavar=name.upper(), help=said
            )
        else:
            chosen = click.option(f"--{name}", is_flag=True, default=None, help=said)
        command = chosen(command)
    return command


@click.command(
    help="""Convert IN to OUT, and report everything that OUT cannot hold.

    Write - as IN for standard input, or as OUT for standard output.

    Exit codes: 0 converted, 1 IN has problems or, with --strict, OUT cannot hold everything, 2
    usage error, 3 a file could not be read or written.
    """,
)
@click.argument("source", metavar="IN")
@click.argument("target", metavar="OUT")
@click.option(
    "--from",
    "from_",
    type=_READABLE,
    help="The format of IN. By default, the file name determines the format.",
)
@click.option(
    "--to",
    type=click.Choice(list(FORMATS)),
    help="The format of OUT. By default, the file name determines the format.",
)
@click.option(
    "--mapping",
    type=click.Path(exists=True, dir_okay=False),
    help="Read IN as a spreadsheet. This TOML file defines the meaning of its columns.",
)
@click.option(
    "--rejects",
    type=click.Path(dir_okay=False),
    help="With --mapping: the file for the rows that could not be converted, each with its "
    "problems.",
)
@click.option(
    "--strict",
    is_flag=True,
    help="Exit with code 1 if OUT cannot hold everything that IN contains.",
)
@_format_options
def convert(  # noqa: PLR0913 (one for each option)
    *,
    source: str,
    target: str,
    from_: str | None,
    to: str | None,
    mapping: str | None,
    rejects: str | None,
    strict: bool,
    **options: Any,
) -> None:
    chosen = {name: value for name, value in options.items() if value is not None}
    problems = 0
    if rejects is not None:
        if mapping is None:
            msg = "--rejects needs --mapping"
            raise click.UsageError(msg)
        if rejects == target == "-":
            msg = "the rejected rows and the records cannot both go to standard output"
            raise click.BadParameter(msg, param_hint="--rejects")
        refuse_replacing(rejects, (source, target, mapping), "--rejects")

    def tell(problem: FeedError) -> None:
        nonlocal problems
        problems += 1
        if mapping is None:
            say(f"airspace-events: {safe(str(problem))}", err=True)

    try:
        _check_options(_format(target, to, "--to"), chosen)
        is_feed = mapping is None and _format(source, from_, "--from").is_feed
        done = convert_file(
            sys.stdin.buffer if source == "-" else source,
            sys.stdout.buffer if target == "-" else target,
            from_,
            to,
            mapping=mapping,
            rejects=rejects,
            on_problem=tell,
            **chosen,
        )
    except (MissingExtraError, SettingsError, UnknownNameError) as error:
        raise click.UsageError(safe(str(error))) from None
    sys.stdout.flush()
    _print_summary(done, problems)
    if problems and is_feed:
        say(
            f"for an explanation of each problem, run airspace-events validate {safe(source)}",
            err=True,
        )
    sys.exit(INVALID if problems or (strict and len(done.losses)) else 0)


def _format(file: str, name: str | None, option: str) -> Format:
    if name is not None:
        return format_named(name)
    if file == "-" or is_folder(file):
        msg = (
            f"cannot determine the format of {safe(file)} from its name; specify the format "
            f"with {option}"
        )
        raise click.UsageError(msg)
    return format_of(file)


def _check_options(form: Format, chosen: dict[str, Any]) -> None:
    for name, value in chosen.items():
        if name not in form.options:
            msg = f"{form.title} has no option --{name}"
            raise click.UsageError(msg)
        choices = form.options[name].choices
        if choices and value not in choices:
            msg = (
                f"{value} is not a valid --{name} for {form.title}; use one of "
                f"{', '.join(choices)}"
            )
            raise click.UsageError(msg)


def _print_summary(done: Conversion, problems: int) -> None:
    if done.rows:
        # One cause may affect a thousand rows of a sheet.
        for cause in done.rows.causes:
            more = f" (and {cause.times - 1:,} more like this)" if cause.times > 1 else ""
            say(f"airspace-events: {safe(str(cause.first))}{more}", err=True)
        say(str(done.rows), err=True)
    records = "1 record" if done.records == 1 else f"{done.records:,} records"
    unread = f", {problems:,} could not be read" if problems and not done.rows else ""
    lost = len(done.losses)
    losses = f"{counted(lost, 'part')} lost" if lost else "all values written"
    say(f"{records}{unread}; {losses}", err=True)
    for why, count in done.losses.by_reason.most_common():
        places = [
            f"{loss.record or 'header'} {loss.pointer}".rstrip()
            for loss in done.losses
            if loss.why == why
        ][:_SHOWN_PER_REASON]
        more = ", ..." if count > len(places) else ""
        say(f"  {count:,}: {safe(why)} ({safe(', '.join(places))}{more})", err=True)
