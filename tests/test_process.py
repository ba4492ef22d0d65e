"""The command line as a process: full disks, closed streams, readers that leave, signals."""

import errno
import io
import os
import shlex
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO

import pytest

import airspace_events as ae
from airspace_events.cli.commands import airspace_events
from airspace_events.testing import synthetic_lines
from full_disk import full_disk
from generators.cli_page import commands


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A feed of which more must be remembered than is kept in memory, and than a pipe holds."""
    path = tmp_path_factory.mktemp("large") / "feed.jsonl"
    path.write_bytes(b"".join(synthetic_lines(3_000)))
    return path


DOCS = Path(__file__).parent.parent / "docs"
POLAND = str(DOCS / "examples" / "poland-2025-09-10.jsonl")
FULL = os.strerror(errno.ENOSPC)

# Each command with arguments with which it prints something.
CALLS = {
    "convert": [POLAND, "-", "--to", "jsonl"],
    "diff": [str(DOCS / "examples/tracker-monday.jsonl"), POLAND],
    "duplicates": [str(DOCS / "examples/nights")],
    "map-columns": [str(DOCS / "examples/tracker-violations.csv")],
    "members": ["nato"],
    "merge": [POLAND, "-o", "-"],
    "new": ["feed"],
    "page": [POLAND, "-o", "-"],
    "rules": [],
    "schema codebook": [],
    "schema diagram": [],
    "schema diff": [str(DOCS / "schemas/1.0/source.schema.json")] * 2,
    "schema json": [],
    "schema openapi": [],
    "states": [],
    "time": ["2024"],
    "validate": [POLAND],
}
HELP = {f"{name} -h": ["-h"] for name in ("", *CALLS)}
each_call = pytest.mark.parametrize(
    "call",
    [[*name.removesuffix(" -h").split(), *rest] for name, rest in (CALLS | HELP).items()],
    ids=[*CALLS, *HELP],
)


def full() -> TextIO:
    return Path("/dev/full").open("w", encoding="utf-8")


def closed() -> TextIO:
    """A stream that cannot be written, as standard output is if a shell closes it."""
    return open(os.open(os.devnull, os.O_RDONLY), "w", encoding="utf-8")  # noqa: PTH123


def without_reader() -> TextIO:
    reading, writing = os.pipe()
    os.close(reading)
    return open(writing, "w", encoding="utf-8")  # noqa: PTH123


def ended(call: list[str], stdout: TextIO, monkeypatch: pytest.MonkeyPatch) -> int:
    """The exit code of a command, whose output is closed then, as at the end of a process."""
    with stdout, monkeypatch.context() as patched:
        patched.setattr(sys, "stdout", stdout)
        with pytest.raises(SystemExit) as end:
            airspace_events.main(call, prog_name="airspace-events")
    return int(end.value.code or 0)


def test_every_command_is_called() -> None:
    assert CALLS.keys() == commands().keys()


def test_commands_keep_their_options_after_they_were_described() -> None:
    """Click keeps the help option of a command that it shows first, whatever asks for it."""
    shown = "from generators.cli_page import cli_page; cli_page()"
    path = f"import sys; sys.path.append({str(DOCS)!r})"
    code = f"{path}; {shown}; from airspace_events.cli import main; main()"
    run = [sys.executable, "-P", "-c", code, "schema", "json", "-h"]
    told = subprocess.run(run, capture_output=True, check=True, text=True)
    assert told.stdout.startswith("Usage: ")


@each_call
@pytest.mark.parametrize(("stdout", "reason"), [(full, FULL), (closed, "it is closed")])
def test_output_that_cannot_be_written_is_one_sentence(
    call: list[str],
    stdout: Callable[[], TextIO],
    reason: str,
    capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert ended(call, stdout(), monkeypatch) == 3
    told = capfd.readouterr()
    assert told.err.startswith("airspace-events: cannot write ")
    assert told.err.endswith(f": {reason}\n")
    assert told.err.count("\n") == 1
    assert told.out == ""


@each_call
def test_a_reader_that_leaves_is_no_error(
    call: list[str], capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert ended(call, without_reader(), monkeypatch) == 141
    assert capfd.readouterr().err == ""


# In a process of its own, as a shell starts it.

# What starts the tests may have had SIGHUP ignored, as nohup does, and a child inherits that.
CODE = (
    "import signal; signal.signal(signal.SIGHUP, signal.SIG_DFL); "
    "from airspace_events.cli import main; main()"
)
# -P: a folder that is gone is not looked through for modules, as of the installed command.
COMMAND = [sys.executable, "-P", "-c", CODE]


def in_shell(line: str, *arguments: object) -> subprocess.CompletedProcess[str]:
    """Run a line of shell in which AE is the command, and the arguments are $1 and so on."""
    script = f'AE() {{ {shlex.join(COMMAND)} "$@"; }}; {line}'
    return subprocess.run(
        ["sh", "-c", script, "sh", *map(str, arguments)],  # noqa: S607
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
        text=True,
        timeout=120,
    )


ENDS = {
    'AE validate "$1" >&-': (3, "airspace-events: cannot write the output: it is closed\n"),
    'AE validate "$1" >/dev/full': (3, f"airspace-events: cannot write the output: {FULL}\n"),
    'AE convert "$1" - --to csv >&-': (
        3,
        "airspace-events: cannot write the output: it is closed\n",
    ),
    'AE convert "$1" /dev/stdout --to csv >/dev/full': (
        3,
        f"airspace-events: cannot write /dev/stdout: {FULL}\n",
    ),
    "AE validate - <&-": (3, "airspace-events: cannot read -: it is closed\n"),
    'AE validate "$1" - <&-': (3, "airspace-events: cannot read -: it is closed\n"),
    'AE convert - "$2" --from parquet <&-': (3, "airspace-events: cannot read -: it is closed\n"),
    "AE validate none 2>/dev/full": (3, ""),
    "AE validate 2>&-": (2, ""),
    'AE validate "$1" <&- 2>&-': (0, ""),
    'AE convert "$1" "$2" <&- >&-': (0, "43 records; all values written\n"),
    'AE convert "$1" "$2" <&- >&- 2>&-': (0, ""),
    'cd "$3" && rmdir "$3" && AE validate "$1"': (0, ""),
}


@pytest.mark.parametrize("line", ENDS)
def test_a_stream_that_cannot_be_used_is_one_sentence_if_it_is_needed(
    line: str, tmp_path: Path
) -> None:
    (tmp_path / "gone").mkdir()
    result = in_shell(line, POLAND, tmp_path / "out.jsonl", tmp_path / "gone")
    assert (result.returncode, result.stderr) == ENDS[line]
    assert (tmp_path / "out.jsonl").exists() == ("$2" in line and result.returncode == 0)


@pytest.mark.parametrize(
    "call",
    [
        "rules",
        "-h",
        'validate "$1"',
        'convert "$1" - --to json',
        'convert "$1" /dev/stdout --to json',
    ],
)
def test_no_reader_of_the_first_line_sees_a_traceback(call: str, tmp_path: Path) -> None:
    line = f'{{ AE {call}; echo $? >"$2"; }} | head -n 1'
    result = in_shell(line, POLAND, tmp_path / "code")
    assert result.returncode == 0
    assert result.stdout.count("\n") == 1
    assert (tmp_path / "code").read_text("utf-8").strip() in {"0", "141"}
    assert "Traceback" not in result.stderr
    assert "BrokenPipe" not in result.stderr


def test_standard_input_that_does_not_wait_for_data_is_waited_for() -> None:
    reading, writing = os.pipe()
    os.set_blocking(reading, False)
    with subprocess.Popen(
        [*COMMAND, "validate", "-"], stdin=reading, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        os.close(reading)
        with open(writing, "wb") as stream:  # noqa: PTH123
            for line in synthetic_lines(20):
                stream.write(line)
                stream.flush()
                time.sleep(0.05)
        output, errors = process.communicate(timeout=120)
    assert process.returncode == 0
    assert output.decode().startswith("20 records")
    assert errors == b""


# Signals.


def part_in(folder: Path) -> Path:
    """The file that is written beside a target, as soon as it is there."""
    end = time.monotonic() + 60
    while time.monotonic() < end:
        for file in folder.glob(".*.part"):
            return file
        time.sleep(0.02)
    pytest.fail("no file was begun")


@pytest.mark.parametrize(("name", "times"), [("SIGTERM", 1), ("SIGTERM", 2), ("SIGHUP", 1)])
def test_a_signal_leaves_the_old_file_and_nothing_else(
    name: str, times: int, large: Path, tmp_path: Path
) -> None:
    number = getattr(signal, name)
    target = tmp_path / "feed.jsonl"
    target.write_bytes(b"old")
    with subprocess.Popen(
        [*COMMAND, "convert", "-", str(target), "--from", "jsonl"],
        stdin=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdin is not None
        process.stdin.write(large.read_bytes())
        process.stdin.flush()
        part_in(tmp_path)
        for _ in range(times):
            process.send_signal(number)
        _, errors = process.communicate(timeout=60)
    assert process.returncode == 128 + number
    assert errors == b""
    assert list(tmp_path.iterdir()) == [target]
    assert target.read_bytes() == b"old"


# Where it calls back into Python, pydantic drops an exception, or turns it into one of its own.
SERIALIZING = """
import signal
signal.signal(signal.SIGHUP, signal.SIG_DFL)
signal.signal(signal.SIGINT, signal.default_int_handler)
from airspace_events.values.base import Value
def ends(*_):
    signal.raise_signal({number})
    return True
Value.__eq__ = ends
from airspace_events.cli import main; main()
"""


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_a_signal_ends_a_command_that_is_serializing(number: int, tmp_path: Path) -> None:
    target = tmp_path / "feed.jsonl"
    target.write_bytes(b"old")
    code = SERIALIZING.format(number=int(number))
    run = [sys.executable, "-P", "-c", code, "convert", POLAND, str(target)]
    told = subprocess.run(run, capture_output=True, check=False, text=True)
    assert told.returncode == 128 + number
    assert told.stderr == ("airspace-events: interrupted\n" if number == signal.SIGINT else "")
    assert list(tmp_path.iterdir()) == [target]
    assert target.read_bytes() == b"old"


def test_a_signal_ends_a_command_whose_output_nobody_reads(large: Path) -> None:
    with subprocess.Popen(
        [*COMMAND, "convert", str(large), "-", "--to", "json"], stdout=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        process.stdout.read(1)
        time.sleep(0.5)
        process.terminate()
        assert process.wait(60) == 143


# Temporary files.


@contextmanager
def no_temporary_folder() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(tempfile, "tempdir", "/nonexistent")
        yield


def test_a_check_without_a_folder_for_temporary_files_says_so(
    large: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    told = r"a temporary file: No such file .*TMPDIR"
    with pytest.raises(ae.UnwritableError, match=told), no_temporary_folder():
        ae.validate(large)
    with pytest.raises(SystemExit) as end, no_temporary_folder():
        airspace_events.main(["validate", str(large)])
    printed = capfd.readouterr()
    assert end.value.code == 3
    assert printed.err.startswith("airspace-events: cannot write a temporary file: ")
    assert printed.err.count("\n") == 1
    assert printed.out == ""


def test_a_small_feed_needs_no_temporary_file() -> None:
    with no_temporary_folder():
        assert ae.validate(POLAND).ok


@pytest.mark.parametrize("room", [10, 40_000])
def test_a_check_on_a_full_disk_says_so(room: int, large: Path) -> None:
    with pytest.raises(ae.UnwritableError, match=r"a temporary file: .*TMPDIR"), full_disk(room):
        ae.validate(large)


class Flowing(io.BytesIO):
    """A stream that cannot go back, as a pipe."""

    def seekable(self) -> bool:
        return False


@pytest.mark.parametrize("form", ["parquet", "arrow"])
def test_tables_without_a_folder_for_temporary_files_say_so(form: str, tmp_path: Path) -> None:
    ae.formats.write(ae.iter_records(POLAND), tmp_path / "sources", form, table="sources")
    with pytest.raises(ae.UnwritableError, match="a temporary file"), no_temporary_folder():
        ae.formats.write(ae.iter_records(POLAND), tmp_path / "out", form)
    stream = Flowing((tmp_path / "sources").read_bytes())
    with pytest.raises(ae.UnwritableError, match="a temporary file"), no_temporary_folder():
        list(ae.formats.read(stream, form))
    assert [file.name for file in tmp_path.iterdir()] == ["sources"]


# Streams that cannot be read.


class Failing(io.RawIOBase):
    """A stream that can be opened and not be read."""

    name = "failing"

    def __init__(self, *, seekable: bool) -> None:
        self._seekable = seekable

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return self._seekable

    def seek(self, offset: int, whence: int = 0) -> int:
        del whence
        return offset

    def readinto(self, buffer: Any) -> int:
        del buffer
        raise OSError(errno.EIO, os.strerror(errno.EIO))


@pytest.mark.parametrize("seekable", [True, False])
@pytest.mark.parametrize("form", [name for name, form in ae.formats.FORMATS.items() if form.read])
def test_a_stream_that_cannot_be_read_at_all_is_unreadable(form: str, *, seekable: bool) -> None:
    with pytest.raises(ae.UnreadableError) as caught:
        list(ae.formats.read(io.BufferedReader(Failing(seekable=seekable)), form))
    assert (caught.value.file, caught.value.reason) == ("failing", "Input/output error")


def test_a_feed_that_cannot_be_read_at_all_gets_no_verdict() -> None:
    with pytest.raises(ae.UnreadableError, match="cannot read failing: Input/output error"):
        ae.validate(io.BufferedReader(Failing(seekable=False)))
