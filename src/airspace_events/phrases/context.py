"""What words are read from: the reference, the time zone, the order of numbers in dates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Literal, NamedTuple

from dateutil import tz

from airspace_events.values.scalars import FIRST_YEAR, LAST_YEAR
from airspace_events.values.time_spans import Point

DateOrder = Literal["day_first", "month_first"]
Clock = Literal["local", "utc"]


class Refusal(Exception):  # noqa: N818 (it never leaves the package)
    """Words that were understood, and that give no time."""


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
    """

    start: timedelta
    end: timedelta
    clock: Clock = "local"
    named: tuple[timedelta, timedelta] | None = None


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
        used_reference: whether the words were read from the reference.
    """

    reference: Point | None
    zone: tzinfo | None
    date_order: DateOrder | None = None
    used_reference: bool = False

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

    def instants(self, day: date, hours: Hours) -> Moments:
        """The instants of hours of a day.

        Of a time that the clocks showed twice, the first is the start and the second the end.

        Raises:
            Refusal: there is no time zone, or a clock never showed an exact time that day.
        """
        zone = UTC if hours.clock == "utc" else self.zone
        if zone is None:
            msg = "a time of day needs a time zone"
            raise Refusal(msg)
        midnight = datetime(day.year, day.month, day.day, tzinfo=zone)
        starts = _by_the_clock(midnight + hours.start)
        ends = _by_the_clock(midnight + hours.end)
        if hours.named:
            first, last = (midnight + time for time in hours.named)
            _check_existed(first)
            _check_existed(last)
            starts.append(first.astimezone(UTC) - (hours.named[0] - hours.start))
            ends.append(last.replace(fold=1).astimezone(UTC) + (hours.end - hours.named[1]))
        # What begins or ends with an hour that was left out does so with the change of the clocks.
        start = min(starts, default=(midnight + hours.start).astimezone(UTC))
        end = max(ends, default=(midnight + hours.end).astimezone(UTC))
        return Moments(start.astimezone(zone), end.astimezone(zone))


def _by_the_clock(local: datetime) -> list[datetime]:
    """The instants at which the clocks showed a time: one, two, or none."""
    if not tz.datetime_exists(local):
        return []
    return [local.replace(fold=fold).astimezone(UTC) for fold in (0, 1)]


def _check_existed(local: datetime) -> None:
    if not tz.datetime_exists(local):
        msg = f"on {local.date()} the clocks there left out {local:%H:%M}"
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
