"""Faults that change a parsed record, defined in ``faults.toml`` or by functions.

Each fault returns the pointer of the notice that it causes, or None if the record has no field
for it.
"""

import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any, cast

from airspace_events.diagnostics.problem import Parts

Json = dict[str, Any]

_KEPT = {"type", "id", "title", "kind", "time", "state", "sources"}
_REQUIRED = ("publisher", "speakers", "place", "title", "name")


@cache
def listed_faults() -> Mapping[str, Mapping[str, Any]]:
    """Return a mapping from the names of faults to the entries of ``faults.toml``, in order."""
    file = files("airspace_events.testing") / "faults.toml"
    return MappingProxyType(tomllib.loads(file.read_text("utf-8")))


def spoil_record(fault: str, record: Json) -> Parts | None:
    """Plant a fault in a record, and return the pointer of its notice; None if not possible."""
    if fault in _FUNCTIONS:
        return _FUNCTIONS[fault](record)
    entry = listed_faults()[fault]
    if record["type"] not in entry.get("records", (record["type"],)):
        return None
    if "needs" in entry and entry["needs"] not in record:
        return None
    if "bare" in entry:
        _strip(record)
    for path in entry.get("change") or (entry["add"],):
        parts = tuple(int(step) if step.isdecimal() else step for step in path.split("/"))
        holder = _at(record, parts[:-1])
        if holder is not None and ("add" in entry or parts[-1] in holder):
            holder[parts[-1]] = entry["value"]
            return (*parts, *entry.get("within", ()))
    return None


def _at(record: Json, parts: Parts) -> Any:
    """Return the value at a pointer, or None if there is none."""
    value: Any = record
    for part in parts:
        try:
            value = value[part]
        except (KeyError, IndexError):
            return None
    return value


def _strip(record: Json) -> None:
    """Remove the optional fields of a record, and the fields that its citations support."""
    for name in record.keys() - _KEPT:
        del record[name]
    for source in record.get("sources", ()):
        source.pop("supports", None)


def named(value: object, name: str, parts: Parts = ()) -> Iterator[Parts]:
    """Yield the pointer of each key with a given name, at any depth, in document order."""
    if isinstance(value, dict):
        for key, inner in cast("Json", value).items():
            if key == name:
                yield (*parts, key)
            yield from named(inner, name, (*parts, key))
    elif isinstance(value, list):
        for number, inner in enumerate(cast("Sequence[object]", value)):
            yield from named(inner, name, (*parts, number))


def _coordinates(record: Json, kind: str) -> Iterator[tuple[Any, Parts]]:
    """Yield the coordinates of each geometry of the given kind, except in extensions."""
    for parts in named(record, "geometry"):
        geometry = _at(record, parts)
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


def _latitude_out_of_range(record: Json) -> Parts | None:
    for point, parts in _coordinates(record, "Point"):
        point[1:] = [145.2]
        return (*parts, 1)
    return None


def _position_cut_short(record: Json) -> Parts | None:
    for point, parts in _coordinates(record, "Point"):
        del point[1:]
        return parts
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
    flown = _at(record, ("objects", 0))
    if not flown or "checked" in flown or "category" not in flown:
        return None
    flown["category"] = "celestial"
    return ("objects", 0)


_FUNCTIONS: Mapping[str, Callable[[Json], Parts | None]] = MappingProxyType(
    {
        "missing_field": _missing_field,
        "wrong_kind_of_record": _wrong_kind_of_record,
        "latitude_out_of_range": _latitude_out_of_range,
        "position_cut_short": _position_cut_short,
        "open_ring": _open_ring,
        "ended_and_ongoing": _ended_and_ongoing,
        "nowhere": _nowhere,
        "unchecked_category": _unchecked_category,
    }
)
