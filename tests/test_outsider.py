"""A stranger without Python writes a feed from the published schemas, and it is valid.

These tests need Node.js and packages of npm: ``npm install --prefix tests/outsider``.
They run when they are asked for, with ``pytest -m outsider``, as CI does.
"""

import importlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from random import Random
from typing import Any

import jsonschema_rs
import pytest

import airspace_events as ae
from airspace_events.schema.examples import example_lines
from airspace_events.schema.json_schema import KINDS, json_schema, openapi_components
from airspace_events.validation.rendering import sarif_lines
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
    assert time.startswith("The text must be a valid time (an EDTF date or interval")
    assert name == "The text must be the name of a claimable field, such as objects.first.count"
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


# Code generators. The page shows the same commands.

COMPILER = {
    "strict": True,
    "noEmit": True,
    "target": "es2022",
    "module": "nodenext",
    "types": [],
}


def npm(program: str, *arguments: object, cwd: Path) -> str:
    command = [str(SCRIPTS / "node_modules" / ".bin" / program), *map(str, arguments)]
    done = subprocess.run(
        command, check=False, capture_output=True, text=True, encoding="utf-8", cwd=cwd
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def compile_with(folder: Path, types: str) -> None:
    """Compile the script that uses the generated types."""
    shutil.copy(SCRIPTS / types, folder / "types.ts")
    shutil.copy(SCRIPTS / "use_types.ts", folder)
    settings = {"compilerOptions": COMPILER, "files": ["use_types.ts"]}
    (folder / "tsconfig.json").write_text(json.dumps(settings), encoding="utf-8")
    npm("tsc", "--project", ".", cwd=folder)


@pytest.fixture
def components(tmp_path: Path) -> Path:
    file = tmp_path / "openapi.json"
    file.write_text(json.dumps(openapi_components()), encoding="utf-8")
    return file


def test_types_are_generated_from_a_schema(tmp_path: Path) -> None:
    npm("json2ts", SCHEMAS / "line.schema.json", "line.ts", cwd=tmp_path)
    written = (tmp_path / "line.ts").read_text(encoding="utf-8")
    assert written.count("\nexport ") < 280
    compile_with(tmp_path, "types_of_line.ts")


def test_types_are_generated_from_components(tmp_path: Path, components: Path) -> None:
    command = ("openapi-typescript", components, "--output", "components.ts")
    npm(*command, cwd=tmp_path)
    with pytest.raises(AssertionError, match="'supports' is missing"):
        compile_with(tmp_path, "types_of_components.ts")
    npm(*command, "--default-non-nullable", "false", cwd=tmp_path)
    compile_with(tmp_path, "types_of_components.ts")


def test_a_linter_of_openapi_misses_only_the_servers(tmp_path: Path, components: Path) -> None:
    (tmp_path / "redocly.yaml").write_text("extends: [recommended]\n", encoding="utf-8")
    npm("redocly", "lint", components, "--skip-rule", "no-empty-servers", cwd=tmp_path)
    with pytest.raises(AssertionError, match=r"with 1 error\b"):
        npm("redocly", "lint", components, cwd=tmp_path)


def test_classes_of_python_are_generated_from_a_schema(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    options = ("--input-file-type", "jsonschema", "--output-model-type", "pydantic_v2.BaseModel")
    at = ("--input", SCHEMAS / "line.schema.json", "--output", tmp_path / "generated_line.py")
    command = [sys.executable, "-m", "datamodel_code_generator", *map(str, at), *options]
    subprocess.run(command, check=True, capture_output=True)
    monkeypatch.syspath_prepend(tmp_path)
    line: Any = importlib.import_module("generated_line").FeedLine
    for text in example_lines():
        assert line.model_validate_json(text).root.type in KINDS
    with pytest.raises(ValueError, match="category"):
        line.model_validate({**json.loads(example_lines()[9]), "objects": [{"category": "drone"}]})


# Reports.


def validated(folder: Path, log: str) -> list[Any]:
    """The errors and warnings of a validator of SARIF, also by the rules of GitHub."""
    (folder / "report.sarif").write_text(log, encoding="utf-8")
    path = ["node", "--print", "require('@microsoft/sarif-multitool')"]
    found = subprocess.run(path, check=True, capture_output=True, text=True, cwd=SCRIPTS)
    command = [found.stdout.strip(), "validate", "report.sarif", "--output", "found.sarif"]
    strict = ["--level", "Error;Warning", "--rule-kind", "Sarif;Gh", "--log", "ForceOverwrite"]
    # The validator is a program of .NET, which otherwise needs a library for languages.
    env = {**os.environ, "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT": "1"}
    subprocess.run([*command, *strict], check=False, capture_output=True, cwd=folder, env=env)
    runs = json.loads((folder / "found.sarif").read_text(encoding="utf-8-sig"))["runs"]
    return [result for run in runs for result in run["results"]]


def test_a_validator_of_sarif_has_nothing_to_say(tmp_path: Path) -> None:
    settings = ae.Settings(rules_url="https://docs.example.org/rules.html")
    report = ae.validate("docs/examples/broken.jsonl", settings=settings)
    log = "\n".join(sarif_lines(report))
    assert validated(tmp_path, log) == []
    assert validated(tmp_path, log.replace('"startLine": ', '"startLine": -')) != []
