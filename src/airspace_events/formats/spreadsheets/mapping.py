"""What a stranger's spreadsheet means: which column is which field, written down in TOML."""

from __future__ import annotations

import tomllib
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
from airspace_events.vocabulary.places import Unit

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
"""How the characters of a file are written."""

_HABITS = {
    "dmy": "day_first",
    "mdy": "month_first",
    "latin-1": "iso-8859-1",
    "cp1252": "windows-1252",
}


_NAMED = len(("columns", "its name"))


def fold(text: str) -> str:
    """A cell as it is compared with the words of a mapping: case and spaces do not matter."""
    return column_name(text).casefold()


def _words(given: Any) -> Any:
    """The keys of a table, folded; two that become one are refused."""
    if not isinstance(given, dict):
        return given
    folded: dict[str, Any] = {}
    for key, value in cast("dict[str, Any]", given).items():
        if fold(key) in folded:
            msg = f"{shown(key)} stands here twice: case does not matter"
            raise ValueError(msg)
        folded[fold(key)] = value
    return folded


def _by_path(given: Any) -> Any:
    """Values by path: ``state = "RO"`` is a table in a table for TOML."""
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
    """What a column means."""

    field: str | None = None
    """The path of the field that it fills."""
    values: Words = {}
    """What its cells mean, where they are not written as the field has them."""
    unknown: tuple[str, ...] = Field(default=(), strict=False)
    """What is written in this column where nothing is known."""
    also: ByPath = {}
    """What else is so in a row whose cell says something."""
    split: str | None = Field(default=None, min_length=1)
    """What stands between the values of a cell that holds several."""
    unit: Unit | None = None
    """The unit of numbers that have none beside them."""
    keep: bool = False
    """Whether its cells are kept as they are, too."""
    skip: bool = False
    """Whether it is left out."""

    @model_validator(mode="after")
    def _says_one_thing(self) -> SheetColumn:
        if self.skip and self.model_fields_set != {"skip"}:
            msg = "a column that is skipped has nothing else"
            raise SettingsError(msg)
        if not self.skip and self.field is None and not self.keep:
            msg = "a column has a field, or keep = true, or skip = true"
            raise SettingsError(msg)
        return self


class SheetMapping(BaseModel, frozen=True, extra="forbid", strict=True):
    """How each row of a spreadsheet becomes a record. The keys are those of the TOML file."""

    record: RecordType
    """What a row becomes."""
    source: Source
    """The spreadsheet itself: a source that each record cites."""
    id: str = Field(default="", max_length=200)
    """The pattern of ids: text, names of columns in braces, ``{row}``, ``{time}``."""
    delimiter: str | None = Field(default=None, min_length=1, max_length=1)
    """What stands between cells; found out if it is not given."""
    encoding: Encoding = "utf-8"
    """How the characters of the file are written."""
    header_row: int | None = Field(default=None, ge=1, le=1000)
    """The row with the names of the columns; the first that is not blank, if it is not given."""
    timezone: TimeZone | None = None
    """The zone in which days and hours are meant."""
    local_time: bool = False
    """Whether times are those of the state concerned, where it has one zone only."""
    date_order: DateOrder | None = None
    """Which number of 03/04/2024 is the day."""
    hours: Literal[24] | None = None
    """Says that 2:25 is in the night, and 14:25 would be the afternoon."""
    midnight: Literal["day", "time"] | None = None
    """What 00:00 beside a date is: "day" if it only fills the cell, "time" if it was midnight."""
    decimal: Literal[".", ","] | None = None
    """What stands before the decimals of a number."""
    unknown: tuple[str, ...] = Field(default=(), strict=False)
    """What is written where nothing is known; an empty cell always says so."""
    words: Annotated[dict[str, str], BeforeValidator(_words)] = {}
    """Words of times and numbers in another language, with the English ones."""
    constants: ByPath = {}
    """What is so in every row, unless a cell says otherwise."""
    keep: Namespace | None = None
    """The domain under which cells are kept that fill no field."""
    columns: Annotated[dict[str, SheetColumn], Field(min_length=1)]
    """What the columns mean, by their names."""

    @classmethod
    def load(cls, path: str | PathLike[str]) -> SheetMapping:
        """Read a mapping from a TOML file.

        Raises:
            UnreadableError: the file cannot be opened.
            SettingsError: it is no mapping; the error says where and why.
        """
        file = Path(path)
        with reading_from(str(path)):
            data = file.read_bytes()
        try:
            tables = tomllib.loads(data.decode("utf-8-sig"))
        except (ValueError, RecursionError) as error:
            reason = f"{file.name} is not TOML: {error}"
            raise SettingsError(reason) from error
        try:
            return cls.of(tables)
        except SettingsError as error:
            reason = f"{file.name}: {error.reason}"
            raise SettingsError(reason, error.suggestion) from None

    @classmethod
    def of(cls, tables: Mapping[str, Any]) -> SheetMapping:
        """Make a mapping of the tables of a TOML file.

        Raises:
            SettingsError: they are no mapping.
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
        # Type checkers differ on whether a cached property is a property of a protocol.
        checked: Any = self
        sheet_checks.check(checked)
        return self

    @cached_property
    def always(self) -> Mapping[str, JsonValue]:
        """What paths hold that hold one thing only; it tells which claim a claim is."""
        also = {path: it for column in self.columns.values() for path, it in column.also.items()}
        return also | self.constants

    @cached_property
    def targets(self) -> Mapping[str, Target]:
        """Where each column goes, by its name."""
        return {
            name: target_of(self.record, column.field, self.always)
            for name, column in self.columns.items()
            if column.field is not None
        }

    @cached_property
    def constant_targets(self) -> Mapping[str, Target]:
        """Where each path of the constants leads, and each that a column has beside its own."""
        paths = [*self.constants, *(path for it in self.columns.values() for path in it.also)]
        return {path: target_of(self.record, path, self.always) for path in paths}

    @cached_property
    def id_parts(self) -> tuple[tuple[str, bool], ...]:
        """The parts of the pattern of ids, and whether each is the name of something."""
        return tuple(_id_parts(self.id or f"{self.source.id}-{{row}}"))

    @property
    def id_has_time(self) -> bool:
        """Whether ids are made of the time."""
        return ("time", True) in self.id_parts and "time" not in self.columns

    def is_unknown(self, column: SheetColumn, cell: str) -> bool:
        """Whether a cell says that nothing is known."""
        folded = fold(cell)
        if folded in column.values:
            return False
        return not folded or folded in self._unknown or folded in map(fold, column.unknown)

    @cached_property
    def _unknown(self) -> frozenset[str]:
        return frozenset(map(fold, self.unknown))


def _plain(value: Any) -> Any:
    """What TOML gives, as JSON has it: dates become text."""
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in cast("dict[str, Any]", value).items()}
    if isinstance(value, list):
        return [_plain(item) for item in cast("list[object]", value)]
    return value.isoformat() if isinstance(value, date | datetime | time) else value


def _settings_error(error: ValidationError) -> SettingsError:
    """The first thing that is wrong with a mapping, with its place and what was meant."""
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
        # `columns` is a table of tables, of which the location names one.
        model, location = SheetColumn, location[_NAMED:]
    if first["type"] in ("extra_forbidden", "missing") and at[0] != SOURCE:
        if first["type"] == "missing":
            return SettingsError(f"the mapping has no {place}")
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
