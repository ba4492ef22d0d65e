"""Timeline entries in chronological order, and indexes to find incursions and responses."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from typing import Any, NamedTuple

from airspace_events.dossier.arguments import refuse_type
from airspace_events.dossier.histories import time_of
from airspace_events.models.events import KIND_OF_ZONE, ZONE_KINDS, Incursion, Series
from airspace_events.models.records import Record
from airspace_events.models.source import Source
from airspace_events.values import edtf
from airspace_events.values.responses import Response
from airspace_events.values.time import ReportedTime
from airspace_events.viewed import Answer
from airspace_events.vocabulary.state_codes import StateCode
from airspace_events.vocabulary.terms import (
    EventStatus,
    IncursionKind,
    ObjectCategory,
    ResponseKind,
)


@dataclass(frozen=True, repr=False)
class TimelineEntry(Answer):
    """A dated entry of the timeline.

    Attributes:
        time: the time of the entry.
        record: the record that the entry belongs to.
        pointer: the JSON Pointer (RFC 6901) to the part of the record, such as "/responses/0";
            empty for the record itself.
        follows: whether the previous entry was certainly over when this entry began. Otherwise,
            the two entries overlap or their order is not known.
    """

    time: ReportedTime
    record: Record
    pointer: str
    follows: bool


def timeline_of(records: Iterable[Record], *, sources: bool) -> tuple[TimelineEntry, ...]:
    """Return the dated entries of the given records, in chronological order."""
    found = [each for record in records for each in _times_of(record, sources=sources)]
    found.sort(key=lambda each: (each[0].sort_key, each[1].id, each[2]))
    entries: list[TimelineEntry] = []
    for time, record, pointer in found:
        follows = bool(entries) and entries[-1].time.certainly_before(time) is True
        entries.append(TimelineEntry(time, record, pointer, follows))
    return tuple(entries)


_Dated = tuple[ReportedTime, Record, str]


def _times_of(record: Record, *, sources: bool) -> Iterator[_Dated]:
    time = time_of(record)
    if time is not None and (sources or not isinstance(record, Source)):
        yield time, record, ""
    if isinstance(record, Incursion | Series):
        yield from _times_of_parts(record)


def _times_of_parts(record: Incursion | Series) -> Iterator[_Dated]:
    for number, response in enumerate(record.responses):
        if response.time is not None:
            yield response.time, record, f"/responses/{number}"
    if isinstance(record, Incursion):
        for number, effect in enumerate(record.effects):
            if effect.time is not None:
                yield effect.time, record, f"/effects/{number}"
    for number, flown in enumerate(record.objects):
        for place, fate in enumerate(flown.fates):
            if fate.time is not None:
                yield fate.time, record, f"/objects/{number}/fates/{place}"


Bound = date | datetime | str | None
"""The first or last day of a span, as a date, an EDTF date or an instant; None for an open end."""

_DOUBT: tuple[EventStatus, ...] = (
    "confirmed",
    "reported",
    "suspected",
    "disputed",
    "doubtful",
    "discounted",
)


@dataclass(frozen=True, repr=False)
class Matches(Answer):
    """The incursions that match a query.

    Attributes:
        certainly: the incursions that certainly match.
        possibly: the incursions that may match, for example because "overnight" may mean either of
            two days.
    """

    certainly: tuple[Incursion, ...]
    possibly: tuple[Incursion, ...] = ()


def status_of(incursion: Incursion, kind: IncursionKind | None = None) -> EventStatus | None:
    """Return the desk's judgement on one kind of an incursion, or on all of its kinds.

    This is the most doubtful of the judgements on the occurrence and on the kinds asked about, or
    None without any judgement. A crossing is judged in ``crossing``. A kind of zone entry is
    judged in the ``entry`` of its zones, of which the most certain one counts.

    Args:
        incursion: the incursion.
        kind: one of its kinds. By default, all kinds.
    """
    kinds = incursion.kinds if kind is None else (kind,)
    judged: list[EventStatus | None] = [incursion.occurrence]
    if "crossing" in kinds or not kinds:
        judged.append(incursion.crossing)
    for zone_kind in ZONE_KINDS:
        if zone_kind in kinds:
            entries: list[EventStatus] = [
                one.entry for one in incursion.zones if KIND_OF_ZONE.get(one.type) == zone_kind
            ]
            surest: EventStatus | None = min(entries, key=_DOUBT.index, default=None)
            judged.append(surest)
    given: list[EventStatus] = [status for status in judged if status is not None]
    return max(given, key=_DOUBT.index, default=None)


class Span:
    """A time span for a search, in days that are local to the place of each incursion.

    Raises:
        TimeExpressionError: a bound is not a time or is an instant without an offset, or the last
            day is before the first.
        TypeError: the argument is not a pair, or a bound has the wrong type.
    """

    def __init__(self, between: tuple[Bound, Bound]) -> None:
        given: Any = between
        if not isinstance(given, tuple | list) or len(between) != 2:  # noqa: PLR2004
            msg = f"`between` must be a pair (first day, last day), not {between!r:.60}"
            raise TypeError(msg)
        texts = [_text(bound) for bound in between]
        self._value = "/".join(texts)
        edtf.parse(self._value)
        self._has_instants = any("T" in text for text in texts)
        self._by_zone: dict[str | None, ReportedTime] = {}
        self.widest = self._in_zone(None).window

    def holds(self, time: ReportedTime) -> bool | None:
        """Return whether a time is within the span; None if only partly, or if this is unknown."""
        has_instants = self._has_instants or "T" in time.value
        if time.timezone is None and not has_instants:
            # Both times are local days at the same place, so any time zone gives the same result.
            time = time.replace(timezone="UTC")
        span = self._in_zone(time.timezone)
        if time.window.latest < span.window.earliest or span.window.latest < time.window.earliest:
            return False
        return span.contains(time)

    def _in_zone(self, zone: str | None) -> ReportedTime:
        if zone not in self._by_zone:
            self._by_zone[zone] = ReportedTime(value=self._value, timezone=zone)
        return self._by_zone[zone]


def _text(bound: Bound) -> str:
    if bound is None:
        return ".."
    if not isinstance(bound, date | str):  # pyright: ignore[reportUnnecessaryIsInstance]
        refuse_type("a bound", "a date, a datetime, text or None", bound)
    text = bound if isinstance(bound, str) else bound.isoformat()
    edtf.parse_point(text)
    return text


class IncursionIndex:
    """An index of incursions by state and by possible time."""

    def __init__(self, incursions: Sequence[Incursion]) -> None:
        self._incursions = incursions
        self._layers: dict[StateCode | None, dict[int, _Layer]] = {}

    def find(
        self,
        state: StateCode | None,
        span: Span | None,
        kind: IncursionKind | None,
        category: ObjectCategory | None,
        status: EventStatus | None,
    ) -> Matches:
        """Return the incursions that match all conditions, in the order of the records."""
        certainly: list[Incursion] = []
        possibly: list[Incursion] = []
        for number in self._candidates(state, span):
            one = self._incursions[number]
            if kind is not None and kind not in one.kinds:
                continue
            if status is not None and status_of(one, kind) != status:
                continue
            if category is not None and all(flown.category != category for flown in one.objects):
                continue
            fits = True if span is None else span.holds(one.time)
            if fits is not False:
                (certainly if fits else possibly).append(one)
        return Matches(tuple(certainly), tuple(possibly))

    def _candidates(self, state: StateCode | None, span: Span | None) -> Iterable[int]:
        if span is not None:
            return sorted(self._near(state, span))
        return self._numbers(state)

    def _numbers(self, state: StateCode | None) -> Sequence[int]:
        if state is None:
            return range(len(self._incursions))
        return self._by_state.get(state, ())

    @cached_property
    def _by_state(self) -> dict[StateCode, list[int]]:
        found: dict[StateCode, list[int]] = {}
        for number, one in enumerate(self._incursions):
            if one.state is not None:
                found.setdefault(one.state, []).append(number)
        return found

    def _near(self, state: StateCode | None, span: Span) -> Iterator[int]:
        """Yield the indexes of the incursions whose time may overlap with a span."""
        if state not in self._layers:
            self._layers[state] = self._layers_of(self._numbers(state))
        earliest, latest = span.widest.earliest, span.widest.latest
        for days, layer in self._layers[state].items():
            start = bisect_left(layer.begins, _days_before(earliest, days))
            for place in range(start, bisect_right(layer.begins, latest)):
                if layer.ends[place] >= earliest:
                    yield layer.numbers[place]

    def _layers_of(self, numbers: Sequence[int]) -> dict[int, _Layer]:
        """Group incursions by longest possible duration in days, rounded up to a power of two."""
        layers: dict[int, _Layer] = {}
        windows = {number: self._incursions[number].time.window for number in numbers}
        for number in sorted(numbers, key=lambda number: windows[number].earliest):
            earliest, latest = windows[number].earliest, windows[number].latest
            days = 1 << (latest - earliest).days.bit_length()
            layer = layers.setdefault(days, _Layer([], [], []))
            layer.begins.append(earliest)
            layer.ends.append(latest)
            layer.numbers.append(number)
        return layers


class _Layer(NamedTuple):
    """Incursions with similar longest possible durations, sorted by earliest possible start.

    Attributes:
        begins: the earliest possible start of each incursion.
        ends: the latest possible end of each incursion.
        numbers: the indexes of the incursions.
    """

    begins: list[datetime]
    ends: list[datetime]
    numbers: list[int]


def _days_before(moment: datetime, days: int) -> datetime:
    try:
        return moment - timedelta(days=days)
    except OverflowError:
        return datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, repr=False)
class RecordedResponse(Answer):
    """A response, with the record that contains it.

    Attributes:
        response: the response.
        record: the incursion or series that contains the response.
        number: the index of the response in that record, from 0.
    """

    response: Response
    record: Incursion | Series
    number: int

    @property
    def pointer(self) -> str:
        """The JSON Pointer (RFC 6901) of the response in its record."""
        return f"/responses/{self.number}"


class ResponseIndex:
    """An index of all responses by actor."""

    def __init__(
        self, records: Sequence[Incursion | Series], successor: Callable[[str], str]
    ) -> None:
        self._records = records
        # The number of each record, and the number of the response within the record.
        self._all: list[tuple[int, int]] = []
        self._by: dict[str, list[tuple[int, int]]] = {}
        for place, record in enumerate(records):
            for number, response in enumerate(record.responses):
                self._all.append((place, number))
                for actor in dict.fromkeys(map(successor, response.by)):
                    self._by.setdefault(actor, []).append((place, number))

    def find(self, by: str | None, kind: ResponseKind | None) -> Iterator[RecordedResponse]:
        """Yield the responses of a kind by an actor; None matches any kind or actor."""
        for place, number in self._all if by is None else self._by.get(by, ()):
            record = self._records[place]
            if kind in (None, record.responses[number].kind):
                yield RecordedResponse(record.responses[number], record, number)
