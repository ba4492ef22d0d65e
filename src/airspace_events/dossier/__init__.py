"""The dossier and the classes of its answers."""

from airspace_events.dossier.corroboration import Corroboration, Grading
from airspace_events.dossier.dossier import Dossier
from airspace_events.dossier.duplicates import PossibleDuplicate, PossibleDuplicates
from airspace_events.dossier.events import Matches, RecordedResponse, TimelineEntry
from airspace_events.dossier.positions import AttributedClaim, Position, Voice
from airspace_events.dossier.resemblance import Reason
from airspace_events.dossier.states_by_months import StateMonth, StatesByMonths
from airspace_events.dossier.summary import Summary, SummaryRow
from airspace_events.dossier.tallies import CountRange, Tally

__all__ = [
    "AttributedClaim",
    "Corroboration",
    "CountRange",
    "Dossier",
    "Grading",
    "Matches",
    "Position",
    "PossibleDuplicate",
    "PossibleDuplicates",
    "Reason",
    "RecordedResponse",
    "StateMonth",
    "StatesByMonths",
    "Summary",
    "SummaryRow",
    "Tally",
    "TimelineEntry",
    "Voice",
]
