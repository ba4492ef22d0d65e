"""The flat tables that have a row for each item of a list in a record."""

from __future__ import annotations

from airspace_events.formats.tables.columns import Column, Table
from airspace_events.formats.tables.groups import (
    NAME,
    TITLE,
    column,
    count,
    identity,
    period,
    place,
    quantity,
    time,
)


def _pointer(field: str) -> Column:
    return Column(
        "pointer",
        "where in the record it stands (RFC 6901)",
        derived=lambda _, item: f"/{field}/{item}",
    )


ITEM_TABLES = (
    Table(
        "memberships",
        "one row a membership of a state in an alliance",
        ("alliance",),
        (
            *identity(NAME),
            column("kind", "what the alliance is"),
            column("memberships/#/state", "the state", name="state"),
            column("memberships/#/status", "as what it belonged to it", name="status"),
            *period("memberships/#", "of the membership"),
            column("memberships/#/event", "the legal event by which it began", name="event"),
            column("memberships/#/end_event", "the one by which it ended", name="end_event"),
            column("memberships/#/source", "the source of the dates", name="source"),
            column(
                "memberships/#/note",
                "what one must know to read the dates",
                name="membership_note",
            ),
        ),
        item="memberships",
    ),
    Table(
        "tenures",
        "one row a post of an official",
        ("official",),
        (
            *identity(NAME),
            column("tenures/#/post", "the post", name="post"),
            column("tenures/#/of", "the state or alliance whose post it is", name="post_of"),
            *period("tenures/#", "in the post"),
            column(
                "tenures/#/acting", "whether for the time being only", "boolean", name="acting"
            ),
        ),
        item="tenures",
    ),
    Table(
        "objects",
        "one row an object, or group of objects, of an incursion or a series",
        ("incursion", "series"),
        (
            *identity(TITLE),
            _pointer("objects"),
            column("objects/#/category", "what kind of object it was", name="category"),
            column("objects/#/id", "its name within the incursion", name="object_id"),
            *count("objects/#/count", "how many objects are told of together", "count"),
            column("objects/#/subcategory", "a finer kind", name="subcategory"),
            column("objects/#/role", "what it was for, as reported", name="role"),
            column(
                "objects/#/designation",
                "its make or model as the report names it",
                name="designation",
            ),
            column("objects/#/icao_type", "type designator (ICAO Doc 8643)", name="icao_type"),
            column("objects/#/payload", "what it carried, as reported", name="payload"),
            column("objects/#/transponder_on", "transponder on", name="transponder_on"),
            column("objects/#/flight_plan", "flight plan filed", name="flight_plan"),
            column("objects/#/radio_contact", "radio contact", name="radio_contact"),
            *quantity("objects/#/altitude", "how high it flew", "altitude"),
            column(
                "objects/#/altitude/datum", "from what that is measured", name="altitude_datum"
            ),
            column("objects/#/fates/*/fate", "what became of it, or of parts", name="fates"),
            column(
                "objects/#/same_as/*", "objects of other incursions that are it", name="same_as"
            ),
            column("objects/#/note", "anything else about it", name="note"),
        ),
        item="objects",
        readable=False,
    ),
    Table(
        "effects",
        "one row an effect of an incursion",
        ("incursion",),
        (
            *identity(TITLE),
            _pointer("effects"),
            column("effects/#/kind", "what it was", name="kind"),
            column("effects/#/cause", "what caused it", name="cause"),
            *count("effects/#/count", "how many", "count"),
            *time("effects/#/time", "when", "time"),
            *place("effects/#/place", "where"),
            column("effects/#/note", "anything else about it", name="note"),
        ),
        item="effects",
        readable=False,
    ),
    Table(
        "responses",
        "one row a response to an incursion or a series",
        ("incursion", "series"),
        (
            *identity(TITLE),
            _pointer("responses"),
            column("responses/#/kind", "what was done, or was not", name="kind"),
            column("responses/#/stage", "how far it got: requested is not done", name="stage"),
            column("responses/#/by/*", "who did it", name="by"),
            column("responses/#/at_request_of/*", "who had asked for it", name="at_request_of"),
            column("responses/#/addressed_to/*", "whom it addresses", name="addressed_to"),
            column(
                "responses/#/assets/0/designation",
                "the first means used",
                name="asset_designation",
            ),
            *count("responses/#/assets/0/count", "how many of it", "asset_count"),
            column("responses/#/assets/0/operator", "whose it was", name="asset_operator"),
            column("responses/#/article", "the article of a treaty invoked", name="article"),
            *time("responses/#/time", "when", "time"),
            *place("responses/#/place", "where"),
            column("responses/#/reason", "the reason given", name="reason"),
            column("responses/#/note", "anything else about it", name="note"),
        ),
        item="responses",
        readable=False,
    ),
    Table(
        "acts",
        "one row a speech act of a statement",
        ("statement",),
        (
            *identity(),
            column("speakers/*", "who spoke"),
            _pointer("acts"),
            column("acts/#/act", "what is done by saying it", name="act"),
            column("acts/#/content", "what is asked, promised, announced", name="content"),
            column("acts/#/force", "how strongly a request is made", name="force"),
            column("acts/#/modality", "as it stands, or under a condition", name="modality"),
            column("acts/#/condition", "the condition", name="condition"),
            column("acts/#/addressed_to/*", "whom it addresses", name="addressed_to"),
            column("acts/#/addressed_as", "the words for those addressed", name="addressed_as"),
            column("acts/#/about/*", "what it is about", name="about"),
            column("acts/#/proposed_action", "what is to be done", name="proposed_action"),
            column("acts/#/quotation", "how near to the speaker's words", name="quotation"),
            column("acts/#/note", "anything else about it", name="note"),
        ),
        item="acts",
        readable=False,
    ),
    Table(
        "claims",
        "one row a claim of a statement, or of a source in its own voice",
        ("statement", "source"),
        (
            *identity(),
            column("speakers/*", "who spoke, in a statement"),
            column("publisher", "who published it, for a source"),
            column("about/*", "what the statement is about", name="statement_about"),
            _pointer("claims"),
            column("claims/#/aspect", "what the claim is about", name="aspect"),
            column("claims/#/value", "what is claimed, where that is a word", name="value"),
            *quantity("claims/#/value", "what is claimed, where that is so many", "value"),
            column("claims/#/value/as_of", "when a count stood so", name="value_as_of"),
            column("claims/#/counted", "what was counted", name="counted"),
            column(
                "claims/#/polarity", "how it is held: affirmed, denied or between", name="polarity"
            ),
            column("claims/#/likelihood", "how likely the speaker calls it", name="likelihood"),
            column(
                "claims/#/involvement", "in what way an actor was behind it", name="involvement"
            ),
            column("claims/#/condition", "the condition of a legal position", name="condition"),
            *count("claims/#/count", "how many objects it is said of", "count"),
            column("claims/#/about/*", "what it is said of", name="about"),
            column("claims/#/pointer", "the part of that which is meant", name="about_pointer"),
            *time("claims/#/time", "when it was so", "time"),
            column("claims/#/as_of", "when the speaker held it so", name="as_of"),
            column("claims/#/note", "anything else about the claim", name="note"),
        ),
        item="claims",
        readable=False,
    ),
)
