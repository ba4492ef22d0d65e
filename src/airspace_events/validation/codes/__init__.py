"""Every code that a notice can have, with its severity and its meaning: the one registry."""

from collections.abc import Mapping
from types import MappingProxyType

from airspace_events.validation.codes import (
    connections,
    evidence,
    feeds,
    objects,
    places,
    references,
    reports,
    shape,
    statements,
    texts,
    times,
)
from airspace_events.validation.codes.code import Code, Severity

__all__ = ["CODES", "FAMILIES", "Code", "Severity"]

FAMILIES: Mapping[str, tuple[Code, ...]] = MappingProxyType(
    {
        "feeds": feeds.CODES,
        "shape": shape.CODES,
        "references": references.CODES,
        "times": times.CODES,
        "places": places.CODES,
        "evidence": evidence.CODES,
        "statements": statements.CODES,
        "objects": objects.CODES,
        "texts": texts.CODES,
        "connections": connections.CODES,
        "reports": reports.CODES,
    }
)
"""The codes by what they are about."""

CODES: Mapping[str, Code] = MappingProxyType(
    {code.name: code for codes in FAMILIES.values() for code in codes}
)
"""Every code, by its name."""
