"""The parts of a packed workbook: XML files in a ZIP archive, read in bounded memory."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from typing import IO
from xml.parsers import expat
from zipfile import BadZipFile, ZipFile

from airspace_events.feeds.framing import Limits
from airspace_events.formats.spreadsheets.sheet import NoSheetError
from airspace_events.safe_text import shown

Take = Callable[..., None]

_CHUNK = 1 << 16
_DEEPEST = 100
_MOST_NAMES = 200
# A cell has at most 32,767 characters, and the parser yields longer text in pieces.
_MOST_PIECES = 100
_LONGEST_TAG = 2**20
_SAFE_SIZE, _MOST_PACKED = 16 * 2**20, 200
_LONGEST_NUMBER = 9
_DAMAGE = (BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError)


class XmlReader:
    """A reader of an XML file. It calls functions for some elements of the file.

    Attributes:
        starts: a mapping from the names of elements to functions that receive their attributes.
        ends: a mapping from the names of elements to functions that are called at their end.
        text: the text of the current element, in pieces; None if no text is needed.
    """

    def __init__(self) -> None:
        self.starts: dict[str, Callable[[dict[str, str]], None]] = {}
        self.ends: dict[str, Callable[[], None]] = {}
        self.text: list[str] | None = None

    def begin_text(self, _: dict[str, str]) -> None:
        """Start to keep the text of the current element."""
        self.text = []

    def taken_text(self) -> str:
        """Return the kept text, and stop keeping text."""
        text, self.text = "".join(self.text or ()), None
        return text


def whole_number(text: str | None) -> int:
    """Return a whole number from a workbook.

    Raises:
        NoSheetError: the text is not a whole number.
    """
    # Most strings are a few digits, so this check comes first.
    if text and len(text) <= _LONGEST_NUMBER and text.isdecimal() and text.isascii():
        return int(text)
    msg = f"the workbook is damaged: {shown(text or '')} is not a whole number"
    raise NoSheetError(msg)


class Archive:
    """A ZIP archive whose parts are XML files."""

    def __init__(self, file: IO[bytes]) -> None:
        try:
            self._zip = ZipFile(file)
        except _DAMAGE:
            msg = "the workbook is damaged or incomplete: it is not a valid ZIP archive"
            raise NoSheetError(msg) from None
        self._sizes = {part.filename: part for part in self._zip.infolist()}

    def __contains__(self, part: str) -> bool:
        return part in self._sizes

    def start(self, part: str) -> bytes:
        """Return the first bytes of a part; the errors are those of `chunks`."""
        return next(self.chunks(part), b"")

    def chunks(self, part: str) -> Iterator[bytes]:
        """Yield the bytes of a part.

        Raises:
            NoSheetError: the archive lacks the part, or the part is too long or damaged.
        """
        info, most = self._sizes.get(part), Limits().document_bytes
        if info is None:
            msg = f"the workbook is damaged: it has no part {shown(part)}"
            raise NoSheetError(msg)
        if info.flag_bits & 1:
            msg = "the workbook is protected by a password; save it without a password"
            raise NoSheetError(msg)
        if info.file_size > most:
            msg = (
                f"the part {shown(part)} of the workbook is longer than {most} bytes when "
                "unpacked; save the sheet as CSV"
            )
            raise NoSheetError(msg)
        if info.file_size > max(_SAFE_SIZE, _MOST_PACKED * info.compress_size):
            msg = (
                f"the part {shown(part)} of the workbook is more than {_MOST_PACKED} times as "
                "long when unpacked, which is a sign of an attack; save the sheet as CSV"
            )
            raise NoSheetError(msg)
        try:
            # The module ``zipfile`` reads no more bytes than the size of the part in the archive.
            with self._zip.open(info) as stream:
                while chunk := stream.read(_CHUNK):
                    yield chunk
        except _DAMAGE:
            msg = (
                f"the workbook is damaged or incomplete: the part {shown(part)} cannot be unpacked"
            )
            raise NoSheetError(msg) from None

    def parse(self, part: str, reader: XmlReader) -> None:
        """Read a part to its end; the errors are those of `chunks`."""
        for _ in self.steps(part, reader):
            pass

    def steps(self, part: str, reader: XmlReader) -> Iterator[None]:
        """Read a part step by step; the errors are those of `chunks`."""
        parser, length = _parser(part, reader), 0
        try:
            for chunk in self.chunks(part):
                parser.Parse(chunk, False)  # noqa: FBT003 (the method takes no names)
                length += len(chunk)
                if length - parser.CurrentByteIndex > _LONGEST_TAG:
                    msg = f"a tag in the part {shown(part)} is longer than {_LONGEST_TAG} bytes"
                    raise NoSheetError(msg)
                yield
            parser.Parse(b"", True)  # noqa: FBT003 (as above)
        except expat.ExpatError as error:
            msg = f"the workbook is damaged: the part {shown(part)} is not valid XML ({error})"
            raise NoSheetError(msg) from None
        yield


class _ByName(dict[str, Take]):
    """A mapping from the names of elements, without namespace prefixes, to functions."""

    def __missing__(self, name: str) -> Take:
        found = self.get(name.rpartition(":")[2], _ignore)
        if len(self) < _MOST_NAMES:
            self[name] = found
        return found


def _ignore(*_: object) -> None:
    """Ignore an element."""


def _parser(part: str, reader: XmlReader) -> expat.XMLParserType:
    parser = expat.ParserCreate()
    parser.buffer_text = True
    depth = 0
    starts, ends = _ByName(reader.starts), _ByName(reader.ends)

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        starts[name](attributes)
        if depth > _DEEPEST:
            msg = f"the elements in the part {shown(part)} are nested too deeply"
            raise NoSheetError(msg)

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        ends[name]()

    def take(data: str) -> None:
        if reader.text is not None:
            reader.text.append(data)
            if len(reader.text) > _MOST_PIECES:
                msg = f"the part {shown(part)} has text that is longer than any cell can be"
                raise NoSheetError(msg)

    def refuse(*_: object) -> None:
        msg = f"the part {shown(part)} has a document type definition, which no workbook needs"
        raise NoSheetError(msg)

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = take
    parser.StartDoctypeDeclHandler = refuse
    return parser
