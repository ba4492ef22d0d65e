"""The digest of a record, by which two desks can say that they hold the same one."""

from __future__ import annotations

import hashlib

from pydantic_core import from_json

from airspace_events.errors import DigestError
from airspace_events.models.records import Record
from airspace_events.values.base import to_json


def digest(record: Record) -> str:
    """The SHA-256 digest of a record's canonical JSON, as 64 lower-case hexadecimal digits.

    The JSON is that of `to_json`, without defaults and nulls, in the form of RFC 8785 (JSON
    Canonicalization Scheme): any language that has it can check the digest. Equal records have
    equal digests. Two instants that are written in different zones differ, as the records do.

    Raises:
        DigestError: its extensions have an integer beyond 2**53 - 1, which RFC 8785 cannot write.
            The validator reports each of these integers (``unsafe_integer``).
    """
    import rfc8785  # noqa: PLC0415 (only digests need it)

    try:
        canonical = rfc8785.dumps(from_json(to_json(record)))
    except rfc8785.IntegerDomainError as error:
        raise DigestError(record.id) from error
    return hashlib.sha256(canonical).hexdigest()
