"""Check single entries of a feed, and extract the facts that the checks of other records need.

For each value of a record, a visitor runs the rules, collects the references and counts the keys.
The function that visits a value is built from the annotations and the rules of the value's class.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple, TypeAlias, cast

from pydantic import ValidationError

from airspace_events.diagnostics.problem import Parts, Problem
from airspace_events.diagnostics.pydantic_errors import problems_in
from airspace_events.feeds.header import SCHEMA_VERSION, FeedHeader
from airspace_events.feeds.locating import RawRecord, shortened
from airspace_events.feeds.reading import Entry, json_object, losses, model_of, root_of
from airspace_events.models.records import Record, type_of
from airspace_events.reference.tables import RESERVED_ALLIANCES
from airspace_events.safe_text import safe
from airspace_events.validation.codes import CODES
from airspace_events.validation.facts import Facts, Named, facts_of
from airspace_events.validation.notices import Notice, NoticeCollector, Where
from airspace_events.validation.rules import RULES
from airspace_events.validation.rules.guarded import guarded
from airspace_events.validation.rules.rule import Rule, Surroundings
from airspace_events.validation.settings import Settings
from airspace_events.values.base import Value
from airspace_events.values.json_values import count_json_keys
from airspace_events.values.structure import OpenValue, count_keys, fields_of, named_in_open

_LONGEST_ID = 200


class Unreadable(NamedTuple):
    """The id and the type of an invalid record.

    Attributes:
        id: the id in the record.
        kind: the type in the record; None if it is not a valid type.
    """

    id: str
    kind: str | None


Told: TypeAlias = Facts | Unreadable | None
"""The facts that the checks of other records need, or None for an entry without facts."""


class RecordCheck:
    """A checker of single entries of a feed.

    Attributes:
        settings: the selected codes and changed severities.
    """

    def __init__(self, settings: Settings, now: datetime | None) -> None:
        if now is not None and now.tzinfo is None:
            msg = "`now` must have a time zone"
            raise ValueError(msg)
        self._visitor = _visitor(settings.codes, tuple(settings.rules))
        self.settings = settings
        self._now = now

    def __reduce__(self) -> tuple[type[RecordCheck], tuple[Settings, datetime | None]]:
        # Each process creates its own visitor.
        return RecordCheck, (self.settings, self._now)

    def check(
        self, entries: Iterable[Entry], file: str, collector: NoticeCollector
    ) -> Iterator[tuple[Entry, Told, Where]]:
        """Check each entry separately, collect its notices, and count the records.

        Args:
            entries: the entries.
            file: the name of the feed as given.
            collector: the collector that receives the notices.

        Yields:
            Each entry, the facts that other records need, and its position.
        """
        for entry in entries:
            raw, record = entry.raw, entry.record
            where = Where(file, raw.line if raw else 1, raw)
            reported: Told
            if raw is None or record is None or entry.is_header:
                reported = self._check_other(entry, where, collector)
            else:
                reported = self._check_record(cast("Record", record), raw, where, collector)
            yield entry, reported, where

    def _check_record(
        self, record: Record, raw: RawRecord, where: Where, collector: NoticeCollector
    ) -> Facts:
        collector.records[record.type] += 1
        found = self._visitor.visit(Surroundings(record, raw, self._now))
        problems = (*losses(raw, found.keys), *found.problems)
        if problems:
            collector.add(where.notice(problem, record.id) for problem in problems)
        return facts_of(record, found.names, raw)

    def _check_other(
        self, entry: Entry, where: Where, collector: NoticeCollector
    ) -> Unreadable | None:
        """Report the problems of an entry that is not a valid record, such as a header."""
        raw, header = entry.raw, entry.record
        name = record_id(raw) if raw and header is None else None
        problems = entry.problems
        if raw is not None and header is not None:
            problems = losses(raw, count_keys(header))
        collector.add(where.notice(problem, name) for problem in problems)
        if entry.error is not None and entry.is_header:
            # The header of a later version may have fields that this version does not know.
            header = _bare_header(entry)
        if isinstance(header, FeedHeader):
            collector.add(where.notice(problem, None) for problem in _version_problems(header))
        if entry.error is not None:
            collector.add(shape_notices(entry, where.file, collector.has_room))
        model = model_of(raw.data) if raw and entry.record is None else None
        if raw is not None and not entry.is_header:
            collector.records["unknown" if model is None else type_of(model)] += 1
        if name is None:
            return None
        return Unreadable(name, type_of(model) if model and entry.error is not None else None)


def _bare_header(entry: Entry) -> FeedHeader | None:
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


class Found:
    """The results of visiting a record. The results for outer values come first.

    Attributes:
        keys: the number of keys that the values have in JSON.
        names: the references to other records, except built-in records.
        problems: the problems that the rules found; their pointers start at the record.
    """

    __slots__ = ("keys", "names", "problems")

    def __init__(self) -> None:
        self.keys = 0
        self.names: list[Named] = []
        self.problems: list[Problem] = []

    def add_names(self, names: Iterable[Named]) -> None:
        """Add references, except those to built-in states and alliances."""
        for named in names:
            name, reference, _ = named
            is_alliance = name in RESERVED_ALLIANCES and "alliance" in reference.kinds
            # Only state codes have capital letters.
            if not (name[0].isupper() or is_alliance):
                self.names.append(named)

    def add_problems(self, found: Problem | Iterable[Problem], at: Parts) -> None:
        """Add problems for the value at a location."""
        for problem in (found,) if isinstance(found, Problem) else found:
            self.problems.append(replace(problem, parts=(*at, *problem.parts)))


_Visit: TypeAlias = Callable[[Value, Parts, Surroundings, Found], None]
_Step: TypeAlias = Callable[[Value, set[str], Parts, Surroundings, Found], None]


class Visitor(dict[type[Value], _Visit]):
    """A visitor of values. It builds the function for a class when the class first occurs."""

    def __init__(self, rules: Iterable[Rule] = RULES) -> None:
        super().__init__()
        self._rules = tuple(rules)

    def visit(self, around: Surroundings) -> Found:
        """Visit every value of a record that has rules or may contain references."""
        found = Found()
        self[type(around.record)](around.record, (), around, found)
        return found

    def __missing__(self, model: type[Value]) -> _Visit:
        made = (self._checks_of(model), self._references_of(model), self._values_of(model))
        steps = [step for fields, step in made if fields]
        # Most values have only fields that hold a word, a number or text.
        of_interest = frozenset[str]().union(*(fields for fields, _ in made))

        def visit(value: Value, at: Parts, around: Surroundings, found: Found) -> None:
            given = value.__pydantic_fields_set__
            found.keys += len(given)
            if not of_interest.isdisjoint(given):
                for step in steps:
                    step(value, given, at, around, found)

        self[model] = visit
        return visit

    def _checks_of(self, model: type[Value]) -> tuple[Sequence[str], _Step]:
        """Return the fields of a class that have a rule, and a function that runs the rules."""
        checks = [(one.field, one.check) for one in self._rules if issubclass(model, one.model)]

        def run(
            value: Value, given: set[str], at: Parts, around: Surroundings, found: Found
        ) -> None:
            for field, check in checks:
                if field in given and (problems := check(value, around)) is not None:
                    found.add_problems(problems, at)

        return [field for field, _ in checks], run

    def _references_of(self, model: type[Value]) -> tuple[Sequence[str], _Step]:
        """Return the fields of a class with references, and a function that collects them."""
        # A field that allows only states cannot name a record of the feed.
        references = [
            (one.name, one.many, one.reference)
            for one in fields_of(model).values()
            if one.reference is not None and one.reference.kinds != ("state",)
        ]

        def collect(
            value: Value, given: set[str], at: Parts, _: Surroundings, found: Found
        ) -> None:
            for field, many, reference in references:
                if field in given:
                    name = getattr(value, field)
                    if many:
                        names = enumerate(name)
                        found.add_names((one, reference, (*at, field, n)) for n, one in names)
                    elif name is not None:
                        found.add_names(((name, reference, (*at, field)),))

        return [field for field, *_ in references], collect

    def _values_of(self, model: type[Value]) -> tuple[Sequence[str], _Step]:
        """Return the fields of a class that contain values, and a function that visits them."""
        shapes = [s for s in fields_of(model).values() if s.models or s.mapping or s.is_open]

        # The fields are in a fixed order, because the order of a set differs between processes.
        def visit(
            value: Value, given: set[str], at: Parts, around: Surroundings, found: Found
        ) -> None:
            for shape in shapes:
                if shape.name in given:
                    inner = getattr(value, shape.name)
                    if shape.many:
                        for number, one in enumerate(inner):
                            self[type(one)](one, (*at, shape.name, number), around, found)
                    elif inner is None:
                        pass
                    elif shape.mapping:
                        found.keys += count_json_keys(inner)
                    elif shape.is_open and not isinstance(inner, Value):
                        found.add_names(named_in_open(cast("OpenValue", value), at))
                    else:
                        self[type(inner)](inner, (*at, shape.name), around, found)

        return [shape.name for shape in shapes], visit


@lru_cache(maxsize=8)
def _visitor(codes: frozenset[str], added: tuple[Rule, ...]) -> Visitor:
    rules = (*RULES, *map(guarded, added))
    return Visitor(rule for rule in rules if not rule.codes or codes.intersection(rule.codes))


def shape_notices(entry: Entry, file: str, has_room: Callable[[str], bool]) -> Iterator[Notice]:
    """Yield the notices of an entry whose shape is not valid.

    Args:
        entry: the entry.
        file: the name of the feed as given.
        has_room: a function that returns whether a notice with a given code will be listed.
    """
    raw, error = entry.raw, entry.error
    if raw is None or error is None:
        return
    record, where = record_id(raw), Where(file, raw.line, raw)
    given = json_object(raw.data)
    for problem in problems_in(error, root_of(entry), given, suggests=has_room):
        # A later version of pydantic may report new kinds of errors.
        code = problem.code if problem.code in CODES else "invalid_value"
        yield where.notice(replace(shortened(problem), code=code), record)


def record_id(raw: RawRecord) -> str | None:
    """Return the id in the bytes of a record, or None if the id cannot be read."""
    value = json_object(raw.data)
    name = _first_id(raw.data) if value is None else value.get("id")
    return safe(name[:128]) if isinstance(name, str) else None


def _first_id(data: bytes) -> str | None:
    _, found, rest = data.partition(b'"id":')
    quoted = rest.lstrip()
    end = quoted.find(b'"', 1)
    if not found or quoted[:1] != b'"' or not 0 < end < _LONGEST_ID:
        return None
    return quoted[1:end].decode(errors="replace")
