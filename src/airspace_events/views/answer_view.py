"""Views of dossier answers, such as tables of claims, positions, responses and counts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, cast

from airspace_events.dossier.attributed_claims import AttributedClaim
from airspace_events.dossier.corroboration import Corroboration, Grading
from airspace_events.dossier.event_search import Matches, RecordedResponse
from airspace_events.dossier.histories import time_of
from airspace_events.dossier.positions import Position, Voice
from airspace_events.dossier.summary import Summary, SummaryRow
from airspace_events.dossier.timeline import TimelineEntry
from airspace_events.models.base import BaseRecord
from airspace_events.models.events import Incursion
from airspace_events.models.records import Record
from airspace_events.viewed import Answers
from airspace_events.views.card import Card, Line, joined, listed, row_of
from airspace_events.views.claim_lines import claim_line, held_line, value_line
from airspace_events.views.record_card import record_name
from airspace_events.views.summary_table import row_cells, summary_table
from airspace_events.views.table import MOST_ROWS, Entry, Table, table_of
from airspace_events.views.value_lines import (
    count_line,
    given,
    names_line,
    response_line,
    short_time_line,
    spoken,
)


def answer_view(answer: Any) -> Card | Table:
    """Return the view of an answer: a table, one table row, or the card of a corroboration."""
    if isinstance(answer, Corroboration):
        return _corroboration_card(answer)
    if isinstance(answer, Matches):
        return _matches_table(answer)
    if isinstance(answer, Summary):
        return summary_table(answer)
    if isinstance(answer, Answers):
        answers = cast("Sequence[Any]", answer)
        for model, (name, columns, row) in _TABLES.items():
            if answers and isinstance(answers[0], model):
                return table_of(name, columns, answers, row)
        return Table("none found", (), ())
    _, columns, row = _TABLES[type(answer)]
    return Entry(type(answer).__name__, columns, (row(answer),))


# Events.


def _moment(entry: TimelineEntry) -> tuple[Line, ...]:
    record = entry.record
    return (
        ("then",) if entry.follows else (),
        short_time_line(entry.time),
        (f"{record.id}{entry.pointer}",),
        (record.type,),
        record_name(record),
    )


def _record(record: Record) -> tuple[Line, ...]:
    time = time_of(record)
    return (
        (record.id,),
        (str(record.revision),),
        (record.type,),
        short_time_line(time) if time else (),
        record_name(record),
    )


def _response(one: RecordedResponse) -> tuple[Line, ...]:
    time = one.response.time
    return (
        response_line(one.response),
        short_time_line(time) if time else (),
        (f"{one.record.id}{one.pointer}",),
    )


def _matches_table(matches: Matches) -> Table:
    """Return a table with a row for each incursion, with possible matches at the end."""
    fitting = [(one, "certainly") for one in matches.certainly]
    fitting += [(one, "possibly") for one in matches.possibly]
    name = f"Incursions ({len(matches.possibly):,} possibly)" if matches.possibly else "Incursions"
    return table_of(name, ("Fits", "Id", "State", "When", "Kinds", "Title"), fitting, _match)


def _match(item: tuple[Incursion, str]) -> tuple[Line, ...]:
    one, fits = item
    return (
        (fits,),
        (one.id,),
        given(one.state),
        short_time_line(one.time),
        (", ".join(map(spoken, one.kinds)),),
        record_name(one),
    )


# Statements and claims.


def _claim(one: AttributedClaim) -> tuple[Line, ...]:
    held = one.held
    return (
        names_line(one.by),
        _held(one) if one.field else claim_line(one.claim),
        short_time_line(held) if held else (),
        (f"{one.record.id}{one.pointer}",),
    )


def _position(position: Position) -> tuple[Line, ...]:
    return (
        (position.actor,),
        (position.field or spoken(position.aspect),),
        joined(map(_held, position.latest)),
        joined(map(_held, position.earlier)),
    )


def _held(one: AttributedClaim) -> Line:
    return held_line(one.claim, one.field, one.value)


def _voice(voice: Voice) -> tuple[Line, ...]:
    number = count_line(voice.count) if voice.count else ()
    value = value_line(voice.field, voice.value)
    return (
        (voice.field or spoken(voice.aspect),),
        joined((joined(((spoken(voice.polarity),), value), by=": "), number)),
        names_line(voice.by),
    )


def _corroboration_card(found: Corroboration) -> Card:
    return Card(
        (
            f"Corroboration: independent sources: {found.independent_sources:,},",
            f" publishers: {len(found.publishers):,}",
        ),
        (),
        (
            row_of("Sources", found.sources, _source_group, empty="none"),
            row_of("Best grading", found.best, _grading, empty="not graded"),
            row_of("Voices", found.voices, _voice_line, empty="none", most=MOST_ROWS),
        ),
    )


def _source_group(group: tuple[str, ...]) -> Line:
    first, *copies = group
    return (first, *names_line(copies, ", with "))


def _grading(grading: Grading) -> Line:
    letter, number, sources = grading
    return (f"{letter or '-'}{number or '-'}: ", *listed(sources, lambda name: (name,)))


def _voice_line(voice: Voice) -> Line:
    topic, held, by = _voice(voice)
    return (*topic, " ", *held, " (", *by, ")")


_Row = Callable[[Any], tuple[Line, ...]]

_TABLES: Mapping[type, tuple[str, tuple[str, ...], _Row]] = MappingProxyType(
    {
        TimelineEntry: ("Timeline", ("Order", "Time", "Record", "Type", "Title"), _moment),
        AttributedClaim: ("Claims", ("By", "Claim", "Held", "Record"), _claim),
        Position: ("Positions", ("Actor", "Topic", "Now", "Before"), _position),
        Voice: ("Voices", ("Topic", "Held", "By"), _voice),
        RecordedResponse: ("Responses", ("Response", "Time", "Record"), _response),
        SummaryRow: (
            "Groups",
            ("Group", "Kind", "Certain", "Possible", "Incursions", "Counted", "Objects"),
            row_cells,
        ),
        BaseRecord: ("Records", ("Id", "Revision", "Type", "Time", "Title"), _record),
    }
)
