"""Checks ids, and that whatever names a record names one that is there and fits."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from airspace_events.feeds.locating import Locator, pointer
from airspace_events.feeds.raw_record import RawRecord
from airspace_events.models.actors import State
from airspace_events.models.incursion import Incursion
from airspace_events.models.records import Record
from airspace_events.models.series import Series
from airspace_events.reference.reserved import RESERVED_ALLIANCES
from airspace_events.safe_text import shown
from airspace_events.validation.notices import Notice
from airspace_events.validation.suggesting import close_to, state_code
from airspace_events.values.references import Reference
from airspace_events.values.structure import named_records

_COMPARISONS = 20_000


@dataclass(frozen=True, slots=True)
class _Pending:
    """A reference to what was not there yet when it was read, and where it stands."""

    name: str
    reference: Reference
    pointer: str
    holder: str
    holder_type: str
    file: str
    line: int
    column: int


class ReferenceCheck:
    """Sees every record once, and at the end knows which references lead nowhere."""

    def __init__(self) -> None:
        self._kinds: dict[str, str] = {}
        self._revisions: dict[str, set[int]] = {}
        self._unreadable: dict[str, str | None] = {}
        self._pending: list[_Pending] = []
        self._names: dict[tuple[str, ...], tuple[str, ...]] = {}
        self._comparisons_left = _COMPARISONS

    def see(self, record: Record, raw: RawRecord, file: str) -> Iterator[Notice]:
        """Take a record in; give the notices that are certain already."""
        yield from self._see_id(record, raw, file)
        locator: Locator | None = None
        for named in named_records(record):
            kinds = named.reference.kinds
            if named.name[0].isupper() and "state" in kinds:
                continue
            kind = self._kind_of(named.name)
            if kind is not None and _fits(kind, kinds, record.type):
                continue
            locator = locator or Locator(raw)
            self._pending.append(
                _Pending(
                    named.name,
                    named.reference,
                    pointer(named.parts),
                    record.id,
                    record.type,
                    file,
                    *locator.place_of(named.parts),
                )
            )

    def see_unreadable(self, name: str, kind: str | None) -> None:
        """Take in the id of a record that is not valid: to name it is no further mistake.

        Args:
            name: the id that it gives itself.
            kind: the type that it says it is of; None if that is none.
        """
        self._unreadable.setdefault(name, kind)

    def at_the_end(self, has_room: Callable[[str], bool]) -> Iterator[Notice]:
        """The notices of references that no later record has answered.

        Args:
            has_room: whether a notice of a code will be listed.
        """
        for pending in self._pending:
            kinds = pending.reference.kinds
            kind = self._kind_of(pending.name)
            if kind is None:
                if pending.reference.required and not self._is_unreadable(pending.name):
                    yield self._unresolved(pending, has_room)
            elif not _fits(kind, kinds, pending.holder_type):
                fitting = [pending.holder_type if k == "same" else k for k in kinds]
                message = f"{shown(pending.name)} is {_article(kind)}; here must be "
                context: dict[str, Any] = {
                    "named": pending.name,
                    "kind": kind,
                    "allowed": list(kinds),
                }
                yield _notice("wrong_kind_of_record", message + _either(fitting), pending, context)

    def _unresolved(self, pending: _Pending, has_room: Callable[[str], bool]) -> Notice:
        code, kinds = "unresolved_reference", pending.reference.kinds
        guess = self._meant(pending.name, kinds) if has_room(code) else None
        context: dict[str, Any] = {"named": pending.name, "allowed": list(kinds)}
        message = f"{shown(pending.name)} names no record of this feed"
        return _notice(code, message, pending, context, guess)

    def _meant(self, name: str, kinds: tuple[str, ...]) -> str | None:
        return (state_code(name) if "state" in kinds else None) or self._near(name, kinds)

    def _near(self, name: str, kinds: tuple[str, ...]) -> str | None:
        """The name nearest to one that is not there, if looking for it is no great work."""
        fitting = self._names_of(kinds)
        self._comparisons_left -= len(fitting)
        return close_to(name, fitting) if self._comparisons_left >= 0 else None

    def _names_of(self, kinds: tuple[str, ...]) -> tuple[str, ...]:
        if kinds not in self._names:
            named = {**self._unreadable, **self._kinds}
            fitting = [name for name, kind in named.items() if kind in kinds]
            if "alliance" in kinds:
                fitting.extend(sorted(RESERVED_ALLIANCES))
            self._names[kinds] = tuple(fitting)
        return self._names[kinds]

    def _see_id(self, record: Record, raw: RawRecord, file: str) -> Iterator[Notice]:
        name = record.id
        known = self._kinds.get(name)
        revisions = self._revisions.setdefault(name, set())
        code = message = None
        if name in RESERVED_ALLIANCES:
            code = "reserved_id"
            message = f"{shown(name)} is the id of an alliance that is built in"
        elif known is not None and known != record.type:
            code = "duplicate_id"
            message = f"{shown(name)} is the id of {_article(known)} already"
        elif record.revision in revisions:
            code = "duplicate_id"
            message = f"{shown(name)}, revision {record.revision}, is there already"
        if code and message:
            line, column = Locator(raw).place_of(("id",))
            yield Notice(
                code=code,
                message=message,
                file=file,
                line=line,
                column=column,
                record=name,
                pointer="/id",
                context={"id": name, "revision": record.revision},
            )
        revisions.add(record.revision)
        self._kinds.setdefault(name, record.type)
        if isinstance(record, Incursion | Series):
            for flown in record.objects:
                if flown.id is not None:
                    self._kinds[f"{name}#{flown.id}"] = "object"
        if isinstance(record, State):
            self._kinds.setdefault(record.alpha_2, "state")

    def _is_unreadable(self, name: str) -> bool:
        return name.partition("#")[0] in self._unreadable

    def _kind_of(self, name: str) -> str | None:
        if name in RESERVED_ALLIANCES:
            return "alliance"
        return self._kinds.get(name) or self._unreadable.get(name)


def _notice(
    code: str,
    message: str,
    pending: _Pending,
    context: dict[str, Any],
    suggestion: str | None = None,
) -> Notice:
    return Notice(
        code=code,
        message=message,
        file=pending.file,
        line=pending.line,
        column=pending.column,
        record=pending.holder,
        pointer=pending.pointer,
        suggestion=suggestion,
        context=context,
    )


def _fits(kind: str, kinds: tuple[str, ...], holder: str) -> bool:
    return kind in kinds or ("same" in kinds and kind == holder)


def _either(nouns: list[str]) -> str:
    first, last = ", ".join(_article(noun) for noun in nouns[:-1]), _article(nouns[-1])
    return f"{first} or {last}" if first else last


def _article(noun: str) -> str:
    return ("an " if noun[0] in "aeiou" else "a ") + noun
