"""The context for resolving phrases: the reference, the time zone and the date order."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import lru_cache
from typing import Literal, NamedTuple

from airspace_events.values.scalars import FIRST_YEAR, LAST_YEAR
from airspace_events.values.time_spans import Point

DateOrder = Literal["day_first", "month_first"]
Tense = Literal["past", "future"]
Clock = str
"""A clock: `local`, `utc`, or an abbreviation such as `eest`.

The time zone must use the abbreviation on the day in question.
"""

_DAY, _WEEK = timedelta(days=1), timedelta(days=7)
_NOON = timedelta(hours=12)
_BETWEEN_DAYS = str.maketrans(dict.fromkeys("/[]{},?~%", " "))


class Refusal(Exception):  # noqa: N818 (it never leaves the package)
    """Raised when a phrase is understood but does not determine a time."""


class SkippedTime(Refusal):
    """Raised for a time that the clocks skipped. No other reading of the words is then tried."""


class TwoReadings(Refusal):
    """Raised if a phrase has two readings that no value can cover. No other form is tried."""


def contradiction(reason: str) -> Refusal:
    """Return the error for a phrase whose parts contradict each other."""
    msg = f"the parts of the phrase contradict each other: {reason}"
    return Refusal(msg)


class Days(NamedTuple):
    """Calendar days.

    Attributes:
        first: the first day.
        last: the last day.
        written: the EDTF text, or None if the first and last day are enough to write it.
    """

    first: date
    last: date
    written: str | None = None

    def __str__(self) -> str:
        if self.written is not None:
            return self.written
        return str(self.first) if self.first == self.last else f"{self.first}/{self.last}"

    @property
    def has_choice(self) -> bool:
        """Return whether the days are an EDTF set."""
        return self.written is not None and self.written[0] in "[{"


class Hours(NamedTuple):
    """Some hours of a day, counted from the midnight at its start.

    Attributes:
        start: the start, as time since midnight.
        end: the end; more than 24 hours means the next day.
        clock: the clock that shows the hours.
        named: the start and end as the phrase names them, before any margin is added. The clock
            must have shown both times that day. The margin is added once in elapsed time and
            once in clock time, and the longer span counts.
        also: the possible readings of the start on a second clock, and the name of that clock.
    """

    start: timedelta
    end: timedelta
    clock: Clock = "local"
    named: tuple[timedelta, timedelta] | None = None
    also: tuple[tuple[timedelta, ...], Clock] | None = None


class Moments(NamedTuple):
    """A span from one instant to another.

    Attributes:
        start: the start.
        end: the end.
        readings: the spans that the phrase may mean, in order, if there are several. The span
            from `start` to `end` covers all readings.
    """

    start: datetime
    end: datetime
    readings: tuple[Moments, ...] = ()

    def __str__(self) -> str:
        return f"{written(self.start)}/{written(self.end)}"

    @property
    def last_start(self) -> datetime:
        """Return the start of the last span that the phrase may mean."""
        return self.readings[-1].start if self.readings else self.start


def together(*readings: Moments) -> Moments:
    """Return a span that covers several readings, which are given in order."""
    if len(set(readings)) == 1:
        return readings[0]
    return Moments(readings[0].start, readings[-1].end, readings)


def written(moment: datetime) -> str:
    """Return an instant as ISO 8601 text."""
    offset = moment.utcoffset()
    if moment.tzinfo is UTC or (offset and offset.seconds % 60):
        return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")
    return moment.isoformat()


@dataclass(slots=True)
class Context:
    """The context for resolving phrases.

    Attributes:
        reference: the day or instant that words such as "yesterday" refer to.
        zone: the time zone of the event.
        date_order: the order of day and month in a numeric date.
        tense: whether the phrase is about the past or the future, if known.
        ahead: whether a phrase that may mean the past or the future is read as the future.
        used_reference: whether the meaning of the phrase depends on the reference.
        may_lie_ahead: whether the phrase may mean the past or the future.
        recurs: the interval at which the time recurs, such as a week for a weekday, or a day for a
            time of day without a day; zero if it does not recur.
        not_begun: the error to raise if the phrase may mean hours on a weekday, and these hours
            had not begun at the time of the reference.
    """

    reference: Point | None
    zone: tzinfo | None
    date_order: DateOrder | None = None
    tense: Tense | None = None
    ahead: bool = False
    used_reference: bool = False
    may_lie_ahead: bool = False
    recurs: timedelta = timedelta()
    not_begun: TwoReadings | None = None

    def begin(self, *, ahead: bool) -> None:
        """Start a new reading, and reset the attributes that the last reading set."""
        self.ahead = ahead
        self.used_reference = self.may_lie_ahead = False
        self.recurs = timedelta()
        self.not_begun = None

    @property
    def today(self) -> date:
        """Return the day of the reference in the time zone."""
        if self.reference is None:
            raise _without_reference()
        self.used_reference = True
        if self.reference.precision == "instant":
            return self.reference.first.astimezone(self._clock).date()
        days = (self.reference.after - self.reference.first).days
        if days != 1 or self.reference.approximate:
            msg = "the phrase needs a reference that is exactly one day or an instant"
            raise Refusal(msg)
        return self.reference.first.date()

    @property
    def has_hours(self) -> bool:
        """Return whether hours can be resolved: the time zone is known and the day is certain."""
        return self.zone is not None and not self.is_uncertain

    @property
    def is_uncertain(self) -> bool:
        """Return whether the phrase depends on an uncertain reference."""
        return self.used_reference and self.reference is not None and self.reference.uncertain

    @property
    def now(self) -> datetime | None:
        """Return the instant of the reference, or None if the reference is a day."""
        if self.reference is None or self.reference.precision != "instant":
            return None
        self.used_reference = True
        return self.reference.first.astimezone(self._clock)

    @property
    def _clock(self) -> tzinfo | None:
        return self.zone or (self.reference.first.tzinfo if self.reference else None)

    def day_at(self, distance: int) -> date:
        """Return the day ``distance`` days after the reference, or before it if negative.

        Raises:
            Refusal: the time zone skipped a day in between, so the count is unclear.
        """
        found = self.today + distance * _DAY
        if self.zone:
            first, last = (
                _midnight(day, self.zone).astimezone(UTC) for day in sorted((found, self.today))
            )
            if last - first < (abs(distance) - 0.5) * _DAY:
                msg = f"{self.zone} skipped a day between {found} and {self.today}; give the date"
                raise Refusal(msg)
        return found

    def hours_before_today(self, hours: int) -> datetime:
        """Return the local time a given number of hours before the start of the reference day."""
        start = datetime.combine(self.today, time(), self.zone or UTC).astimezone(UTC)
        return (start - timedelta(hours=hours)).astimezone(self.zone or UTC)

    def check_days(self, value: str) -> None:
        """Check that every day of an EDTF value existed in the time zone.

        Raises:
            Refusal: a day of the value did not exist.
        """
        if self.zone and "T" not in value:
            for part in value.translate(_BETWEEN_DAYS).split():
                if len(part) == len("2024-09-07") and part.replace("-", "").isdigit():
                    _check_day_existed(date.fromisoformat(part), self.zone)

    def weekday(self, weekday: int) -> date:
        """Return the last occurrence of a weekday, or the next one if the phrase means the future.

        If the next occurrence is nearer than the last, the phrase may mean either.
        """
        self.recurs = _WEEK
        back = (self.today.weekday() - weekday) % 7
        ahead = (weekday - self.today.weekday()) % 7
        self.may_lie_ahead |= ahead < back
        return self.today + timedelta(days=ahead if self.ahead else -back)

    def of_day(self, day: date, hours: Hours) -> Moments:
        """Return the span of hours on a named day.

        Hours on the weekday of the reference may still be in the future. In that case, the phrase
        may also mean the previous week.
        """
        return self.instants(day - self.time_back(self._bounds(day, hours)[0]), hours)

    def time_back(self, start: datetime) -> timedelta:
        """Return the interval by which a recurring time in the future is moved back.

        The result is zero if the time does not recur, or if it is not in the future.
        """
        if not self.recurs or self.ahead or self.reference is None:
            return timedelta()
        if start.astimezone(UTC) <= self._reference_span()[1]:
            return timedelta()
        if self.recurs == _WEEK:
            self.may_lie_ahead = True
            self.not_begun = TwoReadings(
                f"the phrase may mean {written(start)}, which is after the reference, or the same "
                'time a week before; write the date, or set tense to "future" for the later time'
            )
        return self.recurs

    def last(self, hours: Hours) -> Moments:
        """Return the last span of hours given without a day, or the next one if `ahead` is set.

        If the reference is a day, the report may be from any instant of that day. The result then
        covers the spans for every instant of that day.
        """
        self.recurs = self.recurs or _DAY
        find = self._next if self.ahead else self._last_begun
        start, end = self._reference_span()
        latest = find(end, hours)
        if start == end:
            return latest
        try:
            return together(find(start, hours), latest)
        except Refusal:
            return latest  # the clocks skipped the earlier time

    def _reference_span(self) -> tuple[datetime, datetime]:
        if self.reference is None:
            raise _without_reference()
        return self.reference.earliest(self.zone), self.reference.latest(self.zone)

    def _next(self, now: datetime, hours: Hours) -> Moments:
        day = self.today - 2 * _DAY
        while self._named(day, hours) <= now:
            day += _DAY
        return self.instants(day, hours)

    def _last_begun(self, now: datetime, hours: Hours) -> Moments:
        day = self.today + 2 * _DAY
        on_the_clock = now.astimezone(self.clock_of(hours.clock)).replace(tzinfo=None)
        # Hours on a later day cannot have begun, not even if the clocks skipped a day.
        day = min(day, (on_the_clock - hours.start).date() + _DAY)
        while self._begin(day, hours) > now:
            day -= _DAY
        found = self.instants(day, hours)
        if self._named(day, hours) > now:
            # "Around 00:15", said at 23:50, may be the next night or the same morning.
            return together(self.instants(day - _DAY, hours), found)
        return found

    def _begin(self, day: date, hours: Hours) -> datetime:
        """Return the instant at which hours begin, even if the clocks skipped a named time."""
        try:
            return self._bounds(day, hours)[0].astimezone(UTC)
        except Refusal:
            return self._named(day, hours)

    def _named(self, day: date, hours: Hours) -> datetime:
        named = hours.named[0] if hours.named else hours.start
        return (_midnight(day, self.clock_of(hours.clock)) + named).astimezone(UTC)

    def clock_of(self, clock: Clock) -> tzinfo:
        """Return the time zone of a clock.

        Raises:
            Refusal: no time zone is given.
        """
        zone = UTC if clock == "utc" else self.zone
        if zone is None:
            msg = "a time of day needs a time zone"
            raise Refusal(msg)
        return zone

    def instants(self, day: date, hours: Hours) -> Moments:
        """Return the span of hours on a day.

        If the clocks showed the start or the end twice, the result is the longest possible span.

        Raises:
            Refusal: no time zone is given, a named time did not exist that day, or the times on
                two clocks disagree.
        """
        return Moments(*self._bounds(day, hours))

    def _bounds(self, day: date, hours: Hours) -> tuple[datetime, datetime]:
        zone = self.clock_of(hours.clock)
        _check_day_existed(day, zone)
        midnight = _midnight(day, zone)
        starts = _by_the_clock(midnight + hours.start)
        ends = _by_the_clock(midnight + hours.end)
        if hours.named:
            first, last = (midnight + time for time in hours.named)
            firsts, lasts = _instants_shown(first), _instants_shown(last)
            _check_abbreviation(first, hours.clock)
            if hours.also:
                self._check_agrees(first, *hours.also)
            starts.append(firsts[0] - (hours.named[0] - hours.start))
            ends.append(lasts[-1] + (hours.end - hours.named[1]))
        # If the start or end is in a skipped hour, it is the moment at which the clocks changed.
        start = min(starts, default=(midnight + hours.start).astimezone(UTC))
        end = max(ends, default=(midnight + hours.end).astimezone(UTC))
        return start.astimezone(zone), end.astimezone(zone)

    def _check_agrees(
        self, first: datetime, readings: tuple[timedelta, ...], clock: Clock
    ) -> None:
        """Check that a time agrees with one of the readings on a second clock, such as UTC."""
        zone = self.clock_of(clock)
        shown = [moment.astimezone(zone) for moment in _by_the_clock(first)]
        if not any(
            timedelta(hours=there.hour, minutes=there.minute) in readings for there in shown
        ):
            msg = f"{first:%H:%M} was {shown[0]:%H:%M} on the other clock"
            raise contradiction(msg)
        for there in shown:
            _check_abbreviation(there, clock)


def _without_reference() -> Refusal:
    return Refusal("the phrase needs a reference, which is the day or instant of the report")


def _midnight(day: date, zone: tzinfo | None) -> datetime:
    return datetime.combine(day, time(), zone)


def _by_the_clock(local: datetime) -> list[datetime]:
    """Return the instants of a local time: none if it was skipped, two if it occurred twice."""
    offset = _offset_of_day(local.date(), local.tzinfo)
    if offset is not None:
        return [(local - offset).replace(tzinfo=UTC)]
    second = local.replace(fold=1)
    before, after = local.utcoffset(), second.utcoffset()
    if before == after:
        return [local.astimezone(UTC)]
    # When clocks go forward, the offset after is the larger one.
    is_skipped = before is not None and after is not None and before < after
    return [] if is_skipped else [local.astimezone(UTC), second.astimezone(UTC)]


# The cache is large, because a feed often has many times of the same days.
@lru_cache(maxsize=4096)
def _offset_of_day(day: date, zone: tzinfo | None) -> timedelta | None:
    """Return the UTC offset of a day, or None if the clocks changed on that day."""
    before = _midnight(day, zone).utcoffset()
    after = _midnight(day + _DAY, zone).replace(fold=1).utcoffset()
    return before if before == after else None


def _instants_shown(local: datetime) -> list[datetime]:
    """Return the instants of a local time, or raise `SkippedTime` if there are none."""
    found = _by_the_clock(local)
    if not found:
        msg = f"{local:%H:%M} did not exist on {local.date()}, because the clocks went forward"
        raise SkippedTime(msg)
    return found


def _check_abbreviation(local: datetime, clock: Clock) -> None:
    shown = {local.replace(fold=fold).tzname() or "" for fold in (0, 1)}
    if clock not in ("utc", "local", *(name.lower() for name in shown)):
        msg = (
            f"the time zone was called {' or '.join(sorted(shown))} at that time, not "
            f"{clock.upper()}"
        )
        raise Refusal(msg)


def _check_day_existed(day: date, zone: tzinfo) -> None:
    if _offset_of_day(day, zone) is None and not _by_the_clock(_midnight(day, zone) + _NOON):
        msg = (
            f"{day} did not exist in {zone}, which skipped that day when it crossed the date line"
        )
        raise Refusal(msg)


def day(year: int, month: int, number: int) -> date:
    """Return a date.

    Raises:
        Refusal: the date does not exist, or its year is outside the allowed range.
    """
    if not FIRST_YEAR <= year <= LAST_YEAR:
        msg = f"the year {year} is not between {FIRST_YEAR} and {LAST_YEAR}"
        raise Refusal(msg)
    try:
        return date(year, month, number)
    except ValueError:
        msg = f"{year}-{month:02}-{number:02} is not a valid date"
        raise Refusal(msg) from None


def one_day(given: date) -> Days:
    """Return a single day as a span of days."""
    return Days(given, given)
