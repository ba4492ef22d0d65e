"""Changes the library in one place at a time, and looks whether a test takes notice.

    python tests/mutation/mutation_testing.py --results mutants.jsonl --most 40

No file changes, so that several may run at once, and none can leave a change behind. It needs an
operating system that can fork. docs/mutation-testing.md says what came of it.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import random
import sys
from collections import Counter
from dataclasses import asdict
from functools import partial
from importlib import import_module
from math import sqrt
from pathlib import Path
from typing import Any

from mutants import ROOT, SETTINGS, Mutant, mutants_of
from trials import Verdict, fresh, patched


def modules() -> list[str]:
    """The modules that have mutants, as paths within the project."""
    package = ROOT / "src/airspace_events"
    found = [file for name in SETTINGS["modules"] for file in package.glob(name)]
    return sorted(file.relative_to(ROOT).as_posix() for file in found)


class Results:
    """What became of the mutants so far, in a file of JSON Lines."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self.known: dict[tuple[str, str, int], dict[str, Any]] = {}
        self.read()

    def read(self) -> None:
        """Take in what stands in the file; the last word on a mutant counts."""
        lines = self._file.read_text(encoding="utf-8").splitlines() if self._file.exists() else []
        for line in lines:
            result = json.loads(line)
            self.known[result["module"], result["operator"], result["occurrence"]] = result

    def add(self, mutant: Mutant, verdict: Verdict, among: int) -> None:
        """Write what became of a mutant, and how many its module has."""
        result = asdict(mutant) | asdict(verdict) | {"among": among}
        del result["source"]
        self.known[mutant.key] = result
        with self._file.open("a", encoding="utf-8") as file:
            file.write(json.dumps(result) + "\n")

    def outcome(self, mutant: Mutant) -> str | None:
        """What became of a mutant; None if it was not tried."""
        return self.known.get(mutant.key, {}).get("outcome")


def try_module(module: str, results: Results, chosen: argparse.Namespace) -> None:
    """Try a sample of the mutants of a module."""
    drawn = list(mutants_of(module))
    told = partial(results.add, among=len(drawn))
    random.Random(f"{chosen.seed} {module}").shuffle(drawn)  # noqa: S311 - a sample, no secret
    wanted = "survived" if chosen.again or chosen.fully else None
    drawn = [one for one in drawn[: chosen.most] if results.outcome(one) == wanted]
    if drawn and wanted is None:
        unchanged = patched(module, drawn, told)
        if unchanged.outcome != "survived":
            sys.exit(f"{module}: without any change, {unchanged.by} fails")
        results.read()
    for mutant in drawn:
        # What a function does at import, only a fresh process shows.
        if results.outcome(mutant) in (None, "survived"):
            told(mutant, fresh(module, mutant.source, fully=chosen.fully))


def table(results: Results) -> str:
    """What became of the mutants, in Markdown.

    The share of a folder is that of its modules, each counted by how many mutants it has. Beside
    it stands how far it may be off, since it is one of a sample: two standard errors.
    """
    groups: dict[str, dict[str, list[dict[str, Any]]]] = {}
    for result in results.known.values():
        module = str(result["module"]).removeprefix("src/airspace_events/")
        for name in (module, f"{Path(module).parent}/", "all"):
            groups.setdefault(name, {}).setdefault(module, []).append(result)
    head = "| module | mutants | tried | killed | timeouts | survived | die |"
    rows = [head, "|---|" + "---:|" * 6]
    for name, strata in sorted(groups.items()):
        tried = [result for results in strata.values() for result in results]
        count = Counter(result["outcome"] for result in tried)
        died, error = _estimate(list(strata.values()))
        rows.append(
            f"| {name} | {sum(one[0]['among'] for one in strata.values())} | {len(tried)} "
            f"| {count['killed']} | {count['timeout']} | {count['survived']} "
            f"| {died:.1%} ± {2 * error:.1%} |"
        )
    return "\n".join(rows)


def _estimate(strata: list[list[dict[str, Any]]]) -> tuple[float, float]:
    """The share of the mutants of some modules that die, and its standard error."""
    whole = sum(results[0]["among"] for results in strata)
    share, variance = 0.0, 0.0
    for results in strata:
        among, tried = results[0]["among"], len(results)
        died = sum(result["outcome"] != "survived" for result in results)
        share += among / whole * died / tried
        # As if one more had died and one more survived, since none of a few is not none of all.
        likely = (died + 1) / (tried + 2)
        variance += (among / whole) ** 2 * likely * (1 - likely) / tried * (1 - tried / among)
    return share, sqrt(variance)


def main() -> None:
    """Try what the command line asks for."""
    parser = argparse.ArgumentParser(description="Change the library, and see whether tests fail.")
    parser.add_argument("modules", nargs="*", help="paths of modules; all, if none is given")
    parser.add_argument(
        "--results",
        type=Path,
        required=True,
        help="a file of JSON Lines; what stands in it is not tried again",
    )
    parser.add_argument("--most", type=int, default=10**6, help="draw no more mutants of a module")
    parser.add_argument("--seed", type=int, default=0, help="draw other ones")
    parser.add_argument("--again", action="store_true", help="try those again that survived")
    parser.add_argument(
        "--fully", action="store_true", help="try them with all tests and examples"
    )
    chosen = parser.parse_args()
    results = Results(chosen.results.absolute())
    os.chdir(ROOT)
    os.environ["CI"] = "1"  # So that Hypothesis draws the same each time.
    for name in SETTINGS["preload"]:
        import_module(name)
    gc.freeze()
    for module in chosen.modules or modules():
        try_module(module, results, chosen)
    sys.stdout.write(table(results) + "\n")


if __name__ == "__main__":
    main()
