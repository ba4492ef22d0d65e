"""Dependent territories, for rules that treat a state and its territories alike."""

from functools import cache

from airspace_events.reference.states import states


@cache
def territories_of(state: str) -> tuple[str, ...]:
    """Return the codes of the territories that depend on a state.

    >>> territories_of("DK")
    ('FO', 'GL')
    """
    return tuple(one.alpha_2 for one in states if one.dependent_on == state)


@cache
def sovereign_of(code: str) -> str:
    """Return the code of the state that a territory depends on; for a state, its own code."""
    return states.get(code).dependent_on or code
