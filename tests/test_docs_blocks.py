"""Every block of code in the documents runs, and says what the document says that it says.

The doctests among them are run by pytest itself, which is told to look into Markdown.
"""

from __future__ import annotations

import gzip
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from pydantic import TypeAdapter, ValidationError

import airspace_events as ae
from airspace_events.cli.commands import airspace_events
from airspace_events.validation.settings import read_settings
from document_blocks import DOCS, ROOT, Block, anchors, blocks, blocks_of, links, pages, prose
from value_classes import value_classes

HEADER = '{"type":"feed","schema_version":"1.0"}'

#: Blocks that nothing here runs, by their page and language, with the reason.
RUN_ELSEWHERE = {
    ("docs/rules.md", "json"): "tests/test_rule_docs.py compares them with examples that run",
    ("docs/rules.md", "text"): "as above",
    ("docs/phrases.md", "text"): "they are forms of the grammar, and the page is compared with it",
    ("docs/cli.md", "text"): "they are usage lines, and the page is compared with the commands",
    ("docs/architecture.md", "text"): "a drawing",
    ("docs/databases.md", "python"): "tests/test_databases.py runs them, and compares the page",
    ("docs/fastapi.md", "python"): "tests/test_openapi.py runs them, and compares the page",
    ("docs/publishing.md", "yaml"): "tests/test_publishing.py loads them",
    ("docs/publishing.md", "crontab"): "as above",
    ("docs/json-schemas.md", "js"): "tests/test_outsider.py runs a script that does the same",
}
#: Commands that nothing here runs, by how they begin, with the reason.
COMMANDS_RUN_ELSEWHERE = {
    "curl ": "it speaks to the service that tests/test_openapi.py tries",
    "npx ": "tests/test_outsider.py runs the same programs",
    "datamodel-codegen ": "as above",
    "python3 -m venv ": ".ci/run takes the README's two commands from it and runs them",
}
#: Infos that the validator may give of a block of records, by page and id, since they are meant.
MEANT_INFOS = {
    ("docs/recording.md", "pl-helicopters", "confirmed_by_one_source"),
    ("docs/recording.md", "russia-denies", "denial_of_nothing_said"),
}


def of_language(*languages: str) -> list[object]:
    return [
        pytest.param(block, id=str(block))
        for block in blocks()
        if block.language in languages
        and (block.page, block.language) not in RUN_ELSEWHERE
        and block.file is None
    ]


# Every block is of a kind that is run.


def test_every_block_is_of_a_kind_that_is_run() -> None:
    run = {"json", "sh", "console", "text", "toml", "pycon", "python", "mermaid"}
    built = {"{eval-rst}", "{toctree}"}
    for block in blocks():
        known = (block.page, block.language) in RUN_ELSEWHERE
        known |= block.language in run | built or block.language.startswith("{literalinclude}")
        assert known, f"{block}: nothing here runs {block.language!r}"


def test_no_reason_for_not_running_is_left_over() -> None:
    there = {(block.page, block.language) for block in blocks()}
    assert set(RUN_ELSEWHERE) <= there
    every = "\n".join(block.text for block in blocks() if block.language == "sh")
    assert all(command in every for command in COMMANDS_RUN_ELSEWHERE)


def test_doctests_of_the_documents_are_run() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    pytest_settings = settings["tool"]["pytest"]["ini_options"]
    assert "--doctest-glob=*.md" in pytest_settings["addopts"]
    assert {"README.md", "docs"} <= set(pytest_settings["testpaths"])
    for block in blocks():
        if block.language == "pycon":
            assert block.page == "README.md" or block.page.startswith("docs/"), str(block)
            assert block.text.startswith(">>> "), str(block)
            # The doctest module takes the closing fence for output, unless a line is empty.
            assert block.text.endswith("\n"), f"{block} needs an empty line at its end"


@pytest.mark.parametrize("block", of_language("python"))
def test_code_that_is_shown_is_code_of_the_library(block: Block) -> None:
    files = (ROOT / "src").rglob("*.py")
    assert any(block.text in file.read_text(encoding="utf-8") for file in files)


@pytest.mark.parametrize("block", of_language("toml"))
def test_settings_that_are_shown_can_be_read(
    block: Block, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = tomllib.loads(block.text)
    if set(shown) <= {"select", "ignore", "severity", "rules", "rules_url"}:
        monkeypatch.syspath_prepend(ROOT / "tests" / "consumer")
        file = tmp_path / "airspace-events.toml"
        file.write_text(block.text, encoding="utf-8")
        read_settings(file)


@pytest.mark.parametrize("block", of_language("json"))
def test_records_that_are_shown_are_a_valid_feed(block: Block, tmp_path: Path) -> None:
    if block.page == "docs/codebook.md":
        return  # Above, each is read as the value below whose heading it stands.
    records = [line for line in block.text.splitlines() if line.strip()]
    assert all(json.loads(line)["type"] for line in records)
    first = next(one for one in blocks() if one.page == block.page and one.language == "json")
    before = [] if first is block or '"feed"' in records[0] else first.text.splitlines()
    header = [] if '"feed"' in [*before, *records][0] else [HEADER]
    feed = tmp_path / "feed.jsonl"
    feed.write_text("\n".join([*header, *before, *records]), encoding="utf-8")
    report = ae.validate(feed)
    said = [
        str(notice.message)
        for notice in report.notices
        if (block.page, notice.record, notice.code) not in MEANT_INFOS
    ]
    assert said == []


def test_values_that_are_shown_in_a_sentence_are_values() -> None:
    adapters = [TypeAdapter(model) for model in [*value_classes(), ae.FeedHeader]]
    shown = [
        (page, code)
        for page, text in pages().items()
        for code in re.findall(r"`(\{\"[^`]*\})`", prose(text))
        if page not in {"docs/codebook.md", "docs/phrases.md", "docs/rules.md"}
        and "..." not in code
    ]
    assert len(shown) >= 8
    for page, code in shown:
        assert any(_takes(adapter, code) for adapter in adapters), f"{page}: {code}"


def _takes(adapter: TypeAdapter[object], text: str) -> bool:
    try:
        adapter.validate_json(text)
    except ValidationError:
        return False
    return True


def test_what_the_readme_shows_of_a_mistake_is_what_the_validator_says(tmp_path: Path) -> None:
    [readme] = [
        block for block in blocks() if block.page == "README.md" and block.text[:9] == "feed.json"
    ]
    feed = tmp_path / "feed.jsonl"
    lines = _readme_feed().splitlines()
    lines[2] = lines[2].replace('"state":"LV"', '"state":"Latvia"', 1)
    feed.write_text("\n".join(lines), encoding="utf-8")
    [notice] = ae.validate(feed).notices
    assert readme.text.splitlines() == [str(notice).replace(str(feed), "feed.jsonl")]


def _readme_feed() -> str:
    block = next(one for one in blocks() if one.page == "README.md" and one.language == "json")
    return block.text + "\n"


# Commands, as a reader runs them: one page after the other from its top, in one folder.

Shell = Callable[[str], tuple[int, str]]


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shell:
    """Runs commands in a folder that has the examples and a feed.jsonl; exit code and output."""
    shutil.copytree(DOCS / "examples", tmp_path / "docs" / "examples")
    feed = _readme_feed()
    (tmp_path / "feed.jsonl").write_text(feed, encoding="utf-8")
    (tmp_path / "feed.jsonl.gz").write_bytes(gzip.compress(feed.encode()))
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(tmp_path)

    def run(command: str) -> tuple[int, str]:
        words = shlex.split(command)
        if words[0] == "airspace-events" and not {">", "|"} & set(words):
            result = CliRunner().invoke(airspace_events, words[1:])
            return result.exit_code, result.output.rstrip("\n")
        return _in_a_shell(command, tmp_path / "bin")

    return run


def _in_a_shell(command: str, programs: Path) -> tuple[int, str]:
    """Run a command with pipes in a shell of its own."""
    programs.mkdir(exist_ok=True)
    program = programs / "airspace-events"
    program.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m airspace_events "$@"\n')
    program.chmod(0o755)
    done = subprocess.run(
        ["/bin/bash", "-uo", "pipefail", "-c", command],
        env={**os.environ, "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    )
    return done.returncode, done.stdout.rstrip("\n")


def _pages_with_commands() -> list[str]:
    return [page for page in pages() if any(_commands(block) for block in _blocks_of(page))]


def _blocks_of(page: str) -> list[Block]:
    return [
        block
        for block in blocks()
        if block.page == page
        and (block.language == "sh" or (page, block.language) not in RUN_ELSEWHERE)
    ]


def _commands(block: Block) -> list[str]:
    """The commands of a block of commands."""
    if block.language != "sh":
        return []
    return [
        line
        for line in block.text.splitlines()
        if not line.startswith(tuple(COMMANDS_RUN_ELSEWHERE))
    ]


@pytest.mark.parametrize("page", _pages_with_commands())
def test_commands_that_are_shown_run_and_answer_as_shown(
    page: str, shell: Shell, tmp_path: Path
) -> None:
    found = _blocks_of(page)
    for block, behind in zip(found, [*found[1:], None], strict=True):
        if block.file:
            _put_into(tmp_path / block.file, block.text)
        shown = behind.text if behind is not None and behind.language == "text" else None
        for command in _commands(block):
            code, said = shell(command)
            # A verdict is an answer; wrong usage and a file that is not there are none.
            assert code in {0, 1}, f"{block}: {command}\n{said}"
            if shown is not None:
                assert said == shown, str(block)
                faults = (
                    "error[",
                    "could not be read",
                    "with problems",
                    "was made from this row",
                    "were not merged",
                )
                is_fault = any(fault in shown for fault in faults)
                assert code == int(is_fault), str(block)


def _put_into(file: Path, text: str) -> None:
    """Write a file; to a feed add lines, each in the place of a record with its id, if any."""
    if file.suffix != ".jsonl":
        file.write_text(text + "\n", encoding="utf-8")
        return
    lines = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
    for line in text.splitlines():
        name = json.loads(line).get("id")
        same = [n for n, old in enumerate(lines) if name and json.loads(old).get("id") == name]
        if same:
            lines[same[0]] = line
        else:
            lines.append(line)
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")


@pytest.mark.parametrize(
    "block",
    [
        pytest.param(block, id=str(block))
        for block in blocks()
        if block.language in {"console", "text"} and block.text.startswith("$ ")
    ],
)
def test_a_terminal_that_is_shown_shows_what_happens(block: Block, shell: Shell) -> None:
    for part in re.split(r"^\$ ", block.text, flags=re.MULTILINE)[1:]:
        command, _, shown = part.partition("\n")
        assert shell(command) == (0, shown.rstrip("\n"))


def test_every_block_of_plain_text_is_the_answer_to_a_command() -> None:
    for page in pages():
        found = [block for block in blocks() if block.page == page]
        for before, block in zip([None, *found], found, strict=False):
            if block.language != "text" or (page, "text") in RUN_ELSEWHERE:
                continue
            is_answer = before is not None and before.language == "sh" and _commands(before)
            is_terminal = block.text.startswith("$ ") or block.file is not None
            is_of_the_readme = page == "README.md" and block.text.startswith("feed.jsonl:3:")
            assert is_answer or is_terminal or is_of_the_readme, str(block)


def test_the_tutorial_ends_with_the_feed_that_is_kept(tmp_path: Path) -> None:
    file = tmp_path / "report.jsonl"
    for block in blocks():
        if block.page == "docs/tutorial.md" and block.file == "report.jsonl":
            _put_into(file, block.text)
    kept = DOCS / "examples" / "tutorial.jsonl"
    assert kept.read_text(encoding="utf-8") == file.read_text(encoding="utf-8")
    assert ae.validate(kept).ok


# The reader of blocks itself.


def test_blocks_are_taken_apart_as_a_renderer_does() -> None:
    text = "# A\n\n````md\n```sh\nx\n```\n````\n\n## B b!\n<!-- file: f -->\n```json\n{}\n```\n"
    [outer, inner] = blocks_of("p.md", text)
    assert (outer.language, outer.text, outer.heading) == ("md", "```sh\nx\n```", "A")
    assert (inner.language, inner.text, inner.file, inner.line) == ("json", "{}", "f", 11)
    assert anchors(text) == ["a", "b-b"]
    assert links("see [a `f(x)`](b.md#c) and ![d](e.svg)") == ["b.md#c", "e.svg"]
