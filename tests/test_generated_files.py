"""Every generated file is as the code gives it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from generators import CORPUS, GENERATORS, ROOT, SCHEMAS

COMMAND = "python docs/generate.py"


@pytest.mark.parametrize("name", GENERATORS)
def test_generated_files_are_up_to_date(name: str) -> None:
    again = f"write them again: {COMMAND} {name}"
    made = GENERATORS[name]()
    assert made
    for path, data in made.items():
        assert (ROOT / path).read_bytes() == data, f"{path} is out of date; {again}"
    if name in ("corpus", "schemas"):
        folder = ROOT / (CORPUS if name == "corpus" else SCHEMAS)
        there = {file.relative_to(ROOT).as_posix() for file in folder.rglob("*.*")}
        assert there - {f"{CORPUS}/README.md"} == set(made), again


def test_the_command_writes_the_files_that_are_named(tmp_path: Path) -> None:
    command = [sys.executable, "docs/generate.py", "--to", str(tmp_path), "schemas", "cli"]
    subprocess.run(command, check=True, cwd=ROOT, env={**os.environ, "PYTHONHASHSEED": "7"})
    made = {path.relative_to(tmp_path) for path in tmp_path.rglob("*.*") if path.is_file()}
    assert {file.parent.as_posix() for file in made} == {"docs", SCHEMAS}
    for file in made:
        assert (tmp_path / file).read_bytes() == (ROOT / file).read_bytes()
    wrong = subprocess.run([*command, "none"], check=False, cwd=ROOT, stderr=subprocess.DEVNULL)
    assert wrong.returncode == 2


def test_contributors_are_told_the_command() -> None:
    for page in ("CONTRIBUTING.md", f"{CORPUS}/README.md"):
        assert COMMAND in (ROOT / page).read_text(encoding="utf-8")
