"""Mappings in TOML. A mapping defines the conversion of spreadsheet columns to fields."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from os import PathLike
from pathlib import Path
from typing import Any, cast

from pydantic import BaseModel, ValidationError, model_validator

from airspace_events.diagnostics.pydantic_errors import problem_at
from airspace_events.errors import SettingsError
from airspace_events.feeds.streams import reading_from
from airspace_events.feeds.toml_files import toml_tables
from airspace_events.formats.cells import column_name
from airspace_events.formats.spreadsheets import checks
from airspace_events.formats.spreadsheets.keys import SheetColumn, SheetKeys
from airspace_events.formats.spreadsheets.paths import SOURCE
from airspace_events.spelling import nearest

_HABITS = {
    "dmy": "day_first",
    "mdy": "month_first",
    "latin-1": "iso-8859-1",
    "cp1252": "windows-1252",
}


_NAMED = len(("columns", "its name"))


class SheetMapping(SheetKeys, frozen=True, extra="forbid", strict=True):
    """A mapping that converts each row of a spreadsheet to a record, usually read from TOML."""

    @classmethod
    def load(cls, path: str | PathLike[str]) -> SheetMapping:
        """Read a mapping from a TOML file.

        Raises:
            UnreadableError: the file cannot be opened.
            SettingsError: the file is not a valid mapping; the error names the key and the reason.
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
        given = cast("dict[str, Any]", _as_json(dict(tables)))
        if isinstance(given.get("source"), dict):
            given["source"] = {"type": "source", **given["source"]}
        elif "source" in given:
            msg = "source must be a table with the fields of a source: id, kind and publisher"
            raise SettingsError(msg)
        if isinstance(given.get("columns"), dict):
            given["columns"] = {column_name(name): it for name, it in given["columns"].items()}
        try:
            return cls.model_validate(given)
        except ValidationError as error:
            raise _settings_error(error) from None

    @model_validator(mode="after")
    def _fits_the_record(self) -> SheetMapping:
        checks.check(self)
        return self


def _as_json(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _as_json(item) for key, item in cast("dict[str, Any]", value).items()}
    if isinstance(value, list):
        return [_as_json(item) for item in cast("list[object]", value)]
    return value.isoformat() if isinstance(value, date | datetime | time) else value


def _settings_error(error: ValidationError) -> SettingsError:
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
