"""What a rule is: a function over one kind of value that finds what should be looked at."""

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
    """What a rule may look at beside its value.

    Attributes:
        record: the record that holds the value, or is it.
        raw: its bytes.
        now: the instant that counts as the present, if one was given.
    """

    record: Record
    raw: RawRecord
    now: datetime | None


Check = Callable[[Any, Surroundings], Iterator[Problem]]


class Rule(NamedTuple):
    """A rule.

    Attributes:
        model: the class of value that it looks at, subclasses included.
        field: the field that must have been given for it to have anything to look at.
        codes: the codes of what it finds.
        check: the function that finds it.
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
            model: the class of value that it looks at, subclasses included.
            codes: the codes of what it finds; each must be in a module of ``codes``.
            field: the field that must have been given for it to have anything to look at.
        """

        def register(
            check: Callable[[V, Surroundings], Iterator[Problem]],
        ) -> Callable[[V, Surroundings], Iterator[Problem]]:
            self.all.append(Rule(model, field, codes, check))
            return check

        return register
