"""The keys that a mapping may contain, for the whole sheet and for each column."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Annotated, Any, Literal, Self, cast

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    Field,
    JsonValue,
    ValidationError,
    model_validator,
)
from pydantic_core import to_json

from airspace_events.diagnostics.pydantic_errors import problems_in
from airspace_events.errors import SettingsError
from airspace_events.feeds.reading import record_adapter
from airspace_events.formats.cells import column_name
from airspace_events.formats.spreadsheets.paths import Target, target_of
from airspace_events.formats.spreadsheets.templates import names_in, pieces_of
from airspace_events.models.base import BaseRecord, RecordType
from airspace_events.models.records import RECORD_CLASSES, Record
from airspace_events.models.source import Source
from airspace_events.phrases.context import DateOrder
from airspace_events.safe_text import shown
from airspace_events.values.scalars import Namespace
from airspace_events.values.time import TimeZone
from airspace_events.vocabulary.terms import OrganizationKind, Unit

Encoding = Literal[
    "utf-8",
    "utf-16",
    "windows-1250",
    "windows-1251",
    "windows-1252",
    "windows-1253",
    "windows-1254",
    "windows-1257",
    "iso-8859-1",
    "iso-8859-2",
    "iso-8859-5",
    "iso-8859-13",
    "iso-8859-15",
    "koi8-r",
    "koi8-u",
]
"""A supported encoding of a text file."""


def fold(text: str) -> str:
    """Normalize the case and white space of a cell, for comparison with other cells."""
    return column_name(text).casefold()


def _with_folded_keys(given: Any) -> Any:
    if not isinstance(given, dict):
        return given
    folded: dict[str, Any] = {}
    for key, value in cast("dict[str, Any]", given).items():
        if fold(key) in folded:
            msg = f"{shown(key)} differs from an earlier key only in case or spaces; remove one"
            raise SettingsError(msg)
        folded[fold(key)] = value
    return folded


def _by_path(given: Any) -> Any:
    """Flatten the nested tables that TOML makes of keys such as ``place.state``."""
    if not isinstance(given, dict):
        return given
    return dict(_flat(cast("dict[str, Any]", given), ""))


def _flat(table: dict[str, Any], before: str) -> Iterator[tuple[str, Any]]:
    for key, value in table.items():
        if isinstance(value, dict):
            yield from _flat(cast("dict[str, Any]", value), f"{before}{key}.")
        else:
            yield before + key, value


def _parsed_records(given: dict[str, Any]) -> dict[str, Record]:
    found: dict[str, Record] = {}
    for name, table in given.items():
        if isinstance(table, BaseRecord):
            found[name] = cast("Record", table)
            continue
        record: Any = table
        if isinstance(table, dict):
            record = {"id": name, **cast("dict[str, Any]", table)}
        try:
            found[name] = record_adapter().validate_json(to_json(record))
        except ValidationError as error:
            problem = next(problems_in(error, RECORD_CLASSES, record))
            msg = f"{name}: {problem.message}"
            raise SettingsError(msg, problem.suggestion) from None
    return found


ByPath = Annotated[dict[str, JsonValue], BeforeValidator(_by_path)]
Words = Annotated[dict[str, JsonValue], BeforeValidator(_with_folded_keys)]
Cases = Annotated[dict[str, ByPath], BeforeValidator(_with_folded_keys)]


class SheetColumn(BaseModel, frozen=True, extra="forbid", strict=True):
    """The meaning of a column."""

    field: str | None = None
    """The path of the field that the column fills."""
    values: Words = {}
    """A mapping from the text of a cell to the value that it means."""
    unknown: tuple[str, ...] = Field(default=(), strict=False)
    """Texts in this column that mean an unknown value."""
    also: ByPath = {}
    """Other fields to fill if the cell has a value, as a mapping from paths to values."""
    cases: Cases = {}
    """A mapping from the text of a cell to the other fields to fill, as paths and values."""
    skip_zero: bool | None = None
    """If true, leave out an item whose count is 0; if false, record it.

    By default, a count of 0 is reported as a problem.
    """
    split: str | None = Field(default=None, min_length=1)
    """The separator between the values in a cell with several values."""
    organization: OrganizationKind | None = None
    """Create an organization of this kind for each name that is not known."""
    prefix: str | None = None
    """The prefix to add to each value that does not have it yet, such as ``https://t.me/``."""
    unit: Unit | None = None
    """The unit of a number if the cell contains no unit."""
    join: str | None = None
    """A pattern that joins the cells of other columns, such as ``{Year}-{Month}-{Day}``."""
    pattern: tuple[str, ...] = Field(default=(), strict=False)
    """Patterns that split a cell, such as ``{place}, {country}``; the first that fits is used."""
    parts: dict[str, SheetColumn] = {}
    """The meaning of each part of a cell that `pattern` splits."""
    skip_rows: tuple[str, ...] = Field(default=(), strict=False)
    """Leave out each row whose cell in this column is one of these."""
    only_rows: tuple[str, ...] = Field(default=(), strict=False)
    """Leave out each row whose cell in this column is not one of these."""
    keep: bool = False
    """If true, keep the original cells in `extensions`, in addition to the field."""
    skip: bool = False
    """If true, the column is ignored."""

    @property
    def beside(self) -> tuple[str, ...]:
        """Return the paths of the fields that the column fills in addition to `field`."""
        return tuple(
            dict.fromkeys([*self.also, *(path for it in self.cases.values() for path in it)])
        )

    @model_validator(mode="after")
    def _says_one_thing(self) -> SheetColumn:
        if self.skip and self.model_fields_set - {"skip", "skip_rows", "only_rows"}:
            msg = (
                "a column with `skip` must have no other keys, except `skip_rows` and `only_rows`"
            )
            raise SettingsError(msg)
        if not (self.skip or self.field or self.cases or self.parts or self.keep):
            msg = "a column needs a field, cases, parts, keep = true, or skip = true"
            raise SettingsError(msg)
        if bool(self.pattern) != bool(self.parts):
            msg = "`pattern` and `parts` must be used together"
            raise SettingsError(msg)
        return self


class FileKeys(BaseModel, frozen=True, extra="forbid", strict=True):
    """The keys that describe the position and the format of the table in a file."""

    sheet: str | Annotated[int, Field(ge=1)] | None = None
    """The name or the number of the sheet in a workbook with several sheets."""
    rows: str | None = None
    """The path of the list of rows in a JSON file."""
    header_row: int | None = Field(default=None, ge=1, le=1000)
    """The number of the row with the column names; by default, the first that is not blank."""
    header_rows: int = Field(default=1, ge=1, le=5)
    """The number of rows that form the column names, starting with `header_row`."""
    merged: Literal["repeat"] | None = None
    """If "repeat", all merged cells get the value of the first one.

    By default, merged cells without a value of their own are reported as problems.
    """
    delimiter: str | None = Field(default=None, min_length=1, max_length=1)
    """The separator between cells; by default, the reader detects it."""
    encoding: Encoding = "utf-8"
    """The encoding of the file."""
    decimal: Literal[".", ","] | None = None
    """The decimal mark of numbers."""

    @cached_property
    def file_columns(self) -> tuple[str, ...]:
        """Return the columns that the file must have."""
        return ()

    @cached_property
    def separators(self) -> Mapping[str, str]:
        """Return the separators of the columns whose cells have several values."""
        return {}

    @model_validator(mode="after")
    def _has_a_first_header_row(self) -> Self:
        if self.header_rows > 1 and self.header_row is None:
            msg = "header_rows also needs the key header_row, the number of the first header row"
            raise SettingsError(msg)
        return self


class SheetKeys(FileKeys, frozen=True, extra="forbid", strict=True):
    """The keys of a mapping that converts each row of a spreadsheet to a record."""

    record: RecordType
    """The type of the record that a row becomes."""
    source: Source
    """The source record for the spreadsheet itself, which each record cites."""
    id: str = Field(default="", max_length=200)
    """The pattern of ids: text with ``{row}``, ``{time}`` or column names in braces."""
    timezone: TimeZone | None = None
    """The time zone of dates and times of day."""
    local_time: bool = False
    """If true, use the time zone of the state in the field `state`.

    This applies only if all clocks in the state showed the same time.
    """
    date_order: DateOrder | None = None
    """The order of day and month in dates such as 03/04/2024."""
    century: Literal[1900, 2000] | None = None
    """The century of two-digit years: 1900 or 2000."""
    hours: Literal[24] | None = None
    """If 24, times without a.m. or p.m. are on the 24-hour clock, so 2:25 is at night."""
    midnight: Literal["day", "time"] | None = None
    """The meaning of 00:00 after a date: "time" for midnight, "day" for a day without a time."""
    unknown: tuple[str, ...] = Field(default=(), strict=False)
    """Texts that mean an unknown value, as empty cells do."""
    words: Annotated[dict[str, str], BeforeValidator(_with_folded_keys)] = {}
    """English translations of the foreign words in times and numbers."""
    constants: ByPath = {}
    """A mapping from paths to default values for every row."""
    records: Annotated[dict[str, Any], AfterValidator(_parsed_records)] = {}
    """Records that cells refer to, such as organizations or series, by id."""
    keep: Namespace | None = None
    """The domain name under which cells are kept in `extensions`."""
    columns: Annotated[dict[str, SheetColumn], Field(min_length=1)]
    """A mapping from column names to the meanings of the columns."""

    @cached_property
    def derived(self) -> Mapping[str, tuple[str, ...]]:
        """Return a mapping from each derived column to its source columns.

        A derived column is not in the file. It joins other columns, or is a part of a column, such
        as ``Where.place``.
        """
        joins = {name: names_in(it.join) for name, it in self.columns.items() if it.join}
        parts = {
            f"{name}.{part}": joins.get(name, (name,))
            for name, it in self.columns.items()
            for part in it.parts
        }
        return joins | parts

    @cached_property
    def every_column(self) -> Mapping[str, SheetColumn]:
        """Return the columns and their parts, by name."""
        parts = {
            f"{name}.{part}": it
            for name, of in self.columns.items()
            for part, it in of.parts.items()
        }
        return self.columns | parts

    @cached_property
    def file_columns(self) -> tuple[str, ...]:
        """Return the columns that the file must have."""
        given = [name for name in self.columns if name not in self.derived]
        return tuple(dict.fromkeys([*given, *(it for of in self.derived.values() for it in of)]))

    @cached_property
    def separators(self) -> Mapping[str, str]:
        """Return the separators of the columns whose cells have several values."""
        return {name: it.split for name, it in self.columns.items() if it.split}

    @cached_property
    def always(self) -> Mapping[str, JsonValue]:
        """Return a mapping from paths to fixed values, which may determine the kind of a claim."""
        also = {
            path: it for column in self.every_column.values() for path, it in column.also.items()
        }
        return also | self.constants

    @cached_property
    def targets(self) -> Mapping[str, Target]:
        """Return a mapping from column names to the targets of their values."""
        return {
            name: target_of(self.record, column.field, self.always)
            for name, column in self.every_column.items()
            if column.field is not None
        }

    @cached_property
    def read_columns(self) -> tuple[str, ...]:
        """Return the columns whose cells fill a field."""
        return tuple(
            name for name, it in self.every_column.items() if it.field is not None or it.cases
        )

    @cached_property
    def constant_targets(self) -> Mapping[str, Target]:
        """Return a mapping from the paths of constants and additional fields to their targets."""
        paths = [
            *self.constants,
            *(path for it in self.every_column.values() for path in it.beside),
        ]
        return {path: target_of(self.record, path, self.always) for path in paths}

    @cached_property
    def id_parts(self) -> tuple[tuple[str, bool], ...]:
        """Return the parts of the id pattern, each with a flag: true for a name in braces."""
        return tuple(pieces_of(self.id or f"{self.source.id}-{{row}}"))

    @cached_property
    def id_columns(self) -> tuple[str, ...]:
        """Return the columns whose cells are used in ids."""
        return tuple(part for part, is_name in self.id_parts if is_name and part in self.columns)

    @property
    def id_has_time(self) -> bool:
        """Return whether the id pattern contains the time."""
        return ("time", True) in self.id_parts and "time" not in self.columns

    @cached_property
    def record_names(self) -> Mapping[str, Record]:
        """Return the records that the mapping defines, by id and by folded name."""
        by_name = {fold(getattr(it, "name", "")): it for it in self.records.values()}
        return by_name | self.records

    @cached_property
    def _filters(self) -> tuple[tuple[str, frozenset[str], bool], ...]:
        """Return for each filter its column, its cells, and whether rows with them are skipped."""
        return tuple(
            (name, frozenset(map(fold, cells)), is_out)
            for name, column in self.every_column.items()
            for cells, is_out in ((column.skip_rows, True), (column.only_rows, False))
            if cells
        )

    def leaves_out(self, cells: Mapping[str, str]) -> bool:
        """Return whether the mapping leaves out a row with the given cells."""
        return any(
            (fold(cells.get(name, "")) in words) is is_out for name, words, is_out in self._filters
        )

    def is_unknown(self, column: SheetColumn, cell: str) -> bool:
        """Return whether a cell means an unknown value."""
        if not (self._unknown or column.unknown):
            return not cell.strip() and "" not in column.values
        folded = fold(cell)
        if folded in column.values:
            return False
        return not folded or folded in self._unknown or folded in map(fold, column.unknown)

    @cached_property
    def _unknown(self) -> frozenset[str]:
        return frozenset(map(fold, self.unknown))
