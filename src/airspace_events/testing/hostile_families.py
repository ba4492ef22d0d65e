"""Hostile inputs that every feed reader must survive, with the notices that this library reports.

The descriptions, the notices and the short inputs are in ``hostile_families.toml``.
"""

import gzip
import tomllib
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from struct import pack
from types import MappingProxyType
from typing import Any

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
_TEXT = _VALID.decode()
_MARK = b"\xef\xbb\xbf"
_DOCUMENT = _HEADER[:-2] + b',"records":['
_MANY = 100_000


@dataclass(frozen=True, slots=True, kw_only=True)
class HostileBytes:
    """A hostile input: bytes that are not a feed, or a feed that is hard to read.

    Attributes:
        name: a short name.
        about: a description in a few words.
        codes: the codes that `airspace_events.validate` reports, sorted and without duplicates.
        is_read: whether `airspace_events.read_feed` returns a feed instead of raising `FeedError`.
    """

    name: str
    about: str
    codes: tuple[str, ...]
    is_read: bool

    @property
    def data(self) -> bytes:
        """The bytes of the input, which are always the same; they are rebuilt on each access."""
        entry = _entries()[self.name]
        if "member" in entry:
            return _with(entry["member"].encode())
        return entry["bytes"].encode() if "bytes" in entry else _MADE[self.name]()

    def __str__(self) -> str:
        """Return the name, for use as a test id."""
        return self.name


def hostile_bytes() -> tuple[HostileBytes, ...]:
    """Return inputs that a reader must survive without a crash, a hang or unbounded memory use.

    The total size of the inputs is a few megabytes, but one of them unpacks to 64 MiB. Some inputs
    are valid feeds, which reveal readers that are too strict.

    >>> first = hostile_bytes()[0]
    >>> first.name, first.data, first.codes
    ('empty', b'', ('no_records',))
    """
    return tuple(
        HostileBytes(
            name=name,
            about=entry["about"],
            codes=tuple(entry["codes"]),
            is_read=entry.get("is_read", False),
        )
        for name, entry in _entries().items()
    )


@cache
def _entries() -> Mapping[str, Mapping[str, Any]]:
    file = files("airspace_events.testing") / "hostile_families.toml"
    return tomllib.loads(file.read_text("utf-8"))


def _with(member: bytes) -> bytes:
    return _VALID[:-2] + b"," + member + b"}\n"


def _packed(data: bytes) -> bytes:
    """Return data as uncompressed gzip, which has the same bytes on every platform."""
    head = b"\x1f\x8b\x08" + bytes(6) + b"\xff"
    block = b"\x01" + pack("<HH", len(data), len(data) ^ 0xFFFF) + data
    return head + block + pack("<LL", zlib.crc32(data), len(data))


def _note_of(size: int) -> bytes:
    return _with(b'"note":"' + b"x" * size + b'"')


_MADE: Mapping[str, Callable[[], bytes]] = MappingProxyType(
    {
        "header_alone": lambda: _HEADER,
        "packed_nothing": lambda: _packed(b""),
        "nuls": lambda: bytes(1000),
        "utf_16": lambda: b"\xff\xfe" + _TEXT.encode("utf-16-le"),
        "utf_16_unmarked": lambda: _TEXT.encode("utf-16-be"),
        "utf_32": lambda: _TEXT.encode("utf-32-le"),
        "latin_1": lambda: _with(b'"note":"made up in K\xf8benhavn"'),
        "overlong": lambda: _with(b'"note":"\xc0\xaf"'),
        "surrogate_in_bytes": lambda: _with(b'"note":"\xed\xa0\x80"'),
        "byte_order_mark": lambda: _MARK + _VALID,
        "byte_order_mark_twice": lambda: _MARK + _MARK + _VALID,
        "open_brackets": lambda: _HEADER + b"[" * _MANY,
        "open_braces": lambda: _HEADER + b'{"a":' * _MANY,
        "closed_brackets": lambda: _with(
            b'"extensions":{"example.org":' + b"[" * _MANY + b"]" * _MANY + b"}"
        ),
        "long_line": lambda: _note_of(1 << 20),
        "long_text": lambda: _note_of(5 * _MANY),
        "long_key": lambda: _with(b'"' + b"k" * _MANY + b'":1'),
        "long_time": lambda: _VALID.replace(b"2025-01-12", b"2025-01-12/" * 20_000),
        "many_keys": lambda: _with(b",".join(b'"k%d":0' % number for number in range(5_000))),
        "many_faults": lambda: _HEADER + b"{}\n" * 5_000,
        "many_digits": lambda: _with(b'"revision":' + b"9" * _MANY),
        "many_decimals": lambda: _with(
            b'"duration":{"best":0.' + b"3" * _MANY + b',"unit":"min"}'
        ),
        "array": lambda: b"[" + _SOURCE + b"]",
        "document_cut_short": lambda: _DOCUMENT + _SOURCE + b',{"type":"inc',
        "records_twice": lambda: _DOCUMENT + _SOURCE + b'],"records":[]}',
        "two_documents": lambda: (_DOCUMENT + b"]}") * 2,
        "line_cut_short": lambda: _VALID[:-30],
        "lines_joined": lambda: _VALID.replace(b"\n", b""),
        "line_ends_of_old": lambda: _VALID.replace(b"\n", b"\r"),
        "line_ends_of_windows": lambda: _VALID.replace(b"\n", b"\r\n"),
        "last_line_open": lambda: _VALID[:-1],
        "python": lambda: _VALID.replace(b'"', b"'"),
        "picture": lambda: b"\x89PNG\r\n\x1a\n" + bytes(range(256)),
        "header_missing": lambda: _SOURCE + _INCURSION,
        "header_twice": lambda: _HEADER + _VALID,
        "header_in_the_middle": lambda: _HEADER + _SOURCE + _HEADER + _INCURSION,
        "version_of_tomorrow": lambda: _with(b'"a_field_of_tomorrow":1').replace(
            b"1.0", b"1.1", 1
        ),
        "version_of_another_world": lambda: _VALID.replace(b"1.0", b"2.0", 1),
        "version_as_a_number": lambda: _VALID.replace(b'"1.0"', b"1.0", 1),
        "version_without_end": lambda: _VALID.replace(b"1.0", b"1." + b"9" * _MANY, 1),
        "gzip_cut_short": lambda: _packed(_VALID)[:-20],
        "gzip_head": lambda: _packed(_VALID)[:10],
        "gzip_checksum": lambda: _packed(_VALID)[:-8] + bytes(8),
        "gzip_overwritten": lambda: _packed(_VALID)[:10] + b"\xff" * 100,
        "gzip_and_more": lambda: _packed(_VALID) + b"behind it",
        "gzip_in_gzip": lambda: _packed(_packed(_VALID)),
        "gzip_in_parts": lambda: _packed(_HEADER) + _packed(_SOURCE + _INCURSION),
        "gzip_bomb": lambda: gzip.compress(_note_of(64 << 20), mtime=0),
    }
)
"""A mapping from names to functions that build the inputs whose bytes are not in the TOML file."""
