"""`validate --fix` corrects spellings, and never facts."""

import gzip
import json
import os
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given

import airspace_events as ae
from airspace_events.cli.commands import airspace_events
from airspace_events.spelling import fold, is_one_letter_wrong
from airspace_events.testing import load_corpus
from airspace_events.testing import strategies as st
from airspace_events.validation.fixes import fix

NOW = datetime(2030, 1, 1, tzinfo=UTC)
HEADER = b'{"type":"feed","schema_version":"1.0"}\n'
SOURCE = '{"type":"source","id":"a-report","kind":"news_report","publisher":"A made-up newsroom"}'
INCURSION: dict[str, Any] = {
    "type": "incursion",
    "id": "lv-1",
    "state": "LV",
    "time": {"value": "2024-09-07"},
    "sources": [{"source": "a-report"}],
}


def feed(**changes: Any) -> bytes:
    """A feed with an incursion, and a source that it cites."""
    return HEADER + f"{SOURCE}\n{json.dumps(INCURSION | changes)}\n".encode()


def incursion_of(data: bytes) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(data.splitlines()[-1])
    return found


def objects(category: str) -> dict[str, Any]:
    return {"objects": [{"category": category}]}


def time(value: str, **more: str) -> dict[str, Any]:
    return {"time": {"value": value, **more}}


SAFE = {
    "a letter of a word": ({"crossing": "confirmd"}, {"crossing": "confirmed"}),
    "two letters swapped": ({"crossing": "cofnirmed"}, {"crossing": "confirmed"}),
    "a word with a space": (objects("Uncrewed aircraft"), objects("uncrewed_aircraft")),
    "a state code": ({"state": "lv"}, {"state": "LV"}),
    "another code for the state": ({"state": "UK"}, {"state": "GB"}),
    "the name of a state": ({"state": "Latvia"}, {"state": "LV"}),
    "the zeros of a date": (time("2024-9-7"), time("2024-09-07")),
    "a time zone": (
        time("2024-09-07", timezone="europe/riga"),
        time("2024-09-07", timezone="Europe/Riga"),
    ),
    "the name of a state in its language": ({"state": "Latvija "}, {"state": "LV"}),
    "white space": ({"note": " A made-up note. "}, {"note": "A made-up note."}),
    "normalization": ({"note": "Over Ra\u0304pina"}, {"note": "Over Rāpina"}),
}
GUESSED = {
    "a synonym": (objects("dron"), objects("uncrewed_aircraft")),
    "a similar state": ({"state": "Latvja"}, {"state": "LV"}),
    "two letters": (
        time("2024-09-07", timezone="Europe/Bukarest"),
        time("2024-09-07", timezone="Europe/Bucharest"),
    ),
}
FACTS = {
    "a letter of a reference": {"sources": [{"source": "a-reprot"}]},
    "a reference to another feed": {"sources": [{"source": "a-report-2"}]},
    "a day first": time("07.09.2024"),
    "an interval that ends first": time("2024-09-08/2024-09-07"),
    "a count": {"totals": {"crossings": {"verbatim": "three drones", "best": 5}}},
    "swapped coordinates": {
        "places": [{"geometry": {"type": "Point", "coordinates": [56.9, 24.1]}}]
    },
    "the zone of another state": time("2024-09-07", timezone="Europe/Kyiv"),
    "words of another day": time("2024-09-04", verbatim="on Saturday", reference="2024-09-08"),
}


@pytest.mark.parametrize(("before", "after"), SAFE.values(), ids=SAFE)
def test_a_safe_fix_changes_the_spelling(before: dict[str, Any], after: dict[str, Any]) -> None:
    fixed = fix(feed(**before), now=NOW)
    assert fixed.made == 1
    assert incursion_of(fixed.data) == INCURSION | after
    assert ae.validate(fixed.data, now=NOW).ok


@pytest.mark.parametrize(("before", "after"), GUESSED.values(), ids=GUESSED)
def test_a_guess_is_unsafe(before: dict[str, Any], after: dict[str, Any]) -> None:
    data = feed(**before)
    assert fix(data, now=NOW) == (data, 0, 1)
    assert incursion_of(fix(data, unsafe=True, now=NOW).data) == INCURSION | after


@pytest.mark.parametrize("facts", FACTS.values(), ids=FACTS)
def test_no_fix_changes_a_fact(facts: dict[str, Any]) -> None:
    data = feed(**facts)
    assert ae.validate(data, now=NOW).notices
    assert fix(data, unsafe=True, now=NOW) == (data, 0, 0)


def test_a_field_is_renamed_unless_the_record_has_the_new_name() -> None:
    data = feed(Note="A made-up note.")
    assert incursion_of(fix(data, now=NOW).data)["note"] == "A made-up note."
    both = feed(Note="A made-up note.", note="Another.")
    assert fix(both, now=NOW).data == both


def test_a_fix_may_reveal_another() -> None:
    data = feed(crossing="reportd", note="A made-up note. ")
    fixed = fix(data, now=NOW)
    assert fixed.made == 2
    assert ae.validate(fixed.data, now=NOW).notices == ()


@pytest.mark.parametrize("before", [b"", b"\xef\xbb\xbf"], ids=["plain", "byte-order mark"])
@pytest.mark.parametrize("end", [b"\n", b"\r\n"], ids=["LF", "CRLF"])
def test_everything_else_stays_byte_by_byte(before: bytes, end: bytes) -> None:
    lines = [
        HEADER.strip(),
        b'{"broken',
        b"\xff",
        b'  { "type" : "incursion", "state": "UK" }',
        b"",
    ]
    data = before + end.join(lines)
    assert fix(data, now=NOW).data == data.replace(b'"UK"', b'"GB"')


def test_a_json_document_is_fixed_in_place() -> None:
    records = json.dumps([json.loads(SOURCE), INCURSION | {"state": "UK"}], indent=2)
    data = f'{{"schema_version": "1.0", "records": {records}}}'.encode()
    assert fix(data, now=NOW).data == data.replace(b'"UK"', b'"GB"')


def shape(value: Any) -> Any:
    """A value with a mark for each text."""
    if isinstance(value, dict):
        return [shape(inner) for inner in value.values()]
    return (
        [shape(inner) for inner in value]
        if isinstance(value, list)
        else isinstance(value, str) or value
    )


@pytest.mark.parametrize("entry", load_corpus(), ids=str)
def test_fixes_of_the_corpus_are_stable_and_leave_numbers_alone(entry: Any) -> None:
    data = entry.read()
    if data.startswith(b"\x1f\x8b"):
        return
    for unsafe in (False, True):
        fixed = fix(data, unsafe=unsafe, now=NOW)
        assert fix(fixed.data, unsafe=unsafe, now=NOW).data == fixed.data
        before, after = ae.validate(data, now=NOW), ae.validate(fixed.data, now=NOW)
        assert after.counts["error"] <= before.counts["error"] or unsafe
        for old, new in zip(data.split(b"\n"), fixed.data.split(b"\n"), strict=True):
            if old != new:
                assert shape(json.loads(old)) == shape(json.loads(new))


@given(st.feeds())
def test_a_valid_feed_keeps_all_but_unfit_texts(made: ae.Feed) -> None:
    stream = BytesIO()
    ae.write_feed(made, stream)
    fixed = fix(stream.getvalue(), now=NOW)
    assert ae.validate(fixed.data, now=NOW).ok
    codes = {notice.code for notice in ae.validate(stream.getvalue(), now=NOW).notices}
    if codes.isdisjoint({"not_normalized", "untrimmed_text"}):
        assert fixed.made == 0


@pytest.mark.parametrize(
    ("word", "other", "is_near"),
    [
        ("reported", "reportd", True),
        ("reported", "reportted", True),
        ("reported", "repotred", True),
        ("reported", "reborted", True),
        ("reported", "reported", True),
        ("reported", "rebortad", False),
        ("land", "sand", False),
        ("gmt+12", "gmt+13", False),
    ],
)
def test_one_letter(word: str, other: str, *, is_near: bool) -> None:
    assert is_one_letter_wrong(word, other) is is_near
    assert is_one_letter_wrong(other, word) is is_near
    assert fold(word)


def run(*arguments: str, given: bytes = b"") -> Any:
    return CliRunner().invoke(
        airspace_events, ["validate", *arguments, "--now", "2030-01-01T00:00:00Z"], input=given
    )


def test_fix_writes_the_feed_and_reports_the_rest(tmp_path: Path) -> None:
    path = tmp_path / "feed.jsonl"
    path.write_bytes(feed(state="UK", **objects("dron")))
    result = run(str(path), "--fix")
    assert result.exit_code == 1
    assert "1 problem fixed; --unsafe-fixes would fix 1 more" in result.stderr
    assert "unknown_state_code" not in result.stdout
    assert "value_not_in_vocabulary" in result.stdout
    assert run(str(path), "--fix", "--unsafe-fixes").exit_code == 0
    assert incursion_of(path.read_bytes()) == INCURSION | {"state": "GB"} | objects(
        "uncrewed_aircraft"
    )


def test_diff_shows_the_fixes_and_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "feed.jsonl"
    data = feed(state="UK")
    path.write_bytes(data)
    result = run(str(path), "--diff")
    assert result.exit_code == 1
    assert '-{"type": "incursion", "id": "lv-1", "state": "UK"' in result.stdout
    assert '+{"type": "incursion", "id": "lv-1", "state": "GB"' in result.stdout
    assert path.read_bytes() == data
    path.write_bytes(feed())
    assert run(str(path), "--diff").exit_code == 0


def test_only_files_of_text_are_fixed(tmp_path: Path) -> None:
    data = feed(state="UK")
    plain, packed = tmp_path / "feed.jsonl", tmp_path / "feed.jsonl.gz"
    plain.write_bytes(data)
    packed.write_bytes(gzip.compress(data))
    for other, words in ((str(packed), "decompress it first"), ("-", "save the feed to a file")):
        refused = run(str(plain), other, "--fix", given=data)
        assert refused.exit_code == 2
        assert words in refused.stderr
        assert plain.read_bytes() == data


def test_a_pipe_is_not_fixed(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    for option in ("--fix", "--diff"):
        refused = run(str(pipe), option)
        assert refused.exit_code == 2
        assert "is a stream and cannot be fixed" in refused.stderr


def test_only_selected_codes_are_fixed(tmp_path: Path) -> None:
    path = tmp_path / "feed.jsonl"
    data = feed(state="UK")
    path.write_bytes(data)
    assert run(str(path), "--fix", "--ignore", "unknown_state_code").exit_code == 0
    assert path.read_bytes() == data


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--unsafe-fixes"], "needs --fix or --diff"),
        (["--diff", "--output", "report.txt"], "--diff prints to standard output"),
    ],
)
def test_options_that_would_have_no_effect_are_refused(
    options: list[str], words: str, tmp_path: Path
) -> None:
    path = tmp_path / "feed.jsonl"
    path.write_bytes(feed(state="UK"))
    result = run(str(path), *options)
    assert result.exit_code == 2
    assert words in result.stderr
    assert path.read_bytes() == feed(state="UK")
