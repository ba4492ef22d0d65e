"""Functions that read feeds, one record at a time or completely."""

import gc
from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import contextmanager
from functools import cache, lru_cache
from typing import Any, NamedTuple, cast

from pydantic import TypeAdapter, ValidationError
from pydantic_core import from_json

from airspace_events.diagnostics.problem import Problem
from airspace_events.errors import FeedError, RecordError
from airspace_events.feeds.framing import Limits, frames, frames_of_lines, too_large
from airspace_events.feeds.header import SCHEMA_VERSION, Feed, FeedHeader
from airspace_events.feeds.hints import json_hint
from airspace_events.feeds.locating import Locator, Place, RawRecord, pointer
from airspace_events.feeds.streams import ByteStream, FeedInput, name_of, opened
from airspace_events.models.records import RECORD_CLASSES, Record
from airspace_events.values.base import Value
from airspace_events.values.structure import count_keys


class Entry(NamedTuple):
    """One record of a feed, valid or not, or a problem of the feed.

    Attributes:
        raw: the bytes of the record and their location; None for a problem of the feed.
        record: the record or the header, if valid.
        error: the pydantic errors of the record, if its shape is not valid.
        problems: the problems of the feed, or of the bytes of an invalid record. For a valid
            record, call `losses`.
        is_header: whether the entry is the header of the feed.
    """

    raw: RawRecord | None
    record: Record | FeedHeader | None = None
    error: ValidationError | None = None
    problems: tuple[Problem, ...] = ()
    is_header: bool = False


@contextmanager
def collection_paused() -> Generator[None]:
    """Pause garbage collection, because it would scan all kept objects repeatedly."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@cache
def record_adapter() -> TypeAdapter[Record]:
    """Return the parser of records of every type. It is cached because building it is slow."""
    return TypeAdapter(Record)


@cache
def _header_adapter() -> TypeAdapter[FeedHeader]:
    """Return a parser of headers that raises pydantic's own errors."""
    return TypeAdapter(FeedHeader)


def read_entries(source: FeedInput, limits: Limits | None = None) -> Iterator[Entry]:
    """Yield every entry of a feed, valid or not, beginning with the header.

    Raises:
        UnreadableError: the feed cannot be opened.
        TypeError: the source is neither a path nor a stream of bytes.
    """
    parse = record_adapter().validator.validate_json
    header_is_due = True
    limits = limits or Limits()
    with opened(source, limits.unpacked_bytes) as stream:
        for frame in frames(stream, limits):
            if isinstance(frame, Problem):
                yield Entry(None, problems=(frame,))
                continue
            if header_is_due:
                header_is_due = False
                if _is_header(frame.data):
                    yield _entry(frame, _header_adapter().validator.validate_json, is_header=True)
                    continue
                message = f"the feed must begin with a header; add the line {_SMALLEST_HEADER}"
                yield Entry(
                    None, problems=(Problem("header_missing", message, place=(frame.line, 1)),)
                )
            yield _entry(frame, parse)


def read_lines(stream: ByteStream, limits: Limits) -> Iterator[Entry]:
    """Yield the entries of a section of a JSON Lines feed.

    Line 1 is the first line of the section.
    """
    parse = record_adapter().validator.validate_json
    for frame in frames_of_lines(stream, limits):
        yield (
            Entry(None, problems=(frame,)) if isinstance(frame, Problem) else _entry(frame, parse)
        )


def entry_of(data: bytes) -> Entry:
    """Return the entry for the bytes of a single record."""
    if len(data) > Limits().record_bytes:
        return Entry(None, problems=(too_large(Limits().record_bytes, (1, 1)),))
    return _entry(RawRecord(data, 1), record_adapter().validator.validate_json)


def iter_records(
    source: FeedInput,
    limits: Limits | None = None,
    *,
    on_problem: Callable[[RecordError], None] | None = None,
) -> Iterator[Record]:
    """Read a feed one record at a time, in constant memory.

    For a live stream, such as a pipe or a socket, each record is yielded as soon as its line has
    arrived.

    Args:
        source: a path, or a stream of bytes; JSON Lines or one JSON document, gzipped or not.
        limits: the size limits of the feed and its records.
        on_problem: a function that receives the error of each invalid record, so that reading
            continues. By default, the error is raised.

    Raises:
        UnreadableError: the feed cannot be opened.
        FeedError: the source is not a feed, or has an unknown schema version.
        RecordError: a record is invalid, and ``on_problem`` is not given. The message describes
            its first problem; `validate` reports all problems.
    """
    for entry in _valid(source, limits, on_problem):
        if entry.record is not None and not entry.is_header:
            yield cast("Record", entry.record)


def read_feed(source: FeedInput, limits: Limits | None = None) -> Feed:
    """Read a complete feed, with its header and records.

    The arguments and errors are the same as for `iter_records`, except ``on_problem``.
    """
    with collection_paused():
        header, *records = (entry.record for entry in _valid(source, limits) if entry.record)
    if not isinstance(header, FeedHeader):
        msg = "the feed has no header"
        raise FeedError(msg, name_of(source))
    return Feed(header, tuple(cast("list[Record]", records)))


def records_with_json(
    source: FeedInput,
    limits: Limits | None = None,
    on_header: Callable[[FeedHeader], None] | None = None,
) -> Iterator[tuple[Record, bytes]]:
    """Yield each record of a feed together with its JSON.

    The errors are the same as for `read_feed`.

    Args:
        source: the feed.
        limits: the size limits of the feed and its records.
        on_header: a function that is called with the header of the feed.
    """
    for entry in _valid(source, limits):
        if entry.is_header:
            if on_header is not None:
                on_header(cast("FeedHeader", entry.record))
        elif entry.raw is not None and entry.record is not None:
            yield cast("Record", entry.record), entry.raw.data


def _valid(
    source: FeedInput,
    limits: Limits | None,
    on_problem: Callable[[RecordError], None] | None = None,
) -> Iterator[Entry]:
    """Yield the header and the valid records, and raise the error of any other entry.

    If ``on_problem`` is given, it receives the errors of invalid records instead.
    """
    name = name_of(source)
    for entry in read_entries(source, limits):
        error = first_error(entry, name)
        if error is None:
            yield entry
        elif on_problem is None or entry.is_header or not isinstance(error, RecordError):
            raise error
        else:
            on_problem(error)


@lru_cache(maxsize=2)
def json_object(data: bytes) -> dict[str, Any] | None:
    """Return the bytes as a JSON object, or None if they are not a JSON object.

    The last results are cached, because each function that explains an invalid record needs them.
    """
    try:
        value: Any = from_json(data)
    except ValueError:
        return None
    return cast("dict[str, Any]", value) if isinstance(value, dict) else None


def model_of(data: bytes) -> type[Value] | None:
    """Return the record class for the ``type`` in the bytes, or None."""
    kind = (json_object(data) or {}).get("type")
    return RECORD_CLASSES.get(kind) if isinstance(kind, str) else None


def root_of(entry: Entry) -> type[Value] | Mapping[str, type[Value]]:
    """Return `FeedHeader` for a header; for a record, a mapping from types to classes."""
    return FeedHeader if entry.is_header else RECORD_CLASSES


def _is_header(data: bytes) -> bool:
    value = json_object(data)
    if value is None:
        return b"schema_version" in data
    return value.get("type") == "feed" or "id" not in value


def _entry(
    raw: RawRecord,
    parse: Callable[[bytes], Record | FeedHeader],
    *,
    is_header: bool = False,
) -> Entry:
    try:
        record = parse(raw.data)
    except ValidationError as error:
        return _faulty(raw, error, is_header=is_header)
    return Entry(raw, record, is_header=is_header)


def losses(raw: RawRecord, keys: int) -> tuple[Problem, ...]:
    """Return the problems that parsing a valid record hides, such as a repeated key.

    Args:
        raw: the bytes of the record.
        keys: the number of keys in the JSON of the parsed record.
    """
    may_lose = _may_hold_twice(raw.data, keys) or _may_lose_digits(raw.data)
    return _losses(raw) if may_lose else ()


def _misplaced_header(raw: RawRecord) -> Entry | None:
    if (json_object(raw.data) or {}).get("type") != "feed":
        return None
    problem = Problem("misplaced_header", _MISPLACED_HEADER, place=(raw.line, raw.column))
    return Entry(raw, problems=(problem,), is_header=True)


def _may_hold_twice(data: bytes, keys: int) -> bool:
    """Return whether a key may appear twice, judging by the number of `":` in the bytes."""
    return (
        data.count(b'":') != keys
        or b" :" in data
        # Searching for one byte is much faster than for two, and few records have any of them.
        or (b"\t" in data and b"\t:" in data)
        or (b"\r" in data and b"\r:" in data)
        or (data.find(b"\n", 0, -1) >= 0 and b"\n:" in data)
    )


def _may_lose_digits(data: bytes) -> bool:
    """Return whether the bytes may contain a number that a float cannot represent exactly."""
    digits = data.translate(_DIGITS_AS_ZERO, b".")
    return _MANY_DIGITS in digits or b"0e-" in digits


_SHOWN_AT_MOST = 300
_NOT_FATAL = frozenset(["byte_order_mark", "unsafe_integer"])
_MISPLACED_HEADER = (
    "a header is allowed only on the first line of a feed; if two feeds were joined, pass both "
    "files to validate, or remove this line"
)
_SMALLEST_HEADER = f'{{"type":"feed","schema_version":"{SCHEMA_VERSION}"}}'
_DIGITS_AS_ZERO = bytes.maketrans(b"123456789E", b"000000000e")
_MANY_DIGITS = b"0" * 16


def _faulty(raw: RawRecord, error: ValidationError, *, is_header: bool) -> Entry:
    if problem := _not_utf8(raw) or _not_json(raw, error):
        return Entry(raw, problems=(problem,), is_header=is_header)
    if not is_header and (misplaced := _misplaced_header(raw)):
        return misplaced
    if is_header and (json_object(raw.data) or {}).get("type") == "FeatureCollection":
        message = "the file is GeoJSON; to make a feed, use airspace-events convert"
        problem = Problem("header_missing", message, place=(raw.line, raw.column))
        return Entry(raw, problems=(problem,), is_header=True)
    return Entry(raw, error=error, problems=_losses(raw), is_header=is_header)


def _not_utf8(raw: RawRecord) -> Problem | None:
    try:
        raw.data.decode()
    except UnicodeDecodeError as error:
        place = raw.place(len(raw.data[: error.start].decode()))
        return Problem("wrong_encoding", "the bytes are not valid UTF-8", place=place)
    return None


def _not_json(raw: RawRecord, error: ValidationError) -> Problem | None:
    first = error.errors(include_url=False, include_input=False)[0]
    if first["type"] != "json_invalid":
        return None
    text = raw.data.decode()
    reason, _, place = str(first.get("ctx", {}).get("error")).rpartition(" at line ")
    line, _, column = place.partition(" column ")
    before = raw.data.split(b"\n")[: int(line)]
    before[-1] = before[-1][: int(column)]
    # The column counts bytes, up to the first byte of the invalid character.
    offset = max(0, len(b"\n".join(before).decode(errors="replace")) - 1)
    # A truncated string extends to the end of its line.
    if reason.startswith("EOF") or (
        reason.startswith("control character") and not text[offset:].strip()
    ):
        message = "the record is incomplete: its end is missing"
        return Problem("truncated_record", message, place=raw.place(len(text.rstrip())))
    if reason.startswith("recursion"):
        message = "values are nested too deeply"
        return Problem("nested_too_deeply", message, place=raw.place(offset))
    hint = json_hint(text, offset)
    if reason.startswith("trailing characters"):
        rest = text[offset:].strip()
        if rest == ",":
            hint = "; remove the comma after the record"
        elif rest.startswith("{"):
            hint = "; write each record on its own line"
    message = f"invalid JSON: {reason}{hint}"
    return Problem("json_syntax", message, place=raw.place(offset))


def _losses(raw: RawRecord) -> tuple[Problem, ...]:
    locator = Locator(raw)
    try:
        twice, inexact = locator.duplicate_keys(), locator.inexact_numbers()
        unsafe = locator.unsafe_integers()
    except RecursionError:
        message = "values are nested too deeply to be checked for lost data"
        return (Problem("nested_too_deeply", message, place=(raw.line, raw.column)),)
    message = "the key appears twice; JSON parsers would keep only its last value"
    found = [_loss("duplicate_key", message, locator, place) for place in twice]
    message = "the number has more digits than can be stored"
    found += [_loss("inexact_number", message, locator, place) for place in inexact]
    message = (
        "the integer is greater than 2**53 - 1, so many programs round it, and the record has no "
        "digest; write the integer as text"
    )
    # In other fields the number is out of range.
    found += [
        _loss("unsafe_integer", message, locator, place)
        for place in unsafe
        if place[0][0] == "extensions"
    ]
    return tuple(found)


def _loss(code: str, message: str, locator: Locator, place: Place) -> Problem:
    parts, offset = place
    return Problem(code, message, parts, place=locator.place(offset))


def first_error(entry: Entry, name: str) -> FeedError | None:
    """Return the error for the first fatal problem of an entry, or None.

    Args:
        entry: the entry.
        name: the name of the feed.
    """
    problems = entry.problems
    if entry.raw is not None and entry.record is not None:
        problems = losses(entry.raw, count_keys(entry.record))
    for problem in problems:
        if problem.code in _NOT_FATAL:
            continue
        line = problem.place[0] if problem.place else None
        if entry.raw is None and problem.code != "record_too_large":
            return FeedError(problem.message, name, line)
        return RecordError(problem.message, name, line, pointer(problem.parts))
    if entry.error is not None and entry.raw is not None:
        return _shape_error(entry, entry.error, name)
    if entry.is_header and isinstance(entry.record, FeedHeader):
        return _version_error(entry.record, name)
    return None


def _shape_error(entry: Entry, error: ValidationError, name: str) -> RecordError:
    # Readers of valid feeds do not need the messages about invalid feeds.
    from airspace_events.diagnostics.pydantic_errors import problems_in  # noqa: PLC0415

    raw = cast("RawRecord", entry.raw)
    first, *others = problems_in(
        error, root_of(entry), json_object(raw.data), suggests=lambda _: True
    )
    place = pointer(first.parts)
    reason = f"{first.sentence} (at {place[:_SHOWN_AT_MOST] or 'the record'}"
    reason += f", and {len(others)} more)" if others else ")"
    return RecordError(reason, name, raw.line, place)


def _version_error(header: FeedHeader, name: str) -> FeedError | None:
    known, given = SCHEMA_VERSION.split(".")[0], header.schema_version.split(".")[0]
    if known == given:
        return None
    reason = (
        f"schema version {header.schema_version} is not supported; this library reads {known}.x"
    )
    return FeedError(reason, name)
