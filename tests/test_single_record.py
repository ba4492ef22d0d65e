"""One record by itself: `check` says what `validate` says of it, and needs no feed."""

import json
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from random import Random
from typing import Any

import pytest

import airspace_events as ae
from airspace_events.validation.codes import FAMILIES
from json_changes import changes
from small_feeds import INCURSION, SOURCE, feed

HEADER = b'{"type":"feed","schema_version":"1.0"}\n'
EXAMPLES = sorted(Path("docs/examples").glob("*.jsonl"))
NEED_OTHERS = {code.name for name in ("references", "connections") for code in FAMILIES[name]}
NOW = datetime(2025, 1, 1, tzinfo=UTC)


def alone(notices: tuple[ae.Notice, ...]) -> list[tuple[Any, ...]]:
    """Return what notices say, without those about other records."""
    return [
        (one.code, one.column, one.pointer, one.message, one.suggestion, one.severity, one.record)
        for one in notices
        if one.code not in NEED_OTHERS and one.code != "no_records"
    ]


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_a_record_alone_is_judged_as_in_a_feed(path: Path) -> None:
    dice = Random(0)  # noqa: S311
    for line in path.read_bytes().splitlines()[1:]:
        values = [line]
        try:
            values += [json.dumps(one).encode() for one in changes(json.loads(line), dice, 8)]
        except ValueError:
            assert path.stem == "broken"
        for data in values:
            report = ae.validate(HEADER + data, now=NOW)
            assert alone(ae.check(data, now=NOW)) == alone(report.notices), data


def test_a_record_a_mapping_and_bytes_are_one_record() -> None:
    values = {**json.loads(INCURSION), "note": " untrimmed"}
    data = json.dumps(values).encode()
    [record] = ae.iter_records(BytesIO(feed(data.decode())))
    found = {(one.code, one.pointer) for one in ae.check(data)}
    assert found == {("untrimmed_text", "/note")}
    for same in (values, record, bytearray(data)):
        assert {(one.code, one.pointer) for one in ae.check(same)} == found


def test_a_record_of_several_lines_is_one_record() -> None:
    spread = json.dumps({**json.loads(SOURCE), "kind": "news"}, indent=1).encode()
    [notice] = ae.check(spread)
    line = spread.decode().splitlines()[notice.line - 1]
    assert (notice.code, line[notice.column - 1 :]) == ("value_not_in_vocabulary", '"news",')


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "truncated_record"),
        (b"[]", "wrong_type"),
        (b"{}", "missing_field"),
        (b"\xff", "wrong_encoding"),
        (b'{"type":"source"', "truncated_record"),
        (SOURCE.encode() + b"x" * 2**20, "record_too_large"),
        (HEADER, "misplaced_header"),
        (SOURCE.replace('"id"', '"id":"t","id"').encode(), "duplicate_key"),
        ({"type": "source", "id": "\ud800"}, "wrong_encoding"),
        ({"type": "source", "published": float("nan")}, "not_finite"),
    ],
)
def test_what_is_not_a_record_has_a_notice(data: Any, code: str) -> None:
    assert code in {one.code for one in ae.check(data)}


@pytest.mark.parametrize(
    ("record", "words"),
    [
        (SOURCE, "to check text, use text.encode()"),
        (None, "not a NoneType"),
        ([SOURCE], "not a list"),
        ({"type": "source", "published": NOW}, "datetime"),
        ({"type": "source", "note": {1}}, "set"),
    ],
)
def test_what_cannot_be_a_record_is_a_type_error(record: Any, words: str) -> None:
    with pytest.raises(TypeError, match=words):
        ae.check(record)


def test_settings_and_the_present_count() -> None:
    future = INCURSION.replace("2024-09-07", "2030").encode()
    assert not ae.check(future)
    assert [one.code for one in ae.check(future, now=NOW)] == ["time_in_future"]
    settings = ae.Settings.of(severity={"time_in_future": "info"})
    assert [one.severity for one in ae.check(future, now=NOW, settings=settings)] == ["info"]
    assert not ae.check(future, now=NOW, settings=ae.Settings.of(ignore=["times"]))
    with pytest.raises(ValueError, match="time zone"):
        ae.check(future, now=NOW.replace(tzinfo=None))


def test_a_feed_in_memory_is_checked_as_its_bytes_are() -> None:
    whole = ae.read_feed("docs/examples/bucharest-nine.jsonl")
    part = ae.Feed(whole.header, whole.records[-3:])
    data = BytesIO()
    ae.write_feed(part, data)
    expected = ae.validate(BytesIO(data.getvalue()))
    assert not expected.ok
    same = [
        part,
        list(part.records),
        iter(part.records),
        data.getvalue(),
        bytearray(data.getvalue()),
    ]
    for source in same:
        found = ae.validate(source)
        assert [(one.code, one.line, one.pointer) for one in found.notices] == [
            (one.code, one.line, one.pointer) for one in expected.notices
        ]
        assert found.records == expected.records


@pytest.mark.parametrize("source", [None, 5, 1.5, [{}], [b""], {}])
def test_what_is_not_a_feed_is_a_type_error(source: Any) -> None:
    with pytest.raises(TypeError, match="not"):
        ae.validate(source)


def test_reading_goes_on_after_an_invalid_record() -> None:
    bad = ['{"type":"sorce"}', '{"type":"source","id":"a"', SOURCE.replace("news_report", "news")]
    problems: list[ae.RecordError] = []
    data = feed(bad[0], SOURCE, *bad[1:], INCURSION, "x" * 2**20 + "x")
    found = ae.iter_records(BytesIO(data), on_problem=problems.append)
    assert [record.id for record in found] == ["s", "lv"]
    assert [(one.line, one.pointer) for one in problems] == [
        (2, "/type"),
        (4, ""),
        (5, "/kind"),
        (7, ""),
    ]


@pytest.mark.parametrize(
    "data", [b"", b"[]", b'{"type":"feed"}', HEADER.replace(b"1.0", b"2.0"), SOURCE.encode()]
)
def test_a_problem_of_the_feed_is_raised_all_the_same(data: bytes) -> None:
    with pytest.raises(ae.FeedError):
        list(ae.iter_records(BytesIO(data), on_problem=lambda _: None))
