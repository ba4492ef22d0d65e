"""Opening of any file with a table as a sheet. The bytes decide how it is read, not the name."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Generator
from contextlib import AbstractContextManager, contextmanager

from airspace_events.errors import UnreadableError
from airspace_events.feeds.framing import Limits
from airspace_events.feeds.spool import TemporaryFile
from airspace_events.feeds.streams import HEAD, ByteStream, FeedInput, TooMuch, opened, reason_of
from airspace_events.formats.spreadsheets.archives import Archive
from airspace_events.formats.spreadsheets.delimited_sheet import open_delimited
from airspace_events.formats.spreadsheets.keys import FileKeys
from airspace_events.formats.spreadsheets.ods_sheet import CONTENT, MEDIA_TYPE, open_ods
from airspace_events.formats.spreadsheets.sheet import NoSheetError, Sheet
from airspace_events.formats.spreadsheets.xlsx_sheet import RELATIONS, open_xlsx

_CHUNK = 1 << 16
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
        keys: a mapping, or only its keys for the layout of the file: `FileKeys()`.

    Raises:
        NoSheetError: the file cannot be read as a sheet.
        UnreadableError: the file cannot be opened.
    """
    with opened(source, Limits().unpacked_bytes) as stream:
        start = _start(stream)
        if start in (_PACKED, _EMPTY_ARCHIVE, _OLD_CONTAINER):
            with TemporaryFile() as file:
                _copy(stream, file)
                if start == _OLD_CONTAINER:
                    raise NoSheetError(_old_workbook(file))
                archive = Archive(file)
                with _opener(archive)(archive, keys) as sheet:
                    yield sheet
        else:
            with open_delimited(stream, keys) as sheet:
                yield sheet


def _opener(archive: Archive) -> Callable[[Archive, FileKeys], AbstractContextManager[Sheet]]:
    """Return the function that opens the kind of workbook in an archive."""
    if RELATIONS in archive:
        return open_xlsx
    if CONTENT in archive and archive.start("mimetype").startswith(MEDIA_TYPE):
        return open_ods
    msg = "the file is a ZIP archive, but not a workbook; unpack the file first"
    raise NoSheetError(msg)


def _start(stream: ByteStream) -> bytes:
    try:
        return stream.peek(HEAD)[:HEAD]
    except UnreadableError:
        raise
    except (TooMuch, zlib.error, EOFError, OSError):
        # The same error comes again, and is reported, when the first line is read.
        return b""


def _copy(stream: ByteStream, file: TemporaryFile) -> None:
    """Copy a packed file, which must be read from its end."""
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
    except zlib.error as error:
        msg = f"the gzip data is damaged ({error})"
        raise NoSheetError(msg) from None
    except EOFError:
        msg = "the gzip data is incomplete: its end is missing"
        raise NoSheetError(msg) from None
    except UnreadableError:
        raise
    except OSError as error:
        msg = f"the file could not be read to the end ({reason_of(error)})"
        raise NoSheetError(msg) from None
    file.seek(0)


def _old_workbook(file: TemporaryFile) -> str:
    """Return why a container of Microsoft Office cannot be read."""
    before = b""
    while chunk := file.read(_CHUNK):
        if _PROTECTED in before + chunk:
            return "the workbook is protected by a password; save it without a password"
        before = chunk[-len(_PROTECTED) :]
    return "the file is an old Excel workbook (XLS); save it as XLSX"
