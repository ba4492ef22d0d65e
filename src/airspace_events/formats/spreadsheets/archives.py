"""Read the XML files in the ZIP archive of a workbook, with limited memory."""

from __future__ import annotations

import zlib
from collections.abc import Collection, Iterator, Mapping
from itertools import chain
from types import MappingProxyType
from typing import IO, NamedTuple
from xml.parsers import expat
from zipfile import BadZipFile, ZipFile

from airspace_events.feeds.framing import Limits
from airspace_events.formats.spreadsheets.sheet import NoSheetError
from airspace_events.safe_text import shown

Tag = tuple[str, Mapping[str, str], str]
"""A tag, its attributes, and the text since the previous tag."""

# Python collects garbage more often if many tags are in memory at the same time.
_CHUNK = 1 << 13
_DEEPEST = 100
_MOST_NAMES = 200
# A cell has at most 32,767 characters.
_LONGEST_TEXT = 2**20
_LONGEST_TAG = 2**20
_SAFE_SIZE, _MOST_PACKED = 16 * 2**20, 200
_LONGEST_NUMBER = 9
_NO_ATTRIBUTES: Mapping[str, str] = MappingProxyType({})
_DAMAGE = (BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError)


def whole_number(text: str | None) -> int:
    """Parse text from a workbook as a whole number.

    Raises:
        NoSheetError: the text is not a whole number.
    """
    # Most strings are a few digits, so this check comes first.
    if text and len(text) <= _LONGEST_NUMBER and text.isdecimal() and text.isascii():
        return int(text)
    msg = f"the workbook is damaged: {shown(text or '')} is not a whole number"
    raise NoSheetError(msg)


def check_text(part: str, length: int) -> None:
    """Raise `NoSheetError` if a text of a part is longer than a cell can hold."""
    if length > _LONGEST_TEXT:
        msg = f"the part {shown(part)} has text that is longer than a cell can hold"
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
        """Return the first bytes of a part. Raises the same errors as `chunks`."""
        return next(self.chunks(part), b"")

    def chunks(self, part: str) -> Iterator[bytes]:
        """Yield the bytes of a part.

        Raises:
            NoSheetError: the part is missing, encrypted, too large or damaged.
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
                f"the part {shown(part)} of the workbook is larger than {most} bytes when "
                "unpacked; save the sheet as CSV"
            )
            raise NoSheetError(msg)
        if info.file_size > max(_SAFE_SIZE, _MOST_PACKED * info.compress_size):
            msg = (
                f"the part {shown(part)} of the workbook grows to more than {_MOST_PACKED} "
                "times its size when unpacked, which is a sign of an attack; save the sheet as CSV"
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

    def tags(
        self,
        part: str,
        wanted: Collection[str],
        texts: Collection[str] = (),
        ignored: Collection[str] = (),
    ) -> Iterator[Tag]:
        """Yield the tags of a part, without namespace prefixes.

        Args:
            part: the part.
            wanted: the tags to yield: ``c`` for a start tag, ``/c`` for an end tag.
            texts: the elements whose text to yield.
            ignored: the elements to ignore, including their contents.

        Raises:
            NoSheetError: the part cannot be read, is not valid XML, or exceeds a limit.
        """
        return chain.from_iterable(self._tags(part, _Kinds(wanted, texts, ignored)))

    def _tags(self, part: str, kinds: _Kinds) -> Iterator[list[Tag]]:
        found, length = list[Tag](), 0
        parser = _parser(part, kinds, found)
        try:
            for chunk in self.chunks(part):
                parser.Parse(chunk, False)  # noqa: FBT003 (the method takes no names)
                length += len(chunk)
                if length - parser.CurrentByteIndex > _LONGEST_TAG:
                    msg = f"a tag in the part {shown(part)} is longer than {_LONGEST_TAG} bytes"
                    raise NoSheetError(msg)
                yield found
                found.clear()
            parser.Parse(b"", True)  # noqa: FBT003 (as above)
        except expat.ExpatError as error:
            msg = f"the workbook is damaged: the part {shown(part)} is not valid XML ({error})"
            raise NoSheetError(msg) from None
        yield found


class _Kind(NamedTuple):
    """The settings for an element; ``start`` or ``end`` is empty if that tag is not needed."""

    start: str
    end: str
    has_text: bool
    is_ignored: bool


class _Kinds(dict[str, _Kind]):
    """The kind of each element; the key is its name, including any namespace prefix."""

    def __init__(self, *lists: Collection[str]) -> None:
        super().__init__()
        self._wanted, self._texts, self._ignored = map(frozenset, lists)

    def __missing__(self, name: str) -> _Kind:
        start = name.rpartition(":")[2]
        first, last = (it if it in self._wanted else "" for it in (start, f"/{start}"))
        found = _Kind(first, last, start in self._texts, start in self._ignored)
        if len(self) < _MOST_NAMES:
            self[name] = found
        return found


def _parser(part: str, kinds: _Kinds, found: list[Tag]) -> expat.XMLParserType:
    """Return a parser that adds the tags of a part to ``found``."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    depth = wanted = ignored = length = 0
    texts: list[str] = []

    def add(tag: str, attributes: Mapping[str, str]) -> None:
        nonlocal length
        found.append((tag, attributes, "".join(texts)))
        texts.clear()
        length = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth, wanted, ignored
        depth += 1
        if depth > _DEEPEST:
            msg = f"the elements in the part {shown(part)} are nested too deeply"
            raise NoSheetError(msg)
        kind = kinds[name]
        ignored += kind.is_ignored
        wanted += kind.has_text
        if kind.start and not ignored:
            add(kind.start, attributes)

    def end(name: str) -> None:
        nonlocal depth, wanted, ignored
        depth -= 1
        kind = kinds[name]
        if kind.end and not ignored:
            add(kind.end, _NO_ATTRIBUTES)
        ignored -= kind.is_ignored
        wanted -= kind.has_text

    def take(data: str) -> None:
        nonlocal length
        if wanted and not ignored:
            length += len(data)
            check_text(part, length)
            texts.append(data)

    def refuse(*_: object) -> None:
        msg = f"the part {shown(part)} has a document type definition, which is not allowed"
        raise NoSheetError(msg)

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = take
    parser.StartDoctypeDeclHandler = refuse
    return parser
