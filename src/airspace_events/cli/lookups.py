"""The commands that look up states, alliance members and times."""

import sys
from collections.abc import Callable
from typing import get_args

import click
from pydantic import ValidationError

from airspace_events.cli.output import give, say
from airspace_events.errors import AirspaceEventsError, TimeExpressionError
from airspace_events.models.actors import Alliance
from airspace_events.phrases.context import DateOrder, Tense
from airspace_events.phrases.resolving import resolve_time
from airspace_events.reference.alliances import alliances
from airspace_events.reference.states import states as directory
from airspace_events.safe_text import safe
from airspace_events.values import edtf
from airspace_events.values.base import to_json
from airspace_events.values.time import ReportedTime, zone_named
from airspace_events.vocabulary.terms import MembershipStatus
from airspace_events.vocabulary.word_lists import words_of

_NOT_FOUND = 1


@click.command(
    help="""Find the state for each NAME, or list all states.

    A name may be a code, a name in any language, a former name, a demonym or a flag. Exit codes:
    0 all found, 1 a name is unknown or ambiguous.
    """,
)
@click.argument("names", nargs=-1, metavar="[NAME...]")
def states(names: tuple[str, ...]) -> None:
    failed = False
    for name in names or [state.alpha_2 for state in directory]:
        try:
            state = directory.resolve(name)
        except AirspaceEventsError as error:
            failed = True
            say(f"{safe(str(error))}", err=True)
        else:
            say(f"{state.alpha_2}  {state.alpha_3 or '---'}  {state.name}")
    sys.exit(_NOT_FOUND if failed else 0)


@click.command(
    help="""List the members of ALLIANCE on a given day or, without --on, all its memberships.

    Exit codes: 0 found, 1 unknown alliance or invalid day.
    """,
)
@click.argument("alliance")
@click.option(
    "--on",
    metavar="DAY",
    help="List the members on this day, an EDTF date that may be approximate or uncertain.",
)
@click.option(
    "--status",
    type=click.Choice(words_of(MembershipStatus)),
    default="member",
    show_default=True,
    help="With --on, list the states with this membership status.",
)
def members(alliance: str, on: str | None, status: MembershipStatus) -> None:
    try:
        found = alliances.resolve(alliance)
        lines = _memberships(found) if on is None else _members(found, on, status)
    except AirspaceEventsError as error:
        say(f"airspace-events: {safe(str(error))}", err=True)
        sys.exit(_NOT_FOUND)
    for line in lines:
        say(line)
    if not lines:
        say("airspace-events: no known members at that time", err=True)


def _memberships(alliance: Alliance) -> list[str]:
    return [
        f"{one.state}  {one.status}  from {one.since or 'an unknown day'} "
        f"{'on' if one.ongoing else f'to {one.last_day}'}  ({one.event})"
        for one in alliance.memberships
    ]


def _members(alliance: Alliance, on: str, status: MembershipStatus) -> list[str]:
    throughout = alliance.members(on, status=status)
    in_part = alliance.members_in_part(on, status=status)
    return [f"{code}  {directory.get(code).name}" for code in throughout] + [
        f"{code}  {directory.get(code).name}  (possibly, or only for part of that time)"
        for code in in_part
    ]


@click.command(
    name="time",
    help="""
    Show the bounds of a time. TEXT is an EDTF date or interval, or a phrase from a report.

    The last line is the time as JSON, ready for a record. Exit codes: 0 understood, 1 not
    understood.

    \b
    airspace-events time 2024-09-07/2024-09-08 --timezone Europe/Riga
    airspace-events time "overnight" --reference 2024-09-08 --timezone Europe/Riga
    """,
)
@click.argument("text")
@click.option(
    "--reference",
    metavar="WHEN",
    help='The date or instant that words such as "yesterday" refer to, usually the date of the '
    "report.",
)
@click.option(
    "--timezone",
    metavar="ZONE",
    help="The IANA time zone that TEXT uses, such as Europe/Riga.",
)
@click.option(
    "--date-order",
    type=click.Choice(get_args(DateOrder)),
    help="The order of day and month in a date such as 03/04/2024.",
)
@click.option(
    "--tense",
    type=click.Choice(get_args(Tense)),
    help="Interpret TEXT as a report of past events or as an announcement of future events.",
)
def when(
    text: str,
    reference: str | None,
    timezone: str | None,
    date_order: DateOrder | None,
    tense: Tense | None,
) -> None:
    _check_option("--reference", reference, edtf.parse_point)
    _check_option("--timezone", timezone, zone_named)
    try:
        time = _time(
            text,
            timezone,
            lambda: resolve_time(
                text, reference=reference, timezone=timezone, date_order=date_order, tense=tense
            ),
        )
    except TimeExpressionError as error:
        say(f"airspace-events: {safe(str(error))}", err=True)
        sys.exit(_NOT_FOUND)
    say(f"value      {time.value}")
    say(f"earliest   {time.earliest or f'{time.start_is} start'}")
    say(f"latest     {time.latest or f'{time.end_is} end'}")
    say(f"precision  {time.precision}")
    give(to_json(time).decode())


def _check_option(name: str, value: str | None, read: Callable[[str], object]) -> None:
    try:
        if value is not None:
            read(value)
    except TimeExpressionError as error:
        message = f"{name}: {safe(str(error))}"
        raise click.UsageError(message) from None


def _time(text: str, timezone: str | None, resolve: Callable[[], ReportedTime]) -> ReportedTime:
    """Parse the text as an EDTF expression, or else resolve it as a phrase from a report."""
    try:
        value = ReportedTime.parse(text).value
    except TimeExpressionError as not_edtf:
        try:
            return resolve()
        except TimeExpressionError as error:
            # Text without words is an invalid date.
            has_words = any(char.islower() for char in text)
            raise (error if has_words else not_edtf) from None
    try:
        return ReportedTime(value=value, timezone=timezone)
    except ValidationError as error:
        raise TimeExpressionError(text, 0, error.errors()[0]["msg"]) from None
