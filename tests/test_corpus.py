"""The corpus: it is as its command writes it, and the validator says of it what it must."""

from __future__ import annotations

import io
import json
import re
from collections import Counter
from importlib.resources import files
from pathlib import Path

import pytest

import airspace_events as ae
from airspace_events.testing import FAULTS, CorpusEntry, ExpectedNotice, load_corpus
from airspace_events.validation.codes import CODES
from airspace_events.validation.examples import WITHOUT_EXAMPLE, examples
from generators import write

ROOT = Path(__file__).parent.parent
CORPUS = ROOT / "src" / "airspace_events" / "testing" / "corpus"
BY_HAND = {"README.md"}
#: What only a packed feed can have; no packed example is a part of the corpus.
OF_BYTES = {"damaged_gzip", "truncated_input"}

each = pytest.mark.parametrize("entry", load_corpus(), ids=str)


def written(folder: Path) -> dict[str, bytes]:
    found = [path for path in folder.rglob("*") if path.is_file()]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def names() -> set[str]:
    return {entry.file for entry in load_corpus()}


def of_folder(folder: str) -> dict[str, CorpusEntry]:
    found = [entry for entry in load_corpus() if entry.file.startswith(f"{folder}/")]
    return {entry.file.partition("/")[2].partition(".")[0]: entry for entry in found}


@each
def test_the_validator_says_what_the_manifest_says(entry: CorpusEntry) -> None:
    report = ae.validate(
        io.BytesIO(entry.read()),
        now=entry.now,
        limits=entry.limits,
        notices_per_code=entry.notices_per_code,
    )
    said = [(n.code, n.severity, n.line, n.column, n.pointer) for n in report.notices]
    assert said == [tuple(notice) for notice in entry.notices]
    assert report.ok == entry.is_valid


def test_what_is_no_more_a_part_is_removed_and_nothing_else(tmp_path: Path) -> None:
    folder = tmp_path / CORPUS.relative_to(ROOT)
    (folder / "codes").mkdir(parents=True)
    for name in ("codes/gone.jsonl", "codes/kept.jsonl", "README.md"):
        (folder / name).write_bytes(b"")
    manifest = {"entries": [{"file": "codes/gone.jsonl"}]}
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    write("corpus", tmp_path)
    assert set(written(folder)) == names() | {"codes/kept.jsonl", "README.md", "manifest.json"}


def test_every_file_has_one_entry_and_every_entry_a_file() -> None:
    assert Counter(entry.file for entry in load_corpus()).most_common(1)[0][1] == 1
    assert set(written(CORPUS)) == names() | BY_HAND | {"manifest.json"}


def test_the_corpus_is_small_enough_to_be_shipped() -> None:
    assert sum(map(len, written(CORPUS).values())) < 500_000
    assert len(load_corpus()) > 250


# What must be in it, told by others than the command that writes it.


def test_every_code_fails_and_passes() -> None:
    told = {notice.code for entry in load_corpus() for notice in entry.notices}
    assert told == set(CODES) - set(WITHOUT_EXAMPLE)
    for code in set(examples()) - OF_BYTES:
        fails, passes = f"codes/{code}.fails.jsonl", f"codes/{code}.passes.jsonl"
        [failing] = [entry for entry in load_corpus() if entry.file == fails]
        [passing] = [entry for entry in load_corpus() if entry.file == passes]
        assert code in {notice.code for notice in failing.notices}
        assert passing.notices == ()
        assert (failing.now, failing.limits, failing.notices_per_code) == (
            passing.now,
            passing.limits,
            passing.notices_per_code,
        )


def test_every_fault_has_its_code_and_no_other() -> None:
    found = of_folder("faults")
    assert found.pop("none").notices == ()
    assert {name: [n.code for n in entry.notices] for name, entry in found.items()} == {
        name: [code] for name, code in FAULTS.items()
    }


def test_the_worked_examples_are_valid_in_both_forms() -> None:
    found = {entry.file: entry for entry in load_corpus() if entry.file.startswith("worked/")}
    assert {file for file, entry in found.items() if not entry.is_valid} == {"worked/broken.jsonl"}
    lines = found["worked/poland-2025-09-10.jsonl"].read()
    document = found["worked/poland-2025-09-10.json"].read()
    assert b'"records":[' in document
    assert ae.read_feed(io.BytesIO(lines)) == ae.read_feed(io.BytesIO(document))


def test_entries_have_what_they_need_only() -> None:
    options = {
        entry.file
        for entry in load_corpus()
        if entry.now or entry.limits != ae.Limits() or entry.notices_per_code != 1_000
    }
    assert {name.partition("/")[2].partition(".")[0] for name in options} == {
        "feed_too_large", "notices_left_out", "record_too_large", "time_in_future",
    }  # fmt: skip
    assert all(entry.now.tzinfo for entry in load_corpus() if entry.now)


# What a port reads: the manifest alone, without this library.


def test_the_manifest_is_plain_json_and_its_readme_tells_every_key() -> None:
    manifest = json.loads((CORPUS / "manifest.json").read_text(encoding="utf-8"))
    readme = (CORPUS / "README.md").read_text(encoding="utf-8")
    assert manifest["schema_version"] == ae.SCHEMA_VERSION
    entries = manifest["entries"]
    keys = {key for entry in entries for key in entry}
    keys |= {key for entry in entries for key in entry.get("limits", {})}
    keys |= {key for entry in entries for notice in entry["notices"] for key in notice}
    assert {key for key in keys if f"`{key}`" not in readme} == set()
    assert {tuple(n) for entry in entries for n in entry["notices"]} == {ExpectedNotice._fields}
    folders = {entry["file"].partition("/")[0] for entry in entries}
    told = readme.split("| folder |")[1]
    assert folders == set(re.findall(r"^\| `([a-z]+)` \|", told, re.MULTILINE))


def test_the_readme_tells_the_limits_that_hold_where_none_are_given() -> None:
    readme = (CORPUS / "README.md").read_text(encoding="utf-8")
    for limit in (ae.Limits().record_bytes, ae.Limits().document_bytes):
        assert f"{limit:,}" in readme


def test_it_is_loaded_once_and_from_the_package() -> None:
    assert load_corpus() is load_corpus()
    folder = files("airspace_events.testing") / "corpus"
    assert (folder / load_corpus()[0].file).is_file()


def test_sentences_tell_what_an_entry_is() -> None:
    for entry in load_corpus():
        assert re.fullmatch(r"[A-Z].{10,160}\.", entry.about), entry.file
