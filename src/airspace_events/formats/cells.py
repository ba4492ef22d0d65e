"""A reader of delimited text files. It yields rows of cells without interpreting the cells.

A row that cannot be split into cells has a fault, and reading continues at the next line. An
unclosed quotation mark does not hide the following rows.
"""

from __future__ import annotations

import csv
import io
from collections import deque
from collections.abc import Callable, Collection, Generator, Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import NamedTuple
from unicodedata import normalize

from airspace_events.errors import UnreadableError
from airspace_events.feeds.framing import Limits
from airspace_events.feeds.streams import (
    DAMAGE,
    HEAD,
    ByteStream,
    FeedInput,
    TooMuch,
    damage_of,
    opened,
)
from airspace_events.values.json_values import is_unicode

DELIMITERS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "vertical bars"}
"""A mapping from the supported separators to their plural names."""

_MOST_IN_A_ROW = 2**20
_LOOKED_AT = 20
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_OTHER_FILES = {
    b"PK\x03\x04": "the file is a workbook or a ZIP file; save the sheet as CSV (UTF-8)",
    b"\xd0\xcf\x11\xe0": "the file is an old Excel workbook; save the sheet as CSV (UTF-8)",
}


class Row(NamedTuple):
    """One row of a file.

    Attributes:
        number: the 1-based number of the row, as in a spreadsheet; blank rows are counted too.
        line: the line of the file on which the row begins.
        cells: the text of each cell; if the row cannot be split, a single cell with the text of
            the whole row.
        fault: the reason why the row cannot be used; empty for a valid row.
    """

    number: int
    line: int
    cells: tuple[str, ...]
    fault: str = ""

    @property
    def is_blank(self) -> bool:
        """Return whether all cells are empty."""
        return not self.fault and not any(cell.strip() for cell in self.cells)


class NoTextError(ValueError):
    """Raised when a file, or the rest of a file, cannot be read as text.

    Attributes:
        reason: the reason.
        line: the line at which reading ended.
    """

    def __init__(self, reason: str, line: int) -> None:
        super().__init__(reason, line)
        self.reason = reason
        self.line = line


class TextLines:
    """An iterator over the lines of a file. It can yield lines of the current row again.

    Attributes:
        given: the number of lines read so far; lines that will be read again do not count.
    """

    def __init__(self, stream: ByteStream, encoding: str) -> None:
        codec = "utf-8-sig" if encoding == "utf-8" else encoding
        # An invalid byte is kept as a lone surrogate, so that only its row is refused.
        self._text = io.TextIOWrapper(stream, codec, errors="surrogateescape", newline="")
        self._again: deque[str] = deque()
        self._row: list[str] = []
        self._length = self._read = self._reread = 0
        self.given = 0

    def __iter__(self) -> TextLines:
        return self

    def __next__(self) -> str:
        line = self._again.popleft() if self._again else self._fresh()
        if not line:
            raise StopIteration
        self.given += 1
        self._row.append(line)
        self._length += len(line)
        if self._length > _MOST_IN_A_ROW:
            msg = f"a row is longer than {_MOST_IN_A_ROW} characters"
            raise csv.Error(msg)
        return line

    def begin_row(self) -> None:
        """Mark the next line as the first of a row."""
        self._row, self._length = [], 0

    def give_up_row(self) -> tuple[str, int]:
        """Skip the first line of the current row; the other lines of the row are read again.

        The number of lines read again is limited, so the work stays proportional to the size of
        the file.

        Returns:
            The text that was skipped, and its number of lines.
        """
        first, rest = self._row[:1], self._row[1:]
        length = sum(map(len, rest))
        if not rest or self._reread + length > self._read:
            return "".join(self._row), len(self._row)
        self._reread += length
        self._again.extendleft(reversed(rest))
        self.given -= len(rest)
        return first[0], 1

    def peek(self, count: int) -> list[str]:
        """Return the next lines without consuming them, up to the first unreadable line."""
        try:
            while len(self._again) < count and (line := self._fresh()):
                self._again.append(line)
        except NoTextError:
            if not self._again:
                raise
            # The next read after the returned lines raises the error again.
        return list(self._again)[:count]

    def close(self) -> None:
        """Detach the stream. The function that opened the stream must close it."""
        with suppress(ValueError, UnicodeError):
            self._text.detach()

    def _fresh(self) -> str:
        try:
            line = self._text.readline(_MOST_IN_A_ROW + 2)
            rest = line
            while len(rest) > _MOST_IN_A_ROW and rest[-1] not in "\r\n":
                rest = self._text.readline(_MOST_IN_A_ROW + 2)
        except UnicodeError as error:
            reason = f"the file is not in the encoding that the mapping specifies: {error}"
        except TooMuch:
            reason = f"the file is longer than {Limits().unpacked_bytes} bytes"
        except DAMAGE as error:
            reason = damage_of(error)
        else:
            self._read += len(line)
            return line
        raise NoTextError(reason, self.given + len(self._again) + 1)


@contextmanager
def text_lines(source: FeedInput, encoding: str | None = None) -> Generator[TextLines]:
    """Open a file, gzipped or not, and read it line by line.

    Args:
        source: a path, or a stream of bytes.
        encoding: the encoding that the mapping specifies; None means UTF-8.

    Raises:
        UnreadableError: the file cannot be opened.
        NoTextError: the file is not text, or not in this encoding.
    """
    with opened(source, Limits().unpacked_bytes) as stream, lines_in(stream, encoding) as lines:
        yield lines


@contextmanager
def lines_in(stream: ByteStream, encoding: str | None) -> Generator[TextLines]:
    """Read an open file line by line; see `text_lines`."""
    if fault := _not_this_text(_start(stream), encoding):
        raise NoTextError(fault, 1)
    lines = TextLines(stream, encoding or "utf-8")
    try:
        yield lines
    finally:
        lines.close()


def _start(stream: ByteStream) -> bytes:
    try:
        return stream.peek(HEAD)[:HEAD]
    except UnreadableError:
        raise
    except (TooMuch, *DAMAGE):
        # The same error comes again, and is reported, when the first line is read.
        return b""


def _not_this_text(start: bytes, encoding: str | None) -> str:
    """Return the reason why a file is not text in the given encoding, or an empty string."""
    if start in _OTHER_FILES:
        return _OTHER_FILES[start]
    is_wide = start.startswith((b"\xff\xfe", b"\xfe\xff")) or 0 in start[:2]
    if is_wide and encoding != "utf-16":
        if encoding:
            return (
                'the file is UTF-16; write encoding = "utf-16" in the mapping, or save the file '
                "as UTF-8"
            )
        return "the file is UTF-16; save it as UTF-8"
    if start.startswith(_BYTE_ORDER_MARK) and encoding not in (None, "utf-8"):
        return (
            f"the file begins with a UTF-8 byte-order mark, but the mapping specifies {encoding}"
        )
    return ""


def why_not_cut(error: str, lines: int) -> str:
    """Return a message for an error of the csv module in a row that has this number of lines."""
    if error.startswith("unexpected end"):
        return "a quotation mark is opened in this row but never closed"
    if "expected after" in error:
        return (
            "a cell continues after its closing quotation mark; "
            "write each quotation mark within a cell twice"
        )
    if error.startswith("field larger"):
        row = "" if lines == 1 else f" in this row of {lines} lines"
        hint = "; check for a quotation mark that is never closed"
        return f"a cell{row} is longer than {csv.field_size_limit()} characters{hint}"
    return error if lines == 1 else f"{error}; the row has {lines} lines"


def rows_of(
    lines: TextLines, delimiter: str, why: Callable[[str, int], str] = why_not_cut
) -> Iterator[Row]:
    """Yield the rows of a file, including blank rows.

    Args:
        lines: the file.
        delimiter: the separator between cells.
        why: a function that returns a message, given an error of the csv module and the number of
            lines in the row.

    Raises:
        NoTextError: the file cannot be read to the end.
    """
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    number = 0
    while True:
        lines.begin_row()
        number, line = number + 1, lines.given + 1
        try:
            cells = tuple(next(reader))
        except StopIteration:
            return
        except csv.Error as error:
            text, count = lines.give_up_row()
            yield Row(number, line, (escaped_bytes(text),), why(str(error), count))
        else:
            yield Row(number, line, cells)


def text_rows(rows: Iterable[Row], encoding: str) -> Iterator[Row]:
    """Yield the rows, with a fault in each row whose text is not valid in the encoding."""
    for row in rows:
        joined = "".join(row.cells)
        is_text = "\0" not in joined and is_unicode(joined)
        yield row if is_text else _no_text(row, encoding)


def _no_text(row: Row, encoding: str) -> Row:
    if any("\0" in cell for cell in row.cells):
        fault = "the row has a NUL character, which is not allowed in text"
    else:
        fault = f"the row has bytes that are not valid {encoding}"
    if encoding == "utf-8":
        fault += (
            "; if the file has another encoding, specify it in the mapping, such as encoding = "
            '"windows-1252"'
        )
    return row._replace(cells=tuple(map(escaped_bytes, row.cells)), fault=fault)


def escaped_bytes(text: str) -> str:
    """Return text in which each invalid byte (a lone surrogate) is escaped."""
    data = text.replace("\0", "\\x00").encode(errors="surrogateescape")
    return data.decode(errors="backslashreplace")


def cells_of(lines: list[str], delimiter: str) -> list[list[str]]:
    """Return the cells of each row, up to the first row that cannot be split into cells."""
    found: list[list[str]] = []
    with suppress(csv.Error):
        found.extend(csv.reader(lines, delimiter=delimiter))
    return found


class Layout(NamedTuple):
    """The detected layout of a file.

    Attributes:
        delimiter: the separator between cells.
        row: the 1-based number of the row with the most expected column names; 0 if no row has
            any.
        known: the number of expected names in that row.
        first: the first row that is not blank; 0 if all rows are blank.
    """

    delimiter: str
    row: int = 0
    known: int = 0
    first: int = 0


def layout_of(lines: TextLines, names: Collection[str], delimiters: Collection[str]) -> Layout:
    """Detect the layout of a file from the names of its columns.

    Args:
        lines: the file, before any line is read.
        names: the expected names of columns.
        delimiters: the separators to try.
    """
    beginning = lines.peek(_LOOKED_AT)
    best, most = Layout(next(iter(delimiters))), 0
    for delimiter in delimiters:
        rows = cells_of(beginning, delimiter)
        filled = (at for at, cells in enumerate(rows, 1) if any(map(str.strip, cells)))
        first = next(filled, 0)
        for number, cells in enumerate(rows, 1):
            known = len({column_name(cell) for cell in cells} & set(names))
            if (known, len(cells)) > (best.known, most):
                best = Layout(delimiter, number if known else 0, known, first)
                most = len(cells)
    return best


def column_name(cell: str) -> str:
    """Return a column name with uniform white space and in one Unicode form, for comparisons."""
    return " ".join(normalize("NFC", cell).split())


def cell_text(cell: str) -> str:
    """Return a cell without white space around it, and with uniform line breaks."""
    text = cell.strip()
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
