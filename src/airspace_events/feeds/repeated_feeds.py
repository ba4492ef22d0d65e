"""Find feeds that are given more than once, as the same file or as a copy."""

import os
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from hashlib import file_digest
from os import PathLike
from pathlib import Path
from stat import S_ISREG

from airspace_events.feeds.streams import FeedInput


def repeated_feeds(feeds: Sequence[FeedInput]) -> dict[int, int]:
    """Map the position of each repeated feed to the position of the feed that it repeats.

    A feed repeats another if it is the same stream, the same file, or a file with the same bytes.
    Only files with equal sizes are read.
    """
    stats = [_stat(feed) for feed in feeds]
    sizes = Counter(stat.st_size for stat in stats if stat is not None)
    first: dict[object, int] = {}
    repeated: dict[int, int] = {}
    for at, (feed, stat) in enumerate(zip(feeds, stats, strict=True)):
        for sign in _signs(feed, stat, sizes):
            if first.setdefault(sign, at) != at:
                repeated[at] = first[sign]
                break
    return repeated


def _stat(feed: FeedInput) -> os.stat_result | None:
    with suppress(OSError, ValueError):
        return Path(feed).stat() if isinstance(feed, str | PathLike) else None
    return None


def _signs(feed: FeedInput, stat: os.stat_result | None, sizes: Counter[int]) -> Iterator[object]:
    """Yield keys of a feed; if two feeds have a key in common, one repeats the other."""
    if not isinstance(feed, str | PathLike):
        yield id(feed)
    elif stat is not None:
        yield stat.st_dev, stat.st_ino
        if S_ISREG(stat.st_mode) and stat.st_size and sizes[stat.st_size] > 1:
            with suppress(OSError), Path(feed).open("rb") as file:
                yield file_digest(file, "sha256").digest()
