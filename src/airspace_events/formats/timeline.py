"""The JSON format of TimelineJS, which shows events on a timeline in a web page.

Source: https://timeline.knightlab.com/docs/json-format.html.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import IO, Any

from airspace_events.feeds.header import FeedHeader
from airspace_events.formats.format import Format, Losses
from airspace_events.formats.html_texts import escaped, paragraphs
from airspace_events.formats.json_texts import compact_json
from airspace_events.formats.partial_dates import partial_dates
from airspace_events.formats.revisions import current_records
from airspace_events.formats.summaries import Summaries, add_summarized
from airspace_events.models.events import Finding, Incursion, Series
from airspace_events.models.records import Record
from airspace_events.models.statement import Statement
from airspace_events.values.time import ReportedTime

_GROUPS: Mapping[type, str] = MappingProxyType(
    {
        Incursion: "Incursions",
        Series: "Series",
        Finding: "Findings",
        Statement: "Statements",
    }
)
_KEPT = ("type", "id", "title")
_KEPT_OF_HEADER = ("type", "title", "publisher", "license", "note")
_NOT_AN_EVENT = "a timeline can show only events and statements"
_NO_TIME = "a timeline can show only records with a time"
_EMBEDDED = frozenset({"social_post", "imagery", "broadcast"})
_OPEN = MappingProxyType({"": "unknown", "..": "open"})


def write(
    records: Iterable[Record], stream: IO[bytes], *, header: FeedHeader | None = None
) -> Losses:
    """Write a timeline with one slide per line.

    The latest revision of each incursion, series, finding and statement has a slide, unless it is
    retracted. All records are held in memory.
    """
    losses = Losses()
    stream.write(b"{")
    if header is not None:
        add_summarized(losses, header, "", _KEPT_OF_HEADER)
        if header.title or header.publisher:
            stream.write(b'"title":' + compact_json(_title(header)) + b",")
    stream.write(b'"events":[')
    current = current_records(records, losses)
    summaries, separator = Summaries(current), b"\n"
    for record in current:
        time = _time_of(record)
        if type(record) not in _GROUPS:
            losses.add(record.id, "", _NOT_AN_EVENT)
        elif time is None:
            losses.add(record.id, "", _NO_TIME)
        else:
            add_summarized(losses, record, record.id, _KEPT)
            stream.write(separator + compact_json(_slide(record, time, summaries)))
            separator = b",\n"
    stream.write(b"\n]}\n")
    return losses


def _title(header: FeedHeader) -> dict[str, Any]:
    text = paragraphs((header.publisher, header.license, header.note))
    name = header.title or header.publisher or ""
    return {"text": {"headline": escaped(name), "text": text}, "autolink": False}


def _time_of(record: Record) -> ReportedTime | None:
    if isinstance(record, Finding):
        return record.found
    if isinstance(record, Statement):
        return record.made
    return record.time if isinstance(record, Incursion | Series) else None


def _slide(record: Record, time: ReportedTime, summaries: Summaries) -> dict[str, Any]:
    headline = escaped(summaries.headline(record))
    slide = {
        "unique_id": f"{record.type}-{record.id}",
        "group": _GROUPS[type(record)],
        **_dates(time),
        "text": {"headline": headline, "text": summaries.html(record)},
        "autolink": False,
    }
    source = summaries.first_source(record, _EMBEDDED)
    if source is not None:
        slide["media"] = {"url": source.url, "credit": escaped(source.publisher)}
    return slide


def _dates(time: ReportedTime) -> dict[str, Any]:
    """Return the dates of a slide.

    TimelineJS requires a start. If the start is unknown, the end replaces it, and the text of
    the date states this.
    """
    first, last = partial_dates(time)
    dates: dict[str, Any] = {"start_date": first or last}
    if first is not None and last not in (None, first):
        dates["end_date"] = last
    return dates if _is_plain(time) else {**dates, "display_date": _date_text(time.value)}


def _is_plain(time: ReportedTime) -> bool:
    """Return whether the dates of a slide contain all the information in the time expression."""
    parts = time.expression.parts
    is_whole = all(one.is_certain and one.precision in _EXACT for one in parts)
    is_closed = time.start_is == time.end_is == "known" and not time.expression.members
    has_zone = time.timezone is not None or "T" not in time.value
    return is_whole and is_closed and has_zone and "X" not in time.value


_EXACT = frozenset({"year", "month", "day", "instant"})


def _date_text(value: str) -> str:
    return " to ".join(_OPEN.get(end, end) for end in value.split("/"))


TIMELINE = Format("timeline", "TimelineJS (JSON)", (".timeline.json", ".timeline.json.gz"), write)
