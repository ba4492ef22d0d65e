"""The mixin of everything that has a card."""

from importlib import import_module
from typing import TYPE_CHECKING, Any, ClassVar

if TYPE_CHECKING:
    from rich.console import RenderableType


class Viewed:
    """A record, a report or a dossier, which a notebook and rich show as a card.

    The view is named and not imported, since views know everything that they show. Nothing is
    loaded until a card is asked for.
    """

    __slots__ = ()

    _view: ClassVar[str]
    """The name of a module of ``views`` and of the function in it that makes the card."""

    def _make_card(self) -> Any:
        module = import_module(f"airspace_events.views.{self._view}")
        return getattr(module, self._view)(self)

    def _repr_html_(self) -> str:
        """Return the card as HTML, for a notebook."""
        return str(self._make_card().to_html())

    def __rich__(self) -> "RenderableType":
        """Return the card for a terminal. Only rich calls this."""
        card: RenderableType = self._make_card().to_rich()
        return card
