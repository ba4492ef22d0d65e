"""What reading a feed gives, and how it ends when the feed is not right."""

import codecs
import gc
import gzip
import io
import os
import queue
import socket
import threading
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Any

import pytest

import airspace_events as ae

HEADER = b'{"type":"feed","schema_version":"1.0","publisher":"Desk"}'
SOURCE = b'{"type":"source","id":"s","kind":"news_report","publisher":"UNN","language":"en"}'
INCURSION = (
    b'{"type":"incursion","id":"lv","state":"LV",'
    b'"time":{"value":"2024-09-07"},"sources":[{"source":"s"}]}'
)
FEED = b"\n".join([HEADER, SOURCE, INCURSION, b""])
DOCUMENT = HEADER[:-1] + b',"records":[\n' + SOURCE + b",\n" + INCURSION + b"]}"

Reader = Callable[[Any], list[ae.Record]]


def by_iterating(source: Any) -> list[ae.Record]:
    return list(ae.iter_records(source))


def at_once(source: Any) -> list[ae.Record]:
    return list(ae.read_feed(source).records)


both_readers = pytest.mark.parametrize("read", [by_iterating, at_once])


def lines(*records: bytes) -> bytes:
    return b"\n".join([HEADER, *records, b""])


@both_readers
@pytest.mark.parametrize(
    "data", [FEED, DOCUMENT, gzip.compress(FEED, mtime=0), gzip.compress(DOCUMENT, mtime=0)]
)
def test_the_records_come_in_their_order_as_their_classes(read: Reader, data: bytes) -> None:
    source, incursion = read(io.BytesIO(data))
    assert isinstance(source, ae.Source)
    assert isinstance(incursion, ae.Incursion)
    assert incursion == ae.Incursion(
        id="lv",
        state="LV",
        time={"value": "2024-09-07"},
        sources=[{"source": "s"}],
    )


@both_readers
@pytest.mark.parametrize("version", [b"0.9", b"2.0"])
def test_a_feed_of_another_major_version_is_refused(read: Reader, version: bytes) -> None:
    with pytest.raises(ae.FeedError, match="is not supported"):
        read(io.BytesIO(FEED.replace(b'"1.0"', b'"' + version + b'"')))


@both_readers
@pytest.mark.parametrize("kind", [str, Path])
def test_a_path_is_read_as_its_bytes_are(
    read: Reader, kind: Callable[[str], Any], tmp_path: Path
) -> None:
    for name, data in {
        "f.jsonl": FEED,
        "f.json": DOCUMENT,
        "packed": gzip.compress(FEED, mtime=0),
    }.items():
        file = tmp_path / name
        file.write_bytes(data)
        assert read(kind(str(file))) == read(io.BytesIO(FEED))


def test_the_header_is_kept() -> None:
    assert ae.read_feed(io.BytesIO(FEED)).header == ae.FeedHeader(
        schema_version="1.0", publisher="Desk"
    )


@both_readers
def test_a_header_alone_is_a_feed_without_records(read: Reader) -> None:
    assert read(io.BytesIO(HEADER)) == []


@both_readers
def test_a_byte_order_mark_is_passed_over(read: Reader) -> None:
    assert read(io.BytesIO(b"\xef\xbb\xbf" + FEED)) == read(io.BytesIO(FEED))


@both_readers
def test_a_newer_minor_version_is_read(read: Reader) -> None:
    assert len(read(io.BytesIO(FEED.replace(b'"1.0"', b'"1.7"')))) == 2


# What is no feed: the bytes, the line that is told, and words of the reason.
NO_FEEDS = {
    "nothing": (b"", 1, "is empty"),
    "white space": (b" \n\n", 1, "is empty"),
    "UTF-16": (FEED.decode().encode("utf-16"), 1, "UTF-8"),
    "damaged gzip": (b"\x1f\x8b" + b"\x00" * 20, 1, "gzip"),
    "gzip cut short": (gzip.compress(FEED, mtime=0)[:-9], 1, "its end is missing"),
    "no header": (SOURCE, 1, "header"),
    "no header, after blank lines": (b"\n\n" + SOURCE, 3, "header"),
    "an array": (b"[" + SOURCE + b"]", 1, "not a list"),
    "no records": (b'{"type":"feed",\n"schema_version":"1.0"}', 1, "records"),
    "more behind": (DOCUMENT + b"\n\nx", 5, "invalid JSON"),
    "an older major version": (FEED.replace(b'"1.0"', b'"0.9"'), None, "version 0.9"),
    "a newer major version": (FEED.replace(b'"1.0"', b'"2.0"'), None, "version 2.0"),
}


@both_readers
@pytest.mark.parametrize(("data", "line", "words"), NO_FEEDS.values(), ids=NO_FEEDS.keys())
def test_what_is_no_feed_is_a_feed_error(
    read: Reader, data: bytes, line: int | None, words: str
) -> None:
    with pytest.raises(ae.FeedError, match=words) as caught:
        read(io.BytesIO(data))
    assert not isinstance(caught.value, ae.RecordError)
    assert caught.value.file == "-"
    assert caught.value.line in (line, 1)
    if line is not None:
        assert caught.value.line == line


# What is no record: its bytes, the pointer that is told, and words of the reason.
BAD_RECORDS = {
    "cut short": (SOURCE[:-1], "", "complete"),
    "no JSON": (b"{]", "", "invalid JSON"),
    "no UTF-8": (SOURCE.replace(b"UNN", b"\xff"), "", "UTF-8"),
    "no object": (b"5", "", "object"),
    "no type": (b"{}", "/type", "type"),
    "unknown type": (b'{"type":"sauce"}', "/type", "source"),
    "a second header": (HEADER, "", "feed"),
    "unknown word": (SOURCE.replace(b"news_report", b"news"), "/kind", "news_report"),
    "missing field": (SOURCE.replace(b'"kind":"news_report",', b""), "/kind", "has no"),
    "unknown field": (SOURCE[:-1] + b',"a~/":1}', "/a~0~1", "has no field"),
    "twice": (SOURCE[:-1] + b',"language":"en"}', "/language", "twice"),
    "twice, deep": (
        SOURCE[:-1] + b',"extensions":{"a.b":[{"x":1,"x" :1}]}}',
        "/extensions/a.b/0/x",
        "twice",
    ),
    "wrong inside": (
        INCURSION.replace(b'{"source":"s"}', b'{"source":"s"},{"source":5}'),
        "/sources/1/source",
        "must be text",
    ),
    "inside a family": (
        SOURCE[:-1] + b',"claims":[{"aspect":"intent","value":"x"}]}',
        "/claims/0/value",
        "intentional",
    ),
}


@both_readers
@pytest.mark.parametrize(
    ("record", "pointer", "words"), BAD_RECORDS.values(), ids=BAD_RECORDS.keys()
)
def test_what_is_no_record_is_a_record_error_at_its_line(
    read: Reader, record: bytes, pointer: str, words: str
) -> None:
    with pytest.raises(ae.RecordError, match=words) as caught:
        read(io.BytesIO(lines(SOURCE.replace(b'"s"', b'"t"'), b"", record, INCURSION)))
    assert (caught.value.file, caught.value.line) == ("-", 4)
    assert caught.value.pointer == pointer
    assert isinstance(caught.value, ValueError)


@both_readers
def test_a_record_of_a_document_is_told_at_its_line(read: Reader) -> None:
    with pytest.raises(ae.RecordError) as caught:
        read(io.BytesIO(DOCUMENT.replace(b'"LV"', b'"ZZ"')))
    assert (caught.value.line, caught.value.pointer) == (3, "/state")


@both_readers
def test_how_many_faults_follow_is_told(read: Reader) -> None:
    record = SOURCE.replace(b"news_report", b"x").replace(b'"en"', b"5")
    with pytest.raises(ae.RecordError, match="and 1 more"):
        read(io.BytesIO(lines(record)))


@both_readers
@pytest.mark.parametrize(
    "record",
    [
        b'{"type":"a\\nb\\u202e\\u001b[31m\\u2028","id":"a"}',
        SOURCE.replace(b'"id"', b'"a\\nb\\u202e\\u001b\\u0085":1,"id"'),
        INCURSION.replace(b'{"source":"s"}', b'{"source":"s","supports":["/\\n\\u202e"]}'),
        SOURCE.replace(b'"language"', b'"extensions":{"a\\nb\\u202e":1},"language"'),
    ],
    ids=["type", "field", "pointer", "namespace"],
)
def test_an_error_about_hostile_text_is_one_line_that_is_safe_to_print(
    read: Reader, record: bytes
) -> None:
    with pytest.raises(ae.RecordError) as caught:
        read(io.BytesIO(lines(record)))
    assert str(caught.value).isprintable()
    assert len(str(caught.value)) < 1_000


@both_readers
def test_an_error_about_a_huge_key_is_short(read: Reader) -> None:
    with pytest.raises(ae.RecordError) as caught:
        read(io.BytesIO(lines(SOURCE[:-1] + b',"' + b"k" * 1_000_000 + b'":1}')))
    assert len(str(caught.value)) < 1_000


@pytest.mark.parametrize("read", [lambda *a: list(ae.iter_records(*a)), ae.read_feed])
def test_a_record_over_the_limit_is_a_feed_error(read: Callable[..., Any]) -> None:
    with pytest.raises(ae.FeedError, match="longer than 100 bytes") as caught:
        read(io.BytesIO(lines(SOURCE, b"x" * 200)), ae.Limits(record_bytes=100))
    assert caught.value.line == 3


@both_readers
def test_the_file_is_named_as_it_was_given(read: Reader, tmp_path: Path) -> None:
    file = tmp_path / "feed.jsonl"
    file.write_bytes(lines(b"{}"))
    with pytest.raises(ae.RecordError) as caught:
        read(str(file))
    assert caught.value.file == str(file)
    with file.open("rb") as stream, pytest.raises(ae.RecordError) as caught:
        read(stream)
    assert caught.value.file == str(file)


@both_readers
@pytest.mark.parametrize("name", ["missing.jsonl", ".", "with\0null", "x" * 5_000])
def test_what_cannot_be_opened_is_unreadable(read: Reader, name: str, tmp_path: Path) -> None:
    path = os.path.join(tmp_path, name)  # noqa: PTH118 (Path would tidy it up)
    with pytest.raises(ae.UnreadableError) as caught:
        read(path)
    assert caught.value.file == path
    assert caught.value.reason
    assert isinstance(caught.value, OSError)


class Broken(io.RawIOBase):
    """A stream that cannot be read, as a disk that fails."""

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        del size
        raise OSError(5, "Input/output error")


@both_readers
def test_what_cannot_be_read_from_the_start_is_an_error_of_this_library(read: Reader) -> None:
    with pytest.raises(ae.AirspaceEventsError, match="Input/output error"):
        read(Broken())


class Wrapped:
    """A stream of text that does not say that it is one, as those of `tempfile` do not."""

    def __init__(self, text: str) -> None:
        self._stream = io.StringIO(text)

    def read(self, size: int = -1) -> str:
        return self._stream.read(size)


@both_readers
@pytest.mark.parametrize(
    "source",
    [
        io.StringIO(FEED.decode()),
        io.TextIOWrapper(io.BytesIO(FEED), encoding="utf-8"),
        codecs.getreader("utf-8")(io.BytesIO(FEED)),
        Wrapped(FEED.decode()),
        FEED,
        None,
        5,
        [],
    ],
    ids=["StringIO", "TextIOWrapper", "codecs", "wrapped", "bytes", "None", "int", "list"],
)
def test_what_is_neither_a_path_nor_a_stream_of_bytes_is_a_type_error(
    read: Reader, source: Any
) -> None:
    with pytest.raises(TypeError, match="bytes"):
        read(source)


@both_readers
def test_a_stream_is_left_open(read: Reader) -> None:
    stream = io.BytesIO(FEED)
    read(stream)
    assert not stream.closed


@pytest.mark.parametrize("was_on", [True, False])
@pytest.mark.parametrize("data", [FEED, b"", lines(b"{}")])
def test_garbage_collection_is_left_as_it_was(data: bytes, *, was_on: bool) -> None:
    before = gc.isenabled()
    try:
        (gc.enable if was_on else gc.disable)()
        try:
            ae.read_feed(io.BytesIO(data))
        except ae.FeedError:
            assert data != FEED
        assert gc.isenabled() is was_on
    finally:
        (gc.enable if before else gc.disable)()


class Watching(io.BytesIO):
    """A stream that tells whether garbage is collected while it is read."""

    seen: list[bool]

    def read(self, size: int | None = -1) -> bytes:
        self.seen = [*getattr(self, "seen", []), gc.isenabled()]
        return super().read(size)


def test_garbage_collection_is_paused_while_a_feed_is_read_whole_and_only_then() -> None:
    assert gc.isenabled()
    whole, one_by_one = Watching(FEED), Watching(FEED)
    ae.read_feed(whole)
    list(ae.iter_records(one_by_one))
    assert not any(whole.seen)
    assert all(one_by_one.seen)


class Endless(io.RawIOBase):
    """A feed that never ends, and counts the lines that it gave."""

    def __init__(self) -> None:
        self.given = 0
        self._line = b""

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        if not self._line:
            self._line = (SOURCE if self.given else HEADER) + b"\n"
            self.given += 1
            assert self.given < 100, "it reads further than it needs"
        data, self._line = self._line[:size], self._line[size:]
        return data


class Pipe:
    """One end of a pipe, with the methods of a socket."""

    def __init__(self, end: int) -> None:
        self._end = end

    @classmethod
    def pair(cls) -> "tuple[Pipe, Pipe]":
        receiving, sending = os.pipe()
        return cls(receiving), cls(sending)

    def makefile(self, mode: str) -> IO[bytes]:
        return os.fdopen(os.dup(self._end), mode)

    def sendall(self, data: bytes) -> None:
        os.write(self._end, data)

    def __enter__(self) -> None: ...

    def __exit__(self, *error: object) -> None:
        os.close(self._end)


def gzip_stream() -> Callable[[bytes], bytes]:
    """Return a function that packs the next bytes of one gzip stream and holds none of them."""
    packer = zlib.compressobj(wbits=31)
    return lambda data: packer.compress(data) + packer.flush(zlib.Z_SYNC_FLUSH)


@pytest.mark.parametrize("connect", [Pipe.pair, socket.socketpair])
@pytest.mark.parametrize("packing", [lambda: bytes, gzip_stream, lambda: gzip.compress])
def test_a_record_of_a_live_stream_is_given_when_its_line_has_arrived(
    packing: Callable[[], Callable[[bytes], bytes]], connect: Callable[[], tuple[Any, Any]]
) -> None:
    receiver, sender = connect()
    received: queue.Queue[str] = queue.Queue()
    pack = packing()

    def receive() -> None:
        with receiver, receiver.makefile("rb") as stream:
            for _, record in zip(range(3), ae.iter_records(stream), strict=False):
                received.put(record.id)

    reader = threading.Thread(target=receive, daemon=True)
    reader.start()
    with sender:
        sender.sendall(pack(HEADER + b"\n"))
        # The next line is sent after the record before it was given. So a reader that waits for
        # more bytes than one line would wait for ever.
        for line, name in ((SOURCE, "s"), (INCURSION, "lv"), (SOURCE, "s")):
            sender.sendall(pack(line + b"\n"))
            assert received.get(timeout=60) == name
    reader.join(60)
    assert not reader.is_alive()


def test_records_are_read_when_they_are_asked_for() -> None:
    stream = Endless()
    records = ae.iter_records(stream)
    assert stream.given == 0
    assert next(records).id == "s"
    before = stream.given
    assert before <= 3
    assert next(records).id == "s"
    assert stream.given <= before + 1


def test_an_error_comes_after_the_records_before_it() -> None:
    records: Iterator[ae.Record] = ae.iter_records(io.BytesIO(lines(SOURCE, INCURSION, b"{}")))
    assert [next(records).id, next(records).id] == ["s", "lv"]
    with pytest.raises(ae.RecordError):
        next(records)
    assert list(records) == []


@pytest.mark.parametrize("size", [0, 100_000])
def test_a_file_that_becomes_shorter_while_it_is_read_is_no_shorter_feed(
    size: int, tmp_path: Path
) -> None:
    file = tmp_path / "feed.jsonl"
    data = FEED + (SOURCE + b"\n") * 10_000
    file.write_bytes(data)
    records = ae.iter_records(file)
    next(records)
    os.truncate(file, data.rfind(b"\n", 0, size) + 1)
    with pytest.raises(ae.FeedError, match="the file became shorter while it was being read"):
        list(records)


def test_a_file_that_grows_while_it_is_read_is_read_to_its_end(tmp_path: Path) -> None:
    file = tmp_path / "feed.jsonl"
    file.write_bytes(FEED)
    records = ae.iter_records(file)
    held = [next(records)]
    with file.open("ab") as stream:
        stream.write(SOURCE.replace(b'"s"', b'"later"') + b"\n")
    held += records
    assert held[-1].id == "later"


def test_the_file_is_closed_when_reading_ends_early(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = []
    real = Path.open

    def watched(self: Path, *args: Any, **kwargs: Any) -> Any:
        opened.append(real(self, *args, **kwargs))
        return opened[-1]

    file = tmp_path / "feed.jsonl"
    file.write_bytes(FEED)
    monkeypatch.setattr(Path, "open", watched)
    records = ae.iter_records(file)
    next(records)
    assert [stream.closed for stream in opened] == [False]
    records.close()  # type: ignore[attr-defined]
    assert [stream.closed for stream in opened] == [True]


# A number is kept as it was written, or it is told that it was not.
@both_readers
@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (b"12345678901234567890", 12345678901234567890),
        (b"-0", 0),
        (b"1e2", 100.0),
        (b"0.1", 0.1),
        (b"1E-2", 0.01),
        (b"9007199254740993", 9007199254740993),
    ],
)
def test_numbers_of_extensions_are_kept(read: Reader, written: bytes, expected: float) -> None:
    record = SOURCE[:-1] + b',"extensions":{"a.b":' + written + b"}}"
    assert read(io.BytesIO(lines(record)))[0].extensions == {"a.b": expected}


@both_readers
@pytest.mark.parametrize(
    "written", [b"NaN", b"Infinity", b"-Infinity", b"1e999", b"-1E400", b"9" * 5_000]
)
def test_numbers_that_no_float_holds_are_refused(read: Reader, written: bytes) -> None:
    record = SOURCE[:-1] + b',"extensions":{"a.b":[' + written + b"]}}"
    with pytest.raises(ae.RecordError):
        read(io.BytesIO(lines(record)))


@both_readers
@pytest.mark.parametrize("written", [b"1e-400", b"0.12345678901234567890123"])
def test_numbers_that_a_float_holds_only_in_part_are_refused(read: Reader, written: bytes) -> None:
    record = SOURCE[:-1] + b',"extensions":{"a.b":[' + written + b"]}}"
    with pytest.raises(ae.RecordError):
        read(io.BytesIO(lines(record)))
