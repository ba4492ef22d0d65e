"""Construction of the sources that a row names, and of their citations."""

from __future__ import annotations

from hashlib import sha256
from typing import Any, NamedTuple

from pydantic_core import to_json

from airspace_events.diagnostics.problem import Parts
from airspace_events.formats.spreadsheets.paths import CITED, SOURCE
from airspace_events.formats.spreadsheets.records import (
    Complaint,
    InvalidError,
    Placed,
    grown,
    parsed,
)
from airspace_events.models.records import Record

_DIGEST = 16


class CitedSource(NamedTuple):
    """A source that a row names.

    Attributes:
        record: the source.
        citation: the citation of the source, as JSON.
        origins: a mapping from the members of the citation to the columns that they come from.
    """

    record: Record
    citation: dict[str, Any]
    origins: dict[Parts, tuple[str, ...]]


def cited_sources(placed: list[Placed], tracker: str) -> list[CitedSource]:
    """Return the sources made from values; split cells make several sources.

    Args:
        placed: the values for one source column, or for columns that belong together.
        tracker: the id of the sheet, which is the beginning of the ids of the sources.

    Raises:
        InvalidError: a source is invalid, or the columns list different numbers of sources.
    """
    lists = [it for it in placed if _is_split(it)]
    if len({len(it.value) for it in lists}) > 1:
        columns = tuple(name for it in lists for name in it.columns)
        counts = ", ".join(str(len(it.value)) for it in lists)
        reason = (
            f"the columns with the sources of the row have different numbers of values: {counts}"
        )
        raise InvalidError([Complaint(columns, reason)])
    found: list[CitedSource] = []
    for number in range(len(lists[0].value) if lists else 1):
        one = [it._replace(value=it.value[number]) if _is_split(it) else it for it in placed]
        value, origins = grown([it for it in one if it.value is not None])
        if not any(origins.values()):
            continue
        cited = {name: value.pop(name) for name in CITED if name in value}
        own = {at: it for at, it in origins.items() if at[0] not in CITED}
        name = f"{tracker}-{sha256(to_json(value)).hexdigest()[:_DIGEST]}"
        record = parsed({"type": SOURCE, "id": name, **value}, own, optional=True)
        of_citation = {at: it for at, it in origins.items() if at[0] in CITED}
        found.append(CitedSource(record, {"source": name, **cited}, of_citation))
    return found


def _is_split(placed: Placed) -> bool:
    return isinstance(placed.value, list) and bool(placed.columns)
