"""Mixins of everything that has a view: a card or a table."""

from importlib import import_module
from typing import TYPE_CHECKING, Any, ClassVar, SupportsIndex, TypeVar, overload

if TYPE_CHECKING:
    from rich.console import RenderableType

_T = TypeVar("_T")


class Viewed:
    """A record, a report, a dossier or an answer, which a notebook and rich show as its view.

    The view is named and not imported, since views know everything that they show. Nothing is
    loaded until a view is asked for.
    """

    __slots__ = ()

    _view: ClassVar[str]
    """The name of a module of ``views`` and of the function in it that makes the view."""

    def _make_view(self) -> Any:
        module = import_module(f"airspace_events.views.{self._view}")
        return getattr(module, self._view)(self)

    def _repr_html_(self) -> str:
        """Return the view as HTML, for a notebook."""
        return str(self._make_view().to_html())

    def __rich__(self) -> "RenderableType":
        """Return the view for a terminal. Only rich calls this."""
        view: RenderableType = self._make_view().to_rich()
        return view


class Answer(Viewed):
    """An answer of a dossier, which also `print` and `repr` show as its view."""

    __slots__ = ()

    _view: ClassVar = "answer_view"

    def __repr__(self) -> str:
        """Return the view as plain text."""
        return str(self._make_view().to_text())


class Answers(Answer, tuple[_T, ...]):
    """Answers of one kind, as a tuple that prints as a table."""

    __slots__ = ()

    @overload
    def __getitem__(self, index: SupportsIndex, /) -> _T: ...

    @overload
    def __getitem__(self, index: slice, /) -> "Answers[_T]": ...

    def __getitem__(self, index: SupportsIndex | slice, /) -> "_T | Answers[_T]":
        """Return one of the answers, or a part of them that prints as a table too."""
        if isinstance(index, slice):
            return Answers(super().__getitem__(index))
        return super().__getitem__(index)
