"""Opens a delimited file that somebody else wrote, and gives out its rows of cells.

Nothing here knows what a cell means. A row that cannot be cut into cells says why, and the
next one is read: an open quotation mark does not swallow what follows it.
"""

from __future__ import annotations

import csv
import gzip
import io
import zlib
from collections import deque
from collections.abc import Callable, Collection, Generator, Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import NamedTuple
from unicodedata import normalize

from airspace_events.errors import UnreadableError
from airspace_events.feeds.framing import Limits
from airspace_events.feeds.streams import HEAD, ByteStream, FeedInput, TooMuch, opened, reason_of
from airspace_events.values.json_values import is_unicode

DELIMITERS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "vertical bars"}
"""What may stand between cells, and what several of it are called."""

_MOST_IN_A_ROW = 2**20
_LOOKED_AT = 20
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_OTHER_FILES = {
    b"PK\x03\x04": "this is a workbook or another packed file; save the sheet as CSV (UTF-8)",
    b"\xd0\xcf\x11\xe0": "this is an old Excel workbook; save the sheet as CSV (UTF-8)",
}


class Row(NamedTuple):
    """One row of a file.

    Attributes:
        number: which row it is, as a spreadsheet counts them: from 1, blank ones too.
        line: the line of the file on which it begins.
        cells: the texts of its cells; of a row that cannot be cut, its text.
        fault: why it cannot be used; empty if it can.
    """

    number: int
    line: int
    cells: tuple[str, ...]
    fault: str = ""

    @property
    def is_blank(self) -> bool:
        """Whether nothing stands in it."""
        return not self.fault and not any(cell.strip() for cell in self.cells)


class NoTextError(ValueError):
    """A file that cannot be read as text, or not to its end.

    Attributes:
        reason: why.
        line: the line at which reading ends.
    """

    def __init__(self, reason: str, line: int) -> None:
        super().__init__(reason, line)
        self.reason = reason
        self.line = line


class TextLines:
    """The lines of a file, of which the last ones can be given back and read again.

    Attributes:
        given: how many lines were given out and not given back.
    """

    def __init__(self, stream: ByteStream, encoding: str) -> None:
        codec = "utf-8-sig" if encoding == "utf-8" else encoding
        # What is no character is kept as a lone surrogate, so that only its row is refused.
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
        """Say that the next line is the first one of a row."""
        self._row, self._length = [], 0

    def give_up_row(self) -> tuple[str, int]:
        """Leave the row that was begun, and give back all its lines but the first.

        Lines are read again only as often as keeps the work in proportion to the file.

        Returns:
            The text that is left behind, and how many lines it has.
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
        """The next lines, which will be given out nevertheless."""
        while len(self._again) < count and (line := self._fresh()):
            self._again.append(line)
        return list(self._again)[:count]

    def close(self) -> None:
        """Leave the stream open to whoever opened it."""
        with suppress(ValueError, UnicodeError):
            self._text.detach()

    def _fresh(self) -> str:
        try:
            line = self._text.readline(_MOST_IN_A_ROW + 2)
            rest = line
            while len(rest) > _MOST_IN_A_ROW and rest[-1] not in "\r\n":
                rest = self._text.readline(_MOST_IN_A_ROW + 2)
        except UnicodeError as error:
            reason = f"the bytes are not what the mapping says they are: {error}"
        except TooMuch:
            reason = f"the file is longer than {Limits().unpacked_bytes} bytes"
        except (gzip.BadGzipFile, zlib.error) as error:
            reason = f"the gzip data are damaged ({error})"
        except EOFError:
            reason = "the gzip data end too early"
        except OSError as error:
            reason = f"the file could not be read to its end ({reason_of(error)})"
        else:
            self._read += len(line)
            return line
        raise NoTextError(reason, self.given + len(self._again) + 1)


@contextmanager
def text_lines(source: FeedInput, encoding: str | None = None) -> Generator[TextLines]:
    """Open a file for reading line by line, gzipped or not.

    Args:
        source: a path, or a stream of bytes.
        encoding: the encoding that a mapping names; None where there is no mapping, for UTF-8.

    Raises:
        UnreadableError: it cannot be opened.
        NoTextError: it is no text, or plainly not in this encoding.
    """
    with opened(source, Limits().unpacked_bytes) as stream:
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
    except (TooMuch, gzip.BadGzipFile, zlib.error, EOFError, OSError):
        # It goes wrong again, and is told, when the first line is read.
        return b""


def _not_this_text(start: bytes, encoding: str | None) -> str:
    """Why a file that begins so is not text in an encoding; empty if it may be."""
    if start in _OTHER_FILES:
        return _OTHER_FILES[start]
    is_wide = start.startswith((b"\xff\xfe", b"\xfe\xff")) or 0 in start[:2]
    if is_wide and encoding != "utf-16":
        named = 'write encoding = "utf-16" in the mapping, or ' if encoding else ""
        return f"this is UTF-16; {named}save it as UTF-8"
    if start.startswith(_BYTE_ORDER_MARK) and encoding not in (None, "utf-8"):
        return f"the file says that it is UTF-8, and the mapping that it is {encoding}"
    return ""


def why_not_cut(error: str, lines: int) -> str:
    """What the csv module says of a row of so many lines, for people."""
    if error.startswith("unexpected end"):
        return "a quotation mark is opened in this row and never closed"
    if "expected after" in error:
        return (
            "a cell goes on behind its closing quotation mark; "
            "a quotation mark within a cell is written twice"
        )
    if error.startswith("field larger"):
        found = f"a cell is longer than {csv.field_size_limit()} characters"
        hint = ": a quotation mark may never be closed"
        return found + hint if lines == 1 else f"{found}, over {lines} lines{hint}"
    return error if lines == 1 else f"{error}, over {lines} lines"


def rows_of(
    lines: TextLines, delimiter: str, why: Callable[[str, int], str] = why_not_cut
) -> Iterator[Row]:
    """The rows of a file, blank ones too, whatever their cells hold.

    Args:
        lines: the file.
        delimiter: what stands between cells.
        why: says why a row cannot be cut, from what the csv module says and its number of lines.

    Raises:
        NoTextError: the file cannot be read to its end.
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
            yield Row(number, line, (_shown_bytes(text),), why(str(error), count))
        else:
            yield Row(number, line, cells)


def text_rows(rows: Iterable[Row], encoding: str) -> Iterator[Row]:
    """Rows, of which those that hold what is no text in an encoding say so."""
    for row in rows:
        joined = "".join(row.cells)
        is_text = "\0" not in joined and is_unicode(joined)
        yield row if is_text else _no_text(row, encoding)


def _no_text(row: Row, encoding: str) -> Row:
    if any("\0" in cell for cell in row.cells):
        fault = "there is a NUL character in this row, which no text has"
    else:
        fault = f"there are bytes in this row that are not {encoding}"
    if encoding == "utf-8":
        fault += '; if the file is older, write encoding = "windows-1252" or such in the mapping'
    return row._replace(cells=tuple(map(_shown_bytes, row.cells)), fault=fault)


def _shown_bytes(text: str) -> str:
    """The text, with each byte that is no character written as its number."""
    data = text.replace("\0", "\\x00").encode(errors="surrogateescape")
    return data.decode(errors="backslashreplace")


def cells_of(lines: list[str], delimiter: str) -> list[list[str]]:
    """The cells of a few lines, as far as they can be cut."""
    found: list[list[str]] = []
    with suppress(csv.Error):
        found.extend(csv.reader(lines, delimiter=delimiter))
    return found


class Layout(NamedTuple):
    """How the beginning of a file looks.

    Attributes:
        delimiter: what stands between its cells.
        row: the row, from 1, that has the most of the names that are looked for; 0 if none has.
        known: how many of them that row has.
        first: the first row that is not blank; 0 if none is there.
    """

    delimiter: str
    row: int = 0
    known: int = 0
    first: int = 0


def layout_of(lines: TextLines, names: Collection[str], delimiters: Collection[str]) -> Layout:
    """Find out how a file is laid out, by the names of columns that it should have.

    Args:
        lines: the file, of which nothing was read yet.
        names: the names of columns that are looked for.
        delimiters: what may stand between cells.
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
    """The name of a column, as it is compared: on one line, without white space around it."""
    return " ".join(normalize("NFC", cell).split())
