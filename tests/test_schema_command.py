"""The commands that print schemas and documents."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import airspace_events as ae
from airspace_events.cli.commands import airspace_events
from airspace_events.schema.json_schema import KINDS

DOCS = Path(__file__).parent.parent / "docs"


def run(*arguments: str) -> Result:
    return CliRunner().invoke(airspace_events, ["schema", *arguments])


@pytest.mark.parametrize("kind", KINDS)
def test_the_schema_is_the_one_that_is_published(kind: str) -> None:
    result = run("json", kind)
    assert result.exit_code == 0
    published = (DOCS / "schemas" / "1.0" / f"{kind}.schema.json").read_text(encoding="utf-8")
    assert json.loads(result.stdout) == json.loads(published) == ae.json_schema(kind)


def test_without_a_word_it_is_that_of_any_record() -> None:
    assert json.loads(run("json").stdout) == ae.json_schema()
    assert run("json", "incident").exit_code == 2


def test_the_codebook_and_the_diagram() -> None:
    assert run("codebook").stdout == (DOCS / "codebook.md").read_text(encoding="utf-8")
    assert run("diagram").stdout.startswith("erDiagram\n")


def test_openapi_is_printed() -> None:
    assert json.loads(run("openapi").stdout)["openapi"].startswith("3.1")


def test_a_schema_is_compared_with_another(tmp_path: Path) -> None:
    published = DOCS / "schemas" / "1.0" / "source.schema.json"
    same = run("diff", str(published), str(published))
    assert (same.exit_code, same.stdout) == (0, "no changes\n")
    changed = json.loads(published.read_text(encoding="utf-8"))
    changed["$defs"]["Source"]["required"].append("title")
    (tmp_path / "new.json").write_text(json.dumps(changed), encoding="utf-8")
    result = run("diff", str(published), str(tmp_path / "new.json"))
    assert result.exit_code == 1
    assert result.stdout == "breaks writers: title is now required\n"
    (tmp_path / "bad.json").write_text("{", encoding="utf-8")
    for bad in ("bad.json", "none.json"):
        result = run("diff", str(published), str(tmp_path / bad))
        assert result.exit_code == 3
        assert result.stderr.startswith("airspace-events: ")
