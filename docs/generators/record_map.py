"""A map of the records in four groups, with the fields that connect the groups."""

from collections.abc import Mapping
from typing import NamedTuple

from airspace_events.models.records import RECORD_CLASSES
from airspace_events.schema.codebook import named_by
from airspace_events.values.structure import fields_of


class Group(NamedTuple):
    """Types of records that describe the same kind of thing.

    Attributes:
        kinds: the types of the records.
        about: the common subject of the records.
    """

    kinds: tuple[str, ...]
    about: str


GROUPS: Mapping[str, Group] = {
    "source": Group(("source",), "where it is from"),
    "statement": Group(("statement",), "who said what"),
    "event": Group(("incursion", "series", "finding"), "what happened"),
    "actor": Group(("state", "alliance", "organization", "official"), "who acts and speaks"),
}
"""The groups, by the name of each in the Mermaid source."""

_GROUP_OF = {kind: name for name, group in GROUPS.items() for kind in group.kinds}
_GROUP_OF["object"] = "event"
_MOST_FIELDS = 4


def arrows() -> Mapping[tuple[str, str], tuple[str, ...]]:
    """Return the fields with which one group refers to another, in the order of the groups."""
    found: dict[tuple[str, str], set[str]] = {}
    for kind, model in RECORD_CLASSES.items():
        for field, named in named_by(model):
            here, there = _GROUP_OF[kind], _GROUP_OF[named if named != "same" else kind]
            if here != there:
                found.setdefault((here, there), set()).add(field)
    order = list(GROUPS)
    pairs = sorted(found, key=lambda pair: [order.index(name) for name in pair])
    return {(here, there): _in_order(here, found[here, there]) for here, there in pairs}


def _in_order(group: str, fields: set[str]) -> tuple[str, ...]:
    every = [name for kind in GROUPS[group].kinds for name in fields_of(RECORD_CLASSES[kind])]
    return tuple(name for name in dict.fromkeys(every) if name in fields)


def _shown(fields: tuple[str, ...]) -> str:
    more = ", ..." if len(fields) > _MOST_FIELDS else ""
    return ", ".join(fields[:_MOST_FIELDS]) + more


def mermaid_map() -> str:
    """Return the map as a Mermaid flowchart."""
    lines = ["flowchart LR"]
    lines += [
        f'    {name}["<b>{"<br>".join(group.kinds)}</b><br><i>{group.about}</i>"]'
        for name, group in GROUPS.items()
    ]
    lines += [
        f'    {here} -->|"{_shown(fields)}"| {there}' for (here, there), fields in arrows().items()
    ]
    return "\n".join(lines) + "\n"
