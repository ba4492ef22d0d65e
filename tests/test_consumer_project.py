"""A project that depends on this one, made new: with the wheel, and nothing of the checkout."""

import shutil
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path
from zipfile import ZipFile

import pytest

ROOT = Path(__file__).parent.parent
PROJECT = ROOT / "tests" / "consumer"
MODULES = ("night_desk.py", "night_desk_rules.py", "test_night_desk.py")


def run(*command: object, cwd: Path = ROOT) -> str:
    done = subprocess.run(
        [*map(str, command)],
        cwd=cwd,
        capture_output=True,
        text=True,
        check=False,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def project(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project, in a folder of its own with an environment that has the wheel."""
    folder = tmp_path_factory.mktemp("projects") / "night-desk"
    shutil.copytree(PROJECT, folder, ignore=shutil.ignore_patterns("__pycache__", ".*"))
    venv.create(folder / ".venv", with_pip=False)
    python = python_of(folder)
    run(
        sys.executable,
        "-m",
        "pip",
        "--python",
        python,
        "install",
        "--no-index",
        "--no-deps",
        wheel,
    )
    # What else the project needs is installed here already. A folder that a .pth file names is
    # searched, while the .pth files in it are not read: so the checkout does not come with it.
    own = run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))").strip()
    (Path(own) / "others.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    return folder


def python_of(folder: Path) -> Path:
    return folder / ".venv" / ("Scripts" if sys.platform == "win32" else "bin") / "python"


def test_its_tests_pass(project: Path) -> None:
    told = run(python_of(project), "-m", "pytest", "-q", "-p", "no:cacheprovider", cwd=project)
    assert "8 passed" in told


def test_it_is_strictly_typed_for_mypy(project: Path) -> None:
    at = ("--python-executable", python_of(project), "--cache-dir", project / ".mypy_cache")
    run(sys.executable, "-m", "mypy", *at, *MODULES, cwd=project)


def test_it_is_strictly_typed_for_pyright(project: Path) -> None:
    python = ("--pythonpath", python_of(project))
    told = run(sys.executable, "-m", "pyright", *python, cwd=project)
    assert "0 errors, 0 warnings" in told


def test_type_checkers_see_what_is_wrong(project: Path) -> None:
    """So that both are known to have read the types of the wheel."""
    (project / "wrong.py").write_text(
        "from airspace_events.testing import strategies as aes\n"
        "aes.no_such_strategy()\n"
        "aes.feeds(max_size='3')\n",
        encoding="utf-8",
    )
    python = python_of(project)
    for checker in (
        (
            "mypy",
            "--python-executable",
            python,
            "--cache-dir",
            project / ".mypy_cache",
            "wrong.py",
        ),
        ("pyright", "--pythonpath", python, "wrong.py"),
    ):
        with pytest.raises(AssertionError) as refused:
            run(sys.executable, "-m", *checker, cwd=project)
        assert "no_such_strategy" in str(refused.value)
        assert "max_size" in str(refused.value)


def test_the_wheel_has_all_that_the_checkout_has(wheel: Path) -> None:
    package = ROOT / "src" / "airspace_events"
    files = (file for file in package.rglob("*") if file.is_file())
    held = {file.relative_to(package.parent).as_posix() for file in files}
    with ZipFile(wheel) as archive:
        packed = {name for name in archive.namelist() if ".dist-info/" not in name}
    assert packed == {name for name in held if "__pycache__" not in name}
