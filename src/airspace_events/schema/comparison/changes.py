"""What a comparison of two schemas tells: changes, each with whom it breaks."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

from airspace_events.safe_text import safe

Broken = Literal["nobody", "readers", "writers", "both"]

ChangeKind = Literal[
    "type_added",
    "type_removed",
    "member_added",
    "member_removed",
    "word_added",
    "word_removed",
    "words_opened",
    "words_closed",
    "field_added",
    "field_removed",
    "field_required",
    "field_optional",
    "other_fields",
    "bound_tightened",
    "bound_loosened",
    "length_tightened",
    "length_loosened",
    "multiple",
    "pattern",
    "format",
    "uniqueness",
    "condition",
    "default",
    "description",
    "annotation",
]

Place = tuple[str, ...]
"""The steps to a place in documents; ``*`` is any item, and ``[word]`` one kind of several."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One difference between two schemas.

    Readers know the old schema and are given documents of the new one. Writers know the old
    schema, and what they write is checked by the new one.

    Attributes:
        kind: what changed, as a stable name.
        place: where in the documents: ``incursion/objects/*/category``; empty for the whole.
        message: what changed, in words that follow the place.
        breaks: whom it breaks.
        is_certain: whether it does; if not, it may, and cannot be told from the schemas.
        old: what the old schema says there; None if nothing.
        new: what the new one says there.
        definition: the named definition that the change is in, if it is in one.
        also_at: the other places that hold this definition, each told once.
    """

    kind: ChangeKind
    place: str
    message: str
    breaks: Broken
    is_certain: bool = True
    old: Any = None
    new: Any = None
    definition: str = ""
    also_at: tuple[str, ...] = ()


def is_breaking(changes: Iterable[Change]) -> bool:
    """Whether any of the changes breaks somebody, or may do so."""
    return any(change.breaks != "nobody" for change in changes)


def change_lines(changes: Iterable[Change]) -> Iterator[str]:
    """A line for each change, what breaks somebody first; safe to print."""
    for change in sorted(changes, key=lambda change: _ORDER[change.breaks]):
        does = "breaks" if change.is_certain else "may break"
        whom = "readers and writers" if change.breaks == "both" else change.breaks
        where = change.place or "the document"
        line = f"{does} {whom}: {where} {change.message}"
        if change.also_at:
            places = "place" if len(change.also_at) == 1 else "places"
            line += f" ({change.definition}, also in {len(change.also_at)} more {places})"
        yield safe(line)


_ORDER: dict[Broken, int] = {"both": 0, "writers": 1, "readers": 2, "nobody": 3}


def place_text(parts: Place) -> str:
    """A place as it is shown.

    >>> place_text(("[incursion]", "objects", "*", "category"))
    'incursion/objects/*/category'
    >>> place_text(("claims", "*", "[intent]", "value"))
    'claims/*[intent]/value'
    """
    text = ""
    for number, part in enumerate(parts):
        if part.startswith("["):
            text += part if number else part[1:-1]
        else:
            text += f"/{part}" if text else part
    return text
