"""Convert cells to field values."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Any, NamedTuple
from unicodedata import category

from airspace_events.diagnostics.wording import either, unknown_state, unknown_word
from airspace_events.errors import AmbiguousNameError, UnknownNameError
from airspace_events.formats.spreadsheets.cell_times import (
    TimeContext,
    in_english,
    read_point,
    read_time,
)
from airspace_events.formats.spreadsheets.dates import UnfitError
from airspace_events.formats.spreadsheets.ids import linked_id, organization_id, slug
from airspace_events.formats.spreadsheets.keys import SheetColumn, SheetKeys, fold
from airspace_events.formats.spreadsheets.paths import Kind, Target
from airspace_events.phrases.numbers import (
    DecimalMark,
    UnclearNumberError,
    read_number,
    read_numbers,
    split_unit,
    written,
)
from airspace_events.reference.alliances import alliances
from airspace_events.reference.geography import extent_of
from airspace_events.reference.names import flag_code
from airspace_events.reference.states import states
from airspace_events.safe_text import shown
from airspace_events.vocabulary.codebook import vocabularies

_NEAR = 1.0
_MAPPING_CAN_SAY = "define its meaning in the mapping"


class UnknownReferenceError(UnfitError):
    """Raised when a cell names an unknown record."""


class CellValue(NamedTuple):
    """The result of reading a cell.

    Attributes:
        value: the value, as JSON.
        complaint: the reason why the cell was kept only as words; empty if it was understood.
        links: the ids of the other rows that the cell refers to.
        organizations: a mapping from the ids of new organizations in the cell to their names.
    """

    value: Any
    complaint: str = ""
    links: tuple[str, ...] = ()
    organizations: Mapping[str, str] = MappingProxyType({})


def read_cell(
    cell: str,
    column: SheetColumn,
    target: Target,
    mapping: SheetKeys,
    context: TimeContext | None = None,
) -> CellValue:
    """Convert a cell to a value for the field of its column.

    Args:
        cell: the cell, without white space around it.
        column: the keys of the column in the mapping.
        target: the field to fill.
        mapping: the mapping.
        context: for a time, the information from other cells.

    Raises:
        UnfitError: the cell does not fit the field.
    """
    context = context or TimeContext(timezone=mapping.timezone)
    if not column.split:
        found = _read_one(cell, column, target, mapping, context)
        return found._replace(value=[found.value]) if target.many else found
    texts = [text.strip() for text in cell.split(column.split)]
    given = [text for text in texts if not mapping.is_unknown(column, text)]
    if not given:
        msg = f"{shown(cell)} contains only separators"
        raise UnfitError(msg)
    read = {text: _read_one(text, column, target, mapping, context) for text in given}
    # Values at the same position in several columns of sources belong together.
    listed = texts if target.source else given
    return CellValue(
        [read[text].value if text in read else None for text in listed],
        next((one.complaint for one in read.values() if one.complaint), ""),
        tuple(link for one in read.values() for link in one.links),
        {name: it for one in read.values() for name, it in one.organizations.items()},
    )


def _read_one(
    text: str, column: SheetColumn, target: Target, mapping: SheetKeys, context: TimeContext
) -> CellValue:
    meant = column.values.get(fold(text), text)
    if column.prefix and isinstance(meant, str) and "://" not in meant:
        meant = column.prefix + meant.removeprefix(column.prefix)
    if target.kind == "time" and isinstance(meant, str):
        return CellValue(*read_time(text, meant, context, mapping))
    if target.kind in ("count", "quantity") and isinstance(meant, str):
        return _measure(text, meant, column, mapping, whole=target.kind == "count")
    if isinstance(meant, dict) and target.kind in ("time", "count", "quantity"):
        return CellValue({"verbatim": text, **meant})
    if not isinstance(meant, str):
        return CellValue(meant)
    if target.kind == "reference":
        return _read_actor_or_row(text, meant, column, target, mapping)
    try:
        return CellValue(_READERS[target.kind](meant, target, mapping))
    except UnfitError as error:
        if meant == text:
            raise
        msg = f"{shown(text)} means {shown(meant)} according to the mapping: {error}"
        raise UnfitError(msg) from None


def _read_actor_or_row(
    text: str, meant: str, column: SheetColumn, target: Target, mapping: SheetKeys
) -> CellValue:
    """Return the id of the known record, new organization or other row that a cell names."""
    try:
        return CellValue(read_reference(meant, target, mapping))
    except UnknownReferenceError:
        kinds = target.shape.reference.kinds if target.shape.reference else ()
        if column.organization and slug(meant):
            name = organization_id(mapping, meant)
            return CellValue(name, organizations={name: text})
        link = linked_id(mapping, meant) if {mapping.record, "same"} & set(kinds) else None
        if link is None:
            raise
        return CellValue(link, links=(link,))


def _measure(
    text: str, meant: str, column: SheetColumn, mapping: SheetKeys, *, whole: bool
) -> CellValue:
    english = in_english(meant, mapping)
    bare, unit = (english, None) if whole else split_unit(english)
    unit = unit or column.unit
    try:
        found = read_numbers(bare, mapping.decimal, whole=whole)
    except UnclearNumberError as error:
        return _as_words(text, str(error))
    if found is None or (unit is None and not whole):
        if not any(char.isdigit() for char in english):
            return CellValue({"verbatim": text})
        why = "the number needs a unit" if found else "the number cannot be read"
        return _as_words(text, why)
    numbers = {name: number for name, number in found._asdict().items() if number is not None}
    if whole and any(number != number.to_integral_value() for number in numbers.values()):
        return _as_words(text, "a count must be a whole number")
    value: dict[str, Any] = {name: _exact(number) for name, number in numbers.items()}
    if text != str(value.get("best")):
        value["verbatim"] = text
    if unit is not None:
        value["unit"] = unit
    return CellValue(value)


def _as_words(text: str, why: str) -> CellValue:
    return CellValue({"verbatim": text}, f"{shown(text)} is kept as words: {why}")


def _exact(number: Decimal) -> int | float:
    found = written(number)
    if Decimal(str(found)) != number:
        msg = f"{number} has more digits than can be stored"
        raise UnfitError(msg)
    return found


def _number(text: str, decimal: DecimalMark | None, *, grouped: bool) -> int | float:
    try:
        number = read_number(text, decimal, grouped=grouped)
    except UnclearNumberError as error:
        msg = f"{shown(text)}: {error}"
        raise UnfitError(msg) from None
    if number is None:
        msg = f"{shown(text)} is not a number"
        raise UnfitError(msg)
    return _exact(number)


def _read_number(text: str, _: Target, mapping: SheetKeys) -> int | float:
    return _number(text, mapping.decimal, grouped=True)


def _read_whole_number(text: str, _: Target, mapping: SheetKeys) -> int:
    number = _number(text, mapping.decimal, grouped=True)
    if not isinstance(number, int):
        msg = f"{shown(text)} is not a whole number"
        raise UnfitError(msg)
    return number


def _read_degrees(text: str, target: Target, mapping: SheetKeys) -> float:
    name = str(target.parts[-1])
    most = 180 if name == "longitude" else 90
    degrees = _number(text, mapping.decimal, grouped=False)
    if not -most <= degrees <= most:
        swapped = (
            "; check whether latitude and longitude are swapped"
            if name == "latitude" and -180 <= degrees <= 180  # noqa: PLR2004
            else ""
        )
        msg = f"{shown(text)} is not a {name}, which must be between -{most} and {most}{swapped}"
        raise UnfitError(msg)
    return degrees


def _read_word(text: str, target: Target, _: SheetKeys) -> str | int:
    name = target.shape.vocabulary
    words = {str(word): word for word in vocabularies()[name].words} if name else {text: text}
    if name is None or text in words:
        return words[text]
    msg = f"{unknown_word(text, name).sentence}; {_MAPPING_CAN_SAY}"
    raise UnfitError(msg)


def _read_state(text: str, target: Target, _: SheetKeys) -> str:
    if text == "international" and target.shape.vocabulary == "BorderSide":
        return text
    return _code_of(text)


def _refuse_doubt(name: str) -> None:
    """Reject a name with marks that may express doubt, such as "(Latvia)" or "Latvia*"."""
    is_bare = _may_end(name[0]) and (_may_end(name[-1]) or name[-1] in ".)")
    if not (is_bare or flag_code(name)):
        msg = f"{shown(name)} has marks that may express doubt; {_MAPPING_CAN_SAY}"
        raise UnfitError(msg)


def _may_end(char: str) -> bool:
    return category(char)[0] in "LMN"


def _code_of(name: str) -> str:
    _refuse_doubt(name)
    try:
        return states.resolve(name).alpha_2
    except UnknownNameError as error:
        found = unknown_state(name)
        # A hint such as "this is a region" is more helpful than "this is not a state".
        msg = found.sentence if error.suggestions or found.suggestion else str(error)
    except AmbiguousNameError as error:
        msg = str(error)
    msg = f"{msg}; {_MAPPING_CAN_SAY}"
    raise UnfitError(msg)


def read_reference(text: str, target: Target, mapping: SheetKeys) -> str:
    """Return the state code or record id that a cell refers to.

    Raises:
        UnfitError: the text does not name a built-in state or alliance or a record in the mapping.
    """
    kinds = target.shape.reference.kinds if target.shape.reference else ()
    found = mapping.record_names.get(fold(text))
    if found is not None and found.type in kinds:
        return found.id
    _refuse_doubt(text)
    suggestions: tuple[str, ...] = ()
    if "state" in kinds:
        try:
            return states.resolve(text).alpha_2
        except UnknownNameError as error:
            suggestions = error.suggestions
        except AmbiguousNameError as error:
            msg = f"{error}; {_MAPPING_CAN_SAY}"
            raise UnfitError(msg) from None
    if "alliance" in kinds:
        try:
            return alliances.resolve(text).id
        except UnknownNameError as error:
            suggestions = suggestions or error.suggestions
    meant = f"; did you mean {' or '.join(suggestions)}?" if suggestions else ""
    known = "built in or " if {"state", "alliance"} & set(kinds) else ""
    where = f"that is {known}defined in the mapping"
    msg = f"{shown(text)} is not {either(kinds)} {where}{meant}"
    raise UnknownReferenceError(msg)


def _read_point(text: str, _: Target, mapping: SheetKeys) -> str:
    return read_point(text, mapping, timezone=mapping.timezone)


def _read_expression(text: str, _: Target, mapping: SheetKeys) -> Any:
    value, complaint = read_time(text, text, TimeContext(timezone=mapping.timezone), mapping)
    if complaint:
        raise UnfitError(complaint)
    return value["value"]


def _read_flag(text: str, _: Target, __: SheetKeys) -> bool:
    if text.casefold() not in ("true", "false"):
        msg = f"{shown(text)} is not true or false; define its meaning in the mapping"
        raise UnfitError(msg)
    return text.casefold() == "true"


def _read_text(text: str, _: Target, __: SheetKeys) -> str:
    return text


_READERS: dict[Kind, Callable[[str, Target, SheetKeys], Any]] = {
    "text": _read_text,
    "word": _read_word,
    "state": _read_state,
    "whole_number": _read_whole_number,
    "number": _read_number,
    "flag": _read_flag,
    "expression": _read_expression,
    "date": _read_point,
    "clock": _read_text,
    "longitude": _read_degrees,
    "latitude": _read_degrees,
}


def check_position(longitude: float, latitude: float, state: str | None, cells: str) -> None:
    """Reject a position outside its state that would be inside if its numbers were swapped.

    Raises:
        UnfitError: longitude and latitude are probably swapped.
    """
    boxes = extent_of(state) if state else ()
    if not boxes or any(box.holds(longitude, latitude, _NEAR) for box in boxes):
        return
    if abs(longitude) <= 90 and any(box.holds(latitude, longitude, _NEAR) for box in boxes):  # noqa: PLR2004
        msg = (
            f"{cells} is in {state} only if the two numbers are swapped; check that the mapping "
            "does not swap longitude and latitude"
        )
        raise UnfitError(msg)
