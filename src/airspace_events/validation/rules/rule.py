"""Rules, which are functions that check one class of value and yield its problems."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any, NamedTuple, TypeVar

from airspace_events.diagnostics.problem import Problem
from airspace_events.feeds.locating import RawRecord
from airspace_events.models.records import Record
from airspace_events.values.base import Value

V = TypeVar("V", bound=Value)


class Surroundings(NamedTuple):
    """The record and the time that a rule may use in addition to its value.

    Attributes:
        record:
    the record that contains the value, or the checked record itself.
        raw: the bytes of the record.
        now: the instant to use as the current time, if given.
    """

    record: Record
    raw: RawRecord
    now: datetime | None


Check = Callable[[Any, Surroundings], Iterator[Problem]]


class Rule(NamedTuple):
    """A rule, which checks one class of value.

    Attributes:
        model: the value class that the rule checks, including subclasses.
        field: the field that must be present for the rule to run; None for a rule that always
            runs.
        codes: the codes of the problems that the rule can find.
        check: the function that yields the problems.
    """

    model: type[Value]
    field: str | None
    codes: tuple[str, ...]
    check: Check


class Rules:
    """A list of the rules in one module."""

    def __init__(self) -> None:
        self.all: list[Rule] = []

    def rule(
        self, model: type[V], *codes: str, field: str | None = None
    ) -> Callable[
        [Callable[[V, Surroundings], Iterator[Problem]]],
        Callable[[V, Surroundings], Iterator[Problem]],
    ]:
        """Register a function as a rule.

        Args:
            model: the value class that the rule checks, including subclasses.
            codes: the codes of the problems that the rule can find, which must be in the registry.
            field: the field that must be present for the rule to run; None for a rule that always
                runs.
        """

        def register(
            check: Callable[[V, Surroundings], Iterator[Problem]],
        ) -> Callable[[V, Surroundings], Iterator[Problem]]:
            self.all.append(Rule(model, field, codes, check))
            return check

        return register
