"""What goes wrong with feeds: changes of bytes and of JSON, and readers that share no code.

All changes are made with a `random.Random` that is passed in, so that Hypothesis and the fuzzer in
``fuzz/`` can both use them. The readers are slow, plain, and written anew: what the library says
of places and of losses is compared with them.
"""

from __future__ import annotations

import gzip
import json
import unicodedata
from collections.abc import Callable, Iterator
from datetime import datetime
from decimal import Decimal
from random import Random
from typing import Any, NamedTuple

from pydantic import ValidationError

import airspace_events as ae
from airspace_events.feeds.reading import record_adapter

Parts = tuple[int | str, ...]

HEADER = b'{"type":"feed","schema_version":"1.0"}'

#: Values that stand where others are expected.
HOSTILE_VALUES: tuple[Any, ...] = (
    None, True, False, 0, -1, 1.5, 10**9, 10**30, -(10**400), 1e300, 5e-324, "", " ", "x", "a-b",
    "RO", "ro", "UK", "nato", "2024", "2024-02-30", "/2024-09-18?",
    "2024-09-08T02:25:00+03:00",
    "2024-09-08T02:25:00", "1900-01-01T00:00:00+14:00", "2200-12-31T23:59:59-12:00", "2200-12",
    "1900", "../1900", "Europe/Bukarest", "e\u0301", "\u202e\x1b[31m", "::error::x", "<b>", "x\ny",
    "x" * 2_000, "/a" * 300, [], {}, [[]], [{}], {"": ""}, {"a/b~c": [1]}, [None], ["x"] * 50,
    {"value": "2024"}, {"best": 3}, {"min": 5, "max": 3},
)  # fmt: skip
HOSTILE_KEYS = (
    "", "x", "id", "type", "note", "a/b", "~1", "perpetrator", "date", "\u202e", "\x1b[2J", "\n",
    "\0", "é" * 40, "k" * 500, "0", "-1", "extensions", "value",
)  # fmt: skip
_NUMBERS = (
    "NaN", "Infinity", "-Infinity", "1e400", "1e-400", "-0", "0.10000000000000000001", "1.0",
    "12345678901234567890", "26.100000000000000000000", "1E2", "123456789.123456789123",
    "01", "+1",
)  # fmt: skip
_PIECES = (
    b"[", b"]", b"{", b"}", b'"', b"\\", b",", b":", b"\n", b"\r\n", b"\n\n", b"\0", b"\xff",
    b"\xef\xbb\xbf", b"\x1f\x8b", b"\xc3", b"\xe2\x80\xae", b"\xed\xa0\x80", b"NaN", b"null",
    b'"records":[', b'"type":"feed"', b"\\ud800", b"\\u0000", b"1e999", b"'", b"//", b" " * 50,
    b"[" * 500, b'{"a":' * 500, b"9" * 5_000,
)  # fmt: skip


# Changes of bytes.


def changed_bytes(data: bytes, dice: Random) -> bytes:
    """A feed with a few bytes flipped, cut out, put in, doubled or swapped."""
    for _ in range(dice.randint(1, 4)):
        at, size = dice.randint(0, len(data)), dice.choice((1, 1, 2, 8, 200))
        before, inside, after = data[:at], data[at : at + size], data[at + size :]
        change = dice.randrange(7)
        if change == 0:
            data = before + bytes(byte ^ 1 << dice.randrange(8) for byte in inside[:1])
            data += inside[1:] + after
        elif change == 1:
            data = before + after
        elif change == 2:
            data = before + dice.choice(_PIECES) + inside + after
        elif change == 3:
            data = before + inside + inside + after
        elif change == 4:
            data = before + bytes(dice.randrange(256) for _ in inside) + after
        elif change == 5:
            data = before if dice.random() < 0.3 else before + after + inside
        else:
            lines = data.split(b"\n")
            first, second = dice.randrange(len(lines)), dice.randrange(len(lines))
            lines[first], lines[second] = lines[second], lines[first]
            data = b"\n".join(lines)
    return data


def packed_or_not(data: bytes, dice: Random) -> bytes:
    """The bytes, or a gzip file of them, which may be damaged or followed by something."""
    form = dice.randrange(8)
    if form > 3:
        return data
    packed = gzip.compress(data, 1, mtime=0)
    if form == 1:
        return changed_bytes(packed, dice)
    if form == 2:
        return packed + dice.choice((b"\0" * 100, b"x", packed, data))
    return packed[: dice.randint(1, len(packed))] if form == 3 else packed


# Changes of JSON.


def everything(value: Any, at: Parts = ()) -> Iterator[tuple[Parts, Any]]:
    """Every value within a value, itself first, with the parts of its pointer."""
    yield at, value
    inside: Any = ()
    if isinstance(value, dict | list):
        inside = value.items() if isinstance(value, dict) else enumerate(value)
    for name, inner in inside:
        yield from everything(inner, (*at, name))


def changed_json(value: Any, dice: Random) -> Any:
    """A record in which a value is another one, is gone, is there twice, or is new."""
    value = json.loads(json.dumps(value))
    places = list(everything(value))
    parts, old = dice.choice(places[1:] or places)
    other = json.loads(json.dumps(dice.choice(places)[1]))
    if not parts:
        return dice.choice(HOSTILE_VALUES)
    holder = value
    for part in parts[:-1]:
        holder = holder[part]
    last: Any = parts[-1]
    change = dice.randrange(6)
    if change == 0:
        holder[last] = dice.choice(HOSTILE_VALUES)
    elif change == 1:
        holder[last] = other
    elif change == 2:
        del holder[last]
    elif change == 3 and isinstance(holder, dict):
        holder[dice.choice(HOSTILE_KEYS)] = dice.choice(HOSTILE_VALUES)
    elif change == 4 and isinstance(old, dict):
        old[dice.choice(HOSTILE_KEYS)] = dice.choice(HOSTILE_VALUES)
    elif isinstance(holder, list):
        holder.insert(last, other)
    else:
        holder[dice.choice(HOSTILE_KEYS)] = holder.pop(last)
    return json.loads(json.dumps(value))


def spelled(  # noqa: C901 (one branch for each kind of value)
    value: Any, dice: Random, strange: float = 0.02, *, spread: bool = False
) -> str:
    """JSON for a value: with spaces, escapes, keys that stand twice, and odd numbers.

    Args:
        value: what is written.
        dice: what decides.
        strange: the share of values that are written in an odd way.
        spread: whether line ends may stand where JSON allows white space.
    """
    gaps = ("", " ", "\t", "\r", "  ", *(("\n", "\n\n  ") if spread else ()))

    def gap() -> str:
        return dice.choice(gaps) if dice.random() < strange else ""

    def text(plain: str) -> str:
        if dice.random() >= strange:
            return json.dumps(plain, ensure_ascii=False)
        if dice.random() < 0.1:
            return '"' + dice.choice(("\\ud800", "\\udc00x", "\\x41", "\\u12", "\t")) + '"'
        return '"' + "".join(f"\\u{unit:04x}" for unit in _utf_16(plain)) + '"'

    def written(inner: Any) -> str:
        if isinstance(inner, dict):
            members = [
                f"{gap()}{text(k)}{gap()}:{gap()}{written(v)}{gap()}" for k, v in inner.items()
            ]
            if members and dice.random() < strange:
                name, again = dice.choice(list(inner.items()))
                members.insert(dice.randint(0, len(members)), f"{text(name)}:{written(again)}")
            return "{" + ",".join(members) + "}"
        if isinstance(inner, list):
            return "[" + ",".join(gap() + written(one) + gap() for one in inner) + "]"
        if isinstance(inner, str):
            return text(inner)
        if isinstance(inner, int | float) and not isinstance(inner, bool):
            return dice.choice(_NUMBERS) if dice.random() < strange else json.dumps(inner)
        return json.dumps(inner)

    return written(value)


def _utf_16(text: str) -> list[int]:
    data = text.encode("utf-16-be", "surrogatepass")
    return [int.from_bytes(data[at : at + 2], "big") for at in range(0, len(data), 2)]


# Forms of feeds.


def as_lines(records: list[bytes], dice: Random) -> bytes:
    """A feed of JSON Lines: with blank lines, a byte-order mark, CRLF, no end of the last line."""
    end = dice.choice((b"\n", b"\n", b"\r\n"))
    data = b"".join(
        line + end + (dice.choice((b"\n", b" \n", b"\r\n\t\n")) if dice.random() < 0.1 else b"")
        for line in (HEADER, *records)
    )
    if dice.random() < 0.2:
        data = data.rstrip()
    return data


def as_document(records: list[bytes], dice: Random) -> bytes:
    """The same as one document, on one line or on several."""
    gap = dice.choice((b"", b"\n", b" ", b"\r\n  "))
    inside = (b"," + gap).join(records)
    return HEADER[:-1] + b"," + gap + b'"records":' + gap + b"[" + gap + inside + gap + b"]}" + gap


# A reader of JSON that shares nothing with the library.


class Member(NamedTuple):
    """Where the name and the value of something stand in a text."""

    name_at: int
    value_at: int


def places_in(text: str, start: int = 0) -> dict[Parts, list[Member]]:
    """Where everything stands that a JSON text holds; what appears twice has several places.

    Raises:
        ValueError: it is not JSON.
    """
    found: dict[Parts, list[Member]] = {}
    _scan(text, _gap(text, start), (), _gap(text, start), found)
    return found


def _gap(text: str, at: int) -> int:
    while at < len(text) and text[at] in " \t\r\n":
        at += 1
    return at


def _scan(text: str, at: int, parts: Parts, name_at: int, found: dict[Parts, list[Member]]) -> int:
    found.setdefault(parts, []).append(Member(name_at, at))
    if text[at] not in "{[":
        return _end_of_scalar(text, at)
    opening, number = text[at], 0
    at = _gap(text, at + 1)
    while text[at] not in "}]":
        name: int | str = number
        before = at
        if opening == "{":
            end = _end_of_scalar(text, at)
            name = json.loads(text[at:end], strict=False)
            at = _gap(text, _gap(text, end) + 1)
        at = _gap(text, _scan(text, at, (*parts, name), before, found))
        number += 1
        if text[at] == ",":
            at = _gap(text, at + 1)
    return at + 1


def _end_of_scalar(text: str, at: int) -> int:
    if text[at] != '"':
        while at < len(text) and text[at] not in ",:]} \t\r\n":
            at += 1
        return at
    at += 1
    while text[at] != '"':
        at += 2 if text[at] == "\\" else 1
    return at + 1


def parts_of(pointer: str, places: dict[Parts, list[Member]]) -> Parts:
    """The parts of an RFC 6901 pointer; a number is an index if there is an array."""
    parts: Parts = ()
    for raw in pointer.split("/")[1:]:
        part = raw.replace("~1", "/").replace("~0", "~")
        is_index = part.isdecimal() and (*parts, int(part)) in places
        parts = (*parts, int(part) if is_index else part)
    return parts


def offset_in(text: str, line: int, column: int) -> int:
    """The offset of a line and a column, which count from 1, in a text with LF."""
    at = 0
    for _ in range(line - 1):
        at = text.index("\n", at) + 1
    return at + column - 1


_MISSING = frozenset({"missing_field", "unknown_record_type", "value_not_in_vocabulary"})


def misplaced(notice: ae.Notice, text: str, record_at: int) -> str | None:
    """Why the place of a notice is wrong, or None if it leads to what the pointer names.

    Args:
        notice: the notice.
        text: the whole feed.
        record_at: where in it the record begins.
    """
    places = places_in(text, record_at)
    at = offset_in(text, notice.line, notice.column)
    parts = parts_of(notice.pointer, places)
    if parts in places:
        allowed = {place for member in places[parts] for place in member}
    else:
        inner = parts
        while inner not in places:
            inner = inner[:-1]
        allowed = {member.value_at for member in places[inner]}
        if len(inner) < len(parts) - 1 or notice.code not in _MISSING:
            return f"{notice.pointer} is not in the record"
    if at in allowed:
        return None
    return f"{notice.line}:{notice.column} is at {text[at : at + 20]!r}, not at {notice.pointer}"


# What is lost.


class Twice(ValueError):  # noqa: N818 (it is no failure)
    """A key appears twice."""


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len({name for name, _ in pairs}) < len(pairs):
        raise Twice
    return dict(pairs)


def exactly(text: str | bytes) -> Any:
    """JSON with all digits of its numbers.

    Raises:
        Twice: a key appears twice in an object.
    """
    return json.loads(text, parse_float=Decimal, object_pairs_hook=_once)


def lost_in(text: str | bytes, record: ae.Record) -> str | None:
    """What of a text would not be written back, or None if all is."""
    try:
        told, kept = exactly(text), exactly(ae.to_json(record))
    except Twice:
        return "a key that appears twice"
    for parts in _differences(told, kept):
        if not _goes_without_saying(text, parts, record):
            return "/".join(map(str, parts)) or "everything"
    return None


def _differences(told: Any, kept: Any, at: Parts = ()) -> Iterator[Parts]:
    if isinstance(told, dict) and isinstance(kept, dict):
        for name in told.keys() | kept.keys():
            if name in told and name in kept:
                yield from _differences(told[name], kept[name], (*at, name))
            else:
                yield (*at, name)
    elif isinstance(told, list) and isinstance(kept, list) and len(told) == len(kept):
        for number, (one, other) in enumerate(zip(told, kept, strict=True)):
            yield from _differences(one, other, (*at, number))
    elif isinstance(told, bool) or isinstance(kept, bool):
        if told is not kept:
            yield at
    elif told != kept and not _is_same_instant(told, kept):
        yield at


def _is_same_instant(told: Any, kept: Any) -> bool:
    try:
        one, other = datetime.fromisoformat(told), datetime.fromisoformat(kept)
    except (TypeError, ValueError):
        return False
    return one == other and one.utcoffset() == other.utcoffset()


def _goes_without_saying(text: str | bytes, parts: Parts, record: ae.Record) -> bool:
    """Whether the record is the same without some part: it is null, or what is meant anyway."""
    value = json.loads(text)
    holder = value
    for part in parts[:-1]:
        holder = holder[part]
    if not parts or not isinstance(holder, dict) or parts[-1] not in holder:
        return False
    del holder[parts[-1]]
    try:
        return record_adapter().validate_json(json.dumps(value)) == record
    except ValidationError:
        return False


# What is safe to print.

_UNSAFE = {"Cc", "Cf", "Cs", "Zl", "Zp"}


def steers(line: str) -> bool:
    """Whether a line has a character that steers a terminal or an editor."""
    return any(unicodedata.category(char) in _UNSAFE for char in line)


Change = Callable[[bytes, Random], bytes]
