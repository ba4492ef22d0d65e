"""Arrow and Parquet that cannot be read, or not all of it: what is said, and what is read."""

import io
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import airspace_events as ae
from airspace_events.errors import FeedError, FormatError
from airspace_events.formats.arrow import tables as arrow_tables_module
from airspace_events.formats.arrow.files import Part, _parts
from airspace_events.formats.arrow.schema import HEADER_KEY, TABLE_KEY, schema_of
from airspace_events.formats.arrow.tables import ARROW, PARQUET, arrow_tables
from airspace_events.formats.format import Format
from airspace_events.testing.strategies.smallest_values import smallest
from airspace_events.values.base import to_json

both_formats = pytest.mark.parametrize("form", [PARQUET, ARROW], ids=lambda form: form.name)
Told = list[tuple[str, str]]


def incursion(**fields: Any) -> ae.Incursion:
    given_fields = {
        "id": "lv-2024-09-07",
        "state": "LV",
        "crossing": "reported",
        "time": {"value": "2024-09-07", "timezone": "Europe/Riga"},
        "recorded_at": "2024-09-08T12:00:00Z",
        "places": [{"geometry": {"type": "Point", "coordinates": [26.1, 56.5]}}],
        "sources": [{"source": "unn-lv"}],
    }
    return ae.Incursion(**given_fields | fields)


FIRST, SECOND = incursion(), incursion(id="b", title="another")


def written(*held: ae.Record, form: Format = PARQUET) -> bytes:
    stream = io.BytesIO()
    form.write(held or (FIRST, SECOND), stream)
    return stream.getvalue()


def tell_all(data: bytes, form: Format = PARQUET) -> tuple[list[ae.Record], Told]:
    """What is read, and what is said of the rest: reason and place."""
    told: list[FeedError] = []
    assert form.read is not None
    held = list(form.read(io.BytesIO(data), on_problem=told.append))
    return held, [(error.reason, getattr(error, "place", "")) for error in told]


def changed(change: Callable[[dict[str, Any]], None], *held: ae.Record) -> bytes:
    """A Parquet file in whose first row something was changed."""
    table = arrow_tables(held or (FIRST, SECOND))["incursions"]
    rows = table.to_pylist()
    change(rows[0])
    return in_parquet(pa.Table.from_pylist(rows, schema=table.schema))


def in_parquet(table: pa.Table) -> bytes:
    stream = io.BytesIO()
    pq.write_table(table, stream)
    return stream.getvalue()


def in_arrow(table: pa.Table) -> bytes:
    stream = io.BytesIO()
    with pa.ipc.new_file(stream, table.schema) as writer:
        writer.write_table(table)
    return stream.getvalue()


def our_table() -> pa.Table:
    return arrow_tables([FIRST, SECOND])["incursions"]


# No such file.


def test_the_first_problem_is_raised_if_nobody_takes_it() -> None:
    assert PARQUET.read is not None
    with pytest.raises(FormatError, match=r"^-: the file is empty and therefore not Parquet$"):
        list(PARQUET.read(io.BytesIO()))


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "the file is empty and therefore not Parquet"),
        (b"\n", "the file is not Parquet, because it does not begin with PAR1"),
        (b"PAR1", "the Parquet file is damaged: "),
        (b"PAR1PAR1", "the Parquet file is damaged: "),
        (b"PAR1\0\0\0\0PAR1", "the Parquet file is damaged: "),
        (b"PAR1\xff\xff\xff\xffPAR1", "the Parquet file is damaged: "),
        (b"id,title\r\n1,2\r\n", "the file is not Parquet, because it does not begin with PAR1"),
        (
            b'{"type":"feed","schema_version":"1.0"}\n',
            (
                "the file is not Parquet, because it does not begin with PAR1; "
                "the file looks like JSON"
            ),
        ),
    ],
)
def test_what_is_no_parquet_file_is_told(data: bytes, reason: str) -> None:
    held, [(told, place)] = tell_all(data)
    assert held == []
    assert told.startswith(reason)
    assert place == ""


def test_one_form_is_not_taken_for_the_other() -> None:
    assert tell_all(written(), ARROW)[1] == [
        ("the file is not Arrow IPC, because it does not begin with ARROW1", "")
    ]
    assert tell_all(written(form=ARROW))[1] == [
        ("the file is not Parquet, because it does not begin with PAR1", "")
    ]


@both_formats
def test_a_file_that_is_cut_short_is_told_wherever_it_ends(form: Format) -> None:
    data = written(form=form)
    magic = {"parquet": b"PAR1", "arrow": b"ARROW1"}[form.name]
    for end in range(len(magic), len(data), 997):
        held, [(told, _)] = tell_all(data[:end], form)
        assert held == []
        if not data[:end].endswith(magic):
            assert told.endswith(" file is incomplete: its end is missing")


def test_the_file_is_named() -> None:
    stream = io.BytesIO(b"x")
    stream.name = "feeds/some.parquet"
    assert PARQUET.read is not None
    with pytest.raises(FormatError, match=r"^feeds/some\.parquet: the file is not Parquet"):
        list(PARQUET.read(stream))


# The columns of others.


@pytest.mark.parametrize("pack", [in_parquet, in_arrow])
def test_a_strangers_table_is_told_with_its_columns(pack: Callable[[pa.Table], bytes]) -> None:
    form = PARQUET if pack is in_parquet else ARROW
    columns = {"date": ["2024-09-07"], "count\x1b[31m": [3], **{f"c{n}": [n] for n in range(9)}}
    held, [(told, _)] = tell_all(pack(pa.table(columns)), form)
    assert held == []
    assert told.startswith(
        'the file has no column "type", so the file is not a table of records '
        '(columns: "date", "count\\u001b[31m"'
    )
    assert '"c5" and 3 more' in told


@pytest.mark.parametrize(
    ("table", "fault"),
    [
        (pa.table({}), 'the file has no column "type"'),
        (pa.table({"type": [1]}), 'the first value of the column "type" is not a record type'),
        (
            pa.table({"type": ["drone"]}),
            'the first value of the column "type" is not a record type',
        ),
        (
            pa.table({"type": pa.array([None], pa.string())}),
            'the first value of the column "type" is not a record type',
        ),
        (
            pa.table([["incursion"], ["source"]], names=["type", "type"]),
            'the file has more than one column "type"',
        ),
        (
            pa.table({"id": ["a"]}, metadata={TABLE_KEY: b"drones"}),
            'the file has no column "type"',
        ),
    ],
)
def test_a_table_that_names_no_type_is_a_strangers(table: pa.Table, fault: str) -> None:
    held, [(told, _)] = tell_all(in_parquet(table))
    assert held == []
    assert told.startswith(fault)
    assert ", so the file is not a table of records (columns: " in told


def test_the_type_is_found_where_the_metadata_are_gone() -> None:
    table = our_table().replace_schema_metadata(None)
    assert tell_all(in_parquet(table)) == ([FIRST, SECOND], [])
    assert tell_all(in_arrow(table), ARROW) == ([FIRST, SECOND], [])


def test_columns_that_the_table_does_not_have_are_told_and_passed_over() -> None:
    table = our_table().rename_columns(
        ["notes" if name == "note" else name for name in our_table().schema.names]
    )
    held, told = tell_all(in_parquet(table.append_column("=1+1", pa.array([1, 2]))))
    assert held == [FIRST, SECOND]
    unknown = "the column is ignored, because the table has no column with this name"
    assert told == [
        (f'{unknown}; did you mean "note"?', "column notes"),
        (unknown, "column =1+1"),
    ]


def test_a_field_of_a_struct_that_the_table_does_not_have_is_told() -> None:
    totals = pa.array([{"sorties": {"best": 2}, "crosings": {"best": 3}}] * 2)
    held, told = tell_all(in_parquet(with_column("totals", totals)))
    assert held == [one.replace(totals={"sorties": {"best": 2}}) for one in (FIRST, SECOND)]
    reason = (
        "the column is ignored, because the table has no column with this name; did you "
        'mean "crossings"?'
    )
    assert told == [(reason, "column totals.crosings")]


def with_column(name: str, values: pa.Array) -> pa.Table:
    table = our_table()
    return table.set_column(table.schema.get_field_index(name), name, values)


@pytest.mark.parametrize("name", ["id", "time", "sources"])
def test_a_missing_column_that_records_need_is_told_once(name: str) -> None:
    held, told = tell_all(in_parquet(our_table().drop_columns([name])))
    assert held == []
    assert told == [("the column is missing", f"column {name}")]


def test_missing_columns_that_records_need_not_have_are_absent() -> None:
    held, told = tell_all(in_parquet(our_table().drop_columns(["title", "revision"])))
    assert [to_json(one) for one in held] == [to_json(FIRST), to_json(incursion(id="b"))]
    assert told == []


@pytest.mark.parametrize(
    ("name", "values", "reason", "left"),
    [
        ("id", [1, 2], "the column must be string, not int64", 0),
        ("title", [1.5, 2.5], "the column must be string, not double", 2),
        ("revision", ["1", "2"], "the column must be int64, not string", 2),
        ("time", ["2024", "2025"], "the column must be a struct, not string", 0),
        (
            "objects",
            [{"a": 1}] * 2,
            "must be a list of a struct, not struct<a: int64>",
            2,
        ),
        ("detected_by", ["LV", "LV"], "must be a list of string, not string", 2),
        (
            "detected_by",
            pa.array([["LV"]] * 2, pa.list_view(pa.string())),
            "must be a list of string, not list_view<",
            2,
        ),
        ("scope", [1, 1], "must be dictionary<values=string, indices=int16", 2),
    ],
)
def test_a_column_of_another_type_is_told(
    name: str, values: list[Any], reason: str, left: int
) -> None:
    held, [(told, place)] = tell_all(in_parquet(with_column(name, pa.array(values))))
    assert len(held) == left
    assert reason in told
    assert place == f"column {name}"


def test_a_time_without_a_zone_is_no_instant() -> None:
    recorded = pa.array([{"value": "2024-09-08T12:00:00Z", "instant": datetime(2024, 9, 8, 12)}])  # noqa: DTZ001
    table = with_column("recorded_at", pa.concat_arrays([recorded, recorded]))
    held, [(told, place)] = tell_all(in_parquet(table))
    assert held == [FIRST, SECOND]
    assert told == "the column must be timestamp[us, tz=UTC], not timestamp[us]"
    assert place == "column recorded_at.instant"


def test_columns_of_other_types_that_hold_the_same_are_read() -> None:
    table = our_table()
    for name, kind in (("id", pa.large_string()), ("revision", pa.int32())):
        table = table.set_column(table.schema.get_field_index(name), name, table[name].cast(kind))
    table = table.set_column(
        table.schema.get_field_index("title"), "title", table["title"].dictionary_encode()
    )
    assert tell_all(in_parquet(table)) == ([FIRST, SECOND], [])


def recast(kind: pa.DataType, change: Callable[[pa.DataType], pa.DataType]) -> pa.DataType:
    """A type whose lists and plain values, however deep within, are changed."""
    if pa.types.is_struct(kind):
        return pa.struct([field.with_type(recast(field.type, change)) for field in kind])
    if pa.types.is_list(kind):
        return change(pa.list_(recast(kind.value_type, change)))
    return change(kind)


def as_large(kind: pa.DataType) -> pa.DataType:
    if pa.types.is_list(kind):
        return pa.large_list(kind.value_type)
    return pa.large_string() if pa.types.is_string(kind) else kind


def as_float(kind: pa.DataType) -> pa.DataType:
    return pa.float64() if pa.types.is_integer(kind) else kind


def as_unsigned(kind: pa.DataType) -> pa.DataType:
    return pa.uint32() if pa.types.is_integer(kind) else kind


def in_unit(unit: str) -> Callable[[pa.DataType], pa.DataType]:
    return lambda kind: pa.timestamp(unit, "UTC") if pa.types.is_timestamp(kind) else kind


def elsewhere(kind: pa.DataType) -> pa.DataType:
    return pa.timestamp("us", "Europe/Riga") if pa.types.is_timestamp(kind) else kind


@pytest.mark.parametrize(
    "change",
    [as_large, as_float, as_unsigned, elsewhere, *map(in_unit, ("s", "ms", "ns"))],
)
def test_every_column_may_be_of_another_type_that_holds_the_same(
    change: Callable[[pa.DataType], pa.DataType],
) -> None:
    time = {"value": "1914-09-07T02:00:00.000001Z/1914-09-07T03:00:00.999999Z"}
    held = [
        FIRST,
        incursion(id="b", time=time, totals={"crossings": {"min": 2}}, entered_from=["RU", "BY"]),
        incursion(id="c", objects=[{"category": "missile", "count": {"best": 3}}] * 2),
    ]
    table = arrow_tables(held)["incursions"]
    fields = [field.with_type(recast(field.type, change)) for field in table.schema]
    again = table.cast(pa.schema(fields), safe=False)
    assert again.schema.types != table.schema.types
    assert tell_all(in_arrow(again), ARROW) == (held, [])
    assert tell_all(in_arrow(again.slice(1)), ARROW) == (held[1:], [])


@pytest.mark.parametrize("name", ["detected_by", "objects"])
def test_lists_of_which_none_has_an_item_are_empty(name: str) -> None:
    column = with_column(name, pa.array([[], None], pa.list_(pa.null())))
    assert tell_all(in_parquet(column)) == ([FIRST, SECOND], [])
    column = with_column(name, pa.array([[None], []], pa.list_(pa.null())))
    held, [(_, place)] = tell_all(in_parquet(column))
    assert held == [SECOND]
    assert place == f"row 1, /{name}/0"


def test_a_number_that_should_be_whole_and_is_not_is_told() -> None:
    held, [(_, place)] = tell_all(in_parquet(with_column("revision", pa.array([1.5, 1.0]))))
    assert held == [SECOND]
    assert place == "row 1, /revision"


def test_the_index_that_pandas_adds_is_passed_over() -> None:
    table = our_table().append_column("__index_level_0__", pa.array([3, 7]))
    assert tell_all(in_parquet(table)) == ([FIRST, SECOND], [])


def test_an_empty_table_is_no_strangers() -> None:
    table = our_table().slice(2).replace_schema_metadata(None)
    assert tell_all(in_parquet(table)) == ([], [])
    assert tell_all(in_arrow(table), ARROW) == ([], [])


def test_columns_of_nothing_but_nulls_are_absent() -> None:
    held, told = tell_all(in_parquet(with_column("title", pa.nulls(2))))
    assert [to_json(one) for one in held] == [to_json(FIRST), to_json(incursion(id="b"))]
    assert told == []
    held, [(told_of_id, place)] = tell_all(in_parquet(with_column("id", pa.nulls(2))))
    assert held == []
    assert (told_of_id, place) == ("the column is missing", "column id")


def test_large_batches_of_others_are_read() -> None:
    held = [incursion(id=f"i-{n}", entered_from=["RU"] * (n % 3)) for n in range(1_500)]
    table = arrow_tables(held)["incursions"].combine_chunks()
    assert tell_all(in_arrow(table), ARROW) == (held, [])


def test_a_column_that_stands_there_twice_is_told() -> None:
    table = our_table().append_column("title", pa.array(["x", "y"]))
    held, told = tell_all(in_arrow(table), ARROW)
    assert held == []
    assert told == [("the column appears twice", "column title")]


# Rows that are no records.


@pytest.mark.parametrize(
    ("field", "value", "place"),
    [
        ("id", None, "row 1, /id"),
        ("id", "Not A Slug", "row 1, /id"),
        ("sources", [], "row 1, /sources"),
        ("state", "ZZ", "row 1, /state"),
        ("state", None, "row 1, /crossing"),
        ("crossing", "certain", "row 1, /crossing"),
        ("responses", [{"kind": "scramble", "place": "base"}], "row 1, /responses/0/place"),
        ("zones", [{"type": "ADIZ"}], "row 1, /zones/0/entry"),
        ("time", {"value": "yesterday"}, "row 1, /time/value"),
        ("entered_from", ["RU", "russia"], "row 1, /entered_from/1"),
        ("detected_by", [None], "row 1, /detected_by/0"),
        ("occurrence", "certain", "row 1, /occurrence"),
        ("objects", [{"category": "dron"}], "row 1, /objects/0/category"),
        ("recorded_at", {"value": "2024-09-08 12:00"}, "row 1, /recorded_at"),
        ("assessments", [{"aspect": "vibes"}], "row 1, /assessments/0"),
        ("type", "source", "row 1, "),
        ("depth", {"best": float("nan"), "unit": "km"}, "row 1, /depth/best"),
    ],
)
def test_a_row_that_is_no_record_is_told_and_hides_no_other(
    field: str, value: Any, place: str
) -> None:
    held, [(reason, where)] = tell_all(changed(lambda row: row.update({field: value})))
    assert held == [SECOND]
    assert where.startswith(place)
    assert reason


def test_rows_of_another_type_are_told() -> None:
    official = {"type": "official", "name": "A. Example"}
    table = arrow_tables([smallest(ae.Organization)])["organizations"]
    row = table.to_pylist()[0] | official | {"kind": None}
    data = in_parquet(pa.Table.from_pylist([row], schema=table.schema))
    held, [(reason, place)] = tell_all(data)
    assert held == []
    assert reason == "the record type differs from the type of the previous rows"
    assert place == "row 1, /type"


def test_two_values_under_one_key_are_one_too_many() -> None:
    source = smallest(ae.Source).replace(claims=[{"aspect": "intent", "value": "reckless"}])
    table = arrow_tables([source])["sources"]
    for name, value in (("value_reported_count", {"best": 3}), ("value_json", "3")):
        row = table.to_pylist()[0]
        row["claims"][0][name] = value
        held, [(_, place)] = tell_all(in_parquet(pa.Table.from_pylist([row], schema=table.schema)))
        assert held == []
        assert place == f"row 1, /claims/0/{name}"


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"value_json": '{"category":"dron"}'}, "row 1, /claims/0/value/category"),
        ({"value_json": '{"id":"x","id":"y"}'}, "row 1, /claims/0/value"),
        ({"value_json": "["}, "row 1, /claims/0/value"),
        ({"value_json": None}, "row 1, /claims/0"),
        ({"fields": ["objcts"]}, "row 1, /claims/0/fields/0"),
        ({"fields": []}, "row 1, /claims/0/fields"),
        ({"value_json": None, "value": "missile"}, "row 1, /claims/0/value"),
        (
            {"value_json": None, "value_reported_count": {"best": 1}},
            "row 1, /claims/0/value/best",
        ),
    ],
)
def test_a_claimed_value_that_does_not_fit_its_field_is_told(
    change: dict[str, Any], place: str
) -> None:
    claim = {"aspect": "field", "fields": ["objects"], "value": {"category": "missile"}}
    first = smallest(ae.Source).replace(claims=[claim])
    second = first.replace(id="b")
    table = arrow_tables([first, second])["sources"]
    rows = table.to_pylist()
    rows[0]["claims"][0] |= change
    held, [(reason, where)] = tell_all(in_parquet(pa.Table.from_pylist(rows, schema=table.schema)))
    assert held == [second]
    assert reason
    assert where == place


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "the cell is not valid JSON, or its values are nested too deeply"),
        ("{'a.org': 1}", "the cell is not valid JSON, or its values are nested too deeply"),
        ('{"a.org": NaN}', "the cell is not valid JSON, or its values are nested too deeply"),
        (
            '{"a.org": ' + "[" * 100_000,
            "the cell is not valid JSON, or its values are nested too deeply",
        ),
        ('{"a.org": 1, "a.org": 2}', "a key appears twice in the JSON of the cell"),
        ('{"a.org": 0.12345678901234567890}', "a number in the JSON of the cell has more digits"),
    ],
)
def test_a_text_that_should_be_json_is_told(text: str, reason: str) -> None:
    held, [(told, place)] = tell_all(changed(lambda row: row.update(extensions=text)))
    assert held == [SECOND]
    assert told.startswith(reason)
    assert place == "row 1, /extensions"


def test_a_geometry_that_is_none_is_told() -> None:
    def change(row: dict[str, Any]) -> None:
        row["places"][0]["geometry"] = '{"type":"Point","coordinates":[200,0]}'

    held, [(_, place)] = tell_all(changed(change))
    assert held == [SECOND]
    assert place == "row 1, /places/0/geometry/coordinates/0"


def test_bytes_that_are_not_utf8_are_told_with_their_row() -> None:
    for form in (PARQUET, ARROW):
        source = smallest(ae.Source)
        held = [source.replace(id=f"s-{n}", note=f"note {n}") for n in range(3)]
        table = arrow_tables(held)["sources"]
        notes = pa.array([b"note 0", b"note \xff", b"note 2"]).view(pa.string())
        table = table.set_column(table.schema.get_field_index("note"), "note", notes)
        data = in_parquet(table) if form is PARQUET else in_arrow(table)
        kept, [(reason, place)] = tell_all(data, form)
        assert kept == [held[0], held[2]]
        assert "UTF8" in reason
        assert place == "row 2"


# Columns that follow from others.


def later(row: dict[str, Any]) -> None:
    row["time"]["latest"] = datetime(2030, 1, 1, tzinfo=UTC)


def unbounded(row: dict[str, Any]) -> None:
    row["time"]["earliest"] = None


def otherwise_known(row: dict[str, Any]) -> None:
    row["time"]["end_is"] = "open"


def other_kinds(row: dict[str, Any]) -> None:
    row["kinds"] = ["crossing", "approach"]


def no_kinds(row: dict[str, Any]) -> None:
    row["kinds"] = []


def other_instant(row: dict[str, Any]) -> None:
    row["recorded_at"]["instant"] = datetime(2024, 9, 8, 12, 0, 0, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        (later, "/time/latest"),
        (unbounded, "/time/earliest"),
        (otherwise_known, "/time/end_is"),
        (other_instant, "/recorded_at/instant"),
        (other_kinds, "/kinds/1"),
        (no_kinds, "/kinds/0"),
    ],
)
def test_a_derived_column_that_contradicts_the_rest_is_told_and_the_rest_counts(
    change: Callable[[dict[str, Any]], None], pointer: str
) -> None:
    held, [(reason, place)] = tell_all(changed(change))
    assert held == [FIRST, SECOND]
    assert reason.startswith("the value of the derived column contradicts")
    assert place == f"row 1, {pointer}"


def test_a_contradiction_deep_within_is_told_with_its_pointer() -> None:
    counted = incursion(
        objects=[
            {"category": "missile"},
            {"category": "missile", "count": {"best": 2, "as_of": "2024"}},
        ]
    )

    def change(row: dict[str, Any]) -> None:
        row["objects"][1]["count"]["as_of"]["earliest"] = None

    held, [(_, place)] = tell_all(changed(change, counted))
    assert held == [counted]
    assert place == "row 1, /objects/1/count/as_of/earliest"


def test_bounds_without_a_text_are_told() -> None:
    def change(row: dict[str, Any]) -> None:
        row["recorded_at"] = {"value": None, "instant": datetime(2024, 9, 8, tzinfo=UTC)}

    held, [(_, place)] = tell_all(changed(change))
    assert [to_json(one) for one in held] == [
        to_json(incursion(recorded_at=None)),
        to_json(SECOND),
    ]
    assert place == "row 1, /recorded_at/instant"


def test_instants_that_no_calendar_holds_are_told() -> None:
    times = our_table()["time"].combine_chunks()
    far = pa.array([2**62, -(2**62)], pa.timestamp("us", "UTC"))
    fields = [times.type.field(n) for n in range(times.type.num_fields)]
    arrays = [far if field.name == "latest" else times.field(field.name) for field in fields]
    table = with_column("time", pa.StructArray.from_arrays(arrays, fields=fields))
    held, told = tell_all(in_parquet(table))
    assert held == [FIRST, SECOND]
    assert [place for _, place in told] == ["row 1, /time/latest", "row 2, /time/latest"]


# The header.


@pytest.mark.parametrize(
    ("header", "reason"),
    [
        (b'{"type":"feed","schema_version":"2.0"}', "schema version 2.0 is not supported"),
        (b'{"type":"feed"}', 'has no "schema_version"'),
        (
            b'{"type":"feed","schema_version":"1.0","schema_version":"1.0"}',
            "the key appears twice",
        ),
        (b"\xff{", ""),
        (b"no header", ""),
    ],
)
def test_a_header_that_is_not_right_is_told(header: bytes, reason: str) -> None:
    table = our_table()
    told_headers: list[Any] = []
    problems: list[FeedError] = []
    for data, form in (
        (
            in_parquet(
                table.replace_schema_metadata({TABLE_KEY: b"incursions", HEADER_KEY: header})
            ),
            PARQUET,
        ),
        (
            in_arrow(
                table.replace_schema_metadata({TABLE_KEY: b"incursions", HEADER_KEY: header})
            ),
            ARROW,
        ),
    ):
        assert form.read is not None
        held = list(
            form.read(io.BytesIO(data), on_problem=problems.append, on_header=told_headers.append)
        )
        assert held == [FIRST, SECOND]
    assert told_headers == []
    assert problems
    assert all(reason in problem.reason for problem in problems)


# Bytes that were changed.


def test_rows_that_a_group_promises_and_does_not_have_are_told() -> None:
    assert list(_parts(iter([]), 5, 3)) == [Part(5, 3, reason="the rows are missing")]


def test_a_broken_group_of_rows_hides_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(arrow_tables_module, "_BATCH", 2)
    source = smallest(ae.Source)
    held = [source.replace(id=f"s-{n}", note=f"note {n}") for n in range(40)]
    data = bytearray(written(*held))
    metadata = pq.read_metadata(io.BytesIO(bytes(data)))
    group = metadata.row_group(1)
    notes = next(
        group.column(n)
        for n in range(group.num_columns)
        if group.column(n).path_in_schema == "note"
    )
    end = notes.data_page_offset + notes.total_compressed_size
    data[(notes.dictionary_page_offset or notes.data_page_offset) + 40] ^= 0xFF
    assert end < len(data)
    kept, [(reason, place)] = tell_all(bytes(data))
    assert kept == [*held[:16], *held[32:]]
    assert "CRC" in reason or "read" in reason.lower()
    assert place == "rows 17 to 32"


def test_rows_that_the_file_promises_and_does_not_have_are_told() -> None:
    stream = io.BytesIO()
    schema = schema_of("officials").with_metadata({TABLE_KEY: b"officials"})
    with pq.ParquetWriter(stream, schema):
        pass
    data = stream.getvalue()
    # The file's own count of rows, the third field of the Thrift struct at its end, is 0: an
    # integer field that follows the list of the schema's columns, and precedes the row groups.
    at = data.index(b"\x16\x00\x19\x0c\x19")
    patched = data[: at + 1] + b"\x06" + data[at + 2 :]
    assert tell_all(data) == ([], [])
    assert tell_all(patched) == (
        [],
        [("according to its metadata, the file has 3 rows, but 0 rows were read", "from row 1")],
    )


SOURCES = [
    smallest(ae.Source).replace(published="2024-09-09", recorded_at="2024-09-09T08:00:00Z"),
    smallest(ae.Source).replace(id="b", claims=[{"aspect": "intent", "value": "reckless"}]),
]
PARQUET_BYTES, ARROW_BYTES = written(*SOURCES), written(*SOURCES, form=ARROW)
edits = st.lists(st.tuples(st.integers(0, 2**20), st.integers(1, 255)), min_size=1, max_size=4)


def with_edits(data: bytes, changes: list[tuple[int, int]]) -> bytes:
    edited = bytearray(data)
    for at, by in changes:
        edited[at % len(data)] ^= by
    return bytes(edited)


@settings(max_examples=150, deadline=None)
@given(changes=edits)
def test_changed_bytes_of_parquet_are_told_or_change_nothing(
    changes: list[tuple[int, int]],
) -> None:
    held, told = tell_all(with_edits(PARQUET_BYTES, changes))
    assert told or [to_json(one) for one in held] == [to_json(one) for one in SOURCES]


@settings(max_examples=150, deadline=None)
@given(changes=edits)
def test_changed_bytes_of_arrow_end_in_records_or_are_told(changes: list[tuple[int, int]]) -> None:
    held, _ = tell_all(with_edits(ARROW_BYTES, changes), ARROW)
    assert all(isinstance(record, ae.Source) for record in held)


@both_formats
@settings(max_examples=50, deadline=None)
@given(data=st.binary(max_size=200), end=st.sampled_from([b"", b"PAR1", b"ARROW1"]))
def test_any_bytes_are_told(form: Format, data: bytes, end: bytes) -> None:
    held, told = tell_all(end + data + end, form)
    assert held == []
    assert len(told) == 1
