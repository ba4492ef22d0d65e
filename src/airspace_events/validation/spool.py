"""What must be looked at again when the whole feed is known, kept on disk and not in memory."""

from array import array
from collections.abc import Iterator
from tempfile import SpooledTemporaryFile
from typing import Any

from pydantic_core import from_json, to_json

_IN_MEMORY = 1 << 16
_HASH = (1 << 64) - 1
_CHUNK = 1 << 13


class Spool:
    """A list of small JSON values that grows on disk."""

    def __init__(self) -> None:
        self._length = 0
        self._file = SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 (it lives as long as this)

    def __del__(self) -> None:
        self._file.close()

    def add(self, *values: Any) -> None:
        """Keep some values together."""
        self._length += 1
        self._file.write(to_json(values) + b"\n")

    def __len__(self) -> int:
        return self._length

    def __iter__(self) -> Iterator[list[Any]]:
        """What was kept, in its order."""
        self._file.seek(0)
        for line in self._file:
            yield from_json(line)
        self._file.seek(0, 2)


class HashSpool:
    """A list of texts that grows on disk, of which only the hashes are kept."""

    def __init__(self) -> None:
        self._file = SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 (it lives as long as this)
        self._next = array("Q")

    def __del__(self) -> None:
        self._file.close()

    def add(self, text: str) -> None:
        """Keep a text."""
        self._next.append(hash(text) & _HASH)
        if len(self._next) >= _CHUNK:
            self._file.write(self._next.tobytes())
            self._next = array("Q")

    def among(self, texts: set[str]) -> set[str]:
        """Those of some texts that were kept."""
        wanted = {hash(text) & _HASH: text for text in texts}
        found = {wanted[hashed] for hashed in self._next if hashed in wanted}
        self._file.seek(0)
        while chunk := self._file.read(_CHUNK * 8):
            found.update(wanted[hashed] for hashed in array("Q", chunk) if hashed in wanted)
        self._file.seek(0, 2)
        return found
