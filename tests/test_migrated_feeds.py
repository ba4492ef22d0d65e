"""A feed of an older version is read as one of this version, and checked where it stands."""

import io
import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

import airspace_events as ae
from airspace_events.feeds import reading
from airspace_events.feeds.rewriting import JsonObject, Rewrite
from airspace_events.validation import workers
from airspace_events.validation.rendering import RENDERERS
from made_up_version import DOCUMENT, FEED, HEADER, INCURSION, NOW, REPORT, made_up

AT = datetime(2025, 1, 1, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _there_was_a_version_before(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MIGRATIONS", made_up())


def feed(*records: bytes) -> bytes:
    return b"\n".join([HEADER, REPORT, *records, b""])


def check(data: bytes) -> ae.Report:
    return ae.validate(io.BytesIO(data), now=AT)


def told(report: ae.Report, code: str) -> list[tuple[str | None, int, int, str]]:
    return [
        (notice.record, notice.line, notice.column, notice.pointer)
        for notice in report.notices
        if notice.code == code
    ]


def column(line: bytes, text: bytes) -> int:
    return line.index(text) + 1


@pytest.mark.parametrize("data", [FEED, DOCUMENT])
def test_a_feed_is_read_as_one_of_this_version(data: bytes) -> None:
    written = io.BytesIO()
    ae.write_feed(ae.read_feed(io.BytesIO(data)), written)
    assert written.getvalue() == NOW
    assert list(ae.iter_records(io.BytesIO(data))) == list(ae.iter_records(io.BytesIO(NOW)))


def test_each_change_is_a_notice_where_it_stands_in_the_feed() -> None:
    report = check(FEED)
    assert report.ok
    assert {notice.code for notice in report.notices} == {"migrated"}
    assert dict(report.records) == {"source": 1, "incursion": 1}
    assert told(report, "migrated") == [
        (None, 1, column(HEADER, b'"0.9"'), "/schema_version"),
        (None, 1, column(HEADER, b'"A made-up desk"'), "/issuer"),
        ("a-report", 2, column(REPORT, b'"report"'), "/type"),
        ("lv-1", 3, column(INCURSION, b'{"value"'), "/when"),
        ("lv-1", 3, column(INCURSION, b"3500"), "/depth_m"),
        ("lv-1", 3, column(INCURSION, b"3500"), "/depth_m"),
        ("lv-1", 3, column(INCURSION, b"2,"), "/priority"),
        ("lv-1", 3, column(INCURSION, b'"drone"'), "/objects/1/category"),
    ]
    by_place = {(notice.record, notice.pointer): notice for notice in report.notices}
    word = by_place["lv-1", "/objects/1/category"]
    assert word.severity == "info"
    assert word.message == "a drone is called an uncrewed aircraft"
    assert dict(word.context) == {
        "change": "word_renamed",
        "now": "/objects/1/category",
        "old": '"drone"',
        "new": '"uncrewed_aircraft"',
    }
    assert dict(by_place["lv-1", "/priority"].context) == {"change": "field_removed", "old": "2"}
    assert by_place["lv-1", "/when"].context["now"] == "/time"


def test_what_is_wrong_is_told_of_the_new_record_where_it_stands_in_the_old() -> None:
    bad = INCURSION.replace(b"2024-09-07", b"2024-13-07").replace(b'"drone"', b'"drones"')
    report = check(feed(bad))
    assert told(report, "malformed_time") == [
        ("lv-1", 3, column(bad, b'"2024-13-07"'), "/time/value")
    ]
    assert told(report, "value_not_in_vocabulary") == [
        ("lv-1", 3, column(bad, b'"drones"'), "/objects/1/category")
    ]
    assert told(report, "migrated")
    with pytest.raises(ae.RecordError) as caught:
        list(ae.iter_records(io.BytesIO(feed(bad))))
    assert (caught.value.line, caught.value.pointer) == (3, "/time/value")


def test_rules_and_references_look_at_the_new_record() -> None:
    late = INCURSION.replace(b"2024-09-07", b"2030-01-01").replace(b"a-report", b"no-report")
    report = check(feed(late))
    assert told(report, "unresolved_reference") == [
        ("lv-1", 3, column(late, b'"no-report"'), "/sources/0/source")
    ]
    [(record, line, _, pointer)] = told(report, "time_in_future")
    assert (record, line, pointer.split("/")[1]) == ("lv-1", 3, "time")


def test_what_is_lost_in_the_old_record_is_told() -> None:
    twice = INCURSION.replace(b'"priority":2', b'"priority":2,"priority":3')
    assert told(check(feed(twice)), "duplicate_key") == [
        ("lv-1", 3, column(twice, b'"priority":3'), "/priority")
    ]
    inexact = INCURSION.replace(b"3500", b"3500.00000000000000001")
    assert [place[3] for place in told(check(feed(inexact)), "inexact_number")] == ["/depth_m"]


@pytest.mark.parametrize("bad", [b"{]", INCURSION[:-1], b"\xff", b"5", b"[" * 100_000, b"NaN"])
def test_what_is_no_record_is_told_as_ever(bad: bytes) -> None:
    as_ever = b"\n".join([b'{"type":"feed","schema_version":"1.0"}', b"", bad, b""])
    now = [notice.code for notice in check(as_ever).notices]
    old = [notice.code for notice in check(feed(bad)).notices if notice.code != "migrated"]
    assert old == now


def test_a_record_that_cannot_be_migrated_is_an_error_and_hides_no_other(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    migrations = made_up()

    @migrations.register("0.8", "0.9")
    def _drop(record: JsonObject) -> tuple[JsonObject, list[Rewrite]]:
        kept = {name: value for name, value in record.items() if name != "priority"}
        return (kept if record["id"] == "lv-1" else dict(record)), []

    monkeypatch.setattr(reading, "MIGRATIONS", migrations)
    nameless = INCURSION.replace(b'"id":"lv-1",', b"")
    header = b'{"type":"feed","id":"none","schema_version":"0.8"}'.replace(b'"id":"none",', b"")
    data = b"\n".join([header, REPORT, INCURSION, nameless, b""])
    report = check(data)
    assert told(report, "not_migrated") == [
        (None, 1, 1, ""),
        ("lv-1", 3, 1, "/priority"),
        (None, 4, 1, ""),
    ]
    assert report.records["source"] == 1
    with pytest.raises(ae.RecordError, match="from schema version"):
        ae.read_feed(io.BytesIO(data))


@pytest.mark.parametrize("version", [b"0.8", b"2.0"])
def test_a_version_without_a_migration_stays_an_error(version: bytes) -> None:
    data = NOW.replace(b'"1.0"', b'"' + version + b'"')
    assert [notice.code for notice in check(data).notices] == ["schema_version_unknown"]
    with pytest.raises(ae.FeedError, match="is not known"):
        ae.read_feed(io.BytesIO(data))


def test_records_of_this_version_go_past_the_migrations(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: Any) -> None:
        raise AssertionError

    monkeypatch.setattr(reading, "_migrated_entry", fail)
    assert check(NOW).notices == ()
    assert len(ae.read_feed(io.BytesIO(NOW)).records) == 2


def test_workers_say_what_one_process_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "_WORTH_SHARING", 1)
    monkeypatch.setattr(workers, "_SPAN", 100)
    file = tmp_path / "feed.jsonl"
    file.write_bytes(feed(*(INCURSION.replace(b"lv-1", b"lv-%d" % n) for n in range(9))))
    assert ae.validate(file, now=AT, workers=2) == ae.validate(file, now=AT)


@pytest.mark.parametrize("read", [ae.read_feed, lambda source: list(ae.iter_records(source))])
def test_what_is_told_ends_no_reading(read: Callable[[Any], Any]) -> None:
    read(io.BytesIO(FEED))


def test_a_report_as_json_has_the_changes() -> None:
    notices = json.loads("\n".join(RENDERERS["json"](check(FEED))))["notices"]
    depth = '{"best":3.5,"unit":"km"}'
    facts = {"change": "unit_changed", "now": "/depth", "old": "3500", "new": depth}
    assert facts in [one["context"] for one in notices]
