"""Summaries: counts of incursions, with bounds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product
from typing import Any, Literal, TypeVar, cast, get_args

from airspace_events.dossier.events import status_of
from airspace_events.dossier.tallies import (
    Addend,
    Kind,
    Sameness,
    Tallies,
    Tally,
    addends_of,
    in_order,
    objects_by_category,
    tally_of,
)
from airspace_events.models.events import Incursion
from airspace_events.values.periods import possible_days
from airspace_events.values.time import ReportedTime
from airspace_events.viewed import Answer
from airspace_events.vocabulary.state_codes import StateCode
from airspace_events.vocabulary.terms import EventStatus, ObjectCategory

_MOST_MONTHS = 12
_Word = TypeVar("_Word", bound=str | None)


@dataclass(frozen=True, repr=False)
class Summary(Answer):
    """Counts of incursions by kind, and within each kind by state, month, category and status.

    Attributes:
        by_kind: all incursions.
        by_state: by the state concerned; None for incursions without a state.
        by_month: by the local month ("2025-09"). An incursion that may have happened in several
            months counts in each of these months, with a minimum of 0.
        month_unknown: incursions that may have happened in any month. They are not in
            ``by_month``.
        by_category: by the category of the objects. An incursion with objects of two categories
            counts in both; ``objects`` counts only the objects of the category. None stands for
            objects without a reported category.
        by_status: by the desk's judgement on that kind (see `status_of`); None for incursions
            without a judgement.
    """

    by_kind: Tallies
    by_state: Mapping[StateCode | None, Tallies]
    by_month: Mapping[str, Tallies]
    month_unknown: Tallies
    by_category: Mapping[ObjectCategory | None, Tallies]
    by_status: Mapping[EventStatus | None, Tallies]


Group = Literal["month", "state", "category", "status"]
"""The criteria for groups of incursions, in addition to the kind."""

GROUPS: tuple[Group, ...] = get_args(Group)


@dataclass(frozen=True, repr=False)
class SummaryRow(Answer):
    """A row of a summary by groups: the totals of the incursions of one kind in one group.

    Attributes:
        group: a mapping from criteria to values, such as ``{"month": "2025-09", "state": "PL"}``.
            None stands for no state, an unknown month or no reported category.
        kind: the kind of the incursions. An incursion of two kinds is in two rows.
        certain: the totals of the incursions that certainly belong to the group.
        possible: the totals of the incursions that may belong to the group. An incursion that may
            have happened in either of two months is counted in both.
    """

    group: Mapping[str, str | None]
    kind: Kind
    certain: Tally
    possible: Tally

    def to_dict(self) -> dict[str, Any]:
        """Return the row as a mapping from names to plain values, for a data frame.

        The values are the group, ``certain_records``, ``possible_records``, and a minimum and a
        maximum for each count, such as ``certain_crossings_min``. An unknown maximum is None.
        """
        found: dict[str, Any] = {**self.group, "kind": self.kind}
        for name, tally in (("certain", self.certain), ("possible", self.possible)):
            found[f"{name}_records"] = tally.records
            for counted, number in tally._asdict().items():
                if counted != "records":
                    found[f"{name}_{counted}_min"] = number.min
                    found[f"{name}_{counted}_max"] = number.max
        return found


def summary_rows(
    incursions: Sequence[Incursion], by: Sequence[Group], discounted: Sequence[Incursion] = ()
) -> tuple[SummaryRow, ...]:
    """Return a row for each group of incursions and each kind in the group, in alphabetical order.

    Args:
        incursions: the distinct incursions to count.
        by: the criteria to group by.
        discounted: incursions that are counted only if ``by`` includes the status.
    """
    counted = (*incursions, *(discounted if "status" in by else ()))
    cells: dict[tuple[tuple[str | None, ...], Kind], tuple[list[Addend], list[Addend]]] = {}
    for one in counted:
        months: Sequence[str | None] = _months(one.time) or (None,)
        is_certain = (
            "month" not in by or months[0] is None or (len(months) == 1 and _is_certain(one.time))
        )
        objects = objects_by_category(one) if "category" in by else {}
        for addend in addends_of(one):
            words: dict[Group, Sequence[str | None]] = {
                "month": months,
                "state": (one.state,),
                "category": tuple(objects) or (None,),
                "status": (status_of(one, addend.kind),),
            }
            for group in product(*(words[name] for name in by)):
                if "category" in by:
                    category = cast("ObjectCategory | None", group[by.index("category")])
                    part = addend._replace(objects=objects.get(category, addend.objects))
                else:
                    part = addend
                cell = cells.setdefault((group, addend.kind), ([], []))
                cell[0 if is_certain else 1].append(part)
    same = Sameness(counted)

    def place(cell: tuple[tuple[str | None, ...], Kind]) -> list[tuple[bool, str]]:
        group, kind = cell
        return [(word is None, word or "") for word in (*group, kind)]

    return tuple(
        SummaryRow(
            dict(zip(by, group, strict=True)),
            kind,
            *(tally_of(part, same) for part in cells[group, kind]),
        )
        for group, kind in sorted(cells, key=place)
    )


def summary_of(incursions: Sequence[Incursion], discounted: Sequence[Incursion] = ()) -> Summary:
    """Return the counts of incursions.

    Args:
        incursions: the distinct incursions to count.
        discounted: incursions that count only in ``by_status``.
    """
    everything: list[Addend] = []
    by_state: dict[StateCode | None, list[Addend]] = {}
    by_month: dict[str, list[Addend]] = {}
    by_category: dict[ObjectCategory | None, list[Addend]] = {}
    by_status: dict[EventStatus | None, list[Addend]] = {}
    elsewhen: list[Addend] = []
    for one in incursions:
        addends = addends_of(one)
        everything += addends
        by_state.setdefault(one.state, []).extend(addends)
        for addend in addends:
            by_status.setdefault(status_of(one, addend.kind), []).append(addend)
        for category, objects in objects_by_category(one).items():
            of_category = by_category.setdefault(category, [])
            of_category += [addend._replace(objects=objects) for addend in addends]
        months = _months(one.time)
        if months is None:
            elsewhen += addends
        elif len(months) == 1 and _is_certain(one.time):
            by_month.setdefault(months[0], []).extend(addends)
        else:
            for month in months:
                of_month = by_month.setdefault(month, [])
                of_month += [addend.if_at_all() for addend in addends]
    for one in discounted:
        by_status.setdefault(status_of(one), []).extend(addends_of(one))
    same = Sameness((*incursions, *discounted))
    return Summary(
        _by_kind(everything, same),
        _tallies(by_state, same),
        _tallies(by_month, same),
        _by_kind(elsewhen, same),
        _tallies(by_category, same),
        _tallies(by_status, same),
    )


def _tallies(groups: Mapping[_Word, list[Addend]], same: Sameness) -> Mapping[_Word, Tallies]:
    return {key: _by_kind(groups[key], same) for key in in_order(groups)}


def _by_kind(group: Iterable[Addend], same: Sameness) -> Tallies:
    kinds: dict[Kind, list[Addend]] = {}
    for one in group:
        kinds.setdefault(one.kind, []).append(one)
    return {kind: tally_of(kinds[kind], same) for kind in in_order(kinds)}


def _months(time: ReportedTime) -> list[str] | None:
    """Return the possible local months; None if an end is open or there are more than 12."""
    first, last = possible_days(time)
    if first is None or last is None:
        return None
    return _months_between(first, last)


def _months_between(first: date, last: date) -> list[str] | None:
    begin, end = first.year * 12 + first.month - 1, last.year * 12 + last.month - 1
    if end - begin >= _MOST_MONTHS:
        return None
    return [f"{month // 12:04}-{month % 12 + 1:02}" for month in range(begin, end + 1)]


def _is_certain(time: ReportedTime) -> bool:
    return time.window.start_is_sure and time.window.end_is_sure
