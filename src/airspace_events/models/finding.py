"""Findings: what was found on the ground, linked to an incursion later or never."""

from typing import Literal

from airspace_events.models.base import SourcedRecord
from airspace_events.models.incursion import PossibleIncursion
from airspace_events.values.base import TAG
from airspace_events.values.event_fields import FindingFields


class Finding(FindingFields, SourcedRecord, frozen=True):
    """Something that was found on the ground or in the water."""

    type: Literal["finding"] = TAG
    links: tuple[PossibleIncursion, ...] = ()
    """The incursions from which it may come."""
