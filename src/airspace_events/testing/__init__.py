"""Test tools for projects that use this library, such as made-up records and invalid feeds.

Each name is imported on first use, because some names need extra packages.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from airspace_events.testing import strategies as strategies
    from airspace_events.testing.assertions import assert_valid as assert_valid
    from airspace_events.testing.corpus_entries import CorpusEntry as CorpusEntry
    from airspace_events.testing.corpus_entries import ExpectedNotice as ExpectedNotice
    from airspace_events.testing.corpus_entries import load_corpus as load_corpus
    from airspace_events.testing.faults import FAULTS as FAULTS
    from airspace_events.testing.faults import Mutation as Mutation
    from airspace_events.testing.faults import mutations as mutations
    from airspace_events.testing.faults import plant as plant
    from airspace_events.testing.hostile_families import HostileBytes as HostileBytes
    from airspace_events.testing.hostile_families import hostile_bytes as hostile_bytes
    from airspace_events.testing.synthetic.coverage import Coverage as Coverage
    from airspace_events.testing.synthetic.coverage import synthetic_coverage as synthetic_coverage
    from airspace_events.testing.synthetic.feeds import PlantedFault as PlantedFault
    from airspace_events.testing.synthetic.feeds import synthetic_faults as synthetic_faults
    from airspace_events.testing.synthetic.feeds import synthetic_lines as synthetic_lines
    from airspace_events.testing.synthetic.feeds import synthetic_records as synthetic_records

_NAMES_OF = {
    "assertions": "assert_valid",
    "corpus_entries": "CorpusEntry ExpectedNotice load_corpus",
    "faults": "FAULTS Mutation mutations plant",
    "hostile_families": "HostileBytes hostile_bytes",
    "synthetic.coverage": "Coverage synthetic_coverage",
    "synthetic.feeds": "PlantedFault synthetic_faults synthetic_lines synthetic_records",
}
_MODULE_OF = {name: module for module, names in _NAMES_OF.items() for name in names.split()}
_MODULES = ("strategies",)

# For `dir` and star imports; type checkers read the aliases above.
__all__ = sorted([*_MODULE_OF, *_MODULES])  # noqa: PLE0605  # pyright: ignore[reportUnsupportedDunderAll]

if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        if name in _MODULES:
            return import_module(f"{__name__}.{name}")
        if name not in _MODULE_OF:
            msg = f"module {__name__!r} has no attribute {name!r}"
            raise AttributeError(msg)
        value = getattr(import_module(f"{__name__}.{_MODULE_OF[name]}"), name)
        globals()[name] = value
        return value

    def __dir__() -> list[str]:
        return __all__
