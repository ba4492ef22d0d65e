"""The requirements on a feed that JSON Schema cannot express, with the reasons.

A test shows that each entry is needed, with an example that the schema accepts. Only this list may
excuse a difference between the schema and the parser.
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from airspace_events.validation.codes import FAMILIES


@dataclass(frozen=True, slots=True)
class Limit:
    """A requirement on a valid feed that no schema expresses.

    Attributes:
        code: the notice for it.
        what: the requirement.
        why: the reason why JSON Schema cannot express it.
        example: JSON that the schema accepts; empty if the code has an example in the rules.
        record: the id of the record, in the invented feed, that the example changes.
        at: the location in this record, as a JSON Pointer.
    """

    code: str
    what: str
    why: str
    example: str = ""
    record: str = ""
    at: str = ""


# The families of codes before the rules; schema_limits.toml lists their requirements.
_BEFORE_RULES = frozenset({"feeds", "shape", "references", "connections", "reports"})


@cache
def schema_limits() -> tuple[Limit, ...]:
    """Return every requirement that an error reports and no schema expresses, with its code."""
    file = files("airspace_events.schema") / "schema_limits.toml"
    table = tomllib.loads(file.read_text("utf-8"))
    reasons: dict[str, str] = table["reasons"]
    listed = [
        Limit(**{**entry, "why": reasons.get(entry["why"], entry["why"])})
        for entry in table["limits"]
    ]
    rules = [
        Limit(code.name, f"Not allowed: {code.meaning.partition('. ')[0]}.", reasons["rule"])
        for family, codes in FAMILIES.items()
        for code in codes
        if family not in _BEFORE_RULES and code.severity == "error"
    ]
    return (*listed, *rules)
