"""No module leads back to itself by imports, also not in a room, a function or for types."""

import ast
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

import airspace_events

PACKAGE = "airspace_events"
ROOT = Path(airspace_events.__file__).parent


def modules_in(folder: Path) -> dict[str, str]:
    """The text of every module of a package, by its name."""
    found: dict[str, str] = {}
    for path in sorted(folder.rglob("*.py")):
        parts = [folder.name, *path.relative_to(folder).with_suffix("").parts]
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        found[name] = path.read_text(encoding="utf-8")
    return found


def imports_of(text: str, name: str) -> Iterator[str]:
    """The names that a module imports anywhere in it, and those that it may import from them."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name} has a relative import"
            yield str(node.module)
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def needs(modules: dict[str, str]) -> dict[str, set[str]]:
    """The modules that each module imports, with the packages that are loaded before them.

    A package that is around the importing module is loaded already.
    """
    found: dict[str, set[str]] = {}
    for name, text in modules.items():
        named = {one for one in imports_of(text, name) if one in modules}
        # `from package import module` takes the module, and needs nothing else of the package.
        modules_of = {one.rpartition(".")[0] for one in named if one.count(".") > 1}
        named -= {one for one in modules_of if _takes_only_modules(text, one, modules)}
        around = {name.rsplit(".", depth)[0] for depth in range(1, name.count(".") + 1)}
        loaded = {
            one.rsplit(".", depth)[0] for one in named for depth in range(one.count(".") + 1)
        }
        found[name] = (loaded - around | named & around) - {name, PACKAGE}
    return found


def _takes_only_modules(text: str, package: str, modules: dict[str, str]) -> bool:
    taken = [
        f"{package}.{alias.name}"
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.ImportFrom) and node.module == package
        for alias in node.names
    ]
    return all(one in modules for one in taken)


def circle_in(modules: dict[str, str]) -> list[str] | None:
    """A circle of imports, or None."""
    try:
        TopologicalSorter(needs(modules)).prepare()
    except CycleError as error:
        return list(error.args[1])
    return None


def test_no_module_leads_back_to_itself() -> None:
    modules = modules_in(ROOT)
    assert len(modules) > 100
    assert circle_in(modules) is None


@pytest.mark.parametrize(
    "back",
    [
        "from airspace_events.b import x",
        "from airspace_events import b",
        "import airspace_events.b",
        "def f():\n    from airspace_events.b import x",
        "if TYPE_CHECKING:\n    from airspace_events.b import x",
        "from airspace_events.c import x",
        "from airspace_events.room import x",
        "from airspace_events.room.d import x",
    ],
)
def test_a_circle_is_found_however_it_closes(back: str) -> None:
    modules = {
        "airspace_events": "",
        "airspace_events.a": back,
        "airspace_events.b": "from airspace_events.a import x",
        "airspace_events.c": "import airspace_events.b",
        "airspace_events.room": "from airspace_events.b import x",
        "airspace_events.room.d": "",
    }
    assert circle_in(modules)
    assert not circle_in(modules | {"airspace_events.a": "import json"})


def test_a_face_may_take_names_from_its_own_modules() -> None:
    face = "from airspace_events.room.a import x"
    modules = {"airspace_events": "", "airspace_events.room": face, "airspace_events.room.a": ""}
    other = {"airspace_events.room.b": "from airspace_events.room import a"}
    assert not circle_in(modules | other)
    back = {"airspace_events.room.a": "from airspace_events.room import x"}
    assert circle_in(modules | back)
