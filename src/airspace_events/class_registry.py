"""Classes of values, told of as they are made to whoever asked.

Tools for tests want to know of every class, and must load none of them to do so: who imports
such a tool may never need a class of this library. So each class tells of itself here.
"""

TYPE_CHECKING = False

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, TypeVar

    C = TypeVar("C", bound=type[Any])

_told: "list[type[Any]]" = []
_watchers: "list[Callable[[type[Any]], object]]" = []


def watch(watcher: "Callable[[type[Any]], object]") -> None:
    """Call a function with each class that was made already, and each that will be."""
    _watchers.append(watcher)
    for made in _told:
        watcher(made)


def tell(made: "C") -> "C":
    """Tell of a class that was made, and give it back, so that it decorates one."""
    _told.append(made)
    for watcher in _watchers:
        watcher(made)
    return made
