"""Check that the paths, values and id pattern of a mapping are consistent."""

from __future__ import annotations

from itertools import combinations
from typing import Any, NamedTuple

from pydantic import JsonValue, ValidationError

from airspace_events.diagnostics.problem import Parts
from airspace_events.diagnostics.pydantic_errors import problems_in
from airspace_events.errors import SettingsError
from airspace_events.feeds.reading import record_adapter
from airspace_events.formats.spreadsheets.cell_values import read_reference
from airspace_events.formats.spreadsheets.dates import UnfitError
from airspace_events.formats.spreadsheets.keys import SheetColumn, SheetKeys
from airspace_events.formats.spreadsheets.paths import CITED, SOURCE, Kind, Target, target_of
from airspace_events.formats.spreadsheets.templates import check_template, names_in
from airspace_events.models.records import RECORD_CLASSES
from airspace_events.safe_text import shown
from airspace_events.spelling import nearest

PLACEHOLDERS = ("row", "time")
"""The placeholders of an id pattern that are not column names."""

TIMES = {"finding": "found", "statement": "made", "incursion": "time", "series": "time"}
"""For each record type, the field that contains the time of the event."""

# The parts of a time, count or quantity that may have separate columns.
_BESIDE = {
    "time": ("clock", "reference", "timezone", "extent", "verbatim"),
    "count": ("as_of",),
    "quantity": ("datum",),
}
# For some fields, the related fields that also need a column.
_PARTNERS: dict[Kind, Parts] = {
    "clock": (),
    "longitude": ("latitude",),
    "latitude": ("longitude",),
}


class _Filled(NamedTuple):
    """A path that a mapping fills; ``at`` is the key in the mapping, for messages."""

    at: str
    path: str
    target: Target
    value: JsonValue = None


def check(mapping: SheetKeys) -> None:
    """Reject an inconsistent mapping.

    Raises:
        SettingsError: the mapping is inconsistent; the error names the key and may suggest a fix.
    """
    _check_templates(mapping)
    _check_targets(mapping)
    _check_values(mapping)
    _check_id(mapping)


def _check_templates(mapping: SheetKeys) -> None:
    for name, column in mapping.columns.items():
        at = f"columns.{shown(name)}"
        for template in column.pattern:
            check_template(template, at, takes_apart=True)
        if column.join:
            check_template(column.join, at, takes_apart=False)
        named = {it for template in column.pattern for it in names_in(template)}
        for part, of in column.parts.items():
            if of.parts or of.join or of.skip_rows or of.only_rows:
                msg = f"{at}.parts.{part}: a part must not have a pattern, a join or filters"
                raise SettingsError(msg)
            if part not in named:
                msg = f"{at}: the pattern has no part {shown(part)}"
                raise SettingsError(msg, nearest(part, list(named)))
        for other in names_in(column.join) if column.join else ():
            if other in mapping.derived:
                msg = f"{at}: {{{other}}} must be a column of the file"
                raise SettingsError(msg)


def _check_targets(mapping: SheetKeys) -> None:
    filled: list[_Filled] = []
    for name, column in mapping.every_column.items():
        at = f"columns.{shown(name)}"
        if column.keep and mapping.keep is None:
            msg = (
                f'{at}: to keep cells, write keep = "your-domain.example" '
                "at the top of the mapping"
            )
            raise SettingsError(msg)
        if column.field is not None:
            target = _located(at, mapping, column.field)
            filled.append(_Filled(at, column.field, target))
            _check_options(at, column, target)
        for path in column.beside:
            value = column.also.get(path)
            filled.append(_Filled(at, path, _located(at, mapping, path), value))
    constants = [
        _Filled("constants", path, _located("constants", mapping, path), value)
        for path, value in mapping.constants.items()
    ]
    for one, other in combinations([*filled, *constants], 2):
        _check_overlap(one, other)
    for it in filled:
        _check_pair(it, filled)
    for it in constants:
        if it.target.kind in _PARTNERS:
            msg = f"constants: {it.path} needs a column; it cannot be a constant"
            raise SettingsError(msg)


def _check_options(at: str, column: SheetColumn, target: Target) -> None:
    if column.split and not target.many and not target.source:
        msg = f"{at}: `split` is not allowed, because {column.field} has a single value"
        raise SettingsError(msg)
    if column.skip_zero is not None and (target.kind != "count" or target.item is None):
        msg = f"{at}: {column.field} is not the count of an item, so `skip_zero` is not allowed"
        raise SettingsError(msg)
    if column.organization and "organization" not in (
        target.shape.reference.kinds if target.shape.reference else ()
    ):
        msg = f"{at}: `organization` is not allowed, because {column.field} does not refer to one"
        raise SettingsError(msg)
    if column.unit and target.kind != "quantity":
        msg = f"{at}: `unit` is not allowed, because {column.field} does not have a unit"
        raise SettingsError(msg)


def _check_overlap(one: _Filled, other: _Filled) -> None:
    """Reject two paths if one contains the other, or both are the same.

    Default values, equal values, and parts of a time, count or quantity may overlap.
    """
    outer, inner = sorted((one, other), key=lambda it: len(it.target.parts))
    above, below = outer.target.parts, inner.target.parts
    if outer.target.source != inner.target.source or below[: len(above)] != above:
        return
    if above == below:
        is_default = "constants" in (one.at, other.at)
        is_same = one.value is not None and one.value == other.value
        if is_default or is_same:
            return
    elif below[len(above)] in _BESIDE.get(outer.target.kind, ()):
        return
    msg = f"{inner.at}: {inner.path} is already filled by {outer.at}"
    raise SettingsError(msg)


def _check_pair(it: _Filled, filled: list[_Filled]) -> None:
    partner = _PARTNERS.get(it.target.kind)
    if partner is None:
        return
    parts = it.target.parts[:-1] + partner
    if not any(
        other.target.parts == parts and other.target.source == it.target.source for other in filled
    ):
        msg = f"{it.at}: {it.path} also needs a column for {'.'.join(map(str, parts))}"
        raise SettingsError(msg)


def _located(at: str, mapping: SheetKeys, path: str) -> Target:
    try:
        return target_of(mapping.record, path, mapping.always)
    except SettingsError as error:
        msg = f"{at}: {error.reason}"
        raise SettingsError(msg, error.suggestion) from None


def _check_values(mapping: SheetKeys) -> None:
    for path, value in mapping.constants.items():
        _check_value(mapping, "constants", mapping.constant_targets[path], value)
    for name, column in mapping.every_column.items():
        at = f"columns.{shown(name)}"
        for table in (column.also, *column.cases.values()):
            for path, value in table.items():
                _check_value(mapping, at, mapping.constant_targets[path], value)
        target = mapping.targets.get(name)
        for value in column.values.values():
            # A string for a time or a number is read like a cell.
            is_read = isinstance(value, str) and target and target.kind not in ("text", "word")
            if target and target.kind == "reference":
                _check_reference(mapping, f"{at}.values", value, target)
            elif target and not is_read:
                given = [value] if target.many else value
                _check_value(mapping, f"{at}.values", target, given)


def _check_value(mapping: SheetKeys, at: str, target: Target, value: JsonValue) -> None:
    kind, parts = SOURCE if target.source else mapping.record, target.parts
    if target.source and parts[0] in CITED:
        kind, parts = mapping.record, ("sources", 0, *parts)
    if target.kind in ("clock", "longitude", "latitude"):
        return
    wrapped: Any = value
    for part in reversed(parts):
        wrapped = [wrapped] if isinstance(part, int) else {part: wrapped}
    given = {"type": kind, **wrapped}
    try:
        record_adapter().validate_python(given)
    except ValidationError as error:
        zeroed = tuple(0 if isinstance(part, int) else part for part in parts)
        for problem in problems_in(error, RECORD_CLASSES, given):
            is_here = problem.parts[: len(zeroed)] == zeroed
            if is_here and problem.code != "missing_field":
                msg = f"{at}: {problem.message}"
                raise SettingsError(msg, problem.suggestion) from None
    if target.kind == "reference":
        _check_reference(mapping, at, value, target)


def _check_reference(mapping: SheetKeys, at: str, value: JsonValue, target: Target) -> None:
    for name in value if isinstance(value, list) else [value]:
        if isinstance(name, str):
            try:
                read_reference(name, target, mapping)
            except UnfitError as error:
                msg = f"{at}: {error}"
                raise SettingsError(msg) from None


def _check_id(mapping: SheetKeys) -> None:
    try:
        parts = mapping.id_parts
    except SettingsError as error:
        msg = f"id: {error.reason}"
        raise SettingsError(msg) from None
    for part, is_name in parts:
        if is_name and part not in PLACEHOLDERS and part not in mapping.columns:
            known = [*PLACEHOLDERS, *mapping.columns]
            msg = f"id: {{{part}}} must be a column of the mapping, {{row}} or {{time}}"
            raise SettingsError(msg, nearest(part, known))
    if mapping.id_has_time and mapping.record not in TIMES:
        msg = f"id: remove {{time}}, because a record of type {mapping.record} has no time"
        raise SettingsError(msg)
    if not any(is_name for _, is_name in parts):
        msg = "id: every row would have the same id; add a column or {row}"
        raise SettingsError(msg)
