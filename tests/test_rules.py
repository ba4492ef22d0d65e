"""Every code has an example that fails and one that passes, and they do."""

import gzip
import json
import re
import subprocess
import sys

import pytest

from airspace_events.validation.codes import CODES
from airspace_events.validation.examples import SOURCE, WITHOUT_EXAMPLE, Example, examples
from airspace_events.validation.rules import RULES

EXAMPLES = pytest.mark.parametrize(("code", "example"), examples().items(), ids=list(examples()))

LINE = '{"type":"source","id":"b","kind":"news_report","publisher":"Ö made-up","language":"en"}'


@EXAMPLES
def test_the_failing_example_fails_with_its_code(code: str, example: Example) -> None:
    report = example.check(example.failing())
    assert {notice.code for notice in report.notices} == {code, *example.also}, report.notices


@EXAMPLES
def test_the_passing_example_passes(code: str, example: Example) -> None:
    report = example.check(example.passing())
    assert report.notices == (), code
    assert sum(report.records.values()) > 0


@EXAMPLES
def test_what_is_wrong_is_in_the_lines_or_told(code: str, example: Example) -> None:
    assert example.failing() != example.passing(), code
    if example.fails == example.passes or example.limits or example.notices_per_code < 1_000:
        assert example.note.endswith(".")


def test_every_code_has_an_example() -> None:
    assert set(CODES) - set(WITHOUT_EXAMPLE) - set(examples()) == set()


def test_every_example_is_of_a_code() -> None:
    assert set(examples()) - set(CODES) == set()
    assert {code for example in examples().values() for code in example.also} <= set(CODES)
    assert set(WITHOUT_EXAMPLE) & set(examples()) == set()


def test_every_rule_has_its_codes_in_the_registry() -> None:
    assert {code for rule in RULES for code in rule.codes} <= set(CODES)


def test_the_registry_is_not_read_before_a_code_is_needed() -> None:
    steps = """
import sys
import airspace_events.validation.validator
from airspace_events.validation.codes import CODES, registry
assert registry.entries.cache_info().currsize == registry._file.cache_info().currsize == 0
assert CODES["cycle"].severity == "error"
assert registry._file.cache_info().currsize == len(registry.FAMILY_NAMES)
"""
    subprocess.run([sys.executable, "-c", steps], check=True)


# Nobody real is in the examples: who publishes or holds a post is made up, or has no name.

NOBODY = re.compile(r".*\bmade-up\b.*|(?:A|An|Another)(?: [a-z-]+)+")
PEOPLE = re.compile(r'"(?:publisher|holder|author)"\s*:\s*"([^"]*)"')
NAME = re.compile(r'"name"\s*:\s*"([^"]*)"')
ADDRESS = re.compile(r"[a-z]+://([^/\"\s?#]+)")


def people_in(text: str) -> list[str]:
    """Those who publish or hold a post, in JSON lines or in what is no JSON."""
    officials = [line for line in re.split(r"(?=\{\s*\"type\")", text) if '"official"' in line]
    return PEOPLE.findall(text) + [name for line in officials for name in NAME.findall(line)]


@EXAMPLES
def test_no_example_has_a_real_person_or_publisher(code: str, example: Example) -> None:
    text = f"{example.fails}\n{example.passes}"
    assert [name for name in people_in(text) if not NOBODY.fullmatch(name)] == [], code
    hosts = [host.removeprefix("www.") for host in ADDRESS.findall(text)]
    assert [host for host in hosts if not host.endswith(("example.org", "example.com"))] == []


def test_a_real_person_or_publisher_would_be_found() -> None:
    assert people_in(SOURCE) == ["A made-up newsroom"]
    assert people_in('{"type":"official","id":"o","name":"Somebody"}\n' + SOURCE)[1] == "Somebody"
    assert people_in('{"type": "official", "name": "Somebody", ') == ["Somebody"]
    assert people_in('{"type":"organization","id":"o","name":"A navy"}') == []
    assert all(
        NOBODY.fullmatch(name) for name in ("Another newsroom", "The Made-Up Post, made-up")
    )
    assert not any(NOBODY.fullmatch(name) for name in ("UNN", "The Guardian", "An Example Name"))


# What an example can do to its bytes.


def test_lines_stand_behind_a_header_and_a_source_unless_they_are_whole() -> None:
    shown = Example(fails="1", passes="2")
    assert shown.passing().decode().splitlines()[1:] == [SOURCE, "2"]
    assert json.loads(shown.failing().splitlines()[0])["type"] == "feed"
    assert Example(fails="1", passes="2", whole=True).failing() == b"1"


def test_only_the_failing_lines_are_written_in_another_encoding() -> None:
    shown = Example(fails=LINE, passes=LINE, encoding="utf-8-sig", whole=True)
    assert shown.failing() == b"\xef\xbb\xbf" + LINE.encode()
    assert shown.passing() == LINE.encode()


def test_only_the_failing_lines_are_damaged_and_behind_the_packing() -> None:
    for damage in ("cut", "overwritten"):
        shown = Example(fails=LINE, passes=LINE, gzipped=True, damage=damage)
        assert gzip.decompress(shown.passing()).endswith(LINE.encode())
        assert shown.failing().startswith(shown.passing()[:10])
        assert shown.failing() != shown.passing()
    assert len(Example(LINE, LINE, damage="cut", whole=True).failing()) == len(LINE.encode()) // 2


def test_what_is_said_is_what_the_validator_says_with_the_limits_of_the_example() -> None:
    two = '{"type":"incursions","id":"a"}\n{"type":"incursions","id":"b"}'
    assert [line.split(":")[0] for line in Example(two, two).said()] == ["feed.jsonl"] * 2
    assert "notices_left_out" in " ".join(Example(two, two, notices_per_code=1).said())
