"""A change feed in Atom (RFC 4287), with an entry for each changed event."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from html import escape
from types import MappingProxyType
from typing import cast
from uuid import NAMESPACE_URL, uuid5

from airspace_events.comparing.difference import ChangeKind, FeedDifference, RecordChange
from airspace_events.feeds.header import FeedHeader
from airspace_events.formats.html_texts import tagged
from airspace_events.models.base import BaseRecord
from airspace_events.models.events import Finding, Incursion, Series
from airspace_events.models.records import Record
from airspace_events.views.card import plain
from airspace_events.views.difference_views import detail_lines, title_line
from airspace_events.views.markings import is_under_embargo
from airspace_events.views.record_card import record_card

_NAMESPACE = uuid5(NAMESPACE_URL, "urn:airspace-events:changes")
_EVENTS = (Incursion, Series, Finding)
_WORDS: Mapping[ChangeKind, str] = MappingProxyType(
    {"added": "New", "revised": "Revised", "retracted": "Retracted"}
)


def published_changes(found: FeedDifference, now: datetime) -> list[RecordChange]:
    """Return the changes to events that are in the new feed and not under embargo."""
    return [
        change
        for change in found.records
        if isinstance(change.after, _EVENTS) and not is_under_embargo(change.after, now)
    ]


def atom_lines(found: FeedDifference, now: datetime) -> Iterator[str]:
    """Yield the lines of an Atom feed of new, revised and retracted events.

    The id of an entry depends on the publisher or title of the feed and on the id of the record.
    An entry for a retracted record has the date of the retraction. Other entries have the
    `recorded_at` of the record, or else the `generated_at` of the feed. The feed leaves out
    records under embargo. If the old revision is under embargo, the entry leaves out the changed
    values.

    Args:
        found: the difference.
        now: the current time, to check embargoes and to date entries that have no date of their
            own.
    """
    header, changes = found.new_header, published_changes(found, now)
    dates = [_date(change.after, header, now) for change in changes]
    written = header.generated_at or max(dates, default=now)
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield '<feed xmlns="http://www.w3.org/2005/Atom">'
    yield tagged("title", f"Changes: {header.title or header.publisher or 'airspace incidents'}")
    yield tagged("id", _name(header, ""))
    yield tagged("updated", written.isoformat())
    author = (header.publisher or "").strip() or "publisher not recorded"
    yield f"<author>{tagged('name', author)}</author>"
    if header.license:
        yield tagged("rights", header.license)
    for change, date in zip(changes, dates, strict=True):
        yield from _entry(change, header, date, now)
    yield "</feed>"


def _entry(
    change: RecordChange, header: FeedHeader, date: datetime, now: datetime
) -> Iterator[str]:
    yield "<entry>"
    yield tagged("title", f"{_WORDS[change.kind]}: {plain(title_line(change))}")
    yield tagged("id", _name(header, f"{change.type}/{change.id}"))
    yield tagged("updated", date.isoformat())
    yield f'<category term="{change.kind}"/>'
    is_open = change.before is None or not is_under_embargo(change.before, now)
    items = [tagged("li", plain(line)) for line in detail_lines(change)] if is_open else []
    content = f"<ul>{''.join(items)}</ul>" if items else ""
    content += record_card(cast("BaseRecord", change.after)).to_html()
    # The content is HTML, which is escaped once more as the text of an XML element.
    yield f'<content type="html">{escape(content)}</content>'
    yield "</entry>"


def _date(record: Record | None, header: FeedHeader, now: datetime) -> datetime:
    if record is not None and record.retracted is not None:
        return record.retracted.at
    recorded = record.recorded_at if record is not None else None
    return recorded or header.generated_at or now


def _name(header: FeedHeader, name: str) -> str:
    return uuid5(_NAMESPACE, f"{header.publisher or header.title or ''}/{name}").urn
