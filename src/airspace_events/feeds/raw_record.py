"""Raw records: the bytes of one record, and where they stand."""

from typing import NamedTuple


class RawRecord(NamedTuple):
    """The bytes of one record, not yet understood.

    Attributes:
        data: its JSON text.
        line: the 1-based line on which it begins.
        column: the 1-based code point of that line at which it begins.
    """

    data: bytes
    line: int
    column: int = 1

    def place(self, offset: int) -> tuple[int, int]:
        """The line and column, in the feed, of an offset (code points) in this record."""
        line, column = position(self.data.decode(errors="replace"), offset)
        return self.line + line - 1, column + (self.column - 1 if line == 1 else 0)


def position(text: str, offset: int) -> tuple[int, int]:
    """The 1-based line and column (code points) of an offset in a text."""
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)
