"""Periods with a first and a last day, either of which may be unknown."""

from datetime import date, datetime, timedelta
from typing import Self

from pydantic import model_validator
from pydantic_core import PydanticCustomError

from airspace_events.arguments import check_argument
from airspace_events.values import edtf, time_spans
from airspace_events.values.base import Value
from airspace_events.values.references import BodyRef, SourceRef, StateRef
from airspace_events.values.scalars import Flag, Name, Text
from airspace_events.values.time import DateOrInstant, ReportedTime, zone_named
from airspace_events.vocabulary.terms import EndKnowledge, MembershipStatus

Day = date | datetime | str | ReportedTime
"""The types that a look-up accepts as a day: a date, instant, EDTF expression or reported time."""


def days_of(day: Day) -> tuple[date | None, date | None]:
    """Return the first and last calendar day of a time, each None if open or unknown.

    The offset of an instant determines its calendar day.

    Raises:
        TimeExpressionError: the text is not a time expression.
    """
    if isinstance(day, datetime):
        return day.date(), day.date()
    if isinstance(day, date):
        return day, day
    check_argument(
        "the day", day, (str, ReportedTime), "a date, a datetime, a str or a ReportedTime"
    )
    expression = edtf.parse(day) if isinstance(day, str) else day.expression
    first = expression.start.first.date() if expression.start else None
    return first, _last_day(expression.end) if expression.end else None


def possible_days(time: ReportedTime) -> tuple[date | None, date | None]:
    """Return the first and last local calendar day to which a reported time may refer.

    A date is a local day, even without a time zone. For an instant without a time zone, the days
    are those in the westernmost and the easternmost zone.

    Returns:
        The two days, each None if open or unknown.
    """
    zone = None if time.timezone is None else zone_named(time.timezone)
    start, end = time.expression.start, time.expression.end
    first, last = days_of(time)
    if start is not None and start.precision == "instant":
        first = start.first.astimezone(zone or time_spans.WESTERNMOST).date()
    if end is not None and end.precision == "instant":
        last = end.after.astimezone(zone or time_spans.EASTERNMOST).date()
    return first, last


def _last_day(point: time_spans.Point) -> date:
    if point.precision == "instant":
        return point.after.date()
    return (point.after - timedelta(days=1)).date()


class Period(Value, frozen=True):
    """A period from a first day to a last day, including both days.

    If ``since`` is absent, the start is unknown. The end is known if there is a ``last_day``,
    open if ``ongoing`` is true, and unknown otherwise.
    """

    since: DateOrInstant | None = None
    """The first day of the period, as precisely as it is known; absent if unknown."""
    last_day: DateOrInstant | None = None
    """The last day that belongs to the period; absent if the period continues or the day is
    unknown.
    """
    ongoing: Flag | None = None
    """True if the period continues; false if it ended on an unknown day; otherwise absent."""

    @model_validator(mode="after")
    def _is_possible(self) -> Self:
        if self.last_day is not None and self.ongoing:
            msg = "a period with a `last_day` cannot be `ongoing`"
            raise PydanticCustomError("end_contradicted", msg)
        if self.since and self.last_day:
            first, last = edtf.parse_point(self.since), edtf.parse_point(self.last_day)
            if time_spans.certainly_after(first, last):
                msg = "`last_day` ({last_day}) must not be before `since` ({since})"
                context = {"since": self.since, "last_day": self.last_day}
                raise PydanticCustomError("bounds_out_of_order", msg, context)
        return self

    @property
    def end_is(self) -> EndKnowledge:
        """The status of the end: known, open or unknown."""
        if self.last_day is not None:
            return "known"
        return "open" if self.ongoing else "unknown"

    def covers(self, on: Day) -> bool | None:
        """Return whether the period covers the whole of a given day or time.

        Returns:
            True if the period covers the whole time, False if it covers no part of it. None if
            it covers only a part, or if the dates are not precise enough.

        Raises:
            TimeExpressionError: the text is not a time expression.
        """
        first, last = days_of(on)
        since = days_of(self.since) if self.since else (None, None)
        until = days_of(self.last_day) if self.last_day else (None, None)
        if (last and since[0] and last < since[0]) or (first and until[1] and first > until[1]):
            return False
        begun = bool(first and since[1] and since[1] <= first)
        still = self.ongoing or bool(last and until[0] and last <= until[0])
        return True if begun and still else None


class Membership(Period, frozen=True):
    """The membership of a state in an alliance for a period.

    A state that left and rejoined has two memberships.
    """

    state: StateRef
    """The state that is or was a member."""
    status: MembershipStatus
    """The status of the state, such as member, observer or candidate."""
    event: Name | None = None
    """The legal event that started the membership, such as "accession in force"."""
    end_event: Name | None = None
    """The legal event that ended the membership, such as "withdrawal effective"."""
    source: SourceRef | None = None
    """The source for the dates."""
    note: Text | None = None
    """Free text about the dates."""


class Tenure(Period, frozen=True):
    """A post that an official held for a period."""

    post: Name
    """The title of the post, such as "minister of foreign affairs"."""
    of: BodyRef
    """The state, alliance or organization to which the post belongs."""
    acting: Flag | None = None
    """True if the official held the post only in an acting capacity; absent if not reported."""
