"""Conversion of column values to Arrow arrays and back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from airspace_events.formats.arrow.schema import (
    TABLES,
    Column,
    arrow_type,
    columns_of,
    plain_type,
    pyarrow,
    schema_of,
)
from airspace_events.formats.json_texts import exact_json
from airspace_events.models.records import Record
from airspace_events.safe_text import safe, shown
from airspace_events.spelling import nearest


def batch_of(table: str, records: Sequence[Record]) -> Any:
    """Return records of one type as a ``pyarrow.RecordBatch``."""
    columns = columns_of(TABLES[table])
    arrays = [_array(one, [one.take(record) for record in records]) for one in columns]
    return pyarrow().RecordBatch.from_arrays(arrays, schema=schema_of(table))


def _array(column: Column, values: Sequence[Any]) -> Any:
    if not column.many:
        return _plain_array(column, values)
    pa = pyarrow()
    flat: list[Any] = []
    offsets = [0]
    for items in values:
        flat += items or ()
        offsets.append(len(flat))
    return pa.ListArray.from_arrays(pa.array(offsets, pa.int32()), _plain_array(column, flat))


def _plain_array(column: Column, values: Sequence[Any]) -> Any:
    pa = pyarrow()
    if column.kind == "word":
        # All words are listed, so that every batch has the same dictionary.
        places = {word: place for place, word in enumerate(column.words)}
        indices = pa.array([places.get(value) for value in values], pa.int16())
        return pa.DictionaryArray.from_arrays(indices, pa.array(column.words, pa.string()))
    if not column.inner:
        return pa.array(values, plain_type(column.kind))
    missing = [value is None for value in values]
    arrays = [
        _array(
            one,
            # In most rows, these structs are missing.
            values
            if all(missing)
            else [None if value is None else one.take(value) for value in values],
        )
        for one in column.inner
    ]
    names = [one.name for one in column.inner]
    return pa.StructArray.from_arrays(arrays, names=names, mask=pa.array(missing, pa.bool_()))


# Reading.


@dataclass(frozen=True, slots=True)
class BadText:
    """A placeholder for text that is not valid JSON. No record accepts the placeholder.

    Attributes:
        reason: the reason why the text is invalid.
    """

    reason: str


def stated(columns: tuple[Column, ...]) -> tuple[Column, ...]:
    """Return the columns that contain the data of records."""
    return tuple(replace(one, inner=stated(one.inner)) for one in columns if not one.derived)


def derived(columns: tuple[Column, ...]) -> tuple[Column, ...]:
    """Return the derived columns, that is, those computed from other columns."""
    found: list[Column] = []
    for one in columns:
        if one.derived:
            found.append(one)
        elif inner := derived(one.inner):
            found.append(replace(one, kind="struct", inner=inner))
    return tuple(found)


def rows_of(columns: tuple[Column, ...], batch: Any) -> list[dict[str, Any]]:
    """Return the rows of a batch in the JSON form of records, in which nulls are left out.

    Args:
        columns: the columns to read, which must be in the batch and have the right types.
        batch: a ``pyarrow.RecordBatch``.
    """
    return _rows(columns, [batch.column(one.name) for one in columns], batch.num_rows)


def _rows(columns: tuple[Column, ...], arrays: Sequence[Any], count: int) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = [{} for _ in range(count)]
    for column, array in zip(columns, arrays, strict=True):
        if array.null_count == count:
            continue
        for row, value in zip(rows, _values(column, array), strict=True):
            if value is not None:
                # Two values under one key are an error, so the parser refuses the second.
                row[column.name if column.key in row else column.key] = value
    return rows


def _values(column: Column, array: Any) -> list[Any]:
    if not column.many:
        return _plain_values(column, array)
    offsets: list[int] = array.offsets.to_pylist()
    first = offsets[0]
    flat = _plain_values(column, array.values.slice(first, offsets[-1] - first))
    return [
        flat[start - first : end - first] if is_there else None
        for start, end, is_there in zip(
            offsets[:-1], offsets[1:], array.is_valid().to_pylist(), strict=True
        )
    ]


def _plain_values(column: Column, array: Any) -> list[Any]:
    pa = pyarrow()
    if column.inner:
        inner = [array.field(one.name) for one in column.inner]
        if column.kind == "struct":
            found: list[Any] = list(_rows(column.inner, inner, len(array)))
        else:
            found = _values(column.inner[0], inner[0])
        present = array.is_valid().to_pylist()
        return [one if is_there else None for one, is_there in zip(found, present, strict=True)]
    if isinstance(array, pa.ExtensionArray):
        array = array.storage
    if pa.types.is_dictionary(array.type):
        # `dictionary_decode` does not support the views that Polars writes.
        words = _plain_values(column, array.dictionary)
        return [None if one is None else words[one] for one in array.indices.to_pylist()]
    if column.kind == "moment":
        # The instant is in the unit of the table, so that equal instants compare equal. It is a
        # number, because a year outside the range of datetime must not stop the reader.
        unit = pa.timestamp(column.unit, "UTC")
        array = array.cast(unit, safe=False).cast(plain_type("moment"), safe=False)
        array = array.cast(pa.int64())
    values: list[Any] = array.to_pylist()
    if column.kind == "json":
        return [_json(text) for text in values]
    if column.kind == "whole" and pa.types.is_floating(array.type):
        return [_whole(number) for number in values]
    return values


def _whole(number: float | None) -> float | None:
    """Convert a float without a fraction to an integer, as records require for integer fields."""
    return int(number) if number is not None and number.is_integer() else number


def _json(text: str | None) -> Any:
    """Parse JSON text, or return a `BadText` if it is invalid or parsing would lose data."""
    if text is None:
        return None
    try:
        return exact_json(text)
    except ValueError as error:
        return BadText(str(error))


class Misfit(NamedTuple):
    """A column that does not fit its table.

    Attributes:
        column: its name, with dots if it is inside structs.
        reason: the reason why it does not fit.
        is_fatal: whether the fault prevents the reader from reading any record.
    """

    column: str
    reason: str
    is_fatal: bool = False


def fit(
    columns: tuple[Column, ...], given: Any, within: str = ""
) -> tuple[tuple[Column, ...], list[Misfit]]:
    """Return the columns of a file that have the right type, and the columns that do not fit.

    An optional column may be missing, because the file may have been written before the library
    had the column.

    Args:
        columns: the columns of the table.
        given: a ``pyarrow.Schema`` or a ``pyarrow.StructType``.
        within: the name of the struct followed by a dot, or an empty string.

    Returns:
        The columns that can be read, without the fields that do not fit, and a `Misfit` for each
        column or field that does not fit.
    """
    types: dict[str, Any] = {field.name: field.type for field in given}
    known = [one.name for one in columns]
    misfits = [
        Misfit(within + name, "the column appears twice", is_fatal=True)
        for name, times in Counter(field.name for field in given).items()
        if times > 1
    ]
    misfits += [
        Misfit(within + name, _unknown(name, known))
        for name in types
        if name not in known and not name.startswith(_INDEX_OF_PANDAS)
    ]
    found: list[Column] = []
    for one in columns:
        name = within + one.name
        if one.name not in types or pyarrow().types.is_null(types[one.name]):
            if one.required:
                misfits.append(Misfit(name, "the column is missing", is_fatal=True))
        elif (plain := _plain(one, types[one.name])) is None:
            reported = safe(str(types[one.name]))[:_SHOWN_AT_MOST]
            reason = f"the column must be {_expected(one)}, not {reported}"
            misfits.append(Misfit(name, reason, is_fatal=one.required))
        elif pyarrow().types.is_null(plain):
            # pandas writes this type if none of the lists has an item.
            found.append(replace(one, kind="text", inner=()))
        elif one.inner:
            inner, more = fit(one.inner, plain, f"{name}.")
            found.append(replace(one, inner=inner))
            misfits += more
        else:
            found.append(replace(one, unit=plain.unit) if one.kind == "moment" else one)
    return tuple(found), misfits


_SHOWN_AT_MOST = 80
_INDEX_OF_PANDAS = "__index_level_"


def _unknown(name: str, known: list[str]) -> str:
    guess = nearest(name, known)
    hint = f"; did you mean {shown(guess)}?" if guess else ""
    return f"the column is ignored, because the table has no column with this name{hint}"


def _expected(column: Column) -> str:
    plain = "a struct" if column.inner else f"{arrow_type(replace(column, many=False))}"
    return f"a list of {plain}" if column.many else plain


def _plain(column: Column, given: Any) -> Any:
    """Return the Arrow type of one value in the column, or None if the given type does not fit."""
    types = pyarrow().types
    if column.many:
        if not (types.is_list(given) or types.is_large_list(given)):
            return None
        given = given.value_type
        if types.is_null(given):
            return given
    if not column.inner:
        given = _stored(given)
    if column.inner:
        fits = types.is_struct(given)
    elif column.kind in ("whole", "number"):
        # pandas turns integers into floats if one of them is missing.
        fits = types.is_integer(given) or types.is_floating(given)
    elif column.kind == "flag":
        fits = types.is_boolean(given)
    elif column.kind == "moment":
        fits = types.is_timestamp(given) and given.tz is not None
    else:
        fits = holds_text(given)
    return given if fits else None


def _stored(given: Any) -> Any:
    """Return the type inside a dictionary or extension type, or else the given type."""
    pa = pyarrow()
    if pa.types.is_dictionary(given):
        given = given.value_type
    return given.storage_type if isinstance(given, pa.BaseExtensionType) else given


def holds_text(given: Any) -> bool:
    """Return whether a type holds text, dictionary-encoded or not."""
    types = pyarrow().types
    given = _stored(given)
    return bool(
        types.is_string(given) or types.is_large_string(given) or types.is_string_view(given)
    )
