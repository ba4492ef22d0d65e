"""The page as a single HTML file that loads no other files."""

from __future__ import annotations

import base64
import hashlib
import html
import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from importlib.resources import files
from string import Template
from typing import Any

from airspace_events.dossier.dossier import Dossier, Event
from airspace_events.feeds.header import FeedHeader
from airspace_events.feeds.reading import collection_paused
from airspace_events.models.events import Finding, Incursion, Series
from airspace_events.reference.borders import outlines
from airspace_events.safe_text import counted
from airspace_events.views.markings import is_restricted
from airspace_events.views.page.event_values import KIND_WORDS, number_of, time_order
from airspace_events.views.page.items import Items
from airspace_events.views.page.local_times import Span, dates_text, utc_text
from airspace_events.views.page.names import Pieces, shown
from airspace_events.views.page.table_rows import COLUMNS, COLUMNS_OF_TOTALS, table_row
from airspace_events.views.page.totals import total_items
from airspace_events.views.value_lines import spoken
from airspace_events.vocabulary.codebook import vocabularies
from airspace_events.vocabulary.terms import EventStatus, IncursionKind, ObjectCategory
from airspace_events.vocabulary.word_lists import words_of

MOST_ITEMS = 10_000
"""The maximum number of events that a page shows individually; with more, it shows totals."""

_SCRIPTS = (
    "state", "filters", "map_view", "outlines", "clusters", "marks", "map_labels", "map_input",
    "legend", "map", "timeline", "incident", "table", "main",
)  # fmt: skip
_HOW_TO_READ = (
    "Everything on this page was reported, and reports may be wrong. Status, kind and counts are "
    "the judgement of the desk: the newsroom or project that wrote the records. Claims show who "
    "said what, and when."
)
_BORDERS = (
    "Borders: Natural Earth, public domain, simplified. Crimea is shown as part of Ukraine, as "
    "in resolution 68/262 of the UN General Assembly. Page made with airspace-events."
)
_DEFAULTS: Mapping[str, Any] = {"type": "incursion", "n": [1, 1]}
_UNTITLED = "Airspace incidents"


def page_html(
    dossier: Dossier,
    headers: Sequence[FeedHeader] = (),
    *,
    title: str | None = None,
    include_restricted: bool = False,
    now: datetime | None = None,
) -> str:
    """Return the page of a dossier.

    Args:
        dossier: the records.
        headers: the headers of the feeds that contain the records.
        title: the title of the page; by default, the title of the feed if there is only one.
        include_restricted: whether to include records under embargo, and records with a TLP label
            other than TLP:CLEAR.
        now: the instant at which embargoes are checked; by default, the current time.
    """
    moment = None if include_restricted else now or datetime.now(UTC)
    with collection_paused():
        return _page(dossier, tuple(dict.fromkeys(headers)), title, moment)


def _page(
    dossier: Dossier, headers: Sequence[FeedHeader], title: str | None, moment: datetime | None
) -> str:
    hidden: set[str] = set()
    events: list[Event] = []
    for one in dossier:
        if moment is not None and is_restricted(one, moment):
            hidden.add(one.id)
        elif isinstance(one, Incursion | Series | Finding):
            events.append(one)
    events.sort(key=time_order)
    public = _without(dossier, hidden) if hidden else dossier
    languages = {header.language for header in headers}
    language = next(iter(languages)) if len(languages) == 1 else None
    is_total = len(events) > MOST_ITEMS
    if is_total:
        totals = total_items(public)
        items, states, publishers = totals.items, totals.states, list[str]()
        sources = list[Pieces]()
    else:
        made = Items(dossier, public, events, moment, language)
        items, states = list(made), made.states
        publishers, sources = made.publishers, made.sources
    given = (title, headers[0].title if len(headers) == 1 else None)
    name = next((text for text in given if text and text.strip()), _UNTITLED)
    words = _words(items)
    incursions = [item for item in items if item["type"] == "incursion"]
    data: dict[str, Any] = {
        "title": shown(name),
        "lang": language,
        "words": words,
        "stateNames": states,
        "publishers": publishers,
        "sources": sources,
        "kinds": _in_order(("", *words_of(IncursionKind), "series", "finding"), items, "kinds"),
        "statuses": _in_order((*words_of(EventStatus), ""), incursions, "status"),
        "isTotal": is_total,
        "items": [_without_defaults(item) for item in items],
    }
    style, script = _text("page.css"), "".join(_text(f"{one}.js") for one in _SCRIPTS)
    columns = COLUMNS_OF_TOTALS if is_total else COLUMNS
    return Template(_text("page.html")).substitute(
        title=html.escape(shown(name)),
        policy=_content_security_policy(style, script),
        style=style,
        script=script,
        data=_json(data),
        header=html.escape(_sentence(events, items)),
        borders="".join(_borders()),
        columns="".join(f'<th scope="col">{column}</th>' for column in columns),
        table_rows="\n".join(table_row(item, words, states, is_total=is_total) for item in items),
        about="\n".join(
            f"<p>{one}</p>" for one in _about(headers, items, len(events), len(hidden))
        ),
    )


def _without(dossier: Dossier, hidden: Collection[str]) -> Dossier:
    kept = (one.id for one in dossier if one.id not in hidden)
    return Dossier(each for name in kept for each in dossier.revisions(name))


def _without_defaults(item: Mapping[str, Any]) -> dict[str, Any]:
    """Return an item without the default values; the script of the page adds them."""
    return {key: value for key, value in item.items() if _DEFAULTS.get(key) != value}


def _text(name: str) -> str:
    return files("airspace_events.views.page").joinpath(name).read_text(encoding="utf-8")


def _content_security_policy(style: str, script: str) -> str:
    return (
        f"default-src 'none'; style-src {_hash(style)}; script-src {_hash(script)}; "
        "base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def _json(data: object) -> str:
    """Return JSON that is safe inside an HTML script element."""
    text = json.dumps(data, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    for char in "<>&\u2028\u2029":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return text


def _borders() -> Iterator[str]:
    for one in outlines():
        state = f' data-state="{one.state}"' if one.state else ""
        x, y = one.label
        name = html.escape(one.name)
        yield f'<path{state} data-name="{name}" data-x="{x}" data-y="{y}" d="{one.path}"/>\n'


def _words(items: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """Return the labels of the terms that the items use."""
    words = {
        **{word: spoken(word) for word in words_of(EventStatus)},
        **{word: spoken(word) for word in words_of(ObjectCategory)},
        **KIND_WORDS,
        "series": "series of events",
        "finding": "finding on the ground or in the water",
    }
    used = {
        word
        for item in items
        for word in (*item["kinds"], item.get("status"), *item.get("objects", ()), item["type"])
    }
    return {word: text for word, text in words.items() if word in used and word}


def _in_order(words: Iterable[str], items: Iterable[Mapping[str, Any]], key: str) -> list[str]:
    used: set[str] = set()
    for item in items:
        value = item.get(key, "")
        used.update([value] if isinstance(value, str) else value)
    return [word for word in words if word in used]


def _sentence(events: Sequence[Event], items: Sequence[Mapping[str, Any]]) -> str:
    """Return a sentence such as "12 incidents on record in 3 states, 2023 to 2024"."""
    numbers = [number_of(one) for one in events]
    least = sum(number[0] or 0 for number in numbers)
    at_least = "At least " if any(number[1] is None for number in numbers) else ""
    counting = [item for item in items if item["n"] != [0, 0]]
    states = {state for item in counting for state in item.get("states", ())}
    where = f" in {counted(len(states), 'state')}" if states else ""
    dates = _dates([item["span"] for item in counting])
    return f"{at_least}{counted(least, 'incident')} on record{where}{dates}"


def _dates(spans: Sequence[Span]) -> str:
    """Return text such as ", 2023 to 2024 or later", or an empty string if no date is known."""
    ends = [minute for span in spans for minute in (span["start"], span["end"])]
    known = [minute for minute in ends if minute is not None]
    if not known:
        return ""
    earlier = " or earlier" if any(span["start"] is None for span in spans) else ""
    later = " or later" if any(span["end"] is None for span in spans) else ""
    return f", {dates_text(min(known), max(known))}{earlier}{later}"


# About the page.


def _about(
    headers: Sequence[FeedHeader], items: Sequence[Mapping[str, Any]], number: int, left_out: int
) -> Iterator[str]:
    """Yield the paragraphs about the page, as HTML."""
    for header in headers:
        facts = (
            header.title,
            header.publisher and f"Publisher: {header.publisher}",
            header.license and f"Licence: {header.license}",
            header.generated_at and f"Written on {utc_text(header.generated_at)}",
            header.note,
        )
        text = ". ".join(shown(fact).rstrip(".") for fact in facts if fact)
        if text:
            yield f"<bdi>{html.escape(text)}.</bdi>"
    yield _HOW_TO_READ
    positions = [one for item in items for on in item.get("claims", ()) for one in on["positions"]]
    yield from _meanings("Status", "EventStatus", {item.get("status", "") for item in items})
    yield from _meanings("Claims", "Polarity", {one["polarity"] for one in positions})
    yield _BORDERS
    if left_out:
        verb = "is" if left_out == 1 else "are"
        yield (
            f"{counted(left_out, 'record')} {verb} left out because of an embargo or a TLP label."
        )
    if number > MOST_ITEMS:
        yield (
            f"The feed has {number:,} incidents, series and findings, but a page can show only "
            f"{MOST_ITEMS:,} one by one. This page has totals of incidents by state, month "
            "and kind. To see individual incidents, make a page from part of the feed."
        )


def _meanings(title: str, vocabulary: str, used: Collection[str]) -> Iterator[str]:
    """Yield a paragraph with the definitions of the terms that the page uses, as HTML."""
    meanings = [
        # After a semicolon, a definition is for writers of records.
        f"“{spoken(word)}”: {html.escape(term.definition.partition(';')[0].rstrip('.'))}."
        for word, term in vocabularies()[vocabulary].terms.items()
        if word in used or spoken(word) in used
    ]
    if meanings:
        yield f"{title}. {' '.join(meanings)}"
