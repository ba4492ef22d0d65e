"""The command that writes a page for readers."""

from __future__ import annotations

from datetime import datetime

import click

from airspace_events.cli.feed_paths import feed_inputs, feed_paths, refuse_replacing
from airspace_events.cli.instants import instant
from airspace_events.cli.output import give, say
from airspace_events.feeds.atomic_files import atomic_files
from airspace_events.feeds.reading import read_feed
from airspace_events.safe_text import counted, safe


@click.command(
    help="""Write a page for readers, with a map, a timeline, filters and a table of the incidents.

    The page is a single HTML file that loads nothing from the network, so you can publish, embed
    or mail it. Several feeds become one page. Records under embargo, and records with a TLP label
    other than TLP:CLEAR, are left out, and the page says how many. Write - for standard
    input or output.

    Exit codes: 0 done, 2 usage error, 3 a file could not be read or written, or a feed is not
    valid.
    """,
)
@click.argument("feeds", nargs=-1, required=True, metavar="FEED...")
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(dir_okay=False),
    help="The HTML file to write.",
)
@click.option("--title", help="The title of the page, instead of the title of the feed.")
@click.option(
    "--include-restricted",
    is_flag=True,
    help="Include records under embargo, and records with a TLP label other than TLP:CLEAR.",
)
@click.option(
    "--now",
    type=instant,
    help="Use this instant as the current time when checking embargoes.",
)
def page(
    *,
    feeds: tuple[str, ...],
    output: str,
    title: str | None,
    include_restricted: bool,
    now: datetime | None,
) -> None:
    from airspace_events.dossier.dossier import Dossier  # noqa: PLC0415 (keep start-up fast)
    from airspace_events.views.page.document import page_html  # noqa: PLC0415

    paths = list(feed_paths(feeds))
    refuse_replacing(output, paths, "--output")
    read = [read_feed(feed) for feed in feed_inputs(paths)]
    dossier = Dossier(record for feed in read for record in feed.records)
    text = page_html(
        dossier,
        [feed.header for feed in read],
        title=title,
        include_restricted=include_restricted,
        now=now,
    )
    if output == "-":
        give(text, end="")
        return
    with atomic_files(output) as (stream,):
        stream.write(text.encode())
    size = f"{len(text.encode()) / 1_000:,.0f} kB"
    incursions = counted(sum(record.type == "incursion" for record in dossier), "incursion")
    records = f"{counted(len(dossier), 'record')} with {incursions}"
    say(f"{safe(output)}: {records}, {size}", err=True)
