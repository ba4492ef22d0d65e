"""Create pandas and Polars data frames with typed columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import Any, Literal

from airspace_events.errors import MissingExtraError, UnknownNameError

Library = Literal["pandas", "polars"]

_PANDAS_TYPES = {
    "text": "string",
    "integer": "Int64",
    "number": "Float64",
    "boolean": "boolean",
    "instant": "datetime64[us, UTC]",
    "json": "string",
}


def frame_library(name: Library) -> Any:
    """Import and return the data frame library with this name: pandas or polars.

    Raises:
        UnknownNameError: the name is neither pandas nor polars.
        MissingExtraError: the library is not installed.
    """
    if name not in ("pandas", "polars"):
        raise UnknownNameError(str(name), "use pandas or polars")
    try:
        return import_module(name)
    except ModuleNotFoundError as error:
        raise MissingExtraError(name) from error


def data_frame(
    library: Any, columns: Mapping[str, Sequence[object]], kinds: Mapping[str, str]
) -> Any:
    """Return a data frame in which every column allows missing values.

    Args:
        library: the library, as returned by `frame_library`.
        columns: the values of each column.
        kinds: the kind of each column: text, integer, number, boolean, instant or json.
    """
    if library.__name__ == "polars":
        types = {
            "text": library.String,
            "integer": library.Int64,
            "number": library.Float64,
            "boolean": library.Boolean,
            "instant": library.Datetime("us", "UTC"),
            "json": library.String,
        }
        return library.DataFrame(columns, schema={name: types[kinds[name]] for name in columns})
    return library.DataFrame(
        {
            name: library.Series(values, dtype=_PANDAS_TYPES[kinds[name]])
            for name, values in columns.items()
        }
    )
