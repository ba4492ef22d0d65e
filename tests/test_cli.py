"""The command line: exit codes, forms of output, and one line for whatever cannot be done."""

import gzip
import io
import json
import os
import subprocess
import sys
import threading
from importlib.metadata import version
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner, Result

import airspace_events as ae
from airspace_events.cli.commands import airspace_events
from airspace_events.validation.rendering import RENDERERS
from small_feeds import INCURSION, SOURCE

HEADER = '{"type":"feed","schema_version":"1.0"}'
VALID = f"{HEADER}\n{SOURCE}\n{INCURSION}\n"
INVALID = f"{HEADER}\n{SOURCE}\n{INCURSION.replace('LV', 'UK')}\n"
WARNED = VALID.replace('"1.0"', '"1.5"')


def run(*arguments: str, stdin: bytes | str | None = None) -> Result:
    return CliRunner().invoke(airspace_events, list(arguments), input=stdin)


def in_shell(*arguments: str, stdin: bytes = b"", **environment: str) -> Any:
    """Run the command as a user does, in a process of its own."""
    code = "from airspace_events.cli import main; main()"
    return subprocess.run(
        [sys.executable, "-c", code, *arguments],
        input=stdin,
        capture_output=True,
        check=False,
        timeout=60,
        env={**os.environ, **environment},
    )


@pytest.fixture
def valid(tmp_path: Path) -> str:
    return written(tmp_path / "valid.jsonl", VALID)


@pytest.fixture
def invalid(tmp_path: Path) -> str:
    return written(tmp_path / "invalid.jsonl", INVALID)


def written(file: Path, text: str) -> str:
    file.write_bytes(text.encode())
    return str(file)


def test_the_page_shows_the_line_of_each_problem(invalid: str) -> None:
    page = run("validate", invalid, "--format", "html").output
    assert '<pre dir="ltr">3 | ' in page
    assert run("validate", "-", "--format", "html", stdin=INVALID).output.count("<pre") == 0


# Exit codes.


def test_a_valid_feed_exits_with_0_and_a_summary(valid: str) -> None:
    result = run("validate", valid)
    assert result.exit_code == 0
    assert result.stdout == "2 records (1 incursion, 1 source): no problems\n"
    assert result.stderr == ""


def test_an_invalid_feed_exits_with_1_and_says_why(invalid: str) -> None:
    result = run("validate", invalid)
    assert result.exit_code == 1
    column = INCURSION.index('"LV"') + 1
    assert result.stdout.splitlines() == [
        (
            f'{invalid}:3:{column}: error[unknown_state_code] "UK" is not a state code;'
            ' did you mean "GB"?  (/state)'
        ),
        "2 records (1 incursion, 1 source): 1 error",
    ]
    assert result.stderr == ""


@pytest.mark.parametrize(
    "arguments",
    [
        ["validate"],
        ["validate", "--format", "xml", "x"],
        ["validate", "--fail-on", "info", "x"],
        ["validate", "--now"],
        ["validate", "--nope", "x"],
        ["nope"],
        ["--nope"],
    ],
)
def test_wrong_usage_exits_with_2(arguments: list[str]) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "Error: " in result.stderr


@pytest.mark.parametrize("name", ["missing.jsonl", "missing/feed.jsonl"])
def test_a_file_that_cannot_be_read_exits_with_3_and_one_line(
    name: str, valid: str, tmp_path: Path
) -> None:
    for arguments in ([str(tmp_path / name)], [valid, str(tmp_path / name)]):
        result = run("validate", *arguments)
        assert result.exit_code == 3
        assert result.stdout == ""
        assert result.stderr.startswith("airspace-events: cannot read ")
        assert str(tmp_path / name) in result.stderr
        assert result.stderr.count("\n") == 1


@pytest.mark.parametrize("text", ["", "\n", "{", "[]", "\0"])
def test_what_is_no_feed_is_invalid_and_not_unreadable(text: str, tmp_path: Path) -> None:
    assert run("validate", written(tmp_path / "feed.jsonl", text)).exit_code == 1


def test_a_file_without_permission_exits_with_3(
    valid: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: Any, **__: Any) -> Any:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refused)
    result = run("validate", valid)
    assert result.exit_code == 3
    assert result.stderr == f"airspace-events: cannot read {valid}: Permission denied\n"


@pytest.mark.parametrize(
    ("text", "fail_on", "expected"),
    [
        (VALID, "error", 0),
        (VALID, "warning", 0),
        (WARNED, "error", 0),
        (WARNED, "warning", 1),
        (INVALID, "error", 1),
        (INVALID, "warning", 1),
    ],
)
def test_a_feed_fails_on_the_severity_that_was_asked_for(
    text: str, fail_on: str, expected: int, tmp_path: Path
) -> None:
    file = written(tmp_path / "feed.jsonl", text)
    assert run("validate", "--fail-on", fail_on, file).exit_code == expected
    if fail_on == "error":
        assert run("validate", file).exit_code == expected


# Feeds.


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_a_feed_of_a_dash_is_standard_input(pack: Any) -> None:
    assert run("validate", "-", stdin=pack(VALID.encode())).exit_code == 0
    result = run("validate", "-", stdin=pack(INVALID.encode()))
    assert result.exit_code == 1
    assert result.stdout.startswith("-:3:")


def test_several_feeds_are_checked_as_one(tmp_path: Path) -> None:
    one = written(tmp_path / "one.jsonl", f"{HEADER}\n{SOURCE}\n")
    two = written(tmp_path / "two.jsonl", f"{HEADER}\n{INCURSION}\n")
    assert run("validate", two).exit_code == 1
    for feeds in ([one, two], [two, one]):
        result = run("validate", *feeds)
        assert result.exit_code == 0
        assert result.stdout == "2 records (1 incursion, 1 source): no problems\n"


def test_feeds_are_checked_separately_if_asked(valid: str, invalid: str) -> None:
    assert "duplicate_id" in run("validate", valid, invalid).output
    separate = run("validate", "--separately", valid, invalid)
    assert separate.exit_code == 1
    notice, summary = separate.output.splitlines()
    assert notice.startswith(f"{invalid}:3:")
    assert "unknown_state_code" in notice
    assert summary == "4 records (2 incursion, 2 source): 1 error"
    report = json.loads(run("validate", "--separately", "--format", "json", valid, invalid).output)
    assert report["files"] == [valid, invalid]
    assert report["counts"] == {"error": 1, "warning": 0, "info": 0}


def test_a_reference_to_another_feed_is_not_found_when_feeds_are_separate(tmp_path: Path) -> None:
    first = written(tmp_path / "a.jsonl", f"{HEADER}\n{SOURCE}\n")
    second = written(tmp_path / "b.jsonl", f"{HEADER}\n{INCURSION}\n")
    assert run("validate", first, second).exit_code == 0
    separate = run("validate", "--separately", first, second)
    assert separate.exit_code == 1
    assert "unresolved_reference" in separate.output


def test_an_interrupt_ends_separate_checks_too(
    valid: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("airspace_events.validation.validator.read_entries", interrupted)
    report = ae.validate(valid, valid, separately=True)
    assert not report.is_complete
    assert report.files == (valid,)


def test_a_folder_stands_for_its_feeds(tmp_path: Path) -> None:
    folder = tmp_path / "feeds"
    (folder / "old" / ".git").mkdir(parents=True)
    names = ["a.jsonl", "b.JSONL.gz", "old/c.json", "old/d.ndjson"]
    for number, name in enumerate(names):
        source = SOURCE.replace('"s"', f'"s{number}"')
        text = f"{HEADER}\n{source}\n".encode()
        packed = gzip.compress(text) if name.endswith(".gz") else text
        (folder / name).write_bytes(packed)
    (folder / ".hidden.jsonl").write_text("nothing", "utf-8")
    (folder / "old" / ".git" / "x.jsonl").write_text("nothing", "utf-8")
    (folder / "notes.txt").write_text("not a feed", "utf-8")
    report = json.loads(run("validate", "--format", "json", str(folder)).output)
    assert report["files"] == [str(folder / name) for name in names]


def test_a_folder_without_feeds_exits_with_3(tmp_path: Path) -> None:
    done = run("validate", str(tmp_path))
    assert done.exit_code == 3
    assert done.output.count("\n") == 1
    assert str(tmp_path) in done.output


def test_quiet_prints_problems_only(valid: str, invalid: str) -> None:
    assert run("validate", "--quiet", valid).output == ""
    loud, quiet = run("validate", invalid), run("validate", "-q", invalid)
    assert quiet.exit_code == 1
    assert quiet.output.splitlines() == loud.output.splitlines()[:-1]


@pytest.mark.parametrize("form", RENDERERS)
def test_a_report_is_written_to_a_file_as_to_a_pipe(
    form: str, invalid: str, tmp_path: Path
) -> None:
    target = tmp_path / "report"
    target.write_text("an older report", "utf-8")
    done = run("validate", "--format", form, "--output", str(target), invalid)
    assert (done.exit_code, done.output) == (1, "")
    assert target.read_bytes() == run("validate", "--format", form, invalid).stdout_bytes


def test_a_report_does_not_replace_a_feed(valid: str) -> None:
    done = run("validate", "--output", valid, valid)
    assert done.exit_code == 2
    assert f"this would replace {valid}" in done.output
    assert Path(valid).read_text("utf-8") == VALID


def test_a_report_that_cannot_be_written_exits_with_3(valid: str, tmp_path: Path) -> None:
    done = run("validate", "--output", str(tmp_path / "no" / "folder"), valid)
    assert done.exit_code == 3


def test_a_feed_on_standard_input_is_checked_with_the_others(tmp_path: Path) -> None:
    one = written(tmp_path / "one.jsonl", f"{HEADER}\n{SOURCE}\n")
    assert run("validate", one, "-", stdin=f"{HEADER}\n{INCURSION}\n").exit_code == 0


def test_a_name_that_begins_with_a_dash_is_given_behind_two(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written(tmp_path / "-x", VALID)
    monkeypatch.chdir(tmp_path)
    assert run("validate", "--", "-x").exit_code == 0


# The report for programs.


def test_the_json_report_has_the_documented_fields(invalid: str) -> None:
    result = run("validate", "--format", "json", invalid)
    assert result.exit_code == 1
    column = INCURSION.index('"LV"') + 1
    assert json.loads(result.stdout) == {
        "ok": False,
        "is_complete": True,
        "files": [invalid],
        "records": {"incursion": 1, "source": 1},
        "counts": {"error": 1, "warning": 0, "info": 0},
        "notices": [
            {
                "code": "unknown_state_code",
                "severity": "error",
                "message": '"UK" is not a state code',
                "file": invalid,
                "line": 3,
                "column": column,
                "record": "lv",
                "pointer": "/state",
                "suggestion": "GB",
                "context": {"field": "state"},
            }
        ],
    }


def test_the_json_report_of_a_valid_feed_has_no_notices(valid: str) -> None:
    result = run("validate", "--format", "json", valid)
    assert result.exit_code == 0
    report = json.loads(result.stdout)
    assert report["ok"] is True
    assert report["notices"] == []


def test_the_json_report_says_what_the_report_in_python_says(tmp_path: Path) -> None:
    text = f"{HEADER}\n{SOURCE[:-1]}\n5\n{INCURSION}\n{{}}\n"
    file = written(tmp_path / "feed.jsonl", text)
    report = ae.validate(file)
    said = json.loads(run("validate", "--format", "json", file).stdout)
    assert len(report.notices) == len(said["notices"]) == 3
    for notice, fields in zip(report.notices, said["notices"], strict=True):
        assert {name: getattr(notice, name) for name in fields} == fields
    assert said["counts"] == report.counts
    assert said["records"] == report.records


def test_text_is_the_default_form(invalid: str) -> None:
    assert run("validate", invalid).stdout == run("validate", "--format", "text", invalid).stdout


# The present.


@pytest.mark.parametrize("now", ["2024-09-18T12:00:00Z", "2024-09-18T12:00:00+03:00"])
def test_an_instant_is_taken_for_the_present(now: str, valid: str) -> None:
    assert run("validate", "--now", now, valid).exit_code == 0


@pytest.mark.parametrize(
    ("now", "words"),
    [
        ("2024-09-18T12:00:00", "no offset from UTC"),
        ("2024-09-18", "no offset from UTC"),
        ("yesterday", "is not a valid instant"),
        ("", "is not a valid instant"),
        ("2024-13-18T12:00:00Z", "is not a valid instant"),
    ],
)
def test_what_is_no_instant_is_wrong_usage(now: str, words: str, valid: str) -> None:
    result = run("validate", "--now", now, valid)
    assert result.exit_code == 2
    assert words in result.stderr


def test_the_same_feed_and_the_same_present_give_the_same_bytes(invalid: str) -> None:
    arguments = ("validate", "--now", "2024-09-18T12:00:00Z", "--format", "json", invalid)
    assert run(*arguments).stdout_bytes == run(*arguments).stdout_bytes


# Help.


def commands() -> list[list[str]]:
    return [[], *([name] for name in airspace_events.commands)]


@pytest.mark.parametrize("command", commands(), ids=" ".join)
@pytest.mark.parametrize("option", ["-h", "--help"])
def test_everything_helps(command: list[str], option: str) -> None:
    result = run(*command, option)
    assert result.exit_code == 0
    assert result.stdout.startswith("Usage: ")
    assert result.stdout.count("-h, --help") == 1


def test_every_command_and_every_option_is_explained() -> None:
    for command in [airspace_events, *airspace_events.commands.values()]:
        assert command.help
        for parameter in command.params:
            if isinstance(parameter, click.Option):
                assert parameter.help, f"{command.name} {parameter.name}"


def test_the_exit_codes_are_told() -> None:
    told = " ".join(run("validate", "-h").stdout.split())
    codes = "0 valid, 1 invalid, 2 usage error, 3 a feed could not be read, 130 interrupted."
    assert f"Exit codes: {codes}" in told


def test_the_version_is_that_of_the_package() -> None:
    result = run("--version")
    assert result.exit_code == 0
    assert result.stdout == f"airspace-events, version {version('airspace-events')}\n"


# Whatever comes from outside is safe to print.


@pytest.mark.parametrize("form", ["text", "json"])
def test_hostile_names_and_ids_are_printed_safely(form: str, tmp_path: Path) -> None:
    evil = "a\nb\x1b[31m\u202e\x7f\x85\u2028c"
    text = f"{HEADER}\n{SOURCE.replace('s', evil)}\n" + SOURCE.replace('"s"', json.dumps(evil))
    file = written(tmp_path / evil, text)
    result = run("validate", "--format", form, file)
    assert result.exit_code == 1
    assert result.stdout.replace("\n", "").isprintable()
    if form == "text":
        assert len(result.stdout.splitlines()) == len(ae.validate(file).notices) + 1
    missing = run("validate", str(tmp_path / f"{evil}x"))
    assert missing.exit_code == 3
    assert missing.stderr.count("\n") == 1
    assert missing.stderr.rstrip("\n").isprintable()


def test_a_hostile_instant_is_printed_safely(valid: str) -> None:
    result = run("validate", "--now", "a\x1b[31m\u202eb", valid)
    assert result.exit_code == 2
    assert result.stderr.replace("\n", "").isprintable()


# As a user runs it.


def test_a_process_reads_files_and_standard_input(valid: str, tmp_path: Path) -> None:
    packed = tmp_path / "feed.jsonl.gz"
    packed.write_bytes(gzip.compress(VALID.encode()))
    assert in_shell("validate", valid).returncode == 0
    assert in_shell("validate", str(packed)).returncode == 0
    result = in_shell("validate", "-", stdin=INVALID.encode())
    assert result.returncode == 1
    assert result.stdout.startswith(b"-:3:")
    assert result.stderr == b""


def test_a_process_that_cannot_read_a_file_has_no_traceback(tmp_path: Path) -> None:
    result = in_shell("validate", str(tmp_path / "missing.jsonl"))
    assert result.returncode == 3
    assert result.stdout == b""
    assert result.stderr.decode().splitlines() == [
        f"airspace-events: cannot read {tmp_path / 'missing.jsonl'}: No such file or directory"
    ]


class Failing(io.RawIOBase):
    """A file that can be opened and not be read."""

    def readable(self) -> bool:
        return True

    def fileno(self) -> int:
        return sys.__stderr__.fileno()

    def readinto(self, buffer: Any) -> int:
        del buffer
        raise OSError(5, "Input/output error")


def test_a_file_that_fails_while_it_is_read_has_no_traceback(
    valid: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Path, "open", lambda *_, **__: io.BufferedReader(Failing()))
    result = run("validate", valid)
    assert result.exit_code in (1, 3)
    assert "Input/output error" in result.output
    assert isinstance(result.exception, SystemExit)


def test_a_terminal_that_knows_no_unicode_gets_a_report_all_the_same(tmp_path: Path) -> None:
    file = written(tmp_path / "feed.jsonl", VALID.replace('"LV"', '"Lţ"'))
    result = in_shell("validate", file, PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert result.returncode == 1
    assert b"error[unknown_state_code]" in result.stdout
    assert b"Traceback" not in result.stderr


@pytest.mark.parametrize("missing", ["click"])
def test_a_missing_extra_is_one_line(missing: str) -> None:
    code = (
        f"import sys; sys.modules[{missing!r}] = None\n"
        "from airspace_events.cli import main; main()"
    )
    result = subprocess.run(
        [sys.executable, "-c", code, "validate", "-"], capture_output=True, check=False, text=True
    )
    assert result.returncode == 2
    assert result.stdout == ""
    assert result.stderr.splitlines() == [
        (
            "airspace-events: a required extra is not installed; "
            "run: pip install 'airspace-events[cli]'"
        )
    ]


def test_another_module_that_is_missing_is_no_missing_extra() -> None:
    code = (
        "import sys; sys.modules['pydantic_core'] = None\n"
        "from airspace_events.cli import main; main()"
    )
    result = subprocess.run(
        [sys.executable, "-c", code, "validate", "-"], capture_output=True, check=False, text=True
    )
    assert "pydantic_core" in result.stderr
    assert "extra" not in result.stderr


def test_a_pipe_with_a_name_is_read_once(tmp_path: Path) -> None:
    pipe = tmp_path / "feed"
    os.mkfifo(pipe)
    writer = threading.Thread(target=pipe.write_bytes, args=(VALID.encode(),), daemon=True)
    writer.start()
    result = in_shell("validate", str(pipe))
    writer.join(5)
    assert result.returncode == 0
