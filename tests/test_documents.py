"""The documents and the examples say what the library does."""

import json
from pathlib import Path

import pytest

import airspace_events as ae
from airspace_events.schema.codebook import codebook, mermaid
from airspace_events.schema.docstrings import field_doc
from airspace_events.validation.codes import CODES
from airspace_events.values.base import Value
from airspace_events.values.structure import fields_of, named_records
from airspace_events.vocabulary.codebook import vocabularies

ROOT = Path(__file__).parent.parent
EXAMPLES = ROOT / "docs" / "examples"
WORKED = [
    "bucharest-nine.jsonl",
    "korea-japan-2023-12-14.jsonl",
    "munich-2025-10.jsonl",
    "poland-2025-09-10.jsonl",
]


def all_values(root: type[Value] = Value) -> list[type[Value]]:
    found = [m for m in root.__subclasses__() if m.__module__.startswith("airspace_events.")]
    return found + [value for model in found for value in all_values(model)]


def test_the_codebook_tells_every_word_of_every_vocabulary() -> None:
    text = codebook()
    for vocabulary in vocabularies().values():
        assert f"### {vocabulary.name}\n" in text
        for word in vocabulary.words:
            assert f"`{word}`" in text


PUBLIC = [model for model in all_values() if not model.__name__.startswith("_")]


@pytest.mark.parametrize("model", PUBLIC, ids=lambda model: model.__name__)
def test_every_class_and_every_field_has_a_docstring(model: type[Value]) -> None:
    assert model.__doc__
    tags = {"type", "aspect"}
    fields = fields_of(model)
    assert {name for name in fields if field_doc(model, name) is None} <= tags


@pytest.mark.parametrize("name", WORKED)
def test_a_worked_example_is_valid_and_canonical(name: str) -> None:
    report = ae.validate(EXAMPLES / name)
    assert [notice for notice in report.notices if notice.severity != "info"] == []
    lines = (EXAMPLES / name).read_bytes().splitlines()
    feed = ae.read_feed(EXAMPLES / name)
    assert [ae.to_json(value) for value in (feed.header, *feed.records)] == lines


def test_no_word_of_the_worked_examples_is_a_long_quotation() -> None:
    for name in WORKED:
        for line in (EXAMPLES / name).read_text(encoding="utf-8").splitlines():
            for citation in json.loads(line).get("sources", []):
                words = citation.get("quote", {}).get("exact", "").split()
                assert len(words) <= 6


def test_the_broken_example_shows_at_least_a_dozen_kinds_of_mistake() -> None:
    report = ae.validate(EXAMPLES / "broken.jsonl")
    assert len({notice.code for notice in report.notices}) >= 12


def test_every_code_has_a_meaning_in_whole_sentences() -> None:
    for code in CODES.values():
        assert code.meaning.lstrip("`")[0].isupper() or code.meaning[0] == "`"
        assert code.meaning.endswith((".", "}."))


def test_the_three_lines_of_the_readme_are_a_valid_feed(tmp_path: Path) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    feed = tmp_path / "feed.jsonl"
    feed.write_text(readme.split("```json\n")[1].split("```")[0], encoding="utf-8")
    report = ae.validate(feed)
    assert (report.notices, sum(report.records.values())) == ((), 3)
    smallest = feed.read_text(encoding="utf-8").splitlines()[2]
    assert len(smallest) < 140


@pytest.mark.parametrize("page", ["README.md", "docs/index.md"])
def test_the_first_screen_shows_a_feed_that_is_also_an_example(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    shown = text.split("```json\n")[1].split("```")[0]
    assert (EXAMPLES / "latvia-2024-09-07.jsonl").read_text(encoding="utf-8") == shown
    assert "python3 -m venv .venv && .venv/bin/pip install" in text


def test_the_readme_names_its_two_commands_once_each() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    commands = [line for line in readme.splitlines() if line.startswith("python3 -m venv ")]
    assert len(commands) == 2
    assert commands[0].endswith("validate docs/examples/bucharest-nine.jsonl")
    assert commands[1].endswith("pytest --quiet -n auto --cov")


def test_the_diagram_draws_an_arrow_for_every_reference() -> None:
    arrows = mermaid().splitlines()[1:]
    assert '    incursion }o--o{ series : "assessments, during, part_of"' in arrows
    drawn = {(arrow.split()[0], arrow.split()[2]) for arrow in arrows}
    named = {
        (record.type, record.type if kind == "same" else "incursion" if kind == "object" else kind)
        for name in WORKED
        for record in ae.read_feed(EXAMPLES / name).records
        for reference in named_records(record)
        for kind in reference.reference.kinds
    }
    assert named <= drawn


def test_the_feed_lines_on_how_to_record_are_a_valid_feed(tmp_path: Path) -> None:
    text = (ROOT / "docs" / "recording.md").read_text(encoding="utf-8")
    blocks = [block.split("```")[0] for block in text.split("```json\n")[1:]]
    records = [line for block in blocks for line in block.splitlines() if '"type":' in line]
    feed = tmp_path / "feed.jsonl"
    feed.write_text("\n".join(['{"type":"feed","schema_version":"1.0"}', *records]), "utf-8")
    notices = ae.validate(feed).notices
    assert [notice for notice in notices if notice.severity != "info"] == []
    assert len(records) >= 5
