"""The tests of the small desk, which never says how a record is made."""

import io
import json
import subprocess
import sys
from pathlib import Path
from typing import assert_type

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy
from night_desk import denials, headline, sources_of
from night_desk_rules import RULES

import airspace_events as ae
from airspace_events.testing import strategies as aes

assert_type(aes.incursions(), SearchStrategy[ae.Incursion])
assert_type(
    aes.incursions(scope="single", title=st.text(min_size=1)), SearchStrategy[ae.Incursion]
)
assert_type(aes.reported_times(), SearchStrategy[ae.ReportedTime])
assert_type(aes.claims(aspect="intent"), SearchStrategy[ae.Claim])
assert_type(aes.records(), SearchStrategy[ae.Record])
assert_type(aes.values_of(ae.Quote), SearchStrategy[ae.Quote])
assert_type(aes.feeds(aes.incursions(), max_size=3), SearchStrategy[ae.Feed])
assert_type(aes.feeds(aes.incursions() | aes.sources()), SearchStrategy[ae.Feed])
assert_type(aes.time_expressions("date", "interval"), SearchStrategy[str])

# How long an example takes says something of the machine, and nothing of the desk.
settings.register_profile("night-desk", deadline=None)
settings.load_profile("night-desk")


@given(st.from_type(ae.Incursion))
def test_a_headline_begins_with_the_state(incursion: ae.Incursion) -> None:
    assert headline(incursion).startswith(f"{incursion.state or 'no state'}: ")


@given(st.from_type(ae.Statement))
def test_a_denial_is_a_claim_of_the_statement(statement: ae.Statement) -> None:
    assert all(claim in statement.claims for claim in denials(statement))


@given(st.builds(headline, st.from_type(ae.Incursion)))
def test_types_are_found_by_other_strategies_too(line: str) -> None:
    assert ", " in line


@given(...)
def test_types_are_found_by_annotations_alone(when: ae.ReportedTime, claim: ae.Claim) -> None:
    assert ae.ReportedTime.parse(when.value).value == when.value
    assert claim.aspect


@given(aes.feeds(aes.incursions() | aes.sources()))
def test_every_source_of_a_feed_is_there(feed: ae.Feed) -> None:
    held = io.BytesIO()
    ae.write_feed(feed, held)
    assert ae.validate(io.BytesIO(held.getvalue())).ok
    incursions = {record.id for record in feed.records if isinstance(record, ae.Incursion)}
    assert set(sources_of(feed)) == incursions


RECORD = {
    "type": "incursion",
    "id": "made-up",
    "title": "A made-up title" * 5,
    "state": "LV",
    "time": {"value": "2024-09-07"},
    "objects": [{"id": "first", "category": "uncrewed_aircraft"}],
    "sources": [{"source": "a-report"}],
    "extensions": {"night-desk.example.org": {"detected_by": {"first": "rader"}}},
}


def test_own_rules_and_own_words_are_checked() -> None:
    notices = ae.check(RECORD, settings=ae.Settings(rules=RULES))
    assert [(one.code, one.severity, one.pointer, one.suggestion) for one in notices] == [
        ("night_desk/title_too_long", "warning", "/title", None),
        (
            "value_not_in_vocabulary",
            "error",
            "/extensions/night-desk.example.org/detected_by/first",
            "radar",
        ),
    ]
    assert ae.check(RECORD) == ae.check({**RECORD, "title": "Short"})


def test_the_command_line_runs_own_rules(tmp_path: Path) -> None:
    feed = tmp_path / "feed.jsonl"
    header = {"type": "feed", "schema_version": ae.SCHEMA_VERSION}
    feed.write_text(f"{json.dumps(header)}\n{json.dumps(RECORD)}\n", encoding="utf-8")
    command = (sys.executable, "-m", "airspace_events", "validate", str(feed))
    options = ("--rules", "night_desk_rules", "--select", "night_desk")
    done = subprocess.run([*command, *options], capture_output=True, text=True, check=True)
    assert "warning[night_desk/title_too_long]" in done.stdout


def test_this_is_the_wheel_and_no_checkout() -> None:
    assert "site-packages" in Path(str(ae.__file__)).parts
