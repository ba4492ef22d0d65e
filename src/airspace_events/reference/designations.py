"""Designations that reports use for aerial objects, with alternative names."""

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

from airspace_events.errors import AmbiguousNameError, UnknownNameError
from airspace_events.reference.names import check_readable, fold
from airspace_events.reference.tables import table
from airspace_events.safe_text import shown
from airspace_events.spelling import near
from airspace_events.values.base import Value
from airspace_events.values.scalars import AircraftType, Flag, Name, Text
from airspace_events.vocabulary.terms import ObjectCategory, ObjectSubcategory

_SEVERAL = 2
# Words for kinds of objects that reports write after a name.
_KINDS = frozenset(
    (
        *("aircraft", "bomber", "bombers", "drone", "drones", "fighter", "fighters"),
        *("helicopter", "helicopters", "jet", "jets", "missile", "missiles", "plane", "planes"),
        *("type", "uav", "uavs", "дрон", "дрони", "дроны", "бпла"),
    )
)
# Latin letters for the Cyrillic letters of a designation: МиГ-31К is MiG-31K.
_LATIN = str.maketrans(
    dict(zip("абвгдеиіклмнопрстуфя", "abvgdeiiklmnoprstufa", strict=True)) | {"х": "kh"}
)


class Designation(Value, frozen=True):
    """A make or model of an aerial object, with its names and its category."""

    name: Name
    """The main name of the make or model."""
    aliases: tuple[Name, ...] = ()
    """Other names and spellings that reports use."""
    category: ObjectCategory
    """The category of the object."""
    subcategory: ObjectSubcategory | None = None
    """The type of missile, if the object is a missile."""
    icao_type: AircraftType | None = None
    """The type designator of a crewed aircraft (ICAO Doc 8643), which several models may share."""
    source: Text
    """A public source that uses the name."""
    checked: Flag
    """True if the source was read when the list was compiled."""


class DesignationDirectory:
    """The designations that occur in public reports of European airspace incidents.

    Records keep every designation as reported, whether or not it is listed. The directory only
    shows which names refer to the same make or model.

    >>> designations = DesignationDirectory()
    >>> designations.resolve("Герань-2").name
    'Shahed-136'
    """

    def resolve(self, name: str) -> Designation:
        """Return the designation that a name refers to, in any known spelling.

        The name may be a plural ("MiG-31s"), or end with the kind of object ("Geran-2 drone"). It
        may combine two names of one object ("Shahed-136/Geran-2", "Il-20 Coot"), and may use
        Cyrillic letters.

        Raises:
            AmbiguousNameError: several designations have this name.
            UnknownNameError: no listed designation has this name. The name may still be correct.
        """
        check_readable(name)
        for key in _keys(name):
            if key in self._ambiguous:
                raise self._ambiguity(name, self._ambiguous[key])
            if key in self._by_name:
                return self._by_name[key]
        meant = self._meant_by_parts(name)
        if len(meant) == 1:
            return self._by_name[_key(meant[0])]
        if meant:
            raise self._ambiguity(name, meant)
        raise UnknownNameError(
            name, f"no listed designation is named {shown(name)}", self._near(_key(name))
        )

    def _meant_by(self, key: str) -> tuple[str, ...]:
        if key in self._ambiguous:
            return self._ambiguous[key]
        return (self._by_name[key].name,) if key in self._by_name else ()

    def _meant_by_parts(self, name: str) -> tuple[str, ...]:
        """Return the designations that a combined name such as "Shahed-136/Geran-2" may mean."""
        for separator in ("/", " "):
            parts = [part for part in name.split(separator) if part.strip()]
            meant = [self._meant_by(_key(part)) for part in parts]
            if len(parts) < _SEVERAL or not all(meant):
                continue
            sets = [set(one) for one in meant]
            shared = set[str].intersection(*sets)
            if shared or separator == "/":
                return tuple(sorted(shared or set[str]().union(*sets)))
        return ()

    def _ambiguity(
        self, name: str, meant: tuple[str, ...]
    ) -> UnknownNameError | AmbiguousNameError:
        if len(meant) < _SEVERAL:
            return UnknownNameError(name, "the name also has other meanings", meant)
        return AmbiguousNameError(name, {one: self._by_name[_key(one)].category for one in meant})

    def _near(self, key: str) -> tuple[str, ...]:
        digits = _digits(key)
        found = (one for one in near(key, self._by_name, most=3) if _digits(one) == digits)
        return tuple(dict.fromkeys(self._by_name[one].name for one in found))

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


def _keys(name: str) -> Iterator[str]:
    """Yield the keys to look up for a name, with the key of the full name first."""
    words = name.split()
    while words and words[-1].casefold() in _KINDS:
        words.pop()
    bare = " ".join(words) or name
    for ending in ("-type", "-style", "-class"):
        bare = bare.removesuffix(ending)
    for text in (name, bare, bare.removesuffix("s").removesuffix("'").removesuffix("’")):
        yield _key(text)
        yield _key(text).translate(_LATIN)


def _digits(key: str) -> str:
    return "".join(char for char in key if char.isdigit())


def _key(name: str) -> str:
    """Return the folded name without spaces and hyphens, so that "Su-30" matches "SU 30"."""
    return fold(name).replace(" ", "")


designations = DesignationDirectory()
"""The directory of designations in public reports of European airspace incidents."""
