"""Checks that ids are unique and that references lead to records of an allowed type."""

from collections.abc import Callable, Iterable, Iterator

from airspace_events.diagnostics.problem import Problem
from airspace_events.diagnostics.suggestions import state_code
from airspace_events.diagnostics.wording import either, with_article
from airspace_events.feeds.id_table import (
    IS_REVISED,
    KIND_NUMBERS,
    MOST_REVISIONS,
    SEEN,
    UNREADABLE,
    HashSet,
    IdTable,
)
from airspace_events.feeds.spool import Spool
from airspace_events.reference.tables import RESERVED_ALLIANCES
from airspace_events.safe_text import shown
from airspace_events.spelling import nearest
from airspace_events.validation.facts import Facts
from airspace_events.validation.notices import Notice, Spot, Where, notice
from airspace_events.values.references import Reference

_COMPARISONS = 20_000
_MOST_NAMES = 10_000


class ReferenceCheck:
    """A check that collects the facts of every record and reports broken references."""

    def __init__(self, table: IdTable) -> None:
        self._table = table
        self._revisions = HashSet()
        self._pending = Spool()
        self._objects = HashSet()
        self._references: dict[Reference, int] = {}
        self._known: dict[str, str] | None = {}
        self._fitting: dict[tuple[str, ...], tuple[str, ...]] = {}
        self._comparisons_left = _COMPARISONS

    def see(self, facts: Facts, row: int, where: Where) -> Iterable[Notice]:
        """Add a record, and yield the notices that later records cannot change."""
        found = self._see_id(facts, row, where)
        for name, reference, parts in facts.names:
            kind = self._kind_of(name, reference.kinds, facts.kind)
            if kind is None or not _fits(kind, reference.kinds, facts.kind):
                number = self._references.setdefault(reference, len(self._references))
                self._pending.add(name, number, facts.kind, where.spot(facts.id, parts))
        return found

    def see_unreadable(self, name: str, kind: str | None) -> None:
        """Add the id of an invalid record, so that references to it are not also reported.

        Args:
            name: the id in the record.
            kind: the type in the record; None if it is not a valid type.
        """
        row = self._table.row(name)
        if not self._table.kind[row]:
            self._table.kind[row] = KIND_NUMBERS[kind or ""]
        self._table.flags[row] |= UNREADABLE
        self._remember(name, kind or "")

    def at_the_end(self, has_room: Callable[[str], bool]) -> Iterator[Notice]:
        """Yield notices for the references that are still unresolved after the last record.

        Args:
            has_room: a function that returns whether a notice with a given code will be listed.
        """
        references = list(self._references)
        for name, number, holder, at in self._pending:
            reference = references[int(number)]
            kind = self._kind_of(name, reference.kinds, holder)
            if kind is None:
                if reference.required and not self._is_unreadable(name):
                    yield Spot(*at).notice(self._unresolved(name, reference.kinds, has_room))
            elif not _fits(kind, reference.kinds, holder):
                fitting = [holder if k == "same" else k for k in reference.kinds]
                message = f"{shown(name)} is {with_article(kind)}, but must be {either(fitting)}"
                context = {"named": name, "kind": kind, "allowed": list(reference.kinds)}
                yield notice("wrong_kind_of_record", message, Spot(*at), **context)

    def _unresolved(
        self, name: str, kinds: tuple[str, ...], has_room: Callable[[str], bool]
    ) -> Problem:
        code, message = "unresolved_reference", f"no record in this feed has the id {shown(name)}"
        guess = self._meant(name, kinds) if has_room(code) else None
        context = {"named": name, "allowed": list(kinds)}
        return Problem(code, message, suggestion=guess, context=context)

    def _meant(self, name: str, kinds: tuple[str, ...]) -> str | None:
        return (state_code(name) if "state" in kinds else None) or self._near(name, kinds)

    def _near(self, name: str, kinds: tuple[str, ...]) -> str | None:
        """Return the known id most similar to a missing id, or None after too many comparisons."""
        fitting = self._names_of(kinds)
        self._comparisons_left -= len(fitting)
        return nearest(name, fitting) if self._comparisons_left >= 0 else None

    def _names_of(self, kinds: tuple[str, ...]) -> tuple[str, ...]:
        if kinds not in self._fitting:
            known = self._known or {}
            fitting = [name for name, kind in known.items() if kind in kinds]
            if "alliance" in kinds:
                fitting.extend(sorted(RESERVED_ALLIANCES))
            self._fitting[kinds] = tuple(fitting)
        return self._fitting[kinds]

    def _remember(self, name: str, kind: str) -> None:
        """Store an id for suggestions; drop all ids if there are too many."""
        if self._known is not None:
            self._known[name] = kind
            if len(self._known) > _MOST_NAMES:
                self._known = None

    def _see_id(self, facts: Facts, row: int, where: Where) -> Iterable[Notice]:
        table, name = self._table, facts.id
        is_known = bool(table.flags[row] & SEEN)
        found: Iterable[Notice] = ()
        if is_known or name in RESERVED_ALLIANCES:
            found = list(self._id_problems(facts, row, where))
        if is_known:
            self._revisions.add(f"{table.revision[row]} {name}")
            self._revisions.add(f"{facts.revision} {name}")
            table.revision[row] = min(max(table.revision[row], facts.revision), MOST_REVISIONS)
            table.flags[row] |= IS_REVISED
        else:
            table.kind[row] = KIND_NUMBERS[facts.kind]
            table.revision[row] = min(facts.revision, MOST_REVISIONS)
            table.flags[row] |= SEEN
            if facts.revision >= MOST_REVISIONS:
                self._revisions.add(f"{facts.revision} {name}")
            self._remember(name, facts.kind)
        for other, kind in facts.defines:
            if kind == "object":
                self._objects.add(other)
            else:
                table.kind[table.row(other)] = KIND_NUMBERS[kind]
            self._remember(other, kind)
        return found

    def _id_problems(self, facts: Facts, row: int, where: Where) -> Iterator[Notice]:
        name, known = facts.id, self._table.kind_of(row)
        code = "duplicate_id"
        if name in RESERVED_ALLIANCES:
            code, message = "reserved_id", f"{shown(name)} is the id of a built-in alliance"
        elif known != facts.kind:
            message = f"{shown(name)} is already the id of {with_article(known)}"
        elif self._is_seen(row, name, facts.revision):
            message = f"revision {facts.revision} of {shown(name)} already exists"
        else:
            return
        context = {"id": name, "revision": facts.revision}
        yield notice(code, message, where.spot(name, ("id",)), **context)

    def _is_seen(self, row: int, name: str, revision: int) -> bool:
        """Return whether a revision was seen. Only revisions of repeated ids are stored."""
        is_last = revision == self._table.revision[row] != MOST_REVISIONS
        return is_last or f"{revision} {name}" in self._revisions

    def _is_unreadable(self, name: str) -> bool:
        row = self._table.find(name.partition("#")[0])
        return row is not None and bool(self._table.flags[row] & UNREADABLE)

    def _kind_of(self, name: str, kinds: tuple[str, ...], holder: str) -> str | None:
        """Return the type of the referenced record, or None if there is no such record.

        A record that was merged into another may be deleted. Its id then leads to the other
        record, if that record has an allowed type.
        """
        if name in RESERVED_ALLIANCES:
            return "alliance"
        if "#" in name:
            return "object" if name in self._objects else None
        table, row = self._table, self._table.find(name)
        if row is None:
            return None
        kind, of_other = table.kind_of(row), table.kind_of(table.successor(row))
        return kind or (of_other if _fits(of_other, kinds, holder) else None)


def _fits(kind: str, kinds: tuple[str, ...], holder: str) -> bool:
    return kind in kinds or ("same" in kinds and kind == holder)
