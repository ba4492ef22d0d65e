"""Generation of the corpus: its files, and the manifest with the notices of the validator.

The files come from the worked examples, the examples of the codes, the planted faults, and the
hostile bytes.
"""

import json
from collections.abc import Iterator
from dataclasses import asdict, replace
from importlib.resources import files
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple

from airspace_events.feeds.framing import Limits
from airspace_events.feeds.header import SCHEMA_VERSION
from airspace_events.feeds.reading import read_feed
from airspace_events.feeds.writing import feed_lines
from airspace_events.testing.corpus_entries import (
    NOTICES_PER_CODE,
    CorpusEntry,
    ExpectedNotice,
)
from airspace_events.testing.faults import mutations
from airspace_events.testing.hostile_families import hostile_bytes
from airspace_events.testing.synthetic.feeds import synthetic_lines
from airspace_events.validation.examples import examples
from airspace_events.validation.validator import validate

MANIFEST = "manifest.json"
_ABOUT = "Feeds, and the notices that each must cause. README.md lists the binding parts."
_LARGEST = 2_000
_SYNTHETIC = 40


class CorpusFile(NamedTuple):
    """A file of the corpus, with its entry."""

    entry: CorpusEntry
    data: bytes


def corpus_files(documents: Path) -> Iterator[CorpusFile]:
    """Yield every file of the corpus, with the notices of the validator.

    Args:
        documents: the folder ``docs/examples`` with the worked examples.
    """
    for entry, data in (*_worked(documents), *_of_codes(), *_of_faults(), *_of_bytes()):
        report = validate(
            BytesIO(data),
            now=entry.now,
            limits=entry.limits,
            notices_per_code=entry.notices_per_code,
        )
        said = tuple(
            ExpectedNotice(one.code, one.severity, one.line, one.column, one.pointer)
            for one in report.notices
        )
        yield CorpusFile(replace(entry, notices=said), data)


def _worked(documents: Path) -> Iterator[CorpusFile]:
    for name, about in _WORKED.items():
        yield _file(f"worked/{name}", about, (documents / name).read_bytes())
    poland = read_feed(documents / "poland-2025-09-10.jsonl")
    document = b"".join(feed_lines(poland.header, poland.records, "json_document"))
    yield _file("worked/poland-2025-09-10.json", "The same feed as one JSON document.", document)
    about = "Made-up records that resemble real ones, as used in load tests."
    yield _file("worked/synthetic.jsonl", about, b"".join(synthetic_lines(_SYNTHETIC)))


def _of_codes() -> Iterator[CorpusFile]:
    for code, example in examples().items():
        if example.gzipped:
            continue  # The bytes depend on the compression library; see the hostile bytes.
        given = CorpusEntry(
            file=f"codes/{code}.fails.jsonl",
            about=f"An example of {code}. {example.note}".rstrip(),
            now=example.now,
            limits=example.limits or Limits(),
            notices_per_code=example.notices_per_code,
        )
        right = replace(given, file=f"codes/{code}.passes.jsonl", about="The corrected feed.")
        yield CorpusFile(given, example.failing())
        yield CorpusFile(right, example.passing())


def _of_faults() -> Iterator[CorpusFile]:
    data = (files("airspace_events.testing") / "room_for_faults.jsonl").read_bytes()
    yield _file("faults/none.jsonl", "A made-up feed with room for every fault.", data)
    done: set[str] = set()
    for mutation in mutations(data):
        if mutation.fault not in done:
            done.add(mutation.fault)
            about = f"The same feed with the fault {mutation.fault}."
            yield _file(f"faults/{mutation.fault}.jsonl", about, mutation.feed)


def _of_bytes() -> Iterator[CorpusFile]:
    for family in hostile_bytes():
        data = family.data
        if len(data) <= _LARGEST:
            name = f"hostile/{family.name}.bin"
            about = f"{family.about[0].upper()}{family.about[1:]}."
            yield _file(name, about, data)


def _file(name: str, about: str, data: bytes) -> CorpusFile:
    return CorpusFile(CorpusEntry(file=name, about=about), data)


_WORKED = {
    "bucharest-nine.jsonl": "The first worked example: a meeting of nine states.",
    "poland-2025-09-10.jsonl": "The second worked example: one night, with revised counts.",
    "korea-japan-2023-12-14.jsonl": "The third worked example: entries into zones of two states.",
    "munich-2025-10.jsonl": "The fourth worked example: drones over an airport, partly checked.",
    "tutorial.jsonl": "The made-up feed of the tutorial.",
    "broken.jsonl": "A made-up feed with common mistakes.",
}


def corpus(documents: Path) -> dict[str, bytes]:
    """Return the bytes of each file of the corpus and its manifest, by file name.

    Args:
        documents: the folder ``docs/examples`` with the worked examples.
    """
    made = list(corpus_files(documents))
    return {file.entry.file: file.data for file in made} | {MANIFEST: _manifest(made).encode()}


def names_in(manifest: Path) -> set[str]:
    """Return the files that a manifest lists, or none if it does not exist."""
    if not manifest.exists():
        return set()
    return {entry["file"] for entry in json.loads(manifest.read_text("utf-8"))["entries"]}


def _manifest(made: list[CorpusFile]) -> str:
    entries = ",\n".join(_manifest_line(file.entry) for file in made)
    head = json.dumps({"about": _ABOUT, "schema_version": SCHEMA_VERSION, "license": "MIT"})
    return f'{head[:-1]}, "entries": [\n{entries}\n]}}\n'


def _manifest_line(entry: CorpusEntry) -> str:
    """Return an entry as one line of the manifest, without default values."""
    fields: dict[str, Any] = {"file": entry.file, "about": entry.about}
    if entry.now is not None:
        fields["now"] = entry.now.isoformat()
    usual = asdict(Limits())
    limits = {name: value for name, value in asdict(entry.limits).items() if value != usual[name]}
    if limits:
        fields["limits"] = limits
    if entry.notices_per_code != NOTICES_PER_CODE:
        fields["notices_per_code"] = entry.notices_per_code
    fields["notices"] = [notice._asdict() for notice in entry.notices]
    return json.dumps(fields)
