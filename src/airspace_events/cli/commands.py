"""The commands, and the exit codes: 0 valid, 1 invalid, 2 wrong usage, 3 unreadable."""

import sys
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

import click

from airspace_events.cli.help import HELP
from airspace_events.cli.lookups import members, states, when
from airspace_events.errors import UnreadableError
from airspace_events.feeds.streams import FeedInput, opened
from airspace_events.safe_text import safe
from airspace_events.validation.notices import Report
from airspace_events.validation.rendering import RENDERERS
from airspace_events.validation.validator import validate as validate_feeds

INVALID = 1
UNREADABLE = 3


class InstantType(click.ParamType[datetime]):
    """An RFC 3339 instant on the command line."""

    name = "instant"

    def convert(self, value: Any, param: Any, ctx: Any) -> datetime:
        """Read the instant, or end with a usage error."""
        if isinstance(value, datetime):
            return value
        try:
            instant = datetime.fromisoformat(value)
        except ValueError:
            self.fail(f"{safe(value)} is no instant, such as 2024-09-18T12:00:00Z", param, ctx)
        if instant.tzinfo is None:
            self.fail(f"{safe(value)} has no offset from UTC, such as Z or +03:00", param, ctx)
        return instant


@click.group(context_settings=HELP)
@click.version_option(version("airspace-events"), prog_name="airspace-events")
def airspace_events() -> None:
    """Records of airspace incidents: reported is not known."""


@airspace_events.command(context_settings=HELP)
@click.argument("feeds", nargs=-1, required=True, metavar="FEED...")
@click.option(
    "--format",
    "form",
    type=click.Choice(list(RENDERERS)),
    default="text",
    show_default=True,
    help="How to say what was found.",
)
@click.option(
    "--fail-on",
    type=click.Choice(["error", "warning"]),
    default="error",
    show_default=True,
    help="From which severity on a feed counts as invalid.",
)
@click.option(
    "--now",
    type=InstantType(),
    help="The instant that counts as the present, for rules about the future (none asks yet).",
)
def validate(feeds: tuple[str, ...], form: str, fail_on: str, now: datetime | None) -> None:
    """Check feeds: JSON Lines or JSON documents, gzipped or not. A feed of - is standard input.

    Several feeds are checked as one: a record may name another of any of them.

    Exit codes: 0 valid, 1 invalid, 2 wrong usage, 3 a feed could not be read.
    """
    _check_readable(feeds)
    sources: list[FeedInput] = [sys.stdin.buffer if feed == "-" else feed for feed in feeds]
    try:
        report = validate_feeds(*sources, now=now)
    except UnreadableError as error:
        _say_unreadable(error)
        sys.exit(UNREADABLE)
    for line in RENDERERS[form](report):
        click.echo(line)
    sys.exit(INVALID if _is_invalid(report, fail_on) else 0)


def _check_readable(feeds: tuple[str, ...]) -> None:
    """End with a line for each feed that cannot be opened, before any other is read.

    A pipe is not tried: it can be opened once only.
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
            _say_unreadable(error)
    if failed:
        sys.exit(UNREADABLE)


def _say_unreadable(error: UnreadableError) -> None:
    click.echo(f"airspace-events: {safe(str(error))}", err=True)


def _is_invalid(report: Report, fail_on: str) -> bool:
    return not report.ok or (fail_on == "warning" and report.counts["warning"] > 0)


airspace_events.add_command(states)
airspace_events.add_command(members)
airspace_events.add_command(when)
