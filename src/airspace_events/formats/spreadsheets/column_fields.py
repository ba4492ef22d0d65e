"""Choose fields for the columns whose meaning is clear, and propose fields for other columns.

The meaning of a column is clear if its cells have only one possible meaning, and no other column
has cells with the same meaning. If several columns do, English words in their names may show the
right one. In all other cases, the field is only a proposal for the owner of the sheet.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from airspace_events.formats.spreadsheets.column_profiles import Profile, cell_reader

_FEW = 10
_LONG_ID, _LONG_TEXT, _LONG_NAME = 30, 60, 100


class Choice(NamedTuple):
    """The number of cells that can be read with each date order or decimal mark.

    Attributes:
        counts: the number of cells for each choice; the key is an empty string if neither is set.
        texts: the texts of all cells.
    """

    counts: Counter[str]
    texts: list[str]

    @property
    def best(self) -> Any:
        """Return the choice that fits the most cells; None if no choice is needed."""
        return max(self.counts, key=lambda it: self.counts[it]) or None

    @property
    def fitting(self) -> list[str]:
        """Return the choices that fit all cells."""
        return [it for it, count in self.counts.items() if count == len(self.texts)]


def choice_of(profiles: Iterable[Profile]) -> Choice:
    """For several columns, count the cells that each choice fits."""
    given = list(profiles)
    counts = Counter({"": 0})
    for it in given:
        counts.update(it.by_choice)
    return Choice(counts, [text for it in given for text in it.read])


def decided_fields(profiles: list[Profile], rows: int) -> dict[str, str]:
    """Return the field of each column whose meaning is clear, by the name of the column.

    Args:
        profiles: the profiles of all columns.
        rows: the number of rows from which the profiles were made.
    """
    found: dict[str, str] = {}
    times = [it for it in profiles if it.content == "time"]
    time = _only(times) or _only(it for it in times if not has_hint(it.name, "later"))
    if time:
        found[time.name] = "time"
        clock = _only(it for it in profiles if it.content == "clock")
        if clock and not any(":" in text for text in time.read):
            found[clock.name] = "time.clock"
    latitude = _only(it for it in profiles if _is_degrees(it, "latitude"))
    longitude = _only(it for it in profiles if _is_degrees(it, "longitude"))
    if latitude and longitude and latitude != longitude:
        found[latitude.name] = "places.0.latitude"
        found[longitude.name] = "places.0.longitude"
    ids = _only(it for it in profiles if _has_unique_ids(it, rows))
    if ids:
        found.setdefault(ids.name, "external_ids.0.value")
    return found


def proposed_field(profile: Profile, rows: int) -> str:
    """Return the path of a field that a column may fill; an empty string if nothing suggests one.

    Args:
        profile: the profile of the column.
        rows: the number of rows from which the profile was made.
    """
    for path, hint in _hints()["proposals"].get(profile.content, {}).items():
        if not hint or not words_of(profile.name).isdisjoint(hint.split()):
            return str(path)
    if profile.content not in ("text", "number"):
        return ""
    length = sum(map(len, profile.cells.elements())) / profile.cells.total()
    if length > _LONG_TEXT:
        return "note"
    is_unique = len(profile.cells) == profile.cells.total() == rows
    return "external_ids.0.value" if is_unique and rows > _FEW and length <= _LONG_ID else ""


def has_hint(name: str, hint: str) -> bool:
    """Return whether the name of a column contains one of the words listed for a hint."""
    return not words_of(name).isdisjoint(_hints()[hint].split())


def words_of(name: str) -> set[str]:
    """Return the words in the name of a column, in lower case.

    >>> sorted(words_of("eventDate (local)")), sorted(words_of("admin1_name"))
    (['date', 'event', 'local'], ['admin1', 'name'])
    """
    spaced = "".join(
        f" {char}" if char.isupper() and before.islower() else char if char.isalnum() else " "
        for before, char in zip(f" {name}", name, strict=False)
    )
    return set(spaced.casefold().split())


@cache
def _hints() -> Mapping[str, Any]:
    file = files(__package__ or "").joinpath("name_hints.toml")
    return tomllib.loads(file.read_text(encoding="utf-8"))


def _is_degrees(profile: Profile, name: str) -> bool:
    hint = _hints()["proposals"]["number"][f"places.0.{name}"]
    if profile.content != "number" or words_of(profile.name).isdisjoint(hint.split()):
        return False
    mark = choice_of([profile]).best
    reads = cell_reader(f"places.0.{name}", **({"decimal": mark} if mark else {}))
    return all(map(reads, profile.read))


def _has_unique_ids(profile: Profile, rows: int) -> bool:
    return (
        profile.content in ("number", "text", "time")
        and len(profile.cells) == profile.cells.total() == rows
        and has_hint(profile.name, "id")
        and words_of(profile.name) <= {*_hints()["id"].split(), *_hints()["row"].split()}
        and len(profile.name) <= _LONG_NAME
        and set(profile.name).isdisjoint("{}")
    )


def _only(profiles: Iterable[Profile]) -> Profile | None:
    given = list(profiles)
    return given[0] if len(given) == 1 else None
