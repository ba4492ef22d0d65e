"""What the parts of a comparison of schemas hand to each other."""

from typing import Any, Literal, NamedTuple

from airspace_events.schema.comparison.changes import ChangeKind, Place
from airspace_events.schema.comparison.documents import Schema

Effect = Literal["nothing", "wider", "narrower", "both", "maybe_both"]
"""To let through more, less, some more and some less, or something that cannot be told."""


class Difference(NamedTuple):
    """One thing that two schemas say differently.

    Attributes:
        kind: what changed.
        message: what changed, in words that follow the place.
        effect: what it does to the values that are let through.
        old: what the old schema says; None if nothing.
        new: what the new one says, likewise.
        steps: where, from the value that is compared.
    """

    kind: ChangeKind
    message: str
    effect: Effect
    old: Any = None
    new: Any = None
    steps: Place = ()


class Inner(NamedTuple):
    """Two schemas of a part of a value, which are still to be compared.

    Attributes:
        old: the old schema.
        new: the new one.
        steps: where the part is in the value.
    """

    old: Schema
    new: Schema
    steps: Place
