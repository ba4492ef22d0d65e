"""Faults that change the text of a line: each gives the new line and says where the fault is.

The place is that of the notice which the fault gives. A line as a whole has no parts.
"""

import json
from collections.abc import Callable, Mapping
from types import MappingProxyType

from airspace_events.diagnostics.problem import Parts
from airspace_events.testing.json_cursor import named

Change = Callable[[bytes], tuple[bytes, Parts] | None]

_TOO_DEEP = 1_000
_NUMBER = b"-+.0123456789Ee"


def _duplicate_key(line: bytes) -> tuple[bytes, Parts]:
    name = json.dumps(json.loads(line)["type"]).encode()
    return b'{"type":' + name + b"," + line[1:], ("type",)


def _truncated_json(line: bytes) -> tuple[bytes, Parts]:
    # Behind the id, so that it is known whose line this was, and behind a quotation mark: what
    # ends within a number may be whole, and within "true" it is no JSON at all.
    text = line.decode()
    start = text.index('"id":"') + len('"id":"')
    behind = max(text.index('"', start) + 1, len(text) * 3 // 4)
    return text[: text.rindex('"', 0, behind) + 1].encode(), ()


def _nan(line: bytes) -> tuple[bytes, Parts] | None:
    return _with_first_number(line, "best", b"", b"NaN")


def _single_quotes(line: bytes) -> tuple[bytes, Parts]:
    return _inserted(line, b"'note':'made up'"), ()


def _trailing_comma(line: bytes) -> tuple[bytes, Parts]:
    return line + b",", ()


def _nested_too_deeply(line: bytes) -> tuple[bytes, Parts]:
    deep = b"[" * _TOO_DEEP + b"]" * _TOO_DEEP
    return _inserted(line, b'"extensions":{"made-up.example":{"deep":' + deep + b"}}"), ()


def _too_many_digits(line: bytes) -> tuple[bytes, Parts] | None:
    changed = _with_first_number(line, "coordinates", b"[", b"26.10000000000000000001")
    return changed and (changed[0], (*changed[1], 0))


def _broken_encoding(line: bytes) -> tuple[bytes, Parts]:
    # 0xFF stands nowhere in UTF-8.
    return line[:-2] + b"\xff" + line[-2:], ()


def _inserted(line: bytes, text: bytes) -> bytes:
    return line[:-1] + b"," + text + b"}"


def _with_first_number(
    line: bytes, name: str, opening: bytes, number: bytes
) -> tuple[bytes, Parts] | None:
    """A line in which the number behind the first key of a name is another one."""
    head, found, rest = line.partition(f'"{name}":'.encode() + opening)
    end = len(rest) - len(rest.lstrip(_NUMBER))
    parts = next(named(json.loads(line), name), ("extensions",))
    # What an extension holds may be anything, so that it is no fault there.
    if not end or parts[0] == "extensions":
        return None
    return head + found + number + rest[end:], parts


LINE_FAULTS: Mapping[str, tuple[str, Change]] = MappingProxyType(
    {
        "duplicate_key": ("duplicate_key", _duplicate_key),
        "truncated_json": ("truncated_record", _truncated_json),
        "nan": ("not_finite", _nan),
        "single_quotes": ("json_syntax", _single_quotes),
        "trailing_comma": ("json_syntax", _trailing_comma),
        "nested_too_deeply": ("nested_too_deeply", _nested_too_deeply),
        "too_many_digits": ("inexact_number", _too_many_digits),
        "broken_encoding": ("wrong_encoding", _broken_encoding),
    }
)
"""The code of the notice that each fault gives, and what plants it, by the name of the fault."""
