"""The validator: what it says of every kind of fault, and that it hides none and loses none."""

import gc
import gzip
import io
import itertools
import json
import sys
import unicodedata
import weakref
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError
from pydantic_core import InitErrorDetails, PydanticCustomError

import airspace_events as ae
from airspace_events.feeds.id_table import IdTable
from airspace_events.feeds.locating import RawRecord, pointer, position
from airspace_events.feeds.reading import Entry
from airspace_events.models.base import BaseRecord
from airspace_events.models.records import RECORD_CLASSES
from airspace_events.reference.tables import RESERVED_ALLIANCES
from airspace_events.testing import strategies as aes
from airspace_events.validation.codes import CODES, FAMILIES
from airspace_events.validation.facts import facts_of
from airspace_events.validation.notices import Where
from airspace_events.validation.record_check import shape_notices
from airspace_events.validation.references import ReferenceCheck
from airspace_events.validation.rendering import RENDERERS, json_lines, text_lines
from airspace_events.validation.settings import Settings
from airspace_events.values.base import Value
from airspace_events.values.field_names import claimed_field
from airspace_events.values.structure import FieldShape, fields_of, named_records
from airspace_events.vocabulary.codebook import vocabularies
from small_feeds import INCURSION, SOURCE, STATEMENT, more

HEADER = '{"type":"feed","schema_version":"1.0"}'
SERIES = (
    '{"type":"series","id":"many","kind":"other","title":"many","time":{"value":"2024"},'
    '"objects":[{"category":"missile","id":"one"}]}'
)
REFERENCE_CODES = {"unresolved_reference", "wrong_kind_of_record", "duplicate_id", "reserved_id"}


def feed(*records: str) -> str:
    return "\n".join([HEADER, *records, ""])


def document(*records: str) -> str:
    return HEADER[:-1] + ',"records":[' + ",".join(records) + "]}"


# What rules say is tested beside them; these tests are about bytes, shapes and references.
WITHOUT_RULES = Settings.of(select=["feeds", "shape", "references", "reports"])


def check(*feeds: str | bytes, **options: Any) -> ae.Report:
    streams = [io.BytesIO(f.encode() if isinstance(f, str) else f) for f in feeds]
    return ae.validate(*streams, **{"settings": WITHOUT_RULES, **options})


def said(report: ae.Report) -> list[tuple[str, str]]:
    return [(notice.code, notice.pointer) for notice in report.notices]


def test_a_header_of_a_later_version_says_so_before_its_new_fields() -> None:
    later = b'{"type":"feed","schema_version":"1.1","mood":"calm"}\n' + SOURCE.encode()
    notices = ae.validate(io.BytesIO(later)).notices
    assert [notice.code for notice in notices] == ["schema_version_newer", "unknown_field"]
    assert (notices[0].column, notices[0].pointer) == (33, "/schema_version")
    unreadable = later.replace(b'"1.1"', b'"one"')
    codes = [notice.code for notice in ae.validate(io.BytesIO(unreadable)).notices]
    assert sorted(codes) == ["malformed_value", "unknown_field"]


def test_a_valid_feed_has_no_notices() -> None:
    report = check(feed(SOURCE, INCURSION, STATEMENT, SERIES))
    assert report.notices == ()
    assert report.ok
    assert report.records == {"incursion": 1, "series": 1, "source": 1, "statement": 1}
    assert report.counts == {"error": 0, "warning": 0, "info": 0}
    assert report.files == ("-",)


# Every code: a feed that causes it, and nothing else; ¶ stands where the notice leads.


@dataclass
class Row:
    """What a code is caused by, and what its notice says."""

    code: str
    marked: str | bytes
    pointer: str = ""
    suggestion: str | None = None
    record: str | None = None
    line: int = 1
    column: int = 1
    options: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if isinstance(self.marked, str):
            assert self.marked.count("¶") == 1
            self.line, self.column = position(self.marked, self.marked.index("¶"))

    @property
    def data(self) -> bytes:
        return (
            self.marked
            if isinstance(self.marked, bytes)
            else self.marked.replace("¶", "").encode()
        )


def in_source(code: str, members: str, pointer: str, suggestion: str | None = None) -> Row:
    return Row(code, feed(more(SOURCE, members)), pointer, suggestion, "s")


def in_incursion(code: str, members: str, pointer: str, suggestion: str | None = None) -> Row:
    return Row(code, feed(SOURCE, more(INCURSION, members)), pointer, suggestion, "lv")


def in_claim(code: str, members: str, pointer: str, suggestion: str | None = None) -> Row:
    claim = f'"claims":[{{"aspect":"field",{members}}}]'
    return in_source(code, claim, f"/claims/0{pointer}", suggestion)


def with_geometry(code: str, geometry: str, pointer: str) -> Row:
    return in_incursion(code, f'"places":[{{"geometry":{geometry}}}]', f"/places/0{pointer}")


WHOLE = feed(SOURCE).encode()


def versioned(version: str, *, pretty: bool = False) -> str:
    if pretty:
        return f'{{\n "type": "feed",\n "schema_version": {version},\n "records": [{SOURCE}]}}'
    return HEADER.replace('"1.0"', version) + "\n" + SOURCE


ROWS = [
    Row("byte_order_mark", b"\xef\xbb\xbf" + WHOLE),
    Row("wrong_encoding", feed(SOURCE).encode("utf-16")),
    Row(
        "wrong_encoding",
        WHOLE.replace(b"UNN", b"\xc3\xb6\xff"),
        line=2,
        column=SOURCE.index("UNN") + 2,
        record="s",
    ),
    Row("damaged_gzip", gzip.compress(WHOLE, mtime=0)[:10] + b"\xff" * 40),
    Row("truncated_input", gzip.compress(WHOLE, mtime=0)[:-9]),
    Row("truncated_record", f'{feed(SOURCE)}{{"type":"source"¶'),
    Row("truncated_record", f'{feed(SOURCE)}{{"type":"source"¶\n'),
    Row("truncated_record", f'{feed(SOURCE)}{{"type":"source¶'),
    Row("json_syntax", f'{feed(SOURCE)}{{"ţ":1,¶}}'),
    Row("json_syntax", f"{feed(SOURCE)}{{¶]"),
    Row("json_syntax", f"{feed(SOURCE)}{{¶]\n"),
    Row("json_syntax", f"{feed(SOURCE)}{SOURCE[:-1]}}} ¶x\n", record="s"),
    Row("json_syntax", f"{feed(SOURCE)}{{}}¶}}\n"),
    Row("json_syntax", document(SOURCE, INCURSION) + "\n¶,"),
    Row("json_syntax", f"¶[{SOURCE}]"),
    Row("nested_too_deeply", f"{feed(SOURCE)}{'[' * 201}¶{'[' * 99}"),
    Row(
        "record_too_large",
        feed(SOURCE, "¶" + more(INCURSION, f'"note":"{"x" * 200}"')),
        options={"limits": ae.Limits(record_bytes=200)},
    ),
    Row(
        "feed_too_large",
        f"¶{document(SOURCE, INCURSION)}",
        options={"limits": ae.Limits(document_bytes=200)},
    ),
    Row(
        "feed_too_large",
        f"¶{HEADER}\n{SOURCE}\n{INCURSION}\n{INCURSION}",
        options={"limits": ae.Limits(unpacked_bytes=len(HEADER) + 50)},
    ),
    Row("no_records", "¶"),
    Row("no_records", "¶\n \n"),
    Row("no_records", f"¶{HEADER}\n"),
    Row("no_records", f"¶{document()}"),
    in_source("duplicate_key", '¶"kind":"broadcast"', "/kind"),
    in_source("duplicate_key", '¶"kind" :"broadcast"', "/kind"),
    in_source("duplicate_key", r'¶"k\u0069nd":"broadcast"', "/kind"),
    in_source("duplicate_key", '"extensions":{"a.b":[{"~":1,¶"~":1}]}', "/extensions/a.b/0/~0"),
    Row("duplicate_key", f'{HEADER[:-1]},¶"type":"feed"}}\n{SOURCE}', "/type"),
    Row("header_missing", f"¶{SOURCE}"),
    Row("header_missing", f"\n¶{SOURCE}"),
    Row("schema_version_unknown", versioned('¶"2.0"'), "/schema_version"),
    Row("schema_version_unknown", versioned('¶"0.9"'), "/schema_version"),
    Row("schema_version_unknown", versioned('¶"2.0"', pretty=True), "/schema_version"),
    Row("schema_version_newer", versioned('¶"1.1"'), "/schema_version"),
    Row("malformed_value", versioned('¶"1"'), "/schema_version"),
    Row("malformed_value", versioned('¶"01.0"'), "/schema_version"),
    Row("missing_field", f'¶{{"type":"feed"}}\n{SOURCE}', "/schema_version"),
    Row("wrong_type", versioned("¶1.0", pretty=True), "/schema_version"),
    Row(
        "unknown_field",
        versioned('"1.0", \n  ¶"publishers": 1', pretty=True),
        "/publishers",
        "publisher",
    ),
    Row(
        "missing_field",
        feed(f"¶{SOURCE}".replace(',"publisher":"UNN"', "")),
        "/publisher",
        None,
        "s",
    ),
    in_incursion("missing_field", '"zones":[¶{"type":"R"}]', "/zones/0/entry"),
    in_source("missing_field", '"claims":[¶{"value":"x"}]', "/claims/0/aspect"),
    Row("missing_field", feed(SOURCE, "¶{}"), "/type"),
    in_source("unknown_field", '¶"titel":"a"', "/titel", "title"),
    in_source("unknown_field", '¶"a~/b":"a"', "/a~0~1b"),
    in_source(
        "unknown_field",
        '"claims":[{"aspect":"field","fields":["occurrence"],¶"polaritty":"denied"}]',
        "/claims/0/polaritty",
        "polarity",
    ),
    Row("unknown_record_type", feed(SOURCE, '{"type":¶"sauce"}'), "/type", "source"),
    Row("unknown_record_type", feed(SOURCE, f'{{"type":¶{"[1]"}}}'), "/type"),
    Row("misplaced_header", feed(SOURCE, f"¶{HEADER}")),
    Row("wrong_type", feed(SOURCE, "¶5")),
    Row("wrong_type", feed(SOURCE, "¶[{}]")),
    in_source("wrong_type", '"title":¶5', "/title"),
    in_source("wrong_type", '"revision":¶true', "/revision"),
    in_source("wrong_type", '"revision":¶1.0', "/revision"),
    in_source("wrong_type", '"claims":¶{}', "/claims"),
    in_source("wrong_type", '"claims":[¶5]', "/claims/0"),
    in_source("wrong_type", '"extensions":¶[]', "/extensions"),
    in_incursion(
        "value_not_in_vocabulary",
        '"objects":[{"category":¶"dron"}]',
        "/objects/0/category",
        "uncrewed_aircraft",
    ),
    in_source(
        "value_not_in_vocabulary",
        '"claims":[{"aspect":¶"intend"}]',
        "/claims/0/aspect",
        "intent",
    ),
    with_geometry(
        "value_not_in_vocabulary", '{"type":¶"Circle","coordinates":[0,0]}', "/geometry/type"
    ),
    Row(
        "unknown_state_code",
        feed(SOURCE, INCURSION.replace('"LV"', '¶"UK"')),
        "/state",
        "GB",
        "lv",
    ),
    in_incursion("unknown_state_code", '"detected_by":["RO",¶"XY"]', "/detected_by/1"),
    in_incursion("unknown_state_code", '"detected_by":[¶"EL"]', "/detected_by/0", "GR"),
    Row(
        "unknown_time_zone",
        feed(SOURCE, INCURSION.replace('-07"', '-07","timezone":¶"Europe/Bucarest"')),
        "/time/timezone",
        "Europe/Bucharest",
        "lv",
    ),
    Row("malformed_id", feed(SOURCE.replace('"s"', '¶"A Source"')), "/id", "a-source", "A Source"),
    Row("malformed_id", feed(SOURCE.replace('"s"', r'¶"\u0000"')), "/id", None, r"\u0000"),
    in_incursion("malformed_id", '"during":[¶"a--b"]', "/during/0", "a-b"),
    in_incursion("malformed_id", '"during":[¶"RO"]', "/during/0", "ro"),
    Row(
        "malformed_time",
        feed(SOURCE, INCURSION.replace('"2024-09-07"', '¶"2024-9-7"')),
        "/time/value",
        "2024-09-07",
        "lv",
    ),
    in_source("malformed_time", '"published":¶"yesterday"', "/published"),
    in_source("malformed_value", '"url":¶"example.org"', "/url"),
    in_source("malformed_value", '"retrieved_at":¶"1700000000"', "/retrieved_at"),
    in_source("malformed_value", '"retrieved_at":¶"2024-02-30T00:00:00Z"', "/retrieved_at"),
    in_source("malformed_value", '"retrieved_at":¶"2024-13-08T02:25:00-03:00"', "/retrieved_at"),
    in_source("malformed_value", '"extensions":{¶"short":1}', "/extensions/short"),
    in_source("naive_datetime", '"retrieved_at":¶"2024-09-08T02:25:00"', "/retrieved_at"),
    in_source("naive_datetime", '"published":¶"2024-09-08T02:25:00"', "/published"),
    in_source("number_as_date", '"retrieved_at":¶1700000000', "/retrieved_at"),
    in_source("number_as_date", '"published":¶2024', "/published"),
    in_incursion("not_finite", '"duration":{"best":¶NaN,"unit":"min"}', "/duration/best"),
    in_incursion("not_finite", '"duration":{"best":¶-Infinity,"unit":"min"}', "/duration/best"),
    in_incursion("not_finite", '"duration":{"best":¶1e999,"unit":"min"}', "/duration/best"),
    with_geometry(
        "not_finite", '{"type":"Point","coordinates":[1,¶NaN]}', "/geometry/coordinates/1"
    ),
    in_source("not_finite", '"extensions":{"a.b":¶NaN}', "/extensions/a.b"),
    in_source("not_finite", '"extensions":{"a.b":{"x":[1,¶1E400]}}', "/extensions/a.b/x/1"),
    in_source("inexact_number", '"extensions":{"a.b":[1,¶1e-400]}', "/extensions/a.b/1"),
    in_source("inexact_number", '"extensions":{"a.b":¶0.12345678901234567}', "/extensions/a.b"),
    in_incursion(
        "inexact_number",
        '"duration":{"best":¶1.00000000000000000001,"unit":"s"}',
        "/duration/best",
    ),
    in_source("unsafe_integer", '"extensions":{"a.b":¶9007199254740992}', "/extensions/a.b"),
    in_source(
        "unsafe_integer",
        '"extensions":{"a.b":[1.5,{"x":["9007199254740993",¶-9007199254740993]}]}',
        "/extensions/a.b/1/x/1",
    ),
    in_source("out_of_range", '"revision":¶0', "/revision"),
    in_incursion(
        "out_of_range",
        '"totals":{"crossings":{"best":¶12345678901234567890}}',
        "/totals/crossings/best",
    ),
    with_geometry(
        "out_of_range", '{"type":"Point","coordinates":[1,¶91]}', "/geometry/coordinates/1"
    ),
    in_source("wrong_length", '"title":¶""', "/title"),
    Row(
        "wrong_length",
        feed(INCURSION.replace('[{"source":"s"}]', "¶[]"), SOURCE),
        "/sources",
        None,
        "lv",
    ),
    Row("wrong_length", feed(SOURCE.replace('"s"', f'¶"{"a" * 129}"')), "/id", None, "a" * 128),
    with_geometry(
        "wrong_length", '{"type":"LineString","coordinates":¶[[0,0]]}', "/geometry/coordinates"
    ),
    in_incursion(
        "bounds_out_of_order", '"totals":{"crossings":¶{"min":3,"max":2}}', "/totals/crossings"
    ),
    in_incursion("empty_value", '"totals":{"crossings":¶{}}', "/totals/crossings"),
    in_incursion("unit_missing", '"duration":¶{"best":5}', "/duration"),
    in_incursion("wrong_unit", '"duration":¶{"best":5,"unit":"km"}', "/duration"),
    Row(
        "end_contradicted",
        feed(
            '{"type":"official","id":"o","name":"O","tenures":'
            '[¶{"post":"p","of":"RO","last_day":"2024","ongoing":true}]}'
        ),
        "/tenures/0",
        None,
        "o",
    ),
    in_source("claim_without_value", '"claims":[¶{"aspect":"intent"}]', "/claims/0"),
    with_geometry(
        "malformed_position", '{"type":"Point","coordinates":¶[0]}', "/geometry/coordinates"
    ),
    with_geometry(
        "ring_not_closed",
        '¶{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,1]]]}',
        "/geometry",
    ),
    Row(
        "dangling_field",
        feed(SOURCE, INCURSION.replace('"s"}]', '"s","supports":["state",¶"objects.jets"]}]')),
        "/sources/0/supports/1",
        None,
        "lv",
    ),
    Row(
        "malformed_field_name",
        feed(SOURCE, INCURSION.replace('"s"}]', '"s","supports":["state",¶"/objects/0"]}]')),
        "/sources/0/supports/1",
        "objects.<id>",
        "lv",
    ),
    in_claim(
        "unknown_field_name",
        '"fields":[¶"objects.jets.coutn"]',
        "/fields/0",
        "objects.jets.count",
    ),
    in_claim("misplaced_claim_value", '"fields":["occurrence"],"value":¶"reported"', "/value"),
    in_claim("misplaced_claim_value", '"fields":["depth"],"count":¶{"best":2}', "/count"),
    in_source(
        "suspected_with_likelihood",
        '"claims":[{"aspect":"intent","value":"reckless","polarity":"suspected",'
        '"likelihood":¶"likely"}]',
        "/claims/0/likelihood",
    ),
    in_incursion(
        "unknown_place",
        '"places":[{"id":"a"}],"effects":[{"kind":"injury","place":¶"b"}]',
        "/effects/0/place",
    ),
    in_incursion("duplicate_item_id", '"places":[{"id":"a"},{"id":¶"a"}]', "/places/1/id"),
    Row(
        "nowhere",
        feed(SOURCE, "¶" + INCURSION.replace('"state":"LV","crossing":"reported",', "")),
        "",
        None,
        "lv",
    ),
    in_incursion(
        "counted_twice",
        '"objects":[{"category":"missile"}],"totals":{"objects":¶{"best":1}}',
        "/totals/objects",
    ),
    Row(
        "crossing_without_state",
        feed(SOURCE, INCURSION.replace('"state":"LV","crossing":', '"zones":[],"crossing":¶')),
        "/crossing",
        None,
        "lv",
    ),
    Row(
        "crossing_missing",
        feed(
            SOURCE,
            more(INCURSION.replace('"crossing":"reported",', ""), '"entered_from":¶["BY"]'),
        ),
        "/entered_from",
        None,
        "lv",
    ),
    in_incursion(
        "exact_and_approximate",
        '"totals":{"crossings":¶{"best":3,"roughly":3}}',
        "/totals/crossings",
    ),
    in_incursion("unchecked_category", '"objects":[¶{"category":"bird"}]', "/objects/0"),
    Row("duplicate_id", feed(SOURCE, SOURCE.replace('"s"', '¶"s"')), "/id", None, "s"),
    Row(
        "duplicate_id",
        feed(SOURCE, STATEMENT.replace('"said"', '¶"s"')),
        "/id",
        None,
        "s",
    ),
    Row(
        "unresolved_reference",
        feed(SOURCE.replace('"s"', '"unn-lv"'), INCURSION.replace('"s"', '¶"unn-lt"')),
        "/sources/0/source",
        "unn-lv",
        "lv",
    ),
    Row(
        "unresolved_reference",
        feed(more(STATEMENT, '"about":["RO",¶"nto"]')),
        "/about/1",
        "nato",
        "said",
    ),
    Row(
        "unresolved_reference",
        feed(
            SERIES,
            SOURCE,
            more(INCURSION, '"objects":[{"category":"missile","same_as":[¶"many#two"]}]'),
        ),
        "/objects/0/same_as/0",
        "many#one",
        "lv",
    ),
    Row(
        "wrong_kind_of_record",
        feed(SOURCE, SERIES, INCURSION.replace('"s"', '¶"many"')),
        "/sources/0/source",
        None,
        "lv",
    ),
    Row(
        "reserved_id",
        feed('{"type":"alliance","id":¶"nato","name":"N","kind":"coalition"}'),
        "/id",
        None,
        "nato",
    ),
    Row(
        "notices_left_out",
        feed(SOURCE, "¶5"),
        options={"notices_per_code": 0},
    ),
]

# Codes that no feed causes: a net for what a later pydantic may say, and failures of own rules.
WITHOUT_FEED = {"invalid_value", "rule_failed"}


def test_every_code_has_a_row() -> None:
    families = ("feeds", "shape", "references", "reports")
    told = {code.name for family in families for code in FAMILIES[family]}
    assert {row.code for row in ROWS} | WITHOUT_FEED == told


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.code)
def test_every_code_is_caused_by_its_feed_at_its_place(row: Row) -> None:
    report = check(row.data, **row.options)
    assert [notice.code for notice in report.notices] == [row.code]
    notice = report.notices[0]
    assert (notice.line, notice.column) == (row.line, row.column)
    assert notice.pointer == row.pointer
    assert notice.suggestion == row.suggestion
    assert notice.record == row.record
    assert notice.file == "-"
    assert notice.severity == CODES[row.code].severity


def test_what_pydantic_never_said_before_is_an_invalid_value() -> None:
    problem = PydanticCustomError("said_by_a_later_pydantic", "not\nas it\u202e should be")
    details = InitErrorDetails(type=problem, loc=("source", "title"), input="x")
    error = ValidationError.from_exception_data("Source", [details])
    data = more(SOURCE, '"title":"x"').encode()
    [notice] = shape_notices(Entry(RawRecord(data, 7), error=error), "f", lambda _: True)
    assert (notice.code, notice.line, notice.pointer) == ("invalid_value", 7, "/title")
    assert data[notice.column - 1 :].startswith(b'"x"')
    assert notice.message.isprintable()


def test_every_code_has_a_severity_and_a_meaning() -> None:
    for name, code in CODES.items():
        assert code.name == name
        assert code.severity in {"error", "warning", "info"}
        assert code.meaning.endswith(".")


# Messages, where they are easily wrong.


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (in_source("", '¶"extensions":{"short":1}', ""), '"short" is not a namespace'),
        (in_incursion("", '¶"totals":{"crossings":{"best":5.5}}', ""), "whole number"),
        (in_incursion("", '¶"totals":{"crossings":{"best":-1}}', ""), "at least 0"),
        (in_source("", '¶"published":20240907', ""), "is not a date"),
        (in_incursion("", '¶"objects":[{"category":"drone"}]', ""), "not an object category"),
    ],
)
def test_messages_name_what_is_demanded(row: Row, words: str) -> None:
    assert words in check(row.data).notices[0].message


@pytest.mark.parametrize(
    "record",
    [
        INCURSION.replace('{"source":"s"}', '{"source":5}'),
        INCURSION.replace('{"source":"s"}', "{}"),
        STATEMENT.replace('"RO"', '"XY"'),
        INCURSION.replace('{"source":"s"}', '{"source":"s","reliability":"G"}'),
    ],
)
def test_a_bad_item_does_not_make_its_list_too_short(record: str) -> None:
    report = check(feed(SOURCE, record))
    assert [code for code, _ in said(report) if code == "wrong_length"] == []
    assert report.counts["error"] == 1


# A bad record hides no other.

BAD = {
    "truncated": SOURCE[:-9],
    "no JSON": '{"type":"source",}',
    "no object": "5",
    "no type": "{}",
    "unknown type": '{"type":"sauce","id":"x"}',
    "no UTF-8": "\udcff",
    "unknown field": more(SOURCE.replace('"s"', '"x"'), '"titel":1'),
    "deep": "[" * 1_000,
    "deeper": "[" * 100_000,
    "control": '{"a\x01":1}',
    "surrogate": r'{"a":"\ud800"}',
}


@pytest.mark.parametrize("bad", BAD.values(), ids=BAD.keys())
@pytest.mark.parametrize("at", [0, 7, 20])
def test_a_bad_record_hides_no_other(bad: str, at: int) -> None:
    good = [SOURCE.replace('"s"', f'"s{number}"') for number in range(20)]
    data = "\n".join([HEADER, *good[:at], bad, *good[at:]]).encode(errors="surrogateescape")
    report = check(data)
    assert report.records["source"] == 20 + ('"source"' in bad and "titel" in bad)
    assert sum(report.records.values()) == 21
    assert report.counts == {"error": 1, "warning": 0, "info": 0}
    assert [notice.line for notice in report.notices] == [at + 2]


SHAPES = ["5", "{}", '{"type":"sauce","id":"x"}', BAD["unknown field"], "[" * 300 + "]" * 300]


@pytest.mark.parametrize("bad", SHAPES)
@pytest.mark.parametrize("gap", ["", "\n"])
def test_a_bad_record_hides_no_other_in_a_document(bad: str, gap: str) -> None:
    good = [SOURCE.replace('"s"', f'"s{number}"') for number in range(20)]
    data = document(*[gap + record for record in [*good[:7], bad, *good[7:]]])
    report = check(data)
    assert report.records["source"] == 20 + ("titel" in bad)
    assert report.counts["error"] == 1
    notice = report.notices[0]
    start = data.index(f",{gap}{bad},") + 1 + len(gap)
    line, column = position(data, start)
    assert (notice.line, notice.column >= column) == (line, True)


@given(st.lists(aes.records(), max_size=4), st.sampled_from(list(BAD.values())), st.integers(0, 4))
def test_a_bad_record_among_any_hides_none(made: list[BaseRecord], bad: str, at: int) -> None:
    lines = [ae.to_json(record) for record in made]
    header = HEADER.encode()
    alone = check(b"\n".join([header, *lines]))
    # No record that is made names this one: nothing is said of what names a bad record.
    bad = bad.replace('"s"', '"the-bad-record"').replace('"x"', '"the-bad-record"')
    lines.insert(at, bad.encode(errors="surrogateescape"))
    report = check(b"\n".join([header, *lines]))
    assert sum(report.records.values()) == len(made) + 1
    before = Counter((n.code, n.record, n.pointer) for n in alone.notices)
    after = Counter((n.code, n.record, n.pointer) for n in report.notices)
    del before["no_records", None, ""]
    assert (after - before).total() == 1
    assert before - after == Counter()


# References.


def test_references_lead_forward_and_backward() -> None:
    assert check(feed(INCURSION, SOURCE)).ok
    assert check(feed(SOURCE, INCURSION)).ok


@pytest.mark.parametrize("swap", [False, True])
def test_references_lead_across_files(*, swap: bool) -> None:
    feeds = [feed(SOURCE), feed(INCURSION)]
    assert check(*(reversed(feeds) if swap else feeds)).ok
    assert not check(feed(INCURSION)).ok


def test_notices_of_several_feeds_come_in_the_order_of_the_feeds(tmp_path: Path) -> None:
    files = [tmp_path / "b.jsonl", tmp_path / "a.jsonl"]
    files[0].write_text(feed(INCURSION, "5"), encoding="utf-8")
    files[1].write_text(feed(SOURCE.replace('"s"', '"t"'), "{}"), encoding="utf-8")
    report = ae.validate(*files)
    assert report.files == tuple(map(str, files))
    assert [(notice.file, notice.line, notice.code) for notice in report.notices] == [
        (str(files[0]), 2, "unresolved_reference"),
        (str(files[0]), 3, "wrong_type"),
        (str(files[1]), 3, "missing_field"),
    ]


def test_there_may_be_more_feeds_than_files_may_be_open(tmp_path: Path) -> None:
    resource = pytest.importorskip("resource", reason="only Unix limits the open files")
    files = [tmp_path / f"{number}.jsonl" for number in range(64)]
    for number, file in enumerate(files):
        file.write_text(feed(SOURCE.replace('"s"', f'"s-{number}"')), encoding="utf-8")
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (len(list(Path("/dev/fd").iterdir())) + 16, hard))
    try:
        report = ae.validate(*files)
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    assert report.ok
    assert report.records == {"source": 64}


def test_an_id_twice_is_told_across_files(tmp_path: Path) -> None:
    files = [tmp_path / "a.jsonl", tmp_path / "b.jsonl"]
    for number, file in enumerate(files):
        file.write_text(feed(SOURCE) + "\n" * number, encoding="utf-8")
    [notice] = ae.validate(*files).notices
    assert (notice.code, notice.file, notice.line) == ("duplicate_id", str(files[1]), 2)


@pytest.mark.parametrize("again", ["same name", "other path", "link", "copy", "stream"])
def test_a_feed_that_is_given_twice_is_told_once(again: str, tmp_path: Path) -> None:
    file, copy = tmp_path / "a.jsonl", tmp_path / "b.jsonl"
    file.write_text(feed(SOURCE, more(INCURSION, '"x":1')), encoding="utf-8")
    copy.write_bytes(file.read_bytes())
    (tmp_path / "link.jsonl").symlink_to(file)
    stream = io.BytesIO(file.read_bytes())
    first, second = {
        "same name": (str(file), str(file)),
        "other path": (str(file), str(tmp_path / ".." / tmp_path.name / "a.jsonl")),
        "link": (str(file), str(tmp_path / "link.jsonl")),
        "copy": (str(file), str(copy)),
        "stream": (stream, stream),
    }[again]
    report = ae.validate(first, second)
    assert report.records == {"source": 1, "incursion": 1}
    named = f"is a copy of {first}, so it was not checked again"
    if again in ("same name", "stream"):
        named = "was given twice, but it was checked only once"
    assert [(it.code, it.line, it.message) for it in report.notices if it.line == 1] == [
        ("duplicate_id", 1, f"the feed {named}")
    ]
    assert [it.code for it in report.notices if it.line > 1] == ["unknown_field"]


def test_feeds_of_the_same_size_or_without_records_are_no_copies(tmp_path: Path) -> None:
    for number in range(3):
        (tmp_path / f"{number}.jsonl").write_text(feed(SOURCE.replace('"s"', f'"{number}s"')))
    files = sorted(tmp_path.iterdir())
    assert ae.validate(*files).ok
    for file in files:
        file.write_text(feed())
    assert [it.code for it in ae.validate(*files).notices] == ["no_records"] * 3


def test_revisions_of_a_record_are_no_duplicates() -> None:
    assert check(feed(SOURCE, more(SOURCE, '"revision":2'))).ok
    report = check(feed(SOURCE, more(SOURCE, '"revision":1')))
    assert said(report) == [("duplicate_id", "/id")]


INVALID = {
    "a wrong word": SOURCE.replace("news_report", "x"),
    "an unknown field": more(SOURCE, '"x":1'),
    "a duplicate key": more(SOURCE, '"kind":"broadcast"'),
    "an unknown type": SOURCE.replace('"source"', '"sauce"'),
    "no type": SOURCE.replace('"type":"source",', ""),
    "a type that is no text": SOURCE.replace('"source"', "5"),
}


@pytest.mark.parametrize("invalid", INVALID.values(), ids=INVALID.keys())
@pytest.mark.parametrize("forward", [False, True])
def test_to_name_a_record_that_is_not_valid_is_no_further_fault(
    invalid: str, *, forward: bool
) -> None:
    both = [INCURSION, invalid] if forward else [invalid, INCURSION]
    report = check(feed(*both))
    assert {notice.line for notice in report.notices} == {3 if forward else 2}
    assert report.counts["error"] == 1


def test_to_name_an_object_of_an_incursion_that_is_not_valid_is_no_further_fault() -> None:
    invalid = more(INCURSION, '"titel":1,"objects":[{"category":"missile","id":"one"}]')
    naming = INCURSION.replace('"lv"', '"lt"')
    naming = more(naming, '"objects":[{"category":"missile","same_as":["lv#one"]}]')
    assert said(check(feed(SOURCE, invalid, naming))) == [("unknown_field", "/titel")]


@pytest.mark.parametrize("invalid", INVALID.values(), ids=INVALID.keys())
def test_a_record_that_is_not_valid_takes_its_id_from_no_other(invalid: str) -> None:
    report = check(feed(invalid, SOURCE, INCURSION))
    assert {notice.line for notice in report.notices} <= {2, 3}
    assert "wrong_kind_of_record" not in [code for code, _ in said(report)]
    if '"type":"source"' not in invalid:
        assert report.counts["error"] == 1


@pytest.mark.parametrize("name", sorted(RESERVED_ALLIANCES))
def test_built_in_alliances_may_be_named_and_not_made(name: str) -> None:
    assert check(feed(STATEMENT.replace('"RO"', f'"{name}"'))).ok
    made = f'{{"type":"alliance","id":"{name}","name":"N","kind":"coalition"}}'
    assert said(check(feed(made))) == [("reserved_id", "/id")]


def test_states_may_be_named_without_being_there() -> None:
    assert check(feed(STATEMENT.replace('"RO"', '"RO","XK"'))).ok


def test_a_merged_record_need_not_be_there_but_must_be_of_the_same_type() -> None:
    assert check(feed(more(SOURCE, '"replaces":["gone"]'))).ok
    report = check(feed(SERIES, more(SOURCE, '"replaces":["many"]')))
    assert said(report) == [("wrong_kind_of_record", "/replaces/0")]
    assert "must be a source" in report.notices[0].message


def test_the_id_of_a_deleted_record_leads_to_the_record_that_replaced_it() -> None:
    cited = more(SERIES, '"sources":[{"source":"gone"}]')
    assert said(check(feed(SOURCE, cited))) == [("unresolved_reference", "/sources/0/source")]
    for order in ((0, 1), (1, 0)):
        both = (more(SOURCE, '"replaces":["gone"]'), cited)
        assert check(feed(*(both[number] for number in order))).ok
    # A statement is no source, so the id leads nowhere.
    other = more(STATEMENT, '"replaces":["gone"]')
    assert said(check(feed(other, cited))) == [("unresolved_reference", "/sources/0/source")]


def test_objects_of_incursions_and_series_are_named_by_both_ids() -> None:
    naming = '"objects":[{"category":"missile","same_as":["many#one"]}]'
    assert check(feed(SOURCE, SERIES, more(INCURSION, naming))).ok
    assert check(feed(SOURCE, more(INCURSION, naming), SERIES)).ok


@given(aes.records())
def test_every_unresolved_reference_leads_to_the_name_that_is_not_there(
    record: BaseRecord,
) -> None:
    text = ae.to_json(record).decode()
    for notice in check(feed(text)).notices:
        if notice.code == "unsafe_integer":  # of an extension
            continue
        assert notice.code in REFERENCE_CODES
        named = json.JSONDecoder().raw_decode(text, notice.column - 1)[0]
        assert (notice.line, notice.record) == (2, record.id)
        assert named == at_pointer(json.loads(text), notice.pointer)
        if notice.code == "unresolved_reference":
            assert notice.context["named"] == named


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        # What a draft had, what is misspelt, and what a record has not at all.
        ("airspace", "state"),
        ("airspace.state", "state"),
        ("crossings", "totals.crossings"),
        ("statee", "state"),
        ("totals.crossngs", "totals.crossings"),
        ("objects.fist.count", "objects.first.count"),
        ("objects.first.coutn", "objects.first.count"),
        ("date", "time"),
        ("depth", None),
        ("objects.first.payload", None),
        # Pointers and paths with indices.
        ("/time", "time"),
        ("/objects/0/count", "objects.<id>.count"),
        ("objects.0.count", "objects.<id>.count"),
        ("objects[0].count", "objects.<id>.count"),
        ("$.objects[0].count.best", "objects.<id>.count"),
        ("/objects/0/fates/1/count", "objects.<id>.fates.<id>.count"),
        ("/objects/first/count", "objects.first.count"),
        ("/crossings", "totals.crossings"),
        ("/airspace/state", "state"),
        ("/entered_from/0", "entered_from"),
        ("/claims/0/value", "claims.<id>.value"),
        ("/sources/0", None),
        ("/", None),
        ("Objects.first", None),
        ("/" + 100 * "a", None),
    ],
)
def test_the_name_that_a_citation_means_is_suggested(name: str, meant: str | None) -> None:
    fields = '"totals":{"crossings":{"best":1}},"objects":[{"id":"first","count":{"best":1}}]'
    cited = INCURSION.replace('"s"}]', f'"s","supports":["{name}"]}}]')
    assert cited != INCURSION
    report = ae.validate(io.BytesIO(feed(SOURCE, more(cited, fields)).encode()))
    assert [notice.suggestion for notice in report.notices] == [meant]
    if meant and "<" not in meant and not meant.startswith(("claims", "entered")):
        mended = feed(SOURCE, more(cited.replace(f'"{name}"', f'"{meant}"'), fields))
        assert ae.validate(io.BytesIO(mended.encode())).notices == ()


def at_pointer(value: Any, text: str) -> Any:
    for part in text.split("/")[1:]:
        name = part.replace("~1", "/").replace("~0", "~")
        value = value[int(name)] if isinstance(value, list) else value[name]
    return value


# Planted faults: a valid record, one fault at a random place, and the notice leads there.

Parts = tuple[int | str, ...]


@dataclass
class Raw:
    """Text that stands in a record as it is."""

    text: str


@dataclass
class Spot:
    """A value within a record, and what the annotations say of it."""

    parts: Parts
    value: Any
    model: type[Value] | None = None
    shape: FieldShape | None = None


def spots(value: Any, model: type[Value], at: Parts = ()) -> Iterator[Spot]:
    """All values of a record, its extensions apart."""
    yield Spot(at, value, model)
    for name, held in fields_of(model).items():
        if name in value and name != "extensions":
            # An open value is what the one field named holds, or an item of that field.
            inner = claimed_field(value["fields"][0]).shape if held.is_open else None
            known = replace(inner, many=False) if inner else held
            yield from field_spots(value[name], known, (*at, name))


def field_spots(value: Any, known: FieldShape, at: Parts) -> Iterator[Spot]:
    if isinstance(value, dict):
        tag = next(
            (value[key] for key in ("aspect", "type") if value.get(key) in known.models), ""
        )
        yield from spots(value, known.models[tag], at)
        return
    yield Spot(at, value, None, known)
    if isinstance(value, list):
        for number, item in enumerate(value):
            yield from field_spots(item, known, (*at, number))


class Text:
    """The text of a record with arbitrary white space, and where everything in it stands."""

    def __init__(self, value: Any, gaps: Iterator[str]) -> None:
        self.text = ""
        self.value_at: dict[Parts, int] = {}
        self.name_at: dict[Parts, int] = {}
        self._gaps = gaps
        self._write(value, ())

    def _write(self, value: Any, at: Parts) -> None:
        self.value_at[at] = len(self.text)
        if isinstance(value, dict):
            self._all("{}", [(key, value[key]) for key in value], at)
        elif isinstance(value, list):
            self._all("[]", list(enumerate(value)), at)
        else:
            self.text += value.text if isinstance(value, Raw) else json.dumps(value)

    def _all(self, brackets: str, items: list[tuple[Any, Any]], at: Parts) -> None:
        self.text += brackets[0]
        for number, (key, item) in enumerate(items):
            self.text += ("," if number else "") + next(self._gaps)
            here = (*at, key)
            if brackets == "{}":
                written = key if isinstance(key, Twice) else json.dumps(key)
                self.name_at[(*at, str(key))] = len(self.text)
                self.text += getattr(written, "text", written) + next(self._gaps) + ":"
                self.text += next(self._gaps)
            self._write(item, here)
            self.text += next(self._gaps)
        self.text += brackets[1]


class Twice(str):
    """A key that stands in its object a second time."""

    __slots__ = ("text",)

    def __hash__(self) -> int:
        return id(self)

    def __eq__(self, other: object) -> bool:
        return self is other


Fault = tuple[str, Parts, bool]


def planted_unknown_field(record: Any, found: list[Spot], draw: Any) -> Fault:
    del record
    spot = draw(st.sampled_from([spot for spot in found if spot.model]))
    name = draw(st.sampled_from(["zz", "a~b", "a/b", "", '"', "ţ", "🛩", "\x00", "0", "Type"]))
    spot.value[name] = draw(st.sampled_from([1, None, "x", [], {}]))
    return "unknown_field", (*spot.parts, name), True


def planted_wrong_word(record: Any, found: list[Spot], draw: Any) -> Fault:
    words = [
        spot for spot in found if spot.shape and spot.shape.vocabulary and not is_list(spot.value)
    ]
    spot = draw(st.sampled_from(words)) if words else None
    if spot is None or spot.shape is None:
        record["type"] = "zz"
        return "unknown_record_type", ("type",), False
    put(record, spot.parts, draw(st.sampled_from(["zz", "", "ţ", 99, "\u202e", "Zz Zz", "UK"])))
    name = spot.shape.vocabulary or ""
    is_state = vocabularies()[name].module == "state_codes"
    code = "unknown_state_code" if is_state else "value_not_in_vocabulary"
    return code, spot.parts, False


def planted_bad_state(record: Any, found: list[Spot], draw: Any) -> Fault:
    named = [
        spot
        for spot in found
        if spot.shape and isinstance(spot.value, str)
        if spot.value.isupper() and len(spot.value) == 2
        if spot.shape.reference
    ]
    if not named:
        return planted_wrong_word(record, found, draw)
    spot = draw(st.sampled_from(named))
    put(record, spot.parts, draw(st.sampled_from(["ZZ", "UK", "XX", "EU"])))
    return "unknown_state_code", spot.parts, False


def planted_duplicate(record: Any, found: list[Spot], draw: Any) -> Fault:
    del found
    objects = [(parts, value) for parts, value in everything(record) if value and is_dict(value)]
    parts, value = draw(st.sampled_from(objects))
    key = draw(st.sampled_from(list(value)))
    again = Twice(key)
    again.text = draw(
        st.sampled_from(
            [
                json.dumps(key),
                json.dumps(key, ensure_ascii=False),
                '"' + "".join(f"\\u{code:04x}" for code in utf_16(key)) + '"',
            ]
        )
    )
    value[again] = value[key]
    return "duplicate_key", (*parts, key), True


def planted_removal(record: Any, found: list[Spot], draw: Any) -> Fault:
    del record
    required = [
        (spot, name)
        for spot in found
        if spot.model
        for name, known in fields_of(spot.model).items()
        if known.required and name in spot.value
    ]
    spot, name = draw(st.sampled_from(required))
    del spot.value[name]
    return "missing_field", (*spot.parts, name), False


def planted_not_finite(record: Any, found: list[Spot], draw: Any) -> Fault:
    word = Raw(draw(st.sampled_from(["NaN", "Infinity", "-Infinity", "1e999", "-1E400"])))
    numbers = [
        spot
        for spot in found
        if spot.shape and isinstance(spot.value, int | float) and not isinstance(spot.value, bool)
        if "coordinates" in spot.parts or (spot.shape.form and spot.shape.form.name == "number")
    ]
    if numbers and draw(st.booleans()):
        parts = draw(st.sampled_from(numbers)).parts
        put(record, parts, word)
    else:
        parts = ("extensions", "planted.example", "x", 1)
        record.setdefault("extensions", {})["planted.example"] = {"x": [0, word]}
    return "not_finite", parts, False


def planted_wrong_type(record: Any, found: list[Spot], draw: Any) -> Fault:
    plain = [
        spot
        for spot in found
        if spot.shape and spot.shape.form and not spot.shape.vocabulary
        if isinstance(spot.value, str | bool | int | float) and "coordinates" not in spot.parts
    ]
    lists = [spot for spot in found if is_list(spot.value) and "coordinates" not in spot.parts]
    objects = [spot for spot in found if spot.model and spot.parts]
    spot = draw(st.sampled_from([*plain, *lists, *objects]))
    wrong: list[Any] = [{}, False] if spot in lists else ["", 5] if spot in objects else [{}, []]
    put(record, spot.parts, draw(st.sampled_from(wrong)))
    return "wrong_type", spot.parts, False


def is_list(value: object) -> bool:
    return isinstance(value, list)


def is_dict(value: object) -> bool:
    return isinstance(value, dict)


def utf_16(text: str) -> list[int]:
    data = text.encode("utf-16-be")
    return [int.from_bytes(data[at : at + 2]) for at in range(0, len(data), 2)]


def everything(value: Any, at: Parts = ()) -> Iterator[tuple[Parts, Any]]:
    yield at, value
    pairs = value.items() if is_dict(value) else enumerate(value) if is_list(value) else ()
    for key, item in pairs:
        yield from everything(item, (*at, key))


def put(record: Any, parts: Parts, value: Any) -> None:
    for part in parts[:-1]:
        record = record[part]
    record[parts[-1]] = value


PLANTS: list[Callable[[Any, list[Spot], Any], Fault]] = [
    planted_unknown_field,
    planted_wrong_word,
    planted_bad_state,
    planted_duplicate,
    planted_removal,
    planted_not_finite,
    planted_wrong_type,
]


@pytest.mark.parametrize("plant", PLANTS)
@given(aes.records(), st.data())
def test_a_planted_fault_is_told_where_it_was_planted(
    plant: Callable[[Any, list[Spot], Any], Fault], made: BaseRecord, data: st.DataObject
) -> None:
    record = json.loads(ae.to_json(made))
    found = list(spots(record, RECORD_CLASSES[made.type]))
    code, parts, at_name = plant(record, found, data.draw)
    as_document = data.draw(st.booleans())
    gaps = data.draw(st.lists(st.text(" \t\n\r" if as_document else " \t\r", max_size=3)))
    written = Text(record, itertools.cycle(gaps or [""]))
    before = document(SOURCE)[:-2] + "," if as_document else feed(SOURCE)
    text = before + written.text + ("]}" if as_document else "\n")
    notices = [
        notice
        for notice in check(text).notices
        if notice.code not in REFERENCE_CODES | {"wrong_length", "unsafe_integer"}
    ]
    at = written.name_at if at_name else written.value_at
    expected = at[parts] if parts in at else at[parts[:-1]]
    assert [(notice.code, notice.pointer) for notice in notices] == [(code, pointer(parts))]
    assert (notices[0].line, notices[0].column) == position(text, len(before) + expected)


# The report.


def test_notices_over_the_limit_are_counted_and_left_out() -> None:
    report = check(feed(SOURCE, *["5"] * 30, *["{}"] * 3), notices_per_code=10)
    codes = Counter(notice.code for notice in report.notices)
    assert codes == {"wrong_type": 10, "missing_field": 3, "notices_left_out": 1}
    assert report.counts == {"error": 33, "warning": 0, "info": 1}
    left_out = next(n for n in report.notices if n.code == "notices_left_out")
    assert left_out.context == {"left_out": "wrong_type", "total": 30, "listed": 10}
    assert "30" in left_out.message


def test_the_first_notices_are_those_that_are_listed() -> None:
    report = check(feed(SOURCE, *["5"] * 30), notices_per_code=10)
    assert [n.line for n in report.notices if n.code == "wrong_type"] == list(range(3, 13))


def test_every_fault_of_one_record_is_counted() -> None:
    items = ",".join(["5"] * 120)
    report = check(feed(SOURCE, more(INCURSION, f'"detected_by":[{items}]')), notices_per_code=1)
    assert report.counts["error"] == 120


def test_counts_are_those_of_the_notices_where_none_is_left_out() -> None:
    report = check(b"\xef\xbb\xbf" + feed(SOURCE, "5", "{}", INCURSION).encode())
    severities = Counter(notice.severity for notice in report.notices)
    assert report.counts == {"error": 2, "warning": 1, "info": 0} == {**severities, "info": 0}
    assert not report.ok


def test_warnings_alone_leave_a_feed_valid() -> None:
    report = check(feed(SOURCE).replace('"1.0"', '"1.5"'))
    assert report.ok
    assert report.counts["warning"] == 1


def test_notices_come_in_the_order_of_the_feed() -> None:
    report = check(feed(INCURSION, more(SOURCE, '"b":1,"a":1,"title":5'), "5"))
    places = [(notice.line, notice.column) for notice in report.notices]
    assert places == sorted(places)
    assert len(places) == 4


def test_records_are_counted_by_type_valid_or_not() -> None:
    report = check(feed(SOURCE, SOURCE[:-1], more(SOURCE, '"x":1'), "5", '{"type":"x"}', SERIES))
    assert report.records == {"series": 1, "source": 2, "unknown": 3}


def test_the_same_input_gives_the_same_report() -> None:
    text = feed(INCURSION, "5", more(SOURCE, '"x":1'))
    now = datetime(2024, 9, 18, tzinfo=UTC)
    reports = [check(text, now=now) for _ in range(2)]
    assert reports[0] == reports[1]


def test_validate_needs_a_feed_and_an_aware_now() -> None:
    with pytest.raises(ValueError, match="at least one feed"):
        ae.validate()
    with pytest.raises(ValueError, match="time zone"):
        check(feed(SOURCE), now=datetime(2024, 9, 18))  # noqa: DTZ001 (naive is the point)


@pytest.mark.parametrize("name", ["missing.jsonl", "."])
def test_a_feed_that_cannot_be_opened_is_unreadable(name: str, tmp_path: Path) -> None:
    with pytest.raises(ae.UnreadableError):
        ae.validate(tmp_path / name)


def test_text_is_no_feed() -> None:
    with pytest.raises(TypeError, match="bytes"):
        ae.validate(io.StringIO(feed(SOURCE)))  # type: ignore[arg-type]


# Any bytes at all end in a report.


def is_report(report: ae.Report) -> bool:
    for form, render in RENDERERS.items():
        text = "\n".join(render(report))
        assert is_safe(text), form
    return isinstance(report, ae.Report)


def is_safe(text: str) -> bool:
    """Whether the text has no control and no bidirectional character but its line ends."""
    return all(
        char in "\n " or unicodedata.category(char) not in {"Cc", "Cf", "Cs", "Zl", "Zp"}
        for char in text
    )


@given(st.binary(max_size=400))
@example(b"\xef\xbb\xbf\xef\xbb\xbf")
@example(b"\x1f\x8b")
@example(b'{"records":')
@example(b'"')
@example(b"\x00")
def test_any_bytes_end_in_a_report(data: bytes) -> None:
    assert is_report(check(data))
    assert is_report(check(HEADER.encode() + b"\n" + data))
    assert is_report(check(gzip.compress(data, mtime=0)))


STRUCTURE = ["\n", "{", "}", "[", "]", '"', ",", ":", "\\", " ", "-", "null", "5", "NaN", "1e999"]
WORDS = ["type", "feed", "source", "records", "id", "claims", "aspect", "extensions", "a.b"]
ODD = [r"\ud800", r"\u0000", "\x00", "ţ", HEADER, SOURCE, INCURSION]
pieces = st.sampled_from([*STRUCTURE, *(f'"{word}"' for word in WORDS), *ODD])


@given(st.lists(pieces, max_size=25))
def test_any_pieces_of_json_end_in_a_report(some: list[str]) -> None:
    assert is_report(check("".join(some)))
    assert is_report(check(feed("".join(some))))


ALL_RECORDS = feed(
    SOURCE,
    more(
        INCURSION,
        '"places":[{"geometry":{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,0]]]}}],'
        '"duration":{"best":12.5,"unit":"min"},"objects":[{"category":"missile","id":"one",'
        '"fates":[{"fate":"crashed","by":["RO"],"time":{"value":"2024/..","timezone":"Etc/UTC"}}]'
        '}],"extensions":{"a.b":{"x":[1,null,"\\ud83d\\udee9"]}},"recorded_at":'
        '"2024-09-08T02:25:00+03:00"',
    ),
    more(STATEMENT, '"claims":[{"aspect":"count","counted":"objects","value":{"min":2}}]'),
    SERIES,
).encode()


@given(
    st.sampled_from([ALL_RECORDS, document(*ALL_RECORDS.decode().split("\n")[1:-1]).encode()]),
    st.lists(
        st.tuples(
            st.sampled_from(["cut", "flip", "repeat", "put"]),
            st.floats(0, 1, exclude_max=True),
            st.integers(1, 40),
            st.integers(0, 255),
        ),
        min_size=1,
        max_size=4,
    ),
    st.sampled_from([bytes, gzip.compress]),
)
def test_any_change_of_a_valid_feed_ends_in_a_report(
    data: bytes,
    changes: list[tuple[str, float, int, int]],
    pack: Callable[[bytes], bytes],
) -> None:
    data = pack(data)
    for kind, share, length, byte in changes:
        at = int(share * len(data))
        middle = data[at : at + length]
        changed = {
            "cut": b"",
            "flip": bytes(one ^ byte for one in middle),
            "repeat": middle * 2,
            "put": bytes([byte]) + middle,
        }[kind]
        data = data[:at] + changed + data[at + length :]
    assert is_report(check(data, limits=ae.Limits(unpacked_bytes=100_000)))


@settings(max_examples=15, deadline=None)
@given(st.recursive(st.none() | st.floats() | st.text(max_size=5), st.lists, max_leaves=5))
def test_any_value_of_any_field_ends_in_a_report(value: Any) -> None:
    written = json.dumps(value)
    for model in RECORD_CLASSES.values():
        record = f'{{"type":"{model.model_fields["type"].annotation.__args__[0]}","id":"x"'
        members = "".join(f',"{name}":{written}' for name in list(model.model_fields)[2:])
        assert is_report(check(feed(record + members + "}")))


HOSTILE = {
    "open brackets": feed("[" * 100_000),
    "open braces": feed('{"a":' * 100_000),
    "open brackets in a document": document(SOURCE, "[" * 100_000),
    "open brackets as the feed": "[" * 100_000,
    "brackets in extensions": feed(
        more(SOURCE, '"extensions":{"a.b":' + "[" * 100_000 + "]" * 100_000 + "}")
    ),
    "deep extensions": feed(
        more(SOURCE, '"note" :"a","extensions":{"a.b":' + "[" * 190 + "]" * 190 + "}")
    ),
    "digits": feed(more(SOURCE, '"revision":' + "1" * 1_000_000)),
    "digits of a fraction": feed(
        more(INCURSION, '"duration":{"unit":"s","best":0.' + "1" * 1_000_000 + "}")
    ),
    "digits in extensions": feed(more(SOURCE, '"extensions":{"a.b":' + "1" * 1_000_000 + "}")),
    "lone surrogates": feed(more(SOURCE, '"title":"' + r"\ud800" * 10_000 + '"')),
    "a huge key": feed(more(SOURCE, '"' + "k" * 1_000_000 + '":1')),
    "a huge word": feed(SOURCE.replace("news_report", "n" * 1_000_000)),
    "a huge id": feed(SOURCE.replace('"s"', '"' + "s" * 1_000_000 + '"')),
    "a huge quotation": feed(
        INCURSION.replace('"s"}]', '"s","quote":{"exact":"' + " a" * 400_000 + '"}}]')
    ),
    "a huge time": feed(INCURSION.replace("2024-09-07", "2" * 1_000_000)),
    "a huge name of a field": feed(
        INCURSION.replace('"s"}]', '"s","supports":["a' + ".a" * 400_000 + '"]}]')
    ),
    "many huge names of fields": feed(
        INCURSION.replace(
            '"s"}]', '"s","supports":[' + '"objects.a.fates.a.id",' * 20_000 + '"a"]}]'
        )
    ),
    "backslashes": feed("\\" * 1_000_000),
    "quotes": feed('"' * 1_000_000),
    "colons": feed(more(SOURCE, '"note":"' + r"\":" * 100_000 + '"')),
    "empty lines": "\n" * 100_000,
    "short lines": feed(*["{"] * 5_000),
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_feeds_end_in_a_short_report(text: str) -> None:
    report = check(text)
    assert is_report(report)
    longest = max((len(line) for line in text_lines(report)), default=0)
    assert longest < 2_000
    list(itertools.islice(errors_of(text), 1))


def errors_of(text: str) -> Iterator[ae.FeedError]:
    try:
        list(ae.iter_records(io.BytesIO(text.encode())))
    except ae.FeedError as error:
        yield error


def calls_of(run: Callable[[], object]) -> int:
    """How many functions are called, of Python and of C: a measure of work without a clock."""
    count = 0

    def profile(_: object, event: str, __: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(profile)
    try:
        run()
    finally:
        sys.setprofile(before)
    return count


def test_a_wrong_time_zone_does_not_read_the_time_zones_of_the_world_again() -> None:
    wrong = INCURSION.replace("-07", '-07","timezone":"Europe/Bucarest')
    check(feed(SOURCE, wrong))
    assert calls_of(lambda: check(feed(SOURCE, wrong))) < 5_000


# What leaves is safe to print.

EVIL = "\x00\x07\x1b[31m\x7f\x85\x9b\u200b\u200e\u202e\u2066\u2028\u2029\ufeff\n\r\t"


@pytest.mark.parametrize("render", [text_lines, json_lines])
@pytest.mark.parametrize("ascii_only", [False, True])
def test_no_control_and_no_bidi_character_leaves(
    render: Callable[[ae.Report], Iterator[str]], tmp_path: Path, *, ascii_only: bool
) -> None:
    evil = json.dumps(EVIL)
    if not ascii_only:
        evil = json.dumps(EVIL, ensure_ascii=False).replace("\\u007f", "\x7f")
    lines = [
        SOURCE.replace('"s"', evil),
        SOURCE.replace('"source"', evil),
        SOURCE.replace('"news_report"', evil),
        more(SOURCE, f"{evil}:1"),
        more(SOURCE, f'"claims":[{{"aspect":{evil}}}]'),
        more(SOURCE, f'"extensions":{{{evil}:1}}'),
        more(SOURCE, f'"extensions":{{"a.b":{{{evil}:1,{evil}:2}}}}'),
        INCURSION.replace('"2024-09-07"', evil),
        INCURSION.replace("-07", f'-07","timezone":{evil},"verbatim":"a').replace('"s"', evil),
        INCURSION.replace('"s"}', f'"s","supports":[{json.dumps("/" + EVIL)}]}}'),
        f"{{{evil}",
        evil,
        "\x1b\x7f\u202e",
    ]
    file = tmp_path / f"feed{EVIL[1:].replace('/', '')}.jsonl"
    file.write_text(feed(*lines), encoding="utf-8", newline="")
    report = ae.validate(file)
    assert len(report.notices) >= len(lines)
    output = list(render(report))
    assert is_safe("\n".join(output))
    if render is text_lines:
        assert all("\n" not in line for line in output)
        assert len(output) == len(report.notices) + 1


@given(st.text(st.characters(categories=["Cc", "Cf", "Zl", "Zp", "Co", "L", "P"]), max_size=8))
def test_no_text_of_a_feed_leaves_unsafe(text: str) -> None:
    written = json.dumps(text)
    report = check(feed(more(SOURCE.replace('"s"', written), f"{written}:{written}")))
    assert is_report(report)


def test_the_json_report_keeps_what_the_text_report_escapes() -> None:
    report = check(feed(more(SOURCE, json.dumps(EVIL) + ":1")))
    notice = json.loads("\n".join(json_lines(report)))["notices"][0]
    assert notice["pointer"] == "/" + EVIL


def test_a_line_of_the_text_report_reads_like_this() -> None:
    record = more(INCURSION, '"objects":[{"category":"dron"}]')
    line, summary = text_lines(check(feed(SOURCE, record)))
    column = record.index('"dron"') + 1
    assert line == (
        f'-:3:{column}: error[value_not_in_vocabulary] "dron" is not an object category;'
        ' did you mean "uncrewed_aircraft"?  (/objects/0/category)'
    )
    assert summary == "2 records (1 incursion, 1 source): 1 error"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (feed(SOURCE), "1 record (1 source): no problems"),
        (feed(SOURCE, "5", "{}"), "3 records (1 source, 2 unknown): 2 errors"),
        ("", "0 records: 1 error"),
        (
            "\ufeff" + feed(SOURCE).replace('"1.0"', '"1.5"'),
            "1 record (1 source): 2 warnings",
        ),
        (
            feed(*[SOURCE.replace('"s"', f'"s{n}"') for n in range(1_234)]),
            "1,234 records (1234 source): no problems",
        ),
    ],
)
def test_the_last_line_sums_up(text: str, expected: str) -> None:
    assert list(text_lines(check(text)))[-1] == expected


# What people write, and what they are told to write instead.
SAID = [
    ('"time":"2025-09-19"', '"2025-09-19": write {"value": "2025-09-19"}'),
    ('"totals":{"crossings":3}', 'the number 3: write {"best": 3}'),
    ('"totals":{"crossings":"several"}', 'write {"verbatim": "several"}'),
    ('"crossings":3', "unknown_field totals.crossings"),
    ('"airspace":{"state":"LV"}', "set `crossing` and `occurrence` to"),
    ('"sources":["s"]', 'write {"source": "s"}'),
    ('"detected_by":"nato"', 'write ["nato"]'),
    ('"perpetrator":"RU"', "record it as a claim or an assessment"),
    ('"over":"sky"', "use one of land, internal_waters, territorial_sea"),
    ('"places":[{"role":"near"}]', "see the codebook for the terms of PlaceRole"),
    ('"detected_by":["Italy"]', "malformed_id IT"),
    ('"detected_by":["italy"]', "unresolved_reference IT"),
    ('"date":"2025-09-19"', "unknown_field time"),
    ('"description":"x"', "unknown_field note"),
    ('"recorded_at":“x”', 'JSON requires straight quotes (")'),
    ("'title':1", 'JSON requires double quotes (")'),
    ('"title":None', "write null, true and false in lower case"),
    ('"title":"x"} // so', "invalid JSON: trailing characters; JSON does not allow comments"),
    ('"title":"x" /* so */', "JSON does not allow comments"),
    ('"title":nil', "write null, true and false in lower case"),
    ('"title":TRUE', "write null, true and false in lower case"),
    ('"title":made-up', 'put names and strings in double quotes (")'),
    ('title:"x"', 'put names and strings in double quotes (")'),
    ('"title":"x"} {"type":"source"', "write each record on its own line"),
    ('"title":"x",', "remove the comma before the closing bracket"),
]


@pytest.mark.parametrize(("member", "said"), SAID, ids=[member for member, _ in SAID])
def test_a_mistake_that_people_make_is_told_with_what_to_write(member: str, said: str) -> None:
    name = member.split(":", maxsplit=1)[0]
    rest = {'"time"': '{"value":"2024"}', '"sources"': '[{"source":"s"}]'}
    rest = {key: value for key, value in rest.items() if key != name}
    members = ",".join([*(f"{key}:{value}" for key, value in rest.items()), member])
    record = f'{{"type":"incursion","id":"i","state":"LV","crossing":"reported",{members}}}'
    [notice] = check(f"{HEADER}\n{SOURCE}\n{record}\n").notices
    assert said in f"{notice.code} {notice.suggestion} {notice.message}"


def test_a_record_that_is_not_json_is_no_reason_to_call_its_name_unknown() -> None:
    broken = INCURSION.replace(",", ",,", 1)
    statement = '{"type":"statement","id":"st","speakers":["LV"],"made":{"value":"2024"},"about":['
    name = json.loads(INCURSION)["id"]
    report = check(f'{feed(SOURCE)}{statement}"{name}"]}}\n{broken}\n')
    assert [notice.code for notice in report.notices] == ["json_syntax"]


def test_a_check_keeps_no_feed_alive() -> None:
    table = IdTable()
    check_ = ReferenceCheck(table)
    check_.see_unreadable("s", "source")
    pending = json.loads(INCURSION) | {"sources": [{"source": "t"}]}
    record = ae.Incursion.model_validate(pending)
    where = Where("f", 1, None)
    raw = RawRecord(INCURSION.encode(), 1)
    names = [one for one in named_records(record) if one.name == "t"]
    facts = facts_of(record, names, raw)
    assert not list(check_.see(facts, table.row(facts.id), where))
    [notice] = check_.at_the_end(lambda _: True)
    assert notice.code == "unresolved_reference"
    gone = weakref.ref(check_)
    del check_
    gc.collect()
    assert gone() is None
