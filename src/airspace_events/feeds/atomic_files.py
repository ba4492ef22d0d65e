"""Writes files whole or not at all: beside their targets, which they replace at the end."""

import gzip
import io
import os
import stat
from collections.abc import Generator
from contextlib import contextmanager, suppress
from errno import EACCES, EISDIR
from functools import partial
from os import PathLike, fspath
from pathlib import Path
from typing import IO, Any, cast

from typing_extensions import Buffer

from airspace_events.errors import UnwritableError
from airspace_events.feeds.streams import reason_of, writing_to

_OPEN_ALREADY = ("/dev/stdout", "/dev/stderr", "/dev/fd/", "/proc/")
"""How names begin that lead to a stream which is open already."""

_ACCESS_LIST = "system.posix_acl_access"

_unfinished: set[Path] = set()
"""The files of this process that have not replaced their targets yet."""


@contextmanager
def atomic_files(*targets: str | PathLike[str]) -> Generator[tuple[IO[bytes], ...]]:
    """Open files for writing that replace their targets when all of them are written.

    Until then the targets stay as they were. If anything fails, also if the disk is full or the
    program is interrupted, nothing of the new files is left.

    A target that ends with ``.gz`` is gzipped. The new file keeps the mode and the access list
    of the old one, and its owner and group where the system allows it; a new file has the mode
    that the umask leaves. A symbolic link stays, and the file that it leads to is replaced. A
    hard link is broken: the other names keep the old file. What cannot be replaced is written
    directly, without truncating it: a device, a pipe, ``/dev/stdout``.

    Raises:
        UnwritableError: a file cannot be written or replaced, or its folder takes no new file.
        BrokenPipeError: the target is a pipe, and its reader is gone.
    """
    files = [_AtomicFile(fspath(target)) for target in targets]
    try:
        yield tuple(file.open() for file in files)
        for file in files:
            file.finish()
        for file in files:
            file.replace()
    finally:
        for file in files:
            file.discard()


def remove_unfinished() -> None:
    """Remove every file that has not replaced its target, before a process ends at once."""
    for part in tuple(_unfinished):
        _remove(part)


def _remove(part: Path) -> None:
    with suppress(OSError):
        part.unlink(missing_ok=True)
    _unfinished.discard(part)


class _AtomicFile:
    """A file that is written beside its target."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._stream: io.BufferedWriter | None = None
        self._packed: gzip.GzipFile | None = None
        self._target: Path | None = None
        self._part: Path | None = None

    def open(self) -> IO[bytes]:
        """Open the file that is written; the target stays as it is."""
        with writing_to(self._name):
            old = _status(self._name)
            if _is_replaceable(self._name, old):
                raw = self._open_part(old)
            else:
                raw = _Raw(self._name, self._name, "a")
            self._stream = io.BufferedWriter(raw)
            if old is not None and self._target is not None:
                if not os.access(self._target, os.W_OK):
                    raise PermissionError(EACCES, os.strerror(EACCES))
                _keep_access(self._target, old, raw.fileno())
        if not self._name.lower().endswith(".gz"):
            return self._stream
        # No name and no time inside, so that equal feeds give equal files.
        self._packed = gzip.GzipFile("", "wb", fileobj=self._stream, mtime=0)
        return cast("IO[bytes]", self._packed)

    def _open_part(self, old: os.stat_result | None) -> "_Raw":
        self._target = Path(os.path.realpath(self._name))
        # The target may have as long a name as there can be.
        self._part = self._target.with_name(f".{os.urandom(8).hex()}.part")
        _unfinished.add(self._part)
        opener = partial(os.open, mode=0o666 if old is None else 0o600)
        try:
            return _Raw(self._name, self._part, "x", opener)
        except OSError as error:
            reason = f"its folder takes no new file ({reason_of(error)})"
            raise UnwritableError(self._name, reason) from error

    def finish(self) -> None:
        """Write what is still in memory, down to the disk."""
        if self._packed is not None:
            self._packed.close()
        if self._stream is not None:
            with writing_to(self._name):
                self._stream.flush()
                if self._part is not None:
                    os.fsync(self._stream.fileno())
                self._stream.close()

    def replace(self) -> None:
        """Put the new file in the place of the target."""
        if self._part is not None and self._target is not None:
            with writing_to(self._name):
                self._part.replace(self._target)

    def discard(self) -> None:
        """Close the file, and remove it unless it has replaced its target."""
        for stream in (self._packed, self._stream):
            if stream is not None:
                with suppress(OSError, ValueError):
                    stream.close()
        if self._part is not None:
            _remove(self._part)


class _Raw(io.FileIO):
    """A file that says in its errors which target could not be written."""

    def __init__(self, target: str, path: str | Path, mode: str, opener: Any = None) -> None:
        super().__init__(path, mode, opener=opener)
        self._target = target

    def write(self, data: Buffer, /) -> int:
        with writing_to(self._target):
            return super().write(data)


def _status(name: str) -> os.stat_result | None:
    """Return the status of a target, or None if there is none yet.

    Raises:
        IsADirectoryError: it is a folder, or named like one.
    """
    try:
        old = Path(name).stat()
    except FileNotFoundError:
        old = None
    if name.endswith(("/", os.sep)) or (old is not None and stat.S_ISDIR(old.st_mode)):
        raise IsADirectoryError(EISDIR, os.strerror(EISDIR))
    return old


def _is_replaceable(name: str, old: os.stat_result | None) -> bool:
    if name.startswith(_OPEN_ALREADY):
        return False
    return old is None or stat.S_ISREG(old.st_mode)


def _keep_access(target: Path, old: os.stat_result, new: int) -> None:
    """Let nobody read or write a new file who could not read or write the old one.

    Args:
        target: the old file.
        old: its status.
        new: the descriptor of the new file, which is still closed to everybody else.
    """
    if not hasattr(os, "fchown"):  # Windows, where a new file has the access list of its folder
        return
    try:
        os.fchown(new, old.st_uid, old.st_gid)
    except OSError:
        with suppress(OSError):
            os.fchown(new, -1, old.st_gid)
    mode = stat.S_IMODE(old.st_mode)
    if os.fstat(new).st_gid != old.st_gid:
        # Each of the two groups is now among the others, and the others among its group.
        shared = mode >> 3 & mode & 0o7
        mode = mode & 0o7700 | shared << 3 | shared
    if hasattr(os, "setxattr"):
        _keep_access_list(target, new)
    if stat.S_IMODE(os.fstat(new).st_mode) != mode:
        os.fchmod(new, mode)


def _keep_access_list(target: Path, new: int) -> None:
    """Give a new file the POSIX access control list of another, or none if that has none."""
    try:
        entries = os.getxattr(target, _ACCESS_LIST)
    except OSError:
        # A folder may have given its own to the new file.
        with suppress(OSError):
            os.removexattr(new, _ACCESS_LIST)
    else:
        os.setxattr(new, _ACCESS_LIST, entries)
