"""How bytes are cut into raw records, and what is said where they cannot be."""

import gzip
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from airspace_events.diagnostics.problem import Problem
from airspace_events.feeds.framing import Limits, ends_reading, frames
from airspace_events.feeds.locating import RawRecord, position
from airspace_events.feeds.streams import FeedInput, opened

HEADER = '{"type":"feed","schema_version":"1.0"}'
FIRST = '{"id":"a","note":"în zbor 🛩"}'
SECOND = '{"id":"b"}'
LINES = f"{HEADER}\n{FIRST}\n{SECOND}\n"
ONE_LINE = f'{{"type":"feed","schema_version":"1.0","records":[{FIRST},{SECOND}]}}'
VALUES = [json.loads(HEADER), json.loads(FIRST), json.loads(SECOND)]

PRETTY = json.dumps({**VALUES[0], "records": VALUES[1:]}, indent=2, ensure_ascii=False)
RECORDS_FIRST = json.dumps({"records": VALUES[1:], **VALUES[0]}, ensure_ascii=False)
RECORDS_FIRST_PRETTY = json.dumps(json.loads(RECORDS_FIRST), indent="\t", ensure_ascii=False)
BETWEEN = f'{{"type":"feed",\n"records":[{FIRST},\n{SECOND}],\n"schema_version":"1.0"}}\n'
ESCAPED_NAME = ONE_LINE.replace('"records"', r'"\u0072ecords"')

FORMS = {
    "lines": LINES,
    "lines without a newline at the end": LINES[:-1],
    "lines with CRLF": LINES.replace("\n", "\r\n"),
    "lines with blank lines": "\n \t\n" + LINES.replace("\n", "\n\n  \n"),
    "document on one line": ONE_LINE,
    "document on one line with a newline": ONE_LINE + "\n",
    "document that is pretty-printed": PRETTY,
    "document that is pretty-printed with CRLF": PRETTY.replace("\n", "\r\n"),
    "document after blank lines": "\n\r\n  " + PRETTY,
    "document with the header after the records": RECORDS_FIRST,
    "document with the header after the records, pretty": RECORDS_FIRST_PRETTY,
    "document with the header around the records": BETWEEN,
    "document with an escape in the name of the records": ESCAPED_NAME,
}


def cut(source: bytes | FeedInput, limits: Limits | None = None) -> list[RawRecord | Problem]:
    limits = limits or Limits()
    with opened(
        io.BytesIO(source) if isinstance(source, bytes) else source, limits.unpacked_bytes
    ) as stream:
        return list(frames(stream, limits))


def values(found: list[RawRecord | Problem]) -> list[object]:
    return [json.loads(frame.data) for frame in found if isinstance(frame, RawRecord)]


def faults(found: list[RawRecord | Problem]) -> list[tuple[str, int, int, bool]]:
    return [
        (frame.code, *(frame.place or ()), ends_reading(frame))
        for frame in found
        if isinstance(frame, Problem)
    ]


def as_it_is(data: bytes) -> bytes:
    return data


@pytest.mark.parametrize("pack", [as_it_is, gzip.compress])
@pytest.mark.parametrize("text", FORMS.values(), ids=FORMS.keys())
def test_every_form_gives_the_header_and_then_the_records(
    text: str, pack: Callable[[bytes], bytes]
) -> None:
    found = cut(pack(text.encode()))
    assert faults(found) == []
    assert values(found) == VALUES


@pytest.mark.parametrize("text", FORMS.values(), ids=FORMS.keys())
def test_the_place_of_a_record_is_where_its_text_stands(text: str) -> None:
    lines = text.split("\n")
    for raw, name in zip(cut(text.encode())[1:], ("a", "b"), strict=True):
        assert isinstance(raw, RawRecord)
        rest = lines[raw.line - 1][raw.column - 1 :]
        assert rest.startswith("{")
        beginning = "\n".join([rest, *lines[raw.line :]])
        assert json.JSONDecoder().raw_decode(beginning)[0]["id"] == name


@pytest.mark.parametrize("text", FORMS.values(), ids=FORMS.keys())
def test_a_place_within_a_record_is_counted_in_code_points_of_the_feed(text: str) -> None:
    raw = cut(text.encode())[1]
    assert isinstance(raw, RawRecord)
    record = raw.data.decode()
    line, column = raw.place(record.index("🛩"))
    assert text.split("\n")[line - 1][column - 1] == "🛩"


def test_columns_on_the_line_of_a_document_count_code_points_and_not_bytes() -> None:
    found = cut(ONE_LINE.encode())
    assert [(f.line, f.column) for f in found[1:]] == [
        (1, ONE_LINE.index('{"id":"a"') + 1),
        (1, ONE_LINE.index('{"id":"b"') + 1),
    ]


def test_lines_are_counted_with_the_blank_ones() -> None:
    found = cut(f"\n\n{HEADER}\n\n\r\n{FIRST}\n".encode())
    assert [frame.line for frame in found] == [3, 6]


@pytest.mark.parametrize("text", [LINES, ONE_LINE, PRETTY])
def test_a_byte_order_mark_is_noticed_and_is_no_column(text: str) -> None:
    with_mark, without = cut(b"\xef\xbb\xbf" + text.encode()), cut(text.encode())
    assert faults(with_mark) == [("byte_order_mark", 1, 1, False)]
    assert with_mark[1:] == without


@pytest.mark.parametrize(
    "encoding",
    ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"],
)
@pytest.mark.parametrize("text", [LINES, ONE_LINE, "\n" + PRETTY])
def test_other_unicode_encodings_are_told_at_once(text: str, encoding: str) -> None:
    assert faults(cut(text.encode(encoding))) == [("wrong_encoding", 1, 1, True)]


@pytest.mark.parametrize("data", [b"", b"\n", b"  \t\r\n\n ", b"\xef\xbb\xbf", b"\xef\xbb\xbf\n"])
@pytest.mark.parametrize("pack", [as_it_is, gzip.compress])
def test_nothing_is_no_feed(data: bytes, pack: Callable[[bytes], bytes]) -> None:
    found = cut(pack(data))
    assert values(found) == []
    assert [code for code, *_ in faults(found)][-1] == "no_records"


def test_bytes_that_are_not_utf_8_in_a_document_end_it_at_their_place() -> None:
    data = PRETTY.encode().replace("🛩".encode(), b"\xff\xfe")
    line = next(n for n, text in enumerate(PRETTY.split("\n"), 1) if "🛩" in text)
    column = PRETTY.split("\n")[line - 1].index("🛩") + 1
    found = cut(data)
    assert faults(found) == [("wrong_encoding", line, column, True)]
    assert values(found) == VALUES[:1]
    behind = cut(PRETTY.encode().replace(b'"b"', b'"\xff"'))
    assert [code for code, *_ in faults(behind)] == ["wrong_encoding"]
    assert values(behind) == VALUES[:2]


def test_whole_lines_before_the_end_of_a_truncated_gzip_file_are_read() -> None:
    lines = [f'{{"id":"{number}"}}' for number in range(50_000)]
    packed = gzip.compress("\n".join([HEADER, *lines]).encode(), 1, mtime=0)
    found = cut(packed[: len(packed) // 2])
    read = values(found)[1:]
    assert len(read) > 10_000
    assert read == [{"id": str(number)} for number in range(len(read))]
    assert faults(found) == [("truncated_input", 1, 1, True)]


@pytest.mark.parametrize(
    "data",
    [
        b"\x1f\x8b" + b"\x00" * 20,
        b"\x1f\x8bgarbage that is no gzip at all",
        gzip.compress(LINES.encode(), mtime=0)[:10] + b"\xff" * 40,
        gzip.compress(LINES.encode(), mtime=0)[:-8] + b"\x00" * 8,
        gzip.compress(LINES.encode(), mtime=0) + b"garbage",
    ],
    ids=["no method", "no header", "no deflate data", "wrong checksum", "garbage behind"],
)
def test_damaged_gzip_data_are_told(data: bytes) -> None:
    found = cut(data)
    assert [fault for fault in faults(found) if fault[0] != "header_missing"] == [
        ("damaged_gzip", 1, 1, True)
    ]


@pytest.mark.parametrize("size", [2, 3, 9, 10])
def test_a_gzip_header_that_is_cut_short_is_told(size: int) -> None:
    assert faults(cut(gzip.compress(LINES.encode(), mtime=0)[:size])) == [
        ("truncated_input", 1, 1, True)
    ]


def test_gzip_files_one_after_the_other_are_one_feed() -> None:
    packed = b"".join(
        gzip.compress(line.encode(), mtime=0) for line in LINES.splitlines(keepends=True)
    )
    assert values(cut(packed)) == VALUES


@pytest.mark.parametrize("end", ["\n", "\r\n", ""])
def test_a_record_over_the_limit_is_told_and_the_others_are_read(end: str) -> None:
    long = json.dumps({"id": "long", "note": "x" * 200_000})
    text = f"{HEADER}\n{FIRST}\n{long}\n{SECOND}{end}"
    found = cut(text.encode(), Limits(record_bytes=1_000))
    assert values(found) == VALUES
    assert faults(found) == [("record_too_large", 3, 1, False)]
    assert next(f for f in found if isinstance(f, Problem)).context == {"limit": 1_000}


@pytest.mark.parametrize("end", ["\n", "\r\n", ""])
@pytest.mark.parametrize(("spare", "is_read"), [(1, True), (0, True), (-1, False)])
def test_the_limit_of_a_record_is_of_its_json_and_not_of_the_end_of_its_line(
    end: str, spare: int, *, is_read: bool
) -> None:
    text = f"{HEADER}\n{FIRST}{end}"
    assert len(FIRST.encode()) < len(HEADER)
    long = FIRST.replace("zbor", "zbor" + "." * 20)
    text = text.replace(FIRST, long)
    found = cut(text.encode(), Limits(record_bytes=len(long.encode()) + spare))
    assert (len(values(found)) == 2) is is_read


def test_a_last_line_over_the_limit_is_told() -> None:
    found = cut((LINES + "x" * 5_000).encode(), Limits(record_bytes=100))
    assert values(found) == VALUES
    assert faults(found) == [("record_too_large", 4, 1, False)]


def test_a_document_over_its_limit_is_not_read() -> None:
    size = len(PRETTY.encode())
    assert faults(cut(PRETTY.encode(), Limits(document_bytes=size))) == []
    found = cut(PRETTY.encode(), Limits(document_bytes=size - 1))
    assert values(found) == []
    assert faults(found) == [("feed_too_large", 1, 1, True)]


def test_a_bomb_of_records_is_read_no_further_than_the_limit() -> None:
    bomb = gzip.compress((HEADER + "\n" + (SECOND + "\n") * 100_000).encode(), mtime=0)
    found = cut(bomb, Limits(unpacked_bytes=10_000))
    assert faults(found)[0][0] == "feed_too_large"
    assert faults(found)[0][3]
    assert 900 < len(values(found)) < 1_000


BOMBS = {
    "one endless line": HEADER.encode() + b"\n" + b"x" * 20_000_000,
    "a first line refers only to itself": b"x" * 20_000_000,
    "blank lines only": b"\n" * 3_000_000,
    "blanks only": b" " * 20_000_000,
    "a document refers only to itself": b'{"records":[' + b" " * 20_000_000,
}


class Counting(io.BytesIO):
    """A stream of bytes that counts how often it is asked."""

    given = 0

    def read(self, size: int | None = -1) -> bytes:
        data = super().read(size)
        self.given += len(data)
        return data


@pytest.mark.parametrize("bomb", BOMBS.values(), ids=BOMBS.keys())
def test_no_bomb_is_unpacked_further_than_the_limits(bomb: bytes) -> None:
    limits = Limits(record_bytes=1_000, document_bytes=10_000, unpacked_bytes=10_000)
    stream = Counting(bomb)
    found = cut(stream, limits)
    assert faults(found)[-1][3], "the reading has to end"
    assert stream.given <= 300_000


@pytest.mark.parametrize(
    ("behind", "line", "column"),
    [
        (" x", 1, len(ONE_LINE) + 2),
        ("\nx", 2, 1),
        ("\n\n  {}", 3, 3),
        (",", 1, len(ONE_LINE) + 1),
        ("\x00", 1, len(ONE_LINE) + 1),
    ],
)
def test_what_stands_behind_a_document_is_told_and_its_records_are_read(
    behind: str, line: int, column: int
) -> None:
    found = cut((ONE_LINE + behind).encode())
    assert values(found) == VALUES
    assert faults(found) == [("json_syntax", line, column, True)]


@pytest.mark.parametrize("text", ["[]", f"[{FIRST}]", f"[\n{FIRST},\n{SECOND}\n]", "\n ["])
def test_an_array_is_no_document(text: str) -> None:
    found = cut(text.encode())
    assert values(found) == []
    assert faults(found) == [("json_syntax", *position(text, text.index("[")), True)]


def test_the_records_before_a_fault_of_a_document_are_read() -> None:
    text = PRETTY.replace('"id": "b"', '"id": b')
    found = cut(text.encode())
    assert values(found) == VALUES[:2]
    assert faults(found) == [("json_syntax", *position(text, text.index("b\n")), True)]


@pytest.mark.parametrize("gap", ["", "\n"])
def test_the_records_before_a_fault_are_read_however_the_document_is_spread(gap: str) -> None:
    text = f'{{"type":"feed","schema_version":"1.0",{gap}"records":[{FIRST},{gap}{{"id":b}}]}}'
    found = cut(text.encode())
    assert values(found) == VALUES[:2]
    assert faults(found) == [("json_syntax", *position(text, text.index("b}")), True)]


@pytest.mark.parametrize("gap", ["", "\n"])
def test_a_record_that_is_nested_too_deeply_for_a_parser_hides_none_before_it(gap: str) -> None:
    deep = "[" * 300 + "]" * 300
    text = f'{{"type":"feed","schema_version":"1.0",{gap}"records":[{FIRST},{gap}{deep}]}}'
    assert values(cut(text.encode()))[:2] == VALUES[:2]


def test_brackets_without_end_in_a_document_end_it_at_a_place_within_them() -> None:
    text = f'{{"type":"feed","schema_version":"1.0",\n"records":[{FIRST},\n{"[" * 100_000}'
    found = cut(text.encode())
    assert values(found) == VALUES[:2]
    assert [(code, line) for code, line, *_ in faults(found)] == [("nested_too_deeply", 3)]


@pytest.mark.parametrize("style", [", ", "\n, ", " ,\n  "])
def test_white_space_stands_where_json_allows_it(style: str) -> None:
    text = style.join(['{ "type" : "feed"', '"schema_version" :\t"1.0"', f'"records" : [ {FIRST}'])
    text += f" , {SECOND} ] }}"
    found = cut(text.encode())
    assert faults(found) == []
    assert values(found) == VALUES


@pytest.mark.parametrize("size", [*range(8_180, 8_200), *range(65_526, 65_546)])
def test_the_form_is_known_wherever_the_buffer_of_a_file_ends(size: int, tmp_path: Path) -> None:
    file = tmp_path / "feed.json"
    first = '{"type":"feed","note":"' + "x" * (size - 26) + '",'
    file.write_text(
        f'{first}\n        "schema_version":"1.0",\n"records":[{SECOND}]}}', encoding="utf-8"
    )
    found = cut(file)
    assert faults(found) == []
    assert values(found)[1:] == VALUES[2:]


class Dripping(io.RawIOBase):
    """A stream that gives one byte at a time, as a slow pipe does."""

    def __init__(self, data: bytes) -> None:
        self._data = io.BytesIO(data)

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        return self._data.read(min(size, 1))


@pytest.mark.parametrize(
    "data",
    [
        LINES.encode(),
        PRETTY.encode(),
        gzip.compress(LINES.encode(), mtime=0),
        b"\xef\xbb\xbf" + LINES.encode(),
    ],
    ids=["lines", "document", "gzip", "byte-order mark"],
)
def test_a_stream_that_drips_is_read_as_any_other(data: bytes) -> None:
    found = cut(Dripping(data))
    assert found == cut(data)
    assert values(found) == VALUES


def test_a_utf_16_stream_that_drips_is_told_as_any_other() -> None:
    assert faults(cut(Dripping(LINES.encode("utf-16")))) == [("wrong_encoding", 1, 1, True)]


class Breaking(io.BytesIO):
    """A stream that breaks off."""

    def read(self, size: int | None = -1) -> bytes:
        if data := super().read(size):
            return data
        raise OSError(5, "Input/output error")


def test_a_stream_that_breaks_off_ends_in_a_fault() -> None:
    found = cut(Breaking(LINES.encode()))
    assert values(found) == VALUES
    assert faults(found) == [("truncated_input", 1, 1, True)]


spaces = st.text(" \t\r\n", max_size=4)

NO_LISTS = {
    '{"a": {"id":"a"}}': "an object",
    '"a"': "text",
    "null": "null",
    "true": "true",
    "false": "false",
    "-1.5": "a number",
}


@pytest.mark.parametrize(("given", "what"), NO_LISTS.items(), ids=NO_LISTS.values())
@pytest.mark.parametrize("order", ["{before},{records}", "{records},{before}"])
def test_records_that_are_no_list_are_told_once_at_their_place(
    given: str, what: str, order: str
) -> None:
    inner = order.format(before=HEADER[1:-1], records=f'"records":{given}')
    found = cut(f"{{{inner}}}".encode())
    assert values(found) == [json.loads(HEADER)]
    column = inner.index(given) + 2
    assert faults(found) == [("wrong_type", 1, column, True)]
    assert [it.message for it in found if isinstance(it, Problem)] == [
        f'"records" must be a list, not {what}'
    ]


@given(st.permutations(["type", "records", "records", "records", "x"]), st.data())
def test_every_list_of_records_is_read_and_each_but_the_first_is_told(
    names: list[str], data: st.DataObject
) -> None:
    """All other members of the header keep their places."""
    text, twice, expected, members = "{", [], [], {}
    for number, name in enumerate(names):
        text += "," if number else ""
        text += data.draw(spaces)
        place = position(text, len(text))
        text += json.dumps(name) + ":" + data.draw(spaces)
        if name != "records":
            members[name] = place
            text += f"{number}"
        else:
            twice.append(place)
            ids = data.draw(st.lists(st.integers(0, 9), max_size=2))
            expected += [{"id": one} for one in ids]
            text += json.dumps([{"id": one} for one in ids], indent=1)
        text += data.draw(spaces)
    header, *found = cut((text + "}").encode())
    assert isinstance(header, RawRecord)
    lines = header.data.decode().split("\n")
    for name, (line, column) in members.items():
        assert lines[line - 1][column - 1 :].startswith(json.dumps(name))
    assert values([header])[0].keys() == members.keys()
    assert values(found) == expected
    assert faults(found) == [("duplicate_key", *place, True) for place in twice[1:]]


def truncated_gzip(data: bytes) -> FeedInput:
    """A gzip file that stores data without compression, and is cut off after these data."""
    whole = gzip.compress(data + bytes(100), 0, mtime=0)
    return io.BytesIO(whole[: whole.index(data) + len(data)])


def damaged_gzip(data: bytes) -> FeedInput:
    return io.BytesIO(gzip.compress(data, mtime=0)[:-8] + bytes(8))


@pytest.mark.parametrize(
    "form",
    [form for form in FORMS if form != "document with an escape in the name of the records"],
)
@pytest.mark.parametrize(
    ("source", "code"),
    [
        (Breaking, "truncated_input"),
        (truncated_gzip, "truncated_input"),
        (damaged_gzip, "damaged_gzip"),
    ],
)
def test_the_records_before_any_damage_are_read_in_every_form(
    form: str, source: Callable[[bytes], FeedInput], code: str
) -> None:
    data = FORMS[form].encode()
    found = cut(source(data[: data.index(b'"b"') + 1]))
    assert values(found)[1:] == VALUES[1:2]
    assert faults(found) == [(code, 1, 1, True)]


texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=6)
small_objects = st.dictionaries(texts, texts, max_size=3)


@given(st.lists(small_objects, min_size=1, max_size=6), st.data())
def test_records_of_any_text_between_any_white_space_are_found_at_their_places(
    objects: list[dict[str, str]], data: st.DataObject
) -> None:
    text = data.draw(spaces) + '{"type":"feed","records":['
    expected = []
    for number, item in enumerate(objects):
        text += ("," if number else "") + data.draw(spaces)
        expected.append(position(text, len(text)))
        text += json.dumps(item, ensure_ascii=data.draw(st.booleans())) + data.draw(spaces)
    found = cut((text + "]" + data.draw(spaces) + "}").encode())
    assert faults(found) == []
    assert values(found)[1:] == objects
    assert [(raw.line, raw.column) for raw in found[1:]] == expected


@given(st.binary(max_size=300), st.sampled_from([as_it_is, gzip.compress]))
def test_any_bytes_are_cut_into_records_and_faults(
    data: bytes, pack: Callable[[bytes], bytes]
) -> None:
    for frame in cut(pack(data), Limits(record_bytes=50, document_bytes=200, unpacked_bytes=250)):
        assert isinstance(frame, RawRecord | Problem)
        line, column = (
            (frame.line, frame.column) if isinstance(frame, RawRecord) else frame.place or (0, 0)
        )
        assert line >= 1
        assert column >= 1


@pytest.mark.parametrize(
    "data",
    [b"\x7fELF\x02\x01\x01\x00\x00\n" * 50, b"\x89PNG\r\n\x1a\n\x00\x00", b"PK\x03\x04\x00"],
)
def test_another_kind_of_file_is_told_once(data: bytes) -> None:
    assert values(cut(data)) == []
    assert faults(cut(data)) == [("wrong_encoding", 1, 1, True)]
