"""A file of another format that is given as a feed is reported once, with what to do."""

import bz2
import gzip
import io
import json
import lzma
import tarfile
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import airspace_events as ae
from airspace_events.cli.commands import airspace_events
from small_feeds import INCURSION, SOURCE, feed

FEED = feed(SOURCE, INCURSION)
MARK = b"\xef\xbb\xbf"


def zipped(*names: str) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in names:
            archive.writestr(name, FEED)
    return data.getvalue()


def tarred() -> bytes:
    data = io.BytesIO()
    with tarfile.open(fileobj=data, mode="w") as archive:
        info = tarfile.TarInfo("feed.jsonl")
        info.size = len(FEED)
        archive.addfile(info, io.BytesIO(FEED))
    return data.getvalue()


BINARY = {
    "a ZIP archive": (zipped("feed.jsonl"), "unpack the archive"),
    "an Excel workbook": (
        zipped("docProps/app.xml", "xl/workbook.xml"),
        "use airspace-events convert with --mapping",
    ),
    "an old Excel workbook": (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504),
        "save the workbook as XLSX",
    ),
    "a tar archive": (tarred(), "the file is a tar archive; unpack the archive first"),
    "a tar archive, gzipped": (
        gzip.compress(tarred()),
        "the file is a tar archive; unpack the archive first",
    ),
    "gzipped twice": (
        gzip.compress(gzip.compress(FEED)),
        "compressed twice with gzip; decompress it once",
    ),
    "bzip2": (bz2.compress(FEED), "compressed with bzip2; decompress it first"),
    "xz": (lzma.compress(FEED), "compressed with xz; decompress it first"),
    "Zstandard": (
        b"\x28\xb5\x2f\xfd\x24\x07\x39\0\0" + FEED,
        "compressed with Zstandard; decompress it first",
    ),
    "7-Zip": (b"7z\xbc\xaf\x27\x1c\0\x04" + bytes(24), "7-Zip archive; unpack the archive"),
    "Parquet": (
        b"PAR1" + bytes(8) + b"PAR1",
        "the file is in Parquet format; to make a feed, use airspace-events convert",
    ),
    "Arrow": (
        b"ARROW1\0\0" + bytes(24),
        "the file is in Arrow format; to make a feed, use airspace-events convert",
    ),
    "SQLite": (b"SQLite format 3\0" + bytes(84), "an SQLite database; a feed must be JSON"),
    "PDF": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n", "a PDF document; a feed must be JSON"),
    "anything else": (
        b"\x89PNG\r\n\x1a\n" + bytes(24),
        "the file is not text; a feed must be JSON",
    ),
    "UTF-16": (FEED.decode().encode("utf-16"), "save it as UTF-8"),
}
YAML = "the file is YAML; convert the feed to JSON first"
PAGE = "the file is HTML or XML; it may be an error page"
TABLE = "the file is a table, such as CSV; to make a feed, use airspace-events convert"
TEXT = {
    "YAML": (b"type: feed\nschema_version: '1.0'\nrecords:\n  - type: source\n    id: s\n", YAML),
    "YAML of several documents": (b"---\ntype: feed\n---\ntype: source\n", YAML),
    "YAML with its version": (b"%YAML 1.2\n---\ntype: feed\n", YAML),
    "YAML with a comment": (b"# made up\n\ntype: feed\nrecords: []\n", YAML),
    "YAML with quotes": (b"\"type\": feed\n'records':\n- type: source\n", YAML),
    "YAML that is a list": (b"- type: source\n  id: s\n", YAML),
    "XML": (b'<?xml version="1.0"?>\n<feed/>\n', PAGE),
    "HTML": (b"<!DOCTYPE html>\n<html>\n", PAGE),
    "HTML on one line": (b"<html><body>" + b"x" * 2**21 + b"</body></html>", PAGE),
    "HTML with a byte-order mark": (MARK + b"<html>\n", PAGE),
    "HTML after blank lines": (b"\n\n  <html>\n", PAGE),
    "CSV": (b"id,type,state\nlv,incursion,LV\n", TABLE),
    "CSV with quotes": (b'"id","type","state"\r\n"lv","incursion","LV"\r\n', TABLE),
    "CSV with semicolons": (b"id;type;state\nlv;incursion;LV\n", TABLE),
    "CSV with tabs": (b"id\ttype\tstate\nlv\tincursion\tLV\n", TABLE),
    "a pointer of Git LFS": (
        b"version https://git-lfs.github.com/spec/v1\noid sha256:4d\nsize 12\n",
        "download the feed with git lfs pull",
    ),
    "a list": (f"[{SOURCE},{INCURSION}]".encode(), "a feed must be an object, not a list"),
    "a list over lines": (f"[\n  {SOURCE},\n  {INCURSION}\n]".encode(), "not a list"),
}


def checked(data: bytes) -> list[ae.Notice]:
    return list(ae.validate(io.BytesIO(data)).notices)


@pytest.mark.parametrize(("data", "words"), BINARY.values(), ids=BINARY.keys())
def test_a_binary_file_is_told_once(data: bytes, words: str) -> None:
    [notice] = checked(data)
    assert (notice.code, notice.line, notice.column) == ("wrong_encoding", 1, 1)
    assert words in notice.message


@pytest.mark.parametrize(("data", "words"), TEXT.values(), ids=TEXT.keys())
def test_a_file_of_another_text_format_is_told_once(data: bytes, words: str) -> None:
    [notice] = [one for one in checked(data) if one.code != "byte_order_mark"]
    first = len(data) - len(data.removeprefix(MARK).lstrip())
    assert (notice.code, notice.line) == ("json_syntax", data.count(b"\n", 0, first) + 1)
    assert words in notice.message


@pytest.mark.parametrize("how", [None, 2], ids=["on a line", "over lines"])
def test_geojson_is_told_where_a_header_is_expected(how: int | None) -> None:
    data = json.dumps({"type": "FeatureCollection", "features": []}, indent=how).encode()
    [notice] = [one for one in checked(data) if one.code != "no_records"]
    assert (notice.code, notice.line) == ("header_missing", 1)
    assert "the file is GeoJSON; to make a feed, use airspace-events convert" in notice.message


# A feed with a bad line is a feed.

BAD_FIRST_LINES = {
    "a comment": b"// made up: a, b, c",
    "a comment of YAML": b"# made up: a, b, c",
    "a fence of Markdown": b"```json",
    "a conflict": b"<<<<<<< HEAD",
    "an element": b"<feed>",
    "a heading": b"type: feed",
    "columns": b"a,b,c,d",
    "a separator": b"---",
    "words": b"Incursions, as reported, in 2024",
    "a header that lost its bracket": b'"type":"feed","schema_version":"1.0"}',
    "a very long line": b"x" * 2**21,
}


@pytest.mark.parametrize("line", BAD_FIRST_LINES.values(), ids=BAD_FIRST_LINES.keys())
def test_a_feed_with_a_bad_first_line_is_read_on(line: bytes) -> None:
    report = ae.validate(io.BytesIO(b"\n".join([line, *FEED.splitlines()])))
    assert report.records["source"] == report.records["incursion"] == 1
    assert {notice.line for notice in report.notices} <= {1, 2}


@pytest.mark.parametrize(
    "data",
    [b"Error: no such feed\n", b"curl: (6) Could not resolve host\n", b"Sorry, not, here\nNo\n"],
)
def test_other_text_is_called_neither_yaml_nor_a_table(data: bytes) -> None:
    for notice in checked(data):
        assert "YAML" not in notice.message
        assert "table" not in notice.message


# What Python prints.


def test_what_python_prints_is_no_missing_header() -> None:
    data = "\n".join(repr(json.loads(line)) for line in FEED.decode().splitlines()).encode()
    found = checked(data)
    assert {notice.code for notice in found} == {"json_syntax"}
    assert all(notice.message.endswith('JSON requires double quotes (")') for notice in found)


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ('"2024-09-07"', "None", "write null, true and false in lower case"),
        ('"2024-09-07"', "“2024-09-07”", 'JSON requires straight quotes (")'),
        ('"time":', "// when\n", "JSON does not allow comments"),
        ('"time":', "time:", 'put names and strings in double quotes (")'),
        ('"2024-09-07"', '"2024-09-07",', "remove the comma before the closing bracket"),
        ("}]}", "},]}", "remove the comma before the closing bracket"),
    ],
)
def test_a_document_has_the_hints_that_lines_have(before: str, after: str, words: str) -> None:
    text = f'{{"type":"feed","schema_version":"1.0","records":[{SOURCE},{INCURSION}]}}'
    [notice] = [
        one for one in checked(text.replace(before, after).encode()) if one.code == "json_syntax"
    ]
    assert notice.message.endswith(words)


# Conversion.


def convert(*arguments: object) -> Result:
    return CliRunner().invoke(airspace_events, ["convert", *map(str, arguments)])


def test_the_conversion_of_yaml_under_another_name_says_that_it_is_yaml(tmp_path: Path) -> None:
    for name in ("feed.jsonl", "feed.json"):
        (tmp_path / name).write_bytes(TEXT["YAML"][0])
        result = convert(tmp_path / name, tmp_path / "out.jsonl")
        assert result.exit_code == 1
        assert f"{name}:1: {YAML}" in result.stderr
        assert "0 records, 1 could not be read" in result.stderr


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("feed.yaml", "YAML is not supported; convert the feed to JSON first"),
        ("feed.YML", "YAML is not supported; convert the feed to JSON first"),
        ("feed.xlsx", "a workbook can be read with --mapping, but cannot be written"),
        ("feed.ods", "a workbook can be read with --mapping, but cannot be written"),
        ("feed.tar.gz", "archives are not supported; unpack the archive first"),
        ("feed.zip", "archives are not supported; unpack the archive first"),
    ],
)
@pytest.mark.parametrize("is_target", [False, True], ids=["from", "to"])
def test_the_name_of_a_file_tells_that_it_cannot_be_converted(
    name: str, words: str, tmp_path: Path, *, is_target: bool
) -> None:
    (tmp_path / "feed.jsonl").write_bytes(FEED)
    paths = [tmp_path / name, tmp_path / "feed.jsonl"]
    result = convert(*(reversed(paths) if is_target else paths))
    assert result.exit_code == 2
    assert words in result.stderr
    assert {path.name for path in tmp_path.iterdir()} == {"feed.jsonl"}
