"""The rules: what should be looked at in records whose shape is valid."""

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
"""Every rule that looks at one record, in the order in which they run on a value."""
