"""The registry of all formats, which the command line, its help and the docs use."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from airspace_events.errors import UnknownNameError
from airspace_events.feeds.hints import named_format
from airspace_events.formats.arrow.tables import ARROW, PARQUET
from airspace_events.formats.followthemoney import FOLLOWTHEMONEY
from airspace_events.formats.format import Format
from airspace_events.formats.geojson.feature_collection import GEOJSON
from airspace_events.formats.json_feeds import JSON_DOCUMENT, JSON_LINES
from airspace_events.formats.json_ld import JSON_LD
from airspace_events.formats.kml import KML
from airspace_events.formats.stix import STIX
from airspace_events.formats.tables.delimited import CSV, SLIM_CSV
from airspace_events.formats.timeline import TIMELINE

FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        form.name: form
        for form in (
            JSON_LINES,
            JSON_DOCUMENT,
            GEOJSON,
            CSV,
            SLIM_CSV,
            PARQUET,
            ARROW,
            JSON_LD,
            STIX,
            TIMELINE,
            KML,
            FOLLOWTHEMONEY,
        )
    }
)
"""A mapping from names to formats."""


def format_named(name: str) -> Format:
    """Return the format with a given name.

    Raises:
        UnknownNameError: no format has this name.
    """
    if name not in FORMATS:
        raise UnknownNameError(name, f"use one of {', '.join(FORMATS)}")
    return FORMATS[name]


def format_of(file: str) -> Format:
    """Return the format for the longest matching suffix of a file name.

    Raises:
        UnknownNameError: no format has this suffix.
    """
    endings = {suffix: form for form in FORMATS.values() for suffix in form.suffixes}
    fitting = [suffix for suffix in endings if file.lower().endswith(suffix)]
    if not fitting:
        reason = (
            named_format(file) or f"no format has this suffix; use one of {', '.join(endings)}"
        )
        raise UnknownNameError(file, reason)
    return endings[max(fitting, key=len)]
