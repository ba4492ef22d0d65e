"""The registry of codes, loaded from TOML files when a code is first needed."""

import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal, TypeVar

Severity = Literal["error", "warning", "info"]

FAMILY_NAMES = (
    "feeds",
    "shape",
    "references",
    "times",
    "places",
    "evidence",
    "statements",
    "objects",
    "texts",
    "connections",
    "reports",
)
"""The families of codes, in the order in which documents list them."""

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Code:
    """A code, which identifies one kind of notice.

    Attributes:
        name: the stable name.
        severity: ``error`` for a record that can never be correct; ``warning`` for a value that
            may be correct but should be checked; ``info`` if no action is needed.
        meaning: a description of the problem and how to fix it.
        url: the URL of a page about the code, if any.
    """

    name: str
    severity: Severity
    meaning: str
    url: str | None = None


class LazyMapping(Mapping[str, _T]):
    """A mapping that is loaded on first access."""

    def __init__(self, load: Callable[[], Mapping[str, _T]]) -> None:
        self._load = cache(load)

    def __getitem__(self, key: str) -> _T:
        return self._load()[key]

    def __contains__(self, key: object) -> bool:
        return key in self._load()

    def __iter__(self) -> Iterator[str]:
        return iter(self._load())

    def __len__(self) -> int:
        return len(self._load())


@cache
def family_about(family: str) -> str:
    """Return one sentence that describes the codes of a family."""
    about: str = _file(family)["about"]
    return about


@cache
def entries() -> Mapping[str, Mapping[str, Any]]:
    """Return a mapping from the names of codes to their entries."""
    return {name: entry for family in FAMILY_NAMES for name, entry in _entries_of(family)}


def _families() -> dict[str, tuple[Code, ...]]:
    return {
        family: tuple(
            Code(name, entry["severity"], " ".join(entry["meaning"].split()))
            for name, entry in _entries_of(family)
        )
        for family in FAMILY_NAMES
    }


def _entries_of(family: str) -> Iterator[tuple[str, dict[str, Any]]]:
    return ((name, entry) for name, entry in _file(family).items() if name != "about")


@cache
def _file(family: str) -> dict[str, Any]:
    file = files("airspace_events.validation.codes").joinpath(f"{family}.toml")
    return tomllib.loads(file.read_text(encoding="utf-8"))


FAMILIES: Mapping[str, tuple[Code, ...]] = LazyMapping(_families)
"""A mapping from the families to their codes."""

CODES: Mapping[str, Code] = LazyMapping(
    lambda: {code.name: code for codes in FAMILIES.values() for code in codes}
)
"""A mapping from names to all codes."""
