"""Flat tables: records as rows of plain cells, for spreadsheets, data frames and maps.

A table has a row for each record, or one for each item of a list in it. The columns are defined
once, here; the CSV format, the data frames and the docs are made from them.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from airspace_events.formats.tables.columns import SEPARATOR, Column, Table
from airspace_events.formats.tables.groups import (
    KEEPING,
    NAME,
    SOURCES,
    TITLE,
    column,
    count,
    identity,
    objects,
    period,
    place,
    quantity,
    responses,
    time,
    totals,
)
from airspace_events.formats.tables.item_tables import ITEM_TABLES

_RECORD_TABLES = (
    Table(
        "incursions",
        "one row an incursion",
        ("incursion",),
        (
            *identity(TITLE),
            Column(
                "kinds",
                "the kinds of incursion that the fields report; no verdict, never added up",
                derived=lambda record, _: SEPARATOR.join(record.kinds) or None,
                # Of several places, the one that was overflown may be lost.
                if_lost="sighting",
            ),
            column("occurrence", "how the desk judges that something flew"),
            column("crossing", "how the desk judges that it crossed the border"),
            column("zones/*/type", "the type of each zone (AIXM)", name="zones"),
            column(
                "zones/*/entry",
                "how the desk judges that each zone was entered",
                name="zone_entries",
            ),
            column("scope", "whether it is one incursion, or several that cannot be told apart"),
            column("state", "the state concerned"),
            column("over", "what lay below: land, which waters, or another state"),
            column("fir", "the flight information region, for orientation only"),
            *time("time", "when", "time"),
            *place("places/@", "one place where it happened"),
            column("entered_from/*", "where it entered from: state codes, or international"),
            column("exited_to/*", "where it left to: state codes, or international"),
            column("detected_by/*", "who detected it"),
            *totals(),
            *quantity("distance", "how near to the border it came"),
            *quantity("duration", "how long inside the border; without a crossing, in sight"),
            *quantity("depth", "how far inside the border it came"),
            *objects(),
            column("objects/0/id", "the first object: its name", name="first_object_id"),
            *count("objects/0/count", "how many of the first object", "first_object_count"),
            column(
                "objects/0/subcategory",
                "the first object: a finer kind",
                name="first_object_subcategory",
            ),
            column(
                "objects/0/role", "the first object: what it was for", name="first_object_role"
            ),
            column(
                "objects/0/designation",
                "the first object: its make or model as the report names it",
                name="first_object_designation",
            ),
            column(
                "objects/0/payload",
                "the first object: what it carried",
                name="first_object_payload",
            ),
            column("effects/*/kind", "which harm or disruption followed", name="effects"),
            column("effects/*/cause", "what caused each effect", name="effect_causes"),
            *responses(),
            column("during/*", "the series in whose course it happened"),
            column("part_of", "the series of which it is a part"),
            column(
                "possibly_same_as/*/incursion",
                "incursions that may be this one",
                name="possibly_same_as",
            ),
            column(
                "possibly_same_as/*/likelihood",
                "how likely each is the same",
                name="possibly_same_as_likelihood",
            ),
            SOURCES,
            *KEEPING,
        ),
    ),
    Table(
        "findings",
        "one row a finding",
        ("finding",),
        (
            *identity(),
            *time("found", "when it was found, which is not when it fell", "found"),
            *place("place", "where it was found"),
            *count("count", "how many were found"),
            column("condition", "in what condition"),
            column("category", "what kind of object it comes from"),
            column("designation", "its make or model as the report names it"),
            column("payload", "what it carried"),
            column("found_by/*", "who found it"),
            column("handling/*", "what was done with it"),
            column("links/*/incursion", "incursions from which it may come", name="links"),
            column("links/*/likelihood", "how likely it comes from each", name="link_likelihoods"),
            SOURCES,
            *KEEPING,
        ),
        kept=("place",),
    ),
    Table(
        "series",
        "one row a series of events",
        ("series",),
        (
            *identity(TITLE),
            column("kind", "what kind of events"),
            *time("time", "from when to when", "time"),
            column("states/*", "the states concerned"),
            *place("places/@", "one place where it happened"),
            column("frequency", "how often, in the words of the report"),
            *totals(),
            *objects(),
            *responses(),
            column("part_of", "the series of which it is a part"),
            SOURCES,
            *KEEPING,
        ),
    ),
    Table(
        "statements",
        "one row a statement; what it claims and does has tables of its own",
        ("statement",),
        (
            *identity(),
            column("speakers/*", "who spoke"),
            column("speaker_as", "the words by which the report names the speaker"),
            *time("made", "when it was said", "made"),
            column("on_behalf_of/*", "for whom they spoke"),
            column("signatories/*", "who signed"),
            column("about/*", "what it is about"),
            column("form", "in what form it was made"),
            column("occasion", "on what occasion"),
            column("audience", "before whom"),
            SOURCES,
            *KEEPING,
        ),
    ),
    Table(
        "sources",
        "one row a source",
        ("source",),
        (
            *identity(TITLE),
            column("kind", "what it is"),
            column("publisher", "who published it"),
            column("language", "the language it is in (BCP 47)"),
            column("published", "when it was published: an EDTF date or an instant"),
            column("url", "where it was published"),
            column("archive_url", "where a copy is kept"),
            column("sha256", "the digest of the copy that was read"),
            column("retrieved_at", "when the desk read it", "instant"),
            column(
                "derived_from/*/source", "the sources from which it was made", name="derived_from"
            ),
            column("derived_from/*/how", "how it was made from each", name="derivations"),
            SOURCES,
            *KEEPING,
        ),
    ),
    Table(
        "states",
        "one row a state or territory",
        ("state",),
        (
            *identity(NAME),
            column("alpha_2", "ISO 3166-1 alpha-2, or XK"),
            column("alpha_3", "ISO 3166-1 alpha-3"),
            column("numeric", "ISO 3166-1 numeric: a text, since it may begin with zeros"),
            column("official_name", "the official English name"),
            column("status", "its standing in the United Nations"),
            column("dependent_on", "for a dependent territory, the state that it depends on"),
            *period("valid", "of its existence", "valid_"),
            SOURCES,
            *KEEPING,
        ),
    ),
    Table(
        "alliances",
        "one row an alliance; its memberships have a table of their own",
        ("alliance",),
        (
            *identity(NAME),
            column("kind", "what it is"),
            column("founded", "when it came to be: an EDTF date or an instant"),
            column("dissolved", "when it ceased to be: an EDTF date or an instant"),
            SOURCES,
            *KEEPING,
        ),
    ),
    Table(
        "organizations",
        "one row an organization",
        ("organization",),
        (
            *identity(NAME),
            column("kind", "what it is"),
            column("of", "the state or alliance to which it belongs"),
            column("parent", "the organization of which it is a part"),
            *period("valid", "of its existence", "valid_"),
            SOURCES,
            *KEEPING,
        ),
    ),
    Table(
        "officials",
        "one row an official, with the first post listed",
        ("official",),
        (
            *identity(NAME),
            column("tenures/0/post", "the first post listed", name="post"),
            column(
                "tenures/0/of",
                "the state, alliance or organization whose post it is",
                name="post_of",
            ),
            *period("tenures/0", "in that post", "post_"),
            column(
                "tenures/0/acting", "whether for the time being only", "boolean", "post_acting"
            ),
            SOURCES,
            *KEEPING,
        ),
    ),
)

TABLES: Mapping[str, Table] = MappingProxyType(
    {table.name: table for table in (*_RECORD_TABLES, *ITEM_TABLES)}
)
"""The tables, by the word that chooses each."""
