"""What aerial objects are called in reports, and which of the names mean the same."""

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

from airspace_events.errors import AmbiguousNameError, UnknownNameError
from airspace_events.reference.names import check_readable, fold
from airspace_events.reference.tables import table
from airspace_events.spelling import near
from airspace_events.values.base import Value
from airspace_events.values.scalars import AircraftType, Flag, Name, Text
from airspace_events.vocabulary.objects import ObjectCategory, ObjectSubcategory

_SEVERAL = 2


class Designation(Value, frozen=True):
    """A make or model of aerial object: its names and its category, and nothing else."""

    name: Name
    """The name by which we list it."""
    aliases: tuple[Name, ...] = ()
    """Other names and spellings that reports use."""
    category: ObjectCategory
    """What kind of object it is."""
    subcategory: ObjectSubcategory | None = None
    """The type of a missile."""
    icao_type: AircraftType | None = None
    """The type designator of a crewed aircraft (ICAO Doc 8643); several types may share one."""
    source: Text
    """Where the name is used in public."""
    checked: Flag
    """Whether such a text was read when the table was made."""


class DesignationDirectory:
    """The designations that public reports of European airspace incidents name.

    Records keep every designation as it was reported, known or not; this only tells which
    names mean the same.

    >>> designations = DesignationDirectory()
    >>> designations.resolve("Герань-2").name
    'Shahed-136'
    """

    def resolve(self, name: str) -> Designation:
        """The designation that is meant by a name, whatever its spelling.

        Raises:
            AmbiguousNameError: several are called so.
            UnknownNameError: none that is listed is called so, which says nothing against it.
        """
        check_readable(name)
        key = _key(name)
        if key in self._ambiguous:
            meant = self._ambiguous[key]
            if len(meant) < _SEVERAL:
                raise UnknownNameError(name, "the name means other things too", meant)
            raise AmbiguousNameError(
                name, {one: self._by_name[_key(one)].category for one in meant}
            )
        if key in self._by_name:
            return self._by_name[key]
        found = near(key, self._by_name, most=3)
        suggestions = dict.fromkeys(self._by_name[match].name for match in found)
        raise UnknownNameError(name, "no listed designation is called so", tuple(suggestions))

    def __iter__(self) -> Iterator[Designation]:
        return iter(self._all)

    def __len__(self) -> int:
        return len(self._all)

    @cached_property
    def _table(self) -> Mapping[str, Any]:
        return table("designations")

    @cached_property
    def _all(self) -> tuple[Designation, ...]:
        return tuple(Designation.model_validate(row) for row in self._table["designations"])

    @cached_property
    def _by_name(self) -> Mapping[str, Designation]:
        return {_key(name): one for one in self._all for name in (one.name, *one.aliases)}

    @cached_property
    def _ambiguous(self) -> Mapping[str, tuple[str, ...]]:
        return {_key(name): tuple(meant) for name, meant in self._table["ambiguous"].items()}


def _key(name: str) -> str:
    """The name, folded; hyphens and spaces vary too much to count: Su-30, SU 30, Su30."""
    return fold(name).replace(" ", "")


designations = DesignationDirectory()
"""The designations that public reports of European airspace incidents name."""
