"""What is written: one canonical form, and the same again when it is read."""

import gzip
import io
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import airspace_events as ae
from airspace_events.feeds.writing import FeedForm, feed_lines
from airspace_events.models.base import BaseRecord
from airspace_events.testing import strategies as aes
from control_texts import CONTROL_TEXTS

FORMS: tuple[FeedForm, ...] = ("json_lines", "json_document")
both_forms = pytest.mark.parametrize("form", FORMS)

SOURCE = ae.Source(id="s", kind="news_report", publisher="Știri", language="ro")
INCURSION = ae.Incursion(
    id="lv",
    state="LV",
    time={"value": "2024-09-07"},
    sources=[{"source": "s"}],
)
FEED = ae.Feed.of([SOURCE, INCURSION], publisher="Desk", generated_at="2024-09-18T12:00:00+03:00")

LINES = """\
{"type":"feed","schema_version":"1.0","publisher":"Desk","generated_at":"2024-09-18T12:00:00+03:00"}
{"type":"source","id":"s","kind":"news_report","publisher":"Știri","language":"ro"}
{"type":"incursion","id":"lv","state":"LV","time":{"value":"2024-09-07"},"sources":[{"source":"s"}]}
"""

DOCUMENT = """\
{"type":"feed","schema_version":"1.0","publisher":"Desk","generated_at":"2024-09-18T12:00:00+03:00","records":[
{"type":"source","id":"s","kind":"news_report","publisher":"Știri","language":"ro"},
{"type":"incursion","id":"lv","state":"LV","time":{"value":"2024-09-07"},"sources":[{"source":"s"}]}
]}
"""


def written(feed: ae.Feed, form: FeedForm = "json_lines") -> bytes:
    stream = io.BytesIO()
    ae.write_feed(feed, stream, form)
    return stream.getvalue()


def all_values(value: Any) -> list[Any]:
    items = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [value, *(inner for item in items for inner in all_values(item))]


def rewritten(text: str) -> str:
    """The text with no space that it does not need, its fractions as they stand in it."""
    value = json.loads(text, parse_float=lambda number: f"\ue000{number}\ue000")
    again = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return again.replace('"\ue000', "").replace('\ue000"', "")


@pytest.mark.parametrize(
    ("form", "expected"), [("json_lines", LINES), ("json_document", DOCUMENT)]
)
def test_a_feed_is_written_like_this(form: FeedForm, expected: str) -> None:
    assert written(FEED, form).decode() == expected


def test_json_lines_are_what_is_written_by_default() -> None:
    assert written(FEED) == written(FEED, "json_lines")


@both_forms
def test_a_feed_without_records_is_written_and_read(form: FeedForm) -> None:
    feed = ae.Feed.of([])
    assert ae.read_feed(io.BytesIO(written(feed, form))) == feed


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (SOURCE, LINES.splitlines()[1]),
        (ae.Place(admin1="Tulcea", role="overflown"), '{"role":"overflown","admin1":"Tulcea"}'),
        (ae.Place(admin1="Tulcea", facility=None), '{"admin1":"Tulcea"}'),
        (ae.ReportedQuantity(best=12.0, unit="min"), '{"best":12,"unit":"min"}'),
        (ae.ReportedQuantity(best=12.5, unit="min"), '{"best":12.5,"unit":"min"}'),
        (ae.ReportedCount(min=0), '{"min":0}'),
        (
            ae.Claim(aspect="intent", polarity="undetermined"),
            '{"aspect":"intent","polarity":"undetermined"}',
        ),
        (
            ae.Geometry(type="Point", coordinates=[26.1, 44]),
            '{"type":"Point","coordinates":[26.1,44.0]}',
        ),
        (ae.Quote(exact='a "b"\n/ü\x01'), '{"exact":"a \\"b\\"\\n/ü\\u0001"}'),
        (ae.Retraction(at="2024-09-08T00:00:00Z", reason="a"), None),
        (ae.Tenure(post="minister", of="RO"), '{"post":"minister","of":"RO"}'),
    ],
    ids=lambda value: type(value).__name__,
)
def test_a_value_is_written_like_this(value: Any, expected: str | None) -> None:
    expected = expected or '{"at":"2024-09-08T00:00:00Z","reason":"a"}'
    assert ae.to_json(value).decode() == expected


def test_defaults_and_nulls_are_left_out_however_they_were_given() -> None:
    given_all = ae.Incursion.model_validate_json(
        ae.to_json(INCURSION)[:-1]
        + b',"revision":1,"scope":null,"occurrence":null,"crossing":null,'
        b'"title":null,"objects":[],"places":[],"note":null,"extensions":null,"marking":null}'
    )
    assert ae.to_json(given_all) == ae.to_json(INCURSION)


def test_nulls_and_empty_values_of_extensions_are_kept() -> None:
    extensions = {"a.b": None, "c.d": {"x": None, "y": [None, {}, []], "z": ""}, "e.f": []}
    record = SOURCE.replace(extensions=extensions)
    assert json.loads(ae.to_json(record))["extensions"] == extensions


def test_keys_stand_in_the_order_of_the_fields_however_they_were_given() -> None:
    data = json.loads(LINES.splitlines()[2])
    backwards = json.dumps(dict(reversed(data.items())))
    assert ae.to_json(ae.Incursion.model_validate_json(backwards)) == ae.to_json(INCURSION)


def test_characters_are_written_as_themselves() -> None:
    text = "Angel Tîlvăr, Київ, 東京, 🛩, \u202e, \x7f, \u2028"
    record = SOURCE.replace(title=text)
    assert text.encode() in ae.to_json(record)
    assert len(written(ae.Feed.of([record])).split(b"\n")) == 3


@both_forms
@given(st.lists(aes.records() | aes.records(note=CONTROL_TEXTS), max_size=4))
def test_what_is_written_is_read_again(form: FeedForm, made: list[BaseRecord]) -> None:
    feed = ae.Feed.of(made, title="a feed", note="of many")
    data = written(feed, form)
    again = ae.read_feed(io.BytesIO(data))
    assert again == feed
    assert written(again, form) == data
    assert list(ae.iter_records(io.BytesIO(gzip.compress(data)))) == made


@given(st.lists(aes.records(), min_size=1, max_size=3))
def test_both_forms_hold_the_same_records_a_line_each(made: list[BaseRecord]) -> None:
    feed = ae.Feed.of(made)
    as_lines, document = (written(feed, form) for form in FORMS)
    header, *expected = [json.loads(line) for line in as_lines.split(b"\n")[:-1]]
    assert json.loads(document) == {**header, "records": expected}
    assert as_lines.count(b"\n") == len(made) + 1
    assert document.count(b"\n") == len(made) + 2
    assert b"\r" not in as_lines + document


@given(aes.records() | aes.records(note=CONTROL_TEXTS))
def test_the_bytes_are_canonical(record: BaseRecord) -> None:
    data = ae.to_json(record)
    text = data.decode()
    assume("\ue000" not in text)
    again = type(record).model_validate_json(data)
    assert again == record
    assert ae.to_json(again) == data
    assert text == rewritten(text)
    names = list(json.loads(text))
    assert names == [name for name in type(record).model_fields if name in names]


@given(aes.records())
def test_equal_records_give_equal_bytes_whatever_was_written_out(record: BaseRecord) -> None:
    in_full = type(record).model_validate_json(record.model_dump_json())
    assert in_full == record
    assert ae.to_json(in_full) == ae.to_json(record)


@given(aes.records())
def test_nothing_is_written_that_is_null_or_a_default(record: BaseRecord) -> None:
    data = json.loads(ae.to_json(record))
    data.pop("extensions", None)
    assert None not in all_values(data)
    assert [] not in all_values(data)
    for name, field in type(record).model_fields.items():
        if not field.is_required() and getattr(record, name) == field.get_default():
            assert name not in data


NO_RECORDS = {
    "a dict": {"type": "source"},
    "a value of a record": ae.Citation(source="s"),
    "a header": FEED.header,
    "a feed": FEED,
    "a line": LINES,
    "a class": ae.Source,
    "none": None,
}


@pytest.mark.parametrize("item", NO_RECORDS.values(), ids=NO_RECORDS)
@pytest.mark.parametrize("make", [ae.Feed.of, lambda items: ae.Feed(records=items)])
def test_a_feed_takes_only_records_and_says_which_item_is_none(make: Any, item: Any) -> None:
    kind = type(item).__name__
    with pytest.raises(TypeError, match=rf"records\[1\] is not a record but a {kind}") as caught:
        make([SOURCE, item, item])
    assert "Source, State, Alliance, " in str(caught.value)


def test_a_feed_takes_several_records_and_not_one() -> None:
    with pytest.raises(TypeError, match="a single Incursion; put the record in a list"):
        ae.Feed.of(INCURSION)  # type: ignore[arg-type]


def test_a_feed_takes_a_header_first() -> None:
    with pytest.raises(
        TypeError, match=r"a list, not a FeedHeader; to create a feed, use Feed.of\(records\)"
    ):
        ae.Feed([SOURCE])  # type: ignore[arg-type]


def test_a_feed_holds_a_tuple_whatever_it_is_given() -> None:
    held = ae.Feed(records=iter([SOURCE]))  # type: ignore[arg-type]
    assert held == ae.Feed.of([SOURCE])
    assert held.records == (SOURCE,)


@pytest.mark.parametrize("form", ae.formats.FORMATS)
@pytest.mark.parametrize("item", NO_RECORDS.values(), ids=NO_RECORDS)
def test_no_format_writes_what_is_no_record(form: str, item: Any, tmp_path: Path) -> None:
    for target in (io.BytesIO(), tmp_path / "feed"):
        with pytest.raises(TypeError, match=r"records\[1\] is not a record"):
            ae.formats.write([SOURCE, item], target, form)
    assert list(tmp_path.iterdir()) == []


@both_forms
@pytest.mark.parametrize("kind", [str, Path])
def test_a_path_is_written(form: FeedForm, kind: Any, tmp_path: Path) -> None:
    file = tmp_path / "feed.json"
    file.write_bytes(b"x" * 10_000)
    ae.write_feed(FEED, kind(file), form)
    assert file.read_bytes() == written(FEED, form)


@both_forms
def test_a_gzipped_feed_has_neither_its_time_nor_its_name_in_it(
    form: FeedForm, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = [tmp_path / "one.json.gz", tmp_path / "another name.gz"]
    for file, now in zip(files, (1.0, 2_000_000_000.0), strict=True):
        monkeypatch.setattr("time.time", lambda now=now: now)
        ae.write_feed(FEED, file, form)
    assert files[0].read_bytes() == files[1].read_bytes()
    assert gzip.decompress(files[0].read_bytes()) == written(FEED, form)
    assert ae.read_feed(files[0]) == FEED


def test_a_stream_is_left_open() -> None:
    stream = io.BytesIO()
    ae.write_feed(FEED, stream)
    assert not stream.closed


@both_forms
def test_records_are_taken_one_at_a_time(form: FeedForm) -> None:
    taken = []

    def many() -> Any:
        for number in range(1_000):
            taken.append(number)
            yield SOURCE

    lines = feed_lines(FEED.header, many(), form)
    assert next(lines).startswith(b'{"type":"feed"')
    assert taken == []
    next(lines)
    assert taken == [0]
