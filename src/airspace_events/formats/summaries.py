"""Summaries of records as HTML, for formats that show records to people.

A summary shows the fields of a record, its places and its cited sources. All text from records is
escaped.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from pydantic_core import from_json

from airspace_events.formats.format import Losses
from airspace_events.formats.html_texts import escaped, paragraphs
from airspace_events.formats.json_texts import compact_json
from airspace_events.formats.tables.scenes import places_of
from airspace_events.models.actors import Alliance, Official, Organization, State
from airspace_events.models.records import Record
from airspace_events.models.source import Source
from airspace_events.models.statement import Statement
from airspace_events.reference.states import states
from airspace_events.values.base import Value, to_json
from airspace_events.values.claims import Claim
from airspace_events.values.measures import ReportedQuantity
from airspace_events.values.places import Place

SUMMARIZED = "the text contains only a summary of the value"


class Summaries:
    """Headlines and summaries for the records of a feed, with the names of actors and sources.

    Args:
        records: the records of the feed.
    """

    def __init__(self, records: Iterable[Record]) -> None:
        self._sources: dict[str, Source] = {}
        self._names: dict[str, str] = {}
        for record in records:
            if isinstance(record, Source):
                self._sources[record.id] = record
            elif isinstance(record, State | Alliance | Organization | Official):
                self._names[record.id] = record.name

    def headline(self, record: Record) -> str:
        """Return the title, name or speakers of a record, or else its id; never blank text."""
        if isinstance(record, Statement):
            return f"Statement by {', '.join(map(self._name, record.speakers))}"
        if isinstance(record, Source):
            return (record.title or "").strip() or f"{record.publisher}, {record.id}"
        name = getattr(record, "title", None) or getattr(record, "name", None) or ""
        return name.strip() or record.id

    def _name(self, actor: str) -> str:
        return states.get(actor).name if actor.isupper() else self._names.get(actor, actor)

    def html(self, record: Record) -> str:
        """Return the summary of a record. A source that is not in the feed is cited by its id."""
        places = [place_text(one.place) for one in places_of(record) if one.happened_here]
        where = paragraphs(f"Place: {text}" for text in places)
        cited = dict.fromkeys(citation.source for citation in record.sources)
        links = ", ".join(map(self._link, cited))
        card = record._repr_html_()  # pyright: ignore[reportPrivateUsage] (public for notebooks)
        return card + where + (f"<p>Sources: {links}</p>" if links else "")

    def first_source(self, record: Record, kinds: Collection[str]) -> Source | None:
        """Return the first cited source of the given kinds that has a URL."""
        cited = (self._sources.get(citation.source) for citation in record.sources)
        return next((one for one in cited if one and one.kind in kinds and one.url), None)

    def _link(self, name: str) -> str:
        source = self._sources.get(name)
        if source is None:
            return escaped(name)
        text = escaped(", ".join(filter(None, (source.publisher, source.published))))
        return text if source.url is None else f'<a href="{escaped(source.url)}">{text}</a>'


def place_text(place: Place) -> str:
    """Return the names of a place, and the precision of its position, in words."""
    radius = quantity_text(place.radius)
    return ", ".join(
        filter(
            None,
            (
                *(place.name, place.admin2, place.admin1, place.state),
                place.role and f"role: {_plain(place.role)}",
                place.precision and f"precision: {_plain(place.precision)}",
                place.method and f"position: {_plain(place.method)}",
                radius and f"within {radius} of the position",
            ),
        )
    )


def quantity_text(quantity: ReportedQuantity | None) -> str | None:
    """Return the numbers of a quantity with its unit; without numbers, its reported words."""
    if quantity is None:
        return None
    signs = {"min": "at least ", "best": "", "roughly": "about ", "max": "at most "}
    numbers = {sign: getattr(quantity, name) for name, sign in signs.items()}
    given = [f"{sign}{number:g}" for sign, number in numbers.items() if number is not None]
    return f"{', '.join(given)} {quantity.unit}" if given else quantity.verbatim


def _plain(term: str) -> str:
    return term.replace("_", " ")


def claim_text(claim: Claim) -> str:
    """Return a claim in words from the vocabularies, beginning with its polarity."""
    value = from_json(to_json(claim)).get("value")
    said = value if isinstance(value, str) or value is None else compact_json(value).decode()
    named = ", ".join(claim.fields)
    about = " ".join(filter(None, [named or claim.aspect, said and f"= {said}"]))
    return f"{claim.polarity}: {about}"


def add_summarized(
    losses: Losses, value: Value, name: str, kept: Collection[str], why: str = SUMMARIZED
) -> None:
    """Count a loss for each field of a record or header that a format does not keep completely.

    Args:
        losses: the losses of the writer.
        value: the record or the header.
        name: the id of the record; empty for a header.
        kept: the fields that the format keeps.
        why: the reason for the loss.
    """
    for field in from_json(to_json(value)):
        if field not in kept:
            losses.add(name, f"/{field}", why)
