"""Faults that tests insert into lines and feeds.

Some faults change a parsed record; they are defined in ``faults.toml`` or by a function. Other
faults change the text of a line. A function returns None if its fault does not apply to the
record.
"""

import json
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.resources import files
from io import BytesIO
from types import MappingProxyType
from typing import Any, cast

from airspace_events.diagnostics.problem import Parts
from airspace_events.errors import FeedError
from airspace_events.feeds.locating import pointer
from airspace_events.feeds.reading import read_feed
from airspace_events.feeds.streams import name_of
from airspace_events.feeds.writing import feed_lines
from airspace_events.testing.given_feed import GivenFeed, as_input
from airspace_events.validation.validator import validate

Json = dict[str, Any]

_ENTRIES: Mapping[str, Json] = tomllib.loads(
    (files("airspace_events.testing") / "faults.toml").read_text("utf-8")
)

FAULTS: Mapping[str, str] = MappingProxyType(
    {name: entry["code"] for name, entry in _ENTRIES.items()}
)
"""A mapping from the name of each fault to the code of the notice that it causes."""

_KEPT = {"type", "id", "title", "kind", "time", "state", "sources"}
_REQUIRED = ("publisher", "speakers", "place", "title", "name")
_TOO_DEEP = 1_000
_NUMBER = b"-+.0123456789Ee"
_FIRST_RECORD = 2


# Faults in a parsed record. Each function returns the pointer of the notice that the fault causes.


def _insert_listed(entry: Json, record: Json) -> Parts | None:
    if record["type"] not in entry.get("records", (record["type"],)):
        return None
    if "needs" in entry and entry["needs"] not in record:
        return None
    if "bare" in entry:
        _strip(record)
    for path in entry.get("change") or (entry["add"],):
        parts = tuple(int(step) if step.isdecimal() else step for step in path.split("/"))
        holder = _value_at(record, parts[:-1])
        if holder is not None and ("add" in entry or parts[-1] in holder):
            holder[parts[-1]] = entry["value"]
            return (*parts, *entry.get("within", ()))
    return None


def _value_at(record: Json, parts: Parts) -> Any:
    value: Any = record
    for part in parts:
        try:
            value = value[part]
        except (KeyError, IndexError):
            return None
    return value


def _strip(record: Json) -> None:
    """Remove most optional fields of a record, and ``supports`` from its citations."""
    for name in record.keys() - _KEPT:
        del record[name]
    for source in record.get("sources", ()):
        source.pop("supports", None)


def _named(value: object, name: str, parts: Parts = ()) -> Iterator[Parts]:
    """Yield the pointer to each key with a given name, at any depth, in document order."""
    if isinstance(value, dict):
        for key, inner in cast("Json", value).items():
            if key == name:
                yield (*parts, key)
            yield from _named(inner, name, (*parts, key))
    elif isinstance(value, list):
        for number, inner in enumerate(cast("Sequence[object]", value)):
            yield from _named(inner, name, (*parts, number))


def _coordinates(record: Json, kind: str) -> Iterator[tuple[Any, Parts]]:
    """Yield the coordinates of each geometry of a given type, with a pointer; skip extensions."""
    for parts in _named(record, "geometry"):
        geometry = _value_at(record, parts)
        if parts[0] != "extensions" and geometry["type"] == kind:
            yield geometry["coordinates"], (*parts, "coordinates")


def _missing_field(record: Json) -> Parts | None:
    due = ("time",) if record["type"] == "incursion" else _REQUIRED
    name = next((name for name in due if name in record), None)
    if name is None:
        return None
    del record[name]
    return (name,)


def _wrong_kind_of_record(record: Json) -> Parts | None:
    if record["type"] == "source" or "sources" not in record:
        return None
    record["sources"][0]["source"] = record["id"]
    return ("sources", 0, "source")


def _changed_point(record: Json, rest: list[float], *within: int) -> Parts | None:
    """Replace all coordinates except the longitude in the first point of a record."""
    for point, parts in _coordinates(record, "Point"):
        point[1:] = rest
        return (*parts, *within)
    return None


def _open_ring(record: Json) -> Parts | None:
    for (ring, *_), parts in _coordinates(record, "Polygon"):
        if ring[0] != ring[1]:
            ring[-1] = ring[1]
            return parts[:-1]
    return None


def _ended_and_ongoing(record: Json) -> Parts | None:
    for number, tenure in enumerate(record.get("tenures", ())):
        if tenure.get("ongoing"):
            tenure["last_day"] = "2025"
            return ("tenures", number)
    return None


def _nowhere(record: Json) -> Parts | None:
    if record["type"] != "incursion":
        return None
    _strip(record)
    record.pop("state", None)
    return ()


def _unchecked_category(record: Json) -> Parts | None:
    flown = _value_at(record, ("objects", 0))
    if not flown or "checked" in flown or "category" not in flown:
        return None
    flown["category"] = "celestial"
    return ("objects", 0)


_RECORD_FAULTS: Mapping[str, Callable[[Json], Parts | None]] = MappingProxyType(
    {
        "missing_field": _missing_field,
        "wrong_kind_of_record": _wrong_kind_of_record,
        "latitude_out_of_range": lambda record: _changed_point(record, [145.2], 1),
        "position_cut_short": lambda record: _changed_point(record, []),
        "open_ring": _open_ring,
        "ended_and_ongoing": _ended_and_ongoing,
        "nowhere": _nowhere,
        "unchecked_category": _unchecked_category,
    }
)


# Faults in the text of a line. Each function also returns the pointer of the notice.


def _duplicate_key(line: bytes) -> tuple[bytes, Parts]:
    name = json.dumps(json.loads(line)["type"]).encode()
    return b'{"type":' + name + b"," + line[1:], ("type",)


def _truncated_json(line: bytes) -> tuple[bytes, Parts]:
    # The cut is after the id, so that the record can be identified, and after a quotation mark. A
    # line that ends within a number may look complete, and a line that ends within "true" is
    # invalid JSON.
    text = line.decode()
    start = text.index('"id":"') + len('"id":"')
    behind = max(text.index('"', start) + 1, len(text) * 3 // 4)
    return text[: text.rindex('"', 0, behind) + 1].encode(), ()


def _nested_too_deeply(line: bytes) -> tuple[bytes, Parts]:
    deep = b"[" * _TOO_DEEP + b"]" * _TOO_DEEP
    return _inserted(line, b'"extensions":{"made-up.example":{"deep":' + deep + b"}}"), ()


def _too_many_digits(line: bytes) -> tuple[bytes, Parts] | None:
    changed = _with_first_number(line, "coordinates", b"[", b"26.10000000000000000001")
    return changed and (changed[0], (*changed[1], 0))


def _inserted(line: bytes, text: bytes) -> bytes:
    return line[:-1] + b"," + text + b"}"


def _with_first_number(
    line: bytes, name: str, opening: bytes, number: bytes
) -> tuple[bytes, Parts] | None:
    """Replace the number after the first key with a given name; return the line and a pointer."""
    head, found, rest = line.partition(f'"{name}":'.encode() + opening)
    end = len(rest) - len(rest.lstrip(_NUMBER))
    parts = next(_named(json.loads(line), name), ("extensions",))
    # An extension may contain any number, so the change would not be a fault in an extension.
    if not end or parts[0] == "extensions":
        return None
    return head + found + number + rest[end:], parts


_LINE_FAULTS: Mapping[str, Callable[[bytes], tuple[bytes, Parts] | None]] = MappingProxyType(
    {
        "duplicate_key": _duplicate_key,
        "truncated_json": _truncated_json,
        "nan": lambda line: _with_first_number(line, "best", b"", b"NaN"),
        "single_quotes": lambda line: (_inserted(line, b"'note':'made up'"), ()),
        "trailing_comma": lambda line: (line + b",", ()),
        "nested_too_deeply": _nested_too_deeply,
        "too_many_digits": _too_many_digits,
        # UTF-8 never contains the byte 0xFF.
        "broken_encoding": lambda line: (line[:-2] + b"\xff" + line[-2:], ()),
    }
)


def plant(fault: str, line: bytes) -> bytes | None:
    """Insert a fault into a line of a feed.

    Args:
        fault: the name of a fault in `FAULTS`.
        line: a valid record as a line of JSON, as this library writes it, but without a line
            break.

    Returns:
        The line with the fault, or None if the fault does not apply to the record. For
        example, a wrong latitude needs a record with a point.

    Raises:
        KeyError: no fault has this name.

    >>> plant("unknown_field", b'{"type":"official","id":"syn-1","name":"Testo Sample"}')
    b'{"type":"official","id":"syn-1","name":"Testo Sample","made_up_field":"made up"}'
    """
    spoiled = spoil(fault, line)
    return spoiled and spoiled[0]


def spoil(fault: str, line: bytes) -> tuple[bytes, str] | None:
    """Insert a fault into a line, and return the line and the JSON Pointer of the notice.

    Return None if the fault does not apply to the record. The arguments and errors are the same
    as for `plant`.
    """
    if fault in _LINE_FAULTS:
        changed = _LINE_FAULTS[fault](line)
        return changed and (changed[0], pointer(changed[1]))
    record = json.loads(line)
    insert = _RECORD_FAULTS.get(fault)
    parts = insert(record) if insert else _insert_listed(_ENTRIES[fault], record)
    if parts is None:
        return None
    text = json.dumps(record, ensure_ascii=False, separators=(",", ":"))
    return text.encode(), pointer(parts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mutation:
    """A copy of a valid feed with a fault in one record.

    Attributes:
        fault: the name of the fault, one of `FAULTS`.
        record: the type of the record with the fault.
        code: the code of the expected notice, which is an error.
        line: the line of the expected notice; the header is line 1.
        pointer: the JSON Pointer (RFC 6901) of the notice; empty for the record itself.
    """

    fault: str
    record: str
    code: str
    line: int
    pointer: str
    _valid: tuple[bytes, ...] = field(repr=False)
    _spoiled: bytes = field(repr=False)

    @property
    def feed(self) -> bytes:
        """The bytes of the feed with the fault, as JSON Lines; they are rebuilt on each access."""
        before, after = self._valid[: self.line - 1], self._valid[self.line :]
        return b"".join((*before, self._spoiled, b"\n", *after))

    def __str__(self) -> str:
        """Return the fault and the record type, for use as a test id."""
        return f"{self.fault}-{self.record}"


def mutations(feed: GivenFeed) -> tuple[Mutation, ...]:
    """Return copies of a valid feed with one fault each, to test whether a reader finds faults.

    The result has at most one mutation for each pair of a fault and a record type, and at most a
    few hundred in total. Each fault is inserted into the first suitable record of the type. The
    mutations are in canonical form, and they are always the same for the same feed. Each mutation
    causes the error in its ``code``, and further errors if other records refer to the record with
    the fault. The function may search every record, so pass a feed of hundreds of records, not
    millions.

    Args:
        feed: a path, a stream of bytes, bytes, a `Feed`, a record or several records.

    Raises:
        UnreadableError: the feed cannot be opened.
        FeedError: the input is not a feed, or the feed is not valid.
        TypeError: the argument cannot be read as a feed.

    >>> first = mutations("docs/examples/tutorial.jsonl")[0]
    >>> str(first), first.code, first.line, first.pointer
    ('unknown_field-source', 'unknown_field', 2, '/made_up_field')
    """
    source = as_input(feed)
    name, valid = name_of(source), read_feed(source)
    lines = tuple(feed_lines(valid.header, valid.records))
    report = validate(BytesIO(b"".join(lines)))
    if not report.ok:
        first = next(notice for notice in report.notices if notice.severity == "error")
        reason = (
            f"only a valid feed can be mutated, but the given feed has an error: {first.message}"
        )
        raise FeedError(reason, name, first.line)
    return tuple(_mutations(lines, [record.type for record in valid.records]))


def _mutations(lines: tuple[bytes, ...], kinds: Sequence[str]) -> Iterator[Mutation]:
    for fault, code in FAULTS.items():
        done: set[str] = set()
        for number, kind in enumerate(kinds, _FIRST_RECORD):
            line = lines[number - 1].removesuffix(b"\n")
            spoiled = None if kind in done else spoil(fault, line)
            if spoiled is not None:
                done.add(kind)
                yield Mutation(
                    fault=fault,
                    record=kind,
                    code=code,
                    line=number,
                    pointer=spoiled[1],
                    _valid=lines,
                    _spoiled=spoiled[0],
                )
