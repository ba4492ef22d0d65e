"""The forms of a report: golden files, the schemas of others, and feeds that mean harm.

`data/sarif-2.1.0.schema.json` is the JSON Schema of SARIF 2.1.0, unchanged, as Microsoft gives
it out in the npm package `@microsoft/jest-sarif` 1.0.0-beta.0 under the MIT licence, from
SchemaStore (Apache 2.0). SARIF is Copyright (c) OASIS Open. All Rights Reserved; OASIS lets its
documents be copied and one to others, in whole or in part, with that notice.

`REWRITE_GOLDEN=1 pytest tests/test_rendering.py` writes the golden files anew: read what changed.
"""

import dataclasses
import json
import math
import os
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from html.parser import HTMLParser
from importlib.metadata import version
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from jsonschema import Draft4Validator, Draft202012Validator
from junitparser import JUnitXml

import airspace_events as ae
from airspace_events.safe_text import safe
from airspace_events.validation import notices
from airspace_events.validation.codes import CODES
from airspace_events.validation.notices import Notice, Report
from airspace_events.validation.rendering import (
    RENDERERS,
    html_lines,
    sarif,
    text_line,
    text_lines,
)
from airspace_events.validation.rendering.excerpt import excerpt
from airspace_events.validation.rendering.markup import breakable, with_code
from airspace_events.validation.rendering.page_style import STYLE
from document_blocks import anchors

DATA = Path(__file__).parent / "data"
GOLDEN = DATA / "rendering"
SCHEMA = json.loads(
    (Path(__file__).parents[1] / "docs/schemas/report-1.0.json").read_text(encoding="utf-8")
)
SARIF = Draft4Validator(json.loads((DATA / "sarif-2.1.0.schema.json").read_bytes()))

LINES = {
    ("feeds/september.jsonl", 1): '\ufeff{"type":"feed","schema_version":"1.1"}',
    ("feeds/september.jsonl", 4): (
        '{"type":"incursion","id":"lv-2024-09-07","airspace":{"state":"LV"},'
        '"time":{"value":"2024-09-07"},"objects":[{"category":"dron"}],'
        '"sources":[{"source":"s"}]}\n'
    ),
    ("b r\\u000aéport.jsonl", 3): (
        '{"type":"source","id":"一二三","publisher":"共同通信\u202e\x1b[31m##[error]",'
        '"kind":"=HYPERLINK(1)"}\r\n'
    ),
}


def notice(code: str = "json_syntax", **fields: Any) -> Notice:
    return Notice(**({"code": code, "message": "m", "file": "f.jsonl", "line": 1} | fields))


def report_of(*notices: Notice, records: Mapping[str, int] | None = None) -> Report:
    counts = Counter(str(one.severity) for one in notices)
    return Report(
        files=tuple(dict.fromkeys(one.file for one in notices)) or ("f.jsonl",),
        records=records or {},
        counts={severity: counts[severity] for severity in ("error", "warning", "info")},
        notices=notices,
    )


def fixed_report() -> Report:
    """A report that has one of everything."""
    first, wide = "feeds/september.jsonl", "b r\\u000aéport.jsonl"
    left_out = {"left_out": "value_not_in_vocabulary", "total": 1_502, "listed": 2}
    report = report_of(
        notice("byte_order_mark", file=first, message="a mark stands first"),
        notice(
            "value_not_in_vocabulary",
            message='"dron" is no object category',
            file=first,
            line=4,
            column=LINES[first, 4].index('"dron"') + 1,
            record="lv-2024-09-07",
            pointer="/objects/0/category",
            suggestion="uncrewed_aircraft",
            context={"field": "category", "words": ("a", "b"), "limit": math.inf},
        ),
        notice("notices_left_out", message="1502 in all", file=wide, line=3, context=left_out),
        notice(
            "value_not_in_vocabulary",
            message='"=HYPERLINK(1)" is no kind: write {"best": 3}, or [this](https://a.example)',
            file=wide,
            line=3,
            column=LINES[wide, 3].index('"=HYPER') + 1,
            record="=<script>alert(1)</script>",
            pointer="/a~1b/\u202e%0A::error::x",
        ),
        notice("json_syntax", message="##[error]`x`", file="-", line=7, column=2),
        records={"incursion": 1_234, "source": 1},
    )
    return dataclasses.replace(report, counts={"error": 1_503, "warning": 1, "info": 1})


def rendered(form: str, report: Report) -> str:
    return "\n".join(RENDERERS[form](report))


def on_terminal(report: Report) -> Iterator[str]:
    return text_lines(
        report,
        seconds=1.234,
        colour=True,
        source_line=lambda file, line: LINES.get((file, line)),
        width=72,
    )


def on_page(report: Report) -> Iterator[str]:
    return html_lines(report, source_line=lambda file, line: LINES.get((file, line)))


# Golden files.

FILES: dict[str, Callable[[Report], Iterator[str]]] = {
    "report.txt": RENDERERS["text"],
    "terminal.txt": on_terminal,
    "report.json": RENDERERS["json"],
    "report.sarif": RENDERERS["sarif"],
    "github.txt": RENDERERS["github"],
    "junit.xml": RENDERERS["junit"],
    "report.html": on_page,
}


@pytest.mark.parametrize("name", FILES)
def test_a_form_is_as_its_golden_file_has_it(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    # What a code means is for the registry to say, and may be said better tomorrow.
    meant = {
        code: dataclasses.replace(CODES[code], meaning=f'What <b>{code}</b> means: {{"a": 1}}.')
        for code in {one.code for one in fixed_report().notices}
    }
    report = fixed_report()
    monkeypatch.setattr(notices, "CODES", meant)
    lines = list(FILES[name](report))
    assert all(re.fullmatch(r"[^\r\n]*", line) for line in lines)
    text = "\n".join([*lines, ""]).replace(f'"{version("airspace-events")}"', '"VERSION"')
    if os.environ.get("REWRITE_GOLDEN") == "1":
        (GOLDEN / name).write_text(text, encoding="utf-8", newline="\n")
    assert text == (GOLDEN / name).read_bytes().decode()


def test_the_forms_are_these_in_this_order() -> None:
    assert list(RENDERERS) == ["text", "json", "sarif", "github", "html", "junit"]


@pytest.mark.parametrize("form", RENDERERS)
def test_a_report_without_notices_can_be_said(form: str) -> None:
    text = rendered(form, report_of(records={"source": 1}))
    assert "no problems" in text or form in {"json", "sarif"}
    assert_programs_can_read(report_of())


@pytest.mark.parametrize("form", RENDERERS)
def test_a_report_that_is_cut_short_says_so(form: str) -> None:
    whole = report_of(records={"source": 2})
    cut = dataclasses.replace(whole, is_complete=False)
    said = {
        "json": '"is_complete": false',
        "sarif": '"executionSuccessful": false',
        "html": "no problems in 2 records. The feeds were not read to the end.",
        "junit": "the feeds were not read to the end",
    }
    words = said.get(form, "2 records (2 source): no problems, not read to the end")
    assert words in rendered(form, cut)
    assert words not in rendered(form, whole)
    assert_programs_can_read(cut)


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("text", "f.jsonl:1:1: warning[json_syntax] m"),
        ("json", '"severity": "warning"'),
        ("github", "::warning file=f.jsonl,line=1,col=1,title=json_syntax::m"),
        ("html", 'syntax <span class="badge warning">1 warning</span></h3>'),
    ],
)
def test_a_severity_is_the_notices_own(form: str, expected: str) -> None:
    report = report_of(notice("json_syntax", severity="warning"))
    lines = rendered(form, report).split("\n")
    assert expected in lines or form in ("json", "html")
    assert any(line.endswith(expected) for line in lines) or form == "json"
    assert expected in rendered(form, report)


def test_a_rule_has_the_severity_of_the_registry_and_a_result_its_own() -> None:
    log = json.loads(rendered("sarif", report_of(notice("json_syntax", severity="info"))))
    [run] = log["runs"]
    [rule] = run["tool"]["driver"]["rules"]
    assert rule["defaultConfiguration"] == {"level": "error"}
    assert [result["level"] for result in run["results"]] == ["note"]


RULES_URL = "https://docs.example.org/rules.html?a=1&b=2"


def test_each_notice_links_to_its_rule_if_the_address_is_known() -> None:
    settings = ae.Settings(rules_url=RULES_URL)
    report = ae.validate("docs/examples/broken.jsonl", settings=settings)
    [run] = json.loads(rendered("sarif", report))["runs"]
    driver = run["tool"]["driver"]
    assert driver["informationUri"] == RULES_URL
    assert [rule["helpUri"] for rule in driver["rules"]] == [
        f"{RULES_URL}#{rule['id']}" for rule in driver["rules"]
    ]
    page = rendered("html", report)
    for code in {one.code for one in report.notices}:
        assert f'href="https://docs.example.org/rules.html?a=1&amp;b=2#{code}"' in page
    assert "rules_url" not in repr(report)


def test_the_rules_have_the_anchors_that_links_lead_to() -> None:
    page = Path("docs/rules.md").read_text(encoding="utf-8")
    assert set(CODES) <= set(anchors(page))


def test_each_notice_links_to_its_section_otherwise() -> None:
    page = rendered("html", fixed_report())
    links = re.findall('href="([^"]*)"', page)
    assert links
    assert all(f'<h3 id="{link.removeprefix("#")}">' in page for link in links)
    driver = json.loads(rendered("sarif", fixed_report()))["runs"][0]["tool"]["driver"]
    assert "informationUri" not in driver
    assert not any("helpUri" in rule for rule in driver["rules"])


# Text.


def test_the_time_is_told_only_where_it_is_passed_in() -> None:
    *_, last = text_lines(report_of(records={"source": 2}), seconds=0.5)
    assert last == "2 records (2 source): no problems, in 0.50 s"


SGR = re.compile(r"\x1b\[[0-9;]*m")


def test_colours_and_source_lines_add_to_the_text_and_change_nothing_of_it() -> None:
    report = fixed_report()
    coloured = [SGR.sub("", line) for line in text_lines(report, colour=True)]
    assert coloured == list(text_lines(report))
    shown = [SGR.sub("", line) for line in on_terminal(report)]
    assert [line for line in shown[:-1] if not line.startswith(" ")] == coloured[:-1]


def test_a_line_that_is_not_to_be_had_is_not_shown() -> None:
    report = report_of(notice(line=2), notice(line=3, column=9))
    lines = text_lines(report, source_line=lambda _, line: None if line == 2 else "short")
    assert list(lines) == list(text_lines(report))


@pytest.mark.parametrize(
    ("line", "column", "shown", "below"),
    [
        ('{"a":1}', 6, '{"a":1}', "     ^"),
        ('{"a":1', 7, '{"a":1', "      ^"),
        ("", 1, "", "^"),
        ("一二三", 3, "一二三", "    ^"),
        ("e\u0301a", 3, "e\u0301a", " ^"),
        ("\u0301a", 1, "◌\u0301a", "^"),
        ("\t\u0301a", 2, "\\u0009\u0301a", "     ^"),
        ("\uff21\uff21", 2, "\uff21\uff21", "  ^"),
        ("a漢\u0301bbbbbbbb" + "x" * 40, 12, f"…bbbbbbbb{'x' * 20}…", "         ^"),
        ("0123456789" * 9, 1, "01234567890123456789012345678…", "^"),
        ("0123456789" * 9, 91, "…12345678901234567890123456789", " " * 30 + "^"),
        ("xe\u0301a", 3, "xe\u0301a", " ^"),
        ("\u202e\ta", 3, "\\u202e\\u0009a", "            ^"),
        ("##[a", 3, "#\\u0023[a", "       ^"),
        ("0123456789" * 9, 45, "…56789012345678901234567890123…", "          ^"),
        ("0123456789" * 9, 90, "…12345678901234567890123456789", " " * 29 + "^"),
    ],
)
def test_the_caret_is_below_the_column(line: str, column: int, shown: str, below: str) -> None:
    cut = excerpt(line, column, 31)
    assert cut is not None
    assert (cut.shown, " " * cut.indent + "^") == (shown, below)


@pytest.mark.parametrize("column", [0, -1, 4])
def test_a_line_without_the_column_has_no_excerpt(column: int) -> None:
    assert excerpt("ab\n", column, 80) is None


def cells(text: str) -> int:
    return sum(map(cell_width, text))


def cell_width(char: str) -> int:
    if unicodedata.combining(char) or char in "\u1161\u20dd\ud7b0":
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


MIXED = 'ab#"é漢字한ツ\u0301\u0327\u20dd\u1161\ud7b0\u202e\x1b\t\u2028\u00a0\U0001f600\U000e0001אش'


@given(st.text(st.sampled_from(MIXED), max_size=200) | st.text(max_size=40), st.data())
def test_above_the_caret_is_the_character_that_the_column_names(line: str, data: Any) -> None:
    line = line.replace("\n", "").replace("\r", "")
    column = data.draw(st.integers(1, len(line) + 1))
    width = data.draw(st.integers(0, 90))
    cut = excerpt(line, column, width)
    assert cut is not None
    if set(line) <= set(MIXED):
        assert cells(cut.shown) <= max(width, 20)
        assert_marks_what_is_cut(cut.shown, line)
        assert_caret_is_below(cut.shown, cut.indent, line, column - 1)
    assert is_safe(cut.shown)
    assert "##" not in cut.shown


def assert_marks_what_is_cut(shown: str, line: str) -> None:
    whole = "".join("\\u0023" if pair == "##" else safe(pair[-1]) for pair in pairs(line))
    part = shown.removeprefix("…").removesuffix("…").removeprefix("◌")
    assert part in whole
    assert shown.startswith("…") or whole.startswith(part)
    assert shown.endswith("…") or whole.endswith(part)


def pairs(line: str) -> Iterator[str]:
    """Each character with the one before it."""
    return (line[max(0, at - 1) : at + 1] for at in range(len(line)))


def assert_caret_is_below(shown: str, indent: int, line: str, index: int) -> None:
    if index == len(line):
        assert cells(shown) == indent
        return
    char = line[index]
    before = next(
        (at for at in range(len(shown)) if cells(shown[:at]) == indent and cell_width(shown[at])),
        0,
    )
    if cell_width(char) or safe(char) != char:
        written = safe(char)
        assert shown[before:].startswith(written if char != "#" else ("#", "\\u0023"))
    else:
        after = (at for at in range(before + 1, len(shown)) if cell_width(shown[at]))
        assert char in shown[before : next(after, len(shown))]


# JSON.


def test_the_schema_describes_every_field_and_no_other() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    document = json.loads(rendered("json", fixed_report()))
    fields = SCHEMA["properties"]
    of_notice = SCHEMA["$defs"]["notice"]
    assert list(document) == list(fields) == SCHEMA["required"]
    assert list(document["counts"]) == list(fields["counts"]["properties"])
    assert list(document["notices"][0]) == list(of_notice["properties"]) == of_notice["required"]
    assert set(of_notice["properties"]) == {
        *(field.name for field in dataclasses.fields(Notice)),
        "severity",
    }
    described = [fields, fields["counts"]["properties"], of_notice["properties"]]
    assert all("description" in field for group in described for field in group.values())


@pytest.mark.parametrize(
    ("fact", "written"),
    [
        (math.nan, "NaN"),
        (-math.inf, "-Infinity"),
        (10**4_000, "a very large number"),
        (1.5, 1.5),
        ({"b", "a"}, ["a", "b"]),
        ({"b": (1, None), 1: True}, {"1": True, "b": [1, None]}),
        (Path("a"), "a"),
        ("\ud800", "\ud800"),
    ],
)
def test_every_fact_can_be_written_as_json(fact: Any, written: Any) -> None:
    report = report_of(notice(context={"fact": fact}))
    assert json.loads(rendered("json", report))["notices"][0]["context"] == {"fact": written}
    assert_programs_can_read(report)


def assert_programs_can_read(report: Report) -> None:
    document = json.loads(rendered("json", report), parse_constant=pytest.fail)
    Draft202012Validator(SCHEMA).validate(document)
    log = json.loads(rendered("sarif", report), parse_constant=pytest.fail)
    SARIF.validate(log)
    [run] = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert len(run["results"]) == len(report.notices)
    for result, one in zip(run["results"], report.notices, strict=True):
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"] == one.code
        assert is_safe(result["message"]["text"])
    assert_a_test_server_can_read(report)


def assert_a_test_server_can_read(report: Report) -> None:
    """JUnit XML, as another reader understands it."""
    suites = JUnitXml.fromstring(rendered("junit", report).encode())
    errors = [one for one in report.notices if one.severity == "error"]
    assert suites.failures == len(errors)
    assert suites.errors == (not report.is_complete)
    cases = [case for suite in suites for case in suite]
    assert suites.tests == len(cases)
    failed = [case.result[0] for case in cases if case.is_failure]
    assert Counter(one.type for one in failed) == Counter(one.code for one in errors)
    assert all(is_safe(one.message) and is_safe(one.text) for one in failed)
    told = [one.severity != "error" for one in report.notices]
    assert sum(case.system_out is not None for case in cases) == sum(told)


# SARIF.


def sarif_result(one: Notice) -> dict[str, Any]:
    log = json.loads(rendered("sarif", report_of(one)))
    SARIF.validate(log)
    result: dict[str, Any] = log["runs"][0]["results"][0]
    return result


@pytest.mark.parametrize(
    ("file", "uri"),
    [
        ("a b/ü%.jsonl", "a%20b/%C3%BC%25.jsonl"),
        ("http:x.jsonl", "http%3Ax.jsonl"),
        ("../a.jsonl", "../a.jsonl"),
        ("a?b#c.jsonl", "a%3Fb%23c.jsonl"),
        ("\u202ea\n\ud800", "%5Cu202ea%5Cu000a%5Cud800"),
        ("", "."),
    ],
)
def test_a_file_is_a_relative_uri(file: str, uri: str) -> None:
    place = sarif_result(notice(file=file))["locations"][0]["physicalLocation"]
    assert place["artifactLocation"] == {"uri": uri}
    assert urlsplit(uri).scheme == ""
    assert unquote(uri) == str(PurePosixPath(safe(file)))


@pytest.mark.parametrize(
    ("file", "kind", "uri"),
    [
        ("/a b/c.jsonl", "PurePosixPath", "file:///a%20b/c.jsonl"),
        ("a\\b:c.jsonl", "PureWindowsPath", "a/b%3Ac.jsonl"),
        ("C:\\a b\\c.jsonl", "PureWindowsPath", "file:///C:/a%20b/c.jsonl"),
        ("\\\\host\\share\\c.jsonl", "PureWindowsPath", "file://host/share/c.jsonl"),
    ],
)
def test_an_absolute_path_is_a_file_uri(
    file: str, kind: str, uri: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sarif, "PurePath", getattr(__import__("pathlib"), kind))
    place = sarif_result(notice(file=file))["locations"][0]["physicalLocation"]
    assert place["artifactLocation"] == {"uri": uri}


def test_a_notice_without_a_line_has_no_region() -> None:
    [place] = sarif_result(notice(line=0))["locations"]
    assert place == {"physicalLocation": {"artifactLocation": {"uri": "f.jsonl"}}}


@pytest.mark.parametrize(
    ("record", "pointer", "expected"),
    [
        ("a", "/b", {"name": "a", "fullyQualifiedName": "a#/b"}),
        ("a", "", {"name": "a", "fullyQualifiedName": "a"}),
        (None, "/b", {"name": "#/b", "fullyQualifiedName": "#/b"}),
    ],
)
def test_record_and_pointer_are_the_logical_place(
    record: str | None, pointer: str, expected: dict[str, str]
) -> None:
    [place] = sarif_result(notice(record=record, pointer=pointer))["locations"]
    assert place["logicalLocations"] == [expected]


def test_the_severities_are_levels() -> None:
    codes = ("json_syntax", "byte_order_mark", "notices_left_out")
    levels = [
        sarif_result(notice(code, context={"left_out": code, "total": 1}))["level"]
        for code in codes
    ]
    assert levels == ["error", "warning", "note"]
    assert [CODES[code].severity for code in codes] == ["error", "warning", "info"]


# What means harm.

FRAGMENTS = (
    "\n",
    "\r",
    "::error file=x::forged",
    "##[add-mask]x",
    "##vso[task.complete]",
    "%0A::stop-commands::x",
    "%25",
    "\x1b[2J",
    "\x9b31m",
    "\u202e",
    "\u2066",
    "\u2028",
    "\u0085",
    "\ufeff",
    "\ud800",
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='x",
    "-->",
    "]]>",
    "&lt;",
    "</style>",
    "`x`",
    "[a](https://evil.example)",
    "{0}",
    "=HYPERLINK(1)",
    "=",
    "-",
    "@",
    ",",
    ":",
    "#",
    " ",
    "\\",
    "é",
    "漢",
)
HOSTILE = st.lists(st.sampled_from(FRAGMENTS), max_size=5).map("".join) | st.text(max_size=10)
NOTICES = st.builds(
    Notice,
    code=st.sampled_from(["json_syntax", "byte_order_mark", "value_not_in_vocabulary"]),
    message=HOSTILE,
    file=HOSTILE | st.just("-"),
    line=st.integers(1, 10),
    column=st.integers(1, 10),
    record=st.none() | HOSTILE,
    pointer=HOSTILE.map(lambda text: "/" + text.replace("~", "~0").replace("/", "~1")),
    suggestion=st.none() | HOSTILE,
    context=st.dictionaries(HOSTILE, HOSTILE, max_size=2),
)
REPORTS = st.lists(NOTICES, max_size=4).flatmap(
    lambda notices: st.builds(
        report_of,
        *map(st.just, notices),
        records=st.dictionaries(HOSTILE, st.integers(1, 9), max_size=2),
    )
)
EVERYTHING = report_of(
    *(
        notice(message=bad, file=bad, record=bad, pointer=f"/{bad}", suggestion=bad)
        for bad in ("".join(FRAGMENTS), *FRAGMENTS)
    )
)


def is_safe(text: str) -> bool:
    unsafe = {"Cc", "Cf", "Cs", "Zl", "Zp"}
    return not any(unicodedata.category(char) in unsafe for char in text)


def runs_a_command(line: str) -> bool:
    """Whether a build server would run a command for a line of its log."""
    return "##" in line or line.lstrip().startswith("::")


@given(REPORTS)
@example(EVERYTHING)
def test_no_text_of_a_feed_forges_a_line_or_a_command(report: Report) -> None:
    for form, render in RENDERERS.items():
        lines = list(render(report))
        assert all(map(is_safe, lines)), form
        commands = [line for line in lines if runs_a_command(line)]
        assert len(commands) == (len(report.notices) if form == "github" else 0), form
    assert len(rendered("text", report).split("\n")) == len(report.notices) + 1
    assert len(rendered("github", report).split("\n")) == len(report.notices) + 1
    for one in report.notices:
        assert text_line(one).count("\n") == 0


@given(REPORTS)
@example(EVERYTHING)
def test_no_text_of_a_feed_breaks_json_or_sarif(report: Report) -> None:
    assert_programs_can_read(report)
    listed = json.loads(rendered("json", report))["notices"]
    for fields, one in zip(listed, report.notices, strict=True):
        assert fields == {name: getattr(one, name) for name in fields}
    for result in json.loads(rendered("sarif", report))["runs"][0]["results"]:
        text = result["message"]["text"]
        assert not re.search(r"[{}]", text.replace("{{", "").replace("}}", ""))
        assert "](" not in text


def command_of(line: str) -> tuple[str, dict[str, str], str]:
    """A workflow command, taken apart as GitHub's runner does."""
    head, message = line.removeprefix("::").split("::", 1)
    name, _, properties = head.partition(" ")
    pairs = (pair.split("=", 1) for pair in properties.split(","))
    escapes = (("%0D", "\r"), ("%0A", "\n"))
    more = (("%3A", ":"), ("%2C", ","))
    return (
        name,
        {key: replaced(value, *escapes, *more, ("%25", "%")) for key, value in pairs},
        replaced(message, *escapes, ("%25", "%")),
    )


def replaced(text: str, *pairs: tuple[str, str]) -> str:
    for old, new in pairs:
        text = text.replace(old, new)
    return text


@given(NOTICES)
@example(EVERYTHING.notices[0])
def test_a_workflow_command_says_what_the_notice_says(one: Notice) -> None:
    line, _ = RENDERERS["github"](report_of(one))
    name, properties, message = command_of(line)
    assert name == {"error": "error", "warning": "warning", "info": "notice"}[one.severity]
    stream = one.file == "-"
    place = f"-:{one.line}:{one.column}: " if stream else ""
    expected = {} if stream else {"file", "line", "col"}
    assert set(properties) == {*expected, "title"}
    assert properties["title"] == one.code
    if not stream:
        assert properties["file"] == unsteered(one.file)
        assert (properties["line"], properties["col"]) == (str(one.line), str(one.column))
    assert message.startswith(place + unsteered(one.message)[:-1])


def unsteered(text: str) -> str:
    return safe(text).replace("##", "#\\u0023")


SEVERITIES = ("error", "warning", "info")
BLOCKS = {
    *("html", "head", "meta", "title", "style", "body", "main", "h1", "h2", "h3", "p", "ul", "ol"),
    *("li", "section", "pre", "table", "caption", "thead", "tbody", "tr", "th", "td", "details"),
    "summary",
}
INLINE = {"a", "code", "span", "wbr"}
ATTRIBUTES = {
    "lang": {"en"},
    "charset": {"utf-8"},
    "name": {"viewport", "color-scheme"},
    "http-equiv": {"Content-Security-Policy"},
    "content": {
        "width=device-width, initial-scale=1",
        "light dark",
        "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'",
    },
    "dir": {"auto", "ltr"},
    "scope": {"row", "col"},
    "id": {*CODES},
    "href": {f"#{code}" for code in CODES},
    "class": {
        *("verdict", "number", "message", "meaning", "place"),
        *(f"{what} {severity}" for what in ("badge", "caret") for severity in SEVERITIES),
    },
}
VOID = {"meta", "wbr"}


class Page(HTMLParser):
    """Reads a page, and fails on every tag, attribute and value that it does not know.

    Attributes:
        texts: the text of each block, with its tag.
    """

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.tags: Counter[str] = Counter()
        self.texts: list[tuple[str, str]] = []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in BLOCKS | INLINE
        for name, value in attrs:
            assert value in ATTRIBUTES[name]
        self.tags[tag] += 1
        if tag not in VOID:
            self.open.append(tag)
        if tag in BLOCKS:
            self.texts.append((tag, ""))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag
        if tag in BLOCKS:
            self.texts.append((next(reversed(self.open), ""), ""))

    def handle_data(self, data: str) -> None:
        if self.open:
            tag, text = self.texts[-1]
            self.texts[-1] = (tag, text + data)

    def handle_decl(self, decl: str) -> None:
        assert decl == "DOCTYPE html"

    def handle_comment(self, data: str) -> None:
        pytest.fail(data)

    def handle_pi(self, data: str) -> None:
        pytest.fail(data)

    def unknown_decl(self, data: str) -> None:
        pytest.fail(data)


@given(REPORTS, HOSTILE)
@example(EVERYTHING, "".join(FRAGMENTS))
@example(fixed_report(), "=")
def test_no_text_of_a_feed_is_markup(report: Report, source: str) -> None:
    text = "\n".join(html_lines(report, source_line=lambda *_: source))
    assert text.isascii()
    assert all(map(is_safe, text.split("\n")))
    assert not any(map(runs_a_command, text.split("\n")))
    read = Page(text)
    texts = [data for _, data in read.texts]
    assert [data.strip() for tag, data in read.texts if tag == "style" and data] == [STYLE.strip()]
    assert read.tags["tr"] >= len(report.notices)
    for one in report.notices:
        assert without_backticks(cell(one.message)) in map(without_backticks, texts)
        for value in (one.pointer, one.record, one.suggestion):
            assert not value or any(cell(value) in text for text in texts)
    assert not any(data.startswith(("=", "+", "-", "@")) for data in texts)


def cell(text: str) -> str:
    return f"'{safe(text)}" if text.startswith(("=", "+", "-", "@")) else safe(text)


def without_backticks(text: str) -> str:
    return text.replace("`", "").replace("'", "")


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("set `state` and `id`", "set <code>state</code> and <code>id</code>"),
        ("`a`", "<code>a</code>"),
        ("`+03:00` or `=`", "<code>&#x27;+03:00</code> or <code>=</code>"),
        ('"`x`" needs `y`', "&quot;`x`&quot; needs <code>y</code>"),
        ('in `"fields": []`', "in <code>&quot;fields&quot;: []</code>"),
        ("`<b>`", "<code>&lt;b&gt;</code>"),
        ("one ` alone", "one ` alone"),
        ("", ""),
    ],
)
def test_words_between_backticks_are_code(text: str, written: str) -> None:
    assert with_code(text) == written


@pytest.mark.parametrize("code", CODES)
def test_no_meaning_shows_marks_of_markdown(code: str) -> None:
    words = re.sub("<code>.*?</code>", "", with_code(CODES[code].meaning))
    assert not re.search(r"`|\*\*|\]\(", words)


def test_codes_and_pointers_break_only_after_underscores_and_slashes() -> None:
    assert breakable("json_syntax") == "json_<wbr>syntax"
    assert breakable("/objects/0/a~1b") == "/<wbr>objects/<wbr>0/<wbr>a~1b"
    assert breakable("=a_=b__") == "&#x27;=a_<wbr>=b__"


def test_the_first_thing_on_the_page_is_the_worst_problem_with_its_line() -> None:
    shown = Page("\n".join(on_page(fixed_report())))
    blocks = [(tag, text.strip()) for tag, text in shown.texts if text.strip()]
    start = blocks.index(("h1", "Validation report"))
    tags = [tag for tag, _ in blocks[start : start + 7]]
    assert tags == ["h1", "p", "h2", "h3", "p", "p", "pre"]
    line, caret = blocks[start + 6][1].split("\n")
    assert line[caret.index("^") :].startswith('"dron"')


def test_a_line_that_cannot_be_read_again_is_not_on_the_page() -> None:
    without = rendered("html", fixed_report())
    assert "<pre" not in without
    assert "\n".join(html_lines(fixed_report(), source_line=lambda *_: None)) == without


def test_each_feed_is_read_once_for_the_page() -> None:
    asked: list[tuple[str, int]] = []
    notices = [
        notice(code, file=file, line=line)
        for file in ("a.jsonl", "b.jsonl")
        for line, code in enumerate(["byte_order_mark", "json_syntax"] * 20, 1)
    ]

    def source_line(file: str, line: int) -> str:
        asked.append((file, line))
        return "{}"

    assert list(html_lines(report_of(*notices), source_line=source_line))
    assert asked == sorted(asked)
    assert len(asked) == 20


def test_the_page_shows_the_worst_first_and_ten_examples_of_it() -> None:
    notices = [
        *(notice("byte_order_mark") for _ in range(30)),
        *(notice("json_syntax", message=f"example {at}") for at in range(12)),
        notice("wrong_encoding"),
    ]
    worst, _ = rendered("html", report_of(*notices)).split("<h2>All notices")
    order = ("json_<wbr>syntax", "wrong_<wbr>encoding", "byte_<wbr>order_<wbr>mark")
    assert sorted(order, key=worst.index) == list(order)
    assert [at for at in range(12) if f">example {at}<" in worst] == list(range(10))
    assert "9 more examples" in worst


def test_the_page_counts_what_is_not_listed() -> None:
    text = rendered("html", fixed_report())
    assert "1,502 errors" in text
    assert "The list leaves out 1,500 notices." in text


def test_the_page_shows_no_more_than_twenty_codes() -> None:
    codes = [code for code in CODES if code != "notices_left_out"][:21]
    worst, rest = rendered("html", report_of(*map(notice, codes))).split("<h2>All notices")
    assert "This section shows 20 of 21 codes." in worst
    assert sum(f">{breakable(code)} <" in worst for code in codes) == 20
    assert all(f">{breakable(code)}<" in rest for code in codes)


def test_a_hostile_feed_under_a_hostile_name_leaves_nothing_that_runs(tmp_path: Path) -> None:
    bad = "".join(piece for piece in FRAGMENTS if piece != "\ud800")
    written = json.dumps(bad, ensure_ascii=False)
    source = '{"type":"source","id":"s","kind":"news_report","publisher":"p","language":"en"'
    lines = [
        '{"type":"feed","schema_version":"1.0"}',
        f"{source},{written}:1}}",
        source.replace('"s"', written) + "}",
        source.replace('"news_report"', written) + "}",
        f'{source},"recorded_at":{written}}}',
        written,
        f"{{{written}",
    ]
    file = tmp_path / "::error::\n<script>\u202e.jsonl"
    file.write_text("\n".join(lines), encoding="utf-8", newline="")
    report = ae.validate(file)
    assert len(report.notices) >= len(lines) - 1
    assert_programs_can_read(report)
    Page(rendered("html", report))
    for form in RENDERERS:
        shown = rendered(form, report).split("\n")
        assert all(map(is_safe, shown))
        commands = [line for line in shown if runs_a_command(line)]
        assert len(commands) == (len(report.notices) if form == "github" else 0)
