"""Summaries: how many incursions there were, and how much of that is known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import NamedTuple, TypeVar

from airspace_events.dossier.incursion_search import status_of
from airspace_events.models.incursion import Incursion
from airspace_events.values.measures import ReportedCount
from airspace_events.values.periods import days_of
from airspace_events.values.time import ReportedTime
from airspace_events.vocabulary.events import EventStatus
from airspace_events.vocabulary.objects import ObjectCategory
from airspace_events.vocabulary.state_codes import StateCode

_MOST_MONTHS = 12
_Word = TypeVar("_Word", bound=str)


class CountRange(NamedTuple):
    """How many, as far as it is known. Bounds add up to bounds, and nothing lies in between.

    A number that was given plainly bounds itself: nineteen is at least and at most nineteen.
    What was told without a number ("several") adds nothing to ``min``, and leaves ``best`` and
    ``max`` unknown.

    Attributes:
        min: the least.
        best: the sum of the numbers given as the number; None if one of them was not given.
        max: the most; None if there is no knowing.
        unknown: how many of the things that were added gave no number at all.
    """

    min: int = 0
    best: int | None = 0
    max: int | None = 0
    unknown: int = 0

    @classmethod
    def of(cls, count: ReportedCount | None) -> CountRange:
        """The range of a reported count."""
        numbers = (count.min, count.best, count.max) if count else (None, None, None)
        least, best, most = numbers
        if least is None and most is None:
            least = most = best
        if least == most:
            best = most
        return cls(least or 0, best, most, unknown=int(numbers == (None, None, None)))

    def __str__(self) -> str:
        """In words: "19", "2 to 3", "at least 7", "at most 4", "no number"."""
        if self.min == self.max:
            words = str(self.min)
        elif self.max is None:
            words = f"at least {self.min}" if self.min else "no number"
        else:
            words = f"{self.min} to {self.max}" if self.min else f"at most {self.max}"
        return f"{words}, best {self.best}" if self.best not in (None, self.min) else words

    def plus(self, other: CountRange) -> CountRange:
        """The sum of two things that are not the same."""
        return CountRange(
            self.min + other.min,
            _sum(self.best, other.best),
            _sum(self.max, other.max),
            self.unknown + other.unknown,
        )

    def perhaps_plus(self, other: CountRange) -> CountRange:
        """The sum of two things that may be the same, wholly or in part."""
        total = self.plus(other)
        best = total.best if 0 in (self.max, other.max) else None
        return total._replace(min=max(self.min, other.min), best=best)

    def if_at_all(self) -> CountRange:
        """The range of something that may not belong to what is counted."""
        return self._replace(min=0, best=0 if self.max == 0 else None)


def _sum(one: int | None, other: int | None) -> int | None:
    return None if one is None or other is None else one + other


class Tally(NamedTuple):
    """What a group of incursions adds up to.

    Attributes:
        records: how many records there are in the group.
        incursions: how many incursions these tell of: a record of several that no report tells
            apart is at least one, and two that may be the same are at least one.
        crossings: how often the border was crossed.
        objects: how many objects flew.
    """

    records: int
    incursions: CountRange
    crossings: CountRange
    objects: CountRange


@dataclass(frozen=True)
class Summary:
    """Incursions by state, month, category and status.

    Attributes:
        total: all of them.
        by_state: by the state whose airspace it was.
        by_month: by the month where it happened ("2025-09"). One that may have been in several
            months stands in each of them, and counts as at least none.
        month_unknown: those of which not even the year is certain, left out of ``by_month``.
        by_category: by the category of their objects; one with objects of two categories stands
            in both, and ``objects`` are those of the category only.
        by_status: by the more doubtful of occurrence and crossing.
    """

    total: Tally
    by_state: Mapping[StateCode, Tally]
    by_month: Mapping[str, Tally]
    month_unknown: Tally
    by_category: Mapping[ObjectCategory, Tally]
    by_status: Mapping[EventStatus, Tally]


class _Addend(NamedTuple):
    """An incursion as it counts in a group."""

    name: str
    incursions: CountRange
    crossings: CountRange
    objects: CountRange

    def if_at_all(self) -> _Addend:
        """The same for a group to which it may not belong."""
        return _Addend(self.name, *(each.if_at_all() for each in self[1:]))


def summary_of(incursions: Sequence[Incursion], discounted: Sequence[Incursion] = ()) -> Summary:
    """Count incursions.

    Args:
        incursions: those to count, each once.
        discounted: those that stand in ``by_status`` only.
    """
    everything: list[_Addend] = []
    by_state: dict[StateCode, list[_Addend]] = {}
    by_month: dict[str, list[_Addend]] = {}
    by_category: dict[ObjectCategory, list[_Addend]] = {}
    by_status: dict[EventStatus, list[_Addend]] = {}
    elsewhen: list[_Addend] = []
    for one in incursions:
        addend = _addend(one)
        everything.append(addend)
        by_state.setdefault(one.airspace.state, []).append(addend)
        by_status.setdefault(status_of(one), []).append(addend)
        for category, objects in _objects_by_category(one).items():
            of_category = addend._replace(objects=objects)
            by_category.setdefault(category, []).append(of_category)
        months = _months(one.time)
        if months is None:
            elsewhen.append(addend)
        elif len(months) == 1 and _is_certain(one.time):
            by_month.setdefault(months[0], []).append(addend)
        else:
            for month in months:
                by_month.setdefault(month, []).append(addend.if_at_all())
    for one in discounted:
        by_status.setdefault(status_of(one), []).append(_addend(one))
    same = _Sameness((*incursions, *discounted))
    return Summary(
        _tally(everything, same),
        _tallies(by_state, same),
        _tallies(by_month, same),
        _tally(elsewhen, same),
        _tallies(by_category, same),
        _tallies(by_status, same),
    )


class _Sameness:
    """Which incursions may be the same, or may have had the same objects."""

    def __init__(self, incursions: Iterable[Incursion]) -> None:
        self._of_incursions: dict[str, str] = {}
        self._of_objects: dict[str, str] = {}
        for one in incursions:
            for possible in one.possibly_same_as:
                _join(self._of_incursions, one.id, possible.incursion)
                _join(self._of_objects, one.id, possible.incursion)
            for flown in one.objects:
                for other in (*flown.same_as, *(it.object for it in flown.possibly_same_as)):
                    _join(self._of_objects, one.id, other.partition("#")[0])

    def of_incursion(self, name: str) -> str:
        """What stands for all incursions that may be this one."""
        return _root(self._of_incursions, name)

    def of_objects(self, name: str) -> str:
        """What stands for all incursions that may have had objects of this one."""
        return _root(self._of_objects, name)


def _join(parents: dict[str, str], one: str, other: str) -> None:
    parents[_root(parents, one)] = _root(parents, other)


def _root(parents: dict[str, str], name: str) -> str:
    path: list[str] = []
    while (parent := parents.get(name, name)) != name:
        path.append(name)
        name = parent
    parents.update(dict.fromkeys(path, name))
    return name


def _tallies(groups: Mapping[_Word, list[_Addend]], same: _Sameness) -> Mapping[_Word, Tally]:
    return MappingProxyType({key: _tally(groups[key], same) for key in sorted(groups)})


def _tally(group: Sequence[_Addend], same: _Sameness) -> Tally:
    return Tally(
        len(group),
        _total([(same.of_incursion(one.name), one.incursions) for one in group]),
        _total([(same.of_incursion(one.name), one.crossings) for one in group]),
        _total([(same.of_objects(one.name), one.objects) for one in group]),
    )


def _total(ranges: Iterable[tuple[str, CountRange]]) -> CountRange:
    """The sum of ranges, of which those under one name may be the same."""
    parts: dict[str, CountRange] = {}
    for name, found in ranges:
        parts[name] = parts[name].perhaps_plus(found) if name in parts else found
    total = CountRange()
    for part in parts.values():
        total = total.plus(part)
    return total


def _addend(one: Incursion) -> _Addend:
    objects = _NONE if one.objects else CountRange.of(None)
    for part in _objects_by_category(one).values():
        objects = objects.plus(part)
    incursions = _ONE if one.scope == "single" else _SEVERAL
    return _Addend(one.id, incursions, CountRange.of(one.crossings), objects)


def _objects_by_category(one: Incursion) -> dict[ObjectCategory, CountRange]:
    found: dict[ObjectCategory, CountRange] = {}
    for flown in one.objects:
        found[flown.category] = found.get(flown.category, _NONE).plus(CountRange.of(flown.count))
    return found


_NONE = CountRange()
_ONE = CountRange(1, 1, 1)
_SEVERAL = CountRange(1, None, None)


def _months(time: ReportedTime) -> list[str] | None:
    """The months in which it may have been, by the calendar of where it was; None for any."""
    first, last = days_of(time)
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
