"""The hook and the action that check feeds before they are published, run as their hosts do."""

import os
import runpy
import shlex
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

from small_feeds import INCURSION, SOURCE, feed

ROOT = Path(__file__).parents[1]
[HOOK] = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
ACTION = yaml.safe_load((ROOT / ".github/actions/validate/action.yml").read_text("utf-8"))
PAGE = (ROOT / "docs/publishing.md").read_text("utf-8")


@pytest.fixture
def feeds(tmp_path: Path) -> list[str]:
    """Three independent feeds, which all use the same ids."""
    names = [str(tmp_path / f"{number} feed.jsonl") for number in range(3)]
    for name in names:
        Path(name).write_bytes(feed(SOURCE, INCURSION))
    return names


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """An environment in which the command is installed."""
    folder = tmp_path / "bin"
    folder.mkdir()
    command = folder / "airspace-events"
    command.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m airspace_events "$@"\n')
    command.chmod(0o700)
    return {**os.environ, "PATH": f"{folder}{os.pathsep}{os.environ['PATH']}"}


def spoil(name: str) -> None:
    path = Path(name)
    path.write_bytes(path.read_bytes().replace(b'"LV"', b'"UK"'))


def hook(feeds: list[str], environment: dict[str, str]) -> Any:
    command = [*shlex.split(HOOK["entry"]), *feeds]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def test_the_hook_passes_independent_feeds_and_says_nothing(
    feeds: list[str], environment: dict[str, str]
) -> None:
    done = hook(feeds, environment)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_the_hook_fails_on_a_bad_feed_and_says_why(
    feeds: list[str], environment: dict[str, str]
) -> None:
    spoil(feeds[1])
    done = hook(feeds, environment)
    assert done.returncode == 1
    [line] = done.stdout.splitlines()
    assert line.startswith(f"{feeds[1]}:3:")
    assert '"UK" is not a state code; did you mean "GB"?' in line


def action(environment: dict[str, str], **inputs: str) -> Any:
    """Run the last step of the action, with its environment filled in as GitHub does."""
    given = {name: rule.get("default", "") for name, rule in ACTION["inputs"].items()} | inputs
    step = ACTION["runs"]["steps"][-1]
    filled = {
        name: given[value.removeprefix("${{ inputs.").removesuffix(" }}")]
        for name, value in step["env"].items()
    }
    return subprocess.run(
        ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", "-c", step["run"]],  # noqa: S607
        env={**environment, **filled},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_action_checks_each_feed_of_a_folder_by_itself(
    feeds: list[str], environment: dict[str, str]
) -> None:
    folder = str(Path(feeds[0]).parent)
    assert action(environment, feeds=folder).returncode == 0
    assert action(environment, feeds=f"{folder}/*feed.jsonl").returncode == 0
    assert action(environment, feeds=folder, separately="false").returncode == 1
    spoil(feeds[2])
    done = action(environment, feeds="\n".join([*feeds[1:], ""]))
    assert done.returncode == 1
    assert done.stdout.startswith("::error file=")


def test_no_input_of_the_action_is_a_command(environment: dict[str, str], tmp_path: Path) -> None:
    trace = tmp_path / "trace"
    for text in (f"$(touch {trace})", f"`touch {trace}`", f"x; touch {trace}", "--help"):
        assert action(environment, feeds=text).returncode == 3
    assert not trace.exists()
    runs = [step["run"] for step in ACTION["runs"]["steps"] if "run" in step]
    assert not any("${{" in run for run in runs)


def test_the_page_names_the_hook_the_action_and_real_options() -> None:
    assert f"id: {HOOK['id']}" in PAGE
    assert "/.github/actions/validate@" in PAGE
    assert (ROOT / ".github/actions/validate/action.yml").is_file()
    blocks = [part.partition("```")[0] for part in PAGE.split("```yaml\n")[1:]]
    loaded = [yaml.safe_load(block) for block in blocks]
    assert [len(one) for one in loaded] == [1, 1, 4, 1]
    steps = loaded[2]["jobs"]["validate"]["steps"]
    assert set(steps[-1]["with"]) <= set(ACTION["inputs"])
    assert loaded[1]["repos"][0]["hooks"][0]["entry"] == HOOK["entry"]
    assert f"{HOOK['entry']} " in PAGE.partition("```crontab")[2]


# The release.


def test_the_release_workflow_checks_before_it_publishes() -> None:
    path = ROOT / ".github/workflows/release.yml"
    jobs = yaml.safe_load(path.read_text("utf-8"))["jobs"]
    assert jobs["publish"]["needs"] == "build"
    assert jobs["publish"]["permissions"] == {"id-token": "write"}
    runs = "\n".join(step.get("run", "") for step in jobs["build"]["steps"])
    assert "${{" not in runs
    for check in ("twine check --strict", "check-wheel-contents", "sha256sum --check"):
        assert check in runs


def test_the_version_is_written_in_one_place() -> None:
    version = runpy.run_path(str(ROOT / "src/airspace_events/version.py"))["__version__"]
    for name in ("pyproject.toml", "README.md", "CITATION.cff", "docs/conf.py"):
        assert version not in (ROOT / name).read_text("utf-8")


def test_the_readme_lists_every_extra_for_users() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    for_development = {"test", "browser", "lint", "bench", "mutation", "node", "docs", "dev"}
    section = (
        (ROOT / "README.md").read_text("utf-8").partition("| extra |")[2].partition("\n\n")[0]
    )
    extras = {
        name
        for row in section.splitlines()
        for name in row.partition("|")[2].partition("|")[0].split("`")[1::2]
    }
    assert extras == set(project["optional-dependencies"]) - for_development
    assert "seven small packages" in (ROOT / "README.md").read_text("utf-8")
    assert len(project["dependencies"]) == 7
