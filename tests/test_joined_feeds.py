"""Two feeds that were joined into one file say so, where the second begins, and what to do."""

import gzip
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

import airspace_events as ae
from airspace_events.cli.commands import airspace_events
from airspace_events.validation import workers
from small_feeds import INCURSION, SOURCE, feed

FIRST = feed(SOURCE)
SECOND = feed(INCURSION)
ADVICE = "pass both files to validate, or remove this line"


def document(data: bytes, **how: int) -> bytes:
    header, *records = (json.loads(line) for line in data.splitlines())
    return json.dumps({**header, "records": records}, **how).encode()


def told(data: bytes) -> list[tuple[str, int, str]]:
    report = ae.validate(io.BytesIO(data))
    return [(notice.code, notice.line, notice.pointer) for notice in report.notices]


JOINED = {
    "with cat": (FIRST + SECOND, 3),
    "with blank lines between": (FIRST + b"\n\n" + SECOND, 5),
    "both gzipped": (gzip.compress(FIRST) + gzip.compress(SECOND), 3),
    "of another version": (FIRST + SECOND.replace(b'"1.0"', b'"2.0"'), 3),
    "with a bad header": (
        FIRST + SECOND.replace(b',"schema_version":"1.0"', b""),
        3,
    ),
    "lines and a document": (FIRST + document(SECOND), 3),
}


@pytest.mark.parametrize(("data", "line"), JOINED.values(), ids=JOINED.keys())
def test_the_second_header_is_told_at_its_line(data: bytes, line: int) -> None:
    report = ae.validate(io.BytesIO(data))
    [notice] = [one for one in report.notices if one.code == "misplaced_header"]
    assert (notice.line, notice.column, notice.severity) == (line, 1, "error")
    assert ADVICE in notice.message
    assert "unknown" not in report.records


def test_nothing_but_the_header_is_wrong_and_every_record_is_checked() -> None:
    assert told(FIRST + SECOND) == [("misplaced_header", 3, "")]
    assert told(FIRST + SECOND + FIRST) == [
        ("misplaced_header", 3, ""),
        ("misplaced_header", 5, ""),
        ("duplicate_id", 6, "/id"),
    ]
    records = ae.validate(io.BytesIO(FIRST + SECOND)).records
    assert records == {"incursion": 1, "source": 1}


def test_what_the_message_advises_is_right(tmp_path: Path) -> None:
    paths = [tmp_path / "first.jsonl", tmp_path / "second.jsonl", tmp_path / "one.jsonl"]
    for path, data in zip(paths, (FIRST, SECOND, feed(SOURCE, INCURSION)), strict=True):
        path.write_bytes(data)
    assert ae.validate(*paths[:2]).notices == ()
    assert ae.validate(paths[2]).notices == ()


@pytest.mark.parametrize("how", [{}, {"indent": 2}], ids=["on a line", "over lines"])
def test_a_second_document_is_told(how: dict[str, int]) -> None:
    first = document(FIRST, **how)
    data = first + b"\n" + document(SECOND, **how)
    report = ae.validate(io.BytesIO(data))
    [notice] = report.notices
    assert (notice.code, notice.line) == ("json_syntax", first.count(b"\n") + 2)
    assert "save each document in its own file" in notice.message


def test_records_over_several_lines_are_not_called_documents() -> None:
    data = b"\n".join(json.dumps(json.loads(line), indent=1).encode() for line in FIRST.split())
    [notice] = ae.validate(io.BytesIO(data)).notices
    assert notice.message.endswith("write each record on one line")


def test_a_byte_order_mark_before_the_second_is_told() -> None:
    data = FIRST + "\N{ZERO WIDTH NO-BREAK SPACE}".encode() + SECOND
    [notice] = ae.validate(io.BytesIO(data)).notices
    assert (notice.code, notice.line, notice.column) == ("json_syntax", 3, 1)
    assert notice.message.endswith("remove the byte-order mark")


def test_readers_raise_an_error_that_says_so() -> None:
    with pytest.raises(
        ae.RecordError, match="is allowed only on the first line of a feed"
    ) as raised:
        ae.read_feed(io.BytesIO(FIRST + SECOND))
    assert raised.value.line == 3


def test_a_conversion_says_so_and_reads_on(tmp_path: Path) -> None:
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_bytes(FIRST + SECOND)
    result = CliRunner().invoke(airspace_events, ["convert", str(source), str(target)])
    assert result.exit_code == 1
    assert f"{source}:3: a header is allowed only on the first line of a feed" in result.stderr
    assert "2 records, 1 could not be read" in result.stderr
    assert len(list(ae.iter_records(target))) == 2


def test_workers_say_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "_SPAN", 50)
    monkeypatch.setattr(workers, "_WORTH_SHARING", 1)
    path = tmp_path / "feed.jsonl"
    path.write_bytes(FIRST + SECOND + FIRST)
    one, two = (ae.validate(path, workers=number) for number in (1, 2))
    assert one == two
    assert [notice.line for notice in one.notices] == [3, 5, 6]
