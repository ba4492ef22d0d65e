"""Rules about text with characters that are invisible or look like other characters.

Few records contain such characters. Therefore the rules first scan the bytes of a record with a
few fast built-in operations. They check the text of a record only if the scan finds suspicious
bytes.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable, Iterator

from airspace_events.diagnostics.problem import Parts, Problem
from airspace_events.models.base import BaseRecord
from airspace_events.safe_text import CONTROLS, safe, shown
from airspace_events.validation.rules.rule import Rules, Surroundings
from airspace_events.values.base import to_json
from airspace_events.values.json_values import walk

RULES = Rules()
rule = RULES.rule


def _characters(*ranges: tuple[int, int]) -> frozenset[str]:
    return frozenset(chr(code) for first, last in ranges for code in range(first, last + 1))


_EMBEDDINGS = _characters((0x202A, 0x202E), (0x2066, 0x2069))
_DIRECTION_MARKS = frozenset("\u200e\u200f\u061c")
_LINE_ENDS = frozenset("\u2028\u2029")
_INVISIBLE = _LINE_ENDS | _characters((0x2060, 0x2064)) | frozenset("\u00ad\u180e\u200b\ufeff")
# After a black flag, these characters spell the flag of a region; anywhere else, they are hidden
# text.
_TAGS = _characters((0xE0000, 0xE007F))
_BLACK_FLAG = "\U0001f3f4"
_SPACES = _characters((0x00A0, 0x00A0), (0x1680, 0x1680), (0x2000, 0x200A)) | frozenset(
    "\u202f\u205f\u3000"
)
_REMARKABLE = (
    CONTROLS | _EMBEDDINGS | _DIRECTION_MARKS | _INVISIBLE | _TAGS | _SPACES
)  # fmt: skip

_LONGEST_SUGGESTION = 60


@rule(
    BaseRecord,
    "bidirectional_control",
    "control_character",
    "invisible_character",
    "mixed_script_name",
    "not_normalized",
    "untrimmed_text",
    field="type",
)
def unfit_texts(record: BaseRecord, around: Surroundings) -> Iterator[Problem] | None:
    """Text must not contain characters that mislead readers or searches."""
    data = around.raw.data
    # The scan needs compact JSON without escapes, because white space and escapes would hide such
    # characters.
    is_plain = not (b'" ' in data or b' "' in data or b"\\" in data)
    if not (_may_hold_odd_letters(data) if is_plain else _may_be_unfit(to_json(record))):
        return None
    return (
        problem
        for parts, text in walk(_DECODER.decode(to_json(record).decode()))
        if isinstance(text, str)
        for check in _CHECKS
        for problem in check(parts, text)
    )


# The rule does not need numbers, and some numbers are too large for the default parser.
_DECODER = json.JSONDecoder(parse_int=len, parse_float=len, parse_constant=len)

# Scanning the bytes.

_ASCII = bytes(range(0x80))
# All bytes of Latin letters up to U+02FF in UTF-8.
_LATIN = _ASCII + bytes(range(0x80, 0xC0)) + bytes(range(0xC3, 0xCC))
_DIGITS = b"0123456789"
_ASCII_DIGITS = frozenset(_DIGITS.decode())


def _class_of(byte: int) -> str:
    if byte < 0x80:  # noqa: PLR2004 (ASCII)
        return "a" if chr(byte).isalpha() else "."
    if byte < 0xC0:  # noqa: PLR2004 (a continuation byte)
        return "r"
    if 0xC3 <= byte <= 0xC9:  # noqa: PLR2004 (Latin, U+00C0 to U+027F)
        return "l"
    if 0xCD <= byte <= 0xCF:  # noqa: PLR2004 (Greek, U+0340 to U+03FF)
        return "g"
    return "c" if 0xD0 <= byte <= 0xD4 else "."  # noqa: PLR2004 (Cyrillic, U+0400 to U+053F)


_CLASSES = "".join(_class_of(byte) for byte in range(256)).encode()
_SCRIPTS_MEET = b"ag ac lrg lrc gra grl grc cra crl crg".split()


def _may_be_unfit(data: bytes) -> bool:
    """Return whether compact JSON may contain misleading characters."""
    if b"\\" in data:
        data = data.replace(b"\\\\", b"__").replace(b'\\"', b"__").replace(b"\\/", b"__")
        data = data.replace(b"\\n", b"  ").replace(b"\\t", b"  ")
        if b"\\" in data:
            return True
    return b'" ' in data or b' "' in data or _may_hold_odd_letters(data)


def _may_hold_odd_letters(data: bytes) -> bool:
    if b"\x7f" in data:
        return True
    if data.isascii() or not data.translate(None, _LATIN):
        return False
    text = data.decode(errors="replace")
    foreign = data.translate(None, _ASCII).decode(errors="replace")
    if not _REMARKABLE.isdisjoint(foreign) or not unicodedata.is_normalized("NFC", text):
        return True
    classes = data.translate(_CLASSES, _DIGITS)
    return any(meeting in classes for meeting in _SCRIPTS_MEET)


# Checking one text.


def _control_character(parts: Parts, text: str) -> Iterator[Problem]:
    found = CONTROLS.intersection(text)
    if found:
        yield Problem(
            "control_character",
            f"the text must not contain control characters, but has {_listed(found)}",
            parts,
            context={"characters": _code_points(found)},
        )


def _bidirectional_control(parts: Parts, text: str) -> Iterator[Problem]:
    found = _EMBEDDINGS.intersection(text)
    marks = _DIRECTION_MARKS.intersection(text)
    # In right-to-left text, these marks are legitimate, because they only position numbers and
    # punctuation.
    if marks and not any(map(_runs_left, text)):
        found |= marks
    if found:
        yield Problem(
            "bidirectional_control",
            "the text must not contain characters that change its direction, "
            f"but has {_listed(found)}",
            parts,
            suggestion=_suggested(text, found),
            context={"characters": _code_points(found)},
        )


def _runs_left(char: str) -> bool:
    return char not in _DIRECTION_MARKS and unicodedata.bidirectional(char) in ("R", "AL")


def _invisible_character(parts: Parts, text: str) -> Iterator[Problem]:
    found = _INVISIBLE.intersection(text)
    if _BLACK_FLAG not in text:
        found |= _TAGS.intersection(text)
    # A quotation keeps the characters of its source.
    if found and not _is_quoted(parts):
        yield Problem(
            "invisible_character",
            f"the text must not contain invisible characters, but has {_listed(found)}",
            parts,
            suggestion=_suggested(text, found),
            context={"characters": _code_points(found)},
        )


def _untrimmed_text(parts: Parts, text: str) -> Iterator[Problem]:
    trimmed = text.strip()
    # The text before and after a quotation may begin or end with white space.
    if trimmed == text or _is_quoted(parts):
        return
    if not trimmed:
        yield Problem("untrimmed_text", "the text contains only white space", parts)
        return
    leads, trails = text[0] != trimmed[0], text[-1] != trimmed[-1]
    message = "the text begins with white space" if leads else "the text ends with white space"
    if leads and trails:
        message = "the text begins and ends with white space"
    yield Problem("untrimmed_text", message, parts, suggestion=_suggested(trimmed))


def _not_normalized(parts: Parts, text: str) -> Iterator[Problem]:
    if _is_quoted(parts) or parts[-1] in ("url", "archive_url"):
        return
    if not unicodedata.is_normalized("NFC", text):
        yield Problem(
            "not_normalized",
            "the text is not in the Unicode normalization form NFC",
            parts,
            suggestion=_suggested(unicodedata.normalize("NFC", text)),
        )


def _mixed_script_name(parts: Parts, text: str) -> Iterator[Problem]:
    if text.isascii() or not _is_name(parts):
        return
    for word in _words(text):
        scripts: dict[str, list[str]] = {}
        for char in word:
            if script := _script(char):
                scripts.setdefault(script, []).append(char)
        if len(scripts) > 1:
            rare = min(scripts, key=lambda script: len(scripts[script]))
            letters = "".join(dict.fromkeys(scripts[rare]))
            names = sorted(scripts)
            yield Problem(
                "mixed_script_name",
                f"{shown(word, 30)} mixes {' and '.join(names)} letters: "
                f"{shown(letters, 10)} {'is' if len(letters) == 1 else 'are'} {rare}",
                parts,
                context={"word": word, "scripts": names, "rare": _code_points(frozenset(letters))},
            )
            return


_CHECKS: tuple[Callable[[Parts, str], Iterator[Problem]], ...] = (
    _control_character,
    _bidirectional_control,
    _invisible_character,
    _untrimmed_text,
    _not_normalized,
    _mixed_script_name,
)

_NAMES = frozenset(
    {"admin1", "admin2", "designation", "name", "official_name", "post", "publisher", "title"}
)


def _is_name(parts: Parts) -> bool:
    """Return whether a field contains a name that users may search for."""
    if parts[0] == "extensions":
        return False
    return parts[-1] in _NAMES or parts[0] == "external_ids"


def _is_quoted(parts: Parts) -> bool:
    return parts[0] == "sources" and "quote" in parts


def _words(text: str) -> list[str]:
    """Return the words in text: runs of digits and of Latin, Greek or Cyrillic letters."""
    return "".join(
        char if char in _ASCII_DIGITS or _script(char) else " " for char in text
    ).split()


def _script(char: str) -> str | None:
    if not char.isalpha():
        return None
    if char.isascii() or "\u00c0" <= char <= "\u024f":
        return "Latin"
    # The Greek letter mu is also the sign for "micro".
    if "\u0370" <= char <= "\u03ff" and char != "\u03bc":
        return "Greek"
    return "Cyrillic" if "\u0400" <= char <= "\u052f" else None


def _listed(found: frozenset[str]) -> str:
    points = _code_points(found)
    most = 3
    more = f" and {len(points) - most} more" if len(points) > most else ""
    return f"{', '.join(points[:most])}{more}"


def _code_points(found: frozenset[str]) -> list[str]:
    return [f"U+{ord(char):04X}" for char in sorted(found)]


def _suggested(text: str, without: frozenset[str] = frozenset()) -> str | None:
    """Return text without the given characters, or None if it is too long or unsafe to print."""
    if len(text) > _LONGEST_SUGGESTION:
        return None
    kept = (
        " " if char in _LINE_ENDS else char
        for char in text
        if char in _LINE_ENDS or char not in without
    )
    text = "".join(kept)
    return text if text and safe(text) == text else None
