"""Read the TOML files that users write, such as settings, and write values as TOML."""

import json
import tomllib
from typing import Any, cast

from airspace_events.errors import SettingsError
from airspace_events.feeds.locating import position
from airspace_events.safe_text import safe


def toml_tables(data: bytes, name: str) -> dict[str, Any]:
    """Return the tables of a TOML file. The file may begin with a byte-order mark.

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
        reason = f"{name} must be UTF-8, but has invalid bytes at line {line}, column {column}"
        raise SettingsError(reason) from error
    except (ValueError, RecursionError) as error:
        reason = f"{name} is not TOML: {error}"
        raise SettingsError(reason) from error


def toml_value(value: object) -> str:
    r"""Return a value as TOML.

    Args:
        value: a string, a number, a boolean, or a list or table of such values.

    >>> toml_value('a "b"'), toml_value({"c": [1, True]})
    ('"a \\"b\\""', '{ "c" = [1, true] }')
    """
    if isinstance(value, dict):
        table = cast("dict[str, object]", value)
        pairs = (f"{toml_value(key)} = {toml_value(it)}" for key, it in table.items())
        return f"{{ {', '.join(pairs)} }}"
    if isinstance(value, list):
        return f"[{', '.join(map(toml_value, cast('list[object]', value)))}]"
    # TOML has the escapes of JSON and those for characters that are not safe to print.
    return safe(json.dumps(value, ensure_ascii=False))
