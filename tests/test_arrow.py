"""Arrow and Parquet: what is written, that it is read back the same, and that others read it.

`REWRITE_GOLDEN=1 pytest tests/test_arrow.py` writes the golden files anew: read what changed.
"""

import hashlib
import io
import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import airspace_events as ae
from airspace_events.feeds.header import FeedHeader
from airspace_events.formats.arrow import tables as arrow_tables_module
from airspace_events.formats.arrow.schema import TABLE_OF, TABLES, schema_of
from airspace_events.formats.arrow.tables import (
    ARROW,
    PARQUET,
    arrow_tables,
    read_tables,
    write_tables,
)
from airspace_events.formats.format import Format, Loss
from airspace_events.models.records import RECORD_CLASSES
from airspace_events.testing import strategies as aes
from airspace_events.testing.strategies.smallest_values import smallest
from airspace_events.values.base import to_json
from control_texts import CONTROL_TEXTS
from one_incursion import incursion

GOLDEN = Path(__file__).parent / "data" / "formats"
EXAMPLES = Path(__file__).parents[1] / "docs" / "examples"
BUCHAREST, POLAND = EXAMPLES / "bucharest-nine.jsonl", EXAMPLES / "poland-2025-09-10.jsonl"
KOREA, MUNICH = EXAMPLES / "korea-japan-2023-12-14.jsonl", EXAMPLES / "munich-2025-10.jsonl"
both_formats = pytest.mark.parametrize("form", [PARQUET, ARROW], ids=lambda form: form.name)


def written(held: Iterable[ae.Record], form: Format = PARQUET, **options: Any) -> bytes:
    stream = io.BytesIO()
    form.write(held, stream, **options)
    return stream.getvalue()


def read(data: bytes, form: Format = PARQUET, **told: Any) -> list[ae.Record]:
    assert form.read is not None
    return list(form.read(io.BytesIO(data), **told))


def row_of(record: ae.Record) -> dict[str, Any]:
    """The row of a record, as pyarrow reads it from Parquet."""
    (row,) = pq.read_table(io.BytesIO(written([record]))).to_pylist()
    return row


def same(ours: Iterable[ae.Record], theirs: Iterable[ae.Record]) -> bool:
    return [to_json(one) for one in ours] == [to_json(one) for one in theirs]


# Golden files.


def check(name: str, text: str) -> None:
    path = GOLDEN / name
    if os.environ.get("REWRITE_GOLDEN"):
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


def lines_of(fields: Iterable[Any], indent: str = "") -> Iterator[str]:
    for field in fields:
        kind, many = field.type, ""
        if pa.types.is_list(kind):
            kind, many = kind.value_type, "list of "
        if pa.types.is_struct(kind):
            yield f"{indent}{field.name}: {many}struct"
            yield from lines_of(kind, f"{indent}  ")
        elif pa.types.is_dictionary(kind):
            yield f"{indent}{field.name}: {many}dictionary of {kind.value_type}"
        else:
            yield f"{indent}{field.name}: {many}{kind}"


@pytest.mark.parametrize("table", TABLES)
def test_the_columns_of_each_table_are_these(table: str) -> None:
    check(f"{table}.arrow-schema.txt", "\n".join(lines_of(schema_of(table))) + "\n")


def without_nulls(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: without_nulls(one) for key, one in value.items() if one not in (None, [])}
    if isinstance(value, list):
        return [without_nulls(one) for one in value]
    return value.isoformat() if isinstance(value, datetime) else value


@pytest.mark.parametrize("feed", [BUCHAREST, POLAND, KOREA, MUNICH], ids=lambda path: path.stem)
def test_the_rows_of_the_worked_examples_are_these(feed: Path) -> None:
    """The rows as pyarrow reads them from Parquet, since the bytes depend on its version."""
    held = list(ae.iter_records(feed))
    lines = [
        json.dumps(without_nulls(row), ensure_ascii=False)
        for table in dict.fromkeys(TABLE_OF[type(record)] for record in held)
        for row in pq.read_table(io.BytesIO(written(held, table=table))).to_pylist()
    ]
    check(f"{feed.stem}.arrow-rows.jsonl", "\n".join(lines) + "\n")


# There and back.

several_records = st.sampled_from(list(RECORD_CLASSES.values())).flatmap(
    lambda model: st.lists(
        aes.values_of(model) | aes.values_of(model, note=CONTROL_TEXTS), min_size=1, max_size=4
    )
)


@both_formats
@settings(max_examples=40, deadline=None)
@given(held=several_records)
def test_records_of_one_type_are_read_back_the_same(form: Format, held: list[ae.Record]) -> None:
    stream = io.BytesIO()
    losses = form.write(held, stream)
    assert len(losses) == 0
    assert same(read(stream.getvalue(), form), held)


@settings(max_examples=25, deadline=None)
@given(held=st.lists(aes.records(), max_size=6), table=st.sampled_from(list(TABLES)))
def test_records_are_read_back_up_to_the_losses(held: list[ae.Record], table: str) -> None:
    stream = io.BytesIO()
    losses = PARQUET.write(held, stream, table=table)
    kept = [record for record in held if isinstance(record, TABLES[table])]
    assert same(read(stream.getvalue()), kept)
    lost = [record for record in held if not isinstance(record, TABLES[table])]
    assert [(loss.record, loss.pointer) for loss in losses] == [(one.id, "") for one in lost]
    assert len(losses.by_reason) <= 1


@pytest.mark.parametrize("table", TABLES)
def test_the_smallest_record_is_read_back_the_same(table: str) -> None:
    record = smallest(TABLES[table])
    assert same(read(written([record], table=table)), [record])


@pytest.mark.parametrize("feed", [BUCHAREST, POLAND], ids=lambda path: path.stem)
@pytest.mark.parametrize("form", ["parquet", "arrow"])
def test_whole_feeds_are_tables_in_a_folder(feed: Path, form: Any, tmp_path: Path) -> None:
    held = ae.read_feed(feed)
    losses = write_tables(iter(held.records), tmp_path / "out", header=held.header, form=form)
    assert len(losses) == 0
    names = {path.name for path in (tmp_path / "out").iterdir()}
    assert names == {f"{table}.{form}" for table in TABLES}
    headers: list[FeedHeader] = []
    back = list(read_tables(tmp_path / "out", on_header=headers.append))
    by_type = sorted(held.records, key=lambda record: list(RECORD_CLASSES).index(record.type))
    assert same(back, by_type)
    assert headers == [held.header]


def test_tables_in_a_folder_leave_nothing_older_there(tmp_path: Path) -> None:
    write_tables([incursion()], tmp_path)
    write_tables([smallest(ae.Source)], tmp_path)
    assert same(read_tables(tmp_path), [smallest(ae.Source)])


def test_tables_that_cannot_be_opened_are_told(tmp_path: Path) -> None:
    with pytest.raises(ae.UnreadableError, match="no tables"):
        list(read_tables(tmp_path))
    (tmp_path / "incursions.parquet").mkdir()
    with pytest.raises(ae.UnreadableError, match=r"incursions\.parquet"):
        list(read_tables(tmp_path))
    (tmp_path / "file").touch()
    with pytest.raises(ae.UnwritableError, match="file"):
        write_tables([], tmp_path / "file")


@both_formats
def test_the_header_of_the_feed_comes_along(form: Format) -> None:
    header = FeedHeader(
        schema_version="1.0", publisher="Зоря", generated_at="2026-01-01T00:00:00Z"
    )
    headers: list[FeedHeader] = []
    read(written([], form, header=header), form, on_header=headers.append)
    read(written([], form), form, on_header=headers.append)
    assert headers == [header, FeedHeader(schema_version="1.0")]


def test_tables_in_memory_have_the_same_rows() -> None:
    held = list(ae.iter_records(POLAND))
    tables = arrow_tables(held)
    assert list(tables) == list(TABLES)
    for table, found in tables.items():
        found.validate(full=True)
        assert (
            found.to_pylist() == pq.read_table(io.BytesIO(written(held, table=table))).to_pylist()
        )
    assert sum(found.num_rows for found in tables.values()) == len(held)


# Which table.


def test_without_a_table_the_only_type_is_written() -> None:
    sources = [smallest(ae.Source), smallest(ae.Source).replace(id="b")]
    assert same(read(written(sources)), sources)


@pytest.mark.parametrize("order", [1, -1])
def test_without_a_table_incursions_are_written_before_others(order: int) -> None:
    held = [smallest(ae.Source), smallest(ae.Finding), incursion(), incursion(id="b")][::order]
    stream = io.BytesIO()
    losses = PARQUET.write(iter(held), stream)
    assert same(read(stream.getvalue()), [one for one in held if one.type == "incursion"])
    why = "the file can hold only one type of record, and this record has another type"
    lost = [one for one in held if one.type != "incursion"]
    assert list(losses) == [Loss(one.id, "", why) for one in lost]


def test_without_a_table_several_types_but_no_incursion_give_an_empty_one() -> None:
    stream = io.BytesIO()
    losses = PARQUET.write([smallest(ae.Source), smallest(ae.Finding)], stream)
    assert len(losses) == 2
    assert pq.read_schema(io.BytesIO(stream.getvalue())).names == schema_of("incursions").names
    assert read(stream.getvalue()) == []
    assert read(written([])) == []


def test_a_table_that_there_is_not_is_told() -> None:
    with pytest.raises(ae.UnknownNameError, match="use one of sources, states, "):
        written([], table="incursion")


def test_every_table_can_be_chosen() -> None:
    for form in (PARQUET, ARROW):
        assert form.options["table"].choices == tuple(TABLES)
        assert form.extra == "arrow"


# What the columns hold.


def test_a_time_has_its_text_and_its_bounds() -> None:
    time = row_of(incursion(time={"value": "2024-09-07", "timezone": "Europe/Riga"}))["time"]
    assert time["value"] == "2024-09-07"
    assert time["earliest"] == datetime(2024, 9, 6, 21, tzinfo=UTC)
    assert time["latest"] == datetime(2024, 9, 7, 20, 59, 59, 999_999, tzinfo=UTC)
    assert (time["precision"], time["start_is"], time["end_is"]) == ("day", "known", "known")
    assert time["extent"] is time["basis"] is None


@pytest.mark.parametrize(("text", "why"), [("../2024-09-07", "open"), ("/2024-09-07", "unknown")])
def test_a_missing_bound_says_why(text: str, why: str) -> None:
    time = row_of(incursion(time={"value": text}))["time"]
    assert time["earliest"] is None
    assert time["start_is"] == why
    assert time["latest"] == datetime(2024, 9, 8, 11, 59, 59, 999_999, tzinfo=UTC)


@pytest.mark.parametrize(
    "text", ["1900-01-01T00:00:00.000001+14:00", "2200-12-31T23:59:59.999999-23:59"]
)
def test_the_first_and_the_last_instants_are_kept_to_the_microsecond(text: str) -> None:
    row = row_of(incursion(time={"value": text}, recorded_at=text))
    moment = datetime.fromisoformat(text)
    assert row["recorded_at"] == {"value": text, "instant": moment}
    assert row["time"]["earliest"] == row["time"]["latest"] == moment


def test_one_instant_in_two_texts_stays_two() -> None:
    texts = ["2024-09-07T12:00:00Z", "2024-09-07T15:00:00+03:00"]
    held = [incursion(recorded_at=text) for text in texts]
    rows = [row_of(record)["recorded_at"] for record in held]
    assert [row["value"] for row in rows] == texts
    assert rows[0]["instant"] == rows[1]["instant"]
    assert same(read(written(held)), held)


def test_defaults_are_written_out_and_what_is_absent_is_null() -> None:
    row = row_of(incursion())
    assert row["revision"] == 1
    assert row["title"] is row["occurrence"] is row["marking"] is row["extensions"] is None
    assert row["objects"] == []


def test_what_is_there_but_empty_stays_there() -> None:
    record = incursion(marking={}, extensions={})
    assert b'"marking":{},"extensions":{}' in to_json(record)
    assert same(read(written([record])), [record])


@pytest.mark.parametrize(
    ("fields", "kinds"),
    [
        ({}, ["crossing"]),
        ({"crossing": None}, []),
        (
            {"crossing": "discounted", "zones": [{"type": "ADIZ", "entry": "confirmed"}]},
            ["adiz_entry"],
        ),
        ({"occurrence": "discounted"}, ["nothing"]),
    ],
)
def test_kinds_stand_beside_the_judgements(fields: dict[str, Any], kinds: list[str]) -> None:
    row = row_of(incursion(**fields))
    assert row["kinds"] == kinds
    at = list(row).index("kinds")
    assert list(row)[at : at + 4] == ["kinds", "occurrence", "crossing", "zones"]


def test_each_thing_that_is_counted_has_a_field_of_its_own() -> None:
    totals = {"sightings": {"roughly": 10}, "sorties": {"best": 30}}
    row = row_of(incursion(totals=totals))["totals"]
    assert list(row) == list(ae.Totals.model_fields)
    assert (row["sightings"]["roughly"], row["sorties"]["best"], row["objects"]) == (10, 30, None)


def test_members_of_a_family_share_one_struct() -> None:
    count = {"min": 7, "as_of": "2024-09-08"}
    depth = {"best": 3.5, "unit": "km"}
    claims = [
        {"aspect": "intent", "value": "unintentional"},
        {"aspect": "attribution", "value": "RU", "involvement": "launched"},
        {"aspect": "field", "fields": ["totals.objects"], "value": count},
        {"aspect": "field", "fields": ["depth"], "value": depth, "confidence": "high"},
        {"aspect": "field", "fields": ["crossing", "objects.jets"], "polarity": "suspected"},
        {"aspect": "field", "fields": ["over"], "value": "land"},
        {"aspect": "field", "fields": ["time"], "value": {"value": "2024-09-07"}},
        {"aspect": "field", "fields": ["objects"], "value": {"category": "missile"}},
    ]
    rows = row_of(smallest(ae.Source).replace(claims=claims))["claims"]
    words = ["unintentional", "RU", None, None, None, "land", None, None]
    assert [row["value"] for row in rows] == words
    assert rows[2]["value_reported_count"]["min"] == 7
    assert rows[2]["value_reported_count"]["as_of"]["earliest"] == datetime(
        2024, 9, 7, 10, tzinfo=UTC
    )
    assert rows[1]["involvement"] == "launched"
    assert rows[3]["value_reported_quantity"]["best"] == 3.5
    assert rows[4]["fields"] == ["crossing", "objects.jets"]
    assert rows[4]["polarity"] == "suspected"
    assert rows[6]["value_reported_time"]["latest"] == datetime(
        2024, 9, 8, 11, 59, 59, 999_999, tzinfo=UTC
    )
    assert [row["value_json"] for row in rows] == [None] * 7 + ['{"category":"missile"}']


VALUES_OF_FIELDS: dict[str, Any] = {
    "over": "another_state",
    "crossing": "PL",
    "objects.jets.designation": '{"best":19}',
    "totals.sightings": {"roughly": 10},
    "objects.jets.altitude": {"best": 0.1, "unit": "FL", "datum": "AGL"},
    "time": {"value": "2024-09-07/..", "verbatim": "since", "timezone": "Europe/Riga"},
    "places.field.geometry": {"type": "Point", "coordinates": [26.10000000000001, -0.0]},
    "zones": {"type": "ADIZ", "entry": "reported", "count": {"best": 2}},
    "places": {"name": "Gaigalava", "role": "crashed"},
    "objects": {"category": "missile", "fates": [{"fate": "crashed", "place": "field"}]},
    "objects.jets.fates": {"fate": "exited", "count": {"best": 1}},
    "effects": {"kind": "injury", "time": {"value": "2024"}},
    "responses": {"kind": "scramble", "assets": [{"designation": "F-16"}]},
    "responses.jets.assets": {"designation": "F-35"},
    "objects.jets.possibly_same_as": {"object": "a#first"},
    "detected_by": "nato",
}


@both_formats
@pytest.mark.parametrize("name", VALUES_OF_FIELDS)
def test_a_claimed_value_is_read_back_the_same(form: Format, name: str) -> None:
    value = VALUES_OF_FIELDS[name]
    source = smallest(ae.Source).replace(
        claims=[
            {"aspect": "field", "fields": [name], "value": value},
            {"aspect": "intent", "value": "reckless"},
        ]
    )
    claim = source.claims[0]
    assert isinstance(claim, ae.claims.FieldClaim)
    (back,) = read(written([source], form), form)
    assert isinstance(back, ae.Source)
    assert same([back], [source])
    assert type(back.claims[0].value) is type(claim.value)


def test_geometries_and_extensions_are_json() -> None:
    geometry = '{"type":"MultiPoint","coordinates":[[26.10000000000001,-0.0],[26.1,44.4,120.0]]}'
    extensions = '{"example.org":{"b":1,"a":[null,"\\u0001",12345678901234567890123]}}'
    record = incursion(
        places=[{"geometry": json.loads(geometry)}], extensions=json.loads(extensions)
    )
    row = row_of(record)
    assert row["places"][0]["geometry"] == geometry
    assert row["extensions"] == extensions
    assert same(read(written([record])), [record])


def test_words_of_vocabularies_are_dictionary_encoded_with_all_their_words() -> None:
    first, second = (arrow_tables([incursion(scope=word)]) for word in ("single", "aggregate"))
    column = pa.concat_tables([first["incursions"], second["incursions"]])["scope"]
    assert {tuple(one.dictionary.to_pylist()) for one in column.chunks} == {
        ("single", "aggregate")
    }
    assert column.to_pylist() == ["single", "aggregate"]


# Bytes and batches.


@both_formats
def test_the_same_records_give_the_same_bytes(form: Format) -> None:
    held = list(ae.iter_records(POLAND))
    assert written(held, form) == written(iter(held), form)


def test_many_records_are_written_in_groups_of_rows() -> None:
    source = smallest(ae.Source)
    held = (source.replace(id=f"s-{number}") for number in range(10_000))
    data = written(held, table="sources")
    metadata = pq.read_metadata(io.BytesIO(data))
    assert [metadata.row_group(n).num_rows for n in range(2)] == [8_192, 1_808]
    assert [record.id for record in read(data)] == [f"s-{n}" for n in range(10_000)]


@both_formats
def test_records_are_read_as_they_are_asked_for(
    form: Format, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(arrow_tables_module, "_BATCH", 128)
    source = smallest(ae.Source)
    held = [
        source.replace(id=f"s-{n}", note=hashlib.sha512(bytes([n % 256, n >> 8])).hexdigest())
        for n in range(4_000)
    ]
    data = written(held, form)
    stream = Counting(data)
    assert form.read is not None
    back = form.read(stream)
    assert next(back) == held[0]
    assert stream.given < len(data) / 2
    assert list(back) == held[1:]


class Counting(io.BytesIO):
    """Counts the bytes that are read from it."""

    given = 0

    def read(self, size: int | None = -1, /) -> bytes:
        data = super().read(size)
        self.given += len(data)
        return data


@both_formats
def test_pipes_are_written_and_read(form: Format) -> None:
    class Pipe(io.RawIOBase):
        def __init__(self, data: bytes = b"") -> None:
            self.data = bytearray(data)

        def readable(self) -> bool:
            return True

        def writable(self) -> bool:
            return True

        def seekable(self) -> bool:
            return False

        def write(self, data: Any, /) -> int:
            self.data += bytes(data)
            return len(bytes(data))

        def readinto(self, buffer: Any, /) -> int:
            given, self.data = self.data[: len(buffer)], self.data[len(buffer) :]
            buffer[: len(given)] = given
            return len(given)

    for options in ({}, {"table": "incursions"}):
        pipe: Any = Pipe()
        form.write([incursion()], pipe, **options)
        assert not pipe.closed
        assert form.read is not None
        assert same(form.read(pipe), [incursion()])


def test_streams_stay_open() -> None:
    stream = io.BytesIO(written([incursion()]))
    assert PARQUET.read is not None
    list(PARQUET.read(stream))
    assert not stream.closed


def test_records_that_break_off_raise_what_broke_them() -> None:
    def breaking() -> Iterator[ae.Record]:
        yield incursion()
        raise ZeroDivisionError

    for form in (PARQUET, ARROW):
        for options in ({}, {"table": "incursions"}):
            with pytest.raises(ZeroDivisionError):
                written(breaking(), form, **options)


def test_without_pyarrow_the_extra_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    for call in (
        lambda: written([incursion()]),
        lambda: read(b""),
        lambda: write_tables([], tmp_path),
        lambda: arrow_tables([]),
    ):
        with pytest.raises(ae.MissingExtraError, match=r"airspace-events\[arrow\]"):
            call()
    assert list(tmp_path.iterdir()) == []


# Others read it.


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("poland")
    write_tables(ae.iter_records(POLAND), path)
    return path


def test_duckdb_reads_nested_columns(folder: Path) -> None:
    found = duckdb.sql(f"""
        SELECT revision, totals.crossings.best, objects[1].fates[1].count.min AS shot_down,
               time.earliest
        FROM '{folder}/incursions.parquet' ORDER BY revision
    """).pl()  # noqa: S608 (the path is the test's own)
    start = datetime(2025, 9, 9, 21, 30, tzinfo=UTC)
    assert found.rows() == [(1, 19, 3, start), (2, 21, 3, start), (3, None, 3, start)]


def test_duckdb_unnests_claims(folder: Path) -> None:
    found = duckdb.sql(f"""
        SELECT id, claim.value, claim.polarity
        FROM (SELECT id, unnest(claims) AS claim FROM '{folder}/statements.parquet')
        WHERE claim.aspect = 'intent' ORDER BY ALL
    """).fetchall()  # noqa: S608 (the path is the test's own)
    claims = [
        (record.id, claim.value, claim.polarity)
        for record in ae.iter_records(POLAND)
        if isinstance(record, ae.Statement)
        for claim in record.claims
        if claim.aspect == "intent"
    ]
    assert claims
    assert found == sorted(claims)


def test_duckdb_reads_every_row_of_every_table(folder: Path) -> None:
    held = [json.loads(to_json(record)) for record in ae.iter_records(POLAND)]
    for kind, table in zip(RECORD_CLASSES, TABLES, strict=True):
        rows = duckdb.sql(f"SELECT id, revision FROM '{folder}/{table}.parquet'")  # noqa: S608
        expected = [(one["id"], one.get("revision", 1)) for one in held if one["type"] == kind]
        assert rows.fetchall() == expected


def test_polars_reads_nested_columns(folder: Path) -> None:
    frame = pl.read_parquet(folder / "incursions.parquet").select(
        pl.col("time").struct.field("earliest"),
        pl.col("totals").struct.field("crossings").struct.field("best"),
        pl.col("kinds").cast(pl.List(pl.String)),
        pl.col("occurrence").cast(pl.String),
        responses=pl.col("responses").list.len(),
    )
    held = [one for one in ae.iter_records(POLAND) if isinstance(one, ae.Incursion)]
    assert frame.rows() == [
        (
            one.time.earliest,
            one.totals and one.totals.crossings and one.totals.crossings.best,
            list(one.kinds),
            one.occurrence,
            len(one.responses),
        )
        for one in held
    ]
    assert frame.schema["earliest"] == pl.Datetime("us", "UTC")


def test_polars_reads_arrow_files() -> None:
    data = written(ae.iter_records(POLAND), ARROW, table="officials")
    names = pl.read_ipc(io.BytesIO(data))["name"].to_list()
    held = [one for one in ae.iter_records(POLAND) if isinstance(one, ae.Official)]
    assert names == [one.name for one in held]


@settings(max_examples=12, deadline=None)
@example(held=[incursion(marking={}), incursion(id="b", time={"value": "2024/.."})])
@given(held=several_records)
def test_what_duckdb_writes_again_is_read_back_the_same(
    held: list[ae.Record], tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("again")
    (path / "one.parquet").write_bytes(written(held))
    duckdb.sql(f"COPY (FROM '{path}/one.parquet') TO '{path}/two.parquet'")
    assert same(read((path / "two.parquet").read_bytes()), held)


@settings(max_examples=12, deadline=None)
@given(held=several_records)
def test_what_polars_writes_again_is_read_back_the_same(held: list[ae.Record]) -> None:
    again = io.BytesIO()
    pl.read_parquet(io.BytesIO(written(held))).write_parquet(again)
    assert same(read(again.getvalue()), held)
    again = io.BytesIO()
    pl.read_ipc(io.BytesIO(written(held, ARROW))).write_ipc(again)
    assert same(read(again.getvalue(), ARROW), held)


BY_PANDAS: dict[str, Callable[[pd.DataFrame], pd.DataFrame]] = {
    "as it is": lambda frame: frame,
    "without its first row": lambda frame: frame.iloc[1:],
    "as objects": lambda frame: frame.astype(object),
    "with floats": lambda frame: frame.astype({"revision": "float64"}),
    "with categories": lambda frame: frame.astype(
        dict.fromkeys(["id", "revision", "note", "extensions"], "category")
    ),
    "in another order": lambda frame: frame[frame.columns[::-1]],
}


@pytest.mark.parametrize("change", BY_PANDAS)
@pytest.mark.parametrize("dtypes", ["numpy", "numpy_nullable", "pyarrow"])
def test_however_pandas_holds_records_they_are_read_back_the_same(
    change: str, dtypes: str
) -> None:
    held: list[ae.Record] = [
        *(one for one in ae.iter_records(POLAND) if isinstance(one, ae.Incursion)),
        *(
            incursion(id=f"i-{n}", totals={"crossings": {"best": n or None, "min": 1}})
            for n in range(2)
        ),
        incursion(extensions={"example.org": [1, {}]}, entered_from=["RU"]),
    ]
    check_pandas(held, change, dtypes)


@settings(max_examples=12, deadline=None)
@example(held=[smallest(ae.Source)], change="with floats", dtypes="numpy")
@given(
    held=several_records,
    change=st.sampled_from(list(BY_PANDAS)),
    dtypes=st.sampled_from(["numpy", "numpy_nullable", "pyarrow"]),
)
def test_what_pandas_writes_again_is_read_back_the_same(
    held: list[ae.Record], change: str, dtypes: str
) -> None:
    check_pandas(held, change, dtypes)


def check_pandas(held: list[ae.Record], change: str, dtypes: Any) -> None:
    options = {} if dtypes == "numpy" else {"dtype_backend": dtypes}
    frame = BY_PANDAS[change](pd.read_parquet(io.BytesIO(written(held)), **options))
    left = held[len(held) - len(frame) :]
    again = io.BytesIO()
    frame.to_parquet(again)
    assert same(read(again.getvalue()), left)
    again = io.BytesIO()
    frame.reset_index(drop=True).to_feather(again)
    assert same(read(again.getvalue(), ARROW), left)


def test_what_duckdb_calls_json_is_read_back_the_same(tmp_path: Path) -> None:
    held = [
        incursion(
            places=[{"geometry": {"type": "Point", "coordinates": [26.1, 44.4]}}],
            extensions={"example.org": [1, 2.5, None]},
        )
    ]
    (tmp_path / "one.parquet").write_bytes(written(held))
    duckdb.sql(
        "COPY (SELECT * REPLACE (extensions::JSON AS extensions, revision::HUGEINT AS revision) "  # noqa: S608
        f"FROM '{tmp_path}/one.parquet') TO '{tmp_path}/two.parquet'"
    )
    assert same(read((tmp_path / "two.parquet").read_bytes()), held)


def test_a_selection_of_columns_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    held = [incursion(title="A", note="B"), incursion(id="b", title="C", note="D")]
    (tmp_path / "all.parquet").write_bytes(written(held))
    duckdb.sql(
        f"COPY (SELECT sources, time, state, id, type, title "  # noqa: S608
        f"FROM '{tmp_path}/all.parquet' WHERE id = 'b') TO '{tmp_path}/some.parquet'"
    )
    back = read((tmp_path / "some.parquet").read_bytes())
    assert same(back, [incursion(id="b", title="C", crossing=None)])


def test_records_of_one_type_stay_in_order() -> None:
    held = list(ae.iter_records(BUCHAREST))
    for kind, group in groupby(sorted(held, key=lambda one: one.type), lambda one: one.type):
        table = TABLE_OF[RECORD_CLASSES[kind]]
        assert same(read(written(held, table=table)), group)
