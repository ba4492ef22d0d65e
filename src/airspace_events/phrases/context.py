"""What words are read from: the reference, the time zone, the order of numbers in dates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Literal, NamedTuple

from dateutil import tz

from airspace_events.values.scalars import FIRST_YEAR, LAST_YEAR
from airspace_events.values.time_spans import Point

DateOrder = Literal["day_first", "month_first"]
Tense = Literal["past", "future"]
Clock = str
"""Whose clock: `local`, `utc`, or an abbreviation such as `eest` that the time zone must have."""

_DAY, _WEEK = timedelta(days=1), timedelta(days=7)
_MORNING_OF_THE_REPORT = timedelta(hours=9)


class Refusal(Exception):  # noqa: N818 (it never leaves the package)
    """Words that were understood, and that give no time."""


class TwoReadings(Refusal):
    """Words that may be of the past or of the future, so that no other form need be tried."""


class Days(NamedTuple):
    """Calendar days.

    Attributes:
        first: the first of them.
        last: the last of them.
        written: how they are written in EDTF, where that is no day and no interval of days.
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
        """Whether they are a set of days instead of a span."""
        return self.written is not None and self.written[0] in "[{"


class Hours(NamedTuple):
    """Hours of a day, counted from its midnight.

    Attributes:
        start: where they begin.
        end: where they end; after 24 hours on the next day.
        clock: whose clock they are of.
        named: the times that were named, which a clock must have shown that day; the margins
            around them are real time as well as time by the clock.
        also: the first time once more, by another clock, with which it must agree: the readings
            of it, and that clock.
    """

    start: timedelta
    end: timedelta
    clock: Clock = "local"
    named: tuple[timedelta, timedelta] | None = None
    also: tuple[tuple[timedelta, ...], Clock] | None = None


class Moments(NamedTuple):
    """From one instant to another; None is an end that is not known."""

    start: datetime | None
    end: datetime | None

    def __str__(self) -> str:
        return f"{written(self.start)}/{written(self.end)}"


def written(moment: datetime | None) -> str:
    """An instant as ISO 8601 has it; nothing for an end that is not known."""
    if moment is None:
        return ""
    offset = moment.utcoffset()
    if moment.tzinfo is UTC or (offset and offset.seconds % 60):
        return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")
    return moment.isoformat()


@dataclass(slots=True)
class Context:
    """What words are read from.

    Attributes:
        reference: the day or instant from which they are read.
        zone: the time zone in which days are meant.
        date_order: which of two numbers of a date is the day.
        tense: whether the words are of the past or of the future, if that is known.
        ahead: whether what may lie ahead is read so.
        used_reference: whether the words were read from the reference.
        may_lie_ahead: whether the words may be of the past or of the future.
        recurs: how often comes again what was read as the last or the next: a day of the week,
            a time of day without a day.
    """

    reference: Point | None
    zone: tzinfo | None
    date_order: DateOrder | None = None
    tense: Tense | None = None
    ahead: bool = False
    used_reference: bool = False
    may_lie_ahead: bool = False
    recurs: timedelta = timedelta()

    def begin(self, *, ahead: bool) -> None:
        """Forget what is known of the words, before they are read."""
        self.ahead = ahead
        self.used_reference = self.may_lie_ahead = False
        self.recurs = timedelta()

    @property
    def today(self) -> date:
        """The day of the reference, in the time zone."""
        if self.reference is None:
            msg = "these words need a reference: the day or the instant of the report"
            raise Refusal(msg)
        self.used_reference = True
        if self.reference.precision == "instant":
            return self.reference.first.astimezone(self._clock).date()
        days = (self.reference.after - self.reference.first).days
        if days != 1 or self.reference.approximate:
            msg = "these words need a reference that is one day, and not about one"
            raise Refusal(msg)
        return self.reference.first.date()

    @property
    def has_hours(self) -> bool:
        """Whether hours can be told: in a time zone, of a day that is certain."""
        return self.zone is not None and not self.is_uncertain

    @property
    def is_uncertain(self) -> bool:
        """Whether the words were read from a day that is uncertain."""
        return self.used_reference and self.reference is not None and self.reference.uncertain

    @property
    def now(self) -> datetime | None:
        """The instant of the reference, if it is one."""
        if self.reference is None or self.reference.precision != "instant":
            return None
        self.used_reference = True
        return self.reference.first.astimezone(self._clock)

    @property
    def _clock(self) -> tzinfo | None:
        """The zone that is given, or the offset with which the reference is written."""
        return self.zone or (self.reference.first.tzinfo if self.reference else None)

    def weekday(self, weekday: int) -> date:
        """The last such day of the week, or the coming one where the words are read ahead.

        Where the coming one is nearer than the last, the words may be of either.
        """
        self.recurs = _WEEK
        back = (self.today.weekday() - weekday) % 7
        ahead = (weekday - self.today.weekday()) % 7
        self.may_lie_ahead |= ahead < back
        return self.today + timedelta(days=ahead if self.ahead else -back)

    def of_day(self, day: date, hours: Hours) -> Moments:
        """The instants of hours of a day that the words name.

        Hours that are still to come on the day of the week of the reference are either those,
        or those of the week before.
        """
        return self.instants(day - self.time_back(self._bounds(day, hours)[0]), hours)

    def time_back(self, start: datetime) -> timedelta:
        """How long before an instant lies the last one that the words may mean.

        It is nothing, unless the words recur and the instant is still to come.
        """
        if not self.recurs or self.ahead or self.now is None or start <= self.now:
            return timedelta()
        self.may_lie_ahead |= self.recurs == _WEEK
        return self.recurs

    def last(self, hours: Hours) -> Moments:
        """The instants of hours without a day: the last that had begun, or the next if read ahead.

        Of a reference that is a day, hours before 09:00 are those of that day; all others may be
        those of the evening before as well.
        """
        self.recurs = self.recurs or _DAY
        if self.now is None:
            is_of_night = hours.start < _MORNING_OF_THE_REPORT
            if self.ahead:
                return self.instants(self.today + is_of_night * _DAY, hours)
            start, _ = self._bounds(self.today - (not is_of_night) * _DAY, hours)
            return Moments(start, self._bounds(self.today, hours)[1])
        return self._next(hours) if self.ahead else self._last_begun(self.now, hours)

    def _next(self, hours: Hours) -> Moments:
        day = self.today - _DAY
        while self.now and self._named(day, hours) <= self.now:
            day += _DAY
        return self.instants(day, hours)

    def _last_begun(self, now: datetime, hours: Hours) -> Moments:
        day = self.today + _DAY
        while self._bounds(day, hours)[0] > now:
            day -= _DAY
        start, end = self._bounds(day, hours)
        if self._named(day, hours) > now:
            # "Around 00:15", said at 23:50: the one to come, or the one of that morning.
            start, _ = self._bounds(day - _DAY, hours)
        return Moments(start, end)

    def _named(self, day: date, hours: Hours) -> datetime:
        """The instant of the time that is named, or with which the hours begin."""
        start = hours.named[0] if hours.named else hours.start
        return self._bounds(day, hours._replace(start=start, end=start))[0]

    def clock_of(self, clock: Clock) -> tzinfo:
        """The time zone of a clock.

        Raises:
            Refusal: there is no time zone.
        """
        zone = UTC if clock == "utc" else self.zone
        if zone is None:
            msg = "a time of day needs a time zone"
            raise Refusal(msg)
        return zone

    def instants(self, day: date, hours: Hours) -> Moments:
        """The instants of hours of a day.

        Of a time that the clocks showed twice, the first is the start and the second the end.

        Raises:
            Refusal: there is no time zone, a clock never showed an exact time that day, or another
                clock that is named does not agree.
        """
        return Moments(*self._bounds(day, hours))

    def _bounds(self, day: date, hours: Hours) -> tuple[datetime, datetime]:
        zone = self.clock_of(hours.clock)
        midnight = datetime(day.year, day.month, day.day, tzinfo=zone)
        starts = _by_the_clock(midnight + hours.start)
        ends = _by_the_clock(midnight + hours.end)
        if hours.named:
            first, last = (midnight + time for time in hours.named)
            _check_existed(first)
            _check_existed(last)
            _check_abbreviation(first, hours.clock)
            if hours.also:
                self._check_agrees(first, *hours.also)
            starts.append(first.astimezone(UTC) - (hours.named[0] - hours.start))
            ends.append(last.replace(fold=1).astimezone(UTC) + (hours.end - hours.named[1]))
        # What begins or ends with an hour that was left out does so with the change of the clocks.
        start = min(starts, default=(midnight + hours.start).astimezone(UTC))
        end = max(ends, default=(midnight + hours.end).astimezone(UTC))
        return start.astimezone(zone), end.astimezone(zone)

    def _check_agrees(
        self, first: datetime, readings: tuple[timedelta, ...], clock: Clock
    ) -> None:
        """Check that another clock showed one of the times that are given by it."""
        zone = self.clock_of(clock)
        shown = [moment.astimezone(zone) for moment in _by_the_clock(first)]
        if not any(
            timedelta(hours=there.hour, minutes=there.minute) in readings for there in shown
        ):
            msg = f"at {first:%H:%M} it was {shown[0]:%H:%M} by the other clock that is named"
            raise Refusal(msg)
        for there in shown:
            _check_abbreviation(there, clock)


def _by_the_clock(local: datetime) -> list[datetime]:
    """The instants at which the clocks showed a time: one, two, or none."""
    if not tz.datetime_exists(local):
        return []
    return [local.replace(fold=fold).astimezone(UTC) for fold in (0, 1)]


def _check_existed(local: datetime) -> None:
    if not tz.datetime_exists(local):
        msg = f"on {local.date()} the clocks there left out {local:%H:%M}"
        raise Refusal(msg)


def _check_abbreviation(local: datetime, clock: Clock) -> None:
    """Check that the clocks had the abbreviation by which a time is given."""
    shown = {local.replace(fold=fold).tzname() or "" for fold in (0, 1)}
    if clock not in ("utc", "local", *(name.lower() for name in shown)):
        msg = f"the clocks there were at {' or '.join(sorted(shown))} and not at {clock.upper()}"
        raise Refusal(msg)


def day(year: int, month: int, number: int) -> date:
    """A day.

    Raises:
        Refusal: there is none, or it lies beyond the years of reported times.
    """
    if not FIRST_YEAR <= year <= LAST_YEAR:
        msg = f"the years of a reported time are {FIRST_YEAR} to {LAST_YEAR}"
        raise Refusal(msg)
    try:
        return date(year, month, number)
    except ValueError:
        msg = f"there is no day {year}-{month:02}-{number:02}"
        raise Refusal(msg) from None


def one_day(given: date) -> Days:
    """A day as days."""
    return Days(given, given)
