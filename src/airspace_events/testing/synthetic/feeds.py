"""Feeds of any length with made-up records that depend only on a seed."""

from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from pydantic_core import to_json

from airspace_events.feeds.header import SCHEMA_VERSION
from airspace_events.feeds.reading import record_adapter
from airspace_events.models.records import Record
from airspace_events.testing.faults import FAULTS, spoil
from airspace_events.testing.synthetic.generator import RecordGenerator
from airspace_events.testing.synthetic.times import Json
from airspace_events.testing.synthetic.wording import SeededRandom

_NAMES = tuple(FAULTS)
_FIRST_LINE = 2


class PlantedFault(NamedTuple):
    """A fault in a synthetic feed.

    Attributes:
        line: the number of the line with the fault; the header is line 1.
        fault: the name of the fault; `FAULTS` maps it to the code of the expected notice.
        pointer: the JSON Pointer (RFC 6901) of the expected notice; empty for the record itself.
    """

    line: int
    fault: str
    pointer: str


def synthetic_records(n: int, seed: int = 0) -> Iterator[Record]:
    """Yield made-up, valid records one at a time, with constant memory use.

    The same seed always gives the same records. A smaller ``n`` only ends the sequence earlier.

    Args:
        n: the number of records.
        seed: the seed of the random choices.

    Raises:
        ValueError: ``n`` is negative.

    >>> [record.type for record in synthetic_records(3)]
    ['organization', 'official', 'source']
    """
    _check(n, 0)
    # The records are already in memory, so they need no conversion to bytes.
    parse = record_adapter().validator.validate_python
    return (parse(record) for record in islice(RecordGenerator(seed).records(), n))


def synthetic_lines(n: int, seed: int = 0, bad_share: float = 0) -> Iterator[bytes]:
    """Yield the lines of a made-up feed: a header, then the records of `synthetic_records`.

    Args:
        n: the number of records.
        seed: the seed of the random choices.
        bad_share: the approximate share of records with a fault, from 0 to 1.

    Raises:
        ValueError: ``n`` is negative, or ``bad_share`` is not between 0 and 1.

    >>> lines = list(synthetic_lines(2))
    >>> len(lines), lines[1][:48]
    (3, b'{"type":"organization","id":"syn-000001-fi","nam')
    """
    _check(n, bad_share)
    return _lines(n, seed, bad_share)


def synthetic_faults(n: int, seed: int = 0, bad_share: float = 0) -> Iterator[PlantedFault]:
    """Yield the faults in the feed that `synthetic_lines` returns.

    The arguments and errors are the same as for `synthetic_lines`.
    """
    _check(n, bad_share)
    return _faults(n, seed, bad_share)


def _check(n: int, bad_share: float) -> None:
    if n < 0:
        msg = f"the number of records must not be negative: {n}"
        raise ValueError(msg)
    if not 0 <= bad_share <= 1:
        msg = f"bad_share must be between 0 and 1, not {bad_share}"
        raise ValueError(msg)


def _lines(n: int, seed: int, bad_share: float) -> Iterator[bytes]:
    header: Json = {
        "type": "feed",
        "schema_version": SCHEMA_VERSION,
        "publisher": "airspace-events synthetic records",
        "license": "CC0-1.0",
        "generated_at": "2025-01-01T00:00:00Z",
        "title": f"Made-up records of seed {seed}",
    }
    yield to_json(header) + b"\n"
    rng = _rng_of_faults(seed)
    for record in islice(RecordGenerator(seed).records(), n):
        line = to_json(record)
        yield (_spoiled(line, rng)[1] if rng.chance(bad_share) else line) + b"\n"


def _faults(n: int, seed: int, bad_share: float) -> Iterator[PlantedFault]:
    rng = _rng_of_faults(seed)
    for number, record in enumerate(islice(RecordGenerator(seed).records(), n), _FIRST_LINE):
        if rng.chance(bad_share):
            fault, _, pointer = _spoiled(to_json(record), rng)
            yield PlantedFault(number, fault, pointer)


def _rng_of_faults(seed: int) -> SeededRandom:
    """Return a separate generator for faults, so that faults do not affect other records."""
    return SeededRandom(~seed)


def _spoiled(line: bytes, rng: SeededRandom) -> tuple[str, bytes, str]:
    """Insert a random fault; return its name, the changed line and the pointer."""
    while True:
        fault = rng.pick(_NAMES)
        spoiled = spoil(fault, line)
        if spoiled is not None:
            return fault, *spoiled
