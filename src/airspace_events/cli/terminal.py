"""Terminal output apart from the report: a progress line, and feed lines below notices."""

import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from airspace_events.cli.output import say
from airspace_events.errors import UnreadableError
from airspace_events.feeds.streams import opened
from airspace_events.safe_text import safe

_LONGEST_LINE = 1 << 20
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_MOST_UNPACKED = 1 << 32
_PERCENT = 100
_FIRST_AFTER, _THEN_EVERY = 1.0, 0.1


class ProgressLine:
    """A progress line on standard error, which is cleared when the check ends."""

    def __init__(self, feeds: tuple[str, ...]) -> None:
        sizes = [_size(feed) for feed in feeds]
        self._total = None if None in sizes else sum(filter(None, sizes))

        self._next = time.monotonic() + _FIRST_AFTER
        self._is_shown = False

    def __call__(self, size: int, records: int) -> None:
        """Show the progress after an initial delay, at most ten times a second.

        Args:
            size: the number of bytes checked.
            records: the number of records checked.
        """
        if time.monotonic() < self._next:
            return
        self._next = time.monotonic() + _THEN_EVERY
        self._is_shown = True
        share = ""
        if self._total:
            share = f"{min(_PERCENT, _PERCENT * size // self._total)}%  "
        say(f"\r{share}{records:,} records", err=True, end="")

    def clear(self) -> None:
        """Clear the progress line."""
        if self._is_shown:
            say("\r\x1b[K", err=True, end="")


def _size(feed: str) -> int | None:
    """Return the size of a feed in bytes, or None if the feed is gzipped or is not a file."""
    path = Path(feed)
    if not path.is_file() or path.suffix == ".gz":
        return None
    return path.stat().st_size


class SourceLines:
    """A reader of the feed lines that a terminal shows below notices.

    Notices come in the order of the feed, so each feed is read only once.
    """

    def __init__(self, feeds: tuple[str, ...]) -> None:
        self._paths = {safe(feed): feed for feed in feeds if Path(feed).is_file()}
        self._at: tuple[str, int] = ("", 0)
        self._lines: Iterator[bytes] = iter(())
        self._line: bytes | None = None

    def __call__(self, file: str, number: int) -> str | None:
        """Return a line of a feed, or None if the feed cannot be read again."""
        path = self._paths.get(file)
        if path is None:
            return None
        if self._at[0] != file or self._at[1] > number:
            self._lines = _lines_of(path)
            self._at = (file, 0)
        ahead = number - self._at[1]
        if ahead:
            self._line = next(islice(self._lines, ahead - 1, None), None)
            self._at = (file, number)
        if self._line is None:
            return None
        return self._line.rstrip(b"\r\n").decode(errors="replace")


def _lines_of(path: str) -> Iterator[bytes]:
    """Yield the lines of a feed, each cut off at the maximum length of a record."""
    try:
        with opened(path, _MOST_UNPACKED) as stream:
            line = stream.readline(_LONGEST_LINE).removeprefix(_BYTE_ORDER_MARK)
            while line:
                rest = line
                while rest and not rest.endswith(b"\n"):
                    rest = stream.readline(_LONGEST_LINE)
                yield line
                line = stream.readline(_LONGEST_LINE)
    except (UnreadableError, OSError, EOFError):
        return
