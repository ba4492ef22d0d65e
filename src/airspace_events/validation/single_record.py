"""Check one record that is not part of a feed, such as a message or a row of a database."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any, cast

from airspace_events.diagnostics.wording import with_article
from airspace_events.feeds.reading import entry_of
from airspace_events.models.base import BaseRecord
from airspace_events.models.records import Record
from airspace_events.validation.notices import Notice, NoticeCollector
from airspace_events.validation.record_check import RecordCheck
from airspace_events.validation.settings import Settings
from airspace_events.values.base import to_json

_FILE = "-"
_MOST_PER_CODE = 1_000


def check(
    record: Record | Mapping[str, Any] | bytes,
    *,
    now: datetime | None = None,
    settings: Settings | None = None,
) -> tuple[Notice, ...]:
    """Check a single record, and return all its notices.

    The function runs all rules that need no other record. Therefore references are not looked up,
    and the record is not compared with its earlier revisions; `validate` does both.

    Args:
        record: a record, a mapping as `json.loads` returns it, or one JSON object as bytes. Only
            bytes can reveal a key that appears twice, or a number with too many digits.
        now: the instant to use as the current time in rules about the future.
        settings: the selected codes and changed severities.

    Returns:
        The notices in the order of the record, or an empty tuple. The pointer of each notice
        starts at the record. The line and the column refer to the bytes, or to the compact JSON of
        a mapping or a record.

    Raises:
        TypeError: the record is text, or a mapping has a value that JSON cannot represent.
        ValueError: ``now`` has no time zone.
    """
    settings = settings or Settings()
    collector = NoticeCollector(_MOST_PER_CODE, settings)
    checked = RecordCheck(settings, now).check([entry_of(_data(record))], _FILE, collector)
    for _ in checked:
        pass
    return collector.report((_FILE,), is_complete=True).notices


def _data(record: object) -> bytes:
    if isinstance(record, bytes | bytearray):
        return bytes(record)
    if isinstance(record, BaseRecord):
        return to_json(record)
    if isinstance(record, Mapping):
        return json.dumps(dict(cast("Mapping[str, Any]", record)), ensure_ascii=False).encode(
            errors="surrogatepass"
        )
    hint = "; to check text, use text.encode()" if isinstance(record, str) else ""
    given = with_article(type(record).__name__)
    msg = f"check expects a record, a mapping or bytes, not {given}{hint}"
    raise TypeError(msg)
