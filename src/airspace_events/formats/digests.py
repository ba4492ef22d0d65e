"""Digests of records, to check whether two desks have the same record."""

from __future__ import annotations

import hashlib

from pydantic_core import from_json

from airspace_events.errors import DigestError
from airspace_events.models.records import Record
from airspace_events.values.base import to_json


def digest(record: Record) -> str:
    """Return the SHA-256 digest of a record's canonical JSON, as 64 lower-case hex digits.

    The JSON of `to_json`, without defaults and nulls, is written in the form of RFC 8785 (JSON
    Canonicalization Scheme), so a program in any language can verify the digest. Equal records
    have equal digests. Records that write the same instant with different offsets are different
    records.

    Raises:
        DigestError: the extensions of the record have an integer above 2**53 - 1, which RFC 8785
            cannot write. The validator reports each such integer (``unsafe_integer``).
    """
    import rfc8785  # noqa: PLC0415 (only digests need it)

    try:
        canonical = rfc8785.dumps(from_json(to_json(record)))
    except rfc8785.IntegerDomainError as error:
        raise DigestError(record.id) from error
    return hashlib.sha256(canonical).hexdigest()


def identity(record: Record) -> bytes:
    """Return bytes that are equal for two records if and only if their digests are equal.

    Only extension data can be written in several ways that have the same digest. For a record
    without extension data, the bytes are therefore its JSON, which needs less work.
    """
    if record.extensions is not None:
        try:
            return digest(record).encode()
        except DigestError:
            pass
    return to_json(record)
