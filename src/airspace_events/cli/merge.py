"""The command that merges feeds or splits a merged feed."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import click
from pydantic import ValidationError

from airspace_events.cli.feed_paths import feed_inputs, refuse_replacing
from airspace_events.cli.output import INVALID, say
from airspace_events.comparing import merging
from airspace_events.comparing.parts import entry_of
from airspace_events.errors import MergeError, UnwritableError
from airspace_events.feeds.header import Feed
from airspace_events.feeds.streams import FeedInput, reason_of
from airspace_events.feeds.writing import write_feed
from airspace_events.formats import FORMATS
from airspace_events.formats.json_feeds import JSON_LINES
from airspace_events.safe_text import counted, safe

_MOST_SHOWN = 20


@click.command(
    help="""Merge feeds into one feed OUT, or split a merged feed with --split.

    A record in several feeds is written once, and all revisions are kept. Each record names the
    feeds that it comes from. If feeds contradict each other, the command lists each contradiction
    and writes nothing. Write - for standard input or output.

    Exit codes: 0 done, 1 a feed is not valid, or feeds contradict each other, 2 usage error, 3 a
    file could not be read or written.
    """,
)
@click.argument("feeds", nargs=-1, required=True, metavar="FEED...")
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(),
    help="The file to write or, with --split, the folder.",
)
@click.option(
    "--prefix",
    "prefixes",
    multiple=True,
    metavar="FEED=PREFIX",
    help="Put PREFIX and a hyphen before all ids of FEED, and before all references to them.",
)
@click.option(
    "--license",
    "licence",
    help="The licence of the merged feed; required if the licences of the feeds differ.",
)
@click.option(
    "--split",
    is_flag=True,
    help="Split the merged FEED into its original feeds, and write them to the folder --output.",
)
def merge(
    *,
    feeds: tuple[str, ...],
    output: str,
    prefixes: tuple[str, ...],
    licence: str | None,
    split: bool,
) -> None:
    sources = feed_inputs(feeds)
    if not split:
        refuse_replacing(output, feeds, "--output")
        _check_format(output)
    try:
        if split:
            if len(feeds) > 1 or prefixes or licence:
                msg = "--split takes a single feed, and cannot be used with --prefix or --license"
                raise click.UsageError(msg)
            _write_parts(sources[0], output)
            return
        merged = merging.merge(*sources, prefixes=_prefixes(feeds, prefixes), license=licence)
    except MergeError as error:
        for problem in error.problems:
            say(safe(problem), err=True)
        found = counted(len(error.problems), "problem")
        say(f"{found}; the feeds were not {'split' if split else 'merged'}", err=True)
        sys.exit(INVALID)
    except ValidationError:
        msg = "the licence must have 1 to 500 characters"
        raise click.BadParameter(msg, param_hint="--license") from None
    write_feed(merged, sys.stdout.buffer if output == "-" else output)
    for line in _notes(merged, datetime.now(UTC)):
        say(line, err=True)


def _check_format(output: str) -> None:
    for form in FORMATS.values():
        if output.lower().endswith(form.suffixes) and form.name != JSON_LINES.name:
            msg = (
                f"{safe(output)} has the suffix of {form.title}, but the merged feed is JSON Lines"
            )
            raise click.BadParameter(msg, param_hint="--output")


def _prefixes(feeds: Sequence[str], given: Sequence[str]) -> list[str]:
    """Return one prefix for each feed; it is empty for a feed without a prefix."""
    found: dict[str, str] = {}
    for text in given:
        feed, _, prefix = text.rpartition("=")
        if feed not in feeds or feed in found:
            known = ", ".join(map(safe, feeds))
            msg = (
                f"{safe(text)} must have the form FEED=PREFIX; FEED must be one of these feeds, "
                f"each given at most once: {known}"
            )
            raise click.BadParameter(msg, param_hint="--prefix")
        try:
            merging.check_prefix(prefix)
        except ValueError as error:
            raise click.BadParameter(safe(str(error)), param_hint="--prefix") from None
        found[feed] = prefix
    return [found.get(feed, "") for feed in feeds]


def _notes(merged: Feed, now: datetime) -> list[str]:
    entries = [entry_of(one) or {} for one in merged.records]
    feeds = sum("header" in entry for entry in entries)
    shared = sum(len(entry.get("parts", ())) > 1 for entry in entries)
    records = counted(len(entries) - feeds, "record")
    merged_feeds = counted(feeds or 1, "feed")
    lines = [f"{merged_feeds} merged: {records}, {shared:,} of them in several feeds"]
    ends = [
        one.marking.embargo_until
        for one in merged.records
        if one.marking and one.marking.embargo_until and now < one.marking.embargo_until
    ]
    if ends:
        until = max(ends).isoformat()
        lines.append(
            f"do not publish before {until}: {counted(len(ends), 'record')} under embargo"
        )
    pairs = list(merging.lookalike_ids(merged))
    for one, other in pairs[:_MOST_SHOWN]:
        lines.append(
            f"{one} and {other} differ only in hyphens; check whether they mean the same thing"
        )
    if len(pairs) > _MOST_SHOWN:
        lines.append(f"and {len(pairs) - _MOST_SHOWN:,} more pairs that differ only in hyphens")
    return lines


def _write_parts(source: FeedInput, folder: str) -> None:
    parts = merging.split(source)
    try:
        Path(folder).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UnwritableError(folder, reason_of(error)) from error
    if old := sorted(path.name for path in Path(folder).glob("feed-*.jsonl")):
        raise UnwritableError(folder, f"the folder already has {old[0]}; choose an empty folder")
    for number, part in enumerate(parts, 1):
        path = Path(folder) / f"feed-{number}.jsonl"
        write_feed(part, path)
        title = part.header.title or part.header.publisher
        named = f" ({title})" if title else ""
        say(safe(f"{path}: {counted(len(part.records), 'record')}{named}"), err=True)
