"""A reader that makes records from the cells of a row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple, cast

from airspace_events.diagnostics.problem import Parts
from airspace_events.formats.spreadsheets.cell_times import TimeContext
from airspace_events.formats.spreadsheets.cell_values import check_position, read_cell
from airspace_events.formats.spreadsheets.checks import TIMES
from airspace_events.formats.spreadsheets.dates import UnfitError
from airspace_events.formats.spreadsheets.ids import RowIds
from airspace_events.formats.spreadsheets.keys import SheetColumn, SheetKeys, fold
from airspace_events.formats.spreadsheets.paths import Target
from airspace_events.formats.spreadsheets.records import (
    CitedSource,
    Complaint,
    InvalidError,
    Placed,
    cited_sources,
    grown,
    overlap,
    parsed,
)
from airspace_events.formats.spreadsheets.row_cells import RowCells, of_the_file
from airspace_events.models.records import Record
from airspace_events.safe_text import shown


class RowRecords(NamedTuple):
    """The result of reading a row.

    Attributes:
        others: the sources and organizations that the row names.
        record: the record made from the row; None if no record was made.
        complaints: the faults of the row.
        names: the names to pass to `RowIds.add` with the id of the record.
        links: a mapping from columns to the ids of the rows that their cells refer to.
    """

    others: tuple[Record, ...]
    record: Record | None
    complaints: tuple[Complaint, ...]
    names: tuple[str, ...] = ()
    links: Mapping[str, tuple[str, ...]] = MappingProxyType({})


class RowReader:
    """A reader that converts the rows of a sheet to records, using a mapping."""

    def __init__(self, mapping: SheetKeys) -> None:
        self.mapping = mapping
        self.ids = RowIds(mapping)
        self.by_place = {(it.source, it.parts): name for name, it in mapping.targets.items()}
        self.partners = {
            name: {
                part: partner
                for part in ("clock", "reference", "timezone", "latitude")
                if (partner := self.by_place.get((target.source, _beside(target, part))))
            }
            for name, target in mapping.targets.items()
        }

    def read(
        self,
        number: int,
        cells: Mapping[str, str],
        *,
        faults: Mapping[str, str] = MappingProxyType({}),
        unfit: Iterable[Complaint] = (),
        record_id: str = "",
    ) -> RowRecords:
        """Return the records made from a row.

        Args:
            number: the number of the row.
            cells: a mapping from column names to the text of the cells.
            faults: the reasons why cells of the file must not be used, by column.
            unfit: complaints about cells that must not be used.
            record_id: the id that the record already has, if the row is read a second time.
        """
        draft = _RowDraft(self, number, cells)
        draft.given_id = record_id
        draft.faults = faults
        for complaint in unfit:
            draft.refuse(complaint)
        made = draft.records()
        derived = self.mapping.derived
        if not derived or not made.complaints:
            return made
        complaints = (
            it._replace(columns=of_the_file(it.columns, derived)) for it in made.complaints
        )
        return made._replace(complaints=tuple(complaints))


def _beside(target: Target, part: str) -> Parts:
    """Return the path of a related part of a time or position; empty for other targets."""
    if target.kind == "longitude":
        return (*target.parts[:-1], part)
    return (*target.parts, part) if target.kind == "time" else ()


class _RowDraft(RowCells):
    def __init__(self, reader: RowReader, number: int, cells: Mapping[str, str]) -> None:
        super().__init__(reader.mapping, cells)
        self.partners = reader.partners
        self.by_place = reader.by_place
        self.ids = reader.ids
        self.names: tuple[str, ...] = ()
        self.given_id = ""
        self.links: dict[str, tuple[str, ...]] = {}
        self.organizations: dict[str, Record] = {}
        self.number = number
        self.absent: set[Parts] = set()
        # The values of the record, and of each source that it cites.
        self.placed: dict[str, list[Placed]] = {"": []}

    def records(self) -> RowRecords:
        """Return the records of the row."""
        self.prepare()
        self._read_cells()
        while True:
            # Each iteration leaves out at least one more column, so the loop ends.
            try:
                sources = self._sources()
                record = self._record(sources)
            except InvalidError as invalid:
                blamed = [it for it in invalid.complaints if set(it.columns) - self.unfit]
                if not blamed:
                    return RowRecords((), None, (*self.complaints, *self._causes(invalid)))
                for complaint in blamed:
                    self.refuse(complaint)
            else:
                others = (*(it.record for it in sources), *self.organizations.values())
                links = {name: it for name, it in self.links.items() if name not in self.unfit}
                return RowRecords(others, record, tuple(self.complaints), self.names, links)

    def _causes(self, invalid: InvalidError) -> list[Complaint]:
        """Return the complaints, except those about values that are missing due to unfit cells."""
        unfit = {it.parts for it in self._unread_targets()}
        return [it for it in invalid.complaints if not it.lacks or it.lacks not in unfit]

    def _read_cells(self) -> None:
        """Parse each cell; the cells of one time or one position are parsed together."""
        read_elsewhere = {
            it for name in self.partners if self.cell(name) for it in self._columns_read_with(name)
        }
        targets = self.mapping.targets
        for name in self.mapping.read_columns:
            done = name in read_elsewhere or name in self.unfit or name in self.left_out
            if done or not self.cell(name):
                continue
            try:
                if name in targets:
                    self._read(name, targets[name])
                else:
                    self._read_case(name)
            except UnfitError as error:
                self.refuse(Complaint((name, *self._columns_read_with(name)), str(error)))

    def _columns_read_with(self, name: str) -> list[str]:
        partners = self.partners.get(name, {})
        return [it for part in ("clock", "latitude") if self.cell(it := partners.get(part, ""))]

    def _value(self, name: str) -> Any:
        column, target = self.mapping.every_column[name], self.mapping.targets[name]
        return read_cell(self.cell(name), column, target, self.mapping).value

    def _read(self, name: str, target: Target) -> None:
        column, partners = self.mapping.every_column[name], self.partners[name]
        if target.kind == "longitude" and "latitude" in partners:
            self._read_position(name, partners["latitude"], target)
            return
        if target.kind in ("clock", "latitude", "longitude"):
            other = {"clock": "date", "latitude": "longitude", "longitude": "latitude"}
            msg = f"{shown(self.cell(name))} needs a {other[target.kind]}, but the row has none"
            raise UnfitError(msg)
        context = self._time_context(target, partners) if target.kind == "time" else None
        found = read_cell(self.cell(name), column, target, self.mapping, context)
        clock = tuple(self._columns_read_with(name))
        if found.complaint:
            self.complaints.append(Complaint(clock or (name,), found.complaint))
        if found.links:
            self.links[name] = found.links
        self._make_organizations(found.organizations, column)
        value = found.value
        if (
            target.kind == "count"
            and _is_zero(value)
            and target.item
            and column.skip_zero is not False
        ):
            self._leave_out(name, target.item)
            return
        if self.cell(partners.get("timezone", "")):
            # The time zone has its own column; an invalid zone is reported for that column.
            value.pop("timezone", None)
        self._place(target, value, (name, *clock), column)

    def _make_organizations(self, names: Mapping[str, str], column: SheetColumn) -> None:
        for record_id, name in names.items():
            record = {
                "type": "organization",
                "id": record_id,
                "name": name,
                "kind": column.organization,
                "sources": [{"source": self.mapping.source.id}],
            }
            self.organizations[record_id] = parsed(record, {})

    def _read_case(self, name: str) -> None:
        column, cell = self.mapping.every_column[name], self.cell(name)
        if fold(cell) not in column.cases:
            msg = f"{shown(cell)} is not one of the cases in the mapping"
            raise UnfitError(msg)
        self._place_also(column, (name,), cell)

    def _leave_out(self, name: str, item: Parts) -> None:
        """Leave out an item whose count is 0, and all cells that belong to the item."""
        self.absent.add(item)
        targets = self.mapping.targets
        others = [
            it
            for it, target in targets.items()
            if it != name and not target.source and target.parts[: len(item)] == item
        ]
        columns = (name, *(it for it in others if self.cell(it)))
        if self.mapping.every_column[name].skip_zero is None:
            where = ".".join(map(str, item))
            reason = (
                f"{shown(self.cell(name))} is a count of 0, so {where} was left out; write "
                "skip_zero = true to leave it out without this message, or skip_zero = false to "
                "record the count"
            )
            self.complaints.append(Complaint(columns, reason))
        self.left_out |= set(columns)

    def _time_context(self, target: Target, partners: Mapping[str, str]) -> TimeContext:
        mapping = self.mapping
        found: dict[str, str] = {}
        for part in ("reference", "timezone"):
            at = ".".join(map(str, (*target.parts, part)))
            default = mapping.timezone if part == "timezone" else None
            if (constant := mapping.constants.get(at, default)) is not None:
                found[part] = str(constant)
            name = partners.get(part, "")
            if part == "timezone" and mapping.local_time and at not in mapping.constants:
                if (state := self._state(())) is not None:
                    found["state"] = state
                elif self.cell(self.by_place.get(("", ("state",)), "")):
                    # The state could not be read, and a default time zone must not replace its
                    # zone.
                    found.pop("timezone", None)
            if self.cell(name):
                found.pop("state", None)
                try:
                    found[part] = str(self._value(name))
                except UnfitError:
                    # The fault is reported when that column is read, and a default must not
                    # replace the value.
                    found.pop(part, None)
        clock = partners.get("clock", "")
        if text := self.cell(clock):
            found |= {"clock": text, "clock_meant": str(self._value(clock))}
        return TimeContext(**found)

    def _read_position(self, name: str, other: str, target: Target) -> None:
        if not self.cell(other):
            msg = f"{shown(self.cell(name))} needs a latitude, but the row has none"
            raise UnfitError(msg)
        longitude, latitude = self._value(name), self._value(other)
        cells = f"longitude {shown(self.cell(name))}, latitude {shown(self.cell(other))}"
        check_position(longitude, latitude, self._state(target.parts[:-1]), cells)
        point = {"type": "Point", "coordinates": [longitude, latitude]}
        at = (*target.parts[:-1], "geometry")
        self.placed[""].append(Placed(at, point, (name, other)))
        for it in (name, other):
            self._place_also(self.mapping.every_column[it], (it,), self.cell(it))

    def _state(self, place: Parts) -> str | None:
        """Return the state of a place, or else of the record; None if unknown or unreadable."""
        for at in ((*place, "state"), ("state",)):
            path = ".".join(map(str, at))
            name = self.by_place.get(("", at), "")
            if self.cell(name):
                try:
                    return str(self._value(name))
                except UnfitError:
                    return None
            if path in self.mapping.constants:
                return str(self.mapping.constants[path])
        return None

    def _place(
        self, target: Target, value: Any, columns: tuple[str, ...], column: SheetColumn
    ) -> None:
        self.placed.setdefault(target.source, []).append(Placed(target.parts, value, columns))
        self._place_also(column, columns, self.cell(columns[0]))

    def _place_also(self, column: SheetColumn, columns: tuple[str, ...], cell: str) -> None:
        texts = [it.strip() for it in cell.split(column.split)] if column.split else [cell]
        cases = [column.cases[fold(it)] for it in texts if fold(it) in column.cases]
        for path, value in (item for table in (column.also, *cases) for item in table.items()):
            target = self.mapping.constant_targets[path]
            self.placed.setdefault(target.source, []).append(Placed(target.parts, value, columns))

    def _fitting(self, source: str = "") -> list[Placed]:
        """Return the constants, and then the values from cells, which override the constants.

        A constant never replaces a cell that could not be read. If ``source`` is empty, the
        values are those of the record itself.
        """
        unread = [it.parts for it in self._unread_targets() if it.source == source]
        constants = [
            Placed(target.parts, value, ())
            for path, value in self.mapping.constants.items()
            if (target := self.mapping.constant_targets[path]).source == source
            and not any(overlap(parts, target.parts) for parts in unread)
        ]
        cells = [it for it in self.placed[source] if not self.unfit.intersection(it.columns)]
        return [
            it
            for it in (*constants, *cells)
            if not any(it.parts[: len(item)] == item for item in self.absent)
        ]

    def _unread_targets(self) -> list[Target]:
        mapping = self.mapping
        found = [mapping.targets[name] for name in self.unfit if name in mapping.targets]
        beside = [path for name in self.unfit for path in mapping.every_column[name].beside]
        return found + [mapping.constant_targets[path] for path in beside]

    def _sources(self) -> list[CitedSource]:
        found: dict[str, CitedSource] = {}
        for name in self.placed:
            if name:
                for it in cited_sources(self._fitting(name), self.mapping.source.id):
                    found.setdefault(it.record.id, it)
        return list(found.values())

    def _record(self, sources: list[CitedSource]) -> Record:
        tree = grown(self._fitting())
        tracker = {"source": self.mapping.source.id, "note": f"row {self.number}"}
        for number, source in enumerate(sources, 1):
            for at, columns in source.origins.items():
                tree.origins["sources", number, *at] = columns
        time = tree.value.get(TIMES.get(self.mapping.record, ""), {}).get("value")
        cells = {it: self.cell(it) for it in self.mapping.id_columns}
        if self.given_id:
            record_id = self.given_id
        else:
            record_id, self.names = self.ids.of(self.number, cells, time)
        record: dict[str, Any] = {
            "type": self.mapping.record,
            "id": record_id,
            **tree.value,
            "sources": [tracker, *(source.citation for source in sources)],
        }
        if kept := self.kept():
            record["extensions"] = {self.mapping.keep: kept}
        return parsed(record, tree.origins)


def _is_zero(value: Any) -> bool:
    return isinstance(value, dict) and cast("dict[str, Any]", value).get("best") == 0
