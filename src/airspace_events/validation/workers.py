"""Check large files with several processes. The report is the same as with one process.

A JSON Lines file is divided into spans of whole lines. Each worker parses and checks the records
of every n-th span. The main process compares records with each other, span by span in the order of
the file, so the result does not depend on the speed of the workers.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from functools import lru_cache, partial
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from os import PathLike
from pathlib import Path
from threading import Thread
from typing import Any, NamedTuple, TypeAlias, TypeGuard

from airspace_events.errors import UnreadableError
from airspace_events.feeds.framing import Limits, frames_of_lines, is_json_lines
from airspace_events.feeds.locating import RawRecord
from airspace_events.feeds.reading import read_entries, read_lines
from airspace_events.feeds.streams import ByteStream, FeedInput, reason_of, section
from airspace_events.validation.facts import Facts
from airspace_events.validation.notices import Gathered, NoticeCollector
from airspace_events.validation.record_check import RecordCheck, Unreadable

_SPAN = 2 << 20
# Below this size, starting processes costs more than it saves. A fork costs less than a new
# interpreter.
_CAN_FORK = "fork" in multiprocessing.get_all_start_methods()
_WORTH_SHARING = (4 if _CAN_FORK else 40) << 20

_Worker: TypeAlias = "tuple[BaseProcess, Connection[Any, Any]]"


class Span(NamedTuple):
    """A span of whole lines of a file.

    Attributes:
        path: the file.
        start: the offset of the first line.
        end: the offset after the last line.
        version: values that identify the file and its state, to detect changes.
    """

    path: str
    start: int
    end: int
    version: tuple[int, ...]


class Sharing(NamedTuple):
    """The parameters that all workers share.

    Attributes:
        file: the name of the feed.
        check: the checker of entries.
        limits: the size limits of the reader.
        per_code: the maximum number of listed notices of one code.
    """

    file: str
    check: RecordCheck
    limits: Limits
    per_code: int


class SpanFindings(NamedTuple):
    """The findings in a span, with line numbers relative to the start of the span.

    Attributes:
        gathered: the notices and the numbers of records.
        facts: the facts of each record that other records need, with the line of the record.
        lines: the number of lines in the span.
    """

    gathered: Gathered
    facts: list[tuple[int, Facts | Unreadable]]
    lines: int


def is_worth_sharing(source: FeedInput, limits: Limits) -> TypeGuard[str | PathLike[str]]:
    """Return whether a feed is a JSON Lines file that is large enough for several processes."""
    if not isinstance(source, str | PathLike) or not Path(source).is_file():
        return False
    size = Path(source).stat().st_size
    if size < _WORTH_SHARING or size > limits.unpacked_bytes:
        return False
    try:
        with section(source, 0, size) as stream:
            return is_json_lines(stream, limits)
    except OSError:
        return False


def share(
    source: str | PathLike[str], workers: int, sharing: Sharing
) -> Generator[tuple[Span, SpanFindings]]:
    """Check a file with several processes, and yield their findings in the order of the file.

    Raises:
        UnreadableError: the file changed, or a worker was killed, for example for lack of memory.
    """
    spans = list(_spans(str(source)))
    workers = min(workers, len(spans), _processors())
    started: list[_Worker] = []
    try:
        started.extend(_start(spans[number::workers], sharing) for number in range(workers))
        for number, span in enumerate(spans):
            yield span, _received(*started[number % workers], sharing.file)
    finally:
        for process, connection in started:
            connection.close()
            # A forked process may have inherited handlers for other signals, so only SIGKILL is
            # certain to end the process.
            process.kill()
            process.join()


def _processors() -> int:
    """Return the number of processors that this process may use.

    More workers than processors do not make the check faster, and each worker takes 35 MB of
    memory.
    """
    if sys.platform == "linux":
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _received(process: BaseProcess, connection: Connection[Any, Any], file: str) -> SpanFindings:
    try:
        findings = connection.recv()
    except (EOFError, OSError) as error:
        process.join()
        reason = (
            f"a worker process ended unexpectedly (exit code {process.exitcode}); try again "
            "with one worker"
        )
        raise UnreadableError(file, reason) from error
    if isinstance(findings, SpanFindings):
        return findings
    raise findings


def _spans(path: str) -> Iterator[Span]:
    """Yield spans of whole lines, about `_SPAN` bytes each."""
    _, _, size, _ = version = _version(path)
    start = 0
    with Path(path).open("rb") as file:
        while start < size:
            file.seek(min(start + _SPAN, size))
            while (line := file.readline(_SPAN)) and not line.endswith(b"\n"):
                pass
            yield Span(path, start, file.tell(), version)
            start = file.tell()


def _version(path: str) -> tuple[int, int, int, int]:
    status = Path(path).stat()
    return status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns


@contextmanager
def _opened(span: Span) -> Generator[ByteStream]:
    """Open a span; raise `UnreadableError` if the file is missing or has changed."""
    path, start, end, version = span
    try:
        with section(path, start, end) as stream:
            yield stream
        if _version(path) == version:
            return
    except UnreadableError:
        raise
    except OSError as error:
        raise UnreadableError(path, reason_of(error)) from error
    reason = "the file changed during the check; run the check again, or check a copy of the file"
    raise UnreadableError(path, reason)


def _start(spans: list[Span], sharing: Sharing) -> _Worker:
    context: Any = multiprocessing.get_context("fork" if _CAN_FORK else "spawn")
    receiving, sending = context.Pipe(duplex=False)
    process = context.Process(target=_work, args=(spans, sharing, sending), daemon=True)
    process.start()
    sending.close()
    return process, receiving


def _work(spans: list[Span], sharing: Sharing, sending: Connection[Any, Any]) -> None:
    Thread(target=_end_with_parent, daemon=True).start()
    # The parent process handles keyboard interrupts, and then ends this process.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    try:
        for span in spans:
            sending.send(_look_at(span, sharing))
    except BrokenPipeError:
        return
    except Exception as error:  # noqa: BLE001 (the parent raises it)
        sending.send(error)


def _end_with_parent() -> None:
    """End this process when its parent ends.

    The pipe may stay open after the parent ends, because forked processes inherit its reading end.
    """
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
    os._exit(1)


def _look_at(span: Span, sharing: Sharing) -> SpanFindings:
    collector = NoticeCollector(sharing.per_code, sharing.check.settings)
    facts: list[tuple[int, Facts | Unreadable]] = []
    with _opened(span) as stream:
        read = read_lines if span.start else read_entries
        entries = read(stream, sharing.limits)
        for entry, tells, _ in sharing.check.check(entries, sharing.file, collector):
            if tells is not None and entry.raw is not None:
                facts.append((entry.raw.line, tells))
    return SpanFindings(collector.taken(), facts, _count_lines(span))


def _count_lines(span: Span) -> int:
    with _opened(span) as stream:
        return sum(chunk.count(b"\n") for chunk in iter(partial(stream.read, _SPAN), b""))


def raw_record(span: Span, limits: Limits, line: int) -> RawRecord:
    """Read the record on a line of a span again, to locate a problem that the parent found."""
    return _raw_records(span, limits)[line]


@lru_cache(maxsize=2)
def _raw_records(span: Span, limits: Limits) -> dict[int, RawRecord]:
    with _opened(span) as stream:
        frames = frames_of_lines(stream, limits)
        return {frame.line: frame for frame in frames if isinstance(frame, RawRecord)}
