"""Files of any format: written, read back, converted, with what is lost on the way."""

import gzip
import hashlib
import io
import json
import os
import stat
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import example, given

import airspace_events as ae
from airspace_events.cli.commands import airspace_events
from airspace_events.formats import FORMATS
from airspace_events.formats.format import Format, Losses
from airspace_events.models.base import BaseRecord
from airspace_events.testing import strategies as aes
from airspace_events.testing.strategies.plain_values import extensions

EXAMPLES = Path(__file__).parent.parent / "docs" / "examples"
POLAND = EXAMPLES / "poland-2025-09-10.jsonl"
BROKEN = EXAMPLES / "broken.jsonl"


def run(*arguments: object, stdin: bytes = b"") -> Result:
    return CliRunner().invoke(airspace_events, ["convert", *map(str, arguments)], input=stdin)


# Files.


@pytest.mark.parametrize("name", ["feed.jsonl", "feed.json", "feed.jsonl.gz", "FEED.JSON"])
def test_the_name_of_a_file_tells_its_format(name: str, tmp_path: Path) -> None:
    held = list(ae.iter_records(POLAND))
    losses = ae.formats.write(held, tmp_path / name)
    assert len(losses) == 0
    assert list(ae.formats.read(tmp_path / name)) == held
    assert [file.name for file in tmp_path.iterdir()] == [name]


def test_streams_need_the_name_of_a_format() -> None:
    held, stream = list(ae.iter_records(POLAND)), io.BytesIO()
    ae.formats.write(held, stream, "json")
    stream.seek(0)
    assert list(ae.formats.read(stream, "json")) == held
    with pytest.raises(TypeError, match="specify the format by name"):
        ae.formats.write(held, io.BytesIO())
    with pytest.raises(TypeError, match="specify the format by name"):
        ae.formats.read(io.BytesIO())


def test_an_unknown_format_is_told_before_anything_is_opened(tmp_path: Path) -> None:
    with pytest.raises(ae.UnknownNameError, match="jsonl"):
        ae.formats.write([], tmp_path / "feed.txt")
    with pytest.raises(ae.UnknownNameError, match="jsonl"):
        ae.formats.read(tmp_path / "feed.jsonl", "txt")
    with pytest.raises(ae.UnreadableError):
        list(ae.formats.read(tmp_path / "none.jsonl"))
    with pytest.raises(ae.UnwritableError):
        ae.formats.write([], tmp_path / "none" / "feed.jsonl")
    assert list(tmp_path.iterdir()) == []


def test_a_file_stays_as_it_was_until_all_is_written(tmp_path: Path) -> None:
    path = tmp_path / "feed.jsonl"
    path.write_bytes(POLAND.read_bytes())

    def breaking() -> Any:
        yield from ae.iter_records(path)
        raise RuntimeError

    with pytest.raises(RuntimeError):
        ae.formats.write(breaking(), path)
    assert path.read_bytes() == POLAND.read_bytes()
    assert [file.name for file in tmp_path.iterdir()] == ["feed.jsonl"]
    ae.formats.write(ae.iter_records(path), path, header=ae.read_feed(path).header)
    assert path.read_bytes() == POLAND.read_bytes()


def test_a_file_has_the_rights_that_new_files_have(tmp_path: Path) -> None:
    (tmp_path / "other").write_bytes(b"")
    ae.formats.write([], tmp_path / "feed.jsonl")
    modes = [stat.S_IMODE(file.stat().st_mode) for file in tmp_path.iterdir()]
    assert modes[0] == modes[1]


def test_a_link_stays_a_link_and_a_device_a_device(tmp_path: Path) -> None:
    (tmp_path / "feed.jsonl").write_bytes(b"")
    (tmp_path / "link.jsonl").symlink_to("feed.jsonl")
    ae.formats.write(ae.iter_records(POLAND), tmp_path / "link.jsonl")
    assert (tmp_path / "link.jsonl").is_symlink()
    assert len(list(ae.iter_records(tmp_path / "feed.jsonl"))) == 43
    ae.formats.write([], os.devnull, "jsonl")
    assert not Path(os.devnull).is_file()


def test_packed_files_hold_no_time(tmp_path: Path) -> None:
    ae.formats.write(ae.iter_records(POLAND), tmp_path / "a.jsonl.gz")
    data = (tmp_path / "a.jsonl.gz").read_bytes()
    assert data[4:8] == bytes(4)
    assert gzip.decompress(data).count(b"\n") == 44


# What cannot be read.


def test_reading_goes_on_behind_a_problem_that_somebody_takes() -> None:
    problems: list[ae.FeedError] = []
    found = list(ae.formats.read(BROKEN, on_problem=problems.append))
    assert len(found) == 2
    assert [problem.line for problem in problems] == [2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 14]
    with pytest.raises(ae.RecordError) as caught:
        list(ae.formats.read(BROKEN))
    assert caught.value.line == 2


# The command.


def test_the_header_goes_along(tmp_path: Path) -> None:
    result = run(POLAND, tmp_path / "feed.json")
    assert (result.exit_code, result.stderr) == (0, "43 records; all values written\n")
    assert ae.read_feed(tmp_path / "feed.json").header == ae.read_feed(POLAND).header
    assert run(tmp_path / "feed.json", tmp_path / "again.jsonl").exit_code == 0
    assert (tmp_path / "again.jsonl").read_bytes() == POLAND.read_bytes()


def test_standard_input_and_output() -> None:
    result = run("-", "-", "--from", "jsonl", "--to", "jsonl", stdin=POLAND.read_bytes())
    assert result.exit_code == 0
    assert result.stdout_bytes == POLAND.read_bytes()
    for arguments in (["-", "-", "--to", "json"], ["-", "-", "--from", "json"]):
        result = run(*arguments)
        assert result.exit_code == 2
        assert "cannot determine the format of" in result.stderr


def test_what_cannot_be_read_is_told_and_the_rest_is_converted(tmp_path: Path) -> None:
    result = run(BROKEN, tmp_path / "out.jsonl")
    assert result.exit_code == 1
    assert "broken.jsonl:2: " in result.stderr
    assert "2 records, 11 could not be read; all values written\n" in result.stderr
    assert (
        f"for an explanation of each problem, run airspace-events validate {BROKEN}"
        in result.stderr
    )
    assert len(list(ae.iter_records(tmp_path / "out.jsonl"))) == 2


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["feed.txt", "out.jsonl"], 2, '"feed.txt": no format has this suffix'),
        ([POLAND, "out.txt"], 2, '"out.txt": no format has this suffix'),
        (["none.jsonl", "out.jsonl"], 3, "cannot read none.jsonl"),
        ([POLAND, "none/out.jsonl"], 3, "cannot write none/out.jsonl"),
        ([POLAND, "out.jsonl", "--to", "xls"], 2, "'xls' is not one of"),
        ([POLAND], 2, "Missing argument 'OUT'"),
    ],
)
def test_wrong_usage_is_one_line(
    arguments: list[object], code: int, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = run(*arguments)
    assert result.exit_code == code
    assert said in result.stderr
    assert list(tmp_path.iterdir()) == []


def lossy(_: Any, stream: Any, *, header: Any = None) -> Losses:
    stream.write(b"nothing")
    losses = Losses()
    losses.add("", "/publisher", "there is no header")
    for number in range(4):
        losses.add("lv-1", f"/objects/{number}", "made up \x1b[31m")
    assert header is not None
    return losses


def test_losses_are_summed_up_and_strict_makes_them_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = Format("made-up", "a made-up format", (".made-up",), lossy)
    monkeypatch.setattr("airspace_events.formats.registry.FORMATS", {**FORMATS, "x": form})
    result = run(POLAND, tmp_path / "x.made-up")
    assert result.exit_code == 0
    assert result.stderr.splitlines() == [
        "0 records; 5 parts lost",
        r"  4: made up \u001b[31m (lv-1 /objects/0, lv-1 /objects/1, lv-1 /objects/2, ...)",
        "  1: there is no header (header /publisher)",
    ]
    assert run(POLAND, tmp_path / "x.made-up", "--strict").exit_code == 1
    result = run(tmp_path / "x.made-up", tmp_path / "out.jsonl")
    assert result.exit_code == 2
    assert "a made-up format can be written but not read" in result.stderr


def test_losses_are_all_counted_and_a_thousand_kept() -> None:
    losses = Losses()
    for number in range(2_000):
        losses.add("a", f"/{number}", "why")
    assert (len(losses), len(list(losses)), losses.by_reason) == (2_000, 1_000, {"why": 2_000})


def test_each_format_has_a_name_of_its_own_and_suffixes() -> None:
    suffixes = [suffix for form in FORMATS.values() for suffix in form.suffixes]
    assert len(set(suffixes)) == len(suffixes)
    assert all(suffix.startswith(".") for suffix in suffixes)
    said = run("-h").stdout
    assert all(name in said for name in FORMATS)


# Folders of tables.


def test_a_folder_holds_a_table_for_each_type(tmp_path: Path) -> None:
    result = run(POLAND, f"{tmp_path}/tables/", "--to", "parquet")
    assert (result.exit_code, result.stderr) == (0, "43 records; all values written\n")
    assert len(list((tmp_path / "tables").iterdir())) == 9
    result = run(tmp_path / "tables", tmp_path / "again.jsonl", "--from", "parquet")
    assert (result.exit_code, result.stderr) == (0, "43 records; all values written\n")
    again = ae.read_feed(tmp_path / "again.jsonl")
    assert again.header == ae.read_feed(POLAND).header
    assert set(again.records) == set(ae.iter_records(POLAND))


def test_a_folder_needs_a_format_that_writes_folders(tmp_path: Path) -> None:
    assert run(POLAND, tmp_path).exit_code == 2
    for arguments in ([POLAND, tmp_path, "--to", "csv"], [tmp_path, "x.jsonl", "--from", "csv"]):
        result = run(*arguments)
        assert result.exit_code == 3
        assert 'the path is a folder, but the format "csv" needs a file' in result.stderr
    result = run(tmp_path, "x.jsonl", "--from", "parquet")
    assert result.exit_code == 3
    assert "the folder has no tables" in result.stderr


# Options of formats.


def test_an_option_is_that_of_the_format(tmp_path: Path) -> None:
    assert run(POLAND, tmp_path / "c.csv", "--table", "claims", "--excel").exit_code == 0
    assert (tmp_path / "c.csv").read_bytes().startswith(b"\xef\xbb\xbftype,id,")
    assert run(POLAND, tmp_path / "s.arrow", "--table", "sources").exit_code == 0
    for file, option, said in (
        (
            "x.parquet",
            ["--table", "claims"],
            "claims is not a valid --table for Apache Parquet; use one of ",
        ),
        ("x.parquet", ["--excel"], "Apache Parquet has no option --excel"),
        ("x.jsonl", ["--table", "claims"], "JSON Lines has no option --table"),
        ("x.csv", ["--table", "clams"], "'clams' is not one of"),
    ):
        result = run(POLAND, tmp_path / file, *option)
        assert result.exit_code == 2
        assert said in result.stderr
        assert not (tmp_path / file).exists()


# Spreadsheets of others.


@pytest.mark.parametrize(
    ("name", "unreadable", "said"),
    [
        (
            "tracker-drone-sightings",
            4,
            "8 rows: 6 became a record, 2 did not; 3 cells with problems",
        ),
        ("tracker-violations", 5, "8 rows: 5 became a record, 3 did not; 2 cells with problems"),
    ],
)
def test_a_spreadsheet_is_converted_by_its_mapping(
    name: str, unreadable: int, said: str, tmp_path: Path
) -> None:
    sheet, mapping = EXAMPLES / f"{name}.csv", EXAMPLES / f"{name}.toml"
    result = run(sheet, tmp_path / "feed.jsonl", "--mapping", mapping)
    assert result.exit_code == 1
    *problems, rows, total = result.stderr.splitlines()
    assert (len(problems), rows) == (unreadable, said)
    assert total.endswith(" records; all values written")
    assert "airspace-events validate" not in result.stderr
    assert ae.validate(tmp_path / "feed.jsonl").ok


def test_a_wrong_mapping_is_wrong_usage(tmp_path: Path) -> None:
    (tmp_path / "bad.toml").write_text('record = "incursoin"', encoding="utf-8")
    sheet = EXAMPLES / "tracker-violations.csv"
    result = run(sheet, tmp_path / "feed.jsonl", "--mapping", tmp_path / "bad.toml")
    assert result.exit_code == 2
    assert "incursion" in result.stderr
    assert not (tmp_path / "feed.jsonl").exists()


# Digests.


@given(aes.records())
def test_equal_records_have_equal_digests_and_others_have_not(record: BaseRecord) -> None:
    # Integers that have no digest may stand in extensions only: see below.
    # A citation may name them.
    cited = tuple(one.replace(supports=()) for one in record.sources)  # type: ignore[attr-defined]
    record = record.replace(extensions=None, sources=cited)
    again = type(record).model_validate_json(ae.to_json(record))
    assert ae.digest(again) == ae.digest(record)  # type: ignore[arg-type]
    assert ae.digest(record.replace(revision=2 if record.revision == 1 else 1)) != ae.digest(
        record
    )  # type: ignore[arg-type]


def test_a_digest_is_that_of_the_canonical_json() -> None:
    record = next(iter(ae.iter_records(POLAND)))
    # RFC 8785 sorts the keys and leaves out white space; there is no number here but integers.
    canonical = json.dumps(
        json.loads(ae.to_json(record)), sort_keys=True, ensure_ascii=False, separators=(",", ":")
    )
    assert ae.digest(record) == hashlib.sha256(canonical.encode()).hexdigest()


def test_numbers_are_those_of_rfc_8785() -> None:
    made = {"kind": "dataset", "publisher": "A made-up desk", "language": "en"}
    one, other = (
        ae.Source(id="a", **made, extensions={"a.example": {"x": number}}) for number in (1, 1.0)
    )
    assert ae.digest(one) == ae.digest(other)
    with pytest.raises(ae.DigestError, match="2\\*\\*53"):
        ae.digest(ae.Source(id="a", **made, extensions={"a.example": {"x": 2**53}}))


@given(extensions)
@example({"a.example": 2**53 - 1})
@example({"a.example": 2**53})
@example({"a.example": [{"x": 1 - 2**53}]})
@example({"a.example": [{"x": -(2**53)}]})
@example({"a.example": 10**400})
@example({"a.example": {"9007199254740993": [1e300, 2.0**53, 1e16, "9007199254740993", -0.0]}})
def test_the_validator_reports_exactly_the_records_that_have_no_digest(
    extensions: dict[str, Any],
) -> None:
    record = ae.Source(
        id="a", kind="dataset", publisher="A desk", language="en", extensions=extensions
    )
    data = b'{"type":"feed","schema_version":"1.0"}\n' + ae.to_json(record)
    report = ae.validate(io.BytesIO(data), settings=ae.Settings.of(select=["unsafe_integer"]))
    try:
        ae.digest(record)
    except ae.DigestError:
        assert {notice.code for notice in report.notices} == {"unsafe_integer"}
    else:
        assert not report.notices
    # A warning only: the record is read.
    assert ae.read_feed(io.BytesIO(data)).records == (record,)


def test_records_and_rejected_rows_do_not_share_standard_output() -> None:
    paths = [str(EXAMPLES / f"tracker-violations.{kind}") for kind in ("csv", "toml")]
    result = run(paths[0], "-", "--to", "jsonl", "--mapping", paths[1], "--rejects", "-")
    assert result.exit_code == 2
    assert "cannot both go to standard output" in result.stderr


@pytest.mark.parametrize("taken", ["sheet.csv", "out.jsonl", "./out.jsonl", "mapping.toml"])
def test_rejected_rows_replace_no_other_file(
    taken: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    files = {
        f"{name}{suffix}": (EXAMPLES / f"tracker-violations{suffix}").read_bytes()
        for name, suffix in (("sheet", ".csv"), ("mapping", ".toml"))
    }
    for name, data in files.items():
        Path(name).write_bytes(data)
    target = str(Path(taken).absolute()) if taken == "out.jsonl" else "out.jsonl"
    result = run("sheet.csv", target, "--mapping", "mapping.toml", "--rejects", taken)
    assert result.exit_code == 2
    assert f"this would replace {taken}" in result.stderr
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == files
