"""Rules, which are functions that check one class of value and return its problems."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any, NamedTuple, TypeVar

from airspace_events.diagnostics.problem import Problem
from airspace_events.feeds.locating import RawRecord
from airspace_events.models.records import Record
from airspace_events.values.base import Value


class Surroundings(NamedTuple):
    """The record and the time that a rule may use in addition to its value.

    Attributes:
        record: the record that contains the value, or the checked record itself.
        raw: the bytes of the record.
        now: the instant to use as the current time, if given.
    """

    record: Record
    raw: RawRecord
    now: datetime | None


C = TypeVar("C", bound="Check")
Check = Callable[[Any, Surroundings], Problem | Iterable[Problem] | None]
"""A function that returns the problem of a value, several problems, or None.

A generator function is also a check, but takes time even if the value has no problem.
"""


class Rule(NamedTuple):
    """A rule, which checks one class of value.

    Attributes:
        model: the value class that the rule checks, including subclasses.
        field: the field that must be present for the rule to run.
        codes: the codes of the problems that the rule can find.
        check: the function that returns the problems.
    """

    model: type[Value]
    field: str
    codes: tuple[str, ...]
    check: Check


class Rules:
    """A list of the rules in one module."""

    def __init__(self) -> None:
        self.all: list[Rule] = []

    def rule(self, model: type[Value], *codes: str, field: str) -> Callable[[C], C]:
        """Register a function as a rule.

        Args:
            model: the value class that the rule checks, including subclasses.
            codes: the codes of the problems that the rule can find, which must be in the registry.
            field: the field that must be present for the rule to run.
        """

        def register(check: C) -> C:
            self.all.append(Rule(model, field, codes, check))
            return check

        return register
