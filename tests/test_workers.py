"""Several processes that share a file say what one says, byte for byte, and end when they must."""

import gzip
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from multiprocessing.process import BaseProcess
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import airspace_events as ae
from airspace_events.testing import synthetic_lines
from airspace_events.validation import validator, workers
from airspace_events.validation.references import ReferenceCheck
from airspace_events.validation.rendering import RENDERERS
from damaged_feeds import HEADER, changed_bytes

NOW = datetime(2025, 1, 1, tzinfo=UTC)
LIMITS = ae.Limits(record_bytes=20_000)
SOURCE = b'{"type":"source","id":"s","kind":"news_report","publisher":"UNN","language":"en"}'
INCURSION = (
    b'{"type":"incursion","id":"lv-%d","state":"LV","crossing":"reported",'
    b'"time":{"value":"2024-09-07"},"sources":[{"source":"s"}]}'
)
CLAIM = (
    b'{"type":"statement","id":"said-%d","speakers":["LV"],"made":{"value":"2024-09-08"},'
    b'"about":["lv-%d"],"claims":[{"aspect":"field","fields":["depth","time","objects.x"]}]}'
)
BROKEN = b'{"type":"source","id":"x'

# These tests patch the library in this process. A forked worker has the patch. Without fork, a
# worker is a new interpreter, which loads the library without the patch.
pytestmark = pytest.mark.skipif(
    not workers._CAN_FORK, reason="a worker that is not forked does not have the patches"
)


@pytest.fixture(autouse=True)
def _small_files_are_shared(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "_SPAN", 2_000)
    monkeypatch.setattr(workers, "_WORTH_SHARING", 1)
    monkeypatch.setattr(workers, "_processors", lambda: 64)


def lines_of(n: int = 400, seed: int = 0, bad_share: float = 0.05) -> list[bytes]:
    return [line.rstrip(b"\n") for line in synthetic_lines(n, seed, bad_share)]


def feed(*records: bytes, header: bytes = HEADER) -> bytes:
    return b"\n".join([header, *records, b""])


def with_blank_lines() -> bytes:
    lines = lines_of()
    for at in range(len(lines), 0, -7):
        lines[at:at] = [b"", b" \t"]
    return b"\n".join(lines)


def with_long_lines() -> bytes:
    lines = lines_of()
    for at in range(len(lines), 0, -90):
        lines.insert(at, b'{"type":"source","note":"' + b"x" * 30_000 + b'"}')
    return b"\n".join(lines)


def made_in_disorder() -> bytes:
    header, *lines = lines_of(bad_share=0)
    Random(1).shuffle(lines)  # noqa: S311 (it is to be the same again)
    return feed(*lines, header=header)


FEEDS: dict[str, Callable[[], bytes]] = {
    "synthetic, with faults": lambda: b"\n".join([*lines_of(), b""]),
    "synthetic, without faults": lambda: b"\n".join([*lines_of(bad_share=0), b""]),
    "another, half of it wrong": lambda: b"\n".join([*lines_of(300, 7, 0.5), b""]),
    "blank lines": with_blank_lines,
    "blank lines behind the header": lambda: feed(b"", b"", *lines_of()[1:]),
    "over-long lines": with_long_lines,
    "an over-long last line": lambda: feed(*lines_of()[1:], b"x" * 30_000),
    "nothing but over-long lines": lambda: feed(*[b"x" * 30_000] * 20),
    "a byte-order mark": lambda: b"\xef\xbb\xbf" + b"\n".join(lines_of()),
    "a byte-order mark in the middle": lambda: feed(
        *lines_of()[1:200], b"\xef\xbb\xbf" + SOURCE, *lines_of()[200:]
    ),
    "CRLF": lambda: b"\r\n".join([*lines_of(), b""]),
    "no end of the last line": lambda: b"\n".join(lines_of()),
    "the last line cut short": lambda: b"\n".join(lines_of())[:-60],
    "forward references": lambda: feed(*(INCURSION % n for n in range(300)), SOURCE),
    "references that lead nowhere": lambda: feed(*(INCURSION % n for n in range(300))),
    "any order": made_in_disorder,
    "claims before and after what they are about": lambda: feed(
        *(CLAIM % (n, n % 70) for n in range(150)),
        *(INCURSION % n for n in range(100)),
        SOURCE,
        *((INCURSION % n)[:-1] + b',"revision":%d}' % (n % 4 + 1) for n in range(100)),
        *(CLAIM % (n, n % 70) for n in range(150, 300)),
    ),
    "the same ids again": lambda: feed(SOURCE, *(INCURSION % (n % 50) for n in range(300))),
    "the whole feed twice": lambda: b"\n".join([*lines_of(), *lines_of()]),
    "bytes that are no text": lambda: feed(*lines_of()[1:], *[b'{"id":"\xff"}'] * 50),
    "brackets": lambda: feed(*lines_of()[1:], *[b"[" * 5_000] * 20),
    "a header of another version": lambda: feed(
        *lines_of()[1:], header=HEADER.replace(b"1.0", b"7.0")
    ),
    "a header with a fault": lambda: feed(*lines_of()[1:], header=HEADER[:-1] + b',"x":1}'),
    "no header": lambda: feed(*lines_of()[1:], header=SOURCE),
    "a header only": feed,
    "a NUL behind the first bracket": lambda: b'{\0"type":"feed"}\n' + b"\n".join(lines_of()),
    "a header that is cut short": lambda: feed(*lines_of()[1:], header=HEADER[:-3] + b"}"),
}  # fmt: skip


def reports(
    *sources: Path, workers: tuple[int, ...] = (1, 2, 3), **options: int
) -> list[ae.Report]:
    return [
        ae.validate(*sources, now=NOW, limits=LIMITS, workers=number, **options)
        for number in workers
    ]


def rendered(report: ae.Report) -> dict[str, str]:
    return {form: "\n".join(render(report)) for form, render in RENDERERS.items()}


def assert_the_same(one: ae.Report, *others: ae.Report) -> None:
    said = rendered(one)
    for other in others:
        assert other == one
        assert rendered(other) == said


@pytest.fixture
def shared(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """The feeds that are shared among processes from here on."""
    found: list[object] = []
    share = workers.share

    def seen(source: str, *others: object) -> object:
        found.append(source)
        return share(source, *others)  # type: ignore[arg-type]

    monkeypatch.setattr(validator, "share", seen)
    return found


# The same report.


@pytest.mark.parametrize("make", FEEDS.values(), ids=FEEDS.keys())
def test_the_report_of_several_workers_is_that_of_one(
    make: Callable[[], bytes], tmp_path: Path
) -> None:
    path = tmp_path / "feed.jsonl"
    path.write_bytes(make())
    assert_the_same(*reports(path, workers=(1, 3)))


@pytest.mark.parametrize("span", [1, 90, 100_000_000])
def test_it_is_the_same_wherever_the_file_is_cut(
    span: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "feed.jsonl"
    path.write_bytes(with_blank_lines()[:60_000])
    monkeypatch.setattr(workers, "_SPAN", span)
    assert_the_same(*reports(path))


@pytest.mark.parametrize("per_code", [0, 1, 7])
@pytest.mark.parametrize("name", ["another, half of it wrong", "references that lead nowhere"])
def test_the_same_notices_are_left_out(name: str, per_code: int, tmp_path: Path) -> None:
    path = tmp_path / "feed.jsonl"
    path.write_bytes(FEEDS[name]())
    found = reports(path, notices_per_code=per_code)
    assert_the_same(*found)
    assert any(notice.code == "notices_left_out" for notice in found[0].notices)


def test_the_same_notices_are_left_out_where_many_are_of_one_line(tmp_path: Path) -> None:
    fields = b",".join(b'"k%d":1' % number for number in range(40))
    path = tmp_path / "feed.jsonl"
    path.write_bytes(feed(*[SOURCE[:-1] + b"," + fields + b"}"] * 30))
    assert_the_same(*reports(path, notices_per_code=100))


def test_several_files_are_shared_one_after_the_other(
    tmp_path: Path, shared: list[object]
) -> None:
    lines = lines_of(600, 3, 0.1)
    paths = [tmp_path / f"{number}.jsonl" for number in range(3)]
    for number, path in enumerate(paths):
        path.write_bytes(feed(*lines[1 + number :: 3]))
    assert_the_same(*reports(*paths, notices_per_code=5))
    # Once with two workers, once with three.
    assert shared == paths * 2
    assert_the_same(*reports(paths[0], paths[0]))


def test_records_are_placed_in_the_file_and_not_in_a_span(tmp_path: Path) -> None:
    path = tmp_path / "feed.jsonl"
    path.write_bytes(feed(SOURCE, *(INCURSION % n for n in range(200)), INCURSION % 7, BROKEN))
    last = [
        [(notice.code, notice.line, notice.pointer) for notice in report.notices][-2:]
        for report in reports(path)
    ]
    assert last == [[("duplicate_id", 203, "/id"), ("truncated_record", 204, "")]] * 3


@settings(max_examples=15, deadline=None)
@given(dice=st.randoms(use_true_random=False), per_code=st.sampled_from([1, 5, 1_000]))
def test_any_change_of_a_feed_gives_the_same_report(
    tmp_path_factory: pytest.TempPathFactory, dice: Random, per_code: int
) -> None:
    path = tmp_path_factory.mktemp("feeds") / "feed.jsonl"
    path.write_bytes(changed_bytes(b"\n".join(lines_of(60, dice.randrange(5), 0.1)), dice))
    assert_the_same(*reports(path, workers=(1, 2), notices_per_code=per_code))


# Which files are shared.


def test_lines_are_shared(tmp_path: Path, shared: list[object]) -> None:
    path = tmp_path / "feed.jsonl"
    path.write_bytes(b"\n".join(lines_of()))
    reports(path, workers=(2,))
    assert shared == [path]


def document() -> bytes:
    header, *lines = lines_of()
    return header[:-1] + b',"records":[' + b",".join(lines) + b"]}"


@pytest.mark.parametrize(
    "make",
    [
        lambda: gzip.compress(b"\n".join(lines_of()), mtime=0),
        document,
        lambda: b"\xef\xbb\xbf" + b"\n".join(lines_of()),
        lambda: b"",
        lambda: b"\n\n",
        lambda: "\n".join(["{}"] * 99).encode("utf-16"),
    ],
    ids=["gzip", "document", "byte-order mark", "empty", "blank", "UTF-16"],
)
def test_what_is_not_cut_into_lines_is_read_by_one_process(
    make: Callable[[], bytes], tmp_path: Path, shared: list[object]
) -> None:
    path = tmp_path / "feed"
    path.write_bytes(make())
    assert_the_same(*reports(path))
    assert shared == []


def test_streams_and_small_files_are_read_by_one_process(
    tmp_path: Path, shared: list[object], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.undo()
    path = tmp_path / "feed.jsonl"
    path.write_bytes(b"\n".join(lines_of()))
    with path.open("rb") as stream:
        ae.validate(stream, workers=2)
    ae.validate(path, workers=2)
    assert shared == []


def test_a_feed_over_the_limit_is_told_as_one_process_tells_it(tmp_path: Path) -> None:
    path = tmp_path / "feed.jsonl"
    path.write_bytes(b"\n".join(lines_of()))
    limits = ae.Limits(unpacked_bytes=20_000)
    one, two = (ae.validate(path, now=NOW, limits=limits, workers=n) for n in (1, 2))
    assert_the_same(one, two)
    assert "feed_too_large" in {notice.code for notice in one.notices}


# What goes wrong with workers.


@pytest.mark.parametrize("number", [2, 3])
@pytest.mark.parametrize("when", ["at once", "later"])
def test_a_worker_that_dies_ends_in_an_error(
    number: int, when: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "feed.jsonl"
    path.write_bytes(b"\n".join(lines_of()))
    look_at = workers._look_at

    def dying(span: workers.Span, sharing: workers.Sharing) -> object:
        if when == "at once" or span.start > 50_000:
            os._exit(9)
        return look_at(span, sharing)

    monkeypatch.setattr(workers, "_look_at", dying)

    with pytest.raises(ae.UnreadableError, match="exit code 9"):
        ae.validate(path, workers=number)


def test_what_a_worker_raises_is_raised(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "feed.jsonl"
    path.write_bytes(b"\n".join(lines_of()))

    def failing(*_: object) -> object:
        raise MemoryError

    monkeypatch.setattr(workers, "_look_at", failing)
    with pytest.raises(MemoryError):
        ae.validate(path, workers=2)


@pytest.mark.parametrize(
    ("asked", "spans", "processors"), [(64, 20, 2), (2, 20, 64), (64, 3, 64), (10**9, 20, 2)]
)
def test_each_worker_has_a_processor_and_something_to_do(
    asked: int, spans: int, processors: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "feed.jsonl"
    path.write_bytes(b"\n".join(lines_of()))
    started: list[object] = []
    start = workers._start
    monkeypatch.setattr(workers, "_SPAN", path.stat().st_size // spans)
    monkeypatch.setattr(workers, "_processors", lambda: processors)
    monkeypatch.setattr(workers, "_start", lambda *given: started.append(1) or start(*given))
    assert_the_same(*reports(path, workers=(1, asked)))
    assert len(started) == min(asked, spans, processors)


def test_the_processors_are_those_that_this_process_may_use(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.undo()
    assert 1 <= workers._processors() <= (os.cpu_count() or 1)


def test_no_worker_outlives_its_check(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "feed.jsonl"
    path.write_bytes(b"\n".join(lines_of()))
    started = []
    start = workers._start

    def seen(*given: object) -> object:
        started.append(start(*given))  # type: ignore[arg-type]
        return started[-1]

    def interrupted(*_: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(workers, "_start", seen)
    ae.validate(path, workers=3)
    report = ae.validate(path, workers=3, progress=interrupted)
    assert not report.is_complete
    assert len(started) == 6
    assert not any(process.is_alive() for process, _ in started)


def test_a_worker_that_is_killed_while_it_sends_ends_in_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "feed.jsonl"
    path.write_bytes(b"\n".join(lines_of()))
    monkeypatch.setattr(workers, "_look_at", lambda *_: bytes(50_000_000))
    received = workers._received

    def killed(process: BaseProcess, connection: Any, file: str) -> object:
        # There is something to receive, and there is no room for all of it before it is received.
        assert connection.poll(60)
        os.kill(process.pid or 0, signal.SIGKILL)
        return received(process, connection, file)

    monkeypatch.setattr(workers, "_received", killed)
    with pytest.raises(ae.UnreadableError, match="exit code -9"):
        ae.validate(path, workers=2)


# What goes wrong with the process that started them.

BUSY = "def look_at(*_):\n    say()\n    while True: pass\nworkers._look_at = look_at"
SENDING = "workers._received = lambda *_: (say(), time.sleep(600))"


def in_another_process(path: Path, *changes: str) -> subprocess.Popen[bytes]:
    """Start a program that checks a feed with two workers; `say` tells when to go on."""
    lines = [
        "import os, signal, sys, time",
        "import airspace_events as ae",
        "from airspace_events.validation import workers",
        "workers._SPAN, workers._WORTH_SHARING = 2_000, 1",
        "say = lambda: os.write(1, b'.')",
        # What runs these tests may ignore some signals, and so would what is started.
        "for one in (signal.SIGTERM, signal.SIGHUP): signal.signal(one, signal.SIG_DFL)",
        *changes,
        f"ae.validate({str(path)!r}, workers=2)",
    ]
    return subprocess.Popen(
        [sys.executable, "-c", "\n".join(lines)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )


def rest_of(process: subprocess.Popen[bytes], seconds: float) -> bytes:
    """What a program and all processes that it started print until none of them is left."""
    try:
        return b"".join(process.communicate(timeout=seconds))
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGKILL])
@pytest.mark.parametrize("change", [BUSY, SENDING], ids=["busy", "sending"])
def test_no_worker_outlives_a_killed_parent(change: str, number: int, tmp_path: Path) -> None:
    path = tmp_path / "feed.jsonl"
    path.write_bytes(b"\n".join(lines_of(4_000)))
    process = in_another_process(path, change)
    assert process.stdout is not None
    assert process.stdout.read(1) == b"."
    process.send_signal(number)
    # They have the pipe, too: it has an end when all of them are gone.
    assert rest_of(process, 5).strip(b".") == b""
    assert process.returncode == -number


@pytest.mark.parametrize("handler", ["signal.SIG_IGN", "lambda *_: None"])
def test_no_worker_outlives_its_check_in_a_program_that_handles_signals(
    handler: str, tmp_path: Path
) -> None:
    path = tmp_path / "feed.jsonl"
    path.write_bytes(b"\n".join(lines_of()))
    handled = f"for one in (signal.SIGTERM, signal.SIGINT): signal.signal(one, {handler})"
    failing = "def fail(*_):\n    raise KeyboardInterrupt\nworkers._received = fail"
    process = in_another_process(path, BUSY, handled, failing)
    assert rest_of(process, 30).strip(b".") == b""
    assert process.returncode == 0


# A file that changes.


def replaced(path: Path) -> None:
    other = path.with_name("other")
    other.write_bytes(path.read_bytes())
    other.replace(path)


CHANGES: dict[str, Callable[[Path], object]] = {
    "cut short": lambda path: os.truncate(path, 1_000),
    "written again": lambda path: path.write_bytes(b"\n".join(lines_of(seed=1))),
    "replaced": replaced,
    "longer": lambda path: path.write_bytes(path.read_bytes() + SOURCE),
    "removed": lambda path: path.unlink(),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_file_that_changes_while_it_is_read_is_not_reported(
    change: Callable[[Path], object], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "feed.jsonl"
    path.write_bytes(feed(*(INCURSION % n for n in range(300))))
    changes = [change]
    received = workers._received

    def changing(*given: Any) -> object:
        while changes:
            changes.pop()(path)
        return received(*given)

    monkeypatch.setattr(workers, "_received", changing)
    with pytest.raises(ae.UnreadableError, match=r"the file changed|No such file"):
        ae.validate(path, workers=2)


def test_a_file_that_changed_since_the_last_check_is_read_again(tmp_path: Path) -> None:
    path = tmp_path / "feed.jsonl"
    note, sources = b',"note":"x"', b',"sources":[{"source":"s"}]'
    for number, end in enumerate([note + sources, sources + note]):
        record = INCURSION.replace(sources, end)
        path.write_bytes(feed(*(record % n for n in range(10))))
        os.utime(path, (number, number))
        assert_the_same(*reports(path))


# Interrupted.


@pytest.mark.parametrize("number", [1, 2])
def test_an_interrupt_at_the_end_gives_what_was_found_so_far(
    number: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object) -> object:
        raise KeyboardInterrupt

    path = tmp_path / "feed.jsonl"
    path.write_bytes(b"\n".join(lines_of()))
    monkeypatch.setattr(ReferenceCheck, "at_the_end", interrupted)
    try:
        report = ae.validate(path, workers=number)
    except KeyboardInterrupt:
        pytest.fail("the interrupt ends all tests, if this does not end it")
    assert not report.is_complete
    assert report.notices


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A feed of some 75 MB, which takes a while: the same records again, with other ids."""
    path = tmp_path_factory.mktemp("large") / "large.jsonl"
    header, *lines = synthetic_lines(5_000, 0, 0.05)
    block = b"".join(lines)
    with path.open("wb") as file:
        file.write(header)
        for number in range(25):
            file.write(block.replace(b"syn-", b"syn%d-" % number))
    return path


@pytest.mark.parametrize("number", ["1", "2"])
@pytest.mark.parametrize("is_group", [False, True], ids=["alone", "as a terminal does"])
def test_an_interrupt_ends_with_what_was_found_so_far(
    number: str, large: Path, *, is_group: bool
) -> None:
    arguments = ["-m", "airspace_events", "validate", "--workers", number, "--progress"]
    process = subprocess.Popen(
        [sys.executable, *arguments, str(large)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    assert process.stderr is not None
    try:
        # The first sign of progress: by then it reads, and is not importing any more.
        begun = process.stderr.read(1)
        if is_group:
            os.killpg(process.pid, signal.SIGINT)
        else:
            process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=30)
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.communicate()
    assert begun == b"\r"
    assert process.returncode == 130
    assert b"Traceback" not in err
    assert b"interrupted; the report covers only the records checked so far" in err
    summary = out.decode().splitlines()[-1]
    assert " records (" in summary
    assert "errors" in summary
    assert 0 < int(summary.split()[0].replace(",", "")) < 125_000
