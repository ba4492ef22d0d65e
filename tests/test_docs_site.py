"""The site is whole: generated pages are as the code gives them, everything is on some page."""

from __future__ import annotations

import inspect
import re
from pkgutil import resolve_name
from types import ModuleType
from typing import Annotated, Any

import pytest
from pydantic import TypeAdapter

import airspace_events as ae
from airspace_events import testing
from airspace_events.models.base import BaseRecord
from airspace_events.models.records import RECORD_CLASSES
from airspace_events.schema.codebook import codebook, mermaid
from airspace_events.schema.examples import example_of
from airspace_events.validation.codes import CODES
from airspace_events.values.base import Value
from airspace_events.values.structure import fields_of, named_records
from airspace_events.vocabulary.codebook import vocabularies
from document_blocks import DOCS, ROOT, anchors, blocks, links, pages, prose
from generators.cli_page import cli_page, commands
from generators.pictures_page import picture, picture_models
from generators.record_map import GROUPS, arrows, mermaid_map
from value_classes import value_classes

VALUES: dict[str, type[Value]] = {
    model.__name__: model
    for model in [
        *value_classes(),
        BaseRecord,
        ae.FeedHeader,
        ae.Claim,
        ae.Assessment,
        ae.Geometry,
    ]
}
MODELS: dict[str, type[Value]] = {**VALUES, **RECORD_CLASSES}

by_page = pytest.mark.parametrize("page", pages())


# The pictures.


@pytest.mark.parametrize("title", picture_models())
def test_a_picture_shows_every_field_and_what_it_holds(title: str) -> None:
    model = picture_models()[title]
    drawn = picture(title)
    tables = dict(re.findall(r"^    (\S+) \{\n(.*?)^    \}$", drawn, re.MULTILINE | re.DOTALL))
    rows = [line.split(maxsplit=2) for line in tables.pop(title.replace(" ", "-")).splitlines()]
    every = set(fields_of(BaseRecord)) if issubclass(model, BaseRecord) else set()
    assert {name for name, *_ in rows} | every == set(fields_of(model))
    for name, kind, *remark in rows:
        shape = fields_of(model)[name]
        assert kind.endswith("[]") == shape.many
        assert remark[:1] == [] or remark[0].startswith('"required') == shape.required
        assert not shape.models or kind.removesuffix("[]") in {*tables, title}
    for part, table in tables.items():
        assert {line.split()[0] for line in table.splitlines()} == set(fields_of(VALUES[part]))
        assert re.search(rf" \|\|--o\{{ {part} : ", drawn)


@pytest.mark.parametrize("title", picture_models())
def test_a_picture_is_what_the_grammar_of_mermaid_takes(title: str) -> None:
    name, word = r"[A-Za-z][\w-]*", r"[A-Za-z][\w-]*(\[\])?"
    row = rf'        {word} {word}( "[^"]+")?'
    lines = rf'    {name} \{{|{row}|    \}}|    {name} \|\|--o\{{ {name} : "[^"]+"'
    first, *rest = picture(title).splitlines()
    assert first == "erDiagram"
    assert [line for line in rest if not re.fullmatch(lines, line)] == []


# The map.


def test_the_readme_shows_the_map_that_the_annotations_give() -> None:
    drawn = [block.text + "\n" for block in blocks() if block.language == "mermaid"]
    assert mermaid_map() in drawn
    shown_on = {page for page, text in pages().items() if mermaid_map() in text}
    assert shown_on >= {"README.md", "docs/index.md"}
    assert set(drawn) == {mermaid_map(), mermaid(), *map(picture, picture_models())}


def test_the_map_has_a_line_for_each_way_in_which_groups_name_one_another() -> None:
    group_of = {kind: name for name, group in GROUPS.items() for kind in group.kinds}
    assert set(group_of) == set(RECORD_CLASSES)
    named = {
        (group_of[record.type], group_of[kind])
        for example in ("bucharest-nine.jsonl", "poland-2025-09-10.jsonl")
        for record in ae.read_feed(DOCS / "examples" / example).records
        for reference in named_records(record)
        for kind in reference.reference.kinds
        if kind in group_of
    }
    assert {pair for pair in named if pair[0] != pair[1]} <= set(arrows())
    for fields in arrows().values():
        assert fields[0] in mermaid_map()
    assert arrows()["statement", "actor"][:2] == ("speakers", "on_behalf_of")


# Everything is on some page.


API_NAMES = re.findall(
    r"^\.\. (?:auto\w+|py:data):: (\S+)",
    (DOCS / "api.md").read_text(encoding="utf-8"),
    re.MULTILINE,
)
PUBLIC_NAMES = [
    *(f"airspace_events.{name}" for name in ae.__all__),
    *(f"airspace_events.testing.{name}" for name in testing.__all__),
]


@pytest.mark.parametrize("name", PUBLIC_NAMES)
def test_every_public_name_is_in_the_api_reference(name: str) -> None:
    value = resolve_name(name)
    if isinstance(value, ModuleType):
        assert any(f"{one}.".startswith(f"{value.__name__}.") for one in API_NAMES)
    else:
        assert API_NAMES.count(name) == 1


@pytest.mark.parametrize("name", API_NAMES)
def test_every_signature_in_the_api_reference_has_all_types(name: str) -> None:
    for function in map(inspect.unwrap, public_parts(resolve_name(name))):
        if not (inspect.isfunction(function) or inspect.ismethod(function)):
            continue
        signature = inspect.signature(function)
        kinds = [one.annotation for one in signature.parameters.values() if one.name != "self"]
        assert inspect.Signature.empty not in (signature.return_annotation, *kinds), function


def public_parts(value: Any) -> list[Any]:
    """Return a function, or the public members of a class or a module."""
    if callable(value) and not isinstance(value, type):
        return [value]
    if isinstance(value, ModuleType):
        return [getattr(value, name) for name in getattr(value, "__all__", ())]
    names = vars(value) if isinstance(value, type) else ()
    return [getattr(value, name) for name in names if not name.startswith("_")]


def test_the_api_reference_shows_types_in_signatures() -> None:
    assert 'autodoc_typehints = "signature"' in (DOCS / "conf.py").read_text(encoding="utf-8")


def test_every_code_has_a_section_in_the_rules() -> None:
    assert set(CODES) <= set(anchors(pages()["docs/rules.md"]))


def test_every_field_and_every_word_has_a_row_in_the_codebook() -> None:
    page = pages()["docs/codebook.md"]
    sections = dict(re.findall(r"^### (\w+)\n(.*?)(?=^##|\Z)", page, re.MULTILINE | re.DOTALL))
    for vocabulary in vocabularies().values():
        for word in vocabulary.words:
            assert f"`{word}`" in sections[vocabulary.name], (vocabulary.name, word)
        for term in vocabulary.terms.values():
            assert f"| `{term.word}` | {term.definition} |".replace("``", "`") in page
    for model in VALUES.values():
        told = set(re.findall(r"^\| `(\w+)`", sections[model.__name__], re.MULTILINE))
        for base in model.__mro__[1:]:
            told |= set(re.findall(r"^\| `(\w+)`", sections.get(base.__name__, ""), re.MULTILINE))
        assert set(fields_of(model)) <= told, model.__name__


def test_every_code_of_another_standard_leads_back_to_its_word() -> None:
    section = codebook().split("\n## Other standards\n")[1]
    for vocabulary in vocabularies().values():
        for term in vocabulary.terms.values():
            for scheme, code in term.crosswalk.items():
                rows = section.split(f"\n### {scheme}\n")[1].split("\n### ")[0]
                shown = code.replace("|", "\\|")
                row = f"| {shown} | `{term.word}` | [{vocabulary.name}]"
                assert row in rows


def test_examples_of_the_codebook_are_valid() -> None:
    shown = [block for block in blocks() if block.page == "docs/codebook.md"]
    for block in shown:
        assert block.language == "json"
        VALUES[block.heading].model_validate_json(block.text)
    assert {block.heading for block in shown} >= {"Incursion", "Statement", "Place", "Citation"}


@pytest.mark.parametrize("model", VALUES.values(), ids=VALUES)
def test_the_example_of_a_field_is_what_the_field_takes(model: type[Value]) -> None:
    for name, shape in fields_of(model).items():
        example = example_of(model, shape)
        if example:
            info = model.model_fields[name]
            kind: Any = info.annotation
            for further in info.metadata:
                kind = Annotated[kind, further]
            TypeAdapter(kind).validate_json(example)


def test_every_field_with_a_plain_value_has_an_example() -> None:
    rows = re.findall(r"^\| `\w+`[^|]*\| ([^|\[]+) \|  \| ", codebook(), re.MULTILINE)
    # The word that names a class of many has none, and neither has the value that a word demands.
    assert {row.strip() for row in rows} <= {"one word", "as the word demands"}


@pytest.mark.parametrize("name", commands())
def test_every_command_has_a_section_with_its_options_and_exit_codes(name: str) -> None:
    section = cli_page().split(f"\n## airspace-events {name}\n")[1].split("\n## ")[0]
    for parameter in commands()[name].params:
        for option in parameter.opts:
            assert option in section or not option.startswith("--") or option == "--help"
    assert "**Exit codes:** 0 " in section


def test_every_page_is_in_a_table_of_contents() -> None:
    listed: set[str] = set()
    for block in blocks():
        if block.language == "{toctree}":
            folder = (ROOT / block.page).parent
            for name in block.text.splitlines():
                if name and not name.startswith(":"):
                    listed |= set(folder.glob(f"{name}.md"))
                    assert list(folder.glob(f"{name}.md")), f"{block} lists {name}"
    there = {*DOCS.glob("*.md"), *DOCS.glob("decisions/*.md")}
    assert listed == there - {DOCS / "index.md"}


@by_page
def test_every_link_leads_somewhere(page: str) -> None:
    here = ROOT / page
    for link in links(pages()[page]):
        if link.startswith(("https://", "http://", "mailto:")):
            continue
        name, _, anchor = link.partition("#")
        target = (here.parent / name).resolve() if name else here
        assert target.exists(), f"{page} links to {link}"
        if anchor:
            told = anchors(pages()[target.relative_to(ROOT).as_posix()])
            assert told.count(anchor) == 1, f"{page} links to {link}"


def test_the_questions_are_listed_in_their_order() -> None:
    page = pages()["docs/recording.md"]
    questions = [anchors(line)[0] for line in prose(page).splitlines() if line.startswith("### ")]
    before = page.split("\n## ")[0]
    listed = [link.removeprefix("#") for link in links(before) if link.startswith("#")]
    assert sorted(listed) == sorted(questions)
    assert len(questions) >= 30


def test_each_fault_that_is_survived_names_tests_that_there_are() -> None:
    lines = pages()["docs/robustness.md"].splitlines()
    rows = [line.split("|")[1:-1] for line in lines if line.startswith("|")]
    faults = [row for row in rows if row[0].strip("- ") not in ("", "fault", "case")]
    assert len(faults) > 30
    for fault, _, tests in faults:
        named = re.findall(r"`(\w+\.\w+)(?:::(\w+))?`", tests)
        assert named, f"no test is named for: {fault}"
        for file, test in named:
            text = (ROOT / "tests" / file).read_text(encoding="utf-8")
            assert f"\ndef {test}(" in text or not test, f"{file} has no {test}"
