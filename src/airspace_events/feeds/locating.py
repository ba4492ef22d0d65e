"""Finds where in the text of a record something stands.

Only records that are not right are looked at, so that this need not be fast, only linear:
the decoder of the standard library skips over values, and nothing here calls itself.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass

_SPACE = " \t\n\r"


@dataclass(frozen=True, slots=True)
class Member:
    """One member of a JSON object or array: where its name, its value and its end are."""

    name: str | int
    name_at: int
    value_at: int
    end: int


_SKIP = json.JSONDecoder(parse_int=len, parse_float=len, parse_constant=len)


def members(text: str, start: int) -> Iterator[Member]:
    """The members of the object or array that begins at an offset; none for other values.

    Raises:
        ValueError: the text is not JSON.
        RecursionError: it is nested too deeply.
    """
    opening = text[start : start + 1]
    if opening not in ("{", "["):
        return
    at = _space(text, start + 1)
    number = 0
    while text[at : at + 1] not in ("}", "]", ""):
        name: str | int = number
        name_at = at
        if opening == "{":
            name, at = _SKIP.raw_decode(text, at)
            at = _space(text, _space(text, at) + 1)
        value_at = at
        _, end = _SKIP.raw_decode(text, at)
        yield Member(name, name_at, value_at, end)
        at = _space(text, end)
        if text[at : at + 1] == ",":
            at = _space(text, at + 1)
        number += 1


def offset_of(text: str, parts: tuple[int | str, ...], *, name: bool = False) -> int:
    """The offset of the value that the parts of a pointer lead to.

    Where the text does not have it, the offset of the innermost value that it has. Of equal
    keys the last one counts, as for every parser.

    Args:
        text: the JSON text of a record.
        parts: the parts of the pointer.
        name: whether to tell the offset of the member's name instead of its value.
    """
    at = _space(text, 0)
    for depth, part in enumerate(parts):
        found = None
        try:
            for member in members(text, at):
                if member.name == part:
                    found = member
        except (ValueError, RecursionError):
            return at
        if found is None:
            return at
        is_last = depth == len(parts) - 1
        at = found.name_at if name and is_last else found.value_at
    return at


def duplicate_keys(text: str) -> list[tuple[tuple[int | str, ...], int]]:
    """Every key that stands twice in an object: the parts of its pointer, and its offset."""
    found: list[tuple[tuple[int | str, ...], int]] = []
    todo: list[tuple[tuple[int | str, ...], int]] = [((), _space(text, 0))]
    while todo:
        parts, start = todo.pop()
        seen: set[str | int] = set()
        for member in members(text, start):
            here = (*parts, member.name)
            if member.name in seen:
                found.append((here, member.name_at))
            seen.add(member.name)
            if text[member.value_at] in "{[":
                todo.append((here, member.value_at))
    return sorted(found, key=lambda item: item[1])


def pointer(parts: tuple[int | str, ...]) -> str:
    """The RFC 6901 pointer of its parts."""
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in parts)


def _space(text: str, at: int) -> int:
    while text[at : at + 1] and text[at] in _SPACE:
        at += 1
    return at
