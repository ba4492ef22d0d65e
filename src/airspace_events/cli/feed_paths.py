"""Resolution of command-line arguments to feeds, including the files in folders."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from airspace_events.errors import UnreadableError

FEED_ENDINGS = (".jsonl", ".ndjson", ".json")
"""The suffixes of feeds in a folder, which may also end with ``.gz``."""


def feed_paths(names: Iterable[str]) -> Iterator[str]:
    """Yield the paths of feeds in the order of the command line, sorted within each folder.

    A folder stands for the feeds in the folder and its subfolders, except hidden files. Patterns
    such as ``feeds/*.jsonl`` are expanded earlier, by the shell; on Windows, click does it.

    Raises:
        UnreadableError: a folder has no feed.
    """
    for name in names:
        path = Path(name)
        if path.is_dir():
            found = sorted(map(str, _feeds_in(path)))
            if not found:
                endings = ", ".join(FEED_ENDINGS)
                raise UnreadableError(name, f"the folder has no feed; a feed ends with {endings}")
            yield from found
        else:
            yield name


def _feeds_in(folder: Path) -> Iterator[Path]:
    for path in folder.rglob("*"):
        is_hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        name = path.name.lower().removesuffix(".gz")
        if name.endswith(FEED_ENDINGS) and not is_hidden and path.is_file():
            yield path


def is_same_file(path: str, other: str) -> bool:
    """Return whether two paths lead to the same existing file."""
    try:
        return Path(path).samefile(other)
    except (OSError, ValueError):
        return False
