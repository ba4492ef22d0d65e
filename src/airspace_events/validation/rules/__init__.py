"""Rules for the content of records whose structure is valid.

Another package adds rules with `Rules`; see the page "Rules and words of your own".
"""

from airspace_events.diagnostics.problem import Problem
from airspace_events.validation.codes import Code
from airspace_events.validation.rules import (
    evidence,
    memberships,
    objects,
    places,
    statements,
    texts,
    times,
)
from airspace_events.validation.rules.rule import Rule, Rules, Surroundings

__all__ = ["RULES", "Code", "Problem", "Rule", "Rules", "Surroundings"]

RULES: tuple[Rule, ...] = tuple(
    rule
    for module in (times, memberships, places, evidence, statements, objects, texts)
    for rule in module.RULES
)
"""All rules that check single records, in the order in which they run."""
