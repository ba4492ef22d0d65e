"""Settings of the validator: the selected codes, and changed severities."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, cast, get_args

from airspace_events.errors import SettingsError
from airspace_events.feeds.toml_files import toml_tables
from airspace_events.spelling import nearest
from airspace_events.validation.codes import CODES, FAMILIES, Severity

FILE_NAME = "airspace-events.toml"
_TABLE = "airspace-events"
_KEYS = ("select", "ignore", "severity")


@dataclass(frozen=True, slots=True)
class Settings:
    """The selected and ignored codes of notices, and changed severities.

    Attributes:
        select: the codes to report; None for all.
        ignore: the codes to leave out, even if selected.
        severity: a mapping from codes to severities that differ from the registry.
    """

    select: frozenset[str] | None = None
    ignore: frozenset[str] = frozenset()
    severity: Mapping[str, Severity] = field(default_factory=dict[str, Severity])

    @classmethod
    def of(
        cls,
        select: Iterable[str] = (),
        ignore: Iterable[str] = (),
        severity: Mapping[str, str] | None = None,
    ) -> Settings:
        """Make settings from the names of codes and families.

        Raises:
            SettingsError: a name is not a code, a family or a severity.
        """
        given: dict[str, Severity] = {}
        for name, word in (severity or {}).items():
            given[_code(name)] = _severity(name, word)
        return cls(_codes(select) or None, _codes(ignore), given)

    def wants(self, code: str) -> bool:
        """Return whether the report includes notices with a code."""
        return code in self.codes

    @property
    def codes(self) -> frozenset[str]:
        """The codes that the report includes."""
        return _selected(self.select, self.ignore)

    def severity_of(self, code: str) -> Severity:
        """Return the severity of a code."""
        return self.severity.get(code) or CODES[code].severity

    def merged(self, select: Iterable[str], ignore: Iterable[str]) -> Settings:
        """Return settings with a new selection, if given, and with additional ignored codes."""
        return Settings(_codes(select) or self.select, self.ignore | _codes(ignore), self.severity)


@lru_cache(maxsize=8)
def _selected(select: frozenset[str] | None, ignore: frozenset[str]) -> frozenset[str]:
    """Return the selected codes, and the codes about the report itself, which always apply."""
    selected = frozenset(CODES) if select is None else select
    return selected - ignore | {code.name for code in FAMILIES["reports"]}


def find_settings(folder: Path) -> Path | None:
    """Return the settings file of a folder or of its nearest parent folder, or None."""
    for place in (folder, *folder.parents):
        with suppress(OSError):  # the user may not have access to a folder above
            if (own := place / FILE_NAME).is_file():
                return own
            project = place / "pyproject.toml"
            if project.is_file() and _has_table(project):
                return project
    return None


def _has_table(project: Path) -> bool:
    try:
        return _project_table(project) is not None
    except SettingsError:
        # An unreadable project file is not an error of this library.
        return False


def _project_table(project: Path) -> Any:
    """Return the table of this library in a ``pyproject.toml``, or None."""
    tools = _tables(project).get("tool")
    return cast("dict[str, Any]", tools).get(_TABLE) if isinstance(tools, dict) else None


def read_settings(path: Path) -> Settings:
    """Read settings from an ``airspace-events.toml`` or a ``pyproject.toml``.

    Raises:
        SettingsError: the file cannot be read, or its content is not valid.
    """
    if path.name != "pyproject.toml":
        tables = _tables(path)
    else:
        found = _project_table(path)
        if not isinstance(found, dict | None):
            reason = f"{_TABLE} in {path.name} must be a table"
            raise SettingsError(reason)
        tables = cast("dict[str, Any]", found or {})
    for key in tables:
        if key not in _KEYS:
            guess = nearest(key, _KEYS)
            reason = f"{path.name} has an unknown key {key!r}"
            raise SettingsError(reason, guess)
    for key in ("select", "ignore"):
        if not _is_list_of_texts(tables.get(key, [])):
            reason = f"{key} in {path.name} must be a list of codes"
            raise SettingsError(reason)
    severity = tables.get("severity", {})
    if not isinstance(severity, dict):
        reason = f"severity in {path.name} must be a table of codes"
        raise SettingsError(reason)
    return Settings.of(
        tables.get("select", []), tables.get("ignore", []), cast("dict[str, str]", severity)
    )


def _tables(path: Path) -> dict[str, Any]:
    try:
        data = path.read_bytes()
    except OSError as error:
        reason = f"{path.name} cannot be read: {error.strerror}"
        raise SettingsError(reason) from error
    return toml_tables(data, path.name)


def _is_list_of_texts(value: Any) -> bool:
    if not isinstance(value, list):
        return False
    return all(isinstance(one, str) for one in cast("list[object]", value))


def _codes(names: Iterable[str]) -> frozenset[str]:
    found: set[str] = set()
    for name in names:
        if name in FAMILIES:
            found.update(code.name for code in FAMILIES[name])
        else:
            found.add(_code(name))
    return frozenset(found)


def _code(name: str) -> str:
    if name not in CODES:
        guess = nearest(name, (*CODES, *FAMILIES))
        reason = f"{name!r} is not a code and not a family of codes"
        raise SettingsError(reason, guess)
    return name


def _severity(code: str, word: Any) -> Severity:
    if word not in get_args(Severity):
        reason = f"the severity of {code} must be error, warning or info"
        raise SettingsError(reason)
    return cast("Severity", word)
