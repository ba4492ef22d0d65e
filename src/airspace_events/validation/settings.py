"""Settings of the validator: selected codes, changed severities, and rules of other packages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import lru_cache
from importlib import import_module
from itertools import chain
from pathlib import Path
from typing import Any, cast

from airspace_events.errors import SettingsError
from airspace_events.feeds.toml_files import toml_tables
from airspace_events.spelling import nearest
from airspace_events.validation.codes import CODES, FAMILIES, Code, Severity
from airspace_events.validation.rules.rule import Rule, Rules, check_severity, check_url

FILE_NAME = "airspace-events.toml"
_TABLE = "airspace-events"
_KEYS = ("select", "ignore", "severity", "rules", "rules_url")


@dataclass(frozen=True, slots=True)
class Settings:
    """The selected and ignored codes of notices, changed severities, and additional rules.

    Attributes:
        select: the codes to report; None for all.
        ignore: the codes to leave out, even if selected.
        severity: a mapping from codes to severities that differ from those in the registry.
        rules: rules from other packages, which run in addition to the rules of this library.
        rules_url: the URL of your copy of the page "The rules", for links in reports.

    Raises:
        SettingsError: two rules define the same code differently, a code of a rule is not a
            `Code`, or ``rules_url`` is not a web address.
        TypeError: an item of ``rules`` is not a rule.
    """

    select: frozenset[str] | None = None
    ignore: frozenset[str] = frozenset()
    severity: Mapping[str, Severity] = field(default_factory=dict[str, Severity])
    rules: Iterable[Rule] = ()
    rules_url: str | None = None

    def __post_init__(self) -> None:
        """Check the rules and the URL."""
        if self.rules_url is not None:
            check_url(self.rules_url)
        # The command line and the settings file may name the same module.
        rules = tuple(dict.fromkeys(self.rules))
        object.__setattr__(self, "rules", rules)
        _own_codes(rules)

    @classmethod
    def of(
        cls,
        select: Iterable[str] = (),
        ignore: Iterable[str] = (),
        severity: Mapping[str, str] | None = None,
        rules: Iterable[Rule] = (),
        rules_url: str | None = None,
    ) -> Settings:
        """Create settings from the names of codes and families, and from rules of other packages.

        Raises:
            SettingsError: a name is not a code, a family or a severity.
        """
        with_rules = cls(rules=rules, rules_url=rules_url)
        known, given = with_rules.own_codes, dict[str, Severity]()
        for name, word in (severity or {}).items():
            if family := _family(name, known):
                reason = (
                    f"{name!r} is a family of codes; set the severity of each code by itself, "
                    f"such as {family[0]}"
                )
                raise SettingsError(reason)
            _check_code(name, known)
            check_severity(name, word)
            given[name] = cast("Severity", word)
        return replace(with_rules.merged(select, ignore), severity=given)

    def wants(self, code: str) -> bool:
        """Return whether the report includes notices with a code."""
        return code in self.codes

    @property
    def codes(self) -> frozenset[str]:
        """The codes that the report includes."""
        return _selected(self.select, self.ignore, tuple(self.rules))

    @property
    def own_codes(self) -> Mapping[str, Code]:
        """The codes of rules from other packages, by name."""
        return _own_codes(tuple(self.rules))

    def severity_of(self, code: str) -> Severity:
        """Return the severity of a code."""
        return self.severity.get(code) or (CODES.get(code) or self.own_codes[code]).severity

    def merged(
        self, select: Iterable[str], ignore: Iterable[str], rules: Iterable[Rule] = ()
    ) -> Settings:
        """Return a copy with a new selection, if given, and additional rules and ignored codes."""
        merged = replace(self, rules=(*self.rules, *rules))
        known = merged.own_codes
        return replace(
            merged,
            select=_codes(select, known) or self.select,
            ignore=self.ignore | _codes(ignore, known),
        )


@lru_cache(maxsize=8)
def _own_codes(rules: tuple[Rule, ...]) -> Mapping[str, Code]:
    found: dict[str, Code] = {}
    for rule in rules:
        if not isinstance(rule, Rule):  # pyright: ignore[reportUnnecessaryIsInstance]
            msg = f"{rule!r} is not a rule; create rules with the decorator of ae.rules.Rules"
            raise TypeError(msg)
        if len(rule.own) < len(rule.codes):
            reason = f"the codes {rule.codes} of a rule must be instances of ae.rules.Code"
            raise SettingsError(reason)
        for code in rule.own:
            if found.setdefault(code.name, code) != code:
                reason = f"two rules define the code {code.name} differently"
                raise SettingsError(reason)
    return found


def rules_of(module: str) -> Rules:
    """Import a module, and return its list of rules, ``RULES``.

    Raises:
        SettingsError: the module cannot be imported, or has no such list.
    """
    if module.endswith(".py"):
        reason = f"{module!r} is a file; write the name of the module: {module[:-3]}"
        raise SettingsError(reason)
    try:
        found = getattr(import_module(module), "RULES", None)
    except Exception as error:  # the module may raise anything
        reason = f"the rules {module!r} cannot be imported: {type(error).__name__}: {error}"
        raise SettingsError(reason) from error
    if not isinstance(found, Rules):
        reason = f"the module {module} has no list RULES; create one with ae.rules.Rules()"
        raise SettingsError(reason)
    return found


@lru_cache(maxsize=8)
def _selected(
    select: frozenset[str] | None, ignore: frozenset[str], rules: tuple[Rule, ...]
) -> frozenset[str]:
    """Return the selected codes, and the codes about the report itself, which always apply."""
    selected = {*CODES, *_own_codes(rules)} if select is None else select
    return frozenset(selected - ignore) | {code.name for code in FAMILIES["reports"]}


def find_settings(folder: Path) -> Path | None:
    """Return the settings file in a folder or in the nearest folder above it, or None."""
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
    for key in ("select", "ignore", "rules"):
        if not _is_list_of_texts(tables.get(key, [])):
            items = "modules" if key == "rules" else "codes"
            reason = f"{key} in {path.name} must be a list of {items}"
            raise SettingsError(reason)
    severity = tables.get("severity", {})
    if not isinstance(severity, dict):
        reason = (
            f"[severity] in {path.name} must be a table that maps codes to severities, such as "
            'record_without_source = "error"'
        )
        raise SettingsError(reason)
    return Settings.of(
        tables.get("select", []),
        tables.get("ignore", []),
        cast("dict[str, str]", severity),
        chain.from_iterable(map(rules_of, tables.get("rules", []))),
        tables.get("rules_url"),
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


def _codes(names: Iterable[str], own: Mapping[str, Code]) -> frozenset[str]:
    """Return the codes with the given names, and all codes of the given families."""
    found: set[str] = set()
    for name in names:
        family = _family(name, own)
        if not family:
            _check_code(name, own, "neither a code nor a family of codes", FAMILIES)
        found.update(family or [name])
    return frozenset(found)


def _family(name: str, own: Mapping[str, Code]) -> list[str]:
    """Return the codes of a family such as ``package`` in ``package/problem``; may be empty."""
    if name in FAMILIES:
        return [code.name for code in FAMILIES[name]]
    return [code for code in own if code.startswith(f"{name}/")]


def _check_code(
    name: str, own: Mapping[str, Code], fault: str = "not a code", others: Iterable[str] = ()
) -> None:
    if name not in CODES and name not in own:
        reason = f"{name!r} is {fault}"
        raise SettingsError(reason, nearest(name, (*CODES, *others, *own)))
