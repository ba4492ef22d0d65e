"""Events: incursions, series of events reported together, and findings."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, ClassVar, Literal

from pydantic import Field
from pydantic_core import PydanticCustomError

from airspace_events.models.base import CitingRecord, SourcedRecord
from airspace_events.models.items import check_assessments, check_items
from airspace_events.values.assessments import Assessment
from airspace_events.values.base import TAG, Value
from airspace_events.values.citations import Citation
from airspace_events.values.event_fields import FindingFields, IncursionFields, SeriesFields
from airspace_events.values.places import Place
from airspace_events.values.references import IncursionRef, SeriesRef
from airspace_events.values.scalars import Name
from airspace_events.vocabulary.terms import AirspaceZone, IncursionKind, Likelihood, SeriesKind

ELSEWHERE = frozenset({"origin", "destination", "response_base"})
"""The roles of places at which the incursion itself did not happen."""

_NEED_A_CROSSING = ("depth", "entered_from", "exited_to")
_INSIDE = frozenset({"land", "internal_waters", "territorial_sea", "mixed"})
_OUTSIDE = frozenset({"international_waters", "another_state"})
KIND_OF_ZONE: Mapping[AirspaceZone, IncursionKind] = MappingProxyType(
    {
        "ADIZ": "adiz_entry",
        **dict.fromkeys(("P", "R", "D", "TSA", "TRA", "OTHER"), "zone_entry"),
    }
)
"""A mapping from types of zones to kinds of incursions; controlled airspace is left out."""


ZONE_KINDS: tuple[IncursionKind, ...] = ("adiz_entry", "zone_entry")


class PossibleIncursion(Value, frozen=True):
    """A possible match with an incursion, and its likelihood."""

    incursion: IncursionRef
    """The id of the incursion that may match."""
    likelihood: Likelihood | None = None
    """The likelihood that the match is correct (ICD 203)."""


class Incursion(IncursionFields, CitingRecord, frozen=True):
    """A flight, or reported flight, in airspace where the object was not allowed to fly.

    The object crossed a border, entered a zone, flew over a site inside a state, or came close to
    a border. `kinds` lists the kinds of incursion that the record reports. Create one incursion
    for each state concerned. The fields contain the editor's judgement. Record an intent or a
    perpetrator as a claim or an assessment, because an incursion has no field for either.

    >>> import airspace_events as ae
    >>> incursion = Incursion(
    ...     id="lv-2024-09-07",
    ...     state="LV",
    ...     crossing="reported",
    ...     time=ae.ReportedTime(value="2024-09-07"),
    ...     sources=(ae.Citation(source="unn-lv"),),
    ... )
    >>> incursion.kinds
    ('crossing',)
    """

    type: Literal["incursion"] = TAG
    title: Name | None = None
    """A title for human readers."""
    assessments: tuple[Assessment, ...] = ()
    """The desk's own assessments, each with its likelihood and confidence."""
    during: tuple[SeriesRef, ...] = ()
    """The series during which the incursion happened, such as attacks on another state."""
    part_of: SeriesRef | None = None
    """The series that the incursion is part of."""
    possibly_same_as: tuple[PossibleIncursion, ...] = ()
    """Other incursions that may be the same as this one."""
    sources: Annotated[tuple[Citation, ...], Field(min_length=1)]
    """Citations of the sources that support the record (at least one)."""

    fields_in_front: ClassVar[tuple[str, ...]] = ("title",)

    @property
    def kinds(self) -> tuple[IncursionKind, ...]:
        """The kinds of incursion that the record reports, computed from its fields.

        The kinds describe what was reported. The editor's judgement is in `crossing` and in the
        `entry` of each zone. Never add up counts of different kinds.

        Returns:
            All kinds that apply, or an empty tuple if no kind applies.
        """
        if self.occurrence == "discounted":
            return ("nothing",)
        entered = {KIND_OF_ZONE.get(one.type) for one in self.zones if one.entry != "discounted"}
        found: list[IncursionKind] = []
        if self.crossing is not None and self.crossing != "discounted":
            found.append("crossing")
        found.extend(kind for kind in ZONE_KINDS if kind in entered)
        if self.over in _OUTSIDE or self.distance is not None:
            found.append("approach")
        if found:
            return tuple(found)
        checks = [flown.checked for flown in self.objects]
        if checks and all(one is not None and one.result == "something_else" for one in checks):
            return ("mistaken",)
        return ("sighting",) if self._was_seen_inside() else ()

    def _was_seen_inside(self) -> bool:
        return (
            self.over in _INSIDE
            or any(place.role == "overflown" for place in self.places)
            or (self.totals is not None and self.totals.sightings is not None)
        )

    def _check(self) -> None:
        state = self.state
        if self.crossing is None:
            self._check_no_crossing()
        elif state is None:
            msg = "an incursion with a `crossing` needs the `state` whose border was crossed"
            raise PydanticCustomError("crossing_without_state", msg, {"at": "/crossing"})
        if state is None and not self.zones and not self._has_place():
            msg = "an incursion needs a `state`, a zone, or a place where it happened"
            raise PydanticCustomError("nowhere", msg)
        check_items(self)
        if self.assessments:
            check_assessments(self, self.assessments)

    def _check_no_crossing(self) -> None:
        for name in _NEED_A_CROSSING:
            if self.__dict__[name]:
                msg = "`{name}` needs `crossing`, because it describes a border crossing"
                context = {"name": name, "at": f"/{name}"}
                raise PydanticCustomError("crossing_missing", msg, context)
        if self.totals is not None and self.totals.crossings is not None:
            msg = "`{name}` needs `crossing`, because it describes a border crossing"
            context = {"name": "totals.crossings", "at": "/totals/crossings"}
            raise PydanticCustomError("crossing_missing", msg, context)

    def _has_place(self) -> bool:
        return any(place.role not in ELSEWHERE and says_something(place) for place in self.places)


def says_something(place: Place) -> bool:
    """Return whether a place has any field other than its id."""
    return any(value is not None for name, value in vars(place).items() if name != "id")


class Series(SeriesFields, SourcedRecord, frozen=True):
    """Events that reports mention together, such as "repeated incursions"."""

    type: Literal["series"] = TAG
    title: Name
    """A title for human readers."""
    kind: SeriesKind
    """The kind of events in the series."""
    part_of: SeriesRef | None = None
    """The larger series that this series is part of."""

    fields_in_front: ClassVar[tuple[str, ...]] = ("kind", "title")

    def _check(self) -> None:
        check_items(self)


class Finding(FindingFields, SourcedRecord, frozen=True):
    """The finding of an object, or part of an object, on the ground or in the water."""

    type: Literal["finding"] = TAG
    links: tuple[PossibleIncursion, ...] = ()
    """The incursions that may explain this finding."""
