"""Rules: each is a function that checks one kind of value and yields the problems it finds."""

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
        record: the record that contains the value; the value itself if a record is checked.
        raw: the bytes of the record.
        now: the instant that counts as the present, if one was given.
    """

    record: Record
    raw: RawRecord
    now: datetime | None


Check = Callable[[Any, Surroundings], Iterator[Problem]]


class Rule(NamedTuple):
    """A rule: a check for one class of value.

    Attributes:
        model: the class of value that the rule checks, including subclasses.
        field: the field that must be present for the rule to run; None if it always runs.
        codes: the codes of the problems that the rule can find.
        check: the function that yields the problems.
    """

    model: type[Value]
    field: str | None
    codes: tuple[str, ...]
    check: Check


class Rules:
    """The rules of one module."""

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
            model: the class of value that the rule checks, including subclasses.
            codes: the codes of the problems that it can find; each must be in the registry.
            field: the field that must be present for the rule to run; None if it always runs.
        """

        def register(
            check: Callable[[V, Surroundings], Iterator[Problem]],
        ) -> Callable[[V, Surroundings], Iterator[Problem]]:
            self.all.append(Rule(model, field, codes, check))
            return check

        return register
