"""Hostile inputs that every feed reader must survive, with the notices of this library."""

import gzip
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from struct import pack
from typing import NamedTuple

_HEADER = b'{"type":"feed","schema_version":"1.0"}\n'
_SOURCE = (
    b'{"type":"source","id":"a-report","kind":"news_report",'
    b'"publisher":"A made-up newsroom","language":"en"}\n'
)
_INCURSION = (
    b'{"type":"incursion","id":"ro-1","state":"RO",'
    b'"time":{"value":"2025-01-12"},"sources":[{"source":"a-report"}]}\n'
)
_VALID = _HEADER + _SOURCE + _INCURSION
_MANY = 100_000
_OVER_THE_LIMIT = 1 << 20
_BOMB = 64 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class HostileBytes:
    """A hostile input: bytes that are not a feed, or a feed that is hard to read.

    Attributes:
        name: a short name.
        about: a description in a few words.
        codes: the distinct codes that `airspace_events.validate` reports, sorted.
        is_read: whether `airspace_events.read_feed` returns a feed instead of raising `FeedError`.
    """

    name: str
    about: str
    codes: tuple[str, ...]
    is_read: bool

    @property
    def data(self) -> bytes:
        """The bytes of the input, which are built on each access and are always the same."""
        return _FAMILIES[self.name].make()

    def __str__(self) -> str:
        """Return the name, for use as the id of a test."""
        return self.name


def hostile_bytes() -> tuple[HostileBytes, ...]:
    """Return inputs that a reader must survive without a crash, a hang or unbounded memory use.

    All inputs together take a few megabytes; one input unpacks to 64 MiB. Some inputs are valid
    feeds, to find readers that are too strict.

    >>> first = hostile_bytes()[0]
    >>> first.name, first.data, first.codes
    ('empty', b'', ('no_records',))
    """
    return tuple(
        HostileBytes(
            name=name,
            about=family.about,
            codes=tuple(sorted(family.codes.split())),
            is_read=family.is_read,
        )
        for name, family in _FAMILIES.items()
    )


class _Family(NamedTuple):
    """A family: its description, the function that makes the bytes, and the expected codes."""

    about: str
    make: Callable[[], bytes]
    codes: str
    is_read: bool = False


def _with(member: bytes) -> bytes:
    """Return a valid feed with an additional member in its last record."""
    return _VALID[:-2] + b"," + member + b"}\n"


def _packed(data: bytes) -> bytes:
    """Return a gzip file without compression, so that the bytes are the same on every platform."""
    head = b"\x1f\x8b\x08" + bytes(6) + b"\xff"
    block = b"\x01" + pack("<HH", len(data), len(data) ^ 0xFFFF) + data
    return head + block + pack("<LL", zlib.crc32(data), len(data))


def _bomb() -> bytes:
    return gzip.compress(_with(b'"note":"' + b"x" * _BOMB + b'"'), mtime=0)


_NOTHING: dict[str, _Family] = {
    "empty": _Family("nothing at all", lambda: b"", "no_records"),
    "blank_lines": _Family(
        "a feed that has only blank lines", lambda: b"\n \n\r\n\t\n", "no_records"
    ),
    "header_alone": _Family(
        "a header without records", lambda: _HEADER, "no_records", is_read=True
    ),
    "packed_nothing": _Family("a gzip file of an empty file", lambda: _packed(b""), "no_records"),
}
_ENCODINGS: dict[str, _Family] = {
    "nuls": _Family(
        "only NUL bytes, as a failing disk may return", lambda: bytes(1000), "wrong_encoding"
    ),
    "utf_16": _Family(
        "a feed in UTF-16 with a byte-order mark",
        lambda: b"\xff\xfe" + _VALID.decode().encode("utf-16-le"),
        "wrong_encoding",
    ),
    "utf_16_unmarked": _Family(
        "a feed in UTF-16 without a byte-order mark",
        lambda: _VALID.decode().encode("utf-16-be"),
        "wrong_encoding",
    ),
    "utf_32": _Family(
        "a feed in UTF-32",
        lambda: _VALID.decode().encode("utf-32-le"),
        "wrong_encoding",
    ),
    "latin_1": _Family(
        "a text in ISO 8859-1",
        lambda: _with(b'"note":"made up in K\xf8benhavn"'),
        "wrong_encoding",
    ),
    "overlong": _Family(
        "a character encoded in more UTF-8 bytes than necessary",
        lambda: _with(b'"note":"\xc0\xaf"'),
        "wrong_encoding",
    ),
    "surrogate_in_bytes": _Family(
        "an unpaired surrogate in UTF-8",
        lambda: _with(b'"note":"\xed\xa0\x80"'),
        "wrong_encoding",
    ),
    "surrogate_in_escape": _Family(
        "an unpaired surrogate as an escape",
        lambda: _with(b'"note":"\\ud800"'),
        "json_syntax",
    ),
    "byte_order_mark": _Family(
        "a byte-order mark before a valid feed",
        lambda: b"\xef\xbb\xbf" + _VALID,
        "byte_order_mark",
        is_read=True,
    ),
    "byte_order_mark_twice": _Family(
        "two byte-order marks before a valid feed",
        lambda: b"\xef\xbb\xbf" * 2 + _VALID,
        "byte_order_mark json_syntax",
    ),
}
_SIZES: dict[str, _Family] = {
    "open_brackets": _Family(
        "100,000 arrays that are opened and never closed",
        lambda: _HEADER + b"[" * _MANY,
        "nested_too_deeply",
    ),
    "open_braces": _Family(
        "100,000 objects that are opened and never closed",
        lambda: _HEADER + b'{"a":' * _MANY,
        "nested_too_deeply",
    ),
    "closed_brackets": _Family(
        "100,000 nested arrays",
        lambda: _with(b'"extensions":{"example.org":' + b"[" * _MANY + b"]" * _MANY + b"}"),
        "nested_too_deeply",
    ),
    "long_line": _Family(
        "a record over 1 MiB",
        lambda: _with(b'"note":"' + b"x" * _OVER_THE_LIMIT + b'"'),
        "record_too_large",
    ),
    "long_text": _Family(
        "a text of 500,000 characters",
        lambda: _with(b'"note":"' + b"x" * (5 * _MANY) + b'"'),
        "wrong_length",
    ),
    "long_key": _Family(
        "a key of 100,000 characters",
        lambda: _with(b'"' + b"k" * _MANY + b'":1'),
        "unknown_field",
    ),
    "long_time": _Family(
        "a time of 20,000 days",
        lambda: _VALID.replace(b"2025-01-12", b"2025-01-12/" * 20_000),
        "wrong_length",
    ),
    "many_keys": _Family(
        "5,000 fields that no record has",
        lambda: _with(b",".join(b'"k%d":0' % number for number in range(5_000))),
        "unknown_field notices_left_out",
    ),
    "many_faults": _Family(
        "5,000 records that are not valid",
        lambda: _HEADER + b"{}\n" * 5_000,
        "missing_field notices_left_out",
    ),
}
_NUMBERS: dict[str, _Family] = {
    "many_digits": _Family(
        "an integer of 100,000 digits",
        lambda: _with(b'"revision":' + b"9" * _MANY),
        "json_syntax",
    ),
    "many_decimals": _Family(
        "a number with 100,000 decimals",
        lambda: _with(b'"duration":{"best":0.' + b"3" * _MANY + b',"unit":"min"}'),
        "inexact_number",
    ),
    "huge_exponent": _Family(
        "a number too large for a float",
        lambda: _with(b'"duration":{"best":1e999999999,"unit":"min"}'),
        "not_finite",
    ),
    "tiny_exponent": _Family(
        "a number too small for a float",
        lambda: _with(b'"duration":{"best":1e-999999999,"unit":"min"}'),
        "inexact_number",
    ),
    "not_a_number": _Family(
        "NaN, which is not valid JSON",
        lambda: _with(b'"duration":{"best":NaN,"unit":"min"}'),
        "not_finite",
    ),
    "minus_infinity": _Family(
        "-Infinity, which is not valid JSON",
        lambda: _with(b'"duration":{"best":-Infinity,"unit":"min"}'),
        "not_finite",
    ),
}
_JSON: dict[str, _Family] = {
    "duplicate_key": _Family(
        "a key that occurs twice",
        lambda: _with(b'"crossing":"reported","crossing":"disputed"'),
        "duplicate_key",
    ),
    "duplicate_key_in_disguise": _Family(
        "a key that occurs twice, once with an escape",
        lambda: _with(b'"crossing":"reported","cross\\u0069ng":"disputed"'),
        "duplicate_key",
    ),
    "no_objects": _Family(
        "lines of JSON that are not objects",
        lambda: _HEADER + b'null\n[]\n1\ntrue\n"a"\n',
        "wrong_type",
    ),
    "scalar": _Family("a feed that is only a number", lambda: b"42", "header_missing wrong_type"),
    "array": _Family(
        "a list of records without a header", lambda: b"[" + _SOURCE + b"]", "json_syntax"
    ),
    "records_no_list": _Family(
        "a document with an object in place of the list of records",
        lambda: _HEADER[:-2] + b',"records":{"a":1}}',
        "wrong_type",
    ),
    "records_twice": _Family(
        "a document with two lists of records",
        lambda: _HEADER[:-2] + b',"records":[' + _SOURCE + b'],"records":[]}',
        "duplicate_key",
    ),
    "document_cut_short": _Family(
        "a document that is cut off within a record",
        lambda: _HEADER[:-2] + b',"records":[' + _SOURCE + b',{"type":"inc',
        "json_syntax",
    ),
    "two_documents": _Family(
        "two documents, one after the other",
        lambda: (_HEADER[:-2] + b',"records":[]}') * 2,
        "json_syntax",
    ),
    "line_cut_short": _Family(
        "a feed whose last record is cut off", lambda: _VALID[:-30], "truncated_record"
    ),
    "lines_joined": _Family(
        "records without line endings between them",
        lambda: _VALID.replace(b"\n", b""),
        "json_syntax no_records",
    ),
    "line_ends_of_old": _Family(
        "lines that end with CR alone",
        lambda: _VALID.replace(b"\n", b"\r"),
        "json_syntax no_records",
    ),
    "line_ends_of_windows": _Family(
        "a valid feed whose lines end with CRLF",
        lambda: _VALID.replace(b"\n", b"\r\n"),
        "",
        is_read=True,
    ),
    "last_line_open": _Family(
        "a valid feed without its last line ending", lambda: _VALID[:-1], "", is_read=True
    ),
    "python": _Family(
        "a feed in Python syntax instead of JSON",
        lambda: _VALID.replace(b'"', b"'"),
        "json_syntax",
    ),
    "html": _Family(
        "an HTML error page for a missing feed",
        lambda: b"<!DOCTYPE html>\n<html><body>Not found</body></html>\n",
        "json_syntax",
    ),
    "csv": _Family(
        "a spreadsheet",
        lambda: b"id,state,time\nro-1,RO,2025-01-12\n",
        "json_syntax",
    ),
    "picture": _Family(
        "the first bytes of a PNG image",
        lambda: b"\x89PNG\r\n\x1a\n" + bytes(range(256)),
        "wrong_encoding",
    ),
}
_HEADERS: dict[str, _Family] = {
    "header_missing": _Family(
        "records without a header", lambda: _SOURCE + _INCURSION, "header_missing"
    ),
    "header_twice": _Family("two headers", lambda: _HEADER + _VALID, "misplaced_header"),
    "header_in_the_middle": _Family(
        "two feeds joined into one file",
        lambda: _HEADER + _SOURCE + _HEADER + _INCURSION,
        "misplaced_header",
    ),
    "version_of_tomorrow": _Family(
        "a feed of a newer minor version with a new field",
        lambda: _with(b'"a_field_of_tomorrow":1').replace(b"1.0", b"1.1", 1),
        "schema_version_newer unknown_field",
    ),
    "version_of_another_world": _Family(
        "another major version",
        lambda: _VALID.replace(b"1.0", b"2.0", 1),
        "schema_version_unknown",
    ),
    "version_as_a_number": _Family(
        "a schema version that is not text",
        lambda: _VALID.replace(b'"1.0"', b"1.0", 1),
        "wrong_type",
    ),
    "version_without_end": _Family(
        "a schema version of 100,000 digits",
        lambda: _VALID.replace(b"1.0", b"1." + b"9" * _MANY, 1),
        "malformed_value",
    ),
}
_STEERING: dict[str, _Family] = {
    "control_bytes": _Family(
        "a text with terminal colour codes",
        lambda: _with(b'"note":"\x1b[31mred"'),
        "json_syntax",
    ),
    "control_escapes": _Family(
        "a NUL and a bell in a text, as escapes",
        lambda: _with(b'"note":"a\\u0000b\\u0007"'),
        "control_character",
        is_read=True,
    ),
    "control_keys": _Family(
        "keys with terminal colour codes and line breaks",
        lambda: _with(b'"\\u001b[31mred\\u0007":1,"\\n":2'),
        "unknown_field",
    ),
    "bidi_keys": _Family(
        "keys with characters that reverse the text direction",
        lambda: _with('"\u202ereversed\u202c":1,"\u2066":1'.encode()),
        "unknown_field",
    ),
    "forged_lines": _Family(
        "a key that looks like a line of a report",
        lambda: _with(b'"\\n::error file=feed.jsonl::forged\\nfeed.jsonl:1:1: error[forged]":1'),
        "unknown_field",
    ),
    "markup": _Family(
        "keys and values that a browser or a spreadsheet would execute",
        lambda: _with(b'"<script>alert(1)</script>":"<img src=x onerror=alert(1)>","=1+1":1'),
        "unknown_field",
    ),
}
_PACKED: dict[str, _Family] = {
    "gzip_cut_short": _Family(
        "a gzip file that is cut off", lambda: _packed(_VALID)[:-20], "truncated_input"
    ),
    "gzip_head": _Family(
        "the first ten bytes of a gzip file", lambda: _packed(_VALID)[:10], "truncated_input"
    ),
    "gzip_checksum": _Family(
        "a gzip file with a wrong checksum",
        lambda: _packed(_VALID)[:-8] + bytes(8),
        "damaged_gzip",
    ),
    "gzip_overwritten": _Family(
        "a gzip file with overwritten contents",
        lambda: _packed(_VALID)[:10] + b"\xff" * 100,
        "damaged_gzip",
    ),
    "gzip_and_more": _Family(
        "a gzip file followed by other bytes",
        lambda: _packed(_VALID) + b"behind it",
        "damaged_gzip",
    ),
    "gzip_in_gzip": _Family(
        "a gzip file inside a gzip file", lambda: _packed(_packed(_VALID)), "wrong_encoding"
    ),
    "gzip_in_parts": _Family(
        "a valid feed in two concatenated gzip files",
        lambda: _packed(_HEADER) + _packed(_SOURCE + _INCURSION),
        "",
        is_read=True,
    ),
    "gzip_bomb": _Family("a small gzip file that unpacks to 64 MiB", _bomb, "record_too_large"),
}

_FAMILIES = {
    **_NOTHING,
    **_ENCODINGS,
    **_SIZES,
    **_NUMBERS,
    **_JSON,
    **_HEADERS,
    **_STEERING,
    **_PACKED,
}
