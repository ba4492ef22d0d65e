"""A registry of value classes, which calls its watchers with each new class.

The testing tools need every value class. They must not import the classes, because Hypothesis
loads the tools even in projects that use no value class. Therefore each class registers itself.
"""

TYPE_CHECKING = False

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, TypeVar

    C = TypeVar("C", bound=type[Any])

_registered: "list[type[Any]]" = []
_watchers: "list[Callable[[type[Any]], object]]" = []


def watch(watcher: "Callable[[type[Any]], object]") -> None:
    """Call a function with each registered class, and with each class registered later."""
    _watchers.append(watcher)
    for made in _registered:
        watcher(made)


def tell(made: "C") -> "C":
    """Register a class, call the watchers with it, and return it; usable as a decorator."""
    _registered.append(made)
    for watcher in _watchers:
        watcher(made)
    return made
