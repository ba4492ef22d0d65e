"""The command that shows the changes from one feed to another."""

from __future__ import annotations

import sys
from datetime import UTC, datetime

import click

from airspace_events.cli.feed_paths import feed_inputs, refuse_replacing
from airspace_events.cli.instants import instant
from airspace_events.cli.output import INVALID, give, say
from airspace_events.comparing import difference
from airspace_events.feeds.atomic_files import atomic_files
from airspace_events.safe_text import counted, safe


@click.command(
    help="""Show which records were added, removed, revised or retracted from feed OLD to feed NEW.

    For each changed record, the output lists the changed fields with their old and new values. The
    order of the records does not matter. Write - for standard input.

    Exit codes: 0 done, 1 there are changes (only with --exit-code), 2 usage error, 3 a feed could
    not be read or is not valid.
    """,
)
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "html"]),
    default="text",
    show_default=True,
    help="The format of the output.",
)
@click.option("--exit-code", is_flag=True, help="Exit with code 1 if there are changes.")
@click.option(
    "--atom",
    type=click.Path(dir_okay=False),
    help="Also write an Atom feed of the new, revised and retracted incursions, series and "
    "findings to this file. Records under embargo are left out.",
)
@click.option(
    "--now",
    type=instant,
    help="With --atom: use this instant as the current time when checking embargoes.",
)
def diff(  # noqa: PLR0913 (one for each option)
    *, old: str, new: str, form: str, exit_code: bool, atom: str | None, now: datetime | None
) -> None:
    from airspace_events.views import difference_views  # noqa: PLC0415 (keep start-up fast)

    sources = feed_inputs((old, new))
    if atom is not None:
        refuse_replacing(atom, (old, new), "--atom")
    if atom == "-":
        msg = "the change feed must be a file, not standard output"
        raise click.BadParameter(msg, param_hint="--atom")
    found = difference.diff(*sources)
    if form == "text":
        for line in difference_views.text_lines(found):
            say(line)
    else:
        render = difference_views.json_lines if form == "json" else difference_views.html_lines
        for line in render(found):
            give(line)
    if atom is not None:
        _write_atom(found, atom, now or datetime.now(UTC))
    sys.exit(INVALID if exit_code and found else 0)


def _write_atom(found: difference.FeedDifference, path: str, now: datetime) -> None:
    from airspace_events.views import change_feed, markings  # noqa: PLC0415 (keep start-up fast)

    with atomic_files(path) as (stream,):
        for line in change_feed.atom_lines(found, now):
            stream.write(f"{line}\n".encode())
    held = [
        one for one in found.records if one.after and markings.is_under_embargo(one.after, now)
    ]
    if held:
        say(
            f"{safe(path)}: {counted(len(held), 'record')} left out because of an embargo",
            err=True,
        )
