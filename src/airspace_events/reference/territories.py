"""Which territories depend on which state, where a rule must not tell the two apart."""

from functools import cache

from airspace_events.reference.states import states


@cache
def territories_of(state: str) -> tuple[str, ...]:
    """The codes of the territories that depend on a state.

    >>> territories_of("DK")
    ('FO', 'GL')
    """
    return tuple(one.alpha_2 for one in states if one.dependent_on == state)


@cache
def sovereign_of(code: str) -> str:
    """The code of the state on which a territory depends; of a state, its own."""
    return states.get(code).dependent_on or code
