"""Incursions: that something flew, and that it crossed into a state's airspace."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from airspace_events.models.base import BaseRecord, check_pointer, check_supports
from airspace_events.values.assessments import Assessment
from airspace_events.values.base import TAG, Value
from airspace_events.values.citations import Citation
from airspace_events.values.effects import Effect
from airspace_events.values.measures import Distance, Duration, ReportedCount
from airspace_events.values.objects import AerialObject
from airspace_events.values.places import Airspace, Place
from airspace_events.values.references import ActorRef, IncursionRef, SeriesRef
from airspace_events.values.responses import Response
from airspace_events.values.scalars import Name
from airspace_events.values.time import ReportedTime
from airspace_events.vocabulary.claims import Likelihood
from airspace_events.vocabulary.events import EventStatus, IncursionScope
from airspace_events.vocabulary.state_codes import BorderSide


class PossibleIncursion(Value, frozen=True):
    """That an incursion may be the same as, or belong with, another one."""

    incursion: IncursionRef
    """The other incursion."""
    likelihood: Likelihood | None = None
    """How likely it is (ICD 203)."""


class Incursion(BaseRecord, frozen=True):
    """That something crossed, or is said to have crossed, into a state's airspace.

    The fields are the desk's judgement. An incursion has no intent and no perpetrator: those
    are always somebody's claim, or an assessment.

    >>> Incursion(
    ...     id="lv-2024-09-07",
    ...     airspace=Airspace(state="LV"),
    ...     time=ReportedTime(value="2024-09-07"),
    ...     sources=(Citation(source="unn-lv"),),
    ... ).occurrence
    'reported'
    """

    type: Literal["incursion"] = TAG
    title: Name | None = None
    """A title for people."""
    airspace: Airspace
    """Whose airspace."""
    time: ReportedTime
    """When."""
    scope: IncursionScope = "single"
    """Whether it is one incursion, or several that cannot be told apart."""
    occurrence: EventStatus = "reported"
    """How the desk judges that something flew."""
    crossing: EventStatus = "reported"
    """How the desk judges that it crossed."""
    crossings: ReportedCount | None = None
    """How many times the border was crossed: nineteen violations are not nineteen drones."""
    duration: Duration | None = None
    """How long it stayed."""
    depth: Distance | None = None
    """How far it came in."""
    entered_from: tuple[BorderSide, ...] = ()
    """Whence it came: a state's code, or ``international`` airspace."""
    exited_to: tuple[BorderSide, ...] = ()
    """Whither it went."""
    places: tuple[Place, ...] = ()
    """The places named, each with its role."""
    detected_by: tuple[ActorRef, ...] = ()
    """Who detected it."""
    objects: tuple[AerialObject, ...] = ()
    """What flew."""
    effects: tuple[Effect, ...] = ()
    """What it did."""
    responses: tuple[Response, ...] = ()
    """What was done in answer."""
    assessments: tuple[Assessment, ...] = ()
    """What the desk holds to be so, graded."""
    during: tuple[SeriesRef, ...] = ()
    """The series in whose course it happened: an attack on a neighbour."""
    part_of: SeriesRef | None = None
    """The series of which it is a part."""
    possibly_same_as: tuple[PossibleIncursion, ...] = ()
    """Incursions that may be this one."""
    sources: Annotated[tuple[Citation, ...], Field(min_length=1)]
    """The sources that support the record, at least one."""

    @model_validator(mode="after")
    def _is_supported(self) -> Self:
        check_supports(self, self.sources)
        for number, assessment in enumerate(self.assessments):
            if assessment.pointer is not None:
                check_pointer(self, assessment.pointer, f"/assessments/{number}/pointer")
        return self
