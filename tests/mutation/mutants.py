"""Which mutants a module has: the changes of cosmic-ray that make another program of it."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import mutate_code
from cosmic_ray.plugins import get_operator, operator_names

ROOT = Path(__file__).parent.parent.parent
SETTINGS = tomllib.loads(Path(__file__).with_name("settings.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True)
class Mutant:
    """One change.

    Attributes:
        module: the file, as a path within the project.
        line: the line that changes.
        operator: what cosmic-ray calls the change.
        occurrence: which of the places where that change is possible.
        before: the line as it is.
        after: the line as it becomes.
        source: the whole module as it becomes.
    """

    module: str
    line: int
    operator: str
    occurrence: int
    before: str
    after: str
    source: str

    @property
    def key(self) -> tuple[str, str, int]:
        """What tells it from all others."""
        return self.module, self.operator, self.occurrence


def mutants_of(module: str) -> Iterator[Mutant]:
    """All mutants of a module that are Python and not the same program."""
    source = (ROOT / module).read_text(encoding="utf-8")
    lines, tree = source.splitlines(), get_ast(source)
    program, annotations = ast.dump(ast.parse(source)), _annotations(source)
    for name in sorted(operator_names()):
        if not re.fullmatch(SETTINGS["operators"], name.removeprefix("core/")):
            continue
        operator = get_operator(name)()
        places = [place for node in ast_nodes(tree) for place in operator.mutation_positions(node)]
        for occurrence, (start, _) in enumerate(places):
            changed = mutate_code(source, operator, occurrence)
            if not _is_another_program(changed, program):
                continue
            if "BitOr" in name and any(first <= start < last for first, last in annotations):
                continue  # A union of types: it is an error wherever it is looked at.
            after = changed.splitlines()
            here = next(n for n, old in enumerate(lines) if n >= len(after) or old != after[n])
            before, becomes = lines[here].strip(), after[here].strip()
            yield Mutant(module, here + 1, name, occurrence, before, becomes, changed)


def _is_another_program(source: str, program: str) -> bool:
    try:
        return ast.dump(ast.parse(source)) != program
    except SyntaxError:
        return False


def _annotations(source: str) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """Where the annotations of a module begin and end."""
    found: list[ast.expr | None] = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.AnnAssign | ast.arg):
            found.append(node.annotation)
        elif isinstance(node, ast.FunctionDef):
            found.append(node.returns)
    return [
        ((one.lineno, one.col_offset), (one.end_lineno or 0, one.end_col_offset or 0))
        for one in found
        if one is not None
    ]
