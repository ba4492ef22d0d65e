"""What a rule is: a function over one kind of value that finds what should be looked at."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple, TypeVar

from airspace_events.feeds.raw_record import RawRecord
from airspace_events.models.records import Record
from airspace_events.values.base import Value

V = TypeVar("V", bound=Value)


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule found.

    Attributes:
        code: the code of the notice.
        message: what is wrong, in a sentence that begins in lower case and has no full stop.
        parts: the parts of the JSON Pointer from the value to the fault; none for the value.
        suggestion: what was probably meant.
        context: the facts of the finding, by name.
    """

    code: str
    message: str
    parts: tuple[int | str, ...] = ()
    suggestion: str | None = None
    context: Mapping[str, Any] = field(default_factory=dict[str, Any])


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


Check = Callable[[Any, Surroundings], Iterator[Finding]]


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
        [Callable[[V, Surroundings], Iterator[Finding]]],
        Callable[[V, Surroundings], Iterator[Finding]],
    ]:
        """Register a function as a rule.

        Args:
            model: the class of value that it looks at, subclasses included.
            codes: the codes of what it finds; each must be in a module of ``codes``.
            field: the field that must have been given for it to have anything to look at.
        """

        def register(
            check: Callable[[V, Surroundings], Iterator[Finding]],
        ) -> Callable[[V, Surroundings], Iterator[Finding]]:
            self.all.append(Rule(model, field, codes, check))
            return check

        return register
