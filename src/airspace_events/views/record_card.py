"""Cards of records, with the facts that a reporter needs first.

A card has about ten lines and leaves out some fields; the record itself has all fields.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

from airspace_events.models.actors import Alliance, Official, Organization, State
from airspace_events.models.base import BaseRecord
from airspace_events.models.events import Finding, Incursion, PossibleIncursion, Series
from airspace_events.models.source import Source
from airspace_events.models.statement import Statement
from airspace_events.values.citations import Citation, DerivedFrom
from airspace_events.values.periods import Tenure
from airspace_events.views.card import Card, Line, Row, Said, joined, listed, row_of
from airspace_events.views.value_lines import (
    act_line,
    assessment_line,
    claim_line,
    count_line,
    effect_line,
    given,
    names_line,
    object_line,
    period_line,
    place_line,
    quantity_line,
    refs_line,
    response_line,
    said,
    spoken,
    time_line,
    totals_lines,
    zone_line,
)


def record_card(record: BaseRecord) -> Card:
    """Return the card of any record."""
    title = record_name(record)
    between = " " if isinstance(record, Statement) and title else ": "
    shown = (record.type.capitalize(), between, *(title or (record.id,)))
    rows = (row for row in _rows(record) if row.lines != ((),))
    return Card(shown, tuple(_marks(record, has_title=bool(title))), tuple(rows))


def record_name(record: BaseRecord) -> Line:
    """Return the name, title or speakers of a record, or an empty line if it has only an id."""
    if isinstance(record, Statement):
        return refs_line(record.speakers, "by ")
    text = getattr(record, "name", None) or getattr(record, "title", None)
    return (Said(text),) if text else ()


def _marks(record: BaseRecord, *, has_title: bool) -> Iterator[Line]:
    if has_title:
        yield (record.id,)
    if record.revision > 1:
        yield (f"revision {record.revision}",)
    if record.retracted:
        yield ("retracted",)
    if record.marking and record.marking.tlp:
        yield (f"TLP:{record.marking.tlp.upper().replace('_', '+')}",)
    if record.marking and record.marking.embargo_until:
        yield (f"embargo until {record.marking.embargo_until.isoformat()}",)


def _rows(record: BaseRecord) -> Iterator[Row]:
    if record.retracted:
        back = record.retracted
        yield _row("Retracted", (f"{back.at.isoformat()}: ", Said(back.reason)))
    for model, rows in _ROWS.items():
        if isinstance(record, model):
            yield from rows(record)
    if not isinstance(record, Source) or record.sources:
        yield _sources_row(getattr(record, "sources", ()))


def _row(label: str, line: Line) -> Row:
    """Return a row with a single line. An empty line hides the row."""
    return Row(label, (line,))


def _known(line: Line, unknown: str = "not recorded") -> Line:
    return line or (unknown,)


def _sources_row(sources: tuple[Citation, ...]) -> Row:
    """Return the row of sources; a source that is cited twice counts once."""
    named = tuple(dict.fromkeys(citation.source for citation in sources))
    if not named:
        return _row("Sources", ("none recorded",))
    return _row("Sources", (f"{len(named):,} (", *listed(named, lambda name: (name,)), ")"))


# Events.


def _incursion(record: Incursion) -> Iterator[Row]:
    kinds = (", ".join(map(spoken, record.kinds)),) if record.kinds else ()
    yield _row("Kinds", _known(kinds))
    yield _row(
        "State", joined((_known(refs_line((record.state,))), given(record.over, "over ")), by=", ")
    )
    yield _row("When", time_line(record.time))
    several = "several incursions in one record" if record.scope == "aggregate" else ""
    judged = (
        given(record.occurrence, "occurrence "),
        given(record.crossing, "crossing "),
    )
    status = joined(judged, by=", ") or ("not judged",)
    yield _row("Status", joined((status, (several,) if several else ())))
    if record.zones:
        yield row_of("Zones", record.zones, zone_line)
    if record.totals:
        yield Row("Totals", totals_lines(record.totals))
    yield _row("Route", route_line(record))
    yield row_of("Objects", record.objects, object_line)
    yield row_of("Effects", record.effects, effect_line)
    yield row_of("Responses", record.responses, response_line)
    if record.assessments:
        yield row_of("Assessed", record.assessments, assessment_line)
    yield _row("Maybe the same", listed(record.possibly_same_as, _possible))
    yield _row("Series", refs_line((*record.during[:12], *filter(None, (record.part_of,)))))


def route_line(record: Incursion) -> Line:
    """Return the entry, the exit, the duration and the distances of an incursion."""
    return joined(
        (
            refs_line(record.entered_from, "from "),
            refs_line(record.exited_to, "to "),
            quantity_line(record.duration) if record.duration else (),
            (*quantity_line(record.distance), " from the border") if record.distance else (),
            (*quantity_line(record.depth), " deep") if record.depth else (),
        )
    )


def _possible(link: PossibleIncursion) -> Line:
    return link.incursion, f" ({spoken(link.likelihood)})" if link.likelihood else ""


def _series(record: Series) -> Iterator[Row]:
    yield _row("Kind", (spoken(record.kind),))
    yield _row("When", _known(time_line(record.time) if record.time else ()))
    yield _row("How often", said(record.frequency))
    yield _row("States", _known(refs_line(record.states)))
    yield Row("Totals", totals_lines(record.totals) or (("none recorded",),))
    yield row_of("Objects", record.objects, object_line)
    if record.responses:
        yield row_of("Responses", record.responses, response_line)
    yield _row("Part of", refs_line((record.part_of,)))


def _finding(record: Finding) -> Iterator[Row]:
    yield _row("Found", time_line(record.found))
    yield _row("Where", place_line(record.place))
    yield _row("How many", count_line(record.count))
    yield _row("Condition", _known(given(record.condition)))
    what = joined(
        (
            _known(given(record.category)),
            said(record.designation),
            given(record.payload, "payload: "),
        )
    )
    yield _row("From", what)
    yield _row("Found by", refs_line(record.found_by))
    yield _row("Handling", names_line(record.handling))
    yield _row("Linked to", _known(listed(record.links, _possible), "no incursion"))


# Statements and sources.


def _statement(record: Statement) -> Iterator[Row]:
    # The speakers are in the title.
    spoke = joined(
        (
            said(record.speaker_as, "as "),
            names_line(record.on_behalf_of, "on behalf of "),
        )
    )
    yield _row("Spoke", spoke)
    yield _row("Signed by", names_line(record.signatories))
    yield _row("When", time_line(record.made))
    occasion = (Said(record.occasion),) if record.occasion else ()
    yield _row("Occasion", joined((given(record.form), occasion)))
    yield _row("About", _known(names_line(record.about)))
    if record.acts:
        yield row_of("Acts", record.acts, act_line)
    yield row_of("Claims", record.claims, claim_line)


def _source(record: Source) -> Iterator[Row]:
    yield _row("Publisher", (Said(record.publisher),))
    yield _row("Kind", (f"{spoken(record.kind)}, language: {record.language or 'not recorded'}",))
    published = joined((given(record.published), given(record.timezone)), by=", ")
    yield _row("Published", _known(published))
    yield _row("Derived from", listed(record.derived_from, _origin_line))
    if record.claims:
        yield row_of("Claims", record.claims, claim_line)
    yield _row("Address", (Said(record.url),) if record.url else ())
    yield _row("Copy", (Said(record.archive_url),) if record.archive_url else ())


def _origin_line(origin: DerivedFrom) -> Line:
    return (origin.source, f" ({spoken(origin.how)})" if origin.how else "")


# Actors.


def _state(record: State) -> Iterator[Row]:
    codes = (record.alpha_2, record.alpha_3, record.numeric)
    yield _row("Codes", (", ".join(filter(None, codes)),))
    yield _row("Official name", (Said(record.official_name),) if record.official_name else ())
    yield _row("Status", _known(given(record.status)))
    yield _row("Dependent on", given(record.dependent_on))
    yield _row("Existed", period_line(record.valid) if record.valid else ())


def _alliance(record: Alliance) -> Iterator[Row]:
    yield _row("Kind", (spoken(record.kind),))
    yield _row("Founded", _known(given(record.founded)))
    yield _row("Dissolved", given(record.dissolved))
    kinds = Counter((one.status, one.end_is) for one in record.memberships)
    yield row_of("Memberships", tuple(kinds.items()), _memberships_line)
    members = [
        one.state for one in record.memberships if (one.status, one.end_is) == ("member", "open")
    ]
    yield _row("Members", listed(members, lambda state: (state,), most=40))


def _memberships_line(counted: tuple[tuple[str, str], int]) -> Line:
    (status, end), number = counted
    words = {"open": "ongoing", "known": "ended", "unknown": "end unknown"}
    return (f"{spoken(status)}, {words[end]}: {number:,}",)


def _organization(record: Organization) -> Iterator[Row]:
    yield _row("Kind", (spoken(record.kind),))
    yield _row("Of", given(record.of))
    yield _row("Part of", given(record.parent))
    yield _row("Existed", period_line(record.valid) if record.valid else ())


def _official(record: Official) -> Iterator[Row]:
    yield row_of("Posts", record.tenures, _tenure_line)


def _tenure_line(tenure: Tenure) -> Line:
    acting = "acting " if tenure.acting else ""
    return (acting, Said(tenure.post), f" of {tenure.of}: ", *period_line(tenure))


_ROWS: Mapping[type[BaseRecord], Callable[[Any], Iterator[Row]]] = MappingProxyType(
    {
        Source: _source,
        State: _state,
        Alliance: _alliance,
        Organization: _organization,
        Official: _official,
        Incursion: _incursion,
        Series: _series,
        Finding: _finding,
        Statement: _statement,
    }
)
