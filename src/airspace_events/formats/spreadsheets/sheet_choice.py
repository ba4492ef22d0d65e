"""The choice of a sheet in a workbook."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from airspace_events.formats.spreadsheets.sheet import NoSheetError
from airspace_events.safe_text import shown
from airspace_events.spelling import nearest

T = TypeVar("T")
_MOST_NAMED = 8


def chosen_sheet(sheets: Mapping[str, T], wanted: str | int | None) -> T:
    """Return the sheet with a name or a number, or the only sheet.

    Raises:
        NoSheetError: the workbook has no such sheet, or has several sheets and none was chosen.
    """
    names = list(sheets)
    listed = ", ".join(map(shown, names[:_MOST_NAMED])) + ", …" * (len(names) > _MOST_NAMED)
    if isinstance(wanted, int) and wanted <= len(names):
        return sheets[names[wanted - 1]]
    if isinstance(wanted, str) and wanted in sheets:
        return sheets[wanted]
    if not names:
        msg = "the workbook has no sheets"
    elif wanted is None:
        if len(names) == 1:
            return sheets[names[0]]
        hint = f"write sheet = {shown(names[0])} in the mapping to choose one"
        msg = f"the workbook has {len(names)} sheets ({listed}); {hint}"
    else:
        near = nearest(str(wanted), names)
        hint = f"did you mean {shown(near)}?" if near else f"its sheets are {listed}"
        which = shown(wanted) if isinstance(wanted, str) else f"number {wanted}"
        msg = f"the workbook has no sheet {which}; {hint}"
    raise NoSheetError(msg)
