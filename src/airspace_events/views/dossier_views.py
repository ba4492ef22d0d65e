"""Views of dossiers and their answers: a card for the records, and tables for the answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, cast

from airspace_events.dossier.corroboration import Corroboration, Grading
from airspace_events.dossier.duplicates import PossibleDuplicate, PossibleDuplicates
from airspace_events.dossier.events import Matches, RecordedResponse, TimelineEntry
from airspace_events.dossier.histories import time_of
from airspace_events.dossier.positions import AttributedClaim, Position, Voice
from airspace_events.dossier.states_by_months import StateMonth
from airspace_events.dossier.summary import Summary, SummaryRow
from airspace_events.dossier.tallies import COUNTED, CountRange, Kind, Tallies, Tally
from airspace_events.models.base import BaseRecord
from airspace_events.models.events import Finding, Incursion, Series
from airspace_events.models.records import Record
from airspace_events.safe_text import counted
from airspace_events.values.time import ReportedTime
from airspace_events.viewed import Answers
from airspace_events.views.card import Card, Line, Row, joined, listed, row_of
from airspace_events.views.duplicate_views import (
    DUPLICATE_COLUMNS,
    duplicate_card,
    duplicate_row,
    duplicates_table,
)
from airspace_events.views.record_card import record_name
from airspace_events.views.table import MOST_ROWS, Entry, Table, table_of
from airspace_events.views.value_lines import (
    claim_line,
    count_line,
    given,
    held_line,
    instant_text,
    names_line,
    response_line,
    short_time_line,
    spoken,
    value_line,
)

if TYPE_CHECKING:
    from airspace_events.dossier.dossier import Dossier


def summary_table(summary: Summary) -> Table:
    """Return a table with a row for each kind in each group of a summary."""
    rows = tuple(_summary_rows(summary))
    columns = ("Group", "Kind", "Records", "Incursions", "Counted", "Objects")
    left_out = max(0, len(rows) - MOST_ROWS)
    return Table("Summary", columns, rows[:MOST_ROWS], left_out)


def row_cells(row: SummaryRow) -> tuple[Line, ...]:
    """Return the cells for a row of a grouped summary."""
    group = ", ".join(spoken(word or f"no {name}") for name, word in row.group.items())
    _, incursions, counted, objects = _cells(row.kind, row.certain)
    records = tuple((f"{tally.records:,}",) for tally in (row.certain, row.possible))
    return ((group,), (kind_text(row.kind),), *records, incursions, counted, objects)


def _summary_rows(summary: Summary) -> Iterator[tuple[Line, ...]]:
    groups = (
        ("all", summary.by_kind),
        *_groups("state", summary.by_state),
        *_groups("month", summary.by_month),
        *_groups("category", summary.by_category),
        *_groups("status", summary.by_status),
        ("month unknown", summary.month_unknown),
    )
    for group, tallies in groups:
        for kind, tally in tallies.items():
            yield ((group,), (kind_text(kind),), *_cells(kind, tally))


def _groups(name: str, by: Mapping[Any, Tallies]) -> Iterator[tuple[str, Tallies]]:
    for word, tallies in by.items():
        yield f"{name} {spoken(word)}" if word else f"no {name}", tallies


def _cells(kind: Kind, tally: Tally) -> tuple[Line, ...]:
    name = COUNTED.get(kind)
    counted = f"{spoken(name)}: {range_text(getattr(tally, name))}" if name else ""
    return (
        (f"{tally.records:,}",),
        (range_text(tally.incursions),),
        (counted,),
        (range_text(tally.objects),),
    )


def kind_text(kind: Kind) -> str:
    """Return a kind of incursion in plain words."""
    return spoken(kind) if kind else "no kind"


def range_text(number: CountRange) -> str:
    """Return a range as text, which also says how many counts do not have a number."""
    some_gave_none = number.unknown and str(number) != "no number"
    return f"{number} ({number.unknown:,} without a number)" if some_gave_none else str(number)


def answer_view(answer: Any) -> Card | Table:
    """Return the view of an answer, which is a table, a single table row or a card."""
    if type(answer) in _VIEWS:
        return _VIEWS[type(answer)](answer)
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
            f"Corroboration: {counted(found.independent_sources, 'independent source')},",
            f" {counted(len(found.publishers), 'publisher')}",
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


def _state_month(row: StateMonth) -> tuple[Line, ...]:
    least, most = (f"{row.least:,}", "not known" if row.most is None else f"{row.most:,}")
    return (
        (row.state or "no state",),
        (row.month or "month unknown",),
        (kind_text(row.kind),),
        (least,),
        (most,),
    )


_Row = Callable[[Any], tuple[Line, ...]]

_TABLES: Mapping[type, tuple[str, tuple[str, ...], _Row]] = MappingProxyType(
    {
        TimelineEntry: ("Timeline", ("Order", "Time", "Record", "Type", "Title"), _moment),
        AttributedClaim: ("Claims", ("By", "Claim", "Held", "Record"), _claim),
        Position: ("Positions", ("Actor", "Topic", "Now", "Before"), _position),
        Voice: ("Voices", ("Topic", "Held", "By"), _voice),
        PossibleDuplicate: ("Possible duplicates", DUPLICATE_COLUMNS, duplicate_row),
        RecordedResponse: ("Responses", ("Response", "Time", "Record"), _response),
        SummaryRow: (
            "Groups",
            ("Group", "Kind", "Certain", "Possible", "Incursions", "Counted", "Objects"),
            row_cells,
        ),
        StateMonth: (
            "States by months",
            ("State", "Month", "Kind", "Least", "Most"),
            _state_month,
        ),
        BaseRecord: ("Records", ("Id", "Revision", "Type", "Time", "Title"), _record),
    }
)


_VIEWS: Mapping[type, Callable[[Any], Card | Table]] = MappingProxyType(
    {
        Corroboration: _corroboration_card,
        Matches: _matches_table,
        PossibleDuplicate: duplicate_card,
        PossibleDuplicates: duplicates_table,
        Summary: summary_table,
    }
)


_MOST_TYPES = 9


def dossier_card(dossier: Dossier) -> Card:
    """Return the card of a dossier."""
    undated = len(dossier.undated)
    marks = ((f"records without a known recording time: {undated:,}",),)
    return Card((f"Dossier: {len(dossier):,} records",), marks if undated else (), _rows(dossier))


def _rows(dossier: Dossier) -> tuple[Row, ...]:
    types = Counter[str](record.type for record in dossier)
    summary = dossier.summary()
    lines: list[tuple[str | None, Kind, Tally]] = [
        (state, kind, tally)
        for state, tallies in summary.by_state.items()
        for kind, tally in tallies.items()
    ]
    # States with the same number of records stay in the order of their codes.
    lines.sort(key=lambda line: -line[2].records)
    status = [
        (f"{kind_text(kind)} {spoken(word or 'not judged')}", tally.records)
        for word, tallies in summary.by_status.items()
        for kind, tally in tallies.items()
    ]
    return (
        Row("Records", (_numbers(list(types.items())),)),
        Row("Status", (_numbers(status),)),
        row_of("States", lines, _state_line, empty="none"),
        Row("Time", tuple(_spans(dossier)) or (("none",),)),
    )


def _numbers(numbers: Sequence[tuple[str, int]]) -> Line:
    named = listed(numbers, lambda item: (f"{spoken(item[0])}: {item[1]:,}",), most=_MOST_TYPES)
    return named or ("none",)


def _state_line(line: tuple[str | None, Kind, Tally]) -> Line:
    code, kind, tally = line
    names = ["incursions", *([COUNTED[kind]] if kind in COUNTED else []), "objects"]
    numbers = ", ".join(f"{spoken(name)}: {range_text(getattr(tally, name))}" for name in names)
    return (f"{code or 'no state'}, {kind_text(kind)}: {tally.records:,} on record ({numbers})",)


def _spans(dossier: Dossier) -> Iterator[Line]:
    found: dict[str, list[ReportedTime]] = {"incursions": [], "series": [], "findings": []}
    for one in dossier:
        if isinstance(one, Incursion):
            found["incursions"].append(one.time)
        elif isinstance(one, Series) and one.time:
            found["series"].append(one.time)
        elif isinstance(one, Finding):
            found["findings"].append(one.found)
    for name, times in found.items():
        if times:
            yield (f"{name}: ", *_span(times))


def _span(times: Sequence[ReportedTime]) -> Line:
    """Return the overall bounds of several times, and the number of open or unknown ends."""
    known = [bound for time in times for bound in (time.earliest, time.latest) if bound]
    ends = Counter(
        f"{end} {knowledge}"
        for time in times
        for end, knowledge in (("start", time.start_is), ("end", time.end_is))
        if knowledge != "known"
    )
    bounds = dict.fromkeys(instant_text(pick(known)) for pick in (min, max) if known)
    span = (f"{' to '.join(bounds)} UTC",) if known else ()
    return joined((span, *((f"{end}: {ends[end]:,}",) for end in sorted(ends))))
