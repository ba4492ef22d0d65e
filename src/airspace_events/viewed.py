"""Mixin classes for objects that have a view, such as a card or a table."""

from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING, Any, ClassVar, SupportsIndex, TypeVar, overload

if TYPE_CHECKING:
    from rich.console import RenderableType

_T = TypeVar("_T")


def view_named(name: str) -> Callable[..., Any]:
    """Load the module of a view, and return the view function.

    Args:
        name: the dotted path of the function within ``views``: ``module.function``.
    """
    module, _, function = name.rpartition(".")
    found: Callable[..., Any] = getattr(import_module(f"airspace_events.views.{module}"), function)
    return found


class Viewed:
    """A mixin for an object that notebooks and rich show as a card or a table.

    A subclass gives the name of its view and does not import it, because the module of the view
    imports the subclass. The module is loaded when the view is first needed.
    """

    __slots__ = ()

    _view: ClassVar[str]
    """The dotted path of the view function within ``views``: ``module.function``."""

    def _make_view(self) -> Any:
        return view_named(self._view)(self)

    def _repr_html_(self) -> str:
        """Return the view as HTML, for a notebook."""
        return str(self._make_view().to_html())

    def __rich__(self) -> "RenderableType":
        """Return the view for a terminal, as an object that rich can print."""
        view: RenderableType = self._make_view().to_rich()
        return view


class Answer(Viewed):
    """An answer from a dossier. `print` and `repr` show the view of the answer."""

    __slots__ = ()

    _view: ClassVar = "dossier_views.answer_view"

    def __repr__(self) -> str:
        """Return the view as plain text."""
        return str(self._make_view().to_text())


class Answers(Answer, tuple[_T, ...]):
    """A tuple of answers of the same kind. `print` shows the answers as a table."""

    __slots__ = ()

    @overload
    def __getitem__(self, index: SupportsIndex, /) -> _T: ...

    @overload
    def __getitem__(self, index: slice, /) -> "Answers[_T]": ...

    def __getitem__(self, index: SupportsIndex | slice, /) -> "_T | Answers[_T]":
        """Return a single answer, or a slice of the answers as a new `Answers`."""
        if isinstance(index, slice):
            return Answers(super().__getitem__(index))
        return super().__getitem__(index)
