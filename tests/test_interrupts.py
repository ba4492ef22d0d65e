"""Ctrl-C ends every command with exit code 130, whatever the command is doing."""

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from airspace_events.cli import main
from generators.cli_page import commands
from small_feeds import INCURSION, SOURCE

FEED = f'{{"type":"feed","schema_version":"1.0"}}\n{SOURCE}\n{INCURSION}\n'

# A shell starts what runs in the background with interrupts ignored, and so may the tests be run.
START = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)"
MAIN = "from airspace_events.cli import main; main()"
INTERRUPT = """
import os, sys
class Finder:
    def find_spec(self, name, path=None, target=None):
        if name == {name!r}:
            os.kill(os.getpid(), signal.SIGINT)
sys.meta_path.insert(0, Finder())
"""


def started(code: str, *arguments: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-c", f"{START}\n{code}\n{MAIN}", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def waiting_for(pipe: Path, *arguments: str) -> subprocess.Popen[bytes]:
    """Start a command that reads a pipe, give it a feed that does not end, and interrupt it."""
    os.mkfifo(pipe)
    process = started("", *arguments)
    stream = opened_for(process, pipe)
    os.write(stream, FEED.encode())
    process.send_signal(signal.SIGINT)
    process.wait(60)
    os.close(stream)
    return process


def opened_for(process: subprocess.Popen[bytes], pipe: Path) -> int:
    """Open a pipe for writing as soon as a process reads it."""
    while process.poll() is None:
        with suppress(OSError):
            return os.open(pipe, os.O_WRONLY | os.O_NONBLOCK)
        time.sleep(0.05)
    pytest.fail(f"it ended with {process.returncode}")


ARGUMENTS = {
    "convert": ["in.jsonl", "out.csv"],
    "diff": ["old.jsonl", "new.jsonl"],
    "duplicates": ["feed.jsonl"],
    "map-columns": ["sheet.csv"],
    "members": ["nato"],
    "merge": ["feed.jsonl", "-o", "out.jsonl"],
    "new": ["source"],
    "page": ["feed.jsonl", "-o", "page.html"],
    "schema diff": ["old.json", "new.json"],
    "time": ["2024-09-07"],
    "validate": ["feed.jsonl"],
}


@pytest.mark.parametrize("name", commands())
def test_every_command_ends_with_130(
    name: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted(**_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(commands()[name], "callback", interrupted)
    arguments = [*name.split(), *ARGUMENTS.get(name, ())]
    monkeypatch.setattr(sys, "argv", ["airspace-events", *arguments])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 130
    out, err = capsys.readouterr()
    assert out == ""
    assert err.strip() == "airspace-events: interrupted"


@pytest.mark.parametrize("module", ["click", "pydantic", "airspace_events.cli.commands"])
def test_a_command_that_is_still_importing_ends_with_130(module: str) -> None:
    process = started(INTERRUPT.format(name=module), "states")
    out, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert (out, err) == (b"", b"airspace-events: interrupted\n")


def test_a_check_that_waits_for_its_feed_reports_what_was_found(tmp_path: Path) -> None:
    process = waiting_for(tmp_path / "feed", "validate", str(tmp_path / "feed"))
    out, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert out.endswith(b"not read to the end\n")
    assert (
        err == b"airspace-events: interrupted; the report covers only the records checked so far\n"
    )


def test_a_conversion_leaves_its_target_as_it_was(tmp_path: Path) -> None:
    target = tmp_path / "out.csv"
    target.write_bytes(b"before")
    pipe = tmp_path / "in.jsonl"
    process = waiting_for(pipe, "convert", str(pipe), str(target))
    out, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert out == b""
    assert err.strip() == b"airspace-events: interrupted"
    assert target.read_bytes() == b"before"
    assert {path.name for path in tmp_path.iterdir()} == {"in.jsonl", "out.csv"}


def test_a_report_that_is_interrupted_while_it_is_written_ends_with_130(tmp_path: Path) -> None:
    feed = tmp_path / "feed.jsonl"
    feed.write_text(FEED, "utf-8")
    code = (
        "import os; from airspace_events.validation import rendering\n"
        "from airspace_events.cli import commands\n"
        "def lines(report):\n    yield 'first'\n    os.kill(os.getpid(), signal.SIGINT)\n"
        "    yield 'second'\n"
        "commands.RENDERERS = {'text': lines}"
    )
    process = started(code, "validate", str(feed))
    out, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert out == b"first\n"
    assert err.strip() == b"airspace-events: interrupted"
