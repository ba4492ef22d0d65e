"""Turns the words of a report into a reported time."""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache
from itertools import groupby

from airspace_events.errors import TimePhraseError
from airspace_events.phrases.context import Context, DateOrder, Refusal, Tense, TwoReadings
from airspace_events.phrases.grammar import Match
from airspace_events.phrases.reading import readings
from airspace_events.phrases.words import Word, words_of
from airspace_events.values import edtf
from airspace_events.values.time import ReportedTime, zone_named

MAX_LENGTH = 200
_NO_SUCH_TIME = "there is no such time there, or it lies beyond the years 1900 to 2200"


def resolve_time(
    text: str,
    *,
    reference: str | date | datetime | None = None,
    timezone: str | None = None,
    date_order: DateOrder | None = None,
    tense: Tense | None = None,
) -> ReportedTime:
    """Work out a time from the words of a report.

    >>> night = resolve_time("overnight", reference="2024-09-08", timezone="Europe/Bucharest")
    >>> night.value
    '2024-09-07T18:00:00+03:00/2024-09-08T09:00:00+03:00'
    >>> night.verbatim, night.basis
    ('overnight', 'resolved')

    Args:
        text: English words, as news reports have them; at most 200 characters.
        reference: the day or the instant from which they are read: mostly that of the report.
        timezone: IANA name of the zone where it happened; without it there are only days.
        date_order: which number of a date such as 03/04/2024 is the day.
        tense: `past` where the words tell of what has happened, `future` where they announce
            something. It decides which Thursday is meant where it may be the last or the next.

    Returns:
        A time that keeps the words, its value never narrower than they are.

    Raises:
        TimePhraseError: the words are not understood, or give no time.
        TimeExpressionError: the reference or the time zone is none.
    """
    if len(text) > MAX_LENGTH:
        raise TimePhraseError(text, MAX_LENGTH, f"longer than {MAX_LENGTH} characters", "")
    read_from = _text_of(reference)
    context = Context(
        None if read_from is None else edtf.parse_point(read_from),
        None if timezone is None else zone_named(timezone),
        date_order,
        tense,
    )
    value = _value(text, context)
    return ReportedTime(
        value=value,
        verbatim=text,
        reference=read_from,
        timezone=timezone,
        basis="resolved",
    )


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
        reason = "no words for a time"
    elif furthest == len(words):
        reason = "something is missing after these words"
    else:
        reason = "no more of these words is understood"
    raise TimePhraseError(text, position, reason, understood)


def _meaning(match: Match, context: Context) -> str:
    """What words mean: of the past, of the future, or both where they may be of either."""
    last = _evaluated(match, context, ahead=context.tense == "future")
    if not context.may_lie_ahead or context.tense is not None:
        return last
    coming = _evaluated(match, context, ahead=True)
    return last if coming == last else _holding_both(last, coming)


def _evaluated(match: Match, context: Context, *, ahead: bool) -> str:
    context.begin(ahead=ahead)
    value = str(match.value(context))
    edtf.check(value)
    return value


def _holding_both(last: str, coming: str) -> str:
    """A value that holds two others.

    Raises:
        TwoReadings: only a value that holds much between them would.
    """
    if last.startswith("/") and coming.startswith("/"):
        return coming
    if last.endswith(("/", "/..")) and coming.endswith(("/", "/..")):
        return last
    if not {"/", "T", "[", "{"} & set(last + coming):
        return f"[{last},{coming}]"
    msg = f"this may be {last} or {coming}; name the date, or say which with tense"
    raise TwoReadings(msg)


@lru_cache(maxsize=256)
def _read(text: str) -> tuple[list[Word], list[Match], int]:
    """What the words may be, whatever they are read from: reports repeat the same few words."""
    words = words_of(text)
    return words, *readings(words)


def _marked(value: str) -> str:
    """The dates of a value marked as uncertain; instants cannot be."""
    if "T" in value:
        return value
    runs = groupby(value, lambda char: char in "0123456789-X")
    marked = "".join("".join(run) + ("?" if is_date else "") for is_date, run in runs)
    return marked.replace("?~", "%")
