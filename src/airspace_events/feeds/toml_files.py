"""A reader of the TOML files that users write: settings, and mappings of spreadsheets."""

import tomllib
from typing import Any

from airspace_events.errors import SettingsError
from airspace_events.feeds.locating import position


def toml_tables(data: bytes, name: str) -> dict[str, Any]:
    """Return the tables of a TOML file, which may begin with a byte-order mark.

    Args:
        data: the bytes of the file.
        name: the name of the file in messages.

    Raises:
        SettingsError: the file is not UTF-8, or not TOML.
    """
    try:
        return tomllib.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        before = error.object[: error.start].decode()
        line, column = position(before, len(before))
        reason = f"{name} must be UTF-8, but line {line}, column {column} has other bytes"
        raise SettingsError(reason) from error
    except (ValueError, RecursionError) as error:
        reason = f"{name} is not TOML: {error}"
        raise SettingsError(reason) from error
