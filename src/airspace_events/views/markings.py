"""Restrictions on the publication of records."""

from __future__ import annotations

from datetime import datetime

from airspace_events.models.records import Record


def is_under_embargo(record: Record, now: datetime) -> bool:
    """Return whether a record must not be published yet."""
    until = record.marking.embargo_until if record.marking else None
    return until is not None and now < until


def is_restricted(record: Record, now: datetime) -> bool:
    """Return whether a record is under embargo, or has a TLP label other than TLP:CLEAR."""
    label = record.marking.tlp if record.marking else None
    return label not in (None, "clear") or is_under_embargo(record, now)
