"""Tells Hypothesis what to make of the types of this library.

Hypothesis calls `register` when it is imported, by its entry point. Nothing is imported here
that its user may never need: classes are registered as they are made, and strategies are made
when a type is asked for.
"""

from typing import Any

from airspace_events.class_registry import watch


def register() -> None:
    """Register every class of value, record and feed, of now and later."""
    watch(_register)


def _register(made: type[Any]) -> None:
    from hypothesis import strategies as st  # noqa: PLC0415 (it is being imported)

    st.register_type_strategy(made, _strategy)


def _strategy(asked: type[Any]) -> Any:
    from airspace_events.testing import strategies  # noqa: PLC0415 (costs at import)

    return strategies.feeds() if asked.__name__ == "Feed" else strategies.values_of(asked)
