"""Made-up records in any number, valid or with planted faults, for tests and measurements."""

from airspace_events.testing.faults import FAULTS, plant
from airspace_events.testing.synthetic import (
    PlantedFault,
    synthetic_faults,
    synthetic_lines,
    synthetic_records,
)

__all__ = [
    "FAULTS",
    "PlantedFault",
    "plant",
    "synthetic_faults",
    "synthetic_lines",
    "synthetic_records",
]
