"""Mappings in TOML, which define how the columns of a spreadsheet become fields."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time
from functools import cached_property
from os import PathLike
from pathlib import Path
from typing import Annotated, Any, Literal, cast

from pydantic import BaseModel, BeforeValidator, Field, JsonValue, ValidationError, model_validator

from airspace_events.diagnostics.pydantic_errors import problem_at
from airspace_events.errors import SettingsError
from airspace_events.feeds.streams import reading_from
from airspace_events.feeds.toml_files import toml_tables
from airspace_events.formats.cells import column_name
from airspace_events.formats.spreadsheets import checks as sheet_checks
from airspace_events.formats.spreadsheets.paths import SOURCE, Target, target_of
from airspace_events.models.base import RecordType
from airspace_events.models.source import Source
from airspace_events.phrases.context import DateOrder
from airspace_events.safe_text import shown
from airspace_events.spelling import nearest
from airspace_events.values.scalars import Namespace
from airspace_events.values.time import TimeZone
from airspace_events.vocabulary.terms import Unit

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
"""The encoding of a file."""

_HABITS = {
    "dmy": "day_first",
    "mdy": "month_first",
    "latin-1": "iso-8859-1",
    "cp1252": "windows-1252",
}


_NAMED = len(("columns", "its name"))


def fold(text: str) -> str:
    """Return the comparison key of a cell, which ignores case and white space."""
    return column_name(text).casefold()


def _words(given: Any) -> Any:
    """Return a table with folded keys, and refuse keys that become equal."""
    if not isinstance(given, dict):
        return given
    folded: dict[str, Any] = {}
    for key, value in cast("dict[str, Any]", given).items():
        if fold(key) in folded:
            msg = f"{shown(key)} appears twice, because upper and lower case are equal"
            raise SettingsError(msg)
        folded[fold(key)] = value
    return folded


def _by_path(given: Any) -> Any:
    """Return a mapping from paths to values, because TOML nests a path such as ``place.state``."""
    if not isinstance(given, dict):
        return given
    return dict(_flat(cast("dict[str, Any]", given), ""))


def _flat(table: dict[str, Any], before: str) -> Iterator[tuple[str, Any]]:
    for key, value in table.items():
        if isinstance(value, dict):
            yield from _flat(cast("dict[str, Any]", value), f"{before}{key}.")
        else:
            yield before + key, value


ByPath = Annotated[dict[str, JsonValue], BeforeValidator(_by_path)]
Words = Annotated[dict[str, JsonValue], BeforeValidator(_words)]


class SheetColumn(BaseModel, frozen=True, extra="forbid", strict=True):
    """The meaning of a column."""

    field: str | None = None
    """The path of the field that the column fills."""
    values: Words = {}
    """A mapping from cell texts to the values that they mean."""
    unknown: tuple[str, ...] = Field(default=(), strict=False)
    """The cell texts in this column that mean an unknown value."""
    also: ByPath = {}
    """A mapping from paths to values for other fields to fill if the cell has a value."""
    split: str | None = Field(default=None, min_length=1)
    """The separator between the values in a cell with several values."""
    unit: Unit | None = None
    """The unit of numbers without a unit in the cell."""
    keep: bool = False
    """If true, the original cells are kept in addition to the field."""
    skip: bool = False
    """If true, the column is ignored."""

    @model_validator(mode="after")
    def _says_one_thing(self) -> SheetColumn:
        if self.skip and self.model_fields_set != {"skip"}:
            msg = "a column with skip must have no other keys"
            raise SettingsError(msg)
        if not self.skip and self.field is None and not self.keep:
            msg = "a column needs a field, keep = true or skip = true"
            raise SettingsError(msg)
        return self


class SheetMapping(BaseModel, frozen=True, extra="forbid", strict=True):
    """A mapping from each row of a spreadsheet to a record, with the keys of the TOML file."""

    record: RecordType
    """The type of the record that a row becomes."""
    source: Source
    """The source record for the spreadsheet itself, which each record cites."""
    id: str = Field(default="", max_length=200)
    """The pattern of ids: text with column names, ``{row}`` or ``{time}`` in braces."""
    delimiter: str | None = Field(default=None, min_length=1, max_length=1)
    """The separator between cells, which is detected by default."""
    encoding: Encoding = "utf-8"
    """The encoding of the file."""
    header_row: int | None = Field(default=None, ge=1, le=1000)
    """The row with the names of the columns; by default, the first row that is not blank."""
    timezone: TimeZone | None = None
    """The time zone of dates and times of day."""
    local_time: bool = False
    """If true, times use the time zone of the state concerned, provided it has only one."""
    date_order: DateOrder | None = None
    """The order of day and month in dates such as 03/04/2024."""
    century: int | None = Field(default=None, ge=1900, le=2100, multiple_of=100)
    """The first year of the century of years with two digits."""
    hours: Literal[24] | None = None
    """If true, times without a.m. or p.m. use the 24-hour clock, so that 2:25 is at night."""
    midnight: Literal["day", "time"] | None = None
    """The meaning of 00:00 after a date: "time" for midnight, "day" for a day without a time."""
    decimal: Literal[".", ","] | None = None
    """The decimal mark of numbers."""
    unknown: tuple[str, ...] = Field(default=(), strict=False)
    """The cell texts, in addition to empty cells, that mean an unknown value."""
    words: Annotated[dict[str, str], BeforeValidator(_words)] = {}
    """A mapping from words for times and numbers in another language to English words."""
    constants: ByPath = {}
    """A mapping from paths to default values for every row."""
    keep: Namespace | None = None
    """The domain name in `extensions` for cells that are kept."""
    columns: Annotated[dict[str, SheetColumn], Field(min_length=1)]
    """A mapping from column names to the meanings of the columns."""

    @classmethod
    def load(cls, path: str | PathLike[str]) -> SheetMapping:
        """Read a mapping from a TOML file.

        Raises:
            UnreadableError: the file cannot be opened.
            SettingsError: the file is not a valid mapping; the error gives the key and the reason.
        """
        file = Path(path)
        with reading_from(str(path)):
            data = file.read_bytes()
        tables = toml_tables(data, file.name)
        try:
            return cls.of(tables)
        except SettingsError as error:
            reason = f"{file.name}: {error.reason}"
            raise SettingsError(reason, error.suggestion) from None

    @classmethod
    def of(cls, tables: Mapping[str, Any]) -> SheetMapping:
        """Make a mapping from the tables of a TOML file.

        Raises:
            SettingsError: the tables are not a valid mapping.
        """
        given = cast("dict[str, Any]", _plain(dict(tables)))
        if isinstance(given.get("source"), dict):
            given["source"] = {"type": "source", **given["source"]}
        if isinstance(given.get("columns"), dict):
            given["columns"] = {column_name(name): it for name, it in given["columns"].items()}
        try:
            return cls.model_validate(given)
        except ValidationError as error:
            raise _settings_error(error) from None

    @model_validator(mode="after")
    def _fits_the_record(self) -> SheetMapping:
        # Type checkers disagree on whether a cached property implements a property of a protocol.
        checked: Any = self
        sheet_checks.check(checked)
        return self

    @cached_property
    def always(self) -> Mapping[str, JsonValue]:
        """Return the paths with a fixed value, which may determine the kind of a claim."""
        also = {path: it for column in self.columns.values() for path, it in column.also.items()}
        return also | self.constants

    @cached_property
    def targets(self) -> Mapping[str, Target]:
        """Return a mapping from column names to targets."""
        return {
            name: target_of(self.record, column.field, self.always)
            for name, column in self.columns.items()
            if column.field is not None
        }

    @cached_property
    def constant_targets(self) -> Mapping[str, Target]:
        """Return a mapping from the paths in constants and ``also`` to targets."""
        paths = [*self.constants, *(path for it in self.columns.values() for path in it.also)]
        return {path: target_of(self.record, path, self.always) for path in paths}

    @cached_property
    def id_parts(self) -> tuple[tuple[str, bool], ...]:
        """Return the parts of the id pattern, each with a flag for a name in braces."""
        return tuple(_id_parts(self.id or f"{self.source.id}-{{row}}"))

    @property
    def id_has_time(self) -> bool:
        """Return whether the id pattern contains the time."""
        return ("time", True) in self.id_parts and "time" not in self.columns

    def is_unknown(self, column: SheetColumn, cell: str) -> bool:
        """Return whether a cell means an unknown value."""
        folded = fold(cell)
        if folded in column.values:
            return False
        return not folded or folded in self._unknown or folded in map(fold, column.unknown)

    @cached_property
    def _unknown(self) -> frozenset[str]:
        return frozenset(map(fold, self.unknown))


def _plain(value: Any) -> Any:
    """Return a value from TOML as JSON, with dates as text."""
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in cast("dict[str, Any]", value).items()}
    if isinstance(value, list):
        return [_plain(item) for item in cast("list[object]", value)]
    return value.isoformat() if isinstance(value, date | datetime | time) else value


def _settings_error(error: ValidationError) -> SettingsError:
    """Return the first error in a mapping, with its location and a suggestion."""
    first = error.errors(include_url=False)[0]
    cause = first.get("ctx", {}).get("error")
    at = [str(step) for step in first["loc"] if step != "[key]"]
    place = ".".join(f'"{step}"' if "." in step or " " in step else step for step in at)
    if isinstance(cause, SettingsError):
        reason = f"{place}: {cause.reason}" if place else cause.reason
        return SettingsError(reason, cause.suggestion)
    location = first["loc"]
    model: type[BaseModel] = SheetMapping
    if at[0] == "columns" and len(at) > _NAMED:
        # `columns` is a table of tables, and the location names one of them.
        model, location = SheetColumn, location[_NAMED:]
    if first["type"] in ("extra_forbidden", "missing") and at[0] != SOURCE:
        if first["type"] == "missing":
            return SettingsError(f"the mapping needs the key {place}")
        guess = nearest(at[-1], model.model_fields)
        return SettingsError(f"{place} is not a key of a mapping", guess)
    problem = problem_at({**first, "loc": location}, model)
    habit = _HABITS.get(first["input"]) if isinstance(first["input"], str) else None
    return SettingsError(f"{place}: {problem.message}", habit or problem.suggestion)


def _id_parts(pattern: str) -> Iterator[tuple[str, bool]]:
    for number, piece in enumerate(pattern.split("{")):
        name, closed, rest = piece.partition("}") if number else ("", "", piece)
        if number and not closed:
            msg = f"id: a brace is not closed in {shown(pattern)}"
            raise SettingsError(msg)
        if number:
            yield column_name(name), True
        if rest:
            yield rest, False
