"""The effects of an event on the ground and on air traffic."""

from airspace_events.values.base import Value
from airspace_events.values.measures import ReportedCount
from airspace_events.values.references import ItemId
from airspace_events.values.scalars import Text
from airspace_events.values.time import ReportedTime
from airspace_events.vocabulary.terms import EffectCause, EffectKind


class Effect(Value, frozen=True):
    """Harm or disruption on the ground or in air traffic, with its cause."""

    kind: EffectKind
    """The kind of effect."""
    id: ItemId | None = None
    """The id of the effect within this record, for claims."""
    count: ReportedCount | None = None
    """The number of houses, people or flights affected."""
    cause: EffectCause | None = None
    """The cause of the effect, which may be a missile that the defenders fired."""
    place: ItemId | None = None
    """The id of the place in this record where the effect occurred."""
    time: ReportedTime | None = None
    """The time of the effect."""
    note: Text | None = None
    """Free text for anything else about the effect."""
