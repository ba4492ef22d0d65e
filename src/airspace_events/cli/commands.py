"""The command group, and ``validate``.

Exit codes of ``validate``: 0 valid, 1 invalid, 2 usage, 3 unreadable, 130 interrupted.
"""

import os
import shutil
import sys
import time
from collections.abc import Iterator
from datetime import datetime
from itertools import chain
from pathlib import Path
from typing import Any

import click

from airspace_events.cli.convert import convert
from airspace_events.cli.diff import diff as diff_feeds
from airspace_events.cli.duplicates import duplicates
from airspace_events.cli.feed_paths import feed_paths, refuse_replacing
from airspace_events.cli.fixing import fix_feeds
from airspace_events.cli.instants import instant
from airspace_events.cli.lookups import members, states, when
from airspace_events.cli.map_columns import map_columns_
from airspace_events.cli.merge import merge
from airspace_events.cli.output import INTERRUPTED, INVALID, UNREADABLE, give, say
from airspace_events.cli.page import page
from airspace_events.cli.process import documented_end
from airspace_events.cli.rules import rules as rules_command
from airspace_events.cli.schema import new, schema
from airspace_events.cli.terminal import ProgressLine, SourceLines
from airspace_events.errors import SettingsError, UnreadableError
from airspace_events.feeds.atomic_files import atomic_files
from airspace_events.feeds.streams import FeedInput, opened
from airspace_events.safe_text import safe
from airspace_events.validation.notices import Report
from airspace_events.validation.rendering import RENDERERS, html_lines, text_lines
from airspace_events.validation.settings import Settings, find_settings, read_settings, rules_of
from airspace_events.validation.validator import validate as validate_feeds
from airspace_events.version import __version__


class Program(click.Group):
    """The group of all commands. It handles failures itself instead of leaving them to click."""

    def make_context(self, *args: Any, **settings: Any) -> click.Context:
        """Parse the command line, or print the help."""
        with documented_end():
            return super().make_context(*args, **settings)

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command."""
        with documented_end():
            return super().invoke(ctx)


@click.group(
    cls=Program,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Record airspace incidents as sources report them, and check the records.",
)
@click.version_option(__version__, prog_name="airspace-events")
def airspace_events() -> None: ...


@airspace_events.command(
    help="""Check feeds, which may be JSON Lines or JSON documents, gzipped or not.

    Use - to read a feed from standard input. For a folder, all feeds in the folder and its
    subfolders are checked. Several feeds are checked together: a record in one feed may refer to a
    record in another. A feed that is given twice is checked only once and reported as a duplicate.
    With --separately, each feed is checked by itself.

    Exit codes: 0 valid, 1 invalid, 2 usage error, 3 a feed could not be read, 130 interrupted.
    """,
)
@click.argument("feeds", nargs=-1, required=True, metavar="FEED...")
@click.option(
    "--format",
    "form",
    type=click.Choice(list(RENDERERS)),
    default="text",
    show_default=True,
    help="The format of the report.",
)
@click.option(
    "--fail-on",
    type=click.Choice(["error", "warning"]),
    default="error",
    show_default=True,
    help="The lowest severity that makes a feed invalid.",
)
@click.option(
    "--now",
    type=instant,
    help="Use this instant as the current time when checking for times in the future.",
)
@click.option(
    "--select",
    multiple=True,
    metavar="CODE",
    help="Report only notices with these codes or families of codes.",
)
@click.option(
    "--ignore",
    multiple=True,
    metavar="CODE",
    help="Do not report notices with these codes or families of codes.",
)
@click.option(
    "--rules",
    multiple=True,
    metavar="MODULE",
    help="Also run the rules of this Python module, which must be installed.",
)
@click.option(
    "--config",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The settings file. Default: the nearest airspace-events.toml or pyproject.toml, in "
    "the current folder or a parent folder.",
)
@click.option(
    "--workers",
    type=click.IntRange(1, 64),
    default=1,
    show_default=True,
    help="The number of processes that check a large JSON Lines file; at most one per processor.",
)
@click.option(
    "--separately",
    is_flag=True,
    help="Check each feed by itself, so that records can refer only to records of the same feed.",
)
@click.option(
    "--fix",
    "fixes",
    is_flag=True,
    help="Before the check, apply the suggestions that change only the spelling of a value, not "
    "its meaning.",
)
@click.option(
    "--diff",
    is_flag=True,
    help="Show the changes that --fix would make, but do not make them. Exit with code 1 if "
    "there are changes.",
)
@click.option(
    "--unsafe-fixes",
    is_flag=True,
    help="With --fix or --diff: also apply suggestions that are guesses. Review each change.",
)
@click.option("-q", "--quiet", is_flag=True, help="Print only problems, without a summary.")
@click.option(
    "-o",
    "--output",
    type=click.Path(),
    help="Write the report to this file. An existing file is replaced when the report is "
    "complete.",
)
@click.option(
    "--progress/--no-progress",
    default=None,
    help="Show progress. By default, progress appears only on a terminal.",
)
def validate(  # noqa: PLR0913 (one for each option)
    *,
    feeds: tuple[str, ...],
    form: str,
    fail_on: str,
    now: datetime | None,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    rules: tuple[str, ...],
    config: Path | None,
    workers: int,
    separately: bool,
    fixes: bool,
    diff: bool,
    unsafe_fixes: bool,
    quiet: bool,
    output: str | None,
    progress: bool | None,
) -> None:
    settings = _settings(config, _names(select), _names(ignore), rules)
    feeds = tuple(feed_paths(feeds))
    _check_readable(feeds)
    _check_output(output, feeds, diff=diff)
    if unsafe_fixes and not (fixes or diff):
        msg = "--unsafe-fixes needs --fix or --diff"
        raise click.UsageError(msg)
    if fixes or diff:
        changes = fix_feeds(feeds, now, settings, unsafe=unsafe_fixes, only_show=diff)
        if diff:
            sys.exit(INVALID if changes else 0)
    sources: list[FeedInput] = [sys.stdin.buffer if feed == "-" else feed for feed in feeds]
    shows_progress = sys.stderr.isatty() and not quiet if progress is None else progress
    bar = ProgressLine(feeds) if shows_progress else None
    start = time.perf_counter()
    try:
        report = validate_feeds(
            *sources,
            separately=separately,
            now=now,
            settings=settings,
            workers=workers,
            progress=bar,
        )
    finally:
        if bar is not None:
            bar.clear()
    seconds = time.perf_counter() - start
    if output is None:
        put = say if form == "text" else give
        for line in _rendered(report, form, feeds, quiet=quiet, seconds=seconds):
            put(line)
    else:
        with atomic_files(output) as (stream,):
            for line in _document(report, form, feeds, quiet=quiet):
                stream.write(f"{line}\n".encode())
    if not report.is_complete:
        say(
            "airspace-events: interrupted; the report covers only the records checked so far",
            err=True,
        )
        sys.exit(INTERRUPTED)
    sys.exit(INVALID if _is_invalid(report, fail_on) else 0)


def _check_output(output: str | None, feeds: tuple[str, ...], *, diff: bool) -> None:
    if output is None:
        return
    refuse_replacing(output, feeds, "--output")
    if diff:
        msg = "--diff prints to standard output and cannot be used with --output"
        raise click.BadParameter(msg, param_hint="--output")


def _names(given: tuple[str, ...]) -> list[str]:
    return [name for names in given for name in names.split(",") if name]


def _settings(
    config: Path | None, select: list[str], ignore: list[str], modules: tuple[str, ...]
) -> Settings:
    try:
        path = config or _found_settings()
        settings = read_settings(path) if path else Settings()
        rules = chain.from_iterable(map(rules_of, modules))
        return settings.merged(select, ignore, rules)
    except SettingsError as error:
        raise click.UsageError(str(error)) from None


def _found_settings() -> Path | None:
    try:
        return find_settings(Path.cwd())
    except FileNotFoundError:  # the current folder was removed
        return None


def _rendered(
    report: Report, form: str, feeds: tuple[str, ...], *, quiet: bool, seconds: float
) -> Iterator[str]:
    if form != "text" or not sys.stdout.isatty():
        return _document(report, form, feeds, quiet=quiet)
    return text_lines(
        report,
        seconds=seconds,
        colour=not os.environ.get("NO_COLOR"),
        source_line=SourceLines(feeds),
        width=shutil.get_terminal_size().columns,
        with_summary=not quiet,
    )


def _document(report: Report, form: str, feeds: tuple[str, ...], *, quiet: bool) -> Iterator[str]:
    if form == "html":
        return html_lines(report, source_line=SourceLines(feeds))
    if form == "text" and quiet:
        return text_lines(report, with_summary=False)
    return RENDERERS[form](report)


def _check_readable(feeds: tuple[str, ...]) -> None:
    """Report the feeds that cannot be opened, and exit if there are any.

    Pipes are not checked, because a pipe can be opened only once.
    """
    failed = False
    for feed in feeds:
        if feed == "-" or Path(feed).is_fifo():
            continue
        try:
            with opened(feed, 0):
                pass
        except UnreadableError as error:
            failed = True
            say(f"airspace-events: {safe(str(error))}", err=True)
    if failed:
        sys.exit(UNREADABLE)


def _is_invalid(report: Report, fail_on: str) -> bool:
    return not report.ok or (fail_on == "warning" and report.counts["warning"] > 0)


airspace_events.add_command(convert)
airspace_events.add_command(map_columns_)
airspace_events.add_command(diff_feeds)
airspace_events.add_command(merge)
airspace_events.add_command(page)
airspace_events.add_command(new)
airspace_events.add_command(duplicates)
airspace_events.add_command(states)
airspace_events.add_command(members)
airspace_events.add_command(when)
airspace_events.add_command(rules_command)
airspace_events.add_command(schema)
