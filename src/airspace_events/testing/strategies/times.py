"""Strategies for time zones and for time expressions: dates, instants, intervals and sets."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta, timezone
from functools import cache
from types import MappingProxyType
from typing import Literal
from zoneinfo import available_timezones

from hypothesis import strategies as st

from airspace_events.values import edtf

TimeForm = Literal["date", "instant", "interval", "set"]

_FIRST, _LAST = date(1900, 1, 1), date(2200, 12, 31)
#: Two days this far apart keep their order in all time zones.
_APART = timedelta(days=5)

# Instants: every offset that RFC 3339 allows, and the first and last year that are supported.

_offsets = st.sampled_from(
    [0, 60, 180, 330, 345, -210, 765, 840, -720, 23 * 60 + 59, -(23 * 60 + 59)]
) | st.integers(-(23 * 60 + 59), 23 * 60 + 59)
_clocks = st.sampled_from(
    [(0, 0, 0, 0), (23, 59, 59, 999_999), (2, 25, 0, 0), (12, 0, 0, 100_000)]
) | st.tuples(st.integers(0, 23), st.integers(0, 59), st.integers(0, 59), st.integers(0, 999_999))
days = st.sampled_from(
    [
        date(2000, 1, 1),
        date(1900, 1, 1),
        date(1900, 2, 28),
        date(2000, 2, 29),
        date(2024, 2, 29),
        date(2018, 11, 4),
        date(2024, 3, 31),
        date(2024, 10, 27),
        date(2100, 3, 1),
        date(2200, 12, 31),
    ]
) | st.dates(_FIRST, _LAST)


def _instant(day: date, clock: tuple[int, int, int, int], minutes: int) -> datetime:
    offset = timezone(timedelta(minutes=minutes))
    return datetime(day.year, day.month, day.day, *clock, tzinfo=offset)


# Python checks the year of an instant in UTC, so the first and last days are left out.
instants = st.builds(
    _instant,
    days.filter(lambda day: date(1900, 1, 2) < day < date(2200, 12, 29)),
    _clocks,
    _offsets,
)


def _instant_text(day: date, clock: tuple[int, int, int, int], minutes: int, digits: int) -> str:
    hour, minute, second, fraction = clock
    text = f"{day.isoformat()}T{hour:02}:{minute:02}:{second:02}"
    if digits:
        text += "." + f"{fraction:06}"[:digits]
    if minutes == 0:
        return text + "Z"
    sign = "-" if minutes < 0 else "+"
    return f"{text}{sign}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"


def instant_texts(day: st.SearchStrategy[date] = days) -> st.SearchStrategy[str]:
    """Return a strategy for RFC 3339 instants with any offset and up to 6 decimals of a second."""
    return st.builds(_instant_text, day, _clocks, _offsets, st.integers(0, 6))


# Dates.


def date_texts_of(day: date) -> list[str]:
    """Return EDTF dates that include a day: the day itself, and coarser or uncertain dates."""
    year, month = f"{day:%Y}", f"{day:%m}"
    texts = [day.isoformat(), f"{year}-{month}", f"{year}-{month}-XX"]
    texts += [year, f"{year}-XX", f"{year}-XX-XX", f"{year}-XX-{day:%d}", f"{year}S4"]
    texts += [f"{year}?-{month}-~{day:%d}", f"{year}-{month[0]}X", f"%{year}-{month}"]
    texts += [f"{year}-{33 + (day.month - 1) // 3}", f"{year}-{40 + (day.month > 6)}"]  # noqa: PLR2004 (the second half-year)
    if day.year < _LAST.year:
        texts += [year[:3] + "X", year[:2] + "XX", f"{year[:3]}X-{month}", f"{year}S2"]
    return texts


_marks = st.sampled_from(["", "", "?", "~", "%"])


@st.composite
def date_texts(draw: st.DrawFn, day: st.SearchStrategy[date] = days) -> str:
    """Draw an EDTF date, such as a day, month, year or quarter, or one with unspecified digits."""
    return draw(st.sampled_from(date_texts_of(draw(day)))) + draw(_marks)


points = date_texts() | instant_texts()

# Two points in order, in every time zone.


def points_from(first: str) -> st.SearchStrategy[str]:
    """Return a strategy for the end of an interval, which may equal or follow the start."""
    earliest = edtf.parse_point(first).first.date()
    if earliest > _LAST - _APART:
        return st.just(first)
    later = st.dates(earliest + _APART, _LAST)
    return st.just(first) | date_texts(later) | instant_texts(later)


def points_until(last: str) -> st.SearchStrategy[str]:
    """Return a strategy for the start of an interval, which may equal or precede the end."""
    latest = edtf.parse_point(last).first.date()
    if latest < _FIRST + _APART:
        return st.just(last)
    earlier = st.dates(_FIRST, latest - _APART)
    # A coarser date includes days before the original day, so it never begins later.
    return st.just(last) | date_texts(earlier) | instant_texts(earlier)


@st.composite
def interval_texts(draw: st.DrawFn) -> str:
    """Draw an interval of dates or instants, sometimes with an open or unknown end."""
    first = draw(points)
    last = draw(points_from(first))
    either = draw(st.sampled_from(["{0}/{1}", "{0}/..", "../{1}", "{0}/", "/{1}"]))
    return either.format(first, last)


@st.composite
def set_texts(draw: st.DrawFn) -> str:
    """Draw an EDTF set of dates and ranges of days, which stands for one or all of its members."""
    members = draw(st.lists(date_texts(), min_size=1, max_size=3))
    first, last = sorted(draw(st.tuples(days, days)))
    members.append(draw(st.sampled_from([f"{first}..{last}", f"{last}..", f"{first}"])))
    brackets = draw(st.sampled_from(["[{}]", "{{{}}}"]))
    return brackets.format(",".join(members))


_FORMS: Mapping[TimeForm, Callable[[], st.SearchStrategy[str]]] = MappingProxyType(
    {
        "date": date_texts,
        "instant": instant_texts,
        "interval": interval_texts,
        "set": set_texts,
    }
)


def time_expressions(*forms: TimeForm) -> st.SearchStrategy[str]:
    """Return a strategy for the strings that `ae.ReportedTime` accepts as its ``value``.

    The strings cover every precision, qualifier and offset, unspecified digits, open and unknown
    ends, and the first and the last allowed year.

    Args:
        forms: one or more of ``date``, ``instant``, ``interval`` and ``set``. By default, all
            forms are drawn.

    Raises:
        TypeError: an argument is not one of these forms.

    >>> from hypothesis import find
    >>> find(time_expressions("interval"), lambda text: text.endswith("/.."))
    '2000-01-01/..'
    """
    for form in forms:
        if form not in _FORMS:
            msg = f"{form!r} is not a form of time expression; use one of {', '.join(_FORMS)}"
            raise TypeError(msg)
    return st.one_of([_FORMS[form]() for form in forms or _FORMS])


# Time zones.


@cache
def _zone_names() -> list[str]:
    first = ["UTC", "Europe/Bucharest", "America/Sao_Paulo", "Asia/Beirut", "Pacific/Apia"]
    first += ["Pacific/Kiritimati", "Etc/GMT+12", "Asia/Kathmandu", "Africa/Monrovia"]
    # The folder of the zones also contains other files, such as "localtime".
    return first + sorted(
        name for name in available_timezones() if name[0].isupper() and name not in first
    )


def time_zones() -> st.SearchStrategy[str]:
    """Return a strategy for the names of all IANA time zones on this machine.

    >>> from hypothesis import find
    >>> find(time_zones(), lambda zone: True)
    'UTC'
    """
    # Python searches files to list the zones, so the list is made only when a zone is needed.
    return st.deferred(lambda: st.sampled_from(_zone_names()))


#: Times on nights on which the clocks change, with their time zones.
CLOCK_CHANGES = tuple(
    {"value": value, "timezone": zone}
    for zone, spring, autumn in (
        ("Europe/Bucharest", ("+02:00", "+03:00"), ("+03:00", "+02:00")),
        ("Europe/Riga", ("+02:00", "+03:00"), ("+03:00", "+02:00")),
    )
    for value in (
        "2024-03-31",
        "2024-03-30/2024-03-31",
        f"2024-03-31T02:59:59{spring[0]}/2024-03-31T04:00:00{spring[1]}",
        "2024-10-27",
        "2024-10-26/2024-10-27",
        f"2024-10-27T03:30:00{autumn[0]}",
        f"2024-10-27T03:30:00{autumn[1]}",
    )
)
