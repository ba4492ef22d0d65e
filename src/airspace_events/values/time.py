"""Reported time: what was said of when, and the bounds that it allows.

"Overnight" is no timestamp. A `ReportedTime` keeps the words, writes what was made of them
as an EDTF expression, and computes bounds in UTC from it, in the time zone where it happened.
"""

from datetime import date, datetime, tzinfo
from functools import cache, cached_property, lru_cache
from typing import Annotated, Any, Self

from pydantic import GetCoreSchemaHandler, StringConstraints, model_validator
from pydantic_core import PydanticCustomError, core_schema
from typing_extensions import TypeAliasType

from airspace_events.errors import TimeExpressionError, UnreadableError
from airspace_events.values import edtf, time_relations, time_spans
from airspace_events.values.base import Value
from airspace_events.values.scalars import Form, Name
from airspace_events.vocabulary.times import EndKnowledge, TimeBasis, TimeExtent, TimePrecision

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


# Feeds name the same days again and again; and calling a cache costs less than a function.
@lru_cache(maxsize=2048)
def _check_expression(text: str) -> str:
    try:
        edtf.check(text)
    except TimeExpressionError as error:
        raise _refuse(error) from None
    return text


@lru_cache(maxsize=2048)
def _check_point(text: str) -> str:
    try:
        edtf.parse_point(text)
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
    """Return the IANA time zone of that name.

    Raises:
        TimeExpressionError: there is none.
        UnreadableError: the time zone database is missing or broken.
    """
    from zoneinfo import ZoneInfo  # noqa: PLC0415 (costs at import)

    try:
        return ZoneInfo(name if _is_zone(name) else "")
    except Exception:  # noqa: BLE001 (a broken file raises whatever its bytes lead to)
        _check_database(name)
        reason = "no such time zone in the IANA database"
        raise TimeExpressionError(name, 0, reason) from None


@cache
def time_zones() -> frozenset[str]:
    """Return the names of all time zones that the IANA database of this machine has."""
    from zoneinfo import available_timezones  # noqa: PLC0415 (reads the whole database)

    return frozenset(filter(_is_zone, available_timezones()))


def _is_zone(name: str) -> bool:
    # Files such as "localtime" or "posix/Europe/Riga" lie beside the zones, and are none.
    return name[:1].isupper()


def _check_database(name: str) -> None:
    """Raise an error if the database, and not the name, is why a time zone cannot be read."""
    if name in time_zones():
        hint = "repair it, or set PYTHONTZPATH to an empty text to use the package tzdata"
        raise UnreadableError(_DATABASE, f"its file for {name} is broken; {hint}") from None
    if "UTC" not in time_zones():
        raise UnreadableError(_DATABASE, "it is missing; install the package tzdata") from None


class _Checked:
    """A text that a cached function checks, with the pattern that a schema can state."""

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
"""A date, an interval or a set: EDTF of ISO 8601-2, or an ISO 8601 interval of instants."""

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
        StringConstraints(
            strict=True, pattern=r"^[A-Z][A-Za-z0-9_+-]*(?:/[A-Za-z0-9_+-]+)*$", max_length=64
        ),
        _Checked(_check_zone, r"^[A-Z][A-Za-z0-9_+-]*(?:/[A-Za-z0-9_+-]+)*$"),
        Form("time zone", "Europe/Bucharest", "IANA tz database"),
    ],
)
"""The IANA name of a time zone: "Europe/Bucharest"."""


class ReportedTime(Value, frozen=True):
    """When, as reported.

    >>> night = ReportedTime.parse("2024-09-07/2024-09-08", timezone="Europe/Bucharest")
    >>> night.earliest.isoformat(), night.latest.isoformat(), night.precision
    ('2024-09-06T21:00:00+00:00', '2024-09-08T20:59:59.999999+00:00', 'day')

    A day without a time zone may be a day anywhere, so its bounds are wider:

    >>> ReportedTime.parse("2024-09-07").earliest.isoformat()
    '2024-09-06T10:00:00+00:00'
    """

    value: TimeExpression
    """When it was: an EDTF date or interval, or an ISO 8601 interval of instants."""
    verbatim: Name | None = None
    """The words of the report: "overnight", "earlier this month"."""
    reference: DateOrInstant | None = None
    """The date or instant from which the words are to be read, never today."""
    timezone: TimeZone | None = None
    """IANA name of the zone in which days are meant; without it, bounds widen to all zones."""
    extent: TimeExtent | None = None
    """Whether it happened at some moment within the time, throughout it, or repeatedly; absent
    when nobody said."""
    basis: TimeBasis | None = None
    """Whether the value was stated, resolved from the words, or imputed by the desk; absent
    when the desk did not record it."""

    @model_validator(mode="after")
    def _runs_forward(self) -> Self:
        # An interval between a date and an instant runs forward in some zones only.
        if "/" in self.value and self.timezone is not None and self.value.count("T") == 1:
            earliest, latest = self.earliest, self.latest
            if earliest and latest and earliest > latest:
                msg = "ends before it begins, in this time zone"
                raise PydanticCustomError("bounds_out_of_order", msg)
        return self

    @classmethod
    def parse(cls, value: str, *, timezone: str | None = None) -> Self:
        """Make one from an expression.

        Args:
            value: an EDTF date or interval, or an ISO 8601 interval of instants.
            timezone: IANA name of the zone in which days are meant.

        Raises:
            TimeExpressionError: the text is no time expression.
            TypeError: the value is not a text; for a date or a datetime the message has it as one.
            pydantic.ValidationError: the time zone is none.
        """
        if not isinstance(value, str):  # pyright: ignore[reportUnnecessaryIsInstance]
            given = type(value).__name__
            hint = f": write {value.isoformat()!r}" if isinstance(value, date) else ""
            msg = f"a time is a text, not a {given}{hint}"
            raise TypeError(msg)
        edtf.parse(value)
        return cls(value=value, timezone=timezone)

    @cached_property
    def expression(self) -> time_spans.Expression:
        """The value as it was read, with its two ends and their qualifiers."""
        return edtf.parse(self.value)

    @cached_property
    def earliest(self) -> datetime | None:
        """The earliest instant (UTC) that the value allows; None for an open or unknown start."""
        return self.expression.earliest(self._zone)

    @cached_property
    def latest(self) -> datetime | None:
        """The latest instant (UTC) that the value allows; None for an open or unknown end.

        It is the last one within: a day ends at 23:59:59.999999 of its time zone.
        """
        return self.expression.latest(self._zone)

    @property
    def precision(self) -> TimePrecision | None:
        """How fine the value is; the coarser of an interval's ends."""
        return self.expression.precision

    @property
    def start_is(self) -> EndKnowledge:
        """Whether the start is known, open or unknown."""
        return self.expression.start_is

    @property
    def end_is(self) -> EndKnowledge:
        """Whether the end is known, open or unknown."""
        return self.expression.end_is

    @property
    def sort_key(self) -> tuple[datetime, datetime, str]:
        """Orders a timeline: by the earliest instant, then by the latest, then by the value.

        What is certainly before another comes before it. Without a known start a time stands
        where it ends; one that has always been stands first, one that goes on among its equals
        last.

        >>> times = [ReportedTime.parse(text) for text in ("2024", "/2024-09-18", "2024-09-08")]
        >>> [time.value for time in sorted(times, key=lambda time: time.sort_key)]
        ['2024', '2024-09-08', '/2024-09-18']
        """
        window = self.window
        unknown = self.start_is == "unknown"
        return window.latest if unknown else window.earliest, window.latest, self.value

    def certainly_before(self, other: "ReportedTime") -> bool | None:
        """Whether this was over before the other began, whatever more becomes known.

        Returns:
            True if every moment that this may have been lies before every one of the other,
            False if not, and None if that depends on an end that is unknown or marked.

        >>> night = ReportedTime.parse("2024-09-07/2024-09-08", timezone="Europe/Riga")
        >>> night.certainly_before(ReportedTime.parse("2024-09-09", timezone="Europe/Riga"))
        True
        """
        return time_relations.certainly_before(self.window, other.window)

    def possibly_before(self, other: "ReportedTime") -> bool | None:
        """Whether this may have been over before the other began.

        Returns:
            True if some moments that are allowed lie so, False if none do, and None if that
            depends on an end that is unknown or marked.
        """
        return time_relations.possibly_before(self.window, other.window)

    def overlaps(self, other: "ReportedTime") -> bool | None:
        """Whether both went on at one and the same moment.

        Two things in one night need not have met: only what lasted ``throughout`` its time, or
        is a known instant, certainly meets another.

        Returns:
            True if they did, False if their times do not touch, None if it cannot be known.
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
        """Whether the other lies within this time, as a day lies within its month.

        Returns:
            True if all that the other allows lies within, False if nothing does, and None if
            some does, or if an end of either is unknown or marked.

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
        """What is known of it, for comparing many times with each other."""
        throughout = self.extent == "throughout"
        return time_relations.window(self.expression, self._zone, throughout=throughout)

    @property
    def _windows(self) -> list[time_relations.Window]:
        throughout = self.extent == "throughout"
        return time_relations.windows(self.expression, self._zone, throughout=throughout)

    def _are_all_meant(self, other: "ReportedTime") -> bool:
        """Whether every member of the sets is meant, and not one of them."""
        both = (self.expression, other.expression)
        return all(each.all_members or not each.members for each in both)

    @property
    def _zone(self) -> tzinfo | None:
        return None if self.timezone is None else zone_named(self.timezone)
