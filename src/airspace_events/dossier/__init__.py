"""The dossier and the classes of its answers."""

from airspace_events.dossier.attributed_claims import AttributedClaim
from airspace_events.dossier.corroboration import Corroboration, Grading
from airspace_events.dossier.dossier import Dossier
from airspace_events.dossier.event_search import Matches, RecordedResponse
from airspace_events.dossier.positions import Position, Voice
from airspace_events.dossier.summary import Summary, SummaryRow
from airspace_events.dossier.tallies import CountRange, Tally
from airspace_events.dossier.timeline import TimelineEntry

__all__ = [
    "AttributedClaim",
    "Corroboration",
    "CountRange",
    "Dossier",
    "Grading",
    "Matches",
    "Position",
    "RecordedResponse",
    "Summary",
    "SummaryRow",
    "Tally",
    "TimelineEntry",
    "Voice",
]
