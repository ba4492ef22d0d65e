"""The library gives the same from a zip file, without its sources, and under ``python -OO``."""

import compileall
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

import airspace_events as ae

PACKAGE = Path(ae.__file__).parent
BROKEN = Path(__file__).parent.parent / "docs" / "examples" / "broken.jsonl"

ANSWERS = """
import json, sys
from importlib import import_module
from pkgutil import walk_packages
from click.testing import CliRunner
import airspace_events as ae
from airspace_events.cli.commands import airspace_events
from airspace_events.schema.json_schema import KINDS

def command(*arguments):
    done = CliRunner().invoke(airspace_events, arguments, catch_exceptions=False)
    return [done.exit_code, done.output]

answers = {
    "modules": [import_module(found.name).__name__
                for found in walk_packages(ae.__path__, "airspace_events.")
                if not found.name.endswith("__main__")],
    "schemas": {kind: ae.json_schema(kind) for kind in KINDS},
    "corpus": [[entry.file, len(entry.read())] for entry in ae.testing.load_corpus()[::20]],
}
for told in (
    "--version",
    "schema openapi",
    "schema codebook",
    "new incursion",
    "members nato",
    "rules coordinates_at_zero",
    "time overnight --reference 2024-09-08",
    "validate FEED",
    "validate FEED --format sarif",
    "validate FEED --format html",
    "convert FEED - --to csv",
):
    answers[told] = command(*told.replace("FEED", sys.argv[1]).split())

def helps(group, *words):
    yield words, command(*words, "-h")
    for name, inner in getattr(group, "commands", {}).items():
        yield from helps(inner, *words, name)

answers["help"] = {" ".join(words): said for words, said in helps(airspace_events)}
assert all(code == 0 and "\\n\\n  " in said for code, said in answers["help"].values())
print(ae.__file__)
print(json.dumps(answers))
"""


def answers(of: Path, others: Path, *flags: str) -> str:
    """What a fresh interpreter says, with the library from a path of its own."""
    done = subprocess.run(
        [sys.executable, "-S", *flags, "-c", ANSWERS, str(BROKEN)],
        env={"PYTHONPATH": f"{of}:{others}", "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    file, told = done.stdout.splitlines()
    assert file.startswith(str(of))
    return told


@pytest.fixture(scope="module")
def others(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All that is installed but the library, which leaves no metadata either."""
    folder = tmp_path_factory.mktemp("others")
    for entry in Path(sysconfig.get_path("purelib")).iterdir():
        if "airspace_events" not in entry.name:
            (folder / entry.name).symlink_to(entry)
    return folder


@pytest.fixture(scope="module")
def usual(others: Path) -> str:
    return answers(PACKAGE.parent, others)


def test_optimized_bytecode_says_the_same(usual: str, others: Path) -> None:
    assert answers(PACKAGE.parent, others, "-OO") == usual


def test_a_zip_file_says_the_same(usual: str, others: Path, tmp_path: Path) -> None:
    archive = shutil.make_archive(
        str(tmp_path / "airspace_events"), "zip", PACKAGE.parent, PACKAGE.name
    )
    assert answers(Path(archive), others) == usual


def test_bytecode_without_its_sources_says_the_same(
    usual: str, others: Path, tmp_path: Path
) -> None:
    shutil.copytree(PACKAGE, tmp_path / PACKAGE.name, ignore=shutil.ignore_patterns("__pycache__"))
    assert compileall.compile_dir(tmp_path, legacy=True, quiet=1)
    for source in tmp_path.rglob("*.py"):
        source.unlink()
    assert answers(tmp_path, others) == usual
