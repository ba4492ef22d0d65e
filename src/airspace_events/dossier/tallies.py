"""Tallies: the totals of incursions of one kind, with bounds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple, TypeVar

from airspace_events.models.events import ZONE_KINDS, Incursion
from airspace_events.values.measures import ReportedCount
from airspace_events.values.objects import ONLY_CHECKED
from airspace_events.vocabulary.terms import IncursionKind, ObjectCategory

_Word = TypeVar("_Word", bound=str | None)


class CountRange(NamedTuple):
    """The bounds of a count. Bounds can be added up.

    An exact number is both the minimum and the maximum. A report without a number ("several"), or
    with an approximate number ("about 20"), adds nothing to ``min`` and makes ``best`` and ``max``
    unknown.

    Attributes:
        min: the minimum.
        best: the sum of the best numbers; None if a number is missing.
        max: the maximum; None if it is not known.
        unknown: the number of added counts without any number, exact or approximate.
    """

    min: int = 0
    best: int | None = 0
    max: int | None = 0
    unknown: int = 0

    @classmethod
    def of(cls, count: ReportedCount | None) -> CountRange:
        """Return the range of a reported count."""
        numbers = (count.min, count.best, count.max) if count else (None, None, None)
        least, best, most = numbers
        has_number = numbers != (None, None, None) or (count and count.roughly is not None)
        if least is None and most is None:
            least = most = best
        if least == most:
            best = most
        return cls(least or 0, best, most, unknown=int(not has_number))

    def __str__(self) -> str:
        """Return the range in words, such as "19", "2 to 3", "at least 7" or "no number"."""
        if self.min == self.max:
            words = str(self.min)
        elif self.max is None:
            no_number = "no number" if self.unknown else "no exact number"
            words = f"at least {self.min}" if self.min else no_number
        else:
            words = f"{self.min} to {self.max}" if self.min else f"at most {self.max}"
        return f"{words}, best {self.best}" if self.best not in (None, self.min) else words

    def plus(self, other: CountRange) -> CountRange:
        """Return the sum of two counts of different objects or events."""
        return CountRange(
            self.min + other.min,
            _sum(self.best, other.best),
            _sum(self.max, other.max),
            self.unknown + other.unknown,
        )

    def perhaps_plus(self, other: CountRange) -> CountRange:
        """Return the sum of two counts that may include the same objects or events."""
        total = self.plus(other)
        best = total.best if 0 in (self.max, other.max) else None
        return total._replace(min=max(self.min, other.min), best=best)

    def if_at_all(self) -> CountRange:
        """Return the range for a count that might not belong to the total, with a minimum of 0."""
        return self._replace(min=0, best=0 if self.max == 0 else None)


def _sum(one: int | None, other: int | None) -> int | None:
    return None if one is None or other is None else one + other


class Tally(NamedTuple):
    """Totals for a group of incursions of one kind.

    Attributes:
        records: the number of records in the group.
        incursions: the number of incursions in these records. An aggregate record counts as at
            least one incursion, and so do two records that may be the same incursion.
        crossings: the number of border crossings, for the kind ``crossing``.
        zone_entries: the number of entries into zones, for the kinds that are zone entries.
        sightings: the number of sightings, for the kind ``sighting``.
        objects: the number of aerial objects. Birds, stars, lights, vessels and false alarms are
            counted only in their own categories.
    """

    records: int
    incursions: CountRange
    crossings: CountRange
    zone_entries: CountRange
    sightings: CountRange
    objects: CountRange


Kind = IncursionKind | None
"""A kind of incursion; None for incursions whose fields report no kind."""

COUNTED: Mapping[Kind, str] = MappingProxyType(
    {"crossing": "crossings", "sighting": "sightings", **dict.fromkeys(ZONE_KINDS, "zone_entries")}
)
"""A mapping from kinds of incursions to the names of the tally fields that count them."""

Tallies = Mapping[Kind, Tally]
"""A mapping from kinds to tallies.

An incursion of two kinds counts in both tallies, so the tallies must not be added up.
"""


class Addend(NamedTuple):
    """The counts that an incursion adds to the totals of one kind."""

    name: str
    kind: Kind
    incursions: CountRange
    crossings: CountRange
    zone_entries: CountRange
    sightings: CountRange
    objects: CountRange

    def if_at_all(self) -> Addend:
        """Return the counts for a group that might not include the incursion; the minimum is 0."""
        return Addend(self.name, self.kind, *(each.if_at_all() for each in self[2:]))


class Sameness:
    """Groups of incursions that may be the same or may involve the same objects."""

    def __init__(self, incursions: Iterable[Incursion]) -> None:
        self._of_incursions: dict[str, str] = {}
        self._of_objects: dict[str, str] = {}
        for one in incursions:
            for other in one.replaces:
                _join(self._of_incursions, one.id, other)
                _join(self._of_objects, one.id, other)
            for possible in one.possibly_same_as:
                _join(self._of_incursions, one.id, possible.incursion)
                _join(self._of_objects, one.id, possible.incursion)
            for flown in one.objects:
                for other in (*flown.same_as, *(it.object for it in flown.possibly_same_as)):
                    _join(self._of_objects, one.id, other.partition("#")[0])

    def of_incursion(self, name: str) -> str:
        """Return the group id shared by all incursions that may be the same as this one."""
        return _root(self._of_incursions, name)

    def of_objects(self, name: str) -> str:
        """Return the group id shared by all incursions that may involve the same objects."""
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


def in_order(keys: Iterable[_Word]) -> list[_Word]:
    """Return the words in alphabetical order, with None last."""
    return sorted(keys, key=lambda key: (key is None, key or ""))


def tally_of(group: Sequence[Addend], same: Sameness) -> Tally:
    """Return the totals of incursions of one kind."""

    def total(counts: Callable[[Addend], CountRange]) -> CountRange:
        return _total([(same.of_incursion(one.name), counts(one)) for one in group])

    return Tally(
        len(group),
        total(lambda one: one.incursions),
        total(lambda one: one.crossings),
        total(lambda one: one.zone_entries),
        total(lambda one: one.sightings),
        _total([(same.of_objects(one.name), one.objects) for one in group]),
    )


def _total(ranges: Iterable[tuple[str, CountRange]]) -> CountRange:
    """Return the sum of ranges; those with the same group id may count the same things."""
    parts: dict[str, CountRange] = {}
    for name, found in ranges:
        parts[name] = parts[name].perhaps_plus(found) if name in parts else found
    total = CountRange()
    for part in parts.values():
        total = total.plus(part)
    return total


def addends_of(one: Incursion) -> list[Addend]:
    """Return the counts of an incursion for each of its kinds."""
    incursions = _SEVERAL if one.scope == "aggregate" else _ONE
    objects = objects_counted(one)

    def counted(name: str) -> CountRange:
        return CountRange.of(getattr(one.totals, name, None))

    return [
        Addend(
            one.id,
            kind,
            incursions,
            counted("crossings") if kind == "crossing" else _NONE,
            counted("zone_entries") if kind in ZONE_KINDS else _NONE,
            counted("sightings") if kind == "sighting" else _NONE,
            objects,
        )
        for kind in one.kinds or (None,)
    ]


def objects_counted(one: Incursion) -> CountRange:
    """Return the number of aerial objects in an incursion."""
    if one.totals is not None and one.totals.objects is not None:
        return CountRange.of(one.totals.objects)
    objects = _NONE if one.objects else CountRange.of(None)
    for category, part in objects_by_category(one).items():
        # Stars and ships are not aerial objects.
        if category not in ONLY_CHECKED:
            objects = objects.plus(part)
    return objects


def objects_by_category(one: Incursion) -> dict[ObjectCategory | None, CountRange]:
    """Return the number of objects of each category in an incursion."""
    found: dict[ObjectCategory | None, CountRange] = {}
    for flown in one.objects:
        found[flown.category] = found.get(flown.category, _NONE).plus(CountRange.of(flown.count))
    return found


_NONE = CountRange()
_ONE = CountRange(1, 1, 1)
_SEVERAL = CountRange(1, None, None)
