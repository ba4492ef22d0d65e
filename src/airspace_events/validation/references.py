"""Checks ids, and that whatever names a record names one that is there and fits."""

from collections.abc import Iterator
from dataclasses import dataclass

from airspace_events.feeds.framing import RawRecord
from airspace_events.feeds.locating import offset_of, pointer
from airspace_events.models.actors import State
from airspace_events.models.incursion import Incursion
from airspace_events.models.records import Record
from airspace_events.models.series import Series
from airspace_events.reference.reserved import RESERVED_ALLIANCES
from airspace_events.validation.notices import Notice
from airspace_events.validation.safe_text import shown
from airspace_events.validation.suggesting import close_to
from airspace_events.values.structure import NamedRecord, named_records


@dataclass(frozen=True, slots=True)
class _Pending:
    """A reference to what was not there yet when it was read."""

    named: NamedRecord
    notice: Notice
    holder: str


class ReferenceCheck:
    """Sees every record once, and at the end knows which references lead nowhere."""

    def __init__(self) -> None:
        self._kinds: dict[str, str] = {}
        self._revisions: dict[str, set[int]] = {}
        self._pending: list[_Pending] = []

    def see(self, record: Record, raw: RawRecord, file: str) -> Iterator[Notice]:
        """Take a record in; give the notices that are certain already."""
        yield from self._see_id(record, raw, file)
        for named in named_records(record):
            kinds = named.reference.kinds
            if named.name[0].isupper() and "state" in kinds:
                continue
            kind = self._kind_of(named.name)
            if kind is not None and _fits(kind, kinds, record.type):
                continue
            line, column = raw.place(offset_of(raw.data.decode(), named.parts))
            notice = Notice(
                code="unresolved_reference",
                message=f"{shown(named.name)} names no record of this feed",
                file=file,
                line=line,
                column=column,
                record=record.id,
                pointer=pointer(named.parts),
            )
            self._pending.append(_Pending(named, notice, record.type))

    def see_unreadable(self, name: str, kind: str) -> None:
        """Take in the id of a record that is not valid: to name it is no further mistake."""
        self._kinds.setdefault(name, kind)

    def at_the_end(self) -> Iterator[Notice]:
        """The notices of references that no later record has answered."""
        for pending in self._pending:
            named, notice = pending.named, pending.notice
            kinds = named.reference.kinds
            kind = self._kind_of(named.name)
            if kind is None:
                if named.reference.required:
                    yield self._unresolved(named, notice)
            elif not _fits(kind, kinds, pending.holder):
                wanted = _either([pending.holder if k == "same" else k for k in kinds])
                yield Notice(
                    code="wrong_kind_of_record",
                    message=f"{shown(named.name)} is {_article(kind)}; here must be {wanted}",
                    file=notice.file,
                    line=notice.line,
                    column=notice.column,
                    record=notice.record,
                    pointer=notice.pointer,
                    context={"named": named.name, "kind": kind, "allowed": list(kinds)},
                )

    def _unresolved(self, named: NamedRecord, notice: Notice) -> Notice:
        kinds = named.reference.kinds
        fitting = [name for name, kind in self._kinds.items() if kind in kinds]
        if "alliance" in kinds:
            fitting.extend(RESERVED_ALLIANCES)
        return Notice(
            code=notice.code,
            message=notice.message,
            file=notice.file,
            line=notice.line,
            column=notice.column,
            record=notice.record,
            pointer=notice.pointer,
            suggestion=close_to(named.name, fitting) if len(fitting) <= 5_000 else None,  # noqa: PLR2004
            context={"named": named.name, "allowed": list(kinds)},
        )

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
            line, column = raw.place(offset_of(raw.data.decode(), ("id",)))
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

    def _kind_of(self, name: str) -> str | None:
        return "alliance" if name in RESERVED_ALLIANCES else self._kinds.get(name)


def _fits(kind: str, kinds: tuple[str, ...], holder: str) -> bool:
    return kind in kinds or ("same" in kinds and kind == holder)


def _either(nouns: list[str]) -> str:
    first, last = ", ".join(_article(noun) for noun in nouns[:-1]), _article(nouns[-1])
    return f"{first} or {last}" if first else last


def _article(noun: str) -> str:
    return ("an " if noun[0] in "aeio" else "a ") + noun
