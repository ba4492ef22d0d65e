"""The requirements on a feed that JSON Schema cannot express, with the reasons.

A test shows that each entry is needed, with an example that the schema accepts. Tests allow a
difference between the schema and the parser only if it is in this list.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from airspace_events.validation.codes import CODES, FAMILIES


@dataclass(frozen=True, slots=True)
class Limit:
    """A requirement on a valid feed that no schema expresses.

    Attributes:
        code: the code of the notice.
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


_COMPARES = "A JSON Schema cannot compare two values."
_SEEKS = "A JSON Schema cannot look up the value of a field elsewhere in the record."
_BYTES = "A JSON Schema applies to parsed values, not to the bytes of a file."
_FEED = (
    "A schema for a line does not see other lines, and a schema for a feed cannot compare records."
)
_RULE = "The parser and the schema accept the value. Only a rule of the validator reports it."
_INCURSION = "ro-2025-01-12"

_OF_VALUES: tuple[Limit, ...] = (
    Limit(
        "wrong_type",
        "A whole number must be written without a fraction.",
        "In JSON Schema, 3.0 also counts as a whole number.",
        "3.0",
        _INCURSION,
        "/totals/sightings/best",
    ),
    Limit(
        "unknown_time_zone",
        "A time zone must be in the IANA database.",
        "The list of zones changes with each release of the database, so the schema checks "
        "only the form.",
        '"Europe/Bukarest"',
        _INCURSION,
        "/time/timezone",
    ),
    Limit(
        "malformed_time",
        "An interval, or a range in a set, must not end before it begins.",
        _COMPARES,
        '"2025-01-13/2025-01-12"',
        _INCURSION,
        "/time/value",
    ),
    Limit(
        "malformed_time",
        "Both ends of a range in a set must have the same precision, such as day or month.",
        "A pattern for every combination of precisions would be too long.",
        '"[2025-01-12..2025-02]"',
        _INCURSION,
        "/time/value",
    ),
    Limit(
        "bounds_out_of_order",
        "`min`, `best` or `roughly`, and `max` must not decrease.",
        _COMPARES,
        '{"min": 5, "max": 3}',
        _INCURSION,
        "/totals/crossings",
    ),
    Limit(
        "bounds_out_of_order",
        "A time from a date to an instant, or from an instant to a date, must not end "
        "before it begins in its time zone.",
        _COMPARES,
        '{"value": "2025-01-13/2025-01-12T20:00:00Z", "timezone": "Europe/Bucharest"}',
        _INCURSION,
        "/time",
    ),
    Limit(
        "bounds_out_of_order",
        "A period must not end before it begins.",
        _COMPARES,
        '{"since": "2012", "last_day": "2011"}',
        "romania",
        "/valid",
    ),
    Limit(
        "bounds_out_of_order",
        "The `end` of a quotation must be greater than its `start`.",
        _COMPARES,
        '{"exact": "no indication", "start": 13, "end": 13}',
        _INCURSION,
        "/sources/0/quote",
    ),
    Limit(
        "ring_not_closed",
        "The ring of a polygon must end at the position where it begins.",
        _COMPARES,
        "[[[28.4, 45.0], [28.6, 45.0], [28.6, 45.2], [28.4, 45.2]]]",
        "made-up-attacks",
        "/places/4/geometry/coordinates",
    ),
    Limit(
        "dangling_field",
        "A field named by a citation must have a value in the record.",
        _SEEKS,
        '["objects.third.count"]',
        _INCURSION,
        "/sources/0/supports",
    ),
    Limit(
        "dangling_field",
        "A field named by an assessment must have a value in the record.",
        _SEEKS,
        '["effects.house.cause"]',
        _INCURSION,
        "/assessments/3/fields",
    ),
    Limit(
        "unknown_place",
        "The place of an effect, a response or a fate must be the id of a place in the record.",
        _SEEKS,
        '"harbour"',
        _INCURSION,
        "/effects/0/place",
    ),
    Limit(
        "duplicate_item_id",
        "The items of a list must have different ids.",
        _COMPARES,
        '"first"',
        _INCURSION,
        "/objects/1/id",
    ),
    Limit(
        "not_finite",
        "A number in `extensions` must be within the range of a float.",
        "A schema that allows any JSON also allows any number.",
        '{"example.org": 1e400}',
        _INCURSION,
        "/extensions",
    ),
)

_OF_BYTES: tuple[Limit, ...] = (
    Limit("duplicate_key", "A key must not appear twice in an object.", _BYTES),
    Limit(
        "inexact_number", "A number must not have more digits than a float can represent.", _BYTES
    ),
    Limit(
        "json_syntax",
        "The text must be JSON, without NaN, comments or unpaired surrogates.",
        _BYTES,
    ),
    Limit(
        "truncated_record",
        "Each record of a JSON Lines feed must be complete on its line.",
        _BYTES,
    ),
    Limit("wrong_encoding", "The bytes must be UTF-8.", _BYTES),
    Limit("damaged_gzip", "Gzipped data must not be damaged.", _BYTES),
    Limit("truncated_input", "The feed must be complete.", _BYTES),
    Limit(
        "nested_too_deeply", "Values must not be nested more deeply than any record needs.", _BYTES
    ),
    Limit("record_too_large", "A record must not exceed the size limit of the reader.", _BYTES),
    Limit("feed_too_large", "A feed must not exceed the size limit of the reader.", _BYTES),
)

_OF_FEEDS: tuple[Limit, ...] = (
    Limit("header_missing", "A JSON Lines feed must begin with the header.", _FEED),
    Limit("misplaced_header", "A feed must have one header, followed only by records.", _FEED),
    Limit(
        "no_records", "A JSON Lines feed must have at least one record after the header.", _FEED
    ),
    Limit("duplicate_id", "Each combination of an id and a revision must be unique.", _FEED),
    Limit("unresolved_reference", "Referenced records exist.", _FEED),
    Limit(
        "wrong_kind_of_record",
        "A referenced record must be of a type that the field allows.",
        _FEED,
    ),
    Limit(
        "claimed_field_missing",
        "A field named by a claim must have a value in the subject of the claim.",
        _FEED,
    ),
    Limit(
        "affirmed_value_changed",
        "A later revision must not change a field that a claim names without a `value`.",
        _FEED,
    ),
    Limit("reserved_id", "A record must not have the id of a built-in alliance.", _FEED),
    Limit("cycle", "A record must not be derived from itself or part of itself.", _FEED),
)

_BEFORE_RULES = frozenset({"feeds", "shape", "references", "connections", "reports"})


@cache
def schema_limits() -> tuple[Limit, ...]:
    """Return the requirements that cause errors but that no schema expresses, with their codes."""
    return (*_OF_VALUES, *_OF_BYTES, *_OF_FEEDS, *_rules())


def _rules() -> Iterator[Limit]:
    for family, codes in FAMILIES.items():
        for code in codes:
            if family not in _BEFORE_RULES and code.severity == "error":
                yield Limit(code.name, f"Not allowed: {code.meaning.partition('. ')[0]}.", _RULE)


_PREFACE = """\
## What the JSON Schema cannot say

Apart from the requirements in this table, the published schema is as strict as the parser. The
validator reports a notice for each violation of these requirements. The schema has no counterpart
to warnings.
"""


def limits_section() -> str:
    """Return the list of requirements for the codebook, as Markdown."""
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
