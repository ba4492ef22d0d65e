"""The command that lists possible duplicates and applies the decisions of a review."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from airspace_events.cli.feed_paths import feed_inputs, feed_paths, refuse_replacing
from airspace_events.cli.instants import instant
from airspace_events.cli.output import INVALID, say
from airspace_events.errors import SettingsError
from airspace_events.feeds.atomic_files import atomic_files
from airspace_events.feeds.header import Feed
from airspace_events.feeds.reading import iter_records, read_feed
from airspace_events.feeds.writing import write_feed
from airspace_events.safe_text import counted, safe
from airspace_events.vocabulary.terms import Likelihood
from airspace_events.vocabulary.word_lists import words_of

if TYPE_CHECKING:
    from airspace_events.dossier.duplicates import PossibleDuplicates
    from airspace_events.models.records import Record

_SHOWN = 5


@click.command(
    help="""List incursions that may be the same, with the reasons for and against.

    Several feeds are compared as if they were one feed. The most likely pairs come first. The
    command makes no decisions. With --review, it writes the pairs to a file, and an editor adds
    the decisions. With --apply, it applies these decisions and writes a new feed. Write - for
    standard input or output.

    Exit codes: 0 done, 1 the decisions cannot be applied, 2 usage error, 3 a file could not be
    read or written, or a feed is not valid.
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
@click.option(
    "--review",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the undecided pairs to this new TOML file, for an editor to review.",
)
@click.option(
    "--apply",
    "decided",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Apply the decisions in this TOML file to one FEED, and write a new feed.",
)
@click.option(
    "-o", "--output", type=click.Path(dir_okay=False), help="With --apply: the feed to write."
)
@click.option(
    "--now",
    type=instant,
    help="With --apply: the instant at which the decisions were made. Default: the current time.",
)
def duplicates(  # noqa: PLR0913 (one for each option)
    *,
    feeds: tuple[str, ...],
    least: Likelihood,
    review: Path | None,
    decided: Path | None,
    output: str | None,
    now: datetime | None,
) -> None:
    if decided is not None:
        if review is not None or output is None or len(feeds) != 1:
            msg = "--apply needs one FEED and --output, and cannot be used with --review"
            raise click.UsageError(msg)
        refuse_replacing(output, [str(decided)], "--output")
        _apply(decided, feeds[0], output, now or datetime.now(UTC))
        return
    if output is not None or now is not None:
        msg = "--output and --now need --apply"
        raise click.UsageError(msg)
    if review is not None and review.exists():
        msg = f"{safe(str(review))} may already contain decisions; give the name of a new file"
        raise click.UsageError(msg)
    from airspace_events.dossier.dossier import Dossier  # noqa: PLC0415 (keep start-up fast)

    found = Dossier(_records(feeds)).possible_duplicates(least=least)
    if review is None:
        _list(found)
    else:
        _write_review(found, review)


def _write_review(found: PossibleDuplicates, review: Path) -> None:
    from airspace_events.dossier.review import review_lines  # noqa: PLC0415 (keep start-up fast)

    with atomic_files(review) as (stream,):
        stream.writelines(f"{line}\n".encode() for line in review_lines(found.pairs))
    number = sum(pair.decided is None for pair in found.pairs)
    say(f"{safe(str(review))}: {counted(number, 'pair')} to review", err=True)


def _apply(decided: Path, source: str, target: str, at: datetime) -> None:
    from airspace_events.dossier import review  # noqa: PLC0415 (keep start-up fast)
    from airspace_events.dossier.histories import Histories  # noqa: PLC0415

    feed = read_feed(feed_inputs([source])[0])
    histories = Histories((one, one) for one in feed.records)
    try:
        given = review.read_review(decided.read_bytes(), decided.name, histories, at)
    except SettingsError as error:
        raise click.UsageError(str(error)) from None
    if given.problems:
        for problem in given.problems:
            say(f"{safe(str(decided))}: {safe(problem)}", err=True)
        say(f"{counted(len(given.problems), 'problem')}; no feed was written", err=True)
        sys.exit(INVALID)
    changed = review.revised(given, histories, at)
    header = feed.header.replace(generated_at=at) if feed.header.generated_at else feed.header
    write_feed(
        Feed(header, (*feed.records, *changed)), sys.stdout.buffer if target == "-" else target
    )
    words = Counter(each.word for each in given.decisions)
    numbers = ", ".join(f"{words[word]} {word}" for word in review.WORDS)
    say(f"{counted(len(changed), 'incursion')} revised: {numbers}", err=True)


def _records(feeds: tuple[str, ...]) -> Iterator[Record]:
    for feed in feed_inputs(feed_paths(feeds)):
        yield from iter_records(feed)


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
