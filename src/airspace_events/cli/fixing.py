"""The option ``--fix`` of ``validate``."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from difflib import unified_diff
from pathlib import Path

import click

from airspace_events.cli.output import say
from airspace_events.feeds.atomic_files import atomic_files
from airspace_events.safe_text import counted, safe
from airspace_events.validation.fixes import Fixed, fix
from airspace_events.validation.log_escaping import inert
from airspace_events.validation.settings import Settings

_GZIP = b"\x1f\x8b"


def fix_feeds(
    feeds: Sequence[str],
    now: datetime | None,
    settings: Settings,
    *,
    unsafe: bool,
    only_show: bool,
) -> int:
    """Fix feeds in place, or print the fixes as a diff, and return the number of fixes.

    Raises:
        click.UsageError: a feed cannot be fixed, because it is a stream or gzipped.
    """
    for feed in feeds:
        _check_fixable(feed)
    made = 0
    for feed in feeds:
        data = Path(feed).read_bytes()
        fixed = fix(data, unsafe=unsafe, now=now, settings=settings)
        made += fixed.made
        if only_show:
            _print_diff(feed, data, fixed)
        elif fixed.made:
            with atomic_files(feed) as (stream,):
                stream.write(fixed.data)
        done = "would be fixed" if only_show else "fixed"
        hint = ""
        if fixed.unsafe and not unsafe:
            hint = f"; --unsafe-fixes would fix {fixed.unsafe:,} more"
        say(f"{safe(feed)}: {counted(fixed.made, 'problem')} {done}{hint}", err=True)
    return made


def _check_fixable(feed: str) -> None:
    if feed == "-" or Path(feed).is_fifo():
        msg = f"{safe(feed)} is a stream and cannot be fixed; save the feed to a file"
        raise click.UsageError(msg)
    with Path(feed).open("rb") as stream:
        if stream.read(len(_GZIP)) == _GZIP:
            msg = f"{safe(feed)} cannot be fixed while it is gzipped; decompress it first"
            raise click.UsageError(msg)


def _print_diff(feed: str, data: bytes, fixed: Fixed) -> None:
    before, after = (text.decode(errors="replace").split("\n") for text in (data, fixed.data))
    for line in unified_diff(before, after, feed, feed, n=0, lineterm=""):
        say(inert(line))
