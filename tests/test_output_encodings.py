"""Text is written as the terminal can show it, documents are UTF-8, and no command fails."""

import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from airspace_events import cli
from airspace_events.cli import main
from airspace_events.cli.commands import airspace_events
from generators.cli_page import commands
from small_feeds import INCURSION, SOURCE

HEADER = '{"type":"feed","schema_version":"1.0"}'
ENCODINGS = ["cp1252", "ascii", "shift_jis", "utf-16"]
WORDS = "7\N{EN DASH}8 September 2024"
NAME = "Румунія-Αθήνα-Côte-🇺🇦"

TEXTS = {
    "validate": ["validate", "{feed}"],
    "convert": ["convert", "{feed}", "{folder}/out.csv"],
    "diff": ["diff", "{folder}/changed.jsonl", "{folder}/valid.jsonl"],
    "duplicates": ["duplicates", "{folder}/valid.jsonl"],
    "members": ["members", NAME],
    "merge": ["merge", "{folder}/valid.jsonl", "-o", "{folder}/merged.jsonl"],
    "rules": ["rules", "text_not_normalized"],
    "states": ["states", "Румунія", NAME],
    "states, all": ["states"],
    "schema diff": ["schema diff", NAME, NAME],
    "time, not understood": ["time", NAME],
    "usage": ["validate", "--format", NAME, "x"],
    "a command that there is not": [NAME],
    "an option that there is not": [f"--{NAME}"],
    "help": ["--help"],
    "help of validate": ["validate", "--help"],
}
DOCUMENTS = {
    "json": ["validate", "--format", "json", "{feed}"],
    "sarif": ["validate", "--format", "sarif", "{feed}"],
    "github": ["validate", "--format", "github", "{feed}"],
    "html": ["validate", "--format", "html", "{feed}"],
    "junit": ["validate", "--format", "junit", "{feed}"],
    "diff as json": ["diff", "--format", "json", "{folder}/changed.jsonl", "{folder}/valid.jsonl"],
    "map-columns": ["map-columns", "{folder}/sheet.csv"],
    "new": ["new", "--pretty", "statement"],
    "page": ["page", "{folder}/valid.jsonl", "-o", "-"],
    "rules": ["rules", "--format", "json"],
    "schema codebook": ["schema", "codebook"],
    "schema diagram": ["schema", "diagram"],
    "schema json": ["schema", "json", "feed"],
    "schema openapi": ["schema", "openapi"],
}


@pytest.fixture
def feed(tmp_path: Path) -> Path:
    """A feed that quotes letters of several scripts, in its name and where it is wrong."""
    path = tmp_path / f"{NAME}.jsonl"
    path.write_text(f"{HEADER}\n{SOURCE}\n{INCURSION.replace('LV', NAME)}\n", "utf-8")
    titled = INCURSION.replace('"state"', f'"title":"{NAME}","state"')
    for name, incursion in (("valid", INCURSION), ("changed", titled)):
        text = f"{HEADER}\n{SOURCE}\n{incursion}\n"
        (tmp_path / f"{name}.jsonl").write_text(text, "utf-8")
    (tmp_path / "sheet.csv").write_text(f"{NAME},Date\nx,2024-09-07\n", "utf-8")
    return path


class Terminal(io.TextIOWrapper):
    """A standard stream that shows only what its encoding has."""

    def __init__(self, encoding: str, errors: str) -> None:
        self.written = io.BytesIO()
        super().__init__(self.written, encoding, errors)


class Ran:
    """A command that was run with standard streams of an encoding."""

    def __init__(
        self, arguments: list[str], encoding: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        out, err = Terminal(encoding, "strict"), Terminal(encoding, "backslashreplace")
        with monkeypatch.context() as patched:
            patched.setattr(sys, "stdout", out)
            patched.setattr(sys, "stderr", err)
            patched.setattr(sys, "argv", ["airspace-events", *arguments])
            with pytest.raises(SystemExit) as ended:
                main()
            out.flush()
            err.flush()
        self.code = ended.value.code
        self.out, self.err = out.written.getvalue(), err.written.getvalue()


def filled(arguments: list[str], feed: Path) -> list[str]:
    return [one.format(feed=feed, folder=feed.parent) for one in arguments]


def unescaped(text: str) -> str:
    return re.sub(
        r"\\x([0-9a-f]{2})|\\u([0-9a-f]{4})|\\U([0-9a-f]{8})",
        lambda found: chr(int(found[1] or found[2] or found[3], 16)),
        text,
    )


@pytest.mark.parametrize("arguments", TEXTS.values(), ids=TEXTS.keys())
def test_text_escapes_what_the_terminal_cannot_show(
    arguments: list[str], feed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    arguments = filled(arguments, feed)
    expected = Ran(arguments, "utf-8", monkeypatch)
    assert expected.out or expected.err
    for encoding in ENCODINGS:
        found = Ran(arguments, encoding, monkeypatch)
        assert found.code == expected.code
        for shown, said in ((found.out, expected.out), (found.err, expected.err)):
            assert unescaped(shown.decode(encoding)) == unescaped(said.decode())


@pytest.mark.parametrize("arguments", DOCUMENTS.values(), ids=DOCUMENTS.keys())
def test_documents_are_the_same_bytes_on_every_terminal(
    arguments: list[str], feed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    arguments = filled(arguments, feed)
    expected = Ran(arguments, "utf-8", monkeypatch)
    assert expected.out.decode()
    for encoding in ENCODINGS:
        found = Ran(arguments, encoding, monkeypatch)
        assert found.code == expected.code
        assert found.out == expected.out


def test_every_command_is_tried() -> None:
    tried = {" ".join(words) for words in [*TEXTS.values(), *DOCUMENTS.values()]}
    for name in commands():
        assert any(words.startswith(name) for words in tried), name
    assert not set(airspace_events.commands) - {words.split()[0] for words in tried}


def test_one_module_writes_all_output() -> None:
    for path in Path(cli.__file__).parent.glob("*.py"):
        if path.name != "output.py":
            written = re.findall(
                r"\becho\(|\bprint\(|std(?:out|err)\.write", path.read_text("utf-8")
            )
            assert not written, path


def test_all_help_is_ascii() -> None:
    """It is printed by click, which knows nothing of other terminals."""
    for name, command in commands().items():
        assert command.get_help(command.make_context(name, [], resilient_parsing=True)).isascii()


@pytest.mark.parametrize("form", ["text", "json", "sarif", "github", "html", "junit"])
def test_a_name_that_is_not_utf8_is_written(
    form: str, feed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad = feed.rename(feed.parent / "\udcff.jsonl")
    found = Ran(["validate", "--format", form, str(bad)], "utf-8", monkeypatch)
    assert found.code == 1
    assert rb"\udcff" in found.out


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_the_record_of_a_time_is_a_document_below_text(
    encoding: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    arguments = ["time", WORDS, "--timezone", "Europe/Riga"]
    found = Ran(arguments, encoding, monkeypatch)
    text, record = found.out[: found.out.index(b"{")], found.out[found.out.index(b"{") :]
    assert text.decode(encoding).startswith("value      2024-09-07/2024-09-08\n")
    assert json.loads(record.decode())["verbatim"] == WORDS


@pytest.mark.parametrize(
    "environment",
    [
        {"PYTHONIOENCODING": "cp1252"},
        {"PYTHONIOENCODING": "ascii:strict"},
        {"PYTHONUTF8": "0", "LC_ALL": "C", "PYTHONCOERCECLOCALE": "0"},
        {"PYTHONUTF8": "1", "LC_ALL": "C"},
    ],
    ids=str,
)
def test_a_process_reports_whatever_its_locale_is(environment: dict[str, str], feed: Path) -> None:
    plain = feed.rename(feed.parent / "feed.jsonl")
    result = subprocess.run(
        [sys.executable, "-m", "airspace_events", "validate", str(plain)],
        capture_output=True,
        check=False,
        timeout=60,
        env={**os.environ, **environment},
    )
    assert result.returncode == 1
    assert b"error[unknown_state_code]" in result.stdout
    assert result.stdout.endswith(b"2 records (1 incursion, 1 source): 1 error\n")
    assert result.stderr == b""
