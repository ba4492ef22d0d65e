"""Feeds on the command line: paths, folders, standard input, and protected files."""

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import click

from airspace_events.errors import UnreadableError
from airspace_events.feeds.streams import FeedInput
from airspace_events.safe_text import safe

FEED_ENDINGS = (".jsonl", ".ndjson", ".json")
"""The suffixes of feed files, each of which may be followed by ``.gz``."""


def feed_paths(names: Iterable[str]) -> Iterator[str]:
    """Yield the paths of feeds in the order of the command line, sorted within each folder.

    A folder stands for the feeds in the folder and its subfolders, except hidden files. Patterns
    such as ``feeds/*.jsonl`` are expanded before this, by the shell or, on Windows, by click.

    Raises:
        UnreadableError: a folder has no feed.
    """
    for name in names:
        path = Path(name)
        if path.is_dir():
            found = sorted(map(str, _feeds_in(path)))
            if not found:
                endings = ", ".join(FEED_ENDINGS)
                msg = f"the folder has no feed; the name of a feed must end with {endings}"
                raise UnreadableError(name, msg)
            yield from found
        else:
            yield name


def _feeds_in(folder: Path) -> Iterator[Path]:
    for path in folder.rglob("*"):
        is_hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        name = path.name.lower().removesuffix(".gz")
        if name.endswith(FEED_ENDINGS) and not is_hidden and path.is_file():
            yield path


def feed_inputs(names: Iterable[str]) -> list[FeedInput]:
    """Return standard input for ``-``, and every other name unchanged.

    Raises:
        click.UsageError: standard input is given more than once.
    """
    names = list(names)
    if names.count("-") > 1:
        msg = "only one of the feeds can be standard input"
        raise click.UsageError(msg)
    return [sys.stdin.buffer if name == "-" else name for name in names]


def refuse_replacing(target: str, kept: Iterable[str], option: str) -> None:
    """Reject an output file that the command reads, or that another option writes.

    Args:
        target: the file to write.
        kept: the files that must not be replaced.
        option: the option that gives the file to write.

    Raises:
        click.BadParameter: the file must not be replaced.
    """
    if any(_is_same_file(target, file) for file in kept):
        msg = f"this would replace {safe(target)}; choose another file"
        raise click.BadParameter(msg, param_hint=option)


def _is_same_file(path: str, other: str) -> bool:
    """Return whether two paths lead to the same file; ``-`` is a standard stream, not a file."""
    if "-" in (path, other):
        return False
    try:
        return Path(path).absolute() == Path(other).absolute() or Path(path).samefile(other)
    except (OSError, ValueError):
        return False
