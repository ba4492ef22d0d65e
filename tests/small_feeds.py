"""The smallest records of a few types, as they stand in a feed, and feeds made of them."""

from __future__ import annotations

from damaged_feeds import HEADER

SOURCE = '{"type":"source","id":"s","kind":"news_report","publisher":"UNN","language":"en"}'
INCURSION = (
    '{"type":"incursion","id":"lv","state":"LV","crossing":"reported",'
    '"time":{"value":"2024-09-07"},"sources":[{"source":"s"}]}'
)
STATEMENT = '{"type":"statement","id":"said","speakers":["RO"],"made":{"value":"2024"}}'
DENIAL = '{"aspect":"field","fields":["crossing"],"polarity":"denied"}'


def feed(*records: str) -> bytes:
    """Records behind a header, one on a line."""
    return b"\n".join([HEADER, *(record.encode() for record in records), b""])


def more(record: str, members: str) -> str:
    """A record with more members at its end."""
    return f"{record[:-1]},{members}}}"


def repeated(text: str, count: int, separator: str = ",") -> str:
    """The text so many times, with a number for each #."""
    return separator.join(text.replace("#", str(number)) for number in range(count))
