"""The page of rules and the command that explains them say what the registry says."""

import json
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

import pytest
from click.testing import CliRunner, Result

from airspace_events.cli import rules as command
from airspace_events.cli.rules import first_sentence
from airspace_events.safe_text import safe
from airspace_events.validation.codes import CODES, FAMILIES
from airspace_events.validation.examples import HEADER, WITHOUT_EXAMPLE, Example, examples
from airspace_events.validation.settings import read_settings
from generators import rules_page
from generators.rules_page import rule_page

PAGE = Path(__file__).parent.parent / "docs" / "rules.md"

CODE = pytest.mark.parametrize("code", CODES)


@pytest.fixture
def no_examples(monkeypatch: pytest.MonkeyPatch) -> None:
    def none() -> Mapping[str, Example]:
        return MappingProxyType({})

    monkeypatch.setattr(command, "examples", none)
    monkeypatch.setattr(rules_page, "examples", none)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(command.rules, arguments)


@cache
def page() -> str:
    return rule_page()


def section(code: str) -> str:
    return page().split(f"\n### {code}\n")[1].split("\n### ")[0].split("\n## ")[0]


# The page.


def test_the_page_has_a_section_for_each_family_and_each_code_once() -> None:
    headings = re.findall(r"^### (.*)$", page(), re.MULTILINE)
    assert headings == list(CODES)
    families = re.findall(r"^## (\w+)$", page(), re.MULTILINE)
    expected = [family for family, codes in FAMILIES.items() if codes]
    assert families == ["Severities", *expected]
    anchors = re.findall(r"^#+ (.*)$", page(), re.MULTILINE)
    assert len({anchor.lower().replace("_", "-") for anchor in anchors}) == len(anchors)


@CODE
def test_a_section_tells_severity_meaning_and_examples(code: str) -> None:
    text = section(code)
    assert text.strip().startswith(f"**{CODES[code].severity}.** {CODES[code].meaning}")
    if code in WITHOUT_EXAMPLE:
        assert WITHOUT_EXAMPLE[code] in text
        return
    example = examples()[code]
    blocks = re.findall(r"```(\w+)\n(.*?)\n```", text, re.DOTALL)
    assert blocks == [
        ("json", example.fails.strip()),
        ("text", "\n".join(example.said())),
        ("json", example.passes.strip()),
    ]
    assert f"{CODES[code].severity}[{code}]" in blocks[1][1]
    assert ("A whole feed." in text) == example.whole
    assert example.note in text


def test_the_codes_and_families_that_the_preface_names_are_there() -> None:
    preface = page().split("\n### ")[0]
    given = re.findall(r"--(?:ignore|select) ([a-z_,]+)", preface)
    chosen = [name for names in given for name in names.split(",")]
    assert len(chosen) >= 3
    assert set(chosen) <= {*CODES, *FAMILIES}


def test_the_settings_that_the_preface_shows_can_be_read(tmp_path: Path) -> None:
    file = tmp_path / "airspace-events.toml"
    file.write_text(page().split("```toml\n")[1].split("```")[0], encoding="utf-8")
    settings = read_settings(file)
    assert settings.wants("coordinates_at_zero")
    assert not settings.wants("schema_version_newer")
    assert settings.severity_of("coordinates_at_zero") == "error"


@CODE
def test_what_is_shown_of_a_code_is_safe_to_print(code: str) -> None:
    for line in [*section(code).splitlines(), *run(code).stdout.splitlines()]:
        assert safe(line) == line


@CODE
def test_no_meaning_has_what_markdown_would_swallow(code: str) -> None:
    prose = re.sub(r"`[^`]+`", "", CODES[code].meaning)
    assert not re.search(r"[*`<>\\$]|\]\(|(?<!\w)_|_(?!\w)", prose)


@pytest.mark.usefixtures("no_examples")
def test_the_page_is_written_while_examples_are_not_there_yet() -> None:
    assert rule_page().count("This code has no example yet.") == len(CODES) - len(WITHOUT_EXAMPLE)


# The command.


def test_without_a_code_all_are_listed_by_family() -> None:
    result = run()
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    listed = [line.split()[0] for line in lines if line.startswith("  ")]
    assert listed == list(CODES)
    families = [line for line in lines if line and not line.startswith(" ")]
    expected = [family for family, codes in FAMILIES.items() if codes]
    assert [one for one in families if one in FAMILIES] == expected
    rows = [line for line in lines if line.startswith("  ")]
    said = [first_sentence(code.meaning) for code in CODES.values()]
    assert all(row.endswith(f"  {sentence}") for row, sentence in zip(rows, said, strict=True))
    starts = {len(row) - len(sentence) for row, sentence in zip(rows, said, strict=True)}
    assert len(starts) == 1
    assert [row.split()[1] for row in rows] == [code.severity for code in CODES.values()]
    assert "The feed begins with a byte-order mark." in said


@CODE
def test_a_code_is_explained_with_what_the_page_shows(code: str) -> None:
    result = run(code)
    assert result.exit_code == 0
    assert CODES[code].meaning in result.stdout
    lines = result.stdout.splitlines()
    assert lines[0] == f"{code} ({family_of(code)}): {CODES[code].severity}"
    if code in WITHOUT_EXAMPLE:
        assert lines[-1] == WITHOUT_EXAMPLE[code]
        return
    example = examples()[code]
    shown = [*example.fails.splitlines(), *example.said(), *example.passes.splitlines()]
    assert [line for line in shown if line not in lines] == []
    assert example.note in result.stdout
    assert example.whole or lines.count(HEADER) == 2


def family_of(code: str) -> str:
    [family] = [name for name, codes in FAMILIES.items() if CODES[code] in codes]
    return family


def test_help_shows_how_it_is_called_a_line_each() -> None:
    lines = run("--help").stdout.splitlines()
    assert "  airspace-events rules unknown_state_code" in lines


def test_programs_are_told_all_codes() -> None:
    told = json.loads(run("--format", "json").stdout)
    assert [one["code"] for one in told] == list(CODES)
    assert told[0] == {
        "code": "byte_order_mark",
        "family": "feeds",
        "severity": "warning",
        "meaning": CODES["byte_order_mark"].meaning,
    }


@CODE
def test_programs_are_told_one_code_with_its_example(code: str) -> None:
    result = run(code, "--format", "json")
    assert result.exit_code == 0
    told = json.loads(result.stdout)
    example = examples().get(code)
    assert told["code"] == code
    assert told["meaning"] == CODES[code].meaning
    if example is None:
        assert told["example"] is None
        return
    before = 0 if example.whole else 2
    assert told["example"]["passes"][before:] == example.passes.splitlines()
    assert told["example"]["fails"][before:] == example.fails.splitlines()
    assert json.loads(told["example"]["passes"][0])["type"] == "feed"
    assert told["example"]["said"] == list(example.said())
    assert told["example"]["note"] == (example.note or None)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("unknown-feild", 'did you mean "unknown_field"?'),
        ("UNKNOWN_FIELD", 'did you mean "unknown_field"?'),
        ("xyzzy", "leave out CODE to list all codes"),
        ("\x1b[31m" + "x" * 10_000, "is not a valid code"),
    ],
)
def test_what_is_no_code_is_a_usage_error(name: str, said: str) -> None:
    result = run(name)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert said in result.stderr
    assert "\x1b" not in result.stderr
    assert len(result.stderr) < 400


@pytest.mark.usefixtures("no_examples")
def test_the_command_works_while_examples_are_not_there_yet() -> None:
    assert run("unknown_field").stdout.splitlines()[-1] == "This code has no example yet."
    assert json.loads(run("unknown_field", "--format", "json").stdout)["example"] is None


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("One thing. And another.", "One thing."),
        ("At 0.5 km. Or so.", "At 0.5 km."),
        ("Why so? Because.", "Why so?"),
        ("no end", "no end"),
    ],
)
def test_the_first_sentence_ends_where_it_ends(text: str, first: str) -> None:
    assert first_sentence(text) == first
