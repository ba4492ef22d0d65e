"""Functions that open files as sheets; the first bytes of a file determine its type."""

from __future__ import annotations

import io
import zlib
from collections.abc import Generator
from contextlib import contextmanager, suppress

from typing_extensions import Buffer

from airspace_events.errors import UnreadableError
from airspace_events.feeds.framing import Limits
from airspace_events.feeds.hints import binary_format
from airspace_events.feeds.spool import TemporaryFile
from airspace_events.feeds.streams import DAMAGE, ByteStream, FeedInput, TooMuch, damage_of, opened
from airspace_events.formats.spreadsheets.archives import Archive
from airspace_events.formats.spreadsheets.delimited_sheet import JSON_STARTS, open_delimited
from airspace_events.formats.spreadsheets.json_sheet import open_json
from airspace_events.formats.spreadsheets.keys import FileKeys
from airspace_events.formats.spreadsheets.ods_sheet import CONTENT, MEDIA_TYPE, open_ods
from airspace_events.formats.spreadsheets.sheet import NoSheetError, OpenSheet, Sheet
from airspace_events.formats.spreadsheets.xlsx_sheet import RELATIONS, open_xlsx

_CHUNK, _ENOUGH = 1 << 16, 8
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_PACKED = b"PK\x03\x04"
_EMPTY_ARCHIVE = b"PK\x05\x06"
_OLD_CONTAINER = b"\xd0\xcf\x11\xe0"
_PROTECTED = "EncryptedPackage".encode("utf-16-le")
_ENTRY = b"PK\x01\x02"
_MOST_PARTS = 50_000


@contextmanager
def open_sheet(source: FeedInput, keys: FileKeys) -> Generator[Sheet]:
    """Open a file as a sheet; see `OpenSheet`.

    Args:
        source: a path, or a stream of bytes, gzipped or not.
        keys: a mapping, or only the keys that describe the layout of the file (`FileKeys`).

    Raises:
        NoSheetError: the file cannot be read as a sheet.
        UnreadableError: the file cannot be opened.
    """
    with opened(source, Limits().unpacked_bytes) as stream:
        start, chars = _start(stream)
        if start.startswith((_PACKED, _EMPTY_ARCHIVE, _OLD_CONTAINER)):
            with TemporaryFile() as file:
                _copy(_rejoined(start, stream), file)
                if start.startswith(_OLD_CONTAINER):
                    raise NoSheetError(_old_workbook(file))
                archive = Archive(file)
                with _opener(archive)(archive, keys) as sheet:
                    yield sheet
        elif kind := binary_format(start):
            msg = f"{kind.partition(';')[0]}, not a spreadsheet"
            raise NoSheetError(msg)
        else:
            open_text = open_json if chars.startswith(JSON_STARTS) else open_delimited
            with open_text(_rejoined(start, stream), keys) as sheet:
                yield sheet


def _opener(archive: Archive) -> OpenSheet[Archive]:
    if RELATIONS in archive:
        return open_xlsx
    if CONTENT in archive and archive.start("mimetype").startswith(MEDIA_TYPE):
        return open_ods
    msg = "the file is a ZIP archive, but not a workbook; unpack the archive first"
    raise NoSheetError(msg)


def _start(stream: ByteStream) -> tuple[bytes, bytes]:
    """Return the first bytes of a stream, and the first few that are not white space."""
    start, chars = b"", b""
    # The error occurs again and is reported when the next bytes are read.
    with suppress(TooMuch, zlib.error, EOFError, OSError):
        while len(chars) < _ENOUGH and len(start) < _CHUNK and (more := stream.read1(_CHUNK)):
            start += more
            chars += b"".join(more.split(None, _ENOUGH))[:_ENOUGH]
    return start, chars.removeprefix(_BYTE_ORDER_MARK)


class _Rejoined(io.RawIOBase):
    """A stream from which the bytes already read can be read again."""

    def __init__(self, start: bytes, stream: ByteStream) -> None:
        self._start = start
        self._stream = stream

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Buffer) -> int:
        view = memoryview(buffer)
        data = self._start[: len(view)] or self._stream.read1(len(view))
        self._start = self._start[len(data) :]
        view[: len(data)] = data
        return len(data)


def _rejoined(start: bytes, stream: ByteStream) -> ByteStream:
    return io.BufferedReader(_Rejoined(start, stream), _CHUNK)


def _copy(stream: ByteStream, file: TemporaryFile) -> None:
    """Copy a stream to a file on disk, because a ZIP archive must be read from its end."""
    most, length, parts = Limits().document_bytes, 0, 0
    try:
        while chunk := stream.read1(_CHUNK):
            length += len(chunk)
            parts += chunk.count(_ENTRY)
            if length > most:
                msg = f"the workbook is longer than {most} bytes; save the sheet as CSV"
                raise NoSheetError(msg)
            if parts > _MOST_PARTS:
                msg = f"the file is an archive with more than {_MOST_PARTS} parts, not a workbook"
                raise NoSheetError(msg)
            file.write(chunk)
    except UnreadableError:
        raise
    except DAMAGE as error:
        raise NoSheetError(damage_of(error)) from None
    file.seek(0)


def _old_workbook(file: TemporaryFile) -> str:
    before = b""
    while chunk := file.read(_CHUNK):
        if _PROTECTED in before + chunk:
            return "the workbook is protected by a password; save it without a password"
        before = chunk[-len(_PROTECTED) :]
    return "the file is an old Excel workbook (XLS); save it as XLSX"
