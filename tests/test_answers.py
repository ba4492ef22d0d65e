"""Answers of a dossier as `print`, a notebook and rich show them.

`REWRITE_GOLDEN=1 pytest tests/test_answers.py` writes the golden files again: read what changed.
"""

import copy
import html
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import example, given, settings

import airspace_events as ae
from airspace_events.cli.commands import airspace_events
from airspace_events.safe_text import safe
from airspace_events.viewed import Answers
from damaged_feeds import steers
from one_incursion import incursion
from shown_views import FORMS, FRAGMENTS, HOSTILE, assert_is_safe

EXAMPLES = Path(__file__).parents[1] / "docs" / "examples"
GOLDEN = Path(__file__).parent / "data" / "answers"
POLAND = ae.Dossier.read(EXAMPLES / "poland-2025-09-10.jsonl")
NINE = ae.Dossier.read(EXAMPLES / "bucharest-nine.jsonl")
EVENT = "pl-2025-09-10"

ANSWERS: Mapping[str, Callable[[], Any]] = {
    "timeline": POLAND.timeline,
    "claims": lambda: POLAND.claims_about(EVENT, "intent"),
    "positions": lambda: POLAND.positions(EVENT),
    "responses": POLAND.responses,
    "incursions": lambda: NINE.incursions(between=("2024-09-07", "2024-09-08")),
    "corroboration": lambda: POLAND.corroboration(EVENT),
    "summary": NINE.summary,
    "groups": lambda: NINE.summary(by=("month", "state")),
    "states-by-months": lambda: NINE.states_by_months(count="objects"),
    "revisions": lambda: POLAND.revisions(EVENT),
    "statements": lambda: POLAND.statements_about(EVENT),
    "records": lambda: NINE.records,
    "one-moment": lambda: POLAND.timeline()[-1],
    "one-claim": lambda: POLAND.claims_about(EVENT)[1],
    "one-position": lambda: next(one for one in POLAND.positions(EVENT) if one.has_changed),
    "one-voice": lambda: POLAND.corroboration(EVENT).voices[0],
    "one-response": lambda: POLAND.responses()[3],
    "duplicates": NINE.possible_duplicates,
    "one-duplicate": lambda: NINE.possible_duplicates().pairs[0],
    "duplicate-pairs": lambda: NINE.possible_duplicates().pairs,
    "nothing": lambda: POLAND.responses(by="XX"),
}
SHOWN: Mapping[str, Callable[[Any], str]] = {**FORMS, "print": lambda answer: f"{answer}\n"}


@pytest.mark.parametrize("form", SHOWN)
@pytest.mark.parametrize("name", ANSWERS)
def test_an_answer_is_as_its_golden_file_has_it(name: str, form: str) -> None:
    text = SHOWN[form](ANSWERS[name]())
    file = GOLDEN / f"{name}.{form}"
    if os.environ.get("REWRITE_GOLDEN") == "1":
        file.write_text(text, encoding="utf-8", newline="\n")
    assert text == file.read_bytes().decode()


def test_there_is_no_other_golden_file() -> None:
    names = {f"{name}.{form}" for name in ANSWERS for form in SHOWN}
    assert {file.name for file in GOLDEN.iterdir()} == names


@pytest.mark.parametrize("name", ANSWERS)
def test_repr_is_what_is_printed(name: str) -> None:
    assert repr(ANSWERS[name]()) == str(ANSWERS[name]())


def test_answers_are_still_a_tuple() -> None:
    found = POLAND.timeline()
    assert found == tuple(found)
    assert hash(found) == hash(tuple(found))
    assert isinstance(found[0], type(found[-1]))
    assert found[2:4] == (found[2], found[3])
    assert str(found[2:4]).startswith("Timeline: 2\n")
    for copied in (copy.copy(found), copy.deepcopy(found)):
        assert type(copied) is Answers
        assert copied == found


def test_of_many_answers_the_first_are_shown() -> None:
    many = ae.Dossier(incursion(id=f"i-{number}") for number in range(1_000)).records
    lines = str(many).splitlines()
    assert lines[0] == "Records: 1,000"
    assert len(lines) == 43
    assert lines[-1] == "and 960 more"
    assert "and 960 more" in FORMS["html"](many)
    assert "and 960 more" in FORMS["txt"](many)


def test_columns_line_up_whatever_the_script() -> None:
    records = [incursion(id="a", title="漢字"), incursion(id="long-id", title="é" * 90)]
    lines = str(ae.Dossier(records).records).splitlines()
    assert lines[2].index("漢") == lines[3].index("é")
    assert lines[3].endswith("é…")


def hostile_dossier(bad: str) -> ae.Dossier:
    """Return a dossier that has a text wherever an answer shows one."""
    count = {"verbatim": bad}
    claims = [
        {"aspect": "field", "fields": ["objects.it.designation"], "value": bad},
        {"aspect": "field", "fields": ["totals.crossings"], "value": count},
        {"aspect": "legality_of_engagement", "value": "permitted", "condition": bad},
    ]
    event = incursion(
        title=bad,
        totals={"crossings": count},
        objects=[{"id": "it", "category": "unidentified", "designation": bad, "count": count}],
        responses=[{"kind": "other", "article": bad, "assets": [{"designation": bad}]}],
    )
    said = {"speakers": ["LV"], "made": {"value": "2024"}, "about": [event.id]}
    other = event.replace(id="lv-2024-09-08", places=[{"name": bad, "admin1": bad}])
    event = event.replace(places=other.places)
    return ae.Dossier([event, other, ae.Statement(id="s", claims=claims, **said)])


@settings(max_examples=25)
@given(HOSTILE)
@example("".join(FRAGMENTS))
def test_what_an_answer_shows_does_nothing(bad: str) -> None:
    dossier = hostile_dossier(bad)
    event = "lv-2024-09-07"
    for answer in (
        dossier.records,
        dossier.timeline(),
        dossier.claims_about(event),
        dossier.positions(event),
        dossier.responses(),
        dossier.incursions(),
        dossier.corroboration(event),
        dossier.claims_about(event)[0],
        dossier.corroboration(event).voices[0],
        dossier.possible_duplicates(),
        dossier.possible_duplicates().pairs[0],
    ):
        assert_is_safe(answer)
        printed = str(answer)
        assert not steers(printed.replace("\n", ""))
        assert "##" not in printed
        assert not any(line.lstrip().startswith("::") for line in printed.splitlines())
        # No text begins a line of its own.
        assert len(printed.splitlines()) < 20
    seen = safe(bad if len(bad) <= 240 else bad[:239] + "…")
    assert html.escape(seen) in FORMS["html"](dossier.records)


def test_a_notice_and_a_report_print_as_the_command_prints_them() -> None:
    feed = str(EXAMPLES / "broken.jsonl")
    report = ae.validate(feed)
    printed = CliRunner().invoke(airspace_events, ["validate", feed]).stdout
    assert printed == f"{report}\n"
    assert printed.splitlines()[: len(report.notices)] == list(map(str, report.notices))
    assert len(report.notices) > 1


def test_a_notice_that_is_printed_steers_no_terminal_and_no_log() -> None:
    bad = "\x1b[31m ##[error] \u202e\n::error::x"
    one = ae.Notice(code="json_syntax", message=bad, file=f"::{bad}", line=1, suggestion=bad)
    counts = {"error": 1, "warning": 0, "info": 0}
    report = ae.Report(files=(bad,), records={bad: 1}, counts=counts, notices=(one,))
    for printed in (str(one), str(report).replace("\n", "", 1)):
        assert not steers(printed)
        assert "##" not in printed
        assert not printed.startswith("::")


def test_printing_needs_no_rich(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "rich", None)
    assert str(POLAND.timeline())
