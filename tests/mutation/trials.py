"""How a mutant is tried: in a fork of this process, which dies at the first test that fails.

Where only the body of a function differs, the fork is of a process that has run the tests already,
and the function gets another body. All others are loaded in place of their module by a process
of their own, for code that runs at import.
"""

from __future__ import annotations

import gc
import inspect
import os
import re
import resource
import signal
import sys
import traceback
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import _lru_cache_wrapper, partial
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, SourceFileLoader
from importlib.util import spec_from_file_location
from pathlib import Path
from shutil import copytree, ignore_patterns
from tempfile import TemporaryDirectory
from time import monotonic
from types import CodeType, FunctionType
from typing import Any

import hypothesis
import pytest
from mutants import ROOT, SETTINGS, Mutant

_SOURCE = ROOT / "src"
_MEMORY = 3 << 30
_BUSY = 10  # How much longer a second may be on a busy machine.
_FAILED, _NEVER_RAN = 1, 99

Told = Callable[[Mutant, "Verdict"], None]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a mutant.

    Attributes:
        outcome: killed, survived or timeout.
        by: the first test that failed, if one did.
        seconds: how long it took.
        tried: in which way: patched, fresh or fully, the last with all tests and examples.
    """

    outcome: str
    by: str
    seconds: float
    tried: str


# What pytest does besides.


class _FirstFailure:
    """Ends the process at the first test that fails, and tells the parent which it was."""

    def __init__(self, pipe: int) -> None:
        self.pipe = pipe

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self.pytest_collectreport(report)

    def pytest_collectreport(self, report: pytest.CollectReport | pytest.TestReport) -> None:
        if report.failed:
            os.write(self.pipe, report.nodeid.encode())
            os._exit(_FAILED)

    def pytest_sessionfinish(self, exitstatus: int) -> None:
        os._exit(exitstatus)  # Nothing that this process leaves behind is worth tidying up.


class _Loading(_FirstFailure):
    """Loads a mutant in place of its module."""

    def __init__(self, pipe: int, module: str, source: str) -> None:
        super().__init__(pipe)
        self._module, self._source = module, source

    def pytest_sessionstart(self) -> None:
        # Hypothesis may have loaded some of the library, which registers its strategies there.
        for name in [name for name in sys.modules if name.startswith("airspace_events")]:
            del sys.modules[name]
        # Only now, since pytest has put its own finder in front of all others.
        sys.meta_path.insert(0, _Mutated(self._module, self._source))


class _Patching(_FirstFailure):
    """Gives functions other bodies, once all tests have run without."""

    def __init__(self, pipe: int, module: str, mutants: list[Mutant], told: Told) -> None:
        super().__init__(pipe)
        self._mutants, self._told = mutants, told
        # What lies below the rules remembers nothing of them.
        self._above = f"airspace_events{'.validation' if '/validation/' in module else ''}."

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        _run_tests(session.items)
        there = gc.get_objects()
        functions = [one for one in there if isinstance(one, FunctionType)]
        caches = [
            one
            for one in there
            if isinstance(one, _lru_cache_wrapper) and one.__module__.startswith(self._above)
        ]
        gc.freeze()
        for mutant in self._mutants:
            body = _only_other_body(mutant)
            same = [one for one in functions if body and _is_same(one.__code__, body, mutant)]
            if body and same:
                run = partial(self._run_with, body, same, caches, session.items)
                self._told(mutant, _in_a_fork(run, "patched", SETTINGS["longest_seconds"]))
        return True

    def _run_with(
        self,
        body: CodeType,
        functions: list[FunctionType],
        caches: list[_lru_cache_wrapper[Any]],
        items: list[pytest.Item],
        pipe: int,
    ) -> int:
        self.pipe = pipe
        for function in functions:
            function.__code__ = body
        for cache in caches:
            cache.cache_clear()
        _run_tests(items)
        return 0


def _run_tests(items: list[pytest.Item]) -> None:
    for item, following in zip(items, [*items[1:], None], strict=True):
        item._initrequest()  # They run more than once.
        item.ihook.pytest_runtest_protocol(item=item, nextitem=following)


def _only_other_body(mutant: Mutant) -> CodeType | None:
    """The other body of a function, if nothing else differs."""
    source = (ROOT / mutant.module).read_text(encoding="utf-8")
    file = str(ROOT / mutant.module)
    before, after = compile(source, file, "exec"), compile(mutant.source, file, "exec")
    while not before.co_flags & inspect.CO_OPTIMIZED:
        inner = [
            [one for one in code.co_consts if isinstance(one, CodeType)]
            for code in (before, after)
        ]
        other = [pair for pair in zip(*inner, strict=False) if pair[0] != pair[1]]
        if len(other) != 1 or _outside(before) != _outside(after):
            return None
        [(before, after)] = other
    return after if before.co_freevars == after.co_freevars == () else None


def _outside(code: CodeType) -> tuple[Any, ...]:
    plain = [repr(one) for one in code.co_consts if not isinstance(one, CodeType)]
    return code.co_code, code.co_names, plain


def _is_same(code: CodeType, body: CodeType, mutant: Mutant) -> bool:
    place = code.co_qualname, code.co_firstlineno
    return code.co_filename.endswith(mutant.module) and place == (
        body.co_qualname,
        body.co_firstlineno,
    )


class _Mutated(SourceFileLoader, MetaPathFinder):
    """Finds one module, and gives other code for it than its file has."""

    def __init__(self, module: str, source: str) -> None:
        self._file = ROOT / module
        self._code = compile(source, self._file, "exec")
        dotted = ".".join(self._file.relative_to(_SOURCE).with_suffix("").parts)
        super().__init__(dotted.removesuffix(".__init__"), str(self._file))

    def find_spec(self, fullname: str, *_: object) -> ModuleSpec | None:
        if fullname != self.name:
            return None
        return spec_from_file_location(fullname, self._file, loader=self)

    def get_code(self, fullname: str) -> CodeType:  # noqa: ARG002 - there is one only
        return self._code


# How they are tried.


def patched(module: str, mutants: list[Mutant], told: Told) -> Verdict:
    """Try those mutants of a module that differ in the body of a function.

    Returns:
        What became of the module without any change.
    """

    if _row(module).get("new_interpreters"):  # No fork changes a process that a test starts.
        return fresh(module, (ROOT / module).read_text(encoding="utf-8"), fully=False)

    def run(pipe: int) -> int:
        return _pytest(
            tests_of(module, fully=False), _Patching(pipe, module, mutants, told), fully=False
        )

    return _in_a_fork(run, "patched", 0)


def fresh(module: str, source: str, *, fully: bool) -> Verdict:
    """Try a module with another source.

    Args:
        module: the module.
        source: its source.
        fully: run more tests, and let Hypothesis make as many examples as each wants.
    """

    def run(pipe: int) -> int:
        plugin = _Loading(pipe, module, source)
        return _pytest(tests_of(module, fully=fully), plugin, fully=fully)

    way, longest = ("fully", 5) if fully else ("fresh", 1)
    longest *= SETTINGS["longest_seconds"]
    if not _row(module).get("new_interpreters"):
        return _in_a_fork(run, way, longest)
    with TemporaryDirectory() as folder:
        copytree(_SOURCE, folder, dirs_exist_ok=True, ignore=ignore_patterns("*.pyc"))
        mutated = Path(folder) / (ROOT / module).relative_to(_SOURCE)
        mutated.write_text(source, encoding="utf-8")
        return _in_a_fork(run, way, longest, {"PYTHONPATH": folder})


def _in_a_fork(
    run: Callable[[int], int], way: str, longest: int, environment: dict[str, str] | None = None
) -> Verdict:
    """Run something in a fork of this process, for some seconds of the processor at most."""
    began = monotonic()
    reading, writing = os.pipe()
    process = os.fork()
    if process == 0:
        code = _NEVER_RAN
        try:
            os.close(reading)
            os.environ.update(environment or {})
            if longest:
                os.setpgid(0, 0)
                resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
                resource.setrlimit(resource.RLIMIT_CPU, (longest, longest + 1))
                signal.alarm(longest * _BUSY)  # In case it sleeps.
            code = run(writing)
        except BaseException:  # noqa: BLE001 - a fork must not go on as its parent
            os.write(writing, traceback.format_exc().encode())
        finally:
            os._exit(code)
    os.close(writing)
    code = os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
    if longest:
        with suppress(ProcessLookupError):
            os.killpg(process, signal.SIGKILL)  # What it started and left behind.
    with os.fdopen(reading, encoding="utf-8", errors="replace") as told:
        by = told.read()
    ends = {0: "survived", -signal.SIGALRM: "timeout", -signal.SIGXCPU: "timeout"}
    return Verdict(ends.get(code, "killed"), by, round(monotonic() - began, 2), way)


def _pytest(files: list[str], plugin: _FirstFailure, *, fully: bool) -> int:
    nothing = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nothing, 1)
    os.dup2(nothing, 2)
    if not fully:
        _make_few_examples()
    args = ["-q", "--assert=plain", "-p", "no:anyio", "-p", "no:cacheprovider"]
    return int(pytest.main([*args, *files], plugins=[plugin]))


def _make_few_examples() -> None:
    """Let no property make more than a few examples, whatever it asks for."""
    original, most = hypothesis.settings.__init__, SETTINGS["examples"]

    def capped(self: hypothesis.settings, *args: Any, **wanted: Any) -> None:
        wanted["max_examples"] = min(wanted.get("max_examples", most), most)
        original(self, *args, **wanted)

    hypothesis.settings.__init__ = capped  # type: ignore[method-assign]


def tests_of(module: str, *, fully: bool) -> list[str]:
    """The files of tests that look at a module, the likeliest first; last its own examples."""
    row = _row(module)
    files = [f"tests/test_{file}.py" for file in row["files"] + (row["more"] if fully else [])]
    return [*files, module]


def _row(module: str) -> dict[str, Any]:
    """What the settings say of a module."""
    name = module.removeprefix("src/airspace_events/")
    return next(one for one in SETTINGS["tests"] if re.fullmatch(one["modules"], name))
