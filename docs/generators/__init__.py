"""Generators of files from the code of the project.

`python docs/generate.py` writes all of them, in the order of `GENERATORS`.
"""

from collections.abc import Callable, Mapping
from contextlib import chdir
from pathlib import Path
from types import MappingProxyType

from click.testing import CliRunner

from airspace_events.cli.commands import airspace_events
from airspace_events.feeds.atomic_files import atomic_files
from airspace_events.feeds.header import SCHEMA_VERSION
from airspace_events.schema.codebook import codebook
from airspace_events.schema.docstrings import docstrings
from generators.cli_page import cli_page
from generators.columns_page import column_page
from generators.corpus_files import MANIFEST, corpus, names_in
from generators.docstrings_file import docstring_file
from generators.example_workbook import example_workbook
from generators.nights import nights
from generators.phrases_page import phrase_page
from generators.pictures_page import picture_page
from generators.rules_page import rule_page
from generators.schema_files import schema_files

ROOT = Path(__file__).parent.parent.parent
CORPUS = "src/airspace_events/testing/corpus"
DOCSTRINGS = "src/airspace_events/schema/docstrings.json"
SCHEMAS = f"docs/schemas/{SCHEMA_VERSION}"

Files = Mapping[str, bytes]
"""The bytes of each file of a generator, by the path within the project."""


def _broken_example() -> Files:
    """Return the output of the validator for the broken example."""
    with chdir(ROOT):
        call = ["validate", "docs/examples/broken.jsonl"]
        result = CliRunner().invoke(airspace_events, call)
    return {"docs/examples/broken.txt": result.output.encode()}


def _page(path: str, text: Callable[[], str]) -> Callable[[], Files]:
    return lambda: {path: text().encode()}


GENERATORS: Mapping[str, Callable[[], Files]] = MappingProxyType(
    {
        # The other generators read the docstrings.
        "docstrings": _page(DOCSTRINGS, docstring_file),
        "codebook": _page("docs/codebook.md", codebook),
        "pictures": _page("docs/pictures.md", picture_page),
        "rules": _page("docs/rules.md", rule_page),
        "phrases": _page("docs/phrases.md", phrase_page),
        "columns": _page("docs/columns.md", column_page),
        "cli": _page("docs/cli.md", cli_page),
        "broken": _broken_example,
        "workbook": lambda: {"docs/examples/tracker-crossings.xlsx": example_workbook()},
        "nights": nights,
        "schemas": lambda: {
            f"{SCHEMAS}/{name}": text.encode() for name, text in schema_files().items()
        },
        "corpus": lambda: {
            f"{CORPUS}/{name}": data for name, data in corpus(ROOT / "docs/examples").items()
        },
    }
)
"""The generators, by name."""


def write(name: str, folder: Path = ROOT) -> None:
    """Write the files of a generator, and remove old files of the corpus.

    Args:
        name: the name of the generator.
        folder: the folder of the project, or another folder with the same layout.

    Raises:
        UnwritableError: a file cannot be written. All files remain unchanged.
    """
    made = {folder / path: data for path, data in GENERATORS[name]().items()}
    before = names_in(folder / CORPUS / MANIFEST) if name == "corpus" else set[str]()
    for path in made:
        path.parent.mkdir(parents=True, exist_ok=True)
    with atomic_files(*made) as streams:
        for stream, data in zip(streams, made.values(), strict=True):
            stream.write(data)
    for gone in {folder / CORPUS / file for file in before} - made.keys():
        gone.unlink(missing_ok=True)
    docstrings.cache_clear()
