"""Checks of single entries of a feed, which also extract the facts that other records need.

One walk over a record runs every rule for its values and collects its references.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple, TypeAlias, cast

from pydantic import ValidationError

from airspace_events.diagnostics.problem import Parts, Problem
from airspace_events.diagnostics.pydantic_errors import problems_in
from airspace_events.feeds.header import SCHEMA_VERSION, FeedHeader
from airspace_events.feeds.locating import RawRecord
from airspace_events.feeds.reading import Entry, json_object, model_of, root_of
from airspace_events.models.records import type_of
from airspace_events.safe_text import safe
from airspace_events.validation.codes import CODES
from airspace_events.validation.facts import Facts, facts_of
from airspace_events.validation.notices import Notice, NoticeCollector, Where
from airspace_events.validation.rules import RULES
from airspace_events.validation.rules.rule import Check, Rule, Surroundings
from airspace_events.validation.settings import Settings
from airspace_events.values.base import Value
from airspace_events.values.references import Reference
from airspace_events.values.structure import NamedRecord, OpenValue, fields_of, named_in_open

_LONGEST_KEY = 200


class Unreadable(NamedTuple):
    """The id and the type of an invalid record.

    Attributes:
        id: the id in the record.
        kind: the type in the record; None if it is not a valid type.
    """

    id: str
    kind: str | None


Told: TypeAlias = Facts | Unreadable | None
"""The facts of an entry that other records need, or None."""


class RecordCheck:
    """A checker of single entries of a feed."""

    def __init__(self, settings: Settings, now: datetime | None) -> None:
        self._walker = _walker(settings.codes)
        self._now = now

    def check(
        self, entries: Iterable[Entry], file: str, collector: NoticeCollector
    ) -> Iterator[tuple[Entry, Told, Where]]:
        """Check each entry separately, collect its notices, and count the records.

        Args:
            entries: the entries.
            file: the name of the feed as given.
            collector: the collector of the notices.

        Yields:
            Each entry, the facts that other
                records need, and its position.
        """
        for entry in entries:
            raw, record = entry.raw, entry.record
            where = Where(file, raw.line if raw else 1, raw)
            if raw is None or record is None or entry.problems or entry.is_header:
                reported = self._check_faulty(entry, where, collector)
            else:
                reported = self._check_valid(entry, where, collector)
            yield entry, reported, where

    def _check_valid(self, entry: Entry, where: Where, collector: NoticeCollector) -> Facts | None:
        """Run the rules on the record of an entry."""
        raw, record = entry.raw, entry.record
        if raw is None or record is None or isinstance(record, FeedHeader):
            return None
        collector.records[record.type] += 1
        found = self._walker.walk(Surroundings(record, raw, self._now))
        if found.problems:
            collector.add(where.notice(problem, record.id) for problem in found.problems)
        return facts_of(record, found.names, raw)

    def _check_faulty(self, entry: Entry, where: Where, collector: NoticeCollector) -> Told:
        """Report the problems in the bytes and the shape of an entry, or check a header."""
        raw, record = entry.raw, entry.record
        name = record_id(raw) if raw and (entry.problems or record is None) else None
        collector.add(where.notice(problem, name) for problem in entry.problems)
        header = record if isinstance(record, FeedHeader) else None
        if entry.error is not None and entry.is_header:
            # The header of a later version may have fields that this version does not know.
            header = _bare_header(entry)
        if header is not None:
            collector.add(where.notice(problem, None) for problem in _version_problems(header))
        if entry.error is not None:
            collector.add(shape_notices(entry, where.file, collector.has_room))
        if record is not None:
            return self._check_valid(entry, where, collector)
        model = model_of(raw.data) if raw else None
        if raw is not None and not entry.is_header:
            collector.records["unknown" if model is None else type_of(model)] += 1
        if name is None:
            return None
        return Unreadable(name, type_of(model) if model and entry.error is not None else None)


def _bare_header(entry: Entry) -> FeedHeader | None:
    """Return a header with only the version, or None if the version cannot be read."""
    reported = json_object(entry.raw.data) if entry.raw else None
    try:
        return FeedHeader.model_validate(
            {"type": "feed", "schema_version": (reported or {}).get("schema_version")}
        )
    except ValidationError:
        return None


def _version_problems(header: FeedHeader) -> Iterator[Problem]:
    given, known = (
        tuple(int(part) for part in version.split("."))
        for version in (header.schema_version, SCHEMA_VERSION)
    )
    if given[0] == known[0] and given <= known:
        return
    reads = f"this library reads {SCHEMA_VERSION}"
    yield Problem(
        "schema_version_newer" if given[0] == known[0] else "schema_version_unknown",
        f'schema version "{header.schema_version}" is not supported; {reads}',
        ("schema_version",),
        context={"given": header.schema_version, "known": SCHEMA_VERSION},
    )


class Found(NamedTuple):
    """The results of a walk over a record, in the order of its fields.

    Attributes:
        names: the references to other records.
        problems: the problems that the rules found, with pointers that start at the record.
    """

    names: list[NamedRecord]
    problems: list[Problem]


class _Plan(NamedTuple):
    """The checks, references and child fields of a value class."""

    checks: tuple[tuple[str | None, Check], ...]
    references: tuple[tuple[str, bool, Reference], ...]
    children: tuple[str, ...]


class Walker:
    """A runner of the rules for all values of a record."""

    def __init__(self, rules: Iterable[Rule] = RULES) -> None:
        self._rules = tuple(rules)
        self._plans: dict[type[Value], _Plan] = {}

    def walk(self, around: Surroundings) -> Found:
        """Visit every value of a record that has rules or may contain references."""
        found = Found([], [])
        self._visit(around.record, (), around, found)
        return found

    def _visit(  # noqa: C901 (a visit is the hot path: one more call for each field would be measurable)
        self, value: Value, at: Parts, around: Surroundings, found: Found
    ) -> None:
        plan = self._plans.get(type(value)) or self._plan(type(value))
        fields, given = value.__dict__, value.__pydantic_fields_set__
        for field, check in plan.checks:
            if field is None or field in given:
                for problem in check(value, around):
                    found.problems.append(replace(problem, parts=(*at, *problem.parts)))
        if plan.references:
            found.names.extend(_names(plan, fields, at))
        # Follow the order of the fields, because the order of a set differs in every process.
        for name in plan.children:
            if name in given:
                child = fields[name]
                if isinstance(child, tuple):
                    for number, one in enumerate(cast("tuple[Value, ...]", child)):
                        self._visit(one, (*at, name, number), around, found)
                elif isinstance(child, Value):
                    self._visit(child, (*at, name), around, found)
                elif child is not None:
                    # A plain value can only be an open value, whose type depends on other fields.
                    found.names.extend(named_in_open(cast("OpenValue", value), at))

    def _plan(self, model: type[Value]) -> _Plan:
        shapes = fields_of(model).values()
        plan = _Plan(
            tuple(
                (rule.field, rule.check) for rule in self._rules if issubclass(model, rule.model)
            ),
            tuple((f.name, f.many, f.reference) for f in shapes if f.reference),
            tuple(
                f.name
                for f in shapes
                if f.is_open or any(self._concerns(c, (model,)) for c in f.models.values())
            ),
        )
        self._plans[model] = plan
        return plan

    def _concerns(self, model: type[Value], seen: tuple[type[Value], ...]) -> bool:
        """Return whether a class or one of its fields has a rule or a reference."""
        if model in seen:
            return False
        if any(issubclass(model, rule.model) for rule in self._rules):
            return True
        return any(
            shape.reference
            or shape.is_open
            or any(self._concerns(m, (*seen, model)) for m in shape.models.values())
            for shape in fields_of(model).values()
        )


@lru_cache(maxsize=8)
def _walker(codes: frozenset[str]) -> Walker:
    """Return the walker for the rules of some codes; its plans are kept for later checks."""
    return Walker(rule for rule in RULES if codes.intersection(rule.codes))


def _names(plan: _Plan, fields: Mapping[str, Any], at: Parts) -> Iterator[NamedRecord]:
    """Yield the references in the fields of a value."""
    for name, many, reference in plan.references:
        named = fields[name]
        if many:
            for number, one in enumerate(named):
                yield NamedRecord(one, reference, (*at, name, number))
        elif named is not None:
            yield NamedRecord(named, reference, (*at, name))


def shape_notices(entry: Entry, file: str, has_room: Callable[[str], bool]) -> Iterator[Notice]:
    """Yield the notices of an entry whose shape is not valid.

    Args:
        entry: the entry.
        file: the name of the feed as given.
        has_room: returns whether a notice with a given code will be listed.
    """
    raw, error = entry.raw, entry.error
    if raw is None or error is None:
        return
    record, where = record_id(raw), Where(file, raw.line, raw)
    given = json_object(raw.data)
    for problem in problems_in(error, root_of(entry), given, suggests=has_room):
        parts = _shortened(problem.parts)
        reported = replace(
            problem,
            # A later version of pydantic may have new kinds of error.
            code=problem.code if problem.code in CODES else "invalid_value",
            parts=parts,
            context={"field": str(parts[-1])} if parts else {},
        )
        yield where.notice(reported, record)


def _shortened(parts: Parts) -> Parts:
    """Return the parts of a pointer that come before the first key that is too long to show."""
    for depth, part in enumerate(parts):
        if isinstance(part, str) and len(part) > _LONGEST_KEY:
            return parts[:depth]
    return parts


def record_id(raw: RawRecord) -> str | None:
    """Return the id in the bytes of a record, or None if the id cannot be read."""
    value = json_object(raw.data)
    name = _first_id(raw.data) if value is None else value.get("id")
    return safe(name[:128]) if isinstance(name, str) else None


def _first_id(data: bytes) -> str | None:
    """Return the first id in bytes that are not valid JSON, or None."""
    _, found, rest = data.partition(b'"id":')
    quoted = rest.lstrip()
    end = quoted.find(b'"', 1)
    if not found or quoted[:1] != b'"' or not 0 < end < _LONGEST_KEY:
        return None
    return quoted[1:end].decode(errors="replace")
