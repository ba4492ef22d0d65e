"""Findings: what was found on the ground, linked to an incursion later or never."""

from typing import Literal

from airspace_events.models.base import SourcedRecord
from airspace_events.models.incursion import PossibleIncursion
from airspace_events.values.base import TAG
from airspace_events.values.measures import ReportedCount
from airspace_events.values.places import Place
from airspace_events.values.references import ActorRef
from airspace_events.values.scalars import Name
from airspace_events.values.time import ReportedTime
from airspace_events.vocabulary.events import FindingCondition, FindingHandling
from airspace_events.vocabulary.objects import ObjectCategory, Payload


class Finding(SourcedRecord, frozen=True):
    """Something that was found on the ground or in the water."""

    type: Literal["finding"] = TAG
    found: ReportedTime
    """When it was found, which is not when it fell."""
    place: Place
    """Where."""
    count: ReportedCount | None = None
    """How many were found."""
    condition: FindingCondition | None = None
    """In what state."""
    category: ObjectCategory | None = None
    """What kind of object it comes from."""
    designation: Name | None = None
    """Its make or model as the report names it."""
    payload: Payload | None = None
    """What it carried."""
    found_by: tuple[ActorRef, ...] = ()
    """Who found it."""
    handling: tuple[FindingHandling, ...] = ()
    """What was done with it."""
    links: tuple[PossibleIncursion, ...] = ()
    """The incursions from which it may come."""
