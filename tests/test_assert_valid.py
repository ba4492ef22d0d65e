"""What is asserted of a feed, and what is said of one that is not valid."""

from __future__ import annotations

import gzip
import io
import json
import subprocess
import sys
import unicodedata
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

import airspace_events as ae
from airspace_events.testing import assert_valid, hostile_bytes, mutations, synthetic_lines
from airspace_events.validation.examples import examples

ROOT = Path(__file__).parent.parent
TUTORIAL = ROOT / "docs" / "examples" / "tutorial.jsonl"
BROKEN = ROOT / "docs" / "examples" / "broken.jsonl"
ROOM = ROOT / "src" / "airspace_events" / "testing" / "room_for_faults.jsonl"

HEADER = b'{"type":"feed","schema_version":"1.0"}\n'
DRON = HEADER + (
    b'{"type":"source","id":"s","kind":"news_report","publisher":"A made-up newsroom",'
    b'"language":"en"}\n'
    b'{"type":"incursion","id":"lv","state":"LV","time":{"value":"2024-09-07"},'
    b'"objects":[{"category":"dron"}],"sources":[{"source":"s"}]}\n'
)
SAID = """\
not valid: 2 records (1 incursion, 1 source): 1 error

-:3:97: error[value_not_in_vocabulary] "dron" is not an object category; did you mean \
"uncrewed_aircraft"?  (/objects/0/category)
- …"LV","time":{"value":"2024-09-07"},"objects":[{"category":"dron"}],"sources":[{"source":"s"}]}
?                                                            ^
+              …"value":"2024-09-07"},"objects":[{"category":"uncrewed_aircraft"}],\
"sources":[{"source":"s"}]}"""


def said(feed: Any, **options: Any) -> str:
    """What is said of a feed that is not valid."""
    with pytest.raises(AssertionError) as raised:
        assert_valid(feed, **options)
    return str(raised.value)


# What is valid.


def test_the_report_of_a_valid_feed_is_given() -> None:
    report = assert_valid(TUTORIAL)
    assert report == ae.validate(TUTORIAL)
    assert [notice.code for notice in report.notices] == ["denial_of_nothing_said"]


def test_whatever_holds_records_may_be_given(tmp_path: Path) -> None:
    feed = ae.read_feed(TUTORIAL)
    packed = tmp_path / "feed.jsonl.gz"
    packed.write_bytes(gzip.compress(TUTORIAL.read_bytes()))
    with TUTORIAL.open("rb") as stream:
        assert_valid(stream)
    forms = (str(TUTORIAL), TUTORIAL, packed, TUTORIAL.read_bytes(), feed, feed.records)
    for given in (*forms, list(feed.records), iter(feed.records)):
        assert sum(assert_valid(given).records.values()) == 7
    assert assert_valid(ae.State(id="ro", alpha_2="RO", name="Romania")).records == {"state": 1}


def test_what_holds_no_records_is_refused() -> None:
    for given in (12, None, io.StringIO("{}"), [1], {"type": "feed"}):
        with pytest.raises(TypeError, match="stream of bytes"):
            assert_valid(given)  # type: ignore[arg-type]
    with pytest.raises(ae.UnreadableError):
        assert_valid("no-such-feed.jsonl")


# What is not.


def test_what_is_wrong_is_said_as_a_diff() -> None:
    assert said(DRON) == SAID


def test_the_same_is_said_of_every_form(tmp_path: Path) -> None:
    path = tmp_path / "feed.jsonl.gz"
    path.write_bytes(gzip.compress(DRON))
    stream = io.BytesIO(DRON)
    stream.read()
    stream.seek(0)
    assert said(stream) == said(io.BufferedReader(io.BytesIO(DRON))) == SAID  # type: ignore[arg-type]
    assert said(path) == SAID.replace("-:3", f"{path}:3")
    with path.open("rb") as packed:
        assert said(packed) == SAID.replace("-:3", f"{path}:3")
    assert said(b"\xef\xbb\xbf" + DRON.replace(b"\n", b"\r\n")).endswith(SAID[-300:])


def test_records_that_name_others_need_them() -> None:
    records = ae.read_feed(TUTORIAL).records
    assert 'error[unresolved_reference] no record in this feed has the id "the-report"' in said(
        records[1]
    )
    alone = ae.Settings.of(ignore=["unresolved_reference"])
    assert_valid(records[1], settings=alone)


def test_a_line_is_shown_as_it_was_meant_only_where_that_is_known() -> None:
    closed = DRON.replace(b'"dron"', b'"made-up"')
    assert "\n- " in said(closed)
    assert "\n+ " not in said(closed)


def put_right(feed: str, line: int, meant: str) -> bytes:
    lines = feed.split("\n")
    lines[line - 1] = meant
    return "\n".join(lines).encode()


SUGGESTED = {
    code: notice
    for code, example in examples().items()
    if example.encoding == "utf-8" and not example.gzipped
    for notice in example.check(example.failing()).notices
    if notice.suggestion is not None and notice.code == code
}


@pytest.mark.parametrize("code", SUGGESTED)
def test_what_is_put_right_is_right(code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("airspace_events.testing.assertions._WIDTH", 10_000)
    example = examples()[code]
    settings = ae.Settings.of(select=[code], severity={code: "error"})
    message = said(example.failing(), settings=settings, now=example.now)
    before = next(line[2:].strip() for line in message.split("\n") if line.startswith("- "))
    after = [line[2:].strip() for line in message.split("\n") if line.startswith("+ ")]
    feed = example.failing().decode()
    number = SUGGESTED[code].line
    if before == feed.split("\n")[number - 1]:  # else it is shown with escapes
        assert_valid(put_right(feed, number, after[0]), settings=settings, now=example.now)
    assert json.loads(after[0])


def test_most_suggestions_are_tried() -> None:
    assert len(SUGGESTED) >= 17


def test_only_some_are_shown_and_the_others_counted() -> None:
    message = said(BROKEN)
    assert message.count("error[") == 10
    assert message.endswith("\n\n… and 15 more")
    assert said(BROKEN, fail_on="warning").endswith("and 16 more")
    many = HEADER + b"{}\n" * 3_010
    assert said(many).endswith("… and 3,000 more")
    assert "more" not in said(HEADER + b"{}\n" * 10).splitlines()[-1]


def test_more_than_one_feed_is_never_taken() -> None:
    with pytest.raises(TypeError):
        assert_valid(TUTORIAL, TUTORIAL)  # type: ignore[misc]


# What counts.

UNSOURCED = HEADER + (
    b'{"type":"statement","id":"said","speakers":["RO"],"made":{"value":"2024-09-07"}}'
)


def test_warnings_count_if_they_should() -> None:
    assert assert_valid(UNSOURCED).counts["warning"] == 1
    assert "warning[record_without_source]" in said(UNSOURCED, fail_on="warning")
    assert "warning[" not in said(UNSOURCED.replace(b"2024-09-07", b"2024-9-7"))
    with pytest.raises(ValueError, match="fail_on must be 'error' or 'warning', not 'info'"):
        assert_valid(TUTORIAL, fail_on="info")  # type: ignore[arg-type]


def test_settings_and_the_present_and_limits_count() -> None:
    strict = ae.Settings.of(severity={"record_without_source": "error"})
    assert "error[record_without_source]" in said(UNSOURCED, settings=strict)
    assert_valid(UNSOURCED, now=datetime(2025, 1, 1, tzinfo=UTC))
    before = {"now": datetime(2024, 1, 1, tzinfo=UTC), "fail_on": "warning"}
    assert "[time_in_future]" in said(UNSOURCED, **before)
    assert "error[record_too_large]" in said(UNSOURCED, limits=ae.Limits(record_bytes=60))
    with pytest.raises(ValueError, match="time zone"):
        assert_valid(TUTORIAL, now=datetime(2024, 1, 1))  # noqa: DTZ001


# Whatever is in a feed.


@pytest.mark.parametrize("family", hostile_bytes(), ids=str)
def test_hostile_bytes_are_said_safely(family: Any) -> None:
    try:
        assert_valid(family.data, fail_on="warning")
    except AssertionError as error:
        message = str(error)
    else:
        return
    assert all(code in message for code in family.codes if code != "notices_left_out")
    for line in message.split("\n"):
        assert not any(unicodedata.category(char) in {"Cc", "Cf", "Cs", "Zl"} for char in line)
        assert not line.startswith("::")
    assert len(message) < 10_000


def test_every_mutation_is_named_in_the_message() -> None:
    for mutation in mutations(ROOM):
        message = said(mutation.feed)
        assert f"-:{mutation.line}:" in message
        assert f"error[{mutation.code}]" in message


def test_a_document_is_shown_where_it_is_wrong() -> None:
    header, *records = DRON.splitlines()
    document = header[:-1] + b',"records":[' + b",".join(records) + b"]}"
    message = said(document)
    assert '[{"category":"dron"}]' in message
    assert '[{"category":"uncrewed_aircraft"}]' in message


def test_a_long_feed_is_read_to_the_line_that_is_wrong() -> None:
    lines = list(synthetic_lines(3_000, 4))
    lines[2_500] = b'{"type":"sauce"}\n'
    message = said(b"".join(lines), settings=ae.Settings.of(select=["unknown_record_type"]))
    assert '\n- {"type":"sauce"}\n?         ^\n+ {"type":"source"}' in message


def test_a_byte_order_mark_is_no_column() -> None:
    message = said(b"\xef\xbb\xbf" + DRON.replace(b'"1.0"', b"1.0"))
    shown = '\n- {"type":"feed","schema_version":1.0}\n?                                 ^'
    assert f"{shown}\n" in message + "\n"


def test_a_line_longer_than_a_piece_is_one_line() -> None:
    header, source, incursion = DRON.splitlines(keepends=True)
    note = b',"note":"' + b"x" * (2 << 20) + b'"}\n'
    wide = ae.Limits(record_bytes=4 << 20)
    message = said(header + source[:-2] + note + incursion, limits=wide)
    assert "-:2:" in message
    assert "error[wrong_length]" in message
    assert '"language":"en","note":"xxx' in message
    assert '"objects":[{"category":"dron"}]' in message


def test_it_needs_no_test_framework() -> None:
    code = (
        "import sys\n"
        "from airspace_events.testing import assert_valid, hostile_bytes, load_corpus, mutations\n"
        f"assert_valid({str(TUTORIAL)!r})\n"
        "assert not {'pytest', '_pytest', 'hypothesis', 'unittest'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_pytest_shows_the_message_and_not_the_library(tmp_path: Path) -> None:
    test = tmp_path / "test_feed.py"
    lines = ["from airspace_events.testing import assert_valid", "", "def test_feed():"]
    test.write_text("\n".join([*lines, f"    assert_valid({DRON!r})"]), encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(test)]
    run = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False, text=True)
    assert run.returncode == 1
    assert "error[value_not_in_vocabulary]" in run.stdout
    assert "assertions.py" not in run.stdout
