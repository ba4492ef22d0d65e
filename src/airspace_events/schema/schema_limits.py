"""The requirements on a feed that JSON Schema cannot express, with the reasons.

A test shows that each entry is needed, with an example that the schema accepts. Only this list may
excuse a difference between the schema and the parser.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from airspace_events.validation.codes import CODES, FAMILIES


@dataclass(frozen=True, slots=True)
class Limit:
    """A requirement on a valid feed that no schema expresses.

    Attributes:
        code: the notice for it.
        what: the requirement.
        why: the reason why JSON Schema cannot express it.
        example: JSON that the schema accepts; empty if the code has an example in the rules.
        record: the id of the record, in the invented feed, that the example changes.
        at: the location in this record, as a JSON Pointer.
    """

    code: str
    what: str
    why: str
    example: str = ""
    record: str = ""
    at: str = ""


_COMPARES = "A schema cannot compare two values."
_SEEKS = "A schema cannot look up a name that is the value of a field."
_BYTES = "A schema sees only values, after a program has read the bytes."
_FEED = "A schema of a line sees no other line, and a schema of a feed cannot compare two records."
_RULE = "Only a rule of the validator reports it. The parser and the schema accept it."
_INCURSION = "ro-2025-01-12"

_OF_VALUES: tuple[Limit, ...] = (
    Limit(
        "wrong_type",
        "A whole number is written without a fraction.",
        "To JSON Schema, 3.0 is a whole number too.",
        "3.0",
        _INCURSION,
        "/totals/sightings/best",
    ),
    Limit(
        "unknown_time_zone",
        "A time zone is in the IANA database.",
        "The zones change with each edition, so the schema checks only their form.",
        '"Europe/Bukarest"',
        _INCURSION,
        "/time/timezone",
    ),
    Limit(
        "malformed_time",
        "An interval, or a range in a set, does not end before it begins.",
        _COMPARES,
        '"2025-01-13/2025-01-12"',
        _INCURSION,
        "/time/value",
    ),
    Limit(
        "malformed_time",
        "Both ends of a range in a set are days, or both are months.",
        "A pattern for every pair of ends would be too long to read.",
        '"[2025-01-12..2025-02]"',
        _INCURSION,
        "/time/value",
    ),
    Limit(
        "bounds_out_of_order",
        "`min`, `best` or `roughly`, and `max` do not decrease.",
        _COMPARES,
        '{"min": 5, "max": 3}',
        _INCURSION,
        "/totals/crossings",
    ),
    Limit(
        "bounds_out_of_order",
        "A time from a date to an instant, or from an instant to a date, does not end before it "
        "begins in its time zone.",
        _COMPARES,
        '{"value": "2025-01-13/2025-01-12T20:00:00Z", "timezone": "Europe/Bucharest"}',
        _INCURSION,
        "/time",
    ),
    Limit(
        "bounds_out_of_order",
        "A period does not end before it begins.",
        _COMPARES,
        '{"since": "2012", "last_day": "2011"}',
        "romania",
        "/valid",
    ),
    Limit(
        "bounds_out_of_order",
        "The `end` of a quotation is after its `start`.",
        _COMPARES,
        '{"exact": "no indication", "start": 13, "end": 13}',
        _INCURSION,
        "/sources/0/quote",
    ),
    Limit(
        "ring_not_closed",
        "The ring of a polygon ends where it begins.",
        _COMPARES,
        "[[[28.4, 45.0], [28.6, 45.0], [28.6, 45.2], [28.4, 45.2]]]",
        "made-up-attacks",
        "/places/4/geometry/coordinates",
    ),
    Limit(
        "dangling_field",
        "A citation names a field that is in its record.",
        _SEEKS,
        '["objects.third.count"]',
        _INCURSION,
        "/sources/0/supports",
    ),
    Limit(
        "dangling_field",
        "An assessment names a field that is in its record.",
        _SEEKS,
        '["effects.house.cause"]',
        _INCURSION,
        "/assessments/3/fields",
    ),
    Limit(
        "unknown_place",
        "The place of an effect, a response or a fate is the id of a place of its record.",
        _SEEKS,
        '"harbour"',
        _INCURSION,
        "/effects/0/place",
    ),
    Limit(
        "duplicate_item_id",
        "The items of a list have different ids.",
        _COMPARES,
        '"first"',
        _INCURSION,
        "/objects/1/id",
    ),
    Limit(
        "not_finite",
        "A number in `extensions` is within the range of a float.",
        "A schema that allows any JSON allows any number.",
        '{"example.org": 1e400}',
        _INCURSION,
        "/extensions",
    ),
)

_OF_BYTES: tuple[Limit, ...] = (
    Limit("duplicate_key", "No key appears twice in an object.", _BYTES),
    Limit("inexact_number", "A number has no more digits than a float can keep.", _BYTES),
    Limit("json_syntax", "The text is JSON, without NaN, comments or half characters.", _BYTES),
    Limit("truncated_record", "Each record of JSON Lines is complete on its line.", _BYTES),
    Limit("wrong_encoding", "The bytes are UTF-8.", _BYTES),
    Limit("damaged_gzip", "Gzipped data can be unpacked.", _BYTES),
    Limit("truncated_input", "The feed is complete.", _BYTES),
    Limit("nested_too_deeply", "Values are not nested deeper than any record needs.", _BYTES),
    Limit("record_too_large", "A record is no longer than the reader's limit.", _BYTES),
    Limit("feed_too_large", "A feed is no longer than the reader's limit.", _BYTES),
)

_OF_FEEDS: tuple[Limit, ...] = (
    Limit("header_missing", "JSON Lines begin with the header.", _FEED),
    Limit("misplaced_header", "A feed has one header, and only records after it.", _FEED),
    Limit("no_records", "JSON Lines have a record after the header.", _FEED),
    Limit("duplicate_id", "Each pair of an id and a revision is unique.", _FEED),
    Limit("unresolved_reference", "Referenced records exist.", _FEED),
    Limit("wrong_kind_of_record", "Referenced records are of a type allowed there.", _FEED),
    Limit("claimed_field_missing", "A claim names a field that its subject has.", _FEED),
    Limit(
        "affirmed_value_changed",
        "A revision keeps the fields that a claim names without a `value`.",
        _FEED,
    ),
    Limit("reserved_id", "No record has the id of a built-in alliance.", _FEED),
    Limit("cycle", "No record is derived from itself, or part of itself.", _FEED),
)

_BEFORE_RULES = frozenset({"feeds", "shape", "references", "connections", "reports"})


@cache
def schema_limits() -> tuple[Limit, ...]:
    """Return every requirement that an error reports and no schema expresses, with its code."""
    return (*_OF_VALUES, *_OF_BYTES, *_OF_FEEDS, *_rules())


def _rules() -> Iterator[Limit]:
    for family, codes in FAMILIES.items():
        for code in codes:
            if family not in _BEFORE_RULES and code.severity == "error":
                yield Limit(code.name, f"Not allowed: {code.meaning.partition('. ')[0]}.", _RULE)


_PREFACE = """\
## What the JSON Schema cannot say

Apart from the requirements in this table, the published schema is as strict as the parser. The
validator reports each of them with a notice. Warnings have no counterpart in the schema.
"""


def limits_section() -> str:
    """Return the list for the codebook, as Markdown."""
    return "\n".join(_lines())


def _lines() -> Iterator[str]:
    yield _PREFACE
    yield "| requirement | notice | why no schema checks it | example that the schema accepts |"
    yield "|---|---|---|---|"
    for limit in schema_limits():
        example = f"`{limit.example}`" if limit.example else ""
        notice = f"[`{limit.code}`](rules.md#{CODES[limit.code].name})"
        yield f"| {limit.what} | {notice} | {limit.why} | {example} |"
    yield ""
