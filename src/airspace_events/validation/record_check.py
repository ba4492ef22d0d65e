"""Looks at one entry of a feed: what is wrong with it by itself, and what it tells others."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import NamedTuple

from pydantic import ValidationError

from airspace_events.diagnostics.problem import Parts, Problem
from airspace_events.feeds.faults import Fault
from airspace_events.feeds.header import SCHEMA_VERSION, FeedHeader
from airspace_events.feeds.locating import Locator, pointer
from airspace_events.feeds.reading import Entry, json_object, model_of
from airspace_events.models.records import type_of
from airspace_events.safe_text import safe
from airspace_events.validation.facts import Facts, facts_of
from airspace_events.validation.notices import Notice
from airspace_events.validation.rule_runner import Walker
from airspace_events.validation.rules import RULES
from airspace_events.validation.rules.rule import Surroundings
from airspace_events.validation.schema_errors import record_id, shape_notices
from airspace_events.validation.settings import Settings


class Unreadable(NamedTuple):
    """That a record is not valid, so that of it only its name is known.

    Attributes:
        id: the id that it gives itself.
        kind: the type that it says it is of; None if that is none.
    """

    id: str
    kind: str | None


class Inspector:
    """Looks at entries, one by one."""

    def __init__(self, settings: Settings, now: datetime | None) -> None:
        wanted = [rule for rule in RULES if any(settings.wants(code) for code in rule.codes)]
        self._walker = Walker(wanted)
        self._now = now

    def inspect(
        self, entry: Entry, file: str, has_room: Callable[[str], bool]
    ) -> tuple[list[Notice], Facts | Unreadable | None]:
        """What is wrong with an entry, and what others must know of it.

        Args:
            entry: the entry.
            file: the feed, as it was named.
            has_room: whether a notice of a code will be listed.
        """
        if entry.record is not None and entry.raw is not None and not entry.faults:
            if isinstance(entry.record, FeedHeader):
                return list(_version_notices(entry.record, file, entry)), None
            around = Surroundings(entry.record, entry.raw, self._now)
            found = self._walker.walk(around)
            notices = list(_rule_notices(found.findings, entry, file)) if found.findings else []
            return notices, facts_of(entry.record, found.names, entry.raw)
        return self._inspect_faulty(entry, file, has_room)

    def _inspect_faulty(
        self, entry: Entry, file: str, has_room: Callable[[str], bool]
    ) -> tuple[list[Notice], Facts | Unreadable | None]:
        name = record_id(entry.raw) if entry.raw else None
        notices = [_fault_notice(fault, file, name) for fault in entry.faults]
        told: Facts | Unreadable | None = None
        if entry.error is not None:
            model = model_of(entry.raw.data) if entry.raw else None
            told = Unreadable(name, type_of(model) if model else None) if name else None
            if entry.is_header:
                # Of a later version it may have fields that this one does not know.
                notices.extend(_version_notices(_bare_header(entry), file, entry))
            notices.extend(shape_notices(entry, file, has_room))
        elif isinstance(entry.record, FeedHeader):
            notices.extend(_version_notices(entry.record, file, entry))
        elif entry.record is not None and entry.raw is not None:
            found = self._walker.walk(Surroundings(entry.record, entry.raw, self._now))
            notices.extend(_rule_notices(found.findings, entry, file))
            told = facts_of(entry.record, found.names, entry.raw)
        elif name is not None:
            told = Unreadable(name, None)
        return notices, told


def kind_of(entry: Entry) -> str | None:
    """Which type of record an entry counts as; None if it is the header, or no record."""
    if entry.raw is None or entry.is_header:
        return None
    if entry.record is not None:
        return str(entry.record.type)
    model = model_of(entry.raw.data)
    return "unknown" if model is None else type_of(model)


def _rule_notices(
    findings: list[tuple[Parts, Problem]], entry: Entry, file: str
) -> Iterator[Notice]:
    if entry.raw is None:
        return
    locator = Locator(entry.raw)
    for parts, finding in findings:
        line, column = locator.place_of(parts)
        yield Notice(
            code=finding.code,
            message=safe(finding.message),
            file=file,
            line=line,
            column=column,
            record=str(getattr(entry.record, "id", "")),
            pointer=pointer(parts),
            suggestion=finding.suggestion,
            context=finding.context,
        )


def _fault_notice(fault: Fault, file: str, record: str | None) -> Notice:
    return Notice(
        code=fault.code,
        message=safe(fault.message),
        file=file,
        line=fault.line,
        column=fault.column,
        record=record,
        pointer=fault.pointer,
        context=fault.context,
    )


def _bare_header(entry: Entry) -> FeedHeader | None:
    """A header with nothing but its version, if that can be read."""
    told = json_object(entry.raw.data) if entry.raw else None
    try:
        return FeedHeader.model_validate(
            {"type": "feed", "schema_version": (told or {}).get("schema_version")}
        )
    except ValidationError:
        return None


def _version_notices(header: FeedHeader | None, file: str, entry: Entry) -> Iterator[Notice]:
    if header is None:
        return
    given, known = (
        tuple(int(part) for part in version.split("."))
        for version in (header.schema_version, SCHEMA_VERSION)
    )
    if given[0] == known[0] and given <= known:
        return
    newer = given[0] == known[0]
    place = Locator(entry.raw).place_of(("schema_version",)) if entry.raw else (1, 1)
    reads = f"this library reads {SCHEMA_VERSION}"
    yield Notice(
        code="schema_version_newer" if newer else "schema_version_unknown",
        message=f'schema version "{header.schema_version}" is not known; {reads}',
        file=file,
        line=place[0],
        column=place[1],
        pointer="/schema_version",
        context={"given": header.schema_version, "known": SCHEMA_VERSION},
    )
