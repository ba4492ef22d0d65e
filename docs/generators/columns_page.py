"""Generation of the page of columns: every flat table with the meanings of its columns."""

from collections.abc import Iterator

from airspace_events.formats.tables.definitions import TABLES

_PREFACE = """\
# The columns of the flat tables

This page lists the columns of CSV files and data frames, in their order. The column `from` gives
the location of the value in the JSON of a record, as a JSON Pointer. In a pointer, `*` stands for
each item of a list, and `#` for the item that the row describes. A derived column is computed from
other columns, and is not read back. The page is generated from the definitions of the tables.
"""


def column_page() -> str:
    """Return the whole page as Markdown."""
    return "\n".join(_lines())


def _lines() -> Iterator[str]:
    yield _PREFACE
    for table in TABLES.values():
        yield f"## {table.name}\n"
        yield f"The table has {table.meaning}.\n"
        yield "| column | kind | meaning | from |"
        yield "|---|---|---|---|"
        for column in table.columns:
            source = f"`/{'/'.join(map(str, column.path))}`" if column.path else "derived"
            kind = f"{column.kind}, several" if column.many else column.kind
            yield f"| `{column.name}` | {kind} | {column.meaning} | {source} |"
        yield ""
