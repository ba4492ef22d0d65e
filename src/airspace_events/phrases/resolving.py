"""Resolve the words of a report, such as "overnight", to a time."""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache
from itertools import groupby
from types import NoneType
from typing import get_args

from airspace_events.arguments import check_argument
from airspace_events.errors import TimePhraseError
from airspace_events.phrases.context import Context, DateOrder, Refusal, Tense, TwoReadings
from airspace_events.phrases.grammar import Match
from airspace_events.phrases.reading import readings
from airspace_events.phrases.words import Word, words_of
from airspace_events.safe_text import shown
from airspace_events.values import edtf
from airspace_events.values.time import ReportedTime, zone_named

MAX_LENGTH = 200
_DATE_ORDERS, _TENSES = get_args(DateOrder), get_args(Tense)
_NO_SUCH_TIME = "the time does not exist, or is outside the years 1900 to 2200"


def resolve_time(
    text: str,
    *,
    reference: str | date | datetime | None = None,
    timezone: str | None = None,
    date_order: DateOrder | None = None,
    tense: Tense | None = None,
) -> ReportedTime:
    """Resolve the words of a report to a time.

    >>> night = resolve_time("overnight", reference="2024-09-08", timezone="Europe/Bucharest")
    >>> night.value
    '2024-09-07T18:00:00+03:00/2024-09-08T09:00:00+03:00'
    >>> night.verbatim, night.basis
    ('overnight', 'resolved')

    Args:
        text: English words as in news reports; at most 200 characters.
        reference: the day or instant that words such as "yesterday" refer to, usually the time of
            the report.
        timezone: the IANA name of the time zone of the event. Without a time zone, the result has
            only days, no hours.
        date_order: the order of day and month in a date such as 03/04/2024.
        tense: `past` if the words report an event, `future` if they announce an event. The tense
            decides between the last and the next Thursday if both are possible.

    Returns:
        A time that contains the words, and a value that is never narrower than the words.

    Raises:
        TimePhraseError: the words are not understood, or do not determine a time.
        TimeExpressionError: the reference or the time zone is not valid.
        TypeError: an argument has the wrong type.
        ValueError: ``date_order`` or ``tense`` has a value that is not allowed.
    """
    check_argument("text", text, (str,), "a str with the words of a report")
    check_argument(
        "reference",
        reference,
        (str, date, NoneType),
        "a date, a datetime, or a str with one of them",
    )
    check_argument("timezone", timezone, (str, NoneType), "a str with the IANA name of a zone")
    for name, given, allowed in (
        ("date_order", date_order, _DATE_ORDERS),
        ("tense", tense, _TENSES),
    ):
        if given is not None and given not in allowed:
            msg = f"{name} must be one of {', '.join(allowed)}, not {shown(given)}"
            raise ValueError(msg)
    if len(text) > MAX_LENGTH:
        reason = f"the text is longer than {MAX_LENGTH} characters"
        raise TimePhraseError(text, MAX_LENGTH, reason, "")
    read_from = _text_of(reference)
    context = Context(
        None if read_from is None else edtf.parse_point(read_from),
        None if timezone is None else zone_named(timezone),
        date_order,
        tense,
    )
    time = ReportedTime(
        value=_value(text, context),
        verbatim=text,
        reference=read_from,
        timezone=timezone,
        basis="resolved",
    )
    _check_tense(time, context)
    return time


def _check_tense(time: ReportedTime, context: Context) -> None:
    reference = context.reference
    if context.tense is None or reference is None or not context.used_reference:
        return
    start, end = reference.earliest(context.zone), reference.latest(context.zone)
    is_after = time.earliest is not None and time.earliest > end
    is_before = time.latest is not None and time.latest < start
    if (context.tense == "past" and is_after) or (context.tense == "future" and is_before):
        side = "after" if is_after else "before"
        reason = f'{time.value} is {side} the reference, but tense is "{context.tense}"'
        raise TimePhraseError(time.verbatim or "", 0, reason, time.verbatim or "")


def _text_of(reference: str | date | datetime | None) -> str | None:
    return reference.isoformat() if isinstance(reference, date) else reference


def _value(text: str, context: Context) -> str:
    words, matches, furthest = _read(text)
    refusal: Refusal | None = None
    for match in matches:
        try:
            value = _meaning(match, context)
        except TwoReadings as refused:
            refusal = refused
            break
        except Refusal as refused:
            refusal = refusal or refused
        except (OverflowError, ValueError):
            refusal = refusal or Refusal(_NO_SUCH_TIME)
        else:
            return _marked(value) if context.is_uncertain else value
    if refusal is not None:
        raise TimePhraseError(text, 0, str(refusal), text)
    position = words[furthest].at if furthest < len(words) else len(text)
    understood = text[: words[furthest - 1].end] if furthest else ""
    if not understood:
        reason = "the text contains no known time phrase"
    elif furthest == len(words):
        reason = "the phrase is incomplete"
    else:
        reason = "the rest was not understood"
    raise TimePhraseError(text, position, reason, understood)


def _meaning(match: Match, context: Context) -> str:
    """Return the value of a match; it covers the past and the future if both are possible."""
    last = _evaluated(match, context, ahead=context.tense == "future")
    if context.not_begun and not last.startswith("/"):
        raise context.not_begun
    if not context.may_lie_ahead or context.tense is not None:
        return last
    coming = _evaluated(match, context, ahead=True)
    return last if coming == last else _holding_both(last, coming)


def _evaluated(match: Match, context: Context, *, ahead: bool) -> str:
    context.begin(ahead=ahead)
    value = str(match.value(context))
    edtf.check(value)
    context.check_days(value)
    return value


def _holding_both(last: str, coming: str) -> str:
    """Return a value that covers both the last and the next occurrence.

    Raises:
        TwoReadings: the value would also cover a long time between the two.
    """
    if last.startswith("/") and coming.startswith("/"):
        return coming
    if last.endswith(("/", "/..")) and coming.endswith(("/", "/..")):
        return last
    if not {"/", "T", "[", "{"} & set(last + coming):
        return f"[{last},{coming}]"
    msg = f"the phrase may mean {last} or {coming}; write the date, or set tense"
    raise TwoReadings(msg)


@lru_cache(maxsize=256)
def _read(text: str) -> tuple[list[Word], list[Match], int]:
    """Return the words, the matches and the maximum number of words that matched."""
    words = words_of(text)
    return words, *readings(words)


def _marked(value: str) -> str:
    """Mark the dates of a value as uncertain; instants cannot be marked."""
    if "T" in value:
        return value
    runs = groupby(value, lambda char: char in "0123456789-X")
    marked = "".join("".join(run) + ("?" if is_date else "") for is_date, run in runs)
    return marked.replace("?~", "%")
