"""Groups of columns that many tables share: a time, a count, a place, what every record has."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from airspace_events.formats.tables.columns import EACH, ROW, SHOWN, Cell, Column, Kind, Path
from airspace_events.values.time import ReportedTime

Columns = tuple[Column, ...]

_WORDS_FOR = {"verbatim": "words"}
_TOTALS = {
    "objects": "objects in the air, each counted once",
    "sorties": "flights, each from its take-off to its landing",
    "crossings": "times that a border was crossed inwards",
    "zone_entries": "times that a zone was entered",
    "incidents": "incidents, as the speaker counts them",
    "attacks": "attacks, as the speaker counts them",
    "finds": "things found",
    "places": "places where something was found, seen or hit",
    "sightings": "times that somebody saw something",
}


def column(path: str, meaning: str, kind: Kind = "text", name: str | None = None) -> Column:
    """A column of the value at a path, which is written with slashes between its steps."""
    steps = tuple(int(step) if step.isdigit() else step for step in path.split("/"))
    names = [_WORDS_FOR.get(step, step) for step in steps if isinstance(step, str)]
    told = "_".join(step for step in names if step not in (EACH, ROW, SHOWN))
    return Column(name or told, meaning, kind, steps)


def identity(*titles: Column) -> Columns:
    """The columns that every table begins with; the id and the revision are the key."""
    return (
        column("type", "the kind of record"),
        column("id", "the name of the record, by which others refer to it"),
        column("revision", "1 for the first version, and one more for each after it", "integer"),
        *titles,
    )


TITLE = column("title", "a title for people")
NAME = column("name", "its name")

SOURCES = column("sources/*/source", "the ids of the sources that support it", name="sources")

KEEPING = (
    column("recorded_at", "when the desk wrote this revision down", "instant"),
    column("replaces/*", "ids of the records that were merged into this one"),
    column("retracted/at", "when the desk took the record back", "instant"),
    column("retracted/reason", "why it took it back"),
    column("marking/tlp", "who may see it: the Traffic Light Protocol's label"),
    column("marking/embargo_until", "until when it must not be published", "instant"),
    column("note", "anything that has no column"),
)
"""The columns of what the desk keeps of every record."""


def time(path: str, what: str, name: str) -> Columns:
    """The columns of the one reported time in a table.

    Args:
        path: where it stands.
        what: of what it is the time, in a few words.
        name: the name of the column with the time itself.
    """
    steps = column(path, "").path

    def bound(told: str, meaning: str, get: Callable[[ReportedTime], Cell], kind: Kind) -> Column:
        return Column(told, meaning, kind, derived=_of_time(steps, get))

    return (
        column(f"{path}/value", f"{what}: EDTF, or an interval of instants", name=name),
        column(f"{path}/verbatim", "the words of the report for the time", name=f"{name}_words"),
        column(
            f"{path}/reference",
            "the date or instant from which those words are read",
            name=f"{name}_reference",
        ),
        column(
            f"{path}/timezone",
            "the IANA time zone in which days are meant",
            name="timezone",
        ),
        column(
            f"{path}/extent",
            "whether at some moment within the time, throughout it, or repeatedly",
            name=f"{name}_extent",
        ),
        column(
            f"{path}/basis",
            "whether the time was stated, resolved from the words, or imputed",
            name=f"{name}_basis",
        ),
        bound(
            "earliest",
            "the earliest instant that the time allows (UTC)",
            lambda told: _utc(told.earliest),
            "instant",
        ),
        bound(
            "start_is",
            "whether the start is known, open or unknown",
            lambda told: told.start_is,
            "text",
        ),
        bound(
            "latest",
            "the latest instant that the time allows (UTC)",
            lambda told: _utc(told.latest),
            "instant",
        ),
        bound(
            "end_is",
            "whether the end is known, open or unknown",
            lambda told: told.end_is,
            "text",
        ),
        bound(
            f"{name}_precision",
            "how fine the time is: the coarser of its ends",
            lambda told: told.precision,
            "text",
        ),
    )


def _of_time(path: Path, get: Callable[[ReportedTime], Cell]) -> Callable[[Any, int], Cell]:
    def derived(record: Any, item: int) -> Cell:
        found: Any = record
        for step in path:
            found = found[item] if step == ROW else getattr(found, str(step), None)
        return get(found) if isinstance(found, ReportedTime) else None

    return derived


def _utc(instant: datetime | None) -> str | None:
    return None if instant is None else instant.isoformat().replace("+00:00", "Z")


def count(path: str, what: str, name: str | None = None) -> Columns:
    """The columns of a reported count; what is counted is told in a few words."""
    name = name or path.replace("/", "_")
    as_of = "the date or instant when that count stood so"
    return (
        *_numbers(path, what, name, "integer"),
        column(f"{path}/as_of", as_of, name=f"{name}_as_of"),
    )


def quantity(path: str, what: str, name: str | None = None) -> Columns:
    """The columns of a reported quantity; what is measured is told in a few words."""
    name = name or path.replace("/", "_")
    return (
        *_numbers(path, what, name, "number"),
        column(f"{path}/unit", "the unit of those numbers", name=f"{name}_unit"),
    )


def _numbers(path: str, what: str, name: str, kind: Kind) -> Columns:
    """The columns of the words, and of what was made of them."""
    return (
        column(f"{path}/verbatim", f"{what}, in the words of the report", name=f"{name}_words"),
        column(f"{path}/min", f"{what}, at least", kind, f"{name}_min"),
        column(f"{path}/best", f"{what}, the exact number given", kind, f"{name}_best"),
        column(f"{path}/roughly", f"{what}, approximately", kind, f"{name}_roughly"),
        column(f"{path}/max", f"{what}, at most", kind, f"{name}_max"),
    )


def totals() -> Columns:
    """The columns of all totals, each thing counted by itself."""
    groups = (count(f"totals/{name}", what) for name, what in _TOTALS.items())
    return tuple(one for group in groups for one in group)


def place(path: str, which: str) -> Columns:
    """The columns of a place; longitude and latitude only where its geometry is one point."""
    at = f"{path}/geometry/coordinates"
    return (
        column(f"{path}/id", f"{which}: its id in the record", name="place_id"),
        column(f"{path}/name", f"{which}: the name that the report gives", name="place_name"),
        column(f"{path}/role", "what happened there", name="place_role"),
        column(f"{path}/facility", "the aerodrome (ICAO Doc 7910)", name="place_facility"),
        column(f"{path}/state", "the state in which it lies", name="place_state"),
        column(f"{path}/admin1", "the county, voivodeship or region", name="place_admin1"),
        column(f"{path}/admin2", "the commune, powiat or municipality", name="place_admin2"),
        column(f"{at}/0", "degrees east (WGS 84), of a single point", "number", "longitude"),
        column(f"{at}/1", "degrees north (WGS 84), of a single point", "number", "latitude"),
        Column(
            "place_geometry",
            "the geometry where it is no single point (GeoJSON)",
            "json",
            column(f"{path}/geometry", "").path,
            points_apart=True,
        ),
        *quantity(f"{path}/radius", "how far around the position it may be", "place_radius"),
        *quantity(f"{path}/distance", "how near to the place it came", "place_distance"),
        column(f"{path}/precision", "how exact the position is", name="place_precision"),
        column(f"{path}/method", "how the position was determined", name="place_method"),
    )


def responses() -> Columns:
    """The columns of all responses of a record, and of how far each got."""
    return (
        column("responses/*/kind", "which responses were and were not made", name="responses"),
        column("responses/*/stage", "how far each response got", name="response_stages"),
    )


def objects() -> Columns:
    """The columns of all objects of a record: in each, a value stands for every object."""
    return (
        Column(
            "object_categories",
            "the category of each object, as the editor now sees it",
            path=column("objects/*/category", "").path,
            keeps_items=True,
        ),
        column(
            "objects/*/nationality",
            "the state that the marks of each object show",
            name="object_nationalities",
        ),
        column(
            "objects/*/checked/result",
            "what a check of each sighting found",
            name="object_checks",
        ),
        column(
            "objects/*/checked/reported_as",
            "what each object was first reported to be, if that was corrected",
            name="object_reported_as",
        ),
    )


def period(path: str, what: str, prefix: str = "") -> Columns:
    """The columns of a period: since when, and what is known of its end."""
    return (
        column(f"{path}/since", f"the first day {what}", name=f"{prefix}since"),
        column(f"{path}/last_day", f"the last day {what}", name=f"{prefix}last_day"),
        column(
            f"{path}/ongoing",
            "true if that goes on, false if it ended nobody says when",
            "boolean",
            f"{prefix}ongoing",
        ),
    )
