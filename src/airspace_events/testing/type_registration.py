"""Register strategies for the types of this library with Hypothesis.

When Hypothesis is imported, it calls `register` through an entry point. To keep the import fast,
each class is registered when it is defined, and its strategy is built on first use.
"""

from typing import Any

from airspace_events.class_registry import watch


def register() -> None:
    """Register value, record and feed classes with Hypothesis, including classes defined later."""
    watch(_register)


def _register(made: type[Any]) -> None:
    from hypothesis import strategies as st  # noqa: PLC0415 (it is being imported)

    st.register_type_strategy(made, _strategy)


def _strategy(asked: type[Any]) -> Any:
    from airspace_events.testing import strategies  # noqa: PLC0415 (costs at import)

    return strategies.feeds() if asked.__name__ == "Feed" else strategies.values_of(asked)
