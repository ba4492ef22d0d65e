"""A stranger without Python writes a feed from the published schemas, and it is valid.

These tests need Node.js, and ajv from the npm registry: ``npm install --prefix tests/outsider``.
They run when they are asked for, with ``pytest -m outsider``, as CI does.
"""

import json
import subprocess
from pathlib import Path
from random import Random
from typing import Any

import jsonschema_rs
import pytest

import airspace_events as ae
from airspace_events.schema.examples import example_lines
from airspace_events.schema.json_schema import KINDS, json_schema
from json_changes import changes

pytestmark = pytest.mark.outsider

ROOT = Path(__file__).parent.parent
SCHEMAS = ROOT / "docs" / "schemas" / ae.SCHEMA_VERSION
SCRIPTS = ROOT / "tests" / "outsider"


def run(script: str, *arguments: object) -> Any:
    command = ["node", str(SCRIPTS / script), str(SCHEMAS), *map(str, arguments)]
    done = subprocess.run(command, check=False, capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr or done.stdout
    return json.loads(done.stdout)


def test_a_feed_written_in_javascript_is_valid_at_the_second_try(tmp_path: Path) -> None:
    feed = tmp_path / "feed.jsonl"
    tries = run("write_feed.mjs", feed)
    assert tries["second"] == []
    report = ae.validate(feed)
    assert report.notices == ()
    assert [record.type for record in ae.iter_records(feed)] == [
        "source",
        "organization",
        "incursion",
        "statement",
    ]


def test_what_ajv_says_of_the_first_try_leads_to_each_fault(tmp_path: Path) -> None:
    faults = run("write_feed.mjs", tmp_path / "feed.jsonl")["first"]
    found = {(fault["line"], fault["at"], fault["rule"]) for fault in faults}
    assert {
        (4, "/time/value", "pattern"),
        (4, "/objects/0/category", "enum"),
        (4, "/objects/0/count", "type"),
        (4, "/sources", "minItems"),
        (5, "", "additionalProperties"),
        (4, "/entered_from", "maxItems"),
        (4, "/totals/crossings", "type"),
        (5, "/claims/0", "required"),
        (5, "/claims/1/fields/0", "pattern"),
        (5, "/claims/2/value", "type"),
    } <= found
    assert {fault["line"] for fault in faults} == {4, 5}
    (category,) = (fault for fault in faults if fault["rule"] == "enum")
    assert "balloon" in category["allowed"]
    time, name = (fault["message"] for fault in faults if fault["rule"] == "pattern")
    assert time.startswith("The text is not a valid time (an EDTF date or interval")
    assert name == "The text is not the name of a claimable field, such as objects.first.count"
    # What is told beside them only says which rule they broke.
    assert {rule for _, _, rule in found} <= {
        "pattern",
        "enum",
        "type",
        "minItems",
        "maxItems",
        "additionalProperties",
        "required",
        "anyOf",
        "if",
    }


@pytest.mark.parametrize("of", KINDS)
def test_ajv_takes_every_published_schema_without_a_warning(of: str, tmp_path: Path) -> None:
    file = tmp_path / "one.jsonl"
    file.write_text("{}\n", encoding="utf-8")
    assert run("check_lines.mjs", of, file) == [False]


def test_ajv_agrees_with_the_validator_that_the_parser_is_compared_with(tmp_path: Path) -> None:
    dice = Random(2)  # noqa: S311
    values = [json.loads(line) for line in example_lines()]
    for value in values[:]:
        values += changes(value, dice, 300)
    file = tmp_path / "changed.jsonl"
    file.write_text("".join(json.dumps(value) + "\n" for value in values), encoding="utf-8")
    by_ajv = run("check_lines.mjs", "line", file)
    schema = jsonschema_rs.validator_for(json_schema("line"))
    assert len(by_ajv) == len(values)
    for value, taken in zip(values, by_ajv, strict=True):
        assert schema.is_valid(value) == taken, value
    assert by_ajv[: len(example_lines())] == [True] * len(example_lines())
    assert 100 < sum(by_ajv) < len(values) - 100
