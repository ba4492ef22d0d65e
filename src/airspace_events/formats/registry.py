"""The one list of formats: the command line, its help and the docs are made from it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from airspace_events.errors import UnknownNameError
from airspace_events.feeds.hints import named_format
from airspace_events.formats.arrow.tables import ARROW, PARQUET
from airspace_events.formats.format import Format
from airspace_events.formats.geojson.feature_collection import GEOJSON
from airspace_events.formats.json_feeds import JSON_DOCUMENT, JSON_LINES
from airspace_events.formats.tables.delimited import CSV

FORMATS: Mapping[str, Format] = MappingProxyType(
    {form.name: form for form in (JSON_LINES, JSON_DOCUMENT, GEOJSON, CSV, PARQUET, ARROW)}
)
"""The formats, by the word that chooses each."""


def format_named(name: str) -> Format:
    """The format of a name.

    Raises:
        UnknownNameError: there is no such format.
    """
    if name not in FORMATS:
        raise UnknownNameError(name, f"the formats are {', '.join(FORMATS)}")
    return FORMATS[name]


def format_of(file: str) -> Format:
    """The format that the name of a file tells; the longest suffix that fits decides.

    Raises:
        UnknownNameError: no format has files of such a name.
    """
    endings = {suffix: form for form in FORMATS.values() for suffix in form.suffixes}
    fitting = [suffix for suffix in endings if file.lower().endswith(suffix)]
    if not fitting:
        reason = named_format(file) or f"no format is known by this name: {', '.join(endings)}"
        raise UnknownNameError(file, reason)
    return endings[max(fitting, key=len)]
