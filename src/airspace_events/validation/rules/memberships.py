"""Rules about the membership of states in alliances."""

from collections.abc import Iterator
from functools import lru_cache

from airspace_events.diagnostics.problem import Problem
from airspace_events.models.events import Incursion, Series
from airspace_events.reference.alliances import alliances
from airspace_events.reference.tables import RESERVED_ALLIANCES
from airspace_events.safe_text import shown
from airspace_events.validation.rules.rule import Rules, Surroundings
from airspace_events.values.time import ReportedTime
from airspace_events.vocabulary.state_codes import StateCode

RULES = Rules()
rule = RULES.rule


@rule(Incursion, "membership_not_in_force", field="responses")
def membership_at_incursion(incursion: Incursion, _: Surroundings) -> Iterator[Problem]:
    """To invoke an alliance's treaty, a state must be a member on the day of the act."""
    yield from _invoked_by_others(incursion)


@rule(Series, "membership_not_in_force", field="responses")
def membership_at_series(series: Series, _: Surroundings) -> Iterator[Problem]:
    """In response to a series, only a member may invoke an alliance's treaty."""
    yield from _invoked_by_others(series)


def _invoked_by_others(record: Incursion | Series) -> Iterator[Problem]:
    for number, response in enumerate(record.responses):
        if response.kind != "consultation" or response.article is None:
            continue
        time = response.time or record.time
        if time is None:
            continue
        named = [name for name in response.addressed_to if name in RESERVED_ALLIANCES]
        for place, actor in enumerate(response.by):
            for name in named:
                if actor[0].isupper() and _is_no_member(name, actor, time.value):
                    message = f"{actor} was not a member of {shown(name)} on the day of the act"
                    parts = ("responses", number, "by", place)
                    context = {"alliance": name, "state": actor}
                    yield Problem("membership_not_in_force", message, parts, context=context)


@lru_cache(maxsize=1024)
def _is_no_member(alliance: str, state: StateCode, value: str) -> bool:
    """Return whether a state was certainly not a member; false for an open or qualified time."""
    time = ReportedTime(value=value)
    start, end = time.expression.start, time.expression.end
    if start is None or end is None or not (start.is_certain and end.is_certain):
        return False
    return alliances.get(alliance).is_member(state, on=time) is False
