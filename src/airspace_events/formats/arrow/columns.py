"""Which columns of a table of Arrow or Parquet hold what, whoever wrote them last."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import Any, NamedTuple

from airspace_events.formats.arrow.schema import Column, arrow_type, pyarrow
from airspace_events.safe_text import safe, shown
from airspace_events.spelling import nearest


class Misfit(NamedTuple):
    """A column that cannot be read as what it should be.

    Attributes:
        column: its name; with dots, if it stands in structs.
        reason: what is wrong with it.
        is_fatal: whether no record can be read without it.
    """

    column: str
    reason: str
    is_fatal: bool = False


def fit(
    columns: tuple[Column, ...], given: Any, within: str = ""
) -> tuple[tuple[Column, ...], list[Misfit]]:
    """Find the columns that are there and hold what they should.

    A column that a record can be without may be missing: a file may be older than the field.

    Args:
        columns: the columns that there may be.
        given: a ``pyarrow.Schema`` or a ``pyarrow.StructType``.
        within: the name of the struct, with a dot behind it.

    Returns:
        Those that can be read, with those fields of structs that can be; and what misfits.
    """
    types: dict[str, Any] = {field.name: field.type for field in given}
    known = [one.name for one in columns]
    misfits = [
        Misfit(within + name, "the column stands there twice", is_fatal=True)
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
            told = safe(str(types[one.name]))[:_SHOWN_AT_MOST]
            reason = f"the column should be {_expected(one)}, and is {told}"
            misfits.append(Misfit(name, reason, is_fatal=one.required))
        elif pyarrow().types.is_null(plain):
            # pandas writes such a column if none of the lists has an item.
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
    return f"the table has no such column, and it is not read{hint}"


def _expected(column: Column) -> str:
    plain = "a struct" if column.inner else f"{arrow_type(replace(column, many=False))}"
    return f"a list of {plain}" if column.many else plain


def _plain(column: Column, given: Any) -> Any:
    """Return the type of one value in a column, or None if it cannot be what the column holds."""
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
        # pandas makes floats of integers of which one is missing.
        fits = types.is_integer(given) or types.is_floating(given)
    elif column.kind == "flag":
        fits = types.is_boolean(given)
    elif column.kind == "moment":
        fits = types.is_timestamp(given) and given.tz is not None
    else:
        fits = holds_text(given)
    return given if fits else None


def _stored(given: Any) -> Any:
    """Return the type of the values of a dictionary, or of those that an extension type stores."""
    pa = pyarrow()
    if pa.types.is_dictionary(given):
        given = given.value_type
    return given.storage_type if isinstance(given, pa.BaseExtensionType) else given


def holds_text(given: Any) -> bool:
    """Return whether a type holds texts, dictionary-encoded or not."""
    types = pyarrow().types
    given = _stored(given)
    return bool(
        types.is_string(given) or types.is_large_string(given) or types.is_string_view(given)
    )
