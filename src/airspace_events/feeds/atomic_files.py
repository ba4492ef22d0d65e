"""Atomic files: temporary files that replace their targets only when completely written."""

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
"""Prefixes of the paths that the system uses for streams that are already open."""

_ACCESS_LIST = "system.posix_acl_access"

_unfinished: set[Path] = set()
"""The temporary files of this process that have not replaced their targets yet."""


@contextmanager
def atomic_files(*targets: str | PathLike[str]) -> Generator[tuple[IO[bytes], ...]]:
    """Open new files for writing. They replace their targets once all files are complete.

    Until then the targets do not change. If anything fails, no new file remains, even if the disk
    is full or the program is interrupted. A target that ends with ``.gz`` is gzipped. A file that
    replaces an existing file keeps its mode and access list, and its owner and group if the system
    allows it. Any other file gets the default mode from the umask. A symbolic link is kept, and
    its target is replaced. A hard link is broken: the other names keep the old file. A target that
    cannot be replaced, such as a device, a pipe or ``/dev/stdout``, is written directly and is not
    truncated.

    Raises:
        UnwritableError: a file cannot be written or replaced, or no file can be created in its
            folder.
        BrokenPipeError: the target is a pipe, and its reader has closed it.
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
    """Remove all temporary files that have not replaced their targets, before a forced exit."""
    for part in tuple(_unfinished):
        _remove(part)


def _remove(part: Path) -> None:
    with suppress(OSError):
        part.unlink()
    _unfinished.discard(part)


class _AtomicFile:
    """A temporary file in the same folder as its target."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._stream: io.BufferedWriter | None = None
        self._packed: gzip.GzipFile | None = None
        self._target: Path | None = None
        self._part: Path | None = None

    def open(self) -> IO[bytes]:
        """Open the temporary file for writing without changing the target."""
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
        # The gzip header has no name and no time, so equal feeds give equal files.
        self._packed = gzip.GzipFile("", "wb", fileobj=self._stream, mtime=0)
        return cast("IO[bytes]", self._packed)

    def _open_part(self, old: os.stat_result | None) -> "_Raw":
        self._target = Path(os.path.realpath(self._name))
        # The name of the target may have the maximum length already, so the temporary name does
        # not contain it.
        self._part = self._target.with_name(f".{os.urandom(8).hex()}.part")
        _unfinished.add(self._part)
        opener = partial(os.open, mode=0o666 if old is None else 0o600)
        try:
            return _Raw(self._name, self._part, "x", opener)
        except OSError as error:
            reason = f"no file can be created in its folder ({reason_of(error)})"
            raise UnwritableError(self._name, reason) from error

    def finish(self) -> None:
        """Write all buffered data to the disk."""
        if self._packed is not None:
            self._packed.close()
        if self._stream is not None:
            with writing_to(self._name):
                self._stream.flush()
                if self._part is not None:
                    os.fsync(self._stream.fileno())
                self._stream.close()

    def replace(self) -> None:
        """Replace the target with the new file."""
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
    """A file that reports the name of its target when a write fails."""

    def __init__(self, target: str, path: str | Path, mode: str, opener: Any = None) -> None:
        super().__init__(path, mode, opener=opener)
        self._target = target

    def write(self, data: Buffer, /) -> int:
        with writing_to(self._target):
            return super().write(data)


def _status(name: str) -> os.stat_result | None:
    """Return the status of a target, or None for a new file; reject a folder or a final slash."""
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
    """Give the new file the same access rights as the old file, or fewer.

    Initially, only its owner can open the new file.
    """
    if not hasattr(os, "fchown"):  # on Windows a new file gets the access list of its folder
        return
    try:
        os.fchown(new, old.st_uid, old.st_gid)
    except OSError:
        with suppress(OSError):
            os.fchown(new, -1, old.st_gid)
    mode = stat.S_IMODE(old.st_mode)
    if os.fstat(new).st_gid != old.st_gid:
        # The old and the new file have different groups. A member of only one group is in the
        # class "others" for the other file, so both classes get only their common rights.
        shared = mode >> 3 & mode & 0o7
        mode = mode & 0o7700 | shared << 3 | shared
    if hasattr(os, "setxattr"):
        _keep_access_list(target, new)
    if stat.S_IMODE(os.fstat(new).st_mode) != mode:
        os.fchmod(new, mode)


def _keep_access_list(target: Path, new: int) -> None:
    try:
        entries = os.getxattr(target, _ACCESS_LIST)
    except OSError:
        # The new file may have inherited the list of its folder.
        with suppress(OSError):
            os.removexattr(new, _ACCESS_LIST)
    else:
        os.setxattr(new, _ACCESS_LIST, entries)
