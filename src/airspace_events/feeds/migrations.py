"""Brings records of older versions of the schema to the version that this library knows.

A migration is a pure function from the JSON of a record of one version to that of the next,
with all that it changed. This library knows only version 1.0, so there is none yet.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from airspace_events.diagnostics.problem import Parts
from airspace_events.errors import RecordError
from airspace_events.feeds.header import SCHEMA_VERSION
from airspace_events.feeds.rewriting import (
    NOTHING,
    JsonObject,
    Rewrite,
    Rewriting,
    parts_before,
    unaccounted,
)

Migration = Callable[[Mapping[str, Any]], tuple[JsonObject, Sequence[Rewrite]]]
"""Makes a record of the next version of a record, and tells what it changed.

It is given every record, and the header, whatever their type; it leaves the record that it is
given as it is, and what it does not understand as that was. `Rewriting` keeps the account.
"""


@dataclass(frozen=True, slots=True)
class Step:
    """One migration, with the versions that it leads between."""

    of: str
    to: str
    migration: Migration


@dataclass(frozen=True, slots=True)
class Migrated:
    """A record that was brought to another version.

    Attributes:
        record: the record as it is now.
        by_step: what each step changed, in terms of the record as it was before that step.
    """

    record: JsonObject
    by_step: tuple[tuple[Rewrite, ...], ...] = ()

    @property
    def changes(self) -> Iterator[Rewrite]:
        """What was changed, with where it was in the record as it was first."""
        for number, rewrites in enumerate(self.by_step):
            for one in rewrites:
                if one.before is None:
                    yield one
                else:
                    yield replace(one, before=self._first_place(one.before, number))

    def place_before(self, parts: Parts) -> Parts:
        """Where a value was in the record as it was first; for what is new, its holder's."""
        return self._first_place(parts, len(self.by_step))

    def _first_place(self, parts: Parts, steps: int) -> Parts:
        for rewrites in reversed(self.by_step[:steps]):
            while (before := parts_before(parts, rewrites)) is None:
                parts = parts[:-1]
            parts = before
        return parts


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))


class Migrations:
    """The migrations that are known, by the version that each begins with."""

    def __init__(self, known: str = SCHEMA_VERSION) -> None:
        """Begin without any.

        Args:
            known: the version that records are brought to.
        """
        self._known = _numbers(known)
        self._steps: dict[str, Step] = {}

    def register(self, of: str, to: str) -> Callable[[Migration], Migration]:
        """Take in the migration from one version to a later one, as a decorator.

        Raises:
            ValueError: the second version is not later, or the first has a migration already.
        """
        if _numbers(of) >= _numbers(to) or of in self._steps:
            msg = f"there can be no migration from {of} to {to}"
            raise ValueError(msg)

        def take(migration: Migration) -> Migration:
            self._steps[of] = Step(of, to, migration)
            return migration

        return take

    def steps_from(self, version: object) -> tuple[Step, ...]:
        """The steps from a version to the one that is known; none if there is no way."""
        steps: list[Step] = []
        while isinstance(version, str) and version in self._steps:
            steps.append(self._steps[version])
            version = steps[-1].to
        if not steps:
            return ()
        end = _numbers(steps[-1].to)
        return tuple(steps) if end[0] == self._known[0] and end <= self._known else ()


MIGRATIONS = Migrations()
"""What `read_feed` and the validator apply."""


def migrate(
    version: str, record: Mapping[str, Any], migrations: Migrations = MIGRATIONS
) -> Migrated:
    """Bring the JSON of a record, or of a header, to the version that is known.

    Without a migration from its version it stays as it is.

    Args:
        version: the version that the header of its feed tells.
        record: the record, as JSON is read. It is not changed.
        migrations: the migrations that are known.

    Raises:
        RecordError: a migration cannot understand the record, or changes it without telling.
    """
    return migrate_by(migrations.steps_from(version), record)


def migrate_by(steps: Sequence[Step], record: Mapping[str, Any]) -> Migrated:
    """Bring a record on by some steps; see `migrate`."""
    current: JsonObject = dict(record)
    by_step: list[tuple[Rewrite, ...]] = []
    for step in steps:
        current, rewrites = _taken(step, current)
        by_step.append(tuple(rewrites))
    return Migrated(current, tuple(by_step))


def _taken(step: Step, record: JsonObject) -> tuple[JsonObject, Sequence[Rewrite]]:
    way = f"from schema version {step.of} to {step.to}"
    try:
        migrated, rewrites = step.migration(record)
    except (AttributeError, LookupError, TypeError, ValueError, ArithmeticError) as error:
        msg = f"the record cannot be brought {way}: {error}"
        raise RecordError(msg) from error
    if record.get("type") == "feed":
        migrated, rewrites = _with_version(migrated, rewrites, step.to)
    if forgotten := unaccounted(record, migrated, rewrites):
        msg = f"to bring it {way} changes the record and does not tell it"
        raise RecordError(msg, pointer=forgotten[0])
    return migrated, rewrites


def _with_version(
    header: JsonObject, rewrites: Sequence[Rewrite], version: str
) -> tuple[JsonObject, Sequence[Rewrite]]:
    """The header with the version that its records have now."""
    parts = ("schema_version",)
    given: Any = header.get("schema_version", NOTHING)
    message = f"the records were brought from schema version {given} to {version}"
    rewriting = Rewriting(header)
    rewriting.put(parts, version, "version_changed", message)
    changed, [mine] = rewriting.done()
    before = None if mine.before is None else parts_before(parts, rewrites)
    return changed, [*rewrites, replace(mine, before=before)]
