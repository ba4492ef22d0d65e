"""What the parser and the validator refuse, and JSON Schema cannot: the list of it, with reasons.

A test shows each entry to be needed, by an example that the schema takes. The same list is all
that may excuse the schema for taking what the parser refuses.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from airspace_events.validation.codes import CODES, FAMILIES


@dataclass(frozen=True, slots=True)
class Limit:
    """Something that a valid feed must satisfy, and that no schema says.

    Attributes:
        code: the notice that says it.
        what: what must be so.
        why: why JSON Schema cannot say it.
        example: JSON that the schema takes all the same; empty if the code has one in the rules.
        record: the id of the record in the made-up feed in which the example would stand.
        at: where in that record, as a JSON Pointer.
    """

    code: str
    what: str
    why: str
    example: str = ""
    record: str = ""
    at: str = ""


_COMPARES = "A schema compares no two values."
_SEEKS = "A schema does not look up a name that is the value of a field."
_BYTES = "A schema sees values, after somebody has read the bytes."
_FEED = "A schema of a line sees no other line, and one of a feed compares no two records."
_RULE = "It is a rule of the validator. The parser takes it, and so does the schema."
_INCURSION = "ro-2025-01-12"

_OF_VALUES: tuple[Limit, ...] = (
    Limit(
        "wrong_type",
        "A whole number is written without a fraction.",
        "To JSON Schema 3.0 is a whole number too.",
        "3.0",
        _INCURSION,
        "/totals/sightings/best",
    ),
    Limit(
        "unknown_time_zone",
        "A time zone is one of the IANA database.",
        "Its zones change from edition to edition; the schema tells their form.",
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
        "A range in a set goes from a day to a day, from a month to a month.",
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
        "A quotation ends behind its start.",
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
        "The ids of the items of a list differ.",
        _COMPARES,
        '"first"',
        _INCURSION,
        "/objects/1/id",
    ),
    Limit(
        "not_finite",
        "A number in `extensions` is not beyond what a float holds.",
        "A schema that allows any JSON allows any number.",
        '{"example.org": 1e400}',
        _INCURSION,
        "/extensions",
    ),
)

_OF_BYTES: tuple[Limit, ...] = (
    Limit("duplicate_key", "No key stands twice in an object.", _BYTES),
    Limit("inexact_number", "A number has no more digits than a float keeps.", _BYTES),
    Limit("json_syntax", "The text is JSON: no NaN, no comment, no half of a character.", _BYTES),
    Limit("truncated_record", "A record of JSON Lines stands whole on one line.", _BYTES),
    Limit("wrong_encoding", "The bytes are UTF-8.", _BYTES),
    Limit("damaged_gzip", "What is gzipped can be unpacked.", _BYTES),
    Limit("truncated_input", "The feed is there to its end.", _BYTES),
    Limit("nested_too_deeply", "Values are not nested deeper than any record needs.", _BYTES),
    Limit("record_too_large", "A record is no longer than the reader's limit.", _BYTES),
    Limit("feed_too_large", "A feed is no longer than the reader's limit.", _BYTES),
)

_OF_FEEDS: tuple[Limit, ...] = (
    Limit("header_missing", "JSON Lines begin with the header.", _FEED),
    Limit("misplaced_header", "There is one header, and all that follows are records.", _FEED),
    Limit("no_records", "JSON Lines have a record behind the header.", _FEED),
    Limit("duplicate_id", "Each pair of an id and a revision stands once.", _FEED),
    Limit("unresolved_reference", "What is named is there.", _FEED),
    Limit("wrong_kind_of_record", "What is named is of a type that may be named there.", _FEED),
    Limit("claimed_field_missing", "A claim names a field that its subject has.", _FEED),
    Limit(
        "affirmed_value_changed",
        "A revision keeps the fields that a claim names without a `value`.",
        _FEED,
    ),
    Limit("reserved_id", "No record has the id of a built-in alliance.", _FEED),
    Limit("cycle", "Nothing is derived from itself, or a part of itself.", _FEED),
)

_BEFORE_RULES = frozenset({"feeds", "shape", "references", "connections", "reports"})


@cache
def schema_limits() -> tuple[Limit, ...]:
    """Everything that an error tells and no schema says, each with the code of the error."""
    return (*_OF_VALUES, *_OF_BYTES, *_OF_FEEDS, *_rules())


def _rules() -> Iterator[Limit]:
    for family, codes in FAMILIES.items():
        for code in codes:
            if family not in _BEFORE_RULES and code.severity == "error":
                yield Limit(code.name, f"Not so: {code.meaning.partition('. ')[0]}.", _RULE)


_PREFACE = """\
## What the JSON Schema cannot say

The published schema is no looser than the parser, but for what follows; each is told by a notice
of the validator. Notices that are warnings are no matter of a schema at all.
"""


def limits_section() -> str:
    """The list for the codebook, as Markdown."""
    return "\n".join(_lines())


def _lines() -> Iterator[str]:
    yield _PREFACE
    yield "| what must be so | notice | why no schema says it | what it would take |"
    yield "|---|---|---|---|"
    for limit in schema_limits():
        example = f"`{limit.example}`" if limit.example else ""
        notice = f"[`{limit.code}`](rules.md#{CODES[limit.code].name})"
        yield f"| {limit.what} | {notice} | {limit.why} | {example} |"
    yield ""
