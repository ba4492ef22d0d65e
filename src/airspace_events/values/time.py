"""Reported times, with the words of a report, an EDTF expression and bounds in UTC.

A word such as "overnight" is not a timestamp. Therefore a `ReportedTime` keeps the words of the
report together with an EDTF expression. It computes bounds in UTC from the expression and the
time zone of the dates.
"""

from datetime import date, datetime, tzinfo
from functools import cache, cached_property, lru_cache
from typing import Annotated, Any, Self

from pydantic import GetCoreSchemaHandler, StringConstraints, model_validator
from pydantic_core import PydanticCustomError, core_schema
from typing_extensions import TypeAliasType

from airspace_events.arguments import wrong_argument
from airspace_events.errors import TimeExpressionError, UnreadableError
from airspace_events.safe_text import shown
from airspace_events.values import edtf, time_relations, time_spans
from airspace_events.values.base import Value
from airspace_events.values.scalars import Form, Name
from airspace_events.vocabulary.terms import EndKnowledge, TimeBasis, TimeExtent, TimePrecision

_YEAR = r"(?:-?[0-9X]{4}(?:S[0-9]{1,3})?|Y-?[0-9]+(?:E[0-9]+)?(?:S[0-9]{1,3})?)"
_PART = r"-[?~%]?[0-9X]{2}[?~%]?"
_DATE = rf"[?~%]?{_YEAR}[?~%]?(?:{_PART}(?:{_PART})?)?"
_INSTANT = (
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]{1,6})?"
    r"(?:Z|[+-][0-9]{2}(?::[0-9]{2})?)"
)
_POINT = f"(?:{_DATE}|{_INSTANT})"
_END = rf"(?:{_POINT}|\.\.)?"
_RANGE = rf"(?:{_DATE}(?:\.\.(?:{_DATE})?)?|\.\.{_DATE})"
_MEMBERS = f"{_RANGE}(?:,{_RANGE})*"
_ZONE = "^[A-Z][A-Za-z0-9_+-]*(?:/[A-Za-z0-9_+-]+)*$"
_SET = rf"\[{_MEMBERS}\]|\{{{_MEMBERS}\}}"

_DATABASE = "the time zone database"


def _refuse(error: TimeExpressionError) -> PydanticCustomError:
    context = {
        "reason": error.reason,
        "position": error.position,
        "suggestion": error.suggestion or "",
    }
    if error.code == "naive_datetime":
        return PydanticCustomError("naive_datetime", "{reason}", context)
    return PydanticCustomError("malformed_time", "{reason}", context)


# Feeds repeat the same days, and a cache lookup is faster than a call of a Python function.
@lru_cache(maxsize=1024)
def _check_expression(text: str) -> str:
    try:
        edtf.check(text)
    except TimeExpressionError as error:
        raise _refuse(error) from None
    return text


@lru_cache(maxsize=1024)
def _check_point(text: str) -> str:
    try:
        edtf.check_point(text)
    except TimeExpressionError as error:
        raise _refuse(error) from None
    return text


@lru_cache(maxsize=1024)
def _check_zone(name: str) -> str:
    try:
        zone_named(name)
    except TimeExpressionError as error:
        raise PydanticCustomError(
            "unknown_time_zone", "{reason}", {"reason": error.reason}
        ) from None
    return name


@lru_cache(maxsize=1024)
def zone_named(name: str) -> tzinfo:
    """Return the IANA time zone with a given name.

    Raises:
        TimeExpressionError: no time zone has this name.
        UnreadableError: the time zone database is missing or broken.
    """
    from zoneinfo import ZoneInfo  # noqa: PLC0415 (costs at import)

    try:
        return ZoneInfo(name if _is_zone(name) else "")
    except Exception:  # noqa: BLE001 (a broken file can raise any error)
        _check_database(name)
        reason = "the IANA database has no time zone with this name"
        raise TimeExpressionError(name, 0, reason) from None


@cache
def time_zones() -> frozenset[str]:
    """Return the names of all time zones in the IANA database on this machine."""
    from zoneinfo import available_timezones  # noqa: PLC0415 (reads the whole database)

    return frozenset(filter(_is_zone, available_timezones()))


def _is_zone(name: str) -> bool:
    # The database also has files such as "localtime" or "posix/Europe/Riga", which are not zones.
    return name[:1].isupper()


def _check_database(name: str) -> None:
    if name in time_zones():
        hint = (
            "repair the database, or set PYTHONTZPATH to an empty value to use the package tzdata"
        )
        raise UnreadableError(_DATABASE, f"the file for {name} is broken; {hint}") from None
    if "UTC" not in time_zones():
        raise UnreadableError(
            _DATABASE, "the database is missing; install the package tzdata"
        ) from None


class _Checked:
    def __init__(self, check: Any, pattern: str) -> None:
        self._check = check
        self._pattern = pattern

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        return core_schema.no_info_after_validator_function(self._check, handler(source))

    def __get_pydantic_json_schema__(self, schema: Any, handler: Any) -> dict[str, Any]:
        return {**handler(schema), "pattern": self._pattern}


_text = StringConstraints(strict=True, max_length=edtf.MAX_LENGTH)

TimeExpression = TypeAliasType(
    "TimeExpression",
    Annotated[
        str,
        _text,
        _Checked(_check_expression, f"^(?:{_POINT}|{_END}/{_END}|{_SET})$"),
        Form("time (an EDTF date or interval, or an interval of instants)", "2024-09-07"),
    ],
)
"""A date, interval or set in EDTF (ISO 8601-2), or an ISO 8601 interval of instants."""

DateOrInstant = TypeAliasType(
    "DateOrInstant",
    Annotated[
        str,
        _text,
        _Checked(_check_point, f"^{_POINT}$"),
        Form("date (EDTF) or instant (RFC 3339)", "2024-09-09"),
    ],
)
"""A date (EDTF: year, month or day) or an instant (RFC 3339)."""

TimeZone = TypeAliasType(
    "TimeZone",
    Annotated[
        str,
        StringConstraints(strict=True, pattern=_ZONE, max_length=64),
        _Checked(_check_zone, _ZONE),
        Form("time zone", "Europe/Bucharest", "IANA tz database"),
    ],
)
"""The IANA name of a time zone, such as "Europe/Bucharest"."""


class ReportedTime(Value, frozen=True):
    """A time as reported, with its words, its EDTF value and its bounds in UTC.

    >>> night = ReportedTime.parse("2024-09-07/2024-09-08", timezone="Europe/Bucharest")
    >>> night.earliest.isoformat(), night.latest.isoformat(), night.precision
    ('2024-09-06T21:00:00+00:00', '2024-09-08T20:59:59.999999+00:00', 'day')

    A day without a time zone may be a day anywhere on Earth, so its bounds are wider:

    >>> ReportedTime.parse("2024-09-07").earliest.isoformat()
    '2024-09-06T10:00:00+00:00'
    """

    value: TimeExpression
    """The time: an EDTF date, interval or set, or an ISO 8601 interval of instants."""
    verbatim: Name | None = None
    """The words of the report, such as "overnight" or "earlier this month"."""
    reference: DateOrInstant | None = None
    """The date or instant from which relative words such as "yesterday" count, usually the date of
    the report."""
    timezone: TimeZone | None = None
    """The IANA time zone of the dates; if absent, the bounds cover all time zones."""
    extent: TimeExtent | None = None
    """The extent of the event within the time: at some point, throughout, or repeatedly; absent if
    not reported."""
    basis: TimeBasis | None = None
    """The origin of the value: stated, calculated from the words of the report, or imputed by the
    desk; absent if not recorded."""

    @model_validator(mode="after")
    def _runs_forward(self) -> Self:
        # The order of a date and an instant depends on the time zone.
        if "/" in self.value and self.timezone is not None and self.value.count("T") == 1:
            earliest, latest = self.earliest, self.latest
            if earliest and latest and earliest > latest:
                msg = "the time ends before it begins in this time zone"
                raise PydanticCustomError("bounds_out_of_order", msg)
        return self

    @classmethod
    def parse(cls, value: str, *, timezone: str | None = None) -> Self:
        """Make a reported time from an expression.

        Args:
            value: an EDTF date, interval or set, or an ISO 8601 interval of instants.
            timezone: the IANA time zone of the dates.

        Raises:
            TimeExpressionError: the text is not a time expression.
            TypeError: the value is not a string; for a date or datetime, the message shows the
                text to write.
            pydantic.ValidationError: the time zone is invalid.
        """
        if not isinstance(value, str):  # pyright: ignore[reportUnnecessaryIsInstance]
            name, takes = "a time", "text"
            if isinstance(value, date):
                takes = f"text such as {shown(value.isoformat())}"
            raise wrong_argument(name, value, takes)
        edtf.parse(value)
        return cls(value=value, timezone=timezone)

    @cached_property
    def expression(self) -> time_spans.Expression:
        """The parsed time expression, with its start, its end and their qualifiers."""
        return edtf.parse(self.value)

    @cached_property
    def earliest(self) -> datetime | None:
        """The earliest instant (UTC) that the value allows; None for an open or unknown start."""
        return self.expression.earliest(self._zone)

    @cached_property
    def latest(self) -> datetime | None:
        """The latest instant (UTC) that the value allows; None for an open or unknown end.

        The instant is included: a day ends at 23:59:59.999999 in its time zone.
        """
        return self.expression.latest(self._zone)

    @property
    def precision(self) -> TimePrecision | None:
        """The precision of the value; for an interval, the precision of its coarser end."""
        return self.expression.precision

    @property
    def start_is(self) -> EndKnowledge:
        """The status of the start: known, open or unknown."""
        return self.expression.start_is

    @property
    def end_is(self) -> EndKnowledge:
        """The status of the end: known, open or unknown."""
        return self.expression.end_is

    @property
    def sort_key(self) -> tuple[datetime, datetime, str]:
        """A key that sorts times by earliest instant, then latest instant, then value.

        A time that is certainly before another time sorts first. A time with an unknown start
        sorts by its end. A time with an open start sorts first; a time with an open end sorts
        after times with the same start.

        >>> times = [ReportedTime.parse(text) for text in ("2024", "/2024-09-18", "2024-09-08")]
        >>> [time.value for time in sorted(times, key=lambda time: time.sort_key)]
        ['2024', '2024-09-08', '/2024-09-18']
        """
        window = self.window
        unknown = self.start_is == "unknown"
        return window.latest if unknown else window.earliest, window.latest, self.value

    def certainly_before(self, other: "ReportedTime") -> bool | None:
        """Return whether this time was certainly over before the other time began.

        Returns:
            True if every possible moment of this time is before every possible moment of the
            other, False if not, and None if the answer depends on a start or end that is unknown
            or marked ``?``, ``~`` or ``%``.

        >>> night = ReportedTime.parse("2024-09-07/2024-09-08", timezone="Europe/Riga")
        >>> night.certainly_before(ReportedTime.parse("2024-09-09", timezone="Europe/Riga"))
        True
        """
        return time_relations.certainly_before(self.window, other.window)

    def possibly_before(self, other: "ReportedTime") -> bool | None:
        """Return whether this time may have been over before the other time began.

        Returns:
            True if this order is possible, False if it is impossible, None if the answer depends
            on a start or end that is unknown or marked ``?``, ``~`` or ``%``.
        """
        return time_relations.possibly_before(self.window, other.window)

    def overlaps(self, other: "ReportedTime") -> bool | None:
        """Return whether two events overlapped in time.

        Two events in the same night need not have overlapped. An overlap is certain only if one
        time has the extent ``throughout`` or is a known instant.

        Returns:
            True if the events overlapped, False if their times do not overlap, None if unknown.
        """
        if time_relations.overlaps(self.window, other.window) is False:
            return False
        answers = [
            time_relations.overlaps(one, another)
            for one in self._windows
            for another in other._windows  # noqa: SLF001
        ]
        if len(answers) > 1 and True in answers and not self._are_all_meant(other):
            return None if set(answers) != {True} else True
        return True if True in answers else None if None in answers else False

    def contains(self, other: "ReportedTime") -> bool | None:
        """Return whether the other time is within this time, as a day is within its month.

        Returns:
            True if every possible moment of the other is within this time, False if no moment is.
            None if only some moments are, or if a start or end is unknown or marked ``?``, ``~``
            or ``%``.

        >>> september = ReportedTime.parse("2024-09", timezone="Europe/Riga")
        >>> september.contains(ReportedTime.parse("2024-09-07", timezone="Europe/Riga"))
        True
        >>> september.contains(ReportedTime.parse("2024-09-30/2024-10-01")) is None
        True
        """
        if time_relations.contains(self.window, other.window) is False:
            return False
        inner = [
            [time_relations.contains(part, one) for part in self._windows]
            for one in other._windows  # noqa: SLF001
        ]
        if all(True in answers for answers in inner):
            return True
        return False if all(set(answers) == {False} for answers in inner) else None

    @cached_property
    def window(self) -> time_relations.Window:
        """The bounds of this time and their certainty, for comparisons with other times."""
        throughout = self.extent == "throughout"
        return time_relations.window(self.expression, self._zone, throughout=throughout)

    @property
    def _windows(self) -> list[time_relations.Window]:
        throughout = self.extent == "throughout"
        return time_relations.windows(self.expression, self._zone, throughout=throughout)

    def _are_all_meant(self, other: "ReportedTime") -> bool:
        """Return False if one of the times is a set of which only one member is meant."""
        both = (self.expression, other.expression)
        return all(each.all_members or not each.members for each in both)

    @property
    def _zone(self) -> tzinfo | None:
        return None if self.timezone is None else zone_named(self.timezone)
