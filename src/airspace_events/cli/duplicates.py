"""The command ``duplicates``."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, NoReturn

import click

from airspace_events.cli.feed_paths import feed_paths
from airspace_events.cli.output import UNREADABLE, say
from airspace_events.errors import AirspaceEventsError, DuplicateRecordError, FeedError
from airspace_events.feeds.reading import iter_records
from airspace_events.safe_text import counted, safe
from airspace_events.vocabulary.terms import Likelihood
from airspace_events.vocabulary.word_lists import words_of

if TYPE_CHECKING:
    from airspace_events.dossier.dossier import Dossier
    from airspace_events.dossier.duplicates import PossibleDuplicates
    from airspace_events.models.records import Record

_SHOWN = 5


@click.command(
    help="""List incursions that may be the same, with the reasons for and against.

    Several feeds are compared as one. The most likely pairs come first. The command decides
    nothing: an editor decides, and records the decision.

    Exit codes: 0 done, 2 usage error, 3 a feed could not be read or is not valid.
    """,
)
@click.argument("feeds", nargs=-1, required=True, metavar="FEED...")
@click.option(
    "--least",
    type=click.Choice(words_of(Likelihood)),
    default="very_unlikely",
    show_default=True,
    help="The lowest likelihood to list.",
)
def duplicates(*, feeds: tuple[str, ...], least: Likelihood) -> None:
    _list(_dossier_of(feeds).possible_duplicates(least=least))


def _dossier_of(feeds: tuple[str, ...]) -> Dossier:
    """Return the records of all feeds, or exit if a feed is not valid."""
    from airspace_events.dossier.dossier import Dossier  # noqa: PLC0415 (keep start-up fast)

    try:
        return Dossier(_records(feeds))
    except (FeedError, DuplicateRecordError) as error:
        _exit(error)


def _records(feeds: tuple[str, ...]) -> Iterator[Record]:
    for feed in feed_paths(feeds):
        yield from iter_records(sys.stdin.buffer if feed == "-" else feed)


def _exit(error: AirspaceEventsError) -> NoReturn:
    say(f"airspace-events: {safe(str(error))}", err=True)
    sys.exit(UNREADABLE)


def _list(found: PossibleDuplicates) -> None:
    for pair in found.pairs:
        say(f"{pair}\n")
    for group in found.groups:
        say(f"likely the same: {', '.join(one.id for one in group)}")
    pairs = counted(len(found.pairs), "possible pair")
    say(f"{pairs}, {counted(len(found.groups), 'group')}", err=True)
    if found.not_compared:
        number = counted(len(found.not_compared), "incursion")
        say(
            f"not compared: {number} with a time that is unknown or longer than 62 days, or with "
            f"more than 1,000 others at that time: {', '.join(found.not_compared[:_SHOWN])}"
            f"{', ...' if len(found.not_compared) > _SHOWN else ''}",
            err=True,
        )
