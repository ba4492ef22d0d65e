"""Rules for the content of records whose shape is valid."""

from airspace_events.validation.rules import (
    evidence,
    memberships,
    objects,
    places,
    statements,
    texts,
    times,
)
from airspace_events.validation.rules.rule import Rule

RULES: tuple[Rule, ...] = tuple(
    rule
    for module in (times, memberships, places, evidence, statements, objects, texts)
    for rule in module.RULES.all
)
"""All rules that check single records, in the order in which they run."""
