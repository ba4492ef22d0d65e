"""What an event did on the ground and in the air."""

from airspace_events.values.base import Value
from airspace_events.values.measures import ReportedCount
from airspace_events.values.references import ItemId
from airspace_events.values.scalars import Text
from airspace_events.values.time import ReportedTime
from airspace_events.vocabulary.events import EffectCause, EffectKind


class Effect(Value, frozen=True):
    """Harm or disruption, and what caused it."""

    kind: EffectKind
    """What it was."""
    id: ItemId | None = None
    """Its name within this record, so that claims can point at it."""
    count: ReportedCount | None = None
    """How many: houses, people, flights."""
    cause: EffectCause | None = None
    """What caused it: a house can be hit by the defender."""
    place: ItemId | None = None
    """Where: the id of a place of this record."""
    time: ReportedTime | None = None
    """When."""
    note: Text | None = None
    """Anything else about it."""
