"""A table of states by months, with the minimum and maximum number of incursions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, get_args, overload

from airspace_events.data_frames import Library, data_frame, frame_library
from airspace_events.dossier.summary import SummaryRow
from airspace_events.dossier.tallies import COUNTED, CountRange, Kind
from airspace_events.viewed import Answer, Answers
from airspace_events.vocabulary.terms import EventStatus

if TYPE_CHECKING:
    import polars as pl

Count = Literal["incursions", "crossings", "zone_entries", "sightings", "objects"]
"""The numbers that a table of states by months can contain."""

COUNTS: tuple[Count, ...] = get_args(Count)


@dataclass(frozen=True, repr=False)
class StateMonth(Answer):
    """The bounds of a count for one kind of incursion in one state and one month.

    Attributes:
        state: the state concerned; None for incursions without a state.
        month: the local month ("2025-09"); None for incursions whose month is unknown.
        kind: the kind of the incursions. An incursion of two kinds is in two rows.
        least: the minimum in this month.
        most: the maximum in this month; None if it is not known. Incursions whose month is unknown
            are only in rows of their own.
    """

    state: str | None
    month: str | None
    kind: Kind
    least: int
    most: int | None


_KINDS = {"state": "text", "month": "text", "kind": "text", "least": "integer", "most": "integer"}


class StatesByMonths(Answers[StateMonth]):
    """A table of states by months, with a row for each state, month and kind of incursion."""

    __slots__ = ()

    @overload
    def frame(self, library: Literal["polars"]) -> pl.DataFrame: ...

    @overload
    def frame(self, library: Library = "pandas") -> Any: ...

    def frame(self, library: Library = "pandas") -> Any:
        """Return the rows as a data frame with the columns state, month, kind, least and most.

        Raises:
            UnknownNameError: the library is neither "pandas" nor "polars".
            MissingExtraError: the library is not installed.
        """
        columns = {name: [getattr(row, name) for row in self] for name in _KINDS}
        return data_frame(frame_library(library), columns, _KINDS)


def states_by_months(
    rows: Iterable[SummaryRow], count: Count, status: EventStatus | None
) -> StatesByMonths:
    """Return the table, given the rows of a summary that is grouped at least by state and month.

    A table of crossings has only incursions of the kind ``crossing``. The same holds for zone
    entries and sightings.
    """
    is_of_a_kind = count in COUNTED.values()

    def row_of(row: SummaryRow) -> StateMonth:
        certain: CountRange = getattr(row.certain, count)
        possible: CountRange = getattr(row.possible, count)
        most = certain.plus(possible).max
        return StateMonth(row.group["state"], row.group["month"], row.kind, certain.min, most)

    return StatesByMonths(
        row_of(row)
        for row in rows
        if (status is None or row.group["status"] == status)
        and (not is_of_a_kind or COUNTED.get(row.kind) == count)
    )
