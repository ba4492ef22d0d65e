"""The page of columns: every flat table and what its columns hold, as Markdown."""

from collections.abc import Iterator

from airspace_events.formats.tables.definitions import TABLES

_PREFACE = """\
# The columns of the flat tables

CSV files and data frames have these columns, in this order. In the last column stands where the
value is in the JSON of a record, as a JSON Pointer in which `*` stands for each item of a list and
`#` for the item that the row tells of; a derived column follows from others, and nothing is read
back from it. The page is generated from the tables, and a test holds it to them.
"""


def column_page() -> str:
    """The whole page."""
    return "\n".join(_lines())


def _lines() -> Iterator[str]:
    yield _PREFACE
    for table in TABLES.values():
        yield f"## {table.name}\n"
        yield f"It has {table.meaning}.\n"
        yield "| column | kind | meaning | from |"
        yield "|---|---|---|---|"
        for column in table.columns:
            source = f"`/{'/'.join(map(str, column.path))}`" if column.path else "derived"
            kind = f"{column.kind}, several" if column.many else column.kind
            yield f"| `{column.name}` | {kind} | {column.meaning} | {source} |"
        yield ""
